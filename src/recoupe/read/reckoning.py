"""The values of calendar expressions: one function for each kind of reckoning that the rules name.

A `Reckoner` knows the article's date and the dates mentioned so far.  A weekday, day or month without a year lies in
the past unless its clause looks ahead (`recoupe.read.tense`); where no date tells, there is no value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, get_args

from recoupe.read import numerals, tense, timex
from recoupe.read.timerules import Grammar, Rule
from recoupe.read.timex import Point
from recoupe.text import Span

_LOOKBACK = 40
_MOST_ASKED = 4000  # no article has so many days without a date; a text made of "lundi" has
_AROUND = 120  # characters on either side in which a rule's `around` is looked for
_FRAMED = 6  # mentions back in which the year that frames a sentence is looked for
_RECENT = 40  # mentions back in which the date that "the day before" counts from is looked for
_NEARBY = 500  # characters back within which "two years later" finds what it counts from
_YEARS = range(1900, 2101)  # four figures that are taken for a year without a word such as "en" before them
_PARAGRAPH = re.compile(r"\n+")
_SENTENCE_END = re.compile(r"[.!?…]\s|\n")
_WORD = re.compile(r"\w+")

_UNITS: Final[Mapping[str, timex.Unit]] = {unit: unit for unit in get_args(timex.Unit)}

_SIDES: Final[Mapping[int, timex.Tense]] = {-1: "past", 1: "future"}

Found = tuple[Span, str, Point | None]  # where, the value, and the day, month or year it is if it is one


@dataclass(slots=True)
class Reckoner:
    """One text under reading: its anchor and what has been mentioned so far."""

    text: str
    plain: str
    grammar: Grammar
    anchor: date | None
    mentioned: list[tuple[int, Point]] = field(default_factory=list)
    asked: int = 0

    def tense(self, span: Span) -> timex.Tense | None:
        """Whether the clause around `span` looks back or ahead; not told once an article has asked too often."""
        self.asked += 1
        if self.asked > _MOST_ASKED:
            return None
        return tense.near(self.plain, span, self.grammar.lang)

    def before(self, start: int, regex: re.Pattern[str] | None) -> bool:
        """Whether the words right before `start` match `regex`, which ends in `$`."""
        return regex is not None and regex.search(self.plain, max(0, start - _LOOKBACK), start) is not None

    def last_day(self, start: int, *, story: bool) -> Point | None:
        """The last day mentioned that the article can look back on, else the article's own.

        `story`: whatever was said since; else only from the paragraph before on.
        """
        for at, mention in reversed(self.mentioned[-_RECENT:]):
            if not story and len(_PARAGRAPH.findall(self.plain, at, start)) > 1:
                break
            day = mention.date
            if day and (self.anchor is None or day <= self.anchor):
                return mention
        return timex.of(self.anchor) if self.anchor else None

    def in_sentence(self, start: int) -> Point | None:
        """The last day, month or year mentioned in the same sentence."""
        for at, mention in reversed(self.mentioned[-1:]):
            if start - at < _NEARBY and not _SENTENCE_END.search(self.plain, at, start):
                return mention
        return None

    def said_day(self, start: int) -> Point | None:
        """The day that "that day" takes up: of the last sentence with one, the one that no noun carries ("on ...")."""
        days = [(at, p) for at, p in self.mentioned[-_RECENT:] if p.day]
        if not days:
            return timex.of(self.anchor) if self.anchor else None
        near = [(at, p) for at, p in days if start - at < _NEARBY // 2] or days[-1:]
        adverbial = [p for at, p in near if not self.before(at, self.grammar.licences["nominal"])]
        return (adverbial or [p for _, p in near])[-1]


def resolve(rule: Rule, match: re.Match[str], state: Reckoner) -> Sequence[Found]:
    """The expressions that a match of `rule` holds, with their values; none where it is no calendar expression here."""
    if rule.before is not None and not state.before(match.start(), rule.before):
        return ()
    if rule.around is not None:
        floor = max(0, match.start() - _AROUND)
        if not rule.around.search(state.plain, floor, match.end() + _AROUND):
            return ()
    whole = match[0]
    bound = not rule.refused_for or any(whole.startswith(word) for word in rule.refused_for)
    if bound and state.before(match.start(), rule.refused):
        return ()
    return _KINDS[rule.kind](rule, match, state)


def calendar_day(iso: str | None) -> date | None:
    """The day of an ISO 8601 date or time; None where there is none to read."""
    if not iso:
        return None
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None


def _group(match: re.Match[str], name: str) -> str | None:
    """What the group, or its like in another branch of the pattern, matched."""
    groups = match.groupdict()
    return groups.get(name) or groups.get(f"{name}2") or groups.get(f"{name}3")


def _year(match: re.Match[str], state: Reckoner | None = None) -> int | None:
    """The year said, also as "of last year"."""
    year = _group(match, "year")
    if year:
        return int(year)
    relative = _group(match, "of_year")
    short = _group(match, "short_year")
    if short:
        return 2000 + int(short)
    if relative is None or state is None or state.anchor is None:
        return None
    return state.anchor.year + int(state.grammar.names["side"][relative])


def _side(match: re.Match[str], state: Reckoner) -> int | None:
    """-1 for "last", 1 for "next", 0 for neither."""
    word = _group(match, "side")
    return int(state.grammar.names["side"][word]) if word else None


def _month_number(match: re.Match[str], state: Reckoner, group: str = "month") -> int | None:
    word = _group(match, group)
    if word:
        return int(state.grammar.names["month"][word])
    short = _group(match, "short_month") if group == "month" else None
    if short:
        return int(state.grammar.names["short_month"][short])
    figures = _group(match, "figures")
    return int(figures) if figures else None


def _time(match: re.Match[str], state: Reckoner) -> str:
    """The clock time attached to a day, as "T09:20"; empty where there is none."""
    hour = _group(match, "hour")
    if hour is None:
        return "T12:00" if _group(match, "noon") else "T00:00" if _group(match, "midnight") else ""
    number = int(hour)
    meridiem = (_group(match, "meridiem") or "")[:1]
    if meridiem and number <= 12:
        number = number % 12 + (12 if meridiem == "p" else 0)
    minute = int(_group(match, "minute") or 0)
    return f"T{number:02d}:{minute:02d}" if number < 24 else ""


def _on_day(match: re.Match[str], state: Reckoner, day: Point | None) -> Sequence[Found]:
    if day is None:
        return ()
    return ((Span(*match.span()), day.value + _time(match, state), day),)


def _kind_date(rule: Rule, match: re.Match[str], state: Reckoner) -> Sequence[Found]:
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
        return _on_day(match, state, _undated(match, state, month, day, _group(match, "weekday")))
    weekday = int(state.grammar.names["weekday"][match["weekday"]])
    return _on_day(match, state, timex.day_of_month(state.anchor, weekday, day))


def _undated(match: re.Match[str], state: Reckoner, month: int, day: int, weekday: str | None) -> Point | None:
    """A day of a month without a year; a weekday said with it, or a year that frames its sentence, settles the year."""
    anchor = state.anchor
    if anchor is None:
        return None
    if weekday:
        number = int(state.grammar.names["weekday"][weekday])
        years = sorted(range(anchor.year - 3, anchor.year + 4), key=lambda y: abs(y - anchor.year))
        fitting = [p for y in years if (p := timex.point(y, month, day)) and p.date and p.date.weekday() == number]
        if fitting and abs(fitting[0].year - anchor.year) <= 1:
            return fitting[0]
    side = _side(match, state) or 0
    frame = None if side else _frame_year(match, state)
    if frame is not None:
        return timex.point(frame, month, day)
    return timex.day_of_year(anchor, month, day, side=side, tense=state.tense(Span(*match.span())))


def _frame_year(match: re.Match[str], state: Reckoner) -> int | None:
    """The year that opens the sentence and holds for the days and months in it: "En 2019, la fête ... le 30 mai"."""
    for at, mention in reversed(state.mentioned[-_FRAMED:]):
        if match.start() - at > _NEARBY or _SENTENCE_END.search(state.plain, at, match.start()):
            return None
        if mention.month is None and state.before(at, state.grammar.licences["frame"]):
            return mention.year
    return None


def _kind_days(rule: Rule, match: re.Match[str], state: Reckoner) -> Sequence[Found]:
    """Several days of one month: each is a time of its own, the last with the month's name."""
    month, year = _month_number(match, state), _year(match)
    if month is None or (year is None and state.anchor is None):
        return ()
    start = match.start("days")
    numbers = list(state.grammar.licences["listed_day"].finditer(match["days"]))
    weekdays = state.grammar.names["weekday"]
    found: list[Found] = []
    for index, number in enumerate(numbers):
        digits = re.search(r"\d+", number[0])
        value = int(digits[0]) if digits else 0
        weekday = next((w for w in _WORD.findall(number[0]) if w in weekdays), None)
        day = timex.point(year, month, value) if year else _undated(match, state, month, value, weekday)
        if day is None:
            return ()
        last = index == len(numbers) - 1
        at = start + (number.start() if index else 0)
        end = match.end() if last else start + number.end()
        found.append((Span(at, end), day.value, day))
    return found


