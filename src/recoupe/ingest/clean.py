"""Cleaning of text, with every change kept so that it can be undone.

Removed are characters that are not seen but break words, hide text or drive a terminal; line ends become "\\n"; text
that was decoded with the wrong table ("Ã©" for "é") is repaired where it is certain.  No-break spaces stay.  `restore`
puts the originals back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from recoupe.ingest.mojibake import Repair, mojibake
from recoupe.model import Article, Edit
from recoupe.text import Span

# More changes than this are kept as fewer, longer edits: 1 MB with a soft hyphen in each word stays about 1 MB.
_MOST_EDITS = 1000

_CHANGES = re.compile(
    r"(?P<line>\r\n?|[\x0b\x0c\x85\u2028\u2029])"
    r"|(?P<escape>(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b\n]*(?:\x07|\x1b\\)|\x1b)"
    r"|(?P<hyphen>\u00ad+)"
    r"|(?P<bidi>[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+)"
    r"|(?P<hidden>[\u180e\u200b-\u200d\u2060-\u2065\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]+)"
    r"|(?P<control>[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]+)"
)
# All first characters of the above: quick to look for, and most texts have none.
_ANY = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    r"\U000e0000-\U000e007f]"
)
_REASONS = {
    "line": "line end",
    "escape": "terminal escape code",
    "hyphen": "soft hyphen",
    "bidi": "bidirectional mark",
    "hidden": "zero-width character",
    "control": "control character",
}
# Changes that a checker should know of: they are ways to make a text look other than it is.
_TOLD = {"escape": "terminal escape codes", "bidi": "bidirectional marks", "hidden": "zero-width characters"}

# A change to make: start and end in the source, the new text, the kinds of reason.
_Change = tuple[int, int, str, tuple[str, ...]]

_BLANK = re.compile(r"(?:[ \t\u00a0]*\n)*")
_SPACES = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text with the edits that made it what it is (see `recoupe.model.Edit`) and notes for a reader of the result."""

    text: str
    edits: tuple[Edit, ...] = ()
    notes: tuple[str, ...] = ()


def clean(source: str) -> Cleaned:
    """Clean a decoded text; blank lines before and blanks after it are taken off too."""
    found = mojibake(source)
    notes = [found.note] if found.note else []
    out: list[str] = []
    edits: list[Edit] = []
    told: set[str] = set()
    position = length = 0
    for start, end, new, reasons in _bounded(source, _changes(source, found)):
        out.append(source[position:start])
        length += start - position
        reason = ", ".join(_REASONS.get(kind, kind) for kind in reasons)
        edits.append(Edit(Span(length, length + len(new)), source[start:end], reason))
        out.append(new)
        length += len(new)
        position = end
        told.update(reasons)
    out.append(source[position:])
    notes += [f"{words} were removed" for kind, words in _TOLD.items() if kind in told]
    return trim(Cleaned("".join(out), tuple(edits), tuple(notes)))


def line(text: str) -> str:
    """A title or a name on one line: invisible and control characters removed, blanks made one space each."""
    visible = _CHANGES.sub(lambda match: " " if match.lastgroup == "line" else "", text)
    return _SPACES.sub(" ", visible).strip(" \u00a0")


def cut_front(cleaned: Cleaned, length: int, reason: str) -> Cleaned:
    """Take the first `length` characters off; what the source had there becomes one edit at the start."""
    if length <= 0:
        return cleaned
    left, right = _divide(cleaned.edits, length)
    original = undone(cleaned.text[:length], left)
    return replace(cleaned, text=cleaned.text[length:], edits=(Edit(Span(0, 0), original, reason), *right))


def cut_back(cleaned: Cleaned, start: int, reason: str) -> Cleaned:
    """Take the characters from `start` on off; what the source had there becomes one edit at the end."""
    if start >= len(cleaned.text):
        return cleaned
    left, right = _divide(cleaned.edits, start)
    original = undone(cleaned.text[start:], right)
    return replace(cleaned, text=cleaned.text[:start], edits=(*left, Edit(Span(start, start), original, reason)))


