"""Pages from marked text, so that a case can be written and checked by eye.

    [a:direct|content]   an attribution's content ("direct", "indirect" or "mixed"; the same key again: another span)
    <a|source>           its source
    {a|cue}              its cue

Marks nest; everything else is the text.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recoupe.model import Article, Attribution
from recoupe.read import credits as credits_
from recoupe.read import mentions, quantities, quotes, sentences, speakers, times
from recoupe.read.page import Page
from recoupe.text import Span

HERE = Path(__file__).parent
_MARK = re.compile(r"\[(\w+):(direct|indirect|mixed)\||<(\w+)\||\{(\w+)\||[\]>}]")


@dataclass(frozen=True)
class Case:
    """One text with its attributions, by key, and what is expected of it."""

    name: str
    page: Page
    keys: tuple[str, ...]
    expected: dict[str, Any]

    def read(self) -> Page:
        """The page after the stages that are tested here."""
        pages = [self.page]
        for stage in (
            quotes.STAGE,
            sentences.STAGE,
            times.STAGE,
            quantities.STAGE,
            mentions.STAGE,
            speakers.STAGE,
            credits_.STAGE,
        ):
            pages = stage.run(pages)
        return pages[0]


def page_of(marked: str, lang: str, title: str = "", outlet: str | None = None) -> tuple[Page, tuple[str, ...]]:
    """The page of a marked text, with the keys of its attributions in order."""
    text, at = "", 0
    stack: list[tuple[str, str, int]] = []
    spans: dict[str, dict[str, Any]] = defaultdict(lambda: {"content": []})
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark.group() in "]>}":
            kind, key, start = stack.pop()
            span = Span(start, len(text))
            if kind == "content":
                spans[key]["content"].append(span)
            else:
                spans[key][kind] = span
            continue
        content, form, source, cue = mark.groups()
        key = content or source or cue
        if content:
            spans[key]["type"] = form
        stack.append(("content" if content else "source" if source else "cue", key, len(text)))
    text += marked[at:]
    keys = tuple(spans)
    attributions = tuple(
        Attribution(s["type"], tuple(s["content"]), s.get("source"), s.get("cue")) for s in spans.values()
    )
    return Page(Article("case", text, title, lang, outlet), lang, attributions=attributions), keys


def cases(name: str) -> Iterator[Case]:
    """The cases of a golden file beside this module."""
    raw = tomllib.loads((HERE / name).read_text(encoding="utf-8"))
    for case in raw["case"]:
        page, keys = page_of(case["text"].strip(), raw["lang"], case.get("title", ""), case.get("outlet"))
        yield Case(case["name"], page, keys, case)
