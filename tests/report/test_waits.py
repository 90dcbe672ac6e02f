"""How long after the first article each other one came out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.model import surely_first
from recoupe.report.view.types import ArticleRef
from recoupe.report.view.waits import waits


def _refs(*published: str | None) -> list[ArticleRef]:
    return [
        ArticleRef(f"a{n}", n, f"id-{n}", "", "Outlet", "x", "en", when, when) for n, when in enumerate(published, 1)
    ]


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        (
            ("2031-03-04T08:00+01:00", "2031-03-04T09:35+01:00", "2031-03-04T08:20Z"),
            ("first", "+1 h 35", "+1 h 20"),
        ),
        (("2031-03-04T08:00Z", "2031-03-04T08:07Z"), ("first", "+7 min")),
        (("2031-03-04T08:00Z", "2031-03-07T09:30Z"), ("first", "+3 d 1 h")),
        (("2031-03-04T08:00Z", "2031-03-04T08:00Z"), ("first", "first")),
        # no zone: about; no date: the first of those that have one; a day alone that could be the first: nothing
        (("2031-03-04T08:00Z", "2031-03-04T10:00"), ("first", "≈\u202f+2 h 00")),
        (("2031-03-04T08:00Z", "2031-03-04T10:00Z", None), ("first of those dated", "+2 h 00", "")),
        (("2031-03-04", "2031-03-04T08:00Z", "2031-03-04T10:00Z"), ("", "", "")),
        (("2031-03-04T08:00Z", "2031-03-05", "2031-03-06T08:00Z"), ("first", "", "+48 h 00")),
        (("2031-03-04T08:00Z", "soon"), ("", "")),
        ((), ()),
    ],
)
def test_waits(published: tuple[str | None, ...], shown: tuple[str, ...]) -> None:
    assert waits(_refs(*published), "en") == shown


def test_the_first_is_told_in_french() -> None:
    assert waits(_refs("2031-03-04T08:00Z", "2031-03-08T08:00Z"), "fr") == ("premier", "+4 j 0 h")


@given(st.lists(st.one_of(st.none(), st.text(max_size=30), st.datetimes().map(lambda d: d.isoformat())), max_size=8))
def test_any_date_is_taken(published: list[str | None]) -> None:
    refs = _refs(*published)
    assert len(waits(refs, "fr")) == len(refs)


@pytest.mark.parametrize(
    ("published", "first"),
    [
        (("2031-03-04T08:00+01:00", "2031-03-04T08:20Z"), 1),
        (("2031-03-05T08:00Z", "2031-03-04"), 2),  # the whole of that day is before
        (("2031-03-04T08:00Z", "2031-03-04"), None),
        (("2031-03-04T08:00Z", "2031-03-04T08:00Z"), None),
        (("2031-03-04T08:00Z", None), None),
        ((), None),
    ],
)
def test_the_first_is_told_only_where_it_is_sure(published: tuple[str | None, ...], first: int | None) -> None:
    found = surely_first({str(n): stated for n, stated in enumerate(published, 1)})
    assert (int(found) if found else None) == first
