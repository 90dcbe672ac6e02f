"""Statements made again in another story: found by speaker and words, whatever the order, and nothing merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.compare import compare
from recoupe.compare.explain import explain
from recoupe.compare.index import Index
from recoupe.compare.repeats import Repeats
from recoupe.model import Article, Attribution, Reading, Repeat
from tests.compare.press import find

VOW = "Tant que je serai maire, aucune classe ne fermera à Valmorain"


def _said(name: str, words: str, who: str = "Anne Ferrand", *, day: int = 0) -> Reading:
    text = f"« {words} », a déclaré {who} devant la presse."
    published = (date(2025, 3, 1) + timedelta(days=day)).isoformat()
    article = Article(name, text, lang="fr", published=published)
    return Reading(article, (Attribution("direct", (find(text, words),), find(text, who), None, who),))


def _found(*readings: Reading) -> tuple[Repeat, ...]:
    """What is found where each article is a story of its own."""
    repeats = Repeats()
    for reading in readings:
        repeats.add(reading)
    return repeats.found(lambda article: f"s-{article}", [reading.id for reading in readings])


@pytest.mark.parametrize(
    ("words", "who", "reason"),
    [
        (VOW, "Anne Ferrand", "same words"),
        (VOW.upper(), "Anne Ferrand", "same words"),
        (VOW, "Mme Anne Ferrand", "same words"),
        ("Tant que je serai maire, aucune classe ne fermera dans notre ville", "Anne Ferrand", "nearly the same words"),
        ("Aucune classe ne fermera à Valmorain", "Anne Ferrand", "part of the words"),
        ("Nous avons ouvert trois classes de plus cette année à Valmorain", "Anne Ferrand", None),
        (VOW, "Paul Ferrand", None),
        (VOW, "Anne Tessier", None),
        (VOW, "une habitante", None),
    ],
)
def test_one_speaker_s_words_again(words: str, who: str, reason: str | None) -> None:
    found = _found(_said("a", VOW), _said("b", words, who, day=40))
    assert [repeat.reason for repeat in found] == ([reason] if reason else [])


def test_it_is_explained_by_its_pairs() -> None:
    told = _said("a", VOW), _said("b", "Aucune classe ne fermera à Valmorain", day=40), _said("c", VOW, day=90)
    found = replace(compare(told), repeats=_found(*told))
    way = explain(found.repeats[0].id, told, found)
    assert (way.kind, way.decision, way.reason) == ("repeat", "Anne Ferrand", "part of the words")
    assert [(step.label, [each.article for each in step.evidence]) for step in way.steps] == [
        ("part of the words", ["a", "b"]),
        ("same words", ["a", "c"]),
        ("part of the words", ["b", "c"]),
    ]
    assert all(measured.passed for step in way.steps for measured in step.measured)


def test_the_earliest_place_comes_first() -> None:
    (repeat,) = _found(_said("a", VOW, day=40), _said("b", VOW, day=2), _said("c", VOW, day=9))
    assert [place.article for place in repeat.places] == ["b", "c", "a"]


def test_what_is_too_short_tells_nothing() -> None:
    assert _found(_said("a", "Je ne sais pas"), _said("b", "Je ne sais pas", day=40)) == ()


def test_one_story_repeats_nothing() -> None:
    repeats = Repeats()
    for reading in (_said("a", VOW), _said("b", VOW)):
        repeats.add(reading)
    assert repeats.found(lambda _: "s", ["a", "b"]) == ()


def test_what_is_taken_out_is_forgotten() -> None:
    repeats = Repeats()
    for reading in (_said("a", VOW), _said("b", VOW), _said("c", VOW, day=3)):
        repeats.add(reading)
    repeats.remove("b")
    (repeat,) = repeats.found(lambda article: article, ["a", "c"])
    assert [place.article for place in repeat.places] == ["a", "c"]
    repeats.remove("c")
    assert repeats.found(lambda article: article, ["a"]) == ()


def test_the_stories_stay_two() -> None:
    closing = "Le conseil a voté hier le budget de la cantine, 4 millions d'euros. "
    fair = "La foire aux bestiaux ouvre samedi sur la place avec 300 éleveurs. "
    one, two = _said("a", VOW), _said("b", VOW, day=50)
    readings = [_longer(one, closing), _longer(two, fair)]
    found = compare(readings)
    assert len(found.stories) == 2
    assert [[place.article for place in repeat.places] for repeat in found.repeats] == [["a", "b"]]
    index = Index(readings[1:])
    index.add(readings[0])
    assert index.comparison().repeats == found.repeats
    assert index.comparison_of("a").repeats == found.repeats


def _longer(reading: Reading, more: str) -> Reading:
    article = reading.article
    return Reading(
        Article(article.id, article.text + " " + more * 3, lang="fr", published=article.published), reading.attributions
    )


@given(
    st.permutations(
        [("a", VOW), ("b", VOW), ("c", VOW + " cette année"), ("d", VOW[:40]), ("e", "x " * 50), ("f", "Rien")]
    )
)
def test_the_order_does_not_matter(order: Sequence[tuple[str, str]]) -> None:
    readings = [_said(name, words) for name, words in order]
    assert _found(*readings) == _found(*sorted(readings, key=lambda reading: reading.id))


def test_many_places_take_no_square_of_time() -> None:
    readings = [_said(f"a{n:04}", f"{VOW} en {n}", day=n % 300) for n in range(2000)]
    assert len(_found(*readings)) == 0
    assert len(_found(*(_said(f"a{n:04}", VOW, day=n % 300) for n in range(2000)))) == 1
