"""Passages: stretches of two articles that hold the same words in the same order, with the edits between.

Seeds that lie in one order in both articles, with gaps that an editor's changes explain, make a chain; the words of a
chain are then aligned (as in passim: Smith, Cordell and Mullen 2015, "Computational Methods for Uncovering Reprinted
Texts in Antebellum Newspapers").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from recoupe.compare import align, limits
from recoupe.compare.growing import firsts
from recoupe.compare.tokens import Edges, edges
from recoupe.model import Reading
from recoupe.text import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_LINE: Final = 600  # characters of a line that a page's own phrase can take out
_CORE: Final = 3  # words that match in a row at a passage's edge
_LEAD_IN: Final = 3  # words beyond quotation, source and cue: "au prévenu resté impassible"

Block = tuple[int, int, int]
"""Words that match one by one: the place in the one, the place in the other, how many."""


class Chain(NamedTuple):
    """Seeds of two articles that lie in one order: token positions, counted in each article, ends exclusive.

    `runs` are its stretches that match word by word.
    """

    a: int
    b: int
    a_start: int
    a_end: int
    b_start: int
    b_end: int
    runs: list[Block]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Aligned words of two articles: `equal` holds what matches; `own` the part of it outside quotations in both."""

    a: Span
    b: Span
    equal: tuple[Block, ...]
    own: tuple[Block, ...]

    @property
    def matching(self) -> int:
        """How many words match."""
        return length(self.equal)

    @property
    def spread(self) -> int:
        """From the first to the last of them: how many words that are in the article where they are more."""
        (x, y, _), (u, v, n) = self.equal[0], self.equal[-1]
        return max(u - x, v - y) + n

    @property
    def is_copy(self) -> bool:
        """Whether it holds enough words of its own outside quotation marks to be a copy.

        Two reports of one event share names, titles and figures around a quotation, a few words at a time: where one
        holds the stretch together, a copy must have left a row of words as they stood, or match in many places.
        """
        own = length(self.own)
        if self.matching < limits.COPY_WORDS:
            return False
        if own == self.matching or own >= limits.OWN_SCATTERED:
            return own >= limits.OWN_WORDS
        return max((n for _, _, n in self.own), default=0) >= limits.OWN_WORDS

    def turned(self) -> Stretch:
        """The same with the articles' parts exchanged."""
        equal, own = (tuple((y, x, n) for x, y, n in blocks) for blocks in (self.equal, self.own))
        return Stretch(self.b, self.a, equal, own)


def length(blocks: Sequence[Block]) -> int:
    """The words in these blocks."""
    return sum(n for _, _, n in blocks)


def places(blocks: Sequence[Block]) -> Iterator[int]:
    """The places of these blocks' words in the other article."""
    for _, y, n in blocks:
        yield from range(y, y + n)


# --- seeds to chains --------------------------------------------------------------------------------------------


def chains(seeds: Ints) -> list[Chain]:
    """Seeds joined where neither text leaves out more than a gap.

    A seed is a row: two articles, and the places of one n-gram in the one and in the other.
    """
    if not len(seeds):
        return []
    width = int(seeds[:, :2].max()) + 1
    pair = seeds[:, 0] * width + seeds[:, 1]
    diagonal = seeds[:, 3] - seeds[:, 2]
    order = np.lexsort((seeds[:, 3], diagonal, pair))
    seeds, pair, diagonal = seeds[order], pair[order], diagonal[order]
    return _joined(_runs(seeds, pair, diagonal))


def _runs(seeds: Ints, pair: Ints, diagonal: Ints) -> list[Chain]:
    """Seeds that follow each other on one diagonal, as stretches that match word by word."""
    step = np.diff(seeds[:, 3])
    new = firsts(pair, diagonal)
    new[1:] |= step > limits.GRAM
    first = np.flatnonzero(new)
    last = np.concatenate([first[1:] - 1, [len(seeds) - 1]])
    ends = seeds[last] + np.array([0, 0, limits.GRAM, limits.GRAM])
    columns = (seeds[first, 0], seeds[first, 1], seeds[first, 2], ends[:, 2], seeds[first, 3], ends[:, 3])
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [Chain(a, b, x, x_end, y, y_end, [(x, y, x_end - x)]) for a, b, x, x_end, y, y_end in rows]


