"""Which numbers answer one question: parts, what is added, ages, sources, demands, rates, and what is counted."""

from __future__ import annotations

import pytest

from recoupe.model import Figure
from tests.compare.numbered import figures, reading

Numbers = dict[str, tuple[float, str | None]]


def _two(one: str, first: Numbers, other: str, second: Numbers, *, lang: str = "fr") -> tuple[Figure, ...]:
    """The figures of two articles, the second two days later and in `lang`."""
    return figures(
        reading("a", one, first, published="2025-02-01"),
        reading("b", other, second, published="2025-02-03", lang=lang),
    )


def _shown(found: tuple[Figure, ...]) -> list[tuple[str, list[float]]]:
    return sorted((f.verdict, sorted(o.value for o in f.occurrences)) for f in found)


@pytest.mark.parametrize(
    ("other", "second", "lang"),
    [
        ("Five people died when the bus left the road.", {"Five people": (5.0, "person")}, "en"),
        ("On a retrouvé cinq chiens dans la cave.", {"cinq chiens": (5.0, "chien")}, "fr"),
    ],
)
def test_small_numbers_of_other_things_are_two_questions(other: str, second: Numbers, lang: str) -> None:
    one = "Le convoi comptait cinq wagons, a précisé le chef de gare."
    assert _two(one, {"cinq wagons": (5.0, "wagon")}, other, second, lang=lang) == ()


@pytest.mark.parametrize(
    ("other", "second", "lang"),
    [
        ("Five fishermen died when a boat sank off Sonde.", {"Five fishermen": (5.0, "fisherman")}, "en"),
        ("Le naufrage d'un chalutier a fait cinq morts au large de Sonde.", {"cinq morts": (5.0, "mort")}, "fr"),
    ],
)
def test_people_of_a_kind_are_counted_by_what_befell_them(other: str, second: Numbers, lang: str) -> None:
    one = "Cinq marins ont péri dans le naufrage d'un chalutier au large de Sonde."
    assert _shown(_two(one, {"Cinq marins": (5.0, "marin")}, other, second, lang=lang)) == [("agree", [5.0, 5.0])]


@pytest.mark.parametrize(
    ("part", "number"),
    [
        ("L'effondrement du hangar a fait 31 blessés, dont quatre grièvement.", "quatre"),
        ("L'effondrement du hangar a fait 31 blessés, parmi lesquels quatre en réanimation.", "quatre"),
        ("L'effondrement du hangar a fait 31 blessés ; quatre d'entre eux sont en soins intensifs.", "quatre"),
    ],
)
def test_a_part_of_the_injured_is_no_count_of_the_injured(part: str, number: str) -> None:
    one = "L'effondrement du hangar a fait une vingtaine de blessés mardi."
    whole: Numbers = {"31 blessés": (31.0, "blessé"), number: (4.0, "blessé")}
    found = _two(one, {"une vingtaine de blessés": (20.0, "blessé")}, part, whole)
    assert _shown(found) == [("update", [20.0, 31.0])]


def test_the_same_part_is_one_question_in_other_words() -> None:
    one = "The collapse hurt 31 people, including four in intensive care."
    other = "Four victims of the collapse are fighting for their lives."
    found = figures(
        reading("a", one, {"31 people": (31.0, "person"), "four": (4.0, "person")}, published="2025-02-01", lang="en"),
        reading("b", other, {"Four victims": (4.0, "victim")}, published="2025-02-01", lang="en"),
    )
    assert _shown(found) == [("agree", [4.0, 4.0])]


@pytest.mark.parametrize(
    ("other", "number"),
    [
        ("La douane de Brume a saisi 12 kilos d'ambre de plus mardi.", "12 kilos"),
        ("La douane de Brume a saisi mardi 12 autres kilos d'ambre.", "12 autres kilos"),
    ],
)
def test_what_is_added_is_no_total(other: str, number: str) -> None:
    one = "La douane de Brume a saisi 40 kilos d'ambre lundi."
    assert _two(one, {"40 kilos": (40.0, "kg")}, other, {number: (12.0, "kg")}) == ()


@pytest.mark.parametrize(
    ("other", "number", "unit", "lang"),
    [
        ("Le pilote, 43 ans, est mort sur le coup.", "43 ans", "an", "fr"),
        ("On a retrouvé le corps du pilote. Il avait 43 ans et vivait à Brume.", "43 ans", "an", "fr"),
        ("Among the dead is the pilot, who was 43, according to his club.", "43", None, "en"),
        ("The 43-year-old pilot died at once.", "43-year", "year", "en"),
    ],
)
def test_ages_of_one_person_that_differ_conflict(other: str, number: str, unit: str | None, lang: str) -> None:
    one = "Parmi les morts figure le pilote, âgé de 34 ans."
    found = _two(one, {"34 ans": (34.0, "an")}, other, {number: (43.0, unit)}, lang=lang)
    assert [f.verdict for f in found] == ["conflict"]


