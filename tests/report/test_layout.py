"""The two drawings: inside their frame, and no line behind a name."""

from __future__ import annotations

import dataclasses
import re

import pytest

from recoupe.messages import Ui
from recoupe.report import layout
from recoupe.report.view import build
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
