"""Copies: which article holds another's text, where, with which edits.

An exact index of word n-grams (`recoupe.compare.grams`) gives seeds, seeds make passages (`recoupe.compare.passages`).
A shared quotation is no copy: words outside quotation marks must match too.  Works on any language, also on articles
not read.

The reason of a copy says what its direction rests on, as a label and, after ": ", what can be checked:

- `credits the source`: the copy's words that name the other's outlet.  Goes before a date that contradicts it.
- `published earlier`: the two dates, the source's first.
- `more of it in the other`: the share of each article's words; the shorter is shown as the copy.
- `cannot tell the direction` (without data): the source is shown by its place in the order of time and id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from recoupe.compare import align, limits
from recoupe.compare.grams import Grams, Held, Seeds, seeds, together, without
from recoupe.compare.growing import Grown
from recoupe.compare.outlets import credit_to, credits_text, words_of
from recoupe.compare.passages import Chain, Stretch, Text, apart, chains, places, stretches
from recoupe.compare.pile import Pile
from recoupe.compare.stories import Stories
from recoupe.compare.vectors import distinct
from recoupe.model import Passage, Reading, Reuse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Keys = NDArray[np.uint64]

_REACH: Final = 8  # words from a seed on that are compared: most have another seed among them
_AT_ONCE: Final = 500_000  # seeds that are made into chains at once: bounds memory
_KEPT: Final = 2000  # articles whose places are kept at once
_PAIR: Final = 2**31  # a pair of rows is one number: earlier row times this, and the later row
_DAY, _MINUTE, _ZONE = len("2025-03-04"), len("2025-03-04T10:30"), len("2025-03-04T10:30:00")

Labels = Callable[["Ints"], "Ints"]
"""Rows -> a number that the rows of one story share."""


class Copies:
    """Who copied whom in a pile while articles come and go.

    What two articles share rests on their own words, on which articles hold the same n-grams before them, and on what
    is boilerplate.  When an article comes, or a story changes, only the n-grams that it touches are looked up, and only
    the pairs whose seeds are no longer the same are compared again.
    """

    def __init__(self, heap: Pile) -> None:
        self._heap = heap
        self._grams = Grams(heap)
        self._texts = _Texts(heap)
        self._outlets: dict[str, int] = {}
        self._outlet, self._story = Grown(np.int64), Grown(np.int64)
        self._seeds: dict[int, int] = {}  # pair -> how many seeds it has, from `limits.LEAST_SEEDS` up
        self._shared: set[int] = set()
        self._cases: defaultdict[int, dict[int, _Case]] = defaultdict(dict)  # copy -> pair -> case
        self._reuse: dict[int, tuple[Reuse, ...]] = {}  # copy -> from where

    def add(self, new: range, moved: Sequence[int], labels: Labels) -> set[int]:
        """Take in the rows of the pile that are new; the rows whose copies changed.

        `moved`: the rows before whose story has another label than when they were last seen.
        """
        for row in new:
            outlet = self._heap.readings[row].article.outlet
            self._outlet.append(self._outlets.setdefault(outlet, len(self._outlets)) if outlet else -1)
            self._story.append(-1)
        return self._change(self._grams.add(new), new, range(0), moved, labels)

    def remove(self, row: int, moved: Sequence[int], labels: Labels) -> set[int]:
        """Take a row out; the rows whose copies changed."""
        changed = self._change(self._grams.of([row]), range(0), range(row, row + 1), moved, labels)
        self._grams.remove(row)
        return changed

    def of(self, row: int) -> tuple[Reuse, ...]:
        """Where a row's text was copied from."""
        return self._reuse.get(row, ())

    def all(self) -> tuple[Reuse, ...]:
        """All copies, ordered by source and copy."""
        found = (reuse for found in self._reuse.values() for reuse in found)
        return tuple(sorted(found, key=lambda reuse: (reuse.source, reuse.copy)))

    def shared(self) -> set[frozenset[str]]:
        """The ids of all pairs of articles in one language that share text, quotations alone included."""
        return {frozenset(self._heap.readings[row].id for row in divmod(pair, _PAIR)) for pair in self._shared}

    def _change(self, keys: Keys, new: range, gone: range, moved: Sequence[int], labels: Labels) -> set[int]:
        """Compare what the rows that come, go or move change.  `keys`: the n-grams of those that come or go."""
        if moved:
            keys = np.union1d(keys, self._grams.of(moved))
        fresh = np.array([*new, *moved], dtype=np.int64)
        after = self._story.values
        before = after.copy()
        after[fresh] = labels(fresh)
        whole = np.zeros(len(after), dtype=bool)  # rows all of whose n-grams are looked up
        whole[fresh] = True
        found, gains, losses = [], [], []
        for held in self._grams.holders(keys):
            was = self._seeded(held.where(~_among(held.row, new)), before)
            now = self._seeded(held.where(~_among(held.row, gone)), after)
            found.append(now.where(whole[now.a] | whole[now.b]).small())
            gained, lost = without(now, was), without(was, now)
            gains.append(_pairs(gained)[~whole[gained.a] & ~whole[gained.b]])
            losses.append(_pairs(lost))
        seeded = together(found)
        if len(new) < len(after):  # some pairs may be as they were
            open_pairs, poor = self._open(_joined(gains), _joined(losses), whole)
            seeded = together([seeded, self._looked_up(np.array(sorted(open_pairs), dtype=np.int64), gone)])
            return self._compare(seeded, poor | open_pairs)
        return self._compare(seeded, set())

    def _open(self, gains: Ints, losses: Ints, whole: NDArray[np.bool_]) -> tuple[set[int], set[int]]:
        """Of the pairs with other seeds than before: those whose seeds must be looked up, and those with too few."""
        gained = set(gains.tolist())
        looked_up, poor = set(gained), set()
        pairs, counts = np.unique(losses, return_counts=True)
        for pair, lost in zip(pairs.tolist(), counts.tolist(), strict=True):
            known = self._seeds.get(pair, 0)
            if known:
                left = known - lost
                a, b = divmod(pair, _PAIR)
                if left < limits.LEAST_SEEDS and pair not in gained:
                    poor.add(pair)
                elif not (whole[a] or whole[b]):
                    looked_up.add(pair)
        return looked_up, poor

    def _looked_up(self, pairs: Ints, gone: range) -> Seeds:
        """All seeds of these pairs."""
        if not len(pairs):
            return together([])
        keys = self._grams.of(distinct(pairs % _PAIR).tolist())
        story = self._story.values
        found = [self._seeded(held.where(~_among(held.row, gone)), story) for held in self._grams.holders(keys)]
        return together(part.where(np.isin(_pairs(part), pairs)) for part in found)

    def _seeded(self, held: Held, story: Ints) -> Seeds:
        rows = distinct(held.row)
        rank = self._heap.ranks(rows)[np.searchsorted(rows, held.row)]
        return seeds(held, rank, self._outlet.values[held.row], story[held.row])

    def _compare(self, seeded: Seeds, poor: set[int]) -> set[int]:
        """Compare the pairs with seeds enough anew; the copies that changed.  `poor`: pairs that may have too few."""
        pairs = _pairs(seeded)
        order = np.argsort(pairs)
        pairs = pairs[order]
        unique, counts = np.unique(pairs, return_counts=True)
        rich = counts >= limits.LEAST_SEEDS
        enough = np.repeat(rich, counts)
        chosen, pairs = order[enough], pairs[enough]
        changed: set[int] = set()
        for pair in poor:
            self._seeds.pop(pair, None)
            changed |= self._drop(pair)
        self._seeds.update(zip(unique[rich].tolist(), counts[rich].tolist(), strict=True))
        edges = np.append(np.arange(0, len(chosen), _AT_ONCE), len(chosen))
        edges[1:-1] = np.searchsorted(pairs, pairs[edges[1:-1]])
        for low, high in pairwise(edges.tolist()):  # whole pairs
            for pair, found in _by_pair(self._heap, seeded.where(chosen[low:high])):
                changed |= self._drop(pair)
                changed |= self._judge(pair, found)
        return {copy for copy in changed if self._select(copy)}

    def _drop(self, pair: int) -> set[int]:
        self._shared.discard(pair)
        held = [row for row in divmod(pair, _PAIR) if row in self._cases and pair in self._cases[row]]
        for row in held:
            del self._cases[row][pair]
        return set(held)

    def _judge(self, pair: int, found: Sequence[Chain]) -> set[int]:
        """What the chains of a pair come to: the copy, if it is one."""
        a, b = divmod(pair, _PAIR)
        one, other = (self._heap.readings[row].article.lang for row in (a, b))
        if one and other and one != other:
            return set()
        passages = apart(stretches(self._texts[a], self._texts[b], found))
        if passages:
            self._shared.add(pair)
        if not any(stretch.is_copy for stretch in passages):
            return set()
        case = _directed(self._texts, (a, b), passages)
        self._cases[case.copy][pair] = case
        return {case.copy}

    def _select(self, copy: int) -> bool:
        """Choose the sources of a copy anew; whether what is known of it changed."""
        cases = self._cases[copy]
        if not cases:
            del self._cases[copy]
        found = tuple(_reuse(self._texts, case) for case in _sources(self._heap, list(cases.values())))
        before = self._reuse.pop(copy, ())
        if found:
            self._reuse[copy] = found
        return found != before


