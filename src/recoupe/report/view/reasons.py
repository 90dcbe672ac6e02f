"""Reasons as a person reads them: our own labels in the interface's language, the articles' words as they are.

The rooms that read and compare write a reason in English as "label", "label: data" or several of these joined by
"; ".  The label is looked up in the catalogue under `reason.<label>`; what is not found there is shown as it stands.
Moments in the data become dates as the page writes them, and the ids of articles become the articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from recoupe.messages import Ui, catalogue
from recoupe.report.format import when
from recoupe.report.view.types import ArticleRef, Clue, Reason
from recoupe.report.view.words import TITLE, line

_LONGEST = 2 * TITLE
_JOINT = "; "
_DAY = r"\d{4}-[01]\d-[0-3]\d"
_MOMENT = rf"{_DAY}(?:T[0-2]\d:[0-5]\d(?::[0-5]\d)?(?:[+-][0-2]\d:?[0-5]\d|Z)?)?"
_TOLD = re.compile(
    rf"(?<![\w-])(?P<moment>{_MOMENT})(?![\w-])(?P<small> (?:before|after) )?"
    r"|\b(?P<clock>[0-2]\d:[0-5]\d)(?P<than> (?:before|after) )"
    r"|\b(?P<id>[a-z]-[0-9a-f]{12})\b"
)
_OURS = frozenset({"cannot tell", "changed", "language"})
"""Labels whose data are words of ours too ("changed: number, negation"), or codes of languages."""


def explained(reason: str, ui: Ui, refs: Mapping[str, ArticleRef]) -> Reason:
    """The pieces of `reason` in the interface language `ui`, with the articles of `refs` in the place of their ids."""
    text = line(reason, _LONGEST)
    if not text:
        return ()
    reader = _Reader(ui, refs, catalogue("recoupe.report", ui))
    whole = reader.known(text)
    return (Clue(whole, "label"),) if whole else tuple(reader.parts(text))


def plain(reason: Reason) -> str:
    """The pieces as one line of text."""
    return "".join(f"[{clue.article.number}] {clue.text}" if clue.article else clue.text for clue in reason)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads reasons with one catalogue."""

    ui: Ui
    refs: Mapping[str, ArticleRef]
    words: Mapping[str, str]

    def known(self, label: str) -> str:
        """What the catalogue has for a label; "" where it has none."""
        return self.words.get(f"reason.{label}") or _filled(label, self.ui)

    def parts(self, text: str) -> Iterator[Clue]:
        """The labels joined in `text`, each with its data; data may be joined in the same way."""
        told = False  # whether the part before has data, which an unknown part then goes on with
        for number, part in enumerate(text.split(_JOINT)):
            if number:
                yield Clue(self.words["reason.joint"], "label")
            label = self.known(part)
            head, colon, data = part.partition(": ")
            if label:
                yield Clue(label, "label")
            elif colon and self.known(head):
                told = True
                yield Clue(self.known(head) + self.words["colon"], "label")
                yield from self.ours(data) if head in _OURS else self.data(data, "data")
            else:
                yield from self.data(part, "data" if told else "unknown")

    def ours(self, data: str) -> Iterator[Clue]:
        """Data that are words of ours, each in those of the interface."""
        for number, part in enumerate(data.split(", ")):
            if number:
                yield Clue(", ", "label")
            keys = (f"change.{part}", f"lang.{part}", f"reason.{part}")
            shown = next((self.words[key] for key in keys if key in self.words), None)
            yield Clue(part, "data") if shown is None else Clue(shown, "label")

    def data(self, text: str, kind: Literal["data", "unknown"]) -> Iterator[Clue]:
        """`text` with its moments as dates and the ids of articles as the articles; another id of ours is left out."""
        filled = _filled(text, self.ui)
        if filled:
            yield Clue(filled, "label")
            return
        if text in self.refs:
            yield Clue(self.refs[text].name, "article", article=self.refs[text])
            return
        at = 0
        for found in _TOLD.finditer(text):
            if found.start() > at:
                yield Clue(text[at : found.start()], kind)
            at = found.end()
            yield from self.found(found)
        if at < len(text):
            yield Clue(text[at:], kind)

    def found(self, found: re.Match[str]) -> Iterator[Clue]:
        """An id, or a moment with the word that parts it from the next."""
        moment = found["moment"]
        if found["id"]:
            ref = self.refs.get(found["id"])
            yield Clue(ref.name, "article", article=ref) if ref else Clue("…", "label")
            return
        yield Clue(when(moment, self.ui) or "", "time", machine=moment) if moment else Clue(found["clock"], "data")
        small = found["small"] or found["than"]
        if small:
            yield Clue(self.words[f"reason.{small.strip()}"], "label")


@cache
def _templates(ui: Ui) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The labels of the catalogue that hold data ("the text is in {found}"), as patterns, with what is shown."""
    words = catalogue("recoupe.report", ui)
    holding = ((key.removeprefix("reason."), shown) for key, shown in words.items() if key.startswith("reason."))
    return tuple((_pattern(label), shown) for label, shown in holding if "{" in label)


def _pattern(label: str) -> re.Pattern[str]:
    """What matches a label with data in it: `{lang1}` a language's code, any other place words without a mark."""

    def place(found: re.Match[str]) -> str:
        held = "[a-z]{2,3}" if found[1].startswith("lang") else "[^,;:]{1,80}"
        return f"(?P<{found[1]}>{held})"

    return re.compile(re.sub(r"\\\{(\w+)\\\}", place, re.escape(label)))


def _filled(text: str, ui: Ui) -> str:
    """What the catalogue has for a label with data in it, codes of languages by their names; "" where it has none."""
    words = catalogue("recoupe.report", ui)
    for pattern, shown in _templates(ui):
        found = pattern.fullmatch(text)
        if found:
            return shown.format(**{key: words.get(f"lang.{each}", each) for key, each in found.groupdict().items()})
    return ""
