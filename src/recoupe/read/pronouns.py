"""Sources that are pronouns: personal, relative, of the first person, indefinite."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from recoupe.model import Attribution
from recoupe.read.holders import Holders
from recoupe.read.mentions import Mention
from recoupe.read.salience import Demand, Speaker
from recoupe.read.scene import is_person
from recoupe.read.tables import table
from recoupe.read.turns import LOOK_AROUND
from recoupe.read.words import tokens
from recoupe.text import Span, fold

_SPACE = re.compile(r"\s+")
_MARKS = " \t\r\n\u00a0\u202f«»“”„\"'‘’,;:()[]–—-"
_CUT = re.compile(r"[^\W\d_]+-$")
_REST = re.compile(r"-[^\W\d_]+")
_PLACE = re.compile(r"([^,.;:]{2,80}),\s*$")
_PLACE_BEHIND = re.compile(r"(?: \w+){0,2}?( [^,.;:«\"“]{4,80})(?=[,.;:])")


@dataclass(frozen=True, slots=True)
class Pronoun:
    """What one form says: gender "m", "f", "n" or "", number, kind, and what it can stand for."""

    gender: str
    number: str
    kind: str
    want: str


@dataclass(frozen=True, slots=True)
class PronounForms:
    """The pronouns of a language by their forms."""

    forms: dict[str, Pronoun]
    natural: bool  # he and she are persons, it is the rest
    sides: frozenset[str]  # "(du) côté (de)": what stands behind them is the place


@cache
def pronoun_forms(lang: str) -> PronounForms:
    """The pronouns of a language, loaded once."""
    data = table(lang, "pronouns")
    forms = {
        form: Pronoun(p["gender"], p["number"], p["kind"], p.get("want", "any"))
        for p in data["pronoun"]
        for form in p["forms"]
    }
    return PronounForms(forms, bool(data.get("natural", False)), frozenset(data["sides"]))


class Pronouns:
    """The pronouns of one page.  `resolve` gives the speaker of another attribution."""

    def __init__(self, holders: Holders, forms: PronounForms, resolve: Callable[[Attribution], Speaker]) -> None:
        self.scene = holders.scene
        self.page = self.scene.page
        self.roles = self.scene.roles
        self.turns = holders.turns
        self.holders = holders
        self.wording = holders.wording
        self.forms = forms
        self.resolve = resolve

    def at(self, span: Span) -> Pronoun | None:
        """The pronoun that a source is, None for any other source."""
        comma = self.scene.plain.find(",", span.start, span.end)
        first = Span(span.start, comma) if comma > span.start else span  # « Celle-ci, bonne perdante »
        return self._form(first) or self._form(self._whole_word(first))

    def _form(self, span: Span) -> Pronoun | None:
        return self.forms.forms.get(_SPACE.sub(" ", span.of(self.scene.plain)).strip(_MARKS).lower())

    def _whole_word(self, span: Span) -> Span:
        """The span with what it cuts of a hyphenated word ("[Celui-]ci", "Celle[-ci]")."""
        found = _CUT.search(self.scene.plain, max(0, span.start - 24), span.start)
        rest = _REST.match(self.scene.plain, span.end)
        return Span(found.start() if found else span.start, rest.end() if rest else span.end)

    def speaker(self, span: Span, pronoun: Pronoun, content: Sequence[Span]) -> Speaker:
        """Whom a pronoun that stands at a span, as the source of these words, speaks of."""
        if pronoun.kind == "relative":
            return self._relative(span, pronoun.want)
        if pronoun.kind == "speaker":
            return self._first_person(span)
        if pronoun.kind == "indefinite":
            return self._indefinite(span)
        personal = self.forms.natural and pronoun.kind == "personal" and pronoun.number == "s"
        want = pronoun.want if not personal else "body" if pronoun.gender == "n" else "person"
        split = len(content) > 1 and content[0].end <= span.start < content[-1].start
        demand = Demand(
            pronoun.gender.replace("n", ""),
            pronoun.number,
            want,  # type: ignore[arg-type]
            near=pronoun.kind == "near",
            apart=content[0] if split else None,
        )
        found = self.holders.back(span.start, demand, "pronoun")
        return found or Speaker(None, "cannot tell: nobody before fits the pronoun", 0.0)

    def _relative(self, span: Span, want: str) -> Speaker:
        """The phrase right before the relative pronoun: the last turn's source, else the nearest mention."""
        plain = self.scene.plain
        for turn in reversed(self.turns.all[-LOOK_AROUND:]):
            source = turn.source
            if source and span.start - 40 < source.end <= span.start and not plain[source.end : span.start].strip(" ,"):
                return replace(turn.speaker, reason="relative pronoun -> the source before it")
        best = None
        sentence = self.scene.sentence_of(span.start)
        for m in reversed(self.scene.before(span.start, 12)):
            if self.scene.sentence_of(m.span.start) != sentence or m.span.end > span.start:
                continue
            if (want == "person" and not self._may_be_person(m)) or (want == "body" and is_person(m)):
                continue
            if best is None or best.kind == "place":
                best = m
            if (self.scene.is_named(m) or m.kind == "role") and self._reaches(m, span.start):
                best = m
                break
        if best is None:
            return Speaker(None, "cannot tell: nobody named before the relative pronoun", 0.0)
        return self.holders.speaker(best, "relative pronoun -> the phrase before it")

    def _may_be_person(self, m: Mention) -> bool:
        return is_person(m) or m.kind == "name" or (m.phrase is not None and m.phrase.noun.category == "group")

    def _reaches(self, mention: Mention, at: int) -> bool:
        """Whether nothing, or only an apposition between commas, stands between a mention and an offset."""
        gap = self.scene.plain[mention.span.end : at]
        if not gap.strip(" ,"):
            return True
        return mention.kind == "person" and gap.count(",") == 2 and gap.startswith(",") and gap.rstrip().endswith(",")

    def _first_person(self, span: Span) -> Speaker:
        """Who speaks in the quotation around it, else the newspaper."""
        for turn in reversed(self.turns.all[-LOOK_AROUND:]):
            if any(s.start <= span.start < s.end for s in turn.content):
                return replace(turn.speaker, reason="first person -> who speaks around it")
        quote = self.scene.in_quote(span.start)
        if quote is not None:
            return self._who_says(quote)
        if self.page.article.outlet:
            return Speaker(self.page.article.outlet, "first person -> the newspaper", 0.8, body=True)
        return Speaker(None, "cannot tell: first person outside a quotation", 0.0)

    def _who_says(self, quote: Span) -> Speaker:
        """The speaker of a quotation whose source comes after it."""
        for attribution in self._by_content.get(quote.start, ()):
            if attribution.source is not None and attribution.source.start >= quote.end:
                return replace(self.resolve(attribution), reason="first person -> who speaks around it")
        return Speaker(None, "cannot tell: first person in a quotation that nobody is said to say", 0.0)

    @cached_property
    def _by_content(self) -> dict[int, list[Attribution]]:
        found: dict[int, list[Attribution]] = {}
        for attribution in self.page.attributions:
            found.setdefault(attribution.content[0].start, []).append(attribution)
        return found

    @cached_property
    def _places(self) -> frozenset[str]:
        """The prepositions before a place, also without the accent that a capital loses."""
        return self.roles.prepositions | {fold(w) for w in self.roles.prepositions}

    def _indefinite(self, span: Span) -> Speaker:
        """In "À la mairie, on dit ..." and "dit-on à la mairie" the place speaks; else the pronoun names nobody."""
        sentence = self.scene.sentences[self.scene.sentence_of(span.start)]
        start = max(sentence.start, span.start - 120)
        found = _PLACE.match(self.scene.plain, start, span.start) if start == sentence.start else None
        bound = self.scene.plain[span.start - 1 : span.start] == "-"
        behind = _PLACE_BEHIND.match(self.scene.plain, span.end, sentence.end) if bound else None
        for place in (found, behind):
            if place is None:
                continue
            toks = tokens(self.scene.text, place.start(1), place.end(1))
            while toks and toks[0].low not in self._places:
                toks = [] if place is found else toks[1:]
            if len(toks) > 1:
                start = 3 if toks[1].low in self.forms.sides and len(toks) > 3 else 1
                worded = self.wording.worded(Span(toks[start].start, toks[-1].end))
                return Speaker(worded, "indefinite pronoun -> the place", 0.7)
        return Speaker(None, "cannot tell: an indefinite pronoun names nobody", 0.0)
