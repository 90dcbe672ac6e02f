"""Readings from marked text: small stories that a person can write and check.

    [k:direct:Anne Valmont|content]     an attribution: type, speaker, content (the same key again: another span)
    <k|la préfète, Anne Valmont>        the source of attribution k
    {k:12:mort:about|une douzaine}      a quantity: value, unit, modifier (unit and modifier may be empty)
    (@2024-02|en février)               a time

Marks nest; everything else is the text.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from recoupe.model import Article, Attribution, Quantity, Reading, Story, Time
from recoupe.text import Span

_OPEN = re.compile(
    r"\[(?P<a>\w+):(?P<type>direct|indirect|mixed):(?P<who>[^|\]]*)\||<(?P<s>\w+)\||"
    r"\{(?P<q>\w*):(?P<value>[\d.]+):(?P<unit>[^:|]*):(?P<mod>[^|]*)\||\(@(?P<t>[^|]+)\|"
)
_CLOSE = {"a": "]", "s": ">", "q": "}", "t": ")"}


@dataclass
class Marked:
    """A story's readings, and where each mark stands: (article, key) -> its spans."""

    story: Story
    readings: list[Reading] = field(default_factory=list)
    attributions: dict[str, tuple[str, tuple[Span, ...]]] = field(default_factory=dict)
    quantities: dict[str, tuple[str, Span]] = field(default_factory=dict)
    expected: dict[str, Any] = field(default_factory=dict)


def load(path: Path) -> Marked:
    """The story in a TOML file of marked articles, with what is expected of it."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    story = Story(path.stem, tuple(a["id"] for a in raw["article"]))
    marked = Marked(story, expected={key: raw.get(key, []) for key in ("utterance", "figure")})
    for record in raw["article"]:
        _article(record, marked)
    return marked


def _article(record: dict[str, Any], marked: Marked) -> None:
    parts: dict[str, dict[str, Any]] = {}
    quantities: list[tuple[str, Quantity]] = []
    times: list[Time] = []
    text = ""
    stack: list[tuple[str, re.Match[str], int]] = []
    source, at = record["text"].strip(), 0
    while at < len(source):
        found = _OPEN.match(source, at)
        if found:
            kind = next(k for k in _CLOSE if found[k] is not None)
            stack.append((kind, found, len(text)))
            at = found.end()
        elif stack and source[at] == _CLOSE[stack[-1][0]]:
            kind, mark, start = stack.pop()
            span = Span(start, len(text))
            if kind == "a":
                entry = parts.setdefault(mark["a"], {"content": []})
                entry |= {"type": mark["type"], "speaker": mark["who"] or None}
                entry["content"].append(span)
            elif kind == "s":
                parts.setdefault(mark["s"], {"content": []})["source"] = span
            elif kind == "q":
                unit, modifier = mark["unit"] or None, mark["mod"] or None
                quantities.append((mark["q"], Quantity(span, float(mark["value"]), unit, modifier)))  # type: ignore[arg-type]
            else:
                times.append(Time(span, mark["t"]))
            at += 1
        else:
            text += source[at]
            at += 1
    assert not stack, f"open mark in {record['id']}"
    article = Article(
        id=record["id"],
        text=text,
        title=record.get("title", ""),
        lang=record["lang"],
        outlet=record.get("outlet"),
        published=record.get("published"),
    )
    ordered = sorted(parts.items(), key=lambda item: (item[1]["content"][0], item[0]))
    quantities.sort(key=lambda item: item[1].span)
    marked.readings.append(
        Reading(
            article,
            tuple(Attribution(p["type"], tuple(p["content"]), p.get("source"), None, p["speaker"]) for _, p in ordered),
            tuple(q for _, q in quantities),
            tuple(sorted(times, key=lambda t: t.span)),
        )
    )
    marked.attributions |= {f"{article.id}.{k}": (article.id, tuple(p["content"])) for k, p in ordered}
    marked.quantities |= {f"{article.id}.{k}": (article.id, q.span) for k, q in quantities if k}
