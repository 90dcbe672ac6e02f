"""The invented dossier with every string of it made hostile."""

from __future__ import annotations

import dataclasses
from typing import Any

from recoupe.model import Dossier
from tests.report.story import dossier

PAYLOAD = (
    "\"'><script>alert(1)</script><img src=x onerror=alert(2)>\u202eesrever\u2066 \u200bzero\ufeff"
    " \x1b[31mred\x1b]0;t\x07\x00\x9b \ud800 [bold]b[/bold] {{ 7 * 7 }} {% raw %} [a](javascript:alert(3)) `x` |"
    " ![i](http://h.example/i.png) <!--"
)
_LITERAL = {"type", "act", "polarity", "modifier", "kind", "drift", "verdict"}
_KEPT = {"published", "lang"}


def hostile(long: int = 0) -> Dossier:
    """Every name, title, text and reason ends in `PAYLOAD` and `long` letters without a break."""
    return spoilt(dossier(), PAYLOAD + "a" * long)


def spoilt(given: Dossier, payload: str) -> Dossier:
    """`given` with `payload` after every name, title, text and reason in it."""
    done: Dossier = _spoilt(given, payload)
    return done


def _spoilt(value: Any, payload: str) -> Any:
    if isinstance(value, str):
        return value + payload
    if isinstance(value, tuple) and type(value) is tuple:
        return tuple(_spoilt(item, payload) for item in value)
    if isinstance(value, dict):
        return {_spoilt(key, payload): _spoilt(item, payload) for key, item in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)]
        kept = _KEPT | (_LITERAL if type(value).__name__ != "Note" else set())
        changed = {name: _spoilt(getattr(value, name), payload) for name in names if name not in kept}
        return dataclasses.replace(value, **changed)
    return value
