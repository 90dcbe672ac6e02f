"""Recoupe: who said what, with which figures, what was copied, and where the reports differ, with the evidence.

>>> import recoupe
>>> dossier = recoupe.check(["reports/"])  # doctest: +SKIP
>>> reading = recoupe.read("« Rien n'est décidé », a dit Lena Orsi.", lang="fr")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recoupe.errors import InputError, MissingPartError, RecoupeError, UsageError
    from recoupe.model import Article, Dossier, Reading
    from recoupe.pipeline import check, compare, read
    from recoupe.text import Span

__version__ = "0.1.0"
__all__ = [
    "Article",
    "Dossier",
    "InputError",
    "MissingPartError",
    "Reading",
    "RecoupeError",
    "Span",
    "UsageError",
    "__version__",
    "check",
    "compare",
    "read",
]

# Names are looked up on first use, so that `import recoupe` (and every start of the command) costs nothing.
_HOMES = {
    **dict.fromkeys(("check", "compare", "read"), "recoupe.pipeline"),
    **dict.fromkeys(("Article", "Dossier", "Reading"), "recoupe.model"),
    **dict.fromkeys(("InputError", "MissingPartError", "RecoupeError", "UsageError"), "recoupe.errors"),
    "Span": "recoupe.text",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'recoupe' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted(__all__)
