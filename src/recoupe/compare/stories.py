"""Stories: which articles tell of one event.

An article is a bag of stems, numbers, names and pairs of names; a term's weight comes from a table of how common words
are in running text, not from the pile, so that an article more changes nothing between the others (on the ECB+ corpus
this also separates stories better than document frequencies of the pile do).  Likeness is the cosine, times a factor of
the days between.  Pairs that are alike enough are found by an inverted index with prefix filtering (Bayardo, Ma and
Srikant 2007), which loses none; each block of articles linked by such pairs is then clustered by average link
(UPGMA).  A merge at mean likeness t needs a pair of at least t, so that blocks are exact: clustering a block is
clustering the whole pile.  All sums are of integers: no order of the input changes a bit of the result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from recoupe.compare import limits
from recoupe.compare.pile import NAME_PAIR, NUMBER, TOKEN, Pile, Vocabulary, damp, is_year, pile
from recoupe.model import Reading, Story, moment
from recoupe.text import sha256

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_UNIT: Final = 4096  # a vector's length in integer weights
_NUMBER_IN_LENGTH: Final = 0.6  # a number in common says much, one of its own says little against an article
_LEAD: Final = 100  # words at the start that count twice: news says first what happened
_CHUNK: Final = 4_000_000  # pairs expanded at once: bounds memory
_LARGEST: Final = 1e15  # of quantities that become terms
_SHOWN: Final = 8  # terms printed as the reason of a story
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")
_NO_DAY: Final = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class Vectors:
    """One row of terms an article (compressed rows): `terms` and integer `weights` between `starts`.

    `numeric` tells which entries are numbers; `minutes`: when each article was published, counted from 1970 (`_NO_DAY`
    where that is not known).
    """

    terms: Ints
    weights: Ints
    numeric: NDArray[np.bool_]
    starts: Ints
    minutes: Ints

    def __len__(self) -> int:
        return len(self.starts) - 1


def vectors(heap: Pile) -> Vectors:
    """The articles' term vectors, the heaviest `limits.STORY_TERMS` terms of each, of length `_UNIT`."""
    terms, weights, lengths = [], [], []
    known = heap.vocabulary
    term, weight, name = np.array(known.term), np.array(known.weight), np.array(known.name, dtype=bool)
    for i in range(len(heap.readings)):
        row = _row(heap, i, term, weight, name)
        terms.append(row[0])
        weights.append(row[1])
        lengths.append(len(row[0]))
    starts = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=starts[1:])
    empty = np.zeros(0, dtype=np.int64)
    minutes = np.array([_minutes(reading) for reading in heap.readings], dtype=np.int64)
    flat = np.concatenate(terms or [empty])
    return Vectors(flat, np.concatenate(weights or [empty]), _numeric(known)[flat], starts, minutes)


def _numeric(known: Vocabulary) -> NDArray[np.bool_]:
    """Which terms are numbers of at least two digits, years aside: small ones are in every article."""
    return np.array([s[0] == "#" and len(s) > 2 and not is_year(s[1:]) for s in known.spelling], dtype=bool)


