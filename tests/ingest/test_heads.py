"""Bylines, datelines, dates and titles: what is taken, and what only looks like it."""

from __future__ import annotations

import time

import pytest

from recoupe.ingest import byline, dateline, title
from recoupe.ingest.dates import is_iso, stated
from recoupe.ingest.vocabulary import heads


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2025-11-10T05:50:00+01:00", "2025-11-10T05:50:00+01:00"),
        ("2025-11-10T05:50:00.000Z", "2025-11-10T05:50:00.000Z"),
        ("2025-11-10 05:50:00 +0100", "2025-11-10T05:50:00+01:00"),
        ("2025-11-10 05:50", "2025-11-10T05:50"),
        ("20251110", "2025-11-10"),
        ("2025-11", "2025-11"),
        ("Tue, 04 Feb 2025 18:30:00 +0100", "2025-02-04T18:30:00+01:00"),
        ("mardi 4 février 2025 à 7 h 05", "2025-02-04T07:05"),
        ("1er MARS 2025", "2025-03-01"),
        ("4 FEVRIER 2025 A 9H", "2025-02-04T09:00"),
        ("March 4, 2025, 6:15 p.m. GMT", "2025-03-04T18:15+00:00"),
        ("12:05 AM EST, Tue March 4, 2025", "2025-03-04T00:05-05:00"),
        ("5th of March 2025", "2025-03-05"),
        ("05.02.2025, 09:20", "2025-02-05T09:20"),
        ("25/02/2025", "2025-02-25"),
        ("02/25/2025", "2025-02-25"),
        ("mardi 4 février 2025, 9 h 20 (GMT+1)", "2025-02-04T09:20+01:00"),
    ],
)
def test_dates_at_the_precision_that_is_stated(text: str, value: str) -> None:
    assert stated(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "2024", "© 2024", "mars 2025", "12 mars", "30 février 2025", "05/02/2025", "hier", "25:61", "lundi"],
)
def test_what_is_no_full_date(text: str) -> None:
    assert stated(text) is None


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00", "1970-01-01T00:00:00Z", "2025-13-45", "20 juın 2025", "1" * 999]
)
def test_what_only_has_the_form_of_a_date(text: str) -> None:
    assert stated(text) is None


def test_the_language_settles_the_order_of_numbers() -> None:
    assert stated("05/02/2025", "fr") == "2025-02-05"
    assert stated("05/02/2025", "en") is None
    assert stated("05/05/2025", "en") == "2025-05-05"


@pytest.mark.parametrize("text", ["2025", "2025-02", "2025-02-04", "2025-02-04T09:20Z", "20250204", "2025-W06-2"])
def test_iso(text: str) -> None:
    assert is_iso(text)


@pytest.mark.parametrize("text", ["", "hier", "2025-13", "2025-02-30", "04/02/2025", " 2025"])
def test_not_iso(text: str) -> None:
    assert not is_iso(text)


@pytest.mark.parametrize(
    ("line", "authors", "published"),
    [
        ("Par: Odile Ferrand | 14.01.2025, 07:45", ["Odile Ferrand"], "2025-01-14T07:45"),
        ("Par Odile Ferrand, le 14 janvier 2025 à 9h20", ["Odile Ferrand"], "2025-01-14T09:20"),
        ("PAR ODILE FERRAND", ["ODILE FERRAND"], None),
        ("Par Odile Ferrand et Ursula von der Tann", ["Odile Ferrand", "Ursula von der Tann"], None),
        ("Par Hugo Marsan avec l’Agence Littorale", ["Hugo Marsan"], None),
        ("Par Hugo Marsan, envoyé spécial à Port-Cassel, le 3 mars 2025", ["Hugo Marsan"], "2025-03-03"),
        ("Propos recueillis par Anne-Sophie L'Hermine", ["Anne-Sophie L'Hermine"], None),
        ("Publié le 5 novembre 2024 à 9h20, mis à jour le 6 novembre 2024 à 10h", [], "2024-11-05T09:20"),
        ("Mis à jour le 6 novembre 2024, publié le 5 novembre 2024", [], "2024-11-05"),
        ("Publié par Odile Ferrand le 5 mars 2024", ["Odile Ferrand"], "2024-03-05"),
        ("By Martha Quill, November 5, 2024", ["Martha Quill"], "2024-11-05"),
        ("By Martha Quill and Owen Tarrant in Brennick", ["Martha Quill", "Owen Tarrant"], None),
        ("Written by Martha Quill • 5 March 2024 • 3 min read", ["Martha Quill"], "2024-03-05"),
        ("Published: Nov 5, 2024 | Updated: Nov 6, 2024", [], "2024-11-05"),
        ("5 novembre 2024", [], "2024-11-05"),
        ("Valbourg, le 5 novembre 2024", [], "2024-11-05"),
    ],
)
def test_bylines(line: str, authors: list[str], published: str | None) -> None:
    assert byline.parse(line) == byline.Byline(tuple(authors), published)


@pytest.mark.parametrize(
    "line",
    [
        "Par ailleurs, le ministre a reçu les syndicats",
        "Par Jean, nous savons que la rivière monte",
        "By Monday",
        "By March 2025, the council had spent it all.",
        "Publié le 5 novembre 2024, le rapport révèle que la ville a perdu dix mille habitants.",
        "Le 5 novembre 2024, la ville",
        "On November 5, 2024, the council voted.",
        "Mis à jour le 6 novembre 2024",
        "par Odile Ferrand",
        "De Gaulle",
        "",
        "Par " + "A" * 500,
    ],
)
def test_what_is_no_byline(line: str) -> None:
    assert byline.parse(line) is None


