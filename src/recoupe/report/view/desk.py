"""What the builders of lines share: the articles by id, their names, and how lines are numbered."""

from __future__ import annotations

from dataclasses import dataclass, field

from recoupe.messages import Ui, catalogue
from recoupe.report.view.evidence import Sheet
from recoupe.report.view.types import ArticleRef


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
