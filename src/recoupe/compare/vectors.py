"""Articles as vectors of terms: stems, numbers, days, names and pairs of names.

A term's weight comes from a table of how common words are in running text (see `recoupe.compare.pile`), not from the
pile, so that an article more changes nothing between the others; on the ECB+ corpus this also separates stories better
than document frequencies of the pile do.  Weights are whole numbers: sums of them are exact in any order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from recoupe.compare import limits
from recoupe.compare.growing import Grown, firsts
from recoupe.compare.pile import NAME_PAIR, NUMBER, Pile, Vocabulary
from recoupe.model import Reading, moment

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

UNIT: Final = 4096
"""A vector's length in whole weights."""

NO_DAY: Final = -(2**62)
"""Stands for the minute of an article without a date."""

_NUMBER_IN_LENGTH: Final = 0.6  # a number in common says much, one of its own says little against an article
_FINE: Final = 2**16  # whole weights that a term's weight of 1 is counted in
_HEAVIEST: Final = 2**40  # more than any term's weight in these
_LEAD: Final = 100  # words at the start that count twice: news says first what happened
_CHUNK: Final = 2048  # articles at once: bounds memory
_LARGEST: Final = 1e15  # of quantities that become terms
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")


@dataclass(frozen=True, slots=True)
class Vectors:
    """One row of terms an article (compressed rows): `terms`, ascending, and `weights`, between `starts`.

    `numeric` tells which entries are numbers; `minutes`: when each article was published, counted from 1970 (`NO_DAY`
    where that is not known).
    """

    terms: Ints
    weights: Ints
    numeric: NDArray[np.bool_]
    starts: Ints
    minutes: Ints

    def __len__(self) -> int:
        return len(self.starts) - 1


class Rows:
    """Vectors that rows are added to."""

    def __init__(self) -> None:
        self._terms, self._weights = Grown(np.int32), Grown(np.int32)
        self._numeric = Grown(np.bool_)
        self._starts, self._minutes = Grown(np.int64), Grown(np.int64)
        self._starts.append(0)

    def __len__(self) -> int:
        return len(self._minutes)

    def extend(self, rows: Vectors) -> range:
        """Add rows; their numbers."""
        low = len(self)
        self._starts.extend(rows.starts[1:] + len(self._terms))
        self._terms.extend(rows.terms)
        self._weights.extend(rows.weights)
        self._numeric.extend(rows.numeric)
        self._minutes.extend(rows.minutes)
        return range(low, len(self))

    @property
    def all(self) -> Vectors:
        """All rows, as views: good until rows are added again."""
        columns = (self._terms, self._weights, self._numeric, self._starts, self._minutes)
        return Vectors(*(column.values for column in columns))


def distinct(values: Ints) -> Ints:
    """The values, each once, ascending (by sorting: faster than hashing for long arrays)."""
    ordered = np.sort(values)
    return ordered[firsts(ordered)]


