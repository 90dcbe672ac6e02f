"""Whether two names of sources are one party, told from the names alone: a body under its name in two languages, its
acronym, a body and those who speak for it.

A name is taken apart into its head ("préfecture", "hospital"), what qualifies it ("de Brume", "regional") and, where it
is a proper name beside a word for its class ("le cabinet Mérope"), that name.  A shared place makes no party: the town
hall and the hospital of one town are two.  Persons are compared elsewhere (see `recoupe.compare.names`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from rapidfuzz import fuzz

from recoupe.compare import thresholds as limits
from recoupe.compare.lexicon import everywhere, table
from recoupe.compare.lexicon import roles as role_words
from recoupe.compare.meaning import Meaning
from recoupe.compare.names import Relation, speaker
from recoupe.compare.outlets import is_initials
from recoupe.compare.words import Word, all_words

_POSSESSIVE: Final = re.compile(r"['’]s\b\s*")
_COGNATE: Final = 4  # letters from which two words may be cognates
_OPENING: Final = 3  # words of a name that tell that it names nobody: "un membre de son entourage"


@cache
def party_words() -> Mapping[str, frozenset[str]]:
    """The words of data/origins/words.toml, by group."""
    return {key: frozenset(group) for key, group in table("origins/words").items() if isinstance(group, list)}


@cache
def _institutions() -> Mapping[str, str]:
    """Folded word -> the kind of body that it names, for all languages."""
    return {word: kind for kind, group in sorted(table("origins/words")["institutions"].items()) for word in group}


@cache
def _kinds() -> Mapping[str, str]:
    """The same, and offices and callings; a word that is both ("conseil") is the body's.

    The office of a body that has one holder is the body's kind ("ministre", "ministère").
    """
    holders = table("origins/words")["holders"]
    return {word: holders.get(role, role) for word, role in role_words().items()} | dict(_institutions())


@dataclass(frozen=True, slots=True)
class Party:
    """A source's name taken apart; all words are folded."""

    text: str
    heads: tuple[str, ...]  # what it is, "préfecture"; none where only its proper name says so
    names: tuple[str, ...]  # its proper name
    others: tuple[str, ...]  # what qualifies the head, "Brume", "regional"
    whole: tuple[str, ...]  # all its words of content
    person: bool


@lru_cache(maxsize=8192)
def party(name: str) -> Party:
    """Take a name apart."""
    owner, found, back = _split(name)
    if found and back and _speaks(found):
        inner = party(name[back[0].span.start :])
        return Party(name, inner.heads, inner.names, inner.others, _folds([*found, *back]), inner.person)
    if found and owner and _speaks(found):
        inner = party(owner)
        return Party(name, inner.heads, inner.names, inner.others, inner.whole + _folds(found), inner.person)
    qualifying = [*all_words(owner), *back] if owner else list(back)
    heads = [w for w in found if is_kind(w.fold)]
    proper = [w for w in found if w.capital and w not in heads]
    plain = [w for w in found if w not in heads and w not in proper]
    whole = _folds([*found, *qualifying])
    classed = all(w.fold in party_words()["classes"] | everywhere().generic for w in heads) and not plain
    if proper and not qualifying and classed:
        return Party(name, (), _folds(proper), (), whole, _is_person(name) and not heads)
    if not heads:
        heads, plain = plain[:1] or [], plain[1:]
        if not heads:
            return Party(name, (), _folds(proper), _folds(qualifying), whole, _is_person(name))
    return Party(name, _folds(heads), (), _folds([*proper, *plain, *qualifying]), whole, False)


def _is_person(name: str) -> bool:
    return speaker(name).kind == "person"


def is_kind(word: str) -> bool:
    """Whether a folded word tells what kind of body or office somebody is."""
    return word in _kinds() or word in everywhere().generic


def _speaks(found: Sequence[Word]) -> bool:
    return any(w.fold in party_words()["speaking"] for w in found) and not any(w.capital for w in found[1:])


def _split(name: str) -> tuple[str, list[Word], list[Word]]:
    """The owner before "'s", the words before a link ("de", "of"), and those after it; without small words."""
    mark = _POSSESSIVE.search(name)
    owner = name[: mark.start()] if mark else ""
    rest = list(all_words(name))
    if mark:
        rest = [w for w in rest if w.span.start >= mark.end()]
    lex = everywhere()
    while len(rest) > 1 and rest[0].fold in lex.determiners | lex.titles | party_words()["indefinite"]:
        rest = rest[1:]
    links = lex.links | lex.particles | party_words()["linking"]
    cut = next((i for i, w in enumerate(rest) if i and w.fold in links and not w.capital), len(rest))
    return owner, _content(rest[:cut]), _content(rest[cut:])


def _content(found: Iterable[Word]) -> list[Word]:
    lex = everywhere()
    small = lex.stop | lex.determiners | lex.particles | lex.links | lex.titles
    return [w for w in found if len(w.fold) > 1 and (w.fold not in small or (w.capital and w.fold not in lex.titles))]


def _folds(found: Iterable[Word]) -> tuple[str, ...]:
    return tuple(w.fold for w in found)


# --- comparison -----------------------------------------------------------------------------------------------------


