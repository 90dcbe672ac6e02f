"""Explaining: every decision of the samples is explained, and the explanation says what the dossier says."""

from __future__ import annotations

from functools import cache

import pytest

from recoupe.compare import compare, limits, thresholds
from recoupe.compare.explain import explain
from recoupe.contract import reading_from_json
from recoupe.model import Article, Comparison, Evidence, Explanation, Note, Reading
from recoupe.text import Span
from tests.samples import load


@cache
def samples() -> tuple[tuple[Reading, ...], Comparison]:
    readings = tuple(reading_from_json(record) for record in load.story_articles())
    return readings, compare(readings)


def way(name: str) -> Explanation:
    return explain(name, *samples())


def test_every_threshold_that_is_named_is_one() -> None:
    _, found = samples()
    ids = [u.id for u in found.utterances] + [f.id for f in found.figures]
    ids += [s.id for s in found.stories] + [r.id for r in found.reuse]
    measured = [one for name in ids for step in way(name).steps for one in step.measured]
    names = {one.threshold.partition("[")[0] for one in measured}
    assert {name for name in names if not hasattr(limits, name) and not hasattr(thresholds, name)} == set()
    assert len(names) > 5


def test_what_was_joined_passed_and_what_was_kept_apart_did_not() -> None:
    for utterance in samples()[1].utterances:
        steps = way(utterance.id).steps
        assert all(one.passed for step in steps if step.kind == "joined" for one in step.measured)
        assert not any(all(one.passed for one in step.measured) for step in steps if step.kind == "kept apart")


def test_an_utterance_tells_the_drift_of_each_place() -> None:
    for utterance in samples()[1].utterances:
        told = [step for step in way(utterance.id).steps if step.kind == "drift"]
        assert [step.evidence for step in told] == [(Evidence(o.article, o.content),) for o in utterance.occurrences]
        assert [step.label for step in told] == [o.reason for o in utterance.occurrences]


def test_a_figure_tells_the_question_of_each_place() -> None:
    for figure in samples()[1].figures:
        found = way(figure.id)
        asked = [step for step in found.steps if step.kind == "question"]
        assert [s.evidence[0] for s in asked] == [
            Evidence(o.article, (o.span,), o.in_title) for o in figure.occurrences
        ]
        assert found.decision == figure.verdict
        sure = [one.passed for step in found.steps if step.kind == "verdict" for one in step.measured]
        assert sure in ([], [figure.verdict == "conflict"])


def test_origins_tell_what_each_place_rests_on() -> None:
    _, found = samples()
    places = {u.id: len(u.occurrences) for u in found.utterances} | {f.id: len(f.occurrences) for f in found.figures}
    assert {o.claim: len(way(o.id).steps) for o in found.origins} == places


def test_a_story_names_its_terms_and_is_as_alike_as_asked() -> None:
    for story in samples()[1].stories:
        steps = way(story.id).steps
        assert steps[0].words == story.terms
        assert all(one.passed for step in steps for one in step.measured)
        assert len(steps) > 1 or len(story.articles) == 1


def test_a_note_shows_its_words() -> None:
    reading = Reading(Article("a", "M. Vaur a parlé.", lang="fr"))
    note = Note("a", "honorific", Span(0, 7), "otherwise in: Mme Vaur (Le Phare)")
    (step,) = explain(note.id, [reading], Comparison(notes=(note,))).steps
    assert step.evidence == (Evidence("a", (Span(0, 7),)),)


@pytest.mark.parametrize("name", ["", "f-", "f-000000000000", "x-0123456789ab", "nonsense", "u-\udcff"])
def test_what_is_not_there_is_refused(name: str) -> None:
    with pytest.raises(KeyError):
        way(name)
