"""How stories and copies grow with the pile, and which planted copies are found.

    python benchmarks/comparing_growth.py growth [1000 10000 100000]
    python benchmarks/comparing_growth.py copies [20000]

Articles are generated: words as frequent as in running text, invented names, a thousand articles a day, in stories of
1 to 40 articles that share names, numbers and words of their subject; every tenth article copies part of another.  The
generator is seeded: the same pile every time.
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

from recoupe.compare import pile, reuse, stories
from recoupe.model import Article, Reading

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

    def pile(self, count: int, *, copies: bool = True) -> list[Reading]:
        """`count` articles, a thousand a day, in stories."""
        start = datetime(2025, 1, 1, tzinfo=UTC)
        texts: list[tuple[list[str], datetime]] = []
        while len(texts) < count:
            size = min(40, max(1, int(self.chance.paretovariate(1.2))))
            subject = self.subject()
            first = len(texts) / 1000
            story: list[list[str]] = []
            for _ in range(size):
                paragraphs = [self.paragraph(subject, self.chance.randint(40, 110)) for _ in range(5)]
                if copies and story and self.chance.random() < 0.2:
                    paragraphs[self.chance.randrange(5)] = self.edited(
                        self.chance.choice(self.chance.choice(story)), 0.05
                    )
                story.append(paragraphs)
                texts.append((paragraphs, start + timedelta(days=first + self.chance.random() * 1.5)))
        return [article(i, paragraphs, when) for i, (paragraphs, when) in enumerate(texts[:count])]


def article(i: int, paragraphs: list[str], when: datetime) -> Reading:
    """The reading of a generated article (of its text only)."""
    text = "\n\n".join(paragraphs)
    outlet = f"Outlet {i % 97}"
    return Reading(Article(f"a{i:06d}", text, lang="en", outlet=outlet, published=when.isoformat()))


def growth(sizes: list[int]) -> None:
    """Print processor time (of one core), rates and memory for each size."""
    press = Press()
    print("articles   index s  stories s  copies s   stories/s  copies/s  all s  growth  peak GB  stories  copies")
    before = 0.0
    for size in sizes:
        readings = press.pile(size)
        t0 = time.process_time()
        heap = pile.pile(readings)
        t1 = time.process_time()
        clusters = stories.of_pile(heap)
        t2 = time.process_time()
        found = reuse.of_pile(heap, clusters)
        t3 = time.process_time()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        total = t3 - t0
        rates = size / (t2 - t0), size / (t1 - t0 + t3 - t2)
        print(
            f"{size:8d}  {t1 - t0:8.2f}  {t2 - t1:9.2f}  {t3 - t2:8.2f}  {rates[0]:10.0f}  {rates[1]:8.0f}"
            f"  {total:5.1f}  {total / before if before else 0:6.1f}  {peak:7.2f}  {len(clusters):7d}  {len(found):6d}",
            flush=True,
        )
        before = total


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
    heap = pile.pile(readings)
    clusters = stories.of_pile(heap)
    middle = time.process_time()
    found = {frozenset((r.source, r.copy)) for r in reuse.of_pile(heap, clusters)}
    end = time.process_time()
    shared = {frozenset((readings[s.a].id, readings[s.b].id)) for s in reuse.shared(heap, clusters)}
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
    parser.add_argument("what", choices=("growth", "copies"))
    parser.add_argument("sizes", nargs="*", type=int)
    given = parser.parse_args()
    if given.what == "growth":
        growth(given.sizes or [1000, 10_000, 100_000])
    else:
        copies(*(given.sizes or [20_000]))


if __name__ == "__main__":
    main()
