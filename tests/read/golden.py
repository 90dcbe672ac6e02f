"""Golden files of annotated lines: a text in which each span stands as `[[words => what is expected]]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from recoupe.text import Span

_MARK = re.compile(r"\[\[(.+?) => (.+?)\]\]", re.DOTALL)


class Case(NamedTuple):
    """One line: what stands before its bar, the bare text, and the spans with what is expected of them."""

    head: str
    text: str
    expected: list[tuple[Span, str]]


def cases(path: Path) -> Iterator[Case]:
    """The cases of a file; `#` opens a comment line, `\\n` stands for a line break."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            head, _, marked = line.partition(" | ")
            yield Case(head.strip(), *_unmark(marked.replace("\\n", "\n")))


def _unmark(marked: str) -> tuple[str, list[tuple[Span, str]]]:
    text, place, expected = "", 0, []
    for match in _MARK.finditer(marked):
        text += marked[place : match.start()]
        expected.append((Span(len(text), len(text) + len(match[1])), match[2]))
        text += match[1]
        place = match.end()
    return text + marked[place:], expected
