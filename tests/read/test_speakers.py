"""Speakers, held to cases of our own, one for each phenomenon."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.model import Article, Attribution
from recoupe.read import credits as credits_
from recoupe.read import mentions, speakers
from recoupe.read.page import Page
from recoupe.text import Span
from tests.read.speakers.marked import Case, cases

CASES = [*cases("fr.toml"), *cases("en.toml")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_speakers(case: Case) -> None:
    read = case.read()
    got = dict(zip(case.keys, read.attributions, strict=True))
    expected = case.expected["speakers"]
    assert {key: got[key].speaker or "" for key in expected} == expected
    for key, words in case.expected.get("reasons", {}).items():
        assert words in got[key].speaker_reason


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_decision_says_why(case: Case) -> None:
    assert all(a.speaker_reason for a in case.read().attributions)


PIECES = st.sampled_from([
    "Le ministre", "la préfète, ", "Anna Karlow", "M. Karlow", "elle", "qui", " a dit ", "selon ", "un rapport de ",
    "l’", "AFP", "(OTAN)", "« ", " »", "\n", ". ", ", ", "the company ", "Dr. ", "de ", "@x", "\ud800", "\x00", "É",
    "’s ", "-", "3DS XL", "his ", "the statement", "Celui-ci", "on",
])  # fmt: skip


@st.composite
def pages(draw: st.DrawFn) -> Page:
    text = draw(st.one_of(st.lists(PIECES, min_size=1, max_size=40).map("".join), st.text(min_size=1, max_size=80)))

    def span() -> Span:
        start = draw(st.integers(0, len(text) - 1))
        return Span(start, draw(st.integers(start + 1, len(text))))

    attributions = tuple(
        Attribution(
            draw(st.sampled_from(["direct", "indirect", "mixed"])),
            (span(),),
            draw(st.sampled_from([None, span()])),
            draw(st.sampled_from([None, span()])),
        )
        for _ in range(draw(st.integers(0, 4)))
    )
    lang = draw(st.sampled_from(["fr", "en"]))
    article = Article("p", text, draw(st.sampled_from(["", text])), lang, draw(st.sampled_from([None, "Le Phare"])))
    return Page(article, lang, attributions=attributions)


@given(pages())
@settings(max_examples=150, deadline=None)
def test_any_page_is_read_and_nothing_but_the_speaker_changes(page: Page) -> None:
    read = speakers.STAGE.run(mentions.STAGE.run([page]))[0]
    bare = [(a.type, a.content, a.source, a.cue) for a in page.attributions]
    assert [(a.type, a.content, a.source, a.cue) for a in read.attributions] == bare
    assert all(a.speaker is None or a.speaker.strip() for a in read.attributions)


@given(st.permutations(range(4)))
@settings(max_examples=10, deadline=None)
def test_the_order_of_the_attributions_does_not_matter(order: list[int]) -> None:
    case = next(c for c in CASES if len(c.keys) >= 4)
    page = case.read()
    given_ = case.page.attributions
    shuffled = [given_[n] for n in order]
    reordered = Case(case.name, Page(case.page.article, case.page.lang, attributions=tuple(shuffled)), case.keys, {})
    again = {a.content: a.speaker for a in reordered.read().attributions}
    assert again == {a.content: a.speaker for a in page.attributions}


@pytest.mark.parametrize(
    "sentence",
    [
        "« Oui », a dit <|Anna Karlow>. ",
        "« Oui », a-t-<|elle> dit. ",
        "<|Le ministre du Travail> part ",
        "<|Un rapport> de ",
        "<|qui> ",
        "« <|je> ",
        "<|> « Oui ». ",
    ],
    ids=["names", "pronouns", "roles in one sentence", "documents", "relatives", "first persons", "no source"],
)
def test_time_grows_with_the_attributions(sentence: str) -> None:
    many = 3000
    before, rest = sentence.split("<|")
    source, after = rest.split(">")
    text = (before + source + after) * many
    step, at = len(text) // many, len(before)
    attributions = tuple(
        Attribution("direct", (Span(n * step, n * step + 3),), Span(n * step + at, n * step + at + len(source)))
        if source
        else Attribution("direct", (Span(n * step, n * step + 3),))
        for n in range(many)
    )
    page = Page(Article("many", text, lang="fr", outlet="Le Phare"), "fr", attributions=attributions)
    started = time.perf_counter()
    read = speakers.STAGE.run(mentions.STAGE.run([page]))
    credits_.STAGE.run(read)
    assert time.perf_counter() - started < 8
