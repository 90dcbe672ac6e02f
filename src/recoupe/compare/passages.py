"""Passages: stretches of two articles that hold the same words in the same order, with the edits between.

Seeds that lie in one order in both articles, with gaps that an editor's changes explain, make a chain; the words of a
chain are then aligned (as in passim: Smith, Cordell and Mullen 2015, "Computational Methods for Uncovering Reprinted
Texts in Antebellum Newspapers"), and so are those before and after it as long as many match (as BLAST extends its hits:
Altschul et al. 1997).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from recoupe.compare import align, limits
from recoupe.compare.growing import firsts
from recoupe.compare.tokens import TOKEN
from recoupe.model import Reading
from recoupe.text import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_LINE: Final = 600  # characters of a line that a page's own phrase can take out
_OVERLAP: Final = 5  # words of one run that the next may begin with, where words recur at an edit
_WINDOWS: Final = 8  # that a passage goes on beyond its seeds: keeps the whole linear
_FAR: Final = 200  # words between two chains of one track
_OPEN: Final = 8  # tracks that a chain may go on
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
    def longest(self) -> int:
        """How many of them stand in a row at most."""
        return max(n for _, _, n in self.equal)

    @property
    def gain(self) -> int:
        """How many words more match than were changed."""
        return 2 * self.matching - self.spread

    @property
    def is_copy(self) -> bool:
        """Whether it holds enough words of its own outside quotation marks to be a copy.

        Without a long row, more words must match than were changed, by enough: two reports list the same facts.  They
        share names, titles and figures around a quotation, too, a few words at a time: where one holds the stretch
        together, a copy must have left a row of words as they stood, or match in many places.
        """
        own = length(self.own)
        if self.matching < limits.COPY_WORDS:
            return False
        if self.longest < limits.PASSAGE_WORDS and self.gain < limits.COPY_GAIN:
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

    A seed is a row: two articles, the places of one n-gram in the one and in the other, and how many words in a row
    match there.  A single word that nothing follows makes no chain.
    """
    if not len(seeds):
        return []
    width = int(seeds[:, :2].max()) + 1
    pair = seeds[:, 0] * width + seeds[:, 1]
    diagonal = seeds[:, 3] - seeds[:, 2]
    order = np.lexsort((seeds[:, 3], diagonal, pair))
    seeds, pair, diagonal = seeds[order], pair[order], diagonal[order]
    return [chain for chain in _joined(_runs(seeds, firsts(pair, diagonal))) if length(chain.runs) > 1]


def _runs(seeds: Ints, new: NDArray[np.bool_]) -> list[Chain]:
    """Seeds that follow each other on one diagonal, as stretches that match word by word.

    `new`: which seeds are the first of a diagonal.
    """
    apart = np.cumsum(new) * (int(seeds[:, 3:].max()) * 2 + 1)
    reach = np.maximum.accumulate(seeds[:, 3] + seeds[:, 4] + apart) - apart  # of the seeds so far, on the diagonal
    new[1:] |= seeds[1:, 3] > reach[:-1]
    first = np.flatnonzero(new)
    size = reach[np.append(first[1:], len(seeds)) - 1] - seeds[first, 3]
    rows = zip(*seeds[first, :4].T.tolist(), size.tolist(), strict=True)
    return [Chain(a, b, x, x + n, y, y + n, [(x, y, n)]) for a, b, x, y, n in rows]


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
    return (
        -_OVERLAP <= run.a_start - chain.a_end <= limits.GAP
        and -_OVERLAP <= run.b_start - chain.b_end <= limits.GAP
        and run.a_end > chain.a_start
    )


# --- chains to passages ---------------------------------------------------------------------------------------


class Text:
    """One article's words with, for each, its place, whether it is quoted, and whether it is a quotation's frame."""

    def __init__(self, reading: Reading, words: NDArray[np.int32], places: NDArray[np.uint32]) -> None:
        self._text = reading.text
        self._attributions = reading.attributions
        self._numbers = words
        self._places = places

    @cached_property
    def words(self) -> list[int]:
        """A number for each word."""
        words: list[int] = self._numbers.tolist()
        return words

    def span(self, first: int, last: int) -> Span:
        """From the word `first` to the word `last`."""
        return Span(int(self._places[first]), self._end(last))

    def between(self, first: int, end: int) -> Span:
        """From the word `first` to the one before `end`; where there is none, the empty span where one would stand."""
        return self.span(first, end - 1) if first < end else Span(*(int(self._places[first]),) * 2)

    def _end(self, word: int) -> int:
        found = TOKEN.match(self._text, int(self._places[word]))
        if found is None:
            raise ValueError(f"no word at character {self._places[word]}")
        return found.end()

    @cached_property
    def marked(self) -> bytearray:
        """Which words stand in quotation marks or in a page's own lines."""
        return self._inside(_marked(self._text))

    @cached_property
    def said(self) -> bytearray:
        """Which words are read as direct speech, marked or not (after a dash, where a mark is missing)."""
        return self._inside([s for a in self._attributions if a.type == "direct" for s in a.content])

    @cached_property
    def frame(self) -> bytearray:
        """Which words name a quotation's source or are its cue."""
        return self._inside([s for a in self._attributions for s in (a.source, a.cue) if s is not None])

    def _inside(self, spans: Sequence[Span]) -> bytearray:
        marks = bytearray(len(self._numbers))
        if spans:
            for first, last in np.searchsorted(self._places, spans).tolist():
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


