"""Groups of rows by average link (UPGMA), kept right while rows come and go, whatever their order.

Groups are merged from the most alike pair downwards while the mean likeness of their members reaches a threshold.
Average link is reducible (Bruynooghe 1977; Murtagh 1983, "A survey of recent advances in hierarchical clustering
algorithms"): merging two groups brings neither nearer to a third.  Two consequences make the result local:

- A merge at mean likeness t needs a pair of at least t: rows that no link of t joins are never looked at together.
- Two trees of merges that were made apart are both as in the clustering of all rows, unless some node of the one is
  more alike to some node of the other than each is to what it is merged with next.  Only trees that clash so are taken
  apart and clustered together, the strongest clash first: all merges above it are already those of the whole, so that
  each round settles at least one more, until none clash.

Of equal means, the groups whose first members come first (in an order that the caller gives) are merged first.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from recoupe.compare import limits
from recoupe.compare.linking import Pairs, cross, matrix
from recoupe.compare.vectors import UNIT, Vectors, subset

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

Merge = tuple[int, int, float]
"""The first members of the two groups that are merged, in order, and their mean likeness."""


def average_link(similarity: NDArray[np.float64], least: float) -> list[Merge]:
    """The merges of a full matrix, in their order.

    The two most alike groups are merged while their mean is at least `least`; of equals, the groups whose first members
    come first.  Takes whole numbers, so that sums are exact.
    """
    sums, size = similarity.astype(np.float64), np.ones(len(similarity))
    np.fill_diagonal(sums, -np.inf)
    mean = sums.copy()
    best, value = mean.argmax(axis=1), mean.max(axis=1)
    merges: list[Merge] = []
    while True:
        first = int(value.argmax())
        if value[first] < least:
            return merges
        second = int(best[first])
        keep, drop = min(first, second), max(first, second)
        merges.append((keep, drop, float(value[first])))
        sums[keep] += sums[drop]
        sums[:, keep] = sums[keep]
        sums[keep, keep] = -np.inf
        sums[drop], sums[:, drop] = -np.inf, -np.inf
        size[keep] += size[drop]
        row = sums[keep] / (size[keep] * size)
        mean[keep], mean[:, keep] = row, row
        mean[drop], mean[:, drop] = -np.inf, -np.inf
        value[drop] = -np.inf
        stale = np.flatnonzero(((best == keep) | (best == drop)) & (value > -np.inf))
        for x in {*stale.tolist(), keep}:
            best[x] = mean[x].argmax()
            value[x] = mean[x, best[x]]
        closer = (row > value) | ((row == value) & (keep < best) & (row > -np.inf))
        closer[keep] = False
        best[closer], value[closer] = keep, row[closer]


def components(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The connected components of the pairs, each sorted, in the order of their first member."""
    parent = list(range(count))

    def root(x: int) -> int:
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for x, y in pairs:
        rx, ry = root(x), root(y)
        if rx != ry:
            parent[max(rx, ry)] = min(rx, ry)
    groups: dict[int, list[int]] = {}
    for x in range(count):
        groups.setdefault(root(x), []).append(x)
    return list(groups.values())


@dataclass(frozen=True, slots=True)
class Tree:
    """One group: its rows in the caller's order, the merges that made it, and the run in which it was made."""

    rows: tuple[int, ...]
    merges: tuple[Merge, ...]
    run: int


class _Nodes(NamedTuple):
    """The nodes of a tree: which rows are in each, how many, its first row, and the merge that ends it."""

    members: Floats
    size: Floats
    first: list[int]
    until: Floats
    by: list[tuple[int, int] | None]


def _nodes(tree: Tree, least: float) -> _Nodes:
    count = len(tree.rows)
    place = {row: k for k, row in enumerate(tree.rows)}
    members = np.zeros((2 * count - 1, count))
    members[:count] = np.eye(count)
    first, until = list(tree.rows), np.full(2 * count - 1, float(least))
    by: list[tuple[int, int] | None] = [None] * (2 * count - 1)
    node = dict(place)  # first row of a live group -> its node
    for k, (keep, drop, mean) in enumerate(tree.merges, start=count):
        one, other = node[keep], node.pop(drop)
        members[k] = members[one] + members[other]
        until[one] = until[other] = mean
        by[one] = by[other] = (keep, drop)
        node[keep] = k
        first.append(keep)
    return _Nodes(members, members.sum(axis=1), first, until, by)


