"""Arrays that grow at their end, and an index of sorted runs: what the pile of a desk is kept in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, DTypeLike, NDArray

    Ints = NDArray[np.int64]
    Keys = NDArray[np.uint64]

_FIRST: Final = 1024
_RATIO: Final = 4  # a run is merged with the one before while that is not this many times longer


class Grown:
    """A one-dimensional array that values are added to, in amortised constant time."""

    def __init__(self, dtype: DTypeLike) -> None:
        self._room: NDArray[Any] = np.zeros(_FIRST, dtype=dtype)
        self._size = 0
        self._waiting: list[float] = []  # added one by one, not yet in the array

    def __len__(self) -> int:
        return self._size + len(self._waiting)

    @property
    def values(self) -> NDArray[Any]:
        """What has been added, as a view: good until something is added again."""
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            self.extend(waiting)
        return self._room[: self._size]

    def append(self, value: float) -> None:
        """Add one value."""
        self._waiting.append(value)

    def extend(self, values: ArrayLike) -> None:
        """Add these values."""
        before = len(self.values)
        added = np.asarray(values, dtype=self._room.dtype)
        self._size = before + len(added)
        if self._size > len(self._room):
            room = np.zeros(max(self._size, len(self._room) * 3 // 2), dtype=self._room.dtype)
            room[:before] = self._room[:before]
            self._room = room
        self._room[before : self._size] = added


class Found(NamedTuple):
    """What a lookup found: for each entry the number of the query that it answers, and the entry's value."""

    query: Ints
    value: Ints


class Runs:
    """Entries (key, value) in sorted runs (after the log-structured merge tree: O'Neil, Cheng, Gawlick, O'Neil 1996).

    What is added is one more run; short runs are merged into longer ones, so that there are few, and each entry is
    merged but a few times.  No entry is ever taken out: who looks up leaves out what no longer counts.
    """

    def __init__(self) -> None:
        self._runs: list[tuple[Keys, NDArray[np.uint32]]] = []

    def add(self, keys: Keys, values: NDArray[Any]) -> Keys:
        """Add entries; values are whole numbers below 2**32.  Returns the keys, ascending."""
        order = np.argsort(keys)
        keys = keys[order]
        if len(keys):
            self._runs.append((keys, values[order].astype(np.uint32)))
        while len(self._runs) > 1 and len(self._runs[-2][0]) < _RATIO * len(self._runs[-1][0]):
            self._merge()
        return keys

    def _merge(self) -> None:
        (one, other), (more, values) = self._runs[-2:]
        keys = np.concatenate([one, more])
        order = np.argsort(keys, kind="stable")  # of two sorted runs: linear
        self._runs[-2:] = [(keys[order], np.concatenate([other, values])[order])]

    def several(self, keys: Keys) -> NDArray[np.bool_]:
        """Which of these keys have more than one entry."""
        count = np.zeros(len(keys), dtype=np.int8)
        for held, _ in self._runs:
            first = np.searchsorted(held, keys)
            for place in (first, first + 1):
                place[place >= len(held)] = 0
                count += held[place] == keys
            np.minimum(count, 2, out=count)
        return count > 1

    def find(self, low: Keys, high: Keys) -> Found:
        """The entries whose key is at least `low[i]` and less than `high[i]`, for each i."""
        queries, values = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for keys, held in self._runs:
            first = np.searchsorted(keys, low)
            size = np.maximum(np.searchsorted(keys, high) - first, 0)
            met = np.flatnonzero(size)
            if len(met):
                first, size = first[met], size[met]
                places = np.repeat(first - (np.cumsum(size) - size), size) + np.arange(int(size.sum()))
                queries.append(np.repeat(met, size))
                values.append(held[places].astype(np.int64))
        return Found(np.concatenate(queries), np.concatenate(values))


def firsts(*columns: NDArray[Any]) -> NDArray[np.bool_]:
    """Which rows of sorted columns differ from the row before."""
    size = len(columns[0])
    new = np.ones(size, dtype=bool)
    if size:
        new[1:] = False
        for column in columns:
            new[1:] |= column[1:] != column[:-1]
    return new
