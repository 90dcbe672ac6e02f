"""Quotation marks, paired paragraph by paragraph.

Marks are paired before anything else is read, so that sentences are cut and cues are looked for with the quoted words
known.  All styles are read at once («», “”, „‟, "", ‘’, '', ‹›, a dash that opens a line of dialogue), mixed ones too
("“A,\" he said"), and no input fails: a mark that cannot be paired is an apostrophe, a measure or a misprint, or opens
a quotation that runs to the paragraph's end.

The convention for quotations of several paragraphs (a mark reopened at each paragraph, closed only at the last) is the
printers' one, common to French and English: Lacoste, *Lexique des règles typographiques en usage à l'Imprimerie
nationale*; Chicago Manual of Style, 13.30.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from recoupe.read.page import Page, Stage
from recoupe.read.sentences import paragraphs
from recoupe.read.tables import table
from recoupe.text import Span, trim

Style = Literal["guillemets", "double", "single", "dash"]
Kind = Literal["speech", "words", "title"]

MAX_DEPTH = 4  # quotations in quotations beyond this are not kept: nobody reads them, and input may be hostile

_FAMILY: dict[str, Style] = {
    "«": "guillemets", "»": "guillemets", "“": "double", "”": "double", "„": "double", "‟": "double", '"': "double",
    "‘": "single", "’": "single", "'": "single", "‚": "single", "‛": "single", "‹": "single", "›": "single",
}  # fmt: skip
_OPENS = frozenset("«“„‟‘‚‛‹")
_CLOSES = frozenset("»”›")
_MARK = re.compile("''|``|[«»“”„‟\"‘’'‚‛‹›]")  # two apostrophes or graves: a typist's double mark
_SPACES = " \t\r\n\u00a0\u202f\u2009"
_OPENERS = frozenset('([{—–-/«“„‟"‘‹¿¡…')
_STOPPERS = frozenset(",.;:!?)]}»”›…%")
_DASH = re.compile(r"[—–―][ \u00a0\u202f]*(?=\w|[«“\"…])")
_TERMINAL = re.compile(r"[.!?…]")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Quote:
    """One quoted stretch within one paragraph.

    `inner` is the quoted words, `outer` the words with their marks; both count in the article's text.  `depth` is 0
    for a quotation that stands in no other.  `closed` is False where the closing mark is missing: the quotation then
    runs to the end of the paragraph.  `continues` is the index, among the page's quotes, of the part in the previous
    paragraph that this one goes on with.  `kind` is a first guess from the quoted words alone: "speech" reads like a
    sentence, "title" like a name or a work, "words" is anything else.
    """

    inner: Span
    outer: Span
    style: Style
    depth: int = 0
    closed: bool = True
    continues: int | None = None
    kind: Kind = "words"


class _Mark(NamedTuple):
    at: int
    end: int
    family: Style
    opens: bool
    closes: bool
    straight: bool  # the same sign opens and closes
    low: bool = False  # „ and ‚, which are closed by “ and ‘ as well


def _direction(text: str, at: int, stop: int, edges: Span, elisions: frozenset[str]) -> _Mark | None:
    """What the sign at [at, stop) may do, judged by its neighbours within `edges`; None for an apostrophe."""
    sign = text[at:stop]
    family = _FAMILY.get(sign, "double")
    before = text[at - 1] if at > edges.start else " "
    after = text[stop] if stop < edges.end else " "
    if family == "single" and sign not in "‹›":
        if before.isalnum() and after.isalnum():
            return None
        word = _WORD.match(text, stop)
        if word and not before.isalnum() and (word.group().lower() in elisions or _is_decade(word.group())):
            return None
    if sign in _OPENS:
        closing = sign in "“‘" and not after.isalnum()
        opening = not before.isalnum() or sign != "‘"
        return _Mark(at, stop, family, opening, closes=closing, straight=False, low=sign in "„‚")
    if sign in _CLOSES:
        return _Mark(at, stop, family, opens=False, closes=True, straight=False)
    free_before = before in _SPACES or before in _OPENERS
    free_after = after in _SPACES or after in _STOPPERS
    opens = free_before and not free_after
    closes = before not in _SPACES and not after.isalnum()
    if family != "single" and free_before and free_after:  # `" mot "`: spaced on both sides, told by what is open
        opens = closes = True
    return _Mark(at, stop, family, opens, closes, straight=True)


def _is_decade(word: str) -> bool:
    return len(word) == 3 and word[:2].isdigit() and word[2] == "s"


class _Open(NamedTuple):
    mark: _Mark
    slot: int  # where in the list of found pairs its quotation goes, so that outer ones come first


def _pair(text: str, start: int, end: int, elisions: frozenset[str]) -> list[tuple[_Mark, _Mark | None]]:
    """The pairs of one paragraph in order of their opening marks; a missing closing mark is None."""
    edges = Span(start, end)
    signs = _MARK.finditer(text, start, end)
    marks = [m for f in signs if (m := _direction(text, f.start(), f.end(), edges, elisions))]
    nearer_close = _closers_ahead(marks)
    found: list[tuple[_Mark, _Mark | None] | None] = []
    stack: list[_Open] = []
    count = {"guillemets": 0, "double": 0, "single": 0, "dash": 0}
    for n, mark in enumerate(marks):
        closes = mark.closes and count[mark.family] > 0
        if closes and not mark.straight and mark.opens:
            closes = stack[-1].mark.low  # „so“
        elif closes and mark.opens:  # a straight sign that could do both: it closes what a straight sign opened
            closes = stack[-1].mark.family == mark.family
        if closes and mark.family == "single" and nearer_close[n] and _possessive(text, mark.at, end):
            continue
        if closes:
            while stack:
                top = stack.pop()
                count[top.mark.family] -= 1
                if top.mark.family == mark.family:
                    found[top.slot] = (top.mark, mark)
                    break
        elif mark.opens and not (mark.straight and not _may_open(text, mark, start)):
            stack.append(_Open(mark, len(found)))
            count[mark.family] += 1
            found.append(None)
    for left in stack:
        if left.mark.family != "single" and _opens_speech(text, left.mark.at, start):
            found[left.slot] = (left.mark, None)
            break  # what else stands open lies within this one
    return [pair for pair in found if pair]


def _closers_ahead(marks: Sequence[_Mark]) -> list[bool]:
    """For each mark whether the next single mark can only close: then a possessive before it is no closing mark."""
    ahead, result = False, [False] * len(marks)
    for n in range(len(marks) - 1, -1, -1):
        result[n] = ahead
        if marks[n].family == "single":
            ahead = marks[n].closes and not marks[n].opens
    return result


def _possessive(text: str, at: int, end: int) -> bool:
    """`workers' pay`: after an s and before a small letter."""
    return at > 0 and text[at - 1] in "sS" and at + 2 < end and text[at + 1] == " " and text[at + 2].islower()


def _may_open(text: str, mark: _Mark, start: int) -> bool:
    """A straight sign right after a digit is a measure (6", 5'), not an opening mark."""
    return not (mark.at > start and text[mark.at - 1].isdigit())


def _opens_speech(text: str, at: int, start: int) -> bool:
    """Whether an unclosed mark stands where a quotation opens: the paragraph's start, or after : , . ? !"""
    before = text[start:at].rstrip(_SPACES)[-1:] if at - start < 400 else text[at - 400 : at].rstrip(_SPACES)[-1:]
    return not before or before in ":,.?!…" or text[at] in "«“"


def _kind(text: str, inner: Span) -> Kind:
    words = _WORD.findall(text, inner.start, min(inner.end, inner.start + 400))
    if len(words) >= 8 or (_TERMINAL.search(text, inner.start, inner.end) and len(words) > 1):
        return "speech"
    capitals = sum(1 for w in words if w[:1].isupper() or w.isdigit())
    if words and words[0][:1].isupper() and (len(words) == 1 or capitals * 2 > len(words)):
        return "title"
    return "speech" if len(words) >= 4 else "words"


def _dialogue(text: str, paragraph: Span) -> Quote | None:
    """The line of dialogue that a dash opens; the words that introduce its speaker are still inside."""
    dash = _DASH.match(text, paragraph.start, paragraph.end)
    if not dash:
        return None
    inner = trim(text, dash.end(), paragraph.end)
    return Quote(inner, Span(paragraph.start, paragraph.end), "dash", closed=False, kind=_kind(text, inner))


def pair_marks(text: str, lang: str) -> tuple[Quote, ...]:
    """All quotations of `text`, in order of their opening marks, outer ones before those within them.

    Never raises on any text; the time is linear in its length.
    """
    rules = table(lang, "quotes")
    elisions = frozenset(str(w) for w in rules.get("elisions", ()))
    dialogue = bool(rules.get("dash_dialogue", False))
    quotes: list[Quote] = []
    running: int | None = None  # the unclosed quotation of the paragraph before
    for paragraph in paragraphs(text):
        first = len(quotes)
        line = _dialogue(text, paragraph) if dialogue else None
        if line:
            quotes.append(line)
        open_ends: list[int] = []
        for opening, closing in _pair(text, paragraph.start, paragraph.end, elisions):
            while open_ends and open_ends[-1] <= opening.at:
                open_ends.pop()
            stop = closing.at if closing else paragraph.end
            inner = trim(text, opening.end, stop)
            if inner.start < inner.end and len(open_ends) < MAX_DEPTH:
                quotes.append(
                    Quote(
                        inner,
                        Span(opening.at, closing.end if closing else paragraph.end),
                        opening.family,
                        depth=len(open_ends) + (1 if line else 0),
                        closed=closing is not None,
                        kind=_kind(text, inner),
                    )
                )
                open_ends.append(stop)
        running = _join(quotes, first, running, paragraph)
    return tuple(quotes)


def _join(quotes: list[Quote], first: int, running: int | None, paragraph: Span) -> int | None:
    """Link a paragraph that reopens the mark to the one before; the index of what stays open at its end."""
    if first < len(quotes):
        head = quotes[first]
        if running is not None and head.outer.start == paragraph.start and head.style == quotes[running].style:
            quotes[first] = replace(head, continues=running)
    for n in range(first, len(quotes)):
        if not quotes[n].closed and quotes[n].depth == 0 and quotes[n].style != "dash":
            return n
    return None


class QuoteIndex:
    """The quotations of a page by place, so that those of one sentence are found without looking at all others."""

    def __init__(self, quotes: Sequence[Quote]) -> None:
        self._marked = [q for q in quotes if q.style != "dash"]
        self._starts = [q.outer.start for q in self._marked]
        self._top = [q for q in quotes if q.depth == 0]
        self._top_starts = [q.outer.start for q in self._top]

    def starting_in(self, span: Span) -> Iterator[Quote]:
        """The quotations in marks whose opening mark lies in `span`, those within another of them left out."""
        end = span.start
        for n in range(bisect_left(self._starts, span.start), len(self._starts)):
            if self._starts[n] >= span.end:
                break
            if self._starts[n] >= end:
                yield self._marked[n]
                end = self._marked[n].outer.end

    def within(self, span: Span) -> list[Quote]:
        """The outermost quotations in marks that lie wholly within `span`."""
        return [q for q in self.starting_in(span) if q.outer.end <= span.end]

    def holding(self, span: Span) -> Quote | None:
        """The outermost quotation (a line of dialogue too) within whose marks `span` lies."""
        n = bisect_right(self._top_starts, span.start) - 1
        return self._top[n] if n >= 0 and self._top[n].outer.holds(span) else None


def _run(pages: Sequence[Page]) -> list[Page]:
    return [replace(page, quotes=pair_marks(page.text, page.lang)) for page in pages]


STAGE = Stage("quotes", frozenset({"article", "lang"}), frozenset({"quotes"}), _run)
