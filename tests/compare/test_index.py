"""A growing pile: the same comparison whatever came when, and nothing touched that an article does not touch."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.compare import compare, limits
from recoupe.compare.index import Delta, Index
from recoupe.contract import reading_from_json
from recoupe.model import Article, Comparison, Credit, Reading
from recoupe.text import Span
from tests.compare.press import reading
from tests.compare.test_compare import story
from tests.samples.load import story_articles

_WORDS = [a + b for a in ("ba", "lo", "mi", "ko", "du") for b in ("ra", "ton", "vel", "guis", "nek")]
_WORDS += ["Vergallon", "Sorne", "Marivaux", "1934", "26000", "Plessis"]


def press(chance: random.Random) -> list[Reading]:
    """A pile made to be hard: copies of copies, footers, outlets that repeat, dates that tie or lack."""
    footers = [" ".join(chance.choices(_WORDS, k=chance.randint(6, 20))) for _ in range(3)]
    made: list[Reading] = []
    for i in range(chance.randint(2, 20)):
        parts = [" ".join(chance.choices(_WORDS, k=chance.randint(0, 40)))]
        if made and chance.random() < 0.6:
            words = chance.choice(made).text.split()
            start = chance.randrange(len(words) + 1)
            parts.append(" ".join(words[start : start + chance.randint(5, 40)]))
        if chance.random() < 0.5:
            parts.append(chance.choice(footers))
        chance.shuffle(parts)
        day = f"2025-03-{chance.randint(1, 14):02d}" if chance.random() < 0.85 else None
        text, outlet = "\n".join(parts), chance.choice(["Le Lien", "Le Phare", "Agence Ponant", None])
        credit = (Credit(Span(0, 1), "Agence Ponant", "agency"),) if chance.random() < 0.2 and text.strip() else ()
        ident = f"r{chance.randrange(10**6):06d}-{i}"
        made.append(Reading(Article(ident, text, lang="fr", outlet=outlet, published=day), credits=credit))
    return made


def about(found: Comparison, articles: set[str]) -> list[object]:
    """What a comparison says of these articles."""
    stories = {s.id for s in found.stories if set(s.articles) <= articles}
    return [
        *(s for s in found.stories if s.id in stories),
        *(r for r in found.reuse if r.copy in articles),
        *(u for u in found.utterances if u.story in stories),
        *(f for f in found.figures if f.story in stories),
        *(e for e in found.edges if e.article in articles),
        *(n for n in found.notes if n.article in articles),
    ]


def told(before: Comparison, after: Comparison, delta: Delta) -> None:
    """A delta names all that differs."""
    was, now = ({s.id: s for s in found.stories} for found in (before, after))
    assert set(delta.gone) == was.keys() - now.keys()
    assert now.keys() - was.keys() <= set(delta.stories) <= now.keys()
    for kept in now.keys() - set(delta.stories):
        articles = set(now[kept].articles)
        assert about(before, articles)[1:] == about(after, articles)[1:]  # but for the story's thread


@given(st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_one_by_one_in_any_order_is_all_at_once(seed: int) -> None:
    chance = random.Random(seed)
    readings = press(chance)
    index, waiting = Index(), chance.sample(readings, len(readings))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "SEED_SOURCES", chance.choice([1, 2, 12]))
        patch.setattr(limits, "STORY_BLOCK", chance.choice([2, 1000]))
        before = index.comparison()
        while waiting:
            if len(index) and chance.random() < 0.2:
                back = chance.choice([r for r in readings if r.id in index])
                delta, waiting = index.remove(back.id), [*waiting, back]
            else:
                size = chance.choice([1, 1, 3])
                delta, waiting = index.extend(waiting[:size]), waiting[size:]
            after = index.comparison()
            told(before, after, delta)
            before = after
        assert before == compare(readings)


@given(st.permutations(story()))
@settings(max_examples=4, deadline=None)
def test_a_story_that_grows_is_the_story_at_once(shuffled: list[Reading]) -> None:
    index = Index()
    for taken in shuffled:
        index.add(taken)
        index.comparison_of(taken.id)
    assert index.comparison() == compare(story())


def test_the_samples_one_by_one_are_the_samples_at_once() -> None:
    readings = [reading_from_json(record) for record in story_articles()]
    index = Index()
    for taken in random.Random(4).sample(readings, len(readings)):
        index.add(taken)
    assert index.comparison() == compare(readings)


def test_an_article_that_belongs_nowhere_touches_nothing_else() -> None:
    index = Index(story())
    before = index.comparison()
    stranger = reading("zz", "Zygomar Quintefeuille élève des axolotls à Brumepierre.", published="2025-03-05")
    delta = index.add(stranger)
    assert delta == Delta((index.story_of("zz").id,), (), ("zz",))
    assert index.remove("zz") == Delta((), delta.stories, ())
    assert index.comparison() == before


def test_the_comparison_of_an_article_is_its_storys_part() -> None:
    whole = compare(story())
    for one in whole.stories:
        part = Index(story()).comparison_of(one.articles[-1])
        assert part.stories == (one,)
        assert part.utterances == tuple(u for u in whole.utterances if u.story == one.id)
        assert part.reuse == tuple(r for r in whole.reuse if r.copy in one.articles)
        assert part.notes == tuple(n for n in whole.notes if n.article in one.articles)


def test_an_id_that_is_there_is_refused_and_nothing_is_taken_in() -> None:
    first, *rest = story()
    index = Index([first])
    for given_ in ([*rest, first], [rest[0], rest[0]]):
        with pytest.raises(ValueError, match="two articles have the id"):
            index.extend(given_)
    assert len(index) == 1
    assert rest[0].id not in index
    index.extend(rest)
    assert index.comparison() == compare(story())


def test_what_is_not_there_cannot_be_taken_out() -> None:
    with pytest.raises(KeyError):
        Index().remove("a")
