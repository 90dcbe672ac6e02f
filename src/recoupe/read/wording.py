"""Descriptions of speakers as an article words them."""

from __future__ import annotations

import re

from recoupe.read.mentions import Gender
from recoupe.read.roles import BODIES, Phrase
from recoupe.read.salience import Speaker
from recoupe.read.scene import Scene
from recoupe.read.words import Token, tokens
from recoupe.text import Span

AS_WORDED = "as worded in the source"

_SPACE = re.compile(r"\s+")
_MARKS = " \t\r\n\u00a0\u202f«»“”„\"'‘’,;:()[]–—-"


class Wording:
    """The words of one page's sources."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.roles = scene.roles

    def as_worded(self, span: Span, toks: list[Token], phrase: Phrase | None) -> Speaker:
        """The speaker that a source's own words are, without clauses.  `phrase`: the one on its head, if known."""
        end = span.end
        for i, t in enumerate(toks):
            if i and t.low in self.roles.relatives and not t.capital:
                end = toks[i - 1].end
                break
        comma = self.scene.plain.find(",", span.start, end)
        end = comma if comma > toks[0].start else end
        name, reason = self.worded(Span(toks[0].start, end)), AS_WORDED
        if phrase is None:
            return Speaker(name, reason)
        gender: Gender | None = "m" if phrase.gender == "m" else "f" if phrase.gender == "f" else None
        inside = self.scene.between(span.start, span.end)
        entity = next((m.entity for m in inside if m.phrase is not None and m.phrase.head == phrase.head), None)
        return Speaker(name, reason, 1.0, entity, gender, phrase.number == "p", phrase.noun.category in BODIES)

    def worded(self, span: Span) -> str:
        """A description as worded: single spaces, no marks at the edges, a small determiner, none before a capital."""
        worded = _SPACE.sub(" ", span.of(self.scene.text)).strip(_MARKS)
        toks = tokens(worded)
        if not toks:
            return worded
        determiner = self.roles.determiners.get(toks[0].low)
        if determiner is None:
            before = self.scene.plain[max(0, span.start - 5) : span.start].lower().replace("'", " ").split()
            inside = self.roles.genitives.get(before[-1], "") if before else ""
            return f"{inside} {worded}" if inside and not toks[0].capital else worded
        head = self.roles.head_of(toks, worded)
        proper = len(toks) > 1 and toks[1].capital and (head is None or toks[head].capital)
        if determiner[0] == "definite" and proper:
            return worded[toks[1].start :]
        return worded[0].lower() + worded[1:]
