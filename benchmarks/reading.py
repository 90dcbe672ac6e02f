"""Accuracy and speed of reading: `make bench-reading [SETS=folder]`.

Each set is a JSONL file of annotated articles in the written format.  Without a folder of sets, the project's own
annotated samples are measured: those by which rules were mended, and the unseen ones.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from benchmarks import scoring
from recoupe.contract import reading_from_json, reading_to_json
from recoupe.model import ALL_ACTS, STATEMENTS
from recoupe.read.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recoupe.model import Act, Article

# Sets whose gold counts beliefs and intentions as attributions too (PolNeAR does).
ALL_ACTS_SETS = "en-"

TIMED = 5_000  # words from which a speed means something


def load(path: Path) -> dict[str, Any]:
    """The records of a JSONL file by id."""
    with path.open(encoding="utf-8") as lines:
        return {record["id"]: record for record in map(json.loads, lines)}


def by_language(name: str, gold: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The set, and where it holds several languages each of them apart."""
    languages = sorted({record["lang"] for record in gold.values()})
    if len(languages) == 1:
        return {name: dict(gold)}
    return {f"{name} ({lang})": {k: r for k, r in gold.items() if r["lang"] == lang} for lang in languages}


def read(gold: Mapping[str, Any], acts: tuple[Act, ...]) -> tuple[dict[str, Any], float]:
    """The predicted records by id, and the words read a second (models loaded, one process, all layers).

    Zero stands for the speed of less than `TIMED` words, which is that of a start.
    """
    articles: list[Article] = [reading_from_json(without_annotation(record)).article for record in gold.values()]
    words = sum(len(a.text.split()) for a in articles)
    reader = Reader(acts=acts)
    start = time.perf_counter()
    readings = list(reader.read(articles))
    took = time.perf_counter() - start
    return {r.id: reading_to_json(r) for r in readings}, words / took if words >= TIMED else 0.0


def without_annotation(record: Mapping[str, Any]) -> dict[str, Any]:
    """Only what an article itself states."""
    return {key: record.get(key) for key in ("id", "lang", "outlet", "published", "title", "text")}


def rows(name: str, gold: Mapping[str, Any], acts: tuple[Act, ...]) -> list[tuple[str, ...]]:
    """Table rows (set, measure, P, R, F1, gold) of one set."""
    predicted, speed = read(gold, acts)
    found = scoring.attributions(gold, predicted)
    measures = {
        "attributions, content overlap": found.overlap,
        "attributions, joint": found.joint,
        "direct, joint": found.direct,
        "speaker right, among matched": found.speaker,
    }
    for layer in ("quantities", "times", "credits"):
        if any(record.get(layer) for record in gold.values()):
            measures[f"{layer}, value right"] = scoring.layer(layer, gold, predicted)
    lines: list[tuple[str, ...]] = [
        (name, label, f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}", str(s.wanted))
        for label, s in measures.items()
    ]
    if speed:
        lines.append((name, "speed, words/s", "", "", f"{speed:,.0f}", ""))
    return lines


def sets(folder: Path | None) -> dict[str, dict[str, Any]]:
    """Every annotated set of the folder, or the project's own samples where no folder is given."""
    if folder is None:
        from tests.samples.load import SEEN, UNSEEN, reading, story_articles

        return {
            part: gold
            for name, base in (("samples", SEEN), ("unseen samples", UNSEEN))
            for part, gold in by_language(
                name, {record["id"]: record for record in [*reading(base=base), *story_articles(base)]}
            ).items()
        }
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.jsonl")):
        gold = load(path)
        if any("attributions" in record for record in gold.values()):
            found |= by_language(path.stem, gold)
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=Path, help="folder of annotated JSONL sets (default: the project's samples)")
    parser.add_argument("--only", help="sets whose name starts so")
    arguments = parser.parse_args()
    chosen = {k: v for k, v in sets(arguments.sets).items() if k.startswith(arguments.only or "")}
    list(
        Reader().read(
            [
                reading_from_json({"id": lang, "text": "« Oui », dit-il. He said no.", "lang": lang}).article
                for lang in ("fr", "en")
            ]
        )
    )  # load the models before the clock starts
    table = Table("set", "measure", "P", "R", "F1", "gold")
    for name, gold in chosen.items():
        for row in rows(name, gold, ALL_ACTS if name.startswith(ALL_ACTS_SETS) else STATEMENTS):
            table.add_row(*row)
        table.add_section()
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
