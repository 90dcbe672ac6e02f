"""Negation, modality and opposites in a stretch of words: what turns a statement round without changing much of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from recoupe.compare.lexicon import Lexicon
from recoupe.compare.words import Word

Modality = Literal["", "possible", "weak", "required"]
_NEAR = 5  # words within which a particle looks for its second part


def negations(found: Sequence[Word], lexicon: Lexicon) -> list[tuple[Word, ...]]:
    """The negations, each with its words in order: "ne ... pas" is one of two words, "ne ... que" is none."""
    out: list[tuple[Word, ...]] = []
    taken: set[int] = set()
    for i, word in enumerate(found):
        if word.fold not in lexicon.particle or (len(word.fold) == 1 and not _elided(found, i)):
            continue
        ahead = range(i + 1, min(i + 1 + _NEAR, len(found)))
        seconds = [j for j in ahead if found[j].fold in lexicon.second][:1]
        before = [j for j in range(max(i - _NEAR, 0), i) if found[j].fold in lexicon.alone]
        if any(found[j].fold in lexicon.restrictive for j in ahead) and not seconds:
            continue
        parts = sorted({i, *seconds, *before})
        taken.update(parts)
        out.append(tuple(found[j] for j in parts))
    out += [(word,) for i, word in enumerate(found) if word.fold in lexicon.alone and i not in taken]
    return sorted(out, key=lambda parts: parts[0].span)


def _elided(found: Sequence[Word], i: int) -> bool:
    """Whether a one-letter particle stands right before its verb, as "n'" does."""
    return i + 1 < len(found) and found[i + 1].span.start - found[i].span.end == 1


def hidden(found: Sequence[Word], lexicon: Lexicon) -> bool:
    """Whether a word holds a negation inside ("refuse", "impossible")."""
    return any(w.fold.startswith(lexicon.inner) for w in found) if lexicon.inner else False


def degree(found: Sequence[Word], lexicon: Lexicon) -> int:
    """1 where the words compare upwards only ("ten times more"), -1 where downwards only, else 0."""
    up, down = (any(w.fold in side for w in found) for side in (lexicon.more, lexicon.less))
    return int(up) - int(down)


def modality(found: Sequence[Word], lexicon: Lexicon) -> tuple[Modality, Word | None]:
    """How the words weaken or bind what they say, and the word that does."""
    for name in ("weak", "required", "possible"):
        for word in found:
            if word.fold in getattr(lexicon, name):
                return name, word
    return "", None


def condition(found: Sequence[Word], lexicon: Lexicon) -> bool:
    """Whether the words hold the condition on which something holds: "if parliament agrees", "sauf accord"."""
    return any(w.fold in lexicon.conditions for w in found[:-1])


def quantifier(found: Sequence[Word], lexicon: Lexicon) -> str:
    """How many of a whole the words speak of: "all", "most", "some", "few" or "none"; "" where nothing tells."""
    for word in found:
        for name, members in lexicon.quantifiers.items():
            if word.fold in members:
                return name
    return ""


def verb(word: Word, lexicon: Lexicon) -> str:
    """The auxiliary that the word is a form of, else its first letter: enough to tell two forms of one verb."""
    return next((name for name, forms in lexicon.auxiliaries.items() if word.fold in forms), word.fold[:1])


def opposite(one: Word, other: Word, lexicon: Lexicon) -> bool:
    """Whether one word put for the other turns the sense round."""
    return any(
        (one.fold.startswith(a) and other.fold.startswith(b)) or (one.fold.startswith(b) and other.fold.startswith(a))
        for a, b in lexicon.opposites
    )
