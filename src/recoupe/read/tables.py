"""The language data: TOML files in `read/<language>/` that a linguist can read and edit, each loaded once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(lang: str, name: str) -> Mapping[str, Any]:
    """The data of `read/<lang>/<name>.toml`.  Raises FileNotFoundError where the language has no such file."""
    raw = files("recoupe.read").joinpath(lang, f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)
