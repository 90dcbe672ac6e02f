"""The way to a decision as a person reads it: golden files, names, and words for every label."""

from __future__ import annotations

import io
import re
from functools import cache

import pytest
from rich.console import Console

import recoupe
from recoupe.compare.lexicon import table
from recoupe.contract import reading_from_json
from recoupe.messages import Ui, catalogue
from recoupe.model import Dossier, Evidence, Explanation, Measured, Step
from recoupe.report import explained
from recoupe.report.view import build
from recoupe.text import Span
from tests.report.hostile import hostile
from tests.report.story import AGENCY, EVENING, at, followed
from tests.report.test_text_renderers import golden
from tests.samples import load

TWELVE = Evidence("meridienne", (at(AGENCY, "Douze personnes"),))
NINETEEN = Evidence("soir", (at(EVENING, "19 blessés"),))
FIGURE = Explanation(
    "fi-hurt",
    "figure",
    "conflict",
    "sources differ",
    0.8,
    (
        Step("question", "value: 12", (TWELVE,), details=("counted: personne",), words=("blessées", "passerelle")),
        Step("question", "value: 19", (NINETEEN,), details=("according to: syndicat des pompiers",)),
        Step(
            "joined",
            "same number, like words",
            (NINETEEN, TWELVE),
            (Measured("CONTEXT[0]", 0.35, 0.5), Measured("SAME_QUESTION", 0.45, 0.4)),
            0.75,
        ),
    ),
)
ORIGINS = Explanation(
    "o-fi-hurt",
    "origins",
    "2-3: x",
    "named as the source: x",
    None,
    (Step("origin", "no source named", (TWELVE, TWELVE)),),
)
STORY = Explanation(
    "st-valbrune",
    "story",
    "Valbrune",
    "",
    None,
    (
        Step("term", "shared terms", (Evidence("soir"), Evidence("meridienne")), words=("Valbrune",)),
        Step("term", "thread: t-0123", (Evidence("conseil"),)),
        Step("joined", "likeness", (Evidence("soir"), Evidence("echo")), score=0.5),
    ),
)


def _shown(told: Explanation, ui: Ui, dossier: Dossier, width: int = 80) -> str:
    out = io.StringIO()
    readings = {reading.id: reading for reading in dossier.readings}
    explained.render(told, build(dossier, ui), readings, Console(file=out, width=width))
    return out.getvalue()


@pytest.mark.parametrize("ui", ["fr", "en"])
def test_an_explanation_golden(ui: Ui) -> None:
    dossier = followed()
    copy = dossier.comparison.reuse[0]
    passage = Evidence("meridienne", (copy.passages[0].source,)), Evidence("echo", (copy.passages[0].copy,))
    steps = (Step("passage", "passage", passage, details=("wording: ∅ → piétonne",)),)
    told = (FIGURE, ORIGINS, STORY, Explanation(copy.id, "reuse", "x, y", copy.reason, 1.0, steps))
    golden(f"explained.{ui}.txt", "\n".join(_shown(each, ui, dossier) for each in told))


def test_what_a_dossier_calls_a_decision_names_it() -> None:
    names = explained.names(build(followed(), "en"))
    ids = {"F1": "fi-hurt", "S1": "ut-signal", "Story 1": "st-valbrune"}
    assert {name: names[name] for name in ids} == ids
    assert names["C1"].startswith("r-")
    assert names["N1"].startswith("n-")
    assert names["S3"] == ""  # what one article alone reports was not decided
    assert explained.names(build(followed(), "fr"))["Sujet 3"] == "st-conseil"


@pytest.mark.parametrize("width", [40, 80])
def test_hostile_words_are_shown_as_words(width: int) -> None:
    dossier = hostile(300)
    article = dossier.readings[0]
    evidence = Evidence(article.id, (Span(0, len(article.text)),))
    told = Explanation("x-1", "figure", "\x1b[31m[bold]", "\x07", None, (Step("origin", "\x1b]0;", (evidence,)),))
    shown = _shown(told, "en", dossier, width)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown)
    assert max(map(len, shown.splitlines())) <= width


@cache
def _samples() -> Dossier:
    return recoupe.compare(reading_from_json(record) for record in load.story_articles())


_EVERY = 4  # decisions of which one is explained: each takes its story's steps again


@cache
def _labels() -> set[tuple[str, str]]:
    """The labels of all steps of the samples' decisions, with their data."""
    found = _samples().comparison
    ids = [story.id for story in found.stories] + [said.id for said in found.utterances]
    ids += [figure.id for figure in found.figures] + [copy.id for copy in found.reuse] + [o.id for o in found.origins]
    steps = [step for id_ in ids[::_EVERY] for step in recoupe.explain(id_, _samples()).steps]
    parted = (label.partition(": ") for step in steps for label in (step.label, *step.details))
    return {(head, data) for head, _, data in parted}


@pytest.mark.parametrize("ui", ["fr", "en"])
def test_every_label_of_a_step_has_words(ui: Ui) -> None:
    words = catalogue("recoupe.report", ui)
    labels = {head for head, _ in _labels()} - {"passage"}
    assert {
        each for each in labels if not any(f"{room}.{each}" in words for room in ("label", "change", "reason"))
    } == set()
    ours = {data for head, data in _labels() if head in ("same", "open", "different", "measure", "status")}
    ours |= table("measures").keys()
    assert {each for each in ours if f"given.{each}" not in words} == set()
    assert len(ours) > 10
