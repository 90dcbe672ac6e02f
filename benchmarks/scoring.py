"""Precision, recall and F1 of readings and dossiers against gold, both as records in the written format.

Every figure is micro-averaged over a whole set.  Matching is one to one and greedy, best pair first:
attributions by the Jaccard index of their contents' words (at least one half), other spans by overlap (at least half of
the longer), so that a small difference at an edge is no miss.  A match counts as right only with the value, source,
name or group that gold gives.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from recoupe.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# Words that identify nobody: determiners, honorifics, and what a complementiser leaves at the edge of a content.
_EMPTY = frozenset(
    [
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "des",
        "du",
        "de",
        "d",
        "a",
        "au",
        "aux",
        "the",
        "an",
        "of",
        "mr",
        "mrs",
        "ms",
        "dr",
        "m",
        "mme",
        "mlle",
        "ce",
        "cet",
        "cette",
        "ces",
        "son",
        "sa",
        "ses",
        "leur",
        "leurs",
        "his",
        "her",
        "their",
        "its",
        "this",
        "that",
        "these",
        "those",
    ]
)
_COMPLEMENTISERS = frozenset({"que", "qu", "that"})
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one measure: right answers, answers given, answers wanted."""

    right: int
    given: int
    wanted: int

    @property
    def precision(self) -> float:
        """Right among given; 0 where nothing was given."""
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """Right among wanted; 0 where nothing was wanted."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.given + other.given, self.wanted + other.wanted)


def names(text: str | None) -> list[str]:
    """The folded words of a name, without those that identify nobody (all of them where nothing else is left)."""
    words = _WORD.findall(fold(text or ""))
    return [w for w in words if w not in _EMPTY] or words


def greedy(pairs: Iterable[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """One-to-one pairs (gold, predicted) from (weight, gold, predicted), heaviest first, ties in order."""
    taken: list[tuple[int, int]] = []
    golds: set[int] = set()
    preds: set[int] = set()
    for _, g, p in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if g not in golds and p not in preds:
            golds.add(g)
            preds.add(p)
            taken.append((g, p))
    return taken


# --- attributions -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AttributionScores:
    """overlap: contents found; joint: found with the right source; direct: joint, of direct ones only."""

    overlap: Score
    joint: Score
    direct: Score
    speaker: Score  # given == wanted: matched attributions whose speaker gold knows


def attributions(gold: Mapping[str, Any], predicted: Mapping[str, Any]) -> AttributionScores:
    """The scores of one set: article id -> record."""
    total = [Score(0, 0, 0)] * 4
    for key, article in gold.items():
        got = _article_attributions(
            article["text"], article["attributions"], predicted.get(key, {}).get("attributions", [])
        )
        total = [a + b for a, b in zip(total, got, strict=True)]
    return AttributionScores(*total)


def _article_attributions(text: str, gold: Sequence[Any], predicted: Sequence[Any]) -> tuple[Score, ...]:
    words = [(m.start(), m.end()) for m in re.finditer(r"\S+", text)]
    g_words, p_words = ([_content_words(text, words, a["content"]) for a in side] for side in (gold, predicted))
    pairs = []
    for g, wanted in enumerate(g_words):
        for p, given in enumerate(p_words):
            union = len(wanted | given)
            jaccard = len(wanted & given) / union if union else 0.0
            if jaccard >= 0.5:
                bonus = 1e-6 if _same_source(text, gold[g], predicted[p]) else 0.0
                pairs.append((jaccard + bonus, g, p))
    matched = greedy(pairs)
    right = [(g, p) for g, p in matched if _same_source(text, gold[g], predicted[p])]
    partner = {p: g for g, p in matched}
    direct_given = sum(
        gold[partner[p]]["type"] == "direct" if p in partner else predicted[p].get("type") == "direct"
        for p in range(len(predicted))
    )
    known = [(g, p) for g, p in matched if gold[g].get("speaker")]
    speaker = sum(_last_name(text, predicted[p]) in names(gold[g]["speaker"]) for g, p in known)
    return (
        Score(len(matched), len(predicted), len(gold)),
        Score(len(right), len(predicted), len(gold)),
        Score(
            sum(gold[g]["type"] == "direct" for g, _ in right),
            direct_given,
            sum(a["type"] == "direct" for a in gold),
        ),
        Score(speaker, len(known), len(known)),
    )


def _content_words(text: str, words: list[tuple[int, int]], spans: Sequence[Sequence[int]]) -> frozenset[int]:
    found: set[int] = set()
    for start, end in spans:
        inside = [
            n
            for n, (s, e) in enumerate(words)
            if s < end and start < e and any(c.isalnum() for c in text[max(s, start) : min(e, end)])
        ]
        if len(inside) > 1 and fold(text[slice(*words[inside[0]])]) in _COMPLEMENTISERS:
            inside = inside[1:]
        found.update(inside)
    return frozenset(found)


def _same_source(text: str, gold: Any, predicted: Any) -> bool:
    wanted, given = gold.get("source"), predicted.get("source")
    if not wanted and not gold.get("speaker"):
        return not given and not predicted.get("speaker")
    if wanted and given and given[0] < wanted[1] and wanted[0] < given[1]:
        shared = names(text[max(wanted[0], given[0]) : min(wanted[1], given[1])])
        return bool(shared) and 3 * len(shared) >= len(names(text[slice(*given)]))
    last = _last_name(text, predicted)
    known = names(gold.get("speaker")) + (names(text[slice(*wanted)]) if wanted else [])
    return last is not None and last in known


def _last_name(text: str, attribution: Any) -> str | None:
    source = attribution.get("source")
    words = names(attribution.get("speaker") or (text[slice(*source)] if source else ""))
    return words[-1] if words else None


# --- quantities, times, credits ---------------------------------------------------------------------------------


def layer(name: str, gold: Mapping[str, Any], predicted: Mapping[str, Any]) -> Score:
    """Items found with the right value (credits: the right name) of one layer of one set."""
    total = Score(0, 0, 0)
    for key, article in gold.items():
        wanted, given = article.get(name) or [], predicted.get(key, {}).get(name) or []
        right = sum(_same_value(name, wanted[g], given[p]) for g, p in _by_overlap(wanted, given))
        total += Score(right, len(given), len(wanted))
    return total


def _by_overlap(gold: Sequence[Any], predicted: Sequence[Any]) -> list[tuple[int, int]]:
    pairs = []
    for g, a in enumerate(gold):
        for p, b in enumerate(predicted):
            longer = max(a["span"][1] - a["span"][0], b["span"][1] - b["span"][0])
            shared = min(a["span"][1], b["span"][1]) - max(a["span"][0], b["span"][0])
            if shared > 0 and 2 * shared >= longer:
                pairs.append((shared / longer, g, p))
    return greedy(pairs)


def _same_value(name: str, gold: Any, predicted: Any) -> bool:
    if name == "quantities":
        return bool(abs(gold["value"] - predicted["value"]) <= 0.005 * abs(gold["value"]))
    if name == "times":
        return bool(gold["value"] == predicted["value"])
    a, b = (" ".join(_WORD.findall(fold(side["name"]))) for side in (gold, predicted))
    return a in b or b in a


# --- across documents -------------------------------------------------------------------------------------------


def bcubed(gold: Iterable[Any], predicted: Iterable[Any]) -> tuple[float, float, float]:
    """BCubed precision, recall and F1 of a partition of articles into stories (Bagga & Baldwin 1998)."""
    wanted = {a: frozenset(s["articles"]) for s in gold for a in s["articles"]}
    given = {a: frozenset(s["articles"]) & wanted.keys() for s in predicted for a in s["articles"]}
    if not wanted:
        return 0.0, 0.0, 0.0
    alone = {a: given.get(a, frozenset({a})) for a in wanted}
    precision = sum(len(wanted[a] & alone[a]) / len(alone[a]) for a in wanted) / len(wanted)
    recall = sum(len(wanted[a] & alone[a]) / len(wanted[a]) for a in wanted) / len(wanted)
    return precision, recall, 2 * precision * recall / (precision + recall)


@dataclass(frozen=True, slots=True)
class GroupScores:
    """Groups of occurrences (utterances or figures) against gold."""

    pairs: Score
    labels: dict[str, Score]  # drift or verdict: class -> right, given, wanted
    best: dict[str, str]  # gold group id -> the predicted group that stands for it


def groups(kind: str, gold: Sequence[Any], predicted: Sequence[Any]) -> GroupScores:
    """Pairwise agreement of groups, and their labels: each occurrence's drift, each group's verdict."""
    key = "content" if kind == "utterances" else "span"
    wanted = [(g["id"], o["article"], _chars(o[key]), o) for g in gold for o in g["occurrences"]]
    given = [(g["id"], o["article"], _chars(o[key]), o) for g in predicted for o in g["occurrences"]]
    link = {p: g for g, p in greedy(_occurrence_pairs(wanted, given))}
    true = {frozenset(p) for p in combinations(range(len(wanted)), 2) if wanted[p[0]][0] == wanted[p[1]][0]}
    found: set[frozenset[int]] = set()
    claimed = 0
    members: dict[str, list[int]] = defaultdict(list)
    for p, occurrence in enumerate(given):
        members[occurrence[0]].append(p)
    for group in members.values():
        for a, b in combinations(group, 2):
            claimed += a in link or b in link
            pair = frozenset((link.get(a, -1), link.get(b, -2)))
            if pair in true:
                found.add(pair)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for p, g in link.items():
        votes[wanted[g][0]][given[p][0]] += 1
    best = {group: max(sorted(v), key=lambda name: v[name]) for group, v in votes.items()}
    if kind == "utterances":
        labels = _labels((wanted[g][3]["drift"], given[p][3]["drift"]) for p, g in link.items())
    else:
        verdicts = {g["id"]: g["verdict"] for g in predicted}
        labels = _labels((g["verdict"], verdicts.get(best.get(g["id"], ""), "missed")) for g in gold)
    return GroupScores(Score(len(found), claimed, len(true)), labels, best)


def _occurrence_pairs(wanted: Sequence[Any], given: Sequence[Any]) -> list[tuple[float, int, int]]:
    by_article: dict[str, list[int]] = defaultdict(list)
    for g, occurrence in enumerate(wanted):
        by_article[occurrence[1]].append(g)
    pairs = []
    for p, (_, article, chars, _) in enumerate(given):
        for g in by_article[article]:
            longer = max(len(chars), len(wanted[g][2]))
            shared = len(chars & wanted[g][2])
            if shared and 2 * shared >= longer:
                pairs.append((shared / longer, g, p))
    return pairs


def _chars(spans: Any) -> frozenset[int]:
    if spans and isinstance(spans[0], int):
        spans = [spans]
    return frozenset(i for start, end in spans or () for i in range(start, end))


def _labels(pairs: Iterable[tuple[str, str]]) -> dict[str, Score]:
    wanted, given, right = Counter[str](), Counter[str](), Counter[str]()
    for want, got in pairs:
        wanted[want] += 1
        given[got] += 1
        right[want] += want == got
    return {label: Score(right[label], given[label], wanted[label]) for label in sorted(wanted | given)}


def accuracy(labels: Mapping[str, Score]) -> float:
    """The share of right labels among all that gold gives."""
    wanted = sum(score.wanted for score in labels.values())
    return sum(score.right for score in labels.values()) / wanted if wanted else 0.0


def reuse(gold: Iterable[Any], predicted: Iterable[Any]) -> Score:
    """Pairs of articles of which one copies the other, whichever way."""
    wanted, given = ({frozenset((r["from"], r["to"])) for r in side} for side in (gold, predicted))
    return Score(len(wanted & given), len(given), len(wanted))


def origins(gold: Sequence[Any], predicted: Iterable[Any], best: Mapping[str, str]) -> tuple[float, float]:
    """Over gold's claims: the share whose number of origins is right, and whose names are right too."""
    given = {o["claim"]: [" ".join(names(n)) for n in o["origins"]] for o in predicted}
    number = named = 0
    for claim in gold:
        have, want = given.get(best.get(claim["claim"], "")), [" ".join(names(n)) for n in claim["origins"]]
        if have is not None and len(have) == len(want):
            number += 1
            named += all(any(a in b or b in a for b in have) for a in want)
    count = len(gold) or 1
    return number / count, named / count
