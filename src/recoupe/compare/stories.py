"""Stories: which articles tell of one event.

Articles that are alike enough are linked; each block of linked articles is clustered by average link (UPGMA).  A
merge at mean likeness t needs a pair of at least t, so that blocks are exact: clustering a block is clustering the
whole pile, and an article that is like no other changes nothing.  No order of the input changes a bit of the result.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from recoupe.compare import limits
from recoupe.compare.linking import THREAD, links, matrix
from recoupe.compare.pile import Pile, pile
from recoupe.compare.vectors import UNIT, Vectors, distinct, middles, subset, vectors
from recoupe.model import Reading, Story
from recoupe.text import sha256

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_SHOWN: Final = 8  # terms printed as the reason of a story


# --- clustering -------------------------------------------------------------------------------------------------


def blocks(count: int, a: Ints, b: Ints) -> list[list[int]]:
    """The connected components of the pairs, each sorted, in the order of their first member."""
    parent = list(range(count))

    def root(x: int) -> int:
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for x, y in zip(a.tolist(), b.tolist(), strict=True):
        rx, ry = root(x), root(y)
        if rx != ry:
            parent[max(rx, ry)] = min(rx, ry)
    groups: dict[int, list[int]] = {}
    for x in range(count):
        groups.setdefault(root(x), []).append(x)
    return list(groups.values())


def average_link(similarity: NDArray[np.float64], least: float) -> list[list[int]]:
    """Average link clustering (UPGMA) of a full matrix.

    The two most alike groups are merged while their mean is at least `least`; of equals, the groups whose first members
    come first.  Takes whole numbers, so that sums are exact.
    """
    sums, size = similarity.astype(np.float64), np.ones(len(similarity))
    np.fill_diagonal(sums, -np.inf)
    members = [[i] for i in range(len(sums))]
    mean = sums.copy()
    best, value = mean.argmax(axis=1), mean.max(axis=1)
    while True:
        first = int(value.argmax())
        if value[first] < least:
            break
        second = int(best[first])
        keep, drop = min(first, second), max(first, second)
        sums[keep] += sums[drop]
        sums[:, keep] = sums[keep]
        sums[keep, keep] = -np.inf
        sums[drop], sums[:, drop] = -np.inf, -np.inf
        size[keep] += size[drop]
        members[keep] += members[drop]
        members[drop] = []
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
    return [sorted(group) for group in members if group]


def _clustered(rows: Vectors, block: list[int], least: float) -> list[list[int]]:
    """The stories of one block; a block too large for a full matrix is cut at higher likeness first."""
    if len(block) == 1:
        return [block]
    part = subset(rows, block)
    if len(block) > limits.STORY_BLOCK:
        found = _cut(part, least)
    else:
        found = average_link(matrix(part).astype(np.float64), round(least * UNIT))
    return [[block[i] for i in group] for group in found]


def _cut(rows: Vectors, least: float) -> list[list[int]]:
    """The stories of a block too large to cluster at once: linked at higher likeness until the pieces are small."""
    higher = min(1.0, least * 1.25)
    pieces = blocks(len(rows), *links(rows, higher))
    if higher >= 1.0:  # that many articles of the same words are one story
        return pieces
    return [group for piece in pieces for group in _clustered(rows, piece, higher)]


def groups(rows: Vectors, least: float = limits.STORY_LINK) -> list[list[int]]:
    """The stories as lists of row numbers, each sorted, in the order of their first member."""
    linked = blocks(len(rows), *links(rows, least))
    return sorted(story for block in linked for story in _clustered(rows, block, least))


# --- the result -------------------------------------------------------------------------------------------------


def cluster(readings: Sequence[Reading]) -> tuple[Story, ...]:
    """The stories of these articles, each article in exactly one, ordered by their first article's id.

    Raises ValueError where two articles have one id.
    """
    return of_pile(pile(readings))


def of_pile(heap: Pile) -> tuple[Story, ...]:
    """The stories of a pile; see `cluster`."""
    rows = vectors(heap)
    found = groups(rows)
    ids = [identity(_articles(heap, group)) for group in found]
    linked = threads(rows, found)
    term_of = np.array(heap.vocabulary.term, dtype=np.int64)
    names = {k: "t-" + sha256("\n".join(sorted(ids[m] for m in part)))[:12] for part in linked for k in part}
    return tuple(
        Story(
            ids[k],
            _articles(heap, group),
            _reason(heap, rows, term_of, group) if len(group) > 1 else (),
            names.get(k),
        )
        for k, group in enumerate(found)
    )


def threads(rows: Vectors, found: list[list[int]]) -> list[list[int]]:
    """The stories, by their places in `found`, that continue one another on other days: only those linked at all."""
    middle = middles(rows, found, limits.THREAD_TERMS)
    linked = blocks(len(found), *links(middle, limits.THREAD_LINK, THREAD))
    return [part for part in linked if len(part) > 1]


def _articles(heap: Pile, group: list[int]) -> tuple[str, ...]:
    return tuple(heap.readings[i].article.id for i in group)


def identity(articles: Sequence[str]) -> str:
    """A story's id: of its members only, so that the same articles make the same story in any pile."""
    return "s-" + sha256("\n".join(sorted(articles)))[:12]


def _reason(heap: Pile, rows: Vectors, term_of: Ints, group: list[int]) -> tuple[str, ...]:
    """The terms that weigh most in what the articles share, as the articles spell them."""
    part = subset(rows, group)
    unique = distinct(part.terms)
    where = np.searchsorted(unique, part.terms)
    total = np.where(np.bincount(where) > 1, np.bincount(where, weights=part.weights), 0.0)
    least = max(1.0, float(np.sort(total)[-_SHOWN:][0]))
    spelling = heap.vocabulary.spelling
    strength = [
        (-int(total[k]), tuple(spelling[p] for p in rows.parts(int(unique[k])))) for k in np.flatnonzero(total >= least)
    ]
    return tuple(_spelled(heap, term_of, group, [parts for _, parts in sorted(strength)[:_SHOWN]]))


def _spelled(heap: Pile, term_of: Ints, group: list[int], terms: list[tuple[str, ...]]) -> list[str]:
    """Each term as the first article that has it writes it (a stem is no word to show)."""
    known = heap.vocabulary
    wanted = np.array(sorted({known.term_id(part) for term in terms for part in term}), dtype=np.int64)
    written: dict[str, str] = {}
    for i in group:
        title = heap.titles[heap.title_starts[i] : heap.title_starts[i + 1]]
        tokens = np.concatenate([title, heap.tokens[heap.starts[i] : heap.starts[i + 1]]])
        for token in tokens[np.isin(term_of[tokens], wanted)].tolist():
            form = known.form[token]
            written.setdefault(known.spelling[known.term[token]], form if known.name[token] else form.lower())
        if len(written) == len(wanted):
            break
    return [" ".join(written.get(part, part.lstrip("#@")) for part in term) for term in terms]
