"""The invented dossier many times side by side: what a desk has after a month."""

from __future__ import annotations

import dataclasses

from recoupe.model import Article, Attribution, Comparison, Dossier, Reading, Repeat, RepeatPlace, Story
from recoupe.text import Span
from tests.report.story import dossier


def stories(count: int) -> Dossier:
    """The invented dossier `count` times side by side, each with names of its own."""
    first = dossier()
    readings: list[Reading] = []
    parts: dict[str, list[object]] = {}
    for n in range(count):
        ids = {r.id: f"{r.id}-{n:03}" for r in first.readings}
        ids |= {s.id: f"{s.id}-{n:03}" for s in first.comparison.stories}
        ids |= {u.id: f"{u.id}-{n:03}" for u in first.comparison.utterances}
        ids |= {f.id: f"{f.id}-{n:03}" for f in first.comparison.figures}
        readings += [
            dataclasses.replace(r, article=dataclasses.replace(r.article, id=ids[r.id])) for r in first.readings
        ]
        for each in dataclasses.fields(Comparison):
            items = getattr(first.comparison, each.name)
            parts.setdefault(each.name, []).extend(_renamed(item, ids) for item in items)
    return Dossier(tuple(readings), Comparison(**{key: tuple(items) for key, items in parts.items()}))  # type: ignore[arg-type]


SLOGAN = "“We have asked for talks and nobody has answered,” said Moira Quill."


def sloganeer(count: int) -> Dossier:
    """One statement made again in `count` stories of one article and of one thread, day by day; the last is undated."""
    said = Attribution("direct", (Span(1, SLOGAN.index(",")),), speaker="Moira Quill")
    days = [f"2031-{day // 28 + 1:02}-{day % 28 + 1:02}" for day in range(count - 1)]
    readings = tuple(
        Reading(Article(f"a{n:03}", SLOGAN, f"Day {n}", "en", "Harbour Post", day), (said,))
        for n, day in enumerate([*days, None])
    )
    stories = tuple(Story(f"s{n:03}", (reading.id,), (), "t") for n, reading in enumerate(readings))
    places = tuple(RepeatPlace(f"s{n:03}", reading.id, 0, said.content) for n, reading in enumerate(readings))
    return Dossier(readings, Comparison(stories, repeats=(Repeat("q", "Moira Quill", places, "same words"),)))


def _renamed(value: object, ids: dict[str, str]) -> object:
    """`value` with every id in it replaced."""
    if isinstance(value, str):
        return ids.get(value, value)
    if type(value) is tuple:
        return tuple(_renamed(item, ids) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: _renamed(getattr(value, f.name), ids) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **changed)
    return value
