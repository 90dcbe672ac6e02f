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
from recoupe.compare.pile import NAME_PAIR, NUMBER, Pile, is_year
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
    where that is not known).  Terms from `single` on are pairs of the terms in `pairs`.
    """

    terms: Ints
    weights: Ints
    numeric: NDArray[np.bool_]
    starts: Ints
    minutes: Ints
    single: int
    pairs: Ints

    def __len__(self) -> int:
        return len(self.starts) - 1

    def parts(self, term: int) -> tuple[int, ...]:
        """The single terms that a term is made of."""
        if term < self.single:
            return (term,)
        return tuple(divmod(int(self.pairs[term - self.single]), self.single))


def distinct(values: Ints) -> Ints:
    """The values, each once, ascending (by sorting: faster than hashing for long arrays)."""
    ordered = np.sort(values)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered


def vectors(heap: Pile) -> Vectors:
    """The articles' vectors, of the heaviest `limits.STORY_TERMS` terms of each (more where weights are equal)."""
    read = [_read(heap, reading) for reading in heap.readings]  # first: it may learn terms
    known = heap.vocabulary
    table = _Table(
        np.array(known.term, dtype=np.int64),
        np.array(known.weight, dtype=np.float64),
        np.array(known.name, dtype=bool),
        np.array([s[0] in "#@" for s in known.spelling], dtype=bool),
        len(known.spelling),
        np.zeros(0, dtype=np.int64),
    )
    table.pairs = _name_pairs(heap, table)
    chunks = [_chunk(heap, table, read, low) for low in range(0, len(heap.readings), _CHUNK)]
    terms, weights, lengths = (
        np.concatenate([chunk[k] for chunk in chunks]) if chunks else np.zeros(0, np.int64) for k in range(3)
    )
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    telling = np.array([s[0] == "#" and len(s) > 2 and not is_year(s[1:]) for s in known.spelling], dtype=bool)
    telling = np.concatenate([telling, np.zeros(len(table.pairs), dtype=bool)])
    minutes = np.array([_minutes(reading) for reading in heap.readings], dtype=np.int64)
    return Vectors(terms, weights, telling[terms], starts, minutes, table.single, table.pairs)


@dataclass(slots=True)
class _Table:
    """The vocabulary as arrays: of tokens `term`, `weight`, `name`; of terms `number`; `single` is their count."""

    term: Ints
    weight: Floats
    name: NDArray[np.bool_]
    number: NDArray[np.bool_]
    single: int
    pairs: Ints


