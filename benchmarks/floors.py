"""Quality floors on the project's own annotated samples: what the tests hold the next change to.

    python -m benchmarks.floors                 show what is measured beside the floors
    python -m benchmarks.floors --raise         write the floors that have risen
    python -m benchmarks.floors --raise --lower write all, the lowered ones too: give the reason in the commit

Floors are kept to three decimals, rounded down, in `tests/floors.toml`.
"""

from __future__ import annotations

import argparse
import math
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from tests.samples.load import cross, reading, story_articles

from benchmarks import scoring
from benchmarks.comparing import gold_readings, own_readings
from benchmarks.reading import by_language, read
from recoupe.compare import compare
from recoupe.contract import dossier_to_json
from recoupe.model import STATEMENTS, Dossier

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from recoupe.model import Reading

FLOORS = Path(__file__).parent.parent / "tests" / "floors.toml"

Figures = dict[str, float]


def measure() -> dict[str, Figures]:
    """Every figure that has a floor, by section."""
    records = {record["id"]: record for record in [*reading(), *story_articles()]}
    found = {name: dict(_reading(gold)) for name, gold in by_language("reading", records).items()}
    stories = {record["id"]: record for record in story_articles()}
    for name, readings in (("gold readings", gold_readings(stories)), ("end to end", own_readings(stories))):
        found[f"comparing ({name})"] = dict(_comparing(readings))
    return found


def _reading(gold: Mapping[str, object]) -> Iterator[tuple[str, float]]:
    predicted, _ = read(gold, STATEMENTS)
    scores = scoring.attributions(gold, predicted)
    yield "attributions overlap f1", scores.overlap.f1
    yield "attributions joint f1", scores.joint.f1
    yield "direct joint recall", scores.direct.recall
    yield "direct joint precision", scores.direct.precision
    yield "speaker right", scores.speaker.precision
    for layer in ("quantities", "times", "credits"):
        yield f"{layer} f1", scoring.layer(layer, gold, predicted).f1


def _comparing(readings: list[Reading]) -> Iterator[tuple[str, float]]:
    gold = cross()
    got = dossier_to_json(Dossier(tuple(readings), compare(readings)))
    yield "stories bcubed f1", scoring.bcubed(gold["stories"], got["stories"])[2]
    utterances = scoring.groups("utterances", gold["utterances"], got["utterances"])
    figures = scoring.groups("figures", gold["figures"], got["figures"])
    yield "utterances f1", utterances.pairs.f1
    yield "drift right", scoring.accuracy(utterances.labels)
    yield "figures f1", figures.pairs.f1
    yield "verdict right", scoring.accuracy(figures.labels)
    yield "conflict recall", figures.labels["conflict"].recall
    yield "conflict precision", figures.labels["conflict"].precision
    yield "reuse f1", scoring.reuse(gold["reuse"], got["reuse"]).f1
    number, names = scoring.origins(gold["origins"], got["origins"], utterances.best | figures.best)
    yield "origins number right", number
    yield "origins names right", names


def floors() -> dict[str, Figures]:
    """The floors as they are written; none where there is no file yet."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}


def rounded_down(value: float) -> float:
    """Three decimals, never above `value`."""
    return math.floor(value * 1000 + 1e-9) / 1000


def main() -> None:
    """Show, raise, or (explicitly) lower the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raise", action="store_true", dest="higher", help="write the floors that have risen")
    parser.add_argument("--lower", action="store_true", help="with --raise: write the lowered ones too")
    arguments = parser.parse_args()
    known, now = floors(), measure()
    lines, fallen = ["# What the annotated samples reach at least: see benchmarks/floors.py.\n"], 0
    for section, figures in now.items():
        lines.append(f'\n["{section}"]\n')
        for name, value in figures.items():
            floor, reached = known.get(section, {}).get(name, 0.0), rounded_down(value)
            fallen += reached < floor
            kept = reached if reached > floor or arguments.lower else floor
            lines.append(f'"{name}" = {kept:.3f}\n')
            print(f"{section:28} {name:26} {reached:.3f}  floor {floor:.3f}{'  BELOW' if reached < floor else ''}")
    if arguments.higher:
        FLOORS.write_text("".join(lines), encoding="utf-8")
    sys.exit(1 if fallen and not arguments.lower else 0)


if __name__ == "__main__":
    main()
