"""Who is who in a story: what its articles say of a name elsewhere than where the name stands.

Three things are learnt: the full name of initials ("CTR"), the name of somebody whom other places only describe ("The
hackers, who call themselves Fennec"), and the body that a person speaks for ("the SGM's secretary, Ada Fell").  Each
only where the articles say it, in a source beside its speaker or in so many words, and where they agree.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise, takewhile
from typing import Final

from recoupe.compare.lexicon import everywhere
from recoupe.compare.lexicon import roles as role_words
from recoupe.compare.names import Speaker, speaker
from recoupe.compare.outlets import is_initials
from recoupe.compare.parties import party_words
from recoupe.compare.words import words
from recoupe.model import Attribution, Reading
from recoupe.text import Span, fold

_WORD: Final = re.compile(r"\w+")
_DETERMINER: Final = re.compile(r"(?:[Ll]['’]|(?:[Ll]e|[Ll]a|[Ll]es|[Tt]he)\s+)(?=\w)")
_NAME: Final = r"[A-ZÀ-ÖØ-Þ][\w'’-]*(?: [A-ZÀ-ÖØ-Þ][\w'’-]*){0,3}"
_NEAR: Final = 300  # characters within which "its secretary" points back to a body


@cache
def _naming() -> re.Pattern[str]:
    """A description, a phrase that gives it a name, and the name: "the hackers, who call themselves Fennec"."""
    phrases = "|".join(re.escape(phrase) for phrase in sorted(party_words()["naming"]))
    return re.compile(rf"(?P<what>\b[^\W\d_]+['’ ][^\W\d_]+),? (?:{phrases}) (?:[«“\"]\s?)?(?P<name>{_NAME})")


def folded(name: str) -> list[str]:
    """The folded words of a name."""
    return [fold(word) for word in _WORD.findall(name)]


def bare(name: str) -> str:
    """A name without its determiner and title ("la préfecture", "Mme X"); a capital one is part of it ("Le Monde")."""
    found = _DETERMINER.match(name)
    if found and not (name[0].isupper() and name[found.end()].isupper()):
        name = name[found.end() :]
    title, _, rest = name.partition(" ")
    return rest if rest and fold(title).rstrip(".") in everywhere().titles else name


def is_unnamed(name: str) -> bool:
    """Whether a name is only the description of somebody whom the article does not name.

    "Un médecin de l'hôpital de Brume" names where he works, and nobody; "a spokesman for Corvane" or "an
    official in Brume" speaks for those.
    """
    who = speaker(name)
    found = words(name, [Span(0, len(name))])
    head = list(takewhile(lambda w: w.fold not in everywhere().links | everywhere().particles, found))
    official = who.roles & party_words()["voices"] or any(w.fold in everywhere().vague for w in head)
    if any(w.capital for w in head[1:]) or (who.names and official):
        return False
    indefinite = bool(found) and found[0].fold in party_words()["indefinite"]
    return indefinite or (who.unnamed and not who.names)


def is_general(name: str) -> bool:
    """Whether a name fits any body ("the company", "la direction") or is only a document or count of somebody."""
    who = speaker(name)
    if who.names:
        return False
    small = everywhere().determiners | everywhere().stop
    content = set(folded(name)) - small
    return who.generic or content <= party_words()["documents"]


def is_office(name: str) -> bool:
    """Whether a name is only an office that one person holds ("le procureur"), not a body ("le parquet")."""
    content = set(folded(name)) - everywhere().determiners - everywhere().stop
    return bool(content) and content <= role_words().keys() - party_words()["bodies"]


def has_unknown_calling(name: str) -> bool:
    """Whether a description's words are in no list of callings: another language may say it in any word."""
    return not speaker(name).roles <= set(role_words().values())


