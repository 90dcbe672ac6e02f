"""Nouns that name persons, groups, bodies and documents, and the noun phrases built on them.

The nouns are data (`<language>/roles.toml`).  Phrases are found without a parse: the head is a known noun, the
determiner stands before it, and the phrase runs over genitives and adjectives.  This is enough to tie "la préfète" to
the prefect whom the article names, and a hundred times faster than parsing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from recoupe.read.tables import table
from recoupe.read.words import Token, joined, plain
from recoupe.text import Span, fold

Category = Literal["office", "person", "group", "organisation", "outlet", "document"]
Determiner = Literal["definite", "indefinite", "possessive", "first_person"]

CATEGORIES: tuple[Category, ...] = ("office", "person", "outlet", "organisation", "group", "document")
PERSONS: frozenset[Category] = frozenset({"office", "person"})
BODIES: frozenset[Category] = frozenset({"organisation", "outlet"})
SHORTEST_INFINITIVE = 4  # letters: "mer" and "fer" are none
MAX_REACH = 12  # tokens that a phrase runs over on either side of its head


@dataclass(frozen=True, slots=True)
class Noun:
    """One form of a known noun.  `lemma` is shared by its genders and numbers; gender and number are "" where open."""

    lemma: str
    category: Category
    gender: str
    number: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase on a known noun.

    `span` holds all of it, `head` the noun alone.  `words` are the folded content words beside the head: two phrases
    on one noun name different things where their words differ ("ministre du Travail", "ministre de l'Intérieur").
    """

    span: Span
    head: Span
    noun: Noun
    determiner: Determiner | None
    gender: str
    number: str
    words: frozenset[str]
    same: bool = False  # "le même ministre"
    demonstrative: bool = False

    @property
    def definite(self) -> bool:
        """Whether the phrase points to something known: "le", "ce", "the", or a title without a determiner."""
        return self.determiner in ("definite", None)


