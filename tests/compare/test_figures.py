"""Figures: numbers that answer one question, in one article or many, and what they say together."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.compare import figures, utterances
from recoupe.model import Article, Attribution, Figure, Quantity, Reading, Story
from recoupe.text import Span
from tests.compare.marked import Marked, load
from tests.compare.scored import counted, f1, pairs
from tests.strategies import readings as any_reading

FOLDER = Path(__file__).parent / "stories"
STORIES = sorted(FOLDER.glob("*.toml"))


def _figures(marked: Marked) -> tuple[Figure, ...]:
    said = utterances.match(marked.readings, [marked.story])
    return figures.match(marked.readings, [marked.story], said)


@pytest.fixture(params=STORIES, ids=lambda path: path.stem)
def marked(request: pytest.FixtureRequest) -> Marked:
    return load(request.param)


def test_numbers_of_one_question_are_found(marked: Marked) -> None:
    expected = {key: i for i, f in enumerate(marked.expected["figure"]) for key in f["occurrences"]}
    assert f1(pairs(expected), pairs(counted(marked, _figures(marked)))) == 1.0


def test_verdicts_are_right(marked: Marked) -> None:
    found = _figures(marked)
    groups = counted(marked, found)
    for expected in marked.expected["figure"]:
        at = Counter(groups[key] for key in expected["occurrences"]).most_common(1)[0][0]
        assert found[at].verdict == expected["verdict"], found[at].reason


def test_title_against_text_is_a_conflict_of_its_own() -> None:
    found = [f for f in _figures(load(FOLDER / "flood.toml")) if f.verdict == "conflict" and f.score < 1]
    titles = [f for f in found if any(o.in_title for o in f.occurrences)]
    assert [[(o.value, o.in_title) for o in f.occurrences] for f in titles] == [[(7, True), (6, False)]]
    assert titles[0].occurrences[0].quantity is None


def test_a_sum_in_two_currencies_is_one_sum() -> None:
    found = _figures(load(FOLDER / "merger.toml"))
    price = next(f for f in found if len(f.occurrences) > 3 and f.verdict == "conflict")
    assert {o.unit for o in price.occurrences} == {"EUR"}
    assert {o.value for o in price.occurrences} == {1.4e9, 4.1e9}


def test_reason_names_the_numbers_and_who_gives_them() -> None:
    toll = next(f for f in _figures(load(FOLDER / "flood.toml")) if f.verdict == "update" and "trois morts" in f.reason)
    assert "by les pompiers" in toll.reason
    assert "2025-03-05T06:15:00+01:00" in toll.reason


def test_about_is_made_of_the_articles_own_words() -> None:
    for path in STORIES:
        marked = load(path)
        texts = " ".join(" ".join((r.article.title, r.text)) for r in marked.readings).split()
        units = {q.unit for r in marked.readings for q in r.quantities}
        words = set(texts) | {part for unit in units if unit for part in unit.split()} | {"…"}
        for figure in _figures(marked):
            assert set(figure.about.split()) <= words | {w.strip("(),.:;«»“”’") for w in words} | {",", ";", ":", ")"}


def test_order_of_input_is_irrelevant(marked: Marked) -> None:
    story = replace(marked.story, articles=marked.story.articles[::-1])
    backwards = replace(marked, story=story, readings=marked.readings[::-1])
    assert _figures(backwards) == _figures(marked)


def test_an_article_of_another_story_changes_nothing() -> None:
    one, other = load(FOLDER / "vote.toml"), load(FOLDER / "merger.toml")
    stories, readings = [other.story, one.story], [*other.readings, *one.readings]
    together = figures.match(readings, stories, utterances.match(readings, stories))
    assert tuple(f for f in together if f.story == one.story.id) == _figures(one)


@settings(max_examples=30, deadline=None)
@given(st.lists(any_reading(), min_size=1, max_size=4, unique_by=lambda r: r.id))
def test_any_readings_give_spans_inside_their_texts(found: list[Reading]) -> None:
    story = Story("s", tuple(r.id for r in found))
    articles = {r.id: r.article for r in found}
    forwards = figures.match(found, [story], ())
    assert figures.match(found[::-1], [story], ()) == forwards
    for figure in forwards:
        for o in figure.occurrences:
            text = articles[o.article].title if o.in_title else articles[o.article].text
            assert 0 <= o.span.start <= o.span.end <= len(text)


@pytest.mark.parametrize("unit", ["x", ",", '«"', "mot 12 ", "\x00\ud800 ", "n't ", "Aa Bb "])
def test_long_and_strange_texts_are_compared(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    said = Attribution("mixed", (Span(0, len(text)),), Span(0, 5), None, "Jean Brey")
    numbers = tuple(Quantity(Span(i * 10, i * 10 + 2), float(i % 7), "mort") for i in range(50))
    found = [Reading(Article(name, text, lang="fr", published="2025-01-01"), (said,), numbers) for name in "ab"]
    story = [Story("s", ("a", "b"))]
    spoken = utterances.match(found, story)
    assert figures.match(found, story, spoken) == figures.match(found[::-1], story, spoken)
