"""Notes: what one article says against the others of its story, or against the calendar."""

from __future__ import annotations

from recoupe.model import Note, Passage, Reading, Reuse, Story, Time
from recoupe.text import Span
from tests.compare import steps
from tests.compare.press import find, reading


def collected(*readings: Reading, reuse: tuple[Reuse, ...] = ()) -> tuple[Note, ...]:
    return steps.notes(readings, [Story("s", tuple(sorted(r.id for r in readings)))], reuse)


def test_an_honorific_against_the_other_reports() -> None:
    found = collected(
        reading("a", "Mme Marivaux attend un rapport."),
        reading("b", "La colère de Mme Marivaux."),
        reading("c", "M. Marivaux attend toujours."),
    )
    assert [(n.article, n.kind, n.span) for n in found] == [("c", "honorific", Span(0, 11))]


def test_two_reports_that_disagree_are_both_shown() -> None:
    found = collected(reading("a", "C’est la préfète, Anne Valmont."), reading("b", "C’est le préfet, Anne Valmont."))
    assert [n.article for n in found] == ["a", "b"]


def test_reports_that_agree_and_other_people_of_the_name_elsewhere_give_no_note() -> None:
    assert collected(reading("a", "Mme Marivaux parle."), reading("b", "Mme Marivaux se tait.")) == ()
    apart = [reading("a", "Mme Marivaux parle."), reading("b", "M. Marivaux parle.")]
    assert steps.notes(apart, [Story("s", ("a",)), Story("t", ("b",))], ()) == ()


def test_a_name_in_another_spelling_than_the_others() -> None:
    found = collected(
        reading("a", "Avec Odette Marivaux."),
        reading("b", "Selon Odette Marivaux."),
        reading("c", "Pour Odette Marivaud."),
    )
    assert [(n.article, n.kind) for n in found] == [("c", "spelling")]
    assert found[0].reason == "otherwise in: Odette Marivaux (a, b)"


def test_other_people_of_one_first_name_are_no_spelling() -> None:
    found = collected(
        reading("a", "Avec Odette Marivaux."), reading("b", "Et Odette Marivaux."), reading("c", "Odette Teillol.")
    )
    assert found == ()


def test_yesterday_cannot_come_after_the_article() -> None:
    text = "Le pont est tombé hier soir."
    dated = reading("a", text, published="2025-03-04")
    future = Reading(dated.article, times=(Time(find(text, "hier soir"), "2025-03-05"),))
    past = Reading(dated.article, times=(Time(find(text, "hier soir"), "2025-03-03"),))
    assert [(n.kind, n.span) for n in collected(future)] == [("date", find(text, "hier soir"))]
    assert collected(past) == ()


def test_a_copy_dated_before_the_source_it_credits() -> None:
    source = reading("a", "Le pont est tombé.", published="2025-03-04")
    copy = reading("b", "Le pont est tombé.", published="2025-03-01")
    whole = (Passage(Span(0, 18), Span(0, 18)),)
    found = collected(source, copy, reuse=(Reuse("a", "b", whole, 1.0, True, "credits the source: Le Phare"),))
    assert [(n.article, n.kind, n.reason) for n in found] == [
        ("b", "date", "dated before its source: 2025-03-01 before 2025-03-04 (a)")
    ]


def test_an_office_that_the_other_reports_give_to_another_person() -> None:
    found = collected(
        reading("a", "La maire de Luze, Odette Marivaux, attend.", outlet="Le Lien"),
        reading("b", "« Non », dit la maire de Luze, Odette Marivaux."),
        reading("c", "La maire de Luze, Fulbert Anselme, attend toujours."),
    )
    assert [(n.article, n.kind, n.reason) for n in found] == [
        ("c", "role", "otherwise in: Odette Marivaux (Le Lien, b)")
    ]


def test_offices_that_two_people_can_hold_are_no_note() -> None:
    for one, other in (
        ("La maire de Luze, Odette Marivaux", "L’ancien maire de Luze, Fulbert Anselme"),
        ("La maire de Luze, Odette Marivaux", "Le maire de Pontarbre, Fulbert Anselme"),
        ("La maire de Luze, Odette Marivaux", "La maire de Luze, O. Marivaux"),
        ("The mayor of Luze, Odette Marivaux", "The deputy mayor of Luze, Fulbert Anselme"),
        ("La conseillère de Luze, Odette Marivaux", "Le conseiller de Luze, Fulbert Anselme"),
    ):
        assert collected(reading("a", f"{one}, attend."), reading("b", f"{other}, attend.")) == ()


def test_a_note_names_articles_as_a_person_would() -> None:
    from dataclasses import replace

    one = reading("a-1", "Avec Odette Marivaux.")
    filed = Reading(replace(one.article, places=("press/cahier.html",)))
    found = collected(
        filed, reading("a-2", "Selon Odette Marivaux.", outlet="Le Lien"), reading("a-3", "Odette Marivaud.")
    )
    assert [n.reason for n in found] == ["otherwise in: Odette Marivaux (Le Lien, cahier.html)"]
