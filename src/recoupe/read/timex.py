"""Calendar arithmetic that gives TIMEX3 values (TimeML 1.2.1): days, weeks, weekends, months, seasons, halves, years.

Nothing here knows a language.  Each function returns None where the calendar has no such day, or where it would lie
outside the years 1 to 9999.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal, NamedTuple

Unit = Literal["day", "week", "weekend", "month", "year", "century"]
Tense = Literal["past", "future"]

_NEAR_DAYS = 60  # a day of the year closer than this to the article's date is that one, whatever the verbs say
_NEAR_MONTHS = 2
_FRIDAY = 4
_LONGEST = 4_000_000  # days; more than the calendar holds
# The month in which each season begins in the northern hemisphere's meteorological calendar.
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


class Point(NamedTuple):
    """A day, a month (no day) or a year (no month)."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def value(self) -> str:
        """The TIMEX3 value at the granularity of the point."""
        if self.month is None:
            return f"{self.year:04d}"
        return f"{self.year:04d}-{self.month:02d}" + (f"-{self.day:02d}" if self.day else "")

    @property
    def date(self) -> date | None:
        """The day, or None for a month or a year."""
        return date(self.year, self.month, self.day) if self.month and self.day else None


def point(year: int, month: int | None = None, day: int | None = None) -> Point | None:
    """The point, if the calendar has it."""
    if not MINYEAR <= year <= MAXYEAR or (month is not None and not 1 <= month <= 12):
        return None
    if month is not None and day is not None and not 1 <= day <= monthrange(year, month)[1]:
        return None
    return Point(year, month, day)


def of(day: date) -> Point:
    """The point that is this day."""
    return Point(day.year, day.month, day.day)


def days(start: date, count: int) -> date | None:
    """The day `count` days after `start`."""
    if abs(count) > _LONGEST or not 1 <= start.toordinal() + count <= date.max.toordinal():
        return None
    return start + timedelta(days=count)


def weekday(anchor: date, number: int, *, side: int = 0, tense: Tense | None = None) -> date | None:
    """The weekday (Monday: 0) nearest to `anchor`.

    `side` -1: strictly before, 1: strictly after; else on or before, or on or after where the tense is future.
    """
    ahead = (number - anchor.weekday()) % 7
    if side > 0:
        return days(anchor, ahead or 7)
    if side < 0:
        return days(anchor, ahead - 7)
    return days(anchor, ahead if tense == "future" or ahead == 0 else ahead - 7)


def day_of_year(anchor: date, month: int, day: int, *, side: int = 0, tense: Tense | None = None) -> Point | None:
    """The day of this name nearest to `anchor`; where neither is near, on the side that `tense` says, else the past."""
    around = [p for y in range(anchor.year - 4, anchor.year + 5) if (p := point(y, month, day))]
    past = [p for p in around if (p.date or anchor) <= anchor]
    future = [p for p in around if (p.date or anchor) >= anchor]
    if not past or not future:
        return None
    before, after = past[-1], future[0]
    if side:
        return before if side < 0 else after
    gap_before, gap_after = (abs((p.date or anchor) - anchor).days for p in (before, after))
    if min(gap_before, gap_after) <= _NEAR_DAYS:
        return before if gap_before <= gap_after else after
    return after if tense == "future" else before


def month_of_year(
    anchor: date, month: int, *, side: int = 0, tense: Tense | None = None, carried: bool = False
) -> Point | None:
    """The month of this name that `side` or `tense` says; without either the nearest if it is near, else the last.

    `carried`: a noun carries the month, so the nearest if it is near goes before what the tense says.
    """
    behind = (anchor.month - month) % 12
    ahead = (month - anchor.month) % 12
    if carried and min(behind, ahead) <= _NEAR_MONTHS:
        tense = "past" if behind <= ahead else "future"
    if side > 0 or (side == 0 and tense == "future"):
        return _month(anchor, ahead or (12 if side else 0))
    if side < 0 or tense == "past":
        return _month(anchor, -(behind or (12 if side else 0)))
    return _month(anchor, ahead if ahead < behind and ahead <= _NEAR_MONTHS else -behind)


def _month(anchor: date, count: int) -> Point | None:
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + count, 12)
    return point(year, month + 1)


def day_of_month(anchor: date, number: int, day: int) -> Point | None:
    """The day with this weekday and number nearest to `anchor`, within the months around it."""
    found = []
    for count in (-2, -1, 0, 1, 2):
        month = _month(anchor, count)
        here = point(month.year, month.month, day) if month else None
        if here and here.date and here.date.weekday() == number:
            found.append(here)
    return min(found, key=lambda p: abs((p.date or anchor) - anchor), default=None)


def numbered_day(anchor: date, day: int, *, tense: Tense | None = None) -> Point | None:
    """The day with this number nearest to `anchor`, or nearest on the side that `tense` says."""
    months = [m for count in (-2, -1, 0, 1, 2) if (m := _month(anchor, count))]
    found = [p for m in months if (p := point(m.year, m.month, day)) and p.date]
    if tense == "past":
        found = [p for p in found if p.date and p.date <= anchor]
    elif tense == "future":
        found = [p for p in found if p.date and p.date >= anchor]
    return min(found, key=lambda p: abs((p.date or anchor) - anchor), default=None)


