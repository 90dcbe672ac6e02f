"""The words of a text with their places, and a text with its typographic marks made plain."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W_]+(?:[-‑][^\W_]+)*")
_SPACES = frozenset({" ", "\u00a0", "\u202f"})
_APOSTROPHES = frozenset({"'", "’"})
_PLAIN = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " ", "‑": "-"})


class Token(NamedTuple):
    """A word with its place; `low` is in small letters with plain hyphens."""

    start: int
    end: int
    word: str
    low: str

    @property
    def capital(self) -> bool:
        """Whether the word begins with a capital letter."""
        return self.word[0].isupper()


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The words of a stretch of text; hyphens join, apostrophes part ("l'OTAN" -> l, OTAN)."""
    found = _TOKEN.finditer(text, start, len(text) if end is None else end)
    return [Token(m.start(), m.end(), w := m.group(), _low(w)) for m in found]


@lru_cache(maxsize=65536)
def _low(word: str) -> str:
    return word.lower().replace("‑", "-")


def joined(text: str, left: Token, right: Token) -> bool:
    """Whether two words stand together with nothing but one space or an apostrophe (and "'s") between them."""
    gap = text[left.end : right.start]
    return len(gap) == 1 and (gap in _SPACES or gap in _APOSTROPHES)


def plain(text: str) -> str:
    """`text` with typographic apostrophes, hyphens and spaces made plain; every offset stays."""
    return text.translate(_PLAIN)
