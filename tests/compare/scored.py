"""Pairwise scores of groups of occurrences against what a marked story expects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from recoupe.model import Drift, Figure, Utterance
from tests.compare.marked import Marked

Groups = Mapping[str, int]


def said(marked: Marked, utterances: Sequence[Utterance]) -> tuple[dict[str, int], dict[str, Drift]]:
    """Occurrence -> its group, and -> its drift; an occurrence that no mark expects goes by its place."""
    names = {place: key for key, place in marked.attributions.items()}
    groups: dict[str, int] = {}
    drift: dict[str, Drift] = {}
    for index, utterance in enumerate(utterances):
        for o in utterance.occurrences:
            key = names.get((o.article, o.content), f"{o.article}{o.content}")
            groups[key], drift[key] = index, o.drift
    return groups, drift


def counted(marked: Marked, figures: Sequence[Figure]) -> dict[str, int]:
    """Place of a figure in a text -> its group."""
    names = {place: key for key, place in marked.quantities.items()}
    return {
        names.get((o.article, o.span), f"{o.article}{o.span}"): index
        for index, figure in reversed(list(enumerate(figures)))
        for o in figure.occurrences
        if not o.in_title
    }


def pairs(groups: Groups) -> set[frozenset[str]]:
    """The pairs of one group."""
    return {frozenset(pair) for pair in combinations(groups, 2) if groups[pair[0]] == groups[pair[1]]}


def f1(expected: set[frozenset[str]], found: set[frozenset[str]]) -> float:
    """The balanced F of the pairs found."""
    return 2 * len(expected & found) / (len(expected) + len(found)) if expected or found else 1.0
