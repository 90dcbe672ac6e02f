"""Values that can be compared: one unit for each dimension, and when two roundings of a number fit."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from recoupe.compare.lexicon import table
from recoupe.model import Modifier, Quantity
from recoupe.text import fold

_PER = re.compile(r" (?:par|per|a la|an?) |/")  # "litre par seconde", "litre à la seconde", "litre a second"


@dataclass(frozen=True, slots=True)
class Unit:
    """What a unit is converted to (`base`, the same for all of its dimension) and by which factor."""

    base: str
    factor: float


@cache
def _units() -> dict[str, Unit]:
    found = {}
    for base, members in sorted(table("units").items()):
        for name, factor in members.items():
            found[fold(name)] = Unit(base, float(factor))
    return found


def unit(name: str | None) -> Unit | None:
    """The conversion of a unit; None for a counted noun, which has none."""
    if not name:
        return None
    found = _units().get(fold(name))
    if found is None and len(name) == len("EUR") and name.isupper():
        return Unit(name, 1.0)
    return found or _compound(fold(name))


@cache
def _compound(folded: str) -> Unit | None:
    """The unit of so much in each of something: "litre par seconde", "m3/s"; None where a part is no unit."""
    many, each, one = _PER.sub("/", folded).partition("/")
    top, bottom = _units().get(many.rstrip("s")) or _units().get(many), _units().get(one)
    if not each or top is None or bottom is None:
        return None
    base, factor = f"{top.base}/{bottom.base}", top.factor / bottom.factor
    known = _units().get(base)  # a speed in a unit of its own: "mile/h" is so many km/h
    return Unit(known.base, known.factor * factor) if known is not None else Unit(base, factor)


def base_value(quantity: Quantity) -> tuple[float, str | None]:
    """The quantity's value in its dimension's base unit, with that unit (a counted noun stays as it is)."""
    known = unit(quantity.unit)
    if known is None:
        return quantity.value, quantity.unit
    return quantity.value * known.factor, known.base


def digits(value: float) -> int:
    """How many significant digits a number is given with: 68.4 has three, 300000 one."""
    plain = f"{abs(value):.6g}"
    mantissa = plain.split("e")[0].replace(".", "").strip("0")
    return max(len(mantissa), 1)


def fits(one: float, other: float, first: Modifier | None = None, second: Modifier | None = None) -> bool:
    """Whether the two numbers can be one quantity, given how each is rounded and hedged.

    Equal to a thousandth; one the rounding of the other to its own digits (two at least, unless hedged); "about" allows
    a tenth, or a quarter where it has fewer digits; "more than" and "at least" fit a larger number, up to a quarter
    more, "less than" and "at most" a smaller.
    """
    if math.isclose(one, other, rel_tol=1e-3, abs_tol=1e-9):
        return True
    return _rounds(one, other, first) or _rounds(other, one, second)


def _rounds(rough: float, exact: float, modifier: Modifier | None) -> bool:
    if modifier == "about":
        near = rough / _OPEN <= exact <= rough * _OPEN
        return math.isclose(rough, exact, rel_tol=_ABOUT) or (near and _same_digits(rough, exact))
    if modifier in ("more than", "at least"):
        return rough <= exact <= rough * _OPEN
    if modifier in ("less than", "at most"):
        return rough / _OPEN <= exact <= rough
    return digits(rough) > 1 and _same_digits(rough, exact)


def _same_digits(rough: float, exact: float) -> bool:
    if not rough or digits(rough) >= digits(exact):
        return False
    place = digits(rough) - 1 - math.floor(math.log10(abs(rough)))
    return math.isclose(round(exact, place), rough, rel_tol=1e-9)


def shared(ones: Iterable[float], others: Iterable[float]) -> bool:
    """Whether some number stands on both sides."""
    known = list(others)
    return any(math.isclose(x, y, rel_tol=1e-3) for x in ones for y in known)


_ABOUT = 0.1
_OPEN = 1.25
