"""Markup into a tree and a tree into paragraphs.

Blocks (paragraphs, headings, list items, quotations, table rows) are set apart by a blank line, `<br>` is one line end,
other runs of blanks are one space; no mark is added, for a dash or a quotation mark at a line's start has a meaning.
No-break spaces stay.
"""

from __future__ import annotations

import re
from typing import Any

from recoupe.errors import InputError
from recoupe.ingest.options import Limits

# HTML's blocks, and the names that trafilatura gives them (TEI).
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "blockquote",
        "figure",
        "figcaption",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "tr",
        "pre",
        "form",
        "address",
        "details",
        "summary",
        "hr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "item",
        "list",
        "quote",
        "row",
        "fw",
        "body",
        "html",
    ]
)
_BREAKS = frozenset({"br", "lb"})
_CELLS = frozenset({"td", "th", "cell"})
_UNSEEN = frozenset({"script", "style", "template", "noscript", "iframe", "svg", "button", "select", "graphic"})

_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def tree(markup: str, name: str, limits: Limits) -> Any:
    """The lxml tree of an HTML document.  Raises InputError where there is none, or it has too many elements.

    libxml2 cuts nesting at 256 elements, so that no tree is too deep for those who walk it.
    """
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(_FORBIDDEN.sub("", markup).encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise InputError(name, "html.unreadable") from error
    if sum(1 for _ in zip(root.iter(), range(limits.elements + 1), strict=False)) > limits.elements:
        raise InputError(name, "html.large", most=limits.elements)
    return root


def paragraphs(element: Any) -> str:
    """The text of an element: paragraphs with a blank line between them."""
    lines: list[list[str]] = [[]]
    _walk(element, lines)
    texts = ["\n".join(_one_line(part) for part in "".join(block).split("\x00")).strip("\n ") for block in lines]
    return "\n\n".join(text for text in texts if text.strip(" \n\u00a0"))


def fragment(markup: str, name: str, limits: Limits) -> str:
    """The text of a fragment of HTML, such as the content of a feed's entry.  Raises InputError as `tree` does."""
    if not markup.strip():
        return ""
    return paragraphs(tree(f"<html><body><div>{markup}</div></body></html>", name, limits))


def content(element: Any) -> str:
    """The text of a small element on one line."""
    return _one_line("".join(element.itertext())).strip()


def _walk(root: Any, lines: list[list[str]]) -> None:
    """Collect the text of each block; "\\x00" stands for a line break until blanks have been folded.

    Walks with lxml's own events: no recursion, whatever the nesting.
    """
    from lxml import etree

    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        unseen, block = tag in _UNSEEN, tag in _BLOCKS
        if event == "start":
            hidden += unseen
            if block:
                lines.append([])
            if tag in _BREAKS and not hidden:
                lines[-1].append("\x00")
            if element.text and not hidden:
                lines[-1].append(element.text)
            continue
        hidden -= unseen
        if block:
            lines.append([])
        elif tag in _CELLS and not hidden:
            lines[-1].append("\t")
        if element.tail and not hidden and element is not root:
            lines[-1].append(element.tail)


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", text).strip(" ")
