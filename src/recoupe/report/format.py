"""Numbers and dates as the interface's language writes them, at the precision that the source states."""

from __future__ import annotations

import math
from datetime import datetime

from recoupe.messages import Ui, catalogue

_NARROW = "\u202f"


def number(value: float, ui: Ui) -> str:
    """`value` with the language's separators and at most four decimals; very large or small ones in powers of ten."""
    if not math.isfinite(value):
        return "?"
    if value and not 1e-4 <= abs(value) < 1e15:
        text = f"{value:.4g}"
    else:
        text = f"{value:,.4f}".rstrip("0").rstrip(".")
    if ui == "fr":
        text = text.replace(",", _NARROW).replace(".", ",")
    return text.replace("-", "−")


def percent(share: float, ui: Ui) -> str:
    """A share between 0 and 1 in whole percents."""
    return catalogue("recoupe.report", ui)["percent"].format(n=round(share * 100))


def when(published: str | None, ui: Ui) -> str | None:
    """An ISO 8601 date or time in words; one that cannot be read comes back as it is."""
    if not published:
        return None
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return published
    words = catalogue("recoupe.report", ui)
    day = words["date.day"].format(day=moment.day, month=words[f"month.{moment.month}"], year=moment.year)
    if len(published) <= 10:
        return day
    return words["date.time"].format(day=day, clock=f"{moment:%H:%M}", zone=zone(moment)).strip()


def zone(moment: datetime) -> str:
    """The offset from UTC as "UTC+2", empty where none is stated."""
    offset = moment.utcoffset()
    if offset is None:
        return ""
    minutes = round(offset.total_seconds() / 60)
    sign = "−" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return "UTC" if not minutes else f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")
