"""Readings that were written before (`recoupe read -f jsonl`, or by hand in the same format), from a file or stdin."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from recoupe.contract import reading_from_json
from recoupe.errors import InputError
from recoupe.model import Failure, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

# A line longer than this is no article: refuse it rather than fill the memory.
MAX_LINE_BYTES = 32 * 2**20


def load(name: str, stdin: BinaryIO) -> tuple[list[Reading], list[Failure]]:
    """The readings of the file `name` ("-": `stdin`), and a Failure for each line that holds none.

    The first of two readings with one id is kept.  Raises InputError where the file cannot be opened or nothing in it
    can be read.
    """
    if name == "-":
        readings, failures = _lines("-", stdin)
    else:
        try:
            with Path(name).open("rb") as file:
                readings, failures = _lines(name, file)
        except OSError as error:
            raise InputError(name, error.strerror or "cannot be read", advice="check the path") from error
    if not readings:
        why = failures[0].cause if failures else "it is empty"
        raise InputError(name, f"holds no reading: {why}", advice="make it with: recoupe read -f jsonl")
    return readings, failures


def _lines(name: str, file: BinaryIO) -> tuple[list[Reading], list[Failure]]:
    readings: dict[str, Reading] = {}
    failures: list[Failure] = []
    for number, line in _bounded(file):
        where = f"{name}:{number}"
        if len(line) > MAX_LINE_BYTES:
            failures.append(Failure(where, f"the line is longer than {MAX_LINE_BYTES} bytes", "split the article"))
        elif line.strip():
            try:
                reading = _reading(line)
            except ValueError as error:
                failures.append(Failure(where, str(error), "the line was left out"))
                continue
            if reading.id in readings:
                failures.append(Failure(where, f"the id {reading.id!r} occurs twice", "the first one was kept"))
            else:
                readings[reading.id] = reading
    return list(readings.values()), failures


def _bounded(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Numbered lines, none of which is held in memory beyond the limit and one byte."""
    number = 0
    while line := file.readline(MAX_LINE_BYTES + 1):
        number += 1
        yield number, line
        while not line.endswith(b"\n") and len(line) > MAX_LINE_BYTES:
            line = file.readline(MAX_LINE_BYTES + 1)


def _reading(line: bytes) -> Reading:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except RecursionError:
        raise ValueError("not JSON: nested too deep") from None
    if not isinstance(record, dict):
        raise ValueError("not a JSON object")
    return reading_from_json(record)
