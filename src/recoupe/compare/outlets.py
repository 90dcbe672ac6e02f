"""Whether names are of one outlet ("AFP" and "Agence France-Presse"), and whom an article credits with its text."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from recoupe.compare.lexicon import everywhere
from recoupe.compare.tokens import TOKEN
from recoupe.model import Credit, Reading
from recoupe.text import fold

DATELINE: Final = 60
"""Characters at an article's head in which an agency signs: "PARIS (AFP) -"."""

CARRIERS: Final = frozenset({"agency", "outlet"})
"""Kinds of credit that carry what others say."""

_LETTERS: Final = range(2, 7)  # of a signature


@cache
def _agency_words() -> frozenset[str]:
    raw = files("recoupe.compare").joinpath("data", "outlets", "words.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(raw)["agency"])


@lru_cache(maxsize=65536)
def _words(name: str) -> tuple[tuple[str, bool], ...]:
    """The folded words of a name without determiners and particles, each with whether a particle stands before it."""
    small = everywhere().determiners | everywhere().particles
    kept: list[tuple[str, bool]] = []
    after = False
    for word in TOKEN.findall(name):
        folded = fold(word)
        if folded in small and not (len(word) > 1 and word.isupper()):  # "AS Roma" is more than "Roma"
            after = bool(kept)
        else:
            kept.append((folded, after))
            after = False
    return tuple(kept) or tuple((fold(word), False) for word in TOKEN.findall(name))


def _bare(name: str) -> tuple[str, ...]:
    return tuple(word for word, _ in _words(name))


def same_outlet(one: str | None, other: str | None, *, exact: bool = False) -> bool:
    """Whether two names may be of one outlet: one is how the other begins or ends, or is its initials.

    What follows a particle does not stand for the whole: "Orbelle" is not "Le Républicain d'Orbelle".  `exact`: only
    if their words are the same, small ones aside.
    """
    if not one or not other:
        return False
    if exact:
        return bool(_bare(one)) and _bare(one) == _bare(other)
    short, full = sorted((_words(one), _words(other)), key=len)
    if not short:
        return False
    a, b = tuple(word for word, _ in short), tuple(word for word, _ in full)
    ends = a == b[-len(a) :] and not (len(a) < len(b) and full[-len(a)][1])
    return ends or a == b[: len(a)] or _initials(a, b)


def is_initials(short: str, full: str) -> bool:
    """Whether `short` is made of the first letters of the words of `full`, small words aside."""
    return _initials(_bare(short), _bare(full))


def _initials(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    if len(a) != 1 or len(b) == 1:
        return False
    content = tuple(word for word in b if word not in everywhere().stop)
    return any(a[0] == "".join(word[0] for word in words) for words in (b, content))


@lru_cache(maxsize=65536)
def is_signature(short: str, agency: str) -> bool:
    """Whether `short` is made of letters of an agency's name: each word's first, and later ones in order.

    "ATA", "A.T.A." and "AMé" for "Agence Transalpe" and "Agence Méridienne"; only of names that say that they are an
    agency's.
    """
    letters, words = fold("".join(TOKEN.findall(short))), _bare(agency)
    if len(letters) not in _LETTERS or not _agency_words().intersection(words):
        return False
    if len(words) == 1 or not short[0].isupper() or letters in words:
        return False
    return _spelt(letters, words)


def _spelt(letters: str, words: tuple[str, ...]) -> bool:
    """Whether the words give these letters: of each its first, then any others in order."""
    if not words:
        return not letters
    if not letters.startswith(words[0][0]):
        return False
    rest, taken = words[0], 0
    while taken < len(letters) and (place := rest.find(letters[taken])) >= 0:
        rest, taken = rest[place + 1 :], taken + 1
        if _spelt(letters[taken:], words[1:]):
            return True
    return False


def names_outlet(credit: Credit, outlet: str | None) -> bool:
    """Whether a credit is to `outlet`.  A body or document is only where it has the outlet's very name."""
    if not outlet:
        return False
    if credit.kind in CARRIERS and same_outlet(credit.name, outlet):
        return True
    if credit.kind == "agency" and is_signature(credit.name, outlet):
        return True
    return same_outlet(credit.name, outlet, exact=True)


def others(reading: Reading) -> list[Credit]:
    """The outlets and agencies that an article credits, itself left out."""
    outlet = reading.article.outlet
    return [credit for credit in reading.credits if credit.kind in CARRIERS and not names_outlet(credit, outlet)]


def signature(reading: Reading) -> Credit | None:
    """The agency that signs an article at its head."""
    for credit in reading.credits:
        if credit.kind == "agency" and credit.span.start < DATELINE:
            return credit
    return None


def credit_to(reading: Reading, source: Reading) -> Credit | None:
    """The credit by which an article names the outlet of `source`, other than as itself."""
    if same_outlet(reading.article.outlet, source.article.outlet):
        return None
    own = reading.article.outlet
    fitting = (c for c in reading.credits if names_outlet(c, source.article.outlet) and not names_outlet(c, own))
    return next(fitting, None)


def credits_text(reading: Reading, source: Reading) -> bool:
    """Whether an article names the outlet of `source`, or the agency that signs `source`.

    A signature in capitals ("ATA") counts wherever it stands: there is nothing else that it could be.
    """
    if credit_to(reading, source) is not None:
        return True
    signed = signature(source)
    if signed is None or same_outlet(reading.article.outlet, source.article.outlet):
        return False
    written = signed.span.of(source.text)
    return any(same_outlet(credit.name, signed.name) for credit in others(reading)) or (
        written.isupper() and written in TOKEN.findall(reading.text)
    )


def words_of(credit: Credit, text: str) -> str:
    """A credit's words as they stand, with the word before that makes it one: "avec AFP", "by Reuters"."""
    line = text.rfind("\n", 0, credit.span.start) + 1
    before = text[max(line, credit.span.start - 40) : credit.span.start]
    last = before.split()[-1] if before[-1:].isspace() and before.strip() else ""
    lead = last.lstrip("([")
    words = " ".join(credit.span.of(text).split())
    return f"{lead} {words}" if lead.isalpha() and (lead.islower() or lead != last) else words
