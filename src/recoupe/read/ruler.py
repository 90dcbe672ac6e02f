"""The rules by which a spaCy model tells parts of speech and morphology, asked once for each kind of token.

A model's attribute ruler runs all its patterns over every token of every sentence, which takes a fifth of the parse.
But nearly all patterns look at one token alone, so their answer depends on a few attributes of that token, and the
kinds of token that differ in these are few.  `Ruler` puts each kind to the model's own ruler once, in a document of
one word, and remembers the answer.  What it assigns is what the model's ruler assigns; it leaves out what reading does
not use (lemmas, fine tags).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.attrs import DEP, IS_SPACE, LOWER, MORPH, POS, TAG
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.vocab import Vocab

_USED = frozenset({"POS", "MORPH"})  # what reading takes from the rules
_LOCAL = frozenset({"TAG", "POS", "DEP", "LOWER", "IS_SPACE"})
_KIND = (LOWER, TAG, POS, DEP, MORPH, IS_SPACE)
_RELATION = _KIND.index(DEP)
_ANSWER = (POS, MORPH)

_Kind = tuple[int, ...]


class Ruler:
    """An attribute ruler's parts of speech and morphology, at a look-up a token."""

    def __init__(self, ruler: AttributeRuler, vocab: Vocab) -> None:
        used = [p for p in ruler.patterns if not _USED.isdisjoint(p["attrs"])]
        local = next((n for n, rule in enumerate(used) if not _is_local(rule)), len(used))
        if any(not _USED.isdisjoint(token) for rule in used[local:] for token in _tokens(rule)):
            local = 0  # a rule that would see what the others have assigned: all are left to the model's ruler
        alone = [rule for rule in used if _is_local(rule)] if local else []
        self._local = _ruler(vocab, alone)
        self._rest = _ruler(vocab, used[local:])  # later rules hold against earlier ones: so none is taken out of turn
        self._relations = _relations(vocab, [rule for rule in used[local:] if not _is_local(rule)] if local else used)
        self._words = frozenset(vocab.strings[w] for rule in alone for t in _tokens(rule) for w in _words(t))
        self._vocab = vocab
        self._answers: dict[_Kind, tuple[int, int]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """The document with the parts of speech and the morphology that the rules assign."""
        answers, words = self._answers, self._words
        assigned: list[tuple[int, int]] = []
        kinds = doc.to_array(_KIND).tolist()
        for n, (low, *others) in enumerate(kinds):
            kind = (low if low in words else 0, *others)
            answer = answers.get(kind)
            if answer is None:
                answer = answers[kind] = self._ask(doc, n)
            assigned.append(answer)
        if assigned:
            doc.from_array(_ANSWER, np.array(assigned, dtype=np.uint64))
        if self._rest is None or not (self._relations is None or any(k[_RELATION] in self._relations for k in kinds)):
            return doc
        return self._rest(doc)

    def _ask(self, doc: Doc, n: int) -> tuple[int, int]:
        """What the rules on single tokens assign to a token like the one at `n`."""
        alone = Doc(self._vocab, words=[doc[n].text], spaces=[False])
        columns = (TAG, POS, DEP, MORPH)
        row: NDArray[np.uint64] = doc.to_array(columns)[n : n + 1]
        alone.from_array(columns, row)
        if self._local is not None:
            self._local(alone)
        pos, morph = alone.to_array(_ANSWER)[0].tolist()
        return pos, morph


def _tokens(rule: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [token for pattern in rule["patterns"] for token in pattern]


def _words(token: Mapping[str, Any]) -> Sequence[str]:
    value = token.get("LOWER", ())
    return (value,) if isinstance(value, str) else value["IN"] if isinstance(value, dict) else value


def _is_local(rule: Mapping[str, Any]) -> bool:
    """Whether a rule looks at one token alone and asks of its word only whether it is one of a few."""
    words = [token.get("LOWER", "") for token in _tokens(rule)]
    listed = all(isinstance(value, str) or set(value) == {"IN"} for value in words)
    return listed and all(len(p) == 1 for p in rule["patterns"]) and all(_LOCAL.issuperset(t) for t in _tokens(rule))


def _relations(vocab: Vocab, rules: Sequence[Mapping[str, Any]]) -> frozenset[int] | None:
    """The relations of which one stands in any document that these rules fit; None where that cannot be told."""
    found = set()
    for pattern in (pattern for rule in rules for pattern in rule["patterns"]):
        named = [token["DEP"] for token in pattern if isinstance(token.get("DEP"), str)]
        if not named:
            return None
        found.add(vocab.strings[named[0]])
    return frozenset(found)


def _ruler(vocab: Vocab, rules: Sequence[Mapping[str, Any]]) -> AttributeRuler | None:
    if not rules:
        return None
    ruler = AttributeRuler(vocab)
    ruler.add_patterns(rules)
    return ruler
