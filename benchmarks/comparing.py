"""Accuracy of comparing: `make bench-comparing [SETS=folder]`.

Each set is `NAME.jsonl` (annotated articles) beside `NAME.cross.json` (gold across documents).  It is measured twice:
from gold readings, which shows comparing alone, and end to end.
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
from benchmarks.reading import load, without_annotation
from recoupe.compare import compare
from recoupe.compare.meaning import Meaning
from recoupe.contract import dossier_to_json, reading_from_json
from recoupe.model import Dossier
from recoupe.read.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from recoupe.model import Reading


def sets(folder: Path | None) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """(name, articles by id, gold across documents) of every set in the folder, or of the project's own samples."""
    if folder is None:
        from tests.samples.load import SEEN, UNSEEN, cross, story_articles

        for name, base in (("samples", SEEN), ("unseen samples", UNSEEN)):
            yield name, {record["id"]: record for record in story_articles(base)}, cross(base)
        return
    for path in sorted(folder.glob("*.cross.json")):
        name = path.name.removesuffix(".cross.json")
        yield name, load(path.with_name(f"{name}.jsonl")), json.loads(path.read_text(encoding="utf-8"))


def gold_readings(gold: Mapping[str, Any]) -> list[Reading]:
    """The annotated articles as readings."""
    return [reading_from_json(record) for record in gold.values()]


def own_readings(gold: Mapping[str, Any]) -> list[Reading]:
    """The same articles as Recoupe itself reads them."""
    return list(Reader().read(reading_from_json(without_annotation(record)).article for record in gold.values()))


def measures(cross: Mapping[str, Any], readings: list[Reading]) -> Iterator[tuple[str, str]]:
    """(measure, figure) of one comparison; the rate is of processor time, with the encoder loaded."""
    Meaning().learn(["loaded"])
    start = time.process_time()
    comparison = compare(readings)
    took = time.process_time() - start
    got = dossier_to_json(Dossier(tuple(readings), comparison))
    yield "stories, BCubed P / R / F1", " / ".join(f"{x:.3f}" for x in scoring.bcubed(cross["stories"], got["stories"]))
    utterances = scoring.groups("utterances", cross["utterances"], got["utterances"])
    figures = scoring.groups("figures", cross["figures"], got["figures"])
    yield "utterances, pairwise P / R / F1", _prf(utterances.pairs)
    yield "drift right, among found", f"{scoring.accuracy(utterances.labels):.3f}"
    for label, score in utterances.labels.items():
        yield f"  {label}, P / R", f"{score.precision:.3f} / {score.recall:.3f} ({score.wanted})"
    yield "figures, pairwise P / R / F1", _prf(figures.pairs)
    yield "verdict right, all groups", f"{scoring.accuracy(figures.labels):.3f}"
    for label, score in figures.labels.items():
        yield f"  {label}, P / R", f"{score.precision:.3f} / {score.recall:.3f} ({score.wanted})"
    yield "reuse, P / R / F1 over pairs", _prf(scoring.reuse(cross["reuse"], got["reuse"]))
    number, named = scoring.origins(cross["origins"], got["origins"], utterances.best | figures.best)
    yield "origins, number / names right", f"{number:.3f} / {named:.3f}"
    yield "articles/s", f"{len(readings) / took:,.0f}"


def _prf(score: scoring.Score) -> str:
    return f"{score.precision:.3f} / {score.recall:.3f} / {score.f1:.3f}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=Path, help="folder of annotated sets (default: the project's samples)")
    arguments = parser.parse_args()
    for name, gold, cross in sets(arguments.sets):
        table = Table("measure", "from gold readings", "end to end", title=name)
        columns = [dict(measures(cross, readings(gold))) for readings in (gold_readings, own_readings)]
        for label in dict.fromkeys([*columns[0], *columns[1]]):
            table.add_row(label, *(column.get(label, "-") for column in columns))
        Console(width=100).print(table)


if __name__ == "__main__":
    main()
