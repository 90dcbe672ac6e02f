"""Attributions, held to sentences of our own, and to what must hold for any text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.read.page import Page
from tests.read.attributions.golden import cases, read, shown

CASES = [(lang, text, expected) for lang in ("fr", "en") for text, expected in cases(lang)]


@pytest.fixture(scope="module")
def pages() -> dict[tuple[str, str], Page]:
    return {
        (lang, page.text): page
        for lang in ("fr", "en")
        for page in read(*(text for of, text, _ in CASES if of == lang), lang=lang)
    }


@pytest.mark.parametrize(("lang", "text", "expected"), CASES, ids=[f"{lang}: {text[:50]}" for lang, text, _ in CASES])
def test_golden(lang: str, text: str, expected: list[str], pages: dict[tuple[str, str], Page]) -> None:
    assert shown(pages[lang, text]) == expected


def test_reading_does_not_depend_on_the_other_articles_or_their_order(pages: dict[tuple[str, str], Page]) -> None:
    texts = [text for lang, text, _ in CASES if lang == "fr"]
    for page in read(*reversed(texts), lang="fr") + read(texts[3], lang="fr"):
        assert page.attributions == pages["fr", page.text].attributions


def test_both_languages_in_one_batch() -> None:
    french, english = CASES[0], next(case for case in CASES if case[0] == "en")
    got = [*read(french[1], lang="fr"), *read(english[1], lang="en")]
    assert [shown(page) for page in got] == [french[2], english[2]]


def test_every_decision_says_why(pages: dict[tuple[str, str], Page]) -> None:
    assert all(a.reason and 0 < a.score <= 1 for page in pages.values() for a in page.attributions)


PIECES = st.sampled_from([
    "« ", " »", "“", "”", '"', "'", "’", "„", "\n", "\n\n", ". ", ", ", " : ", "; ", "— ", "? ", "! ", "(", ")",
    "a déclaré ", "dit ", "dit-il", " a-t-elle dit", "que ", "de ", "selon ", "Selon ", "pour ", "comme le dit ",
    "qui ", "et ", "ajoutant que ", "M. Roux ", "la maire ", "elle ", "12 ", "fermer ", "le pont est fermé", "@x je ",
    "said ", "he ", "that ", "told reporters ", "according to ", "as she put it", "NOM : ", "annonce ",
    "\ud800", "\x00", "É", "\u00a0", "-",
])  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(st.characters(exclude_categories=())))
def test_any_text_is_read_and_spans_lie_inside(text: str) -> None:
    for lang in ("fr", "en"):
        (page,) = read(text, lang=lang)
        for a in page.attributions:
            spans = [*a.content, *(s for s in (a.source, a.cue) if s)]
            assert all(0 <= s.start < s.end <= len(text) for s in spans)
            assert list(a.content) == sorted(a.content)
            assert all(one.end <= two.start for one, two in zip(a.content, a.content[1:], strict=False))
        assert list(page.attributions) == sorted(page.attributions, key=lambda a: a.content[0].start)


@pytest.mark.parametrize(
    "unit", ["« Oui, a dit X.\n", "il dit que ", "selon X, ", "« a » ", "NOM : a\n", "je @abc x\n"]
)
def test_time_is_near_linear(unit: str) -> None:
    def seconds(times: int) -> float:
        start = time.process_time()
        read(unit * times, lang="fr")
        return time.process_time() - start

    seconds(200)
    assert seconds(4_000) < 40 * seconds(200) + 1