def _kind_weekday(rule: Rule, match: re.Match[str], state: Reckoner) -> Sequence[Found]:
    name = _group(match, "weekday")
    if state.anchor is None or name is None or not _capital_fits(match, state, "weekday"):
        return ()
    number = int(state.grammar.names["weekday"][name])
    last = state.mentioned[-1][1].date if state.mentioned else None
    if last and state.before(match.start(), state.grammar.licences["joined"]):
        joined = timex.weekday(last, number, tense="future")  # "from Monday to Wednesday"
        return _on_day(match, state, timex.of(joined) if joined else None)
    week, later = _group(match, "week"), _group(match, "later")
    if week:
        sides = state.grammar.names["side"]
        ahead = next((int(sides[word]) for word in _WORD.findall(week) if word in sides), 0)
        day = timex.days(state.anchor, number - state.anchor.weekday() + 7 * ahead)
    elif later:
        coming = timex.weekday(state.anchor, number, side=1)
        day = timex.days(coming, int(state.grammar.names["later"][later])) if coming else None
    else:
        side = _side(match, state) or 0
        when: timex.Tense | None = None if side else state.tense(Span(*match.span()))
        day = timex.weekday(state.anchor, number, side=side, tense=when)
    return _on_day(match, state, timex.of(day) if day else None)


