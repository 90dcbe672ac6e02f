"""Who stands behind a number that nobody says: the court that imposes it, the company whose plan it is.

A number may be an act's and not a statement's: "the court fined him €75,000", "condamné à trois ans par le tribunal",
"le groupe supprimera 120 postes".  The actor is looked for beside the number, between two marks: the subject of a verb
of data/origins/acts.toml that stands before it, or an agent ("par", "by") with such a verb.  Only a body, an office or
a name that the article knows is taken; where in doubt, nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from recoupe.compare.lexicon import everywhere, lexicon, table
from recoupe.compare.parties import is_anonymous, is_kind, party, party_words
from recoupe.compare.words import Word, words
from recoupe.model import Reading
from recoupe.text import Span

_LONGEST: Final = 7  # words of an actor's name
_FEW: Final = 5  # words that may stand before a subject and a mark: a dateline, "in the afternoon,"
_STEM: Final = 4  # letters from which the beginning of a verb tells it; shorter ones are whole words
_MARK: Final = re.compile(r",(?=\s)|[;:()\[\]«»“”\"–—\n]|\s-\s")


@dataclass(frozen=True, slots=True)
class _Acts:
    """One language's words of data/origins/acts.toml."""

    stems: tuple[str, ...]
    whole: frozenset[str]
    agent: frozenset[str]
    between: frozenset[str]


@cache
def _acts(lang: str | None) -> _Acts | None:
    raw = table("origins/acts").get(lang or "")
    if raw is None:
        return None
    verbs = raw["verbs"]
    return _Acts(
        tuple(sorted(verb for verb in verbs if len(verb) >= _STEM)),
        frozenset(verb for verb in verbs if len(verb) < _STEM),
        frozenset(raw["agent"]),
        frozenset(raw["between"]),
    )


def actor(reading: Reading, sentence: Span, number: Span) -> str | None:
    """The name of whoever imposes, plans or pays the number, as the sentence gives it; None where nothing tells.

    `sentence` and `number` are in the article's text.
    """
    acts = _acts(reading.article.lang)
    if acts is None:
        return None
    text = reading.text
    for clause, opens in _clauses(text, sentence):
        if not clause.start <= number.start < clause.end:
            continue
        found = list(words(text, [clause]))
        verb = next((i for i, w in enumerate(found) if i and _is_act(w, acts)), None)
        if verb is None:
            continue
        agent = next((i for i, w in enumerate(found) if i > verb and w.fold in acts.agent), None)
        if agent is not None:
            name = _agent(reading, found[agent + 1 :])
            if name is not None:
                return name
        if opens and found[verb].span.start < number.start:
            name = _subject(reading, found[:verb], acts)
            if name is not None:
                return name
    return None


def _is_act(word: Word, acts: _Acts) -> bool:
    return not word.capital and (word.fold in acts.whole or word.fold.startswith(acts.stems))


def _clauses(text: str, sentence: Span) -> Iterator[tuple[Span, bool]]:
    """The stretches of a sentence between marks, each with whether it opens the sentence or follows but a few words."""
    start, before = sentence.start, 0
    for mark in [*_MARK.finditer(text, sentence.start, sentence.end), None]:
        end = mark.start() if mark else sentence.end
        if end > start:
            clause = Span(start, end)
            yield clause, before <= _FEW
            before += len(words(text, [clause]))
        start = mark.end() if mark else end


def _subject(reading: Reading, before: Sequence[Word], acts: _Acts) -> str | None:
    """The subject that stands before a verb, helpers and adverbs left out."""
    calendar = lexicon(reading.article.lang).weekdays
    while before and (before[-1].fold in acts.between or before[-1].fold in calendar):
        before = before[:-1]
    return _name(reading, before)


def _agent(reading: Reading, after: Sequence[Word]) -> str | None:
    """The name after "par" or "by": its words up to one that no name of a body goes on with."""
    lex = everywhere()
    kept: list[Word] = []
    for word in after[:_LONGEST]:
        small = word.fold in lex.stop and word.fold not in lex.determiners | lex.particles
        if (kept and small and not word.capital) or word.numeric:
            break
        kept.append(word)
    while kept and kept[-1].fold in lex.stop | lex.determiners | lex.particles:
        kept.pop()
    return _name(reading, kept)


def _name(reading: Reading, found: Sequence[Word]) -> str | None:
    """The words as a name, where they are a body, an office or somebody whom the article knows."""
    if not found or len(found) > _LONGEST or any(w.numeric for w in found):
        return None
    name = reading.text[found[0].span.start : found[-1].span.end]
    if found[-1].fold in everywhere().determiners | everywhere().stop or is_anonymous(name) or _MARK.search(name):
        return None
    if any(w.fold in everywhere().private or w.fold.rstrip("s") in everywhere().private for w in found):
        return None
    if any(is_kind(w.fold) or w.fold in party_words()["classes"] for w in found):
        return name if _opens(found) else None
    return name if _is_known(reading, party(name).names) else None


def _opens(found: Sequence[Word]) -> bool:
    """Whether the words begin as a name does: with a determiner, or a capital."""
    return found[0].fold in everywhere().determiners or found[0].capital


def _is_known(reading: Reading, names: Sequence[str]) -> bool:
    """Whether a proper name is somebody's who speaks in the article, or is written more than once."""
    if not names:
        return False
    spoken = {word for a in reading.attributions if a.speaker for word in party(a.speaker).whole}
    if spoken.issuperset(names):
        return True
    written = [w.fold for w in words(reading.text, [Span(0, len(reading.text))]) if w.capital]
    return all(written.count(name) > 1 for name in names)
