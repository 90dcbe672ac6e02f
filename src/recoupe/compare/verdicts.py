"""The verdict on a figure: whether its places agree, conflict, or the later replaces the earlier, with the reason."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from recoupe.compare import thresholds as limits
from recoupe.compare.lexicon import lexicon
from recoupe.compare.mentions import Mention
from recoupe.compare.questions import SWAPPED
from recoupe.model import Verdict


def judge(found: Sequence[Mention], different: Collection[str], score: float) -> tuple[Verdict, str]:
    """The verdict on the mentions of one question, ordered by date, and the reason that a person can check.

    `different` are the labels of the links that joined different numbers, `score` the surest that all are one question.
    """
    camps = _camps(found)
    if len(camps) == 1:
        return "agree", _agreement(found)
    told = _told(camps)
    for label, verdict, reason in _SETTLED:
        if any(label in of.split(", ") for of in different):
            return verdict, f"{told}: {reason}"
    if _replaced(camps):
        return "update", f"{told}: later replaces earlier"
    if not all(m.reading.article.moment for m in found):
        return "cannot tell", f"{told}: a date is missing"
    if score < limits.SURE_QUESTION and len(found) == len(camps):
        return "cannot tell", f"{told}: perhaps not the same question"
    return "conflict", told


# What the link between two different numbers says of them, the first that applies.
_SETTLED: tuple[tuple[str, Verdict, str], ...] = (
    ("two sources side by side", "conflict", "sources differ at the same time"),
    ("title against text", "conflict", "title and text differ"),
    ("one revises the other", "update", "one replaces the other"),
    ("the same statement", "conflict", "the same statement with another number"),
    (SWAPPED, "conflict", "two digits are swapped"),
)


def _camps(found: Sequence[Mention]) -> list[list[Mention]]:
    """The mentions by number: each camp holds those that fit one another, the finest-grained first."""
    camps: list[list[Mention]] = []
    for mention in sorted(found, key=lambda m: (m.modifier is not None, m.value, m.place)):
        for camp in camps:
            if all(m.fits(mention) for m in camp):
                camp.append(mention)
                break
        else:
            camps.append([mention])
    return sorted(camps, key=lambda camp: min(_when(m) for m in camp))


def _when(mention: Mention) -> tuple[float, tuple[str, bool, int]]:
    moment = mention.reading.article.moment
    return (moment.timestamp() if moment else float("inf"), mention.place)


def _replaced(camps: Sequence[Sequence[Mention]]) -> bool:
    """Whether each number is given up before the next comes, of a measure that changes or where the words say so."""
    dated = [[_when(m)[0] for m in camp if m.reading.article.moment] for camp in camps]
    if not all(dated) or not all(max(one) < min(two) for one, two in pairwise(dated)):
        return False
    evolving = any(m.measure is not None and m.measure.evolves for camp in camps for m in camp)
    return evolving or all(any(_said_now(m) for m in camp) for camp in camps[1:])


def _said_now(mention: Mention) -> bool:
    """Whether the words around say that the number is the new one: "désormais", "nouveau", "revised"."""
    now = lexicon(mention.reading.article.lang).now
    return any(w.fold in now for w in mention.around.wide)


def _agreement(found: Sequence[Mention]) -> str:
    values = sorted({m.value for m in found})
    return "same number" if len(values) == 1 else "numbers that fit when rounded"


def _told(camps: Sequence[Sequence[Mention]]) -> str:
    """Each number with its time and source: "12 at 2024-11-05T08:00 by préfecture"."""
    return ", ".join(_tell(min(camp, key=_when)) for camp in camps)


def _tell(mention: Mention) -> str:
    text = mention.reading.article.title if mention.in_title else mention.reading.text
    moment = mention.reading.article.published
    when = f" at {moment}" if moment else ""
    who = f" by {mention.source}" if mention.source else f" in {mention.reading.article.outlet or mention.article}"
    return f"{mention.span.of(text)}{when}{who}"
