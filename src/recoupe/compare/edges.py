"""The graph of who rests on whom: articles that copy or credit others, whatever claims they hold.

The reason of an edge is a label and, after ": ", what can be checked:

- `copies`: the share of the copy's words, and why that way round (see `recoupe.compare.reuse`).
- `credits`: the name as the article writes it.
- `circular`, before the others: articles of the story rest on one another, so that each makes the other look confirmed.

Edges of claims are made in `recoupe.compare.origins`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from recoupe.compare.outlets import names_outlet, same_outlet
from recoupe.model import Credit, Edge, Reading, Reuse
from recoupe.text import Span


def between(readings: Sequence[Reading], reuse: Sequence[Reuse]) -> list[Edge]:
    """The edges that copies and credits of one story make."""
    return [*_reuse_edges(reuse), *_credit_edges(readings)]


def key(edge: Edge) -> tuple[str, str, str, str, tuple[int, int], str]:
    """What edges are ordered by."""
    span = edge.span or Span(-1, -1)
    return edge.article, edge.kind, edge.rests_on, edge.claim or "", (span.start, span.end), edge.reason


def _reuse_edges(reuse: Iterable[Reuse]) -> Iterable[Edge]:
    for pair in reuse:
        reason = f"copies: {round(100 * pair.share)} % of its words; {pair.reason}"
        yield Edge(pair.copy, pair.source, "reuse", pair.passages[0].copy, None, reason)


def _credit_edges(readings: Sequence[Reading]) -> Iterable[Edge]:
    """Each credit as an edge, to the story's article of that outlet where there is just one."""
    for reading in readings:
        others = [other for other in readings if other.id != reading.id]
        for credit in reading.credits:
            if not names_outlet(credit, reading.article.outlet):
                yield Edge(reading.id, _target(credit, others), "credit", credit.span, None, f"credits: {credit.name}")


def _target(credit: Credit, others: Sequence[Reading]) -> str:
    """The one article of the credited outlet, of its very name if any has it; else the name."""
    fitting = [o for o in others if names_outlet(credit, o.article.outlet)]
    exact = [o for o in fitting if same_outlet(credit.name, o.article.outlet, exact=True)]
    chosen = exact or fitting
    return chosen[0].id if len(chosen) == 1 else credit.name


def with_circles(edges: Iterable[Edge], articles: Iterable[str]) -> list[Edge]:
    """The edges; those between articles that rest on one another say so."""
    found = list(edges)
    known = set(articles)
    rests: dict[str, set[str]] = defaultdict(set)
    for edge in found:
        if edge.rests_on in known:
            rests[edge.article].add(edge.rests_on)
    behind = {article: _behind(article, rests) for article in rests}
    return [
        replace(edge, reason=f"circular; {edge.reason}") if edge.article in behind.get(edge.rests_on, ()) else edge
        for edge in found
    ]


def _behind(article: str, rests: Mapping[str, set[str]]) -> set[str]:
    """All articles that an article rests on, at first or second hand."""
    seen: set[str] = set()
    waiting = list(rests.get(article, ()))
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += rests.get(one, ())
    return seen
