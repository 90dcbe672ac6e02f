"""Readings that were written before (`recoupe read -f jsonl`, or by hand in the same format), from a file or stdin."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from recoupe.contract import reading_from_json
from recoupe.errors import InputError
from recoupe.ingest.inputs import check_file
from recoupe.ingest.records import parse_json
from recoupe.ingest.streams import lines
from recoupe.model import Failure, Reading

# Bytes of a line: an article of the largest size with its annotations.  More is refused rather than held in memory.
LONGEST_LINE = 50_000_000


def load(name: str, stdin: BinaryIO) -> tuple[list[Reading], list[Failure]]:
    """The readings of the file `name` ("-": `stdin`), and a Failure for each line that holds none.

    The first of two readings with one id is kept.  Raises InputError where the file cannot be opened or nothing in it
    can be read.
    """
    if name == "-":
        readings, failures = _read("-", stdin)
    else:
        if check_file(name):
            raise InputError(name, "readings.folder")
        try:
            with Path(name).open("rb") as file:
                readings, failures = _read(name, file)
        except OSError as error:
            raise InputError(name, "file.unopened", why=error.strerror or str(error)) from error
    if not readings:
        why = failures[0].fault if failures else None
        raise InputError(name, "readings.none", why=why) if why else InputError(name, "readings.empty")
    return readings, failures


def _read(name: str, file: BinaryIO) -> tuple[list[Reading], list[Failure]]:
    readings: dict[str, Reading] = {}
    failures: list[Failure] = []
    for number, line in enumerate(lines(file, LONGEST_LINE), start=1):
        if line is not None and not line.strip():
            continue
        try:
            reading = _reading(line, f"{name}:{number}")
            if reading.id in readings:
                raise InputError(f"{name}:{number}", "reading.same-id", id=repr(reading.id))
        except InputError as error:
            failures.append(Failure.of(error))
        else:
            readings[reading.id] = reading
    return list(readings.values()), failures


def _reading(line: bytes | None, place: str) -> Reading:
    """The reading on one line.  Raises InputError where it holds none."""
    if line is None:
        raise InputError(place, "reading.long", size=LONGEST_LINE / 1_000_000)
    record = parse_json(line.removeprefix(b"\xef\xbb\xbf"), place)
    if not isinstance(record, dict):
        raise InputError(place, "reading.not-object")
    try:
        return reading_from_json(record)
    except ValueError as error:
        raise InputError(place, "reading.invalid", why=str(error)) from error
