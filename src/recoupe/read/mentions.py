"""Who and what an article speaks of: its mentions, and which of them name one person or body.

All forms of one name become one entity with one canonical name, the fullest that the article gives: surname, first
name, form of address, acronym, handle, capitals.  A phrase on a role ("la préfète", "the prefect") belongs to the
person whom the article names beside it anywhere ("la préfète, Solène Marchetti").  What a name names (a person, a body,
a place) is decided by votes of all that stands beside its mentions; a gender is decided the same way, so that one
form of address against the other evidence does not win.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from recoupe.read.names import (
    Proper,
    find_names,
    gazetteer,
    initials,
    naming,
    plain,
    same_given,
    words_of,
)
from recoupe.read.page import Page, Stage
from recoupe.read.roles import BODIES, PERSONS, Phrase, Token, joined, roles, tokens
from recoupe.text import Span, fold

Kind = Literal["person", "organisation", "place", "name", "role", "unnamed"]
Gender = Literal["m", "f"]
Number = Literal["singular", "plural"]

APPOSITION_REACH = 14  # words between a role and the name that follows it after a comma
MAX_ACRONYM_REACH = 14  # words before an acronym in brackets that may spell it out


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where the article speaks of someone or something.

    `span` counts in the article's text and holds the form of address or the determiner.  `name` is the entity's fullest
    name, or the description as worded.  `kind`: "name" is a proper name of an unknown kind, "role" a phrase on an
    office or an occupation, "unnamed" a phrase for persons who are not named.  Mentions with one `entity` number speak
    of the same one.  `contradicts` is the gender that the form of address gives where the other evidence says otherwise.
    """

    span: Span
    name: str
    kind: Kind
    entity: int
    gender: Gender | None = None
    number: Number = "singular"
    phrase: Phrase | None = None
    contradicts: Gender | None = None
    in_names: bool = True  # False: a phrase, not a proper name
    outlet: bool = False  # a newspaper, a broadcaster, an agency

    @property
    def named(self) -> bool:
        """Whether the entity has a proper name."""
        return self.kind in ("person", "organisation", "name", "place")


@dataclass
class _Entity:
    """An entity while it is built: the forms of its name, and the votes on what it is."""

    forms: Counter[str] = field(default_factory=Counter)
    first: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    genders: Counter[str] = field(default_factory=Counter)
    canonical: str = ""
    plural: bool = False
    outlet: bool = False

    def name(self) -> str:
        """The fullest form: most words, then not all in capitals, then most used, then first in order."""
        if self.canonical:
            return self.canonical
        return min(self.forms, key=lambda f: (-len(words_of(f)), f.isupper() and len(f) > 5, -self.forms[f], f))

    def kind(self) -> Kind:
        """What most votes say."""
        if not self.kinds:
            return "name"
        best = max(self.kinds.values())
        for kind in ("person", "organisation", "place"):
            if self.kinds[kind] == best and best > 0:
                return kind  # type: ignore[return-value]
        return "name"

    def gender(self) -> Gender | None:
        """What most votes say; None on a tie."""
        m, f = self.genders["m"], self.genders["f"]
        return None if m == f else "m" if m > f else "f"


