"""The statements of a story's articles, taken from their attributions and prepared for matching."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from text_to_num import text2num

from recoupe.compare.lexicon import Lexicon, lexicon
from recoupe.compare.polarity import negations
from recoupe.compare.quantities import base_value, fits, unit
from recoupe.compare.questions import swapped
from recoupe.compare.thresholds import SLIP_DIGITS
from recoupe.compare.words import Word, content, number, words
from recoupe.model import Attribution, AttributionType, Modifier, Quantity, Reading
from recoupe.text import Span

_CLAUSE = re.compile(r"[.;:!?…\n]+|,(?!\d)|[–—]")
_MARKS = re.compile(r"[«»“”„\"‹›]")
_WORDS = re.compile(r"\w+")
_CLAUSE_WORDS = 3  # shorter stretches go with their neighbour: a clause of two words means too little alone
_SPELLED = 8  # words of a number written out
_MOST_WORDS = 400  # a longer statement is told, and its differences shown, by its beginning
_MOST_CLAUSES = 40
_CLAUSE_CHARACTERS = 4000
_RELAY = 0.6  # an attribution is a relay of another one where this much of its content is the other's
_BEFORE = 2  # words before a stretch of time in which its preposition stands ("dans les trois jours")
_TIMES = ("month", "min")  # the base units of stretches of time
_BARE_AT_MOST = 2  # content words beside all its numbers: with more a statement says more than a figure


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a statement between two marks of punctuation."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a statement, in its dimension's unit; `unit` is None where it was not read as a quantity."""

    span: Span
    value: float
    unit: str | None = None
    modifier: Modifier | None = None
    written: float | None = None  # the value as the text has it, in its own unit

    def fits(self, other: Number) -> bool:
        """Whether the two can be one number, rounding included: of one dimension, or counts of whatever."""
        measured = unit(self.unit) is not None or unit(other.unit) is not None
        if measured and self.unit != other.unit and None not in (self.unit, other.unit):
            return False
        if (self.unit is None) != (other.unit is None) and self._plain(other):
            return True
        return fits(self.value, other.value, self.modifier, other.modifier)

    def miscopies(self, other: Number) -> bool:
        """Whether the two are one number but for two digits that changed places: 4.5, 5.4."""
        one, two = (f"{n.value:.10g}" for n in (self, other))
        if self.unit != other.unit or len(one) != len(two) or len(one.replace(".", "").rstrip("0")) < SLIP_DIGITS:
            return False
        return swapped(float(one.replace(".", "")), float(two.replace(".", "")))

    def may_stand_for(self, other: Number) -> bool:
        """Whether the one could be put for the other: of one dimension, or both counts of something.

        A number that was read as no quantity (an ordinal, "a fourth time") stands for no sum, share or stretch of time.
        """
        if self.unit == other.unit:
            return True
        if self._measured() or other._measured():
            return False
        known = (n for n in (self, other) if n.written is None)
        return not any(unit((other if n is self else self).unit) for n in known)

    def _measured(self) -> bool:
        return self.unit is not None and (self.unit.isupper() or self.unit == "%")

    def _plain(self, other: Number) -> bool:
        """Whether one gives no unit and is the other as it is written: "34", "34 ans"."""
        bare, told = (self, other) if self.unit is None else (other, self)
        return told.written is not None and fits(bare.value, told.written, bare.modifier, told.modifier)


@dataclass(frozen=True, slots=True)
class Statement:
    """What one attribution (or several of one speaker, read as one) reports, ready to compare."""

    reading: Reading
    attributions: tuple[int, ...]
    spans: tuple[Span, ...]
    type: AttributionType
    speaker: str | None
    words: tuple[Word, ...]
    content: tuple[Word, ...]
    plain: str  # the content as running text, without quotation marks
    clauses: tuple[Clause, ...]
    folds: tuple[str, ...]  # all words, folded
    keys: tuple[str, ...]  # the stems of the words that carry content
    figures: tuple[Quantity, ...]  # the quantities read inside the content
    numbers: tuple[Number, ...]  # its figures, and its other whole numbers that are no part of a date or a code

    dates: frozenset[str]  # the days, months and years named in the content

    @property
    def article(self) -> str:
        """The id of the article that reports it."""
        return self.reading.id

    @property
    def lang(self) -> str | None:
        """The language that the article is in."""
        return self.reading.article.lang

    @property
    def place(self) -> tuple[str, int]:
        """Article and first offset: the order that does not depend on the input's."""
        return self.article, self.spans[0].start


