"""Proper names: finding them by their capitals.

Names are found without a model: spaCy's small recognisers are slow for this and call Kamala Harris a place.  What a
name names is decided later, in `mentions`, from all the evidence of the article.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from recoupe.read.gazetteer import Known, gazetteer
from recoupe.read.name_runs import MAX_WORDS, Runs
from recoupe.read.naming import naming
from recoupe.read.roles import BODIES, PERSONS, roles
from recoupe.read.words import Token, joined, plain
from recoupe.text import Span

_OWN_S = "'s"  # of a name itself, in any language ("Moody's")


@dataclass(frozen=True, slots=True)
class Proper:
    """A capitalised name as it stands in the text.

    `span` is the name alone; `whole` begins with its form of address where there is one.  `words` are the name's words
    as written.  `known` and `canonical` come from the gazetteer.
    """

    span: Span
    whole: Span
    words: tuple[str, ...]
    honorific: str = ""
    gender: str = ""
    known: Known | None = None
    canonical: str = ""
    first: int = 0  # index of its first token
    last: int = 0  # index of its last token


def find_names(text: str, toks: list[Token], lang: str) -> list[Proper]:
    """The capitalised names of a text, in order and disjoint.  `toks` are the words of all of it."""
    return _Finder(text, toks, lang).run()


class _Finder:
    """One pass over the words of a text."""

    def __init__(self, text: str, toks: list[Token], lang: str) -> None:
        self.text = plain(text)
        self.toks = toks
        self.naming = naming(lang)
        self.roles = roles(lang)
        self.gazetteer = gazetteer()
        self.runs = Runs(self.text, toks, lang)
        small = self.gazetteer.small_heads
        self.capitals = [i for i, t in enumerate(toks) if t.capital or t.word in small]
        self.small = {t.word for t in toks if t.word[0].islower()}
        self.mid = {toks[i].word for i in self.capitals if toks[i].capital and not self.runs.opens(i)}

    def run(self) -> list[Proper]:
        """The names, in order: each step says where the next one may start."""
        found: list[Proper] = []
        following = 0
        for i in self.capitals:
            if i < following:
                continue
            step = self._known(i)
            if step is None and self.toks[i].capital:
                step = self._honoured(i) or self._titled(i) or self._run_of_capitals(i)
            if step is None:
                continue
            proper, following = step
            if proper is not None:
                found.append(proper)
        return found

    def _known(self, i: int) -> tuple[Proper | None, int] | None:
        token = self.toks[i]
        hit = self.gazetteer.at(self.text, token) or self._contracted(i)
        if hit is None:
            return None
        end, canonical, known = hit
        last = i
        while last + 1 < len(self.toks) and self.toks[last + 1].end <= end:
            last += 1
        span = Span(token.start, end)
        goes_on = last + 1 < len(self.toks) and self.toks[last + 1].capital and self.runs.joins(last, last + 1)
        if goes_on and known != "social":
            return None  # "Washington Post Express", "La Presse canadienne": the longer name decides
        if span.of(self.text) in self.gazetteer.common:
            return None
        if len(canonical) == 1 or (known != "agency" and len(span.of(self.text)) < 3):
            return None
        proper = self._proper(i, last, known=known, canonical=canonical)
        return proper, last + 1

    def _contracted(self, i: int) -> tuple[int, str, Known] | None:
        """A newspaper whose article a preposition has taken in ("au *Monde*", "les colonnes du *Figaro*")."""
        if (
            i == 0
            or self.toks[i - 1].low not in self.naming.contracted
            or self.toks[i - 1].end + 1 != self.toks[i].start
        ):
            return None
        for last in range(min(i + 3, len(self.toks) - 1), i - 1, -1):
            end = self.toks[last].end
            name = self.gazetteer.bare.get(self.text[self.toks[i].start : end])
            if name is not None:
                return end, name, "outlet"
        return None

    def _honoured(self, i: int, more: int = 2) -> tuple[Proper | None, int] | None:
        """A form of address and the name after it; `more` of them may stand between ("M. le Pr", "Dr. Dr.")."""
        token = self.toks[i]
        gender = self.naming.honorifics.get(token.word)
        if gender is None or i + 1 >= len(self.toks):
            return None
        gap = self.text[token.end : self.toks[i + 1].start]
        if gap not in (" ", ". ", "."):
            return None
        follow = self.toks[i + 1]
        if not follow.capital and not self._leads_to_capital(i + 1):
            return None
        if more and follow.word in self.naming.honorifics and (inner := self._honoured(i + 1, more - 1)) and inner[0]:
            return self._with_honorific(inner[0], token, gender), inner[1]
        last = self.runs.reach(i + 1, honoured=True)
        proper = self._proper(i + 1, last)
        return self._with_honorific(proper, token, gender), last + 1

    def _titled(self, i: int) -> tuple[Proper | None, int] | None:
        """A newspaper's name that opens with its article ("Le Républicain d'Orbelle", "cité par L'Avenir du Plateau").

        At a sentence's start, where any article has a capital, the name goes on over a genitive and is made as those of
        newspapers are.
        """
        if i + 1 >= len(self.toks) or self.toks[i].low not in self.naming.articles:
            return None
        noun = self.toks[i + 1]
        gap = self.text[self.toks[i].end : noun.start]
        if not noun.capital or gap not in (" ", "'") or self.runs.in_headline(self.toks[i].start):
            return None
        last = self._over_genitive(i + 1)
        title = self.text[self.toks[i].start : noun.end]
        if self.runs.opens(i) and (last == i + 1 or title not in self.gazetteer.outlet_titles):
            return None
        return (self._proper(i, last), last + 1) if last > i + 1 else None

    def _over_genitive(self, k: int) -> int:
        """The last token of a name that goes on after token `k` with a genitive and capitals ("... *de la Vallée*")."""
        if k + 1 >= len(self.toks) or self.toks[k + 1].low not in self.roles.genitives:
            return k
        i = k + 1
        while i < len(self.toks) and i - k < 4 and self.text[self.toks[i - 1].end : self.toks[i].start] in (" ", "'"):
            if self.toks[i].capital:
                return self.runs.reach(i)
            if self.toks[i].low not in self.roles.genitives and self.toks[i].low not in self.roles.determiners:
                return k
            i += 1
        return k

    def _leads_to_capital(self, i: int) -> bool:
        """Whether particles, and nothing else, stand from token `i` to a capitalised word ("von der Leyen")."""
        for token in self.toks[i : i + 4]:
            if token.capital:
                return True
            if token.low not in self.naming.all_particles:
                return False
        return False

    def _with_honorific(self, proper: Proper, token: Token, gender: str) -> Proper:
        whole = Span(token.start, proper.span.end)
        return replace(
            proper, whole=whole, honorific=token.word, gender=gender or proper.gender, known=None, canonical=""
        )

    def _run_of_capitals(self, i: int) -> tuple[Proper | None, int] | None:
        """The name that starts at token `i`; with no name but a place to go on from, where the run is none."""
        if self.runs.in_headline(self.toks[i].start):
            return None
        last = self._over_and(i, self.runs.reach(i))
        if self.runs.opens(i) and not self._may_open(i, last):
            return None
        first = self._split(i, last)
        while first < last and self._is_empty(first):
            first += 1  # "(on) Monday Harris"
        if last - first + 1 > MAX_WORDS or (first == last and self._says_nothing(first)):
            return None, last + 1
        return self._proper(first, last), last + 1

    def _over_and(self, i: int, last: int) -> int:
        """The end of a body's name that holds "and" ("the *Transport and Harbour Workers' Union*"), else `last`."""
        k = last + 2
        if self.roles.head_first or k >= len(self.toks) or not self._has_article(i):
            return last
        spaced = self.text[self.toks[last].end : self.toks[k].start]
        if (
            self.toks[last + 1].word not in self.roles.conjunctions
            or not self.toks[k].capital
            or spaced.count(" ") != 2
        ):
            return last
        if self.runs.is_given(i) or self._is_body(last) or k - i > MAX_WORDS:
            return last
        end = self.runs.reach(k)
        return end if end > k and self._is_body(end) else last

    def _is_body(self, i: int) -> bool:
        """Whether a word is a noun for a body."""
        noun = self.roles.nouns.get(self.toks[i].low)
        return noun is not None and noun.category in BODIES

    def _may_open(self, i: int, last: int) -> bool:
        """Whether the first word of a sentence can be the first of a name."""
        token = self.toks[i]
        if token.low in self.naming.openers or (i == last and not self._proves_itself(i)):
            return False
        common = token.low in self.small and not self.runs.is_given(i)  # a common word with a sentence's capital
        return not common or (i < last and token.low in self.roles.before_head)

    def _is_empty(self, i: int) -> bool:
        """Whether a word never opens a name inside a sentence: a day, a month, a nationality before a plain noun."""
        low = self.toks[i].low
        return low in self.naming.calendar or (
            low in self.naming.adjectives and self.toks[i + 1].low in self.roles.nouns
        )

    def _proves_itself(self, i: int) -> bool:
        """Whether one capitalised word that opens a sentence is a name all the same."""
        word = self.toks[i].word
        if word.isupper() and len(word) > 1:
            return True
        if word in self.small or self.toks[i].low in self.small:
            return False
        if word in self.mid or self.gazetteer.given_gender(word) is not None:
            return True
        if (
            self.toks[i].low in self.roles.nouns
            or self.toks[i].low in self.roles.before_head
            or i + 1 >= len(self.toks)
        ):
            return False
        follow = self.toks[i + 1]
        gap = self.text[self.toks[i].end : follow.start]
        if gap == " " and follow.low in self.roles.nouns and i + 2 < len(self.toks) and self.toks[i + 2].capital:
            return False  # "Online pharmacy Tessaly"
        if gap == ", ":  # "Barroso, le président ..."
            return follow.low in self.roles.determiners or follow.low in self.roles.nouns
        return gap == " " and follow.low not in self.roles.prepositions

    def _says_nothing(self, i: int) -> bool:
        """Whether one capitalised word is no name: a letter, a day, a kind of body or person ("l'ONG")."""
        token = self.toks[i]
        noun = self.roles.nouns.get(token.low)
        kind = noun is not None and (token.word.isupper() or noun.category == "person")
        if kind and token.word in self.gazetteer.outlet_last and self._has_article(i):
            return False  # "told the *Courier*"
        if i and self.toks[i - 1].word[0].isdigit() and self.text[self.toks[i - 1].end : token.start] == " ":
            return True  # a product or a measure: "3DS XL", "4 Go"
        return len(token.word) == 1 or kind or token.low in self.naming.openers or token.low in self.naming.adjectives

    def _has_article(self, i: int) -> bool:
        """Whether a definite article stands right before a word."""
        before = self.roles.determiners.get(self.toks[i - 1].low) if i else None
        return before is not None and before[0] == "definite" and joined(self.text, self.toks[i - 1], self.toks[i])

    def _split(self, i: int, last: int) -> int:
        """Where the name starts in a run that opens with a title or with the end of a complement.

        "Labour Minister Étienne Roussillon" -> Étienne; "(le ministre de l')Intérieur Gérald Darmanin" -> Gérald.
        """
        if self.toks[i].word in self.gazetteer.abbreviated:
            return i  # "St. Brendan Hospital"
        for k in range(last - 1, i - 1, -1):
            noun = self.roles.nouns.get(self.toks[k].low)
            if (
                noun is None
                or self.runs.is_given(k)
                or self.text[self.toks[k].end : self.toks[k + 1].start] in self.naming.owners
            ):
                continue
            kind = k == i and len(self.toks[k].word) > 1 and self.toks[k].word.isupper()
            if kind or noun.category in PERSONS:
                return k + 1  # a title, or a kind of body in capitals ("l'ONG Human Rights Watch")
        if self.toks[last].word in self.gazetteer.outlet_last:
            return i  # "(au) *Port* Louis Chronicle"
        if last - i >= 2 and i > 0 and self._governs(self.toks[i - 1].low):
            for k in range(i + 1, last):
                if self.runs.is_given(k):
                    return k
        return i

    def _governs(self, low: str) -> bool:
        """Whether a word before a run of capitals makes its first words a complement: a preposition, an article."""
        return low in self.roles.prepositions or low in self.roles.determiners

    def _proper(self, first: int, last: int, *, known: Known | None = None, canonical: str = "") -> Proper:
        end = self.toks[last].end
        words = [t.word for t in self.toks[first : last + 1]]
        own = not self.naming.owners or words[-1] + _OWN_S in self.gazetteer.with_s
        if own and self.text[end : end + 2] == _OWN_S and not self.text[end + 2 : end + 3].isalnum():
            end, words[-1] = end + 2, words[-1] + _OWN_S
        span = Span(self.toks[first].start, end)
        return Proper(span, span, tuple(words), "", "", known, canonical, first, last)