def _kind_day(rule: Rule, match: re.Match[str], state: Reckoner) -> Sequence[Found]:
    """A day by its number alone: of the month that its sentence named, else the nearest that the tense allows."""
    number = re.match(r"\d+", _group(match, "day") or "")
    if number is None or state.anchor is None:
        return ()
    day, word = int(number[0]), _group(match, "month_side")
    if _group(match, "this_month"):
        return _on_day(match, state, timex.point(state.anchor.year, state.anchor.month, day))
    named = None if word else state.in_sentence(match.start())
    if named is not None and named.month:
        return _on_day(match, state, timex.next_of_month(named, day))
    side = int(state.grammar.names["side"][word]) if word else 0
    when = _SIDES.get(side) or state.tense(Span(*match.span()))
    return _on_day(match, state, timex.numbered_day(state.anchor, day, tense=when))


def _kind_night(rule: Rule, match: re.Match[str], state: Reckoner) -> Sequence[Found]:
    """A night said by the two days that it joins; its value is the first of them."""
    if _group(match, "weekday"):
        return _kind_weekday(rule, match, state)
    month = _month_number(match, state) or _month_number(match, state, "last")
    number = re.match(r"\d+", match["day"])
    if month is None or number is None:
        return ()
    year = _year(match)
    if year and _month_number(match, state) == 12 and _month_number(match, state, "last") == 1:
        year -= 1
    day = timex.point(year, month, int(number[0])) if year else _undated(match, state, month, int(number[0]), None)
    return _on_day(match, state, day)


