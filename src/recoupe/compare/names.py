"""Whether two reports give a statement to the same speaker, across articles, spellings and languages.

A speaker is a person ("Mark Rutte"), a named body ("la Cour des comptes") or a description ("la préfète", "a source
close to the investigation").  What a story's articles say of a person beside the name ("la préfète, Anne ...") links
descriptions to names.  The answer is one of three: the same, open (nothing speaks for or against), different.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import Literal

from rapidfuzz import fuzz

from recoupe.compare.lexicon import everywhere
from recoupe.compare.lexicon import roles as role_words
from recoupe.compare.meaning import Meaning
from recoupe.compare.thresholds import ROLE_ALIKE, ROLE_OTHER, SPELLING_ALIKE
from recoupe.compare.words import Word, stem, words
from recoupe.model import Reading
from recoupe.text import Span

Kind = Literal["person", "body", "description"]
Relation = Literal["same", "open", "different"]
_RELAYS = ("agency", "outlet", "social")  # kinds of credits that hand on what others say; a body speaks for itself
_FEWEST = 2  # capitalised words of a person's full name


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker's string taken apart: `names` are its capitalised words, `roles` the stems of the others."""

    text: str
    kind: Kind
    names: tuple[str, ...]
    roles: frozenset[str]
    generic: bool  # "the company", "la direction": points back to a body named elsewhere
    unnamed: bool  # "une source", "a member of staff"
    private: bool  # "an engineer at the company": speaks for nobody but himself


@lru_cache(maxsize=8192)
def speaker(text: str) -> Speaker:
    """Take a speaker's string apart."""
    lex = everywhere()
    found = words(text, [Span(0, len(text))])
    while found and found[0].fold in lex.determiners | lex.titles and len(found) > 1:
        found = found[1:]
    plain = [w for w in found if w.fold not in lex.titles]
    names = tuple(w.fold for w in plain if w.capital and w.fold not in lex.determiners)
    roles = frozenset(
        role_words().get(w.fold, w.key)
        for w in plain
        if w.fold in role_words() or (_common(w) and w.fold not in lex.stop)
    )
    folds = {w.fold for w in plain}
    head = {w.fold for w in takewhile(lambda w: w.fold not in lex.links, plain)}
    return Speaker(
        text=text,
        kind=_kind(text, plain, names),
        names=names,
        roles=roles,
        generic=bool(head & lex.generic) and not names,
        unnamed=bool(folds & lex.unnamed) and not names,
        private=bool(head & lex.private) and not head & lex.generic and not any(w.capital for w in plain[:1]),
    )


def _whole(text: str) -> list[Span]:
    return [Span(0, len(text))]


def _common(word: Word) -> bool:
    return not word.capital and not word.numeric and len(word.fold) > 1


def _kind(text: str, plain: Iterable[Word], names: tuple[str, ...]) -> Kind:
    """A person has a first and a last name with a blank between them, and none of them tells a body: "Miam'Collect" and
    "Corvane Bank" are bodies."""
    small = everywhere().particles | everywhere().determiners
    if (everywhere().generic | everywhere().bodies).intersection(names):
        return "body"
    lower = [w for w in plain if not w.capital and w.fold not in small and not w.numeric]
    if not names:
        return "description"
    apart = any(text[one.span.end : two.span.start].isspace() for one, two in pairwise(plain))
    return "person" if not lower and len(names) >= _FEWEST and apart else "body"


