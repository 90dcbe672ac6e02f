from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.read import times, timex
from recoupe.read.tables import table
from tests.read.golden import Case, cases

HERE = Path(__file__).parent / "times"
LANGUAGES = ("fr", "en")
WORDS = [
    "le", "lundi", "5", "mai", "2024", "en", "hier", "la veille", "à", "9h30", "dernier", "Monday", "May", "5th", "of",
    "last", "year", "in", "two", "years", "ago", "since", "il y a", "dix", "ans", "-", ",", "\n", "1er", "sera",
    "mars", "fin", "été", "the", "day", "before", "12", "99999", "semestre", "Noël", "Christmas",
    "31", "février", "\ud800", "²",
]  # fmt: skip


def _golden(lang: str) -> list[Case]:
    return list(cases(HERE / f"{lang}.txt"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_golden_lines(lang: str) -> None:
    for head, text, expected in _golden(lang):
        found = [(t.span, t.value) for t in times.find(text, lang, None if head == "-" else head)]
        assert found == expected, text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rule_finds_its_examples(lang: str) -> None:
    for rule in table(lang, "times")["rule"]:
        for example in rule["example"].split(";"):
            text = f"2024-05-03. {example.strip()} ."
            found = [t.reason for t in times.find(text, lang, "2025-06-11")]
            assert rule["name"] in found, text


@pytest.mark.parametrize("lang", LANGUAGES)
@given(words=st.lists(st.sampled_from(WORDS), max_size=30), anchor=st.sampled_from([None, "2025-06-11", "0001-01-01"]))
def test_any_words_of_the_calendar(lang: str, words: list[str], anchor: str | None) -> None:
    text = " ".join(words)
    found = times.find(text, lang, anchor)
    ends = [0, *(t.span.end for t in found)]
    assert all(0 <= t.span.start < t.span.end <= len(text) for t in found)
    assert all(t.span.start >= end for t, end in zip(found, ends, strict=False))
    assert all(t.value and t.reason for t in found)


@pytest.mark.parametrize("lang", LANGUAGES)
@given(text=st.text(max_size=200), anchor=st.text(max_size=12))
def test_any_text_and_any_anchor(lang: str, text: str, anchor: str) -> None:
    assert all(t.span.of(text) for t in times.find(text, lang, anchor))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_long_input_of_one_word(lang: str) -> None:
    for word in ("mars ", "2012 ", "lundi Monday ", "5, ", "le 5 mai ", "May 5 and ", "a"):
        text = word * (20_000 // len(word))
        assert all(t.span.end <= len(text) for t in times.find(text, lang, "2025-06-11"))


def test_the_last_day_of_the_calendar() -> None:
    assert times.find("demain", "fr", "9999-12-31") == ()
    assert times.find("il y a 9999 ans", "fr", "2025-06-11") == ()


@given(day=st.dates(date(1600, 1, 1), date(2400, 1, 1)), number=st.integers(0, 6))
def test_weekdays_lie_on_the_side_said(day: date, number: int) -> None:
    past, future = timex.weekday(day, number), timex.weekday(day, number, tense="future")
    before, after = timex.weekday(day, number, side=-1), timex.weekday(day, number, side=1)
    assert past and future and before and after
    assert {d.weekday() for d in (past, future, before, after)} == {number}
    assert day - timedelta(7) < past <= day <= future < day + timedelta(7)
    assert before < day < after and (after - before).days in {7, 14}


@given(day=st.dates(date(1600, 1, 1), date(2400, 1, 1)), month=st.integers(1, 12))
def test_months_lie_on_the_side_said(day: date, month: int) -> None:
    here = timex.Point(day.year, day.month)
    past, future = (timex.month_of_year(day, month, tense=tense) for tense in ("past", "future"))
    assert past and future and past[:2] <= here[:2] <= future[:2]


@pytest.mark.parametrize(("year", "day"), [(1999, (4, 4)), (2000, (4, 23)), (2024, (3, 31)), (2025, (4, 20))])
def test_easter(year: int, day: tuple[int, int]) -> None:
    assert timex.easter(year) == date(year, *day)