def _kind_shift(rule: Rule, match: re.Match[str], state: Reckoner) -> Sequence[Found]:
    """So many days, weeks, months or years from the article's date, by the words themselves."""
    if state.anchor is None:
        return ()
    words = (_group(match, "shift") or "").replace("\n", " ")
    count = rule.shifts.get(words, rule.shift)
    if rule.unit == "weekend" and not count and state.tense(Span(*match.span())) == "past":
        count = timex.weekend_behind(state.anchor)
    value = timex.shifted(timex.of(state.anchor), rule.unit, count)
    if value is None:
        return ()
    clock = _time(match, state) if rule.unit == "day" else ""
    return ((Span(*match.span()), value + clock, _point(value) if rule.unit in {"day", "year"} else None),)


def _kind_count(rule: Rule, match: re.Match[str], state: Reckoner) -> Sequence[Found]:
    """A number of units before or after the article's date or the last date mentioned."""
    unit, size = _unit(match, state) or (None, 1)
    number = numerals.value(_group(match, "number") or "", state.grammar.lang) if not _group(match, "article") else 1.0
    if unit is None or number is None:
        return ()
    if rule.mentioned:
        bound = state.grammar.licences["bound"]
        near = [
            p for at, p in state.mentioned[-_RECENT:] if match.start() - at < _NEARBY and not state.before(at, bound)
        ]
        start = near[-1] if near else None
        if start is None and state.anchor and unit == "year" and number == 1 and rule.side < 0:
            start = timex.of(state.anchor)  # "7 percent, from 5 a year earlier"
        elif start is None or (state.anchor and start == timex.of(state.anchor)):
            return ()
    else:
        start = timex.of(state.anchor) if state.anchor else None
    value = timex.shifted(start, unit, rule.side * int(number * size)) if start else None
    return ((Span(*match.span()), value, _point(value)),) if value else ()


def _kind_relative(rule: Rule, match: re.Match[str], state: Reckoner) -> Sequence[Found]:
    """The day, month or year before, after or the same as the last one mentioned."""
    unit, _ = _unit(match, state) or (rule.unit, 1)
    near = state.in_sentence(match.start())
    if rule.shift == 0 and unit == "day" and near is not None and near.day is None:
        return ()  # "hit the pier in 2019: eleven were injured that day": the day is not said
    start = state.said_day(match.start()) if rule.shift == 0 and unit == "day" else None
    if start is None and unit == "day":
        # "the day before" without an event, far from any day: of the story only in a tense of the story.
        earlier = state.grammar.licences["earlier_past"].search(
            state.plain, max(0, match.start() - _AROUND), match.end()
        )
        start = state.last_day(match.start(), story=bool(_group(match, "event") or earlier))
    if start is None:
        fine = [p for _, p in state.mentioned[-_RECENT:] if unit == "year" or p.month]
        start = fine[-1] if fine else None
    value = timex.shifted(start, unit, rule.shift) if start else None
    return ((Span(*match.span()), value, _point(value)),) if value else ()


def _unit(match: re.Match[str], state: Reckoner) -> tuple[timex.Unit, int] | None:
    """The unit said and how many of it make one: a fortnight is "2 week"."""
    word = _group(match, "unit")
    if not word:
        return None
    size, _, unit = str(state.grammar.names["unit"][word]).rpartition(" ")
    return _UNITS[unit], int(size or 1)


def _point(value: str | None) -> Point | None:
    """The point that a value of year, month or day names; None for weeks and the like."""
    if value is None or not re.fullmatch(r"\d{4}(?:-\d\d){0,2}", value):
        return None
    return Point(*(int(part) for part in value.split("-")))


def _kind_holiday(rule: Rule, match: re.Match[str], state: Reckoner) -> Sequence[Found]:
    when = str(state.grammar.names["holiday"][match["holiday"]])
    year = _year(match)
    if state.anchor is None and year is None:
        return ()
    span = Span(*match.span())
    anchor = state.anchor or date(year or 1, 1, 1)
    day = timex.holiday(when, anchor, year=year, side=_side(match, state) or 0, tense=state.tense(span))
    return ((span, day.value, day),) if day else ()


