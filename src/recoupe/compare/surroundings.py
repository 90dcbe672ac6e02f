"""The surroundings of a figure: the words near its number, and what they say of scope and status."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from recoupe.compare.lexicon import Lexicon, Phrases
from recoupe.compare.words import Word, words
from recoupe.model import Reading
from recoupe.text import Span, fold

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


def status(around: Surroundings, own: Sequence[Word], source: Sequence[Word], lexicon: Lexicon) -> str:
    """How far the thing has come: "projected" by source and sentence, the others by the words near.

    A limit is told right beside its number, not beyond another: of "118 on a stretch limited to 90" only the second is
    one; but what is demanded may come in a row ("to demand 24 posts and 12 beds").  `own`: the words of the number and
    its noun ("les 24 réclamées"), `source`: of who gives it.
    """
    before, after = _own(around.before[-_NEAR:][::-1], lexicon)[::-1], _own(around.after[:_NEAR], lexicon, ahead=True)
    beside, near = [w.fold for w in (*before, *after)], [w.fold for w in (*around.near, *own)]
    for name in ("margin", "threshold", "sought", "proposed", "period", "past"):
        if lexicon.status.get(name, Phrases()).told(near if name in _IN_A_ROW else beside):
            return name
    wide = [w.fold for w in (*around.wide, *source)]
    return "projected" if lexicon.status.get("projected", Phrases()).told(wide) else ""


def _own(side: Sequence[Word], lexicon: Lexicon, *, ahead: bool = False) -> Sequence[Word]:
    """The words on one side of a number, nearest first, up to the next number that is not of one range with it."""
    for i, word in enumerate(side):
        ranged = not i or (i == 1 and side[0].fold in lexicon.joints | lexicon.level)  # "7 and 8 million", "de 7 à 8"
        if not ranged and (word.numeric or word.fold in lexicon.numbers):
            return side[: max(i - _OPENING, 0)] if ahead else side[:i]
    return side


_IN_A_ROW = ("sought", "proposed", "past")
_OPENING = 2  # words that open the next number: "limited to 90"


def is_part(around: Surroundings, lexicon: Lexicon) -> bool:
    """Whether the number is a part of one told before: "31 blessés, dont quatre graves", "four of them"."""
    if lexicon.part.told([w.fold for w in around.before[-_PART:]]):
        return True
    after = [w.fold for w in around.after[:_PART]]
    ends = [len(run.split()) for run in lexicon.parted.runs if after[: len(run.split())] == run.split()]
    following = around.after[ends[0] : ends[0] + _PARTED] if ends else ()  # "31 hurt, of whom at least four"
    return bool(ends) and not any(w.numeric or w.fold in lexicon.numbers for w in following)


_PART = 4  # words beside a number in which a word of part stands: "dont au moins quatre"
_PARTED = 3


def is_whole(around: Surroundings, lexicon: Lexicon) -> bool:
    """Whether it is the number of which the one before tells a part: the 4,100 of "3,400 of the port's 4,100 workers".

    What the sentence says is said of the part.
    """
    before = around.before[-_WHOLE:]
    counted = [i for i, w in enumerate(before) if w.numeric or w.fold in lexicon.numbers]
    between = before[counted[-1] + 1 :] if counted else ()
    return bool(between) and between[0].fold in lexicon.of


_WHOLE = 5


def is_added(around: Surroundings, noun: str, lexicon: Lexicon) -> bool:
    """Whether the number is only what is added to another: "3 millions de plus", "three more people", "another 12"."""
    if around.before and around.before[-1].fold in lexicon.another:
        return True
    after = [w.fold for w in around.after[:_ADDED_RUN]]
    joint = next((i for i, word in enumerate(after) if word in lexicon.joints), len(after))  # "30 or more"
    if not lexicon.added.words.isdisjoint([*fold(noun).split(), *after[: min(joint, _ADDED)]]):
        return True
    joined = f" {' '.join(after[:joint])} "
    ends = (joined[at + len(run) + 1 :].split() for run in lexicon.added.runs if (at := joined.find(f" {run} ")) >= 0)
    return any(not end or end[0] not in lexicon.of for end in ends)  # not "des personnes de plus de 60 ans"


_ADDED = 3  # words after a number in which a word for what is added stands
_ADDED_RUN = 6  # and several words for it: "12 kilos d'ambre de plus"
