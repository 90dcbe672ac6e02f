"""The words of a growing pile of articles as arrays: what stories and copies both stand on, made once.

Every token is a number into a `Vocabulary`, so that the rest is arithmetic on arrays.  The numbers depend on the order
in which articles come; nothing that is made from them may (compare spellings, counts and integer weights, never ids).
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import numpy as np

from recoupe.compare.growing import Grown, firsts
from recoupe.compare.tokens import LONGEST, TOKEN, Numbered, Numbering
from recoupe.model import Reading
from recoupe.text import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

_GROUPED: Final = re.compile(r"\d{1,3}(?:[., \u00a0\u202f]\d{3})+(?!\d)")
_STEM: Final = 6  # letters: a stem of every language at once, which also lets cognates meet ("élection", "election")
_HALF: Final = 31  # bits of a term's number

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
        self._numbering = Numbering(self._token)
        self._words: dict[str, int] = {}
        self._terms: dict[str, int] = {}
        self._pairs: dict[int, int] = {}
        self._parts: dict[int, tuple[int, ...]] = {}
        self._word, self._term = Grown(np.int32), Grown(np.int64)
        self._weight, self._name = Grown(np.float64), Grown(np.bool_)
        self._digits, self._telling = Grown(np.bool_), Grown(np.bool_)
        self.form: list[str] = []  # of tokens, as written
        self.spelling: list[str] = []  # of terms

    @property
    def word(self) -> NDArray[np.int32]:
        """Of tokens: the folded word."""
        return self._word.values

    @property
    def term(self) -> NDArray[np.int64]:
        """Of tokens: the term."""
        return self._term.values

    @property
    def weight(self) -> NDArray[np.float64]:
        """Of tokens: the weight."""
        return self._weight.values

    @property
    def name(self) -> NDArray[np.bool_]:
        """Of tokens: whether it is a name."""
        return self._name.values

    @property
    def digits(self) -> NDArray[np.bool_]:
        """Of terms: whether it is a number or a day."""
        return self._digits.values

    @property
    def telling(self) -> NDArray[np.bool_]:
        """Of terms: whether it is a number of more than one digit and no year."""
        return self._telling.values

    def encode(self, text: str) -> NDArray[np.int32]:
        """The tokens of `text` as numbers."""
        return np.array([self._token(token) for token in TOKEN.findall(text)], dtype=np.int32)

    def encode_all(self, texts: Sequence[str]) -> Iterator[Numbered]:
        """The same of many texts, faster, and where the tokens are; some texts at once."""
        return self._numbering.of(texts)

    def term_id(self, spelling: str) -> int:
        """The number of a term, learnt if it is new."""
        found = self._terms.get(spelling)
        if found is None:
            found = self._terms[spelling] = self._add_term(spelling)
        return found

    def pair_ids(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int64]:
        """The numbers of pairs of terms, learnt where they are new."""
        known = self._pairs
        codes = (first << _HALF | second).tolist()
        for code in codes:
            if code not in known:
                known[code] = self._add_term("")
                self._parts[known[code]] = divmod(code, 1 << _HALF)
        return np.array([known[code] for code in codes], dtype=np.int64)

    def parts(self, term: int) -> tuple[int, ...]:
        """The single terms that a term is made of."""
        return self._parts.get(term, (term,))

    def _add_term(self, spelling: str) -> int:
        self.spelling.append(spelling)
        self._digits.append(spelling[:1] in ("#", "@"))
        self._telling.append(spelling[:1] == "#" and len(spelling) > 2 and not is_year(spelling[1:]))
        return len(self.spelling) - 1

    def _token(self, token: str) -> int:
        short = token[:LONGEST]
        found = self._tokens.get(short)
        return self._learn(short) if found is None else found

    def _learn(self, short: str) -> int:
        ident = self._tokens[short] = len(self._tokens)
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
        self._word.append(self._words.setdefault(word, len(self._words)))
        self._term.append(self.term_id(term))
        self._weight.append(weight)
        self._name.append(name)
        return ident


class Pile:
    """Readings that come in, with the tokens of all texts, and of all titles, in one array each.

    Each reading has a row, in the order in which they come; the rows that come together are in the order of time and
    id, so that what lies near in time lies near in memory.
    """

    def __init__(self, readings: Iterable[Reading] = ()) -> None:
        self.vocabulary = Vocabulary()
        self.readings: list[Reading] = []
        self.row_of: dict[str, int] = {}
        self._ranked = True  # whether all rows are in the order of time and id
        self._moments = Grown(np.float64)
        self._tokens, self._starts = Grown(np.int32), Grown(np.int64)
        self._places = Grown(np.uint32)  # of tokens: where each starts in its text
        self._titles, self._title_starts = Grown(np.int32), Grown(np.int64)
        self._starts.append(0)
        self._title_starts.append(0)
        self.extend(readings)

    def __len__(self) -> int:
        return len(self.readings)

    @property
    def moments(self) -> NDArray[np.float64]:
        """When each row was published, in seconds from 1970; infinity where that is not known."""
        return self._moments.values

    @property
    def tokens(self) -> NDArray[np.int32]:
        """The tokens of all texts: `tokens[starts[i]:starts[i + 1]]` are those of row `i`."""
        return self._tokens.values

    @property
    def starts(self) -> NDArray[np.int64]:
        """Where each row's tokens start."""
        return self._starts.values

    @property
    def titles(self) -> NDArray[np.int32]:
        """The tokens of all titles."""
        return self._titles.values

    @property
    def title_starts(self) -> NDArray[np.int64]:
        """Where the tokens of each row's title start."""
        return self._title_starts.values

    def extend(self, readings: Iterable[Reading]) -> range:
        """Take readings in; their rows.  Raises ValueError where two articles have one id; then none is taken in."""
        given = sorted(readings, key=lambda reading: (_moment(reading), reading.id))
        new: set[str] = set()
        for reading in given:
            if reading.id in self.row_of or reading.id in new:
                raise ValueError(f"two articles have the id {reading.id!r}")
            new.add(reading.id)
        low = len(self.readings)
        if low and given:
            self._ranked = self._ranked and self._place(low - 1) < (_moment(given[0]), given[0].id)
        for reading in given:
            self.row_of[reading.id] = len(self.readings)
            self.readings.append(reading)
            self._moments.append(_moment(reading))
        for found in self.vocabulary.encode_all([reading.text for reading in given]):
            self._starts.extend(len(self._tokens) + np.cumsum(found.sizes))
            self._tokens.extend(found.numbers)
            self._places.extend(found.starts)
        for found in self.vocabulary.encode_all([reading.article.title for reading in given]):
            self._title_starts.extend(len(self._titles) + np.cumsum(found.sizes))
            self._titles.extend(found.numbers)
        return range(low, len(self.readings))

    def words(self, row: int) -> NDArray[np.int32]:
        """The folded word of each token of a row's text."""
        words: NDArray[np.int32] = self.vocabulary.word[self.tokens[self.starts[row] : self.starts[row + 1]]]
        return words

    def places(self, row: int) -> NDArray[np.uint32]:
        """Where each token of a row's text starts."""
        places: NDArray[np.uint32] = self._places.values[self.starts[row] : self.starts[row + 1]]
        return places

    def ranks(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Numbers in the order of time and id for these rows, ascending and each once; the undated come last."""
        if self._ranked:
            return rows
        moments = self.moments[rows]
        order = np.argsort(moments, kind="stable")
        first = np.flatnonzero(firsts(moments[order]))
        for low, high in zip(first.tolist(), np.append(first, len(order))[1:].tolist(), strict=True):
            if high - low > 1:  # of one moment: by id
                order[low:high] = sorted(order[low:high].tolist(), key=lambda k: self.readings[rows[k]].id)
        ranks = np.empty(len(rows), dtype=np.int64)
        ranks[order] = np.arange(len(rows))
        return ranks

    def _place(self, row: int) -> tuple[float, str]:
        return float(self.moments[row]), self.readings[row].id


def _moment(reading: Reading) -> float:
    when = reading.article.moment
    return math.inf if when is None else when.timestamp()