def next_of_month(named: Point, day: int) -> Point | None:
    """The day with this number in the month that was named, or in the next one where that lies behind the day named."""
    if named.month is None:
        return None
    if named.day is None or day > named.day:
        return point(named.year, named.month, day)
    after = _month(date(named.year, named.month, 1), 1)
    return point(after.year, after.month, day) if after else None


def shifted(start: Point, unit: Unit, count: int) -> str | None:
    """The value `count` units from `start`, at the unit's granularity; None where `start` is coarser than the unit."""
    if abs(count) > _LONGEST:
        return None
    if unit == "year":
        moved = point(start.year + count)
        return moved.value if moved else None
    if unit == "month":
        if start.month is None:
            return None
        moved = _month(date(start.year, start.month, 1), count)
        return moved.value if moved else None
    if unit == "century" or start.date is None:
        return None
    day = days(start.date, count * (1 if unit == "day" else 7))
    if day is None:
        return None
    return of(day).value if unit == "day" else week(day, weekend=unit == "weekend")


def week(day: date, *, weekend: bool = False) -> str:
    """The ISO week of a day, or its weekend."""
    year, number, _ = day.isocalendar()
    return f"{year:04d}-W{number:02d}" + ("-WE" if weekend else "")


def weekend_behind(day: date) -> int:
    """Weeks from `day` to the weekend that its newspaper looks back on: 0 from Friday on, else -1."""
    return 0 if day.weekday() >= _FRIDAY else -1


def season(code: str, anchor: date, *, year: int | None, side: int = 0, tense: Tense | None = None) -> str | None:
    """The season with this TIMEX3 code: of `year`, or the one on that side; without a word on it, the last begun."""
    if year is None:
        year = anchor.year if anchor.month >= _SEASONS[code] else anchor.year - 1
        running = (anchor.year - year) * 12 + anchor.month - _SEASONS[code] < 3
        year += {-1: -1 if running else 0, 0: 1 if tense == "future" and not running else 0, 1: 1}[side]
    return f"{year:04d}-{code}" if MINYEAR <= year <= MAXYEAR else None


def division(
    letter: str, number: int, anchor: date, *, year: int | None, side: int = 0, tense: Tense | None = None
) -> str | None:
    """A half ("H") or quarter ("Q") of a year: of `year`, the one on the side said, the last begun or, where the tense
    is future, the next not over; number -1 is the last of its year."""
    parts = {"H": 2, "Q": 4}[letter]
    number = parts if number == -1 else number
    if not 1 <= number <= parts:
        return None
    if year is None:
        now = (anchor.month - 1) * parts // 12 + 1
        if side:
            year = anchor.year + side
        elif tense == "future":
            year = anchor.year + (number < now)
        else:
            year = anchor.year - (number > now)
    return f"{year:04d}-{letter}{number}" if MINYEAR <= year <= MAXYEAR else None


def division_of(letter: str, day: date, count: int) -> str | None:
    """The half ("H") or quarter ("Q") of a year that lies `count` of them after the one of `day`."""
    parts = {"H": 2, "Q": 4}[letter]
    year, number = divmod(day.year * parts + (day.month - 1) * parts // 12 + count, parts)
    return f"{year:04d}-{letter}{number + 1}" if MINYEAR <= year <= MAXYEAR else None


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    ell = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * ell) // 451
    month, day = divmod(h + ell - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _movable(when: str, year: int) -> date | None:
    """The day of a holiday that has no date of its own, in a year."""
    if when.startswith("easter"):
        return days(easter(year), int(when.removeprefix("easter")))
    month, number, which = (int(n) for n in when.replace("#", "-").split("-"))
    first = 1 + (number - date(year, month, 1).weekday()) % 7
    day = first + 7 * (which - 1)
    return date(year, month, day if day <= monthrange(year, month)[1] else day - 7)


def holiday(when: str, anchor: date, *, year: int | None, side: int = 0, tense: Tense | None = None) -> Point | None:
    """The day of a holiday given as "12-25", "easter+1" or "11-3#4": of `year`, or the one nearest to `anchor`.

    "11-3#4" is the fourth Thursday (Monday: 0) of November; the fifth of a month that has but four is its last.
    """
    if not when.startswith("easter") and "#" not in when:
        month, day = (int(n) for n in when.split("-"))
        return point(year, month, day) if year else day_of_year(anchor, month, day, side=side, tense=tense)
    years = [year] if year else [y for y in (anchor.year - 1, anchor.year, anchor.year + 1) if y >= MINYEAR]
    near = [d for y in years if y < MAXYEAR and (d := _movable(when, y))]
    if side:
        near = [d for d in near if (d < anchor if side < 0 else d > anchor)]
    return of(min(near, key=lambda d: abs(d - anchor))) if near else None
