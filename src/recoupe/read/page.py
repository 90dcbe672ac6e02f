"""The state of one article while it is being read, and the stages that fill it.

A stage is a function Page -> Page with the names of the fields it needs and of those it fills.  `check` holds a list
of stages to what they declare when the reader is built, so that a stage put in the wrong place fails at once and not
on the first article that shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from recoupe.model import Article, Attribution, Credit, Quantity, Time
from recoupe.text import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from recoupe.read.mentions import Mention
    from recoupe.read.quotes import Quote


@dataclass(frozen=True, slots=True)
class Page:
    """One article under reading.  Fields are filled by the stages in turn; spans count in `article.text`."""

    article: Article
    lang: str  # a language that has a folder of data ("fr", "en", or one of an installed package)
    quotes: tuple[Quote, ...] = ()
    sentences: tuple[Span, ...] = ()
    quoted: tuple[Span, ...] = ()  # sentences that stand inside quotations, which `sentences` does not cut
    docs: Mapping[int, Doc] = field(default_factory=dict)  # sentence index -> its parse; only sentences that need one;
    # a key beyond the last sentence is that of a quoted one: len(sentences) + its index
    attributions: tuple[Attribution, ...] = ()
    mentions: tuple[Mention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[Time, ...] = ()
    credits: tuple[Credit, ...] = ()

    @property
    def text(self) -> str:
        """The article's stored text."""
        return self.article.text


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of reading.  `run` works on a batch of pages so that models can be called once for many articles."""

    name: str
    requires: frozenset[str]
    assigns: frozenset[str]
    run: Callable[[Sequence[Page]], list[Page]]


def check(stages: Sequence[Stage]) -> None:
    """Raise ValueError where a stage requires a field that no earlier stage assigns."""
    known = {"article", "lang"}
    for stage in stages:
        missing = stage.requires - known
        if missing:
            raise ValueError(f"stage {stage.name!r} requires {sorted(missing)}, which no earlier stage assigns")
        known |= stage.assigns
