"""Figures: numbers that answer one question, in one article or many, and what they say together."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.compare import verdicts
from recoupe.compare.mentions import mentions
from recoupe.contract import reading_from_json
from recoupe.model import Article, Attribution, Figure, Quantity, Reading, Story
from recoupe.text import Span
from tests.compare import steps
from tests.compare.marked import Marked, load
from tests.compare.scored import counted, f1, pairs
from tests.strategies import readings as any_reading

FOLDER = Path(__file__).parent / "stories"
STORIES = sorted(FOLDER.glob("*.toml"))


def _figures(marked: Marked) -> tuple[Figure, ...]:
    said = steps.utterances(marked.readings, [marked.story])
    return steps.figures(marked.readings, [marked.story], said)


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
    assert "(le préfet, 2025-03-05T06:15)" in toll.reason


def test_reasons_are_of_a_few_labels() -> None:
    page = Path(inspect.getfile(verdicts)).read_text(encoding="utf-8").split('"""')[1]
    labels = {label.strip() for label in re.split(r"\||\n|  +", page)}
    for path in STORIES:
        for figure in _figures(load(path)):
            assert figure.reason.partition(": ")[0] in labels


def test_about_is_a_stretch_of_an_article_with_a_gap() -> None:
    for path in STORIES:
        marked = load(path)
        texts = [" ".join(t.split()) for r in marked.readings for t in (r.text, r.article.title)]
        for figure in _figures(marked):
            before, gap, after = figure.about.partition("…")
            assert gap and len(before) <= 100 and len(after) <= 100
            assert any(before.strip() in t and after.strip() in t for t in texts)


@pytest.mark.parametrize(
    ("lang", "text", "number", "said", "about"),
    [
        (
            "en",
            "Each home will get £40, Fenbrook has promised.",
            "£40",
            "Each home will get £40",
            "Each home will get £…",
        ),
        (
            "fr",
            "« Elle est restée seule douze minutes », accuse Jean.",
            "douze minutes",
            None,
            "Elle est restée seule … minutes",
        ),
        ("en", "Police say 3 people took part.", "3 people", "3 people took part", "… people took part"),
        (
            "fr",
            "Un tiers des élèves sont absents, dit-elle.",
            "Un tiers",
            "Un tiers des élèves sont absents",
            "… des élèves sont absents",
        ),
        (
            "fr",
            "Il manque 3,5 millions d'euros ; la ville attend.",
            "3,5 millions d'euros",
            None,
            "Il manque … d'euros ; la ville attend",
        ),
    ],
)
def test_about_reads_as_the_article_has_it(lang: str, text: str, number: str, said: str | None, about: str) -> None:
    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    unit = {"£40": "GBP", "douze minutes": "min", "Un tiers": "ratio"}.get(number, "person")
    told = (Attribution("indirect", (span(said),), None, None, "X"),) if said else ()
    found = [Reading(Article(name, text, lang=lang), told, (Quantity(span(number), 3.0, unit),)) for name in ("a", "b")]
    assert [f.about for f in steps.figures(found, [Story("s", ("a", "b"))], ())] == [about]


def test_numbers_that_follow_two_sources_numbers_are_set_side_by_side_too() -> None:
    text = (
        "Selon Canal Brume, Ilda Marquet obtient 31 sièges. Alors que Hugo Brandt en a 24 sièges. "
        "Selon l'agence Sonde, Ilda Marquet obtient 29 sièges, tandis que Hugo Brandt a 22 sièges. Il faut 30 sièges."
    )

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    told = tuple(
        Attribution("indirect", (span(words),), span(who), None, who)
        for who, words in (
            ("Canal Brume", "Ilda Marquet obtient 31 sièges"),
            ("l'agence Sonde", "Ilda Marquet obtient 29 sièges, tandis que Hugo Brandt a 22 sièges"),
        )
    )
    numbers = tuple(Quantity(span(f"{n} sièges"), float(n), "siège") for n in (31, 24, 29, 22, 30))
    article = Article("a", text, lang="fr", published="2025-06-01")
    found = steps.figures([Reading(article, told, numbers)], [Story("s", ("a",))], ())
    assert [([o.value for o in f.occurrences], f.verdict) for f in found] == [
        ([31.0, 29.0], "conflict"),
        ([24.0, 22.0], "conflict"),
    ]


def test_one_number_denied_for_another_is_a_conflict() -> None:
    text = "The pump was down for two days, not six hours, an engineer said."

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    told = Attribution("indirect", (Span(0, text.index(", an")),), span("an engineer"), None, "an engineer")
    numbers = (Quantity(span("two days"), 2.0, "day"), Quantity(span("six hours"), 6.0, "h"))
    found = steps.figures([Reading(Article("a", text, lang="en"), (told,), numbers)], [Story("s", ("a",))], ())
    assert [f.verdict for f in found] == ["conflict"]


def test_an_age_answers_no_count() -> None:
    def reading(name: str, text: str, words: str, unit: str | None) -> Reading:
        span = Span(text.index(words), text.index(words) + len(words))
        return Reading(Article(name, text, lang="en"), (), (Quantity(span, 86.0, unit),))

    one = reading("a", "A woman of 86 is in intensive care in Brume.", "86", None)
    other = reading("b", "In Brume 86 patients are in intensive care.", "86 patients", "patient")
    assert steps.figures([one, other], [Story("s", ("a", "b"))], ()) == ()


def test_order_of_input_is_irrelevant(marked: Marked) -> None:
    story = replace(marked.story, articles=marked.story.articles[::-1])
    backwards = replace(marked, story=story, readings=marked.readings[::-1])
    assert _figures(backwards) == _figures(marked)


def test_an_article_of_another_story_changes_nothing() -> None:
    one, other = load(FOLDER / "vote.toml"), load(FOLDER / "merger.toml")
    stories, readings = [other.story, one.story], [*other.readings, *one.readings]
    together = steps.figures(readings, stories, steps.utterances(readings, stories))
    assert tuple(f for f in together if f.story == one.story.id) == _figures(one)


@settings(max_examples=30, deadline=None)
@given(st.lists(any_reading(), min_size=1, max_size=4, unique_by=lambda r: r.id))
def test_any_readings_give_spans_inside_their_texts(found: list[Reading]) -> None:
    story = Story("s", tuple(r.id for r in found))
    articles = {r.id: r.article for r in found}
    forwards = steps.figures(found, [story], ())
    assert steps.figures(found[::-1], [story], ()) == forwards
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
    spoken = steps.utterances(found, story)
    assert steps.figures(found, story, spoken) == steps.figures(found[::-1], story, spoken)


def test_a_contrasting_sentence_without_a_main_clause_goes_on_with_the_report_before_it() -> None:
    text = (
        "Selon Mesurex, Anna Lirot obtient 12 sièges. Alors que Paul Vasque a obtenu 9 sièges. "
        "Lundi, 4 sièges manquaient."
    )
    said = text.index("Anna"), text.index(" Alors") - 1
    record = {
        "id": "a",
        "lang": "fr",
        "text": text,
        "attributions": [{"type": "indirect", "content": [list(said)], "speaker": "Mesurex"}],
        "quantities": [
            {"span": [text.index(n), text.index(n) + len(n)], "value": float(n.split()[0]), "unit": "siège"}
            for n in ("12 sièges", "9 sièges", "4 sièges")
        ],
    }
    found = mentions([reading_from_json(record)])
    assert [(m.value, m.source) for m in found] == [(12.0, "Mesurex"), (9.0, "Mesurex"), (4.0, None)]
