"""Ages: which numbers are somebody's age, and whose, so that the ages of two persons are two questions."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from recoupe.compare.lexicon import Lexicon
from recoupe.compare.quantities import unit
from recoupe.compare.surroundings import Surroundings
from recoupe.compare.words import Word, words
from recoupe.model import Quantity
from recoupe.text import Span

YEARS = "month"  # what years are counted in
_OLDEST = 120
_NEAR = 2  # words before a number in which a word of age stands
_WHOSE = 60  # characters before a number, beyond its sentence, in which the person stands whose age it is
_AFTER = 3  # words after "34-year-old" up to the person


def is_age(text: str, quantity: Quantity, around: Surroundings, lex: Lexicon, people: Collection[str]) -> bool:
    """Whether the number is somebody's age: "aged 34", "a woman of 86", "the driver, 43, ...", "she was 34"."""
    known = unit(quantity.unit)
    if quantity.value > _OLDEST or (known is not None and (known.base, known.factor) != (YEARS, 12.0)):
        return False
    before = [w.fold for w in around.before[-_NEAR:]]
    if {*before, *(w.fold for w in around.after[:1])} & lex.age:
        return True
    if quantity.unit and known is None:
        return False
    of_person = len(before) == 2 and before[1] in lex.of and _is_person(around.before[-2], lex, people)
    return of_person or _apposed(text, quantity.span, around, lex, people) or _told_of(text, quantity.span, around, lex)


def _is_person(word: Word, lex: Lexicon, people: Collection[str]) -> bool:
    return word.fold in lex.persons | lex.private or (word.capital and word.fold in people)


def _apposed(text: str, span: Span, around: Surroundings, lex: Lexicon, people: Collection[str]) -> bool:
    """Whether the number stands between marks right after a person: "the driver, 43, ...", "Jean Brey (43 ans)"."""
    if not around.before or not _is_person(around.before[-1], lex, people):
        return False
    before = text[around.before[-1].span.end : span.start].strip()
    after = text[span.end :].lstrip()[:1]
    return (before == "," and after in (",", ".", ";", ":", "")) or (before == "(" and after in (")", ","))


def _told_of(text: str, span: Span, around: Surroundings, lex: Lexicon) -> bool:
    """Whether a verb gives a pronoun the number as its age: "il avait 34 ans", "who was 34", no "34 ans de prison"."""
    last = [w.fold for w in around.before[-2:]]
    if len(last) < 2 or last[0] not in lex.pronouns or last[1] not in lex.aging:
        return False
    following = around.after[0].fold if around.after else ""
    mark = text[span.end :].lstrip()[:1]
    return not mark.isalpha() or (following not in lex.of and following in lex.joints | lex.stop)


def whose(text: str, quantity: Quantity, around: Surroundings, lex: Lexicon, people: Collection[str]) -> Word | None:
    """The nearest word for a person: before the age, if need be in the sentence before, or right after it.

    "The driver, 43", "Parmi les morts figure le conducteur. Il avait 34 ans", "the 34-year-old driver".
    """
    after = [w for w in around.after[:_AFTER] if _is_person(w, lex, people)]
    attached = text[quantity.span.end :][:1] == "-" or (around.after and around.after[0].fold in lex.age)
    if after and attached:
        return after[0]
    return _last_person([w for w in around.before if w.span.end <= quantity.span.start], lex, people) or _last_person(
        words(text, [Span(max(around.sentence.start - _WHOSE, 0), around.sentence.start)]), lex, people
    )


def _last_person(found: Sequence[Word], lex: Lexicon, people: Collection[str]) -> Word | None:
    return next((w for w in reversed(found) if _is_person(w, lex, people)), None)
