"""Plain text: one article a file."""

from __future__ import annotations

from recoupe.ingest.decode import decode
from recoupe.ingest.draft import Draft


def read(data: bytes, place: str, *, charset: str | None = None, url: str | None = None) -> Draft:
    """The article that a text file is."""
    decoded = decode(data, charset)
    return Draft(place=place, text=decoded.text, url=url, notes=decoded.notes)
