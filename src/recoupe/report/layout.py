"""Geometry of the two drawings: across in percent of the width, so that they hold from 320 pixels up; down in units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from recoupe.messages import Ui, catalogue
from recoupe.report.view.types import Column, Link, Node, Sourcing, StoryView

LANES, LANE, APART = 8, 26, 7.0
"""Most rows of dots on a timeline, the height of one in pixels, and the least distance of two dots in percent."""

GAP = 8.0
"""Width between two columns of the sourcing graph, in percent."""

_EDGE = 4.0  # percent left free at either end of the timeline
_STEPS = tuple(timedelta(hours=h) for h in (1, 3, 6, 12, 24, 48, 24 * 7, 24 * 30, 24 * 91, 24 * 365, 24 * 3650))


@dataclass(frozen=True, slots=True)
class Dot:
    """One article on the timeline; `until` ends the bar of one whose date has no time of day."""

    x: float
    y: float
    number: int
    anchor: str
    until: float | None = None


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


def timeline(story: StoryView, ui: Ui) -> Timeline | None:
    """The story's dated articles on one line; None where fewer than two are dated."""
    dated = [(moment, len(ref.published or "") <= 10, ref) for ref in story.articles if (moment := _moment(ref.published))]
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
        lane = next((i for i in range(LANES) if x - last[i] >= APART), LANES - 1)
        last[lane] = max(x, until or 0.0)
        dots[ref.anchor] = Dot(x, lane, ref.number, ref.anchor, until)
    lanes = 1 + round(max(dot.y for dot in dots.values()))
    placed = {
        key: Dot(dot.x, (lanes - dot.y - 0.5) * LANE + 8, dot.number, dot.anchor, dot.until) for key, dot in dots.items()
    }
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
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return None


def _ticks(start: datetime, end: datetime, last: float, ui: Ui) -> tuple[Tick, ...]:
    """At most four round moments between `start` and `end`, in UTC."""
    words = catalogue("recoupe.report", ui)
    length = end - start
    step = next((step for step in _STEPS if length / step <= 4), _STEPS[-1])
    first = datetime(start.year, 1, 1, tzinfo=UTC)
    count = -((first - start) // step)  # the first multiple of the step at or after the start
    ticks = []
    while (moment := first + count * step) <= end and len(ticks) < 6:
        x = round(_EDGE + (last - _EDGE) * ((moment - start) / length if length else 0.5), 2)
        label = f"{moment.day} {words[f'month.{moment.month}']}"
        if step < timedelta(days=1):
            label = f"{moment:%H:%M}" if moment.hour else label
        elif step > timedelta(days=300):
            label = str(moment.year)
        ticks.append(Tick(x, label, "start" if x < 10 else "end" if x > 90 else "middle"))
        count += 1
    return tuple(ticks)


def graph(sourcing: Sourcing) -> Graph:
    """Place the nodes of a sourcing graph: origins at the left, then relays, articles and the articles that rest on one."""
    columns: dict[Column, list[Node]] = {}
    cell: list[tuple[Column, int]] = []
    for node in sourcing.nodes:
        column = columns.setdefault(node.column, [])
        cell.append((node.column, len(column)))
        column.append(node)
    rows = max(len(nodes) for nodes in columns.values())
    order = list(columns)
    width = (100 - GAP * (len(order) - 1)) / len(order)

    def spot(index: int) -> tuple[int, float, float]:
        """Column, left edge and height of a node."""
        name, row = cell[index]
        column = order.index(name)
        return column, column * (width + GAP), ((rows - len(columns[name])) / 2 + row + 0.5) * 100

    def path(link: Link) -> str:
        column, left, y = spot(link.upper)
        other, other_left, other_y = spot(link.lower)
        if other < column:
            a, b = left, other_left + width
        elif other > column:
            a, b = left + width, other_left
        else:
            bulge = left - GAP * 0.9 if column else left + width + GAP * 0.9
            side = left if column else left + width
            return f"M{side:g} {y:g}C{bulge:g} {y:g} {bulge:g} {other_y:g} {side:g} {other_y:g}"
        middle = (a + b) / 2
        return f"M{a:g} {y:g}C{middle:g} {y:g} {middle:g} {other_y:g} {b:g} {other_y:g}"

    return Graph(
        tuple((name, tuple(nodes)) for name, nodes in columns.items()),
        tuple((link, path(link)) for link in sourcing.links),
        rows,
    )