@pytest.mark.parametrize(
    ("other", "number", "unit", "lang"),
    [
        ("La cuisinière, 43 ans, est morte sur le coup.", "43 ans", "an", "fr"),
        ("Among the dead is the cook, who was 43.", "43", None, "en"),
        ("Le pilote risque 43 ans de prison.", "43 ans", "an", "fr"),
    ],
)
def test_ages_of_two_persons_are_two_questions(other: str, number: str, unit: str | None, lang: str) -> None:
    one = "Parmi les morts figure le pilote, âgé de 34 ans."
    assert _two(one, {"34 ans": (34.0, "an")}, other, {number: (43.0, unit)}, lang=lang) == ()


def test_people_who_are_only_cited_are_not_counted() -> None:
    one = "Selon deux personnes informées du projet, le musée va fermer."
    other = "Le musée va fermer, d'après deux personnes informées du projet."
    cited: Numbers = {"deux personnes": (2.0, "personne")}
    assert _two(one, cited, other, cited) == ()


@pytest.mark.parametrize(
    "demanded",
    [
        "The prosecution had pressed for eight years in jail.",
        "The prosecutor called for eight years in jail.",
        "The state wanted him in jail for eight years.",
    ],
)
def test_what_is_demanded_is_not_what_is_given(demanded: str) -> None:
    one = "La cour l'a condamné à cinq ans de prison."
    assert _two(one, {"cinq ans": (5.0, "an")}, demanded, {"eight years": (8.0, "year")}, lang="en") == ()


def test_a_limit_belongs_to_the_number_beside_it() -> None:
    one = "Le bus roulait à 118 km/h sur une route limitée à 90 avant l'accident."
    other = "Le bus roulait à 118 km/h avant l'accident, contre 90 autorisés."
    numbers: Numbers = {"118 km/h": (118.0, "km/h"), "90": (90.0, "km/h")}
    assert _shown(_two(one, numbers, other, numbers)) == [("agree", [90.0, 90.0]), ("agree", [118.0, 118.0])]


def test_sums_of_two_rates_are_compared_by_the_year() -> None:
    one = "Le four de Brume perd un million d'euros par mois."
    other = "La direction chiffre à douze millions d'euros par an ce que perd le four de Brume."
    found = _two(one, {"un million d'euros": (1e6, "EUR")}, other, {"douze millions d'euros": (12e6, "EUR")})
    assert [f.verdict for f in found] == ["agree"]


@pytest.mark.parametrize(
    ("other", "number", "noun", "lang"),
    [
        ("Le tribunal annule seize permis.", "seize permis", "permis", "fr"),
        ("The court annulled sixteen permits.", "sixteen permits", "permit", "en"),
    ],
)
def test_one_noun_under_two_predicates_is_two_questions(other: str, number: str, noun: str, lang: str) -> None:
    one = "Le maire aurait vendu onze permis à des proches."
    assert _two(one, {"onze permis": (11.0, "permis")}, other, {number: (16.0, noun)}, lang=lang) == ()


def test_thousands_put_for_millions_conflict() -> None:
    one = "La scierie de Brume produit chaque année 160 millions de planches."
    other = "La scierie de Brume, ouverte en mars, produit 160 000 planches par an."
    first: Numbers = {"160 millions de planches": (160e6, "planche")}
    found = _two(one, first, other, {"160 000 planches": (160e3, "planche")})
    assert [f.verdict for f in found] == ["conflict"]


def test_what_is_said_of_a_part_is_not_said_of_its_whole() -> None:
    text = "The union said 3,400 of the port's 4,100 workers walked out. The owner put the number at 1,900."
    numbers: Numbers = {n: (v, "worker") for n, v in (("3,400", 3400.0), ("4,100 workers", 4100.0), ("1,900", 1900.0))}
    said = {"3,400 of the port's 4,100 workers walked out": "the union", "the number at 1,900": "the owner"}
    found = figures(reading("a", text, numbers, published="2025-02-01", said=said, lang="en"))
    assert _shown(found) == [("conflict", [1900.0, 3400.0])]


@pytest.mark.parametrize(
    ("other", "old", "new", "lang"),
    [
        ("Le groupe porte de 90 à 130 le nombre de logements promis à Brume.", "90", "130", "fr"),
        ("Le groupe promet désormais 130 logements à Brume, contre 90.", "90", "130 logements", "fr"),
        ("The group now promises 130 homes in Brume, up from 90.", "90", "130 homes", "en"),
    ],
)
def test_a_number_takes_the_place_of_one_that_was_current(other: str, old: str, new: str, lang: str) -> None:
    noun = {"fr": "logement", "en": "home"}[lang]
    one = "Le groupe promet 90 logements à Brume."
    second: Numbers = {old: (90.0, noun), new: (130.0, noun)}
    found = _two(one, {"90 logements": (90.0, "logement")}, other, second, lang=lang)
    assert _shown(found) == [("update", [90.0, 90.0, 130.0])]


