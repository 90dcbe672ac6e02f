"""Dates as articles and their metadata state them, into ISO 8601: never completed, never guessed.

The result has the precision and the zone that the source states: "5 novembre 2024 à 9h20" is 2024-11-05T09:20, with
no seconds and no zone.  What can be read in two ways (11/05/2024 where the country is unknown) is not a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from recoupe.ingest.vocabulary import common, heads
from recoupe.text import Span

_ISO = r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:\s?Z|\s?[+-]\d{2}:?\d{2})?)?"
_ISO_COARSE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?", re.ASCII)
_EXTENDED = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?)?", re.ASCII)
_RFC_822 = re.compile(r"(?:[A-Za-z]{3,9},?\s+)?\d{1,2}\s+[A-Za-z]{3,9}\s+\d{4}\s+\d{1,2}:\d{2}", re.ASCII)

_YEAR = re.compile(r"(?:1[6-9]|20)\d{2}")
# What software writes for "no date": .NET's, Go's and MySQL's zero, and the Unix epoch.
_FIRST_YEAR = 1600
_EPOCH = re.compile(r"1970-01-01(?:T00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?)?", re.ASCII)

# A metadata value longer than this is prose, not a date.
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Stated:
    """A date found in a text: its span, and its ISO 8601 value, None where it can be read in two ways."""

    span: Span
    value: str | None


def is_iso(text: str) -> bool:
    """Whether `text` is an ISO 8601 date or time as `published` may hold it (2024, 2024-11, 2024-11-05, ...T09:20)."""
    if _ISO_COARSE.fullmatch(text):
        return True
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def stated(text: str, lang: str | None = None) -> str | None:
    """The date that a metadata value states: ISO 8601, RFC 822, or in the words of a known language; else None."""
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    if _ISO_COARSE.fullmatch(text) and len(text) == len("2024-11"):
        return text
    value = _normal(text) or _rfc_822(text)
    if value is None:
        found = next(find(text, lang), None)
        value = found.value if found else None
    return value


def find(text: str, lang: str | None = None) -> Iterator[Stated]:
    """All full dates (day, month, year) in `text` in order, each with the clock time and zone that stand beside it.

    `lang` settles the order of 05/11/2024; the dotted form 05.11.2024 is day first everywhere.
    """
    if not _YEAR.search(text):  # most lines have none, and this is a hundred times quicker to see
        return
    for match in _pattern().finditer(text):
        day = _day(match, lang)
        if day is None:
            continue
        start, end = match.span()
        if match["iso"]:
            value = _normal(match["iso"])
            if value:
                yield Stated(Span(start, end), value)
            continue
        clock = _clock(match, "") or _clock(match, "_before")
        yield Stated(Span(start, end), None if day == "ambiguous" else day + clock)


# --- parts ------------------------------------------------------------------------------------------------------


def _normal(text: str) -> str | None:
    """An ISO 8601 date or time in its extended form, as stated where it has it already; None where it is none."""
    try:
        when = datetime.fromisoformat(text.replace(" Z", "Z").replace(" +", "+").replace(" -", "-"))
    except ValueError:
        return None
    if when.year < _FIRST_YEAR or _EPOCH.fullmatch(text):
        return None
    if _EXTENDED.fullmatch(text):
        return text
    if len(text) <= len("20241105") or not re.search(r"\d[T ]\d", text):
        return when.date().isoformat() if re.fullmatch(r"\d{4}-?\d{2}-?\d{2}", text) else None
    minutes_only = re.search(r"[T ]\d{2}:?\d{2}(?![:\d])", text)
    return when.isoformat(timespec="minutes" if minutes_only else "auto")


def _rfc_822(text: str) -> str | None:
    from email.utils import parsedate_to_datetime  # slow to import, and only feeds and old pages need it

    if not _RFC_822.match(text):
        return None
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return when.isoformat() if when.year >= _FIRST_YEAR else None


def _day(match: re.Match[str], lang: str | None) -> str | None:
    """The day of a match as YYYY-MM-DD; "ambiguous"; None where there is no such day."""
    if match["iso"]:
        return match["iso"][:10]
    if match["year"]:
        a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
        if b > 12:
            return _valid(year, a, b)
        day_first = a > 12 or a == b or match["sep"] == "." or lang in _day_first()
        return _valid(year, b, a) if day_first else "ambiguous"
    month = _months().get((match["month_dm"] or match["month_md"]).casefold())
    if month is None:  # a look-alike letter that only ignoring case takes for ours
        return None
    return _valid(int(match["year_dm"] or match["year_md"]), month, int(match["day_dm"] or match["day_md"]))


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _clock(match: re.Match[str], place: str) -> str:
    """The clock time that a match holds as "T09:20+01:00", or ""."""
    if match["hour" + place] is None:
        return ""
    hour, minute = int(match["hour" + place]), int(match["minute" + place] or match["dotted" + place] or 0)
    half = (match["half" + place] or "")[:1].lower()
    if half:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        return ""
    return f"T{hour:02}:{minute:02}{_offset(match['zone' + place])}"


def _offset(zone: str | None) -> str:
    if not zone:
        return ""
    if zone in common().zones:
        return common().zones[zone]
    digits = re.sub(r"\D", "", zone)
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
    if int(hours) > 14 or int(minutes) > 59:
        return ""
    return f"{'-' if '-' in zone or '−' in zone else '+'}{int(hours):02}:{minutes}"


@cache
def _day_first() -> frozenset[str]:
    return frozenset(head.name for head in heads() if head.day_first)


@cache
def _months() -> dict[str, int]:
    return {name.casefold(): number for head in heads() for name, number in head.months.items()}


def alternatives(words: list[str]) -> str:
    """A regular expression for any of the words, the longest first; inner spaces may be any blanks."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in ordered)