def _joined(runs: list[Chain]) -> list[Chain]:
    """Runs of one pair that follow each other in both articles within a gap, joined."""
    joined: list[Chain] = []
    open_ones: list[Chain] = []
    for run in sorted(runs, key=lambda c: (c.a, c.b, c.b_start, c.a_start, c.b_end, c.a_end)):
        if open_ones and (open_ones[-1].a, open_ones[-1].b) != (run.a, run.b):
            joined += open_ones
            open_ones = []
        for k in range(len(open_ones) - 1, -1, -1):
            chain = open_ones[k]
            if _follows(chain, run):
                chain.runs.extend(run.runs)
                open_ones[k] = chain._replace(a_end=max(chain.a_end, run.a_end), b_end=max(chain.b_end, run.b_end))
                break
        else:
            stale = [c for c in open_ones if run.b_start - c.b_end > limits.GAP]
            joined += stale
            open_ones = [c for c in open_ones if run.b_start - c.b_end <= limits.GAP]
            open_ones.append(run)
    return joined + open_ones


def _follows(chain: Chain, run: Chain) -> bool:
    slack = limits.GRAM
    return (
        -slack <= run.a_start - chain.a_end <= limits.GAP
        and -slack <= run.b_start - chain.b_end <= limits.GAP
        and run.a_end > chain.a_start
    )


# --- chains to passages ---------------------------------------------------------------------------------------


class Text:
    """One article's words with, for each, its place, whether it is quoted, and whether it is a quotation's frame."""

    def __init__(self, reading: Reading, words: NDArray[np.int32]) -> None:
        self._reading = reading
        self._numbers = words

    @cached_property
    def words(self) -> list[int]:
        """A number for each word."""
        words: list[int] = self._numbers.tolist()
        return words

    @cached_property
    def edges(self) -> Edges:
        """Where each word starts and ends."""
        return edges(self._reading.text)

    def span(self, first: int, last: int) -> Span:
        """From the word `first` to the word `last`."""
        return Span(int(self.edges.starts[first]), int(self.edges.ends[last]))

    @cached_property
    def marked(self) -> bytearray:
        """Which words stand in quotation marks or in a page's own lines."""
        return self._inside(_marked(self._reading.text))

    @cached_property
    def said(self) -> bytearray:
        """Which words are read as direct speech, marked or not (after a dash, where a mark is missing)."""
        return self._inside([s for a in self._reading.attributions if a.type == "direct" for s in a.content])

    @cached_property
    def frame(self) -> bytearray:
        """Which words name a quotation's source or are its cue."""
        return self._inside([s for a in self._reading.attributions for s in (a.source, a.cue) if s is not None])

    def _inside(self, spans: Sequence[Span]) -> bytearray:
        marks = bytearray(len(self._numbers))
        if spans:
            for first, last in np.searchsorted(self.edges.starts, spans).tolist():
                marks[first:last] = b"\x01" * (last - first)
        return marks


_PAIRED: Final = re.compile(r"«[^«»\n]{1,2000}»|“[^“”\n]{1,2000}”|\"[^\"\n]{1,2000}\"|‘(?<!\w‘)[^‘\n]{1,2000}?’(?!\w)")


def _marked(text: str) -> list[Span]:
    """What stands in quotation marks, and the lines that are a page's own words."""
    spans = [Span(*match.span()) for match in _PAIRED.finditer(text)]
    if _is_page(text):
        lines = re.finditer(r"[^\n]+", text)
        spans += [Span(*m.span()) for m in lines if m.end() - m.start() < _LINE and _is_page(m.group())]
    return spans


@cache
def _page_words() -> tuple[str, ...]:
    raw = files("recoupe.compare").joinpath("data", "reuse", "boilerplate.toml").read_text(encoding="utf-8")
    return tuple(sorted(phrase for group in tomllib.loads(raw).values() for phrase in group))


def _is_page(text: str) -> bool:
    """Whether the text holds one of a page's own phrases."""
    lower = text.lower()
    return any(phrase in lower for phrase in _page_words())


def stretches(a: Text, b: Text, chain: Chain) -> list[Stretch]:
    """The stretches of a chain, widened as far as words match, with their words aligned."""
    blocks: list[Block] = []
    x, y = max(0, chain.a_start - limits.GAP), max(0, chain.b_start - limits.GAP)
    for run_x, run_y, length in chain.runs:
        over = max(0, x - run_x, y - run_y) if blocks else 0  # a run may begin inside the one before
        if over < length:
            blocks += _between(a, b, (x, run_x + over), (y, run_y + over))
            blocks.append((run_x + over, run_y + over, length - over))
            x, y = run_x + length, run_y + length
    blocks += _between(a, b, (x, min(len(a.words), x + limits.GAP)), (y, min(len(b.words), y + limits.GAP)))
    return [stretch for part in _parts(blocks) if (stretch := _stretch(a, b, _widened(a, b, part)))]


