"""Attributions of a page: the drafts of its sentences made whole.

A sentence shows a cue, a source and some words; an act of saying may be more: a quotation broken by its cue, one that
runs on in the next sentence, one of several paragraphs, one that a line ending in a colon announces.  One act of
saying is one `Attribution` (PARC3; Pareti 2016, PolNeAR).  The speaker is left open: `speakers.py` resolves it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from recoupe.model import Attribution, AttributionType
from recoupe.read.cues import lexicon
from recoupe.read.drafting import ANSWER, PHRASES, PREPOSITION, Draft
from recoupe.read.frames import read_unit
from recoupe.read.page import Page, Stage
from recoupe.read.quotes import Quote, QuoteIndex
from recoupe.read.sentences import paragraphs
from recoupe.read.units import Unit, grammar
from recoupe.text import Span, trim

MAX_DRAFTS = 50  # reports in one sentence that are looked at for nesting: no sentence of a newspaper has more

_MARKS = '«»“”"'
_EDGES = " \t\r\n\u00a0\u202f,;:"
# A turn of an interview: a name in capitals and a colon at the head of a paragraph.
_TURN = re.compile(r"[\"“«]?\s?([A-ZÀ-Ý][A-ZÀ-Ý.'’\- ]{2,40})\s?:(?=\s)")
# A name that a dash puts under a quotation.
_SIGNATURE = re.compile(r"\s{0,3}[―—–]\s{0,2}([^\W\d_][^\n.,;:“”\"«»]{1,60})(?=[,.]?\s|$)")
_HANDLE = re.compile(r"(?<![\w.])@\w{2,30}")
_LAST_HANDLES = re.compile(r"(?:\s*@\w{2,30}){1,5}\s*\Z")


@dataclass(slots=True)
class _Found:
    """A draft with the sentence it was found in (an index into sentences, then quoted ones)."""

    draft: Draft
    sentence: int


class _Reader:
    """Reads one page: each step works on what the steps before have found."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.text = page.text
        self.spans = (*page.sentences, *page.quoted)
        self.starts = [s.start for s in page.sentences]
        self.index = QuoteIndex(page.quotes)
        self.grammar = grammar(page.lang)
        self.paragraphs = paragraphs(page.text)
        self.paragraph_starts = [p.start for p in self.paragraphs]
        self.found: list[_Found] = []
        self.spoken: set[Span] = set()  # the lines of dialogue that turned out to be speech
        self.taken: dict[Span, _Found] = {}  # a quotation's outer span -> what took it

    def read(self) -> tuple[Attribution, ...]:
        """All attributions of the page, in the order of their contents."""
        words = lexicon(self.page.lang)
        for n, doc in sorted(self.page.docs.items()):
            span = self.spans[n]
            quoted = n >= len(self.page.sentences)
            holder = self.index.holding(span)
            spoken = quoted or (holder is not None and holder.style == "dash")
            unit = Unit(self.text, span, doc, self.index.within(span), self.page.lang, spoken=spoken)
            self.found += [_Found(draft, n) for draft in read_unit(unit, words, quoted=quoted)]
        self._drop_nested()
        self._read_turns()
        self._take_quotes()
        self._split_quotes()
        self._attach_announced()
        self._read_dialogue()
        self._read_quotes_without_cue()
        self._read_posts()
        made = (a for f in self.found if (a := self._attribution(f)) is not None)
        unique = {(a.content, a.cue, a.source): a for a in made}
        return tuple(sorted(unique.values(), key=lambda a: (a.content[0], a.content[-1], a.cue or Span(-1, -1))))

    # --- what does not count --------------------------------------------------------------------------------------

    def _drop_nested(self) -> None:
        """Reports within a report: a thought or a plan that a speaker is said to have is part of what is reported.

        So is what a noun phrase or an infinitive reports, in a language that says so (`nested_phrases`).
        """
        by_sentence = self._by_sentence()
        kept: list[_Found] = []
        for f in self.found:
            phrase = f.draft.reason in PHRASES and not self.grammar.nested_phrases
            minor = f.draft.act != "statement" or phrase
            if minor and any(_holds(other.draft, f.draft) for other in by_sentence[f.sentence][:MAX_DRAFTS]):
                continue
            kept.append(f)
        self.found = kept

    def _by_sentence(self) -> dict[int, list[_Found]]:
        result: dict[int, list[_Found]] = defaultdict(list)
        for f in self.found:
            result[f.sentence].append(f)
        return result

    def _read_turns(self) -> None:
        """The turns of an interview: what a paragraph holds is said by the name at its head, cues in it or not."""
        turns: dict[int, tuple[Span, re.Match[str]]] = {}
        for n, paragraph in enumerate(self.paragraphs):
            match = _TURN.match(self.text, paragraph.start, paragraph.end)
            if match and trim(self.text, match.end(), paragraph.end, _EDGES + _MARKS).of(self.text):
                turns[n] = (paragraph, match)
        if not turns:
            return
        self.found = [f for f in self.found if turns.keys().isdisjoint(self._paragraphs_of(f))]
        for paragraph, match in turns.values():
            inner = trim(self.text, match.end(), paragraph.end, _EDGES + _MARKS)
            colon = Span(match.end() - 1, match.end())
            name = trim(self.text, *match.span(1))
            draft = Draft([inner], name, colon, reason="turn of an interview", score=0.8)
            draft.quotes = [q.outer for q in self.index.starting_in(paragraph) if q.outer.start == paragraph.start]
            self.found.append(_Found(draft, self._sentence_at(inner.start)))

    # --- one act of saying ----------------------------------------------------------------------------------------

    def _paragraphs_of(self, f: _Found) -> set[int]:
        """The paragraphs in which the draft's content lies."""
        return {bisect_right(self.paragraph_starts, c.start) - 1 for c in f.draft.content}

    def _sentence_at(self, position: int) -> int:
        return bisect_right(self.starts, position) - 1

    def _take_quotes(self) -> None:
        """Note which quotations have an owner: a draft that took them whole or holds some of their words."""
        for f in self.found:
            if f.sentence < len(self.page.sentences):
                for quote in self._touched(f.draft):
                    self.taken.setdefault(quote, f)

    def _touched(self, draft: Draft) -> Iterator[Span]:
        yield from draft.quotes
        for span in draft.content:
            yield from (q.outer for q in self.index.starting_in(span))
            holder = self.index.holding(span)
            if holder is not None:
                yield holder.outer

    def _give(self, f: _Found, quote: Quote) -> None:
        f.draft.content.append(quote.inner)
        f.draft.quotes.append(quote.outer)
        self.taken[quote.outer] = f

    def _split_quotes(self) -> None:
        """A cue inserted within the marks: « A, a dit X. B » is one quotation in two parts, not a nested one."""
        for f in self.found:
            if f.sentence < len(self.page.sentences) or not f.draft.incise or f.draft.quotes:
                continue
            quote = self.index.holding(self.spans[f.sentence])
            if quote is None or quote.outer in self.taken or quote.style == "dash":
                continue
            self._spread(f, quote.inner)
            f.draft.quotes = [quote.outer]
            f.draft.reason = "cue within the quotation"
            f.sentence = self._sentence_at(quote.outer.start)
            self.taken[quote.outer] = f

    def _spread(self, f: _Found, whole: Span) -> None:
        """Let a draft whose cue is inserted in `whole` have all of it but the inserted words."""
        draft = f.draft
        draft.content = [Span(whole.start, draft.content[0].end), *draft.content[1:]]
        after = draft.resume if draft.resume else self.spans[f.sentence].end
        rest = trim(self.text, max(after, draft.content[-1].end), whole.end)
        goes_on = any(c.isalnum() for c in rest.of(self.text))
        if goes_on and (draft.resume is None or len(draft.content) == 1):
            draft.content = [draft.content[0], rest]

    def _attach_announced(self) -> None:
        """A sentence that ends in a colon announces the quotation that opens the next one."""
        for f in self.found:
            if f.draft.content or f.sentence + 1 >= len(self.page.sentences):
                continue
            upcoming = self.page.sentences[f.sentence + 1]
            quote = next(self.index.starting_in(upcoming), None)
            if quote is not None and quote.outer.start == upcoming.start and quote.outer not in self.taken:
                self._give(f, quote)
        self.found = [f for f in self.found if f.draft.content]

    def _read_dialogue(self) -> None:
        """Lines of dialogue: the whole line but the inserted words; one without a cue beside one that has it."""
        lines = [q for q in self.page.quotes if q.style == "dash"]
        spoken = [False] * len(lines)
        by_sentence = self._by_sentence() if lines else {}
        for n, line in enumerate(lines):
            for f in by_sentence.get(self._sentence_at(line.outer.start), ()):
                if f.draft.incise and not f.draft.quotes:
                    self._spread(f, line.inner)
                    spoken[n] = True
                    self.spoken.add(line.outer)
                    break
        for n, line in enumerate(lines):
            beside = spoken[max(0, n - 1)] or spoken[min(n + 1, len(lines) - 1)]
            if beside and not spoken[n]:
                self.spoken.add(line.outer)
                draft = Draft([line.inner], None, None, reason=ANSWER, score=0.6)
                self.found.append(_Found(draft, self._sentence_at(line.inner.start)))

    def _read_quotes_without_cue(self) -> None:
        """Quotations that nobody took: one that goes on with another, one signed with a name, or speech of its own."""
        self._take_earlier_parts()
        for quote in self.page.quotes:
            if quote.depth > 0 or quote.style == "dash" or quote.outer in self.taken:
                continue
            alone = self._stands_alone(quote)
            before = None
            if quote.continues is not None:
                before = self.taken.get(self.page.quotes[quote.continues].outer)
            elif alone:
                before = self._direct_before(quote)
            if before is not None:
                self._give(before, quote)
            elif quote.kind == "speech":
                self._take_alone(quote, alone=alone)

    def _take_earlier_parts(self) -> None:
        """A quotation of several paragraphs whose cue stands with a later one."""
        quotes = self.page.quotes
        for quote in reversed(quotes):
            owner = self.taken.get(quote.outer)
            if quote.continues is not None and owner is not None and quote.outer in owner.draft.quotes:
                before = quotes[quote.continues]
                if before.outer not in self.taken:
                    self._give(owner, before)

    def _take_alone(self, quote: Quote, *, alone: bool) -> None:
        """“It is over.” ― Lise Faure; or a quotation that fills its sentence, its source and cue left open."""
        signature = _SIGNATURE.match(self.text, quote.outer.end)
        if signature:
            draft = Draft([], Span(*signature.span(1)), None, reason="signed quotation", score=0.9)
        elif alone:
            draft = Draft([], None, None, reason="quotation without a cue", score=0.6)
        else:
            return
        f = _Found(draft, self._sentence_at(quote.outer.start))
        self._give(f, quote)
        self.found.append(f)

    def _stands_alone(self, quote: Quote) -> bool:
        """Whether the quotation fills its sentence."""
        at = self._sentence_at(quote.outer.start)
        if at < 0:
            return False
        sentence = self.page.sentences[at]
        before = trim(self.text, sentence.start, quote.outer.start, _EDGES + ".")
        after = trim(self.text, quote.outer.end, sentence.end, _EDGES + ".!?…)")
        return before.start >= before.end and after.start >= after.end

    def _direct_before(self, quote: Quote) -> _Found | None:
        """What took a whole quotation in the sentence before, in the same paragraph: this one runs on from it."""
        at = self._sentence_at(quote.outer.start)
        if at < 1 or "\n" in self.text[self.page.sentences[at - 1].end : quote.outer.start]:
            return None
        last = None
        for other in self.index.starting_in(self.page.sentences[at - 1]):
            owner = self.taken.get(other.outer)
            last = owner if owner is not None and other.outer in owner.draft.quotes else last
            if self._answers(other, quote):
                last = None
        return last

    def _answers(self, before: Quote, quote: Quote) -> bool:
        """Whether a quotation is another's turn: after a question, or with no word between: « Seul ? » « Oui. »"""
        asked = self.text[before.inner.end - 1] == "?" and self.text[quote.inner.end - 1] != "?"
        return asked or not self.text[before.outer.end : quote.outer.start].strip()

    def _read_posts(self) -> None:
        """Embedded posts: a paragraph without marks that names a handle and speaks in the first person."""
        reported = {n for f in self.found for n in self._paragraphs_of(f)}
        for n, paragraph in enumerate(self.paragraphs):
            if n in reported or not _HANDLE.search(self.text, paragraph.start, paragraph.end):
                continue
            words = re.findall(r"\w+'?", paragraph.of(self.text).lower().replace("’", "'"))
            if self.grammar.own_words.isdisjoint(words) or next(self.index.starting_in(paragraph), None):
                continue
            handles = _LAST_HANDLES.search(paragraph.of(self.text))
            end = paragraph.start + handles.start() if handles else paragraph.end
            draft = Draft([Span(paragraph.start, end)], None, None, reason="embedded post", score=0.6)
            self.found.append(_Found(draft, self._sentence_at(paragraph.start)))

    # --- the result -------------------------------------------------------------------------------------------------

    def _attribution(self, f: _Found) -> Attribution | None:
        draft = f.draft
        kinds: set[AttributionType] = set()
        spans: list[Span] = []
        for span in sorted(set(draft.content)):
            kind, edge = self._kind(span, within_quote=f.sentence >= len(self.page.sentences))
            edge = trim(self.text, edge.start, edge.end, _EDGES)
            if edge.start < edge.end:
                kinds.add(kind)
                spans.append(edge)
        if not spans:
            return None
        whole: AttributionType = kinds.pop() if len(kinds) == 1 else "mixed"
        return Attribution(
            type=whole,
            content=tuple(spans),
            source=draft.source,
            cue=draft.cue,
            act="statement" if whole != "indirect" else draft.act,  # a paper can quote only what was said or written
            polarity=draft.polarity,
            hedged=draft.hedged,
            reason=draft.reason,
            score=draft.score,
        )

    def _kind(self, span: Span, *, within_quote: bool) -> tuple[AttributionType, Span]:
        """Whether the stretch is quoted, partly quoted or not; of a quoted one the words within the marks."""
        holder = None if within_quote else self.index.holding(span)
        if holder is not None and holder.style == "dash" and holder.outer not in self.spoken:
            holder = None
        if holder is not None and holder.inner.holds(span):
            return "direct", span
        some = False
        for quote in self.index.starting_in(span):
            some = True
            before = self.text[span.start : quote.outer.start]
            after = self.text[quote.outer.end : span.end]
            if not any(c.isalnum() for c in after) and self._leads(before):
                return "direct", quote.inner
        return ("mixed", span) if some or holder is not None else ("indirect", span)

    def _leads(self, words: str) -> bool:
        """Whether the words before a quotation are no reported ones: nothing, a complementiser, a determiner."""
        return all(w in self.grammar.leads for w in words.lower().replace("’", "'").replace("'", "' ").split())


def _holds(outer: Draft, inner: Draft) -> bool:
    """Whether a reported clause, told by a verb before it, holds another draft's cue."""
    if outer is inner or inner.cue is None or outer.incise or outer.reason == PREPOSITION:
        return False
    return any(span.holds(inner.cue) for span in outer.content)


def _run(pages: Sequence[Page]) -> list[Page]:
    return [replace(page, attributions=_Reader(page).read()) for page in pages]


STAGE = Stage("attributions", frozenset({"quotes", "sentences", "quoted", "docs"}), frozenset({"attributions"}), _run)
