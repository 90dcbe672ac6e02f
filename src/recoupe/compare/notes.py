"""Remarks that a checker should see: what one article says against the others of its story, or against the calendar.

Four kinds: "honorific" (M. for a woman whom others call Mme, or the reverse), "spelling" (one name in two spellings),
"role" (an office of which there is one, given to another person than in the other reports) and "date" (an article that
reports as past a day that lies after its own date, or a copy dated before the source it credits).

The reason is a label and, after ": ", what can be checked; articles are named by their outlet, else by their file.

- `otherwise in`: what the other reports write, and in which.
- `after the article's date`: the day, and the article's.
- `dated before its source`: both dates, and the source.
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
from recoupe.compare.tokens import TOKEN
from recoupe.model import Note, Reading, Reuse
from recoupe.text import Span, fold

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_CAPITALS: Final = r"[^\W\d_a-zß-öø-ÿ][\w'’-]*(?:\s[^\W\d_a-zß-öø-ÿ][\w'’-]*){0,3}"
_NAME: Final = rf"(?P<name>{_CAPITALS})"
_SHOWN: Final = 3  # articles that a note names
_LONG: Final = 8
_SPELT: Final = 5  # letters of a name from which one letter more or less is another spelling, not another name


@dataclass(frozen=True, slots=True)
class _Sign:
    """One sign of gender or of an office beside a name: `says` "f" or "m", or the name of who holds the office."""

    about: str
    says: str
    span: Span
    article: str


@cache
def _words() -> Mapping[str, Mapping[str, list[str]]]:
    raw = files("recoupe.compare").joinpath("data", "notes", "words.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)


@cache
def _offices() -> re.Pattern[str]:
    """An office of which a place has one, what it is of, and the name of who holds it: "la maire de Luze, Ada Fell"."""
    offices = "|".join(re.escape(word) for word in _words()["role"]["single"])
    of = "|".join(re.escape(word) for word in sorted(_words()["role"]["of"], key=len, reverse=True))
    return re.compile(rf"\b(?P<office>{offices})\s(?:{of})\s?(?P<of>{_CAPITALS}),?\s{_NAME}")


def _called(reading: Reading) -> str:
    """What a person would call the article: its outlet, else its file, else its title, else its id."""
    article = reading.article
    file = article.places[0].rpartition("/")[2] if article.places else ""
    return article.outlet or file or article.title or article.id


def _elsewhere(said: Mapping[str, Iterable[Reading]]) -> str:
    """`otherwise in` with what is written there, in the order of what is written."""
    parts = []
    for words in sorted(said):
        where = sorted({_called(reading) for reading in said[words]})
        more = f" +{len(where) - _SHOWN}" if len(where) > _SHOWN else ""
        parts.append(f"{words} ({', '.join(where[:_SHOWN])}{more})")
    return f"otherwise in: {'; '.join(parts)}"


@cache
def _signs() -> re.Pattern[str]:
    """A gendered honorific or office, with its determiner where the office needs one, and the name after it."""
    kinds = []
    for gender in ("f", "m"):
        titles = "|".join(re.escape(word) for word in _words()[gender]["titles"])
        offices = "|".join(re.escape(word) for word in _words()[gender]["offices"])
        kinds.append(rf"(?P<{gender}>\b(?:{titles})|\b(?:{offices})\b,?)")
    return re.compile(rf"(?:{'|'.join(kinds)})\s(?:[a-zß-öø-ÿ]{{2,20}},?\s){{0,2}}{_NAME}")


def of_story(readings: Sequence[Reading]) -> tuple[Note, ...]:
    """The notes on the articles of one story, by article and place."""
    found = [*_dates(readings)]
    if len(readings) > 1:
        found += [*_genders(readings), *_spellings(readings), *_roles(readings)]
    return ordered(found)


def ordered(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Notes, each once, by article and place."""
    return tuple(sorted(set(notes), key=lambda n: (n.article, n.kind, tuple(n.span or (-1, -1)), n.reason)))


# --- gender -----------------------------------------------------------------------------------------------------


def _genders(members: Sequence[Reading]) -> Iterator[Note]:
    """Signs of gender in the minority among a story's articles, for each last name."""
    by_name: defaultdict[str, list[_Sign]] = defaultdict(list)
    for reading in members:
        for sign in _signs_in(reading):
            by_name[sign.about].append(sign)
    by_id = {reading.id: reading for reading in members}
    for name in sorted(by_name):
        votes = Counter(gender for gender, _ in {(s.says, s.article) for s in by_name[name]})
        for sign in by_name[name]:
            against = [other for other in by_name[name] if other.says != sign.says]
            if against and votes[against[0].says] >= votes[sign.says]:
                said = _by_words((other.span.of(by_id[other.article].text), by_id[other.article]) for other in against)
                yield Note(sign.article, "honorific", sign.span, _elsewhere(said))


