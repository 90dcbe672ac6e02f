"""Paragraphs and sentences, cut by punctuation with the quotations masked.

A full stop within a quotation ends no sentence, so that a quotation of several sentences stays with the words that
introduce it.  Abbreviations come from `abbreviations.toml` of each language.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from recoupe.read.cues import lexicon
from recoupe.read.page import Page, Stage
from recoupe.read.tables import table
from recoupe.text import Span, trim

if TYPE_CHECKING:
    from recoupe.read.quotes import Quote

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_BLANK = re.compile(r"(?:\r\n|[\n\r\u2029])[ \t\u00a0]*(?:\r\n|[\n\r\u2029])")
# A sentence may end after these marks, with the quotation marks and brackets that close there.
_END = re.compile(r"[.!?…]{1,9}(?:[ \u00a0\u202f]?[»›]|[\"'”’)\]]){0,4}(?=\s)|[.!?][”»](?=[«“])")
_NEXT = re.compile(r"\s*[—–\-]?\s*[«“„\"'‘(\[¿¡]{0,3}[ \u00a0\u202f]?(\S?)(\w*)")
_OPENING = re.compile('[«“„"‘]')
_BEFORE = re.compile(r"(?:[^\W\d_]\.){1,6}$|[\w\-'’]+\.$")
_CLOSERS = "\"'”’»"
_TAG = re.compile(r"(?:\s+[^\s.,:;!?“”\"«»]{1,30}){1,5}")
_WRAPPED = range(50, 101)  # line lengths of text that was wrapped by a mail or text program


def paragraphs(text: str) -> list[Span]:
    """The paragraphs: lines or, where the text was wrapped at a fixed width, blocks between blank lines."""
    lines = [trim(text, m.start(), m.end()) for m in _LINE.finditer(text)]
    lines = [line for line in lines if line.start < line.end]
    if len(lines) > 3 and _is_wrapped(text, lines):
        return _blocks(text, lines)
    return lines


def _is_wrapped(text: str, lines: Sequence[Span]) -> bool:
    """Whether nearly all lines that another line follows without a blank one are as long as a wrapped line is."""
    followed = [a for a, b in pairwise(lines) if not _BLANK.search(text, a.end, b.start)]
    wrapped = sum(1 for line in followed if line.end - line.start in _WRAPPED)
    small = sum(1 for a, b in pairwise(lines) if text[b.start].islower())
    return len(followed) > 3 and wrapped >= 0.9 * len(followed) and small * 3 > len(followed)


def _blocks(text: str, lines: Sequence[Span]) -> list[Span]:
    blocks: list[Span] = []
    for line in lines:
        if blocks and not _BLANK.search(text, blocks[-1].end, line.start):
            blocks[-1] = Span(blocks[-1].start, line.end)
        else:
            blocks.append(line)
    return blocks


class _Abbreviations:
    """What the language's abbreviations say about the full stop after them."""

    def __init__(self, lang: str) -> None:
        data = table(lang, "abbreviations")
        self.never = frozenset(str(w).lower() for w in data["never_ends"])
        self.may = frozenset(str(w).lower() for w in data["may_end"])
        self.starters = frozenset(str(w) for w in data["starters"])

    def holds(self, text: str, start: int, stop: int, following: str, *, quoted: bool) -> bool:
        """Whether the full stop that ends at `stop` belongs to an abbreviation and ends no sentence.

        `following` is the next word, `quoted` whether a quotation mark opens before it.
        """
        found = _BEFORE.search(text[max(start, stop - 24) : stop])
        if not found:
            return False
        word = found.group().lower()
        if word in self.never or (len(word) == 2 and word[0].isalpha() and found.group()[0].isupper()):
            return True
        if word in self.may or re.fullmatch(r"(?:\w\.){2,6}", word):
            return following not in self.starters and not quoted
        return False


@cache
def _abbreviations(lang: str) -> _Abbreviations:
    return _Abbreviations(lang)


@cache
def _tag_verbs(lang: str) -> frozenset[str]:
    """The verbs that may follow a quotation and their subject, in a language that puts the subject first there."""
    if not table(lang, "frames")["subject_first"]:
        return frozenset()
    verbs = lexicon(lang).verbs.items()
    return frozenset(w for w, entries in verbs for cue, form in entries if form == "finite" and "quote" in cue.frames)


def _tag(text: str, start: int, end: int) -> list[str]:
    """The few words after a quotation, up to a mark, among which its verb of saying would stand."""
    words = _TAG.match(text, start, end)
    return words.group().lower().split() if words else []


def split(text: str, lang: str, start: int, end: int, masks: Sequence[Span] = ()) -> list[Span]:
    """The sentences of `text[start:end]`; no sentence ends inside one of `masks` (ordered, disjoint)."""
    abbreviations = _abbreviations(lang)
    tags = _tag_verbs(lang)
    starts = [m.start for m in masks]
    found: list[Span] = []
    begin = start
    for mark in _END.finditer(text, start, end):
        stop = mark.end()
        n = bisect_right(starts, mark.start()) - 1
        if n >= 0 and masks[n].end > stop:
            continue
        upcoming = _NEXT.match(text, stop, end)
        first = upcoming.group(1) if upcoming else ""
        if first.islower() or (not first and stop < end and not text[stop:end].strip()):
            continue
        following = first + (upcoming.group(2) if upcoming else "")
        if mark.group() == "." and abbreviations.holds(
            text, begin, stop, following, quoted=bool(upcoming and _OPENING.search(upcoming.group()))
        ):
            continue
        if (
            tags
            and mark.group()[0] in "?!"
            and mark.group()[-1] in _CLOSERS
            and not tags.isdisjoint(_tag(text, stop, end))
        ):
            continue  # “Why?” Smith asked.
        sentence = trim(text, begin, stop)
        if sentence.start < sentence.end:
            found.append(sentence)
        begin = stop
    last = trim(text, begin, end)
    if last.start < last.end:
        found.append(last)
    return found


def sentences(text: str, lang: str, quotes: Sequence[Quote]) -> tuple[Span, ...]:
    """The sentences of the text in order; they do not overlap and each lies in one paragraph."""
    masks = [q.outer for q in quotes if q.depth == 0 and q.style != "dash"]
    starts = [m.start for m in masks]
    found: list[Span] = []
    for paragraph in paragraphs(text):
        here = masks[bisect_left(starts, paragraph.start) : bisect_left(starts, paragraph.end)]
        found += split(text, lang, paragraph.start, paragraph.end, here)
    return tuple(found)


def quoted_sentences(text: str, lang: str, quotes: Sequence[Quote]) -> tuple[Span, ...]:
    """The sentences that stand inside quotations long enough to hold a report of their own, in order."""
    found: list[Span] = []
    for n, quote in enumerate(quotes):
        if quote.style == "dash" or quote.kind != "speech" or quote.depth > 1:
            continue
        masks = []
        for k in range(n + 1, len(quotes)):
            other = quotes[k]
            if other.outer.start >= quote.inner.end:
                break
            if other.depth == quote.depth + 1:
                masks.append(other.outer)
        found += split(text, lang, quote.inner.start, quote.inner.end, masks)
    return tuple(sorted(set(found)))


def _run(pages: Sequence[Page]) -> list[Page]:
    return [
        replace(
            page,
            sentences=sentences(page.text, page.lang, page.quotes),
            quoted=quoted_sentences(page.text, page.lang, page.quotes),
        )
        for page in pages
    ]


STAGE = Stage("sentences", frozenset({"quotes"}), frozenset({"sentences", "quoted"}), _run)