def statements(reading: Reading) -> list[Statement]:
    """The statements of one article: no beliefs or intentions, no relay around another statement, nothing empty."""
    out = []
    for index, attribution in enumerate(reading.attributions):
        unsaid = attribution.polarity == "not said" and attribution.type == "indirect"  # quoted words were said
        if attribution.act != "statement" or unsaid or _relays(reading, index):
            continue
        made = statement(reading, (index,))
        if made.content:
            out.append(made)
    return out


def statement(reading: Reading, indexes: Sequence[int]) -> Statement:
    """The attributions at these places of the reading, as one statement."""
    parts = [reading.attributions[i] for i in indexes]
    spans = tuple(sorted(span for part in parts for span in part.content if span.end > span.start))
    lex = lexicon(reading.article.lang)
    found = words(reading.text, spans)[:_MOST_WORDS]
    carrying = content(found, lex)
    figures = tuple(q for q in reading.quantities if any(span.holds(q.span) for span in spans))
    plain = " ".join(_MARKS.sub(" ", span.of(reading.text)).strip(" ,") for span in spans)
    return Statement(
        reading=reading,
        attributions=tuple(indexes),
        spans=spans or (Span(0, 0),),
        type=_type(parts),
        speaker=parts[0].speaker,
        words=found,
        content=carrying,
        plain=" ".join(plain.split()),
        clauses=tuple(c for span in spans for c in _clauses(reading.text, span, lex.joints))[:_MOST_CLAUSES],
        folds=tuple(w.fold for w in found),
        keys=tuple(w.key for w in carrying),
        figures=figures,
        numbers=_numbers(reading, found, figures),
        dates=frozenset(t.value for t in reading.times if any(span.holds(t.span) for span in spans)),
    )


def _numbers(reading: Reading, found: Sequence[Word], figures: Sequence[Quantity]) -> tuple[Number, ...]:
    out = [Number(q.span, *base_value(q), q.modifier, q.value) for q in figures]
    apart = [t.span for t in reading.times] + [q.span for q in figures]
    lex = lexicon(reading.article.lang)
    at = 0
    while at < len(found):
        word = found[at]
        value, end = _whole_number(word, reading.text), at + 1
        if value is None and word.fold in lex.numbers:
            value, end = _spelled(reading.text, reading.article.lang, found, at)
        if value is not None:
            span = Span(word.span.start, found[end - 1].span.end)
            if not any(other.overlaps(span) for other in apart):
                scale = lex.scales.get(found[end].fold, 1.0) if end < len(found) else 1.0
                out.append(Number(span, value * scale))
        at = end
    return tuple(sorted((n for n in out if not _is_denied(n, found, lex)), key=lambda n: n.span))


def _is_denied(one: Number, found: Sequence[Word], lex: Lexicon) -> bool:
    """Whether the number is given as what it is not: "19 days, not nine", "et non 38 %"."""
    before = [w for w in found if w.span.end <= one.span.start][-1:]
    return any(w.fold in lex.alone for w in before)


def _spelled(text: str, lang: str | None, found: Sequence[Word], at: int) -> tuple[float, int]:
    """The number that the words from `at` on spell together, and the place after it: "vingt-six"."""
    lex = lexicon(lang)
    end = at + 1
    for last, word in pairwise(found[at : at + _SPELLED]):
        if word.fold not in lex.spelled or text[last.span.end : word.span.start].strip(" -\u00a0"):
            break
        end += 1
    for stop in range(end, at + 1, -1):
        try:
            return float(
                text2num(Span(found[at].span.start, found[stop - 1].span.end).of(text).lower(), str(lang))
            ), stop
        except ValueError:
            continue  # not one number: fewer of the words may be
    return lex.numbers[found[at].fold], at + 1


def _whole_number(word: Word, text: str) -> float | None:
    """The value of a whole number that stands free: not "8h30", "T1" or "8.30"."""
    value = number(word.span.of(text)) if word.numeric else None
    beside = text[max(word.span.start - 1, 0) : word.span.start] + text[word.span.end : word.span.end + 1]
    return value if value is not None and value.is_integer() and not any(c.isalpha() for c in beside) else None


