"""Anchors in the articles' texts: where each layer stands, and which lines point there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from recoupe.model import Reading
from recoupe.report.view.types import Back, Layer, Segment
from recoupe.report.view.words import safe
from recoupe.text import Span

_ORDER: tuple[Layer, ...] = ("said", "source", "cue", "quantity", "time", "credit", "copied", "note", "edge")
_LINE = re.compile(r"[^\r\n\u2028\u2029]+")


@dataclass(slots=True)
class Mark:
    """One annotation on a text: its layer, its spans, and the anchor of its first one where it has one."""

    layer: Layer
    spans: tuple[Span, ...]
    anchor: str | None = None


@dataclass(slots=True)
class Sheet:
    """One article's marks while the view is built.  `number` is the article's number in the view."""

    reading: Reading
    number: int
    marks: list[Mark] = field(default_factory=list)
    title_marks: list[Mark] = field(default_factory=list)
    backs: dict[str, list[Back]] = field(default_factory=lambda: defaultdict(list))
    _annotated: dict[Span, str] = field(default_factory=dict)
    _extra: dict[tuple[str, Span], str] = field(default_factory=dict)
    _linked: set[str] = field(default_factory=set)  # the anchors that some line was given

    def __post_init__(self) -> None:
        reading = self.reading
        for index, said in enumerate(reading.attributions, 1):
            self.marks.append(Mark("said", said.content, self._anchor("q", index)))
            self.marks += [Mark("source", (said.source,))] if said.source else []
            self.marks += [Mark("cue", (said.cue,))] if said.cue else []
        for index, quantity in enumerate(reading.quantities, 1):
            self.marks.append(Mark("quantity", (quantity.span,), self._anchor("n", index)))
        for index, time in enumerate(reading.times, 1):
            self.marks.append(Mark("time", (time.span,), self._anchor("t", index)))
        for index, credit in enumerate(reading.credits, 1):
            self.marks.append(Mark("credit", (credit.span,), self._anchor("c", index)))
        for mark in self.marks:
            if mark.anchor and len(mark.spans) == 1 and mark.layer != "time":
                self._annotated.setdefault(mark.spans[0], mark.anchor)

    @property
    def anchor(self) -> str:
        """The anchor of the article itself."""
        return f"a{self.number}"

    def _anchor(self, letter: str, index: int) -> str:
        return f"a{self.number}-{letter}{index}"

    def attribution(self, index: int) -> str:
        """The anchor of the reading's attribution with this index."""
        return self._given(self._anchor("q", index + 1))

    def quantity(self, index: int) -> str:
        """The anchor of the reading's quantity with this index."""
        return self._given(self._anchor("n", index + 1))

    def titled(self, span: Span) -> str:
        """The anchor of a figure in the title."""
        return self._extra_mark("h", "quantity", span, self.title_marks)

    def copied(self, span: Span) -> str:
        """The anchor of a copied passage."""
        return self._extra_mark("r", "copied", span, self.marks)

    def noted(self, span: Span) -> str:
        """The anchor of words that a note is about."""
        return self._extra_mark("x", "note", span, self.marks)

    def rests(self, span: Span) -> str:
        """The anchor of the words that an edge rests on: an annotation with this very span, or a mark of its own."""
        known = self._annotated.get(span)
        return self._given(known) if known else self._extra_mark("e", "edge", span, self.marks)

    def _given(self, anchor: str) -> str:
        self._linked.add(anchor)
        return anchor

    def _extra_mark(self, letter: str, layer: Layer, span: Span, marks: list[Mark]) -> str:
        key = (letter, span)
        if key not in self._extra:
            self._extra[key] = self._anchor(letter, len(self._extra) + 1)
            marks.append(Mark(layer, (span,), self._extra[key]))
        return self._given(self._extra[key])

    def point(self, evidence: str, back: Back) -> None:
        """Remember that the line `back` uses `evidence`; the article itself keeps no list."""
        if evidence != self.anchor and back not in self.backs[evidence]:
            self.backs[evidence].append(back)

    def title(self) -> tuple[Segment, ...]:
        """The title, on one line, cut at its marks."""
        title = self.reading.article.title
        lines = segments(title, [Span(0, len(title))], self.title_marks, self.backs)
        return lines[0] if lines else ()

    def paragraphs(self) -> tuple[tuple[Segment, ...], ...]:
        """The text by line, blank ones left out, cut where a layer begins or ends, with the anchors in use."""
        text = self.reading.text
        lines = [Span(*found.span()) for found in _LINE.finditer(text) if found.group().strip()]
        marks = [mark if mark.anchor in self._linked else Mark(mark.layer, mark.spans) for mark in self.marks]
        return segments(text, lines, marks, self.backs)


