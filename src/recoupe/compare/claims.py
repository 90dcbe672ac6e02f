"""What the articles of one story say together: its utterances, figures, origins and notes.

A story's claims rest on its own readings and on the copies among its articles, on nothing else of the pile: where a
story has not changed, neither have its claims.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recoupe.compare import edges as graph
from recoupe.compare import figures, notes, origins, utterances
from recoupe.compare.scene import Scene
from recoupe.model import Comparison, Edge, Figure, Note, Origins, Reading, Repeat, Reuse, Story, Utterance


@dataclass(frozen=True, slots=True)
class Claims:
    """One story's results, each tuple in an order of its own that the order of the readings does not change."""

    utterances: tuple[Utterance, ...] = ()
    figures: tuple[Figure, ...] = ()
    origins: tuple[Origins, ...] = ()
    edges: tuple[Edge, ...] = ()
    notes: tuple[Note, ...] = ()


def of_story(story: Story, readings: Mapping[str, Reading], reuse: Sequence[Reuse]) -> Claims:
    """The claims of one story.

    `readings`: at least those of the story and of the sources in `reuse`; `reuse`: the pairs whose copy is in it.
    """
    scene = Scene.of(story.id, (readings[article] for article in story.articles))
    said = utterances.of_story(scene)
    counted = figures.of_story(scene, said)
    sources, edges = origins.of_story(scene, said, counted, reuse)
    remarks = notes.ordered([*notes.of_story(scene.readings), *notes.of_copies(readings, reuse)])
    return Claims(said, counted, sources, edges, remarks)


def together(
    stories: Sequence[Story], claims: Mapping[str, Claims], reuse: Sequence[Reuse], repeats: Sequence[Repeat]
) -> Comparison:
    """All stories with their claims (by story id) as one result."""
    parts = [claims[story] for story in sorted(claims)]
    return Comparison(
        stories=tuple(stories),
        utterances=tuple(u for part in parts for u in part.utterances),
        figures=tuple(f for part in parts for f in part.figures),
        reuse=tuple(reuse),
        origins=_by_claim(parts),
        edges=tuple(sorted((e for part in parts for e in part.edges), key=graph.key)),
        notes=notes.ordered(n for part in parts for n in part.notes),
        repeats=tuple(repeats),
    )


def _by_claim(parts: Sequence[Claims]) -> tuple[Origins, ...]:
    """The origins in the order of the claims: those of utterances, then those of figures."""
    of_words = [o for part in parts for o in part.origins[: len(part.utterances)]]
    of_numbers = [o for part in parts for o in part.origins[len(part.utterances) :]]
    return (*of_words, *of_numbers)
