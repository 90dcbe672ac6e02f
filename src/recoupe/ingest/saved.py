"""A dossier that `recoupe check --format json` wrote, as an input: its readings, to be compared again."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from recoupe.contract import DOSSIER_SCHEMA, reading_from_json
from recoupe.errors import InputError
from recoupe.ingest.records import parse_json
from recoupe.model import Reading

LARGEST = 500_000_000
"""Most bytes of a saved dossier."""

_START = re.compile(rb"\s*\{")
_HEAD = 200  # bytes within which the schema is named


def saved(inputs: Sequence[str | os.PathLike[str]]) -> list[Reading] | None:
    """The readings of a saved dossier, where the one input is such a file; else None.

    Raises InputError where it is one and broken.
    """
    path = Path(inputs[0]) if len(inputs) == 1 else None
    if path is None or not path.is_file() or path.stat().st_size > LARGEST:
        return None
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if not _START.match(head) or DOSSIER_SCHEMA.encode() not in head:
            return None
        record = parse_json(head + file.read(), str(path))
    try:
        return [reading_from_json(article) for article in record["articles"]]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise InputError(str(path), "dossier.damaged", why=str(error)) from error
