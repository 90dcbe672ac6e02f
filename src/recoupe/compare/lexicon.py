"""What comparing knows of each language: the TOML files in `data`, loaded once.

A language that has no file gets an empty lexicon: its articles are compared by their bare words.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

_DATA = files("recoupe.compare").joinpath("data")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Words and runs of words that tell one thing: "demanded", "pressed for"."""

    words: frozenset[str] = frozenset()
    runs: tuple[str, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[str]) -> Phrases:
        """The entries, folded, those of several words apart."""
        found = sorted(set(entries))
        return cls(frozenset(e for e in found if " " not in e), tuple(e for e in found if " " in e))

    def told(self, folds: Sequence[str]) -> bool:
        """Whether one of them stands among the folded words, in order."""
        if not self.words.isdisjoint(folds):
            return True
        joined = f" {' '.join(folds)} "
        return any(f" {run} " in joined for run in self.runs)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's words, folded (see `recoupe.text.fold`), by the part that they play in a comparison."""

    stop: frozenset[str] = frozenset()
    frame: frozenset[str] = frozenset()
    time: frozenset[str] = frozenset()
    finite: frozenset[str] = frozenset()
    joints: frozenset[str] = frozenset()
    when: frozenset[str] = frozenset()
    contrasts: tuple[str, ...] = ()
    numbers: Mapping[str, float] = field(default_factory=dict)
    scales: Mapping[str, float] = field(default_factory=dict)
    spelled: frozenset[str] = frozenset()
    tally: frozenset[str] = frozenset()
    rates: Mapping[str, Phrases] = field(default_factory=dict)
    ballot: frozenset[str] = frozenset()
    favour: frozenset[str] = frozenset()
    against: frozenset[str] = frozenset()
    particle: frozenset[str] = frozenset()
    restrictive: frozenset[str] = frozenset()
    second: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    inner: tuple[str, ...] = ()
    more: frozenset[str] = frozenset()
    less: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()
    conditional: frozenset[str] = frozenset()
    conditional_endings: tuple[str, ...] = ()
    future_endings: tuple[str, ...] = ()
    future: frozenset[str] = frozenset()
    certain: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    auxiliaries: Mapping[str, frozenset[str]] = field(default_factory=dict)
    quantifiers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    weekdays: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    one: frozenset[str] = frozenset()
    doubt: frozenset[str] = frozenset()
    opposites: tuple[tuple[str, str], ...] = ()
    determiners: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    generic: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    unnamed: frozenset[str] = frozenset()
    private: frozenset[str] = frozenset()
    vague: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    press: frozenset[str] = frozenset()
    language_names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    peoples: Mapping[str, frozenset[str]] = field(default_factory=dict)
    status: Mapping[str, Phrases] = field(default_factory=dict)
    now: Phrases = Phrases()
    running: Phrases = Phrases()
    changed: frozenset[str] = frozenset()
    level: frozenset[str] = frozenset()
    compared: Phrases = Phrases()
    counts: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    former: frozenset[str] = frozenset()
    since: frozenset[str] = frozenset()
    part: Phrases = Phrases()
    parted: Phrases = Phrases()
    added: Phrases = Phrases()
    another: frozenset[str] = frozenset()
    sourcing: Phrases = Phrases()
    informants: frozenset[str] = frozenset()
    revised: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    opposed: frozenset[str] = frozenset()
    own: Phrases = Phrases()
    demonyms: tuple[str, ...] = ()
    disputed: Phrases = Phrases()
    heads: frozenset[str] = frozenset()
    age: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    aging: frozenset[str] = frozenset()
    possessive: tuple[str, ...] = ()
    last: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    place_prepositions: frozenset[str] = frozenset()
    wide_places: frozenset[str] = frozenset()


