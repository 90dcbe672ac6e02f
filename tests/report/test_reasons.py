"""Reasons: every label that a room writes has words in both languages, and what is data stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recoupe
from recoupe.contract import reading_from_json
from recoupe.messages import Ui, catalogue
from recoupe.model import Article, Comparison, Reading
from recoupe.report.view.desk import article_ref
from recoupe.report.view.reasons import explained, plain
from recoupe.report.view.types import Clue
from recoupe.report.view.words import line
from tests.samples import load

ROOMS = Path(recoupe.__file__).parent
SMALL = {"joint", "before", "after"}  # words between labels and data
REFS = {
    "a-0123456789ab": article_ref(Reading(Article("a-0123456789ab", "x", outlet="Gazette")), 3, "fr"),
    "soir": article_ref(Reading(Article("soir", "x", outlet="Le Soir")), 4, "fr"),
}


def french(reason: str) -> str:
    return plain(explained(reason, "fr", REFS))


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        ("same words", "mêmes mots"),
        ("part of the words; same words", "une partie des mots\u202f; mêmes mots"),
        ("changed: negation, number", "a changé\u202f: négation, nombre"),
        ("named as the source: Marsan; same words", "nommé comme source\u202f: Marsan\u202f; mêmes mots"),
        ("named as the source: Marsan; the mayor", "nommé comme source\u202f: Marsan\u202f; the mayor"),
        ("published earlier: 2031-03-04 before 2031-03-05", "paru plus tôt\u202f: 4 mars 2031 avant 5 mars 2031"),
        ("published earlier: 08:00 before 09:10", "paru plus tôt\u202f: 08:00 avant 09:10"),
        ("copies: 84 % of its words", "reprend\u202f: 84\u202f% de ses mots"),
        ("other language: fr to en", "autre langue\u202f: français → anglais"),
        ("named as the source: note to the city", "nommé comme source\u202f: note to the city"),
        ("language: de", "langue\u202f: allemand"),
        ("language: zz", "langue\u202f: zz"),
        (
            "the source declares the language en, the text is in fr",
            "langue déclarée par la source\u202f: anglais\u202f; langue du texte\u202f: français",
        ),
        ("named as the source: a-0123456789ab", "nommé comme source\u202f: [3] Gazette"),
        ("named as the source: soir", "nommé comme source\u202f: [4] Le Soir"),
        ("named as the source: f-0123456789ab", "nommé comme source\u202f: …"),
        ("a rule nobody has named", "a rule nobody has named"),
        ("", ""),
    ],
)
def test_a_reason_in_french(reason: str, shown: str) -> None:
    assert re.sub("[\u00a0\u202f]", "\u202f", french(reason)) == shown


def test_a_moment_keeps_what_a_machine_reads() -> None:
    shown = explained("later replaces earlier: 12 (Marsan, 2031-03-04T08:00:00+01:00), 14", "en", {})
    assert [clue for clue in shown if clue.kind == "time"] == [
        Clue("4 Mar 2031, 08:00 UTC+1", "time", machine="2031-03-04T08:00:00+01:00")
    ]
    assert plain(shown) == "later replaces earlier: 12 (Marsan, 4 Mar 2031, 08:00 UTC+1), 14"


def test_words_without_a_translation_are_told_apart() -> None:
    assert explained("a rule nobody has named", "fr", {}) == (Clue("a rule nobody has named", "unknown"),)


@given(st.text(max_size=120))
def test_any_text_is_a_reason_and_no_word_of_it_is_lost(text: str) -> None:
    shown = plain(explained(f"named as the source: {text}", "en", {}))
    if line(text) and not re.search(r"\d|; |[a-z]-", text):
        assert "".join(shown.split()) == "".join(f"named as the source: {line(text)}".split())


# --- the labels of the rooms ------------------------------------------------------------------------------------


@cache
def comparison() -> tuple[tuple[Reading, ...], Comparison]:
    readings = tuple(reading_from_json(row) for row in load.story_articles())
    return readings, recoupe.compare(readings).comparison


def reasons(found: Comparison) -> Iterator[str]:
    for utterance in found.utterances:
        yield utterance.reason
        yield from (place.reason for place in utterance.occurrences)
    for lines in (found.figures, found.reuse, found.origins, found.edges):
        yield from (each.reason for each in lines)
    for note in found.notes:
        yield from (note.kind, note.reason)


@pytest.mark.parametrize("ui", ["fr", "en"])
def test_every_label_of_the_samples_has_words(ui: Ui) -> None:
    unknown = {
        clue.text for reason in reasons(comparison()[1]) for clue in explained(reason, ui, {}) if clue.kind == "unknown"
    }
    assert unknown == set()


def test_no_label_is_translated_that_no_room_writes() -> None:
    rooms = [path for room in ("compare", "ingest", "read") for path in (ROOMS / room).rglob("*.py")]
    text = "\n".join(path.read_text("utf-8") for path in rooms)
    labels = [key.removeprefix("reason.") for key in catalogue("recoupe.report", "en") if key.startswith("reason.")]
    written = {label: max(re.split(r"\{\w+\}|: | were removed", label), key=len).strip(" ,") for label in labels}
    assert [label for label, words in written.items() if label not in SMALL and words not in text] == []
