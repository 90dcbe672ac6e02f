"""The steps of comparing, each run alone on several stories."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from recoupe.compare import edges as graph
from recoupe.compare import figures as figures_
from recoupe.compare import notes as notes_
from recoupe.compare import origins as origins_
from recoupe.compare import utterances as utterances_
from recoupe.compare.scene import Scene
from recoupe.model import Edge, Figure, Note, Origins, Reading, Reuse, Story, Utterance


def scenes(readings: Sequence[Reading], stories: Iterable[Story]) -> list[Scene]:
    """The stories' scenes, by id."""
    by_id = {reading.id: reading for reading in readings}
    return [Scene.of(s.id, (by_id[a] for a in s.articles)) for s in sorted(stories, key=lambda s: s.id)]


def utterances(readings: Sequence[Reading], stories: Iterable[Story]) -> tuple[Utterance, ...]:
    """The utterances of the stories."""
    return tuple(u for scene in scenes(readings, stories) for u in utterances_.of_story(scene))


def figures(
    readings: Sequence[Reading], stories: Iterable[Story], said: Sequence[Utterance] = ()
) -> tuple[Figure, ...]:
    """The figures of the stories, given their utterances."""
    return tuple(
        f
        for scene in scenes(readings, stories)
        for f in figures_.of_story(scene, [u for u in said if u.story == scene.story])
    )


def origins(
    readings: Sequence[Reading],
    stories: Sequence[Story],
    said: Sequence[Utterance],
    counted: Sequence[Figure],
    reuse: Sequence[Reuse],
) -> tuple[tuple[Origins, ...], tuple[Edge, ...]]:
    """The origins of the stories' claims, and the edges."""
    home = {article: story.id for story in stories for article in story.articles}
    found = [
        origins_.of_story(
            scene,
            [u for u in said if u.story == scene.story],
            [f for f in counted if f.story == scene.story],
            [pair for pair in reuse if home[pair.copy] == scene.story],
        )
        for scene in scenes(readings, stories)
    ]
    edges = sorted((edge for _, made in found for edge in made), key=graph.key)
    return tuple(o for traced, _ in found for o in traced), tuple(edges)


def notes(readings: Sequence[Reading], stories: Iterable[Story], reuse: Sequence[Reuse] = ()) -> tuple[Note, ...]:
    """The notes on the stories' articles and on the copies."""
    by_id = {reading.id: reading for reading in readings}
    of_stories = (n for scene in scenes(readings, stories) for n in notes_.of_story(scene.readings))
    return notes_.ordered([*of_stories, *notes_.of_copies(by_id, reuse)])
