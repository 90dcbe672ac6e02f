"""Credits, held to cases of our own, one for each frame."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings

from recoupe.model import Article, Reading
from recoupe.read import credits as credits_
from recoupe.read import mentions, quantities, quotes, sentences, times
from recoupe.read.credit_frames import spelled
from recoupe.read.page import Page
from recoupe.read.reader import Reader, languages
from tests.read import golden
from tests.read.speakers.marked import Case, cases
from tests.read.test_speakers import pages

CASES = [*cases("credits.fr.toml"), *cases("credits.en.toml")]
HERE = Path(__file__).parent / "credits"
LINES = {lang: list(golden.cases(HERE / f"{lang}.txt")) for lang in ("fr", "en")}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_credits(case: Case) -> None:
    page = case.read()
    got = [[c.span.of(page.text), c.name, c.kind] for c in page.credits]
    assert got == case.expected["credits"]
    assert all(c.reason for c in page.credits)


@pytest.fixture(scope="module")
def readings() -> dict[str, list[Reading]]:
    return {
        lang: list(Reader().read([Article(str(n), line.text, lang=lang) for n, line in enumerate(lines)]))
        for lang, lines in LINES.items()
    }


@pytest.mark.parametrize(
    ("lang", "n"), [pytest.param(lang, n, id=f"{lang}: {c.head}") for lang in LINES for n, c in enumerate(LINES[lang])]
)
def test_credits_of_a_whole_reading(lang: str, n: int, readings: dict[str, list[Reading]]) -> None:
    reading = readings[lang][n]
    got = [(credit.span.of(reading.text), f"{credit.kind} {credit.name}") for credit in reading.credits]
    assert got == [(span.of(reading.text), expected) for span, expected in LINES[lang][n].expected]


@given(pages())
@settings(max_examples=150, deadline=None)
def test_credits_lie_in_the_text_in_order(page: Page) -> None:
    for stage in (quotes.STAGE, sentences.STAGE, times.STAGE, quantities.STAGE, mentions.STAGE, credits_.STAGE):
        page = stage.run([page])[0]
    assert all(0 <= c.span.start < c.span.end <= len(page.text) and c.name for c in page.credits)
    assert [c.span for c in page.credits] == sorted(c.span for c in page.credits)
    assert credits_.STAGE.run([replace(page, credits=())])[0].credits == page.credits


@pytest.mark.parametrize("lang", languages())
def test_each_frame_has_an_example_with_its_lead(lang: str) -> None:
    data = tomllib.loads(files("recoupe.read").joinpath(lang, "credits.toml").read_text(encoding="utf-8"))
    for frame in data["frame"]:
        words = [w.split(" *")[0] for lead in (*frame["lead"], *frame.get("tail", ())) for w in spelled(lead)]
        assert any(word in frame["example"] for word in words), frame["name"]