class Clash(NamedTuple):
    """How strongly two trees clash: the mean, and the ranks of the first rows, of the merge that should have been."""

    mean: float
    ranks: tuple[str, str]

    def beats(self, other: Clash) -> bool:
        """Whether this merge comes before the other."""
        return (-self.mean, self.ranks) < (-other.mean, other.ranks)


class Changed(NamedTuple):
    """What a change of the rows changed: trees that are no more, trees that are new, old rows whose label is new."""

    gone: list[Tree]
    new: list[Tree]
    moved: list[int]


class Clusters:
    """The groups of rows that come and go.  `rank`: what rows are ordered by where means are equal."""

    def __init__(self, rank: Callable[[int], str], least: float) -> None:
        self._rank = rank
        self._least = round(least * UNIT)
        self._near: defaultdict[int, array[int]] = defaultdict(lambda: array("i"))
        self._trees: dict[int, Tree] = {}  # first row -> tree
        self._tree_of: dict[int, Tree] = {}
        self._label: dict[int, int] = {}
        self._labels = 0
        self._runs = 0

    def tree(self, row: int) -> Tree:
        """The tree that a row is in."""
        return self._tree_of[row]

    def trees(self) -> list[Tree]:
        """All trees, in no order."""
        return list(self._trees.values())

    def label(self, row: int) -> int:
        """A number that the rows of a tree share, and that most of them keep when it changes."""
        return self._label[row]

    def add(self, rows: Vectors, new: range, pairs: Pairs) -> Changed:
        """Take in the rows `new` of `rows`, with all their pairs of at least the threshold."""
        inside = []
        for a, b in zip(pairs.a.tolist(), pairs.b.tolist(), strict=True):
            self._near[a].append(b)
            self._near[b].append(a)
            if a >= new.start:
                inside.append((a - new.start, b - new.start))
        pieces = components(len(new), inside)
        made: list[Tree] = []
        for piece in pieces:
            for begin in range(0, len(piece), limits.STORY_BLOCK):
                made += self._run(rows, [new.start + k for k in piece[begin : begin + limits.STORY_BLOCK]])
        return self._settle(rows, [], made)

    def remove(self, rows: Vectors, row: int) -> Changed:
        """Take a row out."""
        tree = self._tree_of[row]
        self._forget(tree)
        for other in self._near.pop(row, ()):
            self._near[other].remove(row)
        rest = [other for other in tree.rows if other != row]
        changed = self._settle(rows, [tree], self._run(rows, rest) if rest else [])
        del self._label[row]
        return changed

    def _run(self, rows: Vectors, chosen: Iterable[int]) -> list[Tree]:
        """Cluster these rows by themselves, and note the trees that come of it."""
        ordered = sorted(chosen, key=self._rank)
        self._runs += 1
        merges: list[Merge] = []
        if len(ordered) > 1:
            merges = average_link(matrix(subset(rows, ordered)).astype(np.float64), self._least)
        group = {k: [k] for k in range(len(ordered))}
        made: dict[int, list[Merge]] = {k: [] for k in group}
        for keep, drop, mean in merges:
            group[keep] += group.pop(drop)
            made[keep] += [*made.pop(drop), (ordered[keep], ordered[drop], mean)]
        trees = []
        for k, members in group.items():
            steps = sorted(made[k], key=lambda merge: -merge[2]) if len(made[k]) > 1 else made[k]
            trees.append(Tree(tuple(ordered[m] for m in sorted(members)), tuple(steps), self._runs))
        for tree in trees:
            self._note(tree)
        return trees

    def _note(self, tree: Tree) -> None:
        self._trees[tree.rows[0]] = tree
        for row in tree.rows:
            self._tree_of[row] = tree

    def _forget(self, tree: Tree) -> None:
        del self._trees[tree.rows[0]]
        for row in tree.rows:
            del self._tree_of[row]

    def _settle(self, rows: Vectors, gone: list[Tree], made: list[Tree]) -> Changed:
        """Cluster trees that clash together until none do.  `gone`: trees taken out; `made`: trees put in."""
        before = {tree.rows[0]: tree for tree in gone}
        fresh = {tree.rows[0]: tree for tree in made}
        pending = made
        while pending:
            clashes = self._clashes(rows, pending)
            pairs = {
                min(first, other): max(first, other)
                for first, (_, other) in clashes.items()
                if clashes[other][1] == first
            }
            waiting = [tree for tree in pending if tree.rows[0] in clashes]
            pending = []
            for one, other in pairs.items():
                clashing = self._trees[one], self._trees[other]
                for tree in clashing:
                    self._forget(tree)
                    if fresh.get(tree.rows[0]) is tree:
                        del fresh[tree.rows[0]]
                    else:
                        before[tree.rows[0]] = tree
                again = self._run(rows, [*clashing[0].rows, *clashing[1].rows])
                fresh.update((tree.rows[0], tree) for tree in again)
                pending += again
            pending += [tree for tree in waiting if self._trees.get(tree.rows[0]) is tree]
        return self._changed(before, fresh)

    def _clashes(self, rows: Vectors, pending: Sequence[Tree]) -> dict[int, tuple[Clash, int]]:
        """First row of a tree -> its strongest clash and the first row of the tree that it is with."""
        found: dict[int, tuple[Clash, int]] = {}
        for tree in pending:
            others = {self._tree_of[other].rows[0] for row in tree.rows for other in self._near.get(row, ())}
            near = [self._trees[first] for first in sorted(others - {tree.rows[0]})]
            near = [other for other in near if other.run != tree.run]
            if not near:
                continue
            likeness = cross(subset(rows, tree.rows), subset(rows, [row for other in near for row in other.rows]))
            begin, nodes = 0, _nodes(tree, self._least)
            for other in near:
                part = likeness[:, begin : begin + len(other.rows)]
                begin += len(other.rows)
                clash = self._clash(nodes, _nodes(other, self._least), part.astype(np.float64))
                if clash is not None:
                    for one, two in ((tree.rows[0], other.rows[0]), (other.rows[0], tree.rows[0])):
                        if one not in found or clash.beats(found[one][0]):
                            found[one] = clash, two
        return found

    def _clash(self, one: _Nodes, other: _Nodes, likeness: Floats) -> Clash | None:
        """The strongest clash of two trees, given the likeness of their rows."""
        if likeness.max() < self._least:
            return None
        mean = one.members @ likeness @ other.members.T / np.outer(one.size, other.size)
        bound = np.maximum(one.until[:, None], other.until[None, :])
        places = np.argwhere(mean >= bound)
        values = mean[places[:, 0], places[:, 1]]
        for value in np.unique(values)[::-1]:  # the highest first: of equals only, some may come after all
            best: Clash | None = None
            for a, b in places[values == value].tolist():
                ranks = sorted((self._rank(one.first[a]), self._rank(other.first[b])))
                clash = Clash(float(value), (ranks[0], ranks[1]))
                if self._precedes(clash, one, a) and self._precedes(clash, other, b):
                    best = clash if best is None or clash.beats(best) else best
            if best is not None:
                return best
        return None

    def _precedes(self, clash: Clash, nodes: _Nodes, node: int) -> bool:
        """Whether a merge comes before the one that ends a node."""
        by = nodes.by[node]
        if by is None:
            return True
        return clash.beats(Clash(float(nodes.until[node]), (self._rank(by[0]), self._rank(by[1]))))

    def _changed(self, before: dict[int, Tree], fresh: dict[int, Tree]) -> Changed:
        """What is new: a tree of the same rows is not, whatever its merges."""
        gone = {tree.rows: tree for tree in before.values()}
        new = {tree.rows: tree for tree in fresh.values()}
        moved: list[int] = []
        taken: set[int] = set()
        for tree in sorted(new.values(), key=lambda tree: (-len(tree.rows), tree.rows)):
            votes = Counter(label for row in tree.rows if (label := self._label.get(row, -1)) >= 0)
            kept = next((label for label, _ in votes.most_common() if label not in taken), None)
            if kept is None:
                kept, self._labels = self._labels, self._labels + 1
            taken.add(kept)
            moved += [row for row in tree.rows if row in self._label and self._label[row] != kept]
            self._label.update(dict.fromkeys(tree.rows, kept))
        same = gone.keys() & new.keys()
        return Changed(
            [tree for key, tree in gone.items() if key not in same],
            [tree for key, tree in new.items() if key not in same],
            moved,
        )