def _type(parts: Sequence[Attribution]) -> AttributionType:
    kinds = {part.type for part in parts}
    return parts[0].type if len(kinds) == 1 else "mixed"


def _relays(reading: Reading, index: int) -> bool:
    """Whether the attribution only hands on another one that stands inside its content, with source and cue."""
    outer = reading.attributions[index].content
    whole = sum(span.end - span.start for span in outer)
    for other, inner in enumerate(reading.attributions):
        if other == index or not inner.content or inner.content == outer:
            continue
        if not any(o.holds(s) for s in inner.content for o in outer):
            continue
        told = (*inner.content, *(span for span in (inner.source, inner.cue) if span is not None))
        inside = sum(s.end - s.start for s in told if any(o.holds(s) for o in outer))
        if inside >= _RELAY * whole and not is_bare(statement(reading, (other,))):
            return True
    return False


def _clauses(text: str, span: Span, joints: frozenset[str]) -> list[Clause]:
    """The span cut at punctuation and before conjunctions, so that each piece has a few words."""
    span = Span(span.start, min(span.end, span.start + _CLAUSE_CHARACTERS))
    cuts = sorted(
        [(m.start(), m.end()) for m in _CLAUSE.finditer(text, span.start, span.end)]
        + [(w.span.start, w.span.start) for w in words(text, [span]) if w.fold in joints]
    )
    edges = [span.start]
    for before, after in cuts:
        if len(_WORDS.findall(text[edges[-1] : before])) >= _CLAUSE_WORDS:
            edges.append(after)
    if len(edges) > 1 and len(_WORDS.findall(text[edges[-1] : span.end])) < _CLAUSE_WORDS:
        edges.pop()
    found = []
    for start, end in zip(edges, [*edges[1:], span.end], strict=True):
        plain = " ".join(_MARKS.sub(" ", text[start:end]).split()).strip(" ,;:.!?…–—")
        if plain:
            found.append(Clause(Span(start, end), plain))
    return found


def is_bare(statement: Statement) -> bool:
    """Whether the statement is no more than figures with their nouns: "300 personnes", "un montant de 2 millions"."""
    numbers = statement.figures
    if not numbers or statement.type == "direct":
        return False
    lex = lexicon(statement.lang)
    if any(w.fold in lex.finite for w in statement.words) or negations(statement.words, lex):
        return False
    if all(_tells_when(q, statement, lex) for q in numbers):
        return False
    rest = [w for w in statement.content if not _counted(w, numbers, lex) and not _timed(w, statement.reading, lex)]
    return len(rest) <= _BARE_AT_MOST and not _predicates(statement, rest)


def _tells_when(quantity: Quantity, statement: Statement, lex: Lexicon) -> bool:
    """Whether a stretch of time only says when or how long: "an appeal within 21 days", not "a term of 21 days"."""
    known = unit(quantity.unit)
    before = [w for w in statement.words if w.span.end <= quantity.span.start]
    when = any(w.fold in lex.when for w in before[-_BEFORE:])
    return known is not None and known.base in _TIMES and when and any(w in statement.content for w in before)


def _predicates(statement: Statement, rest: Sequence[Word]) -> bool:
    """Whether a subject and a verb stand right before the first number: "the gang wants 30 bitcoin"."""
    before = [w for w in statement.words if w.span.end <= statement.figures[0].span.start]
    return len(before) > 1 and before[-1] in rest and any(w in rest for w in before[:-1])


def names_what_it_counts(statement: Statement) -> bool:
    """Whether a number of the statement stands with its noun or unit: "300 personnes", "46 %", not "3.1 million"."""
    scales = lexicon(statement.lang).scales.keys()
    return any(
        any(not w.numeric and w.fold not in scales for w in words(statement.reading.text, [q.span]))
        or not q.span.of(statement.reading.text)[-1:].isalnum()
        for q in statement.figures
    )


def _counted(word: Word, numbers: Sequence[Quantity], lex: Lexicon) -> bool:
    return word.numeric or word.fold in lex.frame or any(q.span.holds(word.span) for q in numbers)


def _timed(word: Word, reading: Reading, lex: Lexicon) -> bool:
    return word.fold in lex.time or any(time.span.holds(word.span) for time in reading.times)
