"""Remembered words have the vectors that the model computes, whatever else they are computed with."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language

from recoupe.read.embedding import Words, remember
from recoupe.read.tables import table

TEXTS = {
    "en": (
        "They can't say,  she said.",
        "“Cannot”? She can't say.\n\tThey won't, either",
        "",
        "x",
        "can't say, say,say",
    ),
    "fr": (
        "Elle n'a pas dit qu'il\n\nviendrait.",
        "Qu'a-t-elle dit ? Elle n' a rien dit",
        "",
        "Zblorf",
        "dit,dit , dit",
    ),
}


def whole(lang: str) -> Language:
    return spacy.load(str(table(lang, "language")["model"]), exclude=["ner", "lemmatizer", "senter"])


@pytest.mark.parametrize("lang", sorted(TEXTS))
@pytest.mark.parametrize("capacity", [3, 1000])
def test_words_have_the_vectors_of_the_model(lang: str, capacity: int) -> None:
    nlp = whole(lang)
    tok2vec: Any = nlp.get_pipe("tok2vec")
    embed = tok2vec.model.layers[0]
    words = Words(embed, nlp.vocab, capacity)
    for texts in (TEXTS[lang][:2], TEXTS[lang], TEXTS[lang][::-1]):
        docs = [nlp.make_doc(text) for text in texts]
        for found, expected in zip(words.of(docs), embed.predict(docs), strict=True):
            assert np.array_equal(found, expected)


@pytest.mark.parametrize("lang", sorted(TEXTS))
def test_the_pipeline_remembers(lang: str) -> None:
    nlp = whole(lang)
    remember(nlp)
    tok2vec: Any = nlp.get_pipe("tok2vec")
    assert tok2vec.model.layers[0].name == "remembered_words"


def test_other_pipelines_stay_as_they_are() -> None:
    nlp = spacy.blank("en")
    remember(nlp)
    assert nlp.pipe_names == []
