"""Whether the clause around an expression looks back or ahead, told by the verb forms near it (no parse).

The forms are regular expressions in `<language>/times.toml`.  The nearest form in the same clause decides, forms
before the expression counting as nearer than those after it; a clause without any asks its neighbours in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from recoupe.read.tables import table
from recoupe.read.timex import Tense
from recoupe.text import Span

_SLOT = re.compile(r"\{([a-z_]{3,})\}")
_REACH = 160  # characters on either side that are looked at
_EVENT_REACH = 80  # characters before an expression in which the event that carries it is named
_NEVER = "(?!)"  # for a form that a language leaves out
_AFTER_PENALTY = 30  # a form after the expression counts as this much farther


@dataclass(frozen=True, slots=True)
class _Forms:
    clause: re.Pattern[str]
    stop: re.Pattern[str]
    future: re.Pattern[str]
    past: re.Pattern[str]
    participle: re.Pattern[str]
    told_then: re.Pattern[str]
    ahead: re.Pattern[str]
    surely_ahead: re.Pattern[str]
    perhaps_ahead: re.Pattern[str]
    ahead_event: re.Pattern[str]
    ahead_event_after: re.Pattern[str]
    past_event: re.Pattern[str]
    past_event_after: re.Pattern[str]


@cache
def _forms(lang: str) -> _Forms:
    data: Mapping[str, str] = table(lang, "times")["tense"]
    slots = {name: f"(?:{pattern})" for name, pattern in data.items() if name not in _Forms.__slots__}
    return _Forms(
        **{name: re.compile(_SLOT.sub(lambda m: slots[m[1]], data.get(name, _NEVER))) for name in _Forms.__slots__}
    )


def near(lowered: str, span: Span, lang: str) -> Tense | None:
    """The tense of the clause that holds `span`; `lowered` is the plain view of the text."""
    forms = _forms(lang)
    if _carried_ahead(lowered, span, forms) or _surely_ahead(lowered, span, forms):
        return "future"
    if _carried_behind(lowered, span, forms):
        return "past"
    clause = _clause(lowered, span, forms)
    if forms.told_then.search(lowered, max(clause.start, span.start - 30), span.start):
        return "past"
    found = _nearest(lowered, span, clause, forms)
    ahead = forms.ahead.search(lowered, max(0, span.start - 30), span.start)
    if found:
        return found
    if ahead:
        return "future"
    if forms.participle.search(lowered, max(clause.start, span.start - 30), span.start):
        return "past"
    for neighbour in _neighbours(lowered, clause, forms):
        found = _nearest(lowered, span, neighbour, forms)
        if found:
            return found
    return "future" if forms.perhaps_ahead.search(lowered, max(0, span.start - 30), span.start) else None


def _carried_ahead(lowered: str, span: Span, forms: _Forms) -> bool:
    """Whether something fixed beforehand carries the date and the words before it look ahead to it."""
    before = forms.ahead_event.search(lowered, max(0, span.start - _EVENT_REACH), span.start)
    return before is not None and forms.ahead_event_after.match(lowered, span.end) is not None


def _carried_behind(lowered: str, span: Span, forms: _Forms) -> bool:
    """Whether something that has happened carries the date, before it or after ("le vol de", "Sunday's theft")."""
    if forms.past_event.search(lowered, max(0, span.start - _EVENT_REACH), span.start):
        return True
    after = forms.past_event_after.match(lowered, span.end)
    return after is not None and after.end() > span.end


def _surely_ahead(lowered: str, span: Span, forms: _Forms) -> bool:
    """Whether the words before the expression look ahead whatever the verb is ("intends to close *by the end of*").

    The form may look at the expression itself, so as to tell a day from a month.
    """
    for match in forms.surely_ahead.finditer(lowered, max(0, span.start - _EVENT_REACH), span.end):
        if match.end() == span.start:
            return True
    return False


def _clause(lowered: str, span: Span, forms: _Forms) -> Span:
    floor, ceiling = max(0, span.start - _REACH), min(len(lowered), span.end + _REACH)
    start = floor
    for match in forms.clause.finditer(lowered, floor, span.start):
        start = match.end()
    after = forms.clause.search(lowered, span.end, ceiling)
    return Span(start, after.start() if after else ceiling)


def _neighbours(lowered: str, clause: Span, forms: _Forms) -> list[Span]:
    """The clause after (a date in front of its comma belongs to it) and the one before, in the same sentence."""
    found = []
    floor, ceiling = max(0, clause.start - _REACH), min(len(lowered), clause.end + _REACH)
    if clause.end < len(lowered) and not forms.stop.match(lowered, clause.end):
        first = forms.clause.search(lowered, clause.end + 1, ceiling)
        found.append(Span(clause.end, first.start() if first else ceiling))
    if clause.start > floor and not forms.stop.match(lowered, clause.start - 1):
        start = floor
        for match in forms.clause.finditer(lowered, floor, clause.start - 1):
            start = match.end()
        found.append(Span(start, clause.start))
    return found


def _nearest(lowered: str, span: Span, clause: Span, forms: _Forms) -> Tense | None:
    best: tuple[int, int, Tense] | None = None
    tenses: tuple[tuple[Tense, re.Pattern[str]], ...] = (("future", forms.future), ("past", forms.past))
    for order, (name, regex) in enumerate(tenses):
        for match in regex.finditer(lowered, clause.start, clause.end):
            if match.start() >= span.end:
                distance = match.start() - span.end + _AFTER_PENALTY
            elif match.end() <= span.start:
                distance = span.start - match.end()
            else:
                continue
            if best is None or (distance, order) < best[:2]:
                best = (distance, order, name)
    return best[2] if best else None
