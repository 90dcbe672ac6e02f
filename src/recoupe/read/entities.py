"""Which names of an article name one person or body.

The forms of one name are put together by their folded words: a surname or a first name with the full name, an acronym
with what it spells out in brackets or by its initials, the newspaper's short name with the newspaper.  Each entity
collects votes on what it is (a person, a body, a place) and on its gender; the votes are cast in `mentions`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from recoupe.read.gazetteer import gazetteer
from recoupe.read.names import Proper
from recoupe.read.namesakes import initials, name_articles, particles, same_given, words_of
from recoupe.read.roles import BODIES, Roles
from recoupe.read.words import Token, plain
from recoupe.text import Span, fold

Kind = Literal["person", "organisation", "place", "name", "role", "unnamed"]
Gender = Literal["m", "f"]
Key = tuple[str, ...]

MAX_ACRONYM_REACH = 14  # words before an acronym in brackets that may spell it out
MAX_NAMESAKES = 24  # entities of one surname that a shorter form is compared with


@dataclass
class Entity:
    """One person, body or place while the article is read: the forms of its name and the votes on what it is."""

    first: int
    forms: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    genders: Counter[str] = field(default_factory=Counter)
    keys: list[Key] = field(default_factory=list)
    places: list[int] = field(default_factory=list)  # where it is named in full, in order
    canonical: str = ""
    plural: bool = False
    outlet: bool = False

    @property
    def name(self) -> str:
        """The fullest form: most words, then not all in capitals, then most used, then first in the alphabet."""
        if self.canonical:
            return self.canonical
        return min(self.forms, key=lambda f: (-len(words_of(f)), f.isupper() and len(f) > 5, -self.forms[f], f))

    @property
    def kind(self) -> Kind:
        """What most votes say; "name" where none was cast or all speak against."""
        best = max(self.kinds.values(), default=0)
        if best <= 0:
            return "name"
        if self.kinds["person"] == best:
            return "person"
        return "organisation" if self.kinds["organisation"] == best else "place"

    @property
    def gender(self) -> Gender | None:
        """What most votes say; None on a tie."""
        m, f = self.genders["m"], self.genders["f"]
        return None if m == f else "m" if m > f else "f"

    @property
    def words(self) -> int:
        """The words of its longest form."""
        return max((len(k) for k in self.keys), default=0)

    def absorb(self, other: Entity) -> None:
        """Take over the forms and votes of an entity that is the same."""
        self.first = min(self.first, other.first)
        self.forms += other.forms
        self.kinds.update(other.kinds)
        self.genders.update(other.genders)
        self.keys += other.keys
        self.canonical = self.canonical or other.canonical
        self.plural, self.outlet = self.plural or other.plural, self.outlet or other.outlet


class Cluster:
    """The entities of one article's names.  `spelled`: where a name that an acronym stands for begins -> its entity."""

    def __init__(
        self, text: str, toks: list[Token], propers: Sequence[Proper], titles: Sequence[str], outlet: str, roles: Roles
    ) -> None:
        self.plain = plain(text)
        self.text = text
        self.toks = toks
        self.starts = [t.start for t in toks]
        self.propers = propers
        self.roles = roles
        self.gazetteer = gazetteer()
        self.articles = (
            frozenset(w for w, (kind, _) in roles.determiners.items() if kind == "definite") | name_articles()
        )
        self.entities: list[Entity] = []
        self.spelled: dict[int, int] = {}
        self._same: dict[int, int] = {}
        self._of: list[int] = [0] * len(propers)
        self._by_last: dict[str, list[int]] = defaultdict(list)
        self._by_first: dict[str, list[int]] = defaultdict(list)
        self._by_key: dict[Key, int] = {}
        self._gather(titles)
        self._acronyms()
        self._newspaper(outlet)

    def of(self, n: int) -> int:
        """The entity number of a proper name, by the name's index."""
        return self._root(self._of[n])

    def _root(self, e: int) -> int:
        while e in self._same:
            e = self._same[e]
        return e

    def _gather(self, titles: Sequence[str]) -> None:
        places: dict[Key, list[int]] = defaultdict(list)
        for n, proper in enumerate(self.propers):
            places[words_of(proper.canonical or " ".join(proper.words))].append(n)
        in_title = {words_of(name): name for name in titles}
        last = len(self.propers)
        keys = sorted(set(places) | set(in_title), key=lambda k: (-len(k), places[k][0] if k in places else last, k))
        for key in keys:
            if key:
                self._place(key, places.get(key, []), in_title.get(key))

    def _place(self, key: Key, places: Sequence[int], title: str | None) -> None:
        """Give the names of one form their entity: that of a fuller form, or a new one."""
        fits = self._fuller(key)
        if len(fits) > 1 and places:
            for n in places:
                self._add(self._likeliest(fits, n), key, n)
            return
        e = fits[0] if len(fits) == 1 else self._new(places)
        self._by_key[key] = e
        self.entities[e].keys.append(key)
        for n in places:
            self._add(e, key, n)
        if title is not None:
            self.entities[e].forms[title] += 1
        if len(key) > 1 and e not in self._by_last[key[-1]][-MAX_NAMESAKES:]:
            self._by_last[key[-1]].append(e)
            self._by_first[key[0]].append(e)

    def _new(self, places: Sequence[int]) -> int:
        self.entities.append(Entity(self.propers[places[0]].span.start if places else len(self.text)))
        return len(self.entities) - 1

    def _add(self, e: int, key: Key, n: int) -> None:
        """Count a name as one of the entity's."""
        proper, entity = self.propers[n], self.entities[e]
        self._of[n] = e
        entity.forms[" ".join(proper.span.of(self.text).split())] += 1
        entity.first = min(entity.first, proper.span.start)
        entity.canonical = proper.canonical or entity.canonical
        if len(key) > 1:
            entity.places.append(proper.span.start)

    def _fuller(self, key: Key) -> list[int]:
        """The entities whose fuller name this can be a form of."""
        fits = [
            e
            for e in self._by_last.get(key[-1], ())[:MAX_NAMESAKES]
            if any(self._is_short_for(key, longer) for longer in self.entities[e].keys[:MAX_NAMESAKES])
        ]
        if not fits and len(key) == 1 and self.gazetteer.given_gender(key[0]) is not None:
            firsts = self._by_first.get(key[0], [])
            return firsts if len(firsts) == 1 else []
        return fits

    def _is_short_for(self, key: Key, longer: Key) -> bool:
        """Whether a shorter name of the same last word can stand for a longer one ("Mali" not for "... du Mali")."""
        if len(key) > len(longer):
            return False
        if len(key) > 1:
            return key == longer[-len(key) :] or same_given(key[:-1], longer[:-1])
        noun = self.roles.nouns.get(longer[0])
        if len(longer) > 2 and longer[0] in self.articles and longer[-2] in particles():
            return False  # "Orbelle" is not "Le Républicain d'Orbelle"
        return not (len(longer) > 2 and longer[-2] in self.roles.prepositions and noun and noun.category in BODIES)

    def _likeliest(self, fits: Sequence[int], n: int) -> int:
        """Of several persons of one surname: whom the form of address allows, then who was named in full last."""
        proper = self.propers[n]
        if proper.gender:
            given = {e: self.gazetteer.given_gender(self.entities[e].keys[0][0]) for e in fits}
            fits = [e for e in fits if given[e] in (proper.gender, "", None)] or fits
        return max(fits, key=lambda e: (self._last_full(e, proper.span.start), -self.entities[e].first))

    def _last_full(self, e: int, at: int) -> int:
        """Where an entity was last named in full before an offset, -1 where it was not."""
        k = bisect_left(self.entities[e].places, at)
        return self.entities[e].places[k - 1] if k else -1

    # --- acronyms and the newspaper

    def _acronyms(self) -> None:
        """Join acronyms with what they stand for: "Organisation ... (OTAN)", and HRW by the initials of a name."""
        empty = self.roles.small_words
        by_initials: dict[str, set[int]] = defaultdict(set)
        for key, e in self._by_key.items():
            if len(key) > 2:
                by_initials[initials(" ".join(key), empty)].add(e)
        for n, proper in enumerate(self.propers):
            word = proper.words[0]
            if len(proper.words) != 1 or not word.isupper() or not 2 <= len(word) <= 12:
                continue
            e = self.of(n)
            full = self._spelled_before(proper)
            if full is not None:
                name = " ".join(full.of(self.text).split())
                self.entities[e].canonical = name
                self.entities[e].kinds["organisation"] += 2
                self.spelled[full.start] = e
                if words_of(name) in self._by_key:
                    self._join(e, self._by_key[words_of(name)])
            elif len(word) > 2 and len(by_initials.get(word, ())) == 1:
                self._join(next(iter(by_initials[word])), e)

    def _spelled_before(self, proper: Proper) -> Span | None:
        """The words before an acronym in brackets that it abbreviates, None where they do not."""
        at = proper.span.start
        if self.plain[at - 1 : at] != "(" or self.plain[proper.span.end : proper.span.end + 1] != ")":
            return None
        letters = fold(proper.words[0])
        last = bisect_left(self.starts, at) - 1
        best: Span | None = None
        for k in range(last, max(-1, last - MAX_ACRONYM_REACH), -1):
            if any(c in ".;:!?\n()«»“”" for c in self.plain[self.toks[k].end : self.toks[k + 1].start].rstrip("(")):
                break
            words = [fold(t.word) for t in self.toks[k : last + 1]]
            if words[0][:1] == letters[:1] and _abbreviates(letters, words):
                best = Span(self.toks[k].start, self.toks[last].end)
                if self.toks[k].capital:
                    break
        return best

    def _join(self, e: int, other: int) -> None:
        e, other = self._root(e), self._root(other)
        if e != other:
            self.entities[e].absorb(self.entities[other])
            self._same[other] = e

    def _newspaper(self, outlet: str) -> None:
        """The newspaper's own name: "the Dispatch" in the Channel Dispatch is the Channel Dispatch."""
        words = words_of(outlet)
        if not words:
            return
        short = initials(outlet, self.roles.small_words)
        own = self._by_key.get(words_of(short)) if len(short) > 1 else None
        if own is not None and short in self.entities[self._root(own)].forms:  # "HNA" of the Harbour News Agency
            entity = self.entities[self._root(own)]
            entity.canonical, entity.outlet = outlet, True
            entity.kinds["organisation"] += 3
        noun = self.roles.nouns.get(words[0])
        shaped = outlet.split()[-1] in self.gazetteer.outlet_last or (noun is not None and noun.category in BODIES)
        for length in range(1, len(words) + 1):
            key = words[-length:]
            if key not in self._by_key:
                continue
            if length == len(words) or shaped or (length == 1 and self._is_short_form(self._by_key[key])):
                entity = self.entities[self._root(self._by_key[key])]
                entity.canonical, entity.outlet = outlet, True
                entity.kinds["organisation"] += 3

    def _is_short_form(self, e: int) -> bool:
        """Whether an entity is always named with a definite article, as a newspaper's short name is ("the Canoe")."""
        places = [p.first for n, p in enumerate(self.propers) if self.of(n) == self._root(e)]
        return bool(places) and all(i and self.toks[i - 1].word in self.articles for i in places)


def _abbreviates(letters: str, words: Sequence[str]) -> bool:
    """Whether the letters begin the words in order (two of them may stand inside one; small words are skipped)."""
    at = inside = 0
    for word in words:
        if at < len(letters) and word[:1] == letters[at]:
            at += 1
            k = 1
            while (
                at < len(letters)
                and k < len(word)
                and word[k] == letters[at]
                and inside < 2
                and len(words) < len(letters)
            ):
                at, k, inside = at + 1, k + 1, inside + 1
        elif len(word) > 4:
            return False
    return at == len(letters)
