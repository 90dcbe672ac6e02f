"""The words and numbers of texts, found in whole arrays of characters at once, and numbered by what they spell.

`TOKEN` says what a token is.  `edges` finds the same ones several times faster: by the kind of each character from a
table, and by the pattern itself only where marks join groups of digits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from recoupe.compare.growing import firsts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Codes = NDArray[np.uint32]
    Keys = NDArray[np.uint64]

TOKEN: Final = re.compile(r"[^\W\d_]+|\d{1,3}(?:[., \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
"""A word, or a number with its groups of thousands and its decimals ("1 200", "90,000", "3,50")."""

LONGEST: Final = 64
"""Characters of a token that are looked at: no hostile token grows a vocabulary without bound."""

_LETTER, _DIGIT = 1, 2
_JOINING: Final = "., \u00a0\u202f"  # marks between groups of digits
_PIECE: Final = 2**15  # characters whose hashes are made at once: what the fastest memory holds
_TEXT: Final = 2**16  # characters of texts that are looked at together
_SLOT_BITS: Final = 20

_BASE: Final = 0x9E3779B97F4A7C15
_MIX: Final = np.uint64(0xD6E8FEB86659FD93)
_HALF: Final = np.uint64(32)


class Edges(NamedTuple):
    """Where tokens start and end, in characters."""

    starts: Ints
    ends: Ints


def edges(text: str) -> Edges:
    """The tokens of a text: what `TOKEN` finds in it."""
    return _edges(text, codes(text))


def _edges(text: str, codes: Codes) -> Edges:
    kind = np.zeros(len(codes) + 2, dtype=np.uint8)
    kind[1:-1] = _kinds()[codes]
    turns = np.flatnonzero(kind[1:] != kind[:-1])
    starts, ends = turns[kind[turns + 1] > 0], turns[kind[turns] > 0]
    digits = np.flatnonzero(kind[starts + 1] == _DIGIT)
    one, next_one = digits[:-1], digits[1:]
    joined = one[(next_one - one == 1) & (starts[next_one] - ends[one] == 1)]
    joined = joined[np.array([text[end] in _JOINING for end in ends[joined].tolist()], dtype=bool)]
    return _grouped(text, Edges(starts, ends), joined) if len(joined) else Edges(starts, ends)


def _grouped(text: str, runs: Edges, joined: Ints) -> Edges:
    """The tokens where each run of digits in `joined` and the next one may be groups of one number."""
    kept = np.ones(len(runs.starts), dtype=bool)
    first = joined[firsts(joined - np.arange(len(joined)))]
    last = joined[np.append(np.diff(joined) > 1, True)] + 1
    found: list[tuple[int, int]] = []
    for low, high in zip(first.tolist(), last.tolist(), strict=True):
        kept[low : high + 1] = False
        found += [match.span() for match in TOKEN.finditer(text, int(runs.starts[low]), int(runs.ends[high]))]
    numbers = np.array(found, dtype=np.int64)
    return Edges(*(np.sort(np.concatenate([old[kept], numbers[:, k]])) for k, old in enumerate(runs)))


def codes(text: str) -> Codes:
    """The number of each character."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


@cache
def _kinds() -> NDArray[np.uint8]:
    """Of each character: whether it is a letter or a digit, as regular expressions understand them."""
    signs = np.arange(0x110000, dtype=np.uint32).view("U1")
    kinds = np.zeros(len(signs), dtype=np.uint8)
    kinds[np.strings.isalnum(signs)] = _LETTER
    kinds[np.strings.isdecimal(signs)] = _DIGIT
    return kinds


# --- numbers for spellings --------------------------------------------------------------------------------------


class Numbered(NamedTuple):
    """The tokens of some texts: their numbers, where each starts in its text, and how many each text has."""

    numbers: NDArray[np.int32]
    starts: Ints
    sizes: Ints


class Numbering:
    """Numbers the spellings of tokens; `learn` gives the number of a spelling, always the same.

    What it gave is remembered under a hash of the spelling, in a table of which each place holds the last one that fell
    on it, so that few tokens are ever made into strings.  Two spellings of one hash, which by chance are one in 2**64
    pairs, would have one number.
    """

    def __init__(self, learn: Callable[[str], int]) -> None:
        self._learn = learn
        self._keys = np.zeros(2**_SLOT_BITS, dtype=np.uint64)
        self._numbers = np.zeros(2**_SLOT_BITS, dtype=np.int32)

    def of(self, texts: Sequence[str]) -> Iterator[Numbered]:
        """The tokens of texts; some texts at once."""
        for low, high in _batches(texts):
            whole = "\n".join(texts[low:high])  # no token goes over a line's end
            signs = codes(whole)
            found = _edges(whole, signs)
            begins = np.cumsum([0, *(len(text) + 1 for text in texts[low:high])])
            sizes = np.diff(np.searchsorted(found.starts, begins))
            starts = found.starts - np.repeat(begins[:-1], sizes)
            yield Numbered(self._numbered(whole, found, hashes(signs, found)), starts, sizes)

    def _numbered(self, text: str, found: Edges, keys: Keys) -> NDArray[np.int32]:
        slots = (keys >> np.uint64(64 - _SLOT_BITS)).astype(np.int64)
        numbers = self._numbers[slots]
        missed = np.flatnonzero(self._keys[slots] != keys)
        if len(missed):
            ends = np.minimum(found.ends, found.starts + LONGEST)
            places = zip(found.starts[missed].tolist(), ends[missed].tolist(), strict=True)
            numbers[missed] = [self._learn(text[start:end]) for start, end in places]
            self._keys[slots[missed]] = keys[missed]
            self._numbers[slots[missed]] = numbers[missed]
        return numbers


def _batches(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Texts that follow each other, of some length in all: from which to which."""
    low, size = 0, 0
    for k, text in enumerate(texts, start=1):
        size += len(text)
        if size > _TEXT or k == len(texts):
            yield low, k
            low, size = k, 0


def hashes(codes: Codes, found: Edges) -> Keys:
    """A hash, never 0, of the first `LONGEST` characters of each token.

    Polynomial (Karp and Rabin 1987, "Efficient randomized pattern-matching algorithms"), modulo 2**64, of characters
    that are mixed first: each is the difference of two sums, divided by the power that the token starts at.
    """
    starts, ends = found
    powers, inverse = _powers()
    keys = np.zeros(len(starts), dtype=np.uint64)
    low = 0
    for begin in range(0, len(codes), _PIECE):
        high = int(np.searchsorted(starts, begin + _PIECE))
        with np.errstate(over="ignore"):
            values = codes[begin : begin + _PIECE + LONGEST].astype(np.uint64) * _MIX
            values ^= values >> _HALF
            values *= powers[: len(values)]
            sums = np.zeros(len(values) + 1, dtype=np.uint64)
            np.cumsum(values, out=sums[1:])
            first = starts[low:high] - begin
            last = np.minimum(ends[low:high] - begin, first + LONGEST)
            keys[low:high] = (sums[last] - sums[first]) * inverse[first]
        low = high
    with np.errstate(over="ignore"):
        keys ^= keys >> _HALF
        keys *= _MIX
        keys ^= keys >> _HALF
    return np.maximum(keys, np.uint64(1))


@cache
def _powers() -> tuple[Keys, Keys]:
    """The powers of the base, and their inverses modulo 2**64."""
    bases = (_BASE, pow(_BASE, -1, 2**64))
    one, other = (np.full(_PIECE + LONGEST, base, dtype=np.uint64) for base in bases)
    with np.errstate(over="ignore"):
        return np.multiply.accumulate(one), np.multiply.accumulate(other)
