"""Stories: which articles tell of one event.

Articles are clustered by average link (see `recoupe.compare.clusters`) of their vectors' likeness.  No order of the
input changes a bit of the result, and an article that is like no other changes nothing.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from recoupe.compare import limits
from recoupe.compare.clusters import Changed, Clusters, Tree, components
from recoupe.compare.linking import THREAD, Linker, matrix
from recoupe.compare.pile import Pile
from recoupe.compare.vectors import UNIT, Vectors, distinct, middles, subset, vectors
from recoupe.model import Reading, Story
from recoupe.text import sha256

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_SHOWN: Final = 8  # terms printed as the reason of a story


def cluster(readings: Iterable[Reading]) -> tuple[Story, ...]:
    """The stories of these articles, each article in exactly one, ordered by their first article's id.

    Raises ValueError where two articles have one id.
    """
    heap = Pile()
    known = Stories(heap)
    known.add(heap.extend(readings))
    return known.all()


def likeness(readings: Sequence[Reading]) -> NDArray[np.float64]:
    """How alike each two of these readings are, of those in the order given (the diagonal means nothing)."""
    heap = Pile(readings)
    rows = subset(vectors(heap, range(len(heap))), [heap.row_of[reading.id] for reading in readings])
    return matrix(rows) / UNIT


class Stories:
    """The stories of a pile while articles come and go."""

    def __init__(self, heap: Pile) -> None:
        self._heap = heap
        self._linker = Linker(limits.STORY_LINK)
        self._clusters = Clusters(lambda row: heap.readings[row].id, limits.STORY_LINK)
        self._threads = _Threads()
        self._plain: dict[int, Story] = {}  # first row -> story, but for its thread

    def add(self, new: range) -> Changed:
        """Take in the rows of the pile that are new."""
        pairs = self._linker.add(vectors(self._heap, new))
        return self._changed(self._clusters.add(self._linker.rows, new, pairs))

    def remove(self, row: int) -> Changed:
        """Take a row out."""
        self._linker.remove([row])
        return self._changed(self._clusters.remove(self._linker.rows, row))

    def label(self, row: int) -> int:
        """A number that the rows of one story share."""
        return self._clusters.label(row)

    def labels(self, rows: Ints) -> Ints:
        """The labels of these rows."""
        label = self._clusters.label
        return np.array([label(row) for row in rows.tolist()], dtype=np.int64)

    def tree(self, row: int) -> Tree:
        """The tree of the articles of a row's story."""
        return self._clusters.tree(row)

    def of(self, row: int) -> Story:
        """The story that a row is in."""
        tree = self._clusters.tree(row)
        thread = self._threads.around(tree)
        return self._story(tree, _thread([self._story(t, None).id for t in thread]) if len(thread) > 1 else None)

    def all(self) -> tuple[Story, ...]:
        """All stories, ordered by their first article's id."""
        named: dict[int, str] = {}
        for thread in self._threads.all():
            name = _thread([self._story(tree, None).id for tree in thread])
            named.update((tree.rows[0], name) for tree in thread)
        trees = sorted(self._clusters.trees(), key=lambda tree: self._heap.readings[tree.rows[0]].id)
        return tuple(self._story(tree, named.get(tree.rows[0])) for tree in trees)

    def _changed(self, changed: Changed) -> Changed:
        for tree in changed.gone:
            self._plain.pop(tree.rows[0], None)
        self._threads.change(self._linker.rows, changed)
        return changed

    def story_id(self, tree: Tree) -> str:
        """The id of the story that a tree is: of its members only, so that it is the same in any pile."""
        return identity(self._articles(tree.rows))

    def _story(self, tree: Tree, thread: str | None) -> Story:
        plain = self._plain.get(tree.rows[0])
        if plain is None:
            articles = self._articles(tree.rows)
            terms = self._reason(tree.rows) if len(tree.rows) > 1 else ()
            plain = self._plain[tree.rows[0]] = Story(identity(articles), articles, terms)
        return plain if thread is None else Story(plain.id, plain.articles, plain.terms, thread)

    def _articles(self, rows: Sequence[int]) -> tuple[str, ...]:
        return tuple(self._heap.readings[row].id for row in rows)

    def _reason(self, group: Sequence[int]) -> tuple[str, ...]:
        """The terms that weigh most in what the articles share, as the articles spell them."""
        part = subset(self._linker.rows, group)
        unique = distinct(part.terms)
        where = np.searchsorted(unique, part.terms)
        total = np.where(np.bincount(where) > 1, np.bincount(where, weights=part.weights), 0.0)
        least = max(1.0, float(np.sort(total)[-_SHOWN:][0])) if len(total) else 1.0
        known = self._heap.vocabulary
        strength = [
            (-int(total[k]), tuple(known.spelling[p] for p in known.parts(int(unique[k]))))
            for k in np.flatnonzero(total >= least)
        ]
        return tuple(self._spelled(group, [parts for _, parts in sorted(strength)[:_SHOWN]]))

    def _spelled(self, group: Sequence[int], terms: list[tuple[str, ...]]) -> list[str]:
        """Each term as the first article that has it writes it (a stem is no word to show)."""
        heap, known = self._heap, self._heap.vocabulary
        wanted = np.array(sorted({known.term_id(part) for term in terms for part in term}), dtype=np.int64)
        written: dict[str, str] = {}
        for row in group:
            title = heap.titles[heap.title_starts[row] : heap.title_starts[row + 1]]
            tokens = np.concatenate([title, heap.tokens[heap.starts[row] : heap.starts[row + 1]]])
            for token in tokens[np.isin(known.term[tokens], wanted)].tolist():
                form = known.form[token]
                written.setdefault(known.spelling[known.term[token]], form if known.name[token] else form.lower())
            if len(written) == len(wanted):
                break
        return [" ".join(written.get(part, part.lstrip("#@")) for part in term) for term in terms]