def stretches(a: Text, b: Text, chains: Iterable[Chain]) -> list[Stretch]:
    """The stretches of the chains of two articles, widened as far as words match, with their words aligned."""
    aligned = (blocks for track in _tracks(chains) for blocks in _aligned(a, b, track))
    parts = (part for blocks in aligned for part in _parts(blocks))
    return [stretch for part in parts if (stretch := _stretch(a, b, _widened(a, b, part)))]


def _tracks(chains: Iterable[Chain]) -> list[list[Chain]]:
    """Chains of which each lies some way behind the one before, in both articles alike."""
    tracks: list[list[Chain]] = []
    for chain in sorted(chains, key=lambda chain: (chain.b_start, chain.a_start)):
        for k in range(len(tracks) - 1, max(-1, len(tracks) - 1 - _OPEN), -1):
            last = tracks[k][-1]
            ahead, there = chain.a_start - last.a_end, chain.b_start - last.b_end
            if min(ahead, there) >= -_OVERLAP and abs(ahead - there) <= limits.GAP and ahead <= _FAR:
                tracks.append(tracks.pop(k))
                tracks[-1].append(chain)
                break
        else:
            tracks.append([chain])
    return tracks


def _aligned(a: Text, b: Text, track: Sequence[Chain]) -> Iterator[list[Block]]:
    """The words that match in the chains of a track and around them; apart where too few lie between two chains."""
    blocks: list[Block] = []
    x = y = 0
    for chain, following in zip_longest(track, track[1:]):
        if blocks and max(chain.a_start - x, chain.b_start - y) > limits.GAP:
            yield blocks
            blocks = []
        if not blocks:
            blocks = _before(a, b, chain, (x, y))
            x, y = chain.a_start, chain.b_start
        for run_x, run_y, n in chain.runs:
            over = max(0, x - run_x, y - run_y)  # a run may begin inside the one before
            if over < n:
                blocks += _between(a, b, (x, run_x + over), (y, run_y + over))
                blocks.append((run_x + over, run_y + over, n - over))
                x, y = run_x + n, run_y + n
        blocks += _after(a, b, x, y, following)
        x, y = _end(blocks)
    if blocks:
        yield blocks


def _end(blocks: Sequence[Block]) -> tuple[int, int]:
    x, y, n = blocks[-1]
    return x + n, y + n


def _before(a: Text, b: Text, chain: Chain, least: tuple[int, int]) -> list[Block]:
    """The words that match before a chain, from these places on, window by window while half of one does."""
    x, y = chain.a_start, chain.b_start
    blocks: list[Block] = []
    for _ in range(_WINDOWS):
        found = _between(a, b, (max(least[0], x - limits.GAP), x), (max(least[1], y - limits.GAP), y))
        blocks = found + blocks
        if 2 * length(found) < limits.GAP:
            break
        x, y, _ = found[0]
    return blocks


def _after(a: Text, b: Text, x: int, y: int, following: Chain | None) -> list[Block]:
    """The words that match from these places on, until a chain follows, window by window while half of one does."""
    a_stop, b_stop = (following.a_start, following.b_start) if following else (len(a.words), len(b.words))
    blocks: list[Block] = []
    for _ in range(_WINDOWS):
        found = _between(a, b, (x, min(a_stop, x + limits.GAP)), (y, min(b_stop, y + limits.GAP)))
        blocks += found
        if 2 * length(found) < limits.GAP:
            break
        x, y = _end(found)
    return blocks


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
            if block[:2] == (x + n, y + n):
                parts[-1][-1] = (x, y, n + block[2])
                continue
            if max(block[0] - x - n, block[1] - y - n) <= limits.GAP:
                parts[-1].append(block)
                continue
        parts.append([block])
    return [trimmed for part in parts if (trimmed := _trimmed(part))]


def _trimmed(part: list[Block]) -> list[Block]:
    first, last = 0, len(part)
    while first < last and not _holds(part[first], part[first + 1 : last][:1]):
        first += 1
    while last > first and not _holds(part[last - 1], part[first : last - 1][-1:]):
        last -= 1
    return part[first:last]


def _holds(edge: Block, next_one: list[Block]) -> bool:
    """Whether words at an edge are no chance: some in a row, or more than lie between them and the next ones."""
    if edge[2] >= _CORE or not next_one:
        return edge[2] >= _CORE
    (x, y, n), (u, v, _) = sorted((edge, *next_one))
    return edge[2] > max(u - x, v - y) - n


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