class Speakers:
    """The speakers of one story, with what its articles say of each."""

    def __init__(self, readings: Iterable[Reading], meaning: Meaning) -> None:
        self._meaning = meaning
        self._related: dict[tuple[str | None, str | None], tuple[Relation, str]] = {}
        self._said: dict[str, set[str]] = defaultdict(set)  # a person's last name -> stems used beside it
        self._offices: dict[str, set[str]] = defaultdict(set)  # a person's last name -> its descriptions without names
        self._outlets: set[str] = set()  # names that hand on what others say
        self.people: set[str] = set()  # last names
        for reading in readings:
            credited = (c.name for c in reading.credits if c.kind in _RELAYS)
            self._outlets |= {n for n in (reading.article.outlet, *credited) if n}
            for attribution in reading.attributions:
                if attribution.speaker:
                    self._learn(reading, speaker(attribution.speaker), attribution.source)

    def _learn(self, reading: Reading, who: Speaker, source: Span | None) -> None:
        if who.kind != "person":
            return
        self.people.add(who.names[-1])
        if source is not None:
            beside = speaker(source.of(reading.text))
            self._said[who.names[-1]] |= beside.roles | (set(beside.names) - set(who.names))
            plain = words(beside.text, [Span(0, len(beside.text))])
            office = " ".join(w.span.of(beside.text) for w in plain if w.fold not in who.names)
            if beside.roles and office:
                self._offices[who.names[-1]].add(office)

    def relation(self, one: str | None, other: str | None) -> tuple[Relation, str]:
        """Whether the two strings name one speaker, and why."""
        known = self._related.get((one, other))
        if known is None:
            known = self._related[one, other] = self._relation(one, other)
        return known

    def _relation(self, one: str | None, other: str | None) -> tuple[Relation, str]:
        if not one or not other:
            return "open", "speaker not named"
        a, b = speaker(one), speaker(other)
        if a.names == b.names and a.roles == b.roles:
            return "same", "same name"
        if {a.kind, b.kind} == {"person"}:
            return self._persons(a, b)
        if "person" in (a.kind, b.kind):
            person, rest = (a, b) if a.kind == "person" else (b, a)
            return self._person(person, rest)
        return self._others(a, b)

    def _persons(self, a: Speaker, b: Speaker) -> tuple[Relation, str]:
        if same_person(a.names, b.names):
            return "same", "same name"
        return "different", "another person"

    def _person(self, person: Speaker, rest: Speaker) -> tuple[Relation, str]:
        last = person.names[-1]
        if last in rest.names or _shortens(rest, person):
            return "same", "same name"
        said = self._said.get(last, set())
        if rest.roles & said:
            return "same", "same role"
        if set(rest.names) & said:
            return "open", "same body"
        if rest.kind == "description" and not rest.generic:
            holders = {p for p, beside in self._said.items() if rest.roles and rest.roles <= beside}
            if holders and not rest.unnamed:
                return "different", "the role is another person's"
            if rest.roles and self._described_otherwise(last, rest):
                return "different", "described otherwise"
        return "open", "name and description"

    def _described_otherwise(self, last: str, rest: Speaker) -> bool:
        """Whether what the articles say that the person is has nothing of the description."""
        known = sorted(self._offices.get(last, ()))
        if (
            not known
            or (rest.unnamed and not rest.private)
            or everywhere().vague & {w.fold for w in words(rest.text, _whole(rest.text))}
        ):
            return False
        return max(self._meaning.likeness(office, rest.text) for office in known) < ROLE_OTHER

    def _others(self, a: Speaker, b: Speaker) -> tuple[Relation, str]:
        if _share(_telling(a), _telling(b)) or (a.names and b.names and _initials(a, b)):
            return "same", "same name"
        if _share(
            a.names, b.names
        ):  # a noun of bodies: "the Council", but not "the City Council", "the Fiscal Council"
            both = everywhere().bodies.isdisjoint((*_telling(a), *_telling(b)))
            return ("different", "another body") if both else ("same", "same name")
        if not a.names and not b.names and a.roles and b.roles and (a.roles <= b.roles or b.roles <= a.roles):
            return "same", "same description"
        if a.names and b.names and _translates(a, b):
            return "same", "same name"
        if a.names and b.names and self._hands_on(a, b):
            return "open", "an outlet hands on what others say"
        if a.private != b.private and bool(a.names) != bool(b.names) and not self._hands_on(a, b):
            return "different", "a person who speaks for nobody else, and a body"
        if a.generic or b.generic:
            return "open", "general description"
        if self._meaning.likeness(a.text, b.text) >= ROLE_ALIKE:
            return "same", "same description"
        if a.kind == b.kind == "body":
            return "different", "another body"
        if a.unnamed != b.unnamed:
            return "open", "one is unnamed"
        return "open", "other descriptions"

    def _hands_on(self, *bodies: Speaker) -> bool:
        return any(b.names and same_outlet(b.text, outlet) for b in bodies for outlet in sorted(self._outlets))


def same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names can be one person's: last names alike (transliteration), first names not against it."""
    if not alike(one[-1], other[-1]):
        return one[-1] in other or other[-1] in one
    if len(one) < _FEWEST or len(other) < _FEWEST:
        return True
    first, second = one[0], other[0]
    return alike(first, second) or (first[0] == second[0] and min(len(first), len(second)) == 1)


@lru_cache(maxsize=8192)
def same_outlet(who: str, outlet: str) -> bool:
    """Whether a speaker's string names the outlet: "The Herald" and "Kingsport Herald".

    A common noun beside the names must be the outlet's own or a press word: "la préfecture de la Doulaye" is not
    L'Écho de la Doulaye.
    """
    lex = everywhere()
    found = [w for w in words(who, _whole(who)) if w.fold not in lex.determiners | lex.particles | lex.links]
    known = {w.fold for w in words(outlet, _whole(outlet))}
    plain = [w for w in found if not (w.fold in lex.press or w.fold in known)]
    return not plain and any(w.fold in known for w in found)


def alike(one: str, other: str) -> bool:
    """Whether two folded words can be two spellings of one name."""
    return one == other or (one[:1] == other[:1] and fuzz.ratio(one, other) >= SPELLING_ALIKE)


def _shortens(short: Speaker, full: Speaker) -> bool:
    """Whether a body goes by a part of a name that may be a person's: "la compagnie Tidewater", "Tidewater Lines"."""
    plain = {w.fold for w in words(short.text, _whole(short.text)) if not w.capital} - everywhere().determiners
    return short.kind == "body" and plain <= everywhere().generic and set(short.names) <= set(full.names)


def _share(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return any(alike(a, b) for a in one for b in other if min(len(a), len(b)) > 1)


def _translates(a: Speaker, b: Speaker) -> bool:
    """Whether the one name is all in the other, by stems and roles: "Intermediate Court", "la cour intermédiaire"."""
    one, other = (who.roles | {role_words().get(n, stem(n)) for n in who.names} for who in (a, b))
    return min(len(one), len(other)) > 1 and (one <= other or other <= one)


def _telling(who: Speaker) -> tuple[str, ...]:
    """The words of a body's name that tell it from others; all of them where each is a noun of bodies."""
    return tuple(n for n in who.names if n not in everywhere().bodies) or who.names


def _initials(a: Speaker, b: Speaker) -> bool:
    """Whether one body's only name is the other's initials: "CUT", "Confédération unie du travail"."""
    short, long = (a, b) if len(a.text) < len(b.text) else (b, a)
    letters = [w.fold[0] for w in words(long.text, [Span(0, len(long.text))]) if w.fold not in everywhere().determiners]
    return any("".join(letters) == name for name in short.names)