class _Threads:
    """Which stories continue one another on other days: those whose middles are linked, at first or second hand."""

    def __init__(self) -> None:
        self._linker = Linker(limits.THREAD_LINK, THREAD)
        self._trees: list[Tree] = []  # of each middle
        self._middle: dict[int, int] = {}  # first row of a tree that is -> its middle
        self._near: defaultdict[int, array[int]] = defaultdict(lambda: array("i"))

    def change(self, rows: Vectors, changed: Changed) -> None:
        """Put trees in the place of others."""
        for tree in changed.gone:
            middle = self._middle.pop(tree.rows[0])
            self._linker.remove([middle])
            for other in self._near.pop(middle, ()):
                self._near[other].remove(middle)
        new = sorted(changed.new, key=lambda tree: min(tree.rows))  # as they came: near in time
        if not new:
            return
        for tree in new:
            self._middle[tree.rows[0]] = len(self._trees)
            self._trees.append(tree)
        pairs = self._linker.add(middles(rows, [tree.rows for tree in new], limits.THREAD_TERMS))
        for a, b in zip(pairs.a.tolist(), pairs.b.tolist(), strict=True):
            self._near[a].append(b)
            self._near[b].append(a)

    def around(self, tree: Tree) -> list[Tree]:
        """The trees of a tree's thread, itself included."""
        seen = {self._middle[tree.rows[0]]}
        waiting = list(seen)
        while waiting:
            new = set(self._near.get(waiting.pop(), ())) - seen
            seen |= new
            waiting += new
        return [self._trees[middle] for middle in sorted(seen)]

    def all(self) -> Iterator[list[Tree]]:
        """The threads of more than one story."""
        alive = sorted(self._middle.values())
        place = {middle: k for k, middle in enumerate(alive)}
        pairs = ((place[a], place[b]) for a in alive for b in self._near.get(a, ()) if a < b)
        for part in components(len(alive), pairs):
            if len(part) > 1:
                yield [self._trees[alive[k]] for k in part]


def _thread(stories: Iterable[str]) -> str:
    return "t-" + sha256("\n".join(sorted(stories)))[:12]


def identity(articles: Sequence[str]) -> str:
    """A story's id: of its members only, so that the same articles make the same story in any pile."""
    return "s-" + sha256("\n".join(sorted(articles)))[:12]