def _minutes(reading: Reading) -> int:
    when = reading.article.moment
    return NO_DAY if when is None else int(when.timestamp() // 60)


def _name_pairs(heap: Pile, table: _Table) -> Ints:
    """The codes of all pairs of names that stand side by side in an article, ascending."""
    codes = [_paired(heap, table, low)[1] for low in range(0, len(heap.readings), _CHUNK)]
    return distinct(np.concatenate(codes)) if codes else np.zeros(0, dtype=np.int64)


def _paired(heap: Pile, table: _Table, low: int) -> tuple[Ints, Ints]:
    """The article of each pair of neighbouring names in the chunk from `low`, and the pair's code."""
    high = min(low + _CHUNK, len(heap.readings))
    tokens = heap.tokens[heap.starts[low] : heap.starts[high]]
    owner = np.repeat(np.arange(low, high), np.diff(heap.starts[low : high + 1]))
    named = table.name[tokens]
    places = np.flatnonzero(named[:-1] & named[1:] & (owner[:-1] == owner[1:]))
    stems = table.term[tokens]
    return owner[places], stems[places] * table.single + stems[places + 1]


def _chunk(heap: Pile, table: _Table, read: Sequence[Ints], low: int) -> tuple[Ints, Ints, Ints]:
    """Terms, weights and lengths of the rows from `low` on."""
    high = min(low + _CHUNK, len(heap.readings))
    owner, terms, worth = (np.concatenate(part) for part in zip(*_sources(heap, table, read, low, high), strict=True))
    width = table.single + len(table.pairs)
    order = np.argsort(owner * width + terms, kind="stable")
    owner, terms, worth = owner[order], terms[order], worth[order]
    first = np.flatnonzero(np.concatenate([[True], (owner[1:] != owner[:-1]) | (terms[1:] != terms[:-1])]))
    if not len(owner):
        return terms, terms, np.zeros(high - low, dtype=np.int64)
    counts = np.diff(np.concatenate([first, [len(owner)]])).astype(np.float64)
    values = (1.0 + np.log(counts)) * np.minimum.reduceat(worth, first)  # a stem weighs what its commonest form weighs
    owner, terms = owner[first], terms[first]
    kept = np.flatnonzero(values > 0)
    return _scaled(owner[kept] - low, terms[kept], values[kept], table, high - low)


def _sources(
    heap: Pile, table: _Table, read: Sequence[Ints], low: int, high: int
) -> Iterator[tuple[Ints, Ints, Floats]]:
    """All that counts in the chunk, as (article, term, weight): words, lead, title, readings, pairs of names."""
    tokens = heap.tokens[heap.starts[low] : heap.starts[high]]
    sizes = np.diff(heap.starts[low : high + 1])
    owner = np.repeat(np.arange(low, high), sizes)
    place = np.arange(len(tokens)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    yield owner, table.term[tokens], table.weight[tokens]
    lead = place < _LEAD
    yield owner[lead], table.term[tokens[lead]], table.weight[tokens[lead]]
    titles = heap.titles[heap.title_starts[low] : heap.title_starts[high]]
    yield (
        np.repeat(np.arange(low, high), np.diff(heap.title_starts[low : high + 1])),
        table.term[titles],
        table.weight[titles],
    )
    extra = np.concatenate([*read[low:high], np.zeros(0, dtype=np.int64)])
    yield np.repeat(np.arange(low, high), [len(one) for one in read[low:high]]), extra, np.full(len(extra), NUMBER)
    articles, codes = _paired(heap, table, low)
    yield articles, table.single + np.searchsorted(table.pairs, codes), np.full(len(codes), NAME_PAIR)


def _scaled(owner: Ints, terms: Ints, values: Floats, table: _Table, count: int) -> tuple[Ints, Ints, Ints]:
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
    number = np.concatenate([table.number, np.zeros(len(table.pairs), dtype=bool)])[terms]
    length = np.where(number, np.rint(_NUMBER_IN_LENGTH * values).astype(np.int64), values)
    sizes = np.bincount(owner, minlength=count)
    norms = np.ones(count)
    if len(full):
        squares = np.add.reduceat(length**2, (np.cumsum(sizes) - sizes)[full])
        norms[full] = np.sqrt(np.maximum(squares, 1))
    return terms, np.rint(values * UNIT / norms[owner]).astype(np.int64), sizes.astype(np.int64)


def _read(heap: Pile, reading: Reading) -> Ints:
    """What reading adds to the words: quantities that no digits give ("neuf cent mille", "3 M"), and days resolved from
    words ("mardi prochain") that are not the article's own or the one before, which every article of the day shares."""
    if not reading.quantities and not reading.times:
        return np.zeros(0, dtype=np.int64)
    spelt = [q for q in reading.quantities if abs(q.value) < _LARGEST]
    values = {f"{q.value:.4f}".rstrip("0").rstrip("."): q for q in spelt}
    known = heap.vocabulary
    digits = {known.spelling[known.term[t]] for q in spelt for t in known.encode(q.span.of(reading.text))}
    terms = {f"#{value}" for value in values if len(value) > 1} - digits
    terms |= {f"@{time.value[:10]}" for time in reading.times if _is_telling(time.value, reading.article.published)}
    return np.array([known.term_id(term) for term in sorted(terms)], dtype=np.int64)


def _is_telling(value: str, published: str | None) -> bool:
    day = moment(value[:10]) if _DAY.match(value) else None
    own = moment((published or "")[:10])
    return day is not None and (own is None or abs((day - own).days) > 1)


def subset(rows: Vectors, chosen: Sequence[int]) -> Vectors:
    """The vectors of these rows only."""
    entries = np.concatenate([np.arange(rows.starts[i], rows.starts[i + 1]) for i in chosen])
    sizes = np.diff(rows.starts)[np.array(chosen)]
    return Vectors(
        rows.terms[entries],
        rows.weights[entries],
        rows.numeric[entries],
        np.concatenate([[0], np.cumsum(sizes)]),
        rows.minutes[np.array(chosen)],
        rows.single,
        rows.pairs,
    )


def middles(rows: Vectors, groups: Sequence[Sequence[int]], most: int) -> Vectors:
    """One row for each group: the sum of its members, its `most` heaviest terms, at the median of its dates."""
    member = np.full(len(rows), -1, dtype=np.int64)
    for k, group in enumerate(groups):
        member[np.array(group)] = k
    owner = np.repeat(member, np.diff(rows.starts))
    width = int(rows.terms.max(initial=0)) + 1
    keys = owner * width + rows.terms
    order = np.argsort(keys, kind="stable")
    keys, weights, numeric = keys[order], rows.weights[order], rows.numeric[order]
    if not len(keys):
        empty = np.zeros(0, dtype=np.int64)
        starts = np.zeros(len(groups) + 1, dtype=np.int64)
        return Vectors(empty, empty, empty.astype(bool), starts, _dates(rows, groups), rows.single, rows.pairs)
    first = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    total, owner, terms = np.add.reduceat(weights, first), keys[first] // width, keys[first] % width
    numeric = numeric[first]
    sizes = np.bincount(owner, minlength=len(groups))
    ranked = total[np.lexsort((-total, owner))]
    last = np.clip(np.cumsum(sizes) - sizes + np.minimum(sizes, most) - 1, 0, len(ranked) - 1)
    kept = total >= ranked[last][owner]
    owner, terms, total, numeric = owner[kept], terms[kept], total[kept], numeric[kept]
    norms = np.sqrt(np.bincount(owner, weights=total.astype(np.float64) ** 2, minlength=len(groups)))
    starts = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=len(groups)))])
    scaled = np.rint(total * UNIT / norms[owner]).astype(np.int64)
    return Vectors(terms, scaled, numeric, starts, _dates(rows, groups), rows.single, rows.pairs)


def _dates(rows: Vectors, groups: Sequence[Sequence[int]]) -> Ints:
    """The median date of each group's dated members."""
    found = []
    for group in groups:
        dated = np.sort(rows.minutes[np.array(group)])
        dated = dated[dated != NO_DAY]
        found.append(int(dated[len(dated) // 2]) if len(dated) else NO_DAY)
    return np.array(found, dtype=np.int64)
