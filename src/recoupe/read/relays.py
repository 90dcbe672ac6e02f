"""Who is cited beside the one who reports: « L'agence, citant un élu, affirme que la frontière est fermée »."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recoupe.read.drafting import PHRASES, Draft, Sentence
from recoupe.read.groups import Group, after
from recoupe.read.phrases import Phrase, chunk, plausible, with_appositions
from recoupe.read.roles import roles
from recoupe.read.units import Unit
from recoupe.text import Span

REASON = "cited by the one who reports"


def relays(sentence: Sentence, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """For each one cited an attribution of its own, with the words that the report beside it has.

    The verb is one with the frame "citing", a participle or in a relative clause; a report whose source is the one
    who cites stands in the same sentence.
    """
    unit = sentence.unit
    for group in sentence.groups:
        cue = group.cue_for("citing")
        if cue is None or not _beside(sentence, group):
            continue
        cited = _cited(sentence, group)
        report = _report(sentence, group, drafts)
        if cited is None or report is None:
            continue
        span = Span(unit.tokens[group.verb].start, unit.tokens[group.verb].end)
        yield Draft(
            list(report.content), unit.reach(*cited), span, reason=REASON, score=0.7, quotes=list(report.quotes)
        )


def _beside(sentence: Sentence, group: Group) -> bool:
    """Whether the verb goes with another one: a participle, or the verb of a relative clause."""
    unit = sentence.unit
    relative = group.shape == "finite" and unit.low(group.start - 1) in unit.grammar.relative_subjects
    return group.shape == "present" or relative


def _cited(sentence: Sentence, group: Group) -> Phrase | None:
    """The one cited: the object of the verb."""
    unit = sentence.unit
    found = chunk(unit, after(unit, group.end))
    if found is None or not plausible(unit, found) or unit.opens_quote(found[0]) or not speaks(unit, found):
        return None
    return with_appositions(unit, found)


def speaks(unit: Unit, phrase: Phrase) -> bool:
    """Whether a phrase names a person, a body, a document or a source: "two dockers", not "rising costs"."""
    nouns = roles(unit.lang).nouns
    for token in unit.tokens[slice(*phrase)]:
        if token.pos == "ADP":
            return False
        if token.pos == "PROPN" or token.low in nouns or token.low in unit.grammar.source_nouns:
            return True
    return False


def _report(sentence: Sentence, group: Group, drafts: Sequence[Draft]) -> Draft | None:
    """The report nearest to the verb, none of a phrase and none that holds the verb."""
    at = sentence.unit.tokens[group.verb].start
    fitting = [
        d
        for d in drafts
        if d.source is not None
        and d.cue is not None
        and d.content
        and d.reason not in PHRASES
        and not any(c.start <= at < c.end for c in d.content)
    ]
    return min(fitting, key=lambda d: (abs(d.source.start - at) if d.source else 0, d.content[0]), default=None)
