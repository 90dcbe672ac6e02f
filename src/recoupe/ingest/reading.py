"""One input into articles: open it within bounds, tell its kind by its content, call the reader of that kind."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from recoupe.errors import InputError
from recoupe.ingest import kinds
from recoupe.ingest.assemble import assemble
from recoupe.ingest.decode import declared_in_header
from recoupe.ingest.draft import Draft
from recoupe.ingest.inputs import Input
from recoupe.ingest.kinds import Kind
from recoupe.ingest.options import IngestOptions, Limits
from recoupe.ingest.streams import Ahead, Gunzip, read_all, too_large
from recoupe.model import Article


@dataclass(frozen=True, slots=True)
class _Source:
    """An open input whose kind is known.  `stream` starts at the first byte; gzip is taken off."""

    name: str
    kind: Kind
    stream: io.RawIOBase
    head: bytes
    file: BinaryIO | None = None  # the file itself, where it can be searched
    size: int | None = None  # in bytes, where known before reading
    charset: str | None = None  # what HTTP declared
    url: str | None = None  # where it came from


def read_input(each: Input, options: IngestOptions, stdin: BinaryIO | None) -> Iterator[Article | InputError]:
    """The articles of one input, and an error for each record that is none.

    Raises InputError where the whole input is bad, or bad from some point on; what comes before was given by then.
    """
    draft = None
    for draft in _drafts(each, options, stdin):
        if isinstance(draft, InputError):
            yield draft
            continue
        try:
            yield assemble(draft, options)
        except InputError as error:
            yield error
    if draft is None:
        raise InputError(each.name, "file.no-article")


# --- opening ----------------------------------------------------------------------------------------------------


def _drafts(each: Input, options: IngestOptions, stdin: BinaryIO | None) -> Iterator[Draft | InputError]:
    if each.is_url:
        yield from _from_web(each.name, options)
    elif each.is_stdin:
        if stdin is None:
            raise InputError(each.name, "file.no-stdin")
        yield from _read(_source(each.name, stdin, options.limits), options.limits)
    else:
        yield from _from_file(Path(each.name), options.limits)


def _from_web(url: str, options: IngestOptions) -> Iterator[Draft | InputError]:
    from recoupe.ingest.fetch import fetch

    got = fetch(url, allow_private=options.allow_private, limits=options.limits)
    charset = declared_in_header(got.content_type)
    source = _source(url, io.BytesIO(got.data), options.limits, len(got.data), charset=charset, url=got.url)
    yield from _read(source, options.limits)


def _from_file(path: Path, limits: Limits) -> Iterator[Draft | InputError]:
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size if path.is_file() else None  # a pipe has none
            yield from _read(_source(str(path), file, limits, size), limits)
    except OSError as error:
        cause = error.strerror or str(error)
        raise InputError(str(path), "file.unread", why=cause) from error


def _source(
    name: str,
    file: BinaryIO,
    limits: Limits,
    size: int | None = None,
    charset: str | None = None,
    url: str | None = None,
) -> _Source:
    head = _head(file)
    stream: io.RawIOBase = Ahead(head, file)
    kind = kinds.kind(head, name)
    if kind is not Kind.GZIP:
        return _Source(name, kind, stream, head, file if size is not None else None, size, charset, url)
    unpacked = Gunzip(stream, name, limits)
    head = _head(unpacked)
    return _Source(name, kinds.kind(head, name), Ahead(head, unpacked), head, charset=charset, url=url)


def _head(stream: BinaryIO | io.RawIOBase) -> bytes:
    """The first bytes, as many as telling the kind needs; a pipe gives them in pieces.

    Where the stream turns out bad after some bytes, it will say so again to the reader of the kind.
    """
    head = b""
    while len(head) < kinds.HEAD:
        try:
            piece = stream.read(kinds.HEAD - len(head))
        except InputError:
            if head:
                break
            raise
        if not piece:
            break
        head += piece
    return head


# --- by kind ----------------------------------------------------------------------------------------------------


def _read(source: _Source, limits: Limits) -> Iterator[Draft | InputError]:
    """What the reader of the source's kind gives: archives and lines as a stream, documents whole."""
    if source.kind is Kind.WARC:
        from recoupe.ingest import warc

        yield from warc.read(source.stream, source.name, limits)
    elif source.kind is Kind.JSONL:
        from recoupe.ingest import records

        yield from records.read_lines(io.BufferedReader(source.stream, kinds.HEAD), source.name, limits)
    elif source.kind is Kind.PARQUET:
        from recoupe.ingest import records

        table, size = _searchable(source, limits)
        yield from records.read_parquet(table, source.name, size, limits)
    elif source.kind in (Kind.EMPTY, Kind.BINARY, Kind.GZIP, Kind.CSV):
        raise _unreadable(source)
    else:
        if source.size is not None and source.size > limits.document:
            raise too_large(source.name, limits)
        yield from _read_document(read_all(source.stream, source.name, limits), source, limits)


def _read_document(data: bytes, source: _Source, limits: Limits) -> Iterator[Draft | InputError]:
    if source.kind is Kind.HTML:
        from recoupe.ingest import html

        yield html.read(data, source.name, limits, charset=source.charset, url=source.url)
    elif source.kind is Kind.FEED:
        from recoupe.ingest import feed

        yield from feed.read(data, source.name, limits, charset=source.charset)
    elif source.kind is Kind.JSON_FEED:
        from recoupe.ingest import feed

        yield from feed.read_json(data, source.name, limits)
    elif source.kind is Kind.JSON:
        from recoupe.ingest import records

        yield from records.read_document(data, source.name)
    else:
        from recoupe.ingest import plain

        yield plain.read(data, source.name, charset=source.charset, url=source.url)


def _searchable(source: _Source, limits: Limits) -> tuple[BinaryIO, int]:
    """A source that can be read from any place, and its size: the file, or all of it in memory within the bound."""
    if source.file is not None and source.size is not None:
        source.file.seek(0)
        return source.file, source.size
    data = read_all(source.stream, source.name, limits)
    return io.BytesIO(data), len(data)


def _unreadable(source: _Source) -> InputError:
    if source.kind is Kind.EMPTY:
        return InputError(source.name, "file.empty")
    if source.kind is Kind.GZIP:
        return InputError(source.name, "gzip.twice")
    if source.kind is Kind.CSV:
        return InputError(source.name, "file.csv")
    what = kinds.signature(source.head)
    return InputError(source.name, "file.binary-known", what=what) if what else InputError(source.name, "file.binary")
