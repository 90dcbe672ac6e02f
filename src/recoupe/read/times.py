"""Calendar expressions and their TIMEX3 values: "mercredi", "le 5 novembre 2024", "last October", "la veille".

The rules are data (`<language>/times.toml`): a pattern, and the kind of calendar reckoning that gives its value
(`recoupe.read.timex`).  An expression is anchored on the article's date or, where it has none, on the date of its
byline or dateline; "la veille" and the like on the last day mentioned.  Where no anchor tells, nothing is said.

Weekdays, days and months without a year lie in the past unless the clause looks ahead (`recoupe.read.tense`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any, Final

from recoupe.model import Time
from recoupe.read import numerals, tense, timex
from recoupe.read.page import Page, Stage
from recoupe.read.plain import plain
from recoupe.read.tables import table
from recoupe.read.timex import Point
from recoupe.text import Span

_WORD = re.compile(r"\w+")
_SLOT = re.compile(r"\{(\w+)(?::(\w+))?\}")
_CLASS_OR_SPACE = re.compile(r"\[[^\]]*\]| ")
_GROUP = re.compile(r"\(\?P<\w+>")
_NUMBERS = frozenset({"year", "day", "number", "figures"})
_BEFORE, _AFTER = 50, 110  # characters around a trigger in which its expression may lie
_BYLINE = 800  # characters at the start of an article where its own date may stand
_NEARBY = 500  # characters back within which "two years later" finds what it counts from
_LOOKBACK = 40
_RECENT = 40  # mentions back in which the date that "the day before" counts from is looked for
_ENTRY = r"(?<![\w@#/-])(?<!\d[.,:])"
_EXIT = r"(?!\w)"
_YEARS = range(1900, 2101)  # four figures that are taken for a year without a word such as "en" before them


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    kind: str
    regex: re.Pattern[str]
    before: re.Pattern[str] | None
    refused: re.Pattern[str] | None
    refused_for: frozenset[str]
    bare: re.Pattern[str] | None
    unit: timex.Unit
    shift: int
    shifts: Mapping[str, int]
    side: int
    mentioned: bool
    quantity: bool


@dataclass(frozen=True, slots=True)
class _Grammar:
    lang: str
    names: Mapping[str, Mapping[str, Any]]
    triggers: frozenset[str]
    years: bool
    rules: tuple[_Rule, ...]
    any: re.Pattern[str]
    orthography: Mapping[str, str]
    licences: Mapping[str, re.Pattern[str]]


@cache
def _grammar(lang: str) -> _Grammar:
    data = table(lang, "times")
    names: Mapping[str, Mapping[str, Any]] = data["names"]
    slots = dict(data["slots"])
    triggers: set[str] = set()
    rules, patterns = [], []
    for index, entry in enumerate(data["rule"]):
        pattern = _expand(entry["pattern"], names, slots, lang) + entry.get("after", "")
        rules.append(_rule(entry, pattern))
        patterns.append(f"(?P<r{index}>{_GROUP.sub('(?:', _backreference(pattern))})")
        for word in entry["on"]:
            slot = _SLOT.fullmatch(word)
            triggers.update(_WORD.findall(" ".join(names.get(slot[1], ()))) if slot else [word])
    orthography = data["orthography"]
    licences = {key: re.compile(value) for key, value in orthography.items() if key != "months"}
    return _Grammar(
        lang=lang,
        names=names,
        triggers=frozenset(triggers),
        years=any("{year}" in entry["on"] for entry in data["rule"]),
        rules=tuple(rules),
        any=re.compile(f"{_ENTRY}(?:{'|'.join(patterns)}){_EXIT}"),
        orthography=orthography,
        licences=licences,
    )


def _rule(entry: Mapping[str, Any], pattern: str) -> _Rule:
    def regex(key: str) -> re.Pattern[str] | None:
        return re.compile(entry[key]) if key in entry else None

    return _Rule(
        name=entry["name"],
        kind=entry["kind"],
        regex=re.compile(pattern + _EXIT),
        before=regex("before"),
        refused=regex("refused"),
        refused_for=frozenset(entry.get("refused_for", ())),
        bare=regex("bare"),
        unit=entry.get("unit", "day"),
        shift=entry.get("shift", 0),
        shifts=entry.get("shifts", {}),
        side=entry.get("side", 0),
        mentioned=entry.get("base") == "mentioned",
        quantity=entry.get("quantity", False),
    )


@cache
def counting(lang: str) -> frozenset[str]:
    """The names of the rules whose expressions are a quantity too ("il y a 30 ans"); a `Time` names its rule."""
    return frozenset(rule.name for rule in _grammar(lang).rules if rule.quantity)


def _backreference(pattern: str) -> str:
    """The pattern without its back-reference, which needs the named group that the joint pattern does without."""
    return pattern.replace("(?P=sep)", "[./-]")


def _expand(pattern: str, names: Mapping[str, Mapping[str, Any]], slots: Mapping[str, str], lang: str) -> str:
    """The pattern with its slots filled; names become named groups, a space matches a line break too.

    A group that comes a second time, in another branch, is numbered: "month", "month2".
    """
    used: dict[str, int] = {}

    def fill(match: re.Match[str]) -> str:
        key = match[1]
        alias = _numbered(match[2] or key, used) if key in names or key in _NUMBERS else key
        if key in names:
            words = sorted(names[key], key=lambda w: (-len(w), w))
            return f"(?P<{alias}>{'|'.join(re.escape(w).replace(chr(92) + ' ', ' ') for w in words)})"
        if key == "number":
            return f"(?P<{alias}>{numerals.pattern(lang)})"
        if key == "figures":
            return f"(?P<{alias}>0?[1-9]|1[0-2])"
        if key in _NUMBERS:
            return f"(?P<{alias}>{slots[key]})"
        return f"(?:{_SLOT.sub(fill, slots[key])})"

    filled = _SLOT.sub(fill, pattern)
    return _CLASS_OR_SPACE.sub(lambda m: r"[ \n]" if m[0] == " " else m[0], filled)


def _numbered(alias: str, used: dict[str, int]) -> str:
    used[alias] = used.get(alias, 0) + 1
    return alias if used[alias] == 1 else f"{alias}{used[alias]}"


# --- one text ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Text:
    """One text under reading: its anchor and what has been mentioned so far."""

    text: str
    plain: str
    grammar: _Grammar
    anchor: date | None
    mentioned: list[tuple[int, Point]] = field(default_factory=list)

    def tense(self, span: Span) -> timex.Tense | None:
        return tense.near(self.plain, span, self.grammar.lang)

    def before(self, start: int, regex: re.Pattern[str] | None) -> bool:
        """Whether the words right before `start` match `regex`, which ends in `$`."""
        return regex is not None and regex.search(self.plain, max(0, start - _LOOKBACK), start) is not None

    def last_day(self) -> Point | None:
        """The last day mentioned that the article can look back on, else the article's own."""
        for _, mention in reversed(self.mentioned[-_RECENT:]):
            day = mention.date
            if day and (self.anchor is None or day <= self.anchor):
                return mention
        return timex.of(self.anchor) if self.anchor else None

    def said_day(self, start: int) -> Point | None:
        """The day that "that day" takes up: of the last sentence with one, the one that no noun carries ("on ...")."""
        days = [(at, p) for at, p in self.mentioned[-_RECENT:] if p.day]
        if not days:
            return timex.of(self.anchor) if self.anchor else None
        near = [(at, p) for at, p in days if start - at < _NEARBY // 2] or days[-1:]
        adverbial = [p for at, p in near if not self.before(at, self.grammar.licences["nominal"])]
        return (adverbial or [p for _, p in near])[-1]


Found = tuple[Span, str, Point | None]


def find(text: str, lang: str, anchor: str | None = None) -> tuple[Time, ...]:
    """The calendar expressions of `text`, in order, none overlapping.

    `anchor`: the article's date (ISO 8601; its date part counts), None to take it from the byline or dateline.
    """
    grammar = _grammar(lang)
    lowered = plain(text)
    regions = list(_regions(lowered, grammar))
    if not regions:
        return ()
    state = _Text(text, lowered, grammar, _date(anchor) or _own_date(text, lowered, grammar, regions))
    found: list[Time] = []
    for start, end in regions:
        for rule, match in _matches(lowered, grammar, start, end, state):
            for span, value, mention in match:
                found.append(Time(span, value, reason=rule.name))
                if mention:
                    state.mentioned.append((span.start, mention))
    return tuple(found)


def _regions(lowered: str, grammar: _Grammar) -> Iterator[tuple[int, int]]:
    """The stretches of text that hold a word of the calendar, with room around it; merged where they touch."""
    triggers, years = grammar.triggers, grammar.years
    start = end = -1
    for match in _WORD.finditer(lowered):
        word = match[0]
        if word not in triggers and not (years and len(word) == 4 and word.isdecimal() and word[0] in "12"):
            continue
        at, to = match.span()
        if at - _BEFORE > end:
            if end >= 0:
                yield start, end
            start = _edge(lowered, max(0, at - _BEFORE))
        end = _edge(lowered, min(len(lowered), to + _AFTER))
    if end >= 0:
        yield start, end


def _edge(lowered: str, at: int) -> int:
    """`at`, or the next place where a word ends (as far as a word can reasonably run)."""
    for place in range(at, min(at + 30, len(lowered))):
        if not lowered[place].isalnum():
            return place
    return at


def _matches(
    lowered: str, grammar: _Grammar, start: int, end: int, state: _Text
) -> Iterator[tuple[_Rule, Sequence[Found]]]:
    """The rules that hold in a region, leftmost first; where one has no value the search goes on within its words."""
    while match := grammar.any.search(lowered, start, end):
        rule = grammar.rules[int((match.lastgroup or "r0")[1:])]
        again = rule.regex.match(lowered, match.start(), end)
        found = _resolve(rule, again, state) if again else ()
        if found:
            yield rule, found
            start = max(again.end() if again else 0, match.start() + 1)
        else:
            start = match.start() + 1


def _resolve(rule: _Rule, match: re.Match[str], state: _Text) -> Sequence[Found]:
    if rule.before is not None and not state.before(match.start(), rule.before):
        return ()
    whole = match[0]
    bound = not rule.refused_for or any(whole.startswith(word) for word in rule.refused_for)
    if bound and state.before(match.start(), rule.refused):
        return ()
    return _KINDS[rule.kind](rule, match, state)


def _date(anchor: str | None) -> date | None:
    if not anchor:
        return None
    try:
        return date.fromisoformat(anchor[:10])
    except ValueError:
        return None


def _own_date(text: str, lowered: str, grammar: _Grammar, regions: Sequence[tuple[int, int]]) -> date | None:
    """The full date of the byline or dateline: alone on its line but for a name, a clock time or a place."""
    state = _Text(text, lowered, grammar, None)
    for start, end in regions:
        if start > _BYLINE:
            break
        for rule, found in _matches(lowered, grammar, start, min(end, _BYLINE + _AFTER), state):
            day = found[0][2]
            if rule.kind == "date" and day is not None and day.date and _opens(lowered, found[0][0], grammar):
                return day.date
    return None


def _opens(lowered: str, span: Span, grammar: _Grammar) -> bool:
    line = lowered.rfind("\n", 0, span.start) + 1
    end = lowered.find("\n", span.end)
    end = len(lowered) if end < 0 else end
    before, after = lowered[line : span.start], lowered[span.end : end]
    if grammar.licences["byline"].search(before):
        return True
    return len(before) <= 40 and (len(after) <= 40 or after.lstrip(" .)").startswith("-"))


# --- kinds of reckoning -----------------------------------------------------------------------------------------------


def _group(match: re.Match[str], name: str) -> str | None:
    """What the group, or its like in another branch of the pattern, matched."""
    groups = match.groupdict()
    return groups.get(name) or groups.get(f"{name}2") or groups.get(f"{name}3")


def _year(match: re.Match[str], state: _Text | None = None) -> int | None:
    """The year said, also as "of last year"."""
    year = _group(match, "year")
    if year:
        return int(year)
    relative = _group(match, "of_year")
    if relative is None or state is None or state.anchor is None:
        return None
    return state.anchor.year + int(state.grammar.names["side"][relative])


def _side(match: re.Match[str], state: _Text) -> int | None:
    """-1 for "last", 1 for "next", 0 for neither."""
    word = _group(match, "side")
    return int(state.grammar.names["side"][word]) if word else None


def _month_number(match: re.Match[str], state: _Text, group: str = "month") -> int | None:
    word = _group(match, group)
    if word:
        return int(state.grammar.names["month"][word])
    figures = _group(match, "figures")
    return int(figures) if figures else None


def _time(match: re.Match[str], state: _Text) -> str:
    """The clock time attached to a day, as "T09:20"; empty where there is none."""
    hour = _group(match, "hour")
    if hour is None:
        return ""
    number = int(hour)
    meridiem = (_group(match, "meridiem") or "")[:1]
    if meridiem and number <= 12:
        number = number % 12 + (12 if meridiem == "p" else 0)
    minute = int(_group(match, "minute") or 0)
    return f"T{number:02d}:{minute:02d}" if number < 24 else ""


def _on_day(match: re.Match[str], state: _Text, day: Point | None) -> Sequence[Found]:
    if day is None:
        return ()
    return ((Span(*match.span()), day.value + _time(match, state), day),)


def _kind_date(rule: _Rule, match: re.Match[str], state: _Text) -> Sequence[Found]:
    """A day with its month, or with its weekday only."""
    month, year = _month_number(match, state), _year(match, state)
    number = re.match(r"\d+", _group(match, "day") or "")
    if number is None:
        return _kind_weekday(rule, match, state)
    day = int(number[0])
    if month and year:
        return _on_day(match, state, timex.point(year, month, day))
    if state.anchor is None:
        return ()
    if month:
        return _on_day(match, state, _undated(match, state, month, day))
    weekday = int(state.grammar.names["weekday"][match["weekday"]])
    return _on_day(match, state, timex.day_of_month(state.anchor, weekday, day))


def _undated(match: re.Match[str], state: _Text, month: int, day: int) -> Point | None:
    """A day of a month without a year; a weekday said with it settles the year."""
    anchor = state.anchor
    if anchor is None:
        return None
    weekday = _group(match, "weekday")
    if weekday:
        number = int(state.grammar.names["weekday"][weekday])
        years = sorted(range(anchor.year - 3, anchor.year + 4), key=lambda y: abs(y - anchor.year))
        fitting = [p for y in years if (p := timex.point(y, month, day)) and p.date and p.date.weekday() == number]
        if fitting and abs(fitting[0].year - anchor.year) <= 1:
            return fitting[0]
    side = _side(match, state) or 0
    return timex.day_of_year(anchor, month, day, side=side, tense=state.tense(Span(*match.span())))


def _kind_days(rule: _Rule, match: re.Match[str], state: _Text) -> Sequence[Found]:
    """Several days of one month: each is a time of its own, the last with the month's name."""
    month, year = _month_number(match, state), _year(match)
    if month is None or (year is None and state.anchor is None):
        return ()
    start = match.start("days")
    numbers = list(re.finditer(r"(?:les? )?\b\d{1,2}(?:er)?", match["days"]))
    found: list[Found] = []
    for index, number in enumerate(numbers):
        digits = re.search(r"\d+", number[0])
        value = int(digits[0]) if digits else 0
        day = timex.point(year, month, value) if year else _undated(match, state, month, value)
        if day is None:
            return ()
        last = index == len(numbers) - 1
        article = len(number[0]) - len(number[0].lstrip("les ")) if index else 0
        at = start + (number.start() + article if index else 0)
        end = match.end() if last else start + number.end()
        found.append((Span(at, end), day.value, day))
    return found


def _kind_weekday(rule: _Rule, match: re.Match[str], state: _Text) -> Sequence[Found]:
    name = _group(match, "weekday")
    if state.anchor is None or name is None or not _capital_fits(match, state, "weekday"):
        return ()
    number = int(state.grammar.names["weekday"][name])
    side = _side(match, state) or 0
    when: timex.Tense | None = None if side else state.tense(Span(*match.span()))
    day = timex.weekday(state.anchor, number, side=side, tense=when)
    return _on_day(match, state, timex.of(day) if day else None)


def _kind_shift(rule: _Rule, match: re.Match[str], state: _Text) -> Sequence[Found]:
    """So many days, weeks, months or years from the article's date, by the words themselves."""
    if state.anchor is None:
        return ()
    words = (_group(match, "shift") or "").replace("\n", " ")
    value = timex.shifted(timex.of(state.anchor), rule.unit, rule.shifts.get(words, rule.shift))
    if value is None:
        return ()
    day = _date(value) if rule.unit == "day" else None
    return ((Span(*match.span()), value + (_time(match, state) if day else ""), timex.of(day) if day else None),)


def _kind_count(rule: _Rule, match: re.Match[str], state: _Text) -> Sequence[Found]:
    """A number of units before or after the article's date or the last date mentioned."""
    unit = _unit(match, state)
    number = numerals.value(_group(match, "number") or "", state.grammar.lang) if not _group(match, "article") else 1.0
    if unit is None or number is None:
        return ()
    if rule.mentioned:
        bound = state.grammar.licences["bound"]
        near = [
            p for at, p in state.mentioned[-_RECENT:] if match.start() - at < _NEARBY and not state.before(at, bound)
        ]
        start = near[-1] if near else None
        if start is None or (state.anchor and start == timex.of(state.anchor)):
            return ()
    else:
        start = timex.of(state.anchor) if state.anchor else None
    value = timex.shifted(start, unit, rule.side * int(number)) if start else None
    return ((Span(*match.span()), value, _point(value)),) if value else ()


def _kind_relative(rule: _Rule, match: re.Match[str], state: _Text) -> Sequence[Found]:
    """The day, month or year before, after or the same as the last one mentioned."""
    unit = _unit(match, state) or rule.unit
    start = state.said_day(match.start()) if rule.shift == 0 and unit == "day" else None
    if start is None and unit == "day":
        start = state.last_day()
    if start is None:
        fine = [p for _, p in state.mentioned[-_RECENT:] if unit == "year" or p.month]
        start = fine[-1] if fine else None
    value = timex.shifted(start, unit, rule.shift) if start else None
    return ((Span(*match.span()), value, _point(value)),) if value else ()


def _unit(match: re.Match[str], state: _Text) -> timex.Unit | None:
    word = _group(match, "unit")
    unit: timex.Unit | None = state.grammar.names["unit"][word] if word else None
    return unit


def _point(value: str | None) -> Point | None:
    """The point that a value of year, month or day names; None for weeks and the like."""
    if value is None or not re.fullmatch(r"\d{4}(?:-\d\d){0,2}", value):
        return None
    return Point(*(int(part) for part in value.split("-")))


def _kind_holiday(rule: _Rule, match: re.Match[str], state: _Text) -> Sequence[Found]:
    when = str(state.grammar.names["holiday"][match["holiday"]])
    year = _year(match)
    if state.anchor is None and year is None:
        return ()
    span = Span(*match.span())
    anchor = state.anchor or date(year or 1, 1, 1)
    day = timex.holiday(when, anchor, year=year, side=_side(match, state) or 0, tense=state.tense(span))
    return ((span, day.value, day),) if day else ()


def _kind_division(rule: _Rule, match: re.Match[str], state: _Text) -> Sequence[Found]:
    year = _year(match)
    if state.anchor is None and year is None:
        return ()
    names = state.grammar.names
    value = timex.division(
        names["division"][match["division"]],
        int(names["ordinal"][match["ordinal"]]) if _group(match, "ordinal") else int(match["number_"]),
        state.anchor or date(year or 1, 1, 1),
        year=year,
        side=_side(match, state) or 0,
    )
    return ((Span(*match.span()), value, None),) if value else ()


def _kind_season(rule: _Rule, match: re.Match[str], state: _Text) -> Sequence[Found]:
    year, side = _year(match), _side(match, state)
    licensed = year is not None or side is not None or state.before(match.start(), rule.bare)
    article = (_group(match, "article") or "").strip()
    if not licensed and (not article or article == state.grammar.orthography.get("habitual")):
        return ()
    if state.anchor is None and year is None:
        return ()
    span = Span(*match.span())
    code = state.grammar.names["season"][match["season"]]
    anchor = state.anchor or date(year or 1, 1, 1)
    value = timex.season(code, anchor, year=year, side=side or 0, tense=None if year else state.tense(span))
    return ((span, value, None),) if value else ()


def _kind_months(rule: _Rule, match: re.Match[str], state: _Text) -> Sequence[Found]:
    """Two months that share a year."""
    first, second, year = _month_number(match, state), _month_number(match, state, "second"), _year(match)
    if first is None or second is None or year is None:
        return ()
    one, two = timex.point(year - (first > second), first), timex.point(year, second)
    if one is None or two is None:
        return ()
    return ((Span(*match.span("one")), one.value, one), (Span(*match.span("two")), two.value, two))


def _kind_month(rule: _Rule, match: re.Match[str], state: _Text) -> Sequence[Found]:
    month, year, side = _month_number(match, state), _year(match, state), _side(match, state)
    if month is None or not _month_licensed(match, state, year is not None or side is not None):
        return ()
    span = Span(*match.span())
    if year is not None:
        found = timex.point(year, month)
    elif state.anchor is not None:
        # "the elections of May": the verb is not about the month, the nearer one is meant if it is near.
        carried = state.before(match.start(), state.grammar.licences["nominal"])
        when = None if side else state.tense(span)
        found = timex.month_of_year(state.anchor, month, side=side or 0, tense=when, carried=carried)
    else:
        found = None
    return ((span, found.value, found),) if found else ()


def _month_licensed(match: re.Match[str], state: _Text, dated: bool) -> bool:
    """Whether the word is a month here: it has a year, or a word such as "en" that only a month follows."""
    if not _capital_fits(match, state, "month"):
        return False
    licences = state.grammar.licences
    if dated or _group(match, "licence"):
        return not state.before(match.start(), licences["month_refused"])
    start = match.start()
    return state.before(start, licences["month_licence"]) and not state.before(start, licences["month_refused"])


def _capital_fits(match: re.Match[str], state: _Text, group: str) -> bool:
    """Whether the name is written as the language writes it ("May" is a month, "may" a verb; "Mars" a planet)."""
    capital = state.text[match.start(group)].isupper()
    wanted = state.grammar.orthography["months"]
    return capital if wanted == "capital" else not (capital and group == "month" and not _group(match, "year"))


def _kind_years(rule: _Rule, match: re.Match[str], state: _Text) -> Sequence[Found]:
    """Two years joined by a mark; of the second the last two figures may do."""
    first = match["year"]
    second = match["two"] if len(match["two"]) == 4 else first[:2] + match["two"]
    after = state.grammar.licences["year_noun"], state.grammar.licences["year_unit"]
    if not int(first) < int(second) <= int(first) + 150 or any(r.match(state.plain, match.end()) for r in after):
        return ()
    return (
        (Span(*match.span("one")), first, Point(int(first))),
        (Span(*match.span("two")), second, Point(int(second))),
    )


def _kind_year(rule: _Rule, match: re.Match[str], state: _Text) -> Sequence[Found]:
    if not _year_licensed(match, state):
        return ()
    year = int(match["year"])
    return ((Span(*match.span()), match["year"], Point(year)),)


def _year_licensed(match: re.Match[str], state: _Text) -> bool:
    licences = state.grammar.licences
    if _group(match, "licence"):
        return not licences["year_unit"].match(state.plain, match.end())
    if licences["year_noun"].match(state.plain, match.end()) or licences["year_unit"].match(state.plain, match.end()):
        return state.before(match.start(), licences["year_licence"]) and not licences["year_unit"].match(
            state.plain, match.end()
        )
    if state.before(match.start(), licences["year_refused"]):
        return False
    return int(match["year"]) in _YEARS or state.before(match.start(), licences["year_licence"])


_KINDS: Final[Mapping[str, Callable[[_Rule, re.Match[str], _Text], Sequence[Found]]]] = {
    "date": _kind_date,
    "days": _kind_days,
    "weekday": _kind_weekday,
    "shift": _kind_shift,
    "count": _kind_count,
    "relative": _kind_relative,
    "holiday": _kind_holiday,
    "division": _kind_division,
    "season": _kind_season,
    "months": _kind_months,
    "month": _kind_month,
    "years": _kind_years,
    "year": _kind_year,
}


def _run(pages: Sequence[Page]) -> list[Page]:
    return [replace(page, times=find(page.text, page.lang, page.article.published)) for page in pages]


STAGE: Final = Stage("times", frozenset({"article", "lang"}), frozenset({"times"}), _run)
