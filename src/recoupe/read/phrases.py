"""Noun phrases: where a source starts and ends, and whether it can be one.

A source is the narrowest noun phrase with its title and its appositions ("the prefect, Solène Marchetti"); relative
clauses and participles stay outside.
"""

from __future__ import annotations

from recoupe.read.roles import roles
from recoupe.read.units import Unit

Phrase = tuple[int, int]  # tokens, end exclusive

_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "SYM", "X"})
_INNER = _NOMINAL | {"ADJ", "DET"}
_VAGUE = frozenset({"ADV", "ADJ", "DET"})
MAX_PHRASE = 40


def chunk(unit: Unit, start: int) -> Phrase | None:
    """The noun phrase that starts at `start`, without appositions; None where none does."""
    g, tokens = unit.grammar, unit.tokens
    if start >= len(unit) or unit.sign(start):
        return None
    first = tokens[start]
    pronoun = first.low in g.source_pronouns and first.dep != "poss"
    tail = _partitive_end(unit, start) if pronoun or first.pos in ("NUM", "PRON", "DET") else None
    if tail is not None:
        return (start, tail)
    if pronoun and (first.pos == "PRON" or (first.pos in _VAGUE and unit.sign(start + 1))):
        return (start, start + 1)
    seen = False  # a noun has been read
    n = start
    while n < min(len(unit), start + MAX_PHRASE) and not tokens[n].whole:
        token = tokens[n]
        if _is_head(unit, start, n):
            if seen and _opens_next(unit, n):
                break
            seen = True
        elif seen and token.low == "(" and _brackets(unit, n):
            while unit.low(n) != ")":
                n += 1
        elif not (_is_modifier(unit, n, seen=seen) or (seen and _binds(unit, start, n))):
            break
        n += 1
    while n > start and tokens[n - 1].pos in ("DET", "ADP", "CCONJ", "ADV"):
        n -= 1
    return (start, n) if seen and n > start else None


def _partitive_end(unit: Unit, start: int) -> int | None:
    """The end of "two of them", « l'un d'eux », « certains d'entre eux » at `start`; None where none stands there."""
    for at in (start + 1, start + 2):
        for words in unit.grammar.partitive_tails:
            if all(unit.low(at + k) == w for k, w in enumerate(words)):
                return at + len(words)
        if unit.low(start) != "l'":
            break
    return None


def _is_head(unit: Unit, start: int, n: int) -> bool:
    """Whether the token is a noun, or a pronoun or determiner that stands for one at the phrase's start."""
    token, g = unit.tokens[n], unit.grammar
    if token.pos in _NOMINAL:
        return True
    if n > start:
        return _is_used_as_noun(unit, start, n)
    if token.pos == "PRON":
        return token.low not in g.relatives and token.dep != "poss"
    partitive = unit.low(n + 1) in g.noun_links and unit.low(n + 1) != "de"
    some = token.pos == "DET" or (token.pos == "ADJ" and token.low in g.source_pronouns)
    return some and partitive  # « un des chercheurs », "many of his supporters"


def _is_used_as_noun(unit: Unit, start: int, n: int) -> bool:
    """Whether an adjective right behind a determiner stands alone: « confie le quinquagénaire »."""
    before, token = unit.tokens[n - 1], unit.tokens[n]
    words = {f"{before.low}{token.low}", f"{before.low} {token.low}"}
    if n == start + 1 and not words.isdisjoint(unit.grammar.source_pronouns):
        return (
            n + 1 >= len(unit) or unit.tokens[n + 1].pos not in _NOMINAL
        )  # « l'un », « le même », not « le même jour »
    if token.pos not in ("ADJ", "VERB") or token.finite or n != start + 1 or before.pos != "DET":
        return False
    return unit.sign(n + 1) or unit.tokens[n + 1].pos in ("ADP", "VERB", "AUX", "SCONJ", "CCONJ")


def _opens_next(unit: Unit, n: int) -> bool:
    """Whether a noun right after another opens the next phrase: a time, the number of "told reporters three people"."""
    before, token = unit.tokens[n - 1], unit.tokens[n]
    if before.pos not in _NOMINAL or unit.sign(n - 1):
        return False
    return token.low in unit.grammar.time_nouns or (token.pos == "NUM" and token.head > n)


def _is_modifier(unit: Unit, n: int, *, seen: bool) -> bool:
    """Whether the token goes with the noun before or after it: an adjective, a determiner, a possessive."""
    token, g = unit.tokens[n], unit.grammar
    if token.dep == "poss" and token.pos == "PRON":
        return not seen or unit.low(n - 1) in g.noun_links
    if token.pos == "DET":
        if not seen or token.low in g.noun_links or unit.low(n - 1) in g.noun_links | g.fraction_links:
            return True
        return n > 1 and _aims(unit, n - 1)
    if token.pos in ("VERB", "ADV"):
        return not token.finite and (token.dep == "amod" or _between_nouns(unit, n))
    return token.pos == "ADJ" or token.low in ("&", "-", "/", "'s", "'")


def _binds(unit: Unit, start: int, n: int) -> bool:
    """Whether the small word binds two nouns into one phrase: "of", "and", « un sur trois »."""
    token, g = unit.tokens[n], unit.grammar
    if token.low in g.fraction_links:
        return n + 1 < len(unit) and unit.tokens[n + 1].pos == "NUM" and unit.tokens[n - 1].pos in _NOMINAL
    if token.low in g.noun_links:
        return _goes_on(unit, n)
    if _aims(unit, n):
        return True
    return token.pos == "CCONJ" and _coordinates(unit, start, n)


