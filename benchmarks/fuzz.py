"""Random and mutated articles, read and compared: nothing may raise, no span may lie outside its text.

    python -m benchmarks.fuzz --articles 10000 --seed 1

The articles are the project's samples, cut, spliced, repeated, shuffled, with their marks, digits, characters, language
and date changed.  The generator is seeded: article m00042 of seed 1 is the same in every run, however many are made,
and `--only m00042` reads it alone.  Exit status 1 where a property does not hold.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from io import StringIO
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from rich.console import Console

from recoupe.compare import compare
from recoupe.contract import dossier_to_json, dumps, reading_from_json, reading_to_json, schema
from recoupe.ingest import ingest
from recoupe.model import (
    ALL_ACTS,
    Article,
    Attribution,
    Comparison,
    Credit,
    Dossier,
    Figure,
    Quantity,
    Reading,
    Time,
    Utterance,
)
from recoupe.read.reader import BATCH, Reader
from recoupe.report import html, markdown, terminal, view
from recoupe.text import Span

EXAMPLES = Path(__file__).parent.parent / "examples"
LONGEST = 20_000  # characters of a mutated text: beyond what most articles have
SLOWEST = 20.0  # seconds that reading one of them may take on one core
PILE = 10  # articles that are compared at once

DATES = (
    *("2024-02-29", "2025-03-02T08:00", "2025-03-02T23:59:59+14:00", "1899-12-31", "2024-W01-1", "20240105"),
    *("0001-01-01", "0001-01-01T00:00+14:00", "9999-12-31", "9999-12-31T23:59-14:00", "9999-99-99", "hier", ""),
)
MARKS = "«»“”„‟\"'‘’‚‹›—–-()[]:;,.!?…\n"
STRANGE = (
    *(
        "\x00",
        "\x1b[31m",
        "\ud800",
        "\udfff",
        "\ud83d\ude00",
        "😀",
        "👨‍👩‍👧",
        "e\u0301\u0301\u0301",
        "\u202e",
        "\u2066",
    ),
    *("\u200b", "\u00ad", "\ufeff", "\u2028", "\u2029", "\u0085", "\u00a0", "\u202f", "\u3000", "\r\n", "\r", "\t"),
    *(
        "ﬁ",
        "İ",
        "ß",
        "ǆ",
        "Ω",
        "א",
        "ع",
        "中",
        "한",
        "½",
        "²",
        "٣",
        "Ⅷ",
        "①",
        "٪",
        "€",
        "°",
        "№",
        "\U0010ffff",
        "\ufffd",
    ),
)
TELLING = (
    *(
        "« ",
        " »",
        "“",
        "”",
        '"',
        " a déclaré ",
        " selon ",
        " que ",
        " said ",
        " according to ",
        " that ",
        "M. ",
        "Mr. ",
    ),
    *(
        "hier",
        "mercredi",
        "yesterday",
        " last week ",
        "dans la nuit de mardi à mercredi",
        " il ",
        " he ",
        "Selon l'AFP",
    ),
    *(
        "douze millions ",
        "1 000 000",
        "1,5",
        "un sur cinq",
        "99999999999999999999",
        "1e308",
        "%",
        " euros",
        "$",
        "-",
        "0",
    ),
    *(
        "trillions of trillions",
        "deux cent mille milliards de milliards",
        "(",
        ")",
        "https://x.example/?a=«»",
        "@x",
        "#y",
    ),
)


# --- making articles ----------------------------------------------------------------------------------------------


@cache
def seeds() -> tuple[Article, ...]:
    """The project's own samples and examples."""
    from tests.samples.load import reading, story_articles

    samples = [reading_from_json(record).article for record in [*reading(), *story_articles()]]
    examples = [found for found in ingest([EXAMPLES]) if isinstance(found, Article)]
    return (*samples, *sorted(examples, key=lambda article: article.id))


def articles(count: int, seed: int) -> Iterator[Article]:
    """`count` mutated articles; each depends on the seed and its own number only."""
    return (mutant(number, seed) for number in range(count))


