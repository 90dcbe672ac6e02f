"""Article -> Reading: the stages in their order.

`Reader` runs the stages below over batches of articles.  A language is read if it has a folder of data (`tables`); an
article in another language becomes a Reading that says so.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from recoupe.model import STATEMENTS, Article, Attribution, Reading
from recoupe.read import attributions, mentions, parse, quantities, quotes, sentences, speakers, times
from recoupe.read import credits as credits_
from recoupe.read.page import Page, Stage, check
from recoupe.read.tables import folders

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from recoupe.model import Act

STAGES: tuple[Stage, ...] = (
    quotes.STAGE,
    sentences.STAGE,
    times.STAGE,
    quantities.STAGE,
    parse.STAGE,
    attributions.STAGE,
    mentions.STAGE,
    speakers.STAGE,
    credits_.STAGE,
)

# Articles read together: large enough for the parser to work in full batches, small enough to keep memory flat.
BATCH = 64


def languages() -> tuple[str, ...]:
    """The languages that can be read: those of `tables.folders`."""
    return tuple(sorted(folders()))


def stages_for(layers: Collection[str]) -> tuple[Stage, ...]:
    """The stages that filling these fields of a page takes, by what each stage requires and assigns."""
    wanted = set(layers)
    chosen: list[Stage] = []
    for stage in reversed(STAGES):
        if stage.assigns & wanted:
            chosen.append(stage)
            wanted |= stage.requires
    return tuple(reversed(chosen))


class Reader:
    """Reads articles through the stages, checked once when the reader is built, as are the languages' data.

    `acts`: the acts to keep; an article's bare beliefs and intentions are found too but are no statements.
    """

    def __init__(self, acts: Collection[Act] = STATEMENTS, stages: tuple[Stage, ...] = STAGES) -> None:
        check(stages)
        self._stages = stages
        self._acts = frozenset(acts)
        self._languages = frozenset(languages())

    def read(self, articles: Iterable[Article], done: Callable[[int], object] = lambda _: None) -> Iterator[Reading]:
        """The readings, in the order of the articles.  `done` is called with the number of each batch that is ready."""
        rest = iter(articles)
        while batch := tuple(islice(rest, BATCH)):
            yield from self._read_batch(batch)
            done(len(batch))

    def _read_batch(self, batch: tuple[Article, ...]) -> Iterator[Reading]:
        pages = [Page(a, a.lang) for a in batch if a.lang is not None and a.lang in self._languages]
        for stage in self._stages:
            pages = stage.run(pages)
        ready = iter(pages)
        for article in batch:
            if article.lang is not None and article.lang in self._languages:
                yield self._reading(next(ready))
            else:
                yield Reading(article, unread=f"language: {article.lang or 'cannot tell'}")

    def _reading(self, page: Page) -> Reading:
        kept = sorted((a for a in page.attributions if a.act in self._acts), key=_place)
        return Reading(page.article, tuple(kept), page.quantities, page.times, page.credits)


def _place(attribution: Attribution) -> tuple[int, int, int]:
    first, last = attribution.content[0], attribution.content[-1]
    return (first.start, -last.end, attribution.cue.start if attribution.cue else -1)
