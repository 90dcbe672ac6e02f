"""Drift: each class, each kind of alteration, and what must not be taken for one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from recoupe.compare.drift import Context, occurrence, order
from recoupe.compare.meaning import Meaning
from recoupe.compare.names import Speakers
from recoupe.compare.statements import Statement, statement
from recoupe.model import Article, Attribution, AttributionType, ChangeKind, Occurrence, Reading
from recoupe.text import Span


def _report(
    content: str, *, lang: str = "fr", speaker: str = "Anne Valmont", kind: AttributionType = "direct", day: int = 1
) -> Reading:
    text = f"{speaker} : {content}"
    start = len(text) - len(content)
    attribution = Attribution(kind, (Span(start, len(text)),), Span(0, len(speaker)), None, speaker)
    return Reading(Article(f"{lang}{day}", text, lang=lang, published=f"2025-05-{day:02}"), (attribution,))


def _occurrences(readings: Sequence[Reading]) -> tuple[list[Statement], list[Occurrence]]:
    context = Context(Speakers(readings, Meaning()), Meaning())
    ordered = order([statement(reading, (0,)) for reading in readings], context)
    return ordered, [occurrence(item, ordered[0], context) for item in ordered]


def _second(first: Reading, second: Reading) -> tuple[Occurrence, list[tuple[ChangeKind, str, str]]]:
    """The later report as an occurrence of the earlier one, and its changes as words: kind, here, there."""
    ordered, found = _occurrences([first, second])
    assert ordered[0].article == first.id
    told = [(c.kind, c.here.of(second.text), c.there.of(first.text)) for c in found[1].changes]
    return found[1], told


FULL = "Nous fermerons trois écoles en juin, mais aucun élève ne sera oublié"


@pytest.mark.parametrize(
    ("words", "drift"),
    [
        ("nous fermerons trois écoles en juin mais aucun élève ne sera oublié…", "verbatim"),
        ("Nous fermerons trois écoles en juin", "trimmed"),
        ("Nous allons fermer trois écoles au mois de juin, mais aucun élève ne sera oublié", "reworded"),
        ("Nous fermerons treize écoles en juin, mais aucun élève ne sera oublié", "altered"),
        ("Nous ne fermerons pas trois écoles en juin, mais aucun élève ne sera oublié", "altered"),
        ("Nous pourrions fermer trois écoles en juin, mais aucun élève ne sera oublié", "altered"),
        ("Nous ouvrirons trois écoles en juin, mais aucun élève ne sera oublié", "altered"),
    ],
)
def test_each_class_in_one_language(words: str, drift: str) -> None:
    assert _second(_report(FULL), _report(words, day=2))[0].drift == drift


@pytest.mark.parametrize(
    ("words", "drift"),
    [
        ("We will close three schools in June, but no pupil will be forgotten", "translated"),
        ("We will close five schools in June, but no pupil will be forgotten", "altered"),
        ("We will not close three schools in June, but no pupil will be forgotten", "altered"),
    ],
)
def test_each_class_across_languages(words: str, drift: str) -> None:
    assert _second(_report(FULL), _report(words, lang="en", day=2))[0].drift == drift


def test_a_swapped_number_is_shown_alone() -> None:
    _, told = _second(_report(FULL), _report(FULL.replace("trois", "treize"), day=2))
    assert told == [("number", "treize", "trois")]


def test_a_lost_negation_is_shown_where_it_stood() -> None:
    _, told = _second(_report("Le maire ne savait pas tout"), _report("Le maire savait tout", day=2))
    assert [(kind, there) for kind, _, there in told] == [("negation", "ne"), ("negation", "pas")]


def test_only_is_no_negation() -> None:
    first, second = "Nous ne gardons que deux bus pour la ville", "Nous gardons seulement deux bus pour la ville"
    assert _second(_report(first), _report(second, day=2))[0].drift == "reworded"


def test_another_speaker_is_an_alteration() -> None:
    found, told = _second(_report(FULL), _report(FULL, speaker="Jean Brey", day=2))
    assert found.drift == "altered"
    assert told == [("speaker", "Jean Brey", "Anne Valmont")]


def test_another_spelling_is_the_same_speaker() -> None:
    first, second = _report(FULL, speaker="Oleg Zarenski"), _report(FULL, speaker="Oleg Zarensky", day=2)
    assert _second(first, second)[0].drift == "verbatim"


def test_a_supposition_made_a_fact_is_an_alteration() -> None:
    first, second = "La digue serait trop basse pour cette crue", "La digue sera trop basse pour cette crue"
    assert _second(_report(first), _report(second, day=2))[0].drift == "altered"


def test_the_conditional_of_report_is_not() -> None:
    first = _report("une vanne aurait été fermée la veille", kind="indirect")
    second = _report("une vanne avait été fermée la veille", kind="indirect", day=2)
    assert _second(first, second)[0].drift == "reworded"


def test_an_opposite_word_is_an_alteration() -> None:
    first, second = "C'est une hausse modeste des impôts locaux", "C'est une baisse modeste des impôts locaux"
    _, told = _second(_report(first), _report(second, day=2))
    assert told == [("negation", "baisse", "hausse")]


def test_a_hedge_lost_is_an_alteration() -> None:
    first, second = "The plan may save two hundred jobs here", "The plan will save two hundred jobs here"
    _, told = _second(_report(first, lang="en"), _report(second, lang="en", day=2))
    assert told == [("modality", "will", "may")]


def test_must_for_may_is_an_alteration_in_translation() -> None:
    first = _report("Chaque lycée doit présenter un plan avant la fin du mois")
    second = _report("Each school may present a plan before the end of the month", lang="en", day=2)
    assert _second(first, second)[0].drift == "altered"


def test_an_indirect_report_made_direct_is_shown() -> None:
    first = _report("le pont tiendrait jusqu'au matin", kind="indirect")
    _, told = _second(first, _report("le pont tiendrait jusqu'au matin", day=2))
    assert [kind for kind, _, _ in told] == ["type"]


def test_the_language_that_an_article_names_comes_first() -> None:
    english = "Nothing will be decided before the spring"
    text = f"Anne Valmont said in French: “{english}”"
    start = text.index(english)
    told = Reading(
        Article("en9", text, lang="en", published="2025-05-01"),
        (Attribution("direct", (Span(start, start + len(english)),), Span(0, 12), None, "Anne Valmont"),),
    )
    ordered, _ = _occurrences([told, _report("Rien ne sera décidé avant le printemps", day=2)])
    assert [item.lang for item in ordered] == ["fr", "en"]


def test_the_majority_tells_which_report_is_altered() -> None:
    wrong, right = _report(FULL.replace("trois", "treize"), day=1), [_report(FULL, day=2), _report(FULL, day=3)]
    ordered, found = _occurrences([wrong, *right])
    assert ordered[0].article == "fr2"
    assert {o.article: o.drift for o in found} == {"fr1": "altered", "fr2": "verbatim", "fr3": "verbatim"}
