"""Datelines: the place, and at times the date, that a dispatch opens with.

"JAKARTA - ", "PARIS (AFP) - ", "LONDON, Nov 5 (Reuters) - ", "VALBOURG (Agence Littorale) — ".  The place is in
capitals, or an agency stands in brackets behind it; words that open other articles in capitals ("EXCLUSIF - ") are
in `heads/`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from recoupe.ingest.dates import find
from recoupe.ingest.vocabulary import heads
from recoupe.text import Span, fold

# A dateline ends within this many characters: "SAINT-PÉTERSBOURG, Russie, 5 novembre 2024 (Agence ...) - ".
_LONGEST = 120

_CAPITALS = r"[A-ZÀ-ÖØ-Þ](?:[A-ZÀ-ÖØ-Þ]|['’.](?=[A-ZÀ-ÖØ-Þ])|-(?=[A-ZÀ-ÖØ-Þ])){2,40}\.?"
_CAPITAL_PLACE = (
    rf"(?:(?:LA|LE|LES|EL|AL|ST|ST\.|MT\.) )?{_CAPITALS}(?: {_CAPITALS}| (?:DE|DU|LA|LE|AN|EN) {_CAPITALS}){{0,3}}"
)
_ANY_PLACE = r"[A-ZÀ-ÖØ-Þ][\w'’.-]{1,40}(?: [A-ZÀ-ÖØ-Þ][\w'’.-]{1,40}){0,3}"
_AGENCY = r"\s?\((?P<agency>[^()\n]{2,40})\)"
_MORE = r"(?:, ?[^()\n–—]{2,40}?)?"  # a country, a date
_DASH = r"\s?(?:--|[–—―-])\s(?=[«“\"'‘(\[]|[^\W\d_])|\s?[–—―](?=[«“\"A-ZÀ-ÖØ-Þ])"

_DATELINE = re.compile(
    rf"(?P<place>{_CAPITAL_PLACE})(?P<more>{_MORE})(?:{_AGENCY})?(?:{_DASH})"
    rf"|(?P<named>{_ANY_PLACE})(?P<named_more>{_MORE})\s?\((?P<named_agency>[^()\n]{{2,40}})\)(?:{_DASH})"
)
_DATE_ONLY = re.compile(r"\s?\.?\s?(?:--|[–—―-])\s(?=\S)")


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline: `span` covers it up to the dispatch's first word; `published` only where it has a full date.

    `agency` is what stands in brackets, if anything does.
    """

    span: Span
    place: str | None
    published: str | None = None
    agency: str | None = None


def parse(text: str, start: int = 0, lang: str | None = None) -> Dateline | None:
    """The dateline that stands at `start` in `text`, or None."""
    window = text[start : start + _LONGEST]
    match = _DATELINE.match(window)
    if not match:
        return _date_only(window, start, lang)
    place = match["place"] or match["named"]
    if fold(place.rstrip(".")) in _not_places():
        return None
    date = next(find(match["more"] or match["named_more"] or "", lang), None)
    agency = match["agency"] or match["named_agency"]
    return Dateline(Span(start, start + match.end()), place, date.value if date else None, agency)


def _date_only(window: str, start: int, lang: str | None) -> Dateline | None:
    """ "5 novembre 2024. - ": a dispatch dated but with no place."""
    date = next(find(window, lang), None)
    if not date or date.span.start != 0 or not date.value:
        return None
    dash = _DATE_ONLY.match(window, date.span.end)
    return Dateline(Span(start, start + dash.end()), None, date.value) if dash else None


@cache
def _not_places() -> frozenset[str]:
    return frozenset(fold(word) for head in heads() for word in head.not_places)
