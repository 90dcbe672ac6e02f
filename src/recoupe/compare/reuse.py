"""Copies: which article holds another's text, where, with which edits.

An exact index of word n-grams over the whole pile gives seeds; seeds that lie in one order in both articles, with gaps
that an editor's changes explain, make a passage; the words of a passage are then aligned (as in passim: Smith, Cordell
and Mullen 2015, but exact and in one pass).  A shared quotation is no copy: words outside quotation marks must match
too.  What an outlet repeats in several stories is boilerplate.  Works on any language, also on articles not read.

The reason of a copy says what its direction rests on, as a label and, after ": ", what can be checked:

- `credits the source`: the copy's words that name the other's outlet.  Goes before a date that contradicts it.
- `published earlier`: the two dates, the source's first.
- `more of it in the other`: the share of each article's words; the shorter is shown as the copy.
- `cannot tell the direction` (without data): the source is shown by its place in the order of time and id.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from recoupe.compare import align, limits
from recoupe.compare.outlets import credit_to, credits_text, words_of
from recoupe.compare.pile import TOKEN, Pile, pile
from recoupe.compare.vectors import distinct
from recoupe.model import Passage, Reading, Reuse, Story
from recoupe.text import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_WORDS: Final = re.compile(f"({TOKEN.pattern})")
_PRIME: Final = np.uint64(0x9E3779B97F4A7C15)
_PARTS: Final = 16  # the index is sorted in this many parts: bounds memory
_LEAST_SEEDS: Final = 2
_LINE: Final = 600  # characters of a line that a page's own phrase can take out
_KEPT: Final = 20_000  # articles whose places are kept at once
_CORE: Final = 3  # words that match in a row at a passage's edge
_DAY, _MINUTE, _ZONE = len("2025-03-04"), len("2025-03-04T10:30"), len("2025-03-04T10:30:00")
_LEAD_IN: Final = 3  # words beyond quotation, source and cue: "au prévenu resté impassible"

Block = tuple[int, int, int]


class Chain(NamedTuple):
    """Seeds of two articles that lie in one order: token positions, counted in each article, ends exclusive.

    `runs` are its stretches that match word by word: place in the one, place in the other, length.
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
    """Aligned words of two articles: `equal` holds pairs of token indices; `own`: those outside quotations in both."""

    a: Span
    b: Span
    equal: tuple[tuple[int, int], ...]
    own: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """Two articles that share text, `a` before `b` in the order of time and id; `copied`: more than a quotation."""

    a: int
    b: int
    stretches: tuple[Stretch, ...]

    @property
    def copied(self) -> bool:
        """Whether a stretch holds enough words of its own outside quotation marks to be a copy.

        Two reports of one event share names, titles and figures around a quotation, a few words at a time: where one
        holds the stretch together, a copy must have left a row of words as they stood, or match in many places.
        """
        return any(len(s.equal) >= limits.COPY_WORDS and _is_copied(s.equal, s.own) for s in self.stretches)


def _is_copied(equal: Sequence[tuple[int, int]], own: Sequence[tuple[int, int]]) -> bool:
    if len(own) == len(equal) or len(own) >= limits.OWN_SCATTERED:
        return len(own) >= limits.OWN_WORDS
    return _longest_row(own) >= limits.OWN_WORDS


def _longest_row(own: Sequence[tuple[int, int]]) -> int:
    """The most words that follow each other in both articles."""
    longest = row = 0
    last = (-2, -2)
    for x, y in own:
        row = row + 1 if (x, y) == (last[0] + 1, last[1] + 1) else 1
        longest, last = max(longest, row), (x, y)
    return longest


# --- seeds ------------------------------------------------------------------------------------------------------