def segments(
    text: str, lines: Sequence[Span], marks: Sequence[Mark], backs: Mapping[str, Sequence[Back]]
) -> tuple[tuple[Segment, ...], ...]:
    """The lines of `text` cut at the boundaries of `marks`, so that overlapping marks make no overlapping markup.

    Every anchor is given once, also where its words lie between two lines; `backs` follow the last words of a mark.
    """
    cuts = _cuts(len(text), lines, marks)
    done: list[list[_Draft]] = []
    active: dict[Layer, int] = {}
    waiting: list[str] = []
    row, last = 0, _Draft("", ())
    for point, following in pairwise([*sorted(cuts), len(text)]):
        here = cuts[point]
        for layer in here.closed:
            active[layer] -= 1
        for layer in here.opened:
            active[layer] = active.get(layer, 0) + 1
        ended = dict.fromkeys(back for anchor in here.ends for back in backs.get(anchor, ()))
        last.backs += [back for back in ended if back not in last.backs]
        waiting += here.begins
        while row < len(lines) and lines[row].end <= point:
            row += 1
        if following > point and row < len(lines) and lines[row].start <= point:
            layers = tuple(layer for layer in _ORDER if active.get(layer))
            last = _Draft(text[point:following], layers, waiting, [])
            waiting = []
            if lines[row].start == point:
                done.append([])
            done[-1].append(last)
    if waiting:
        done = done or [[]]
        done[-1].append(_Draft("", (), waiting))
    return tuple(tuple(draft.frozen() for draft in drafts) for drafts in done)


@dataclass(slots=True)
class _Draft:
    """A segment while its links are still being found."""

    text: str
    layers: tuple[Layer, ...]
    anchors: list[str] = field(default_factory=list)
    backs: list[Back] = field(default_factory=list)

    def frozen(self) -> Segment:
        # A line as a whole (its origins) is not linked beside a place of that same line: the tag would stand twice.
        placed = {back.tag for back in self.backs if "-" in back.anchor}
        backs = tuple(back for back in self.backs if "-" in back.anchor or back.tag not in placed)
        return Segment(safe(self.text), self.layers, tuple(self.anchors), backs)


@dataclass(slots=True)
class _Cut:
    """What happens at one offset: layers opened and closed, anchors that begin, marks that end."""

    opened: list[Layer] = field(default_factory=list)
    closed: list[Layer] = field(default_factory=list)
    begins: list[str] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)


def _cuts(length: int, lines: Sequence[Span], marks: Sequence[Mark]) -> dict[int, _Cut]:
    """The offsets at which the text is cut, the ends of lines included."""
    cuts: dict[int, _Cut] = defaultdict(_Cut)
    cuts.update((offset, _Cut()) for span in lines for offset in span)
    for mark in marks:
        spans = [Span(min(span.start, length), min(span.end, length)) for span in mark.spans]
        for span in spans:
            if span.end > span.start:
                cuts[span.start].opened.append(mark.layer)
                cuts[span.end].closed.append(mark.layer)
        if mark.anchor and spans:
            cuts[spans[0].start].begins.append(mark.anchor)
            cuts[max(spans[-1].end, spans[0].start)].ends.append(mark.anchor)
    return cuts
