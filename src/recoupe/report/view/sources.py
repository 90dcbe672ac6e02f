"""Who rests on whom: the sourcing graph, and the copied passages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from recoupe.model import Edge, EdgeKind, Passage, Reuse, Story
from recoupe.report.view.desk import NAMED, Desk
from recoupe.report.view.parts import StoryPart
from recoupe.report.view.types import (
    Back,
    Column,
    CopiedPassage,
    Copy,
    Link,
    Node,
    Part,
    Rest,
    Sourcing,
    Words,
)
from recoupe.report.view.words import aligned, differing, line
from recoupe.text import fold

UNCHANGED = 260
"""Longest stretch, in code points, that a copied passage shows whole where nothing in it was edited."""

CROWD = 14
"""Most nodes in one column of the graph; the lines beside it hold every edge."""

STRENGTH: tuple[EdgeKind, ...] = ("reuse", "outlet", "credit", "speaker")
"""The kinds of edges from the one that says most: the graph draws one line between two nodes, the words have all."""

_ARTICLE = re.compile(r"^[^\W\dA-Z_]{1,3}(?: |['’])(?=\w)")  # "la police", "l’exploitant", but not "El Watan"
_CIRCULAR = "circular; "  # of a reason: the line has its own sign for it, as it has for a credit
_COPIES = "copies: "  # the line's own verb
_RELAYS = frozenset({"agency", "outlet", "social"})


def rest(edge: Edge, desk: Desk, back: Back | None = None, circular: bool = False) -> Rest:
    """The line of one edge; with `back`, its evidence links back to the line that uses it."""
    sheet = desk.sheets[edge.article]
    evidence = sheet.rests(edge.span) if edge.span else None
    if evidence and back:
        sheet.point(evidence, back)
    target = desk.refs.get(edge.rests_on)
    name = target.name if target else line(edge.rests_on)
    why = edge.reason.removeprefix(_CIRCULAR).removeprefix(_COPIES)
    plain = edge.kind == "credit" or why.partition(": ")[0] in NAMED
    reason = () if plain else desk.reason(why)
    return Rest(desk.refs[edge.article], name, target, edge.kind, evidence, reason, circular)


def sourcing(story: Story, part: StoryPart, desk: Desk) -> Sourcing | None:
    """The sourcing graph of a story, None where nothing rests on anything."""
    edges = sorted(
        _one_spelling(part.edges, desk),
        key=lambda edge: (desk.refs[edge.article].number, edge.kind, edge.rests_on, edge.span or (-1, -1)),
    )
    if not edges:
        return None
    circles = circular({(edge.article, edge.rests_on) for edge in edges})
    nodes, place = _nodes(story, edges, desk)
    links: dict[tuple[int, int], Link] = {}
    for edge in sorted(edges, key=lambda edge: STRENGTH.index(edge.kind)):
        upper, lower = place.get(edge.article), place.get(edge.rests_on)
        if upper is not None and lower is not None and upper != lower:
            turned = (edge.article, edge.rests_on) in circles
            links.setdefault((upper, lower), Link(upper, lower, edge.kind, turned))
    rests: dict[tuple[str, str, str, str | None], Rest] = {}
    for edge in edges:
        made = rest(edge, desk, None, (edge.article, edge.rests_on) in circles)
        rests.setdefault((edge.article, edge.rests_on, edge.kind, made.evidence), made)
    return Sourcing(nodes, tuple(links.values()), tuple(rests.values()))


def _one_spelling(edges: Sequence[Edge], desk: Desk) -> list[Edge]:
    """The edges with one spelling of each name.

    Case, accents, the form of an apostrophe and a small word before the name ("la police", "the operator") make no
    other origin.
    """
    names = sorted({edge.rests_on for edge in edges} - desk.refs.keys(), reverse=True)
    names.sort(key=len, reverse=True)
    spelling = {_bare(name): name for name in names}
    return [replace(edge, rests_on=spelling.get(_bare(edge.rests_on), edge.rests_on)) for edge in edges]


def _bare(name: str) -> str:
    return fold(_ARTICLE.sub("", name))


def _nodes(story: Story, edges: list[Edge], desk: Desk) -> tuple[tuple[Node, ...], dict[str, int]]:
    """The nodes by column, the most linked first kept where a column is crowded, and the index of each name."""
    degree = Counter(edge.rests_on for edge in edges)
    columns: dict[Column, list[str]] = {"origins": [], "relays": [], "articles": [], "copies": []}
    for name in sorted(degree, key=lambda name: (-degree[name], name)):
        if name not in desk.refs:
            columns[_column(name, edges, desk)].append(name)
    resting = {edge.article for edge in edges if edge.rests_on in desk.refs}
    for article in sorted(story.articles, key=lambda article: desk.refs[article].number):
        columns["copies" if article in resting else "articles"].append(article)
    nodes: list[Node] = []
    place: dict[str, int] = {}
    for column, names in columns.items():
        kept = names if len(names) <= CROWD else _most_linked(names, edges)
        for name in kept:
            place[name] = len(nodes)
            ref = desk.refs.get(name)
            nodes.append(Node(ref.name if ref else line(name), column, ref))
        if len(kept) < len(names):
            nodes.append(Node("", column, more=len(names) - len(kept)))
    return tuple(nodes), place


def _most_linked(names: list[str], edges: list[Edge]) -> list[str]:
    """The names with the most edges, as many as a crowded column holds, in their order."""
    linked = Counter(end for edge in edges for end in (edge.article, edge.rests_on))
    kept = set(sorted(names, key=lambda name: -linked[name])[: CROWD - 1])
    return [name for name in names if name in kept]


def _column(name: str, edges: list[Edge], desk: Desk) -> Column:
    """Outlets, agencies and networks relay; persons, bodies and documents are where a claim comes from."""
    kinds = {edge.kind for edge in edges if edge.rests_on == name}
    if "outlet" in kinds:
        return "relays"
    if "credit" in kinds:
        articles = {edge.article for edge in edges if edge.rests_on == name}
        credited = (c for article in articles for c in desk.sheets[article].reading.credits if c.name == name)
        return "relays" if any(credit.kind in _RELAYS for credit in credited) else "origins"
    return "origins"


def circular(edges: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """The edges that lie on a circle: those between two members of one strongly connected component."""
    after: dict[str, list[str]] = {}
    before: dict[str, list[str]] = {}
    for upper, lower in sorted(edges):
        after.setdefault(upper, []).append(lower)
        before.setdefault(lower, []).append(upper)
    # An edge is on a circle where its lower end reaches its upper one; the pile's graphs are shallow, and a name has
    # no edge of its own, so that few articles are ever walked from.
    turned = set()
    for upper, lowers in after.items():
        if upper in before:
            reach = _reach(upper, before)
            turned |= {(upper, lower) for lower in lowers if lower in reach}
    return frozenset(turned)


def _reach(start: str, before: dict[str, list[str]]) -> set[str]:
    """What reaches `start`, itself included."""
    seen, stack = {start}, [start]
    while stack:
        for name in before.get(stack.pop(), ()):
            if name not in seen:
                seen.add(name)
                stack.append(name)
    return seen


def copies(part: StoryPart, desk: Desk) -> tuple[Copy, ...]:
    """The copies made by the part's articles, in the order of the articles."""
    found = sorted(part.reuse, key=lambda reuse: (desk.refs[reuse.copy].number, desk.refs[reuse.source].number))
    return tuple(_copy(reuse, desk) for reuse in found)


