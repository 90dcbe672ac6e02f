"""What the builders of lines share: the articles by id, their names, and how lines are numbered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from recoupe.messages import Ui, catalogue
from recoupe.model import Article, Reading, Utterance
from recoupe.report.format import when
from recoupe.report.view.evidence import Sheet
from recoupe.report.view.reasons import explained
from recoupe.report.view.types import ArticleRef, Clue, Reason
from recoupe.report.view.words import TITLE, held, language, line, web_address

NAMED = frozenset({"named as the speaker", "named as the source"})
"""Labels that say no more than the name beside which they stand."""

_MADE_ID = re.compile(r"a-[0-9a-f]{12}")
_OPENING = 40  # code points of a text's first words that stand for its name


@dataclass(slots=True)
class Desk:
    """The articles under their ids in the order of their numbers, and the count of each kind of line made so far."""

    ui: Ui
    sheets: dict[str, Sheet]
    refs: dict[str, ArticleRef]
    counts: dict[str, int] = field(default_factory=dict)
    kept: dict[tuple[str, str], int] = field(default_factory=dict)
    lines: dict[tuple[str, int], int] = field(default_factory=dict)  # (article, attribution) -> number of a statement
    stories: dict[str, int] = field(default_factory=dict)  # id -> number

    def keep(self, kind: str, ids: Iterable[str]) -> None:
        """Give the next numbers of this kind to the lines with these ids, which are shown before all others."""
        for each in ids:
            self.kept[kind, each] = self.next(kind)

    def keep_statements(self, told: Iterable[Utterance]) -> None:
        """Give the next numbers to these statements that have none, so that any line may name any other."""
        for utterance in told:
            key = statement_key(utterance)
            if ("statement", key) not in self.kept:
                self.keep("statement", (key,))
                number = self.kept["statement", key]
                for place in utterance.occurrences:
                    self.lines.setdefault((place.article, place.attribution), number)

    def next(self, kind: str, id_: str = "") -> int:
        """The number kept for the line of this kind ("statement", "figure", "copy") with this id, or the next one."""
        kept = self.kept.get((kind, id_))
        if kept is not None:
            return kept
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.counts[kind]

    def reason(self, reason: str, *names: str) -> Reason:
        """A reason in the interface's language, with the articles in the place of their ids.

        Where it only says that reports give the `names` beside which it stands, these are not said again.
        """
        label, _, data = reason.partition(": ")
        named = label in NAMED and data == ", ".join(names)
        return explained(label if named else reason, self.ui, self.refs)

    def tag(self, kind: str, number: int) -> str:
        """The short name of a line in the interface's language ("P3")."""
        return f"{catalogue('recoupe.report', self.ui)[f'tag.{kind}']}{number}"


def statement_key(utterance: Utterance) -> str:
    """What a statement is known by while the view is made: its id or, where one article alone has it, its place."""
    place = utterance.occurrences[0]
    return utterance.id or f"{place.article}#{place.attribution}"


def article_ref(reading: Reading, number: int, ui: Ui) -> ArticleRef:
    """How the article with this number is named, and what a reader should know of it."""
    article = reading.article
    published = line(article.published) if article.published else None
    return ArticleRef(
        anchor=f"a{number}",
        number=number,
        id=line(article.id),
        title=held(line(article.title, TITLE)),
        outlet=line(article.outlet) if article.outlet and article.outlet.strip() else None,
        found=_found(article),
        lang=language(article.lang),
        published=published,
        when=when(published, ui),
        notes=tuple(explained(note, ui, {}) for note in article.notes),
        unread=explained(reading.unread, ui, {}) or (Clue("?", "data"),) if reading.unread is not None else (),
    )


def _found(article: Article) -> str:
    """A short name of where the article was found: the host of its address, its file's name, or its own id.

    An id that was made from the text means nothing to a person: its first words stand for it.
    """
    address = web_address(article.url)
    if address:
        return line(urlsplit(address).netloc)
    names = (line(place.rstrip("/").rsplit("/", 1)[-1]) for place in article.places)
    own = line(article.text, _OPENING) if _MADE_ID.fullmatch(article.id) else line(article.id)
    return next((name for name in names if name), own)