def vectors(heap: Pile, chosen: range) -> Vectors:
    """The vectors of these rows of a pile, of the heaviest `limits.STORY_TERMS` terms of each (more where weights are
    equal)."""
    chunks = [_chunk(heap, low, min(low + _CHUNK, chosen.stop)) for low in range(chosen.start, chosen.stop, _CHUNK)]
    none = np.zeros(0, np.int64)
    terms, weights, lengths = (np.concatenate([none, *(chunk[k] for chunk in chunks)]) for k in range(3))
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    moments = heap.moments[chosen.start : chosen.stop]
    dated = np.isfinite(moments)
    minutes = np.where(dated, np.where(dated, moments, 0.0) // 60, NO_DAY).astype(np.int64)
    return Vectors(terms, weights, heap.vocabulary.telling[terms], starts, minutes)


def _chunk(heap: Pile, low: int, high: int) -> tuple[Ints, Ints, Ints]:
    """Terms, weights and lengths of the rows from `low` to `high`."""
    owner, terms, worth = (np.concatenate(part) for part in zip(*_sources(heap, low, high), strict=True))
    order = np.argsort(owner * len(heap.vocabulary.spelling) + terms)
    owner, terms, worth = owner[order], terms[order], worth[order]
    first = np.flatnonzero(firsts(owner, terms))
    if not len(owner):
        return terms, terms, np.zeros(high - low, dtype=np.int64)
    counts = np.diff(np.concatenate([first, [len(owner)]])).astype(np.float64)
    values = (1.0 + np.log(counts)) * np.minimum.reduceat(worth, first)  # a stem weighs what its commonest form weighs
    owner, terms = owner[first], terms[first]
    kept = np.flatnonzero(values > 0)
    return _scaled(owner[kept], terms[kept], values[kept], heap.vocabulary.digits, high - low)


def _sources(heap: Pile, low: int, high: int) -> Iterator[tuple[Ints, Ints, Floats]]:
    """All that counts in the rows, as (row from `low`, term, weight): words, lead, title, readings, pairs of names."""
    known = heap.vocabulary
    read = [_read(known, reading) for reading in heap.readings[low:high]]  # first: it may learn terms
    tokens = heap.tokens[heap.starts[low] : heap.starts[high]]
    terms, weights = known.term[tokens], known.weight[tokens]
    sizes = np.diff(heap.starts[low : high + 1])
    owner = np.repeat(np.arange(high - low), sizes)
    yield owner, terms, weights
    place = np.arange(len(tokens)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    lead = place < _LEAD
    yield owner[lead], terms[lead], weights[lead]
    titles = heap.titles[heap.title_starts[low] : heap.title_starts[high]]
    title_sizes = np.diff(heap.title_starts[low : high + 1])
    yield np.repeat(np.arange(high - low), title_sizes), known.term[titles], known.weight[titles]
    extra = np.concatenate([*read, np.zeros(0, dtype=np.int64)])
    yield np.repeat(np.arange(high - low), [len(one) for one in read]), extra, np.full(len(extra), NUMBER)
    named = known.name[tokens]
    pairs = np.flatnonzero(named[:-1] & named[1:] & (owner[:-1] == owner[1:]))
    found = known.pair_ids(terms[pairs], terms[pairs + 1])
    yield owner[pairs], found, np.full(len(found), NAME_PAIR)


def _scaled(owner: Ints, terms: Ints, values: Floats, digits: NDArray[np.bool_], count: int) -> tuple[Ints, Ints, Ints]:
    """The heaviest terms of each row, scaled to whole weights.  Owner ascending, terms ascending within."""
    values = np.rint(values * _FINE).astype(np.int64)  # whole numbers: sums are exact in any order
    sizes = np.bincount(owner, minlength=count)
    ranked = np.sort((owner + 1) * _HEAVIEST - values)  # of each row in turn, the heaviest first
    last = np.cumsum(sizes) - sizes + np.minimum(sizes, limits.STORY_TERMS) - 1
    least = np.zeros(count, dtype=np.int64)
    full = np.flatnonzero(sizes)
    least[full] = (full + 1) * _HEAVIEST - ranked[last[full]]
    kept = values >= least[owner]
    owner, terms, values = owner[kept], terms[kept], values[kept]
    length = np.where(digits[terms], np.rint(_NUMBER_IN_LENGTH * values).astype(np.int64), values)
    sizes = np.bincount(owner, minlength=count)
    norms = np.ones(count)
    if len(full):
        squares = np.add.reduceat(length**2, (np.cumsum(sizes) - sizes)[full])
        norms[full] = np.sqrt(np.maximum(squares, 1))
    return terms, np.rint(values * UNIT / norms[owner]).astype(np.int64), sizes.astype(np.int64)


def _read(known: Vocabulary, reading: Reading) -> Ints:
    """What reading adds to the words: quantities that no digits give ("neuf cent mille", "3 M"), and days resolved from
    words ("mardi prochain") that are not the article's own or the one before, which every article of the day shares."""
    if not reading.quantities and not reading.times:
        return np.zeros(0, dtype=np.int64)
    spelt = [q for q in reading.quantities if abs(q.value) < _LARGEST]
    values = {f"{q.value:.4f}".rstrip("0").rstrip("."): q for q in spelt}
    digits = {known.spelling[known.term[t]] for q in spelt for t in known.encode(q.span.of(reading.text)).tolist()}
    terms = {f"#{value}" for value in values if len(value) > 1} - digits
    terms |= {f"@{time.value[:10]}" for time in reading.times if _is_telling(time.value, reading.article.published)}
    return np.array([known.term_id(term) for term in sorted(terms)], dtype=np.int64)


def _is_telling(value: str, published: str | None) -> bool:
    day = moment(value[:10]) if _DAY.match(value) else None
    own = moment((published or "")[:10])
    return day is not None and (own is None or abs((day - own).days) > 1)


def entries(rows: Vectors, chosen: Ints) -> Ints:
    """The places of all entries of these rows, row after row."""
    sizes = rows.starts[chosen + 1] - rows.starts[chosen]
    return np.repeat(rows.starts[chosen] - (np.cumsum(sizes) - sizes), sizes) + np.arange(int(sizes.sum()))


def subset(rows: Vectors, chosen: Sequence[int]) -> Vectors:
    """The vectors of these rows only."""
    picked = np.array(chosen, dtype=np.int64)
    places = entries(rows, picked)
    starts = np.concatenate([[0], np.cumsum(rows.starts[picked + 1] - rows.starts[picked])])
    return Vectors(rows.terms[places], rows.weights[places], rows.numeric[places], starts, rows.minutes[picked])


def middles(rows: Vectors, groups: Sequence[Sequence[int]], most: int) -> Vectors:
    """One row for each group: the sum of its members, its `most` heaviest terms, at the median of its dates."""
    part = subset(rows, [row for group in groups for row in group])
    member = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    owner = np.repeat(member, np.diff(part.starts))
    width = int(part.terms.max(initial=0)) + 1
    keys = owner * width + part.terms
    order = np.argsort(keys)
    keys, weights, numeric = keys[order], part.weights[order].astype(np.int64), part.numeric[order]
    first = np.flatnonzero(firsts(keys))
    total = np.add.reduceat(weights, first) if len(first) else weights
    owner, terms, numeric = keys[first] // width, keys[first] % width, numeric[first]
    sizes = np.bincount(owner, minlength=len(groups))
    ranked = np.append(total[np.lexsort((-total, owner))], 0)
    least = ranked[np.maximum(np.cumsum(sizes) - sizes + np.minimum(sizes, most) - 1, 0)]
    kept = total >= least[owner]
    owner, terms, total, numeric = owner[kept], terms[kept], total[kept], numeric[kept]
    norms = np.sqrt(np.bincount(owner, weights=total.astype(np.float64) ** 2, minlength=len(groups)))
    starts = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=len(groups)))])
    scaled = np.rint(total * UNIT / norms[owner]).astype(np.int64)
    return Vectors(terms, scaled, numeric, starts, _dates(rows, groups))


def _dates(rows: Vectors, groups: Sequence[Sequence[int]]) -> Ints:
    """The median date of each group's dated members."""
    found = []
    for group in groups:
        dated = np.sort(rows.minutes[np.array(group)])
        dated = dated[dated != NO_DAY]
        found.append(int(dated[len(dated) // 2]) if len(dated) else NO_DAY)
    return np.array(found, dtype=np.int64)
