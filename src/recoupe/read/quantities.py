"""Quantities: numbers that state a measure of the world, with their unit and modifier.

A number is one if a unit of measure, money or a counted noun goes with it (`recoupe.read.beside`), or if the words
around show that it takes up the noun of a number before it ("182 voix contre 158") or after it ("10 à 15 km";
`recoupe.read.ellipsis`).  What a language does is data (`<language>/quantities.toml`, `units.toml`, `numerals.toml`);
calendar expressions are found first and block their numbers, so that a number belongs to one layer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from recoupe.model import Modifier, Quantity, Time
from recoupe.read import numerals
from recoupe.read import times as times_
from recoupe.read.beside import drafts as drafts_of
from recoupe.read.drafts import MODIFIERS, Draft, Passage, passage
from recoupe.read.ellipsis import may_count, take_up
from recoupe.read.nouns import is_participle
from recoupe.read.numerals import Numeral
from recoupe.read.page import Page, Stage
from recoupe.read.plain import plain
from recoupe.text import Span

_RANGE = 24  # characters between the ends of a range


def find(text: str, lang: str, times: Sequence[Time] = ()) -> tuple[Quantity, ...]:
    """The quantities of `text`, in order, none overlapping.  `times`: the calendar expressions found in it."""
    lowered = plain(text)
    numbers = numerals.find(text, lowered, lang)
    if not numbers:
        return ()
    state = passage(text, lowered, lang)
    drafts = list(drafts_of(state, _unblocked(numbers, times, lang)))
    _join_ranges(state, drafts)
    _join_ratios(state, drafts)
    for index, draft in enumerate(drafts):
        _settle(state, drafts, index)
        if draft.settled:
            state.done.append(draft)
    if _join_taken_up(state, drafts):
        state.done = [d for d in drafts if d.settled]
    return tuple(_quantity(d) for d in state.done)


def _unblocked(numbers: Sequence[Numeral], times: Sequence[Time], lang: str) -> Iterator[Numeral]:
    """The numbers outside calendar expressions, and those inside one that counts too ("il y a 30 ans")."""
    counting = times_.counting(lang)
    spans = sorted(t.span for t in times if t.reason not in counting)
    starts = [s.start for s in spans]
    for number in numbers:
        index = bisect_right(starts, number.span.end - 1) - 1
        if index < 0 or spans[index].end <= number.span.start:
            yield number


def _quantity(draft: Draft) -> Quantity:
    value = round(draft.value, 10) if draft.kind != "ratio" else round(draft.value, 4)
    return Quantity(
        Span(draft.start, draft.end),
        float(value),
        unit=draft.unit,
        modifier=draft.modifier,
        reason=draft.reason,
        score=0.7 if draft.kind == "bare" else 1.0,
    )


def _join_ranges(state: Passage, drafts: Sequence[Draft]) -> None:
    """ "10 à 15 km", "de 1 ou 2 crans", "4 à 5 milliards": the first takes the unit, and the scale, of the second."""
    rules = state.rules
    for index in range(len(drafts) - 2, -1, -1):
        first, second = drafts[index], drafts[index + 1]
        if _shares_sign(state, first, second):
            continue
        if first.settled or not second.settled or (first.numeral.kind == "one" and second.value < 2):
            continue
        gap = state.between(first.end, second.start)
        if len(gap) > _RANGE or not (rules.range.match(gap) or rules.list.match(gap)):
            continue
        scale = second.numeral.scale
        if rules.plain_and.match(gap) and state.before(first.start, rules.bare["direct"]):
            continue  # "175 voix contre 168 et 3 abstentions"
        small = first.numeral.scale == 1 and first.numeral.value < 1000
        if scale > 1 and small and not (rules.plain_and.match(gap) and not state.before(first.start, rules.opener)):
            first.value *= scale
        first.value *= 0.01 if second.kind == "money" and second.value < second.numeral.value else 1.0
        first.unit, first.kind, first.settled = second.unit, second.kind, True
        first.reason = f"{second.reason}, of a range"


def _join_taken_up(state: Passage, drafts: Sequence[Draft]) -> bool:
    """ "between 7 and 8 million" where the second takes up the money of an earlier number; whether there were such."""
    rules, joined = state.rules, False
    for first, second in pairwise(drafts):
        if first.settled or not second.settled or second.kind != "bare" or second.numeral.scale == 1:
            continue
        gap = state.between(first.end, second.start)
        opened = state.before(first.start, rules.opener) is not None or not rules.plain_and.match(gap)
        small = first.numeral.scale == 1 and first.numeral.value < second.numeral.value / second.numeral.scale
        if len(gap) > _RANGE or not rules.range.match(gap) or not opened or not small or first.kind == "refused":
            continue
        first.value *= second.numeral.scale
        first.unit, first.kind, first.settled = second.unit, second.kind, True
        first.reason, joined = f"{second.reason}, of a range", True
    return joined


def _shares_sign(state: Passage, first: Draft, second: Draft) -> bool:
    """ "€1.5-2 billion", "between $3 and $5 billion": the sign is the first's, the scale the second's."""
    rules, scale = state.rules, second.numeral.scale
    gap = state.between(first.end, second.start)
    if first.kind != "money" or first.start == first.numeral.span.start or first.numeral.scale > 1 or scale == 1:
        return False
    if len(gap) > _RANGE or not rules.range.match(gap) or first.numeral.value >= 1000:
        return False
    if rules.plain_and.match(gap) and not state.before(first.start, rules.opener):
        return False
    first.value *= scale
    if not second.settled:
        second.unit, second.kind, second.settled, second.reason = first.unit, "money", True, "money, of a range"
    return True


def _join_ratios(state: Passage, drafts: list[Draft]) -> None:
    """ "un agent sur trois", "three in four": one share, and the number it is a share of is none by itself."""
    rules = state.rules
    for index in range(len(drafts) - 1):
        part, whole = drafts[index], drafts[index + 1]
        gap = state.between(part.numeral.span.end, whole.numeral.span.start)
        if whole.settled and whole.kind != "count":
            continue
        if len(gap) > 60 or not rules.ratio.match(gap) or "\n" in gap:
            continue
        below = whole.numeral.value
        if part.numeral.value == below:  # "24 heures sur 24"
            part.settled = whole.settled = False
            part.kind = whole.kind = "refused"
            continue
        if whole.kind == part.kind == "count" and not _is_share(state, part, whole):
            continue  # "two people in three cars"
        if below not in rules.denominators or part.numeral.value > min(rules.below, below):
            continue
        part.end = whole.numeral.span.end
        part.value, part.unit, part.kind = part.numeral.value / below, "ratio", "ratio"
        part.settled, part.reason = True, "so many in so many"
        whole.settled, whole.kind = False, "refused"


def _is_share(state: Passage, part: Draft, whole: Draft) -> bool:
    """Whether what looks like the noun of the whole is a verb or participle: "one in five grows", "dix servis à"."""
    return part.numeral.kind == "one" or is_participle(state.lowered, whole.numeral.span.end, state.rules.lang)


def _settle(state: Passage, drafts: Sequence[Draft], index: int) -> None:
    """Give the draft its modifier, and a bare number the unit it takes up, or leave it out."""
    draft = drafts[index]
    if draft.kind == "refused":
        return
    if (
        draft.settled
        and draft.numeral.kind == "one"
        and draft.kind == "count"
        and not _in_company(state, drafts, index)
    ):
        draft.settled = False
        return
    if not draft.settled and (draft.numeral.kind == "one" or not may_count(state, draft)):
        return
    draft.modifier = _modifier(state, draft)
    if draft.numeral.approximate and draft.modifier is None:
        draft.modifier = "about"
    if not draft.settled:
        take_up(state, draft)
    if draft.settled and draft.modifier is None and index and _same_range(state, drafts[index - 1], draft):
        draft.modifier = "about" if drafts[index - 1].modifier == "about" else None


def _same_range(state: Passage, first: Draft, second: Draft) -> bool:
    gap = state.between(first.end, second.start)
    return first.settled and first.reason.endswith("of a range") and state.rules.range.match(gap) is not None


def _in_company(state: Passage, drafts: Sequence[Draft], index: int) -> bool:
    """Whether "un" with its noun is a count: with "au moins", or beside another count ("un mort et trois blessés")."""
    draft, rules = drafts[index], state.rules
    if state.before(draft.start, rules.one) or draft.kind == "ratio":
        return True
    last = drafts[index - 1] if index else None
    if last and last.settled and last.kind == "count" and rules.together.match(state.between(last.end, draft.start)):
        return True
    after = drafts[index + 1] if index + 1 < len(drafts) else None
    if after is None or not after.settled or after.kind != "count" or after.numeral.kind == "one":
        return False
    return rules.together.match(state.between(draft.end, after.start)) is not None


def _modifier(state: Passage, draft: Draft) -> Modifier | None:
    rules = state.rules
    lasting = draft.kind == "duration" and any(
        state.before(draft.start, regex) for regex in (rules.throughout, rules.within)
    )
    for name in MODIFIERS:
        if not lasting and state.before(draft.start, state.rules.modifiers[name]):
            return name
    for name in MODIFIERS:
        after = state.rules.modifiers_after.get(name)
        if after and after.match(state.lowered, draft.end):
            return name
    return None


def _run(pages: Sequence[Page]) -> list[Page]:
    return [replace(page, quantities=find(page.text, page.lang, page.times)) for page in pages]


STAGE: Final = Stage("quantities", frozenset({"article", "lang", "times"}), frozenset({"quantities"}), _run)
