"""Who speaks: the source of each attribution resolved to a speaker within its article.

The rules, in their order: a pronoun points to the most salient one that fits (`pronouns`, `salience`); a proper name in
the source that is no mere complement speaks (`source_phrases`); a document speaks for its maker (`makers`: "a Reuters
tally"); a role is the person whom the article names beside it anywhere, a bare noun for a body or a person points back
(`holders`: "the company", "la magistrate"); all else stays as worded (`wording`).  An attribution without a source goes
on from the last speaker (`unsourced`).  Where nothing says who speaks the speaker is None.  `speaker_reason` says which
rule decided.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from recoupe.model import Attribution
from recoupe.read.holders import Holders
from recoupe.read.page import Page, Stage
from recoupe.read.pronouns import Pronouns, pronoun_forms
from recoupe.read.salience import Salience, Speaker
from recoupe.read.scene import Scene
from recoupe.read.source_phrases import SourcePhrases
from recoupe.read.turns import Turns, anchor_of
from recoupe.read.unsourced import Unsourced
from recoupe.read.wording import Wording
from recoupe.text import Span

MAX_SOURCE = 400  # characters of a source that are read: more is no noun phrase


class Resolver:
    """The speakers of one article, resolved in the order of the text so that each can rest on those before."""

    def __init__(self, page: Page) -> None:
        scene, forms = Scene(page), pronoun_forms(page.lang)
        self.page = page
        self.turns = Turns(scene)
        holders = Holders(scene, Salience(scene, forms.natural), self.turns, Wording(scene))
        self.phrases = SourcePhrases(holders)
        self.pronouns = Pronouns(holders, forms, self.speaker_of)
        self.unsourced = Unsourced(self.turns, self.phrases.described)

    def resolve(self) -> tuple[Attribution, ...]:
        """The page's attributions, in their order, with speaker and reason."""
        given = self.page.attributions
        order = sorted(range(len(given)), key=lambda n: (anchor_of(given[n]), n))
        done: dict[int, Speaker] = {}
        for n in order:
            done[n] = self.speaker_of(given[n])
            self.turns.remember(given[n], done[n])
        for n in order:
            if done[n].name is None and given[n].source is None:
                done[n] = self.unsourced.from_neighbours(given[n])
        return tuple(replace(a, speaker=done[n].name, speaker_reason=done[n].reason) for n, a in enumerate(given))

    def speaker_of(self, attribution: Attribution) -> Speaker:
        """The speaker of one attribution, as far as the turns before it tell."""
        source = attribution.source
        if source is None or source.end <= source.start:
            return self.unsourced.speaker(attribution)
        span = Span(source.start, min(source.end, source.start + MAX_SOURCE))
        pronoun = self.pronouns.at(span)
        return (
            self.phrases.described(span)
            if pronoun is None
            else self.pronouns.speaker(span, pronoun, attribution.content)
        )


def _run(pages: Iterable[Page]) -> list[Page]:
    return [replace(page, attributions=Resolver(page).resolve()) for page in pages]


STAGE = Stage("speakers", frozenset({"attributions", "mentions"}), frozenset({"attributions"}), _run)
