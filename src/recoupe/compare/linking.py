"""Which articles are alike: the likeness of two, and all pairs of a pile whose likeness reaches a threshold.

Likeness is the cosine of the articles' vectors, times a factor of the days between and one of their numbers.  The pairs
are found by an inverted index whose postings are in the order of time, so that only the days around an article are
looked at.  What two articles are to one another depends on nothing else in the pile.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from recoupe.compare import limits
from recoupe.compare.growing import Found, Grown, Runs
from recoupe.compare.vectors import NO_DAY, UNIT, Rows, Vectors, distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

_ROWS: Final = 32  # looked up at once: bounds memory
_POSTED: Final = 1024  # put into the index before they are looked up: what comes later is not met
_BITS: Final = 34  # of a minute in a key
_ORIGIN: Final = 2**31  # minutes from before the year 1 to 1970
_NEVER: Final = 2**34 - 2  # the minute of what has no date: after all others


class Pace(NamedTuple):
    """How likeness goes with time: times `gain` within `near` days, from there evenly down to nothing at `days`."""

    days: float
    near: float
    gain: float


class Pairs(NamedTuple):
    """Pairs of rows, a < b, and their likeness in `UNIT`s."""

    a: Ints
    b: Ints
    likeness: Ints


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


def matrix(rows: Vectors) -> Ints:
    """The likeness of all pairs of rows, in `UNIT`s; the diagonal means nothing."""
    ordered = np.sort(rows.terms)
    return _compared(rows, rows, distinct(ordered[1:][ordered[1:] == ordered[:-1]]))


def cross(one: Vectors, other: Vectors) -> Ints:
    """The likeness of each row of the one to each of the other, in `UNIT`s."""
    return _compared(one, other, np.intersect1d(one.terms, other.terms))


def _compared(one: Vectors, other: Vectors, columns: Ints) -> Ints:
    """The likeness of each pair; `columns`: the terms that matter, those that two rows have."""
    products = (_dense(one, columns) @ _dense(other, columns).T).astype(np.int64)  # exact: whole numbers below 2**53
    telling = np.intersect1d(columns, one.terms[one.numeric])
    shared = ((_dense(one, telling) > 0) @ (_dense(other, telling) > 0).astype(np.float64).T).astype(np.int64)
    numbers = _numbers(one)[:, None], _numbers(other)[None, :]
    return _likeness(products, shared, numbers, nearness(one.minutes[:, None], other.minutes[None, :]))


def _dense(rows: Vectors, columns: Ints) -> Floats:
    """The weights of the rows by column."""
    where = np.searchsorted(columns, rows.terms)
    known = np.flatnonzero(where < len(columns))
    known = known[columns[where[known]] == rows.terms[known]]
    weights = np.zeros((len(rows), len(columns)))
    weights[np.repeat(np.arange(len(rows)), np.diff(rows.starts))[known], where[known]] = rows.weights[known]
    return weights


class Linker:
    """Rows that come in, and all pairs of them whose likeness is at least `least`."""

    def __init__(self, least: float, pace: Pace = STORY) -> None:
        self._least = round(least * UNIT)
        self._pace = pace
        self._rows = Rows()
        self._owner = Grown(np.int32)  # the row of each entry
        self._numbers = Grown(np.int32)  # how many each row has
        self._postings = Runs()  # (term, minute) -> entry
        self._undated = False
        self._gone = Grown(np.bool_)

    @property
    def rows(self) -> Vectors:
        """All rows that have come in, also those taken out."""
        return self._rows.all

    def remove(self, rows: Iterable[int]) -> None:
        """Take rows out: they are linked with nothing that comes in from now on."""
        for row in rows:
            self._gone.values[row] = True

    def add(self, rows: Vectors) -> Pairs:
        """Take rows in; each of their pairs with one another and with those that came before, once."""
        taken = self._rows.extend(rows)
        self._gone.extend(np.zeros(len(rows), dtype=bool))
        self._owner.extend(np.repeat(np.arange(taken.start, taken.stop), np.diff(rows.starts)))
        self._numbers.extend(_numbers(rows))
        self._undated = self._undated or bool(np.any(rows.minutes == NO_DAY))
        found = []
        for begin in range(taken.start, taken.stop, _POSTED):
            end = min(begin + _POSTED, taken.stop)
            self._post(begin, end)
            found += [self._links(low, min(low + _ROWS, end)) for low in range(begin, end, _ROWS)]
        none = np.zeros(0, np.int64)
        return Pairs(*(np.concatenate([none, *(pairs[k] for pairs in found)]) for k in range(3)))

    def _post(self, low: int, high: int) -> None:
        rows = self._rows.all
        places = np.arange(rows.starts[low], rows.starts[high])
        minutes = rows.minutes[self._owner.values[places]]
        self._postings.add([(_key(rows.terms[places], _minute(minutes)), places.astype(np.uint32))])

    def _links(self, low: int, high: int) -> Pairs:
        """The pairs of the rows from `low` to `high` with rows before them."""
        rows = self._rows.all
        places = np.arange(rows.starts[low], rows.starts[high])
        places = places[np.argsort(rows.terms[places])]  # neighbouring lookups are fast
        query, entry = self._met(rows, places)
        row, other = self._owner.values[places[query]], self._owner.values[entry]
        before = np.flatnonzero((other < row) & ~self._gone.values[other])
        query, entry, row, other = query[before], entry[before], row[before] - low, other[before]
        if not len(row):
            return Pairs(*(np.zeros(0, np.int64),) * 3)
        base = int(other.min())
        width = int(other.max()) - base + 1
        cell = row.astype(np.int64) * width + (other - base)
        weights = rows.weights[places[query]] * rows.weights[entry]
        products = np.bincount(cell, weights=weights, minlength=(high - low) * width)
        hits = np.flatnonzero(products * max(1.0, self._pace.gain) >= (self._least - 1) * UNIT)
        numeric = rows.numeric[entry]
        shared = np.bincount(cell[numeric], minlength=len(products))[hits]
        a, b = hits % width + base, hits // width + low
        numbers = self._numbers.values
        near = nearness(rows.minutes[a], rows.minutes[b], self._pace)
        alike = _likeness(products[hits].astype(np.int64), shared, (numbers[a], numbers[b]), near)
        enough = alike >= self._least
        return Pairs(a[enough], b[enough], alike[enough])

    def _met(self, rows: Vectors, places: Ints) -> Found:
        """The entries of a term that each of these entries has too, in the days around it or without a date."""
        terms = rows.terms[places]
        minutes = rows.minutes[self._owner.values[places]]
        dated = minutes != NO_DAY
        reach = math.ceil(self._pace.days * 1440)
        minute = _minute(minutes)
        low = _key(terms, np.where(dated, np.maximum(minute - reach, 0), 0))
        high = _key(terms, np.where(dated, minute + reach, _NEVER + 1))
        query, entry = self._postings.find(low, high)
        if self._undated and dated.any():
            asked = np.flatnonzero(dated)
            more = self._postings.find(_key(terms[asked], _NEVER), _key(terms[asked], _NEVER + 1))
            query, entry = np.concatenate([query, asked[more.query]]), np.concatenate([entry, more.value])
        return Found(query, entry)


def _minute(minutes: Ints) -> Ints:
    """Minutes counted from a time before all calendars, that keys can hold."""
    return np.where(minutes == NO_DAY, _NEVER, minutes + _ORIGIN)


def _key(terms: Ints, minute: Ints | int) -> NDArray[np.uint64]:
    return (terms.astype(np.int64) << _BITS | minute).astype(np.uint64)
