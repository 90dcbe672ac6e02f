"""A draft into an Article: clean, split off the title, read byline and dateline, settle language and id.

Only what the source or the user states is filled in; a decision that a reader of the result should know of is a note.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from recoupe.errors import InputError
from recoupe.ingest import byline, clean, dateline, language, title
from recoupe.ingest.draft import Draft
from recoupe.ingest.mojibake import mojibake
from recoupe.ingest.options import IngestOptions
from recoupe.model import Article

# Bylines and datelines stand within this many lines from the start of the text.
_HEAD_LINES = 6
# A signature ("Par Jean Brask", "Posted by: Newsdesk | 17.09.2025") stands within this many lines from the end.
_TAIL_LINES = 2
# Fewer words than this say little; the reader of a result is told.
_SHORT = 40


@dataclass(frozen=True, slots=True)
class _Head:
    """What the first lines of a text state."""

    authors: tuple[str, ...] = ()
    published: str | None = None
    dateline: str | None = None
    notes: tuple[str, ...] = ()


def assemble(draft: Draft, options: IngestOptions) -> Article:
    """The article of a draft.  Raises InputError where it holds no text."""
    if draft.exact:
        cleaned, headline = clean.Cleaned(draft.text), clean.line(draft.title)
    else:
        cleaned, headline = _settle(draft)
    if not cleaned.text.strip():
        raise InputError(draft.place, "text.none")
    lang, lang_notes = _language(draft, cleaned.text, options)
    head = _head(cleaned.text, lang)
    published, published_from = _published(draft, head, options)
    outlet = clean.line(draft.outlet or "") or options.outlet
    short = ("the text is very short",) if len(cleaned.text.split(None, _SHORT)) < _SHORT else ()
    head_notes = head.notes if not published else ()
    return Article(
        id=draft.id or derived_id(headline, cleaned.text, outlet, published),
        text=cleaned.text,
        title=headline,
        lang=lang,
        outlet=outlet,
        published=published,
        authors=tuple(filter(None, map(clean.line, draft.authors))) or head.authors,
        dateline=head.dateline,
        url=draft.url,
        places=(draft.place,),
        published_from=published_from,
        edits=cleaned.edits,
        notes=tuple(dict.fromkeys((*draft.notes, *cleaned.notes, *lang_notes, *head_notes, *short))),
    )


def derived_id(title: str, text: str, outlet: str | None, published: str | None) -> str:
    """The id of an article that its source gives none: it rests on content alone, not on where it was found."""
    content = json.dumps([title, text, outlet, published])
    return "a-" + hashlib.sha256(content.encode("ascii")).hexdigest()[:12]


# --- parts ------------------------------------------------------------------------------------------------------


def _settle(draft: Draft) -> tuple[clean.Cleaned, str]:
    """The cleaned text without its title, and the title: the stated one, or the one that the text starts with."""
    cleaned = clean.clean(draft.text)
    headline = clean.line(draft.title)
    if headline:
        repair = mojibake(headline, least=1) if "a wrong encoding was repaired" in cleaned.notes else mojibake(headline)
        headline = _repaired(headline, repair.runs)
        cut = title.repeated(cleaned.text, headline)
    else:
        found, cut = title.split(cleaned.text, language.declared(draft.lang))
        headline = clean.line(found)
    return clean.compact(clean.trim(clean.cut_front(cleaned, cut, "title"))), headline


def _repaired(text: str, runs: tuple[tuple[int, int, str], ...]) -> str:
    for start, end, right in reversed(runs):
        text = text[:start] + right + text[end:]
    return clean.line(text)


def _language(draft: Draft, text: str, options: IngestOptions) -> tuple[str | None, tuple[str, ...]]:
    """The language and notes on it.  A record's own stands; a page's is overruled where the text is surely another."""
    stated = language.declared(draft.lang)
    if stated and draft.exact:
        return stated, ()
    found = language.detect(text)
    if stated:
        if found and found.sure and found.lang != stated:
            return found.lang, (f"the source declares the language {stated}, the text is in {found.lang}",)
        return stated, ()
    if options.lang:
        return options.lang, ()
    return (found.lang, ()) if found else (None, ("the language cannot be told",))


def _published(draft: Draft, head: _Head, options: IngestOptions) -> tuple[str | None, str | None]:
    """The date of publication and what states it."""
    if draft.published:
        return draft.published, draft.published_from
    if head.published and not draft.exact:
        return head.published, "byline"
    return (options.published, "given") if options.published else (None, None)


def _head(text: str, lang: str | None) -> _Head:
    """What the byline and the dateline among the first lines state."""
    found = _Head()
    start = 0
    for _ in range(_HEAD_LINES):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        found = _read_line(text, start, end, lang, found)
        start = end + 1
        while start < len(text) and text[start] in "\n \t":
            start += 1
        if start >= len(text):
            return found
    return found if found.authors or found.published else _signed(text, lang, found)


def _signed(text: str, lang: str | None, found: _Head) -> _Head:
    """What a byline at the end of the text states; it must name its authors, for there a date alone can be anything."""
    for line in text.rstrip().rsplit("\n", _TAIL_LINES)[-_TAIL_LINES:]:
        by = byline.parse(line, lang)
        if by and by.authors:
            return _Head(by.authors, by.published, found.dateline, found.notes)
    return found


def _read_line(text: str, start: int, end: int, lang: str | None, found: _Head) -> _Head:
    by = byline.parse(text[start:end], lang)
    if by:
        ambiguous = ("the date in the byline can be read in two ways",) if by.ambiguous else ()
        published = found.published or by.published
        return _Head(found.authors or by.authors, published, found.dateline, found.notes + ambiguous)
    sent = dateline.parse(text, start, lang) if found.dateline is None else None
    if sent:
        return _Head(found.authors, found.published or sent.published, sent.place, found.notes)
    return found