def relation(one: str, other: str, meaning: Meaning, *, abroad: bool) -> Relation | None:
    """Whether two names are of one party; None where the names alone do not tell.

    `abroad`: they stand in articles in different languages.
    """
    a, b = party(one), party(other)
    if a.person or b.person or not a.whole or not b.whole:
        return None
    if _covers(a.whole, b.whole, abroad=abroad) and _covers(b.whole, a.whole, abroad=abroad):
        return "same"
    if is_acronym(a, b) or is_acronym(b, a):
        return "same"
    found = _compared(a, b, abroad=abroad)
    if found == "same" or not abroad:
        return found
    if all(len(p.whole) == 1 and p.text.isupper() for p in (a, b)):
        return None  # initials in two languages: nobody can tell
    shared = _meet(a.heads, b.heads, abroad=True) and _meet(a.others, b.others, abroad=True)
    asked = limits.PARTY_ABROAD_SHARED if shared else limits.PARTY_ABROAD
    return "same" if meaning.likeness(one, other) >= asked else found


def _compared(a: Party, b: Party, *, abroad: bool) -> Relation | None:
    if a.names and b.names:
        return "same" if _within(a.names, b.names, abroad=abroad) else "different"
    if a.names or b.names:
        named, described = (a, b) if a.names else (b, a)
        if not _covers(named.names, described.others, abroad=abroad):
            return None
        return "same" if set(described.heads) <= party_words()["owned"] else "different"
    if _meet(a.heads, b.heads, abroad=abroad):
        if _within(a.others, b.others, abroad=abroad):
            return "same"
        akin = abroad or _meet(a.others, b.others, abroad=True)  # "d’Ostrie", "ostrienne"
        return None if akin else "different"
    return "different" if not abroad and _meet(a.others, b.others, abroad=False) else None


def _within(one: Sequence[str], other: Sequence[str], *, abroad: bool) -> bool:
    return _covers(one, other, abroad=abroad) or _covers(other, one, abroad=abroad)


def _covers(one: Sequence[str], other: Sequence[str], *, abroad: bool) -> bool:
    """Whether every word of `one` has its like in `other`."""
    return all(any(_alike(x, y, abroad=abroad) for y in other) for x in one)


def _meet(one: Sequence[str], other: Sequence[str], *, abroad: bool) -> bool:
    return any(_alike(x, y, abroad=abroad) for x in one for y in other)


@lru_cache(maxsize=65536)
def _alike(one: str, other: str, *, abroad: bool) -> bool:
    """Whether two words are one, name one office, or (`abroad`) look like one word in two languages."""
    if one == other or one.rstrip("sx") == other.rstrip("sx"):
        return True
    kind = _kinds().get(one)
    if kind is not None and kind == _kinds().get(other):
        return True
    if not abroad or min(len(one), len(other)) < _COGNATE or one[0] != other[0]:
        return False
    return one[:_COGNATE] == other[:_COGNATE] or fuzz.ratio(one, other) >= limits.SPELLING_ALIKE


def is_acronym(short: Party, full: Party) -> bool:
    """Whether the proper name of one is the initials of the other ("the CUT federation")."""
    written = {w.fold for w in all_words(short.text) if short.text[slice(*w.span)].isupper()}
    return len(short.names) == 1 and short.names[0] in written and is_initials(short.names[0], full.text)


# --- who is named ---------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def is_anonymous(name: str) -> bool:
    """Whether a name only describes somebody who stays unnamed, whatever it names beside: "a Corvane official".

    A spokesperson's words are the body's, and so are those of its officials where several speak together.
    """
    lex, groups = everywhere(), party_words()
    found = list(all_words(name))
    if not found:
        return False
    _, front, back = _split(name)
    if _is_named(front):
        return False
    if any(w.fold in groups["spokespersons"] for w in front):
        return not back and len(front) == 1
    several = found[0].fold in groups["several"] and any(w.capital for w in [*front, *back])
    opening = {w.fold for w in found[:2]} if found[0].fold in lex.determiners else {found[0].fold}
    if opening & groups["indefinite"]:
        return not several
    first = {w.fold for w in found[:_OPENING]}
    return bool(first & groups["anonymous"] or {w.fold for w in front} & lex.unnamed) and not several


def _is_named(front: Sequence[Word]) -> bool:
    """Whether a first and a last name stand together in a description ("une élue, Odette Marivaux")."""
    return any(a.capital and b.capital for a, b in pairwise(front))


@lru_cache(maxsize=8192)
def holds_office(name: str) -> bool:
    """Whether a name is an office that somebody holds, of whatever body ("le ministre de la Santé")."""
    who = party(name)
    bodies = set(party_words()["bodies"])
    if who.others:  # "le conseil de Brume" is a council, "son conseil" a lawyer
        bodies |= _institutions().keys()
    return bool(who.heads) and set(who.heads) <= role_words().keys() - bodies


@lru_cache(maxsize=8192)
def is_nobody(name: str) -> bool:
    """Whether a name gives nobody who could be asked: whoever is in charge ("officials"), or a writing or count without
    its author ("des résultats partiels")."""
    _, front, back = _split(name)
    if not front or back or any(w.capital for w in front[1:]):
        return False
    written = front[0].fold in party_words()["documents"] and is_anonymous(name)
    return written or all(w.fold in party_words()["nobody"] for w in front)


@lru_cache(maxsize=8192)
def is_belonging(name: str) -> bool:
    """Whether a name points back to somebody named before: "ses services", "its engineers"."""
    found = all_words(name)
    return bool(found) and found[0].fold in party_words()["belonging"] and not any(w.capital for w in found[1:])


@lru_cache(maxsize=8192)
def spoken_for(name: str) -> str:
    """The body in whose name a spokesperson speaks or a text is written; the name itself where it is neither."""
    owner, front, back = _split(name)
    voices = party_words()["spokespersons"] | party_words()["documents"]
    if not any(w.fold in voices for w in front) or any(w.capital for w in front[1:]):
        return name
    if owner:
        return owner
    return name[back[0].span.start :] if back and back[0].fold not in everywhere().links else name
