"""Statements and figures as lines: who says what, where, with what changed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from recoupe.model import (
    Attribution,
    Change,
    Figure,
    FigureOccurrence,
    Occurrence,
    Story,
    Utterance,
    surely_first,
)
from recoupe.report.view.again import elsewhere
from recoupe.report.view.desk import Desk, statement_key
from recoupe.report.view.parts import StoryPart
from recoupe.report.view.sources import rest
from recoupe.report.view.types import (
    GRAVE,
    ArticleRef,
    Back,
    ClaimOrigins,
    FigureLine,
    Pair,
    Reported,
    Said,
    Statement,
    Words,
)
from recoupe.report.view.values import value
from recoupe.report.view.words import TITLE, around, differing, held, line, marked, pairs
from recoupe.text import Span

_TOLD = frozenset({"speaker", "language", "type"})  # kinds of change that names, drift and flags already tell


def told_in(story: Story, part: StoryPart, desk: Desk) -> list[Utterance]:
    """What is said in a story: the utterances of the comparison, then every attribution that none of them holds.

    Speakers come in the order of how often they are reported; a speaker's most reported statement comes first.
    """
    known: list[Utterance] = []
    for article in sorted(story.articles, key=lambda article: desk.refs[article].number):
        reading = desk.sheets[article].reading
        known += [
            _unshared(story.id, article, index, said)
            for index, said in enumerate(reading.attributions)
            if (article, index) not in part.held
        ]
    weight: Counter[str | None] = Counter()
    for utterance in part.utterances:
        weight[utterance.speaker] += len(utterance.occurrences) if len(utterance.occurrences) > 1 else 0
    return sorted(
        (*part.utterances, *known),
        key=lambda u: (
            len(u.occurrences) == 1,
            u.speaker is None,
            -weight[u.speaker],
            u.speaker or "",
            -len(u.occurrences),
        ),
    )


def statements(told: Iterable[Utterance], anchor: str, part: StoryPart, desk: Desk) -> tuple[Statement, ...]:
    """What is said in the story with this anchor, as lines."""
    return tuple(_statement(utterance, anchor, part, desk) for utterance in told)


def _unshared(story: str, article: str, index: int, said: Attribution) -> Utterance:
    """An attribution that no other article reports, in the form of those that others do."""
    place = Occurrence(article, said.content, index, said.speaker, "verbatim", reason=said.reason, score=said.score)
    return Utterance("", story, said.speaker, (place,))


def _statement(utterance: Utterance, story: str, part: StoryPart, desk: Desk) -> Statement:
    count = desk.next("statement", statement_key(utterance))
    anchor, tag = f"p{count}", desk.tag("statement", count)
    fullest = utterance.occurrences[0]
    places = tuple(
        _said(place, fullest, utterance, f"{anchor}-{i}", tag, desk) for i, place in enumerate(utterance.occurrences, 1)
    )
    return Statement(
        anchor=anchor,
        tag=tag,
        id=line(utterance.id),
        story=story,
        speaker=line(utterance.speaker) if utterance.speaker else None,
        places=places,
        first=desk.refs[utterance.first] if utterance.first is not None else None,
        origins=_origins(utterance.id, part, desk, Back(tag, anchor)),
        elsewhere=elsewhere(utterance, part, desk),
        reason=() if all(place.drift == "verbatim" for place in places) else desk.reason(utterance.reason),
        score=utterance.score,
    )


def _said(place: Occurrence, fullest: Occurrence, utterance: Utterance, anchor: str, tag: str, desk: Desk) -> Said:
    sheet, full = desk.sheets[place.article], desk.sheets[fullest.article]
    here, there = sheet.reading.text, full.reading.text
    said = sheet.reading.attributions[place.attribution]
    if place is fullest:
        altered = [c for other in utterance.occurrences if other.drift == "altered" for c in other.changes]
        parts = marked(here, place.content, (c for c in altered if c.kind in GRAVE and c.kind != "speaker"))
        apart: tuple[Change, ...] = ()
    else:
        parts, apart = differing(here, place.content, there, place.changes)
    evidence = sheet.attribution(place.attribution)
    sheet.point(evidence, Back(tag, anchor))
    grave = {c for c in (*place.changes, *apart) if (c.kind in GRAVE or c in apart) and c.kind not in _TOLD}
    langs = desk.refs[fullest.article].lang, desk.refs[place.article].lang
    return Said(
        anchor=anchor,
        article=desk.refs[place.article],
        evidence=evidence,
        words=Words(parts, desk.refs[place.article].lang),
        drift=place.drift,
        pairs=_other_speaker(place, fullest) + pairs(grave, here, there, langs),
        speaker=line(place.speaker) if place.speaker else None,
        type=said.type,
        flags=said_flags(said) + (("made direct",) if any(c.kind == "type" for c in place.changes) else ()),
    )


def _other_speaker(place: Occurrence, fullest: Occurrence) -> tuple[Pair, ...]:
    """The two speakers as the articles resolve them, where the words are given to another one."""
    if not any(change.kind == "speaker" for change in place.changes):
        return ()
    return (Pair("speaker", line(fullest.speaker or ""), line(place.speaker or "")),)


def said_flags(said: Attribution) -> tuple[str, ...]:
    """What a reader must know of an attribution beside its words."""
    flags = [flag for flag in (said.polarity, said.act) if flag not in ("said", "statement")]
    return tuple(flags + (["hedged"] if said.hedged else []))


def ranked(known: Iterable[Figure]) -> list[Figure]:
    """Figures as they are shown: conflicts, updates, the others; of each kind first what most articles give."""
    rank = {"conflict": 0, "update": 1, "cannot tell": 2, "not comparable": 3, "agree": 4}
    return sorted(known, key=lambda figure: (rank[figure.verdict], -len({o.article for o in figure.occurrences})))


def figures(anchor: str, part: StoryPart, desk: Desk) -> tuple[FigureLine, ...]:
    """The story's figures as lines."""
    return tuple(_figure(figure, anchor, part, desk) for figure in ranked(part.figures))


