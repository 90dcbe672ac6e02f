"""The words of a pile of articles as arrays: what stories and copies both stand on, made once.

Every token is a number into a `Vocabulary`, so that the rest is arithmetic on arrays.  The numbers depend on the order
in which articles come; nothing that is made from them may (compare spellings, counts and integer weights, never ids).
"""

from __future__ import annotations

import itertools
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import numpy as np

from recoupe.model import Reading
from recoupe.text import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

TOKEN: Final = re.compile(r"[^\W\d_]+|\d{1,3}(?:[., \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
"""A word, or a number with its groups of thousands and its decimals ("1 200", "90,000", "3,50")."""

_GROUPED: Final = re.compile(r"\d{1,3}(?:[., \u00a0\u202f]\d{3})+(?!\d)")
_STEM: Final = 6  # letters: a stem of every language at once, which also lets cognates meet ("élection", "election")
_LONGEST: Final = 64  # characters of a token that are looked at: no hostile token grows the vocabulary without bound

_STOP, _RAREST = (
    7.0,
    14.5,
)  # of -log p: words below are of no use to tell events apart; unknown words have the upper one
_STEEPNESS = 1.5
_NAME_LOWER = 9.5  # -log p in lower case from which a capitalised word is taken for a name, not for a sentence's start
_NAME_GAIN = 1.7
NAME_PAIR: Final = 1.0  # weight of two names side by side ("Jean Martin"): together they weigh as one more word
NUMBER: Final = 1.5  # weight
_SMALL_NUMBER = 0.3
_YEAR = 2.5  # a year is a date: it tells two events of one kind apart


@cache
def _commonness() -> dict[str, tuple[float, float]]:
    """Stem -> -log p in any case, and in lower case only, of all words that have it (data/commonness.tsv)."""
    anywhere: defaultdict[str, float] = defaultdict(float)
    lower: defaultdict[str, float] = defaultdict(float)
    text = files("recoupe.compare").joinpath("data", "commonness.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            word, rarity, *rest = line.split("\t")
            stem = word[:_STEM]
            anywhere[stem] += math.exp(-int(rarity) / 10)
            if not rest:
                lower[stem] += math.exp(-int(rarity) / 10)
            elif rest[0] != "-":
                lower[stem] += math.exp(-int(rest[0]) / 10)
    return {stem: (-math.log(p), -math.log(lower[stem]) if stem in lower else _RAREST) for stem, p in anywhere.items()}


def number(token: str) -> str:
    """The one spelling of a number in digits, whatever its separators: "1 200", "1.200" and "1,200" are "1200"."""
    grouped = _GROUPED.match(token)
    if grouped:
        whole, rest = re.sub(r"[^\d]", "", grouped.group()), token[grouped.end() :]
    else:
        whole, rest = token, ""
        for mark in ".,":
            if mark in token:
                whole, _, rest = token.partition(mark)
                rest = mark + rest
                break
    digits = rest[1:].rstrip("0")
    return f"{whole.lstrip('0') or '0'}.{digits}" if digits else whole.lstrip("0") or "0"


def is_year(number: str) -> bool:
    """Whether a number's spelling is a year's, of the last or of this century."""
    return len(number) == 4 and number[:2] in ("19", "20") and number.isdecimal()


class Vocabulary:
    """What is known of each spelling: its folded word, its term (stem, number or year), its weight, if it is a name."""

    def __init__(self) -> None:
        self._tokens: dict[str, int] = {}
        self._words: dict[str, int] = {}
        self._terms: dict[str, int] = {}
        self.word: list[int] = []
        self.term: list[int] = []
        self.weight: list[float] = []
        self.name: list[bool] = []
        self.form: list[str] = []  # of tokens, as written
        self.spelling: list[str] = []  # of terms

    def encode(self, text: str) -> list[int]:
        """The tokens of `text` as numbers."""
        known = self._tokens
        tokens = TOKEN.findall(text)
        try:
            return [known[token] for token in tokens]
        except KeyError:
            for token in dict.fromkeys(tokens):
                if token not in known:
                    self._learn(token)
            return [known[token] for token in tokens]

    def term_id(self, spelling: str) -> int:
        """The number of a term, learnt if it is new."""
        found = self._terms.get(spelling)
        if found is None:
            found = self._terms[spelling] = len(self._terms)
            self.spelling.append(spelling)
        return found

    def _learn(self, token: str) -> int:
        ident = self._tokens[token] = len(self._tokens)
        short = token[:_LONGEST]
        if short[0].isdecimal():
            value = number(short)
            weight = _YEAR if is_year(short) else NUMBER if len(value) > 1 else _SMALL_NUMBER
            word, term, name = value, f"#{value}", False
        else:
            word = short.lower() if short.isascii() else fold(short)
            rarity, lower = _commonness().get(word[:_STEM], (_RAREST, _RAREST))
            weight = (max(0.0, min(rarity, _RAREST) - _STOP) / (_RAREST - _STOP)) ** _STEEPNESS
            name = short[0].isupper() and lower >= _NAME_LOWER and len(word) > 1
            if name:
                weight *= _NAME_GAIN
            if len(word) < 2:
                weight = 0.0
            term = word[:_STEM]
        self.form.append(short)
        self.word.append(self._words.setdefault(word, len(self._words)))
        self.term.append(self.term_id(term))
        self.weight.append(weight)
        self.name.append(name)
        return ident


@dataclass(frozen=True, slots=True)
class Pile:
    """Readings in the order of their ids, with the tokens of all texts in one array.

    `tokens[starts[i]:starts[i + 1]]` are those of reading `i`; `titles` likewise with `title_starts`.
    """

    readings: tuple[Reading, ...]
    vocabulary: Vocabulary
    tokens: NDArray[np.int32]
    starts: NDArray[np.int64]
    titles: NDArray[np.int32]
    title_starts: NDArray[np.int64]

    def words(self) -> NDArray[np.int32]:
        """The folded word of each token."""
        return np.array(self.vocabulary.word, dtype=np.int32)[self.tokens]


def _flat(lists: Iterable[list[int]]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    arrays = [np.array(one, dtype=np.int32) for one in lists]
    starts = np.zeros(len(arrays) + 1, dtype=np.int64)
    np.cumsum([len(one) for one in arrays], out=starts[1:])
    return (np.concatenate(arrays) if arrays else np.zeros(0, dtype=np.int32)), starts


def pile(readings: Sequence[Reading], vocabulary: Vocabulary | None = None) -> Pile:
    """The pile of these readings, sorted by article id.  Raises ValueError where two articles have one id."""
    ordered = tuple(sorted(readings, key=lambda reading: reading.article.id))
    for before, after in itertools.pairwise(ordered):
        if before.article.id == after.article.id:
            raise ValueError(f"two articles have the id {after.article.id!r}")
    known = vocabulary or Vocabulary()
    tokens, starts = _flat(known.encode(reading.text) for reading in ordered)
    titles, title_starts = _flat(known.encode(reading.article.title) for reading in ordered)
    return Pile(ordered, known, tokens, starts, titles, title_starts)
