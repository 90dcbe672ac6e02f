"""What the tests ask of a page: its tags, balanced and in order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "img", "link", "input", "hr", "rect", "path", "line", "circle"}


@dataclass
class Page(HTMLParser):
    """A parsed page.  Reading markup whose tags do not nest raises AssertionError."""

    tags: Counter[str] = field(default_factory=Counter)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    labelled: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    attributes: set[tuple[str, str]] = field(default_factory=set)
    loads: list[str] = field(default_factory=list)
    style: str = ""
    policy: str = ""
    lang: str | None = None
    open: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def __hash__(self) -> int:
        return id(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        assert len(given) == len(attrs), f"an attribute twice in <{tag}>"
        self.tags[tag] += 1
        self.attributes.update((tag, name) for name in given)
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.links.append(given["href"])
        if "aria-labelledby" in given:
            self.labelled.append(given["aria-labelledby"])
        self.loads += [given[name] for name in ("src", "srcset", "data", "poster", "xlink:href") if name in given]
        if tag == "html":
            self.lang = given.get("lang")
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"]
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        if tag == "p":
            assert "p" not in self.open, "a paragraph in a paragraph"
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1] == tag, f"</{tag}> inside <{self.open[-1]}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "style":
            self.style += data
        else:
            self.words.append(data)


def parsed(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    assert not page.open, page.open
    return page