def _figure(figure: Figure, story: str, part: StoryPart, desk: Desk) -> FigureLine:
    count = desk.next("figure", figure.id)
    anchor, tag = f"f{count}", desk.tag("figure", count)
    groups: dict[float, list[tuple[FigureOccurrence, Reported]]] = {}
    for index, place in enumerate(figure.occurrences, 1):
        groups.setdefault(place.value, []).append((place, _reported(place, f"{anchor}-{index}", tag, desk)))
    comparable = len(groups) > 1 and all(math.isfinite(size) and size >= 0 for size in groups) and max(groups) > 0
    return FigureLine(
        anchor=anchor,
        tag=tag,
        id=line(figure.id),
        story=story,
        about=held(line(figure.about, TITLE)),
        verdict=figure.verdict,
        values=tuple(
            value(size, places, size / max(groups) if comparable else None, desk)
            for size, places in sorted(groups.items(), key=lambda group: group[0])
        ),
        first=_first(figure, desk),
        origins=_origins(figure.id, part, desk, Back(tag, anchor)),
        reason=desk.reason(figure.reason),
        score=figure.score,
    )


def _first(figure: Figure, desk: Desk) -> ArticleRef | None:
    """The article that carried the figure first; None where the dates do not tell, or one article alone has it."""
    articles = dict.fromkeys(place.article for place in figure.occurrences)
    first = surely_first({article: desk.refs[article].published for article in articles})
    return desk.refs[first] if first is not None and len(articles) > 1 else None


def _reported(place: FigureOccurrence, anchor: str, tag: str, desk: Desk) -> Reported:
    sheet = desk.sheets[place.article]
    article = sheet.reading.article
    if place.in_title:
        evidence = sheet.titled(place.span)
    elif place.quantity is not None:
        evidence = sheet.quantity(place.quantity)
    else:
        evidence = sheet.rests(place.span)
    sheet.point(evidence, Back(tag, anchor))
    text: str = article.title if place.in_title else article.text
    return Reported(
        anchor=anchor,
        article=desk.refs[place.article],
        evidence=evidence,
        context=Words(around(text, Span(*place.span)), desk.refs[place.article].lang),
        modifier=place.modifier,
        in_title=place.in_title,
    )


def _origins(claim: str, part: StoryPart, desk: Desk, back: Back) -> ClaimOrigins | None:
    origins = part.origins.get(claim)
    if origins is None:
        return None
    rests = sorted(
        (rest(edge, desk, back) for edge in part.claims.get(claim, ())), key=lambda rest: rest.article.number
    )
    return ClaimOrigins(
        names=tuple(line(name) for name in origins.origins),
        at_least=origins.at_least,
        at_most=origins.at_most,
        reason=desk.reason(origins.reason, *origins.origins),
        rests=tuple(rests),
    )
