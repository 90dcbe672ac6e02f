from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.read import numerals
from recoupe.read.plain import plain


def _find(text: str, lang: str) -> list[tuple[str, float]]:
    return [(n.span.of(text), round(n.value, 4)) for n in numerals.find(text, plain(text), lang)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("1\u202f200 voix", "1\u202f200", 1200),
        ("1.200 voix", "1.200", 1200),
        ("3,000,000 voix", "3,000,000", 3e6),
        ("68,4 voix", "68,4", 68.4),
        ("1.4 voix", "1.4", 1.4),
        ("quarante cinq voix", "quarante cinq", 45),
        ("trois cents trente-trois voix", "trois cents trente-trois", 333),
        ("vingt et une voix", "vingt et une", 21),
        ("septante-deux voix", "septante-deux", 72),
        ("quatre cent douze mille voix", "quatre cent douze mille", 412000),
        ("0,65 million avancé", "0,65 million", 650000),
        ("un million et demi de voix", "un million et demi", 1.5e6),
        ("une dizaine de millions de voix", "une dizaine de millions", 1e7),
        ("une demi-douzaine de voix", "une demi-douzaine", 6),
        ("les deux tiers des voix", "les deux tiers", 0.6667),
        ("un dixième des voix", "un dixième", 0.1),
    ],
)
def test_french_numbers(text: str, words: str, value: float) -> None:
    assert _find(text, "fr") == [(words, value)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("1,200 votes", "1,200", 1200),
        ("68.4 votes", "68.4", 68.4),
        ("forty-two votes", "forty-two", 42),
        ("two hundred and five votes", "two hundred and five", 205),
        ("a hundred votes", "a hundred", 100),
        ("one and a half million votes", "one and a half million", 1.5e6),
        ("half a million votes", "half a million", 5e5),
        ("two dozen votes", "two dozen", 24),
        ("two-thirds of votes", "two-thirds", 0.6667),
        ("£120k,", "120k", 120000),
    ],
)
def test_english_numbers(text: str, words: str, value: float) -> None:
    assert _find(text, "en") == [(words, value)]


@pytest.mark.parametrize("text", ["MD-83", "#2024", "v1.2.3", "a/12/b", "deux-mâts", "des milliers", "ma moitié"])
def test_no_numbers(text: str) -> None:
    assert _find(text, "fr") == []


@given(number=st.integers(0, 10**9))
def test_grouped_figures_keep_their_value(number: int) -> None:
    for lang, sep in (("fr", "\u202f"), ("fr", "."), ("en", ",")):
        written = f"{number:,}".replace(",", sep)
        assert _find(f" {written} ", lang) == [(written, number)]


@given(text=st.text(max_size=80))
def test_the_plain_view_keeps_the_length(text: str) -> None:
    assert len(plain(text)) == len(text)
