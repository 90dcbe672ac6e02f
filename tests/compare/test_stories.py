"""Stories: what belongs together, what does not, and that the clustering is what it says it is."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.compare import limits, linking, stories
from recoupe.compare.clusters import average_link
from recoupe.compare.pile import Pile, Vocabulary, number
from recoupe.compare.vectors import NO_DAY, UNIT, Vectors, subset, vectors
from recoupe.model import Quantity, Reading, Time
from recoupe.text import Span
from tests.compare.press import find, reading

BRIDGE_FR = (
    "Le pont suspendu de Vergallon s’est effondré mardi matin dans la Sorne, emportant trois camions et un autocar. "
    "La maire, Odette Marivaux, a parlé d’un drame. Selon les secours, 17 personnes sont portées disparues. "
    "L’ouvrage, bâti en 1934, avait été inspecté au printemps par le cabinet Plessis-Arnoud."
)
BRIDGE_FR_2 = (
    "Dix-sept disparus : à Vergallon, les plongeurs cherchent encore. Le pont suspendu, ouvert en 1934, "
    "est tombé dans la "
    "Sorne avec trois camions. « Nous savions qu’il était fatigué », dit un riverain. Odette Marivaux "
    "attend un rapport du "
    "cabinet Plessis-Arnoud."
)
BRIDGE_EN = (
    "Divers searched the Sorne river on Wednesday for 17 people missing since a suspension bridge built "
    "in 1934 fell at "
    "Vergallon, in eastern France. Mayor Odette Marivaux said a report by the engineers Plessis-Arnoud "
    "would be published."
)
OTHER_BRIDGE = (
    "Un pont de pierre s’est effondré mardi à Montfaurel, au-dessus du canal de Luze. Personne n’a été "
    "blessé, a indiqué le "
    "maire, Gaspard Teillol. L’ouvrage datait de 1788 ; 4 200 véhicules l’empruntaient chaque jour."
)
CHEESE = (
    "La foire aux fromages de Pontarbre a reçu 26 000 visiteurs ce week-end. Le premier prix revient à une tomme de "
    "brebis de la ferme Hautecombe, devant un bleu de Sassenel."
)


def groups(*readings: Reading) -> set[frozenset[str]]:
    return {frozenset(story.articles) for story in stories.cluster(readings)}


def bridge(ident: str, text: str, lang: str = "fr", day: int = 4) -> Reading:
    return reading(ident, text, lang=lang, published=f"2025-03-{day:02d}T10:00:00+01:00")


def test_reports_of_one_event_are_one_story_across_languages() -> None:
    found = groups(
        bridge("a", BRIDGE_FR), bridge("b", BRIDGE_FR_2), bridge("c", BRIDGE_EN, "en", 5), bridge("d", OTHER_BRIDGE)
    )
    assert found == {frozenset("abc"), frozenset("d")}


def test_a_story_gives_the_terms_that_its_articles_share() -> None:
    (story,) = stories.cluster([bridge("a", BRIDGE_FR), bridge("b", BRIDGE_FR_2)])
    assert {"Vergallon", "Marivaux", "1934"} <= set(story.terms)


def test_a_term_that_no_word_spells_is_shown_as_its_value() -> None:
    first = "Neuf cent mille personnes ont défilé à Vergallon contre la réforme, mercredi prochain sera pire."
    second = "Vergallon : neuf cent mille manifestants, la réforme passera mercredi prochain."
    readings = [
        Reading(
            bridge(ident, text).article,
            quantities=(Quantity(find(text.lower(), "neuf cent mille"), 900_000, "manifestant"),),
            times=(Time(find(text, "mercredi prochain"), "2025-03-12"),),
        )
        for ident, text in (("a", first), ("b", second))
    ]
    (story,) = stories.cluster(readings)
    assert {"900000", "2025-03-12"} <= set(story.terms)


def test_what_lies_beyond_the_window_of_days_is_a_thread_and_no_story() -> None:
    found = stories.cluster([bridge("a", BRIDGE_FR), bridge("b", BRIDGE_FR_2, day=20), bridge("c", CHEESE, day=20)])
    assert {story.articles: story.thread is None for story in found} == {("a",): False, ("b",): False, ("c",): True}
    assert len({story.thread for story in found if story.thread}) == 1


def test_articles_without_a_date_are_compared_all_the_same() -> None:
    assert groups(reading("a", BRIDGE_FR), reading("b", BRIDGE_FR_2), bridge("c", BRIDGE_FR)) == {frozenset("abc")}


def test_no_articles_make_no_stories_and_an_empty_one_is_alone() -> None:
    assert stories.cluster([]) == ()
    assert groups(reading("a", ""), reading("b", ""), bridge("c", BRIDGE_FR)) == {
        frozenset("a"),
        frozenset("b"),
        frozenset("c"),
    }


def test_two_articles_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="two articles have the id 'a'"):
        stories.cluster([reading("a", "un"), reading("a", "deux")])


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("1 200", "1200"),
        ("90\u202f000", "90000"),
        ("3,50", "3.5"),
        ("75.000", "75000"),
        ("1.234,5", "1234.5"),
        ("007", "7"),
    ],
)
def test_a_number_has_one_spelling(written: str, plain: str) -> None:
    assert number(written) == plain


def test_no_hostile_word_makes_a_term_without_bound() -> None:
    known = Vocabulary()
    known.encode("é" * 1_000_000 + " " + "9" * 1_000_000)
    assert max(len(spelling) for spelling in known.spelling) < 100


# --- against independent oracles --------------------------------------------------------------------------------

_NAMES = ["Vergallon", "Sorne", "Marivaux", "Plessis", "1934", "26000"]
_WORDS = [*_NAMES, "tomme", "brebis", "réforme", "retraite", "grève", "pont", "camion", "école", "hôpital"]


def random_readings(seed: int, count: int = 40) -> list[Reading]:
    chance = random.Random(seed)
    made = []
    for i in range(count):
        text = " ".join(chance.choices(_WORDS, k=chance.randint(0, 12)))
        day = f"2025-03-{chance.randint(1, 20):02d}" if chance.random() < 0.8 else None
        made.append(reading(f"r{i:02d}", text, published=day))
    return made


def rows_of(readings: list[Reading]) -> Vectors:
    heap = Pile(readings)
    return vectors(heap, range(len(heap)))


def plain_likeness(rows: Vectors, a: int, b: int) -> float:
    """Cosine, nearness in time and the veto of numbers, term by term."""
    one, other = (
        {
            int(rows.terms[k]): (int(rows.weights[k]), bool(rows.numeric[k]))
            for k in range(rows.starts[row], rows.starts[row + 1])
        }
        for row in (a, b)
    )
    cosine = sum(one[term][0] * other[term][0] for term in one.keys() & other.keys()) / UNIT**2
    numbers = [{term for term, (_, numeric) in row.items() if numeric} for row in (one, other)]
    apart = not numbers[0] & numbers[1] and min(map(len, numbers)) >= limits.STORY_NUMBERS
    minutes = int(rows.minutes[a]), int(rows.minutes[b])
    near = 1.0
    if NO_DAY not in minutes:
        days = abs(minutes[0] - minutes[1]) / 1440
        fade = (limits.STORY_DAYS - days) / (limits.STORY_DAYS - limits.STORY_NEAR_DAYS)
        near = limits.STORY_NEAR_GAIN * min(1.0, max(0.0, fade))
    return cosine * near * (limits.STORY_NUMBERS_APART if apart else 1.0)


@pytest.mark.parametrize("seed", range(6))
def test_the_index_finds_every_pair_that_comparing_all_pairs_finds(seed: int) -> None:
    rows = rows_of(random_readings(seed))
    for least in (0.2, limits.STORY_LINK, 0.7, 1.0):
        expected = {
            (a, b)
            for b in range(len(rows))
            for a in range(b)
            if round(plain_likeness(rows, a, b) * UNIT) >= round(least * UNIT)
        }
        at_once = linking.Linker(least).add(rows)
        assert list(zip(at_once.a.tolist(), at_once.b.tolist(), strict=True)) == sorted(expected, key=lambda p: p[::-1])
        linker = linking.Linker(least)
        one_by_one = [linker.add(subset(rows, [k])) for k in range(len(rows))]
        assert {
            (a, b) for pairs in one_by_one for a, b in zip(pairs.a.tolist(), pairs.b.tolist(), strict=True)
        } == expected


@pytest.mark.parametrize("seed", range(3))
def test_the_matrix_holds_the_likeness_of_each_pair(seed: int) -> None:
    rows = rows_of(random_readings(seed))
    whole = linking.matrix(rows)
    for a in range(len(rows)):
        for b in range(a):
            assert whole[a, b] == whole[b, a] == pytest.approx(plain_likeness(rows, a, b) * UNIT, abs=0.5001)
    assert (linking.cross(subset(rows, range(9)), subset(rows, range(9, 40))) == whole[:9, 9:]).all()


def groups_of(count: int, merges: list[tuple[int, int, float]]) -> list[list[int]]:
    found = {k: [k] for k in range(count)}
    for keep, drop, _ in merges:
        found[keep] += found.pop(drop)
    return sorted(sorted(group) for group in found.values())


def slow_average_link(matrix: list[list[int]], least: int) -> list[list[int]]:
    """Average link by its definition: look at all pairs of groups, merge the best, begin again."""
    groups_ = [[i] for i in range(len(matrix))]
    while True:
        best = None
        for x, one in enumerate(groups_):
            for y in range(x + 1, len(groups_)):
                mean = sum(matrix[i][j] for i in one for j in groups_[y]) / (len(one) * len(groups_[y]))
                if best is None or mean > best[0]:
                    best = (mean, x, y)
        if best is None or best[0] < least:
            return sorted(sorted(group) for group in groups_)
        groups_[best[1]] += groups_.pop(best[2])


@given(st.integers(0, 10_000), st.integers(1, 14))
@settings(max_examples=60, deadline=None)
def test_average_link_is_what_its_definition_says(seed: int, size: int) -> None:
    chance = random.Random(seed)
    matrix = [[0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i):
            matrix[i][j] = matrix[j][i] = chance.randrange(1, 10**6)
    merges = average_link(np.array(matrix, dtype=np.float64), 400_000)
    assert groups_of(size, merges) == slow_average_link(matrix, 400_000)


def plain_stories(readings: list[Reading]) -> set[frozenset[str]]:
    """Average link of the whole matrix, whatever is linked with what."""
    ordered = sorted(readings, key=lambda r: r.id)
    merges = average_link(np.rint(stories.likeness(ordered) * UNIT), round(limits.STORY_LINK * UNIT))
    return {frozenset(ordered[k].id for k in group) for group in groups_of(len(ordered), merges)}


@pytest.mark.parametrize("seed", range(8))
def test_clustering_what_is_linked_is_clustering_the_whole(seed: int) -> None:
    readings = random_readings(seed)
    assert groups(*readings) == plain_stories(readings)


@pytest.mark.parametrize("block", [1, 2, 5])
@pytest.mark.parametrize("seed", range(4))
def test_blocks_clustered_in_parts_come_to_the_same(seed: int, block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "STORY_BLOCK", block)
    readings = random_readings(seed) + [reading(f"same{i}", BRIDGE_FR) for i in range(8)]
    assert groups(*readings) == plain_stories(readings)


# --- properties -------------------------------------------------------------------------------------------------

PILE = [
    bridge("a", BRIDGE_FR),
    bridge("b", BRIDGE_FR_2),
    bridge("c", BRIDGE_EN, "en", 5),
    bridge("d", OTHER_BRIDGE),
    bridge("e", CHEESE, day=6),
    *random_readings(9, 12),
]


@given(st.permutations(PILE))
@settings(max_examples=20, deadline=None)
def test_the_order_of_the_input_changes_nothing(shuffled: list[Reading]) -> None:
    assert stories.cluster(shuffled) == stories.cluster(PILE)


def test_an_article_that_belongs_nowhere_changes_nothing_else() -> None:
    stranger = bridge("stranger", "Zygomar Quintefeuille élève des axolotls à Brumepierre, où 8 431 têtards ont éclos.")
    before, after = stories.cluster(PILE), stories.cluster([stranger, *PILE])
    assert [s for s in after if s.articles != ("stranger",)] == list(before)


def test_a_copy_under_another_id_joins_the_story_of_its_original() -> None:
    twin = bridge("twin", BRIDGE_FR)
    found = groups(*PILE, twin)
    assert next(g for g in found if "a" in g) == frozenset({"a", "b", "c", "twin"})


@given(st.lists(st.text(alphabet=st.characters(codec=None), max_size=80), max_size=6))
@settings(max_examples=50, deadline=None)
def test_any_text_is_taken(texts: list[str]) -> None:
    found = stories.cluster([reading(f"t{i}", text) for i, text in enumerate(texts)])
    assert sorted(a for s in found for a in s.articles) == [f"t{i}" for i in range(len(texts))]


def test_spans_of_readings_that_are_no_numbers_do_no_harm() -> None:
    odd = Reading(
        reading("a", "x").article, (), (Quantity(Span(0, 1), float("inf")),), (Time(Span(0, 1), "2025-02-31"),)
    )
    assert groups(odd) == {frozenset("a")}