def _grams(heap: Pile) -> tuple[NDArray[np.uint64], Ints]:
    """A hash of every n-gram that lies in one article, and where it starts in `heap.tokens`."""
    words = heap.words().astype(np.uint64)
    n = limits.GRAM
    if len(words) < n:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    count = len(words) - n + 1
    total = np.zeros(count, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for k in range(n):
            total *= _PRIME
            total += words[k : k + count] + np.uint64(1)
            total ^= total >> np.uint64(29)
        total *= _PRIME
    inside = np.ones(count, dtype=bool)
    for k in range(1, n):
        edges = heap.starts[1:-1] - k
        inside[edges[(edges >= 0) & (edges < count)]] = False
    places = np.flatnonzero(inside)
    return total[places], places


def _order(heap: Pile) -> Ints:
    """The rank of each article by time, the undated last, then by id (the pile's order)."""
    last = float("inf")
    moments = [reading.article.moment for reading in heap.readings]
    keys = [(moment.timestamp() if moment else last, i) for i, moment in enumerate(moments)]
    rank = np.empty(len(keys), dtype=np.int64)
    rank[[i for _, i in sorted(keys)]] = np.arange(len(keys))
    return rank


def _outlets(heap: Pile) -> Ints:
    """A number for each article's outlet, -1 where it is not known."""
    names = sorted({reading.article.outlet for reading in heap.readings if reading.article.outlet})
    number = {name: k for k, name in enumerate(names)}
    return np.array([number.get(reading.article.outlet or "", -1) for reading in heap.readings], dtype=np.int64)


def _seeds(heap: Pile, rank: Ints, story: Ints) -> NDArray[np.int64]:
    """Rows (earlier article, later article, place in the one, place in the other), places within the articles."""
    hashes, places = _grams(heap)
    owner = (np.searchsorted(heap.starts, places, side="right") - 1).astype(np.int32)
    outlets = _outlets(heap)
    part = (hashes >> np.uint64(60)).astype(np.uint8)
    rows = []
    for p in range(_PARTS):
        chosen = _repeated(hashes, np.flatnonzero(part == p))
        order = chosen[np.argsort(hashes[chosen])]
        fresh = np.concatenate([[True], hashes[order][1:] != hashes[order][:-1]]) if len(order) else np.zeros(0, bool)
        group = np.cumsum(fresh) - 1
        sizes = np.bincount(group) if len(group) else np.zeros(0, np.int64)
        several = sizes[group] > 1
        if several.any():
            rows.append(_linked(order[several], group[several], owner, places, rank, outlets, story))
    found = np.concatenate(rows) if rows else np.zeros((0, 4), np.int64)
    found[:, 2] -= heap.starts[found[:, 0]]
    found[:, 3] -= heap.starts[found[:, 1]]
    return found


def _repeated(hashes: NDArray[np.uint64], chosen: Ints) -> Ints:
    """Those of the chosen entries whose hash may stand twice: most stand once and need no sorting."""
    size = 1 << max(10, int(2 * len(chosen)).bit_length())
    bucket = (hashes[chosen] & np.uint64(size - 1)).astype(np.int64)
    return chosen[np.bincount(bucket, minlength=size)[bucket] > 1]


def _linked(
    entries: Ints, group: Ints, owner: NDArray[np.int32], places: Ints, rank: Ints, outlets: Ints, story: Ints
) -> NDArray[np.int64]:
    """Each article's first entry of a group of equal n-grams, with those of the earliest articles that have it."""
    articles = owner[entries].astype(np.int64)
    plain = ~_boilerplate(group, outlets[articles], story[articles])
    entries, group, articles = entries[plain], group[plain], articles[plain]
    order = np.lexsort((places[entries], rank[articles], group))
    entries, group, articles = entries[order], group[order], articles[order]
    again = np.concatenate([[False], (group[1:] == group[:-1]) & (articles[1:] == articles[:-1])])[: len(group)]
    entries, group, articles = entries[~again], group[~again], articles[~again]
    first = np.flatnonzero(np.concatenate([[True], group[1:] != group[:-1]])) if len(group) else np.zeros(0, np.int64)
    start = np.repeat(first, np.diff(np.concatenate([first, [len(group)]])))
    here = np.arange(len(group))
    rows = []
    for k in range(limits.SEED_SOURCES):
        source = start + k
        valid = np.flatnonzero(source < here)
        left = source[valid]
        rows.append(np.stack([articles[left], articles[valid], places[entries[left]], places[entries[valid]]], axis=1))
    return np.concatenate(rows)


def _boilerplate(group: Ints, outlet: Ints, story: Ints) -> NDArray[np.bool_]:
    """Which entries are of an n-gram that one outlet has in several stories."""
    if not len(group):
        return np.zeros(0, bool)
    outlets, stories = int(outlet.max()) + 2, int(story.max()) + 1
    triples = distinct((group * outlets + outlet + 1) * stories + story)
    pairs = triples // stories
    first = np.flatnonzero(np.concatenate([[True], pairs[1:] != pairs[:-1]]))
    counts = np.diff(np.concatenate([first, [len(pairs)]]))
    several = pairs[first][(counts >= limits.BOILERPLATE_STORIES) & (pairs[first] % outlets > 0)] // outlets
    repeated = np.zeros(int(group.max()) + 1, dtype=bool)
    repeated[several] = True
    return repeated[group]


def _chains(seeds: NDArray[np.int64]) -> list[Chain]:
    """Seeds of one pair joined where neither text leaves out more than a gap, and rows of too few seeds dropped."""
    if not len(seeds):
        return []
    width = int(seeds[:, :2].max()) + 1
    pair = seeds[:, 0] * width + seeds[:, 1]
    _, where, counts = np.unique(pair, return_inverse=True, return_counts=True)
    kept = counts[where] >= _LEAST_SEEDS
    seeds, pair = seeds[kept], pair[kept]
    diagonal = seeds[:, 3] - seeds[:, 2]
    order = np.lexsort((seeds[:, 3], diagonal, pair))
    seeds, pair, diagonal = seeds[order], pair[order], diagonal[order]
    return _joined(_runs(seeds, pair, diagonal))


def _runs(seeds: NDArray[np.int64], pair: Ints, diagonal: Ints) -> list[Chain]:
    """Seeds that follow each other on one diagonal, as stretches that match word by word."""
    if not len(seeds):
        return []
    step = np.diff(seeds[:, 3])
    new = np.concatenate([[True], (np.diff(pair) != 0) | (np.diff(diagonal) != 0) | (step > limits.GRAM)])
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


# --- passages ---------------------------------------------------------------------------------------------------


class _Text:
    """One article's words with, for each, its place, whether it is quoted, and whether it is a quotation's frame."""

    def __init__(self, reading: Reading, words: NDArray[np.int32]) -> None:
        self.words = words
        self._reading = reading

    @cached_property
    def _edges(self) -> list[int]:
        """Where each word starts and ends, in turn."""
        return list(accumulate(map(len, _WORDS.split(self._reading.text)[:-1])))

    @cached_property
    def starts(self) -> list[int]:
        """Where each word starts."""
        return self._edges[::2]

    def span(self, first: int, last: int) -> Span:
        """From the word `first` to the word `last`."""
        return Span(self._edges[2 * first], self._edges[2 * last + 1])

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
        marks = bytearray(len(self.words))
        starts = self.starts if spans else []
        for span in spans:
            first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
            marks[first:last] = b"\x01" * (last - first)
        return marks


_PAIRED: Final = re.compile(r"«[^«»\n]{1,2000}»|“[^“”\n]{1,2000}”|\"[^\"\n]{1,2000}\"|(?<!\w)‘[^‘\n]{1,2000}?’(?!\w)")


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


def _stretches(a: _Text, b: _Text, chain: Chain) -> list[Stretch]:
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


def _between(a: _Text, b: _Text, one: tuple[int, int], other: tuple[int, int]) -> list[Block]:
    """The words that match between two runs: little to compare, so that the whole stays linear."""
    steps = align.diff(a.words[slice(*one)].tolist(), b.words[slice(*other)].tolist())
    return [(op.a_start + one[0], op.b_start + other[0], op.a_end - op.a_start) for op in steps if op.tag == "equal"]


def _widened(a: _Text, b: _Text, part: list[Block]) -> list[Block]:
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


def _stretch(a: _Text, b: _Text, part: list[Block]) -> Stretch | None:
    equal = tuple((x + k, y + k) for x, y, n in part for k in range(n))
    (a_first, b_first), (a_last, b_last) = equal[0], equal[-1]
    longest = max(a_last - a_first, b_last - b_first) + 1
    if len(equal) < limits.PASSAGE_WORDS or len(equal) < limits.PASSAGE_DENSITY * longest:
        return None
    own = tuple((x, y) for x, y in equal if not (a.marked[x] or b.marked[y] or (a.said[x] and b.said[y])))
    beyond = sum(not (a.frame[x] or b.frame[y]) for x, y in own)
    return Stretch(
        a.span(a_first, a_last),
        b.span(b_first, b_last),
        equal,
        own if beyond >= _LEAD_IN else (),
    )


class _Texts:
    """The articles' tokens, made when first needed and kept while pairs of the same article follow each other."""

    def __init__(self, heap: Pile) -> None:
        self._heap = heap
        self._words = heap.words()
        self._kept: dict[int, _Text] = {}

    def __getitem__(self, article: int) -> _Text:
        found = self._kept.get(article)
        if found is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            found = self._kept[article] = _Text(
                self._heap.readings[article],
                self._words[self._heap.starts[article] : self._heap.starts[article + 1]],
            )
        return found


def _stories_of(heap: Pile, stories: Iterable[Story]) -> Ints:
    """The number of each article's story; an article in none is one by itself."""
    place = {reading.article.id: i for i, reading in enumerate(heap.readings)}
    number = np.arange(len(heap.readings))
    for story in stories:
        members = [place[article] for article in story.articles if article in place]
        number[members] = min(members, default=0)
    return number


def shared(heap: Pile, stories: Iterable[Story] = ()) -> list[Shared]:
    """All pairs of articles in one language that share text, quotations alone included, boilerplate not."""
    return _shared(heap, stories, _Texts(heap))


def _shared(heap: Pile, stories: Iterable[Story], texts: _Texts) -> list[Shared]:
    rank = _order(heap)
    chains = _chains(_seeds(heap, rank, _stories_of(heap, stories)))
    by_pair: defaultdict[tuple[int, int], list[Chain]] = defaultdict(list)
    for chain in chains:
        by_pair[chain.a, chain.b].append(chain)
    found = []
    for a, b in sorted(by_pair):
        one, other = heap.readings[a].article.lang, heap.readings[b].article.lang
        if one and other and one != other:
            continue
        stretches = _apart([s for chain in by_pair[a, b] for s in _stretches(texts[a], texts[b], chain)])
        if stretches:
            found.append(Shared(a, b, stretches))
    return found


def _apart(stretches: list[Stretch]) -> tuple[Stretch, ...]:
    """The stretches with the most matching words, none of which takes words of another."""
    kept: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda s: (-len(s.equal), s.b, s.a)):
        if not any(stretch.b.overlaps(other.b) or stretch.a.overlaps(other.a) for other in kept):
            kept.append(stretch)
    return tuple(sorted(kept, key=lambda s: s.b))