def table(name: str) -> dict[str, Any]:
    """The TOML file `name` of the package's data."""
    return tomllib.loads(_DATA.joinpath(*f"{name}.toml".split("/")).read_text(encoding="utf-8"))


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a file, sorted."""
    found = _DATA.joinpath("languages").iterdir()
    return tuple(sorted(f.name.removesuffix(".toml") for f in found if f.name.endswith(".toml")))


@cache
def lexicon(lang: str | None) -> Lexicon:
    """The lexicon of `lang` (ISO 639-1); an empty one where there is none."""
    if lang not in languages():
        return Lexicon()
    raw = table(f"languages/{lang}")
    words, negation, modality = raw["words"], raw["negation"], raw["modality"]
    speakers, figures = raw["speakers"], raw["figures"]
    return Lexicon(
        stop=_set(words["stop"].split()),
        frame=_set(words["frame"].split()),
        time=_set(words["time"].split()),
        finite=_set(words["finite"].split()),
        joints=_set(words["joints"]),
        when=_set(words["when"]),
        contrasts=tuple(words["contrasts"]),
        numbers={key: float(value) for key, value in raw["numbers"]["words"].items()},
        scales={key: float(value) for key, value in raw["numbers"]["scales"].items()},
        spelled=_set(raw["numbers"]["words"]) | _set(raw["numbers"]["joints"]),
        tally=_set(figures["vote"]["tally"]),
        rates={name: Phrases.of(entries) for name, entries in sorted(figures["rates"].items())},
        ballot=_set(figures["vote"]["ballot"]),
        favour=_set(figures["vote"]["favour"]),
        against=_set(figures["vote"]["against"]),
        particle=_set(negation["particle"]),
        restrictive=_set(negation["restrictive"]),
        second=_set(negation["second"]),
        alone=_set(negation["alone"]),
        whole=_set(negation["whole"]),
        inner=tuple(negation["inner"]),
        more=_set(raw["degree"]["more"]),
        less=_set(raw["degree"]["less"]),
        possible=_set(modality["possible"]),
        required=_set(modality["required"]),
        weak=_set(modality["weak"]),
        conditional=_set(modality["conditional"]),
        conditional_endings=tuple(modality["conditional_endings"]),
        future_endings=tuple(modality["future_endings"]),
        future=_set(modality["future"]),
        certain=_set(modality["certain"]),
        conditions=_set(modality["conditions"]),
        auxiliaries=_sets(modality["auxiliaries"]),
        quantifiers=_sets(raw["quantifiers"]),
        weekdays=tuple(raw["calendar"]["weekdays"]),
        months=tuple(raw["calendar"]["months"]),
        one=_set(raw["numbers"]["one"]),
        doubt=_set(negation["doubt"]),
        opposites=tuple((a, b) for a, b in raw["opposites"]["pairs"]),
        determiners=_set(speakers["determiners"]),
        titles=_set(speakers["titles"]),
        particles=_set(speakers["particles"]),
        generic=_set(speakers["generic"]),
        bodies=_set(speakers["bodies"]),
        unnamed=_set(speakers["unnamed"]),
        private=_set(speakers["private"]),
        vague=_set(speakers["vague"]),
        links=_set(speakers["links"]),
        press=_set(speakers["press"]),
        language_names=_sets(raw["language"]["names"]),
        peoples=_sets(raw["language"]["peoples"]),
        status={name: Phrases.of(entries) for name, entries in sorted(figures["status"].items())},
        now=Phrases.of(figures["update"]["now"]),
        running=Phrases.of(figures["update"]["running"]),
        changed=_set(figures["update"]["changed"]),
        level=_set(figures["update"]["level"]),
        compared=Phrases.of(figures["update"]["compared"]),
        counts=_set(figures["update"]["counts"]),
        given=_set(figures["update"]["given"]),
        before=_set(figures["update"]["before"]),
        former=_set(figures["update"]["former"]),
        since=_set(figures["update"]["since"]),
        part=Phrases.of(figures["part"]),
        parted=Phrases.of(figures["parted"]),
        added=Phrases.of(figures["added"]),
        another=_set(figures["another"]),
        sourcing=Phrases.of(figures["sourcing"]),
        informants=_set(figures["informants"]),
        revised=_set(figures["update"]["revised"]),
        stages=_set(figures["update"]["stages"]),
        opposed=_set(figures["opposed"]),
        own=Phrases.of(figures["own"]),
        demonyms=tuple(figures["demonyms"]),
        disputed=Phrases.of(figures["disputed"]),
        heads=_set(figures["heads"]),
        age=_set(figures["age"]),
        persons=_set(figures["persons"]),
        pronouns=_set(figures["pronouns"]),
        aging=_set(figures["aging"]),
        possessive=tuple(figures["possessive"]),
        last=_set(figures["update"]["last"]),
        of=_set(figures["of"]),
        place_prepositions=_set(figures["place"]["prepositions"]),
        wide_places=_set(figures["place"]["wide"]),
    )


@cache
def everywhere() -> Lexicon:
    """All languages in one: for speakers' names, which cross languages with their titles and determiners."""
    all_of = [lexicon(lang) for lang in languages()]

    return Lexicon(
        stop=frozenset[str]().union(*(one.stop for one in all_of)),
        determiners=frozenset[str]().union(*(one.determiners for one in all_of)),
        titles=frozenset[str]().union(*(one.titles for one in all_of)),
        particles=frozenset[str]().union(*(one.particles for one in all_of)),
        generic=frozenset[str]().union(*(one.generic for one in all_of)),
        bodies=frozenset[str]().union(*(one.bodies for one in all_of)),
        unnamed=frozenset[str]().union(*(one.unnamed for one in all_of)),
        private=frozenset[str]().union(*(one.private for one in all_of)),
        vague=frozenset[str]().union(*(one.vague for one in all_of)),
        links=frozenset[str]().union(*(one.links for one in all_of)),
        press=frozenset[str]().union(*(one.press for one in all_of)),
    )


@cache
def roles() -> dict[str, str]:
    """Folded word -> the office or calling that it names, for all languages."""
    return {word: role for role, group in sorted(table("roles").items()) for word in group}


def _set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(words)


def _sets(groups: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(words) for key, words in sorted(groups.items())}