def _between(a: Text, b: Text, one: tuple[int, int], other: tuple[int, int]) -> list[Block]:
    """The words that match between two runs: little to compare, so that the whole stays linear."""
    steps = align.diff(a.words[slice(*one)], b.words[slice(*other)])
    return [(op.a_start + one[0], op.b_start + other[0], op.a_end - op.a_start) for op in steps if op.tag == "equal"]


def _widened(a: Text, b: Text, part: list[Block]) -> list[Block]:
    """The part with its edges moved out as long as the next words are equal."""
    (x, y, n), (u, v, m) = part[0], part[-1]
    before = 0
    while before < min(x, y) and a.words[x - before - 1] == b.words[y - before - 1]:
        before += 1
    after, room = 0, min(len(a.words) - u - m, len(b.words) - v - m)
    while after < room and a.words[u + m + after] == b.words[v + m + after]:
        after += 1
    if len(part) == 1:
        return [(x - before, y - before, before + n + after)]
    return [(x - before, y - before, n + before), *part[1:-1], (u, v, m + after)]


def _parts(blocks: list[Block]) -> list[list[Block]]:
    """Matching blocks apart where more than a gap lies between, without stray words at the edges."""
    parts: list[list[Block]] = []
    for block in blocks:
        if parts:
            x, y, n = parts[-1][-1]
            if max(block[0] - x - n, block[1] - y - n) <= limits.GAP:
                parts[-1].append(block)
                continue
        parts.append([block])
    return [trimmed for part in parts if (trimmed := _trimmed(part))]


def _trimmed(part: list[Block]) -> list[Block]:
    first, last = 0, len(part)
    while first < last and part[first][2] < _CORE:
        first += 1
    while last > first and part[last - 1][2] < _CORE:
        last -= 1
    return part[first:last]


def _stretch(a: Text, b: Text, part: list[Block]) -> Stretch | None:
    (a_first, b_first, _), (x, y, n) = part[0], part[-1]
    a_last, b_last = x + n - 1, y + n - 1
    longest = max(a_last - a_first, b_last - b_first) + 1
    if length(part) < max(limits.PASSAGE_WORDS, limits.PASSAGE_DENSITY * longest):
        return None
    own, beyond = _own(a, b, part)
    return Stretch(a.span(a_first, a_last), b.span(b_first, b_last), tuple(part), own if beyond >= _LEAD_IN else ())


def _own(a: Text, b: Text, part: list[Block]) -> tuple[tuple[Block, ...], int]:
    """What matches outside quotations in both, and how many of these words name no source and are no cue."""
    own: list[Block] = []
    beyond = 0
    for block in part:
        for x, y, n in [block] if _plain(a, b, block) else _unquoted(a, b, block):
            beyond += sum(not (a.frame[x + k] or b.frame[y + k]) for k in range(n))
            if own and (own[-1][0] + own[-1][2], own[-1][1] + own[-1][2]) == (x, y):
                own[-1] = (own[-1][0], own[-1][1], own[-1][2] + n)
            else:
                own.append((x, y, n))
    return tuple(own), beyond


def _plain(a: Text, b: Text, block: Block) -> bool:
    """Whether no word of a block is marked or said in either: most are so, and this is soon seen."""
    x, y, n = block
    one, other = slice(x, x + n), slice(y, y + n)
    return not any(1 in marks for marks in (a.marked[one], b.marked[other], a.said[one], b.said[other]))


def _unquoted(a: Text, b: Text, block: Block) -> Iterator[Block]:
    """The words of a block that are in quotation marks in neither article, and not said in both, one by one."""
    x, y, n = block
    for i, j in zip(range(x, x + n), range(y, y + n), strict=True):
        if not (a.marked[i] or b.marked[j] or (a.said[i] and b.said[j])):
            yield i, j, 1


def apart(found: list[Stretch]) -> tuple[Stretch, ...]:
    """The stretches with the most matching words, none of which takes words of another."""
    kept: list[Stretch] = []
    for stretch in sorted(found, key=lambda s: (-s.matching, s.b, s.a)):
        if not any(stretch.b.overlaps(other.b) or stretch.a.overlaps(other.a) for other in kept):
            kept.append(stretch)
    return tuple(sorted(kept, key=lambda s: s.b))