_NONE: Final = np.zeros(0, dtype=np.int64)


def _joined(parts: Iterable[Ints]) -> Ints:
    return np.concatenate([_NONE, *parts])


def _among(rows: Ints, chosen: range) -> NDArray[np.bool_]:
    return (rows >= chosen.start) & (rows < chosen.stop)


def _pairs(found: Seeds) -> Ints:
    return found.a.astype(np.int64) * _PAIR + found.b


def _by_pair(heap: Pile, found: Seeds) -> Iterator[tuple[int, list[Chain]]]:
    """The chains that these seeds make, of each pair in turn."""
    by_pair: defaultdict[int, list[Chain]] = defaultdict(list)
    columns = (found.a, found.b, found.a_place, found.b_place, _in_a_row(heap, found))
    for chain in chains(np.stack(columns, axis=1).astype(np.int64)):
        by_pair[chain.a * _PAIR + chain.b].append(chain)
    for pair in sorted(by_pair):
        yield pair, by_pair[pair]


def _in_a_row(heap: Pile, found: Seeds) -> Ints:
    """How many words match in a row from each seed on, as far as the next seed may be."""
    starts, word = heap.starts, heap.vocabulary.word
    one, other = starts[found.a] + found.a_place, starts[found.b] + found.b_place
    room = np.minimum(starts[found.a + 1] - one, starts[found.b + 1] - other)
    count = np.ones(len(one), dtype=np.int64)  # a seed's first word
    for k in range(1, _REACH):
        going = np.flatnonzero((count == k) & (k < room))
        same = word[heap.tokens[one[going] + k]] == word[heap.tokens[other[going] + k]]
        count[going[same]] += 1
    return count