def _minutes(reading: Reading) -> int:
    moment = reading.article.moment
    return _NO_DAY if moment is None else int(moment.timestamp() // 60)


def _row(heap: Pile, i: int, term: Ints, weight: NDArray[np.float64], name: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    body = heap.tokens[heap.starts[i] : heap.starts[i + 1]]
    title = heap.titles[heap.title_starts[i] : heap.title_starts[i + 1]]
    tokens = np.concatenate([body, body[:_LEAD], title])
    ids, worth = term[tokens], weight[tokens]
    read = _read(heap, i, ids)
    ids, worth = np.concatenate([ids, read]), np.concatenate([worth, np.full(len(read), NUMBER)])
    named = name[body]
    pairs = np.flatnonzero(named[:-1] & named[1:])
    if len(pairs):
        known, stems = heap.vocabulary, term[body]
        spelled = [
            known.term_id(f"{known.spelling[a]} {known.spelling[b]}")
            for a, b in zip(stems[pairs].tolist(), stems[pairs + 1].tolist(), strict=True)
        ]
        ids = np.concatenate([ids, np.array(spelled, dtype=np.int64)])
        worth = np.concatenate([worth, np.full(len(spelled), NAME_PAIR)])
    unique, where, counts = np.unique(ids, return_inverse=True, return_counts=True)
    lightest = np.full(len(unique), np.inf)
    np.minimum.at(lightest, where, worth)  # a stem weighs what its commonest spelling weighs
    values = damp(counts.astype(np.float64)) * lightest if len(unique) else lightest
    return _heaviest(heap, unique, values)


def _read(heap: Pile, i: int, ids: Ints) -> Ints:
    """What reading adds to the words: quantities that no digits give ("neuf cent mille", "3 M"), and days resolved from
    words ("mardi prochain") that are not the article's own or the one before, which every article of the day shares."""
    reading = heap.readings[i]
    if not reading.quantities and not reading.times:
        return np.zeros(0, dtype=np.int64)
    values = {f"{q.value:.4f}".rstrip("0").rstrip(".") for q in reading.quantities if abs(q.value) < _LARGEST}
    known = {heap.vocabulary.spelling[t] for t in set(ids.tolist())}
    numbers = {f"#{value}" for value in values if len(value) > 1} - known
    days = {f"@{time.value[:10]}" for time in reading.times if _is_telling(time.value, reading.article.published)}
    return np.array([heap.vocabulary.term_id(term) for term in sorted(numbers | days)], dtype=np.int64)


def _is_telling(value: str, published: str | None) -> bool:
    day = moment(value[:10]) if _DAY.match(value) else None
    own = moment((published or "")[:10])
    return day is not None and (own is None or abs((day - own).days) > 1)


def _heaviest(heap: Pile, terms: Ints, values: NDArray[np.float64]) -> tuple[Ints, Ints]:
    """The heaviest terms (ties in the order of their spelling), scaled to whole weights, sorted by term."""
    kept = np.flatnonzero(values > 0)
    if len(kept) > limits.STORY_TERMS:
        bound = -np.partition(-values[kept], limits.STORY_TERMS - 1)[limits.STORY_TERMS - 1]
        above, ties = kept[values[kept] > bound], kept[values[kept] == bound]
        spelled = sorted(ties.tolist(), key=lambda t: heap.vocabulary.spelling[terms[t]])
        kept = np.sort(np.concatenate([above, np.array(spelled[: limits.STORY_TERMS - len(above)], dtype=np.int64)]))
    number = np.array([heap.vocabulary.spelling[term][0] in "#@" for term in terms[kept].tolist()], dtype=bool)
    length = np.where(number, _NUMBER_IN_LENGTH, 1.0) * values[kept]
    norm = float(np.sqrt(np.sum(np.sort(length**2)))) or 1.0
    return terms[kept], np.rint(values[kept] * (_UNIT / norm)).astype(np.int64)


# --- likeness ---------------------------------------------------------------------------------------------------


def nearness(minutes_a: Ints, minutes_b: Ints) -> NDArray[np.float64]:
    """The factor of time on likeness: a gain for near days, nothing beyond the window, 1 where a date is missing."""
    unknown = (minutes_a == _NO_DAY) | (minutes_b == _NO_DAY)
    days = np.abs(np.where(unknown, 0, minutes_a) - np.where(unknown, 0, minutes_b)) / 1440.0
    span = limits.STORY_DAYS - limits.STORY_NEAR_DAYS
    fade = np.clip((limits.STORY_DAYS - days) / span, 0.0, 1.0) * limits.STORY_NEAR_GAIN
    return np.where(unknown, 1.0, fade)


def _postings(rows: Vectors, terms: Ints) -> tuple[Ints, Ints, Ints]:
    """(article of each entry, order of the entries by term, bounds of each term in that order)."""
    articles = np.repeat(np.arange(len(rows)), np.diff(rows.starts))
    order = np.argsort(terms, kind="stable")
    bounds = np.searchsorted(terms[order], np.arange(int(terms.max()) + 2)) if len(terms) else np.zeros(1, np.int64)
    return articles, order, bounds


def links(rows: Vectors, least: float) -> tuple[Ints, Ints]:
    """All pairs (a < b) whose likeness may reach `least` before the factor of time, none that reaches it left out.

    Entries are kept out of the candidate join where they are so common in the pile that what an article's common
    entries can add up to, even together, stays below `least`.
    """
    # The ids of terms follow the input's order, and so does the order of work; the set of pairs does not.
    if not len(rows.terms):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    articles, order, bounds = _postings(rows, rows.terms)
    frequency = np.diff(bounds)[rows.terms]
    rare = _prefix(rows, articles, frequency, least)
    found = [np.zeros(0, np.int64)]
    count = len(rows)
    for left, right in _joined(rows, articles, order, bounds, rare):
        low, high = np.minimum(left, right), np.maximum(left, right)
        found.append(np.unique(low * count + high))
    codes = np.unique(np.concatenate(found))
    return codes // count, codes % count


def _prefix(rows: Vectors, articles: Ints, frequency: Ints, least: float) -> NDArray[np.bool_]:
    """Which entries are in their article's prefix: all but its commonest ones of squared length below `least`."""
    order = np.lexsort((rows.terms, -frequency, articles))
    squares = rows.weights[order] ** 2
    total = np.cumsum(squares)
    before = np.concatenate([[0], total])[rows.starts[:-1]]
    running = total - np.repeat(before, np.diff(rows.starts))
    rare = np.empty(len(order), dtype=bool)
    rare[order] = running >= least * _UNIT * _UNIT * 0.999
    return rare


def _joined(
    rows: Vectors, articles: Ints, order: Ints, bounds: Ints, rare: NDArray[np.bool_]
) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of articles that share a term which is in the prefix of at least one, within the window of days."""
    window = int(limits.STORY_DAYS * 1440)
    minutes = rows.minutes
    starts, ends = bounds[rows.terms], bounds[rows.terms + 1]
    wanted = np.flatnonzero(rare & (ends - starts > 1))
    sizes = (ends - starts)[wanted]
    cuts = np.searchsorted(np.cumsum(sizes), np.arange(_CHUNK, int(sizes.sum()) + _CHUNK, _CHUNK), side="right")
    previous = 0
    for cut in [*cuts.tolist(), len(wanted)]:
        part = wanted[previous : max(cut, min(previous + 1, len(wanted)))]
        previous = max(cut, previous)
        if not len(part):
            continue
        size = (ends - starts)[part]
        left = np.repeat(articles[part], size)
        offset = np.arange(len(left)) - np.repeat(np.cumsum(size) - size, size)
        right = articles[order[np.repeat(starts[part], size) + offset]]
        near = (left != right) & (
            (minutes[left] == _NO_DAY) | (minutes[right] == _NO_DAY) | (np.abs(minutes[left] - minutes[right]) < window)
        )
        yield left[near], right[near]


def likeness(rows: Vectors, a: Ints, b: Ints) -> NDArray[np.float64]:
    """The cosine of each pair, times the factors of time and of numbers; exact to the last bit whatever the order."""
    dots, shared = _dots(rows, a, b)
    bounds = np.concatenate([[0], np.cumsum(rows.numeric)])[rows.starts]
    numbers = np.diff(bounds)
    apart = (shared == 0) & (np.minimum(numbers[a], numbers[b]) >= limits.STORY_NUMBERS)
    veto = np.where(apart, limits.STORY_NUMBERS_APART, 1.0)
    return dots / float(_UNIT * _UNIT) * veto * nearness(rows.minutes[a], rows.minutes[b])


def _dots(rows: Vectors, a: Ints, b: Ints) -> tuple[Ints, Ints]:
    """The inner product of each pair of rows, and how many numbers they share, in integers."""
    width = int(rows.terms.max()) + 1 if len(rows.terms) else 1
    owner = np.repeat(np.arange(len(rows)), np.diff(rows.starts))
    keys = owner * width + rows.terms  # ascending, as terms are sorted within a row
    products, numbers = np.zeros(len(a), dtype=np.int64), np.zeros(len(a), dtype=np.int64)
    step = max(1, _CHUNK // max(limits.STORY_TERMS, 1))
    for begin in range(0, len(a), step):
        left, right = a[begin : begin + step], b[begin : begin + step]
        sizes = np.diff(rows.starts)[left]
        pair = np.repeat(np.arange(len(left)), sizes)
        entry = np.repeat(rows.starts[left], sizes) + np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        wanted = right[pair] * width + rows.terms[entry]
        place = np.searchsorted(keys, wanted)
        place[place == len(keys)] = 0
        shared = keys[place] == wanted
        entry, place, pair = entry[shared], place[shared], pair[shared]
        total = np.bincount(pair, weights=rows.weights[entry] * rows.weights[place], minlength=len(left))
        products[begin : begin + step] = total.astype(np.int64)
        numbers[begin : begin + step] = np.bincount(pair[rows.numeric[entry]], minlength=len(left))
    return products, numbers


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
    if len(block) > limits.STORY_BLOCK:
        return _cut(rows, block, least)
    index = np.array(block)
    a, b = np.triu_indices(len(block), 1)
    matrix = np.zeros((len(block), len(block)))
    matrix[a, b] = matrix[b, a] = np.rint(likeness(rows, index[a], index[b]) * _UNIT)
    return [[block[i] for i in group] for group in average_link(matrix, least * _UNIT)]


def _cut(rows: Vectors, block: list[int], least: float) -> list[list[int]]:
    higher = min(1.0, least * 1.25)
    part = _subset(rows, block)
    a, b = _linked(part, higher)
    groups = blocks(len(block), a, b)
    if higher >= 1.0:  # that many articles of the same words: they are one story
        return [[block[i] for i in group] for group in groups]
    return [[block[j] for j in sub] for group in groups for sub in _nested(part, group, higher)]


def _nested(part: Vectors, group: list[int], least: float) -> list[list[int]]:
    return _clustered(part, group, least)


def _subset(rows: Vectors, chosen: Sequence[int]) -> Vectors:
    spans = [slice(int(rows.starts[i]), int(rows.starts[i + 1])) for i in chosen]
    starts = np.zeros(len(chosen) + 1, dtype=np.int64)
    np.cumsum([span.stop - span.start for span in spans], out=starts[1:])
    return Vectors(
        np.concatenate([rows.terms[span] for span in spans]),
        np.concatenate([rows.weights[span] for span in spans]),
        np.concatenate([rows.numeric[span] for span in spans]),
        starts,
        rows.minutes[np.array(chosen)],
    )


def _linked(rows: Vectors, least: float) -> tuple[Ints, Ints]:
    a, b = links(rows, least / limits.STORY_NEAR_GAIN)
    enough = np.rint(likeness(rows, a, b) * _UNIT) >= np.rint(least * _UNIT)
    return a[enough], b[enough]


def groups(rows: Vectors, least: float = limits.STORY_LINK) -> list[list[int]]:
    """The stories as lists of row numbers, each sorted, in the order of their first member."""
    a, b = _linked(rows, least)
    return sorted(story for block in blocks(len(rows), a, b) for story in _clustered(rows, block, least))


# --- the result -------------------------------------------------------------------------------------------------


def cluster(readings: Sequence[Reading]) -> tuple[Story, ...]:
    """The stories of these articles, each article in exactly one, ordered by their first article's id.

    Raises ValueError where two articles have one id.
    """
    return of_pile(pile(readings))


def of_pile(heap: Pile) -> tuple[Story, ...]:
    """The stories of a pile; see `cluster`."""
    rows = vectors(heap)
    return tuple(_story(heap, rows, group) for group in groups(rows))


def _story(heap: Pile, rows: Vectors, group: list[int]) -> Story:
    articles = tuple(heap.readings[i].article.id for i in group)
    return Story(identity(articles), articles, _reason(heap, rows, group) if len(group) > 1 else ())


def identity(articles: Sequence[str]) -> str:
    """A story's id: of its members only, so that the same articles make the same story in any pile."""
    return "s-" + sha256("\n".join(sorted(articles)))[:12]


def _reason(heap: Pile, rows: Vectors, group: list[int]) -> tuple[str, ...]:
    """The terms that weigh most in what the articles share, as the articles spell them."""
    part = _subset(rows, group)
    unique, where = np.unique(part.terms, return_inverse=True)
    shared = np.bincount(where)
    total = np.bincount(where, weights=part.weights)
    strength = [
        (-int(total[k]), heap.vocabulary.spelling[term]) for k, term in enumerate(unique.tolist()) if shared[k] > 1
    ]
    chosen = [spelling for _, spelling in sorted(strength)[:_SHOWN]]
    return tuple(_spelled(heap, group, chosen))


def _spelled(heap: Pile, group: list[int], terms: list[str]) -> list[str]:
    """Each term as the first article that has it writes it (a stem is no word to show)."""
    open_terms = {part for term in terms for part in term.split(" ")}
    written: dict[str, str] = {}
    known = heap.vocabulary
    for i in group:
        reading = heap.readings[i]
        text = f"{reading.article.title}\n{reading.text}"
        for token, ident in zip(TOKEN.findall(text), known.encode(text), strict=True):
            spelling = known.spelling[known.term[ident]]
            if spelling in open_terms and spelling not in written:
                written[spelling] = token if known.name[ident] else token.lower()
        if len(written) == len(open_terms):
            break
    return [" ".join(written.get(part, part.lstrip("#@")) for part in term.split(" ")) for term in terms]
