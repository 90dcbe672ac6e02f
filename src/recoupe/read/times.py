"""Calendar expressions and their TIMEX3 values: "mercredi", "le 5 novembre 2024", "last October", "la veille".

The rules are data (`<language>/times.toml`, read by `recoupe.read.timerules`): a pattern, and the kind of reckoning
that gives its value (`recoupe.read.reckoning`).  An expression is anchored on the article's date or, where it has none,
on the date of its byline or dateline; "la veille" and the like on the last day mentioned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from recoupe.model import Time
from recoupe.read.page import Page, Stage
from recoupe.read.plain import plain
from recoupe.read.reckoning import Found, Reckoner, calendar_day, resolve
from recoupe.read.timerules import Grammar, Rule, counting, grammar_of
from recoupe.text import Span

__all__ = ["STAGE", "counting", "find"]

_WORD = re.compile(r"\w+")
_BEFORE, _AFTER = 50, 110  # characters around a trigger in which its expression may lie
_BYLINE = 800  # characters at the start of an article where its own date may stand


def find(text: str, lang: str, anchor: str | None = None) -> tuple[Time, ...]:
    """The calendar expressions of `text`, in order, none overlapping.

    `anchor`: the article's date (ISO 8601; its date part counts), None to take it from the byline or dateline.
    """
    grammar = grammar_of(lang)
    lowered = plain(text)
    regions = list(_regions(lowered, grammar))
    if not regions:
        return ()
    state = Reckoner(text, lowered, grammar, calendar_day(anchor) or _own_date(text, lowered, grammar, regions))
    found: list[Time] = []
    for start, end in regions:
        for rule, match in _matches(lowered, grammar, start, end, state):
            for span, value, mention in match:
                found.append(Time(span, value, reason=rule.name))
                if mention:
                    state.mentioned.append((span.start, mention))
    return tuple(found)


def _regions(lowered: str, grammar: Grammar) -> Iterator[tuple[int, int]]:
    """The stretches of text that hold a word of the calendar, with room around it; merged where they touch."""
    triggers, years = grammar.triggers, grammar.years
    start = end = -1
    for match in _WORD.finditer(lowered):
        word = match[0]
        if word not in triggers and not (years and len(word) == 4 and word.isdecimal() and word[0] in "12"):
            continue
        at, to = match.span()
        if at - _BEFORE > end:
            if end >= 0:
                yield start, end
            start = _edge(lowered, max(0, at - _BEFORE))
        end = _edge(lowered, min(len(lowered), to + _AFTER))
    if end >= 0:
        yield start, end


def _edge(lowered: str, at: int) -> int:
    """`at`, or the next place where a word ends (as far as a word can reasonably run)."""
    for place in range(at, min(at + 30, len(lowered))):
        if not lowered[place].isalnum():
            return place
    return at


def _matches(
    lowered: str, grammar: Grammar, start: int, end: int, state: Reckoner
) -> Iterator[tuple[Rule, Sequence[Found]]]:
    """The rules that hold in a region, leftmost first; where one has no value the search goes on within its words."""
    while match := grammar.any.search(lowered, start, end):
        rule = grammar.rules[int((match.lastgroup or "r0")[1:])]
        again = rule.regex.match(lowered, match.start(), end)
        if again and state.before(match.start(), grammar.licences["address"]):
            start = max(again.end(), match.start() + 1)
            continue
        found = resolve(rule, again, state) if again else ()
        if found:
            yield rule, found
            start = max(again.end() if again else 0, match.start() + 1)
        else:
            start = match.start() + 1


def _own_date(text: str, lowered: str, grammar: Grammar, regions: Sequence[tuple[int, int]]) -> date | None:
    """The full date of the byline or dateline: alone on its line but for a name, a clock time or a place."""
    state = Reckoner(text, lowered, grammar, None)
    for start, end in regions:
        if start > _BYLINE:
            break
        for rule, found in _matches(lowered, grammar, start, min(end, _BYLINE + _AFTER), state):
            day = found[0][2]
            if rule.kind == "date" and day is not None and day.date and _opens(lowered, found[0][0], grammar):
                return day.date
    return None


def _opens(lowered: str, span: Span, grammar: Grammar) -> bool:
    line = lowered.rfind("\n", 0, span.start) + 1
    end = lowered.find("\n", span.end)
    end = len(lowered) if end < 0 else end
    before, after = lowered[line : span.start], lowered[span.end : end]
    if grammar.licences["byline"].search(before):
        return True
    return len(before) <= 40 and (len(after) <= 40 or after.lstrip(" .)").startswith("-"))


def _run(pages: Sequence[Page]) -> list[Page]:
    return [replace(page, times=find(page.text, page.lang, page.article.published)) for page in pages]


STAGE: Final = Stage("times", frozenset({"article", "lang"}), frozenset({"times"}), _run)
