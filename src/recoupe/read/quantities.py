"""Quantities: numbers that state a measure of the world, with their unit and modifier.

A number is one if a unit of measure, money or a counted noun goes with it, or if the words around show that it takes up
the noun of a number before it ("182 voix contre 158") or after it ("10 à 15 km").  What a language does is data
(`<language>/quantities.toml`, `units.toml`, `numerals.toml`); calendar expressions are found first and block their
numbers, so that a number belongs to one layer.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Final

from recoupe.model import Modifier, Quantity, Time
from recoupe.read import nouns, numerals
from recoupe.read import times as times_
from recoupe.read.measures import Measures, singular
from recoupe.read.numerals import Numeral
from recoupe.read.page import Page, Stage
from recoupe.read.plain import plain
from recoupe.read.tables import table
from recoupe.text import Span

_BEFORE = 60  # characters before a number in which its modifier or licence stands
_REACH = 600  # characters back to a count whose noun is taken up
_NEAR = 120  # characters between the numbers of a list
_SENTENCE = re.compile(r"(?<!\bm)(?<!\bmm)(?<!\bmme)(?<!\bmr)(?<!\bmrs)(?<!\bdr)[.!?…][\"'»”’)]*\s+|\n")
_MODIFIERS: Final[tuple[Modifier, ...]] = ("at least", "at most", "less than", "more than", "about")
_NAME_BEFORE = re.compile(r"(?:[A-ZÀ-Ý][\w’'-]*)[  ]$")
_SCORE = re.compile(r"\d{1,3}-\d{1,3}(?!\d)")


@dataclass(frozen=True, slots=True)
class _Rules:
    lang: str
    modifiers: Mapping[str, re.Pattern[str]]
    modifiers_after: Mapping[str, re.Pattern[str]]
    one: re.Pattern[str]
    whole: re.Pattern[str]
    together: re.Pattern[str]
    ratio: re.Pattern[str]
    denominators: frozenset[int]
    below: int
    range: re.Pattern[str]
    list: re.Pattern[str]
    bare: Mapping[str, re.Pattern[str]]
    refused: Mapping[str, re.Pattern[str]]
    age_units: frozenset[str]
    not_persons: frozenset[str]
    times_words: frozenset[str]
    plural_from: float
    function_words: frozenset[str]


@cache
def _rules(lang: str) -> _Rules:
    data: Mapping[str, Any] = table(lang, "quantities")
    refused, bare, rule = data["refused"], data["bare"], data["modifiers_rule"]
    return _Rules(
        lang=lang,
        modifiers={name: re.compile(data["modifiers"][name]) for name in _MODIFIERS},
        modifiers_after={name: re.compile(p) for name, p in data["modifiers_after"].items()},
        one=re.compile(rule["one"]),
        whole=re.compile(rule["whole"]),
        together=re.compile(rule["together"]),
        ratio=re.compile(data["ratio"]["between"]),
        denominators=frozenset(data["ratio"]["denominators"]),
        below=data["ratio"]["numerator_below"],
        range=re.compile(data["range"]["between"]),
        list=re.compile(data["range"]["list"]),
        bare={name: re.compile(p) for name, p in bare.items() if isinstance(p, str)},
        refused={name: re.compile(p) for name, p in refused.items() if isinstance(p, str)},
        age_units=frozenset(refused["age_units"]),
        not_persons=frozenset(refused["not_persons"]),
        times_words=frozenset(refused["times_word"]),
        plural_from=float(data["nouns"]["plural_from"]),
        function_words=frozenset(data["nouns"]["function_words"]),
    )


@dataclass(slots=True)
class _Draft:
    """A number on its way to be a quantity; `unit` None and `settled` False: not known yet."""

    numeral: Numeral
    start: int
    end: int
    value: float
    unit: str | None = None
    kind: str = "bare"  # percent, money, measure, duration, noun, count, ratio, bare
    reason: str = ""
    settled: bool = False
    modifier: Modifier | None = None


@dataclass(slots=True)
class _Text:
    text: str
    lowered: str
    rules: _Rules
    measures: Measures
    breaks: list[int]
    done: list[_Draft] = field(default_factory=list)
    hours: int = -1  # the start of the last sentence with a length of time in hours: others in it are none of the clock

    def before(self, at: int, regex: re.Pattern[str]) -> re.Match[str] | None:
        return regex.search(self.lowered, max(0, at - _BEFORE), at)

    def between(self, first: int, second: int) -> str:
        return self.lowered[first:second]

    def sentence(self, at: int) -> int:
        """Where the sentence that holds `at` begins."""
        index = bisect_right(self.breaks, at)
        return self.breaks[index - 1] if index else 0


def find(text: str, lang: str, times: Sequence[Time] = ()) -> tuple[Quantity, ...]:
    """The quantities of `text`, in order, none overlapping.  `times`: the calendar expressions found in it."""
    lowered = plain(text)
    numbers = numerals.find(text, lowered, lang)
    if not numbers:
        return ()
    state = _Text(
        text=text,
        lowered=lowered,
        rules=_rules(lang),
        measures=Measures(text, lowered, lang),
        breaks=[m.end() for m in _SENTENCE.finditer(lowered)],
    )
    drafts = list(_drafts(state, _unblocked(numbers, times, lang)))
    _join_ranges(state, drafts)
    _join_ratios(state, drafts)
    for index, draft in enumerate(drafts):
        _settle(state, drafts, index)
        if draft.settled:
            state.done.append(draft)
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


def _quantity(draft: _Draft) -> Quantity:
    value = round(draft.value, 10) if draft.kind != "ratio" else round(draft.value, 4)
    return Quantity(
        Span(draft.start, draft.end),
        float(value),
        unit=draft.unit,
        modifier=draft.modifier,
        reason=draft.reason,
        score=0.7 if draft.kind == "bare" else 1.0,
    )


# --- a number and what goes with it -----------------------------------------------------------------------------------


def _drafts(state: _Text, numbers: Iterator[Numeral]) -> Iterator[_Draft]:
    for number in numbers:
        draft = _draft(state, number)
        if draft is not None:
            yield draft


def _draft(state: _Text, number: Numeral) -> _Draft | None:
    """The number with the unit or noun right beside it; None where it is no number of anything."""
    start, end = number.span
    rules = state.rules
    draft = _Draft(number, start, end, number.value)
    sign = state.measures.before(start)
    if sign:
        draft.start, draft.unit, draft.kind = sign[0], sign[1], "money"
        draft.settled, draft.reason = True, "money"
        state.measures.last_money = sign[1]
        return draft
    measure = state.measures.after(end)
    if measure is not None:
        if measure.unit == "h" and number.kind == "figures":
            lasting = state.hours == state.sentence(start)
            if state.measures.is_clock(start, measure.end) and not lasting:
                return None
            state.hours = state.sentence(start)
        draft.end, draft.unit, draft.kind = measure.end, measure.unit, measure.kind
        draft.value = (number.value + measure.plus) * measure.factor
        draft.reason, draft.settled = measure.kind, True
        if measure.kind == "money" and measure.factor == 1.0:
            state.measures.last_money = measure.unit
        _negative(state, draft)
        return None if _refused_measure(state, draft) else draft
    if number.needs_unit:
        return None
    if number.kind == "fraction":
        draft.unit, draft.kind, draft.reason, draft.settled = "ratio", "ratio", "fraction", True
        return draft
    joined = nouns.hyphenated(state.lowered, end, rules.lang)
    if joined:
        draft.end, draft.unit, draft.kind = joined.end, joined.unit, "noun"
        draft.reason, draft.settled = "number-noun", True
        return None if _refused_measure(state, draft) else draft
    return _with_noun(state, draft)


def _with_noun(state: _Text, draft: _Draft) -> _Draft | None:
    rules, number = state.rules, draft.numeral
    end = number.span.end
    named = number.kind == "figures" and _is_named(state, number)
    linked = number.linked or (number.value >= 1e6 and nouns.is_linked(state.lowered, end, rules.lang))
    noun = nouns.counted(
        state.text, state.lowered, end, rules.lang, plural=number.value >= rules.plural_from, linked=linked
    )
    if (
        noun
        and state.before(draft.start, rules.bare["takes_up"])
        and nouns.is_participle(state.lowered, end, rules.lang)
    ):
        noun = None  # "dont deux assortis du sursis": the noun is the earlier one
    if noun and not (named and state.text[end + 1 : end + 2].isupper()):
        if nouns.is_uncounted(noun.unit, rules.lang):
            return None
        draft.end, draft.unit, draft.kind = noun.end, noun.unit, "count"
        draft.reason, draft.settled = "counted noun", True
        return None if _refused_count(state, draft) else draft
    person = nouns.participle(state.lowered, end, rules.lang)
    if person:
        draft.unit, draft.kind, draft.reason, draft.settled = person, "count", "participle", True
        return draft
    return None if number.needs_noun or named else draft


def _is_named(state: _Text, number: Numeral) -> bool:
    """Whether a name or a word such as "article" stands right before: the number is a part of it."""
    start = number.span.start
    if state.before(start, state.rules.refused["label"]):
        return True
    match = _NAME_BEFORE.search(state.text, max(0, start - 30), start)
    if match is None or number.grouped:
        return False
    word = state.lowered[match.start() : match.end() - 1]
    opens = match.start() == state.sentence(start) or match.start() == 0
    return word not in state.rules.function_words and not opens


def _negative(state: _Text, draft: _Draft) -> None:
    """ "- 33 %", "-3 °C": the sign belongs to the number where no word or number stands before it."""
    if draft.kind not in {"percent", "measure"} or draft.unit not in {"%", "°C", "°F"}:
        return
    match = re.search(r"(?:^|[\s(])(-[ ]?)$", state.lowered[max(0, draft.start - 3) : draft.start])
    before = state.lowered[max(0, draft.start - 5) : draft.start].rstrip(" -")
    if match and not before[-1:].isdigit():
        draft.start -= len(match[1])
        draft.value = -draft.value


def _refused_measure(state: _Text, draft: _Draft) -> bool:
    """Ages in name lines and of somebody already known; one unit that is only an article; "deux fois plus"."""
    refused, rules = state.rules.refused, state.rules
    if draft.unit in rules.age_units:
        before = state.text[max(0, draft.start - _BEFORE) : draft.start]
        if refused["name_age"].search(before) and re.match(r"[,.);\n]|$", state.text[draft.end :][:1]):
            return True
        known = state.before(draft.start, refused["known_age"])
        if known and refused["persons"].search(known["person"]) and known["person"] not in rules.not_persons:
            return True
    if draft.unit in rules.times_words and refused["times_as"].match(state.lowered, draft.end):
        return True
    if draft.numeral.kind == "one":
        return _one_refused(state, draft, whole_unit=True)
    return False


def _refused_count(state: _Text, draft: _Draft) -> bool:
    return False if draft.numeral.kind == "one" else _is_spelled_name(state, draft)


def _is_spelled_name(state: _Text, draft: _Draft) -> bool:
    """A spelled number with a capital inside a sentence begins a name: "les Trois Vallées"."""
    start = draft.start
    if draft.numeral.kind != "words" or not state.text[start].isupper():
        return False
    opens = not state.lowered[max(0, state.sentence(start)) : start].strip(" \"'«“—-(")
    return (
        not opens and state.text[start : start + 2].istitle() and state.lowered[start - 2 : start - 1] not in {":", "."}
    )


def _one_refused(state: _Text, draft: _Draft, *, whole_unit: bool) -> bool:
    """Whether "un" or "one" is no more than an article here."""
    rules = state.rules
    if state.before(draft.start, rules.one) or rules.whole.match(state.lowered, draft.end):
        return False
    if not whole_unit or draft.kind not in {"duration", "measure"}:
        return True
    return not any(state.before(draft.start, regex) for regex in rules.modifiers.values())


# --- numbers that share a noun ----------------------------------------------------------------------------------------


def _join_ranges(state: _Text, drafts: Sequence[_Draft]) -> None:
    """ "10 à 15 km", "de 1 ou 2 crans", "4 à 5 milliards": the first takes the unit, and the scale, of the second."""
    rules = state.rules
    for index in range(len(drafts) - 2, -1, -1):
        first, second = drafts[index], drafts[index + 1]
        if first.settled or not second.settled or (first.numeral.kind == "one" and second.value < 2):
            continue
        gap = state.between(first.end, second.start)
        if len(gap) > 24 or not (rules.range.match(gap) or rules.list.match(gap)):
            continue
        scale = second.numeral.scale
        if scale > 1 and first.numeral.scale == 1 and first.numeral.value < 1000 and gap.strip() not in {"et", "and"}:
            first.value *= scale
        first.value *= 0.01 if second.kind == "money" and second.value < second.numeral.value else 1.0
        first.unit, first.kind, first.settled = second.unit, second.kind, True
        first.reason = f"{second.reason}, of a range"


def _join_ratios(state: _Text, drafts: list[_Draft]) -> None:
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
        if below not in rules.denominators or part.numeral.value > rules.below or part.numeral.value > below:
            continue
        if part.numeral.value == below:
            part.settled = whole.settled = False
            part.kind = whole.kind = "refused"
            continue
        part.end = whole.numeral.span.end
        part.value, part.unit, part.kind = part.numeral.value / below, "ratio", "ratio"
        part.settled, part.reason = True, "so many in so many"
        whole.settled, whole.kind = False, "refused"


def _settle(state: _Text, drafts: Sequence[_Draft], index: int) -> None:
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
    draft.modifier = _modifier(state, draft)
    if draft.numeral.approximate and draft.modifier is None:
        draft.modifier = "about"
    if not draft.settled and draft.numeral.kind != "one":
        _take_up(state, drafts, index)
    if draft.settled and draft.modifier is None and index and _same_range(state, drafts[index - 1], draft):
        draft.modifier = "about" if drafts[index - 1].modifier == "about" else None


def _same_range(state: _Text, first: _Draft, second: _Draft) -> bool:
    gap = state.between(first.end, second.start)
    return first.settled and first.reason.endswith("of a range") and state.rules.range.match(gap) is not None


def _in_company(state: _Text, drafts: Sequence[_Draft], index: int) -> bool:
    """Whether "un" with its noun is a count: with "au moins", or beside another count ("un mort et trois blessés")."""
    draft, rules = drafts[index], state.rules
    if state.before(draft.start, rules.one) or draft.kind == "ratio":
        return True
    if index and (last := drafts[index - 1]).settled and last.kind == "count":
        if rules.together.match(state.between(last.end, draft.start)):
            return True
    if index + 1 < len(drafts) and (after := drafts[index + 1]).settled and after.kind == "count":
        return after.numeral.kind != "one" and rules.together.match(state.between(draft.end, after.start)) is not None
    return False


def _modifier(state: _Text, draft: _Draft) -> Modifier | None:
    for name in _MODIFIERS:
        if state.before(draft.start, state.rules.modifiers[name]):
            return name
    for name in _MODIFIERS:
        after = state.rules.modifiers_after.get(name)
        if after and after.match(state.lowered, draft.end):
            return name
    return None


# --- bare numbers -----------------------------------------------------------------------------------------------------


def _take_up(state: _Text, drafts: Sequence[_Draft], index: int) -> None:
    """Settle a number without a noun if the words around it say which count it takes up."""
    draft, bare = drafts[index], state.rules.bare
    number = draft.numeral
    if _is_score(state, drafts, index) or state.before(draft.start, state.rules.refused["marks"]):
        return
    whole = bare["of_whole"].match(state.lowered, number.span.end)
    if whole:
        _take_whole(state, draft, whole)
        return
    counted = bare["number_of"].match(state.lowered, number.span.end)
    if counted:
        noun = nouns.counted(state.text, state.lowered, counted.end() - 1, state.rules.lang, plural=True)
        _settled(draft, noun.unit if noun else None, "number of")
        return
    amount = state.before(draft.start, bare["amounting"])
    if amount:
        words = state.text[amount.start("noun") : amount.end("noun")].split()
        _settled(draft, " ".join(singular(w, state.rules.lang) for w in words), "amounting to")
        return
    _take_earlier(state, draft)


def _take_whole(state: _Text, draft: _Draft, whole: re.Match[str]) -> None:
    """ "10 des 17 ministères": the noun of the whole."""
    start = whole.end() - 1
    noun = nouns.counted(state.text, state.lowered, start, state.rules.lang, plural=True)
    measure = state.measures.after(start) if noun is None else None
    if noun or measure:
        _settled(draft, noun.unit if noun else measure.unit if measure else None, "of a whole")


def _settled(draft: _Draft, unit: str | None, reason: str) -> None:
    draft.unit, draft.kind, draft.reason, draft.settled = unit, "bare", reason, True


def _take_earlier(state: _Text, draft: _Draft) -> None:
    """The unit of an earlier quantity, by the kind of words that show the link."""
    bare, number, start = state.rules.bare, draft.numeral, draft.start
    sentence = state.sentence(start)
    end = number.span.end
    if state.before(start, bare["direct"]):
        last = _earlier(state, draft, sentence)
        if last:
            _settled(draft, last.unit, "against an earlier one")
            _take_scale(draft, last)
            return
    if state.before(start, bare["part"]):
        last = _earlier(state, draft, sentence, at_least=draft.value)
        if last:
            _settled(draft, last.unit, "part of an earlier one")
            return
    if bare["others"].match(state.lowered, end):
        first = next((d for d in state.done if d.start >= sentence and d.kind in {"count", "bare"}), None)
        last = first or _earlier(state, draft, start - _REACH, counts=True)
        if last:
            _settled(draft, last.unit, "others of an earlier one")
            return
    big = number.grouped or number.scale > 1 or number.kind == "collective"
    listed = (
        state.done
        and state.done[-1].start >= sentence
        and start - state.done[-1].end < _NEAR
        and state.before(start, bare["list_before"])
        and bare["list_after"].match(state.lowered, end)
    )
    licensed = (
        big or listed or draft.modifier or state.before(start, bare["other"]) or bare["after"].match(state.lowered, end)
    )
    if not licensed or number.kind == "one":
        return
    last = _earlier(state, draft, start - _REACH, counts=True)
    if last is not None:
        _settled(draft, last.unit, "takes up an earlier one")
    elif big or draft.modifier:
        _settled(draft, None, "number alone")


def _take_scale(draft: _Draft, last: _Draft) -> None:
    """ "12 millions contre 8": the scale said once."""
    scale = last.numeral.scale
    if scale >= 1e6 and draft.numeral.scale == 1 and draft.value < 1000 and last.kind == "money":
        draft.value *= scale


def _earlier(
    state: _Text, draft: _Draft, floor: int, *, at_least: float | None = None, counts: bool = False
) -> _Draft | None:
    """The nearest earlier quantity from `floor` on; `counts`: no percentage, share or length of time."""
    for last in reversed(state.done):
        if last.start < floor:
            return None
        if at_least is not None and last.value < at_least:
            continue
        if last.kind == "ratio" or (counts and last.kind in {"percent", "duration"}):
            continue
        return last
    return None


def _is_score(state: _Text, drafts: Sequence[_Draft], index: int) -> bool:
    """ "3-1", "6-2": two small numbers joined by a mark, no unit."""
    draft = drafts[index]
    if draft.numeral.kind != "figures" or draft.value >= 100 or draft.numeral.scale > 1:
        return False
    start, end = draft.numeral.span
    joined_after = state.lowered[end : end + 1] == "-" and state.lowered[end + 1 : end + 2].isdigit()
    return joined_after or (state.lowered[start - 1 : start] == "-" and state.lowered[start - 2 : start - 1].isdigit())


def _run(pages: Sequence[Page]) -> list[Page]:
    return [replace(page, quantities=find(page.text, page.lang, page.times)) for page in pages]


STAGE: Final = Stage("quantities", frozenset({"article", "lang", "times"}), frozenset({"quantities"}), _run)
