"""The title of a plain text: a first line that stands apart, or one that is glued to what follows it.

Where markup or a feed states the title, the text that repeats it at its start loses that line.  A glued title is
split off on strong evidence only: a dateline in capitals or a byline starts right behind a letter, with no blank; or
behind a blank, where the dateline names an agency or a place that the text also writes in small letters (of
"ALDERMOOR - " and "OTAN - " only the first is a place).
"""

from __future__ import annotations

import re

from recoupe.ingest import byline, dateline
from recoupe.text import fold

# The longest title taken; "X: headline of thirty words" stays below it.
_LONGEST = 250
# A text is written one paragraph a line (and not wrapped) where at least this share of its lines ends a sentence.
_LINES_ENDING = 0.7
# A glued title has at least this many characters before the dateline or byline.
_SHORTEST_GLUED = 15

_END = re.compile(r"[.…!?:;»”\"')\]]\s*$")
_SENTENCE_END = re.compile(r"[.…,;:]\s*$")
_OPENS = re.compile(r"[\s«“\"'‘(\[—–-]*[^\W\d_a-zß-öø-ÿ]|[\s«“\"'‘(\[—–-]*\d")
_GLUE = re.compile(r"(?<=[a-zß-öø-ÿ0-9»”\"!?%)]) ?(?=[A-ZÀ-ÖØ-Þ])")
_HEADING = re.compile(r"#{1,2}[ \t]+")


def split(text: str, lang: str | None = None) -> tuple[str, int]:
    """The title that `text` starts with and where the rest begins; ("", 0) where there is none.

    `text` starts with no blank line.
    """
    first, _, rest = text.partition("\n")
    if not first.strip() or _is_head(text, 0, lang):
        return "", 0
    glued = _glued(text, first, lang)
    if glued:
        return first[:glued].strip(), glued
    body = len(text) - len(rest.lstrip("\n \t\u00a0"))
    if body >= len(text) or len(first) > _LONGEST:
        return "", 0
    heading = _HEADING.match(first)
    if heading or _is_head(text, body, lang) or _stands_apart(first, text[body:], separated=_blank_first(rest)):
        return first[heading.end() if heading else 0 :].strip(), body
    return "", 0


def repeated(text: str, title: str) -> int:
    """How many characters at the start of `text` only repeat the stated `title`; 0 where it does not."""
    first, _, rest = text.partition("\n")
    if _bare(first) == _bare(title):
        body = len(text) - len(rest.lstrip("\n \t\u00a0"))
        return body if body < len(text) else 0
    if first.startswith(title) and len(title) >= _SHORTEST_GLUED:
        glue = _GLUE.match(text, len(title))
        return len(title) if glue and not glue[0] else 0
    return 0


def _is_head(text: str, start: int, lang: str | None) -> bool:
    """Whether a byline or a dateline stands at `start`."""
    end = text.find("\n", start)
    line = text[start : end if end >= 0 else len(text)]
    return dateline.parse(text, start, lang) is not None or byline.parse(line, lang) is not None


def _glued(text: str, first: str, lang: str | None) -> int:
    """Where in the first line a dateline or byline starts that is glued to a title before it; 0 where none does."""
    for match in _GLUE.finditer(first, _SHORTEST_GLUED, _LONGEST):
        start = match.end()
        found = dateline.parse(first, start, lang)
        if found and found.place and (not match[0] or found.agency or _in_small_letters(text, found.place)):
            return start
        if not match[0] and byline.opens(first, start) and byline.parse(first[start:], lang):
            return start
    return 0


def _in_small_letters(text: str, place: str) -> bool:
    """Whether the text also writes a place's name as names are written."""
    return re.search(rf"\b{re.escape(place.title())}\b", text) is not None


def _blank_first(rest: str) -> bool:
    """Whether a blank line comes before the next words."""
    return not rest.partition("\n")[0].strip()


def _stands_apart(first: str, body: str, *, separated: bool) -> bool:
    """Whether a first line with no other evidence reads as a title: no sentence, and longer sentences below it."""
    if _SENTENCE_END.search(first) or not _OPENS.match(body) or len(body) < len(first):
        return False
    lines = [line for line in body.split("\n") if line.strip()]
    ending = sum(1 for line in lines if _END.search(line))
    if separated:
        return ending > 0
    return ending >= _LINES_ENDING * len(lines)


def _bare(text: str) -> str:
    """Letters and digits only, folded: two settings of one title are the same."""
    return "".join(char for char in fold(text[: 2 * _LONGEST]) if char.isalnum())
