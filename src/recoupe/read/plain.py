"""A view of a text for pattern matching: the same length, in lower case, with plain spaces, apostrophes and hyphens."""

from __future__ import annotations

_PLAIN = {
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "\u2007": " ",
    "\t": " ",
    "’": "'",
    "ʼ": "'",
    "‘": "'",
    "‑": "-",
    "‐": "-",
    "–": "-",
    "−": "-",
}


def plain(text: str) -> str:
    """`text` for matching: offsets into the result are offsets into `text`."""
    lower = text.lower()
    if len(lower) != len(text):  # "İ" and a few others grow when lowered
        lower = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    for char, stand_in in _PLAIN.items():
        lower = lower.replace(char, stand_in)
    return lower
