"""The comparison cut by story, once, so that a pile of many stories is built in one pass over its lines."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from recoupe.model import Comparison, Edge, Figure, Origins, Repeat, RepeatPlace, Reuse, Utterance


@dataclass(frozen=True, slots=True)
class Repetition:
    """A statement that is made again: its places in the order of time, the first of each story."""

    repeat: Repeat
    firsts: tuple[RepeatPlace, ...]

    @classmethod
    def of(cls, repeat: Repeat) -> Repetition:
        """The repetition of these places, the earliest first."""
        firsts: dict[str, RepeatPlace] = {}
        for place in repeat.places:
            firsts.setdefault(place.story, place)
        return cls(repeat, tuple(firsts.values()))


@dataclass(slots=True)
class StoryPart:
    """What the comparison holds for one story; `claims`: the edges and the origins of each utterance or figure."""

    utterances: list[Utterance] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    reuse: list[Reuse] = field(default_factory=list)  # where the copy is in the story
    edges: list[Edge] = field(default_factory=list)  # where the article that rests is in the story
    claims: dict[str, list[Edge]] = field(default_factory=lambda: defaultdict(list))
    origins: dict[str, Origins] = field(default_factory=dict)
    held: set[tuple[str, int]] = field(default_factory=set)  # the attributions that an utterance holds
    again: dict[tuple[str, int], Repetition] = field(default_factory=dict)  # by article and attribution


def by_story(comparison: Comparison) -> dict[str | None, StoryPart]:
    """The parts under the stories' ids; under None what belongs to no story.

    Raises KeyError where an utterance, a figure or a repeat names a story that is not there: its lines would be
    missing without a word.
    """
    home = {article: story.id for story in comparison.stories for article in story.articles}
    parts: dict[str | None, StoryPart] = {story.id: StoryPart() for story in comparison.stories}
    parts[None] = StoryPart()
    claimed: dict[str, str] = {}
    for utterance in comparison.utterances:
        claimed[utterance.id] = utterance.story
        parts[utterance.story].utterances.append(utterance)
        for place in utterance.occurrences:
            parts[home.get(place.article)].held.add((place.article, place.attribution))
    for figure in comparison.figures:
        claimed[figure.id] = figure.story
        parts[figure.story].figures.append(figure)
    for reuse in comparison.reuse:
        parts[home.get(reuse.copy)].reuse.append(reuse)
    for origins in comparison.origins:
        parts[claimed.get(origins.claim)].origins[origins.claim] = origins
    for edge in comparison.edges:
        parts[home.get(edge.article)].edges.append(edge)
        if edge.claim is not None:
            parts[claimed.get(edge.claim)].claims[edge.claim].append(edge)
    for repeat in comparison.repeats:
        repetition = Repetition.of(repeat)
        for spot in repeat.places:
            parts[spot.story].again[spot.article, spot.attribution] = repetition
    return parts
