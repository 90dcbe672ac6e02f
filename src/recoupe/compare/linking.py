"""Which articles are alike: the likeness of two, and all pairs of a pile whose likeness reaches a threshold.

Likeness is the cosine of the articles' vectors, times a factor of the days between and one of their numbers.  The pairs
are found by an inverted index with prefix filtering (Bayardo, Ma and Srikant 2007): what is common in the pile is only
looked up for pairs that something rarer has brought together.  None is lost, and the pile's frequencies decide how fast
a pair is found, never whether.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from recoupe.compare import limits
from recoupe.compare.vectors import NO_DAY, UNIT, Vectors, distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

_COMMON: Final = 0.4  # part of the threshold that an article's commonest terms may make up: the more, the fewer lookups
_CELLS: Final = 2_000_000  # sums kept at once: bounds memory
_ROWS: Final = 128
_PAIRS: Final = 40_000  # pairs compared in full at once


class Pace(NamedTuple):
    """How likeness goes with time: times `gain` within `near` days, from there evenly down to nothing at `days`."""

    days: float
    near: float
    gain: float


STORY: Final = Pace(limits.STORY_DAYS, limits.STORY_NEAR_DAYS, limits.STORY_NEAR_GAIN)
THREAD: Final = Pace(limits.THREAD_DAYS, limits.THREAD_DAYS / 2, 1.0)


def nearness(minutes_a: Ints, minutes_b: Ints, pace: Pace = STORY) -> Floats:
    """The factor of time on likeness; 1 where a date is missing."""
    unknown = (minutes_a == NO_DAY) | (minutes_b == NO_DAY)
    days = np.where(unknown, 0.0, np.abs(minutes_a - minutes_b) / 1440.0)
    fade = np.clip((pace.days - days) / (pace.days - pace.near), 0.0, 1.0) * pace.gain
    return np.where(unknown, 1.0, fade)


def _likeness(products: Ints, shared: Ints, numbers: tuple[Ints, Ints], near: Floats) -> Ints:
    """Inner products with the factors of numbers and of time, in `UNIT`s, rounded: exact in any order."""
    apart = (shared == 0) & (np.minimum(*numbers) >= limits.STORY_NUMBERS)
    veto = np.where(apart, limits.STORY_NUMBERS_APART, 1.0)
    return np.rint(products / float(UNIT) * veto * near).astype(np.int64)


def _numbers(rows: Vectors) -> Ints:
    """How many numbers each row has."""
    return np.diff(np.concatenate([[0], np.cumsum(rows.numeric)])[rows.starts])


def likeness(rows: Vectors, a: Ints, b: Ints, pace: Pace = STORY) -> Ints:
    """The likeness of each pair of rows, in `UNIT`s."""
    numbers = _numbers(rows)
    parts = [_products(rows, a[k : k + _PAIRS], b[k : k + _PAIRS]) for k in range(0, len(a), _PAIRS)]
    products, shared = (
        np.concatenate([part[k] for part in parts]) if parts else np.zeros(0, np.int64) for k in range(2)
    )
    return _likeness(products, shared, (numbers[a], numbers[b]), nearness(rows.minutes[a], rows.minutes[b], pace))


def _products(rows: Vectors, a: Ints, b: Ints) -> tuple[Ints, Ints]:
    """The inner product of each pair of rows, and how many numbers they share."""
    width = int(rows.terms.max()) + 1 if len(rows.terms) else 1
    pairs = np.arange(len(a))
    left, right = _entries(rows, a), _entries(rows, b)
    left_key = np.repeat(pairs, np.diff(rows.starts)[a]) * width + rows.terms[left]
    right_key = np.repeat(pairs, np.diff(rows.starts)[b]) * width + rows.terms[right]
    place = np.searchsorted(right_key, left_key)
    place[place == len(right_key)] = 0
    met = np.flatnonzero(right_key[place] == left_key) if len(right_key) else np.zeros(0, np.int64)
    one, other, pair = left[met], right[place[met]], left_key[met] // width
    total = np.bincount(pair, weights=rows.weights[one] * rows.weights[other], minlength=len(a))
    shared = np.bincount(pair[rows.numeric[one]], minlength=len(a))
    return total.astype(np.int64), shared.astype(np.int64)


def _entries(rows: Vectors, chosen: Ints) -> Ints:
    """The places of all entries of these rows, row after row."""
    sizes = np.diff(rows.starts)[chosen]
    return np.repeat(rows.starts[chosen] - (np.cumsum(sizes) - sizes), sizes) + np.arange(int(sizes.sum()))


def matrix(rows: Vectors) -> Ints:
    """The likeness of all pairs of rows, in `UNIT`s; the diagonal means nothing."""
    columns = distinct(rows.terms)
    where = np.searchsorted(columns, rows.terms)
    dense = np.zeros((len(rows), len(columns)))
    owner = np.repeat(np.arange(len(rows)), np.diff(rows.starts))
    dense[owner, where] = rows.weights
    products = (dense @ dense.T).astype(np.int64)  # sums of whole numbers below 2**53: exact in any order
    telling = dense[:, distinct_columns(where, rows.numeric)] > 0
    shared = (telling.astype(np.float64) @ telling.T.astype(np.float64)).astype(np.int64)
    numbers = _numbers(rows)
    minutes = rows.minutes
    return _likeness(
        products, shared, (numbers[:, None], numbers[None, :]), nearness(minutes[:, None], minutes[None, :])
    )


def distinct_columns(where: Ints, numeric: NDArray[np.bool_]) -> Ints:
    """The columns that hold numbers."""
    return np.flatnonzero(np.bincount(where[numeric], minlength=int(where.max(initial=-1)) + 1))


@dataclass(frozen=True, slots=True)
class _Index:
    """Entries of rows in the order of time, and the postings: entries by (term, row), as keys `term * rows + row`."""

    row: Ints
    term: Ints
    weight: Ints
    rare: NDArray[np.bool_]
    starts: Ints
    low: Ints  # each row's candidates are the rows from `low` to `high`
    high: Ints


def links(rows: Vectors, least: float, pace: Pace = STORY) -> tuple[Ints, Ints]:
    """All pairs (a < b) whose likeness is at least `least`."""
    if not len(rows.terms):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    order = np.lexsort((np.arange(len(rows)), np.where(rows.minutes == NO_DAY, 2**62, rows.minutes)))
    cosine = least / max(1.0, pace.gain)
    a, b = _candidates(_index(rows, order, cosine, pace), len(rows), cosine)
    low, high = np.minimum(order[a], order[b]), np.maximum(order[a], order[b])
    enough = likeness(rows, low, high, pace) >= round(least * UNIT)
    return low[enough], high[enough]


def _index(rows: Vectors, order: Ints, cosine: float, pace: Pace) -> _Index:
    entries = _entries(rows, order)
    sizes = np.diff(rows.starts)[order]
    row = np.repeat(np.arange(len(rows)), sizes)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    term, weight = rows.terms[entries], rows.weights[entries]
    minutes = rows.minutes[order]
    dated = int(np.sum(minutes != NO_DAY))
    here = np.arange(len(rows))
    ends = np.searchsorted(minutes[:dated], minutes + int(pace.days * 1440), side="left")
    low = np.where(here < dated, here + 1, 0)  # an undated row meets all dated ones and the undated before it
    high = np.where(here < dated, ends, here)
    rare = _rare(row, term, weight, starts, cosine * _COMMON)
    return _Index(row, term, weight, rare, starts, low, high)


def _rare(row: Ints, term: Ints, weight: Ints, starts: Ints, share: float) -> NDArray[np.bool_]:
    """All entries but each row's commonest ones whose squared length together stays below `share`."""
    frequency = np.bincount(term)[term]
    order = np.lexsort((term, -frequency, row))
    total = np.cumsum(weight[order] ** 2)
    before = np.concatenate([[0], total])[starts[:-1]]
    rare = np.empty(len(order), dtype=bool)
    rare[order] = total - np.repeat(before, np.diff(starts)) >= share * UNIT * UNIT
    return rare