@cache
def _pattern() -> re.Pattern[str]:
    months = alternatives(list(_months()))
    weekdays = alternatives([word for head in heads() for word in head.weekdays])
    ordinals = alternatives([word for head in heads() for word in head.ordinals])
    joiners = alternatives([word for head in heads() for word in head.joiners])
    zones = alternatives(list(common().zones))
    year = _YEAR.pattern
    before = rf"(?:(?<!\w)(?:{weekdays})\.?,?\s{{1,3}})?"

    def clock(place: str) -> str:
        zone = rf"\s?\(?(?P<zone{place}>(?-i:(?:UTC|GMT)?\s?[+−-]\d{{1,2}}(?::?\d{{2}})?(?!\w)|(?:{zones})(?!\w)))\)?"
        return (
            rf"(?P<hour{place}>\d{{1,2}})(?:\s?[h:]\s?(?P<minute{place}>\d{{2}})(?::\d{{2}})?|\s?h(?!\w)"
            rf"|(?:\.(?P<dotted{place}>\d{{2}}))?(?=\s?[ap]\.?m))(?:\s?(?P<half{place}>[ap])\.?m\b\.?)?(?:{zone})?"
        )

    time_first = rf"(?:(?<![\w:.])(?:{clock('_before')}),?\s{{1,3}})?"
    time_after = rf"(?:(?:\s*[,|·•@–—-]\s*|\s+)(?:(?:{joiners})\s+)?{clock('')}(?!\d))?"
    worded = (
        rf"(?P<day_dm>\d{{1,2}})(?:{ordinals})?\s{{1,3}}(?:of\s+)?(?P<month_dm>{months})(?!\w),?\s{{1,3}}(?P<year_dm>{year})"
        rf"|(?P<month_md>{months})\s{{1,3}}(?P<day_md>\d{{1,2}})(?:{ordinals})?,?\s{{1,3}}(?P<year_md>{year})"
    )
    numeric = rf"(?P<a>\d{{1,2}})(?P<sep>[./-])(?P<b>\d{{1,2}})(?P=sep)(?P<year>{year})"
    return re.compile(
        rf"(?<![\w.])(?:(?P<iso>{_ISO})(?!\d)|{time_first}{before}(?:{worded}|{numeric})(?!\d){time_after})",
        re.IGNORECASE,
    )
