"""Noun phrases: where a source starts and ends, and whether it can be one.

A source is the narrowest noun phrase with its title and its appositions ("the prefect, Solène Marchetti"); relative
clauses and participles stay outside.
"""

from __future__ import annotations

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
    pronoun = tokens[start].low in g.source_pronouns and tokens[start].dep != "poss"
    if pronoun and (tokens[start].pos == "PRON" or (tokens[start].pos in _VAGUE and unit.sign(start + 1))):
        return (start, start + 1)
    seen = False
    n = start
    while n < min(len(unit), start + MAX_PHRASE):
        token = tokens[n]
        if token.whole:
            break
        if token.pos in _NOMINAL or (token.pos == "PRON" and not seen and token.low in g.source_pronouns):
            if token.low in g.time_nouns and seen and n > start and tokens[n - 1].pos in _NOMINAL:
                break
            if (
                token.pos == "NUM"
                and seen
                and token.head > n
                and tokens[n - 1].pos in _NOMINAL
                and not unit.sign(n - 1)
            ):
                break  # "told reporters three people": the number opens the next phrase
            seen = True
        elif token.dep == "poss" and token.pos == "PRON":
            pass  # "his lawyer"
        elif n == start and token.pos == "DET" and unit.low(n + 1) in g.noun_links and unit.low(n + 1) != "de":
            seen = True  # « un des chercheurs »
        elif token.pos in ("ADJ", "DET") or token.low in ("&", "-", "/", "'s", "'"):
            if seen and token.pos == "DET" and token.low not in g.noun_links and tokens[n - 1].low not in g.noun_links:
                break
        elif (
            (token.low in g.noun_links and seen and _goes_on(unit, n))
            or (seen and token.pos == "CCONJ" and _coordinates(unit, start, n))
            or (seen and token.pos == "PUNCT" and token.low in "()" and _brackets(unit, n))
            or (token.pos in ("VERB", "ADV") and not token.finite and _between_nouns(unit, n))
        ):
            pass
        else:
            break
        n += 1
    while n > start and (tokens[n - 1].pos in ("DET", "ADP", "CCONJ", "ADV") or tokens[n - 1].low == "("):
        n -= 1
    return (start, n) if seen and n > start else None


def _goes_on(unit: Unit, n: int) -> bool:
    after = unit.tokens[n + 1] if n + 1 < len(unit) else None
    return after is not None and not after.whole and after.pos in _INNER and after.low not in unit.grammar.time_nouns


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
        more = chunk(unit, end + 1)
        if more is None or not _is_apposition(unit, more):
            break
        end = more[1]
    return (start, end)


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
    if head is None:
        return (bool(tokens) and tokens[0].low in unit.grammar.source_pronouns) or any(t.pos == "NUM" for t in tokens)
    return head.low not in unit.grammar.never_sources and head.low not in unit.grammar.time_nouns and not head.whole


def around(unit: Unit, head: int, low: int, high: int) -> Phrase:
    """The noun phrase of the token `head` within [low, high), from its parse, without clauses that hang on it."""
    token = unit.tokens[head]
    start = max(token.left, low)
    found = chunk(unit, start)
    if found is None or not found[0] <= head < found[1]:
        start = head
        while start > low and unit.tokens[start - 1].pos in _INNER and not unit.tokens[start - 1].whole:
            start -= 1
        found = chunk(unit, start) or (head, head + 1)
    return (found[0], min(found[1], high))
