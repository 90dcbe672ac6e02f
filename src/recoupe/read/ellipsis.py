"""Numbers without a noun of their own: which earlier or later count they take up, by the words that show the link.

"182 voix contre 158", "dix des dix-sept ministères", "trois ans de prison, dont deux avec sursis", "27 centres : 10 à
Lille".  A number that nothing links stays out.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from recoupe.read import nouns
from recoupe.read.drafts import Draft, Passage
from recoupe.read.measures import singular
from recoupe.read.numerals import Numeral

_REACH = 600  # characters back to a count whose noun is taken up
_ALIKE = 20.0  # times as large or as small as another count, a count still may be one of the same thing
_MANY = 20  # "they were 200": a number from here on may stand without any noun in the text
_THOUSAND = 1000.0
_NEAR = 120  # characters between the numbers of a list
_FIRST = 8  # quantities of a sentence among which its first count is looked for
_AFTER = ("of_whole", "number_of", "after", "part_after", "others")


def may_count(state: Passage, draft: Draft) -> bool:
    """Whether anything around a number without a noun may make it a quantity; most have nothing, so this is quick."""
    number, rules = draft.numeral, state.rules
    if _is_score(state, draft):
        return False
    if _is_big(number) or _is_subject(state, draft):
        return True
    after = (*(rules.bare[name] for name in _AFTER), *rules.modifiers_after.values())
    if any(regex.match(state.lowered, number.span.end) for regex in after):
        return True
    return state.before(draft.start, rules.gate) is not None


def _is_big(number: Numeral) -> bool:
    """Whether the number is too large, or too plainly one, to be anything but a count."""
    spelled = number.kind == "words" and number.value >= _THOUSAND
    return number.grouped or number.scale > 1 or number.kind == "collective" or spelled


def _is_subject(state: Passage, draft: Draft) -> bool:
    """Whether the number opens its sentence as the subject of a verb: "Six were arrested"."""
    if state.rules.bare["subject_after"].match(state.lowered, draft.numeral.span.end) is None:
        return False
    return not state.lowered[state.sentence(draft.start) : draft.start].strip(" \"'«“—-")


def take_up(state: Passage, draft: Draft) -> None:
    """Settle a number without a noun if the words around it say which count it takes up."""
    bare, number = state.rules.bare, draft.numeral
    refused = state.rules.refused
    if any(state.before(draft.start, refused[n]) for n in ("marks", "both")):
        return
    whole = bare["of_whole"].match(state.lowered, number.span.end)
    if whole and _take_whole(state, draft, whole):
        return
    counted = bare["number_of"].match(state.lowered, number.span.end)
    if counted:
        noun = nouns.counted(
            state.text, state.lowered, counted.end() - (counted[0][-1] == " "), state.rules.lang, plural=True
        )
        _settled(draft, noun.unit if noun else None, "number of")
        return
    if _take_fronted(state, draft):
        return
    subject = state.before(draft.start, bare["number_subject"])
    if subject:
        noun = _subject_noun(state, subject)
        _settled(draft, noun.unit if noun else None, "number of")
        return
    amount = state.before(draft.start, bare["amounting"])
    if amount:
        words = state.text[amount.start("noun") : amount.end("noun")].split()
        _settled(draft, " ".join(singular(w, state.rules.lang) for w in words), "amounting to")
        return
    _take_earlier(state, draft)


def _subject_noun(state: Passage, subject: re.Match[str]) -> nouns.Noun | None:
    """The noun of "the number of patients has risen to": it follows the words that open the match."""
    start = subject.end("of")
    return nouns.counted(
        state.text, state.lowered, start - (state.lowered[start - 1] == " "), state.rules.lang, plural=True
    )


def _take_whole(state: Passage, draft: Draft, whole: re.Match[str]) -> bool:
    """ "10 des 17 ministères": the noun of the whole; whether it has one."""
    start = whole.end() - 1
    noun = nouns.counted(state.text, state.lowered, start, state.rules.lang, plural=True)
    measure = state.measures.after(start) if noun is None else None
    if noun or measure:
        _settled(draft, noun.unit if noun else measure.unit if measure else None, "of a whole")
    return draft.settled


def _take_fronted(state: Passage, draft: Draft) -> bool:
    """ "Of the 40 people on board, 12 survived": the noun of the whole that opens the sentence; whether it has one."""
    whole = state.rules.bare["fronted"].match(state.lowered, state.sentence(draft.start), draft.start)
    if whole is None:
        return False
    start = whole.end() - 1
    noun = nouns.counted(state.text, state.lowered, start, state.rules.lang, plural=True)
    if noun:
        _settled(draft, noun.unit, "of a whole")
    return draft.settled


def _settled(draft: Draft, unit: str | None, reason: str) -> None:
    draft.unit, draft.kind, draft.reason, draft.settled = unit, "bare", reason, True


def _take_earlier(state: Passage, draft: Draft) -> None:
    """The unit of an earlier quantity, by the kind of words that show the link."""
    for link in (_against, _part_of, _others_of, _next_in_line):
        link(state, draft)
        if draft.settled:
            return


def _against(state: Passage, draft: Draft) -> None:
    """ "contre 158", "au lieu de quatre": whatever the sentence measured before."""
    if state.before(draft.start, state.rules.bare["direct"]):
        last = _earlier(state, draft, state.sentence(draft.start), alike=True)
        if last:
            _settled(draft, last.unit, "against an earlier one")
            _take_scale(draft, last)


def _part_of(state: Passage, draft: Draft) -> None:
    """ "dont deux", "two of them": a part of something larger that the sentence measured before."""
    bare = state.rules.bare
    if state.before(draft.start, bare["part"]) or bare["part_after"].match(state.lowered, draft.numeral.span.end):
        last = _earlier(state, draft, state.sentence(draft.start), at_least=draft.value)
        if last:
            _settled(draft, last.unit, "part of an earlier one")


def _others_of(state: Passage, draft: Draft) -> None:
    """ "dix autres ont ...": what the sentence counted first, its subject, or else the last count."""
    if state.rules.bare["others"].match(state.lowered, draft.numeral.span.end) is None:
        return
    place = bisect_left(state.done, state.sentence(draft.start), key=lambda d: d.start)
    first = next((d for d in state.done[place : place + _FIRST] if d.kind in {"count", "bare"}), None)
    last = first or _earlier(state, draft, draft.start - _REACH, counts=True)
    if last:
        _settled(draft, last.unit, "others of an earlier one")


def _next_in_line(state: Passage, draft: Draft) -> None:
    """A number that its form, its modifier, a list or a verb of counting shows to count: the noun of the last count."""
    bare, number, start = state.rules.bare, draft.numeral, draft.start
    big = _is_big(number)
    alone = any(state.before(start, bare[name]) is not None for name in ("alone", "persons"))
    words = (bare[name].match(state.lowered, number.span.end) for name in ("after", "of_whole"))
    if not (
        big
        or alone
        or draft.modifier
        or _in_list(state, draft)
        or _is_subject(state, draft)
        or state.before(start, bare["other"])
        or any(words)
    ):
        return
    people = state.before(start, bare["persons"]) is not None
    last = _earlier(state, draft, start - _REACH, counts=True, things=not people)
    if last is not None:
        _settled(draft, last.unit, "takes up an earlier one")
    elif people and (big or draft.value >= _MANY):
        _settled(draft, state.rules.person, "number of people")
    elif big or draft.modifier or _is_subject(state, draft) or (alone and draft.value >= _MANY):
        _settled(draft, None, "number alone")


def _in_list(state: Passage, draft: Draft) -> bool:
    """Whether the number follows another of its sentence in a list: "10 à Lille, 4 à Metz"."""
    last = state.done[-1] if state.done else None
    if last is None or last.start < state.sentence(draft.start):
        return False
    if draft.start - last.end >= _NEAR and state.lowered[draft.start - 2 : draft.start] != ": ":
        return False
    bare = state.rules.bare
    if state.before(draft.start, bare["list_before"]) is None:
        return False
    return bare["list_after"].match(state.lowered, draft.numeral.span.end) is not None


def _take_scale(draft: Draft, last: Draft) -> None:
    """ "12 millions contre 8": the scale said once."""
    scale = last.numeral.scale
    if scale >= 1e6 and draft.numeral.scale == 1 and draft.value < 1000 and last.kind == "money":
        draft.value *= scale


def _earlier(
    state: Passage,
    draft: Draft,
    floor: int,
    *,
    at_least: float | None = None,
    counts: bool = False,
    alike: bool = False,
    things: bool = True,
) -> Draft | None:
    """The nearest earlier quantity from `floor` on; `at_least`: none smaller.

    `alike`: one of like size if there is one; `counts`: that, and no share, percentage or length of time; no `things`:
    no money and no measure either.
    """
    nearest: Draft | None = None
    for last in reversed(state.done):
        if last.start < floor:
            break
        if at_least is not None and last.value < at_least:
            continue
        if last.kind == "ratio" or (counts and last.kind in {"percent", "duration"}):
            continue
        if not things and last.kind in {"money", "measure"}:
            continue
        if not (counts or alike) or _ALIKE > draft.value / max(last.value, 1e-9) > 1 / _ALIKE:
            return last
        nearest = nearest or last
    return nearest


def _is_score(state: Passage, draft: Draft) -> bool:
    """ "3-1", "6-2": two small numbers joined by a mark, no unit."""
    if draft.numeral.kind != "figures" or draft.value >= 100 or draft.numeral.scale > 1:
        return False
    start, end = draft.numeral.span
    joined_after = state.lowered[end : end + 1] == "-" and state.lowered[end + 1 : end + 2].isdigit()
    return joined_after or (state.lowered[start - 1 : start] == "-" and state.lowered[start - 2 : start - 1].isdigit())
