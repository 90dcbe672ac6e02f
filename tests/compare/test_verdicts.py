"""Verdicts on small questions: rounding, updates, conflicts, and where nobody can tell."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from recoupe.compare.quantities import fits
from recoupe.model import Article, Attribution, Figure, Modifier, Quantity, Reading, Story
from recoupe.text import Span
from tests.compare import steps


def _reading(
    name: str,
    text: str,
    numbers: Mapping[str, tuple[float, str | None]],
    *,
    published: str | None = None,
    said: dict[str, str] | None = None,
    lang: str = "fr",
) -> Reading:
    def span(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    return Reading(
        Article(name, text, lang=lang, published=published),
        tuple(Attribution("indirect", (span(words),), None, None, who) for words, who in (said or {}).items()),
        tuple(sorted((Quantity(span(w), v, u) for w, (v, u) in numbers.items()), key=lambda q: q.span)),
    )


def _only(*readings: Reading) -> Figure:
    found = steps.figures(readings, [Story("s", tuple(r.id for r in readings))], ())
    assert len(found) == 1, found
    return found[0]


def _fire(name: str, count: int, published: str | None, words: str = "L'incendie de Valmont a détruit") -> Reading:
    return _reading(
        name, f"{words} {count} maisons du village.", {f"{count} maisons": (count, "maison")}, published=published
    )


@pytest.mark.parametrize(
    ("one", "other", "first", "second", "fit"),
    [
        (68.0, 68.4, None, None, True),
        (68.0, 69.0, None, None, False),
        (30.0, 31.0, "about", None, True),
        (30.0, 44.0, "about", None, False),
        (1000.0, 1200.0, "more than", None, True),
        (1200.0, 1000.0, "more than", None, False),
        (300000.0, 310000.0, "more than", None, True),
        (300000.0, 310000.0, None, None, False),
        (5.0, 4.0, "less than", None, True),
        (0.0, 0.0, None, None, True),
    ],
)
def test_rounding_and_hedges(
    one: float, other: float, first: Modifier | None, second: Modifier | None, fit: bool
) -> None:
    assert fits(one, other, first, second) is fit
    assert fits(other, one, second, first) is fit


def test_a_later_count_replaces_an_earlier_one() -> None:
    figure = _only(_fire("a", 12, "2025-07-01T08:00"), _fire("b", 19, "2025-07-01T17:00"))
    assert figure.verdict == "update"
    assert figure.reason == "later replaces earlier: 12 maisons (a, 2025-07-01T08:00), 19 maisons (b, 2025-07-01T17:00)"


def test_without_dates_nobody_can_tell() -> None:
    assert _only(_fire("a", 12, "2025-07-01"), _fire("b", 19, None)).verdict == "cannot tell"


def test_two_sources_side_by_side_conflict() -> None:
    text = "Le chantier aurait coûté 4,1 millions d'euros selon la mairie, 6,5 millions d'euros selon l'opposition."
    numbers = {"4,1 millions d'euros": (4.1e6, "EUR"), "6,5 millions d'euros": (6.5e6, "EUR")}
    said = {"Le chantier aurait coûté 4,1 millions d'euros": "la mairie", "6,5 millions d'euros": "l'opposition"}
    figure = _only(_reading("a", text, numbers, said=said))
    assert figure.verdict == "conflict"
    assert [o.according_to for o in figure.occurrences] == ["la mairie", "l'opposition"]


def test_a_forecast_revised_is_an_update() -> None:
    text = "La banque attend une croissance de 1,2 % cette année, contre 1,6 % dans ses prévisions de mars."
    figure = _only(_reading("a", text, {"1,2 %": (1.2, "%"), "1,6 %": (1.6, "%")}))
    assert figure.verdict == "update"


def test_two_sides_of_a_vote_are_two_questions() -> None:
    text = "La motion a été adoptée par 31 voix contre 12 au conseil."
    reading = _reading("a", text, {"31 voix": (31, "voix"), "12": (12, "voix")})
    assert steps.figures([reading], [Story("s", ("a",))], ()) == ()


def test_a_part_and_its_whole_are_two_questions() -> None:
    one = _reading(
        "a",
        "Il a été condamné à quatre ans de prison, dont deux avec sursis.",
        {"quatre ans": (4, "an"), "deux": (2, "an")},
    )
    other = _reading(
        "b",
        "He was sentenced to four years in prison, two of them suspended.",
        {"four years": (4, "year"), "two": (2, "year")},
        lang="en",
    )
    found = steps.figures([one, other], [Story("s", ("a", "b"))], ())
    assert sorted((f.verdict, {o.value for o in f.occurrences}.pop()) for f in found) == [("agree", 2), ("agree", 4)]


def test_units_are_converted() -> None:
    one = _reading(
        "a", "Les habitants sont confinés dans un rayon de 3,2 km autour de l'usine.", {"3,2 km": (3.2, "km")}
    )
    other = _reading(
        "b",
        "Residents are confined within a radius of two miles around the plant.",
        {"two miles": (2, "mile")},
        lang="en",
    )
    figure = _only(one, other)
    assert figure.verdict == "agree"
    assert [o.unit for o in figure.occurrences] == ["km", "km"]


def test_a_title_against_its_text_conflicts() -> None:
    reading = _fire("a", 12, "2025-07-01")
    titled = Reading(
        Article("a", reading.text, title="Valmont : 21 maisons détruites", lang="fr", published="2025-07-01"),
        (),
        reading.quantities,
    )
    figure = _only(titled)
    assert figure.verdict == "conflict"
    first = figure.occurrences[0]
    assert (first.in_title, first.value, first.span.of(titled.article.title)) == (True, 21.0, "21 maisons")