def mutant(number: int, seed: int) -> Article:
    """One sample after one to four mutations (one in twenty: characters without any sample)."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311 - made-up articles
    base = chance.choice(seeds())
    text = base.text if chance.random() > 0.05 else _noise(chance, chance.randrange(2000))
    for _ in range(chance.randint(1, 4)):
        text = chance.choice(MUTATIONS)(text, chance)[:LONGEST]
    title = base.title if chance.random() > 0.1 else _noise(chance, 20)
    return replace(
        base,
        id=f"m{number:05d}",
        text=text,
        title=title,
        lang=base.lang if chance.random() > 0.15 else chance.choice(["fr", "en", "de", None]),
        published=base.published if chance.random() > 0.3 else chance.choice([None, *DATES]),
        edits=(),
    )


def _cut(text: str, chance: random.Random) -> str:
    start, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
    return text[start:end] if chance.random() < 0.5 else text[:start] + text[end:]


def _splice(text: str, chance: random.Random) -> str:
    other = _cut(chance.choice(seeds()).text, chance)
    at = chance.randrange(len(text) + 1)
    return text[:at] + other + text[at:]


def _repeat(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text) + 1)
    piece = text[start : start + chance.choice([1, 2, 10, 100, 1000])]
    return text[:start] + piece * chance.choice([2, 3, 10, 100]) + text[start:]


def _swap_marks(text: str, chance: random.Random) -> str:
    table = {ord(mark): chance.choice([*MARKS, "", mark, mark]) for mark in MARKS}
    part = chance.random()
    return "".join(c.translate(table) if chance.random() < part else c for c in text)


def _strange(text: str, chance: random.Random) -> str:
    pieces = STRANGE if chance.random() < 0.5 else TELLING
    for _ in range(chance.choice([1, 5, 50])):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(pieces) + text[at:]
    return text


def _shuffle(text: str, chance: random.Random) -> str:
    mark = chance.choice(["\n\n", ". ", " ", ""])
    parts = text.split(mark) if mark else list(text)
    chance.shuffle(parts)
    return mark.join(parts)


def _case(text: str, chance: random.Random) -> str:
    return chance.choice([str.upper, str.lower, str.title, str.swapcase])(text)


def _digits(text: str, chance: random.Random) -> str:
    return "".join(chance.choice("0123456789") * chance.choice([1, 1, 1, 20]) if c.isdigit() else c for c in text)


def _spaces(text: str, chance: random.Random) -> str:
    old, new = chance.sample([" ", "\n\n", "\n", "", "\u00a0", ", ", " « "], 2)
    return text.replace(old, new) if old else new.join(text)


def _noise(chance: random.Random, size: int) -> str:
    return "".join(
        chance.choice(STRANGE) if chance.random() < 0.5 else chr(chance.randrange(0x110000)) for _ in range(size)
    )


MUTATIONS: tuple[Callable[[str, random.Random], str], ...] = (
    *(_cut, _splice, _repeat, _swap_marks, _strange, _shuffle, _case, _digits, _spaces),
)


# --- what must hold -----------------------------------------------------------------------------------------------

_SURROGATE = re.compile("[\ud800-\udfff]")  # UTF-8 has none: they are written as U+FFFD


def faults(reading: Reading) -> Iterator[str]:
    """What does not hold of a reading."""
    text = reading.text
    layers: tuple[tuple[Quantity | Time | Credit, ...], ...] = (reading.quantities, reading.times, reading.credits)
    for item in chain(*layers):
        yield from _outside(item.span, text, type(item).__name__)
    for layer in layers:
        yield from _unsorted([item.span for item in layer], type(layer[0]).__name__ if layer else "")
    for said in reading.attributions:
        yield from (fault for span in said.content for fault in _outside(span, text, "content"))
        yield from (
            fault for span in (said.source, said.cue) if span for fault in _outside(span, text, "source or cue")
        )
        yield from [] if said.content else ["an attribution without content"]
        yield from (
            ["content overlaps or is out of order"] if any(a.end > b.start for a, b in pairwise(said.content)) else []
        )
    yield from _unsorted([a.content[0] for a in reading.attributions if a.content], "attributions")
    yield from ("a value that is no number" for q in reading.quantities if not math.isfinite(q.value))
    scored: Iterable[Attribution | Quantity | Time | Credit] = chain(reading.attributions, *layers)
    yield from (f"score {item.score}" for item in scored if not 0 <= item.score <= 1)
    written = json.loads(dumps(reading_to_json(reading)))
    yield from _against("reading", written)
    if not _SURROGATE.search(text + reading.article.title) and reading_from_json(written) != reading:
        yield "is another after it was written and read"


def _outside(span: Span, text: str, what: str) -> Iterator[str]:
    if not 0 <= span.start < span.end <= len(text):
        yield f"{what}: {tuple(span)} is empty or outside the text of {len(text)} characters"


def _unsorted(spans: Sequence[Span], what: str) -> Iterator[str]:
    if any(a.start > b.start for a, b in pairwise(spans)):
        yield f"{what} out of order"


def _against(name: str, record: Any) -> Iterator[str]:
    for error in islice(_validator(name).iter_errors(record), 3):
        yield f"{name} schema: {'/'.join(map(str, error.absolute_path))}: {error.message[:120]}"


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema(name))


def faults_together(readings: Sequence[Reading], chance: random.Random) -> Iterator[str]:
    """What does not hold of a comparison: spans inside their texts, no effect of order, the schema, every rendering."""
    found = compare(readings)
    shuffled = list(readings)
    chance.shuffle(shuffled)
    if compare(shuffled) != found:
        yield "another order of readings gives another result"
    texts = {reading.id: reading.text for reading in readings}
    titles = {reading.id: reading.article.title for reading in readings}
    for figure in found.figures:
        yield from _of_figure(figure, texts, titles)
    for utterance in found.utterances:
        yield from _of_utterance(utterance, texts)
    yield from _of_copies(found, texts)
    dossier = Dossier(tuple(sorted(readings, key=lambda r: r.id)), found)
    yield from _against("dossier", json.loads(dumps(dossier_to_json(dossier))))
    seen = view.build(dossier, chance.choice(["fr", "en"]))
    html.render(seen)
    markdown.render(seen)
    terminal.render(seen, Console(file=StringIO(), width=80))


def _of_figure(figure: Figure, texts: dict[str, str], titles: dict[str, str]) -> Iterator[str]:
    for place in figure.occurrences:
        yield from _outside(place.span, (titles if place.in_title else texts)[place.article], "figure")


def _of_utterance(utterance: Utterance, texts: dict[str, str]) -> Iterator[str]:
    fullest = texts[utterance.occurrences[0].article]
    for place in utterance.occurrences:
        here = texts[place.article]
        yield from (fault for span in place.content for fault in _outside(span, here, "occurrence"))
        for change in place.changes:
            if not (change.here.end <= len(here) and change.there.end <= len(fullest)):
                yield "a change outside the texts"


def _of_copies(found: Comparison, texts: dict[str, str]) -> Iterator[str]:
    for copy in found.reuse:
        for passage in copy.passages:
            yield from _outside(passage.source, texts[copy.source], "copied passage")
            yield from _outside(passage.copy, texts[copy.copy], "copy")
    for edge in found.edges:
        if edge.span:
            yield from _outside(edge.span, texts[edge.article], "edge")


# --- running ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Tally:
    """What a run found: counts, faults by article, and the slowest articles with their seconds."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[str]] = field(default_factory=dict)
    slowest: list[tuple[float, str, int]] = field(default_factory=list)

    def blame(self, name: str, found: Iterable[str]) -> None:
        """Note faults, an exception being one."""
        try:
            told = list(found)
        except Exception:  # noqa: BLE001 - any exception at all is what this program looks for
            told = [traceback.format_exc()]
        if told:
            self.faults[name] = told

    def count(self, reading: Reading) -> None:
        """Add one reading to the counts."""
        self.counts["articles"] += 1
        self.counts["characters"] += len(reading.text)
        self.counts["words"] += len(reading.text.split())
        self.counts["not read"] += reading.unread is not None
        for layer in ("attributions", "quantities", "times", "credits"):
            self.counts[layer] += len(getattr(reading, layer))


