"""Golden pairs: an input and, beside it, all that ingesting it gives.

After a change that is meant: `python -m tests.ingest.test_golden` writes the expected files anew; read the difference.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from recoupe.ingest import ingest, merge, restore
from recoupe.model import Article

GOLDEN = Path(__file__).parent / "golden"
INPUTS = sorted(path for path in GOLDEN.iterdir() if not path.name.endswith(".expected.json"))


def shown(article: Article) -> dict[str, Any]:
    """An article as the expected files hold it: the text as lines, the edits without their reasons' wording."""
    return {
        "place": article.places[0].removeprefix(f"{GOLDEN}/"),
        "title": article.title,
        "lang": article.lang,
        "outlet": article.outlet,
        "published": article.published,
        "published_from": article.published_from,
        "authors": list(article.authors),
        "dateline": article.dateline,
        "url": article.url,
        "edits": [[*edit.span, edit.original, edit.reason] for edit in article.edits],
        "notes": list(article.notes),
        "text": article.text.split("\n"),
    }


def read(path: Path) -> list[dict[str, Any]]:
    intake = merge(ingest([path]))
    assert not intake.failures
    return [shown(article) for article in intake.articles]


def expected(path: Path) -> Path:
    return path.with_name(f"{path.name}.expected.json")


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.name)
def test_ingesting_gives_what_is_expected(path: Path) -> None:
    assert read(path) == json.loads(expected(path).read_text("utf-8"))


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.name)
def test_a_text_file_can_be_restored(path: Path) -> None:
    (article,) = merge(ingest([path])).articles
    assert restore(article) == path.read_text("utf-8")


if __name__ == "__main__":
    for each in INPUTS:
        expected(each).write_text(json.dumps(read(each), ensure_ascii=False, indent=1) + "\n", "utf-8")
