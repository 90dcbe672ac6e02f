"""The rules for calendar expressions, compiled from `<language>/times.toml`.

A rule's pattern has slots for the tables of names and for the regular expressions in `[slots]`; all rules of a language
make one joint expression besides, of which the alternative that matched tells the rule.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from recoupe.read import numerals, timex
from recoupe.read.tables import table

_WORD = re.compile(r"\w+")
_SLOT = re.compile(r"\{(\w+)(?::(\w+))?\}")
_CLASS_OR_SPACE = re.compile(r"\[[^\]]*\]| ")
_GROUP = re.compile(r"\(\?P<\w+>")
_NUMBERS = frozenset({"year", "day", "number", "figures"})
_ENTRY = r"(?<![\w@#/-])(?<!\d[.,:])"
_EXIT = r"(?!\w)"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its pattern, what must or must not stand before it, and what its kind of reckoning needs."""

    name: str
    kind: str
    regex: re.Pattern[str]
    before: re.Pattern[str] | None
    refused: re.Pattern[str] | None
    refused_for: frozenset[str]
    bare: re.Pattern[str] | None
    around: re.Pattern[str] | None
    unit: timex.Unit
    shift: int
    shifts: Mapping[str, int]
    side: int
    mentioned: bool
    quantity: bool


@dataclass(frozen=True, slots=True)
class Grammar:
    """The rules of a language and the words that announce one (`triggers`; `years`: four figures do too)."""

    lang: str
    names: Mapping[str, Mapping[str, Any]]
    triggers: frozenset[str]
    years: bool
    rules: tuple[Rule, ...]
    any: re.Pattern[str]
    orthography: Mapping[str, str]
    licences: Mapping[str, re.Pattern[str]]


@cache
def grammar_of(lang: str) -> Grammar:
    """The rules of a language, compiled once."""
    data = table(lang, "times")
    names: Mapping[str, Mapping[str, Any]] = data["names"]
    slots = dict(data["slots"])
    triggers: set[str] = set()
    rules, patterns = [], []
    for index, entry in enumerate(data["rule"]):
        pattern = _expand(entry["pattern"], names, slots, lang) + entry.get("after", "")
        rules.append(_rule(entry, pattern))
        patterns.append(f"(?P<r{index}>{_GROUP.sub('(?:', pattern)})")
        for word in entry["on"]:
            slot = _SLOT.fullmatch(word)
            triggers.update(_WORD.findall(" ".join(names.get(slot[1], ()))) if slot else [word])
    orthography = data["orthography"]
    licences = {key: re.compile(value) for key, value in orthography.items() if key != "months"}
    return Grammar(
        lang=lang,
        names=names,
        triggers=frozenset(triggers),
        years=any("{year}" in entry["on"] for entry in data["rule"]),
        rules=tuple(rules),
        any=re.compile(f"{_ENTRY}(?:{'|'.join(patterns)}){_EXIT}"),
        orthography=orthography,
        licences=licences,
    )


def _rule(entry: Mapping[str, Any], pattern: str) -> Rule:
    def regex(key: str) -> re.Pattern[str] | None:
        return re.compile(entry[key]) if key in entry else None

    return Rule(
        name=entry["name"],
        kind=entry["kind"],
        regex=re.compile(pattern + _EXIT),
        before=regex("before"),
        refused=regex("refused"),
        refused_for=frozenset(entry.get("refused_for", ())),
        bare=regex("bare"),
        around=regex("around"),
        unit=entry.get("unit", "day"),
        shift=entry.get("shift", 0),
        shifts=entry.get("shifts", {}),
        side=entry.get("side", 0),
        mentioned=entry.get("base") == "mentioned",
        quantity=entry.get("quantity", False),
    )


@cache
def counting(lang: str) -> frozenset[str]:
    """The names of the rules whose expressions are a quantity too ("il y a 30 ans"); a `Time` names its rule."""
    return frozenset(rule.name for rule in grammar_of(lang).rules if rule.quantity)


def _expand(pattern: str, names: Mapping[str, Mapping[str, Any]], slots: Mapping[str, str], lang: str) -> str:
    """The pattern with its slots filled; names become named groups, a space matches a line break too.

    A group that comes a second time, in another branch, is numbered: "month", "month2".
    """
    used: dict[str, int] = {}

    def fill(match: re.Match[str]) -> str:
        key = match[1]
        alias = _numbered(match[2] or key, used) if key in names or key in _NUMBERS else key
        if key in names:
            words = sorted(names[key], key=lambda w: (-len(w), w))
            return f"(?P<{alias}>{'|'.join(re.escape(w).replace(chr(92) + ' ', ' ') for w in words) or '(?!)'})"
        if key == "number":
            return f"(?P<{alias}>{numerals.pattern(lang)})"
        if key == "figures":
            return f"(?P<{alias}>0?[1-9]|1[0-2])"
        if key in _NUMBERS:
            return f"(?P<{alias}>{slots[key]})"
        return f"(?:{_SLOT.sub(fill, slots[key])})"

    filled = _SLOT.sub(fill, pattern)
    return _CLASS_OR_SPACE.sub(lambda m: r"[ \n]" if m[0] == " " else m[0], filled)


def _numbered(alias: str, used: dict[str, int]) -> str:
    used[alias] = used.get(alias, 0) + 1
    return alias if used[alias] == 1 else f"{alias}{used[alias]}"