def read(made: Iterable[Article], tally: Tally) -> Iterator[Reading]:
    """The readings that hold; batches as in real work, and where one raises each article alone."""
    reader = Reader(acts=ALL_ACTS)
    rest = iter(made)
    slow: list[tuple[float, tuple[Article, ...]]] = []
    while batch := tuple(islice(rest, BATCH)):
        start = time.process_time()
        for reading in _read_batch(reader, batch, tally):
            tally.count(reading)
            tally.blame(reading.id, faults(reading))
            yield reading
        slow = sorted([*slow, (time.process_time() - start, batch)], key=lambda each: -each[0])[:3]
    for article in chain.from_iterable(batch for _, batch in slow):
        _clock(reader, article, tally)
    tally.slowest = sorted(tally.slowest, reverse=True)[:5]


def _read_batch(reader: Reader, batch: Sequence[Article], tally: Tally) -> list[Reading]:
    try:
        return list(reader.read(batch))
    except Exception:  # noqa: BLE001 - any exception at all is what this program looks for
        readings: list[Reading] = []
        for article in batch:
            tally.blame(article.id, _nothing(readings.extend, reader.read([article])))
        if len(readings) == len(batch):
            tally.faults[f"{batch[0].id} to {batch[-1].id}"] = [traceback.format_exc()]
        return readings


