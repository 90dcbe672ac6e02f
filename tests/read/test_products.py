"""A sentence is parsed alike alone and among others, to the last bit, and as the model would parse it."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from thinc.api import NumpyOps

from recoupe.read import parse
from recoupe.read.products import SentenceOps
from recoupe.read.tables import table
from tests.samples import load


def sentences(lang: str) -> list[str]:
    return [line for row in load.reading(lang)[:8] for line in row["text"].split(". ")] + ["", " ", "x"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_sentence_is_parsed_alike_alone_and_among_others(lang: str) -> None:
    parser, texts = parse.load(lang), sentences(lang)
    alone = [next(iter(parser.parse([text]))) for text in texts]
    order = list(range(len(texts)))
    Random(1).shuffle(order)
    for n, doc in zip(order, parser.parse([texts[n] for n in order]), strict=True):
        assert np.array_equal(doc.tensor, alone[n].tensor)
        assert [(t.pos_, t.dep_, t.head.i) for t in doc] == [(t.pos_, t.dep_, t.head.i) for t in alone[n]]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_vectors_are_those_of_the_model(lang: str) -> None:
    nlp = spacy.load(str(table(lang, "language")["model"]), exclude=["ner", "lemmatizer", "senter"])
    for text, doc in zip(sentences(lang), parse.load(lang).parse(sentences(lang)), strict=True):
        assert np.allclose(doc.tensor, nlp(text).tensor, atol=1e-4)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=8), st.integers(0, 4))
def test_products_are_those_of_each_sentence(lengths: list[int], pad: int) -> None:
    rng = np.random.default_rng(0)
    y = rng.standard_normal((24, 16)).astype(np.float32)
    rows = [rows for n in lengths for rows in (pad, n)] + [pad]
    pieces = [rng.standard_normal((n, 16)).astype(np.float32) for n in rows]
    x = np.concatenate(pieces)
    ops = SentenceOps(pad)
    ops.hold(lengths)
    found = ops.gemm(x, y, trans2=True)
    assert np.allclose(found, NumpyOps().gemm(x, y, trans2=True), atol=1e-4)
    start = 0
    for piece in pieces:
        assert np.array_equal(found[start : start + len(piece)], np.dot(piece, y.T))
        start += len(piece)


@pytest.mark.parametrize("form", ["celle-ci", "Celle-ci", "CELLE-CI", "Celle-Ci"])
def test_words_with_a_hyphen_stay_whole(form: str) -> None:
    assert [token.text for token in next(parse.load("fr").parse([f"{form} dort."]))] == [form, "dort", "."]
