"""Names and mentions: what names one person, and what no input may break."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.model import Article
from recoupe.read import mentions
from recoupe.read.names import find_names
from recoupe.read.namesakes import name_parts, same_person
from recoupe.read.page import Page
from recoupe.read.words import tokens


def names(text: str, lang: str) -> list[str]:
    return [p.span.of(text) for p in find_names(text, tokens(text), lang)]


def read(text: str, lang: str, title: str = "", outlet: str | None = None) -> Page:
    return mentions.STAGE.run([Page(Article("m", text, title, lang, outlet), lang)])[0]


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("Mark Rudd", "Rudd", True),
        ("M. Rudd", "Mark Rudd", True),
        ("Ursula von der Aa", "von der Aa", True),
        ("U. von der Aa", "Ursula Von der Aa", True),
        ("J.D. Vane", "James Vane", True),
        ("ZELENKO", "Andriy Zelenko", True),
        ("Éloïse Béart", "Eloise BEART", True),
        ("Oumar Maïdo", "Fatoumata Maïdo", False),
        ("Mark Rudd", "Mark Ruddock", False),
        ("", "Rudd", False),
    ],
)
def test_same_person(one: str, two: str, same: bool) -> None:
    assert same_person(one.removeprefix("M. "), two) is same
    assert same_person(two, one.removeprefix("M. ")) is same


def test_a_name_is_taken_apart_with_its_particles() -> None:
    assert name_parts("Ursula von der Aa") == (("ursula",), ("von", "der", "aa"))


@pytest.mark.parametrize(
    ("text", "lang", "found"),
    [
        ("Selon Anna Karlow, le vote est clos.", "fr", ["Anna Karlow"]),
        ("Labour Minister Étienne Rouvel resigned.", "en", ["Étienne Rouvel"]),
        ("Le ministre de l'Intérieur Gérald Dumas part.", "fr", ["Gérald Dumas"]),
        ("Dominique de Villars et la maire de Brest.", "fr", ["Dominique de Villars", "Brest"]),
        ("On Tuesday French officials met O'Hara.", "en", ["O'Hara"]),
        ("Voters Back New Plan For Harbour Bridge\nNothing else.", "en", []),
        ("Il a lu L'Éveil hier, dit Mme von der Aa.", "fr", ["L'Éveil", "von der Aa"]),
        ("L'agence Moody's l'a dit.", "fr", ["Moody's"]),
    ],
)
def test_names(text: str, lang: str, found: list[str]) -> None:
    assert names(text, lang) == found


def test_forms_of_one_name_are_one_entity_with_the_fullest_name() -> None:
    page = read(
        "Mme Dorval est venue. DORVAL a parlé. Hélène Dorval part. L'AFUR (Association des usagers) aussi.", "fr"
    )
    people = {m.entity for m in page.mentions if m.name == "Hélène Dorval"}
    assert len(people) == 1
    assert sum(m.entity in people for m in page.mentions) == 3


def test_the_small_words_of_a_name_belong_to_it() -> None:
    page = read("Il lit Le Phare de l'Aulne devant la Cour des comptes d'Ostrie.", "fr")
    assert [m.name for m in page.mentions if m.in_names] == ["Le Phare de l'Aulne", "Cour des comptes d'Ostrie"]


def test_a_name_may_be_full_in_the_title_only() -> None:
    page = read("Dorval a parlé.", "fr", title="La maire Hélène Dorval s'explique")
    assert page.mentions[0].name == "Hélène Dorval"


def test_a_body_in_a_longer_name_is_another() -> None:
    page = read("L'Association des maires du Mali proteste. Le Mali se tait.", "fr")
    assert len({m.entity for m in page.mentions if m.in_names}) == 2


@given(st.text(max_size=200), st.sampled_from(["fr", "en"]))
@settings(max_examples=150, deadline=None)
def test_mentions_lie_in_the_text_in_order(text: str, lang: str) -> None:
    page = read(text, lang, title=text[:40])
    assert all(0 <= m.span.start < m.span.end <= len(text) for m in page.mentions)
    assert list(page.mentions) == sorted(page.mentions, key=lambda m: (m.span.start, -m.span.end))


@pytest.mark.parametrize(
    "text",
    [
        "A" * 200_000,
        "Aa " * 60_000,
        "Le Ministre du Travail, " * 8_000,
        "".join(f"A{chr(97 + n % 26)}{n} Smith, " for n in range(8_000)),
        "".join(f"(AB{chr(65 + n % 26)}) " for n in range(20_000)),
        "Un Deux Trois Quatre Cinq\n" * 6_000,
    ],
    ids=["one word", "one name", "roles", "namesakes", "acronyms", "headlines"],
)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_time_grows_with_the_text(text: str, lang: str) -> None:
    started = time.perf_counter()
    read(text, lang)
    assert time.perf_counter() - started < 6
