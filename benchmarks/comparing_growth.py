"""How stories and copies grow with the pile, and which planted copies are found.

    python -m benchmarks.comparing_growth                     all four, up to 10,000 articles
    python -m benchmarks.comparing_growth growth 1000 10000 100000
    python -m benchmarks.comparing_growth adding 1000 10000 100000
    python -m benchmarks.comparing_growth copies 20000
    python -m benchmarks.comparing_growth whole 1000 4000

Articles are generated: words as frequent as in running text, invented names, a thousand articles a day, in stories of
1 to 40 articles that share names, numbers and words of their subject; every tenth article copies part of another.  The
generator is seeded: the same pile every time.

`adding` measures what one more article costs a desk: to take it in, and to take it in and compare what its story says.
Its articles quote the persons of their stories, as do those of `whole`, which compares readings in every way.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import NamedTuple

from recoupe.compare import compare
from recoupe.compare.index import Index
from recoupe.compare.meaning import Meaning
from recoupe.compare.pile import Pile
from recoupe.compare.reuse import Copies
from recoupe.compare.stories import Stories
from recoupe.model import Article, Attribution, Reading
from recoupe.text import Span

_SYLLABLES = [c + v for c in "bcdfglmnprstv" for v in ("a", "e", "i", "o", "u", "ai", "on", "er")]
_TABLE = files("recoupe.compare").joinpath("data", "commonness.tsv").read_text(encoding="utf-8")
_OPENINGS = ("The", "A", "In", "On", "After", "Before", "While", "For")


class Press:
    """Writes articles."""

    def __init__(self, seed: int = 7) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - made-up articles
        table = [line.split("\t") for line in _TABLE.splitlines() if not line.startswith("#")]
        self.common = [row[0] for row in table]
        self._table = self.chance.choices(self.common, [math.exp(-int(row[1]) / 10) for row in table], k=400_000)
        self.names = sorted({self._word().capitalize() for _ in range(20_000)})

    def _word(self) -> str:
        return "".join(self.chance.choice(_SYLLABLES) for _ in range(self.chance.choice((2, 3, 3, 4))))

    def word(self) -> str:
        """A running word, as often as its rank says."""
        return self._table[self.chance.randrange(len(self._table))]

    def paragraph(self, subject: list[str], words: int) -> str:
        """A paragraph of sentences, every fifth word of the subject."""
        parts: list[str] = []
        while len(parts) < words:
            length = self.chance.randint(9, 24)
            sentence = [self.chance.choice(_OPENINGS)]
            sentence += [
                self.chance.choice(subject) if self.chance.random() < 0.2 else self.word() for _ in range(length)
            ]
            sentence[-1] += "."
            parts += sentence
        return " ".join(parts[:words])

    def subject(self) -> list[str]:
        """What a story is about: names, numbers, and words."""
        names = self.chance.sample(self.names, 6)
        numbers = [str(self.chance.randint(13, 90_000)) for _ in range(4)]
        return names + numbers + [self.word() for _ in range(15)]

    def edited(self, text: str, share: float) -> str:
        """`text` with this share of its words put for others, left out or added."""
        out: list[str] = []
        for word in text.split():
            if self.chance.random() >= share:
                out.append(word)
                continue
            deed = self.chance.random()
            if deed < 0.6:
                out.append(self.word())
            elif deed < 0.8:
                out += [word, self.word()]
        return " ".join(out)

    def pile(self, count: int, *, copies: bool = True, quoting: bool = False) -> list[Reading]:
        """`count` articles, a thousand a day, in stories."""
        start = datetime(2025, 1, 1, tzinfo=UTC)
        texts: list[tuple[list[str], list[Said], datetime]] = []
        while len(texts) < count:
            size = min(40, max(1, int(self.chance.paretovariate(1.2))))
            subject = self.subject()
            first = len(texts) / 1000
            story: list[list[str]] = []
            said = [self.said(subject) for _ in range(5)] if quoting else []
            for _ in range(size):
                paragraphs = [self.paragraph(subject, self.chance.randint(40, 110)) for _ in range(5)]
                if copies and story and self.chance.random() < 0.2:
                    paragraphs[self.chance.randrange(5)] = self.edited(
                        self.chance.choice(self.chance.choice(story)), 0.05
                    )
                story.append(paragraphs)
                quoted = self.chance.sample(said, 3) if quoting else []
                texts.append((paragraphs, quoted, start + timedelta(days=first + self.chance.random() * 1.5)))
        return [article(i, *written) for i, written in enumerate(texts[:count])]

    def said(self, subject: list[str]) -> Said:
        """A statement on a subject and who made it."""
        words = self.paragraph(subject, self.chance.randint(10, 20)).rstrip(".").replace(".", ",")
        return Said(words, f"{self.chance.choice(self.names)} {subject[self.chance.randrange(6)]}")


class Said(NamedTuple):
    """A statement in the words of who made it."""

    words: str
    speaker: str


def article(i: int, paragraphs: list[str], quoted: list[Said], when: datetime) -> Reading:
    """The reading of a generated article: of its text, and of what it quotes."""
    text = "\n\n".join(paragraphs)
    attributions = []
    for words, speaker in quoted:
        begin = len(text) + 3
        end = begin + len(words)
        text += f'\n\n"{words}", {speaker} said.'
        name = Span(end + 3, end + 3 + len(speaker))
        cue = Span(name.end + 1, name.end + 5)
        attributions.append(Attribution("direct", (Span(begin, end),), source=name, cue=cue, speaker=speaker))
    outlet = f"Outlet {i % 97}"
    published = Article(f"a{i:06d}", text, lang="en", outlet=outlet, published=when.isoformat())
    return Reading(published, attributions=tuple(attributions))


def growth(sizes: list[int]) -> None:
    """Print processor time (of one core), rates and memory for each size."""
    press = Press()
    print("articles   index s  stories s  copies s   stories/s  copies/s  all s  growth  peak GB  stories  copies")
    before = 0.0
    for size in sizes:
        readings = press.pile(size)
        t0 = time.process_time()
        heap = Pile(readings)
        rows = range(len(heap))
        t1 = time.process_time()
        known = Stories(heap)
        changed = known.add(rows)
        clusters = known.all()
        t2 = time.process_time()
        copies = Copies(heap)
        copies.add(rows, changed.moved, known.labels)
        found = copies.all()
        t3 = time.process_time()
        total = t3 - t0
        rates = size / (t2 - t0), size / (t1 - t0 + t3 - t2)
        print(
            f"{size:8d}  {t1 - t0:8.2f}  {t2 - t1:9.2f}  {t3 - t2:8.2f}  {rates[0]:10.0f}  {rates[1]:8.0f}"
            f"  {total:5.1f}  {total / (before or total):6.1f}  {peak():7.2f}  {len(clusters):7d}  {len(found):6d}",
            flush=True,
        )
        before = total


def peak() -> float:
    """The most memory that the process has had, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def whole(sizes: list[int]) -> None:
    """Print the rate of the whole comparison of readings, with the sentence encoder loaded."""
    press = Press()
    Meaning().learn(["loaded"])
    print("articles  seconds  articles/s  stories  utterances")
    for size in sizes:
        readings = press.pile(size, quoting=True)
        start = time.process_time()
        found = compare(readings)
        took = time.process_time() - start
        rate = size / took
        print(f"{size:8d}  {took:7.2f}  {rate:10.0f}  {len(found.stories):7d}  {len(found.utterances):10d}", flush=True)