def test_a_number_told_beside_last_years_is_no_revision() -> None:
    text = "Le déficit de Brume est de 3,1 %, contre 3,8 % l'an dernier."
    numbers: Numbers = {"3,1 %": (3.1, "%"), "3,8 %": (3.8, "%")}
    assert _shown(_two(text, numbers, text, numbers)) == [("agree", [3.1, 3.1]), ("agree", [3.8, 3.8])]


def test_a_share_counted_again_is_an_update_and_a_year_beside_it_only_compares() -> None:
    one = "La participation est estimée à 69 % à Brume."
    other = "Turnout in Brume was 71.2%, its highest since 1981."
    found = _two(one, {"69 %": (69.0, "%")}, other, {"71.2%": (71.2, "%")}, lang="en")
    assert [f.verdict for f in found] == ["update"]


def test_those_who_speak_are_not_those_who_are_counted() -> None:
    one = "Deux hommes masqués ont brisé une vitre du musée lundi."
    other = "Selon deux gardiens du musée, l'alarme était coupée lundi."
    assert _two(one, {"Deux hommes": (2.0, "homme")}, other, {"deux gardiens": (2.0, "gardien")}) == ()


@pytest.mark.parametrize(
    ("other", "old", "new", "lang", "verdict"),
    [
        (
            "Some 640 pilgrims still slept in the old customs hall by noon on Friday, up from 410.",
            "410",
            "640 pilgrims",
            "en",
            [("update", [410.0, 410.0, 640.0])],
        ),
        (
            "Some 640 pilgrims slept in the customs hall on Friday and were fed by the nuns from 410.",
            "410",
            "640 pilgrims",
            "en",
            [("agree", [410.0, 410.0])],
        ),
        (
            "Quelque 640 pèlerins dormaient encore vendredi dans l'ancienne salle des douanes, contre 410.",
            "410",
            "640 pèlerins",
            "fr",
            [("update", [410.0, 410.0, 640.0])],
        ),
    ],
)
def test_a_number_told_far_off_as_the_one_before_is_superseded(
    other: str, old: str, new: str, lang: str, verdict: list[tuple[str, list[float]]]
) -> None:
    one = "410 pèlerins ont dormi dans l'ancienne salle des douanes."
    second: Numbers = {new: (640.0, "pilgrim"), old: (410.0, "pilgrim")}
    assert _shown(_two(one, {"410 pèlerins": (410.0, "pèlerin")}, other, second, lang=lang)) == verdict


@pytest.mark.parametrize(
    ("one", "first", "other", "second"),
    [
        (
            "Le fabricant va licencier 310 personnes à Brume.",
            "310 personnes",
            "The tool maker is letting 240 people go in Brume.",
            "240 people",
        ),
        (
            "Avalanche : la coulée a tué sept personnes mardi.",
            "sept personnes",
            "Avalanche rolled over the camp, killing nine people on Tuesday.",
            "nine people",
        ),
    ],
)
def test_what_befell_people_is_one_question_in_two_languages(one: str, first: str, other: str, second: str) -> None:
    values = {"310 personnes": 310.0, "240 people": 240.0, "sept personnes": 7.0, "nine people": 9.0}
    found = _two(one, {first: (values[first], "personne")}, other, {second: (values[second], "person")}, lang="en")
    assert [f.verdict for f in found] != [] and {o.value for f in found for o in f.occurrences} == {
        values[first],
        values[second],
    }


def test_a_share_price_falls_through_the_day() -> None:
    found = figures(
        reading("a", "L'action perdait 6 % à l'ouverture.", {"6 %": (6.0, "%")}, published="2025-02-01T09:30"),
        reading(
            "b",
            "Shares closed down 11 per cent.",
            {"11 per cent": (11.0, "%")},
            published="2025-02-01T18:00",
            lang="en",
        ),
    )
    assert _shown(found) == [("update", [6.0, 11.0])]


def test_miles_put_for_kilometres_conflict() -> None:
    one = "Gusts of 140 kilometres an hour were measured at Point Sorrel before dawn."
    found = figures(
        reading("a", one, {"140 kilometres an hour": (140.0, "km/h")}, published="2025-02-01", lang="en"),
        reading(
            "b",
            one.replace("kilometres", "miles"),
            {"140 miles an hour": (140.0, "mile/h")},
            published="2025-02-02",
            lang="en",
        ),
    )
    assert [f.verdict for f in found] == ["conflict"]
