"""The remembered rules assign what the model's own ruler assigns, token by token."""

from __future__ import annotations

import pytest
import spacy
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from recoupe.read.parse import load
from recoupe.read.ruler import Ruler
from recoupe.read.tables import table

TEXTS = {
    "en": (
        "There's no reason to think that the ferry had been sold, nor did anyone at the port say so, she said.",
        "Having been told, they'd have done it themselves; it is what it is, but what does that mean?",
        "I do not know whether, once there, you can or will be let in  \n  though nobody's ever asked them to.",
        "« Ça va », dit-il. 50 % of $3.5 m – a #1 hit!",
    ),
    "fr": (
        "Le préfet a dit qu'il n'y aurait pas de fermeture ; on l'a su hier, selon la mairie.",
        "\n  12 % des élus l'ignoraient-ils ?  « Non », a-t-elle répondu \t à l'AFP.",
    ),
}


@pytest.mark.parametrize("lang", sorted(TEXTS))
def test_assigns_what_the_model_assigns(lang: str) -> None:
    whole = spacy.load(str(table(lang, "language")["model"]), exclude=["ner", "lemmatizer", "senter"])
    for _ in range(2):  # asked, then remembered
        for expected, found in zip(whole.pipe(TEXTS[lang]), load(lang).parse(TEXTS[lang]), strict=True):
            assert [(t.text, t.pos_, str(t.morph), t.dep_ * (not t.is_space), t.head.i) for t in found] == [
                (t.text, t.pos_, str(t.morph), t.dep_ * (not t.is_space), t.head.i) for t in expected
            ]


def test_later_rules_hold_against_earlier_ones_of_more_tokens() -> None:
    vocab = spacy.blank("en").vocab
    ruler = AttributeRuler(vocab)
    ruler.add([[{"LOWER": "sea"}]], {"POS": "NOUN"})
    ruler.add([[{"LOWER": "the"}, {"LOWER": "sea"}]], {"POS": "PROPN"}, index=1)
    ruler.add([[{"LOWER": "sea"}]], {"POS": "VERB"})
    assert [t.pos_ for t in Ruler(ruler, vocab)(Doc(vocab, words=["the", "sea"]))] == ["", "VERB"]


def test_rules_that_see_what_others_assign_are_left_to_the_model() -> None:
    vocab = spacy.blank("en").vocab
    ruler = AttributeRuler(vocab)
    ruler.add([[{"LOWER": "sea"}]], {"POS": "NOUN"})
    ruler.add([[{"POS": "NOUN"}, {"LOWER": "sea"}]], {"POS": "X"}, index=1)
    words = ["sea", "sea"]
    expected = [t.pos_ for t in ruler(Doc(vocab, words=words))]
    assert [t.pos_ for t in Ruler(ruler, vocab)(Doc(vocab, words=words))] == expected


def test_a_document_without_words_stays_empty() -> None:
    vocab = spacy.blank("en").vocab
    assert len(Ruler(AttributeRuler(vocab), vocab)(Doc(vocab))) == 0