def find(readings: Iterable[Reading]) -> tuple[Reuse, ...]:
    """Who copied whom, ordered by source and copy.  Raises ValueError where two articles have one id."""
    heap = Pile()
    known, copies = Stories(heap), Copies(heap)
    new = heap.extend(readings)
    copies.add(new, known.add(new).moved, known.labels)
    return copies.all()


class _Texts:
    """The articles' words, made when first needed and kept while pairs of the same article follow each other."""

    def __init__(self, heap: Pile) -> None:
        self._heap = heap
        self._kept: dict[int, Text] = {}

    def __getitem__(self, row: int) -> Text:
        found = self._kept.get(row)
        if found is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            found = self._kept[row] = Text(self._heap.readings[row], self._heap.words(row), self._heap.places(row))
        return found

    def length(self, row: int) -> int:
        """How many words a row has, 1 at least."""
        return max(1, int(self._heap.starts[row + 1] - self._heap.starts[row]))

    def reading(self, row: int) -> Reading:
        """The reading of a row."""
        return self._heap.readings[row]


# --- who copied whom --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Case:
    """A copy under judgement: `stretches` with the source as `a`."""

    source: int
    copy: int
    stretches: tuple[Stretch, ...]
    reason: str
    credited: bool

    @property
    def words(self) -> int:
        """How many of the copy's words stand in the source."""
        return sum(stretch.matching for stretch in self.stretches)

    @property
    def own(self) -> set[int]:
        """Those of them outside quotation marks."""
        return {y for stretch in self.stretches for y in places(stretch.own)}


