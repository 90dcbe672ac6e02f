"""A model's products of matrices, one sentence at a time.

A sentence's parse must not depend on what else is in its batch.  BLIS, by which thinc multiplies, adds up each element
in one order whatever the number of rows; but it knows few processors, and on the others its plain code takes three
times as long as NumPy's OpenBLAS, whose sums do depend on where in the matrix a row stands.  So `SentenceOps` gives
OpenBLAS the rows of one sentence at a time, on one thread: a sentence's products have one shape and one order, alone
or among others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.language import Language
from spacy.pipeline import Tok2Vec, TrainablePipe
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

_PRODUCTS = ("maxout", "linear", "softmax", "precomputable_affine")  # layers that multiply their rows by their weights


class SentenceOps(NumpyOps):  # type: ignore[misc]  # thinc does not type it
    """thinc's NumPy operations, with products of the sentences of a batch taken apart."""

    def __init__(self, pad: int) -> None:
        """`pad`: blank rows that the layer has before each sentence and after the last."""
        super().__init__()
        self._pad = pad
        self._ends: list[int] = []

    def hold(self, lengths: Sequence[int]) -> None:
        """Take the next products for those of sentences of these numbers of words; an empty one has no rows at all."""
        pieces = [rows for length in lengths if length for rows in (self._pad, length)]
        self._ends = list(accumulate([*pieces, self._pad])) if pieces else []

    def gemm(
        self, x: Matrix, y: Matrix, *, out: Matrix | None = None, trans1: bool = False, trans2: bool = False
    ) -> Matrix:
        """The product of x and y; the rows of each sentence, and those between two, are multiplied apart."""
        if trans1 or not self._ends or self._ends[-1] != len(x):
            product: Matrix = super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
            return product
        weights = y.T if trans2 else y
        found = np.empty((len(x), weights.shape[1]), dtype=np.float32) if out is None else out
        start = 0
        for end in self._ends:
            if end > start:
                np.dot(x[start:end], weights, out=found[start:end])
            start = end
        return found


class Apart:
    """The layers of a pipeline's models that multiply words, put on `SentenceOps`."""

    def __init__(self, nlp: Language) -> None:
        self._threads = ThreadpoolController()
        self._ops: dict[int, SentenceOps] = {}
        for _, pipe in nlp.pipeline:
            if isinstance(pipe, Tok2Vec):
                self._put(pipe.model.layers[-1])  # the first one sees words alone, not sentences
            elif isinstance(pipe, TrainablePipe):
                self._put(pipe.model)

    def _put(self, model: Any) -> None:
        pad = int(model.attrs.get("pad", 0))
        ops = self._ops.setdefault(pad, SentenceOps(pad))
        for node in model.walk():
            if node.name in _PRODUCTS:
                node.ops = ops

    @contextmanager
    def sentences(self, lengths: Sequence[int]) -> Iterator[None]:
        """The products made in this block are those of a batch of sentences of these numbers of words."""
        for ops in self._ops.values():
            ops.hold(lengths)
        try:
            with self._threads.limit(limits=1, user_api="blas"):
                yield
        finally:
            for ops in self._ops.values():
                ops.hold(())
