"""Explaining: the way in which one decision of a comparison was reached, step by step.

A decision is named by its id (of an utterance, figure, story, pair of copies, claim's origins, note or repeat).  The
steps of its story are taken again, which gives the same result, and what they weighed is told: every pair that was
joined, with the thresholds that it was held against, the nearest that were kept apart, the parts of a figure's
question, what each origin rests on.

The labels of steps and of their details, beside those of the dossier's reasons:

    speakers | same | open | different | value | measure | counted | place | people | year | status | according to
    | signs | likeness | mean likeness | shared terms | thread | passage
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from typing import Literal, TypeVar

from recoupe.compare import figures, limits, origins, repeats, stories, thresholds, utterances
from recoupe.compare.lexicon import lexicon
from recoupe.compare.matching import Match
from recoupe.compare.mentions import Mention
from recoupe.compare.questions import Link
from recoupe.compare.scene import Scene
from recoupe.compare.statements import Statement
from recoupe.compare.words import content, words
from recoupe.model import (
    Comparison,
    Edge,
    Evidence,
    Explanation,
    Figure,
    Measured,
    Note,
    Occurrence,
    Origins,
    Passage,
    Reading,
    Repeat,
    Reuse,
    Step,
    Story,
    Utterance,
)
from recoupe.text import Span

Named = TypeVar("Named", Utterance, Figure, Story, Reuse, Origins, Note, Repeat, Utterance | Figure)
_REFUSED = 6  # pairs kept apart that are told, the nearest first
_WORDS = 12  # words that are told of a pair
_PAIRS = 40  # pairs of a story's articles, or of a repeat's places, that are told


def explain(name: str, readings: Iterable[Reading], comparison: Comparison) -> Explanation:
    """How the decision with the id `name` was reached.  `comparison` must be that of these `readings`.

    Raises KeyError where no decision has this id.
    """
    desk = _Desk({reading.id: reading for reading in readings}, comparison)
    ways: dict[str, Callable[[str], Explanation]] = {
        "u": desk.utterance,
        "f": desk.figure,
        "s": desk.story,
        "r": desk.copy,
        "o": desk.sources,
        "n": desk.note,
        "q": desk.repeat,
    }
    kind, _, _ = name.partition("-")
    if kind not in ways:
        raise KeyError(name)
    return ways[kind](name)


@dataclass(frozen=True, slots=True)
class _Desk:
    """The readings by id and what comparing them gave."""

    readings: Mapping[str, Reading]
    comparison: Comparison

    # --- what was asked for -----------------------------------------------------------------------------------------

    def utterance(self, name: str) -> Explanation:
        """An utterance: the pairs that made it, those kept out of it, the drift of each place."""
        told = _named(self.comparison.utterances, name)
        scene = self._scene(told.story)
        found = utterances.compared(scene)
        members = next(m for utterance, m in utterances.grouped(found, scene) if utterance.id == name)
        steps = [*_joined(found, members, scene), *_kept_apart(found, members, scene)]
        steps += [self._drift(place, told.occurrences[0]) for place in told.occurrences]
        return Explanation(name, "utterance", told.speaker or "", told.reason, told.score, tuple(steps))

    def figure(self, name: str) -> Explanation:
        """A figure: the question as each place puts it, the links that make them one, the verdict."""
        told = _named(self.comparison.figures, name)
        scene = self._scene(told.story)
        said = [u for u in self.comparison.utterances if u.story == told.story]
        answered = next(a for a in figures.answers(scene, said) if a.figure.id == name)
        steps = [_question(mention) for mention in answered.mentions]
        steps += [_linked(one, two, link) for one, two, link in answered.links]
        steps += _verdict(told)
        return Explanation(name, "figure", told.verdict, told.reason, told.score, tuple(steps))

    def story(self, name: str) -> Explanation:
        """A story: the terms that its articles share, and how alike they are."""
        told = _named(self.comparison.stories, name)
        steps = [Step("term", "shared terms", tuple(Evidence(a) for a in told.articles), words=told.terms)]
        steps += _alike([self.readings[article] for article in told.articles])
        if told.thread:
            others = [s for s in self.comparison.stories if s.thread == told.thread and s.id != name]
            found = tuple(Evidence(article) for other in others for article in other.articles[:1])
            steps.append(Step("term", f"thread: {told.thread}", found))
        return Explanation(name, "story", ", ".join(told.terms), "", None, tuple(steps))

    def copy(self, name: str) -> Explanation:
        """A pair of articles that share text: the passages, with the words that were edited."""
        told = _named(self.comparison.reuse, name)
        steps = tuple(self._passage(told, passage) for passage in told.passages)
        return Explanation(name, "reuse", f"{told.source}, {told.copy}", told.reason, told.score, steps)

    def sources(self, name: str) -> Explanation:
        """A claim's origins: what each place rests on, and which places are only copies."""
        told = _named(self.comparison.origins, name)
        claim = self._claim(told.claim)
        edges = [edge for edge in self.comparison.edges if edge.claim == claim.id]
        places = origins.places_of(claim, self.readings)
        own = origins.firsthand(places, origins.by_copy(self.comparison.reuse))
        steps = [self._rests(place, edges, copied=place not in own) for place in places]
        decision = f"{told.at_least}-{told.at_most}: {', '.join(told.origins)}"
        return Explanation(name, "origins", decision, told.reason, None, tuple(steps))

    def note(self, name: str) -> Explanation:
        """A note: the words that it remarks on."""
        told = _named(self.comparison.notes, name)
        place = Evidence(told.article, (told.span,) if told.span else ())
        return Explanation(name, "note", told.kind, told.reason, None, (Step("note", told.reason, (place,)),))

    def repeat(self, name: str) -> Explanation:
        """A statement made again in another story: the pairs of its places that are one by their words."""
        told = _named(self.comparison.repeats, name)
        steps = []
        for one, two, label, score in islice(repeats.links(told, self.readings), _PAIRS):
            both = (Evidence(one.article, one.content), Evidence(two.article, two.content))
            steps.append(Step("joined", label, both, _alike_by(label, score), score))
        return Explanation(name, "repeat", told.speaker, told.reason, told.score, tuple(steps))

    # --- steps ------------------------------------------------------------------------------------------------------

    def _scene(self, story: str) -> Scene:
        members = _named(self.comparison.stories, story).articles
        return Scene.of(story, (self.readings[article] for article in members))

    def _claim(self, name: str) -> Utterance | Figure:
        both: list[Utterance | Figure] = [*self.comparison.utterances, *self.comparison.figures]
        return _named(both, name)

    def _words(self, article: str, span: Span) -> str:
        return " ".join(span.of(self.readings[article].text).split()) or "∅"

    def _drift(self, place: Occurrence, fullest: Occurrence) -> Step:
        changes = tuple(
            f"{c.kind}: {self._words(fullest.article, c.there)} → {self._words(place.article, c.here)}"
            for c in place.changes
            if c.kind not in ("language", "type")
        )
        evidence = (Evidence(place.article, place.content),)
        return Step("drift", place.reason, evidence, score=place.score, details=changes)

    def _passage(self, pair: Reuse, passage: Passage) -> Step:
        copy = self.readings[pair.copy].text
        edited = [change.here for change in passage.changes]
        kept = [w for w in words(copy, [passage.copy]) if not any(span.overlaps(w.span) for span in edited)]
        changes = tuple(
            f"{c.kind}: {self._words(pair.source, c.there)} → {self._words(pair.copy, c.here)}" for c in passage.changes
        )
        both = (Evidence(pair.source, (passage.source,)), Evidence(pair.copy, (passage.copy,)))
        enough = Measured("PASSAGE_WORDS", limits.PASSAGE_WORDS, len(kept))
        return Step("passage", "passage", both, (enough,), details=changes)

    def _rests(self, place: origins.Place, edges: Sequence[Edge], *, copied: bool) -> Step:
        evidence = Evidence(place.article, place.spans, place.in_title)
        if copied:
            sources = sorted({pair.source for pair in self.comparison.reuse if pair.copy == place.article})
            return Step("origin", "copies", (evidence, *(Evidence(article) for article in sources)))
        for edge in edges:
            if edge.article == place.article and edge.span in (place.evidence, None):
                at = (Evidence(edge.article, (edge.span,)),) if edge.span else ()
                return Step("origin", edge.reason, (evidence, *at))
        return Step("origin", "in titles only" if place.in_title else "no source named", (evidence,))