class Sketch:
    """One article's names and phrases, and the entities that they make.  Built once a page by the mentions stage."""

    def __init__(self, page: Page) -> None:
        self.text = page.text
        self.lang = page.lang
        self.roles = roles(page.lang)
        self.naming = naming(page.lang)
        self.gazetteer = gazetteer()
        self.plain = plain(page.text)
        self.toks = tokens(page.text)
        self.starts = [t.start for t in self.toks]
        self.propers = [self._whole_body(p) for p in find_names(page.text, self.toks, page.lang)]
        self.title_names = _names_of_title(page)
        self.outlet = page.article.outlet or ""
        self.entities: list[_Entity] = []
        self.entity_of: dict[int, int] = {}  # index of a proper -> index of its entity
        self._keys: list[list[tuple[str, ...]]] = []  # the folded forms of each entity
        self.phrases = self._phrases()
        self.role_of: dict[int, int] = {}  # index of a phrase -> entity of the person or body that it names
        self.spelled: dict[int, int] = {}  # where a name that an acronym stands for begins -> its entity
        self._cluster()
        self._weigh()
        self._tie()

    def _whole_body(self, proper: Proper) -> Proper:
        """A body's name with the small words that belong to it ("Cour *pénale internationale*", "Bank *of England*")."""
        noun = self.roles.nouns.get(self.toks[proper.last].low)
        if noun is None or noun.category not in BODIES or proper.honorific or proper.known:
            return proper
        phrase = self.roles.phrase_at(self.text, self.toks, proper.last)
        if phrase is None or phrase.span.end <= proper.span.end:
            return proper
        last = bisect_left(self.starts, phrase.span.end) - 1
        span = Span(proper.span.start, phrase.span.end)
        words = tuple(t.word for t in self.toks[proper.first : last + 1])
        return replace(proper, span=span, whole=span, words=words, last=last)

    # --- phrases

    def _phrases(self) -> list[Phrase]:
        """The noun phrases on known nouns outside names, in order."""
        taken = {i for p in self.propers for i in range(p.first, p.last + 1)}
        found: list[Phrase] = []
        nouns = self.roles.nouns
        end = -1
        for i, token in enumerate(self.toks):
            if token.low not in nouns or token.start < end:
                continue
            if i in taken:
                continue
            phrase = self.roles.phrase_at(self.text, self.toks, i)
            if phrase is None:
                continue
            if found and found[-1].span.end > phrase.span.start:
                if self.roles.head_first:
                    continue
                found.pop()  # in "union leader" the last noun is the head
            found.append(phrase)
            if self.roles.head_first:
                end = phrase.head.end
        return found

    # --- entities of names

    def _cluster(self) -> None:
        """Put the forms of one name together."""
        by_key: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for n, proper in enumerate(self.propers):
            by_key[self._key(proper)].append(n)
        titles = {words_of(name): name for name in self.title_names}
        keys = sorted(set(by_key) | set(titles), key=lambda k: (-len(k), min(by_key.get(k, [len(self.propers)])), k))
        key_entity: dict[tuple[str, ...], int] = {}
        by_last: dict[str, list[int]] = defaultdict(list)
        by_first: dict[str, list[int]] = defaultdict(list)
        for key in keys:
            if not key:
                continue
            places = by_key.get(key, [])
            merged = self._fuller(key, by_last, by_first, places)
            if merged is None:
                merged = len(self.entities)
                self.entities.append(_Entity(first=self.propers[places[0]].span.start if places else len(self.text)))
                self._keys.append([])
            entity = self.entities[merged]
            self._keys[merged].append(key)
            key_entity[key] = merged
            for n in places:
                self.entity_of[n] = merged
                entity.forms[self._form(self.propers[n])] += 1
                entity.first = min(entity.first, self.propers[n].span.start)
                if self.propers[n].canonical:
                    entity.canonical = self.propers[n].canonical
            if key in titles:
                entity.forms[titles[key]] += 1
            if len(key) > 1 and merged not in by_last[key[-1]]:
                by_last[key[-1]].append(merged)
                by_first[key[0]].append(merged)
        self._acronyms(key_entity)
        self._outlet_itself(key_entity)

    def _key(self, proper: Proper) -> tuple[str, ...]:
        return words_of(proper.canonical or " ".join(proper.words))

    def _form(self, proper: Proper) -> str:
        return " ".join(proper.span.of(self.text).split())

    def _fuller(
        self, key: tuple[str, ...], by_last: dict[str, list[int]], by_first: dict[str, list[int]], places: list[int]
    ) -> int | None:
        """The entity whose fuller name this is a form of; None where there is none or more than one."""
        fits = []
        for n in by_last.get(key[-1], ()):
            if any(self._is_short_for(key, longer) for longer in self._keys[n]):
                fits.append(n)
        if len(fits) > 1 and places:
            fits = self._nearest(fits, places)
        if fits:
            return fits[0] if len(fits) == 1 else None
        given = self.gazetteer.given_gender(key[0]) if len(key) == 1 else None
        if given is not None:
            firsts = by_first.get(key[0], [])
            if len(firsts) == 1:
                return firsts[0]
        return None

    def _is_short_for(self, key: tuple[str, ...], longer: tuple[str, ...]) -> bool:
        """Whether a shorter name of the same last word can stand for a longer one ("Mali" cannot for "... du Mali")."""
        if len(key) > 1:
            return _is_form(key, longer)
        noun = self.roles.nouns.get(longer[0])
        return not (len(longer) > 2 and longer[-2] in self.roles.prepositions and noun and noun.category in BODIES)

    def _nearest(self, fits: list[int], places: list[int]) -> list[int]:
        """Of several persons of one surname: the one whom the form of address allows, else the one most spoken of."""
        genders = {self.propers[n].gender for n in places} - {""}
        if len(genders) == 1:
            (gender,) = genders
            allowed = [n for n in fits if self._given_gender(n) in (gender, "", None)]
            if len(allowed) == 1:
                return allowed
        counts = sorted(
            ((sum(self.entities[n].forms.values()), -self.entities[n].first, n) for n in fits), reverse=True
        )
        return [counts[0][2]]

    def _given_gender(self, entity: int) -> str | None:
        longest = max(self._keys[entity], key=len)
        return self.gazetteer.given_gender(longest[0])

    def _acronyms(self, key_entity: dict[tuple[str, ...], int]) -> None:
        """Join acronyms with the names that they stand for: "Organisation ... (OTAN)", "FLN (Front ...)", HRW."""
        empty = self.roles.prepositions | set(self.roles.determiners) | {"l", "et", "and", "s"}
        spelled: dict[str, list[int]] = defaultdict(list)
        for key, n in key_entity.items():
            if len(key) > 2:
                spelled[initials(" ".join(key), frozenset(empty))].append(n)
        for p, proper in enumerate(self.propers):
            word = proper.words[0]
            if len(proper.words) != 1 or not word.isupper() or not 2 <= len(word) <= 12:
                continue
            n = self.entity_of[p]
            entity = self.entities[n]
            entity.kinds["organisation"] += 1
            full = self._spelled_before(proper)
            if full is not None:
                entity.canonical = " ".join(full.of(self.text).split())
                self.spelled[full.start] = n
                other = key_entity.get(words_of(entity.canonical))
                if other is not None:
                    self._merge(n, other)
            elif len(word) > 2 and len(set(spelled.get(word, ()))) == 1:
                self._merge(spelled[word][0], n)

    def _spelled_before(self, proper: Proper) -> Span | None:
        """The words before an acronym in brackets that it abbreviates, None where they do not."""
        at = proper.span.start
        if self.plain[at - 1 : at] != "(" or self.plain[proper.span.end : proper.span.end + 1] != ")":
            return None
        letters = fold(proper.words[0])
        i = bisect_left(self.starts, at) - 1
        best: Span | None = None
        for k in range(i, max(-1, i - MAX_ACRONYM_REACH), -1):
            if any(c in ".;:!?\n()«»“”" for c in self.plain[self.toks[k].end : at - 1]):
                break
            words = [fold(t.word) for t in self.toks[k : i + 1]]
            if words[0][:1] == letters[:1] and _abbreviates(letters, words):
                best = Span(self.toks[k].start, self.toks[i].end)
                if self.toks[k].capital:
                    break
        return best

    def _merge(self, target: int, other: int) -> None:
        if target == other:
            return
        a, b = self.entities[target], self.entities[other]
        a.forms += b.forms
        a.kinds += b.kinds
        a.genders += b.genders
        a.first = min(a.first, b.first)
        a.canonical = a.canonical or b.canonical
        for n, e in self.entity_of.items():
            if e == other:
                self.entity_of[n] = target

    def _outlet_itself(self, key_entity: dict[tuple[str, ...], int]) -> None:
        """The newspaper's own name: "the Dispatch" in the Channel Dispatch is the Channel Dispatch."""
        words = words_of(self.outlet)
        if not words:
            return
        noun = self.roles.nouns.get(words[0])
        shaped = self.outlet.split()[-1] in self.gazetteer.outlet_last or (noun is not None and noun.category in BODIES)
        for key, n in key_entity.items():
            if key == words or (shaped and len(key) < len(words) and key == words[-len(key) :]):
                self.entities[n].canonical = self.outlet
                self.entities[n].kinds["organisation"] += 3
                self.entities[n].outlet = True

    # --- what they are

    def _weigh(self) -> None:
        for n, proper in enumerate(self.propers):
            entity = self.entities[self.entity_of[n]]
            self._weigh_name(proper, entity)
            self._weigh_context(proper, entity)

    def _weigh_name(self, proper: Proper, entity: _Entity) -> None:
        votes, words = entity.kinds, proper.words
        if proper.honorific:
            votes["person"] += 4
            if proper.gender:
                entity.genders[proper.gender] += 2
        if proper.known == "place":
            votes["place"] += 3
        elif proper.known:
            votes["organisation"] += 4
            entity.outlet = entity.outlet or proper.known in ("agency", "outlet")
            return
        given = self.gazetteer.given_gender(words[0])
        nouns = [self.roles.nouns.get(w.lower()) for w in words]
        body = any(noun and noun.category in BODIES and w[0].isupper() for noun, w in zip(nouns, words, strict=True))
        if body or (len(words) > 1 and any(w in self.gazetteer.body_words for w in words)):
            votes["organisation"] += 3
        elif len(words) > 1 and given is not None:
            votes["person"] += 3
        elif len(words) == 1 and given is not None:
            votes["person"] += 1
        if given:
            entity.genders[given] += 3
        elif given is None and len(words) > 1 and fold(words[0])[-1:] == "a":
            entity.genders["f"] += 1
        if fold(" ".join(words)).replace(" ", "-") in self.gazetteer.places:
            votes["place"] += 3
        if given is None and self.gazetteer.has_outlet_shape(words):
            votes["organisation"] += 2
            entity.outlet = True
        if len(words) == 1 and words[0].isupper() and 2 <= len(words[0]) <= 6:
            votes["organisation"] += 1

    def _weigh_context(self, proper: Proper, entity: _Entity) -> None:
        if proper.span.start == 0 and self._is_dateline(proper):
            entity.kinds["place"] += 4
        before = self.toks[proper.first - 1] if proper.first else None
        if before is None or not joined(self.text, before, self.toks[proper.first]):
            return
        low, votes = before.low, entity.kinds
        if before.capital and low not in self.naming.openers:
            return
        if low in self.naming.body_cues:
            votes["organisation"] += 3
        elif low in self.naming.place_cues:
            votes["place"] += 1
        elif self.roles.determiners.get(low, ("", ""))[0] == "definite" and not proper.honorific:
            votes["person"] -= 1
            votes["organisation"] += 1
            marks = self.roles.determiners[low][1]
            if len(marks) == 2 and marks[1] == "s":
                entity.genders[marks[0]] += 1
            elif "p" in marks:
                entity.plural = True
        elif self.roles.is_adjective(low) and proper.first > 1:
            cue = self.toks[proper.first - 2].low
            if cue in self.naming.body_cues:
                votes["organisation"] += 3

    def _is_dateline(self, proper: Proper) -> bool:
        """Whether a name in capitals that opens the text is the place a dispatch was sent from ("JAKARTA - ...")."""
        rest = self.plain[proper.span.end : proper.span.end + 40].split("\n")[0]
        dash = any(mark in rest for mark in (" - ", " – ", " — ", ") -"))
        return proper.words[0].isupper() and dash and not any(c in rest.split(" - ")[0] for c in ".;:!?")

    # --- roles beside names

    def _tie(self) -> None:
        """Give each phrase on a role the person or body whom the article names beside it."""
        heads = [p.head.start for p in self.phrases]
        for n, proper in enumerate(self.propers):
            e = self.entity_of[n]
            for k in self._roles_beside(proper, heads):
                phrase = self.phrases[k]
                person = phrase.noun.category in PERSONS
                entity = self.entities[e]
                if person and entity.kinds["organisation"] > entity.kinds["person"] + 2:
                    continue
                if not person and entity.kinds["person"] > entity.kinds["organisation"] + 1:
                    continue
                entity.kinds["person" if person else "organisation"] += 3
                if phrase.noun.category == "outlet":
                    entity.outlet = True
                if phrase.gender:
                    entity.genders[phrase.gender] += 2 if person else 1
                self.role_of.setdefault(k, e)
        for k, phrase in enumerate(self.phrases):
            if phrase.head.start in self.spelled or phrase.span.start in self.spelled:
                self.role_of.setdefault(k, self.spelled.get(phrase.head.start, self.spelled.get(phrase.span.start, 0)))

    def _roles_beside(self, proper: Proper, heads: list[int]) -> Iterable[int]:
        """Indexes of the phrases that stand in apposition to a name: right before it, before a comma, after one."""
        start, end = proper.whole
        k = bisect_left(heads, start) - 1
        if k >= 0:
            phrase = self.phrases[k]
            gap = self.plain[phrase.span.end : start]
            if gap == " " or gap == ", " or (gap.endswith(", ") and len(gap.split()) <= APPOSITION_REACH and self._plain_tail(gap)) or gap.strip() in self.roles.rank_tails or self._adjectives_only(gap):
                yield self._outer(k, start)
        after = self.plain[end : end + 2]
        if after == ", ":
            k = bisect_right(heads, end)
            if k < len(self.phrases):
                phrase = self.phrases[k]
                lead = self.plain[end + 2 : phrase.span.start]
                if phrase.span.start == end + 2 or self._lead(lead):
                    if self._closes(phrase) and phrase.determiner != "first_person":
                        yield k

    def _outer(self, k: int, name_start: int) -> int:
        """The phrase that `k` is a complement of ("la présidente *de la commission*"), else `k` itself."""
        while k > 0:
            outer, inner = self.phrases[k - 1], self.phrases[k]
            if outer.span.end >= inner.span.end or outer.span.end > inner.span.start:
                k -= 1
                continue
            gap = self.plain[outer.span.end : inner.span.start].strip(" '").lower()
            if gap in self.roles.genitives:
                k -= 1
                continue
            break
        return k

    def _plain_tail(self, gap: str) -> bool:
        """Whether what stands between a phrase and the comma goes on with the phrase: a complement, an adjective."""
        words = gap.replace("'", " ").strip(" ,").lower().split()
        if not words or any(c in gap for c in '.;:!?\n«»“”"()'):
            return not words
        return words[0] in self.roles.prepositions or self.roles.is_adjective(words[0]) or gap[1:2].isupper()

    def _adjectives_only(self, gap: str) -> bool:
        """Whether only adjectives stand between a role and a name ("le délégué *syndical* Karim Adjou")."""
        words = gap.lower().split()
        return 0 < len(words) <= 3 and all(self.roles.is_adjective(w) for w in words)

    def _closes(self, phrase: Phrase) -> bool:
        """Whether an apposition after a name ends where the phrase does: at a mark or, if indefinite, a complement."""
        at = phrase.span.end
        rest = self.plain[at : at + 2].lstrip(" ")
        if not rest or rest[0] in '.,;:)\n»”"':
            return True
        if phrase.determiner == "definite":
            return False
        k = bisect_left(self.starts, at)
        return k < len(self.toks) and self.toks[k].low in self.roles.prepositions | self.roles.conjunctions

    def _lead(self, lead: str) -> bool:
        """Whether only adjectives or "l'un des" stand between a name's comma and the role after it."""
        words = lead.replace("'", " ").lower().split()
        if not words or len(words) > 4 or any(c in lead for c in '.;:!?\n«»“”"(),'):
            return False
        return all(
            w in self.roles.before_head or w in self.roles.determiners or w in self.roles.genitives or w in ("l", "d")
            for w in words
        )

    # --- mentions

    def mentions(self) -> tuple[Mention, ...]:
        """All mentions, in the order of the text."""
        found = [self._of_name(n, proper) for n, proper in enumerate(self.propers)]
        found += self._of_phrases()
        return tuple(sorted(found, key=lambda m: (m.span.start, -m.span.end)))

    def _of_name(self, n: int, proper: Proper) -> Mention:
        e = self.entity_of[n]
        entity = self.entities[e]
        gender = entity.gender()
        number: Number = "plural" if entity.plural and entity.kind() != "person" else "singular"
        against: Gender | None = None
        if proper.gender and gender and proper.gender != gender:
            against = "m" if proper.gender == "m" else "f"
        name, kind = entity.name(), entity.kind()
        return Mention(proper.whole, name, kind, e, gender, number, None, against, True, entity.outlet)

    def _of_phrases(self) -> list[Mention]:
        found, fresh = [], len(self.entities)
        for k, phrase in enumerate(self.phrases):
            number: Number = "plural" if phrase.number == "p" else "singular"
            gender: Gender | None = "m" if phrase.gender == "m" else "f" if phrase.gender == "f" else None
            if k in self.role_of:
                entity = self.entities[self.role_of[k]]
                found.append(
                    Mention(phrase.span, entity.name(), "role", self.role_of[k], gender, number, phrase, None, False)
                )
                continue
            kind: Kind = "organisation" if phrase.noun.category in BODIES else "role" if phrase.definite else "unnamed"
            name = " ".join(phrase.span.of(self.text).split())
            found.append(Mention(phrase.span, name, kind, fresh, gender, number, phrase, None, False))
            fresh += 1
        return found


def _names_of_title(page: Page) -> list[str]:
    """The names in the article's title: fuller forms may stand only there."""
    title = page.article.title
    if not title:
        return []
    found = find_names(title, tokens(title), page.lang)
    return sorted({" ".join(p.span.of(title).split()) for p in found if len(p.words) > 1})


def _is_form(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the shorter name can be a form of the longer one of the same last word."""
    return short == long or same_given(short[:-1], long[:-1]) if len(short) <= len(long) else False


def _abbreviates(letters: str, words: Sequence[str]) -> bool:
    """Whether the letters are found in order at the beginnings of the words (two small letters may be inside one)."""
    at, inside = 0, 0
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


def _run(pages: Sequence[Page]) -> list[Page]:
    return [replace(page, mentions=Sketch(page).mentions()) for page in pages]


STAGE = Stage("mentions", frozenset({"sentences"}), frozenset({"mentions"}), _run)

__all__ = ["STAGE", "Gender", "Kind", "Mention", "Number", "Sketch", "Token"]
