"""Credits, held to cases of our own, one for each frame."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib.resources import files

import pytest
from hypothesis import given, settings

from recoupe.read import credits as credits_
from recoupe.read import mentions, quantities, quotes, sentences, times
from recoupe.read.page import Page
from recoupe.read.reader import languages
from tests.read.speakers.marked import Case, cases
from tests.read.test_speakers import pages

CASES = [*cases("credits.fr.toml"), *cases("credits.en.toml")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_credits(case: Case) -> None:
    page = case.read()
    got = [[c.span.of(page.text), c.name, c.kind] for c in page.credits]
    assert got == case.expected["credits"]
    assert all(c.reason for c in page.credits)


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
        words = [lead.split(" *")[0] for lead in (*frame["lead"], *frame.get("tail", ()))]
        assert any(word in frame["example"] for word in words), frame["name"]
