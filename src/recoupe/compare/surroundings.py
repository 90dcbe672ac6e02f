"""The surroundings of a figure: the words near its number, and what they say of scope and status."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from recoupe.compare.lexicon import Lexicon
from recoupe.compare.words import Word, words
from recoupe.model import Reading
from recoupe.text import Span

# A sentence ends at a mark followed by a blank and an opening or capital (but for "M. Rutte"), or at a line's end.
_SENTENCE = re.compile(r"[.!?…][»”\"’]?\s+(?=[«“\"‘]?\s?[^\W_a-zà-ÿ])|\n+")
_NEAR = 6  # words on each side that say what is counted
_WIDE = 14  # words on each side that say of what, where and when
_REACH = 300  # characters on each side in which those words are looked for
_HOLDER = 6  # words within which a name owns a number
_BESIDE = 6  # words beyond a name in which another one may share the number: "Anne Valmont avec Jean Brey"
_BARRIER = 5  # what a comma or conjunction between a name and a number costs, in words
_ABBREVIATION = 3


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words on both sides of a number within its sentence."""

    sentence: Span
    before: tuple[Word, ...]
    after: tuple[Word, ...]

    @property
    def near(self) -> tuple[Word, ...]:
        """The words that say what is counted."""
        return (*self.before[-_NEAR:], *self.after[:_NEAR])

    @property
    def wide(self) -> tuple[Word, ...]:
        """The words that say of what, where and when."""
        return (*self.before[-_WIDE:], *self.after[:_WIDE])


class Sentences:
    """The sentences of one text, found once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0]
        for match in _SENTENCE.finditer(text):
            head = text[max(match.start() - _ABBREVIATION, 0) : match.start()]
            if "\n" in match.group() or not _abbreviated(head):
                self._starts.append(match.end())

    def around(self, span: Span) -> Span:
        """The sentence that holds the span's start, to at least its end."""
        index = bisect_right(self._starts, span.start) - 1
        end = self._starts[index + 1] if index + 1 < len(self._starts) else len(self._text)
        return Span(self._starts[index], max(end, span.end))


def _abbreviated(head: str) -> bool:
    """Whether the characters before a full stop are a title or an initial: "M", "Me", "Dr"."""
    last = head.split(" ")[-1].strip("(«“\"'’")
    return 0 < len(last) < _ABBREVIATION and last[0].isupper()


def surroundings(text: str, sentences: Sentences, span: Span) -> Surroundings:
    """The words beside the span within its sentence."""
    sentence = sentences.around(span)
    return Surroundings(
        sentence,
        words(text, [Span(max(sentence.start, span.start - _REACH), span.start)])[-_WIDE:],
        words(text, [Span(span.end, min(sentence.end, span.end + _REACH))])[:_WIDE],
    )


def masked(text: str, span: Span, before: Sequence[Word], after: Sequence[Word], noun: str | None) -> str:
    """The words beside a number as one text, with the number masked and its noun kept."""
    start = before[0].span.start if before else span.start
    end = after[-1].span.end if after else span.end
    return f"{text[start : span.start]} X {noun or ''} {text[span.end : end]}"


def window(text: str, span: Span, around: Surroundings, noun: str | None, *, wide: bool) -> str:
    """The near or the wide window of a number, masked."""
    size = _WIDE if wide else _NEAR
    return masked(text, span, around.before[-size:], around.after[:size], noun)


def holders(
    reading: Reading, span: Span, around: Surroundings, people: frozenset[str], joints: frozenset[str]
) -> frozenset[str]:
    """The people of the story who own the number, as the nearest name tells, barriers counted, with those beside it."""
    best: tuple[int, tuple[Word, ...], int] | None = None
    for side, step in ((around.after, 1), (around.before[::-1], -1)):
        for distance, word in enumerate(side[:_HOLDER], start=1):
            if word.numeric:
                break
            if word.fold in people and word.capital:
                barrier = _barred(reading.text, span, side[:distance], step, joints)
                cost = distance + (_BARRIER if barrier else 0)
                if best is None or cost < best[0]:
                    best = (cost, side, distance)
                break
    if best is None:
        return frozenset()
    _, side, at = best
    found = {side[at - 1].fold}
    for one, two in pairwise(side[at - 1 : at + _BESIDE]):
        gap = reading.text[min(one.span.end, two.span.end) : max(one.span.start, two.span.start)]
        if two.numeric or two.fold in joints or any(c in ",;:.!?" for c in gap):
            break
        if two.fold in people and two.capital:
            found.add(two.fold)
    return frozenset(found)


def _barred(text: str, span: Span, words_to_name: Sequence[Word], step: int, joints: frozenset[str]) -> bool:
    """Whether a mark or a conjunction stands between the number and the name, the last of the words."""
    name = words_to_name[-1].span
    between = text[span.end : name.start] if step > 0 else text[name.end : span.start]
    return any(c in ",;:" for c in between) or any(w.fold in joints for w in words_to_name[:-1])


def places(around: Surroundings, lexicon: Lexicon) -> frozenset[str]:
    """Names that a preposition of place puts into the sentence ("À Paris", "in Lyon"), and words for a country."""
    found = []
    calendar = {*lexicon.weekdays, *lexicon.months}
    sequence = [*around.before, *around.after]
    for one, two in itertools.pairwise(sequence):
        if one.fold in lexicon.place_prepositions and two.capital and two.fold not in calendar:
            found.append(two.fold)
    found += [w.fold for w in sequence if w.fold in lexicon.wide_places]
    return frozenset(found)


def status(around: Surroundings, source: Sequence[Word], lexicon: Lexicon) -> str:
    """How far the thing has come: "projected" by source and sentence, the others by the words near."""
    near = {w.fold for w in around.near}
    for name in ("threshold", "sought", "past"):
        if near & lexicon.status.get(name, frozenset()):
            return name
    wide = {w.fold for w in (*around.wide, *source)}
    return "projected" if wide & lexicon.status.get("projected", frozenset()) else ""
