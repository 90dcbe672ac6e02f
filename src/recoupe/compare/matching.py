"""How alike two statements are, as one of a few levels that a person understands, with a score."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from rapidfuzz.distance import LCSseq

from recoupe.compare import thresholds as limits
from recoupe.compare.identities import is_unnamed
from recoupe.compare.meaning import Meaning
from recoupe.compare.names import Relation, Speakers, speaker
from recoupe.compare.statements import Statement, is_bare
from recoupe.model import Measured


@dataclass(frozen=True, slots=True)
class Match:
    """Two statements taken for one utterance: the level's label, how sure it is, and what was measured for it."""

    label: str
    score: float
    measured: tuple[Measured, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether everything that was asked was found."""
        return all(one.passed for one in self.measured)


def match_words(a: Statement, b: Statement, relation: Relation) -> Match | None:
    """The match by words alone: the same, nearly the same, or one a part of the other."""
    one, other = a.folds, b.folds
    if one == other:
        return Match("same words", 1.0)
    ratio = 2 * LCSseq.similarity(one, other) / (len(one) + len(other))
    if ratio >= limits.WORDS_ALIKE and min(len(a.content), len(b.content)) > 1:
        return Match("nearly the same words", round(ratio, 3), (Measured("WORDS_ALIKE", limits.WORDS_ALIKE, ratio),))
    return _part(a, b, relation)


def _part(a: Statement, b: Statement, relation: Relation) -> Match | None:
    short, long = sorted((a, b), key=lambda s: len(s.words))
    keys, within = short.keys, long.keys
    shared = LCSseq.similarity(keys, within)
    share = shared / len(keys)
    enough = shared >= limits.PART_WORDS or (relation == "same" and shared > 1)
    if share >= limits.PART_ALIKE and enough:
        return Match("part of the words", round(share, 3), (Measured("PART_ALIKE", limits.PART_ALIKE, share),))
    run = longest_run(short.folds, long.folds) if shared else 0
    if relation == "same" and a.type == b.type == "direct" and run == len(short.folds) >= limits.PART_QUOTED:
        return Match("part of the words", 1.0, (Measured("PART_QUOTED", limits.PART_QUOTED, run),))
    if shared < 2:
        return None
    if run >= limits.PART_RUN and run >= limits.PART_ALIKE * len(short.folds):
        return Match(
            "part of the words", round(run / len(short.folds), 3), (Measured("PART_RUN", limits.PART_RUN, run),)
        )
    return None


def longest_run(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """The number of words of the longest stretch that stands in both."""
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size


def match_meaning(
    a: Statement, b: Statement, relation: Relation, meaning: Meaning, topic: frozenset[str], rivals: Rivals
) -> Match | None:
    """The match by meaning: how much is asked depends on whether the speakers are one, and on the topic's words.

    Two statements of a speaker on one topic are alike by the topic's words alone; each that they share asks for more.
    That they are alike must also set them off from their rivals: what else either's article reports.  None where
    the two cannot be compared; else what was measured, passed or not.
    """
    if a.figures and b.figures and (_clash(a, b) or (relation == "open" and not _one_count(a, b))):
        return None
    shared = set(a.keys) & set(b.keys)
    name, asked = _asked(a, b, relation)
    asked += min(len(shared & topic), limits.TOPIC_WORDS) * limits.TOPIC_WORD_ASKS
    if a.lang == b.lang and not shared - topic:
        asked += limits.NO_WORD_ASKS
    if bool(a.numbers) != bool(b.numbers):
        asked += limits.ONE_NUMBER_ASKS
    if a.lang == b.lang and a.type == b.type == "direct":
        asked += limits.QUOTED_ASKS
    if relation == "different":
        return _match_others(a, b, Measured(name, min(asked, limits.MEANING_ENOUGH), 0.0), meaning, rivals)
    if a.article == b.article:
        asked = max(asked, limits.MEANING_SAME_ARTICLE)
    asked = min(asked, limits.MEANING_ENOUGH)
    likeness = alike(a, b, meaning) if is_open(a, b, meaning) else meaning.likeness(a.plain, b.plain)
    found = likeness + _support(a, b)
    if found + limits.MARGIN_EASES * limits.MARGIN_COUNTS < asked:  # no margin could make up for it
        return Match(_LABELS[relation], round(likeness, 3), (Measured(name, asked, found),))
    margin = likeness - rivals.best(a, b, meaning)
    eased = limits.MARGIN_EASES * min(max(margin, 0.0), limits.MARGIN_COUNTS)
    measured = [Measured(name, asked, found + eased)]
    if likeness < limits.MEANING_SURE and not (relation == "same" and a.dates & b.dates):
        if share_number(a, b):  # then only what gives the number too could have been meant
            margin = likeness - rivals.best(a, b, meaning, counted=True)
        telling = a.lang != b.lang or bool(shared - topic)
        against = ("MARGIN", limits.MARGIN) if telling else ("MARGIN_NO_WORD", limits.MARGIN_NO_WORD)
        measured.append(Measured(*against, margin))
    return Match(_LABELS[relation], round(likeness, 3), tuple(measured))


def _match_others(a: Statement, b: Statement, asked: Measured, meaning: Meaning, rivals: Rivals) -> Match | None:
    """The match of two speakers' statements: only a near copy of the meaning tells a misattribution."""
    if min(len(a.content), len(b.content)) < limits.PART_WORDS:
        return None
    likeness = meaning.likeness(a.plain, b.plain)
    if a.lang != b.lang and likeness - rivals.best(a, b, meaning) >= limits.MARGIN_OTHER_SPEAKER:
        asked = Measured("MEANING_OTHER_SPEAKER_TRANSLATED", limits.MEANING_OTHER_SPEAKER_TRANSLATED, 0.0)
    return Match(_LABELS["different"], round(likeness, 3), (replace(asked, found=likeness + _support(a, b)),))


_ASKED: dict[Relation, tuple[str, float]] = {
    "same": ("MEANING_SAME_SPEAKER", limits.MEANING_SAME_SPEAKER),
    "open": ("MEANING_OPEN_SPEAKER", limits.MEANING_OPEN_SPEAKER),
    "different": ("MEANING_OTHER_SPEAKER", limits.MEANING_OTHER_SPEAKER),
}


def _asked(a: Statement, b: Statement, relation: Relation) -> tuple[str, float]:
    """How much is asked, and the threshold's name.  Where nothing ties the speakers, more is:

    - where the one has a name and the other article names nobody: two people, as far as anybody can tell;
    - where only one of the two counts something.
    """
    if relation == "open" and bool(a.numbers) != bool(b.numbers):
        return "MEANING_ENOUGH", limits.MEANING_ENOUGH
    people = [speaker(s.speaker).kind == "person" for s in (a, b) if s.speaker]
    if relation == "open" and any(people) and any(is_unnamed(s.speaker) for s in (a, b) if s.speaker):
        return _ASKED["different"]
    return _ASKED[relation]


def _one_count(a: Statement, b: Statement) -> bool:
    """Whether all numbers of the one that has fewer stand in the other, and neither is a named person's."""
    few, many = sorted((a.numbers, b.numbers), key=len)
    named = any(s.speaker and speaker(s.speaker).kind == "person" for s in (a, b))
    return not named and all(any(n.fits(m) for m in many) for n in few)


_LABELS: dict[Relation, str] = {
    "same": "same speaker, like meaning",
    "open": "like meaning",
    "different": "like meaning, other speaker",
}


class Rivals:
    """How like a statement is to the others of an article: what its likeness to one of them has to be set against.

    After margin-based mining of parallel sentences (Artetxe & Schwenk 2019): in a story on one topic all statements are
    somewhat alike, and the cosine alone does not tell which two are one.
    """

    def __init__(self, items: Iterable[Statement], speakers: Speakers) -> None:
        self._speakers = speakers
        self._by_article: dict[str, list[Statement]] = defaultdict(list)
        for item in items:
            if not is_bare(item):
                self._by_article[item.article].append(item)
        self._ranked: dict[tuple[tuple[str, int], str], list[tuple[float, Statement]]] = {}

    def best(self, a: Statement, b: Statement, meaning: Meaning, *, counted: bool = False) -> float:
        """The greatest likeness of either to another statement of the other's article; `counted`: with its number."""
        return max(self._of(a, b, meaning, counted=counted), self._of(b, a, meaning, counted=counted))

    def _of(self, item: Statement, instead_of: Statement, meaning: Meaning, *, counted: bool) -> float:
        key = (item.place, instead_of.article)
        if key not in self._ranked:
            found = [(meaning.likeness(item.plain, s.plain), s) for s in self._by_article[instead_of.article]]
            self._ranked[key] = sorted(found, key=lambda pair: -pair[0])
        best = 0.0
        for likeness, s in self._ranked[key]:
            if likeness <= best:
                break
            if _other(s, item, instead_of) and (not counted or share_number(s, item)):
                best = max(best, likeness - self._handicap(s, item, instead_of))
        return best

    def _handicap(self, rival: Statement, item: Statement, instead_of: Statement) -> float:
        """What the rival must be more alike by where the other one is the same speaker's, and the rival is not."""
        own, its = (self._speakers.relation(item.speaker, s.speaker)[0] for s in (instead_of, rival))
        return limits.RIVAL_HANDICAP if own == "same" != its else 0.0


def _other(rival: Statement, item: Statement, instead_of: Statement) -> bool:
    """Whether the rival is another statement, not a second report of either of the two."""
    if rival is instead_of or rival is item or rival.folds in (instead_of.folds, item.folds):
        return False
    return not any(x.overlaps(y) for x in rival.spans for y in instead_of.spans)


def topic_words(items: Iterable[Statement]) -> frozenset[str]:
    """The stems that two statements of one article share: words of the story's topic, which tell no statement.

    Of statements inside one another ("two people say that the gang wants ...") only the outermost counts.
    """
    in_articles: dict[str, Counter[str]] = defaultdict(Counter)
    end: dict[str, int] = defaultdict(int)
    for item in sorted(items, key=lambda s: (s.article, s.spans[0].start, -s.spans[-1].end)):
        if item.spans[-1].end > end[item.article]:
            end[item.article] = item.spans[-1].end
            in_articles[item.article].update(set(item.keys))
    return frozenset(key for counts in in_articles.values() for key, count in counts.items() if count > 1)


def is_open(a: Statement, b: Statement, meaning: Meaning) -> bool:
    """Whether the likeness of the wholes leaves it to the clauses."""
    return limits.MEANING_HOPELESS <= meaning.likeness(a.plain, b.plain) < limits.MEANING_SURE


def alike(a: Statement, b: Statement, meaning: Meaning) -> float:
    """Likeness of meaning: of the wholes, or of the shorter's clauses each with its best in the longer."""
    short, long = sorted((a, b), key=lambda s: (len(s.plain), s.place))
    whole = meaning.likeness(a.plain, b.plain)
    total = sum(len(clause.text) for clause in short.clauses)
    if not total or len(short.content) < limits.CLAUSE_CONTENT:
        return whole
    against = (*(clause.text for clause in long.clauses), long.plain)
    parts = sum(len(c.text) * max(meaning.likeness(c.text, other) for other in against) for c in short.clauses)
    return max(whole, round(parts / total, 3))


def _support(a: Statement, b: Statement) -> float:
    """What the numbers, or a date, that both give add to likeness."""
    shared = sum(any(n.fits(m) for m in b.numbers) for n in a.numbers)
    return limits.NUMBER_SUPPORT * min(shared + bool(a.dates & b.dates), limits.NUMBERS_SUPPORT)


def _clash(a: Statement, b: Statement) -> bool:
    """Whether two reported counts of one thing differ: then they are successive counts, not one statement."""
    if "direct" in (a.type, b.type):
        return False
    here, there = sorted((a.numbers, b.numbers), key=len)
    lone = [n for n in here if not any(n.fits(m) or n.miscopies(m) for m in there)]
    left = [m for m in there if not any(m.fits(n) or m.miscopies(n) for n in here)]
    against = sum(any(n.may_stand_for(m) for m in left) for n in lone)
    fitting = len(here) - len(lone)
    return fitting < limits.FIGURES_FIT * (fitting + against) or not fitting


def share_number(a: Statement, b: Statement) -> bool:
    """Whether some number of the one fits one of the other."""
    return any(x.fits(y) for x in a.numbers for y in b.numbers)


def possible(a: Statement, b: Statement, relation: Relation) -> bool:
    """Whether the two can be one utterance at all.

    In one article they must be the same speaker's and stand apart; a bare figure is the same statement only from the
    same speaker and with a number that fits; figures of different sources that do not fit are two statements.
    """
    if a.article == b.article and (relation != "same" or any(x.overlaps(y) for x in a.spans for y in b.spans)):
        return False
    if is_bare(a) or is_bare(b):
        return relation == "same" and share_number(a, b)
    told = relation == "same" or not (a.figures and b.figures) or a.type == b.type == "direct"
    return told or share_number(a, b)
