"""How one language writes names: forms of address, particles, words with a capital that open no name."""

from __future__ import annotations

import re
from functools import cache

from recoupe.read.tables import table


class Naming:
    """How one language writes names (`<language>/names.toml`).  Immutable: get it from `naming`."""

    def __init__(self, lang: str) -> None:
        data = table(lang, "names")
        self.honorifics: dict[str, str] = {}
        for gender, words in (("m", "m"), ("f", "f"), ("", "none")):
            self.honorifics |= dict.fromkeys(data["honorifics"][words], gender)
        self.inner = frozenset(data["particles"]["inner"])
        self.noble = frozenset(data["particles"]["noble"])
        self.calendar = frozenset(data["openers"]["calendar"].split())
        self.openers = self.calendar | frozenset(data["openers"]["words"].split())
        self.adjectives = frozenset(data["openers"]["adjectives"].split())
        self.body_cues = frozenset(data["cues"]["organisation"])
        self.place_cues = frozenset(data["cues"]["place"])
        self.aged = re.compile(data["cues"]["aged"])  # the age behind a person's name
        self.elided = frozenset(data["particles"]["elided"])
        self.named_nouns = frozenset(data["cues"]["named"])
        self.participles: tuple[str, ...] = tuple(data["cues"]["participles"])
        self.contracted = frozenset(data["particles"]["contracted"])
        self.articles = frozenset(data["particles"]["articles"])
        self.owners = tuple(f"{mark} " for mark in data["possessive"]["marks"])  # after an owner, before what is owned
        self.all_particles = self.inner | self.noble


@cache
def naming(lang: str) -> Naming:
    """How a language writes names, loaded once."""
    return Naming(lang)
