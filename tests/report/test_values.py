"""A figure's values: the number that a person reads, what stands beside it, and the articles' own words."""

from __future__ import annotations

import re

import pytest

from recoupe.messages import Ui
from recoupe.model import (
    Article,
    Comparison,
    Dossier,
    Figure,
    FigureOccurrence,
    Quantity,
    Reading,
    Story,
)
from recoupe.report import html
from recoupe.report.view import build
from recoupe.report.view.types import Value
from tests.report.story import at

Given = tuple[str, float, str | None, float, str | None]
"""The words, the value and unit that reading gives, and those of the figure's group."""


def values(ui: Ui, *given: Given) -> tuple[Value, ...]:
    """The values of one figure, each of whose places has an article of its own."""
    return build(_dossier(*given), ui).stories[0].figures[0].values


def _dossier(*given: Given) -> Dossier:
    readings, places = [], []
    for number, (words, value, unit, shown, shown_unit) in enumerate(given):
        ident = f"a-{number:012x}"
        text = f"They counted {words} in all."
        span = at(text, words)
        readings.append(Reading(Article(ident, text, lang="en"), quantities=(Quantity(span, value, unit),)))
        places.append(FigureOccurrence(ident, span, 0, shown, shown_unit))
    figure = Figure("f-000000000001", "s-000000000001", "They counted", "conflict", tuple(places), "reports differ")
    story = Story("s-000000000001", tuple(reading.id for reading in readings))
    return Dossier(tuple(readings), Comparison(stories=(story,), figures=(figure,)))


def _written(value: Value) -> list[str]:
    return ["".join(part.text for part in words.parts) for words in value.written]


@pytest.mark.parametrize(
    ("given", "french", "english"),
    [
        (("£40", 40, "GBP", 40, "GBP"), ("40\u202f£", None, []), ("£40", None, [])),
        (("40 pounds", 40, "GBP", 40, "GBP"), ("40\u202f£", None, ["40 pounds"]), ("£40", None, ["40 pounds"])),
        (("four people", 4, "person", 4, "person"), ("4", None, ["four people"]), ("4", None, ["four people"])),
        (("60 km/h", 60, "km/h", 60, "km/h"), ("60", "km/h", []), ("60", "km/h", [])),
        (("40 percent", 40, "%", 40, "%"), ("40\u202f%", None, ["40 percent"]), ("40%", None, ["40 percent"])),
        (("a third", 1 / 3, "ratio", 1 / 3, "ratio"), ("a third", "33\u202f%", []), ("a third", "33%", [])),
        (("two days", 2, "day", 48, "h"), ("two days", "48 h", []), ("two days", "48 h", [])),
        (("30 francs", 30, "CHF", 30, "CHF"), ("30", "CHF", ["30 francs"]), ("30", "CHF", ["30 francs"])),
    ],
)  # fmt: skip
def test_a_value(
    given: Given, french: tuple[str, str | None, list[str]], english: tuple[str, str | None, list[str]]
) -> None:
    for ui, shown in (("fr", french), ("en", english)):
        (value,) = values(ui, given)  # type: ignore[arg-type]
        assert (value.shown, value.beside, _written(value)) == shown


def test_a_wording_is_shown_once_and_most_of_many_stay_out() -> None:
    wordings = ["four", "Four", "a party of four", "4 men", "4 persons", "four souls"]
    (value,) = values("en", *((words, 4.0, "person", 4.0, "person") for words in wordings))
    assert _written(value) == ["four", "a party of four", "4 men", "4 persons"]


def test_no_id_of_ours_is_shown_to_a_person() -> None:
    page = html.render(build(_dossier(("ten", 10, None, 10, None), ("12", 12, None, 12, None)), "en"))
    assert not re.search(r"[afs]-[0-9a-f]{12}", page)
    assert "They counted ten in all." in page
