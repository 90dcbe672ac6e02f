"""Documents as origins: as sources, where something was said ("in a statement"), and given out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from recoupe.model import Attribution, Credit
from recoupe.read.credit_names import LEAD, Part, bare, known, trim
from recoupe.read.quotes import Quote
from recoupe.read.roles import Phrase
from recoupe.read.words import Token, joined, tokens
from recoupe.text import Span

DATED_REACH = 6  # words from a document's noun to its date
CARRIER_REACH = 6  # words between a document and the outlet that carries it
MAX_TITLE = 200  # characters of a document's title
PUBLISHER_REACH = 4  # words between a body and the verb by which it gives a document out


class Documents(Part):
    """The documents of one article."""

    def published(self) -> Iterator[Credit]:
        """A document that is given out: "vient de publier un rapport"."""
        for match in self.frames.sources.published.finditer(self.plain):
            toks = tokens(self.text, match.end(), min(len(self.text), match.end() + 60))
            for i, token in enumerate(toks[:4]):
                noun = self.roles.nouns.get(token.low)
                if noun is not None and noun.lemma in self.frames.nouns.documents:
                    yield self._titled(Span(token.start, token.end), "published document")
                    yield from self._publisher(match.start())
                if noun is not None or (
                    token.low not in self.roles.determiners and token.low not in self.roles.before_head
                ):
                    break
                if i + 1 < len(toks) and not joined(self.text, token, toks[i + 1]):
                    break

    def dated(self) -> Iterator[Credit]:
        """A document that its date tells from others: "a report by two auditors, *dated May 2021*"."""
        for match in self.frames.sources.dated.finditer(self.plain):
            toks = tokens(self.text, max(0, match.start() - LEAD), match.start())
            k = next((n for n in range(len(toks) - 1, -1, -1) if self._names_document(toks[n])), None)
            if k is None or len(toks) - k > DATED_REACH or not self._run_to(toks[k:], match.start()):
                continue
            start = k
            while start and not self.roles.head_first and joined(self.text, toks[start - 1], toks[start]):
                if toks[start - 1].low in self.roles.determiners or toks[start - 1].low in self.roles.prepositions:
                    break
                start -= 1
            if start and toks[start - 1].low in self.roles.determiners:
                yield self._titled(Span(toks[start].start, toks[-1].end), "dated document")

    def _names_document(self, token: Token) -> bool:
        noun = self.roles.nouns.get(token.low)
        return not self.frames.nouns.documents.isdisjoint((token.low, noun.lemma if noun is not None else ""))

    def _run_to(self, toks: Sequence[Token], at: int) -> bool:
        """Whether words stand together, up to an offset but for a comma before it."""
        last = self.plain[toks[-1].end : at].strip()
        return last in ("", ",") and all(joined(self.text, a, b) for a, b in pairwise(toks))

    def _publisher(self, at: int) -> Iterator[Credit]:
        """The body that gives a document out: the name right before the verb and its auxiliaries."""
        n = bisect_left(self.names.starts, at) - 1
        if n < 0:
            return
        m = self.names.mentions[n]
        gap = self.plain[m.span.end : at].strip()
        entry = known(m.name)
        body = m.kind == "organisation" and entry is not None and entry[1] == "organisation"
        if body and len(gap.split()) <= PUBLISHER_REACH and not any(c in gap for c in ".,;:()«»“”\n"):
            yield Credit(bare(m, self.plain), m.name, "organisation", "who gives a document out")

    def channels(self) -> Iterator[Credit]:
        """Where something is said: "in a statement issued on Thursday", "dans un message adressé aux médecins"."""
        for match in self.frames.sources.channel.finditer(self.plain):
            always = match.group(2) in self.frames.sources.always or self._opens_sentence(match.start())
            if not always and not self.names.is_post(match.start()):
                continue
            toks = tokens(self.text, match.start(2), min(len(self.text), match.end() + LEAD))
            before = match.group("before") or ""
            network = self.frames.slots.networks.fullmatch(before.strip()) is not None  # "in a *Facebook* post"
            if not network and not self._is_carried(match.end(2)):
                document = self._with_addressee(toks, match.end(2))
                if not self.roles.head_first and before.strip().islower():  # "in a *written* statement"
                    document = Span(match.start(2) - len(before), document.end)
                yield self._titled(document, "where it was said")

    def has_agent(self, at: int) -> bool:
        """Whether who made a document follows it ("figures *released on Monday by* the bureau")."""
        toks = tokens(self.text, at, min(len(self.text), at + LEAD))[:CARRIER_REACH]
        for n, token in enumerate(toks):
            if self.plain[toks[n - 1].end if n else at : token.start] != " " or token.low in self.roles.readers:
                return False
            if token.low in self.roles.agents:
                return True
        return False

    def _opens_sentence(self, at: int) -> bool:
        """Whether a sentence opens there, as does "Dans un rapport publié mardi, la cour critique ..."."""
        sentences = self.names.page.sentences
        k = bisect_left(sentences, at, key=lambda s: s.start)
        return k < len(sentences) and sentences[k].start == at

    def _is_carried(self, at: int) -> bool:
        """Whether an outlet or a network carries a document, and is the credit then ("a message *to The Circuit*")."""
        toks = tokens(self.text, at, min(len(self.text), at + LEAD))[:CARRIER_REACH]
        for n, token in enumerate(toks):
            gap = self.plain[toks[n - 1].end if n else at : token.start]
            if gap != " " or token.low in self.roles.readers:
                return False
            if token.low in self.frames.sources.carriers:
                slot = self.names.slot(token.end + 1)
                kind = self.names.kind(slot[0], slot[1], "") if slot is not None else None
                network = self.frames.slots.networks.match(self.plain, token.end + 1)
                titled = slot is not None and slot[0].kind != "person" and self.names.is_titled(slot[0])
                return network is not None or titled or kind in ("outlet", "agency", "social")
        return False

    # --- titles

    def _before_quote(self, document: Span) -> Span:
        """A document without what a quotation mark opens in it: its title is read by `_titled`."""
        k = bisect_left(self._quotes, document.start, key=lambda q: q.outer.start)
        opens = self._quotes[k].outer.start if k < len(self._quotes) else document.end
        return trim(self.plain, document.start, min(document.end, opens))

    def _titled(self, document: Span, reason: str) -> Credit:
        """A document with its title in quotation marks, which is its name then ("le rapport *« Vivre ici »*")."""
        k = bisect_left(self._quotes, document.end, key=lambda q: q.outer.start)
        if k < len(self._quotes) and self._quotes[k].outer.start - document.end <= LEAD:
            quote = self._quotes[k]
            between = self.plain[document.end : quote.outer.start].split()
            title = trim(self.plain, *quote.inner)
            first = title.of(self.text)[:1]
            if first.isupper() and title.end - title.start <= MAX_TITLE and self._are_before_title(between):
                return Credit(Span(document.start, quote.outer.end), self._worded(title), "document", reason)
        return Credit(document, self._worded(document), "document", reason)

    def _are_before_title(self, words: Sequence[str]) -> bool:
        return len(words) <= 2 and all(w.lower() in self.frames.sources.titled for w in words)

    def _worded(self, span: Span) -> str:
        return " ".join(span.of(self.text).split())

    @cached_property
    def _quotes(self) -> list[Quote]:
        """The outermost quotations of the article, in order."""
        return sorted((q for q in self.names.page.quotes if q.depth == 0), key=lambda q: q.outer.start)

    # --- to whom, by whom

    def _with_addressee(self, toks: list[Token], end: int) -> Span:
        """A document with whom it is for ("note *to visitors*", "lettre *adressée aux élus*"), else up to `end`."""
        k = next((n for n, t in enumerate(toks) if t.start >= end), len(toks))
        if 0 < k < len(toks) and toks[k].low in self.roles.genitives:  # "ordonnance *de renvoi*"
            last = self.roles.reach(self.text, toks, k - 1, len(toks))
            end, k = toks[last].end, last + 1
        if 0 < k < len(toks) and self._is_adjective_after(toks[k - 1], toks[k]):
            end, k = toks[k].end, k + 1  # "lettre *ouverte*"
        if k < len(toks) and toks[k].low in self.frames.sources.addressed:
            k += 1
        if 0 < k < len(toks) - 1 and toks[k].low in self.frames.sources.dative and not toks[k + 1].capital:
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
        adjective = self.roles.is_adjective(token.low) or token.low in self.frames.sources.adjectives
        return self.roles.head_first and joined(self.text, noun, token) and adjective

    def as_source(
        self, attribution: Attribution, source: Span, phrase: Phrase, toks: Sequence[Token]
    ) -> Iterator[Credit]:
        """A document as source; one among many ("one letter", "des lettres") is none."""
        alone = not phrase.words and source.end <= phrase.span.end
        if phrase.determiner == "indefinite" and (alone or phrase.number == "p"):
            relied = self.names.is_according(attribution) and not (alone and phrase.number == "p")
            identified = self.roles.readers | self.frames.sources.given_out
            if not relied and self._next_word(source.end) not in identified:
                return
        document = self._with_maker(self._before_quote(self.names.without_determiner(source, toks)))
        yield self._titled(document, "document as source")
        first, last = (bisect_left(self.names.starts, at) for at in (source.end, document.end))
        for m in self.names.mentions[first:last]:
            entry = known(m.name)
            if entry is not None and entry[1] == "organisation":
                yield Credit(bare(m, self.plain), entry[0], entry[1], "maker of a document")

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
        at = bisect_left(self.names.starts, rest[0].start)
        if at < len(self.names.mentions) and self.names.mentions[at].span.start <= rest[min(1, len(rest) - 1)].start:
            return Span(document.start, self.names.mentions[at].span.end)
        return document

    def _next_word(self, at: int) -> str:
        """The word right after an offset, "" where a mark follows."""
        toks = tokens(self.text, at, min(len(self.text), at + LEAD))
        return toks[0].low if toks and toks[0].start == at + 1 else ""
