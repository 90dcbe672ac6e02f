"""Remarks that a checker should see: what one article says against the others of its story, or against the calendar.

Four kinds: "honorific" (M. for a woman whom others call Mme, or the reverse), "spelling" (one name in two
spellings), "role" (an office that the others give to somebody else) and "date" (an article that reports as past a day
that lies after its own date, or a copy dated before its source).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import permutations
from typing import Final

from rapidfuzz.distance import OSA

from recoupe.compare.names import alike
from recoupe.compare.pile import TOKEN
from recoupe.model import Note, Reading, Reuse, Story
from recoupe.text import Span, fold

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_NAME: Final = r"(?P<name>[^\W\d_a-zß-öø-ÿ][\w'’-]*(?:\s[^\W\d_a-zß-öø-ÿ][\w'’-]*){0,3})"
_LONG: Final = 8
_SPELT: Final = 5  # letters of a name from which one letter more or less is another spelling, not another name


@dataclass(frozen=True, slots=True)
class _Gender:
    """One sign of gender beside a name: "f" or "m", where it stands, and the words."""

    name: str
    gender: str
    span: Span
    article: str


@cache
def _words() -> Mapping[str, Mapping[str, list[str]]]:
    raw = files("recoupe.compare").joinpath("data", "notes", "gender.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)


@cache
def _signs() -> re.Pattern[str]:
    """A gendered honorific or office, with its determiner where the office needs one, and the name after it."""
    kinds = []
    for gender in ("f", "m"):
        titles = "|".join(re.escape(word) for word in _words()[gender]["titles"])
        offices = "|".join(re.escape(word) for word in _words()[gender]["offices"])
        kinds.append(rf"(?P<{gender}>\b(?:{titles})|\b(?:{offices})\b,?)")
    return re.compile(rf"(?:{'|'.join(kinds)})\s(?:[a-zß-öø-ÿ]{{2,20}},?\s){{0,2}}{_NAME}")


def collect(readings: Sequence[Reading], stories: Sequence[Story], reuse: Sequence[Reuse]) -> tuple[Note, ...]:
    """The notes on all articles, by article and place."""
    by_id = {reading.id: reading for reading in readings}
    found = [*_dates(by_id.values()), *_backdated(by_id, reuse)]
    for story in stories:
        members = [by_id[article] for article in story.articles if article in by_id]
        if len(members) > 1:
            found += _genders(members)
            found += _spellings(members)
    return tuple(sorted(set(found), key=lambda n: (n.article, n.kind, tuple(n.span or (-1, -1)), n.reason)))


# --- gender -----------------------------------------------------------------------------------------------------


def _genders(members: Sequence[Reading]) -> Iterator[Note]:
    """Signs of gender in the minority among a story's articles, for each last name."""
    by_name: defaultdict[str, list[_Gender]] = defaultdict(list)
    for reading in members:
        for sign in _signs_in(reading):
            by_name[sign.name].append(sign)
    texts = {reading.id: reading.text for reading in members}
    for name in sorted(by_name):
        votes = Counter(gender for gender, _ in {(s.gender, s.article) for s in by_name[name]})
        for sign in by_name[name]:
            against = votes["m" if sign.gender == "f" else "f"]
            if against and against >= votes[sign.gender]:
                words = sign.span.of(texts[sign.article])
                yield Note(sign.article, "honorific", sign.span, f"{words!r}: {against} other report(s) say otherwise")


def _signs_in(reading: Reading) -> Iterator[_Gender]:
    for match in _signs().finditer(reading.text):
        last = fold(re.split(r"\s", match["name"])[-1]).removesuffix("'s")
        gender = "f" if match["f"] else "m"
        yield _Gender(last, gender, Span(match.start(), match.end()), reading.id)


# --- spelling ---------------------------------------------------------------------------------------------------


def _spellings(members: Sequence[Reading]) -> Iterator[Note]:
    """Names beside a like first name whose spelling no other article of the story uses."""
    seen: defaultdict[str, dict[str, dict[str, Span]]] = defaultdict(dict)  # first -> last -> article -> place
    for reading in members:
        for first, last, span in _full_names(reading):
            seen[first].setdefault(last, {}).setdefault(reading.id, span)
    for first in sorted(seen):
        for last, other in permutations(sorted(seen[first]), 2):
            if len(seen[first][other]) > len(seen[first][last]) and _two_spellings(last, other):
                for article, span in sorted(seen[first][last].items()):
                    yield Note(article, "spelling", span, f"elsewhere {first} {other}")


def _two_spellings(one: str, other: str) -> bool:
    """Whether two folded last names differ by a letter or, if long, by two."""
    shorter = min(len(one), len(other))
    if shorter < _SPELT or not alike(one, other):
        return False
    allowed = 1 if shorter < _LONG else 2
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed


def _full_names(reading: Reading) -> Iterator[tuple[str, str, Span]]:
    """Two capitalised words side by side, folded: a first and a last name, most often."""
    last: re.Match[str] | None = None
    for match in TOKEN.finditer(reading.text):
        if not match.group()[0].isupper():
            last = None
            continue
        if last is not None and reading.text[last.end() : match.start()] == " ":
            yield fold(last.group()), fold(match.group()), Span(last.start(), match.end())
        last = match


# --- dates ------------------------------------------------------------------------------------------------------


def _dates(readings: Iterable[Reading]) -> Iterator[Note]:
    """Days after the article's own date that a past-tense word of reporting puts in the past ("hier", "yesterday")."""
    past = {fold(word) for word in _words()["time"]["past"]}
    for reading in readings:
        published = (reading.article.published or "")[:10]
        if not _DAY.fullmatch(published):
            continue
        for time in reading.times:
            if _DAY.match(time.value) and time.value[:10] > published and fold(time.span.of(reading.text)) in past:
                yield Note(reading.id, "date", time.span, f"{time.value[:10]} is after the article's date {published}")


def _backdated(by_id: Mapping[str, Reading], reuse: Iterable[Reuse]) -> Iterator[Note]:
    """Copies that credit their source and yet are dated before it."""
    for pair in reuse:
        source, copy = by_id[pair.source], by_id[pair.copy]
        one, other = source.article.moment, copy.article.moment
        if pair.credited and one is not None and other is not None and other < one:
            yield Note(copy.id, "date", pair.passages[0].copy, f"dated before {source.id}, which it credits")
