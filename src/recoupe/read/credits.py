"""Credits: the outlets, agencies, bodies, networks and documents that an article names as the origin of information.

A name is a credit by the frame that it stands in, not by itself: "cité par X", "told X", "(Avec X)", "Sources : X, Y".
The frames are data (`<language>/credits.toml`).  Names are known from the gazetteer, from the noun before them ("the
regional daily X") or from their shape ("... Times").  Bodies that measure or poll are credits wherever they are the
source of an attribution, other bodies only after "selon", "according to" and the like.  Persons are never credits.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import pairwise

from recoupe.model import Attribution, Credit, CreditKind
from recoupe.read.credit_frames import Frame, frames
from recoupe.read.mentions import Mention
from recoupe.read.names import gazetteer, initials, plain
from recoupe.read.page import Page, Stage
from recoupe.read.roles import BODIES, PERSONS, Phrase, Roles, Token, joined, roles, tokens
from recoupe.text import Span, fold

MAX_LINE = 200  # characters of a line that may name sources for the whole article
MAX_ITEMS = 12  # names in such a line
SLOT_WORDS = 7  # words between a frame and the name in its slot
ARTICLE = 5  # characters before a name in which its article stands
LEAD = 60  # characters before a network's name in which the frame's words stand
PUBLISHER_REACH = 4  # words between a body and the verb by which it gives a document out
DATELINE = 160  # characters at an article's start where a dateline may stand

_LINE = re.compile(r"[^\n\r]+")
_BRACKET = re.compile(r"\(([^()\n]{2,40})\)\s*[-–—:]")


KINDS: dict[str, CreditKind] = {"agency": "agency", "outlet": "outlet", "organisation": "organisation"}


class Finder:
    """The credits of one article."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.text = page.text
        self.plain = plain(page.text)
        self.frames = frames(page.lang)
        self.roles: Roles = roles(page.lang)
        self.names = [m for m in page.mentions if m.in_names]
        self.starts = [m.span.start for m in self.names]
        self.found: dict[Span, Credit] = {}
        self.order: list[Span] = []  # of `found`

    def run(self) -> tuple[Credit, ...]:
        """All credits, in order, at most one for a place."""
        for credit in (
            *self._signatures(),
            *self._datelines(),
            *self._framed(),
            *self._followed(),
            *self._networks(),
            *self._attributed(),
            *self._published(),
            *self._in_documents(),
        ):
            self._add(credit)
        return tuple(sorted(self.found.values(), key=lambda c: c.span))

    def _add(self, credit: Credit) -> None:
        """Keep a credit unless one stands there; a document may hold the name of its maker."""
        if credit.span.start >= credit.span.end:
            return
        if not credit.name:  # a document is called as worded
            credit = replace(credit, name=" ".join(credit.span.of(self.text).split()))
        n = bisect_left(self.order, credit.span)
        for span in self.order[max(0, n - 3) : n + 3]:
            both = {credit.kind, self.found[span].kind}
            if credit.span.overlaps(span) and not (len(both) == 2 and "document" in both and span != credit.span):
                return
        insort(self.order, credit.span)
        self.found[credit.span] = credit

    # --- lines that credit the whole article

    def _signatures(self) -> Iterator[Credit]:
        for match in _LINE.finditer(self.plain):
            line = match.group()
            if len(line) > MAX_LINE:
                continue
            lead = self.frames.sources.match(line)
            if lead:
                yield from self._items(match.start() + lead.end(), match.end(), "outlet", "source line")
                continue
            lead = self.frames.with_.match(line)
            if (
                lead
                and len(line) < 80
                and (line.strip().endswith(")") or not line.strip().endswith((".", "!", "?", ":", ",")))
            ):
                yield from self._items(match.start() + lead.end(), match.end(), "agency", "with")
            elif len(line) < 40:
                yield from self._alone(match.start(), line)
        for match in self.frames.closing.finditer(self.plain):
            yield from self._items(match.start(1), match.end(1), "agency", "signature", known=True)

    def _items(
        self, start: int, end: int, default: CreditKind, reason: str, *, known: bool = False
    ) -> Iterator[Credit]:
        """The names of a list.  `known`: only those of the gazetteer, where brackets may hold anything."""
        at = start
        cuts = [(m.start(), m.end()) for m in self.frames.split.finditer(self.plain, start, end)]
        for n, (stop, following) in enumerate([*cuts, (end, end)]):
            if n >= MAX_ITEMS:
                return
            item = _trim(self.plain, at, stop)
            at = following
            words = item.of(self.plain).split()
            ignored = len(words) == 1 and words[0].lower() in self.frames.ignore
            if not words or len(words) > 6 or ignored or not _has_capital(words):
                continue
            name, kind = self._identify(item, default)
            if kind is not None and (not known or _known(item.of(self.plain)) is not None):
                yield Credit(item, name, kind, reason)

    def _alone(self, start: int, line: str) -> Iterator[Credit]:
        """A line that is nothing but an agency's name ("(AFP)", "Reuters")."""
        item = _trim(self.plain, start, start + len(line))
        hit = _known(item.of(self.plain))
        if hit is not None and hit[1] == "agency":
            yield Credit(item, hit[0], "agency", "signature")

    def _datelines(self) -> Iterator[Credit]:
        """ "KARSTAD (Agence Nordale) -", "PARIS, 12 mars (AFP) -"."""
        for match in _BRACKET.finditer(self.plain, 0, min(len(self.plain), DATELINE + 60)):
            before = self.plain[: match.start()].rsplit("\n", 1)[-1].strip()
            city = before.split(",")[0].split()
            place = (
                len(before) < 60
                and city
                and (before.split(",")[0].isupper() or (len(city) < 4 and city[0][0].isupper()))
            )
            if not place and (before or _known(match.group(1)) is None):
                continue
            item = _trim(self.plain, match.start(1), match.end(1))
            if _has_capital(item.of(self.plain).split()):
                name, kind = self._identify(item, "agency")
                if kind is not None:
                    yield Credit(item, name, "agency" if kind == "organisation" else kind, "dateline")

    # --- frames

    def _framed(self) -> Iterator[Credit]:
        for match in self.frames.pattern.finditer(self.plain):
            frame = self.frames.by_lead[match.group(1).lower()]
            if not frame.said or self._is_post(match.start()):
                yield from self._in_slot(match.end(), frame)
        for pattern, frame in self.frames.wild:
            for match in pattern.finditer(self.plain):
                yield from self._in_slot(match.end(), frame)

    def _in_slot(self, at: int, frame: Frame) -> Iterator[Credit]:
        slot = self._slot(at)
        if slot is None:
            if frame.kind or frame.told:
                yield from self._own(at)
            return
        mention, noun = slot
        if not frame.kind and noun == "organisation" and _known(mention.name) is None:
            return  # "selon le ministère de X": X is not the one who says it
        kind = self._kind(mention, noun, frame.kind or ("outlet" if frame.told and self._is_titled(mention) else ""))
        if kind is not None and kind != "social" and (not frame.only or kind in frame.only):
            yield Credit(_bare(mention, self.plain), mention.name, kind, frame.name)

    def _is_to_outlet(self, at: int) -> bool:
        """Whether what was written is for an outlet, which is the credit then ("in a message *to The Circuit*")."""
        toks = tokens(self.text, at, min(len(self.text), at + LEAD))
        if not toks or toks[0].low not in self.frames.dative:
            return False
        slot = self._slot(toks[0].end + 1)
        return slot is not None and (
            self._is_titled(slot[0]) or self._kind(slot[0], slot[1], "") in ("outlet", "agency")
        )

    def _is_titled(self, mention: Mention) -> bool:
        """Whether a name keeps its article's capital inside a sentence, as a newspaper's does ("told The Circuit")."""
        start = mention.span.start
        before = (
            self.plain[max(0, start - ARTICLE) : start].split()[-1:] if self.plain[start - 1 : start] == " " else []
        )
        own = self.plain[start : mention.span.end].replace("'", " ").split()[:1]
        return any(w[0].isupper() and w.lower() in self.roles.determiners for w in before + own)

    def _followed(self) -> Iterator[Credit]:
        """Names made origins by what comes after: "X reported", "a Reuters photographer", "X a interrogé 2 004"."""
        for match in self.frames.after.finditer(self.plain):
            frame = self.frames.by_tail[match.group(1).lower()]
            n = bisect_right(self.starts, match.start()) - 1
            if n < 0 or self.names[n].span.end != match.start():
                continue
            mention = self.names[n]
            if frame.number:
                number = any(q.span.start == match.end() for q in self.page.quantities)
                kind = self._kind(mention, "organisation", "") if number else None
            else:
                kind = self._kind(mention, frame.kind, "")
            if kind is not None and kind in (frame.only or ("agency", "outlet")):
                yield Credit(_bare(mention, self.plain), mention.name, kind, frame.name)

    def _in_documents(self) -> Iterator[Credit]:
        """Where something is said: "in a statement issued on Thursday", "dans un message adressé aux médecins"."""
        for match in self.frames.in_document.finditer(self.plain):
            if not self._is_post(match.start()):
                continue
            toks = tokens(self.text, match.start(1), min(len(self.text), match.end() + LEAD))
            if self._is_to_outlet(match.end(1)):
                continue
            yield Credit(self._with_addressee(toks, match.end(1)), "", "document", "where it was said")

    def _networks(self) -> Iterator[Credit]:
        """Networks on which something is posted ("a écrit la ministre sur X")."""
        for match in self.frames.networks.finditer(self.plain):
            start, end = match.span()
            lead = self.plain[max(0, start - LEAD) : start]
            if not self.frames.shared.search(lead) and not (self.frames.posted.search(lead) and self._is_post(start)):
                continue
            follow = self.plain[end : end + 2]
            if end - start == 1 and (follow[1:].isupper() or follow[1:].isdigit()):
                continue  # a letter of another name: "X Games"
            yield Credit(Span(start, end), match.group(), "social", "posted on")

    def _published(self) -> Iterator[Credit]:
        """A document that is given out: "vient de publier un rapport"."""
        for match in self.frames.published.finditer(self.plain):
            toks = tokens(self.text, match.end(), min(len(self.text), match.end() + 60))
            for i, token in enumerate(toks[:4]):
                noun = self.roles.nouns.get(token.low)
                if noun is not None and noun.lemma in self.frames.documents:
                    yield Credit(Span(token.start, token.end), token.word, "document", "published document")
                    yield from self._publisher(match.start())
                if noun is not None or (
                    token.low not in self.roles.determiners and token.low not in self.roles.before_head
                ):
                    break
                if i + 1 < len(toks) and not joined(self.text, token, toks[i + 1]):
                    break

    def _publisher(self, at: int) -> Iterator[Credit]:
        """The body that gives a document out: the name right before the verb and its auxiliaries."""
        n = bisect_left(self.starts, at) - 1
        if n < 0:
            return
        m = self.names[n]
        gap = self.plain[m.span.end : at].strip()
        known = _known(m.name)
        body = m.kind == "organisation" and known is not None and known[1] == "organisation"
        if body and len(gap.split()) <= PUBLISHER_REACH and not any(c in gap for c in ".,;:()«»“”\n"):
            yield Credit(_bare(m, self.plain), m.name, "organisation", "who gives a document out")

    def _slot(self, at: int) -> tuple[Mention, str] | None:
        """The name in a slot, and what the noun before it says that it is ("" without one)."""
        n = bisect_left(self.starts, at)
        if n >= len(self.names):
            return None
        mention = self.names[n]
        before = self.plain[at : mention.span.start].replace("'", " ").split()
        if len(before) > SLOT_WORDS or any(not w.isalpha() and w not in ("-",) for w in before):
            return None
        noun = ""
        for word in before:
            kind = self.frames.nouns.get(word.lower(), "")
            noun = noun or kind
            if not kind and not self._between(word, noun):
                return None
        return mention, self._sort_of_agency(noun, before)

    def _sort_of_agency(self, noun: str, words: Sequence[str]) -> str:
        """What a noun before a name says that it is: an agency "de presse", but a health agency is a body."""
        other = noun == "agency" and any(w.lower() in self.frames.no_press for w in words)
        return "organisation" if other else noun

    def _between(self, word: str, noun: str) -> bool:
        """Whether a word may stand between a frame and the name in its slot ("the French", "agence de *presse*")."""
        low = word.lower()
        if (
            low in self.roles.determiners
            or low in self.roles.before_head
            or low in self.frames.between
            or word[0].isupper()
        ):
            return True
        if self.roles.is_adjective(low) or (noun and low in self.roles.genitives):
            return True
        return not self.roles.head_first and low not in self.roles.prepositions

    def _kind(self, mention: Mention, noun: str, default: str) -> CreditKind | None:
        """What a name in a slot is; None where it is no credit."""
        known = _known(mention.span.of(self.plain)) or _known(mention.name)
        if known is not None:
            return known[1]
        if mention.kind == "person" or (mention.kind == "place" and not noun):
            return None
        if noun in KINDS:
            return KINDS[noun]
        if mention.outlet or mention.name == self.page.article.outlet or gazetteer().has_outlet_shape(mention.name):
            return "outlet"
        if default == "outlet" and self._names_body(mention.name):
            return "organisation"
        return KINDS.get(default)

    def _is_post(self, at: int) -> bool:
        """Whether something is said or quoted in the sentence of a network's name."""
        sentences = self.page.sentences
        k = bisect_right(sentences, at, key=lambda s: s.start) - 1
        if k < 0:
            return True
        n = bisect_left(self.said, sentences[k].start)
        return n < len(self.said) and self.said[n] < sentences[k].end

    @cached_property
    def said(self) -> list[int]:
        """Where something is said or quoted, in order."""
        cues = [a.cue.start for a in self.page.attributions if a.cue is not None]
        contents = [a.content[0].start for a in self.page.attributions]
        return sorted(cues + contents + [q.outer.start for q in self.page.quotes])

    # --- sources of attributions

    def _attributed(self) -> Iterator[Credit]:
        for attribution in self.page.attributions:
            if attribution.source is not None:
                yield from self._of_source(attribution, attribution.source)
            if attribution.cue is not None:
                yield from self._told(attribution, attribution.cue)

    def _of_source(self, attribution: Attribution, source: Span) -> Iterator[Credit]:
        toks = tokens(self.text, source.start, source.end)
        head = self.roles.head_of(toks, self.text)
        phrase = self.roles.phrase_at(self.text, toks, head) if head is not None else None
        low = phrase.noun.lemma if phrase is not None else ""
        if phrase is not None and phrase.determiner == "first_person" and self.page.article.outlet:
            if low in self.frames.own:
                yield Credit(source, self.page.article.outlet, "outlet", "the newspaper's own")
            return
        inside = self._inside(source)
        if phrase is not None and phrase.noun.category == "document" and any(m.span.holds(phrase.head) for m in inside):
            phrase, low = None, ""  # "La Dépêche du Midi"
        origins = [(m, kind) for m in inside if (kind := self._kind_in_source(attribution, source, phrase, m))]
        for m, kind in origins:
            yield Credit(_bare(m, self.plain), m.name, kind, "source that measures or publishes")
        complement = phrase is not None and self._is_complement(toks, head or 0)
        document = (
            phrase is not None and not complement and not self.frames.documents.isdisjoint((low, toks[head or 0].low))
        )
        if (
            phrase is not None
            and document
            and not (low in self.frames.counts and (origins or self._has_maker(attribution, phrase)))
        ):
            yield from self._document(attribution, source, phrase, toks)
        n = bisect_left(self.starts, source.end)
        beside = n < len(self.names) and not self.plain[source.end : self.names[n].span.start].strip()
        if origins or document or beside:  # the name right after a source is found by the frames
            return
        if phrase is not None:
            yield from self._spoken_of(attribution, source, phrase, toks)
        if self._is_according(attribution) or (self._counts(source) and self._measures(attribution)):
            yield from self._body(attribution, source, phrase, low, toks, inside)

    def _has_maker(self, attribution: Attribution, phrase: Phrase) -> bool:
        """Whether a count or a test is somebody's, who is the credit then, or one of many that are nobody's."""
        speaker = attribution.speaker or ""
        loose = phrase.number == "p" and not self._is_according(attribution)
        return loose or (bool(speaker) and phrase.head.of(self.text).lower() not in speaker.lower())

    def _is_complement(self, toks: Sequence[Token], head: int) -> bool:
        """Whether a preposition stands before the known noun ("les éléments *de l'enquête*"): it is no head."""
        before = toks[2:head] if len(toks) > 1 and toks[1].low in self.roles.genitives else toks[:head]
        return self.roles.head_first and any(t.low in self.roles.prepositions for t in before)

    def _inside(self, source: Span) -> list[Mention]:
        """The names in a source; an acronym in brackets after its name is none of its own."""
        names = self.names[bisect_left(self.starts, source.start) : bisect_left(self.starts, source.end)]
        return [m for n, m in enumerate(names) if n == 0 or not self._is_acronym_of(m, names[n - 1])]

    def _is_acronym_of(self, m: Mention, before: Mention) -> bool:
        return m.entity == before.entity and self.plain[before.span.end : m.span.start].strip() == "("

    def _kind_in_source(
        self, attribution: Attribution, source: Span, phrase: Phrase | None, m: Mention
    ) -> CreditKind | None:
        """What a name in a source is if it is a credit by itself: it measures, publishes, or is known to; else None."""
        if phrase is not None and m.span.holds(phrase.head) and phrase.noun.category not in BODIES:
            phrase = None  # "Le Républicain d'Orbelle": a noun in a name is none beside it
        low = phrase.noun.lemma if phrase is not None else ""
        known = _known(m.span.of(self.plain)) or _known(m.name)
        governed = phrase is not None and phrase.noun.category in PERSONS and m.span.start >= phrase.head.end
        if known is not None:
            member = governed and known[1] == "organisation"  # "un des chercheurs de HRW" speaks for himself
            return known[1] if known[1] != "social" and not member else None
        if m.kind == "person" or (governed and phrase is not None and not self._makers(phrase)):
            return None
        if low in self.frames.counts and m.name in (attribution.speaker or "") and not self._is_portfolio(m, source):
            return self._kind(m, self._noun_before(m, source), "organisation")
        if low not in self.frames.documents and self._is_measurer(m, source):
            return self._kind(m, "organisation", "")
        if m.kind != "place" and phrase is None:
            return self._kind(m, "", "")
        if phrase is not None and self.frames.nouns.get(low) in ("outlet", "agency"):
            words = self.plain[source.start : max(m.span.end, phrase.span.end)].replace("'", " ").split()
            noun = self._sort_of_agency(self.frames.nouns[low], words)
            return self._kind(m, noun, "") if noun != "organisation" else None
        return None

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
            m.entity in self.measurers
            or self.frames.measurer.search(self.plain, source.start, m.span.start) is not None
        )

    @cached_property
    def measurers(self) -> frozenset[int]:
        """The entities that a noun beside one of their names makes bodies that count or poll ("l'institut X")."""
        return frozenset(
            m.entity
            for m in self.names
            if m.kind not in ("person", "place")
            and self.frames.measuring.search(self.plain, max(0, m.span.start - LEAD), m.span.start)
        )

    def _counts(self, source: Span) -> bool:
        """Whether a source is a body whose figures are its business: a service, a watchdog, but no ministry."""
        words = self.plain[source.start : source.end].replace("'", " ").lower().split()
        if any(w in self.frames.counting for w in words):
            return True
        return any(not gazetteer().estimators.isdisjoint((m.name, m.span.of(self.plain))) for m in self._inside(source))

    def _measures(self, attribution: Attribution) -> bool:
        """Whether a cue of counting, rating or estimating reports a figure ("recense 4 100 cas", "puts it at 70 %")."""
        words = self._cue(attribution).replace("'", " ").split()
        if not any(w in self.frames.measuring_cues for w in words):
            return False
        return any(q.span.overlaps(s) for s in attribution.content for q in self.page.quantities)

    def _noun_before(self, m: Mention, source: Span) -> str:
        words = self.plain[source.start : m.span.start].replace("'", " ").lower().split()
        noun = next((self.frames.nouns[w] for w in reversed(words[-3:]) if w in self.frames.nouns), "")
        return self._sort_of_agency(noun, words[-4:])

    def _is_according(self, attribution: Attribution) -> bool:
        if attribution.cue is None:
            return False
        return self._cue(attribution) in self.frames.according | self.frames.weak

    def _is_weak(self, attribution: Attribution) -> bool:
        return self._cue(attribution) in self.frames.weak

    def _cue(self, attribution: Attribution) -> str:
        return " ".join(attribution.cue.of(self.plain).lower().split()) if attribution.cue is not None else ""

    def _next_word(self, at: int) -> str:
        toks = tokens(self.text, at, min(len(self.text), at + LEAD))
        return toks[0].low if toks and toks[0].start == at + 1 else ""

    def _document(
        self, attribution: Attribution, source: Span, phrase: Phrase, toks: Sequence[Token]
    ) -> Iterator[Credit]:
        """A document as source; one among many ("one letter", "des lettres") is none."""
        bare = not phrase.words and source.end <= phrase.span.end
        if phrase.determiner == "indefinite" and (bare or phrase.number == "p"):
            relied = self._is_according(attribution) and not (bare and phrase.number == "p")
            if not relied and self._next_word(source.end) not in self.roles.readers:
                return
        span = self._with_maker(self._without_determiner(source, toks))
        yield Credit(span, "", "document", "document as source")
        for m in self.names[bisect_left(self.starts, source.end) : bisect_left(self.starts, span.end)]:
            known = _known(m.name)
            if known is not None and known[1] == "organisation":
                yield Credit(_bare(m, self.plain), known[0], known[1], "maker of a document")

    def _with_maker(self, document: Span) -> Span:
        """A document with its maker after it ("calendrier *publié par l'institution*", "report *by two auditors*")."""
        after = tokens(self.text, document.end, min(len(self.text), document.end + LEAD))
        if not after or after[0].start != document.end + 1:
            return document
        n = 0 if after[0].low in self.roles.agents else 1
        reader = after[0].low in self.roles.readers or (n == 1 and not self.roles.head_first)
        if reader or n >= len(after) - 1 or after[n].low not in self.roles.agents:
            return document
        rest = after[n + 1 :]
        if not all(joined(self.text, a, b) for a, b in pairwise(after[: n + 2])):
            return document
        head = self.roles.head_of(rest[:4], self.text)
        phrase = self.roles.phrase_at(self.text, rest, head) if head is not None else None
        if phrase is not None and phrase.span.start <= rest[0].start:
            return Span(document.start, phrase.span.end)
        at = bisect_left(self.starts, rest[0].start)
        if at < len(self.names) and self.names[at].span.start <= rest[min(1, len(rest) - 1)].start:
            return Span(document.start, self.names[at].span.end)
        return document

    def _spoken_of(
        self, attribution: Attribution, source: Span, phrase: Phrase, toks: Sequence[Token]
    ) -> Iterator[Credit]:
        """ "le journal anglais", "l'agence": an outlet that was named before."""
        kind = self.frames.nouns.get(phrase.noun.lemma)
        if kind not in ("outlet", "agency") or not attribution.speaker or attribution.speaker not in self.outlets:
            return
        span = self._without_determiner(source, toks)
        yield Credit(span, attribution.speaker, self._sort(attribution.speaker, kind), "outlet spoken of")

    @cached_property
    def outlets(self) -> frozenset[str]:
        """The names of the outlets and agencies of the article."""
        return frozenset(m.name for m in self.names if m.outlet)

    def _sort(self, name: str, default: str) -> CreditKind:
        known = _known(plain(name))
        return known[1] if known is not None else "agency" if default == "agency" else "outlet"

    def _body(
        self,
        attribution: Attribution,
        source: Span,
        phrase: Phrase | None,
        low: str,
        toks: Sequence[Token],
        inside: Sequence[Mention],
    ) -> Iterator[Credit]:
        whole = [m for m in inside if phrase is None or m.span.start <= phrase.head.start < m.span.end]
        if whole:
            if self._may_be_body(whole[0]):
                yield Credit(_bare(whole[0], self.plain), whole[0].name, "organisation", "according to a body")
            return
        if phrase is None:
            return
        apposed = [m for m in inside if m.kind in ("organisation", "name") and m.span.start >= phrase.head.end]
        if apposed and self._beside(phrase, apposed[0]) and (phrase.noun.category in BODIES or self._makers(phrase)):
            yield Credit(_bare(apposed[0], self.plain), apposed[0].name, "organisation", "according to a body")
            return
        vague = self.roles.is_plural_indefinite(phrase) and (phrase.determiner is not None or len(toks) == 1)
        if self._is_weak(attribution) or vague:
            return
        if low in self.frames.counts and phrase.number != "p":
            span = self._without_determiner(source, toks)
            speaker = attribution.speaker or ""
            if self._names_body(speaker):
                yield Credit(span, _bare_name(speaker, self.roles), "organisation", "count of a body")
            return
        if phrase.noun.category not in BODIES and low not in self.frames.nouns:
            return
        span = self._without_determiner(source, toks)
        name = _bare_name(attribution.speaker or span.of(self.text), self.roles)
        yield Credit(span, name, "organisation", "according to a body")

    def _may_be_body(self, m: Mention) -> bool:
        """Whether a name after "selon" is a body's: known as one, or one word that nothing makes a person's."""
        return m.kind == "organisation" or (m.kind == "name" and len(m.name.split()) == 1)

    def _beside(self, phrase: Phrase, m: Mention) -> bool:
        """Whether a name stands right after a phrase, as in "le service Vigieau", and is no complement of it."""
        lead = self.plain[phrase.head.end : m.span.start].replace("'", " ").lower().split()
        while lead and lead[-1] in self.roles.determiners and lead[-1] not in self.roles.prepositions:
            lead.pop()
        if phrase.noun.category in PERSONS and any(w in self.roles.prepositions for w in lead):
            return False
        return not lead or lead[-1] not in self.roles.prepositions

    def _names_body(self, speaker: str) -> bool:
        toks = tokens(speaker)
        head = self.roles.head_of(toks, speaker)
        return head is not None and toks[head].low in self.frames.nouns

    def _without_determiner(self, source: Span, toks: Sequence[Token]) -> Span:
        start = 0
        while start + 1 < len(toks) and toks[start].low in self.roles.determiners:
            start += 1
        end = source.end
        for t in toks[start:]:
            if t.low in self.roles.relatives and not t.capital:
                end = t.start
        bracket = self.plain.find(" (", source.start, source.end)
        if bracket > 0:
            end = min(end, bracket)
        return _trim(self.plain, toks[start].start, end) if toks else source

    def _told(self, attribution: Attribution, cue: Span) -> Iterator[Credit]:
        """Who was told, and where it was written: right after the cue, or after the source that follows the cue."""
        ends = {cue.end}
        if attribution.source is not None and attribution.source.start >= cue.start:
            ends.add(attribution.source.end)
        for end in sorted(ends):
            lead = re.compile(r"\s*([\w-]+) (?:l'|la |le |les |the |an |a |une |un )?").match(self.plain, end)
            cue_word = cue.of(self.plain).lower().split()[-1:] if end == cue.end else []
            if cue_word and cue_word[0] in self.frames.dative:
                yield from self._told_at(end + 1)
            if lead and lead.group(1).lower() in self.frames.dative:
                yield from self._told_at(lead.end(1) + 1)

    def _told_at(self, at: int) -> Iterator[Credit]:
        yield from self._own(at)
        slot = self._slot(at)
        if slot is not None:
            kind = self._kind(slot[0], slot[1], "")
            if kind in ("agency", "outlet"):
                yield Credit(_bare(slot[0], self.plain), slot[0].name, kind, "told")

    def _with_addressee(self, toks: Sequence[Token], end: int) -> Span:
        """A document with whom it is for ("note *to visitors*", "lettre *adressée aux élus*"), else up to `end`."""
        k = next((n for n, t in enumerate(toks) if t.start >= end), len(toks))
        if 0 < k < len(toks) and self._is_adjective_after(toks[k - 1], toks[k]):
            end, k = toks[k].end, k + 1  # "lettre *ouverte*"
        if k < len(toks) and toks[k].low in self.frames.addressed:
            k += 1
        if 0 < k < len(toks) - 1 and toks[k].low in self.frames.dative and not toks[k + 1].capital:
            between = all(joined(self.text, a, b) for a, b in pairwise(toks[: k + 2]) if b.start >= end)
            i = k + 1
            while (
                i + 1 < len(toks) and toks[i].low in self.roles.determiners and joined(self.text, toks[i], toks[i + 1])
            ):
                i += 1
            if between and not toks[i].capital:
                return Span(toks[0].start, toks[i].end)
        return Span(toks[0].start, end)

    def _is_adjective_after(self, noun: Token, token: Token) -> bool:
        adjective = self.roles.is_adjective(token.low) or token.low in self.frames.adjectives
        return self.roles.head_first and joined(self.text, noun, token) and adjective

    # --- identity

    def _own(self, at: int) -> Iterator[Credit]:
        """The newspaper itself: "a promis à notre journal", "seen by this newspaper"."""
        toks = tokens(self.text, at, min(len(self.text), at + LEAD))[:2]
        outlet = self.page.article.outlet
        if len(toks) < 2 or not outlet or toks[0].start != at or not joined(self.text, *toks):
            return
        mine = self.roles.determiners.get(toks[0].low, ("",))[0] == "first_person"
        shown = toks[0].low in self.roles.demonstratives and toks[1].low in self.frames.own_shown
        if shown or (mine and toks[1].low in self.frames.own):
            yield Credit(Span(toks[1].start, toks[1].end), outlet, "outlet", "the newspaper's own")

    def _identify(self, span: Span, default: CreditKind) -> tuple[str, CreditKind | None]:
        """The canonical name and the kind of a name given whole; None for a person."""
        worded = " ".join(span.of(self.text).split())
        known = _known(span.of(self.plain))
        if known is not None:
            return known
        outlet = self.page.article.outlet or ""
        if worded.isupper() and len(worded) > 1 and initials(outlet, self.roles.small_words) == worded:
            return outlet, default  # an agency's dispatch signed with its own acronym
        n = bisect_left(self.starts, span.start)
        for m in self.names[n : n + 1]:
            if m.span.start == span.start and m.span.end >= span.end:
                if m.kind == "person":
                    return worded, None
                return m.name if len(m.name) >= len(worded) else worded, self._by_noun(m.name) or default
        return worded, self._by_noun(worded) or default

    def _by_noun(self, name: str) -> CreditKind | None:
        first = fold(name).split()[0] if name.split() else ""
        return "agency" if self.frames.nouns.get(first) == "agency" else None


