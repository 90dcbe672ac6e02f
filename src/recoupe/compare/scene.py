"""One story's articles with who speaks in them: made once, and looked at by each step that compares its claims."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from recoupe.compare.meaning import Meaning
from recoupe.compare.names import Speakers
from recoupe.model import Reading


@dataclass(frozen=True, slots=True)
class Scene:
    """A story's id, its readings by id, its speakers, and likeness of meaning."""

    story: str
    readings: tuple[Reading, ...]
    speakers: Speakers
    meaning: Meaning

    @classmethod
    def of(cls, story: str, readings: Iterable[Reading]) -> Scene:
        """The scene of these readings, which may come in any order.

        Each story has vectors of its own: a vector's last digit depends on the texts that are encoded with it, and what
        a story gives must depend on its own articles only.
        """
        meaning = Meaning()
        ordered = tuple(sorted(readings, key=lambda reading: reading.id))
        return cls(story, ordered, Speakers(ordered, meaning), meaning)
