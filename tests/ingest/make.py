"""Inputs that tests make for themselves: pages, archives, tables, and the means to ingest them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from gzip import compress as pack
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from recoupe.ingest import IngestOptions, Intake, Limits, ingest, merge
from recoupe.model import Article, Failure

PARAGRAPHS = (
    "La maire de Port-Cassel, Inès Loubat, a promis mardi que le phare serait rebâti avant l’été prochain.",
    "« Les pêcheurs n’attendront pas un hiver de plus », a-t-elle dit aux habitants réunis sur le quai.",
    "Le premier chantier avait été arrêté en 2022, faute d’argent, selon la municipalité.",
)
TEXT = "\n\n".join(PARAGRAPHS)


def page(title: str = "Le phare sera rebâti", extra: str = "", body: str = "") -> str:
    """A small page with the usual three paragraphs."""
    words = body or "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f'<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>{title}</title>{extra}</head>'
        f"<body><article><h1>{title}</h1>{words}</article></body></html>"
    )


def warc(
    bodies: Sequence[bytes],
    *,
    gzip: bool = False,
    headers: Sequence[str] = (),
    status: str = "200 OK",
    content_type: str = "text/html; charset=utf-8",
) -> bytes:
    """An archive with a warcinfo record and one response for each body; each record packed by itself, if at all."""
    http = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {content_type}", *headers, "", ""]).encode()
    records = [warc_record("warcinfo", b"software: test\r\n", "application/warc-fields")]
    for number, body in enumerate(bodies, start=1):
        address = f"WARC-Target-URI: https://example.org/{number}\r\n"
        records.append(warc_record("response", http + body, "application/http;msgtype=response", address))
    return b"".join(map(pack, records)) if gzip else b"".join(records)


def warc_record(kind: str, block: bytes, content_type: str, more: str = "") -> bytes:
    """One record of an archive."""
    fields = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2025-03-09T10:00:00Z\r\n{more}"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return fields.encode() + block + b"\r\n\r\n"


def parquet(columns: dict[str, list[Any]]) -> bytes:
    """A table with these columns."""
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def take(*inputs: str | Path, stdin: bytes | None = None, limits: Limits | None = None, **options: Any) -> Intake:
    """Ingest and merge."""
    chosen = IngestOptions(limits=limits or Limits(), **options)
    return merge(ingest(inputs, options=chosen, stdin=io.BytesIO(stdin) if stdin is not None else None))


def take_bytes(folder: Path, data: bytes, name: str = "input", limits: Limits | None = None, **options: Any) -> Intake:
    """Ingest one file with these bytes."""
    path = folder / name
    path.write_bytes(data)
    return take(path, limits=limits, **options)


def article(intake: Intake) -> Article:
    """The only article, there being no failure."""
    assert not intake.failures, intake.failures
    assert len(intake.articles) == 1
    return intake.articles[0]


def failure(intake: Intake) -> Failure:
    """The only failure, there being no article.  Each says what to do."""
    assert not intake.articles
    assert len(intake.failures) == 1, intake.failures
    assert intake.failures[0].advice
    return intake.failures[0]
