"""Short ways to make readings for tests."""

from __future__ import annotations

from recoupe.model import Article, Attribution, Credit, Reading
from recoupe.text import Span


def reading(
    ident: str,
    text: str,
    *,
    title: str = "",
    lang: str | None = "fr",
    outlet: str | None = None,
    published: str | None = None,
    credited: tuple[tuple[str, str], ...] = (),
    said: tuple[tuple[str, str], ...] = (),
) -> Reading:
    """A reading; `credited` are (name as in the text, kind), `said` are (content, speaker as in the text)."""
    return Reading(
        Article(ident, text, title=title, lang=lang, outlet=outlet, published=published),
        attributions=tuple(
            Attribution("direct", (find(text, content),), source=find(text, who), speaker=who) for content, who in said
        ),
        credits=tuple(Credit(find(text, name), name, kind) for name, kind in credited),  # type: ignore[arg-type]
    )


def find(text: str, part: str) -> Span:
    """Where `part` first stands in `text`."""
    start = text.index(part)
    return Span(start, start + len(part))
