"""The two drawings: inside their frame, and no line behind a name."""

from __future__ import annotations

import dataclasses
import re

import pytest

from recoupe.messages import Ui
from recoupe.model import Comparison, Dossier, Edge, Story
from recoupe.report import layout
from recoupe.report.view import build
from recoupe.report.view.sources import CROWD
from recoupe.report.view.types import Link, Node, Sourcing, StoryView
from tests.report.story import dossier


def _story(ui: Ui = "en") -> StoryView:
    return build(dossier(), ui).stories[0]


def test_dots_stand_in_the_order_of_time_and_copies_are_tied() -> None:
    drawn = layout.timeline(_story(), "en")
    assert drawn is not None
    assert [dot.number for dot in drawn.dots] == [1, 2, 3, 4]  # the fifth has no date
    places = [dot.x for dot in drawn.dots]
    assert places == sorted(places)
    assert len(drawn.arcs) == 1
    assert drawn.ticks[0].label == "4 Mar 09:00 UTC"


def test_dots_that_would_cover_one_another_stand_in_lanes() -> None:
    drawn = layout.timeline(_story(), "en")
    assert drawn is not None
    spots = [(dot.x, dot.y) for dot in drawn.dots]
    for i, (x, y) in enumerate(spots):
        assert all(abs(x - x2) >= layout.APART or y != y2 for x2, y2 in spots[i + 1 :])


def test_a_crowd_at_one_moment_stays_bounded() -> None:
    given = dossier()
    one = given.readings[0]
    readings = tuple(dataclasses.replace(one, article=dataclasses.replace(one.article, id=f"a{n}")) for n in range(60))
    story = Story("s", tuple(reading.id for reading in readings))
    drawn = layout.timeline(build(Dossier(readings, Comparison(stories=(story,))), "en").stories[0], "en")
    assert drawn is not None
    assert drawn.height <= (layout.LANES + 1) * layout.LANE
    assert sum(not dot.crowded for dot in drawn.dots) == layout.LANES


@pytest.mark.parametrize(
    "dates",
    [
        ("0001-01-01", "9999-12-31T23:59:59-12:00"),
        ("2031-01-01", "2031-01-01"),
        ("2031-01-01T00:00:00", "2031-01-01T00:00:00"),
        ("2031-01-01T10:00:00.5", "2031-01-01T10:00:00.7"),
        ("2001-05-01", "2031-01-01"),
    ],
)
def test_any_span_of_time_fits(dates: tuple[str, str]) -> None:
    given = dossier()
    readings = tuple(
        dataclasses.replace(reading, article=dataclasses.replace(reading.article, published=dates[n % 2]))
        for n, reading in enumerate(given.readings)
    )
    story = build(dataclasses.replace(given, readings=readings), "fr").stories[0]
    drawn = layout.timeline(story, "fr")
    if drawn is not None:
        assert all(0 <= dot.x <= 100 and 0 <= dot.y <= drawn.height for dot in drawn.dots)
        assert all(0 <= tick.x <= 100 for tick in drawn.ticks)
        assert len(drawn.ticks) <= 6


def test_a_link_that_passes_a_column_runs_between_its_nodes() -> None:
    nodes = (
        Node("a", "origins"),
        Node("r1", "relays"),
        Node("r2", "relays"),
        Node("r3", "relays"),
        Node("x", "articles"),
    )
    drawn = layout.graph(Sourcing(nodes, (Link(4, 0, "speaker", False), Link(4, 2, "credit", False)), ()))
    assert drawn.rows == 3
    passing = next(path for link, path in drawn.paths if link.lower == 0)
    across = re.findall(r"([\d.]+)H", passing)
    assert len(across) == 1
    row = float(across[0]) / 100
    assert abs(row - round(row)) <= 0.11  # near the border of two rows, not at the middle of one


def test_every_node_is_placed_once() -> None:
    sourcing = _story().sourcing
    assert sourcing is not None
    drawn = layout.graph(sourcing)
    placed = [node for _, nodes in drawn.columns for node in nodes]
    assert sorted(placed, key=repr) == sorted(sourcing.nodes, key=repr)
    assert len(drawn.paths) == len(sourcing.links)


def test_a_crowded_column_keeps_its_most_linked_nodes_and_counts_the_others() -> None:
    given = dossier()
    edges = tuple(Edge("echo", f"source {n:02}", "speaker", None) for n in range(30))
    often = tuple(Edge(article, "source 29", "speaker", None) for article in ("soir", "radio"))
    comparison = dataclasses.replace(given.comparison, edges=edges + often)
    sourcing = build(dataclasses.replace(given, comparison=comparison), "en").stories[0].sourcing
    assert sourcing is not None
    origins = [node for node in sourcing.nodes if node.column == "origins"]
    assert len(origins) == CROWD
    assert origins[0].label == "source 29"
    assert origins[-1].more == 30 - (CROWD - 1)
    assert len(sourcing.rests) == 32