# --- who copied whom --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Case:
    """A copy under judgement: `stretches` with the source as `a`; `lengths`: words of source and of copy."""

    source: int
    copy: int
    stretches: tuple[Stretch, ...]
    reason: str
    credited: bool

    @property
    def words(self) -> set[int]:
        """The copy's words that stand in the source."""
        return {y for stretch in self.stretches for _, y in stretch.equal}

    @property
    def own(self) -> set[int]:
        """Those of them outside quotation marks."""
        return {y for stretch in self.stretches for _, y in stretch.own}


def find(readings: Sequence[Reading], stories: Iterable[Story] = ()) -> tuple[Reuse, ...]:
    """Who copied whom, ordered by source and copy.  `stories` tell boilerplate from copies within one outlet.

    Raises ValueError where two articles have one id.
    """
    return of_pile(pile(readings), stories)


def of_pile(heap: Pile, stories: Iterable[Story] = ()) -> tuple[Reuse, ...]:
    """The copies in a pile; see `find`."""
    texts = _Texts(heap)
    by_copy: defaultdict[int, list[_Case]] = defaultdict(list)
    for pair in _shared(heap, stories, texts):
        if pair.copied:
            case = _directed(heap, texts, pair)
            by_copy[case.copy].append(case)
    return tuple(
        sorted(
            (_reuse(heap, texts, case) for copy in sorted(by_copy) for case in _sources(heap, by_copy[copy])),
            key=lambda reuse: (reuse.source, reuse.copy),
        )
    )


