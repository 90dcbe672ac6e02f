"""Geometry of the two drawings: across in percent of the width, so that they hold from 320 pixels up; down in units."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import MAXYEAR, UTC, datetime, timedelta

from recoupe.messages import Ui, catalogue
from recoupe.model import EdgeKind
from recoupe.report.view.types import Column, Link, Node, Sourcing, StoryView

LANES, LANE, APART = 8, 26, 7.0
"""Most rows of dots on a timeline, the height of one in pixels, and the least distance of two dots in percent."""

GAP = 8.0
"""Width between two columns of the sourcing graph, in percent."""

_EDGE = 4.0  # percent left free at either end of the timeline
_STEPS = tuple(timedelta(hours=h) for h in (1, 3, 6, 12, 24, 48, 24 * 7, 24 * 30, 24 * 91, 24 * 365, 24 * 3650))
_LAST_YEAR = MAXYEAR - 11  # a longest step beyond it the calendar ends


@dataclass(frozen=True, slots=True)
class Dot:
    """One article on the timeline; `until` ends the bar of one whose date has no time of day.

    A `crowded` dot found no lane free and lies among others: it is drawn small and without its number.
    """

    x: float
    y: float
    number: int
    anchor: str
    until: float | None = None
    crowded: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A moment named under the timeline."""

    x: float
    label: str
    align: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Dots by time with the arcs that lead from a source to its copy (paths in percent across and pixels down)."""

    dots: tuple[Dot, ...]
    arcs: tuple[str, ...]
    ticks: tuple[Tick, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Graph:
    """The sourcing graph by column, with the path of each link in percent across and hundredths of a row down."""

    columns: tuple[tuple[Column, tuple[Node, ...]], ...]
    paths: tuple[tuple[Link, str], ...]
    rows: int

    @property
    def strokes(self) -> tuple[tuple[EdgeKind, bool, str], ...]:
        """The paths that are drawn alike, as one: kind, whether circular, path."""
        found: dict[tuple[EdgeKind, bool], list[str]] = {}
        for link, path in self.paths:
            found.setdefault((link.kind, link.circular), []).append(path)
        return tuple((kind, circular, "".join(paths)) for (kind, circular), paths in sorted(found.items()))


def timeline(story: StoryView, ui: Ui) -> Timeline | None:
    """The story's dated articles on one line; None where fewer than two are dated."""
    moments = ((_moment(ref.published), ref) for ref in story.articles)
    dated = [(moment, len(ref.published or "") <= 10, ref) for moment, ref in moments if moment]
    if len(dated) < 2:
        return None
    start = min(moment for moment, _, _ in dated)
    end = max(moment + timedelta(days=1) * whole for moment, whole, _ in dated)
    width = max((end - start).total_seconds(), 1.0)

    def across(moment: datetime) -> float:
        return round(_EDGE + (100 - 2 * _EDGE) * min((moment - start).total_seconds() / width, 1.0), 2)

    dots: dict[str, Dot] = {}
    last = [-APART] * LANES
    for moment, whole, ref in sorted(dated, key=lambda item: (item[0], item[2].number)):
        x = across(moment)
        until = across(moment + timedelta(days=1)) if whole else None
        free = next((i for i in range(LANES) if x - last[i] >= APART), None)
        lane = LANES - 1 if free is None else free
        if free is not None:
            last[free] = max(x, until or 0.0)
        dots[ref.anchor] = Dot(x, lane, ref.number, ref.anchor, until, free is None)
    lanes = 1 + round(max(dot.y for dot in dots.values()))
    placed = {key: replace(dot, y=(lanes - dot.y - 0.5) * LANE + 8) for key, dot in dots.items()}
    arcs = tuple(
        _arc(placed[copy.source.anchor], placed[copy.copy.anchor])
        for copy in story.copies
        if copy.source.anchor in placed and copy.copy.anchor in placed
    )
    return Timeline(tuple(placed.values()), arcs, _ticks(start, end, across(end), ui), lanes * LANE + 16)


def _arc(source: Dot, copy: Dot) -> str:
    middle, top = (source.x + copy.x) / 2, min(source.y, copy.y) - 24
    return f"M{source.x:g} {source.y:g}Q{middle:g} {max(top, 1):g} {copy.x:g} {copy.y:g}"


