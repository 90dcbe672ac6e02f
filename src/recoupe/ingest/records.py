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
from recoupe.ingest.faults import LIBRARY_FAULTS
from recoupe.ingest.options import Limits
from recoupe.ingest.streams import lines, too_large
from recoupe.text import whole

KEYS = ("id", "lang", "outlet", "published", "title", "text", "url", "authors")

# Rows of a table that are unpacked at a time: few enough that rows of the largest size fit in memory.
_ROWS = 64
# Characters of an id: it is written wherever a result points to the article.
_LONGEST_ID = 1000
_HALVES_NOTE = "halves of characters are shown as \ufffd"
_UNREADABLE = object()


def read_lines(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Draft | InputError]:
    """The articles of a JSON lines file, and an error for each line that is none.  Raises nothing for a bad line."""
    for number, raw in enumerate(lines(stream, limits.document), start=1):
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
                    raise InputError(name, "record.bomb", times=limits.expansion)
                for row in range(batch.num_rows):
                    number += 1
                    try:
                        yield record({key: _value(batch.column(key)[row]) for key in columns}, f"{name}#{number}")
                    except InputError as error:
                        yield error
    except (pa.ArrowException, OSError) as error:
        raise InputError(name, "parquet.damaged") from error


def record(value: Any, place: str) -> Draft:
    """The draft of one record.  Raises InputError where it is no object or has no text."""
    if not isinstance(value, Mapping):
        raise InputError(place, "record.not-object")
    text = _string(value.get("text"))
    if text is None:
        raise InputError(place, "record.no-text")
    own = _identity(value.get("id"))
    if own and len(own) > _LONGEST_ID:
        raise InputError(place, "record.long-id", longest=_LONGEST_ID)
    published, note = _published(value.get("published"))
    return Draft(
        place=place,
        text=text,
        title=_string(value.get("title")) or "",
        id=own,
        lang=_string(value.get("lang")),
        outlet=_string(value.get("outlet")),
        published=published,
        published_from="metadata" if published else None,
        authors=_authors(value.get("authors")),
        url=_string(value.get("url")),
        exact=True,
        notes=tuple(filter(None, (note, _HALVES_NOTE if text != value["text"] else ""))),
    )


def parse_json(data: bytes, place: str) -> Any:
    """The value of some JSON.  Raises InputError with what is wrong where it is none, or is nested without end."""
    try:
        return json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(place, "json.not-utf-8") from error
    except RecursionError as error:
        raise InputError(place, "json.deep") from error
    except json.JSONDecodeError as error:
        raise InputError(place, "json.broken", line=error.lineno, column=error.colno) from error
    except ValueError as error:  # Python turns no more than some thousand digits into a number
        raise InputError(place, "json.long-number") from error


# --- parts ------------------------------------------------------------------------------------------------------


def _check_columns(columns: list[str], table: Any, name: str, limits: Limits) -> None:
    import pyarrow as pa

    twice = [key for key in columns if table.schema_arrow.names.count(key) > 1]
    if twice:
        raise InputError(name, "parquet.same-column", column=twice[0])
    if "text" not in columns:
        there = table.schema_arrow.names
        if not there:
            raise InputError(name, "parquet.no-columns")
        raise InputError(name, "parquet.no-text", columns=line(", ".join(there[:10])))
    kind = table.schema_arrow.field("text").type
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    strings = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_null)
    if not any(holds(kind) for holds in strings):
        raise InputError(name, "parquet.text-kind", kind=str(kind))


def _value(cell: Any) -> Any:
    """A cell of a table as Python has it; `_UNREADABLE` where Python has no such value (year 300,000, bytes as text).

    Times are cut to microseconds, the finest that Python knows.
    """
    import pyarrow as pa

    try:
        if pa.types.is_timestamp(cell.type) and cell.type.unit == "ns":
            cell = cell.cast(pa.timestamp("us", cell.type.tz), safe=False)
        return cell.as_py()
    except LIBRARY_FAULTS:
        return _UNREADABLE


def _string(value: Any) -> str | None:
    """A string that is not blank, with each half of a character (a lone surrogate) as U+FFFD: no offset moves."""
    return whole(value) if isinstance(value, str) and value.strip() else None


def _identity(value: Any) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string(value)


def _authors(value: Any) -> tuple[str, ...]:
    return tuple(filter(None, map(_string, value if isinstance(value, list) else [value])))


def _published(value: Any) -> tuple[str | None, str]:
    """A record's date exactly as given where it is ISO 8601; else None with a note."""
    if value is None or value == "":
        return None, ""
    if isinstance(value, date):  # a date or timestamp column of a table; datetime is a date too
        return (value.isoformat() if isinstance(value, datetime) else str(value)), ""
    if isinstance(value, str) and is_iso(value):
        return value, ""
    if value is _UNREADABLE:
        return None, "published holds no date that can be read and was left out"
    shown = line(str(value))[:40]
    return None, f"published {shown!r} is no ISO 8601 date and was left out"