def _directed(heap: Pile, texts: _Texts, pair: Shared) -> _Case:
    a, b = heap.readings[pair.a], heap.readings[pair.b]
    a_credits, b_credits = credit_to(a, b), credit_to(b, a)
    forward, reason = True, "cannot tell the direction"
    if (a_credits is None) != (b_credits is None):
        forward = b_credits is not None
        said = words_of(b_credits, b.text) if b_credits else words_of(a_credits, a.text) if a_credits else ""
        reason = f"credits the source: {said}"
    elif (earlier := _earlier(a, b)) is not None:
        forward = earlier
        reason = f"published earlier: {' before '.join(_shown_times(a, b) if forward else _shown_times(b, a))}"
    elif (shares := _shares(texts, pair))[0] != shares[1]:
        forward = shares[0] < shares[1]
        source, copy = (round(100 * share) for share in sorted(shares))
        reason = f"more of it in the other: {copy} % of the copy, {source} % of the source"
    if forward:
        return _Case(pair.a, pair.b, pair.stretches, reason, credits_text(b, a))
    turned = tuple(
        Stretch(s.b, s.a, tuple((y, x) for x, y in s.equal), tuple((y, x) for x, y in s.own)) for s in pair.stretches
    )
    return _Case(pair.b, pair.a, turned, reason, credits_text(a, b))


