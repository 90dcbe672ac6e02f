"""The verdict on a figure: whether its places agree, conflict, or the later replaces the earlier, with the reason.

A reason is one of a few labels, and where numbers differ, after ": ", each number with who gives it and when:

    agree        same number | numbers that fit when rounded
    conflict     sources differ | title and text differ | the same statement with another number
                 | two digits are swapped | reports differ
    update       one revises the other | later replaces earlier
    cannot tell  a date is missing | perhaps not the same question
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from recoupe.compare import thresholds as limits
from recoupe.compare.mentions import Mention
from recoupe.compare.questions import REVISED, SIDES, STATEMENT, SWAPPED, TITLE, copied
from recoupe.compare.revisions import goes_on, said_now
from recoupe.model import Verdict


def judge(found: Sequence[Mention], different: Collection[str], score: float) -> tuple[Verdict, str]:
    """The verdict on the mentions of one question, ordered by date, and the reason that a person can check.

    `different` are the labels of the links that joined different numbers, `score` the surest that all are one question.
    """
    camps = _camps(found)
    if len(camps) == 1:
        return "agree", "same number" if len({m.value for m in found}) == 1 else "numbers that fit when rounded"
    verdict, label = _differ(camps, found, different, score)
    return verdict, f"{label}: {_told(camps)}"


def _differ(
    camps: Sequence[Sequence[Mention]], found: Sequence[Mention], different: Collection[str], score: float
) -> tuple[Verdict, str]:
    for label, verdict, reason in _SETTLED:
        if any(label in of.split(", ") for of in different):
            return verdict, reason
    if _replaced(camps):
        return "update", "later replaces earlier"
    if not all(m.reading.article.moment for m in found):
        return "cannot tell", "a date is missing"
    if score < limits.SURE_QUESTION and len(found) == len(camps):
        return "cannot tell", "perhaps not the same question"
    return "conflict", "reports differ"


# What the link between two different numbers says of them, the first that applies.
_SETTLED: tuple[tuple[str, Verdict, str], ...] = (
    (SIDES, "conflict", "sources differ"),
    (TITLE, "conflict", "title and text differ"),
    (REVISED, "update", "one revises the other"),
    (STATEMENT, "conflict", "the same statement with another number"),
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
    dated = [[_when(m)[0] for m in _firsthand(camp) if m.reading.article.moment] for camp in camps]
    if not all(dated) or not all(max(one) < min(two) for one, two in pairwise(dated)):
        return False
    evolving = any(goes_on(m) for camp in camps for m in camp)
    return evolving or all(any(said_now(m) for m in camp) for camp in camps[1:])


def _firsthand(camp: Sequence[Mention]) -> list[Mention]:
    """The mentions but for later ones in the very words of an earlier one: a copy tells no later count."""
    out: list[Mention] = []
    for mention in sorted(camp, key=_when):
        if not any(copied(mention, known) >= limits.COPIED_WINDOW or _cut_short(mention, known) for known in out):
            out.append(mention)
    return out


def _cut_short(mention: Mention, known: Mention) -> bool:
    """Whether the words near a number are the known one's, as far as its sentence goes: a copy that ends sooner."""
    for one, other in ((mention, known), (known, mention)):
        before, after = ([w.fold for w in side] for side in (one.around.before, one.around.after))
        others = [w.fold for w in other.around.before], [w.fold for w in other.around.after]
        size = min(len(before), len(others[0]), limits.COPIED_WINDOW_WORDS)
        alike = after == others[1][: len(after)] and before[len(before) - size :] == others[0][len(others[0]) - size :]
        if alike and size + len(after) >= limits.COPIED_WINDOW_WORDS:
            return True
    return False


def _told(camps: Sequence[Sequence[Mention]]) -> str:
    """Each number with its source and time: "12 (préfecture, 2024-11-05T08:00), 15 (Le Matin, 2024-11-05)"."""
    return ", ".join(_tell(min(camp, key=_when)) for camp in camps)


def _tell(mention: Mention) -> str:
    article = mention.reading.article
    text = article.title if mention.in_title else article.text
    shown = (mention.source or article.outlet or _place(mention), (article.published or "")[: len(_TO_THE_MINUTE)])
    return f"{mention.span.of(text)} ({', '.join(part for part in shown if part)})"


_TO_THE_MINUTE = "2024-11-05T08:00"


def _place(mention: Mention) -> str:
    """The name of the file or page that the article was found in, else its id."""
    places = mention.reading.article.places
    return places[0].rstrip("/").rpartition("/")[2] if places else mention.article
