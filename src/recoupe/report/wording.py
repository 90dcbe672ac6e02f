"""The interface's words as the three renderers use them, and the signs that stand beside them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from recoupe.messages import Ui, catalogue
from recoupe.report.format import percent
from recoupe.report.view.reasons import plain
from recoupe.report.view.types import Again, ArticleRef, Chapter, ClaimOrigins, Copy, StoryView, View, Words

SIGNS = {
    "conflict": "≠",
    "altered": "≠",
    "agree": "=",
    "verbatim": "=",
    "update": "→",
    "cannot tell": "?",
    "not comparable": "∥",
    "reworded": "≈",
    "trimmed": "…",
    "translated": "⇄",
}
"""The sign of each verdict and drift, the same in every renderer (the style sheet has them too)."""


GAP = "…"
"""Where the number stands in the words of a figure's question, as the comparison writes them."""

BLANK = "____"
"""What a line of text shows there: a form's blank, which nobody takes for words that were cut off."""


def asked(about: str) -> tuple[str, str, str]:
    """The words of a figure's question before and after the blank for its number, and the blank ("" for none)."""
    before, gap, after = about.partition(GAP)
    return before, BLANK if gap else "", after


def gist(words: Words, longest: int) -> str:
    """The beginning of some words as they stand in their article, without marks, cut between two of them."""
    text = "".join(f" {part.text} " if part.op == "gap" else part.text for part in words.parts if part.op != "left out")
    if len(text) <= longest:
        return text
    cut = text[:longest].rpartition(" ")[0] or text[:longest]
    return cut.rstrip(" ,;:") + "…"


def bracketed(facts: Iterable[str]) -> str:
    """Facts beside a line, in brackets; "" where there is none."""
    told = ", ".join(facts)
    return f" ({told})" if told else ""


@cache
def _marks() -> Mapping[str, tuple[str, str]]:
    raw = files("recoupe.report").joinpath("data", "quotation.toml").read_text(encoding="utf-8")
    return {lang: (opening, closing) for lang, (opening, closing) in tomllib.loads(raw).items()}


def marks(lang: str | None) -> tuple[str, str]:
    """The quotation marks that words in this language stand between."""
    return _marks().get(lang or "default", _marks()["default"])


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one interface language."""

    ui: Ui

    def t(self, key: str, **places: object) -> str:
        """The message under `key` with its `{named}` places filled.  Raises KeyError where there is none."""
        message = catalogue("recoupe.report", self.ui)[key]
        return message.format(**places) if places else message

    def knows(self, key: str) -> bool:
        """Whether there is a message under `key`."""
        return key in catalogue("recoupe.report", self.ui)

    def plural(self, key: str, n: int) -> str:
        """The message for `n` things: French counts nought as one, English does not."""
        one = n == 1 or (n == 0 and self.ui == "fr")
        return self.t(f"count.{key}.{'one' if one else 'many'}", n=n)

    def labelled(self, key: str, words: str) -> str:
        """`words` after the label under `key`, with the colon as the language sets it."""
        return f"{self.t(key)}{self.t('colon')}{words}"

    def percent(self, share: float) -> str:
        """A share between 0 and 1 in whole percents."""
        return percent(share, self.ui)

    def origins(self, origins: ClaimOrigins) -> str:
        """The number of independent origins, as one number or as an interval."""
        if origins.at_least == origins.at_most:
            return str(origins.at_least)
        return self.t("origins.range", least=origins.at_least, most=origins.at_most)

    def place(self, article: ArticleRef) -> str:
        """An article as a line of text names it: number, outlet, time."""
        return f"[{article.number}] {article.name}, {article.when or self.t('undated')}"

    def again(self, again: Again) -> str:
        """A place where a statement is made again, as a line of text names it."""
        number = self.t("again.number", number=again.number) if again.number else ""
        facts = (self.t("story", n=again.story), again.tag, plain(again.reason), number)
        return f"{self.place(again.article)}{bracketed(filter(None, facts))}"

    def chapter(self, chapter: Chapter) -> str:
        """Another story of a thread, as a line of text names it."""
        when = f", {chapter.when}" if chapter.when else ""
        return f"{self.labelled(f'chapter.{chapter.relation}', self.t('story', n=chapter.number))}{when}"

    def copied(self, copy: Copy) -> str:
        """The two articles of a copy, the source first where it can be told."""
        arrow = "→" if copy.directed else "↔"
        return f"[{copy.source.number}] {copy.source.name} {arrow} [{copy.copy.number}] {copy.copy.name}"

    def above(self, story: StoryView) -> tuple[tuple[str, list[str]], ...]:
        """The tags of a story's lines that stand in full before all stories, with the key of their title."""
        conflicts = [figure.tag for figure in story.figures if figure.verdict == "conflict"]
        altered = [said.tag for speaker in story.speakers for said in speaker.shared if said.altered]
        lines = (("conflicts.title", conflicts), ("altered.title", altered))
        return tuple((title, tags) for title, tags in lines if tags)

    def tally(self, view: View) -> tuple[tuple[int, str], ...]:
        """What the head of a dossier counts, with the message's key; what is nought is left out."""
        counts = (
            (len(view.conflicts), "conflicts"),
            (len(view.altered), "altered"),
            (len(view.copies), "copies"),
            (len(view.remarks), "notes"),
            (len(view.unread), "unread"),
            (len(view.failures), "failures"),
        )
        return tuple((n, key) for n, key in counts if n)
