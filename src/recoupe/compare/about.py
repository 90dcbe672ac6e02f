"""What a figure is about, in an article's own words: the clause around its number, with a gap for the number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recoupe.compare.lexicon import lexicon
from recoupe.compare.mentions import Mention
from recoupe.compare.words import content, words
from recoupe.text import Span, trim

GAP = "…"
_MOST = 70  # characters on either side of the gap
_MARKS = re.compile(r"[«»“”„\"]")
_CLAUSE = re.compile(r"[,;:]\s")
_BLANK = re.compile(r"\s")
_EDGES = " \t\r\n\u00a0\u202f,;:–—-()"
_TELLING = 10  # words of content from which more say no more


def about(found: Sequence[Mention]) -> str:
    """The words of the article that put the question most fully, around a gap where its number stands.

    Neither beyond quotation marks nor into the clause that reports who says it; cut between words; never empty.
    """
    return max(((_telling(m), _clause(m)) for m in found), key=lambda pair: pair[0])[1]


def _telling(mention: Mention) -> tuple[object, ...]:
    region = _region(mention)
    lex = lexicon(mention.reading.article.lang)
    said = content(words(_text(mention), [region]), lex)
    plain = (mention.article, -mention.span.start)  # of two alike one, whatever the order
    return (not mention.in_title, min(len(said), _TELLING), region.start - region.end, plain)


def _text(mention: Mention) -> str:
    return mention.reading.article.title if mention.in_title else mention.reading.text


def _clause(mention: Mention) -> str:
    text, region = _text(mention), _region(mention)
    gap = _gap(mention)
    shown = f"{text[region.start : gap.start]}{GAP}{text[gap.end : region.end]}"
    return " ".join(shown.split())


def _gap(mention: Mention) -> Span:
    """The number in the mention's span: digits and number words with their scale; all of it where none is plain."""
    text, span = _text(mention), mention.span
    lex = lexicon(mention.reading.article.lang)
    found = words(text, [span])
    numbers = [w for w in found if w.numeric or w.fold in lex.numbers or w.fold in lex.scales]
    if not numbers or mention.raw_unit == "ratio":
        return span
    return Span(numbers[0].span.start, numbers[-1].span.end)


def _region(mention: Mention) -> Span:
    """The stretch of the sentence about the number that is shown."""
    text, span = _text(mention), mention.span
    start, end = mention.around.sentence
    if not mention.in_title:
        start, end = _within_speech(mention, start, end)
    start = max([start, *(m.end() for m in _MARKS.finditer(text, start, span.start))])
    end = min([end, *(m.start() for m in _MARKS.finditer(text, span.end, end))])
    if span.start - start > _MOST:
        start = _after_blank(text, span.start - _MOST, span.start)
    if end - span.end > _MOST:
        end = _before_blank(text, span.end, span.end + _MOST)
    region = trim(text, start, end, _EDGES + ".!?…")
    return Span(min(region.start, span.start), max(region.end, span.end))


def _within_speech(mention: Mention, start: int, end: int) -> tuple[int, int]:
    """The bounds narrowed to the content that holds the number, or to what lies between the cues and sources."""
    attributions = mention.reading.attributions
    holding = [c for a in attributions for c in a.content if c.holds(mention.span)]
    if holding:
        inner = min(holding, key=lambda c: (c.end - c.start, c))
        return max(start, inner.start), min(end, inner.end)
    told = [s for a in attributions for s in (*a.content, a.cue, a.source) if s is not None]
    before = [s.end for s in told if start <= s.start and s.end <= mention.span.start]
    after = [s.start for s in told if s.start >= mention.span.end and s.end <= end]
    return max([start, *before]), min([end, *after])


def _after_blank(text: str, least: int, start: int) -> int:
    """The start of the first clause, else of the first word, from `least` on."""
    clause = _CLAUSE.search(text, least, start)
    blank = _BLANK.search(text, least, start)
    return clause.end() if clause else blank.end() if blank else start


def _before_blank(text: str, end: int, most: int) -> int:
    """The end of the last clause, else of the last word, up to `most`."""
    marks = [m.start() for m in _CLAUSE.finditer(text, end, most)] or [
        m.start() for m in _BLANK.finditer(text, end, most)
    ]
    return marks[-1] if marks else end
