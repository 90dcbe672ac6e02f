"""The index of n-grams: which articles hold the same telling words in a row, and which of these seed a passage.

The most common words are passed over, so that an edit breaks few n-grams, and set phrases make few.  An exact index
over the whole pile.  Of each n-gram the earliest articles that have it are looked at as sources of all later ones.
What one outlet repeats in several stories is boilerplate and seeds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from recoupe.compare import limits
from recoupe.compare.growing import SLOTS, Runs, firsts
from recoupe.compare.pile import Pile
from recoupe.compare.vectors import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Keys = NDArray[np.uint64]

_PRIME: Final = np.uint64(0x9E3779B97F4A7C15)
_LARGEST: Final = np.uint64(2**64 - 2)  # of a key: the next number is one too
_ROWS: Final = 4096  # articles whose n-grams are made at once: bounds memory
_LOOKED_UP: Final = 1_000_000  # n-grams looked up at once: bounds memory


class Held(NamedTuple):
    """Entries of n-grams: which n-gram (by number), in which row, at which word of it."""

    gram: Ints
    row: Ints
    place: Ints

    def where(self, chosen: NDArray[np.bool_] | Ints) -> Held:
        """The chosen entries."""
        return Held(*(column[chosen] for column in self))


class Seeds(NamedTuple):
    """N-grams that two articles share: its number, the rows, the earlier first, and its place in each."""

    gram: NDArray[np.signedinteger[Any]]
    a: NDArray[np.signedinteger[Any]]
    b: NDArray[np.signedinteger[Any]]
    a_place: NDArray[np.signedinteger[Any]]
    b_place: NDArray[np.signedinteger[Any]]

    def where(self, chosen: NDArray[np.bool_] | Ints) -> Seeds:
        """The chosen seeds."""
        return Seeds(*(column[chosen] for column in self))

    def small(self) -> Seeds:
        """The same in less memory."""
        return Seeds(*(column.astype(np.int32) for column in self))


def together(parts: Iterable[Seeds]) -> Seeds:
    """All these seeds."""
    found = [Seeds(*(np.zeros(0, np.int32),) * len(Seeds._fields)), *parts]
    return Seeds(*map(np.concatenate, zip(*found, strict=True)))


class Grams:
    """The n-grams of a pile whose rows come and go."""

    def __init__(self, heap: Pile) -> None:
        self._heap = heap
        self._runs = Runs()  # n-gram -> its first word's place among the tokens of the pile
        self._gone: set[int] = set()

    def add(self, new: range) -> Keys:
        """Take in rows of the pile; their n-grams that more than one place holds, each once, ascending."""
        parts = (self._made(low, min(low + _ROWS, new.stop)) for low in range(new.start, new.stop, _ROWS))
        return self._runs.add(parts, SLOTS if len(new) > _ROWS else 1)

    def remove(self, row: int) -> None:
        """Take a row out."""
        self._gone.add(row)

    def of(self, rows: Iterable[int]) -> Keys:
        """The n-grams of these rows that more than one place of the pile holds, each once, ascending."""
        made = [self._made(row, row + 1)[0] for row in rows]
        keys = np.sort(np.concatenate([np.zeros(0, np.uint64), *made]))
        keys = keys[firsts(keys)]
        return keys[self._runs.several(keys)]

    def holders(self, keys: Keys) -> Iterator[Held]:
        """Where these n-grams stand, each in each row once, the first time; a part of the n-grams at once."""
        starts = self._heap.starts
        gone = np.array(sorted(self._gone), dtype=np.int64)
        for low in range(0, len(keys), _LOOKED_UP):
            part = keys[low : low + _LOOKED_UP]
            gram, token = self._runs.find(part, part + np.uint64(1))
            row = np.searchsorted(starts, token, side="right") - 1
            held = Held(gram, row, token - starts[row]).where(np.lexsort((token, row, gram)))
            held = held.where(firsts(held.gram, held.row))
            yield held.where(~np.isin(held.row, gone)) if len(gone) else held

    def _made(self, low: int, high: int) -> tuple[Keys, NDArray[np.uint32]]:
        """A hash of every n-gram that lies in one of the rows from `low` to `high`, and its first word's place."""
        known, n = self._heap.vocabulary, limits.GRAM
        starts = self._heap.starts[low : high + 1]
        tokens = self._heap.tokens[starts[0] : starts[-1]]
        telling = np.flatnonzero(known.weight[tokens] > 0)
        words = known.word[tokens[telling]].astype(np.uint64)
        count = len(words) - n + 1
        if count < 1:
            return np.zeros(0, np.uint64), np.zeros(0, np.uint32)
        total = np.zeros(count, dtype=np.uint64)
        with np.errstate(over="ignore"):
            for k in range(n):
                total *= _PRIME
                total += words[k : k + count] + np.uint64(1)
                total ^= total >> np.uint64(29)
            total *= _PRIME
        np.minimum(total, _LARGEST, out=total)
        inside = np.ones(count, dtype=bool)
        edges = np.searchsorted(telling, starts[1:-1] - starts[0])
        for k in range(1, n):
            cut = edges - k
            inside[cut[(cut >= 0) & (cut < count)]] = False
        whole = np.flatnonzero(inside)
        return total[whole], (telling[whole] + starts[0]).astype(np.uint32)


def seeds(held: Held, rank: Ints, outlet: Ints, story: Ints) -> Seeds:
    """The pairs of entries that seed a passage: one of the earliest articles that have an n-gram, and a later one.

    `rank`: the articles' order in time, `outlet`, `story`: their numbers, for each entry.
    """
    plain = ~_boilerplate(held.gram, outlet, story)
    held, rank = held.where(plain), rank[plain]
    gram, row, place = held.where(np.lexsort((rank, held.gram)))
    first = np.flatnonzero(firsts(gram))
    start = np.repeat(first, np.diff(np.append(first, len(gram))))
    here = np.arange(len(gram))
    found = []
    for k in range(limits.SEED_SOURCES):
        later = np.flatnonzero(start + k < here)
        if not len(later):
            break
        source = start[later] + k
        found.append(Seeds(gram[later], row[source], row[later], place[source], place[later]))
    return together(found)


def _boilerplate(gram: Ints, outlet: Ints, story: Ints) -> NDArray[np.bool_]:
    """Which entries are of an n-gram that one outlet (of those known: 0 and up) has in several stories."""
    if not len(gram):
        return np.zeros(0, bool)
    outlets, stories = int(outlet.max()) + 2, int(story.max()) + 1
    triples = distinct((gram * outlets + outlet + 1) * stories + story)
    pairs = triples // stories
    first = np.flatnonzero(firsts(pairs))
    counts = np.diff(np.append(first, len(pairs)))
    several = pairs[first][(counts >= limits.BOILERPLATE_STORIES) & (pairs[first] % outlets > 0)] // outlets
    repeated = np.zeros(int(gram.max()) + 1, dtype=bool)
    repeated[several] = True
    return repeated[gram]


def without(some: Seeds, others: Seeds) -> Seeds:
    """The seeds that are not among the others; both of the same n-grams."""
    if not len(some.a) or not len(others.a):
        return some
    rows = distinct(np.concatenate([some.a, some.b, others.a, others.b]))
    one, other = (
        (part.gram * len(rows) + np.searchsorted(rows, part.a)) * len(rows) + np.searchsorted(rows, part.b)
        for part in (some, others)
    )
    return some.where(~np.isin(one, other))
