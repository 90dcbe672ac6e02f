"""Whether two names are of one outlet: "AFP" and "Agence France-Presse", "Hexagone" and "Agence Hexagone"."""

from __future__ import annotations

from functools import lru_cache

from recoupe.compare.lexicon import everywhere
from recoupe.compare.pile import TOKEN
from recoupe.model import Reading
from recoupe.text import fold


@lru_cache(maxsize=65536)
def _words(name: str) -> tuple[str, ...]:
    """The folded words of a name without determiners and other small words."""
    small = everywhere().determiners | everywhere().particles | everywhere().stop
    words = [(fold(word), len(word) > 1 and word.isupper()) for word in TOKEN.findall(name)]
    kept = tuple(word for word, initials in words if initials or word not in small)  # "AS Roma" is more than "Roma"
    return kept or tuple(word for word, _ in words)


def same_outlet(one: str | None, other: str | None) -> bool:
    """Whether two names may be of one outlet: one's words are all in the other's, or are its initials."""
    if not one or not other:
        return False
    a, b = sorted((_words(one), _words(other)), key=len)
    if not a:
        return False
    return set(a) <= set(b) or _initials(a, b)


def is_initials(short: str, full: str) -> bool:
    """Whether `short` is made of the first letters of the words of `full`, small words aside."""
    return _initials(_words(short), _words(full))


def _initials(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return len(a) == 1 and len(b) > 1 and a[0] == "".join(word[0] for word in b)


def credits_outlet(reading: Reading, outlet: str | None) -> bool:
    """Whether the article names `outlet` as an origin of its information, other than as itself."""
    if same_outlet(reading.article.outlet, outlet):
        return False
    return any(same_outlet(credit.name, outlet) for credit in reading.credits)
