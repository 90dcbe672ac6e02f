"""The interface's words, in French and English, from TOML catalogues that lie beside the code that shows them."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

Ui = Literal["fr", "en"]


def default_ui(environ: Mapping[str, str] = os.environ) -> Ui:
    """The locale's interface language, reading the variables in POSIX order: French or, for all others, English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(name)
        if value:
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"


@cache
def catalogue(package: str, ui: Ui) -> Mapping[str, str]:
    """The messages of `package` (its `messages/<ui>.toml`): flat keys to text with `{named}` places.

    Raises KeyError on use of an unknown key: a missing translation is a defect that the tests look for.
    """
    raw = files(package).joinpath("messages", f"{ui}.toml").read_text(encoding="utf-8")
    return {key: str(value) for key, value in tomllib.loads(raw).items()}


def number(value: float, ui: Ui) -> str:
    """A number as a message has it, with the separators of the interface language."""
    shown = f"{value:,}" if isinstance(value, int) else f"{value:g}"
    return shown.replace(",", "\u202f").replace(".", ",") if ui == "fr" else shown
