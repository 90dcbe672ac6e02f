"""What a reader of one kind of input hands over: an article as its source states it, not yet cleaned."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Draft:
    """What a source states of one article.  `place` is where it was found: a path or URL, with ":line" or "#record"."""

    place: str
    text: str
    title: str = ""
    id: str | None = None
    lang: str | None = None
    outlet: str | None = None
    published: str | None = None
    published_from: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    exact: bool = False  # a record of the user's: its text is stored as it is, its metadata stand
    notes: tuple[str, ...] = field(default=())
