"""Readings with numbers, for tests of figures: the numbers are found by their words."""

from __future__ import annotations

from collections.abc import Mapping

from recoupe.model import Article, Attribution, Figure, Quantity, Reading, Story
from recoupe.text import Span
from tests.compare import steps


def reading(
    name: str,
    text: str,
    numbers: Mapping[str, tuple[float, str | None]],
    *,
    published: str | None = None,
    said: dict[str, str] | None = None,
    lang: str = "fr",
) -> Reading:
    """An article with `numbers` (words -> value and unit) and reports (`said`: words -> speaker)."""

    def span(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    return Reading(
        Article(name, text, lang=lang, published=published),
        tuple(Attribution("indirect", (span(words),), None, None, who) for words, who in (said or {}).items()),
        tuple(sorted((Quantity(span(w), v, u) for w, (v, u) in numbers.items()), key=lambda q: q.span)),
    )


def only(*readings: Reading) -> Figure:
    """The one figure of a story of these readings."""
    found = figures(*readings)
    assert len(found) == 1, found
    return found[0]


def figures(*readings: Reading) -> tuple[Figure, ...]:
    """The figures of a story of these readings."""
    return steps.figures(readings, [Story("s", tuple(r.id for r in readings))], ())