def trim(cleaned: Cleaned) -> Cleaned:
    """Take blank lines off the start and blanks off the end."""
    blank = _BLANK.match(cleaned.text)
    cleaned = cut_front(cleaned, blank.end() if blank else 0, "blank start")
    return cut_back(cleaned, len(cleaned.text.rstrip(" \t\n\u00a0")), "blank end")


def compact(cleaned: Cleaned) -> Cleaned:
    """Join edits that touch, so that no two stand at one place."""
    groups: list[list[Edit]] = []
    for edit in cleaned.edits:
        if groups and groups[-1][-1].span.end == edit.span.start:
            groups[-1].append(edit)
        else:
            groups.append([edit])
    return replace(cleaned, edits=tuple(_one(cleaned.text, group) for group in groups))


def restore(article: Article) -> str:
    """The decoded source text of an article (of markup: the text extracted from it): `text` with its edits undone."""
    return undone(article.text, article.edits)


def undone(text: str, edits: tuple[Edit, ...]) -> str:
    """`text` with the originals of its edits put back."""
    out: list[str] = []
    position = 0
    for edit in edits:
        out += (text[position : edit.span.start], edit.original)
        position = edit.span.end
    out.append(text[position:])
    return "".join(out)


# --- parts ------------------------------------------------------------------------------------------------------


def _changes(source: str, found: Repair) -> list[_Change]:
    """The changes to make, in order, apart from one another."""
    changes: list[_Change] = []
    position = 0
    for start, end, repaired in found.runs:
        changes += _plain_changes(source, position, start)
        new, kinds = _replaced(repaired)
        changes.append((start, end, new, ("wrong encoding repaired", *kinds)))
        position = end
    return changes + _plain_changes(source, position, len(source))


def _plain_changes(source: str, start: int, end: int) -> list[_Change]:
    if not _ANY.search(source, start, end):
        return []
    return [
        (match.start(), match.end(), "\n" if match.lastgroup == "line" else "", (match.lastgroup or "",))
        for match in _CHANGES.finditer(source, start, end)
    ]


def _bounded(source: str, changes: list[_Change]) -> Iterator[_Change]:
    """The changes, or where there are too many, one for each stretch of the source that holds any."""
    if len(changes) <= _MOST_EDITS:
        yield from changes
        return
    stretch = len(source) // _MOST_EDITS + 1
    for _, group in groupby(changes, key=lambda change: change[0] // stretch):
        yield _united(source, list(group))


def _united(source: str, changes: list[_Change]) -> _Change:
    out: list[str] = []
    position = changes[0][0]
    for start, end, new, _ in changes:
        out += (source[position:start], new)
        position = end
    reasons = tuple(dict.fromkeys(reason for change in changes for reason in change[3]))
    return changes[0][0], position, "".join(out), reasons


def _replaced(text: str) -> tuple[str, tuple[str, ...]]:
    """A repaired run, itself cleaned, and the kinds of change that this took."""
    kinds = tuple(sorted({match.lastgroup or "" for match in _CHANGES.finditer(text)}))
    return _CHANGES.sub(lambda match: "\n" if match.lastgroup == "line" else "", text), kinds


def _divide(edits: tuple[Edit, ...], position: int) -> tuple[tuple[Edit, ...], tuple[Edit, ...]]:
    """The edits left and right of a position, the right ones counted from it; one that straddles it stays left."""
    left: list[Edit] = []
    right: list[Edit] = []
    for edit in edits:
        start, end = edit.span
        if start >= position:
            right.append(replace(edit, span=Span(start - position, end - position)))
        elif end <= position:
            left.append(edit)
        else:
            left.append(replace(edit, span=Span(start, position)))
            right.append(Edit(Span(0, end - position), "", edit.reason))
    return tuple(left), tuple(right)


def _one(text: str, group: list[Edit]) -> Edit:
    if len(group) == 1:
        return group[0]
    start, end = group[0].span.start, group[-1].span.end
    inner = tuple(replace(e, span=Span(e.span.start - start, e.span.end - start)) for e in group)
    reasons = dict.fromkeys(reason for e in group for reason in e.reason.split(", "))
    return Edit(Span(start, end), undone(text[start:end], inner), ", ".join(reasons))
