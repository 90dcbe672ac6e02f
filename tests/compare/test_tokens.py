"""Tokens in arrays: the same as the pattern finds, and one number for one spelling."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recoupe.compare.pile import Vocabulary
from recoupe.compare.tokens import LONGEST, TOKEN, codes, edges, hashes

TEXTS = st.one_of(
    st.text(alphabet="1234567890., \u00a0\u202f\na_é½٣", max_size=60),
    st.text(alphabet=st.characters(codec=None), max_size=60),
)


def spans(text: str) -> list[tuple[int, int]]:
    return list(zip(*(edge.tolist() for edge in edges(text)), strict=True))


@given(TEXTS)
@example("1 200 et 1.200,50 ou 12 34 567 8901 ; 3,50 francs de 1 000 0000")
@example("")
@settings(max_examples=400, deadline=None)
def test_edges_are_those_of_the_pattern(text: str) -> None:
    assert spans(text) == [match.span() for match in TOKEN.finditer(text)]


def test_every_character_is_of_the_kind_that_the_pattern_takes_it_for() -> None:
    text = "\n".join(map(chr, range(0x110000)))
    assert spans(text) == [match.span() for match in TOKEN.finditer(text)]


@pytest.mark.parametrize("text", ["1 234 " * 50_000, "12." * 50_000, "a1" * 50_000, "é" * 300_000, "1,111" * 50_000])
def test_long_texts_of_one_kind(text: str) -> None:
    assert spans(text) == [match.span() for match in TOKEN.finditer(text)]


def test_one_hash_for_one_spelling_wherever_it_stands() -> None:
    chance = random.Random(3)
    words = [
        "".join(chance.choices("abcdéïñЖ中", k=chance.choice((1, 2, 5, LONGEST - 1, LONGEST)))) for _ in range(3000)
    ]
    text = " ".join(chance.choices(words, k=20_000))
    found = edges(text)
    by_word: dict[str, set[int]] = {}
    for word, key in zip(text.split(), hashes(codes(text), found).tolist(), strict=True):
        by_word.setdefault(word, set()).add(key)
    assert all(len(keys) == 1 for keys in by_word.values())
    assert len(set.union(*by_word.values())) == len(by_word)


@given(st.lists(TEXTS, max_size=8))
@settings(deadline=None)
def test_many_texts_have_the_numbers_of_each(texts: list[str]) -> None:
    known = Vocabulary()
    expected = [known.encode(text).tolist() for text in texts]
    found: list[list[int]] = []
    places: list[list[int]] = []
    for part in known.encode_all(texts):
        ends = np.cumsum(part.sizes)
        found += [one.tolist() for one in np.split(part.numbers, ends)[:-1]]
        places += [one.tolist() for one in np.split(part.starts, ends)[:-1]]
    assert found == expected
    assert places == [[match.start() for match in TOKEN.finditer(text)] for text in texts]


def test_many_long_texts_have_the_numbers_of_each() -> None:
    chance = random.Random(5)
    texts = [
        " ".join(f"{'mot' * chance.randrange(1, 40)}{chance.randrange(900)}" for _ in range(size))
        for size in (9, 4000, 0, 30_000, 1, 0)
    ]
    known, other = Vocabulary(), Vocabulary()
    found = np.concatenate([part.numbers for part in known.encode_all(texts)]).tolist()
    assert found == [number for text in texts for number in other.encode(text).tolist()]
