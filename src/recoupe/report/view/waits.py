"""Which article came out first, and how long after it each other one: the reaction times of a news event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from recoupe.messages import Ui, catalogue
from recoupe.report.view.types import ArticleRef

_LONG = 48 * 60  # minutes: a longer wait is told in days


def waits(articles: Sequence[ArticleRef], ui: Ui) -> tuple[str, ...]:
    """What stands beside each of a story's articles, given in the order of time: "first", "+1 h 35", "" for nothing.

    Only articles that state a time of day are timed.  Where one states a day only that could be the first, none is.
    A wait is marked as about where either time states no zone, and the first is one "of those dated" where an article
    states no date.
    """
    words = catalogue("recoupe.report", ui)
    moments = [_moment(ref.published) for ref in articles]
    timed = [moment for moment in moments if moment]
    days = [ref.published for ref in articles if ref.published and len(ref.published) <= 10]
    if len(timed) < 2 or any(day <= f"{min(timed, key=_sortable):%Y-%m-%d}" for day in days):
        return ("",) * len(articles)
    first = min(timed, key=_sortable)
    whole = all(ref.published for ref in articles)
    shown = []
    for moment in moments:
        if moment is None:
            shown.append("")
        elif _sortable(moment) == _sortable(first):
            shown.append(words["wait.first" if whole else "wait.first-dated"])
        else:
            shown.append(_told(moment, first, ui))
    return tuple(shown)


def _told(moment: datetime, first: datetime, ui: Ui) -> str:
    words = catalogue("recoupe.report", ui)
    minutes = round((_sortable(moment) - _sortable(first)) / 60)
    hours, rest = divmod(minutes, 60)
    if minutes > _LONG:
        days, hours = divmod(hours, 24)
        text = words["wait.days"].format(days=days, hours=hours)
    elif hours:
        text = words["wait.hours"].format(hours=hours, minutes=f"{rest:02}")
    else:
        text = words["wait.minutes"].format(minutes=rest)
    return text if moment.tzinfo and first.tzinfo else f"≈\u202f{text}"


def _moment(published: str | None) -> datetime | None:
    """A stated date with its time of day; None for a day alone, or what is no date."""
    if not published or len(published) <= 10:
        return None
    try:
        return datetime.fromisoformat(published)
    except ValueError:
        return None


def _sortable(moment: datetime) -> float:
    """Seconds that compare, a time without a zone taken as UTC (as `recoupe.model.moment` does)."""
    offset = moment.utcoffset()
    naive = moment.replace(tzinfo=None)
    return (naive - datetime(1, 1, 1)).total_seconds() - (offset.total_seconds() if offset else 0.0)