def _earlier(a: Reading, b: Reading) -> bool | None:
    """Whether `a` was published before `b`, None where that is not known; by the day where one states no hour."""
    one, other = a.article.moment, b.article.moment
    if one is None or other is None or one == other:
        return None
    stated = (a.article.published or "", b.article.published or "")
    if all(len(published) > _DAY for published in stated):
        return one < other
    days = (stated[0][:_DAY], stated[1][:_DAY])
    return days[0] < days[1] if days[0] != days[1] else None


def _shown_times(source: Reading, copy: Reading) -> tuple[str, str]:
    """Both dates as stated; the hours alone where they lie on one day of one time zone."""
    one, other = source.article.published or "", copy.article.published or ""
    if one[:_DAY] == other[:_DAY] and one[_ZONE:] == other[_ZONE:]:
        return one[_DAY + 1 : _MINUTE], other[_DAY + 1 : _MINUTE]
    return one, other


def _shares(texts: _Texts, pair: Shared) -> tuple[float, float]:
    matching = sum(len(stretch.equal) for stretch in pair.stretches)
    return matching / max(1, len(texts[pair.a].words)), matching / max(1, len(texts[pair.b].words))


def _sources(heap: Pile, cases: list[_Case]) -> list[_Case]:
    """The articles copied from: those that explain words no better source explains (two copies of one source share its
    words, and neither was copied from the other)."""

    def merit(case: _Case) -> tuple[float, float, str]:
        moment = heap.readings[case.source].article.moment
        gain = 1.1 if case.credited else 1.0  # of two like sources the one that the copy names
        return (-gain * len(case.words), moment.timestamp() if moment else float("inf"), heap.readings[case.source].id)

    explained: set[int] = set()
    kept = []
    for case in sorted(cases, key=merit):
        if len(case.own - explained) >= limits.OWN_WORDS:
            kept.append(case)
            explained |= case.own
    return kept


def _reuse(heap: Pile, texts: _Texts, case: _Case) -> Reuse:
    source, copy = heap.readings[case.source], heap.readings[case.copy]
    other = texts[case.copy]
    passages = tuple(_passage((source, copy), stretch) for stretch in case.stretches)
    spread = sum(_length(stretch) for stretch in case.stretches)
    return Reuse(
        source=source.id,
        copy=copy.id,
        passages=passages,
        share=round(len(case.words) / max(1, len(other.words)), 4),
        credited=case.credited,
        reason=case.reason,
        score=round(sum(len(stretch.equal) for stretch in case.stretches) / max(1, spread), 4),
    )


def _length(stretch: Stretch) -> int:
    (a_first, b_first), (a_last, b_last) = stretch.equal[0], stretch.equal[-1]
    return max(a_last - a_first, b_last - b_first) + 1


def _passage(pair: tuple[Reading, Reading], stretch: Stretch) -> Passage:
    source, copy = pair
    steps = align.steps(stretch.equal)
    changes = align.changes(source.text, copy.text, (stretch.a, stretch.b), steps, copy.article.lang)
    return Passage(stretch.a, stretch.b, changes)
