"""Who a speaker's string names: a person, a body or nobody, and whether two strings name one speaker."""

from __future__ import annotations

import pytest

from recoupe.compare.identities import is_unnamed
from recoupe.compare.meaning import Meaning
from recoupe.compare.names import Speakers, speaker


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ada Merrow", "person"),
        ("Corvane Bank", "body"),
        ("Brume Association", "body"),
        ("Sonde Club", "body"),
        ("the Selmark government", "body"),
        ("la banque Corvane", "body"),
        ("Groupe Valmont", "body"),
        ("le patron", "description"),
    ],
)
def test_a_word_for_a_body_makes_a_name_no_persons(name: str, kind: str) -> None:
    assert speaker(name).kind == kind


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Corvane Bank", "Corvane"),
        ("Tidewater Lines", "Tidewater"),
        ("la compagnie Tidewater", "Tidewater Lines"),
        ("Ada Merrow", "Merrow"),
        ("Ada Merrow", "Mme Merrow"),
    ],
)
def test_a_part_of_a_name_is_its_bearer(one: str, other: str) -> None:
    assert Speakers([], Meaning()).relation(one, other)[0] == "same"


@pytest.mark.parametrize(
    "name",
    [
        "un médecin de l’hôpital de Brume",
        "a nurse at Sonde Hospital",
        "un conducteur de 44 ans",
        "one skipper",
        "deux employés de Corvane",
        "une source proche de l'enquête",
        "a source close to Paul Anders",
    ],
)
def test_where_somebody_works_names_nobody(name: str) -> None:
    assert is_unnamed(name)


@pytest.mark.parametrize(
    "name",
    [
        "Ada Merrow",
        "a spokesman for Corvane",
        "several officials in Kerem",
        "une porte-parole du ministère de l'Intérieur",
        "la préfète",
        "l'hôpital de Brume",
        "the Selmark government",
        "un certain Hugo Pellier",
    ],
)
def test_a_name_or_a_spokesperson_of_one_is_named(name: str) -> None:
    assert not is_unnamed(name)


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("Budget Council", "Conseil budgétaire", "same"),
        ("the Council", "Budget Council", "same"),
        ("Budget Council", "Harbour Council", "different"),
        ("Harbour Workers' Union", "Transport and Harbour Workers' Union", "same"),
    ],
)
def test_a_noun_of_bodies_alone_makes_no_two_one(one: str, other: str, relation: str) -> None:
    assert Speakers([], Meaning()).relation(one, other)[0] == relation


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("the Intermediate Court", "la cour intermédiaire de Port-Ondine", "same"),
        ("Saltmarsh Container Terminals", "Ada Merrow", "open"),
        ("Saltmarsh Container Terminals", "Corvane Foods", "different"),
    ],
)
def test_bodies_in_two_languages_and_of_long_names(one: str, other: str, relation: str) -> None:
    assert Speakers([], Meaning()).relation(one, other)[0] == relation
