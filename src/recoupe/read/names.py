"""Proper names: finding them by their capitals, taking them apart, and telling whether two name the same person.

Names are found without a model: spaCy's small recognisers are slow for this and call Kamala Harris a place.  What a
name names is decided later, in `mentions`, from all the evidence of the article.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from recoupe.read.roles import BODIES, PERSONS, Token, roles
from recoupe.read.tables import table
from recoupe.text import Span, fold

Known = Literal["agency", "outlet", "social", "organisation", "place"]

MAX_WORDS = 8  # a run of more capitalised words than this is a headline or a list, not a name
_OPENING = frozenset('.!?:;…\n\r«»“”„"—–―(‘•|*·/[')


class NameParts(NamedTuple):
    """A person's name taken apart, folded: `given` may be empty, `surname` holds the particles."""

    given: tuple[str, ...]
    surname: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proper:
    """A capitalised name as it stands in the text.

    `span` is the name alone; `whole` begins with its form of address where there is one.  `words` are the name's words
    as written.  `known` and `canonical` come from the gazetteer.  `opening`: it opens a sentence, so that its capital
    proves nothing.
    """

    span: Span
    whole: Span
    words: tuple[str, ...]
    honorific: str = ""
    gender: str = ""
    known: Known | None = None
    canonical: str = ""
    opening: bool = False
    first: int = 0  # index of its first token
    last: int = 0  # index of its last token


class Gazetteer:
    """Names that are the same in every language: agencies, outlets, networks, institutes, places, given names."""

    def __init__(self) -> None:
        self._forms: dict[str, list[tuple[str, str, Known]]] = {}
        for name in table("data", "networks")["names"]:
            self._add(name, name, "social")
        for agency in table("data", "agencies")["agency"]:
            for form in (agency["name"], *agency["forms"]):
                self._add(form, agency["name"], "agency")
        for group in table("data", "institutes").values():
            for entry in group:
                canonical = entry.split("/")[0]
                for form in entry.split("/"):
                    self._add(form, canonical, "organisation")
        outlets = table("data", "outlets")
        for name in outlets["names"]:
            self._add(name, name, "outlet")
        self.bare: dict[str, str] = {}  # "Monde" (in "au Monde") -> "Le Monde"
        for name in outlets["names"]:
            article, _, rest = plain(name).partition(" ")
            if article in ("Le", "Les") and name not in outlets["common"]:
                self.bare.setdefault(rest, name)
        self.common = frozenset(plain(n) for n in outlets["common"])
        self.outlet_last = frozenset(outlets["last"])
        first = {plain(n) for n in outlets["first"]}
        bare = {
            n.split("'")[-1] if "'" in n else n.split(" ", 1)[-1]
            for n in first
            if n.startswith(("L", "Le", "La", "Les"))
        }
        self.outlet_first = frozenset(first | bare)  # with and without their article
        self.outlet_titles = frozenset(first - {plain(n) for n in outlets["else"]})
        self.outlet_suffixes = tuple(outlets["suffixes"])
        self.body_words = frozenset(table("data", "bodies")["words"])
        self.slogans = frozenset(plain(n) for n in table("data", "bodies")["slogans"])
        self.estimators = frozenset(plain(n) for n in table("data", "bodies")["estimators"])
        self.surname_letters = frozenset(table("data", "particles")["letters"])
        self.with_s = frozenset(table("data", "bodies")["with_s"])
        self.places = frozenset(table("data", "places")["names"].split())
        first_names = table("data", "first_names")
        masculine, feminine = set(first_names["m"].split()), set(first_names["f"].split())
        self.given: dict[str, str] = dict.fromkeys(masculine & feminine, "")
        self.given |= dict.fromkeys(masculine - feminine, "m") | dict.fromkeys(feminine - masculine, "f")
        for forms in self._forms.values():
            forms.sort(key=lambda f: (-len(f[0]), f[0]))

    def _add(self, form: str, canonical: str, known: Known) -> None:
        form = plain(form)
        first = form.split("'")[0].split()[0].split("-")[0] if form[1:2] != "'" else form[0]
        self._forms.setdefault(first, []).append((form, canonical, known))

    def at(self, text: str, token: Token) -> tuple[int, str, Known] | None:
        """The longest known name that starts at the token, in text made plain: its end, canonical form and kind."""
        head = token.word.split("-")[0]
        for form, canonical, known in self._forms.get(head, ()):
            end = token.start + len(form)
            if text.startswith(form, token.start) and not text[end : end + 1].isalnum():
                return end, canonical, known
        return None

    def given_gender(self, word: str) -> str | None:
        """The gender of a given name: "m", "f", "" where it may be either, None where it is no known given name."""
        folded = fold(word)
        known = self.given.get(folded)
        if known is None and "-" in folded:
            known = self.given.get(folded.split("-")[0])
        return known

    def opens_outlet(self, name: str) -> bool:
        """Whether a name opens as a newspaper's of the Romance manner does ("Le Phare", "(au) Phare" de ...)."""
        return plain(name) in self.outlet_first

    def has_outlet_shape(self, name: str) -> bool:
        """Whether a name of two words or more is made as those of newspapers and broadcasters are."""
        words = plain(name).split()
        if len(words) < 2:
            return name.endswith(self.outlet_suffixes)
        openings = (" ".join(words[:n]) for n in (1, 2, 3) if n < len(words))
        return words[-1] in self.outlet_last or any(opening in self.outlet_first for opening in openings)


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
        self.age = frozenset(data["cues"]["age"])
        self.elided = frozenset(data["particles"]["elided"])
        self.named_nouns = frozenset(data["cues"]["named"])
        self.participles: tuple[str, ...] = tuple(data["cues"]["participles"])
        self.contracted = frozenset(data["particles"]["contracted"])
        self.articles = frozenset(data["particles"]["articles"])
        self.has_possessive: bool = data["possessive"]["marks"]
        self.all_particles = self.inner | self.noble