class Identities:
    """What the articles of one story say of who is who."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        members = list(readings)
        self._full = _full_names(members)
        self._writing = _writing(members, self._full)
        self._called: defaultdict[frozenset[str], set[str]] = defaultdict(set)
        self._bodies: defaultdict[str, set[str]] = defaultdict(set)
        self._voices: set[str] = set()
        self._people: set[str] = set()
        self._leaders: set[str] = set()
        for reading in members:
            for match in _naming().finditer(reading.text):
                self._call(speaker(match["what"]), match["name"])
            ordered = sorted(reading.attributions, key=lambda a: a.source or Span(-1, -1))
            for before, attribution in pairwise([None, *ordered]):
                if attribution is not None and attribution.speaker and attribution.source:
                    self._learn(reading.text, attribution, before)

    def _learn(self, text: str, attribution: Attribution, before: Attribution | None) -> None:
        who, source = speaker(attribution.speaker or ""), attribution.source or Span(0, 0)
        described = speaker(source.of(text))
        if who.kind == "person":
            last = who.names[-1]
            self._bodies[last] |= _beside(source.of(text), who)
            if described.roles & party_words()["voices"]:
                self._voices.add(last)
            if party_words()["leading"].intersection(folded(source.of(text))):
                self._leaders.add(last)
            if _is_somebody(source.of(text)):
                self._people.add(last)
            if _belongs(text, source) and before is not None and _is_near(before, source):
                body = speaker(before.speaker or "")
                if body.kind == "body":
                    self._bodies[last] |= set(body.names)
        elif who.names:
            self._call(described, attribution.speaker or "")

    def _call(self, described: Speaker, name: str) -> None:
        if described.roles and not (described.names or described.generic or described.unnamed):
            self._called[described.roles].add(name)

    def resolved(self, name: str) -> str:
        """The name that the articles give to initials or to a description, where they give just one."""
        if name in self._full:
            return self._full[name]
        who = speaker(name)
        if not who.names and who.roles and not who.generic and not is_unnamed(name):
            known = self._called.get(who.roles, set())
            if len(known) == 1:
                return next(iter(known))
        return name

    def in_full(self, name: str, articles: Iterable[str]) -> str:
        """The same; the full name of initials only where one of these articles (ids) writes it."""
        if name in self._full and self._writing[name].isdisjoint(articles):
            return name
        return self.resolved(name)

    def speaks_for(self, one: str, other: str) -> bool:
        """Whether one of the two is a person, and the other the body that an article names beside that person; or the
        one leads something, and the other is its direction."""
        a, b = speaker(one), speaker(other)
        person, body = (a, b) if a.kind == "person" else (b, a)
        if person.kind != "person" or body.kind == "person":
            return False
        if person.names[-1] in self._leaders and party_words()["led"].intersection(folded(body.text)):
            return True
        beside = self._bodies.get(person.names[-1], set())
        initials = {fold(short) for short, full in self._full.items() if full == bare(body.text)}
        return bool(beside & initials) or (bool(body.names) and set(body.names) <= beside)

    def is_person(self, name: str) -> bool:
        """Whether the articles speak of a name as somebody's: with a title, a calling, or "she"."""
        who = speaker(name)
        return who.kind == "person" and who.names[-1] in self._people

    def is_voice(self, name: str) -> bool:
        """Whether an article calls the person a spokesperson."""
        who = speaker(name)
        return who.kind == "person" and who.names[-1] in self._voices


def _is_somebody(source: str) -> bool:
    """Whether a source has a pronoun of a person, a title, or a calling that is not a body's."""
    found = set(folded(source))
    callings = role_words().keys() - party_words()["bodies"]
    return bool(found & (callings | everywhere().titles | party_words()["pronouns"]))


def _full_names(readings: Iterable[Reading]) -> dict[str, str]:
    """Initials -> the full name that a story's articles give them, where they give just one ("CUT")."""
    names: set[str] = set()
    for reading in readings:
        names |= {credit.name for credit in reading.credits} | {a.speaker or "" for a in reading.attributions}
    short = {name for name in names if name.isupper() and name.isalpha()}
    full: dict[str, str] = {}
    for name in sorted(short):
        fitting = {bare(_straight(n)): bare(n) for n in sorted(names - short) if is_initials(name, n)}
        if len(fitting) == 1:
            full[name] = next(iter(fitting.values()))
    return full


def _writing(readings: Iterable[Reading], full: Mapping[str, str]) -> dict[str, set[str]]:
    """Initials -> the ids of the articles that write their full name."""
    found: dict[str, set[str]] = {name: set() for name in full}
    for reading in readings if full else ():
        text = _straight(reading.text)
        for name, whole in full.items():
            if _straight(whole) in text:
                found[name].add(reading.id)
    return found


def _straight(name: str) -> str:
    """A name with straight apostrophes: articles of one story write them either way."""
    return name.replace("’", "'")


def _beside(text: str, person: Speaker) -> set[str]:
    """The capitalised words beside a person's name that name the body spoken for: up to "chez", "at" in each part."""
    found: set[str] = set()
    for part in text.split(","):
        for word in words(part, [Span(0, len(part))]):
            if word.fold in party_words()["elsewhere"]:
                break
            if word.capital and word.fold not in person.names:
                found.add(word.fold)
    return found - everywhere().determiners - everywhere().titles


def _belongs(text: str, source: Span) -> bool:
    first = _WORD.search(text, source.start, source.end)
    return first is not None and fold(first.group()) in party_words()["belonging"]


def _is_near(before: Attribution, source: Span) -> bool:
    return before.source is not None and 0 <= source.start - before.source.end <= _NEAR