def _directed(texts: _Texts, pair: tuple[int, int], stretches: tuple[Stretch, ...]) -> _Case:
    """Two articles that share text, in the direction that their credits, dates or lengths show."""
    a, b = texts.reading(pair[0]), texts.reading(pair[1])
    a_credits, b_credits = credit_to(a, b), credit_to(b, a)
    forward, reason = True, "cannot tell the direction"
    if (a_credits is None) != (b_credits is None):
        forward = b_credits is not None
        said = words_of(b_credits, b.text) if b_credits else words_of(a_credits, a.text) if a_credits else ""
        reason = f"credits the source: {said}"
    elif (earlier := _earlier(a, b)) is not None:
        forward = earlier
        reason = f"published earlier: {' before '.join(_shown_times(a, b) if forward else _shown_times(b, a))}"
    elif (shares := _shares(texts, pair, stretches))[0] != shares[1]:
        forward = shares[0] < shares[1]
        source, copy = (round(100 * share) for share in sorted(shares))
        reason = f"more of it in the other: {copy} % of the copy, {source} % of the source"
    if forward:
        return _Case(*pair, stretches, reason, credits_text(b, a))
    return _Case(pair[1], pair[0], tuple(stretch.turned() for stretch in stretches), reason, credits_text(a, b))


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


def _shares(texts: _Texts, pair: tuple[int, int], found: Sequence[Stretch]) -> tuple[float, float]:
    matching = sum(stretch.matching for stretch in found)
    return matching / texts.length(pair[0]), matching / texts.length(pair[1])


def _sources(heap: Pile, cases: list[_Case]) -> list[_Case]:
    """The articles copied from: those that explain words no better source explains (two copies of one source share its
    words, and neither was copied from the other)."""

    def merit(case: _Case) -> tuple[float, float, str]:
        gain = 1.1 if case.credited else 1.0  # of two like sources the one that the copy names
        return (-gain * case.words, float(heap.moments[case.source]), heap.readings[case.source].id)

    explained: set[int] = set()
    kept = []
    for case in sorted(cases, key=merit):
        if len(case.own - explained) >= limits.OWN_WORDS:
            kept.append(case)
            explained |= case.own
    return kept


def _reuse(texts: _Texts, case: _Case) -> Reuse:
    source, copy = texts.reading(case.source), texts.reading(case.copy)
    return Reuse(
        source=source.id,
        copy=copy.id,
        passages=tuple(_passage(texts, case, stretch) for stretch in case.stretches),
        share=round(case.words / texts.length(case.copy), 4),
        credited=case.credited,
        reason=case.reason,
        score=round(sum(s.matching for s in case.stretches) / max(1, sum(s.spread for s in case.stretches)), 4),
    )


def _passage(texts: _Texts, case: _Case, stretch: Stretch) -> Passage:
    source, copy = texts[case.source], texts[case.copy]
    edits = (
        (source.between(x + n, next_x), copy.between(y + n, next_y))
        for (x, y, n), (next_x, next_y, _) in pairwise(stretch.equal)
    )
    one, other = texts.reading(case.source), texts.reading(case.copy)
    changes = align.changes(one.text, other.text, edits, other.article.lang)
    return Passage(stretch.a, stretch.b, changes)
