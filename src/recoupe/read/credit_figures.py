"""Bodies that give a figure, whatever the attributions: "l'Insee table sur une hausse de 0,2 %", "X counted 34"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from recoupe.model import Credit
from recoupe.read.credit_names import LEAD, Names, bare, known
from recoupe.read.gazetteer import gazetteer
from recoupe.read.mentions import Mention
from recoupe.read.words import joined, tokens

VERB_REACH = 3  # words from a name to the verb: an auxiliary, an adverb
FIGURE_REACH = 120  # characters from the verb to the figure


def credits_of_figures(names: Names) -> Iterator[Credit]:
    """Bodies whose business is to count, right before a verb of counting and, in the same sentence, a figure."""
    starts = [q.span.start for q in names.page.quantities]
    for m in names.mentions:
        if not _counts(names, m):
            continue
        at = _verb_after(names, m)
        if at is not None:
            n = bisect_left(starts, at)
            if n < len(starts) and starts[n] < _reach(names, at):
                yield Credit(bare(m, names.plain), m.name, "organisation", "body that gives a figure")


def _counts(names: Names, m: Mention) -> bool:
    entry = known(m.span.of(names.plain)) or known(m.name)
    if entry is not None:
        return entry[1] == "organisation"
    if m.entity in names.measurers or not gazetteer().estimators.isdisjoint((m.name, m.span.of(names.plain))):
        return True
    return m.kind == "organisation" and any(w.lower() in names.frames.nouns.counting for w in m.name.split())


def _verb_after(names: Names, m: Mention) -> int | None:
    """Where the verb of counting right after a name ends."""
    toks = tokens(names.text, m.span.end, min(len(names.text), m.span.end + LEAD))[:VERB_REACH]
    if not toks or names.text[m.span.end : toks[0].start] != " ":
        return None
    for n, token in enumerate(toks):
        if token.low in names.frames.sources.measuring - names.frames.sources.having:
            return token.end if all(joined(names.text, a, b) for a, b in pairwise(toks[: n + 1])) else None
        if token.low in names.roles.prepositions or token.low in names.roles.determiners:
            return None
    return None


def _reach(names: Names, at: int) -> int:
    """How far from an offset a figure belongs to the verb there: to the sentence's end at the furthest."""
    sentences = names.page.sentences
    k = bisect_right(sentences, at, key=lambda s: s.start) - 1
    return min(at + FIGURE_REACH, sentences[k].end if k >= 0 else len(names.text))