def _copy(reuse: Reuse, desk: Desk) -> Copy:
    count = desk.next("copy")
    anchor, tag = f"r{count}", desk.tag("copy", count)
    return Copy(
        anchor=anchor,
        tag=tag,
        id=reuse.id,
        source=desk.refs[reuse.source],
        copy=desk.refs[reuse.copy],
        share=reuse.share,
        credited=reuse.credited,
        directed="cannot tell" not in reuse.reason,
        passages=tuple(_passage(p, reuse, desk, Back(tag, anchor)) for p in reuse.passages),
        reason=desk.reason(reuse.reason),
        score=reuse.score,
    )


def _passage(passage: Passage, reuse: Reuse, desk: Desk, back: Back) -> CopiedPassage:
    source, copy = desk.sheets[reuse.source], desk.sheets[reuse.copy]
    left, right = source.reading.text, copy.reading.text
    gone = [(c.there, Part(c.there.of(left), "left out", c.kind)) for c in passage.changes]
    new = [(c.here, Part(c.here.of(right), "added", c.kind)) for c in passage.changes]
    evidence = source.copied(passage.source), copy.copied(passage.copy)
    source.point(evidence[0], back)
    copy.point(evidence[1], back)
    return CopiedPassage(
        source=Words(aligned(left, passage.source, gone, UNCHANGED), desk.refs[reuse.source].lang),
        copy=Words(aligned(right, passage.copy, new, UNCHANGED), desk.refs[reuse.copy].lang),
        merged=Words(
            differing(right, (passage.copy,), left, passage.changes, UNCHANGED)[0], desk.refs[reuse.copy].lang
        ),
        source_evidence=evidence[0],
        copy_evidence=evidence[1],
    )
