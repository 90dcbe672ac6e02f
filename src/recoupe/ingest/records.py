"""Articles given as records: JSON lines, a JSON document, a Parquet table.

The keys are `id, lang, outlet, published, title, text` (and `url`, `authors`); all others are ignored.  The text is
stored exactly as given: annotations made elsewhere count their offsets in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, BinaryIO

from recoupe.errors import InputError
from recoupe.ingest.clean import line
from recoupe.ingest.dates import is_iso
from recoupe.ingest.draft import Draft
from recoupe.ingest.options import Limits
from recoupe.ingest.streams import too_large

KEYS = ("id", "lang", "outlet", "published", "title", "text", "url", "authors")

_ADVICE = 'each record is an object with a "text", and an "id", "title", "outlet", "published", "lang" where known'
# Rows of a table that are unpacked at a time: few enough that rows of the largest size fit in memory.
_ROWS = 64


def read_lines(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Draft | InputError]:
    """The articles of a JSON lines file, and an error for each line that is none.  Raises nothing for a bad line."""
    for number, raw in enumerate(_lines(stream, limits), start=1):
        place = f"{name}:{number}"
        if raw is None:
            yield too_large(place, limits)
        elif raw.strip():
            try:
                yield record(parse_json(raw.removeprefix(b"\xef\xbb\xbf"), place), place)
            except InputError as error:
                yield error


def read_document(data: bytes, name: str) -> Iterator[Draft | InputError]:
    """The articles of one JSON document: an object, or an array of objects.  Raises InputError where it is neither."""
    value = parse_json(data.removeprefix(b"\xef\xbb\xbf"), name)
    items = value if isinstance(value, list) else [value]
    for number, item in enumerate(items, start=1):
        place = f"{name}#{number}" if isinstance(value, list) else name
        try:
            yield record(item, place)
        except InputError as error:
            yield error


def read_parquet(stream: BinaryIO, name: str, size: int, limits: Limits) -> Iterator[Draft | InputError]:
    """The articles of a Parquet table.  Raises InputError where it is damaged or has no text column."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(stream, pre_buffer=False) as table:
            columns = [key for key in KEYS if key in table.schema_arrow.names]
            _check_columns(columns, table, name, limits)
            number = given = 0
            for batch in table.iter_batches(batch_size=_ROWS, columns=columns, use_threads=False):
                given += batch.nbytes
                if given > max(limits.document, size * limits.expansion):
                    raise InputError(
                        name,
                        f"unpacks to more than {limits.expansion} times its size: a decompression bomb",
                        advice="do not open it",
                    )
                for row in batch.to_pylist():
                    number += 1
                    try:
                        yield record(row, f"{name}#{number}")
                    except InputError as error:
                        yield error
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise InputError(name, "is a damaged Parquet file", advice="write it again") from error


def record(value: Any, place: str) -> Draft:
    """The draft of one record.  Raises InputError where it is no object or has no text."""
    if not isinstance(value, Mapping):
        raise InputError(place, "is no JSON object", advice=_ADVICE)
    text = value.get("text")
    if not isinstance(text, str) or not text.strip():
        raise InputError(place, 'has no "text"', advice=_ADVICE)
    published, note = _published(value.get("published"))
    return Draft(
        place=place,
        text=text,
        title=_string(value.get("title")) or "",
        id=_identity(value.get("id")),
        lang=_string(value.get("lang")),
        outlet=_string(value.get("outlet")),
        published=published,
        published_from="metadata" if published else None,
        authors=_authors(value.get("authors")),
        url=_string(value.get("url")),
        exact=True,
        notes=(note,) if note else (),
    )


def parse_json(data: bytes, place: str) -> Any:
    """The value of some JSON.  Raises InputError with what is wrong where it is none, or is nested without end."""
    try:
        return json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(place, "is not UTF-8", advice="save it as UTF-8") from error
    except RecursionError as error:
        raise InputError(place, "is JSON nested too deep", advice="look at where it comes from") from error
    except ValueError as error:
        raise InputError(place, f"is broken JSON: {error}", advice="write it again as one JSON object") from error


# --- parts ------------------------------------------------------------------------------------------------------


def _lines(stream: BinaryIO, limits: Limits) -> Iterator[bytes | None]:
    """The lines of a stream; None for one beyond the bound, of which no more than the bound is held at any time."""
    while raw := stream.readline(limits.document + 1):
        if len(raw) <= limits.document:
            yield raw
            continue
        while raw and not raw.endswith(b"\n"):
            raw = stream.readline(limits.document)
        yield None


def _check_columns(columns: list[str], table: Any, name: str, limits: Limits) -> None:
    import pyarrow as pa

    if "text" not in columns:
        there = ", ".join(table.schema_arrow.names[:10]) or "none"
        raise InputError(
            name, 'has no "text" column', advice=f"rename the column with the words to text; there are: {line(there)}"
        )
    kind = table.schema_arrow.field("text").type
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind)):
        raise InputError(name, f'its "text" column holds {kind}', advice="make it a column of strings")


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _identity(value: Any) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string(value)


def _authors(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,) if value.strip() else ()
    return tuple(filter(None, map(_string, value))) if isinstance(value, list) else ()


def _published(value: Any) -> tuple[str | None, str]:
    """A record's date exactly as given where it is ISO 8601; else None with a note."""
    if value is None or value == "":
        return None, ""
    if isinstance(value, date):  # a date or timestamp column of a table; datetime is a date too
        return (value.isoformat() if isinstance(value, datetime) else str(value)), ""
    if isinstance(value, str) and is_iso(value):
        return value, ""
    shown = line(str(value))[:40]
    return None, f"published {shown!r} is no ISO 8601 date and was left out"
