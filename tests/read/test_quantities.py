from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.model import Quantity
from recoupe.read import quantities, times
from recoupe.read.measures import singular
from tests.read.golden import cases

HERE = Path(__file__).parent / "quantities"
LANGUAGES = ("fr", "en")
WORDS = [
    "1", "un", "une", "deux", "10", "1 200", "3,5", "4.1", "%", "€", "$", "km", "h", "30", "voix", "contre", "sur",
    "dont", "million", "millions", "de", "d'", "euros", "personnes", "et", "à", "-", "x", "tiers", "demi", "vingtaine",
    "one", "half", "a", "of", "the", "third", "people", "in", "five-year", "(", ")", ",", "\n", "autres", "others", "M",
    "environ", "about", "°C", "ans", "00", "99999999999999999999999999", "²", "\ud800", "٣",
]  # fmt: skip


def _shown(quantity: Quantity) -> str:
    return f"{quantity.value:g} {quantity.unit}" + (f" {quantity.modifier}" if quantity.modifier else "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_golden_lines(lang: str) -> None:
    for head, text, expected in cases(HERE / f"{lang}.txt"):
        dates = times.find(text, lang, None if head == "-" else head)
        found = [(q.span, _shown(q)) for q in quantities.find(text, lang, dates)]
        assert found == expected, text


@pytest.mark.parametrize("lang", LANGUAGES)
@given(words=st.lists(st.sampled_from(WORDS), max_size=30))
def test_any_words_of_quantity(lang: str, words: list[str]) -> None:
    text = " ".join(words)
    dates = times.find(text, lang, "2025-06-11")
    found = quantities.find(text, lang, dates)
    ends = [0, *(q.span.end for q in found)]
    assert all(0 <= q.span.start < q.span.end <= len(text) for q in found)
    assert all(q.span.start >= end for q, end in zip(found, ends, strict=False))
    counting = times.counting(lang)
    blocked = [t.span for t in dates if t.reason not in counting]
    assert not any(q.span.overlaps(span) for q in found for span in blocked)


@pytest.mark.parametrize("lang", LANGUAGES)
@given(text=st.text(max_size=200))
def test_any_text(lang: str, text: str) -> None:
    assert all(q.span.of(text) and q.reason for q in quantities.find(text, lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_long_input_of_one_word(lang: str) -> None:
    for word in (
        "1 ",
        "1",
        "un ",
        "one ",
        "3 sur 4 ",
        "5 personnes dont 3 ",
        "contre 5 ",
        "half a ",
        "€ 5 ",
        " 000",
        "5-5",
    ):
        text = word * (20_000 // len(word))
        assert all(q.span.end <= len(text) for q in quantities.find(text, lang))


@pytest.mark.parametrize(
    ("lang", "plural", "expected"),
    [
        ("fr", "journaux", "journal"),
        ("fr", "bateaux", "bateau"),
        ("fr", "feux", "feu"),
        ("fr", "voix", "voix"),
        ("fr", "sapeurs-pompiers", "sapeur-pompier"),
        ("fr", "travaux", "travail"),
        ("fr", "pays", "pays"),
        ("en", "women", "woman"),
        ("en", "countries", "country"),
        ("en", "churches", "church"),
        ("en", "houses", "house"),
        ("en", "series", "series"),
    ],
)
def test_singular(lang: str, plural: str, expected: str) -> None:
    assert singular(plural, lang) == expected
