"""What the builders of lines share: the articles by id, their names, and how lines are numbered."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from recoupe.messages import Ui, catalogue
from recoupe.model import Article
from recoupe.report.format import when
from recoupe.report.view.evidence import Sheet
from recoupe.report.view.types import ArticleRef
from recoupe.report.view.words import TITLE, language, line, web_address


@dataclass(slots=True)
class Desk:
    """The articles under their ids in the order of their numbers, and the count of each kind of line made so far."""

    ui: Ui
    sheets: dict[str, Sheet]
    refs: dict[str, ArticleRef]
    counts: dict[str, int] = field(default_factory=dict)

    def next(self, kind: str) -> int:
        """The number of the next line of this kind ("statement", "figure", "copy")."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.counts[kind]

    def tag(self, kind: str, number: int) -> str:
        """The short name of a line in the interface's language ("P3")."""
        return f"{catalogue('recoupe.report', self.ui)[f'tag.{kind}']}{number}"


def article_ref(article: Article, number: int, ui: Ui) -> ArticleRef:
    """How the article with this number is named."""
    published = line(article.published) if article.published else None
    return ArticleRef(
        anchor=f"a{number}",
        number=number,
        id=line(article.id),
        title=line(article.title, TITLE),
        outlet=line(article.outlet) if article.outlet and article.outlet.strip() else None,
        found=_found(article),
        lang=language(article.lang),
        published=published,
        when=when(published, ui),
    )


def _found(article: Article) -> str:
    """A short name of where the article was found: the host of its address, its file's name, or its id."""
    address = web_address(article.url)
    if address:
        return line(urlsplit(address).netloc)
    names = (line(place.rstrip("/").rsplit("/", 1)[-1]) for place in article.places)
    return next((name for name in names if name), line(article.id))