def _aims(unit: Unit, n: int) -> bool:
    """Whether the word at `n` tells what a body's name says it is for: « la Commission *contre* la corruption »."""
    known = roles(unit.lang)
    if unit.low(n) not in known.aims or n + 2 >= len(unit) or not unit.text[unit.tokens[n - 1].start].isupper():
        return False
    if unit.low(n - 1) not in known.aiming:
        return False
    noun = n + 1 if unit.low(n) in known.holding else n + 2
    article = noun == n + 1 or unit.tokens[n + 1].pos == "DET"
    fits = noun < len(unit) and unit.tokens[noun].pos == "NOUN" and unit.low(noun) not in known.never_aims
    return article and fits and unit.text[unit.tokens[noun].start].islower()


def _goes_on(unit: Unit, n: int) -> bool:
    after = unit.tokens[n + 1] if n + 1 < len(unit) else None
    if after is None or after.whole or after.low in unit.grammar.time_nouns:
        return False
    return after.pos in _INNER or (after.pos == "PRON" and after.dep == "poss")


def _coordinates(unit: Unit, start: int, n: int) -> bool:
    """Whether a conjunction binds two noun phrases here: what follows is one, and no verb comes right after it."""
    tokens = unit.tokens
    if n + 1 >= len(unit) or tokens[n + 1].pos not in _INNER:
        return False
    end = n + 1
    while end < len(unit) and (tokens[end].pos in _INNER or tokens[end].low in unit.grammar.noun_links):
        end += 1
    return any(t.dep == "conj" and start <= t.head < n for t in tokens[n + 1 : end])


def _brackets(unit: Unit, n: int) -> bool:
    """A short acronym in brackets: « la Confédération unie du travail (CUT) »."""
    low = [unit.low(k) for k in (n, n + 2)]
    return low == ["(", ")"] or (unit.low(n) == ")" and unit.low(n - 2) == "(")


def _between_nouns(unit: Unit, n: int) -> bool:
    """A participle used as an adjective before its noun."""
    return 0 < n < len(unit) - 1 and unit.tokens[n - 1].pos == "DET" and unit.tokens[n + 1].pos in _INNER


def with_appositions(unit: Unit, phrase: Phrase) -> Phrase:
    """The phrase with the appositions that follow it between commas (at most two)."""
    start, end = phrase
    for _ in range(2):
        if unit.low(end) != ",":
            break
        more = _affiliation(unit, phrase, end + 1) or chunk(unit, end + 1)
        if more is None or not _is_apposition(unit, more):
            break
        end = more[1]
    return (start, end)


def _affiliation(unit: Unit, phrase: Phrase, at: int) -> Phrase | None:
    """What a person's name is followed by to say where the person belongs: « Karim Adjou, *de la CGT*, »."""
    if unit.low(at) not in unit.grammar.noun_links or unit.low(at) == "'s":
        return None
    if unit.tokens[phrase[1] - 1].pos != "PROPN":
        return None
    body = chunk(unit, at + 1)
    return (at, body[1]) if body is not None else None


def _is_apposition(unit: Unit, phrase: Phrase) -> bool:
    start, end = phrase
    tokens = unit.tokens
    if tokens[start].pos == "NUM" or (tokens[start].low in unit.grammar.source_pronouns and end == start + 1):
        return False
    if any(t.low in unit.grammar.time_nouns for t in tokens[start:end]):
        return False
    after = unit.low(end)
    return end >= len(unit) or after in (",", ".", ":", ";", ")", "?", "!", "–", "—") or tokens[end].whole


def plausible(unit: Unit, phrase: Phrase) -> bool:
    """Whether the phrase may name who speaks: not a time, not a noun that never says anything, not a lone quote."""
    tokens = unit.tokens[phrase[0] : phrase[1]]
    head = next((t for t in tokens if t.pos in ("NOUN", "PROPN", "PRON")), None)
    if head is None and phrase[1] == phrase[0] + 2 and _is_used_as_noun(unit, phrase[0], phrase[0] + 1):
        return True
    if head is None:
        return (bool(tokens) and tokens[0].low in unit.grammar.source_pronouns) or any(t.pos == "NUM" for t in tokens)
    return head.low not in unit.grammar.never_sources and head.low not in unit.grammar.time_nouns and not head.whole


def _leans(unit: Unit, n: int) -> bool:
    token = unit.tokens[n]
    owned = token.pos == "PART" and token.low in ("'s", "'")  # "the guild's master"
    return not token.whole and (token.pos in _INNER or token.dep == "poss" or owned)


def around(unit: Unit, head: int, low: int, high: int) -> Phrase:
    """The noun phrase of the token `head` within [low, high), from its parse, without clauses that hang on it."""
    token = unit.tokens[head]
    start = max(token.left, low)
    while start < head and (unit.tokens[start].whole or unit.sign(start)):
        start += 1  # the parse has hung the quotation before it on the noun
    found = chunk(unit, start)
    if found is None or not found[0] <= head < found[1]:
        start = head
        while start > low and _leans(unit, start - 1):
            start -= 1
        found = chunk(unit, start) or (head, head + 1)
    return (found[0], min(found[1], high))
