"""Explanation -> terminal: how one decision was reached, step by step, with the words that it rests on.

A decision is named by its id or as a dossier names it to a person: the tag of its line, or a story's heading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rich.console import Console

from recoupe.model import Evidence, Explanation, Measured, Reading, Step
from recoupe.report.format import number
from recoupe.report.paper import Paper, Piece
from recoupe.report.view.reasons import explained, plain
from recoupe.report.view.types import ArticleRef, Copy, FigureLine, Remark, Statement, StoryView, View
from recoupe.report.view.words import around, line
from recoupe.report.wording import Wording, asked, bracketed, gist

_QUOTE = 200  # characters of evidence that are shown
_FEW = 40  # characters of evidence that are shown with those around them
_NEAR = 45  # characters on either side
_ALONE = frozenset({"question", "origin", "note"})  # steps that no other step shows the words around
_RAW = frozenset({"thread"})  # labels whose data are ids of ours
_OURS = frozenset({"same", "open", "different", "measure", "status"})  # labels whose data are words of ours

Line = FigureLine | Statement | Copy | Remark | StoryView


def names(view: View) -> dict[str, str]:
    """What a dossier calls its decisions ("F2", "Story 1"), in its language -> their ids.

    A statement that one article alone reports has no id: nothing was decided on it.
    """
    words = Wording(view.ui)
    return {_tag(each, words): each.id for each in _lines(view)}


def render(found: Explanation, view: View, readings: Mapping[str, Reading], console: Console) -> None:
    """Print an explanation to `console`; `view` is that of the dossier that has the decision."""
    refs = {text.ref.id: text.ref for text in view.texts}
    _Printer(view, readings, refs, Paper(console), Wording(view.ui)).print(found)


def _lines(view: View) -> Iterator[Line]:
    """Every line of the dossier that has a name."""
    for story in view.stories:
        yield story
        yield from story.figures
        for speaker in story.speakers:
            yield from (*speaker.shared, *speaker.single)
    yield from view.copies
    yield from view.remarks


def _tag(each: Line, words: Wording) -> str:
    return words.t("story", n=each.number) if isinstance(each, StoryView) else each.tag


@dataclass(frozen=True, slots=True)
class _Printer:
    """Prints explanations of one dossier's decisions."""

    view: View
    readings: Mapping[str, Reading]
    refs: Mapping[str, ArticleRef]
    paper: Paper
    words: Wording

    def print(self, found: Explanation) -> None:
        """The decision with its reason, then its steps, under a heading a kind."""
        self.paper.line((self.words.t(f"kind.{found.kind}"), "bold"), f"  {self._headline(found)}", hang=2)
        reason = self._reason(found.reason)
        if reason:
            self.paper.line(self.words.labelled("reason", reason), self._score(found.score), hang=2)
        self.paper.line((found.id, "dim"))
        heading = ""
        for count, step in enumerate(found.steps, 1):
            if step.kind != heading:
                heading = step.kind
                self.paper.blank()
                self.paper.line((self.words.t(f"step.{heading}"), "bold"))
            self._step(step, count)

    def _headline(self, found: Explanation) -> str:
        """What was decided, as the dossier shows it; of what it has no line for, as the comparison writes it."""
        id_ = found.id.removeprefix("o-")  # the origins of a claim are named by the claim
        shown = next((each for each in _lines(self.view) if each.id == id_), None)
        match shown:
            case FigureLine() | Statement() if found.kind == "origins" and shown.origins:
                text = f"{self.words.origins(shown.origins)}{bracketed(shown.origins.names)}"
            case FigureLine():
                verdict = self.words.t(f"verdict.{shown.verdict}")
                text = f"{verdict}{self.words.t('colon')}{''.join(asked(shown.about))}"
            case Statement():
                who = shown.speaker or self.words.t("said.nobody")
                text = f"{who}{self.words.t('colon')}{gist(shown.places[0].words, _QUOTE)}"
            case Copy():
                share = self.words.t("copies.share", share=self.words.percent(shown.share))
                text = f"{self.words.copied(shown)}, {share}"
            case Remark():
                text = f"{self.words.place(shown.article)}{self.words.t('colon')}{plain(shown.kind)}"
            case StoryView():
                text = shown.title
            case None:
                return line(found.decision, _QUOTE)
        return f"{_tag(shown, self.words)}  {text}"

    def _step(self, step: Step, count: int) -> None:
        evidence = list(dict.fromkeys(step.evidence))
        quoted = [each for each in evidence if any(span.start < span.end for span in each.spans)]
        whole = sorted((self._ref(each) for each in evidence if each not in quoted), key=lambda ref: ref.number)
        label = self.words.t("way.passage", n=count) if step.kind == "passage" else self._label(step.label)
        named = " · ".join(f"[{ref.number}] {ref.name}" for ref in whole)
        self.paper.line(
            label, self._score(step.score), f"{self.words.t('colon')}{named}" if whole else "", indent=2, hang=2
        )
        if step.kind in ("joined", "kept apart"):
            quoted.sort(key=lambda each: self._ref(each).number)
        for each in quoted:
            self.paper.line(*self._quoted(each, near=step.kind in _ALONE), indent=4, hang=4)
        for one in step.measured:
            self.paper.line((self._measured(one), "dim"), indent=4, hang=4)
        details = [self._label(detail) for detail in step.details]
        if step.words:
            details.append(self.words.labelled("way.words", line(", ".join(step.words), _QUOTE)))
        for detail in details:
            self.paper.line((detail, "dim"), indent=4, hang=4)

    def _ref(self, at: Evidence) -> ArticleRef:
        return self.refs[line(at.article)]

    def _label(self, label: str) -> str:
        """A label with its data: one of explanations, of a change in words, or else a reason of the dossier."""
        head, colon, data = label.partition(": ")
        for key in (f"label.{head}", f"change.{head}"):
            if self.words.knows(key):
                shown = "" if head in _RAW else self._data(head, data)
                return self.words.labelled(key, shown) if colon and shown else self.words.t(key)
        return self._reason(label)

    def _data(self, head: str, data: str) -> str:
        """The data of a label: a number, words of ours in the interface's language, or words of the articles."""
        if head == "value":
            return number(float(data), self.view.ui)
        ours = f"given.{data}"
        return self.words.t(ours) if head in _OURS and self.words.knows(ours) else line(data, _QUOTE)

    def _reason(self, reason: str) -> str:
        return plain(explained(reason, self.view.ui, self.refs))

    def _score(self, score: float | None) -> Piece:
        if score is None:
            return ""
        return bracketed([self.words.t("way.score", score=number(round(score, 3), self.view.ui))]), "dim"

    def _measured(self, one: Measured) -> str:
        key = "way.passed" if one.passed else "way.missed"
        asked_, found = (number(round(value, 3), self.view.ui) for value in (one.asked, one.found))
        return self.words.t(key, threshold=one.threshold, asked=asked_, found=found)

    def _quoted(self, at: Evidence, *, near: bool) -> Iterator[Piece]:
        """The words of an article that carry a step; few of them with the words `near`, themselves between stars."""
        article = self.readings[at.article].article
        text = article.title if at.in_title else article.text
        title = bracketed([self.words.t("figures.title_place")] if at.in_title else [])
        yield f"{self.words.place(self._ref(at))}{title}{self.words.t('colon')}"
        first = at.spans[0]
        if near and len(at.spans) == 1 and first.end - first.start <= _FEW:
            for part in around(text, first, _NEAR):
                yield (f"*{part.text}*", "bold") if part.op == "marked" else part.text
        else:
            yield " … ".join(line(span.of(text), _QUOTE) for span in at.spans if span.start < span.end)
