"""The cue lexicon of a language: the words that report speech, with the frames they take.

Verbs come with all their forms, generated from `conjugation.toml`, because the small models' lemmas are not to be
relied on.  A `Cue` is an entry of `cues.toml`; `Lexicon.at` finds the entries a word may begin.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from recoupe.model import Act, Polarity
from recoupe.read.roles import roles
from recoupe.read.tables import table

Form = Literal["finite", "past", "present", "infinitive"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting verb: its dictionary form, what follows it ("savoir" of "faire savoir"), and its frames.

    `near`: without one of these words near it reports nothing ("plan" without "to"), as far as its sentence shows.
    """

    lemma: str
    rest: tuple[str, ...]
    reflexive: bool
    frames: frozenset[str]
    act: Act
    polarity: Polarity
    near: frozenset[str] = frozenset()
    proclitic: str = ""  # the object pronoun that belongs to it ("en" of « s'en tenir à »)


@dataclass(frozen=True, slots=True)
class Preposition:
    """A phrase that names a source without a verb ("selon"), as words.

    `opening`: only at the head of a clause; `relay`: names who relays a whole statement ("..., cited by Reuters");
    `pronoun`: the source is the pronoun in the phrase itself (« à l'en croire »).
    """

    words: tuple[str, ...]
    opening: bool
    relay: bool
    pronoun: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All cues of a language by the first word of each form, and the words that make a sentence worth parsing."""

    verbs: Mapping[str, tuple[tuple[Cue, Form], ...]]
    prepositions: Mapping[str, tuple[Preposition, ...]]
    triggers: frozenset[str]  # single words by which a sentence may hold a verb cue
    quoted_triggers: frozenset[str]  # the same for plain reports alone, which are all that counts within quotations
    companions: Mapping[str, frozenset[str]]  # of triggers that report only with another word near: "put" with "it"
    quoted_companions: Mapping[str, frozenset[str]]  # the same of `quoted_triggers`
    also_nouns: frozenset[str]
    phrase: re.Pattern[str]  # the prepositional cues
    inverted: re.Pattern[str]  # a verb with its subject bound to it, by which any verb may report speech
    openings: tuple[str, ...]  # those that count at a sentence's head only

    def may_speak(self, low: str, openers: frozenset[str], *, quoted: bool) -> bool:
        """Whether a sentence, in small letters with plain apostrophes, may hold a cue and is worth parsing.

        A form that is a noun too ("state") does not count behind a word that opens a noun phrase ("the state").
        """
        if low.startswith(self.openings) or self.phrase.search(low):
            return True
        if (quoted or low.startswith(_DASHES)) and self.inverted.search(low):
            return True
        words = _WORD.findall(low)
        announces = low.endswith(":")  # a quotation in the next paragraph
        triggers = self.quoted_triggers if quoted or announces else self.triggers
        if triggers.isdisjoint(words):
            return False
        companions = self.quoted_companions if quoted else self.companions
        colon = ":" in low  # by which a name reports without a verb
        before = ""
        for n, word in enumerate(words):
            verb = word in triggers and not (word in self.also_nouns and before in openers)
            if verb and (colon or _complete(words, n, companions)):
                return True
            before = word
        return False


def _complete(words: Sequence[str], n: int, companions: Mapping[str, frozenset[str]]) -> bool:
    """Whether the trigger at `n` has near it what its cues need: "it" of "put it", « se » of « se plaindre »."""
    needed = companions.get(words[n])
    return needed is None or not needed.isdisjoint(words[max(0, n - _NEAR) : n + _NEAR + 1])


_NEAR = 8  # words, twice as far as a cue's own words may stand apart
_PROCLITICS = ("en", "y")  # before an infinitive in the lexicon: part of the verb
_DASHES = ("—", "–", "―")
_WORD = re.compile(r"\w+(?:'(?=\w))?")


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
            if infinitive.endswith(ending) and "alone" not in self._irregular[ending]:
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
    near: dict[tuple[str, Act, bool], list[frozenset[str]]] = defaultdict(list)
    for group in groups:
        for words in group["words"]:
            key = (str(words), group.get("act", "statement"), "document" in group["frames"])
            frames[key].update(group["frames"])
            near[key].append(frozenset(str(w) for w in group.get("near", ())))
            if group.get("polarity") == "denied":
                denied.add(key)
    return [_cue(key[0], key[1], found, key in denied, near[key]) for key, found in frames.items()]


def _cue(words: str, act: Act, frames: set[str], denied: bool, near: Sequence[frozenset[str]]) -> Cue:
    reflexive = words.startswith(("se ", "s'"))
    bare = words[3:] if words.startswith("se ") else words[2:] if reflexive else words
    lemma, *rest = bare.split()
    proclitic = lemma if lemma in _PROCLITICS else ""
    if proclitic:
        lemma, *rest = rest
    needed = frozenset().union(*near) if all(near) else frozenset()
    polarity: Polarity = "denied" if denied else "said"
    return Cue(lemma, tuple(rest), reflexive, frozenset(frames), act, polarity, needed, proclitic)


def _trigger(cue: Cue, form: str, light: frozenset[str], small: frozenset[str]) -> str:
    """The telling word of the cue: "savoir" of "faire savoir", whose verb is in every other sentence.

    `small`: prepositions, which are there as well ("garde" tells « mettre en garde contre »).
    """
    telling = [word for word in cue.rest if word not in small]
    return max(telling, key=len) if telling and cue.lemma in light else form


def _only_quotes(cue: Cue) -> bool:
    """Whether the cue reports only quoted words: sentences with a quotation are parsed whatever else they hold."""
    return cue.frames <= {"quote", "np_quote", "tail"}


def _needs(cue: Cue) -> bool:
    """Whether another word must stand near the verb for it to be this cue."""
    return bool(cue.rest or cue.reflexive or cue.near or cue.proclitic)


def _companions(
    verbs: Mapping[str, Sequence[tuple[Cue, Form]]],
    told_by_rest: frozenset[str],
    frames: Mapping[str, Any],
    *,
    quoted: bool,
) -> dict[str, frozenset[str]]:
    """For forms whose cues are all of several words, reflexive or want one `near`: the words that must stand near.

    The word after the verb may be contracted with an article.  `told_by_rest`: words that are triggers as the rest of
    a light verb, of which nothing is asked.
    """
    reflexives = frozenset(str(w) for w in frames["reflexives"])
    found: dict[str, frozenset[str]] = {}
    for form, entries in verbs.items():
        cues = [cue for cue, _ in entries if quoted or not _only_quotes(cue)]
        if not cues or form in told_by_rest or not all(_needs(cue) for cue in cues):
            continue
        needed: set[str] = set()
        for cue in cues:
            if cue.proclitic:
                needed.add(cue.proclitic)
            elif cue.reflexive:
                needed |= reflexives
            elif not cue.rest:
                needed |= cue.near
            else:
                needed |= {cue.rest[0], *map(str, frames["contractions"].get(cue.rest[0], ()))}
        found[form] = frozenset(needed)
    return found


@cache
def lexicon(lang: str) -> Lexicon:
    """The cue lexicon of a language, built once."""
    data = table(lang, "cues")
    conjugator = _Conjugator(table(lang, "conjugation"))
    light = frozenset(str(w) for w in data["light_verbs"])
    small = roles(lang).prepositions
    frames = table(lang, "frames")
    also_nouns = frozenset(str(w) for w in frames["also_nouns"])
    verbs: dict[str, list[tuple[Cue, Form]]] = defaultdict(list)
    triggers: set[str] = set()
    quoted: set[str] = set()
    told_by_rest: set[str] = set()
    for cue in _merge(data["verbs"]):
        if cue.rest and cue.lemma in light:
            told_by_rest.add(_trigger(cue, "", light, small))
        plain = cue.act == "statement" and not cue.frames.isdisjoint(("clause", "quote", "incise", "tail"))
        for form, kind in conjugator.forms(cue.lemma):
            if (cue, kind) not in verbs[form]:
                verbs[form].append((cue, kind))
            if kind == "infinitive" and form in also_nouns:
                continue  # "state", whose finite forms are not listed: nearly always a noun
            if not _only_quotes(cue):
                triggers.add(_trigger(cue, form, light, small))
            if plain:
                quoted.add(_trigger(cue, form, light, small))
    prepositions = [_preposition(group, phrase) for group in data["prepositions"] for phrase in group["words"]]
    by_word: dict[str, list[Preposition]] = defaultdict(list)
    for preposition in prepositions:
        by_word[preposition.words[0]].append(preposition)
    return Lexicon(
        {form: tuple(entries) for form, entries in verbs.items()},
        {word: tuple(sorted(found, key=lambda p: -len(p.words))) for word, found in by_word.items()},
        frozenset(triggers),
        frozenset(quoted),
        _companions(verbs, frozenset(told_by_rest), frames, quoted=False),
        _companions(verbs, frozenset(told_by_rest), frames, quoted=True),
        also_nouns,
        _pattern(p for p in prepositions if not p.opening),
        _inverted([str(c) for c in frames["clitics"]]),
        tuple(sorted(_spelled(p) + " " for p in prepositions if p.opening)),
    )


def _inverted(clitics: Sequence[str]) -> re.Pattern[str]:
    spelled = "|".join(re.escape(c) for c in sorted(clitics, key=lambda c: (-len(c), c)))
    return re.compile(rf"\w[-‑](?:{spelled})\b" if spelled else r"(?!)")


def _preposition(group: Mapping[str, Any], phrase: str) -> Preposition:
    words = tuple(str(phrase).replace("'", "' ").split())
    opening, relay, pronoun = (bool(group.get(key, False)) for key in ("opening", "relay", "pronoun"))
    return Preposition(words, opening, relay, pronoun)


def _spelled(preposition: Preposition) -> str:
    return " ".join(preposition.words).replace("' ", "'")


def _pattern(prepositions: Iterable[Preposition]) -> re.Pattern[str]:
    spelled = sorted((re.escape(_spelled(p)) for p in prepositions), key=lambda s: (-len(s), s))
    return re.compile(rf"\b(?:{'|'.join(spelled)})(?!\w)" if spelled else r"(?!)")
