"""What finding quantities works on: the rules of a language, numbers on their way to be quantities, and their text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from recoupe.model import Modifier
from recoupe.read import numerals
from recoupe.read.measures import Measures
from recoupe.read.numerals import Numeral
from recoupe.read.tables import table

MODIFIERS: Final[tuple[Modifier, ...]] = ("at least", "at most", "less than", "more than", "about")

_BEFORE = 60  # characters before a number in which its modifier or licence stands
_GATE = ("direct", "part", "other", "alone", "persons", "list_before", "amounting", "number_subject")
_SENTENCE = re.compile(r"[.!?…][\"'»”’)]*\s+|\n")
_ABBREVIATED = re.compile(r"[\w-]{1,12}\.$")


@dataclass(frozen=True, slots=True)
class Rules:
    """The patterns and lists of `<language>/quantities.toml`."""

    lang: str
    modifiers: Mapping[str, re.Pattern[str]]
    modifiers_after: Mapping[str, re.Pattern[str]]
    one: re.Pattern[str]
    whole: re.Pattern[str]
    throughout: re.Pattern[str]
    within: re.Pattern[str]
    minus: re.Pattern[str]
    together: re.Pattern[str]
    ratio: re.Pattern[str]
    denominators: frozenset[int]
    below: int
    range: re.Pattern[str]
    list: re.Pattern[str]
    plain_and: re.Pattern[str]
    opener: re.Pattern[str]
    bare: Mapping[str, re.Pattern[str]]
    refused: Mapping[str, re.Pattern[str]]
    age_units: tuple[str, ...]  # the first is that of an age said without one
    not_persons: frozenset[str]
    times_words: frozenset[str]
    plural_from: float
    amounts: frozenset[str]  # nouns that count money behind a scale
    person: str  # the unit of people counted without a noun
    function_words: frozenset[str]
    gate: re.Pattern[str]  # any of the words before a number that may make it a quantity without a noun


@cache
def rules_of(lang: str) -> Rules:
    """The rules of a language, built once."""
    data: Mapping[str, Any] = table(lang, "quantities")
    refused, bare, rule = data["refused"], data["bare"], data["modifiers_rule"]
    return Rules(
        lang=lang,
        modifiers={name: re.compile(data["modifiers"][name]) for name in MODIFIERS},
        modifiers_after={name: re.compile(p) for name, p in data["modifiers_after"].items()},
        one=re.compile(rule["one"]),
        whole=re.compile(rule["whole"]),
        throughout=re.compile(rule["throughout"]),
        within=re.compile(rule["within"]),
        minus=re.compile(rule["minus"]),
        together=re.compile(rule["together"]),
        ratio=re.compile(data["ratio"]["between"]),
        denominators=frozenset(data["ratio"]["denominators"]),
        below=data["ratio"]["numerator_below"],
        range=re.compile(data["range"]["between"]),
        list=re.compile(data["range"]["list"]),
        plain_and=re.compile(data["range"]["plain_and"]),
        opener=re.compile(data["range"]["opener"]),
        bare={name: re.compile(p.replace("{number}", numerals.pattern(lang))) for name, p in bare.items()},
        refused={name: re.compile(p) for name, p in refused.items() if isinstance(p, str)},
        age_units=tuple(refused["age_units"]),
        not_persons=frozenset(refused["not_persons"]),
        times_words=frozenset(refused["times_word"]),
        person=str(data["nouns"]["participle_unit"]),
        amounts=frozenset(data["nouns"]["amounts"]),
        plural_from=float(data["nouns"]["plural_from"]),
        function_words=frozenset(data["nouns"]["function_words"]),
        gate=re.compile("|".join(f"(?:{p})" for p in [*data["modifiers"].values(), *(bare[n] for n in _GATE)])),
    )


@dataclass(slots=True)
class Draft:
    """A number on its way to be a quantity; `unit` None and `settled` False: not known yet."""

    numeral: Numeral
    start: int
    end: int
    value: float
    unit: str | None = None
    kind: str = "bare"  # percent, money, measure, duration, noun, count, ratio, bare
    reason: str = ""
    settled: bool = False
    modifier: Modifier | None = None


@dataclass(slots=True)
class Passage:
    """A text under reading and the quantities found in it so far; `lowered` is its plain view."""

    text: str
    lowered: str
    rules: Rules
    measures: Measures
    breaks: list[int]  # where its sentences begin
    done: list[Draft] = field(default_factory=list)
    hours: int = -1  # the start of the last sentence with a length of time in hours: others in it are none of the clock

    def before(self, at: int, regex: re.Pattern[str]) -> re.Match[str] | None:
        """What `regex`, which ends in `$`, matches right before `at`; no such words end in a figure."""
        if self.lowered[max(0, at - 2) : at].rstrip()[-1:].isdigit():
            return None
        return regex.search(self.lowered, max(0, at - _BEFORE), at)

    def between(self, first: int, second: int) -> str:
        """The plain words from `first` to `second`."""
        return self.lowered[first:second]

    def sentence(self, at: int) -> int:
        """Where the sentence that holds `at` begins."""
        index = bisect_right(self.breaks, at)
        return self.breaks[index - 1] if index else 0


def passage(text: str, lowered: str, lang: str) -> Passage:
    """The text made ready for reading."""
    never = _never_ends(lang)
    breaks = [m.end() for m in _SENTENCE.finditer(lowered) if not _is_abbreviated(lowered, m.start(), never)]
    return Passage(text, lowered, rules_of(lang), Measures(text, lowered, lang), breaks)


def _is_abbreviated(lowered: str, mark: int, never: frozenset[str]) -> bool:
    """Whether the mark is the full stop of an abbreviation after which no sentence ends ("Mr.")."""
    word = _ABBREVIATED.search(lowered, max(0, mark - 13), mark + 1)
    return word is not None and word[0] in never


@cache
def _never_ends(lang: str) -> frozenset[str]:
    return frozenset(str(word).lower() for word in table(lang, "abbreviations")["never_ends"])