def _candidates(index: _Index, count: int, cosine: float) -> tuple[Ints, Ints]:
    """Pairs of rows (in the index's order) whose cosine may reach `cosine`."""
    bound = cosine * (1.0 - _COMMON) * UNIT * UNIT * 0.999
    key = index.term * count + index.row
    by_key = np.argsort(key, kind="stable")
    rare_only = by_key[index.rare[by_key]]
    postings = ((index.rare, by_key, key[by_key]), (~index.rare, rare_only, key[rare_only]))
    found_a, found_b = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    begin = 0
    while begin < count:
        width = max(1, int(index.high[begin] - index.low[begin]))
        end = min(count, begin + max(1, min(_ROWS, _CELLS // (width + _ROWS))))
        base = int(index.low[begin:end].min())
        span = max(1, int(index.high[begin:end].max()) - base)
        sums = np.zeros((end - begin) * span)
        chosen = np.arange(index.starts[begin], index.starts[end])
        chosen = chosen[np.argsort(index.term[chosen])]  # neighbouring lookups are fast
        for side, order, keys in postings:
            entries = chosen[side[chosen]]
            row = index.row[entries]
            first = np.searchsorted(keys, index.term[entries] * count + index.low[row])
            size = np.searchsorted(keys, index.term[entries] * count + index.high[row]) - first
            size = np.maximum(size, 0)
            places = np.repeat(first - (np.cumsum(size) - size), size) + np.arange(int(size.sum()))
            met = order[places]
            cell = np.repeat((row - begin) * span - base, size) + index.row[met]
            sums += np.bincount(
                cell, weights=np.repeat(index.weight[entries], size) * index.weight[met], minlength=len(sums)
            )
        hits = np.flatnonzero(sums >= bound)
        found_a.append(hits // span + begin)
        found_b.append(hits % span + base)
        begin = end
    return np.concatenate(found_a), np.concatenate(found_b)
