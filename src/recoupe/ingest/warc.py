"""WARC archives (ISO 28500): one article for each HTML or text response.

The date of the capture is no date of publication and is only noted.  Where an archive is cut off or damaged, what comes
before is read and one error says so.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from recoupe.errors import InputError
from recoupe.ingest import html, plain
from recoupe.ingest.decode import declared_in_header
from recoupe.ingest.draft import Draft
from recoupe.ingest.kinds import HEAD, Kind, kind
from recoupe.ingest.options import Limits
from recoupe.ingest.streams import inflate, too_large

_CHUNK_SIZE = re.compile(rb"\s*[0-9A-Fa-f]{1,8}\s*(?:;[^\r\n]{0,200})?\r?\n")


def read(stream: BinaryIO | io.RawIOBase, name: str, limits: Limits) -> Iterator[Draft | InputError]:
    """The articles of an archive whose gzip, if any, is taken off.

    Yields an error for each record that holds no article and for the place where the archive ends too early.  Raises
    InputError where there is no article at all and no error was told.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    at, told = 1, 0  # the record being read, how many articles and errors were given
    try:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.any_type, parse_http=True):
            place = f"{name}#{at}"
            found = _record(record, place, limits) if record.record_type & wanted else _cut(record, place)
            at += 1
            if found is not None:
                told += 1
                yield found
    except InputError as error:  # from the stream below: a bomb, or gzip that ends too early
        told += 1
        yield InputError.at(f"{name}#{at}", error.fault)
    except (OSError, ValueError) as error:
        told += 1
        yield InputError(f"{name}#{at}", "warc.damaged", why=str(error))
    if not told:
        raise InputError(name, "warc.no-response")


# --- parts ------------------------------------------------------------------------------------------------------


def _cut(record: Any, place: str) -> InputError | None:
    """The error that the archive ends inside a record that is of no other interest."""
    left = record.content_length
    while left > 0:
        got = len(record.reader.read(min(left, 1 << 20)))
        if not got:
            return InputError(place, "warc.cut")
        left -= got
    return None


def _record(record: Any, place: str, limits: Limits) -> Draft | InputError | None:
    """The article of one record, the error that it gives instead, or None where it is of another kind."""
    expected = record.content_length
    http = record.http_headers
    content_type = ((http.get("Content-Type") if http else record.headers.get("Content-Type")) or "").lower()
    if (http and http.status_code != 200) or not _textual(content_type):
        return _cut(record, place)
    body = record.reader.read(limits.document + 1)
    if len(body) > limits.document:
        return too_large(place, limits)
    if len(body) < expected:
        return InputError(place, "warc.cut")
    try:
        return _article(_decoded(body, http, place, limits), record, content_type, place, limits)
    except InputError as error:
        return error


def _textual(content_type: str) -> bool:
    """Whether a declared type can hold an article; undeclared ones are looked at."""
    kind_of = content_type.partition(";")[0].strip()
    return kind_of in ("", "text/html", "application/xhtml+xml", "text/plain")


def _decoded(body: bytes, http: Any, place: str, limits: Limits) -> bytes:
    """The body with chunks and compression taken off, where its bytes show that they are still there."""
    encoding = (http.get("Content-Encoding") or "").strip().lower() if http else ""
    if http and "chunked" in (http.get("Transfer-Encoding") or "").lower() and _CHUNK_SIZE.match(body):
        from fastwarc.stream_io import ChunkedReader

        try:
            body = ChunkedReader(io.BytesIO(body)).read(limits.document + 1)
        except OSError as error:
            raise InputError(place, "warc.chunks") from error
    packed = body.startswith(b"\x1f\x8b") or (encoding == "deflate" and kind(body[:HEAD]) is Kind.BINARY)
    if packed:
        return inflate(body, place, limits)
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate") and kind(body[:HEAD]) is Kind.BINARY:
        raise InputError(place, "warc.encoding", encoding=encoding[:20])
    return body


def _article(body: bytes, record: Any, content_type: str, place: str, limits: Limits) -> Draft | None:
    """The draft of a body that is HTML or text by its content too; None for others and for robots.txt."""
    address = record.headers.get("WARC-Target-URI") or ""
    url = address if address.startswith(("http://", "https://")) else None
    found = kind(body[:HEAD], "page.html" if "html" in content_type else "")
    charset = declared_in_header(content_type)
    if found is Kind.HTML:
        return html.read(body, place, limits, charset=charset, url=url)
    if found is Kind.TEXT and "html" not in content_type and not address.endswith("/robots.txt"):
        return plain.read(body, place, charset=charset, url=url)
    return None
