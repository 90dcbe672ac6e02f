"""What a figure measures: the counted thing as one of the measures that news repeats, across words and languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from recoupe.compare.lexicon import table
from recoupe.text import fold

_GENERIC = "generic"
_SHORT = 4
_ENDINGS = ("", "e", "s", "es")


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: its nouns and predicates as beginnings of words, and whether its count changes with time."""

    name: str
    evolves: bool
    nouns: tuple[str, ...]
    predicates: tuple[str, ...]
    any_noun: bool  # the predicate makes the measure whatever is counted: shirts, books or tickets sold
    durations: bool  # what is measured is a stretch of time


@cache
def _measures() -> tuple[Measure, ...]:
    return tuple(
        Measure(
            name,
            bool(entry["evolves"]),
            tuple(entry["nouns"]),
            tuple(entry["predicates"]),
            bool(entry.get("any_noun", False)),
            bool(entry.get("durations", False)),
        )
        for name, entry in table("measures").items()
    )


def measure(noun: str | None, around: str) -> Measure | None:
    """The measure of a counted noun amid the folded words around it; None where it is none of those known.

    A noun that names a measure settles it; a general noun ("personnes"), or none, leaves it to the predicate.
    """
    folded = fold(noun or "")
    named = next((m for m in _measures() if m.name != _GENERIC and _holds(folded, m.nouns)), None)
    if named is not None:
        return named
    if noun is None or is_generic(noun):
        return next((m for m in _measures() if not m.durations and _holds(around, m.predicates)), None)
    return next((m for m in _measures() if m.any_noun and _holds(around, m.predicates)), None)


def duration(around: str) -> Measure | None:
    """The measure of a stretch of time amid the folded words around it; None where it is none of those known."""
    return next((m for m in _measures() if m.durations and _holds(around, m.predicates)), None)


def is_generic(noun: str) -> bool:
    """Whether the noun only says that people or things are counted."""
    folded = fold(noun)
    return any(_holds(folded, m.nouns) for m in _measures() if m.name == _GENERIC)


def _holds(folded: str, beginnings: tuple[str, ...]) -> bool:
    """Whether a word begins so; short entries are whole words but for an ending ("tué", "tuées", not "Tuesday")."""
    padded = f" {folded} "
    return any(
        f" {b}" in padded if len(b) > _SHORT else any(f" {b}{ending} " in padded for ending in _ENDINGS)
        for b in beginnings
    )
