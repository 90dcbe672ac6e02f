"""Attributions of a page: the drafts of its sentences made whole.

A sentence shows a cue, a source and some words; an act of saying may be more: a quotation broken by its cue, one that
runs on in the next sentence, one of several paragraphs, one that a line ending in a colon announces.  One act of
saying is one `Attribution` (PARC3; Pareti 2016, PolNeAR).  The speaker is left open: `speakers.py` resolves it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from recoupe.model import Attribution, AttributionType
from recoupe.read.cues import lexicon
from recoupe.read.frames import PHRASES, PREPOSITION, Draft, read_unit
from recoupe.read.page import Page, Stage
from recoupe.read.quotes import Quote
from recoupe.read.sentences import paragraphs
from recoupe.read.units import Unit, grammar
from recoupe.text import Span, trim

_MARKS = "«»“”\""
_TURN = re.compile(r"[\"“«]?\s?([A-ZÀ-Ý][A-ZÀ-Ý.'’\- ]{2,40})\s?:(?=\s)")
_SIGNATURE = re.compile(r"\s{0,3}[―—–]\s{0,2}([^\W\d_][^\n.,;:“”\"«»]{1,60})(?=[,.]?\s|$)")
_EDGES = " \t\r\n\u00a0\u202f,;:"
MAX_DRAFTS = 50  # reports in one sentence that are looked at for nesting: no sentence of a newspaper has more


@dataclass(slots=True)
class _Found:
    """A draft with the sentence it was found in (an index into sentences, then quoted ones)."""

    draft: Draft
    sentence: int


class _Reader:
    """Reads one page.  Split by step; each step works on `found`."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.text = page.text
        self.spans = (*page.sentences, *page.quoted)
        self.outer = [n for n, q in enumerate(page.quotes) if q.depth == 0 or (q.depth == 1 and self._in_dash(q))]
        self.starts = [page.quotes[n].outer.start for n in self.outer]
        self.found: list[_Found] = []

    def _in_dash(self, quote: Quote) -> bool:
        return any(q.style == "dash" and q.outer.holds(quote.outer) for q in self.page.quotes)

    def read(self) -> tuple[Attribution, ...]:
        """All attributions of the page, in the order of their contents."""
        words = lexicon(self.page.lang)
        for n, doc in sorted(self.page.docs.items()):
            unit = Unit(self.text, self.spans[n], doc, self._quotes_of(n), self.page.lang)
            self.found += [_Found(draft, n) for draft in read_unit(unit, words, quoted=n >= len(self.page.sentences))]
        self._nested()
        self._turns()
        self._split_inside()
        self._attach_announced()
        self._run_on()
        self._orphans()
        made = [a for f in self.found if (a := self._attribution(f)) is not None]
        unique = {(a.content, a.cue, a.source): a for a in made}
        return tuple(sorted(unique.values(), key=lambda a: (a.content[0], a.content[-1], a.cue or Span(-1, -1))))

    def _quotes_of(self, n: int) -> Sequence[Quote]:
        """The quotations to tell in a sentence: of a quoted sentence those within the quotation."""
        if n < len(self.page.sentences):
            return [self.page.quotes[k] for k in self.outer]
        span = self.spans[n]
        return [q for q in self.page.quotes if span.holds(q.outer)]

    # --- one act of saying ----------------------------------------------------------------------------------------

    def _owner(self, quote: Quote) -> _Found | None:
        """The draft of an outer sentence that took the quotation."""
        for f in self.found:
            if f.sentence < len(self.page.sentences) and (
                quote.outer in f.draft.quotes or any(c.overlaps(quote.inner) for c in f.draft.content)
            ):
                return f
        return None

    def _split_inside(self) -> None:
        """A cue inserted within the marks: « A, a dit X. B » is one quotation in two parts, not a nested one."""
        for f in list(self.found):
            if f.sentence < len(self.page.sentences) or not f.draft.incise:
                continue
            quote = self._holder(self.spans[f.sentence])
            if quote is None or f.draft.quotes or self._owner(quote):
                continue
            draft = f.draft
            draft.content = [Span(quote.inner.start, draft.content[0].end), *draft.content[1:]]
            after = draft.resume if draft.resume else self.spans[f.sentence].end
            rest = trim(self.text, max(after, draft.content[-1].end), quote.inner.end)
            if draft.resume is None or len(draft.content) == 1:
                if rest.start < rest.end and any(c.isalnum() for c in rest.of(self.text)):
                    draft.content = [draft.content[0], rest]
            draft.quotes = [quote.outer]
            draft.reason = "cue within the quotation"
            f.sentence = bisect_right(self.page.sentences, (quote.outer.start, 1 << 60)) - 1

    def _holder(self, span: Span) -> Quote | None:
        n = bisect_right(self.starts, span.start) - 1
        if n < 0:
            return None
        quote = self.page.quotes[self.outer[n]]
        return quote if quote.inner.start <= span.start and span.end <= quote.outer.end else None

    def _attach_announced(self) -> None:
        """A sentence that ends in a colon announces the quotation that opens the next one."""
        for f in self.found:
            if f.draft.content or f.sentence + 1 >= len(self.page.sentences):
                continue
            upcoming = self.page.sentences[f.sentence + 1]
            n = bisect_left(self.starts, upcoming.start)
            if n < len(self.outer) and self.starts[n] == upcoming.start:
                quote = self.page.quotes[self.outer[n]]
                f.draft.content, f.draft.quotes = [quote.inner], [quote.outer]
        self.found = [f for f in self.found if f.draft.content]

    def _run_on(self) -> None:
        """A quotation that goes on: in the next paragraph with its mark reopened, or in the next sentence without a cue."""
        for n in self.outer:
            quote = self.page.quotes[n]
            if self._owner(quote) is not None:
                continue
            before = None
            if quote.continues is not None:
                before = self._owner(self.page.quotes[quote.continues])
            elif self._stands_alone(quote):
                before = self._direct_before(quote)
            if before is not None:
                before.draft.content.append(quote.inner)
                before.draft.quotes.append(quote.outer)

    def _stands_alone(self, quote: Quote) -> bool:
        at = bisect_right(self.page.sentences, (quote.outer.start, 1 << 60)) - 1
        if at < 0:
            return False
        sentence = self.page.sentences[at]
        around = self.text[sentence.start : quote.outer.start] + self.text[quote.outer.end : sentence.end]
        return not any(c.isalnum() for c in around)

    def _direct_before(self, quote: Quote) -> _Found | None:
        """The draft of the sentence before in the same paragraph, if it took a whole quotation."""
        at = bisect_right(self.page.sentences, (quote.outer.start, 1 << 60)) - 1
        if at < 1 or "\n" in self.text[self.page.sentences[at - 1].end : quote.outer.start]:
            return None
        last = [f for f in self.found if f.draft.quotes and self._index(f.draft.content[-1]) == at - 1]
        return last[-1] if last else None

    def _index(self, span: Span) -> int:
        return bisect_right(self.page.sentences, (span.start, 1 << 60)) - 1

    def _nested(self) -> None:
        """Reports within a report: a thought or a plan that a speaker is said to have is part of what is reported.

        So is what a noun phrase or an infinitive reports, in a language that says so (`nested_phrases`).
        """
        phrases = grammar(self.page.lang).nested_phrases
        by_sentence: dict[int, list[Draft]] = {}
        for f in self.found:
            by_sentence.setdefault(f.sentence, []).append(f.draft)
        kept: list[_Found] = []
        for f in self.found:
            minor = f.draft.act != "statement" or (not phrases and f.draft.reason in PHRASES)
            if minor and any(_holds(other, f.draft) for other in by_sentence[f.sentence][:MAX_DRAFTS]):
                continue
            kept.append(f)
        self.found = kept

    def _turns(self) -> None:
        """The turns of an interview, a name in capitals and a colon at the head of each; what they hold is theirs."""
        turns = [(p, m) for p in paragraphs(self.text) if (m := _TURN.match(self.text, p.start, p.end))]
        for paragraph, match in turns:
            inner = trim(self.text, match.end(), paragraph.end, _EDGES + _MARKS)
            if inner.start == inner.end:
                continue
            self.found = [f for f in self.found if not any(paragraph.holds(c) for c in f.draft.content)]
            draft = Draft([inner], Span(*match.span(1)), Span(match.end() - 1, match.end()), reason="turn", score=0.8)
            draft.quotes = [q.outer for q in self.page.quotes if q.outer.start == paragraph.start]
            self.found.append(_Found(draft, self._index(inner)))

    def _signed(self, quote: Quote) -> Span | None:
        """The name that a dash puts under a quotation: “It is over.” ― Lise Faure"""
        match = _SIGNATURE.match(self.text, quote.outer.end)
        return Span(*match.span(1)) if match else None

    def _orphans(self) -> None:
        """Quotations without a cue that stand alone as speech: source and cue stay open."""
        for n in self.outer:
            quote = self.page.quotes[n]
            if quote.style == "dash" or quote.kind != "speech" or self._owner(quote) is not None:
                continue
            if quote.continues is not None:
                owner = self._owner(self.page.quotes[quote.continues])
                if owner is not None:
                    owner.draft.content.append(quote.inner)
                    owner.draft.quotes.append(quote.outer)
                    continue
            name = self._signed(quote)
            if name is not None:
                draft = Draft([quote.inner], name, None, reason="signed quotation", score=0.9)
                draft.quotes.append(quote.outer)
                self.found.append(_Found(draft, self._index(quote.inner)))
            elif self._stands_alone(quote):
                draft = Draft([quote.inner], None, None, reason="quotation without a cue", score=0.6)
                draft.quotes.append(quote.outer)
                self.found.append(_Found(draft, self._index(quote.inner)))

    # --- the result -------------------------------------------------------------------------------------------------

    def _attribution(self, f: _Found) -> Attribution | None:
        draft = f.draft
        quotes = self._quotes_of(f.sentence) if f.sentence >= len(self.page.sentences) else self.page.quotes
        content = sorted(set(draft.content))
        kinds = []
        spans: list[Span] = []
        for span in content:
            kind, edge = self._kind(span, quotes)
            edge = trim(self.text, edge.start, edge.end, _EDGES)
            if edge.start < edge.end:
                kinds.append(kind)
                spans.append(edge)
        if not spans:
            return None
        kind: AttributionType = (
            "direct" if set(kinds) == {"direct"} else "indirect" if set(kinds) == {"indirect"} else "mixed"
        )
        act = "statement" if kind != "indirect" else draft.act  # a paper can quote only what was said or written
        return Attribution(
            kind,
            tuple(spans),
            draft.source,
            draft.cue,
            None,
            act,
            draft.polarity,
            draft.hedged,
            draft.reason,
            "",
            draft.score,
        )

    def _kind(self, span: Span, quotes: Sequence[Quote]) -> tuple[AttributionType, Span]:
        """Whether the stretch is quoted, partly quoted or not; of a quoted one the words within the marks."""
        inside_any = False
        for quote in quotes:
            if quote.outer.start >= span.end:
                break
            if quote.inner.holds(span):
                return "direct", span
            if not quote.outer.overlaps(span) or quote.style == "dash":
                continue
            inside_any = True
            before = self.text[span.start : quote.outer.start] if quote.outer.start > span.start else ""
            after = self.text[quote.outer.end : span.end] if quote.outer.end < span.end else ""
            if not any(c.isalnum() for c in after) and _function_words(before, self.page.lang):
                return "direct", quote.inner
        return ("mixed", span) if inside_any else ("indirect", span)


def _holds(outer: Draft, inner: Draft) -> bool:
    """Whether a reported clause, told by a verb before it, holds another draft's cue."""
    if outer is inner or inner.cue is None or outer.incise or outer.reason == PREPOSITION:
        return False
    return any(span.holds(inner.cue) for span in outer.content)


def _function_words(text: str, lang: str) -> bool:
    """Whether the words before a quotation are no reported ones: nothing, a complementiser, a determiner."""
    words = text.lower().replace("’", "'").replace("'", "' ").split()
    return all(w in grammar(lang).leads for w in words)


def _run(pages: Sequence[Page]) -> list[Page]:
    return [replace(page, attributions=_Reader(page).read()) for page in pages]


STAGE = Stage("attributions", frozenset({"quotes", "sentences", "quoted", "docs"}), frozenset({"attributions"}), _run)
