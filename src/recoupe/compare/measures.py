"""What a figure measures: the counted thing as one of the measures that news repeats, across words and languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from recoupe.compare.lexicon import table
from recoupe.text import fold

_GENERIC = "generic"
_PERSONS = "persons"
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
    shares: bool  # what is measured is told in percent too
    people: bool  # its nouns are people, so that a predicate says more ("two officers hurt")


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
            bool(entry.get("shares", False)),
            bool(entry.get("people", False)),
        )
        for name, entry in table("measures").items()
    )


def measure(noun: str | None, after: str, before: str) -> Measure | None:
    """The measure of a counted noun amid the folded words on both sides; None where it is none of those known.

    A noun that names a measure settles it; a general noun ("personnes"), one for people, or none leaves it to the
    predicate, the nearest to the number.
    """
    folded = fold(noun or "")
    named = next((m for m in _measures() if m.name not in (_GENERIC, _PERSONS) and _holds(folded, m.nouns)), None)
    if named is not None and not named.people:
        return named
    anybody = named is not None or noun is None or is_generic(noun) or _holds(folded, _by_name(_PERSONS).nouns)
    known = [m for m in _measures() if not m.durations and (anybody or m.any_noun) and not _only_shares(m)]
    return _nearest(known, f" {after} ") or _nearest(known, f" {before} ", last=True) or named


def duration(after: str, before: str) -> Measure | None:
    """The measure of a stretch of time amid the folded words on both sides; None where it is none of those known."""
    known = [m for m in _measures() if m.durations]
    sides = (after, before, f"{before} {after}")
    return next((m for side in sides for m in known if _holds(side, m.predicates)), None)


def share(after: str, before: str) -> Measure | None:
    """The measure of a percentage amid the folded words on both sides; None where it is none of those known."""
    known = [m for m in _measures() if m.shares]
    return _nearest(known, f" {before} ", last=True) or _nearest(known, f" {after} ")


def _only_shares(measure: Measure) -> bool:
    return measure.shares and not measure.nouns


def _nearest(known: Sequence[Measure], padded: str, *, last: bool = False) -> Measure | None:
    """The measure whose predicate comes first on a side, or last; of two at one place the one told in more letters."""
    found = [(at, len(p), m) for m in known for p in m.predicates if (at := _place(padded, p, last=last)) >= 0]
    if not found:
        return None
    return max(found, key=lambda x: (x[0] if last else -x[0], x[1]))[2]


def _place(padded: str, beginning: str, *, last: bool) -> int:
    seek = padded.rfind if last else padded.find
    if len(beginning) > _SHORT:
        return seek(f" {beginning}")
    return max(seek(f" {beginning}{ending} ") for ending in _ENDINGS)


def is_generic(noun: str) -> bool:
    """Whether the noun only says that people or things are counted."""
    return _holds(fold(noun), _by_name(_GENERIC).nouns)


@cache
def is_person(noun: str) -> bool:
    """Whether the noun names people, of one kind or any."""
    nouns = (n for m in _measures() if m.people or m.name in (_GENERIC, _PERSONS) for n in m.nouns)
    return _holds(fold(noun), tuple(nouns))


@cache
def _by_name(name: str) -> Measure:
    return next(m for m in _measures() if m.name == name)


def _holds(folded: str, beginnings: tuple[str, ...]) -> bool:
    """Whether a word begins so; short entries are whole words but for an ending ("tué", "tuées", not "Tuesday")."""
    padded = f" {folded} "
    return any(_place(padded, b, last=False) >= 0 for b in beginnings)
