"""Recoupe: who said what, with which figures, what was copied, and where the reports differ, with the evidence.

>>> import recoupe
>>> dossier = recoupe.check(["reports/"])  # doctest: +SKIP
>>> reading = recoupe.read("« Rien n'est décidé », a dit Lena Orsi.", lang="fr")  # doctest: +SKIP
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recoupe.compare.index import Delta, Index
    from recoupe.errors import InputError, MissingPartError, RecoupeError, UsageError
    from recoupe.model import Article, Dossier, Reading
    from recoupe.pipeline import Options, check, compare, explain, read
    from recoupe.text import Span

__version__ = "0.1.0"
__all__ = [
    "Article",
    "Delta",
    "Dossier",
    "Index",
    "InputError",
    "MissingPartError",
    "Options",
    "Reading",
    "RecoupeError",
    "Span",
    "UsageError",
    "__version__",
    "check",
    "compare",
    "explain",
    "read",
]

# Names are looked up on first use, so that `import recoupe` (and every start of the command) costs nothing.
_HOMES = {
    **dict.fromkeys(("Options", "check", "compare", "explain", "read"), "recoupe.pipeline"),
    **dict.fromkeys(("Delta", "Index"), "recoupe.compare.index"),
    **dict.fromkeys(("Article", "Dossier", "Reading"), "recoupe.model"),
    **dict.fromkeys(("InputError", "MissingPartError", "RecoupeError", "UsageError"), "recoupe.errors"),
    "Span": "recoupe.text",
}


class _Package(ModuleType):
    """The package itself, whose public names are looked up on use.

    `read` and `compare` are public functions and also rooms of the house.  When a room is first imported, the import
    system sets it as an attribute of the package: `__setattr__` leaves that out, so that the function keeps the name
    (`import recoupe.read.reader` works all the same, by sys.modules).
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)

    def __getattr__(self, name: str) -> Any:
        home = _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module 'recoupe' has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(home), name)

    def __dir__(self) -> list[str]:
        return sorted(__all__)


sys.modules[__name__].__class__ = _Package