def _kind_division(rule: Rule, match: re.Match[str], state: Reckoner) -> Sequence[Found]:
    year = _year(match, state)
    if state.anchor is None and year is None:
        return ()
    names, anchor, side = state.grammar.names, state.anchor or date(year or 1, 1, 1), _side(match, state)
    short = _group(match, "division_letter")
    letter = names["division_letter"][short] if short else names["division"][match["division"]]
    ordinal = _group(match, "ordinal")
    if short or ordinal:
        number = int(names["ordinal"][ordinal]) if ordinal else int(match["number_"])
        when = None if year or side else state.tense(Span(*match.span()))
        value = timex.division(letter, number, anchor, year=year, side=side or 0, tense=when)
    else:
        value = timex.division_of(letter, anchor, side or 0)
    return ((Span(*match.span()), value, None),) if value else ()


def _kind_season(rule: Rule, match: re.Match[str], state: Reckoner) -> Sequence[Found]:
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


def _kind_months(rule: Rule, match: re.Match[str], state: Reckoner) -> Sequence[Found]:
    """Two months that share a year."""
    first, second, year = _month_number(match, state), _month_number(match, state, "second"), _year(match)
    if first is None or second is None or year is None:
        return ()
    one, two = timex.point(year - (first > second), first), timex.point(year, second)
    if one is None or two is None:
        return ()
    return ((Span(*match.span("one")), one.value, one), (Span(*match.span("two")), two.value, two))


def _kind_month(rule: Rule, match: re.Match[str], state: Reckoner) -> Sequence[Found]:
    month, year, side = _month_number(match, state), _year(match, state), _side(match, state)
    if month is None or not _month_licensed(match, state, year is not None or side is not None):
        return ()
    span = Span(*match.span())
    year = year if year is not None or side is not None else _frame_year(match, state)
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


def _month_licensed(match: re.Match[str], state: Reckoner, dated: bool) -> bool:
    """Whether the word is a month here: it has a year, or a word such as "en" that only a month follows."""
    if not _capital_fits(match, state, "month"):
        return False
    licences = state.grammar.licences
    if dated or _group(match, "licence"):
        return not state.before(match.start(), licences["month_refused"])
    start = match.start()
    return state.before(start, licences["month_licence"]) and not state.before(start, licences["month_refused"])


def _capital_fits(match: re.Match[str], state: Reckoner, group: str) -> bool:
    """Whether the name is written as the language writes it ("May" is a month, "may" a verb; "Mars" a planet)."""
    capital = state.text[match.start(group)].isupper()
    wanted = state.grammar.orthography["months"]
    return capital if wanted == "capital" else not (capital and group == "month" and not _group(match, "year"))


def _kind_years(rule: Rule, match: re.Match[str], state: Reckoner) -> Sequence[Found]:
    """Two years joined by a mark; of the second the last two figures may do."""
    first = match["year"]
    second = match["two"] if len(match["two"]) == 4 else first[:2] + match["two"]
    after = state.grammar.licences["year_noun"], state.grammar.licences["year_unit"]
    if not int(first) < int(second) <= int(first) + 150 or any(r.match(state.plain, match.end()) for r in after):
        return ()
    one, two = Point(int(first)), Point(int(second))
    return ((Span(*match.span("one")), one.value, one), (Span(*match.span("two")), two.value, two))


def _kind_year(rule: Rule, match: re.Match[str], state: Reckoner) -> Sequence[Found]:
    if not _year_licensed(match, state):
        return ()
    year = Point(int(match["year"]))
    return ((Span(*match.span()), year.value, year),)


def _year_licensed(match: re.Match[str], state: Reckoner) -> bool:
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


_KINDS: Final[Mapping[str, Callable[[Rule, re.Match[str], Reckoner], Sequence[Found]]]] = {
    "date": _kind_date,
    "days": _kind_days,
    "day": _kind_day,
    "weekday": _kind_weekday,
    "night": _kind_night,
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
