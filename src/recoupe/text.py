"""Text without interpretation: spans, folding, hashes, safe printing.

Offsets everywhere in Recoupe are Unicode code points into the stored text of an article, start inclusive, end
exclusive, so that `text[span.start:span.end]` is the evidence.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# C0 and C1 controls but tab and newline, and the invisible format characters that reorder or hide text.
_UNSAFE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
    r"|[\U000e0000-\U000e007f]"
)
# Halves of characters: a JSON escape can hold one, UTF-8 cannot.
_HALVES = re.compile("[\ud800-\udfff]")


class Span(NamedTuple):
    """A stretch of an article's stored text, in code points: start inclusive, end exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters that the span covers."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether `other` lies inside this span (equal spans included)."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


def sha256(text: str) -> str:
    """The SHA-256 of the text's UTF-8 bytes, in hexadecimal, as they are written: see `whole`."""
    return hashlib.sha256(whole(text).encode()).hexdigest()


def whole(text: str) -> str:
    """`text` as it can be written: each half of a character (a lone surrogate) as U+FFFD, so that no offset moves."""
    return _HALVES.sub("\ufffd", text)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Case and accents folded, typographic apostrophes and hyphens made plain: for comparing, never for showing.

    The result may differ in length from `text`: never use offsets into it.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("’", "'").replace("ʼ", "'").replace("‑", "-"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("œ", "oe").replace("æ", "ae")


def printable(text: str) -> str:
    """`text` fit for a terminal or a log: control, bidirectional and zero-width characters become U+FFFD."""
    return _UNSAFE.sub("\ufffd", text)


def trim(text: str, start: int, end: int, edges: str = " \t\r\n\u00a0\u202f") -> Span:
    """The span with the characters of `edges` taken off at both ends (an empty span stays where it started)."""
    while start < end and text[start] in edges:
        start += 1
    while end > start and text[end - 1] in edges:
        end -= 1
    return Span(start, end)
