"""The words that heads of articles are made of, from data files: `heads/<language>.toml`, `common.toml`, `html.toml`.

A further language is a further file in `heads/`; nothing else names the languages.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of an article looks like in one language; all words in lower case but `not_places`, folded too."""

    name: str  # ISO 639-1
    day_first: bool  # whether 05/11/2024 is the 5th of November; False: it cannot be told
    months: Mapping[str, int]
    weekdays: tuple[str, ...]
    ordinals: tuple[str, ...]
    joiners: tuple[str, ...]
    authors: tuple[str, ...]
    published: tuple[str, ...]
    updated: tuple[str, ...]
    trailers: tuple[str, ...]
    conjunctions: tuple[str, ...]
    not_places: frozenset[str]


@dataclass(frozen=True, slots=True)
class Common:
    """What heads have in common: zone names with their offsets, the small words inside names."""

    zones: Mapping[str, str]
    particles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Where web pages state their metadata: `meta` names by field, class words by field, schema.org article types."""

    meta: Mapping[str, tuple[str, ...]]
    marks: Mapping[str, frozenset[str]]
    articles: frozenset[str]


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(files("recoupe.ingest").joinpath(name).read_text(encoding="utf-8"))


def _head(data: dict[str, Any]) -> Head:
    byline = data["byline"]
    return Head(
        name=data["name"],
        day_first=data["numeric_order"] == "dmy",
        months=MappingProxyType(data["months"]),
        weekdays=tuple(data["dates"]["weekdays"]),
        ordinals=tuple(data["dates"]["ordinals"]),
        joiners=tuple(data["dates"]["joiners"]),
        authors=tuple(byline["authors"]),
        published=tuple(byline["published"]),
        updated=tuple(byline["updated"]),
        trailers=tuple(byline["trailers"]),
        conjunctions=tuple(byline["conjunctions"]),
        not_places=frozenset(data["dateline"]["not_places"]),
    )


@cache
def heads() -> tuple[Head, ...]:
    """The head of every language that has a data file, in the order of their codes."""
    names = sorted(entry.name for entry in files("recoupe.ingest").joinpath("heads").iterdir())
    return tuple(_head(_load(f"heads/{name}")) for name in names if name.endswith(".toml"))


@cache
def common() -> Common:
    """What heads have in common whatever the language."""
    data = _load("common.toml")
    return Common(zones=MappingProxyType(data["zones"]), particles=tuple(data["names"]["particles"]))


@cache
def page() -> Page:
    """Where web pages state their metadata."""
    data = _load("html.toml")
    return Page(
        meta=MappingProxyType({field: tuple(names) for field, names in data["meta"].items()}),
        marks=MappingProxyType({field: frozenset(words) for field, words in data["marks"].items()}),
        articles=frozenset(data["jsonld"]["articles"]),
    )