def _named(found: Iterable[Named], name: str) -> Named:
    for each in found:
        if each.id == name:
            return each
    raise KeyError(name)


def _alike_by(label: str, score: float) -> tuple[Measured, ...]:
    """What two wordings of a repeat were held against: nothing where they are the same."""
    match label:
        case "nearly the same words":
            return (Measured("WORDS_ALIKE", thresholds.WORDS_ALIKE, score),)
        case "part of the words":
            return (Measured("PART_ALIKE", thresholds.PART_ALIKE, score),)
    return ()


# --- statements -------------------------------------------------------------------------------------------------


def _joined(found: utterances.Compared, members: Sequence[int], scene: Scene) -> Iterator[Step]:
    """The pairs of the utterance's places that matched."""
    inside = set(members)
    for (i, j), link in sorted(found.links.items()):
        if i in inside and j in inside:
            yield _pair("joined", found.items[i], found.items[j], link, scene)


def _kept_apart(found: utterances.Compared, members: Sequence[int], scene: Scene) -> list[Step]:
    """The pairs that were weighed and not joined, of which one at least is in the utterance: those that lack least."""
    inside = set(members)
    refused = [
        (max(one.asked - one.found for one in match.measured), pair, match)
        for pair, match in found.refused.items()
        if inside & set(pair) and not inside >= set(pair)
    ]
    nearest = sorted(refused, key=lambda each: each[:2])[:_REFUSED]
    return [_pair("kept apart", found.items[i], found.items[j], match, scene) for _, (i, j), match in nearest]


