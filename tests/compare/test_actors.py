"""Who stands behind a number that nobody says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.compare.actors import actor
from recoupe.text import Span
from tests.compare.press import find, reading


def found(text: str, number: str, lang: str) -> str | None:
    return actor(reading("a", text, lang=lang), Span(0, len(text)), find(text, number))


@pytest.mark.parametrize(
    ("lang", "text", "number", "name"),
    [
        ("fr", "L’armateur a été condamné jeudi par le tribunal de Brume à 300 jours de prison.", "300", "tribunal"),
        ("fr", "Le groupe Corvane supprimera 120 postes.", "120", "Corvane"),
        ("fr", "Dans la soirée, la commission a porté le décompte à 174.", "174", "commission"),
        ("fr", "La municipalité a finalement ramené à 24 le nombre de suppressions.", "24", "municipalité"),
        ("en", "He was fined £9,500 by the Harbour Court.", "9,500", "Harbour Court"),
        ("en", "The regulator on Thursday ordered 41,500 recalls.", "41,500", "regulator"),
        ("en", "BRUME (Ponant) — Selmark’s parliament has cut the catch to 41,500 tonnes.", "41,500", "parliament"),
        ("en", "The brand Goldmere will recall 12,000 jars.", "12,000", "Goldmere"),
    ],
)
def test_who_imposes_plans_or_pays_a_number_stands_behind_it(lang: str, text: str, number: str, name: str) -> None:
    assert name in (found(text, number, lang) or "")


@pytest.mark.parametrize(
    ("lang", "text", "number"),
    [
        ("fr", "Le tribunal de Brume se dresse à 300 mètres du port.", "300"),
        ("fr", "Le conseil a voté le budget, qui coûte 300 euros de plus.", "300"),
        ("fr", "Quatre ans ont été infligés, dont 300 jours avec sursis.", "300"),
        ("fr", "Les habitants ont fermé 300 volets.", "300"),
        ("fr", "Il a supprimé 300 postes.", "300"),
        ("en", "By nightfall seventeen ships had cut 300 ropes.", "300"),
        ("en", "A worker closed 300 doors.", "300"),
        ("de", "Das Gericht kürzt 300 Stellen.", "300"),
    ],
)
def test_where_nothing_tells_nobody_does(lang: str, text: str, number: str) -> None:
    assert found(text, number, lang) is None


@given(st.text(min_size=1, max_size=80), st.integers(0, 80))
@settings(max_examples=60, deadline=None)
def test_any_text_is_taken(text: str, start: int) -> None:
    article = reading("a", text, lang="fr")
    number = Span(min(start, len(text) - 1), len(text))
    name = actor(article, Span(0, len(text)), number)
    assert name is None or name in text
