"""Bylines: the line under a title that names the authors and the date of publication.

"Par: Name | 05.11.2024, 09:20", "By Name and Name, November 5, 2024", "Publié le 5 novembre 2024 à 9h20", or a date
alone on its line.  A byline is a whole line: "Par Jean, nous savons que ..." is prose.  The words come from `heads/`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from recoupe.ingest.dates import Stated, alternatives, find
from recoupe.ingest.vocabulary import Head, common, heads
from recoupe.text import fold

# A byline with several authors, roles and two dates stays below this; a sentence of news is often longer.
LONGEST = 200
# What may be left of a line beside names and dates ("3 min", "AFP", "Le Courrier").
_REST = 40

_DIGIT = re.compile(r"\d")
_SEPARATORS = re.compile(r"\s*[|•·;,/()\[\]–—]\s*|\s+-\s+|^\s*-\s*|\s*:\s+")
_PROSE_END = re.compile(r"[.…?!]$")


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline states.  `ambiguous`: its date can be read in two ways, so `published` is None."""

    authors: tuple[str, ...] = ()
    published: str | None = None
    ambiguous: bool = False


def parse(line: str, lang: str | None = None) -> Byline | None:
    """The byline that `line` is, or None where it is none.  `lang` helps only with the order of 05/11/2024."""
    line = line.strip().lstrip("—–-*#> ").rstrip()
    if not line or len(line) > LONGEST:
        return None
    opened = _opening().match(line)
    if not opened and not _DIGIT.search(line):
        return None
    language = opened.lastgroup if opened else _label_language(line) or lang
    dates, rest = _take_dates(line[opened.end() :] if opened else line, language)
    first = next((stated for label, stated in dates if label != "updated"), None)
    parts = [part for part in _split_names(rest) if part]
    prose = bool(_PROSE_END.search(line))
    if opened:
        authors = _authors(parts)
        if not authors or not _only_authors(parts, prose):
            return None
    else:  # a date with nothing but names beside it, which may be places as well as authors
        authors = ()
        if first is None or prose or len(rest) > _REST or not all(_name().fullmatch(p) or _trailed(p) for p in parts):
            return None
    return Byline(authors, first.value if first else None, ambiguous=first is not None and first.value is None)


def opens(text: str, start: int) -> bool:
    """Whether the words that open a byline's names stand at `start`."""
    return _opening().match(text, start) is not None


def names(text: str) -> tuple[str, ...]:
    """The names in a metadata value such as "Par Léa Morvan et Jean Brask" or "Jane Doe, John Roe"."""
    text = text.strip()[:LONGEST]
    opened = _opening().match(text)
    text = text[opened.end() :] if opened else text
    return tuple(dict.fromkeys(part for part in (p.strip() for p in _split_names(text)) if part))


# --- parts ------------------------------------------------------------------------------------------------------


def _take_dates(text: str, lang: str | None) -> tuple[list[tuple[str, Stated]], str]:
    """The dates of the line, each with what its label says ("published", "updated", ""), and the line without them."""
    dates: list[tuple[str, Stated]] = []
    rest = ""
    end = 0
    for stated in find(text, lang):
        before = text[end : stated.span.start]
        label = _label().search(before)
        kind = (label.lastgroup or "") if label else ""
        rest += (before[: label.start()] if label else before) + " | "
        dates.append((kind, stated))
        end = stated.span.end
    return dates, rest + text[end:]


def _authors(parts: list[str]) -> tuple[str, ...]:
    """The names that the parts open with; empty where they open with anything else."""
    found: list[str] = []
    for part in parts:
        name = _name().match(part)
        if not name or fold(name[0]) in _calendar() or _trailer().match(part):
            break
        found.append(name[0].strip())
        if name.end() != len(part):  # "Jean Brask avec AFP": what follows is no further author
            break
    return tuple(dict.fromkeys(found))


def _only_authors(parts: list[str], prose: bool) -> bool:
    """Whether a line that opens like a byline holds nothing but names, agencies, roles, or little else."""
    strange = [part for part in parts if not _name().fullmatch(part) and not _trailed(part)]
    if prose:
        return len(parts) == 1 and not strange
    return sum(map(len, strange)) <= _REST and (not strange or (bool(_name().fullmatch(parts[0])) and " " in parts[0]))


def _trailed(part: str) -> bool:
    return bool(_trailer().search(part))


def _split_names(text: str) -> list[str]:
    return [part.strip() for chunk in _SEPARATORS.split(text) for part in _conjunction().split(chunk)]


def _label_language(line: str) -> str | None:
    """The language whose label for a date ("Publié le") opens the line, if any."""
    match = _first_label().match(line)
    return match.lastgroup if match else None


@cache
def _first_label() -> re.Pattern[str]:
    """A date's label at the start of a line, one group a language."""
    groups = (f"(?P<{head.name}>{alternatives([*head.published, *head.updated])})" for head in heads())
    return re.compile(rf"(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE)


@cache
def _opening() -> re.Pattern[str]:
    """What opens the names, one group a language.  It is capitalised, so that no prose in mid-sentence is taken."""

    def group(head: Head) -> str:
        words = alternatives([form for word in head.authors for form in (word.capitalize(), word.upper(), word + " :")])
        return rf"(?P<{head.name}>(?:{words})(?:\s*:\s*|\s+))"

    return re.compile("|".join(group(head) for head in heads()))


@cache
def _label() -> re.Pattern[str]:
    """A date's label at the end of the words before it."""
    updated = alternatives([word for head in heads() for word in head.updated])
    published = alternatives([word for head in heads() for word in head.published])
    weekdays = alternatives([word for head in heads() for word in head.weekdays])
    return re.compile(
        rf"(?<!\w)(?:(?P<updated>{updated})|(?P<published>{published}))\s{{0,2}}:?\s{{0,2}}(?:(?:le|the|{weekdays})\s{{0,2}})?$",
        re.IGNORECASE,
    )


@cache
def _conjunction() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{alternatives([word for head in heads() for word in head.conjunctions])}|&)\s+")


@cache
def _trailer() -> re.Pattern[str]:
    words = alternatives([word for head in heads() for word in head.trailers])
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


@cache
def _name() -> re.Pattern[str]:
    """One to six words that open with a capital (small particles between them allowed), the first one for certain."""
    capital = r"(?:[dDlLO]['’])?[^\W\d_a-zß-öø-ÿ][\w'’.‑-]*"
    particle = alternatives(list(common().particles))
    return re.compile(rf"{capital}(?:\s(?:(?:{particle})\s?){{0,2}}{capital}){{0,5}}(?!\w)")


@cache
def _calendar() -> frozenset[str]:
    """Names that are days or months ("By Monday ..."), folded."""
    return frozenset(fold(word) for head in heads() for word in (*head.weekdays, *head.months))
