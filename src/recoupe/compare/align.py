"""Words of two texts laid side by side: which stand in both, in order, and what was changed between them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from recoupe.compare.lexicon import lexicon
from recoupe.compare.pile import number
from recoupe.compare.tokens import TOKEN
from recoupe.model import Change, ChangeKind
from recoupe.text import Span, fold


class Token(NamedTuple):
    """A word or number: where it stands in the stored text, and its folded form (a number in its one spelling)."""

    start: int
    end: int
    folded: str


class Op(NamedTuple):
    """One step from `a` to `b`: `tag` is "equal", "replace", "delete" or "insert"; the rest count tokens."""

    tag: str
    a_start: int
    a_end: int
    b_start: int
    b_end: int


def tokens(text: str, span: Span) -> list[Token]:
    """The words and numbers of the part of `text` in `span`, with their offsets in `text`."""
    found = []
    for match in TOKEN.finditer(text, *span):
        raw = match.group()
        found.append(Token(match.start(), match.end(), number(raw) if raw[0].isdecimal() else fold(raw)))
    return found


def diff(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Op]:
    """The steps that turn the words `a` into the words `b` with the most words kept (longest common subsequence)."""
    steps: list[Op] = []
    for op in LCSseq.opcodes(a, b):
        last = steps[-1] if steps else None
        if last and last.tag != "equal" and op.tag != "equal":
            joined = "replace" if {last.tag, op.tag} != {op.tag} or op.tag == "replace" else op.tag
            steps[-1] = Op(joined, last.a_start, op.src_end, last.b_start, op.dest_end)
        else:
            steps.append(Op(op.tag, op.src_start, op.src_end, op.dest_start, op.dest_end))
    return steps


def changes(source: str, copy: str, edits: Iterable[tuple[Span, Span]], lang: str | None) -> tuple[Change, ...]:
    """What was edited in `copy` (`here`) from `source` (`there`), given as stretches of the source and of the copy."""
    return tuple(
        Change(_kind(tokens(source, there), tokens(copy, here), (source, copy), lang), here, there)
        for there, here in edits
    )


def _kind(source: Sequence[Token], copy: Sequence[Token], texts: tuple[str, str], lang: str | None) -> ChangeKind:
    known = lexicon(lang)
    folded = {t.folded for t in source} ^ {t.folded for t in copy}
    if any(word[:1].isdigit() or word in known.numbers for word in folded):
        return "number"
    if folded & (known.particle | known.alone):
        return "negation"
    one = [texts[0][t.start].isupper() for t in source if t.folded in folded]
    other = [texts[1][t.start].isupper() for t in copy if t.folded in folded]
    return "name" if (one or other) and all(one) and all(other) else "wording"
