"""Arrays that grow at their end, and an index of sorted runs: what the pile of a desk is kept in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, DTypeLike, NDArray

    Ints = NDArray[np.int64]
    Keys = NDArray[np.uint64]

_FIRST: Final = 1024
_SLOT_BITS: Final = 5
SLOTS: Final = 2**_SLOT_BITS
"""Parts in which many entries are sorted, by the first bits of their keys."""

_LOOKED_UP: Final = 1_000_000  # keys looked up at once: bounds memory
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


def _sorted(parts: Iterable[tuple[Keys, NDArray[np.uint32]]], slots: int) -> tuple[Keys, NDArray[np.uint32]]:
    """The entries of all parts by key, those of each slot in turn."""
    split = [_split(keys, values, slots) for keys, values in parts]
    size = sum(len(keys) for keys, _, _ in split)
    sorted_keys, sorted_values = np.empty(size, dtype=np.uint64), np.empty(size, dtype=np.uint32)
    begin = 0
    for slot in range(slots):
        keys = np.concatenate([np.zeros(0, np.uint64), *(k[e[slot] : e[slot + 1]] for k, _, e in split)])
        values = np.concatenate([np.zeros(0, np.uint32), *(v[e[slot] : e[slot + 1]] for _, v, e in split)])
        order = np.argsort(keys)
        sorted_keys[begin : begin + len(keys)] = keys[order]
        sorted_values[begin : begin + len(keys)] = values[order]
        begin += len(keys)
    return sorted_keys, sorted_values


def _split(keys: Keys, values: NDArray[np.uint32], slots: int) -> tuple[Keys, NDArray[np.uint32], Ints]:
    """Entries by the slot of their key, and where each slot begins."""
    if slots == 1:
        return keys, values, np.array([0, len(keys)])
    slot = (keys >> np.uint64(64 - _SLOT_BITS)).astype(np.uint8)
    order = np.argsort(slot, kind="stable")  # of small numbers: a radix sort
    edges = np.concatenate([[0], np.cumsum(np.bincount(slot, minlength=slots))])
    return keys[order], values[order], edges


def _among(keys: Keys, held: Keys) -> NDArray[np.bool_]:
    """Which keys are among those held, which ascend."""
    found = np.zeros(len(keys), dtype=bool)
    for low in range(0, len(keys), _LOOKED_UP):
        part = keys[low : low + _LOOKED_UP]
        found[low : low + len(part)] = held[np.minimum(np.searchsorted(held, part), len(held) - 1)] == part
    return found


class Runs:
    """Entries (key, value) in sorted runs (after the log-structured merge tree: O'Neil, Cheng, Gawlick, O'Neil 1996).

    What is added is one more run; short runs are merged into longer ones, so that there are few, and each entry is
    merged but a few times.  No entry is ever taken out: who looks up leaves out what no longer counts.
    """

    def __init__(self) -> None:
        self._runs: list[tuple[Keys, NDArray[np.uint32]]] = []

    def add(self, parts: Iterable[tuple[Keys, NDArray[np.uint32]]], slots: int = 1) -> Keys:
        """Add entries, given as arrays of keys and of values.

        Returns those of their keys that have more than one entry now, each once, ascending.  `slots`: 1, or `SLOTS`
        where there are many entries, which takes less memory.
        """
        keys, values = _sorted(parts, slots)
        several = [keys[1:][keys[1:] == keys[:-1]], *(keys[_among(keys, held)] for held, _ in self._runs)]
        if len(keys):
            self._runs.append((keys, values))
        while len(self._runs) > 1 and len(self._runs[-2][0]) < _RATIO * len(self._runs[-1][0]):
            self._merge()
        repeated = np.sort(np.concatenate(several))
        return repeated[firsts(repeated)]

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
                count += (place < len(held)) & (held[np.minimum(place, len(held) - 1)] == keys)
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