def _pair(kind: Literal["joined", "kept apart"], one: Statement, two: Statement, match: Match, scene: Scene) -> Step:
    relation, why = scene.speakers.relation(one.speaker, two.speaker)
    speakers = f"speakers: {one.speaker or '?'} / {two.speaker or '?'}"
    return Step(
        kind,
        match.label,
        tuple(Evidence(s.article, s.spans) for s in (one, two)),
        match.measured,
        match.score,
        (speakers, f"{relation}: {why}"),
        _common(one, two),
    )


def _common(one: Statement, two: Statement) -> tuple[str, ...]:
    """The words of content that both have, as the first writes them."""
    known = set(two.keys)
    shared = dict.fromkeys(w.span.of(one.reading.text) for w in one.content if w.key in known)
    return tuple(shared)[:_WORDS]


# --- figures ----------------------------------------------------------------------------------------------------


def _at(mention: Mention) -> Evidence:
    return Evidence(mention.article, (mention.span,), mention.in_title)


def _question(mention: Mention) -> Step:
    """The question that a number answers, in its parts: measure, counted thing, scope, status, source."""
    parts = {
        "measure": mention.measure.name if mention.measure else "",
        "counted": mention.raw_unit or "",
        "place": ", ".join(sorted(mention.places)),
        "people": ", ".join(sorted(mention.holders)),
        "year": ", ".join(sorted(mention.years)),
        "status": mention.status,
        "according to": mention.source or "",
    }
    text = mention.reading.article.title if mention.in_title else mention.reading.text
    near = content(mention.around.near, lexicon(mention.reading.article.lang))
    return Step(
        "question",
        f"value: {mention.value:g}",
        (_at(mention),),
        details=tuple(f"{label}: {part}" for label, part in parts.items() if part),
        words=tuple(dict.fromkeys(w.span.of(text) for w in near))[:_WORDS],
    )


def _linked(one: Mention, two: Mention, link: Link) -> Step:
    """Two numbers that were joined in one question, with the signs for it."""
    shared = tuple(sorted(one.keys & two.keys))[:_WORDS]
    weighed = any(one.threshold == "SAME_QUESTION" for one in link.measured)
    signs = tuple(link.label.split(", ")) if weighed else ()
    label = "signs" if weighed else link.label
    return Step("joined", label, (_at(one), _at(two)), link.measured, link.score, signs, shared)


def _verdict(figure: Figure) -> Iterator[Step]:
    """Two lone numbers that differ with nothing to settle it are a conflict only where the question is surely one."""
    label = figure.reason.partition(": ")[0]
    sure = Measured("SURE_QUESTION", thresholds.SURE_QUESTION, figure.score)
    if label == "perhaps not the same question" or (label == "reports differ" and sure.passed):
        yield Step("verdict", label, measured=(sure,))


# --- stories ----------------------------------------------------------------------------------------------------


def _alike(readings: Sequence[Reading]) -> Iterator[Step]:
    """How alike a story's articles are, in the mean and in pairs."""
    if len(readings) < 2:
        return
    table = stories.likeness(readings)
    pairs = [(float(table[i, j]), i, j) for i, j in combinations(range(len(readings)), 2)]
    mean = sum(likeness for likeness, _, _ in pairs) / len(pairs)
    yield Step("joined", "mean likeness", measured=(Measured("STORY_LINK", limits.STORY_LINK, round(mean, 3)),))
    for likeness, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1:]))[:_PAIRS]:
        both = (Evidence(readings[i].id), Evidence(readings[j].id))
        yield Step("joined", "likeness", both, score=round(likeness, 3))
