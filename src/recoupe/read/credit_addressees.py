"""Who was told: "a déclaré la ministre à X", "he told X"."""

from __future__ import annotations

from collections.abc import Iterator

from recoupe.model import Attribution, Credit
from recoupe.read.credit_names import Names, bare
from recoupe.read.words import tokens
from recoupe.text import Span

WORDS_BETWEEN = 4  # words behind a cue up to the preposition: "confiait *hier* au ...", "a dit *mardi soir* à ..."
REACH = 60  # characters in which they stand


def credits_told(names: Names) -> Iterator[Credit]:
    """Outlets and agencies that were told, right after a cue or after the source that follows it."""
    for attribution in names.page.attributions:
        if attribution.cue is not None:
            yield from _told(names, attribution, attribution.cue)


def _told(names: Names, attribution: Attribution, cue: Span) -> Iterator[Credit]:
    ends = {cue.end}
    if attribution.source is not None and attribution.source.start >= cue.start:
        ends.add(attribution.source.end)
    for end in sorted(ends):
        last = cue.of(names.plain).lower().split()[-1:] if end == cue.end else []
        if last and last[0] in names.frames.sources.dative:
            yield from _told_at(names, end + 1)
        yield from _told_behind(names, end)


def _told_behind(names: Names, end: int) -> Iterator[Credit]:
    """Who was told, by the first preposition of the words behind a cue or a source."""
    toks = tokens(names.text, end, min(len(names.text), end + REACH))
    before = end
    for token in toks[:WORDS_BETWEEN]:
        if names.plain[before : token.start].strip(" '"):
            return
        if token.low in names.frames.sources.dative:
            yield from _told_at(names, token.end + 1)
            return
        if token.capital or token.low in names.roles.prepositions | names.roles.relatives:
            return
        before = token.end


def _told_at(names: Names, at: int) -> Iterator[Credit]:
    """The outlet or agency in the slot at an offset."""
    yield from names.own(at)
    slot = names.slot(at)
    if slot is None:
        yield from names.spoken_of(at)
    else:
        kind = names.kind(slot[0], slot[1], "")
        if kind in ("agency", "outlet"):
            yield Credit(bare(slot[0], names.plain), slot[0].name, kind, "told")
