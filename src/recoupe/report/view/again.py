"""Statements that are made again in other stories: where else the same speaker says the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import islice

from recoupe.model import Change, RepeatPlace, Utterance
from recoupe.report.view.desk import Desk
from recoupe.report.view.parts import Repetition, StoryPart
from recoupe.report.view.types import Again, Elsewhere, Words
from recoupe.report.view.words import line, marked
from recoupe.text import Span, fold

MOST = 5
"""Most other stories that stand beside a statement, the earliest first: a slogan is said in hundreds."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+")
_LONGEST = 150  # words that are matched with one another


def elsewhere(utterance: Utterance, part: StoryPart, desk: Desk) -> Elsewhere:
    """The other stories in which this utterance's words are said again."""
    found: dict[str, tuple[RepeatPlace, Repetition]] = {}
    for place in utterance.occurrences:
        repetition = part.again.get((place.article, place.attribution))
        if repetition is not None:
            here = RepeatPlace(utterance.story, place.article, place.attribution, place.content)
            found.setdefault(repetition.repeat.id, (here, repetition))
    places: list[Again] = []
    others = 0
    for here, repetition in found.values():
        others += len(repetition.firsts) - 1
        there = (place for place in repetition.firsts if place.story != here.story)
        places += [_again(here, place, repetition, desk) for place in islice(there, MOST - len(places))]
    return Elsewhere(tuple(places), others - len(places))


def _again(here: RepeatPlace, there: RepeatPlace, repetition: Repetition, desk: Desk) -> Again:
    number = desk.lines[there.article, there.attribution]
    same = repetition.repeat.reason == "same words"
    return Again(
        story=desk.stories[there.story],
        article=desk.refs[there.article],
        evidence=desk.sheets[there.article].attribution(there.attribution),
        anchor=f"p{number}",
        tag=desk.tag("statement", number),
        reason=desk.reason(repetition.repeat.reason),
        words=None if same else _words_there(here, there, desk),
        number=_other_number(here, there, desk),
    )


def _words_there(here: RepeatPlace, there: RepeatPlace, desk: Desk) -> Words:
    """The words of `there`, those that are not in the same order `here` marked (Ratcliff and Obershelp's matching)."""
    text, ours = (desk.sheets[place.article].reading.text for place in (there, here))
    found, known = _tokens(text, there.content), _tokens(ours, here.content)
    matcher = SequenceMatcher(None, _folds(ours, known), _folds(text, found), autojunk=False)
    stretches = ((first, last) for kind, _, _, first, last in matcher.get_opcodes() if kind in ("replace", "insert"))
    marks = [Change("wording", Span(0, 0), Span(found[i].start, found[j - 1].end)) for i, j in stretches]
    return Words(marked(text, there.content, marks), desk.refs[there.article].lang)


def _tokens(text: str, content: Sequence[Span]) -> list[Span]:
    """The first words under `content`."""
    found = (Span(*word.span()) for span in content for word in _WORD.finditer(text, span.start, span.end))
    return list(islice(found, _LONGEST))


def _folds(text: str, tokens: Sequence[Span]) -> list[str]:
    return [fold(token.of(text)) for token in tokens]


def _other_number(here: RepeatPlace, there: RepeatPlace, desk: Desk) -> str:
    """The words of the first number that is another `there`, where both places count the same things in one order."""
    ours, theirs = (
        [q for q in desk.sheets[place.article].reading.quantities if any(s.holds(q.span) for s in place.content)]
        for place in (here, there)
    )
    if [q.unit for q in ours] != [q.unit for q in theirs]:
        return ""
    text = desk.sheets[there.article].reading.text
    return next((line(b.span.of(text)) for a, b in zip(ours, theirs, strict=True) if a.value != b.value), "")