def _moment(published: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(published or "")
    except ValueError:
        return None
    try:
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return None
    return moment if moment.year <= _LAST_YEAR else None


def _ticks(start: datetime, end: datetime, last: float, ui: Ui) -> tuple[Tick, ...]:
    """At most four round moments between `start` and `end`, in UTC."""
    words = catalogue("recoupe.report", ui)
    length = end - start
    step = next((step for step in _STEPS if length / step <= 4), _STEPS[-1])
    first = datetime(start.year, 1, 1, tzinfo=UTC)
    count = -((first - start) // step)  # the first multiple of the step at or after the start
    ticks: list[Tick] = []
    while (moment := first + count * step) <= end and len(ticks) < 6:
        x = round(_EDGE + (last - _EDGE) * ((moment - start) / length if length else 0.5), 2)
        label = f"{moment.day} {words[f'month.{moment.month}']}"
        if step < timedelta(days=1):
            clock = f"{moment:%H:%M}"
            label = clock if ticks and moment.hour else f"{label} {clock}"
            label += "" if ticks else " UTC"
        elif step > timedelta(days=300):
            label = str(moment.year)
        ticks.append(Tick(x, label, "start" if x < 10 else "end" if x > 90 else "middle"))
        count += 1
    return tuple(ticks)


def graph(sourcing: Sourcing) -> Graph:
    """Place the nodes of a sourcing graph: origins at the left, then relays, articles, and articles that rest on one.

    Articles keep their order in time; the names they rest on are put beside them (barycentre, one sweep).  A link that
    passes a column does so between two of its nodes, never behind one.
    """
    rows = _rows(sourcing)
    columns = list(rows)
    tallest = max(len(indexes) for indexes in rows.values())
    board = _Board(
        columns={index: column for column, name in enumerate(columns) for index in rows[name]},
        heights={
            index: ((tallest - len(indexes)) / 2 + row + 0.5) * 100
            for indexes in rows.values()
            for row, index in enumerate(indexes)
        },
        sizes=tuple(len(rows[name]) for name in columns),
        tallest=tallest,
        width=(100 - GAP * (len(columns) - 1)) / len(columns),
    )
    return Graph(
        tuple((name, tuple(sourcing.nodes[index] for index in rows[name])) for name in columns),
        tuple((link, board.path(link, number)) for number, link in enumerate(sourcing.links)),
        tallest,
    )


def _rows(sourcing: Sourcing) -> dict[Column, list[int]]:
    """The indexes of the nodes by column, names in the order of the rows of what rests on them."""
    rows: dict[Column, list[int]] = {}
    for index, node in enumerate(sourcing.nodes):
        rows.setdefault(node.column, []).append(index)
    above: dict[int, list[int]] = {}
    for link in sourcing.links:
        above.setdefault(link.lower, []).append(link.upper)
    place = {index: row / len(indexes) for indexes in rows.values() for row, index in enumerate(indexes)}
    for column in ("relays", "origins"):
        if column in rows:

            def mean(index: int) -> tuple[bool, float, int]:
                users = above.get(index, ())
                return not users, sum(place[user] for user in users) / max(len(users), 1), index

            rows[column].sort(key=mean)
            place.update((index, row / len(rows[column])) for row, index in enumerate(rows[column]))
    return rows


@dataclass(frozen=True, slots=True)
class _Board:
    """Where the nodes lie: column and height of each, and the columns' sizes."""

    columns: dict[int, int]
    heights: dict[int, float]
    sizes: tuple[int, ...]
    tallest: int
    width: float

    def path(self, link: Link, number: int) -> str:
        """The path of a link, from the node that rests to the one it rests on."""
        near, far = sorted((link.upper, link.lower), key=lambda index: (self.columns[index], self.heights[index]))
        column, other = self.columns[near], self.columns[far]
        y, end = self.heights[near], self.heights[far]
        if column == other:
            side = self.left(column) if column else self.width
            bulge = side + (-0.9 if column else 0.9) * GAP
            return f"M{side:g} {y:g}C{bulge:g} {y:g} {bulge:g} {end:g} {side:g} {end:g}"
        steps = [f"M{self.left(column) + self.width:g} {y:g}"]
        for passed in range(column + 1, other):
            straight = y + (end - y) * (passed - column) / (other - column)
            lane = self._between(passed, straight) + (number % 5 - 2) * 3
            steps.append(f"{self._bend(passed, y, lane)}H{self.left(passed) + self.width:g}")
            y = lane
        return "".join(steps) + self._bend(other, y, end)

    def left(self, column: int) -> float:
        """The left edge of a column."""
        return column * (self.width + GAP)

    def _bend(self, column: int, y: float, end: float) -> str:
        """A curve over the gap before `column`."""
        right = self.left(column)
        middle = right - GAP / 2
        return f"C{middle:g} {y:g} {middle:g} {end:g} {right:g} {end:g}"

    def _between(self, column: int, y: float) -> float:
        """The height nearest to `y` that runs between two nodes of `column`, or beside them all."""
        first = (self.tallest - self.sizes[column]) / 2
        row = min(max(round(y / 100 - first), 0), self.sizes[column])
        return (first + row) * 100
