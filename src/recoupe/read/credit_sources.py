"""Sources of attributions that are credits: bodies that measure or poll anywhere, others after "selon" and the like."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from recoupe.model import Attribution, Credit, CreditKind
from recoupe.read.credit_documents import Documents
from recoupe.read.credit_names import KINDS, Names, Part, bare, bare_name, known
from recoupe.read.gazetteer import gazetteer
from recoupe.read.mentions import Mention
from recoupe.read.roles import BODIES, PERSONS, Phrase
from recoupe.read.words import Token, joined, plain, tokens
from recoupe.text import Span


def credits_of_sources(names: Names, documents: Documents) -> Iterator[Credit]:
    """The credits in the sources of an article's attributions."""
    sources = _Sources(names, documents)
    for attribution in names.page.attributions:
        if attribution.source is not None:
            yield from sources.credits(attribution, attribution.source)


@dataclass(frozen=True, slots=True)
class _Source:
    """One source taken apart: its words, the phrase on its head, the head's lemma, and the names in it."""

    attribution: Attribution
    span: Span
    toks: list[Token]
    head: int  # the index of the head among the words, 0 without one
    phrase: Phrase | None
    noun: str
    inside: list[Mention]


class _Sources(Part):
    """The sources of one article."""

    def __init__(self, names: Names, documents: Documents) -> None:
        super().__init__(names)
        self.documents = documents

    def credits(self, attribution: Attribution, span: Span) -> Iterator[Credit]:
        """The credits of one source: what measures or publishes, else a document, an outlet spoken of, a body."""
        source = self._taken_apart(attribution, span)
        outlet = self.names.page.article.outlet
        if source.phrase is not None and source.phrase.determiner == "first_person" and outlet and not source.inside:
            if source.noun in self.frames.nouns.own:
                yield Credit(span, outlet, "outlet", "the newspaper's own")
            return
        origins = [(m, kind) for m in source.inside if (kind := self._kind_in_source(source, m))]
        for m, kind in origins:
            yield Credit(bare(m, self.plain), m.name, kind, "source that measures or publishes")
        document = self._is_document(source)
        if document and source.phrase is not None:
            if not self._is_of_its_maker(source, bool(origins)):
                yield from self.documents.as_source(attribution, span, source.phrase, source.toks)
            elif not origins and self.names.is_according(attribution):
                yield from self._maker_of_counts(source, source.phrase)
        if origins or document:
            return
        following = self._name_after(span)
        if following is not None:  # else a name right after a source is found by the frames
            noun = self.frames.nouns.kinds.get(source.noun, "")
            if noun in ("outlet", "agency"):
                yield from self._named(following, self.names.kind(following, noun, ""), "outlet named after its noun")
            return
        yield from self._spoken_of(source)
        if self.names.is_according(attribution) or (self._counts(source) and self._measures(attribution)):
            yield from self._body(source)
        elif self._estimates(attribution):
            yield from self._estimator(source)

    def _taken_apart(self, attribution: Attribution, span: Span) -> _Source:
        toks = tokens(self.text, span.start, span.end)
        head = self.roles.head_of(toks, self.text)
        phrase = self.roles.phrase_at(self.text, toks, head) if head is not None else None
        inside = self.names.inside(span)
        first_person = phrase is not None and phrase.determiner == "first_person"
        in_name = phrase is not None and any(m.span.holds(phrase.head) for m in inside)
        if phrase is not None and phrase.noun.category == "document" and in_name and not first_person:
            phrase = None  # "La Dépêche du Midi"
        return _Source(attribution, span, toks, head or 0, phrase, phrase.noun.lemma if phrase else "", inside)

    # --- names that are credits by themselves

    def _kind_in_source(self, source: _Source, m: Mention) -> CreditKind | None:
        """What a name in a source is if it is a credit by itself: it measures, publishes, or is known to; else None."""
        phrase = source.phrase
        if phrase is not None and m.span.holds(phrase.head) and phrase.noun.category not in BODIES:
            phrase = None  # "Le Républicain d'Orbelle": a noun in a name is none beside it
        low = phrase.noun.lemma if phrase is not None else ""
        entry = known(m.span.of(self.plain)) or known(m.name)
        governed = phrase is not None and phrase.noun.category in PERSONS and m.span.start >= phrase.head.end
        if entry is not None:
            member = governed and entry[1] == "organisation"  # "un des chercheurs de HRW" speaks for himself
            return entry[1] if entry[1] != "social" and not member else None
        if m.kind == "person" or (governed and phrase is not None and not self._makers(phrase)):
            return None
        speaker = source.attribution.speaker or ""
        if low in self.frames.nouns.counts and m.name in speaker and not self._is_portfolio(m, source.span):
            return self.names.kind(m, self._noun_before(m, source.span), "organisation")
        if low not in self.frames.nouns.documents and self._is_measurer(m, source.span):
            return self.names.kind(m, "organisation", "")
        if m.kind != "place" and phrase is None:
            return self.names.kind(m, "", "")
        if phrase is not None and self.frames.nouns.kinds.get(low) in ("outlet", "agency"):
            words = self.plain[source.span.start : max(m.span.end, phrase.span.end)].replace("'", " ").split()
            noun = self.names.sort_of_agency(self.frames.nouns.kinds[low], words)
            return self.names.kind(m, noun, "") if noun != "organisation" else None
        return None

    def _noun_before(self, m: Mention, source: Span) -> str:
        words = self.plain[source.start : m.span.start].replace("'", " ").lower().split()
        noun = next((self.frames.nouns.kinds[w] for w in reversed(words[-3:]) if w in self.frames.nouns.kinds), "")
        return self.names.sort_of_agency(noun, words[-4:])

    def _is_portfolio(self, m: Mention, source: Span) -> bool:
        """Whether a name only says of what a body is ("les chiffres du ministère *de l'Intérieur*")."""
        lead = self.plain[source.start : m.span.start].replace("'", " ").lower().split()
        while lead and lead[-1] in self.roles.determiners and lead[-1] not in self.roles.genitives:
            lead.pop()
        noun = self.roles.nouns.get(lead[-2]) if len(lead) > 1 and lead[-1] in self.roles.genitives else None
        return noun is not None and noun.category in BODIES

    def _makers(self, phrase: Phrase) -> bool:
        """Whether a plural noun for persons stands for a firm ("according to consultants Mérope")."""
        return phrase.number == "p" or phrase.noun.lemma in self.roles.firms

    def _is_measurer(self, m: Mention, source: Span) -> bool:
        """Whether a name is that of a body that counts or polls: by the noun before it, here or where it was named."""
        return (
            m.entity in self.names.measurers
            or self.frames.nouns.measurer.search(self.plain, source.start, m.span.start) is not None
        )

    # --- documents

    def _is_document(self, source: _Source) -> bool:
        """Whether the source's head is a document, and not the complement of something else."""
        if source.phrase is None or self._is_complement(source.toks, source.head):
            return False
        return not self.frames.nouns.documents.isdisjoint((source.noun, source.toks[source.head].low))

    def _is_complement(self, toks: list[Token], head: int) -> bool:
        """Whether a preposition stands before the known noun ("les éléments *de l'enquête*"): it is no head."""
        skipped = (
            2 if len(toks) > 1 and toks[1].low in self.roles.genitives else int(toks[0].low in self.roles.determiners)
        )
        before = toks[skipped:head]  # "des" is a determiner there, and a preposition elsewhere
        return self.roles.head_first and any(t.low in self.roles.prepositions for t in before)

    def _is_of_its_maker(self, source: _Source, found: bool) -> bool:
        """Whether a count or a test is somebody's, who is the credit then, or one of many that are nobody's."""
        forms = (source.noun, source.toks[source.head].low) if source.phrase is not None else ()
        if source.phrase is None or self.frames.nouns.counts.isdisjoint(forms):
            return False
        speaker = source.attribution.speaker or ""
        loose = source.phrase.number == "p" and not self.names.is_according(source.attribution)
        elsewhere = bool(speaker) and source.phrase.head.of(self.text).lower() not in speaker.lower()
        return found or loose or elsewhere or self.documents.has_agent(source.span.end)

    def _name_after(self, source: Span) -> Mention | None:
        """The name right after a source."""
        n = bisect_left(self.names.starts, source.end)
        found = self.names.mentions[n : n + 1]
        return found[0] if found and not self.plain[source.end : found[0].span.start].strip() else None

    def _named(self, m: Mention, kind: CreditKind | None, reason: str) -> Iterator[Credit]:
        if kind is not None:
            yield Credit(bare(m, self.plain), m.name, kind, reason)

    # --- outlets spoken of

    def _spoken_of(self, source: _Source) -> Iterator[Credit]:
        """ "le journal anglais", "l'agence": an outlet that was named before."""
        kind, speaker = self.frames.nouns.kinds.get(source.noun), source.attribution.speaker
        if kind not in ("outlet", "agency") or not speaker or speaker not in self._outlets:
            return
        span = self.names.without_determiner(source.span, source.toks)
        yield Credit(span, speaker, self._sort(speaker, kind), "outlet spoken of")

    @cached_property
    def _outlets(self) -> frozenset[str]:
        """The names of the outlets and agencies of the article."""
        return frozenset(m.name for m in self.names.mentions if m.outlet)

    def _sort(self, name: str, default: str) -> CreditKind:
        entry = known(plain(name))
        return entry[1] if entry is not None else "agency" if default == "agency" else "outlet"

    # --- bodies

    def _counts(self, source: _Source) -> bool:
        """Whether a source is a body whose figures are its business: a service, a watchdog, but no ministry."""
        words = self.plain[source.span.start : source.span.end].replace("'", " ").lower().split()
        if any(w in self.frames.nouns.counting for w in words):
            return True
        return any(not gazetteer().estimators.isdisjoint((m.name, m.span.of(self.plain))) for m in source.inside)

    def _measures(self, attribution: Attribution) -> bool:
        """Whether a cue of counting, rating or estimating reports a figure ("recense 4 100 cas", "puts it at 70 %")."""
        words = self.names.cue(attribution).replace("'", " ").split()
        if not any(w in self.frames.sources.measuring for w in words):
            return False
        return any(q.span.overlaps(s) for s in attribution.content for q in self.names.page.quantities)

    def _estimates(self, attribution: Attribution) -> bool:
        """Whether a cue is one by which any body gives an estimate, and a figure follows ("estime à 75 000").

        No estimate is an opinion in a clause ("estime que 200 personnes ..."), nor what a body says of its own
        ("chiffre *ses* pertes à 3 millions").
        """
        words = self.names.cue(attribution).replace("'", " ").split()
        if not any(w in self.frames.sources.estimating for w in words) or not attribution.content:
            return False
        first = attribution.content[0]
        opening = tokens(self.text, first.start, first.end)[:1]
        own = bool(opening) and self.roles.determiners.get(opening[0].low, ("",))[0] == "possessive"
        clause = attribution.cue is not None and self._is_clause(attribution.cue.end, first.start)
        figure = any(q.span.overlaps(s) for s in attribution.content for q in self.names.page.quantities)
        return figure and not own and not clause

    def _is_clause(self, end: int, start: int) -> bool:
        """Whether a complementiser stands between a cue and its content, or at the cue's end."""
        if start < end:
            return False
        words = self.plain[end:start].replace("'", " ").lower().split()
        return bool(words) and words[-1] in self.frames.sources.complementisers

    def _estimator(self, source: _Source) -> Iterator[Credit]:
        """The body by name that estimates."""
        head = source.inside[0] if source.inside else None
        if head is not None and head.kind == "organisation" and not self._is_governed(source, head):
            yield Credit(bare(head, self.plain), head.name, "organisation", "body that estimates")

    def _is_governed(self, source: _Source, m: Mention) -> bool:
        """Whether a name is a complement in its source ("un chercheur *de* HRW")."""
        lead = self.plain[source.span.start : m.span.start].replace("'", " ").lower().split()
        return any(w in self.roles.prepositions for w in lead)

    def _body(self, source: _Source) -> Iterator[Credit]:
        """The body that a source is: by its name, by the name beside its noun, or by its noun."""
        phrase, first = source.phrase, source.inside[0] if source.inside else None
        if first is not None and first.kind == "person" and (phrase is None or first.span.start < phrase.head.start):
            return  # "Ada Vos, of the house of Lanthorn"
        whole = [m for m in source.inside if phrase is None or m.span.start <= phrase.head.start < m.span.end]
        if whole:
            if self._may_be_body(whole[0]):
                yield self._with_adjective(source, whole[0])
            return
        if phrase is None:
            return
        beside = self._name_beside(source, phrase)
        if beside is not None:
            yield Credit(bare(beside, self.plain), beside.name, "organisation", "according to a body")
            return
        several = self.roles.is_plural_indefinite(phrase)
        vague = several and (phrase.determiner is not None or len(source.toks) == 1)
        if not vague and not self.names.is_weak(source.attribution):
            yield from self._unnamed_body(source, phrase)

    def _unnamed_body(self, source: _Source, phrase: Phrase) -> Iterator[Credit]:
        """A body by its noun ("la préfecture"), or a count by the body whose it is."""
        span = self.names.without_determiner(source.span, source.toks)
        speaker = source.attribution.speaker or ""
        if source.noun in self.frames.nouns.counts and phrase.number != "p":
            if self.names.names_body(speaker):
                yield Credit(span, bare_name(speaker, self.roles), "organisation", "count of a body")
        elif phrase.noun.category in BODIES or source.noun in self.frames.nouns.kinds:
            name = bare_name(speaker or span.of(self.text), self.roles)
            words = self.plain[source.span.start : source.span.end].replace("'", " ").lower().split()
            noun = self.names.sort_of_agency(self.frames.nouns.kinds.get(source.noun, ""), words)
            yield Credit(span, name, KINDS.get(noun, "organisation"), "according to a body")

    def _with_adjective(self, source: _Source, m: Mention) -> Credit:
        """A body by its name, with the capitalised adjective right before it ("the *Portuguese* Navy")."""
        start, k = m.span.start, bisect_left(source.toks, m.span.start, key=lambda t: t.start)
        while not self.roles.head_first and k and joined(self.text, source.toks[k - 1], source.toks[k]):
            before = source.toks[k - 1]
            if not before.capital or before.low in self.roles.determiners or before.low in self.roles.prepositions:
                break
            start, k = before.start, k - 1
        span = bare(m, self.plain)
        name = m.name if start == m.span.start else " ".join(self.text[start : span.end].split())
        return Credit(Span(start, span.end), name, "organisation", "according to a body")

    def _maker_of_counts(self, source: _Source, phrase: Phrase) -> Iterator[Credit]:
        """The body whose figures they are, behind the first preposition ("selon les chiffres *du ministère*")."""
        for n, token in enumerate(source.toks[:-1]):
            if token.start >= phrase.head.end and token.low in self.roles.genitives:
                yield from self.names.body(source.toks[n + 1].start)
                return

    def _may_be_body(self, m: Mention) -> bool:
        """Whether a name after "selon" is a body's: known as one, or one word that nothing makes a person's."""
        return m.kind == "organisation" or (m.kind == "name" and len(m.name.split()) == 1)

    def _name_beside(self, source: _Source, phrase: Phrase) -> Mention | None:
        """The name of a body right after its noun ("le service *Vigieau*")."""
        after = [m for m in source.inside if m.kind in ("organisation", "name") and m.span.start >= phrase.head.end]
        may_have_name = phrase.noun.category in BODIES or self._makers(phrase)
        return after[0] if after and may_have_name and self._is_beside(phrase, after[0]) else None

    def _is_beside(self, phrase: Phrase, m: Mention) -> bool:
        """Whether a name stands right after a phrase, as in "le service Vigieau", and is no complement of it."""
        lead = self.plain[phrase.head.end : m.span.start].replace("'", " ").lower().split()
        while lead and lead[-1] in self.roles.determiners and lead[-1] not in self.roles.prepositions:
            lead.pop()
        if phrase.noun.category in PERSONS and any(w in self.roles.prepositions for w in lead):
            return False
        return not lead or lead[-1] not in self.roles.prepositions
