"""The cue lexicon of a language: the words that report speech, with the frames they take.

Verbs come with all their forms, generated from `conjugation.toml`, because the small models' lemmas are not to be
relied on.  A `Cue` is an entry of `cues.toml`; `Lexicon.at` finds the entries a word may begin.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from recoupe.model import Act, Polarity
from recoupe.read.tables import table

Form = Literal["finite", "past", "present", "infinitive"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting verb: its dictionary form, what follows it ("savoir" of "faire savoir"), and its frames."""

    lemma: str
    rest: tuple[str, ...]
    reflexive: bool
    frames: frozenset[str]
    act: Act
    polarity: Polarity


@dataclass(frozen=True, slots=True)
class Preposition:
    """A phrase that names a source without a verb ("selon"), as words.

    `opening`: only at the head of a clause; `relay`: names who relays a whole statement ("..., cited by Reuters").
    """

    words: tuple[str, ...]
    opening: bool
    relay: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All cues of a language by the first word of each form, and the words that make a sentence worth parsing."""

    verbs: Mapping[str, tuple[tuple[Cue, Form], ...]]
    prepositions: Mapping[str, tuple[Preposition, ...]]
    triggers: frozenset[str]


class _Conjugator:
    def __init__(self, rules: Mapping[str, Any]) -> None:
        self._classes = list(rules["class"])
        self._irregular: dict[str, Mapping[str, list[str]]] = dict(rules.get("irregular", {}))

    def forms(self, infinitive: str) -> list[tuple[str, Form]]:
        """Each form of the verb with what it is."""
        result: list[tuple[str, Form]] = [(infinitive, "infinitive")]
        stem, rules = self._rules(infinitive)
        for kind in ("finite", "past", "present"):
            result += [(stem + ending, kind) for ending in rules[kind]]
        return result

    def _rules(self, infinitive: str) -> tuple[str, Mapping[str, Any]]:
        if infinitive in self._irregular:
            return "", self._irregular[infinitive]
        for ending in sorted(self._irregular, key=len, reverse=True):
            if infinitive.endswith(ending):
                return infinitive[: -len(ending)], self._irregular[ending]
        for rules in self._classes:
            ending = str(rules["ending"])
            if infinitive.endswith(ending):
                return infinitive[: len(infinitive) - len(ending)], rules
        raise ValueError(f"no conjugation for {infinitive!r}")


def _merge(groups: Iterable[Mapping[str, Any]]) -> list[Cue]:
    """One cue for each verb and act: a verb may stand in several groups, and takes the frames of all of them."""
    frames: dict[tuple[str, Act, bool], set[str]] = defaultdict(set)
    denied: set[tuple[str, Act, bool]] = set()
    for group in groups:
        for words in group["words"]:
            key = (str(words), group.get("act", "statement"), "document" in group["frames"])
            frames[key].update(group["frames"])
            if group.get("polarity") == "denied":
                denied.add(key)
    return [_cue(key[0], key[1], found, key in denied) for key, found in frames.items()]


def _cue(words: str, act: Act, frames: set[str], denied: bool) -> Cue:
    reflexive = words.startswith(("se ", "s'"))
    bare = words[3:] if words.startswith("se ") else words[2:] if reflexive else words
    lemma, *rest = bare.split()
    return Cue(lemma, tuple(rest), reflexive, frozenset(frames), act, "denied" if denied else "said")


def _triggers(cue: Cue, form: str) -> str:
    """The rarest word of the cue: "savoir" of "faire savoir", "déclarer" of "se déclarer"."""
    return max(cue.rest, key=len) if cue.rest and len(max(cue.rest, key=len)) > 3 else form


@cache
def lexicon(lang: str) -> Lexicon:
    """The cue lexicon of a language, built once."""
    data = table(lang, "cues")
    conjugator = _Conjugator(table(lang, "conjugation"))
    verbs: dict[str, list[tuple[Cue, Form]]] = defaultdict(list)
    triggers: set[str] = set()
    for cue in _merge(data["verbs"]):
        for form, kind in conjugator.forms(cue.lemma):
            if (cue, kind) not in verbs[form]:
                verbs[form].append((cue, kind))
            triggers.add(_triggers(cue, form))
    prepositions: dict[str, list[Preposition]] = defaultdict(list)
    for group in data["prepositions"]:
        for phrase in group["words"]:
            words = tuple(str(phrase).replace("'", "' ").split())
            opening, relay = bool(group.get("opening", False)), bool(group.get("relay", False))
            prepositions[words[0]].append(Preposition(words, opening, relay))
            triggers.add(max((w.rstrip("'") for w in words), key=len))
    return Lexicon(
        {form: tuple(entries) for form, entries in verbs.items()},
        {word: tuple(sorted(found, key=lambda p: -len(p.words))) for word, found in prepositions.items()},
        frozenset(triggers),
    )
