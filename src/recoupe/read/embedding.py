"""A model's vectors of words before any context, computed once for each word.

The first half of spaCy's tok2vec (MultiHashEmbed) sees one word alone: its norm, shape, affixes and the space behind
it.  Most words of an article have been seen before, so `remember` puts a table in the place of that half.  A row of a
product of matrices is the same whatever other rows are computed with it, as long as BLIS makes it (`products` takes
only the layers after this one from it), and so are these vectors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.attrs import IS_SPACE, LOWER, NORM, ORTH, PREFIX, SHAPE, SPACY, SUFFIX, intify_attr
from spacy.tokens import Doc
from thinc.api import Model

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.vocab import Vocab

    Row = NDArray[np.float32]

CAPACITY = 50_000  # words remembered before all are forgotten: some 20 MB

_KIND = (ORTH, NORM, SPACY)
_TOLD_BY_KIND = frozenset({ORTH, NORM, SPACY, LOWER, PREFIX, SUFFIX, SHAPE, IS_SPACE})


class Words:
    """The vectors of words under a model's embedding layer."""

    def __init__(self, embed: Model[Any, Any], vocab: Vocab, capacity: int = CAPACITY) -> None:
        self._embed = embed
        self._vocab = vocab
        self._capacity = capacity
        self._places: dict[tuple[int, ...], int] = {}
        self._rows: Row = np.zeros((0, 0), dtype=np.float32)

    def of(self, docs: Sequence[Doc]) -> list[Row]:
        """The vectors of each document's words, one row a word."""
        kinds = [list(map(tuple, doc.to_array(_KIND).tolist())) for doc in docs]
        if len(self._places) > self._capacity:
            self._places.clear()
        unseen: dict[tuple[int, ...], None] = {}
        for kind in kinds:
            unseen.update(dict.fromkeys(k for k in kind if k not in self._places))
        if unseen:
            self._learn(list(unseen))
        return [self._rows[[self._places[k] for k in kind]] for kind in kinds]

    def _learn(self, unseen: list[tuple[int, ...]]) -> None:
        words = [self._vocab.strings[orth] for orth, _, _ in unseen]
        doc = Doc(self._vocab, words=words, spaces=[bool(space) for _, _, space in unseen])
        doc.from_array([NORM], np.array([[norm] for _, norm, _ in unseen], dtype=np.uint64))
        fresh = self._embed.predict([doc])[0]
        known = len(self._places)
        self._rows = np.concatenate([self._rows[:known], fresh]) if known else fresh
        self._places.update({kind: known + n for n, kind in enumerate(unseen)})


def remember(nlp: Language) -> None:
    """Put `Words` in the place of the embedding layer of the pipeline's tok2vec, if that sees words alone."""
    if "tok2vec" not in nlp.pipe_names:
        return
    tok2vec: Any = nlp.get_pipe("tok2vec")
    embed = tok2vec.model.layers[0]
    columns = [node.attrs["columns"] for node in embed.walk() if node.name == "extract_features"]
    if len(columns) == 1 and _TOLD_BY_KIND.issuperset(intify_attr(c) for c in columns[0]):
        words = Words(embed, nlp.vocab)
        tok2vec.model.replace_node(embed, Model("remembered_words", _forward, attrs={"words": words}, ops=embed.ops))


def _forward(model: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[list[Row], Callable[[Any], Any]]:
    return model.attrs["words"].of(docs), lambda gradient: []