@lru_cache(maxsize=16384)
def _known(form: str) -> tuple[str, CreditKind] | None:
    """A name of the gazetteer given whole: its canonical form and kind (institutes are organisations)."""
    toks = tokens(form)
    if not toks:
        return None
    hit = gazetteer().at(form, toks[0])
    if hit is None or hit[0] < toks[-1].end:
        return None
    return (hit[1], hit[2]) if hit[2] != "place" else None


def _bare(mention: Mention, text: str) -> Span:
    """A mention's span without a possessive."""
    return _trim(text, mention.span.start, mention.span.end)


def _bare_name(name: str, known: Roles) -> str:
    """A name without its determiner."""
    toks = tokens(name)
    if len(toks) > 1 and toks[0].low in known.determiners:
        return name[toks[1].start :]
    return name


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " \t([«“\"'":
        start += 1
    while end > start and text[end - 1] in " \t)]»”\"'.,;:":
        end -= 1
    return Span(start, end)


def _has_capital(words: Iterable[str]) -> bool:
    return any(w[0].isupper() for w in words)


def _run(pages: Iterable[Page]) -> list[Page]:
    return [replace(page, credits=Finder(page).run()) for page in pages]


STAGE = Stage("credits", frozenset({"attributions", "mentions", "quantities"}), frozenset({"credits"}), _run)