def adding(sizes: list[int], more: int = 200) -> None:
    """Print what it takes to add one article to a pile: the newest ones, and ones from anywhere in it."""
    print("articles  which     add ms: median    p95     max   with its story: median    p95     max   peak GB")
    for size in sizes:
        for which in ("newest", "anywhere"):
            press = Press()
            readings = press.pile(size + more, quoting=True)
            chosen = set(range(size, size + more) if which == "newest" else press.chance.sample(range(size), more))
            index = Index(reading for i, reading in enumerate(readings) if i not in chosen)
            taken, shown = [], []
            for i in sorted(chosen):
                start = time.perf_counter()
                index.add(readings[i])
                middle = time.perf_counter()
                index.comparison_of(readings[i].id)
                taken.append(1000 * (middle - start))
                shown.append(1000 * (time.perf_counter() - start))
            print(f"{size:8d}  {which:8s}  {spread(taken):>30s}  {spread(shown):>37s}  {peak():8.2f}", flush=True)


def spread(values: list[float]) -> str:
    """Median, 95th percentile and greatest of the values."""
    ordered = sorted(values)
    return "  ".join(
        f"{value:6.1f}" for value in (ordered[len(ordered) // 2], ordered[len(ordered) * 19 // 20], ordered[-1])
    )


@dataclass(frozen=True, slots=True)
class Plant:
    """One kind of planted copy: what is copied and how much of it is edited."""

    kind: str
    words: int | None  # None: the whole article
    edits: float
    quoted: bool = False


PLANTS = (
    Plant("whole article, light edits", None, 0.05),
    Plant("whole article, medium edits", None, 0.15),
    Plant("whole article, heavy edits", None, 0.30),
    Plant("paragraph of 90 words", 90, 0.0),
    Plant("paragraph of 50 words", 50, 0.0),
    Plant("paragraph of 50 words, light edits", 50, 0.05),
    Plant("paragraph of 50 words, heavy edits", 50, 0.30),
    Plant("quotation of 20 words", 20, 0.0, quoted=True),
)


def copies(count: int, each: int = 100) -> None:
    """Plant copies of every kind in a pile without any, and print how many are found and what else is."""
    press = Press(11)
    readings = press.pile(count, copies=False)
    wanted: dict[tuple[str, str], Plant] = {}
    places = press.chance.sample(range(count), 2 * each * len(PLANTS))
    for k, plant in enumerate(plant for plant in PLANTS for _ in range(each)):
        one, other = sorted(places[2 * k : 2 * k + 2])
        readings[other] = planted(press, readings[one], readings[other], plant)
        wanted[readings[one].id, readings[other].id] = plant
    start = time.process_time()
    heap = Pile(readings)
    rows = range(len(heap))
    known, comparing = Stories(heap), Copies(heap)
    changed = known.add(rows)
    middle = time.process_time()
    comparing.add(rows, changed.moved, known.labels)
    found = {frozenset((r.source, r.copy)) for r in comparing.all()}
    end = time.process_time()
    shared = comparing.shared()
    print(f"{count} articles: index and stories {middle - start:.1f} s, copies {end - middle:.1f} s")
    for plant in PLANTS:
        pairs = [frozenset(pair) for pair, kind in wanted.items() if kind is plant]
        as_copy, as_shared = sum(p in found for p in pairs), sum(p in shared for p in pairs)
        print(f"{plant.kind:40s} {len(pairs)}  shared text {as_shared / each:.3f}  copy {as_copy / each:.3f}")
    print(f"pairs found that were not planted: {len(found - {frozenset(pair) for pair in wanted})}")


def planted(press: Press, source: Reading, copy: Reading, plant: Plant) -> Reading:
    """`copy` with the part of `source` that the plant says, edited."""
    paragraphs = copy.text.split("\n\n")
    if plant.words is None:
        paragraphs = [press.edited(p, plant.edits) for p in source.text.split("\n\n")]
    else:
        words = source.text.replace("\n\n", " ").split()
        begin = press.chance.randrange(len(words) - plant.words)
        taken = press.edited(" ".join(words[begin : begin + plant.words]), plant.edits)
        paragraphs.insert(2, f'"{taken}", said {press.chance.choice(press.names)}.' if plant.quoted else taken)
    text = "\n\n".join(paragraphs)
    when = copy.article
    return Reading(Article(when.id, text, lang="en", outlet=when.outlet, published=when.published))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=("growth", "adding", "copies", "whole"))
    parser.add_argument("sizes", nargs="*", type=int)
    given = parser.parse_args()
    if given.what in ("growth", None):
        growth(given.sizes or [1000, 10_000])
    if given.what in ("whole", None):
        whole(given.sizes or [1000, 4000])
    if given.what in ("adding", None):
        adding(given.sizes or [1000, 10_000])
    if given.what in ("copies", None):
        copies(*(given.sizes or [10_000]))


if __name__ == "__main__":
    main()
