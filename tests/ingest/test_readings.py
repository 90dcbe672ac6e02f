"""Readings written before: what is bad among them is named, and the others are taken."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from recoupe.errors import InputError
from recoupe.ingest import readings
from recoupe.ingest.readings import load

GOOD = json.dumps({"id": "a", "text": "Le phare sera rebâti.", "quantities": [{"span": [3, 8], "value": 1}]})


def failures(*lines: str | bytes) -> dict[int, str]:
    """Line number -> cause, of lines beside a good one."""
    data = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in [GOOD, *lines])
    loaded, failed = load("-", io.BytesIO(data))
    assert loaded[0].id == "a"
    assert all(each.advice for each in failed)
    return {int(each.input.removeprefix("-:")): each.cause for each in failed}


def test_bad_lines_are_named_and_the_others_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "LONGEST_LINE", 1000)
    found = failures(
        "",
        "{",
        "[" * 900,
        "[]",
        GOOD,
        b'{"id": "b", "text": "\xff"}',
        '{"id": "c"}',
        "x" * 5000,
        '{"id": "d", "text": "e"}',
    )
    assert list(found) == [3, 4, 5, 6, 7, 8, 9]
    assert found[3].startswith("is broken JSON")
    assert found[5] == "is no JSON object"
    assert found[6] == "the id 'a' occurs twice"
    assert found[7] == "is not UTF-8"
    assert "'text'" in found[8]
    assert found[9] == "is longer than 0.001 MB"


def test_a_mark_at_the_beginning_is_no_text() -> None:
    assert load("-", io.BytesIO(b"\xef\xbb\xbf" + GOOD.encode()))[0][0].id == "a"


@pytest.mark.parametrize("name", ["", "/dev/zero", os.curdir, "nowhere.jsonl"])
def test_what_is_no_file(name: str) -> None:
    with pytest.raises(InputError) as raised:
        load(name, io.BytesIO())
    assert raised.value.advice


def test_nothing_to_read(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    for content in ("", "\n", "{"):
        path.write_text(content)
        with pytest.raises(InputError, match="holds no reading"):
            load(str(path), io.BytesIO())