def test_a_date_that_can_be_read_in_two_ways_is_told() -> None:
    assert byline.parse("By Martha Quill | 11/05/2024") == byline.Byline(("Martha Quill",), None, ambiguous=True)
    assert byline.parse("Par Odile Ferrand | 11/05/2024") == byline.Byline(("Odile Ferrand",), "2024-05-11")


@pytest.mark.parametrize(
    ("text", "place", "published"),
    [
        ("JAKARTA - Le ministre", "JAKARTA", None),
        ("PARIS (AFP) - Le ministre", "PARIS", None),
        ("Paris (AFP) – Le ministre", "Paris", None),
        ("VALBOURG (Agence Littorale) — La crue", "VALBOURG", None),
        ("LONDON, Nov 5 (Reuters) - The", "LONDON", None),
        ("LONDON, Nov 5, 2024 (Reuters) - The", "LONDON", "2024-11-05"),
        ("KYIV, Ukraine (AP) — Rescuers", "KYIV", None),
        ("NEW YORK — The", "NEW YORK", None),
        ("PORT-CASSEL ― La", "PORT-CASSEL", None),
        ("LA HAYE - Le", "LA HAYE", None),
        ("ST. LOUIS (AP) -- A", "ST. LOUIS", None),
        ("22 mai 2012. - Prévu", None, "2012-05-22"),
    ],
)
def test_datelines(text: str, place: str | None, published: str | None) -> None:
    found = dateline.parse(text)
    assert found is not None
    assert (found.place, found.published) == (place, published)
    assert not text[found.span.end :].startswith(("-", " ", "–", "—"))


@pytest.mark.parametrize(
    "text",
    [
        "EXCLUSIF - Le",
        "EN DIRECT - La",
        "Paris - Le",
        "OTAN : Le",
        "Marc Vial (LR) a dit",
        "A - B",
        "",
        "BREAKING - ",
        "SHARKS BEAT OTTERS, 20 - 13, REACH",
    ],
)
def test_what_is_no_dateline(text: str) -> None:
    assert dateline.parse(text) is None


BODY = "PORT-CASSEL - La maire a promis mardi que le phare serait rebâti. Elle l’a dit sur le quai."


@pytest.mark.parametrize("between", ["\n\n", "\n", "", "\n \n\n"])
def test_a_title_before_a_dateline(between: str) -> None:
    first = "La maire promet un nouveau phare avant l’été"
    found, body = title.split(first + between + BODY)
    assert (found, (first + between + BODY)[body:]) == (first, BODY)


def test_a_title_glued_with_a_blank_needs_a_place_or_an_agency() -> None:
    first = "La maire promet un nouveau phare avant l’été"
    assert title.split(f"{first} {BODY} À Port-Cassel, on attend.")[0] == first
    assert title.split(f"{first} PORT-CASSEL (Agence Littorale) - La maire l’a dit.")[0] == first
    assert title.split(f"{first} selon le patron de la SNCF - Le train passera par là, a-t-il dit.") == ("", 0)
    assert title.split(f"Selon le sénateur UDI - Il est seul - rien ne presse. {BODY}") == ("", 0)


@pytest.mark.parametrize("between", ["\n\n", "\n", ""])
def test_a_title_before_a_byline(between: str) -> None:
    first = "Le phare de Port-Cassel sera rebâti"
    text = f"{first}{between}Par: Odile Ferrand | 14.01.2025, 07:45\n\n{BODY}"
    assert title.split(text)[0] == first


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Un seul paragraphe sans rien d’autre",
        "La maire a promis un phare.\n\nElle l’a dit mardi sur le quai devant les habitants.",
        "La réunion de l’OTAN - Le point sur une journée\nde débats sans fin ni résultat.",
        "The harbour office said on Friday that two ferries had\ntouched in the fog without anyone being hurt.",
        BODY + "\n\nLe chantier avait été arrêté.",
        "Par: Odile Ferrand | 14.01.2025, 07:45\n\n" + BODY,
        "x" * 300 + "\n\n" + BODY,
    ],
)
def test_what_has_no_title(text: str) -> None:
    assert title.split(text) == ("", 0)


def test_a_stated_title_is_not_repeated_in_the_text() -> None:
    stated_title = "Le phare sera rebâti : « enfin » !"
    for first in (stated_title, "LE PHARE SERA REBÂTI : «\u00a0ENFIN\u00a0»!"):
        assert title.repeated(f"{first}\n\n{BODY}", stated_title) == len(first) + 2
    assert title.repeated(f"{stated_title}{BODY}", stated_title) == len(stated_title)
    assert title.repeated(BODY, stated_title) == 0
    assert title.repeated(stated_title, stated_title) == 0
    assert title.repeated("Le phare sera rebâti, a dit la maire.", "Le phare sera rebâti") == 0


@pytest.mark.parametrize(
    "unit", ["Par ", "A", "9:20 ", "5 nov ", "PARIS, ", "lundi ", "\n", " ", "aA", "1/", "«", "- "]
)
def test_a_megabyte_of_anything_is_quick(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    start = time.process_time()
    title.split(text)
    title.repeated(text, "Le phare sera rebâti")
    byline.parse(text)
    dateline.parse(text)
    assert time.process_time() - start < 2


def test_the_data_of_each_language_is_whole() -> None:
    assert [head.name for head in heads()] == ["en", "fr"]
    for head in heads():
        assert set(head.months.values()) == set(range(1, 13))
        words = [*head.months, *head.weekdays, *head.authors, *head.published, *head.updated, *head.not_places]
        assert all(word == word.lower().strip() for word in words)
        assert len(head.authors) == len(set(head.authors))
