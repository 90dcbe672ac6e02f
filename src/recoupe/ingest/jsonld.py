"""The article that a page describes in JSON-LD (https://schema.org/NewsArticle).

Only what is said of the page's own article counts: where a page describes several and none is titled like the page,
none is taken, for a teaser's date is not the article's.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Any

from recoupe.ingest.dates import stated
from recoupe.ingest.vocabulary import page
from recoupe.text import fold

# Real JSON-LD is nested 5 to 15 deep; more is hostile, and later readers of it recurse.
DEPTH = 50
# Objects looked at in one page.
_OBJECTS = 2000

_WRAP = re.compile(r"^\s*(?://)?\s*(?:<!\[CDATA\[|<!--)|(?://)?\s*(?:\]\]>|-->)\s*$")


@dataclass(frozen=True, slots=True)
class Described:
    """What JSON-LD states of an article."""

    title: str = ""
    published: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    lang: str | None = None
    url: str | None = None


def parse(script: str) -> Any | None:
    """The value of one script, or None where it is no JSON or is nested too deep to be honest."""
    try:
        value = json.loads(_WRAP.sub("", script), strict=False)
    except (ValueError, RecursionError):
        return None
    return value if _depth_within(value, DEPTH) else None


def described(values: Sequence[Any], titles: Sequence[str]) -> Described:
    """What the scripts of a page say of its own article; `titles` are what the page calls itself elsewhere."""
    objects = list(islice((node for value in values for node in _objects(value)), _OBJECTS))
    named = {node["@id"]: node for node in objects if isinstance(node.get("@id"), str) and len(node) > 2}
    articles = [node for node in objects if _types(node) & page().articles]
    if len(articles) > 1:
        own = {fold(title) for title in titles if title}
        articles = [node for node in articles if fold(_text(node.get("headline"))) in own][:1] or _same(articles)
    return _described(articles[0], named) if articles else Described()


# --- parts ------------------------------------------------------------------------------------------------------


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects that speak of the page: at the top, in lists and @graph, and as its main entity."""
    waiting = deque([value])
    while waiting:
        node = waiting.popleft()
        if isinstance(node, list):
            waiting.extendleft(reversed(node))
        elif isinstance(node, Mapping):
            yield node
            waiting.extendleft(node[key] for key in ("mainEntity", "@graph") if key in node)


def _same(articles: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The first article where all of them are one ("Article" and "NewsArticle" of one headline); else none."""
    headlines = {fold(_text(node.get("headline"))) for node in articles}
    return articles[:1] if len(headlines) == 1 else []


def _described(node: Mapping[str, Any], named: Mapping[str, Mapping[str, Any]]) -> Described:
    published = _text(node.get("datePublished"))
    return Described(
        title=_text(node.get("headline")) or _text(node.get("name")),
        published=stated(published) if published else None,
        authors=_names(node.get("author"), named),
        outlet=next(iter(_names(node.get("publisher"), named)), None),
        lang=_text(node.get("inLanguage")) or None,
        url=_text(node.get("url")) or None,
    )


def _names(value: Any, named: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """The names of persons or organisations given as text, objects, references, or lists of these."""
    found: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        node = item
        if isinstance(node, Mapping) and "name" not in node:
            node = named.get(_text(node.get("@id")), node)
        name = _text(node.get("name")) if isinstance(node, Mapping) else _text(node)
        if name and not name.startswith(("http://", "https://")):
            found.append(name)
    return tuple(dict.fromkeys(found))


def _types(node: Mapping[str, Any]) -> set[str]:
    value = node.get("@type")
    values = value if isinstance(value, list) else [value]
    return {str(kind).lower().rpartition("/")[2] for kind in values}


def _text(value: Any) -> str:
    return unescape(value).strip() if isinstance(value, str) else ""


def _depth_within(value: Any, most: int) -> bool:
    level = [value]
    for _ in range(most):
        below: list[Any] = []
        for node in level:
            if isinstance(node, dict):
                below += node.values()
            elif isinstance(node, list):
                below += node
        level = [node for node in below if isinstance(node, (dict, list))]
        if not level:
            return True
    return False
