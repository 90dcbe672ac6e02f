"""The language data: TOML files that a linguist can read and edit, each loaded once.

French and English are folders here.  Any other language is a folder in an installed package, which names it by an
entry point in the group `recoupe_languages` (as spaCy's languages and pytest's plugins are found):

    [project.entry-points.recoupe_languages]
    eo = "recoupe_esperanto"      # ISO 639-1 code = the package that holds the TOML files

Such a folder needs no line of Python.  It is checked when it is found, so that what is missing in it is said at the
start and not by the first article that needs it.  docs/howto/add-a-language.md is the way there.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from recoupe.errors import RecoupeError

GROUP = "recoupe_languages"
MODEL_LANGUAGE = "fr"  # the language whose files say which keys there are; a test holds English to the same
_CODE = re.compile(r"[a-z]{2}")


class LanguageDataError(RecoupeError):
    """The data of an installed language cannot be used: something is missing in it, or two packages claim its code."""


@cache
def folders() -> Mapping[str, Traversable]:
    """The folder of each language by its code: those here, and those of installed packages.

    Raises LanguageDataError where one of the latter is incomplete or its code is taken.
    """
    here = files("recoupe.read")
    found = {d.name: d for d in here.iterdir() if d.is_dir() and d.joinpath("language.toml").is_file()}
    for entry in sorted(entry_points(group=GROUP), key=lambda e: (e.name, e.value)):
        if not _CODE.fullmatch(entry.name):
            raise LanguageDataError("language.code", package=entry.value, code=repr(entry.name))
        if entry.name in found:
            raise LanguageDataError("language.taken", package=entry.value, code=repr(entry.name))
        try:
            folder = files(entry.value)
        except ModuleNotFoundError as error:
            raise LanguageDataError("language.package", package=entry.value, group=GROUP) from error
        if lacking := problems(folder):
            raise LanguageDataError(
                "language.incomplete", package=entry.value, code=repr(entry.name), lacking="; ".join(lacking)
            )
        found[entry.name] = folder
    return found


@cache
def table(lang: str, name: str) -> Mapping[str, Any]:
    """The data of `<lang>/<name>.toml`.  Raises FileNotFoundError where there is no such file."""
    own = files("recoupe.read").joinpath(lang)
    return _load(own if own.is_dir() else folders()[lang], name)


def _load(folder: Traversable, name: str) -> dict[str, Any]:
    return tomllib.loads(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"))


# --- what a folder of data must hold ----------------------------------------------------------------------------


def problems(folder: Traversable) -> list[str]:
    """What a folder of language data lacks, a phrase each: files, keys, and values of another type than they have.

    The measure is French.  `data/tables.toml` says which tables have the language's own words for keys, and which
    keys may be left out.
    """
    rules = table("data", "tables")
    return [
        lack
        for name in sorted(
            f.name.removesuffix(".toml") for f in files("recoupe.read").joinpath(MODEL_LANGUAGE).iterdir()
        )
        if not name.startswith("_")
        for lack in _file_problems(folder, name, rules)
    ]


def _file_problems(folder: Traversable, name: str, rules: Mapping[str, Any]) -> Iterator[str]:
    if not folder.joinpath(f"{name}.toml").is_file():
        yield f"no file {name}.toml"
        return
    try:
        own = _load(folder, name)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        yield f"{name}.toml: {error}"
        return
    for path, lack in _differences(own, table(MODEL_LANGUAGE, name), name, rules):
        yield f"{name}.toml: {lack} {path.removeprefix(name + '.')}"


def _differences(own: Any, model: Any, path: str, rules: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The paths at which `own` lacks what `model` has, with what is wrong there."""
    if _type(own) != _type(model):
        yield path, f"no {_type(model)} but a {_type(own)} at"
    elif isinstance(model, dict) and path not in rules["words"]:
        for key in sorted(model):
            inner = f"{path}.{key}"
            if key in own:
                yield from _differences(own[key], model[key], inner, rules)
            elif inner not in rules["optional"]:
                yield inner, "no key"
    elif isinstance(model, list) and model and isinstance(model[0], dict):
        every = {k: v for k, v in model[0].items() if all(k in entry for entry in model)}
        for n, entry in enumerate(own, start=1):
            yield from _differences(entry, every, f"{path}, entry {n}", rules)


def _type(value: Any) -> str:
    for name, types in (("table", dict), ("list", list), ("text", str), ("yes or no", bool), ("number", (int, float))):
        if isinstance(value, types):
            return name
    return type(value).__name__
