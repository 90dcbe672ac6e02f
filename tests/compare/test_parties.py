"""Whether two names are one party, and who is not named."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.compare.meaning import Meaning
from recoupe.compare.parties import holds_office, is_anonymous, is_belonging, is_nobody, party, relation, spoken_for

MEANING = Meaning()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Budget Council", "Conseil budgétaire"),
        ("Election Office", "Bureau électoral"),
        ("Food Safety Authority", "Autorité de sécurité alimentaire"),
        ("health ministry", "ministère de la Santé"),
        ("Supreme Court", "Cour suprême"),
        ("Selmark’s central bank", "Banque nationale du Selmark"),
        ("Selmarkian Navy", "la marine selmarkienne"),
        ("International Rowing Union", "Union internationale d’aviron"),
    ],
)
def test_a_body_is_one_under_its_names_in_two_languages(one: str, other: str) -> None:
    assert relation(one, other, MEANING, abroad=True) == "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("la préfecture", "préfecture de l’Orbrane"),
        ("Corvane", "la direction de Corvane"),
        ("le cabinet Mirelle", "Mirelle"),
        ("Corvane Bank", "Corvane"),
        ("a spokesman for the coastguard", "the coastguard"),
        ("labour inspectorate’s report", "labour inspectorate"),
        ("the CTR federation", "Confédération du travail rural"),
        ("l’Intérieur", "ministère de l’Intérieur"),
        ("la ministre de la Santé", "ministère de la Santé"),
    ],
)
def test_a_shorter_name_and_who_speaks_for_a_body_are_the_body(one: str, other: str) -> None:
    assert relation(one, other, MEANING, abroad=False) == "same"
    assert relation(other, one, MEANING, abroad=False) == "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mairie de Brume", "hôpital de Brume"),
        ("tribunal de Brume", "police de Brume"),
        ("ministère de la Santé", "ministère de l’Intérieur"),
        ("Fédération des chasseurs", "Fédération des pêcheurs"),
        ("Kingsmere Council", "Kingsmere Hospital"),
        ("syndicat de Corvane", "Corvane"),
        ("CTR", "CGF"),
    ],
)
def test_a_shared_place_or_kind_makes_no_party(one: str, other: str) -> None:
    assert relation(one, other, MEANING, abroad=False) == "different"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("police", "nurses’ union"),
        ("les assureurs", "Corvane"),
        ("la banque centrale selmarkienne", "la Banque nationale du Selmark"),
    ],
)
def test_names_that_have_nothing_in_common_are_left_open(one: str, other: str) -> None:
    assert relation(one, other, MEANING, abroad=False) is None


@pytest.mark.parametrize(
    "name",
    [
        "a Corvane official",
        "un responsable de la CTR",
        "a person close to Ada Merrow",
        "an aide to Ada Merrow",
        "l’entourage d’Ada Merrow",
        "les proches de la victime",
        "two people with knowledge of the matter",
        "sources syndicales",
        "l’un des ouvriers",
        "quelqu’un du club",
        "a coalition whip",
    ],
)
def test_whom_somebody_works_for_names_nobody(name: str) -> None:
    assert is_anonymous(name)


@pytest.mark.parametrize(
    "name",
    [
        "Une élue, Odette Marivaux",
        "un porte-parole de la préfecture",
        "several officials in Brume",
        "la direction",
        "the harbour master",
        "insurers",
        "l’équipe",
        "Ada Merrow",
        "un certain Hugo Pellier",
    ],
)
def test_a_body_a_spokesperson_and_a_person_are_named(name: str) -> None:
    assert not is_anonymous(name)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a spokesman for Corvane", "Corvane"),
        ("the inspectorate’s last report", "the inspectorate"),
        ("le communiqué de la préfecture", "préfecture"),
        ("un porte-parole", "un porte-parole"),
        ("la direction de Corvane", "la direction de Corvane"),
        ("Ada Merrow", "Ada Merrow"),
    ],
)
def test_what_is_said_in_a_bodys_name_is_the_bodys(name: str, body: str) -> None:
    assert spoken_for(name) == body


@pytest.mark.parametrize("name", ["des résultats partiels", "officials", "les autorités"])
def test_who_could_not_be_asked_is_nobody(name: str) -> None:
    assert is_nobody(name)


@pytest.mark.parametrize("name", ["le rapport de Corvane", "health officials in Brume", "la préfecture"])
def test_who_could_be_asked_is_somebody(name: str) -> None:
    assert not is_nobody(name)


@pytest.mark.parametrize(
    ("name", "office"),
    [
        ("la ministre de la Santé", True),
        ("son conseil", True),
        ("le Conseil budgétaire", False),
        ("le ministère de la Santé", False),
        ("la police", False),
        ("Ada Merrow", False),
    ],
)
def test_an_office_is_held_and_a_body_is_not(name: str, office: bool) -> None:
    assert holds_office(name) is office


@pytest.mark.parametrize(("name", "back"), [("ses services", True), ("its engineers", True), ("les services", False)])
def test_what_points_back_to_somebody(name: str, back: bool) -> None:
    assert is_belonging(name) is back


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_two_names_are_compared_alike_both_ways(one: str, other: str) -> None:
    assert relation(one, other, MEANING, abroad=False) == relation(other, one, MEANING, abroad=False)
    assert isinstance(is_anonymous(one), bool)
    assert party(spoken_for(one)).text is not None
