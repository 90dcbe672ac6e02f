"""Quotation marks: pairs of all styles, and what must hold for any text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.read.quotes import Quote, QuoteIndex, pair_marks
from recoupe.text import Span


def inner(text: str, lang: str = "fr") -> list[str]:
    return [q.inner.of(text) for q in pair_marks(text, lang)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il dit « oui ».", ["oui"]),
        ("Il dit “oui”.", ["oui"]),
        ("Il dit „oui“.", ["oui"]),
        ('Il dit "oui".', ["oui"]),
        ("Il dit ''oui''.", ["oui"]),
        ("Il dit ``oui''.", ["oui"]),
        ("Il dit ‹oui›.", ["oui"]),
        ("Il dit ‘oui’.", ["oui"]),
        ("Il dit 'oui'.", ["oui"]),
        ('“Oui," dit-il.', ["Oui,"]),  # a curly mark closed by a straight one
        ('Il dit " oui " ici.', ["oui"]),  # spaced on both sides
        ("« Il a dit “non” hier », dit-il.", ["Il a dit “non” hier", "non"]),
        ("l'an qu'il n'a pas dit aujourd'hui", []),
        ("l’an qu’il n’a pas dit aujourd’hui", []),
        ("Une planche de 6\" et de 5' de long.", []),
        ("Il a dit « oui", ["oui"]),  # unclosed: to the paragraph's end
        ("Il a dit » oui.", []),
        ("« A »\n« B »", ["A", "B"]),
        ("«»", []),
        ("— Il a gelé, répond le maire.", ["Il a gelé, répond le maire."]),
    ],
)
def test_pairs(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the workers' pay and the miners' pay", []),
        ("'The workers' pay is low,' she said.", ["The workers' pay is low,"]),
        ("rock 'n' roll in the '90s", []),
        ("‘They’re older than the hall,’ she said.", ["They’re older than the hall,"]),
        ("“He said ‘no’ to me,” she said.", ["He said ‘no’ to me,", "no"]),
    ],
)
def test_english_apostrophes(text: str, expected: list[str]) -> None:
    assert inner(text, "en") == expected


def test_a_mark_reopened_at_each_paragraph_goes_on() -> None:
    first, second, third = pair_marks("« Un.\n\n« Deux.\n\n« Trois. »", "fr")
    assert (first.continues, second.continues, third.continues) == (None, 0, 1)
    assert [q.closed for q in (first, second, third)] == [False, False, True]


def test_a_closed_quotation_does_not_go_on() -> None:
    assert [q.continues for q in pair_marks("« Un. »\n\n« Deux. »", "fr")] == [None, None]


def test_kinds() -> None:
    quotes = pair_marks("Le film « Les Jours Gris », la « crise », « Il faut que tout change. »", "fr")
    assert [q.kind for q in quotes] == ["title", "words", "speech"]


def test_depth_is_bounded() -> None:
    assert max(q.depth for q in pair_marks("« “ " * 50 + "a" + " ” »" * 50, "fr")) < 4


def test_index_finds_what_a_span_holds() -> None:
    text = "A « b » c « d “e” f » g"
    index = QuoteIndex(pair_marks(text, "fr"))
    assert [q.inner.of(text) for q in index.within(Span(0, len(text)))] == ["b", "d “e” f"]
    held = index.holding(Span(text.index("e"), text.index("e") + 1))
    assert held is not None
    assert held.inner.of(text) == "d “e” f"


MARKS = st.text(alphabet="«»“”„‟\"'‘’‹›` \n.,:;—abcÉ5s\u00a0\ud800", max_size=120)


@given(MARKS, st.sampled_from(["fr", "en"]))
def test_any_text_is_paired(text: str, lang: str) -> None:
    quotes = pair_marks(text, lang)
    for q in quotes:
        assert 0 <= q.outer.start <= q.inner.start < q.inner.end <= q.outer.end <= len(text)
        assert "\n" not in q.outer.of(text)
    _assert_nested(quotes)


def _assert_nested(quotes: tuple[Quote, ...]) -> None:
    """Quotations are in order of their starts, and two of them either hold one another or are apart."""
    assert [q.outer.start for q in quotes] == sorted(q.outer.start for q in quotes)
    for n, q in enumerate(quotes):
        for other in quotes[n + 1 :]:
            assert q.outer.holds(other.outer) or not q.outer.overlaps(other.outer)
        if q.continues is not None:
            assert q.continues < n
            assert not quotes[q.continues].closed


@pytest.mark.parametrize("mark", ['"', "«", "'", "“", "« a » ", "“'", "\n« "])
def test_a_hundred_thousand_marks(mark: str) -> None:
    start = time.process_time()
    pair_marks(mark * (100_000 // len(mark)), "fr")
    assert time.process_time() - start < 3
