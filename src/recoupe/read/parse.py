"""The parses of the sentences that need one: those with a cue or a quotation.

Parsers trained on treebanks break at quotation marks and lose the main clause behind a long quotation.  So each
sentence is parsed masked, at its own length: marks become blanks, and a quotation that stands for a whole utterance
becomes one filler word.  A token's `idx` plus the sentence's start is therefore its place in the article's text, but
`token.text` may be the filler: take words from the text, not from the parse.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from recoupe.errors import MissingPartError
from recoupe.read.cues import lexicon
from recoupe.read.page import Page, Stage
from recoupe.read.tables import table
from recoupe.text import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from recoupe.read.quotes import Quote

MAX_SENTENCE = 4_000  # code points: what is longer is no sentence, and parsing it would only cost memory
_UNUSED = ("ner", "lemmatizer", "senter")
_PLAIN = str.maketrans(dict.fromkeys("\xa0\u202f\u2009\t\r\n\x0b\x0c\x85\u2028\u2029", " ") | {"’": "'", "ʼ": "'"})
_INNER_STOP = re.compile(r"[.!?…][\s\"'”’»)]+\S")
_WORD = re.compile(r"\w+")


@cache
def load(lang: str) -> Language:
    """The parser of a language, loaded once.  Raises MissingPartError where its package is not installed."""
    import spacy

    name = str(table(lang, "language")["model"])
    try:
        return spacy.load(name, exclude=list(_UNUSED))
    except OSError as error:
        raise MissingPartError(f"language model {name} is missing", advice=f"pip install {name}") from error


def is_whole(text: str, quote: Quote, sentence: Span) -> bool:
    """Whether the quotation stands for a whole utterance in its sentence, not for some words of a clause."""
    if quote.style == "dash":
        return False
    if not quote.closed or _INNER_STOP.search(text, quote.inner.start, quote.inner.end):
        return True
    before = text[sentence.start : quote.outer.start].rstrip()
    after = text[quote.outer.end : sentence.end].lstrip()
    if before.endswith(":") or (not before and not after.strip(" .!?…")):
        return True
    if len(_WORD.findall(text, quote.inner.start, quote.inner.end)) < 2 and before:
        return False
    if not before and quote.kind == "speech" and text[quote.inner.start].isupper():
        return True
    ends = text[quote.inner.end - 1] in ",?!…." or after[:1] in ",-–—"
    return ends and (not before or before[-1] in ",;–—")


def inside(quotes: Sequence[Quote], span: Span) -> list[Quote]:
    """The outermost quotations that lie wholly within `span` (`quotes` in the order of their starts)."""
    starts = [q.outer.start for q in quotes]
    found: list[Quote] = []
    for quote in quotes[bisect_left(starts, span.start) :]:
        if quote.outer.start >= span.end:
            break
        if quote.outer.end <= span.end and quote.style != "dash" and not (found and found[-1].outer.holds(quote.outer)):
            found.append(quote)
    return found


def mask(text: str, sentence: Span, quotes: Sequence[Quote], filler: str) -> str:
    """The sentence at its own length with marks blanked and whole quotations as the filler word."""
    pieces: list[str] = []
    at = sentence.start
    for quote in inside(quotes, sentence):
        pieces.append(text[at : quote.outer.start])
        width = quote.outer.end - quote.outer.start
        if is_whole(text, quote, sentence) and width >= len(filler):
            pieces.append(filler.ljust(width))
        else:
            left = quote.inner.start - quote.outer.start
            pieces.append(" " * left + text[quote.inner.start : quote.inner.end])
            pieces.append(" " * (quote.outer.end - quote.inner.end))
        at = quote.outer.end
    pieces.append(text[at : sentence.end])
    return "".join(pieces).translate(_PLAIN)


def _wanted(page: Page) -> list[tuple[int, Span]]:
    """The sentences to parse, with their keys: those in which a cue may stand, and those with a quotation."""
    triggers = lexicon(page.lang).triggers
    text = page.text
    starts = [q.outer.start for q in page.quotes]
    wanted: list[tuple[int, Span]] = []
    for n, sentence in enumerate((*page.sentences, *page.quoted)):
        if sentence.end - sentence.start > MAX_SENTENCE:
            continue
        at = bisect_left(starts, sentence.start)
        quoted = n < len(page.sentences) and at < len(starts) and starts[at] < sentence.end
        if quoted or not triggers.isdisjoint(_WORD.findall(text[sentence.start : sentence.end].lower())):
            wanted.append((n, sentence))
    return wanted


def _parses(page: Page, nlp: Language, filler: str) -> dict[int, Doc]:
    wanted = _wanted(page)
    masked: Iterable[str] = (mask(page.text, sentence, page.quotes, filler) for _, sentence in wanted)
    # One batch an article, whatever articles come with it: the last bits of a product of matrices, and so rarely a
    # parse, may depend on what else is in the batch, and the same article must always be read in the same way.
    docs = nlp.pipe(masked, batch_size=max(1, len(wanted)))
    return {n: doc for (n, _), doc in zip(wanted, docs, strict=True)}


def _run(pages: Sequence[Page]) -> list[Page]:
    return [replace(p, docs=_parses(p, load(p.lang), str(table(p.lang, "frames")["filler"]))) for p in pages]


STAGE = Stage("parse", frozenset({"quotes", "sentences", "quoted"}), frozenset({"docs"}), _run)