def _by_words(said: Iterable[tuple[str, Reading]]) -> dict[str, list[Reading]]:
    found: defaultdict[str, list[Reading]] = defaultdict(list)
    for words, reading in said:
        found[" ".join(words.split())].append(reading)
    return found


def _signs_in(reading: Reading) -> Iterator[_Sign]:
    for match in _signs().finditer(reading.text):
        last = fold(re.split(r"\s", match["name"])[-1]).removesuffix("'s")
        yield _Sign(last, "f" if match["f"] else "m", Span(match.start(), match.end()), reading.id)


# --- roles ------------------------------------------------------------------------------------------------------


def _roles(members: Sequence[Reading]) -> Iterator[Note]:
    """Persons given an office of which there is one, where at least as many reports give it to another person.

    Only offices with what they are of ("the mayor of Luze"), and persons who differ in first and last name: a first
    name apart is another spelling or a relative, a last name alone may be the same person's.
    """
    by_office: defaultdict[str, list[_Sign]] = defaultdict(list)
    by_id = {reading.id: reading for reading in members}
    for reading in members:
        for match in _offices().finditer(reading.text):
            name = match["name"].removesuffix("’s").removesuffix("'s")
            if len(name.split()) > 1 and not _is_former(reading.text, match.start()):
                office = f"{fold(match['office'])} {fold(match['of'])}"
                by_office[office].append(_Sign(office, name, Span(match.start(), match.end()), reading.id))
    for office in sorted(by_office):
        signs = by_office[office]
        votes = Counter(name for name, _ in {(fold(s.says), s.article) for s in signs})
        for sign in signs:
            against = [s for s in signs if s.article != sign.article and _two_persons(sign.says, s.says)]
            if against and max(votes[fold(s.says)] for s in against) >= votes[fold(sign.says)]:
                yield Note(
                    sign.article, "role", sign.span, _elsewhere(_by_words((s.says, by_id[s.article]) for s in against))
                )


def _is_former(text: str, start: int) -> bool:
    """Whether the word before says that the office is no longer held, not yet, or held for another."""
    before = re.split(r"[\s'’-]+", text[max(0, start - 20) : start].rstrip(" -"))[-1]
    return fold(before) in _words()["role"]["not"]


def _two_persons(one: str, other: str) -> bool:
    a, b = fold(one).split(), fold(other).split()
    return not any(alike(x, y) for x in a for y in b)


# --- spelling ---------------------------------------------------------------------------------------------------


def _spellings(members: Sequence[Reading]) -> Iterator[Note]:
    """Names beside a like first name whose spelling no other article of the story uses."""
    seen: defaultdict[str, dict[str, dict[str, Span]]] = defaultdict(dict)  # first -> last -> article -> place
    by_id = {reading.id: reading for reading in members}
    for reading in members:
        for first, last, span in _full_names(reading):
            seen[first].setdefault(last, {}).setdefault(reading.id, span)
    for first in sorted(seen):
        for last, other in permutations(sorted(seen[first]), 2):
            if len(seen[first][other]) > len(seen[first][last]) and _two_spellings(last, other):
                places = sorted(seen[first][other].items())
                said = _by_words((span.of(by_id[article].text), by_id[article]) for article, span in places)
                for article, span in sorted(seen[first][last].items()):
                    yield Note(article, "spelling", span, _elsewhere(said))


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
                reason = f"after the article's date: {time.value[:10]} after {published}"
                yield Note(reading.id, "date", time.span, reason)


def of_copies(by_id: Mapping[str, Reading], reuse: Iterable[Reuse]) -> tuple[Note, ...]:
    """A note on each copy that credits its source and yet is dated before it.  `by_id`: the readings of all pairs."""
    found = []
    for pair in reuse:
        source, copy = by_id[pair.source], by_id[pair.copy]
        one, other = source.article.moment, copy.article.moment
        if pair.credited and one is not None and other is not None and other < one:
            dates = f"{copy.article.published} before {source.article.published}"
            reason = f"dated before its source: {dates} ({_called(source)})"
            found.append(Note(copy.id, "date", pair.passages[0].copy, reason))
    return ordered(found)
