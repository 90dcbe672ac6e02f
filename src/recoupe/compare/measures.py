"""What a figure measures: the counted thing as one of the measures that news repeats, across words and languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

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
    named, anybody = _told_by(noun)
    if named is not None and not named.people:
        return named
    known = "anybody" if anybody else "anything"
    return _nearest(known, f" {after} ") or _nearest(known, f" {before} ", last=True) or named


@lru_cache(maxsize=4096)
def _told_by(noun: str | None) -> tuple[Measure | None, bool]:
    """The measure that a noun names, and whether it leaves open which people are meant."""
    folded = fold(noun or "")
    named = next((m for m in _measures() if m.name not in (_GENERIC, _PERSONS) and _holds(folded, m.nouns)), None)
    persons = _holds(folded, _by_name(_PERSONS).nouns)
    return named, named is not None or noun is None or is_generic(noun) or persons


def duration(after: str, before: str) -> Measure | None:
    """The measure of a stretch of time amid the folded words on both sides; None where it is none of those known."""
    known = [m for m in _measures() if m.durations]
    sides = (after, before, f"{before} {after}")
    return next((m for side in sides for m in known if _holds(side, m.predicates)), None)


def share(after: str, before: str) -> Measure | None:
    """The measure of a percentage amid the folded words on both sides; None where it is none of those known."""
    return _nearest("shares", f" {before} ", last=True) or _nearest("shares", f" {after} ")


@cache
def _predicates(known: str) -> tuple[re.Pattern[str], tuple[Measure, ...]]:
    """A pattern of the predicates that may tell a number of this kind, the longest first, and the measure of each."""
    counts = [m for m in _measures() if not m.durations and (m.nouns or not m.shares)]
    fitting = {
        "anybody": counts,
        "anything": [m for m in counts if m.any_noun],
        "shares": [m for m in _measures() if m.shares],
    }[known]
    found: dict[str, Measure] = {}
    for one in fitting:
        for predicate in one.predicates:
            found.setdefault(predicate, one)
    ordered = sorted(found, key=lambda p: (-len(p), p))
    ends = f"(?:{'|'.join(sorted(_ENDINGS, reverse=True))})(?= )"
    told = "|".join(f"({re.escape(p)}{'' if len(p) > _SHORT else ends})" for p in ordered)
    return re.compile(f"(?<= )(?:{told})"), tuple(found[p] for p in ordered)


def _nearest(known: str, padded: str, *, last: bool = False) -> Measure | None:
    """The measure whose predicate comes first on a side, or last; of two at one place the one told in more letters."""
    pattern, measures = _predicates(known)
    found = [*pattern.finditer(padded)] if last else [*islice(pattern.finditer(padded), 1)]
    return measures[(found[-1].lastindex or 1) - 1] if found else None


@lru_cache(maxsize=4096)
def is_generic(noun: str) -> bool:
    """Whether the noun only says that people or things are counted."""
    return _holds(fold(noun), _by_name(_GENERIC).nouns)


@lru_cache(maxsize=4096)
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
    return any(
        f" {b}" in padded if len(b) > _SHORT else any(f" {b}{ending} " in padded for ending in _ENDINGS)
        for b in beginnings
    )
