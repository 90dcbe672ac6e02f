"""The cue lexicon: every verb can be inflected, and the forms people write are there."""

from __future__ import annotations

import pytest

from recoupe.read.cues import lexicon
from recoupe.read.tables import table
from recoupe.read.units import grammar

FRAMES = {
    "clause", "quote", "incise", "inf", "inf_other", "np", "np_active", "np_as", "np_number", "np_quote", "person",
    "document", "body", "learn", "reader", "tail", "citing", "from",
}  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "form", "lemma", "kind"),
    [
        ("fr", "annonçait", "annoncer", "finite"),
        ("fr", "rappelle", "rappeler", "finite"),
        ("fr", "répète", "répéter", "finite"),
        ("fr", "exigeant", "exiger", "present"),
        ("fr", "démenti", "démentir", "past"),
        ("fr", "prévient", "prévenir", "finite"),
        ("fr", "répondu", "répondre", "past"),
        ("fr", "dépeignant", "dépeindre", "present"),
        ("en", "told", "tell", "finite"),
        ("en", "denied", "deny", "past"),
        ("en", "admitted", "admit", "finite"),
        ("en", "stresses", "stress", "finite"),
        ("en", "writing", "write", "present"),
        ("en", "offered", "offer", "finite"),
        ("en", "begging", "beg", "present"),
        ("en", "regretted", "regret", "past"),
        ("en", "rebutted", "rebut", "past"),
    ],
)
def test_forms(lang: str, form: str, lemma: str, kind: str) -> None:
    assert any(cue.lemma == lemma and is_ == kind for cue, is_ in lexicon(lang).verbs[form])


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_group_says_what_it_is_for(lang: str) -> None:
    data = table(lang, "cues")
    for group in [*data["verbs"], *data["prepositions"]]:
        assert group["note"]
        assert group["example"]
        assert group["words"]
    assert {frame for group in data["verbs"] for frame in group["frames"]} <= FRAMES


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_both_languages_answer_the_same_questions(lang: str) -> None:
    assert grammar(lang).complementisers


def test_a_sentence_without_a_cue_is_not_parsed() -> None:
    words = lexicon("fr")
    assert not words.may_speak("le pont traverse la rivière.", frozenset({"la"}), quoted=False)
    assert not words.may_speak("la demande baisse.", frozenset({"la"}), quoted=False)
    assert words.may_speak("il demande un pont.", frozenset({"la"}), quoted=False)
    assert words.may_speak("d'après la mairie, c'est fait.", frozenset({"la"}), quoted=False)


@pytest.mark.parametrize(
    ("lang", "sentence", "parsed"),
    [
        ("en", "she spoke softly.", False),
        ("en", "she spoke at length about the bridge.", True),
        ("en", "she went down the road.", False),
        ("en", "she went after the board.", True),
        ("fr", "le chien réjouit les enfants.", False),
        ("fr", "la maire s'en est réjouie.", True),
        ("fr", "la mairie plaide toujours pour le pont.", True),
    ],
)
def test_a_verb_that_reports_with_another_word_needs_it_near(lang: str, sentence: str, parsed: bool) -> None:
    assert lexicon(lang).may_speak(sentence, frozenset(), quoted=False) == parsed


def test_a_word_that_a_cue_wants_near_it() -> None:
    words = lexicon("en")
    assert not words.may_speak("its plan for the harbour is old.", frozenset(), quoted=False)
    assert words.may_speak("they plan to close the harbour.", frozenset(), quoted=False)
    assert not words.may_speak("the crew is on the pier.", frozenset(), quoted=False)
    assert words.may_speak("the crew is afraid that it will rain.", frozenset(), quoted=False)


def test_verbs_that_end_in_another_are_not_inflected_as_it_is() -> None:
    forms = {form for form, entries in lexicon("en").verbs.items() if any(c.lemma == "describe" for c, _ in entries)}
    assert forms == {"describe", "describes", "described", "describing"}