def _nothing(do: Callable[[Iterable[Reading]], object], readings: Iterable[Reading]) -> Iterator[str]:
    do(readings)
    return
    yield


def _clock(reader: Reader, article: Article, tally: Tally) -> None:
    if article.id in tally.faults:
        return
    start = time.process_time()
    list(reader.read([article]))
    took = time.process_time() - start
    tally.slowest.append((took, article.id, len(article.text)))
    if took > SLOWEST:
        tally.faults[article.id] = [f"takes {took:.1f} s"]


def compare_piles(readings: Sequence[Reading], piles: int, seed: int, tally: Tally) -> None:
    """Compare random piles of the readings."""
    for number in range(piles):
        chance = random.Random(f"{seed}/pile/{number}")  # noqa: S311 - made-up articles
        pile = chance.sample(readings, min(PILE, len(readings)))
        start = time.process_time()
        tally.blame(f"pile {number}: {' '.join(sorted(r.id for r in pile))}", faults_together(pile, chance))
        took = time.process_time() - start
        tally.counts["piles"] += 1
        tally.slowest.append((took, f"pile {number}", sum(len(r.text) for r in pile)))


def run(count: int, seed: int, piles: int) -> Tally:
    """Read `count` articles and compare `piles` piles of them."""
    tally = Tally()
    readings = list(read(articles(count, seed), tally))
    compare_piles(readings, piles, seed, tally)
    return tally


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--piles", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", metavar="ID", help="read this one article alone, and print its text")
    given = parser.parse_args()
    if given.only:
        article = mutant(int(given.only.removeprefix("m")), given.seed)
        sys.stdout.write(f"{article!r}\n".encode("utf-8", "backslashreplace").decode())
        (reading,) = Reader(acts=ALL_ACTS).read([article])
        sys.exit("\n".join(faults(reading)) or 0)
    tally = run(given.articles, given.seed, given.piles)
    for name, number in tally.counts.items():
        print(f"{number:12,} {name}")
    for took, name, size in sorted(tally.slowest, reverse=True)[:8]:
        print(f"{took:10.2f} s  {name} ({size:,} characters)")
    for name, found in tally.faults.items():
        print(f"FAULT {name}\n  " + "\n  ".join(found))
    sys.exit(1 if tally.faults else 0)


if __name__ == "__main__":
    main()
