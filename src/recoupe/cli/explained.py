"""`recoupe explain`: a decision found by its id or by the tag that `check` prints beside it, and shown step by step."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from recoupe.errors import InputError
from recoupe.messages import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from recoupe.messages import Ui
    from recoupe.model import Dossier, Evidence, Explanation, Measured, Reading, Step
    from recoupe.report.view.types import ArticleRef, View

_MOST = 500_000_000  # bytes of a saved dossier
_START = re.compile(rb"\s*\{")
_QUOTE = 200  # characters of evidence that are shown


def saved(inputs: Sequence[str]) -> list[Reading] | None:
    """The readings of a dossier that `check --format json` wrote, where the one input is such a file; else None.

    Raises InputError where it is one and broken.
    """
    from recoupe.contract import DOSSIER_SCHEMA, reading_from_json
    from recoupe.ingest.records import parse_json

    path = Path(inputs[0])
    if len(inputs) != 1 or not path.is_file() or path.stat().st_size > _MOST:
        return None
    data = path.read_bytes()
    if not _START.match(data) or DOSSIER_SCHEMA.encode() not in data[:200]:
        return None
    record = parse_json(data, inputs[0])
    try:
        return [reading_from_json(article) for article in record["articles"]]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise InputError(inputs[0], "dossier.damaged", why=str(error)) from error


def find(name: str, dossier: Dossier, ui: Ui) -> Explanation:
    """How the decision with this id, or with this tag in the interface language, was reached.

    Raises click.UsageError where there is none.
    """
    import click

    from recoupe.compare.explain import explain

    try:
        return explain(_tagged(dossier, ui).get(name, name), dossier.readings, dossier.comparison)
    except KeyError as error:
        message = catalogue("recoupe.cli", ui)["error.no-decision"].format(name=name)
        raise click.UsageError(message, click.get_current_context(silent=True)) from error


def _tagged(dossier: Dossier, ui: Ui) -> dict[str, str]:
    """The tags that `check` prints ("F2") -> ids."""
    from recoupe.report import view

    seen = view.build(dossier, ui)
    tags = {s.tag: s.id for story in seen.stories for one in story.speakers for s in one.shared}
    tags |= {figure.tag: figure.id for story in seen.stories for figure in story.figures}
    pairs = {(pair.source, pair.copy): pair.id for pair in dossier.comparison.reuse}
    copies = [copy for story in seen.stories for copy in story.copies] + list(seen.loose)
    tags |= {copy.tag: pairs[copy.source.id, copy.copy.id] for copy in copies}
    number = {text.ref.id: text.ref.number for text in seen.texts}
    notes = sorted(dossier.comparison.notes, key=lambda note: number[note.article])
    return tags | {remark.tag: note.id for remark, note in zip(seen.remarks, notes, strict=True)}


def render(found: Explanation, dossier: Dossier, ui: Ui) -> str:
    """The explanation as text."""
    from recoupe.report import view

    page = _Page(ui, view.build(dossier, ui), {reading.id: reading for reading in dossier.readings})
    return "\n".join(page.lines(found)) + "\n"


class _Page:
    """Writes an explanation in one language."""

    def __init__(self, ui: Ui, seen: View, readings: Mapping[str, Reading]) -> None:
        self._ui = ui
        self._say = catalogue("recoupe.cli", ui)
        self._words = catalogue("recoupe.report", ui)
        self._refs: dict[str, ArticleRef] = {text.ref.id: text.ref for text in seen.texts}
        self._readings = readings

    def lines(self, found: Explanation) -> Iterator[str]:
        """The lines, without their ends."""
        from recoupe.report.view.words import line

        decision = self._words.get(f"verdict.{found.decision}") or line(found.decision)
        yield f"{self._say[f'explain.{found.kind}']} {found.id}  {decision}"
        if found.reason:
            score = self._score(found.score)
            yield f"{self._say['explain.reason']}{self._words['colon']}{self._reason(found.reason)}{score}"
        heading = ""
        for step in found.steps:
            if step.kind != heading:
                heading = step.kind
                yield ""
                yield self._say[f"explain.{heading}"]
            yield from self._step(step)

    def _step(self, step: Step) -> Iterator[str]:
        yield f"  {self._label(step.label)}{self._score(step.score)}"
        for evidence in step.evidence:
            yield f"    {self._evidence(evidence)}"
        for one in step.measured:
            yield f"    {self._measured(one)}"
        for detail in step.details:
            yield f"    {self._label(detail)}"
        if step.words:
            yield f"    {self._say['explain.words']}{self._words['colon']}{self._line(', '.join(step.words))}"

    def _label(self, label: str) -> str:
        """A label with its data: in our catalogue, else as a reason of the dossier, of a change in its words."""
        head, colon, data = label.partition(": ")
        for key, say in ((f"explain.{head}", self._say), (f"change.{head}", self._words)):
            if key in say:
                return say[key] + (self._words["colon"] + self._line(data) if colon else "")
        return self._reason(label)

    def _reason(self, reason: str) -> str:
        from recoupe.report.view.reasons import explained, plain

        return plain(explained(reason, self._ui, self._refs))

    def _score(self, score: float | None) -> str:
        from recoupe.report.format import number

        return f"  ({number(round(score, 3), self._ui)})" if score is not None else ""

    def _measured(self, one: Measured) -> str:
        from recoupe.report.format import number

        key = "explain.passed" if one.passed else "explain.missed"
        asked, found = (number(round(value, 3), self._ui) for value in (one.asked, one.found))
        return self._say[key].format(threshold=one.threshold, asked=asked, found=found)

    def _evidence(self, at: Evidence) -> str:
        ref = self._refs[at.article]
        where = f"[{ref.number}] {ref.name}" + (f", {ref.when}" if ref.when else "")
        article = self._readings[at.article].article
        text = article.title if at.in_title else article.text
        quoted = " … ".join(self._line(span.of(text)) for span in at.spans if span.start < span.end)
        title = f" {self._say['explain.title']}" if at.in_title else ""
        return f"{where}{title}{self._words['colon']}{quoted}" if quoted else f"{where}{title}"

    def _line(self, text: str) -> str:
        from recoupe.report.view.words import line

        return line(text, _QUOTE)