class Roles:
    """The nouns of one language and the small grammar around them.  Immutable: get it from `roles`."""

    def __init__(self, lang: str) -> None:
        data, names = table(lang, "roles"), table(lang, "names")
        self.head_first: bool = data["head"] == "first"
        self._plurals: dict[str, str] = data["plural"]["endings"]
        self.nouns: dict[str, Noun] = {}
        for category in CATEGORIES:
            for entry in data["words"][category].split():
                self._add(entry, category)
        self.before_head: dict[str, str] = {}  # word -> gender
        for entry in data["words"]["before_head"].split():
            masculine, slash, feminine = entry.partition("/")
            for form, gender in ((masculine, "m"), (feminine, "f")) if slash else ((masculine, ""),):
                self.before_head.setdefault(form, gender)
                self.before_head.setdefault(self.plural(form), gender)
        self.anaphoric = frozenset(data["words"]["anaphoric"].split())
        self._kinds_apart = tuple(frozenset(line.split()) for line in data["words"]["apart"].strip().splitlines())
        self.voice = frozenset(data["words"]["voice"].split())
        self.said_of: dict[str, frozenset[str]] = {  # a noun -> the nouns of whose bearers it may be said
            noun: frozenset(bearers.split())
            for noun, _, bearers in (line.partition(":") for line in data["words"]["said_of"].strip().splitlines())
        }
        self.rank_tails = frozenset(data["words"]["rank_tails"])
        self.copulas = frozenset(data["words"]["copulas"].split())
        self.readers = frozenset(data["words"]["readers"].split())
        self.firms = frozenset(data["words"]["firms"].split())
        self.ranks = frozenset(data["words"]["ranks"].split())
        self.general = frozenset(data["words"]["general"].split())
        self.tried = frozenset(data["words"]["tried"].split())
        self.trying = frozenset(data["words"]["trying"].split())
        self.aiming = frozenset(data["aim"]["bodies"].split())  # bodies named by what they are for or against
        self.aims = frozenset(data["aim"]["prepositions"])
        self.holding = frozenset(data["aim"]["contracted"])
        self.never_aims = frozenset(data["aim"]["never"])
        adjective = data["adjective"]
        self._adjective_endings = tuple(adjective["endings"])
        self._adjectives = frozenset(adjective["words"])
        self._infinitives = tuple(adjective["infinitive_endings"])
        self.not_in_phrase = frozenset(adjective["not"])
        determiners = names["determiners"]
        kinds: tuple[Determiner, ...] = ("indefinite", "definite", "possessive", "first_person")
        self.determiners: dict[str, tuple[Determiner, str]] = {
            w: (k, f) for k in kinds for w, f in determiners[k].items()
        }
        self.demonstratives = frozenset(determiners["demonstrative"])
        self.same = frozenset(determiners["same"])
        self.prepositions = frozenset(names["prepositions"]["all"])
        self.genitives: dict[str, str] = dict(names["prepositions"]["genitive"])
        self.agents = frozenset(names["prepositions"]["agent"])
        self.possessives: tuple[str, ...] = tuple(names["possessive"]["marks"])
        self.owners = tuple(f"{mark} " for mark in self.possessives)  # after an owner, before what is owned
        self.relatives = frozenset(names["relatives"]["all"])
        self.conjunctions = frozenset(names["conjunctions"]["and"])

    @cached_property
    def small_words(self) -> frozenset[str]:
        """The words that an acronym of a name leaves out."""
        return frozenset(
            self.prepositions
            | set(self.determiners)
            | self.conjunctions
            | set(table("data", "particles")["in_acronyms"])
        )

    def _add(self, entry: str, category: Category) -> None:
        masculine, slash, feminine = entry.partition("/")
        lemma = masculine or feminine
        if not slash:
            forms = [(masculine, "")]
        else:
            forms = [(form, gender) for form, gender in ((masculine, "m"), (feminine, "f")) if form]
        for form, gender in forms:
            low = form.lower()
            plural = self.plural(low)
            self.nouns.setdefault(low, Noun(lemma, category, gender, "s" if plural != low else ""))
            if plural != low:
                self.nouns.setdefault(plural, Noun(lemma, category, gender, "p"))

    def plural(self, form: str) -> str:
        """The plural of a noun, by its longest known ending ("" is the ending of all)."""
        for ending in sorted(self._plurals, key=len, reverse=True):
            if form.endswith(ending):
                return form.removesuffix(ending) + self._plurals[ending]
        return form

    def clash(self, noun: str, others: frozenset[str]) -> bool:
        """Whether a noun for a body names another kind of body than all of `others` do: no company is a union."""
        kinds = [kind for kind in self._kinds_apart if noun in kind]
        known = [kind for kind in self._kinds_apart if not kind.isdisjoint(others)]
        return bool(kinds and known) and not any(kind in known for kind in kinds)

    def is_adjective(self, low: str) -> bool:
        """Whether a word after the head looks like an adjective that belongs to it."""
        if low in self.not_in_phrase:
            return False
        return low in self._adjectives or (len(low) > 4 and low.endswith(self._adjective_endings))

    def _is_infinitive(self, token: Token) -> bool:
        return (
            bool(self._infinitives)
            and len(token.low) >= SHORTEST_INFINITIVE
            and not token.capital
            and token.low.endswith(self._infinitives)
            and token.low not in self.nouns
        )

    @cached_property
    def _empty(self) -> frozenset[str]:
        return frozenset(self.determiners) | self.prepositions | self.conjunctions

    def phrase_at(self, text: str, toks: list[Token], i: int, stop: int | None = None) -> Phrase | None:
        """The phrase whose head is the token `i`; None where that is no known noun.

        `stop`: the token index before which the phrase ends at the latest (by default that of the text's end).
        """
        noun = self.nouns.get(toks[i].low)
        if noun is None:
            return None
        limit = len(toks) if stop is None else stop
        first, determiner, marks, same, shown = self._left(text, toks, i)
        if determiner is None and plain(text[max(0, toks[first].start - 2) : toks[first].start]) in self.owners:
            determiner = "possessive"  # "the keepers' niece"
        if not marks.strip("sp"):
            marks += "".join(self.before_head.get(t.low, "") for t in toks[first:i])[:1]
        last = self.reach(text, toks, i, limit)
        inside = (t.low for t in toks[first : last + 1] if t.start != toks[i].start)
        words = frozenset(fold(w) for w in inside if w not in self._empty and w not in self.same)
        worn = "f" if determiner is not None and "f" in marks and "p" not in marks else ""  # "la maire", "la médecin"
        gender = worn or noun.gender or ("m" if "m" in marks else "f" if "f" in marks else "")
        number = noun.number or ("p" if "p" in marks else "s" if "s" in marks else "")
        span = Span(toks[first].start, toks[last].end)
        head = Span(toks[i].start, toks[i].end)
        return Phrase(span, head, noun, determiner, gender, number, words, same, shown)

    def _left(self, text: str, toks: list[Token], i: int) -> tuple[int, Determiner | None, str, bool, bool]:
        """The phrase's first token, its determiner's kind and marks, and whether "même" or "ce" is among its words."""
        first, same = i, False
        for k in range(i - 1, max(-1, i - 1 - (MAX_REACH if not self.head_first else 5)), -1):
            if not joined(text, toks[k], toks[k + 1]):
                break
            low = toks[k].low
            if low[0].isdigit():
                break
            if low in self.same:
                first, same = k, True
            elif low in self.determiners:
                kind, marks = self.determiners[low]
                return k, kind, marks, same, low in self.demonstratives
            elif self.genitives.get(low):  # "du ministre": the determiner is inside the preposition
                return k + 1, "definite", self.determiners[self.genitives[low]][1], same, False
            elif (self.head_first and low not in self.before_head) or (
                not self.head_first and (low in self.prepositions or low in self.not_in_phrase or low in self.relatives)
            ):
                break
            else:
                first = k
        if not self.head_first:
            first = self._title_start(toks, first, i)
        return first, None, "", same, False

    def _title_start(self, toks: list[Token], first: int, i: int) -> int:
        """Where a title without a determiner begins: over capitals and known nouns only, as verbs may stand before."""
        k = i
        while k > first and (
            toks[k - 1].capital or toks[k - 1].low in self.nouns or toks[k - 1].low in self.before_head
        ):
            k -= 1
        return k

    def reach(self, text: str, toks: list[Token], i: int, limit: int) -> int:
        """The last token of a phrase whose head is the token `i`: over genitives and adjectives, before `limit`."""
        last, k = i, i + 1
        while k < min(limit, i + MAX_REACH) and joined(text, toks[k - 1], toks[k]):
            low = toks[k].low
            if low in self.genitives:
                k += 1
                bare = not self.genitives[low]  # no article, as before an infinitive
                while k < limit and toks[k].low in self.determiners and joined(text, toks[k - 1], toks[k]):
                    k, bare = k + 1, False
                if k >= limit or not joined(text, toks[k - 1], toks[k]) or toks[k].low in self.prepositions:
                    break
                if toks[k].low[0].isdigit():
                    break
                if bare and self._is_infinitive(toks[k]):
                    break
                if toks[k].low in self.before_head and k + 1 < limit and joined(text, toks[k], toks[k + 1]):
                    k += 1  # "buteur de *deuxième* division"
                last = k
                if toks[k].capital:
                    while k + 1 < limit and toks[k + 1].capital and joined(text, toks[k], toks[k + 1]):
                        k += 1
                    last = k
            elif self.head_first and not toks[k].capital and self.is_adjective(low):
                last = k
            else:
                break
            k += 1
        return last

    def aim(self, text: str, toks: list[Token], i: int) -> int:
        """The last token of what a body whose name ends at token `i` is for or against ("Ligue *contre le cancer*").

        `i` itself where nothing of the kind follows.
        """
        k = i + 1
        if k + 2 >= len(toks) or toks[k].low not in self.aims or not joined(text, toks[i], toks[k]):
            return i
        contracted = toks[k].low in self.holding
        article = self.determiners.get(toks[k + 1].low, ("",))[0] == "definite"
        if not article and not contracted:
            return i
        k += 1 + article
        noun = toks[k]
        whole = all(joined(text, toks[n - 1], toks[n]) for n in range(i + 1, k + 1))
        if not whole or not noun.word[0].islower() or noun.low in self.never_aims or noun.low in self.before_head:
            return i
        return self.reach(text, toks, k, len(toks))

    def is_plural_indefinite(self, phrase: Phrase) -> bool:
        """Whether a phrase speaks of several of a kind ("des associations", "several groups"), none of them named."""
        vague = phrase.determiner == "indefinite" or (phrase.determiner is None and not phrase.words)
        return phrase.number == "p" and vague

    def head_of(self, toks: list[Token], text: str) -> int | None:
        """The index of the head among the words of a phrase given whole (a source), None where no noun is known."""
        known = [i for i, t in enumerate(toks) if t.low in self.nouns]
        if not known:
            return None
        if self.head_first:
            return known[0]
        cut = len(toks)
        for i, token in enumerate(toks):
            parted = i > 0 and "," in text[toks[i - 1].end : token.start]
            if parted or (i > 0 and (token.low in self.prepositions or token.low in self.relatives)):
                cut = i
                break
        before = [i for i in known if i < cut]
        return before[-1] if before else None


@cache
def roles(lang: str) -> Roles:
    """The nouns of a language, loaded once."""
    return Roles(lang)
