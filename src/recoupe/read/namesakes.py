"""Names taken apart, and whether two of them can name one person."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from recoupe.read.tables import table
from recoupe.text import fold


class NameParts(NamedTuple):
    """A person's name taken apart, folded: `given` may be empty, `surname` holds the particles."""

    given: tuple[str, ...]
    surname: tuple[str, ...]


@lru_cache(maxsize=16384)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, folded; hyphens join, apostrophes and full stops part."""
    return tuple(w for w in fold(name).replace("'", " ").replace(".", " ").replace(",", " ").split() if w.strip("-"))


@lru_cache(maxsize=16384)
def name_parts(name: str) -> NameParts:
    """A person's name taken apart.  The surname is the last word with the particles before it."""
    words = words_of(name)
    if not words:
        return NameParts((), ())
    cut = len(words) - 1
    while cut > 0 and words[cut - 1] in particles():
        cut -= 1
    return NameParts(words[:cut], words[cut:])


@cache
def particles() -> frozenset[str]:
    """Particles before a surname in any language."""
    return frozenset(table("data", "particles")["words"])


@cache
def name_articles() -> frozenset[str]:
    """Articles that open names in any language."""
    return frozenset(table("data", "particles")["articles"])


def same_given(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two given names (folded words) can be one person's: either is absent, they are equal, or initials fit."""
    for x, y in zip(a, b, strict=False):
        if x == y:
            continue
        if (len(x) <= 2 and y.startswith(x[0])) or (len(y) <= 2 and x.startswith(y[0])):
            continue
        return False
    return True


def same_person(a: str, b: str) -> bool:
    """Whether two names can be one person's: the same surname, and given names that do not contradict.

    Case, accents, particles and forms of initials do not count: "Ursula von der Leyen", "Von der Leyen" and
    "U. von der Leyen" are one; "Oumar Maïga" and "Fatoumata Maïga" are two.
    """
    one, two = name_parts(a), name_parts(b)
    if not one.surname or not two.surname:
        return False
    bare = tuple(w for w in one.surname if w not in particles()) or one.surname
    other = tuple(w for w in two.surname if w not in particles()) or two.surname
    return bare == other and same_given(one.given, two.given)


def initials(name: str, empty: frozenset[str]) -> str:
    """The initials of a name's words, without `empty` ones ("Organisation du traité ..." -> OT...), in capitals."""
    return "".join(w[0] for w in words_of(name.replace("-", " ")) if w not in empty).upper()
