"""The words of a stretch of text with their places, by which statements and surroundings of figures are compared."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from recoupe.compare.lexicon import Lexicon
from recoupe.text import Span, fold

# Numbers with their grouping and decimal marks; the English "n't" apart from its verb; words without apostrophes or
# hyphens, so that "l’âge" and "rendez-vous" give two words each.
_WORD = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
    r"|[^\W\d_]+?(?=n['’]t\b)|n['’]t\b|[^\W\d_]+"
)
_GROUPED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+$")
_KEPT_FROM, _KEPT_LENGTH = 200, 20_000  # characters of a text whose words are worth keeping and do no harm to memory
_KEY = 6  # letters of a stem: enough to tell words apart, few enough to join inflections and cognates


class Word(NamedTuple):
    """A word or number: `span` in the stored text, `fold` its folded form, `key` its stem."""

    span: Span
    fold: str
    key: str
    capital: bool

    @property
    def numeric(self) -> bool:
        """Whether it is written in digits."""
        return self.fold[:1].isdigit()


def words(text: str, spans: Iterable[Span]) -> tuple[Word, ...]:
    """The words inside the spans, in order."""
    if _KEPT_FROM <= len(text) <= _KEPT_LENGTH:
        kept = _kept(text)
        return tuple(word for span in spans for word in kept.inside(span))
    return tuple(word for span in spans for word in _found(text, span))


class _Kept:
    """The words of a text: where each stands, found once, and those that somebody has asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.places = [match.span() for match in _WORD.finditer(text)]
        self._starts = [start for start, _ in self.places]
        self._made: list[Word | None] = [None] * len(self.places)

    def inside(self, span: Span) -> Iterable[Word]:
        """The words inside the span; found anew where an edge of the span cuts a word."""
        first, end = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        if (first and self.places[first - 1][1] > span.start) or (end > first and self.places[end - 1][1] > span.end):
            return _found(self._text, span)
        made = self._made
        return (made[at] or self._make(at) for at in range(first, end))

    def _make(self, at: int) -> Word:
        word = self._made[at] = _word(self._text, *self.places[at])
        return word


def _found(text: str, span: Span) -> Iterator[Word]:
    for match in _WORD.finditer(text, max(span.start, 0), min(span.end, len(text))):
        yield _word(text, *match.span())


def _word(text: str, start: int, end: int) -> Word:
    folded = fold(text[start:end])
    return Word(Span(start, end), folded, stem(folded), text[start].isupper())


def capitalised(text: str) -> tuple[Word, ...]:
    """The words of a text that begin with a capital, in order."""
    return tuple(_word(text, *place) for place in _kept(text).places if text[place[0]].isupper())


def all_words(text: str) -> tuple[Word, ...]:
    """All words of a text."""
    return words(text, [Span(0, len(text))])


@lru_cache(maxsize=256)
def _kept(text: str) -> _Kept:
    """The words of a text, kept since a story looks at each article many times."""
    return _Kept(text)


@lru_cache(maxsize=65536)
def stem(folded: str) -> str:
    """A crude stem: no plural mark, then the first letters, so that inflections and most cognates fall together."""
    if len(folded) > 3 and folded[-1] in "sx":
        folded = folded[:-1]
    return folded[:_KEY]


def content(found: Sequence[Word], lexicon: Lexicon) -> tuple[Word, ...]:
    """The words that carry content: numbers and all words but the language's stop words and single letters."""
    return tuple(w for w in found if w.numeric or (len(w.fold) > 1 and w.fold not in lexicon.stop))


def number(raw: str) -> float | None:
    """The value of a number in digits, whichever way it groups them; None where it is none.

    Three digits after a mark are a group ("1.200", "1,200", "1 200"), anything else a fraction ("68,4", "2.50").
    """
    plain = raw.replace("\u00a0", " ").replace("\u202f", " ")
    if _GROUPED.match(plain):
        plain = re.sub(r"[ .,]", "", plain)
    else:
        head, mark, tail = plain.rpartition("," if plain.rfind(",") > plain.rfind(".") else ".")
        if mark and _GROUPED.match(head):
            head = re.sub(r"[ .,]", "", head)
        plain = f"{head}.{tail}" if mark else plain.replace(" ", "")
    try:
        return float(plain)
    except ValueError:
        return None
