"""Readings -> terminal: what was read in each article, without comparison."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from recoupe.messages import Ui
from recoupe.model import Attribution, Quantity, Reading
from recoupe.report.format import number
from recoupe.report.lines import LONGEST, remarks
from recoupe.report.paper import Paper
from recoupe.report.view.claims import said_flags
from recoupe.report.view.desk import article_ref
from recoupe.report.view.words import line
from recoupe.report.wording import Wording, bracketed


def render(readings: Sequence[Reading], console: Console, ui: Ui) -> None:
    """Print what was read in each article: who says what, the figures, times and credits."""
    paper, words = Paper(console), Wording(ui)
    for count, reading in enumerate(readings, 1):
        article = article_ref(reading, count, ui)
        paper.rule(words.place(article))
        if article.title:
            paper.line((article.title, "bold"))
        remarks(article, paper, words, 0)
        for said in reading.attributions:
            _attribution(said, reading, paper, words)
        layers: tuple[tuple[str, list[str]], ...] = (
            ("layer.quantity", [_quantity(q, reading.text, ui) for q in reading.quantities]),
            ("layer.time", [f"{line(t.span.of(reading.text))} = {line(t.value)}" for t in reading.times]),
            ("layer.credit", [line(credit.name) for credit in reading.credits]),
        )
        for key, found in layers:
            if found:
                paper.line((words.labelled(key, ""), "dim"), " · ".join(found))
        if reading.unread is None and not (reading.attributions or any(found for _, found in layers)):
            paper.line((words.t("nothing.found"), "dim"))


def _attribution(said: Attribution, reading: Reading, paper: Paper, words: Wording) -> None:
    speaker = line(said.speaker) if said.speaker else words.t("said.nobody")
    flags = bracketed(words.t(f"flag.{flag}") for flag in said_flags(said))
    paper.line((speaker, "bold"), f" · {words.t(f'type.{said.type}')}{flags}", indent=2)
    paper.line(line(" […] ".join(span.of(reading.text) for span in said.content), LONGEST), indent=6)


def _quantity(quantity: Quantity, text: str, ui: Ui) -> str:
    unit = f" {line(quantity.unit)}" if quantity.unit else ""
    return f"{line(quantity.span.of(text))} = {number(quantity.value, ui)}{unit}"