@cache
def naming(lang: str) -> Naming:
    """How a language writes names, loaded once."""
    return Naming(lang)


@cache
def gazetteer() -> Gazetteer:
    """The names that are the same in every language, loaded once."""
    return Gazetteer()


_PLAIN = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " ", "‑": "-"})


def plain(text: str) -> str:
    """`text` with typographic apostrophes, hyphens and spaces made plain; every offset stays."""
    return text.translate(_PLAIN)


@lru_cache(maxsize=16384)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, folded; hyphens join, apostrophes and full stops part."""
    return tuple(w for w in fold(name).replace("'", " ").replace(".", " ").replace(",", " ").split() if w.strip("-"))


@lru_cache(maxsize=16384)
def name_parts(name: str) -> NameParts:
    """A person's name taken apart.  The surname is the last word with the particles before it."""
    words = words_of(name)
    if not words:
        return NameParts((), ())
    cut = len(words) - 1
    while cut > 0 and words[cut - 1] in particles():
        cut -= 1
    return NameParts(words[:cut], words[cut:])


@cache
def particles() -> frozenset[str]:
    """Particles before a surname in any language."""
    return frozenset(table("data", "particles")["words"])


def same_given(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two given names (folded words) can be one person's: either is absent, they are equal, or initials fit."""
    for x, y in zip(a, b, strict=False):
        if x == y:
            continue
        if (len(x) <= 2 and y.startswith(x[0])) or (len(y) <= 2 and x.startswith(y[0])):
            continue
        return False
    return True


def same_person(a: str, b: str) -> bool:
    """Whether two names can be one person's: the same surname, and given names that do not contradict.

    Case, accents, particles and forms of initials do not count: "Ursula von der Leyen", "Von der Leyen" and
    "U. von der Leyen" are one; "Oumar Maïga" and "Fatoumata Maïga" are two.
    """
    one, two = name_parts(a), name_parts(b)
    if not one.surname or not two.surname:
        return False
    bare = tuple(w for w in one.surname if w not in particles()) or one.surname
    other = tuple(w for w in two.surname if w not in particles()) or two.surname
    return bare == other and same_given(one.given, two.given)


def initials(name: str, empty: frozenset[str]) -> str:
    """The initials of a name's words, without `empty` ones ("Organisation du traité ..." -> OT...), in capitals."""
    return "".join(w[0] for w in words_of(name.replace("-", " ")) if w not in empty).upper()


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
        self.small = {t.word for t in toks if t.word[0].islower()}
        self.mid = {t.word for n, t in enumerate(toks) if t.capital and not self._opens(n)}
        self.headlines = self._headlines()

    def _opens(self, i: int) -> bool:
        """Whether the token stands where any word has a capital."""
        if i == 0:
            return True
        gap = self.text[self.toks[i - 1].end : self.toks[i].start]
        if gap == " ":
            return False
        if gap == ". " and (len(self.toks[i - 1].word) == 1 or self.toks[i - 1].word in self.naming.honorifics):
            return False
        return any(c in _OPENING for c in gap) or gap.strip() in ("-", "- ")

    def _headlines(self) -> tuple[list[int], list[int]]:
        """The lines in which nearly every word has a capital, where a capital proves nothing: starts and ends."""
        starts, ends, start = [], [], 0
        for line in self.text.split("\n"):
            long = [w for w in line.split() if len(w) > 3 and w[0].isalpha()] if 12 < len(line) < 300 else []
            least = 6 if line.rstrip()[-1:] in ".!?" else 2
            if len(long) > least and sum(w[0].isupper() for w in long) > 0.7 * len(long):
                starts.append(start)
                ends.append(start + len(line))
            start += len(line) + 1
        return starts, ends

    def _in_headline(self, at: int) -> bool:
        starts, ends = self.headlines
        k = bisect_right(starts, at) - 1
        return k >= 0 and at < ends[k]

    def run(self) -> list[Proper]:
        found: list[Proper] = []
        i, n = 0, len(self.toks)
        while i < n:
            token = self.toks[i]
            if not token.capital:
                i += 1
                continue
            step = self._known(i) or self._honoured(i) or self._titled(i) or self._run_of_capitals(i)
            if step is None:
                i += 1
                continue
            proper, i = step
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
        goes_on = last + 1 < len(self.toks) and self.toks[last + 1].capital and self._joins(last, last + 1)
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
        last = self._reach(i + 1, honoured=True)
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
        if not noun.capital or gap not in (" ", "'") or self._in_headline(self.toks[i].start):
            return None
        last = self._over_genitive(i + 1)
        title = self.text[self.toks[i].start : noun.end]
        if self._opens(i) and (last == i + 1 or title not in self.gazetteer.outlet_titles):
            return None
        return (self._proper(i, last), last + 1) if last > i + 1 else None

    def _over_genitive(self, k: int) -> int:
        """The last token of a name that goes on after token `k` with a genitive and capitals ("... *de la Vallée*")."""
        if k + 1 >= len(self.toks) or self.toks[k + 1].low not in self.roles.genitives:
            return k
        i = k + 1
        while i < len(self.toks) and i - k < 4 and self.text[self.toks[i - 1].end : self.toks[i].start] in (" ", "'"):
            if self.toks[i].capital:
                return self._reach(i)
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
        return Proper(
            proper.span,
            whole,
            proper.words,
            token.word,
            gender or proper.gender,
            None,
            "",
            False,
            proper.first,
            proper.last,
        )

    def _run_of_capitals(self, i: int) -> tuple[Proper | None, int] | None:
        """The name that starts at token `i`; with no name but a place to go on from, where the run is none."""
        if self._in_headline(self.toks[i].start):
            return None
        opening, last = self._opens(i), self._reach(i)
        if opening and not self._may_open(i, last):
            return None
        first = self._split(i, last)
        while first < last and self._is_empty(first):
            first += 1  # "(on) Monday Harris"
        if last - first + 1 > MAX_WORDS or (first == last and self._says_nothing(first)):
            return None, last + 1
        return self._proper(first, last, opening=opening and first == i), last + 1

    def _may_open(self, i: int, last: int) -> bool:
        """Whether the first word of a sentence can be the first of a name."""
        token = self.toks[i]
        if token.low in self.naming.openers or (i == last and not self._proves_itself(i)):
            return False
        common = token.low in self.small and not self._is_given(i)  # a common word with a sentence's capital
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
        if gap == ", ":  # "Barroso, le président ..."
            return follow.low in self.roles.determiners or follow.low in self.roles.nouns
        return gap == " " and follow.low not in self.roles.prepositions

    def _says_nothing(self, i: int) -> bool:
        """Whether one capitalised word is no name: a letter, a day, a kind of body or person ("l'ONG")."""
        token = self.toks[i]
        noun = self.roles.nouns.get(token.low)
        kind = noun is not None and (token.word.isupper() or noun.category == "person")
        if i and self.toks[i - 1].word[0].isdigit() and self.text[self.toks[i - 1].end : token.start] == " ":
            return True  # a product or a measure: "3DS XL", "4 Go"
        return len(token.word) == 1 or kind or token.low in self.naming.openers or token.low in self.naming.adjectives

    def _split(self, i: int, last: int) -> int:
        """Where the name starts in a run that opens with a title or with the end of a complement.

        "Labour Minister Étienne Roussillon" -> Étienne; "(le ministre de l')Intérieur Gérald Darmanin" -> Gérald.
        """
        for k in range(last - 1, i - 1, -1):
            noun = self.roles.nouns.get(self.toks[k].low)
            if noun is None or self._is_given(k) or self.text[self.toks[k].end : self.toks[k + 1].start] == "' ":
                continue
            kind = k == i and len(self.toks[k].word) > 1 and self.toks[k].word.isupper()
            if kind or noun.category in PERSONS:
                return k + 1  # a title, or a kind of body in capitals ("l'ONG Human Rights Watch")
        if last - i >= 2 and i > 0 and self._governs(self.toks[i - 1].low):
            for k in range(i + 1, last):
                if self._is_given(k):
                    return k
        return i

    def _governs(self, low: str) -> bool:
        """Whether a word before a run of capitals makes its first words a complement: a preposition, an article."""
        return low in self.roles.prepositions or low in self.roles.determiners

    def _reach(self, i: int, honoured: bool = False) -> int:
        """The last token of the run of capitalised words and particles that starts at token `i`."""
        last = k = i
        while k + 1 < len(self.toks) and k - i < MAX_WORDS + 4:
            nxt = self.toks[k + 1]
            if not (self._joins(k, k + 1) or self._elides(k, last)) or nxt.word in self.naming.honorifics:
                break
            if nxt.capital:
                last = k = k + 1
            elif k - last < 2 and self._is_particle(nxt.low, k > last, honoured or (k == i and self._is_given(i))):
                k += 1
            else:
                break
        return last

    def _elides(self, k: int, last: int) -> bool:
        """Whether the particle `k` leans on the capitalised word after it ("Le Phare de l'Aulne", "al-Assad")."""
        gap = self.text[self.toks[k].end : self.toks[k + 1].start]
        return k > last and self.toks[k].low in self.naming.elided and self.toks[k + 1].capital and gap in ("'", "-")

    def _is_particle(self, low: str, after_particle: bool, after_given: bool) -> bool:
        """Whether a small word goes on a name: "van" anywhere, "de" after a given name or a form of address only."""
        if low in self.naming.inner:
            return True
        return low in self.naming.noble and (after_given or after_particle)

    def _is_given(self, i: int) -> bool:
        return self.gazetteer.given_gender(self.toks[i].word) is not None

    def _joins(self, a: int, b: int) -> bool:
        """Whether the word `b` can go on the name that `a` is a word of."""
        left, right = self.toks[a], self.toks[b]
        if not right.capital and right.low not in self.naming.all_particles:
            return False
        gap = self.text[left.end : right.start]
        if gap == " ":
            return True
        if gap in (".", ". "):
            return (len(left.word) == 1 and left.capital) or left.word in ("St", "Ste", "Jr")
        if gap == "' ":
            return left.low.endswith("s") and self._is_body_of_many(a, b)
        if gap == "'":
            titled = left.capital and left.low in self.naming.elided and not self._opens(a)  # "le quotidien L'Éveil"
            return left.word in self.gazetteer.surname_letters or titled
        return gap in (" & ", "&")

    def _is_body_of_many(self, a: int, b: int) -> bool:
        """Whether a plural's possessive opens a body's name ("the *Seafarers' Federation*"), not "Wales' Senate"."""
        noun = self.roles.nouns.get(self.toks[b].low)
        body = noun is not None and noun.category in BODIES
        word = self.toks[a].word
        if not body or not self.naming.has_possessive or fold(word) in self.gazetteer.places:
            return False
        while a > 0 and self.toks[a - 1].capital and self.text[self.toks[a - 1].end : self.toks[a].start] == " ":
            a -= 1
        return a > 0 and self.toks[a - 1].low in self.roles.determiners

    def _proper(
        self, first: int, last: int, *, known: Known | None = None, canonical: str = "", opening: bool = False
    ) -> Proper:
        end = self.toks[last].end
        words = [t.word for t in self.toks[first : last + 1]]
        own = not self.naming.has_possessive or words[-1] + "'s" in self.gazetteer.with_s
        if own and self.text[end : end + 2] == "'s" and not self.text[end + 2 : end + 3].isalnum():
            end, words[-1] = end + 2, words[-1] + "'s"
        span = Span(self.toks[first].start, end)
        return Proper(span, span, tuple(words), "", "", known, canonical, opening, first, last)
