"""Paragraphs and sentences, with quotations masked."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.read.quotes import pair_marks
from recoupe.read.sentences import paragraphs, quoted_sentences, sentences


def cut(text: str, lang: str = "fr") -> list[str]:
    return [s.of(text) for s in sentences(text, lang, pair_marks(text, lang))]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "Il pleut. Elle sort.", ["Il pleut.", "Elle sort."]),
        ("fr", "M. Roux et Mme. Vidal sont là. Fin.", ["M. Roux et Mme. Vidal sont là.", "Fin."]),
        ("fr", "« A. B. », dit-il. Fin.", ["« A. B. », dit-il.", "Fin."]),
        ("fr", "Il a dit « non. » Elle est partie.", ["Il a dit « non. »", "Elle est partie."]),
        ("fr", "Un prix de 3.50 euros. Voilà.", ["Un prix de 3.50 euros.", "Voilà."]),
        ("fr", "J. R. Dupont est là.", ["J. R. Dupont est là."]),
        ("fr", "Une ligne\nUne autre", ["Une ligne", "Une autre"]),
        ("en", "Sen. Lee of the U.S. Senate spoke. He left.", ["Sen. Lee of the U.S. Senate spoke.", "He left."]),
        ("en", "It ended at 8 p.m. “Enough,” she said.", ["It ended at 8 p.m.", "“Enough,” she said."]),
        ("en", "It ended at 8 p.m. The room was empty.", ["It ended at 8 p.m.", "The room was empty."]),
        ("en", "“Why?” Lee asked. Nobody knew.", ["“Why?” Lee asked.", "Nobody knew."]),
        ("en", "“No.” Lee sat down.", ["“No.”", "Lee sat down."]),
    ],
)
def test_cuts(lang: str, text: str, expected: list[str]) -> None:
    assert cut(text, lang) == expected


def test_quoted_sentences_lie_within_the_marks() -> None:
    text = "Elle dit : « Il pleut fort. Il faut donc partir. »"
    found = quoted_sentences(text, "fr", pair_marks(text, "fr"))
    assert [s.of(text) for s in found] == ["Il pleut fort.", "Il faut donc partir."]


def test_lines_wrapped_at_a_fixed_width_are_one_paragraph() -> None:
    line = "the council met again on the question of the bridge and of its\n"
    text = line * 5 + "cost.\n\nNobody spoke.\n"
    assert len(paragraphs(text)) == 2


def test_short_lines_are_paragraphs() -> None:
    assert len(paragraphs("Un titre\nUne phrase ici.\nune autre\nencore une\nfin")) == 5


@given(st.text(alphabet="ab.!?…«»\"' \nÉM\u00a0—", max_size=150), st.sampled_from(["fr", "en"]))
def test_sentences_are_apart_and_leave_no_word_out(text: str, lang: str) -> None:
    found = sentences(text, lang, pair_marks(text, lang))
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert [c for s in found for c in s.of(text) if not c.isspace()] == [c for c in text if not c.isspace()]
