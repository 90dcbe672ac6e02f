"""Credits: the outlets, agencies, bodies, networks and documents that an article names as the origin of information.

A name is a credit by the frame that it stands in, not by itself: "cité par X", "told X", "(Avec X)", "Sources : X, Y".
The frames are data (`<language>/credits.toml`).  Each way of crediting has its module: lines that credit the whole
article (`credit_lines`), frames in running text (`credit_slots`), sources of attributions (`credit_sources`), who was
told (`credit_addressees`), documents (`credit_documents`), bodies that count (`credit_figures`).  Persons are never
credits.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import replace

from recoupe.model import Credit
from recoupe.read.credit_addressees import credits_told
from recoupe.read.credit_documents import Documents
from recoupe.read.credit_figures import credits_of_figures
from recoupe.read.credit_lines import credits_in_lines
from recoupe.read.credit_names import Names
from recoupe.read.credit_slots import credits_in_slots
from recoupe.read.credit_sources import credits_of_sources
from recoupe.read.page import Page, Stage
from recoupe.text import Span

WRITTEN = "its report"  # the frame of what a body has written
NEAR = 3  # credits on either side of a new one that may overlap it


def credits_of(page: Page) -> tuple[Credit, ...]:
    """All credits of a page, in order, at most one for a place: where two overlap, the one found first stays."""
    names = Names(page)
    documents = Documents(names)
    kept = _Kept(names)
    for credit in (
        *credits_in_lines(names),
        *credits_in_slots(names),
        *credits_of_sources(names, documents),
        *credits_told(names),
        *documents.published(),
        *documents.channels(),
        *documents.dated(),
        *credits_of_figures(names),
    ):
        kept.add(credit)
    return kept.in_order()


class _Kept:
    """The credits kept so far."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.text = names.text
        self.found: dict[Span, Credit] = {}
        self.order: list[Span] = []  # of `found`

    def add(self, credit: Credit) -> None:
        """Keep a credit unless one stands there; a document may hold the name of its maker."""
        if credit.span.start >= credit.span.end:
            return
        if not credit.name:  # a document is called as worded
            credit = replace(credit, name=" ".join(credit.span.of(self.text).split()))
        elif credit.kind == "outlet" and self.names.is_own(credit.name):
            credit = replace(credit, name=self.names.page.article.outlet or credit.name)
        n = bisect_left(self.order, credit.span)
        for span in self.order[max(0, n - NEAR) : n + NEAR]:
            both = {credit.kind, self.found[span].kind}
            if credit.span.overlaps(span) and not (len(both) == 2 and "document" in both and span != credit.span):
                return
        insort(self.order, credit.span)
        self.found[credit.span] = credit

    def in_order(self) -> tuple[Credit, ...]:
        """The credits in the order of the text; a report that is credited itself stands for its maker."""
        found = [self.found[span] for span in self.order]
        return tuple(
            c for n, c in enumerate(found) if c.reason != WRITTEN or not _in_document(c, found[max(0, n - NEAR) : n])
        )


def _in_document(credit: Credit, before: Iterable[Credit]) -> bool:
    return any(c.kind == "document" and c.span.holds(credit.span) for c in before)


def _run(pages: Iterable[Page]) -> list[Page]:
    return [replace(page, credits=credits_of(page)) for page in pages]


STAGE = Stage("credits", frozenset({"attributions", "mentions", "quantities"}), frozenset({"credits"}), _run)
