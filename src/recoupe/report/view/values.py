"""One answer to a figure's question: how its number is shown, in which words the articles give it, and who says it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from recoupe.messages import catalogue
from recoupe.model import FigureOccurrence
from recoupe.report.format import number, percent
from recoupe.report.view.desk import Desk
from recoupe.report.view.types import Part, Reported, Value, Voice, Words
from recoupe.report.view.words import line
from recoupe.text import fold

Places = Sequence[tuple[FigureOccurrence, Reported]]

WORDINGS = 4
"""Most different wordings of one value that stand under it; every place has its own."""


@cache
def _signs() -> Mapping[str, Mapping[str, str]]:
    """The signs of currencies by their codes, and the symbols of measures that every language writes alike."""
    raw = files("recoupe.report").joinpath("data", "signs.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)


def value(size: float, places: Places, share: float | None, desk: Desk) -> Value:
    """The value that these places of a figure give.

    A number reckoned from the words (a share out of "one in three", metres out of feet) stands beside the words; a
    counted noun is not shown, for it has as many forms as the articles have languages: the words under the number do.
    """
    unit = next((place.unit for place, _ in places if place.unit), None)
    written = _wordings(places)
    reckoned = written and (unit == "ratio" or all(_converted(place, desk) for place, _ in places))
    shown, beside = _number(size, unit, desk)
    if reckoned:
        words, *written = written
        beside = " ".join(filter(None, (shown, beside)))
        shown, lang = "".join(part.text for part in words.parts), words.lang
    else:
        lang = None
        said = {_bare(shown), _bare(f"{shown}{beside or ''}")}
        written = [words for words in written if _bare("".join(part.text for part in words.parts)) not in said]
    return Value(shown, lang, beside, tuple(written[:WORDINGS]), share, _voices(places))


def _number(size: float, unit: str | None, desk: Desk) -> tuple[str, str | None]:
    """The number as the interface's language writes it, with a currency's sign, and a unit's symbol beside it."""
    shown = number(size, desk.ui)
    sign = _signs()["currencies"].get(unit or "")
    if sign:
        layout = catalogue("recoupe.report", desk.ui)["money"]
        return layout.format(amount=shown.lstrip("−"), sign=sign, minus="−" if shown.startswith("−") else ""), None
    if unit == "ratio":
        return (percent(size, desk.ui), None) if 0 <= size <= 1 else (f"{shown}×", None)
    if unit == "%":
        return catalogue("recoupe.report", desk.ui)["percent"].format(n=shown), None
    code = unit is not None and len(unit) == 3 and unit.isascii() and unit.isupper()
    return shown, line(unit) if unit and (code or unit in _signs()["symbols"]) else None


def _converted(place: FigureOccurrence, desk: Desk) -> bool:
    """Whether the place's number is not the one that its article gives, but reckoned from it."""
    if place.quantity is None:
        return False
    given = desk.sheets[place.article].reading.quantities[place.quantity]
    return given.value != place.value


def _wordings(places: Places) -> list[Words]:
    """The words in which the places give the value, each wording once, in the order of the articles."""
    found: dict[str, Words] = {}
    for _, reported in sorted(places, key=lambda pair: pair[1].article.number):
        text = "".join(part.text for part in reported.context.parts if part.op == "marked")
        if text.strip():
            found.setdefault(_bare(text), Words((Part(line(text)),), reported.context.lang))
    return list(found.values())


def _bare(text: str) -> str:
    """`text` for comparing wordings: without case, accents, blanks and separators of thousands."""
    return "".join(c for c in fold(text) if c.isalnum() or c in "%/")


def _voices(places: Places) -> tuple[Voice, ...]:
    """The places of one value under who says so, the first to be heard first; those that name nobody last."""
    groups: dict[str, list[Reported]] = {}
    names: dict[str, str | None] = {"": None}
    for place, reported in sorted(places, key=lambda pair: (not pair[0].according_to, pair[1].article.number)):
        name = line(place.according_to) if place.according_to else ""
        names.setdefault(fold(name), name)
        groups.setdefault(fold(name), []).append(reported)
    return tuple(Voice(names[key], tuple(reported)) for key, reported in groups.items())
