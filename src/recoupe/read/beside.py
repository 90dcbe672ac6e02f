"""A number and what stands right beside it: a unit of measure, money, the noun it counts; or what makes it none at all.

Scores, labels ("article 7"), names ("Falcon 9"), clock times and ages in name lines are no quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from recoupe.read import nouns, numerals
from recoupe.read.drafts import Draft, Passage
from recoupe.read.measures import is_plural
from recoupe.read.numerals import Numeral

_YOUNGEST, _OLDEST = 2, 120  # years of somebody of whom "who was 34" may be said
_SUM = 1e6  # from this scale on a number may be a sum without its currency
_AGE_BEFORE = 60  # characters before an age in which the name stands
_NAME_BEFORE = re.compile(r"(?:[A-ZÀ-Ý][\w’'-]*)[  ]$")
_POSTCODE = re.compile(r"\d{5}\s[A-ZÀ-Ý]")


def drafts(state: Passage, numbers: Iterable[Numeral]) -> Iterator[Draft]:
    """The numbers that may be quantities, each with the unit or noun beside it if there is one."""
    end = 0
    for number in numbers:
        draft = _draft(state, number, end) if number.span.start >= end else None
        if draft is not None:
            end = draft.end
            yield draft


def _draft(state: Passage, number: Numeral, floor: int) -> Draft | None:
    """The number with the unit or noun right beside it; None where it is no number of anything.

    `floor`: where the number before it, with its unit, ends.
    """
    start, end = number.span
    rules = state.rules
    draft = Draft(number, start, end, number.value)
    sign = state.measures.before(start)
    if sign and sign[0] >= floor:
        draft.start, draft.unit, draft.kind = sign[0], sign[1], "money"
        draft.settled, draft.reason = True, "money"
        state.measures.last_money = sign[1]
        return draft
    if rules.refused["clock"].match(state.lowered, end):
        return None
    measure = state.measures.after(numerals.unit_link(state.lowered, end, rules.lang))
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
    if number.needs_unit or (number.kind == "figures" and state.lowered[end : end + 1].isalpha()):
        return None  # "50e", "3D"
    if number.kind == "fraction":
        draft.unit, draft.kind, draft.reason, draft.settled = "ratio", "ratio", "fraction", True
        _and_a_part(state, draft, floor)
        return draft
    if _is_age(state, draft):
        draft.unit, draft.kind, draft.reason, draft.settled = rules.age_units[0], "duration", "age", True
        return draft
    joined = nouns.hyphenated(state.lowered, end, rules.lang)
    if joined:
        draft.end, draft.unit, draft.kind = joined.end, joined.unit, "noun"
        draft.reason, draft.settled = "number-noun", True
        return None if _refused_measure(state, draft) else draft
    return _with_noun(state, draft)


def _with_noun(state: Passage, draft: Draft) -> Draft | None:
    rules, number = state.rules, draft.numeral
    end = number.span.end
    named = number.kind == "figures" and _is_named(state, number)
    linked = number.linked or (number.value >= 1e6 and nouns.is_linked(state.lowered, end, rules.lang))
    if number.kind == "figures" and not number.grouped and _POSTCODE.match(state.text, number.span.start):
        return None
    if state.before(draft.start, rules.refused["both"]):
        return None
    noun = nouns.counted(
        state.text, state.lowered, end, rules.lang, plural=number.value >= rules.plural_from, linked=linked
    )
    if (
        noun
        and state.before(draft.start, rules.bare["takes_up"])
        and nouns.is_participle(state.lowered, end, rules.lang)
    ):
        noun = None  # "dont deux assortis du sursis": the noun is the earlier one
    if noun and state.measures.last_money and _is_amount(state, number, noun):
        draft.unit, draft.kind, draft.settled = state.measures.last_money, "money", True
        draft.reason = "money, currency said before"
        return draft
    part_of_name = named and (state.text[end + 1 : end + 2].isupper() or number.value < rules.plural_from)
    if noun and not part_of_name:
        if nouns.is_uncounted(noun.unit, rules.lang):
            return None
        draft.end, draft.unit, draft.kind = noun.end, noun.unit, "count"
        draft.reason, draft.settled = "counted noun", True
        return None if _refused_count(state, draft) else draft
    person = nouns.participle(state.lowered, end, rules.lang)
    if person:
        draft.unit, draft.kind, draft.reason, draft.settled = person, "count", "participle", True
        return draft
    alone = state.before(draft.start, rules.bare["amounting"]) or state.before(draft.start, rules.bare["other"])
    return None if named or (number.needs_noun and not alone) else draft


def _is_amount(state: Passage, number: Numeral, noun: nouns.Noun) -> bool:
    """Whether the noun says what a sum is for, not what is counted: "62 millions de crédits d'impôt"."""
    return number.scale >= _SUM and re.split("[ ']", noun.unit)[0] in state.rules.amounts


def _is_named(state: Passage, number: Numeral) -> bool:
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


def _and_a_part(state: Passage, draft: Draft, floor: int) -> None:
    """ "an hour and a half": the fraction belongs to the unit before it."""
    match = state.before(draft.start, state.rules.bare["one_and"])
    measure = state.measures.after(match.start("unit") - 1) if match and match.start() >= floor else None
    if match and measure and measure.end == match.end("unit"):
        draft.start, draft.value = match.start(), 1 + draft.value
        draft.unit, draft.kind, draft.reason = measure.unit, measure.kind, measure.kind


def _is_age(state: Passage, draft: Draft) -> bool:
    """Whether the number is the age of somebody who is not named: "a surfer aged 23"."""
    refused = state.rules.refused
    if state.before(draft.start, refused["age_said"]) and refused["age_ends"].match(state.lowered, draft.end):
        return draft.numeral.kind != "one" and _YOUNGEST < draft.value < _OLDEST and draft.value.is_integer()
    aged = refused.get("aged")
    match = aged.search(state.lowered, max(0, draft.start - _AGE_BEFORE), draft.start) if aged else None
    if match is None:
        return False
    opens = match.start() == state.sentence(match.start())
    return not state.text[match.start()].isupper() or (opens and is_plural(match["who"], state.rules.lang))


def _negative(state: Passage, draft: Draft) -> None:
    """ "- 33 %", "-3 °C": the sign belongs to the number where no word or number stands before it."""
    if draft.kind not in {"percent", "measure", "noun"} or draft.unit not in {"%", "°C", "°F", "degree"}:
        return
    minus = state.before(draft.start, state.rules.minus)
    if minus:
        draft.start, draft.value = minus.start(), -draft.value
        return
    match = re.search(r"(?:^|[\s(])(-[ ]?)$", state.lowered[max(0, draft.start - 3) : draft.start])
    before = state.lowered[max(0, draft.start - 5) : draft.start].rstrip(" -")
    if match and not before[-1:].isdigit():
        draft.start -= len(match[1])
        draft.value = -draft.value


def _refused_measure(state: Passage, draft: Draft) -> bool:
    """Ages in name lines and of somebody already known; one unit that is only an article; "deux fois plus"."""
    refused, rules = state.rules.refused, state.rules
    if _is_spelled_name(state, draft):
        return True  # "la guerre de Cent Ans"
    if draft.unit in rules.age_units:
        before = state.text[max(0, draft.start - _AGE_BEFORE) : draft.start]
        if refused["name_age"].search(before) and re.match(r"[,.);\n]|$", state.text[draft.end :][:1]):
            return True
        known = state.before(draft.start, refused["known_age"])
        if known and refused["persons"].search(known["person"]) and known["person"] not in rules.not_persons:
            return True
    if draft.unit in rules.times_words and refused["times_as"].match(state.lowered, draft.end):
        return True
    return draft.numeral.kind == "one" and draft.value <= 1 and _one_refused(state, draft)


def _refused_count(state: Passage, draft: Draft) -> bool:
    return False if draft.numeral.kind == "one" else _is_spelled_name(state, draft)


def _is_spelled_name(state: Passage, draft: Draft) -> bool:
    """A spelled number with a capital inside a sentence begins a name: "les Trois Vallées"."""
    start = draft.start
    if draft.numeral.kind != "words" or not state.text[start].isupper():
        return False
    opens = not state.lowered[max(0, state.sentence(start)) : start].strip(" \"'«“—-(")
    after_mark = state.lowered[max(0, start - 8) : start].rstrip(" \"'«“")[-1:] in {
        ":",
        ",",
        ".",
        "-",
        "—",
    }  # a dash: behind a dateline
    return not opens and not after_mark and state.text[start : start + 2].istitle()


def _one_refused(state: Passage, draft: Draft) -> bool:
    """Whether "un" or "one" is no more than an article here."""
    rules = state.rules
    if state.before(draft.start, rules.one) or rules.whole.match(state.lowered, draft.end):
        return False
    if draft.kind not in {"duration", "measure"}:
        return True
    return not any(state.before(draft.start, regex) for regex in rules.modifiers.values())
