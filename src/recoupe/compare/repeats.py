"""Statements that one speaker makes again in another story: linked, with nothing of the stories merged.

A statement is known by its speaker and its words.  Runs of words are chosen from it by winnowing (Schleimer, Wilkerson
and Aiken 2003), so that two statements that share a long enough run share a chosen one; pairs that do are compared word
by word.  Only speakers with a full name, and bodies with one, are told to be the same across stories.

The reason is the weakest of the labels that link the places: `same words`, `nearly the same words` or `part of the
words`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import combinations

from rapidfuzz.distance import LCSseq

from recoupe.compare import thresholds as limits
from recoupe.compare.lexicon import lexicon
from recoupe.compare.matching import longest_run
from recoupe.compare.names import same_person, speaker
from recoupe.compare.words import content, words
from recoupe.model import Attribution, Reading, Repeat, RepeatPlace
from recoupe.text import Span, sha256

_LABELS = ("same words", "nearly the same words", "part of the words")  # the surest first
_LONGEST = 120  # words of a statement by which it is known
_MOST = 40  # wordings that share a run and are compared with one another: more are a set phrase


@dataclass(frozen=True, slots=True)
class _Said:
    """One wording of one speaker: the name's words, and the statement's, folded."""

    names: tuple[str, ...]
    person: bool
    folds: tuple[str, ...]

    @property
    def key(self) -> str:
        """What two spellings of the speaker's name have in common: a person's last name, a body's whole."""
        return self.names[-1] if self.person else " ".join(sorted(self.names))


@dataclass(slots=True)
class _Wording:
    """A wording with the places that have it: (article, attribution) -> reading."""

    said: _Said
    runs: tuple[bytes, ...]
    places: dict[tuple[str, int], Reading] = field(default_factory=dict)


class Repeats:
    """The statements of articles that come and go, and which of them are one speaker's words again."""

    def __init__(self) -> None:
        self._wordings: dict[_Said, _Wording] = {}
        self._by_run: dict[bytes, dict[_Said, None]] = defaultdict(dict)
        self._by_article: dict[str, list[_Said]] = defaultdict(list)

    def add(self, reading: Reading) -> None:
        """Take a reading's statements in."""
        for index, attribution in enumerate(reading.attributions):
            said = _said(reading, attribution)
            if said is None:
                continue
            known = self._wordings.get(said)
            if known is None:
                known = self._wordings[said] = _Wording(said, tuple(_runs(said)))
                for run in known.runs:
                    self._by_run[run][said] = None
            known.places[reading.id, index] = reading
            self._by_article[reading.id].append(said)

    def remove(self, article: str) -> None:
        """Take an article's statements out."""
        for said in self._by_article.pop(article, ()):
            known = self._wordings.get(said)
            if known is None:
                continue
            known.places = {place: reading for place, reading in known.places.items() if place[0] != article}
            if not known.places:
                del self._wordings[said]
                for run in known.runs:
                    self._by_run[run].pop(said, None)
                    if not self._by_run[run]:
                        del self._by_run[run]

    def found(self, story_of: Callable[[str], str], articles: Iterable[str]) -> tuple[Repeat, ...]:
        """The statements of these articles that stand in more than one story, ordered by speaker.

        `story_of`: article id -> story id.
        """
        start = {said: None for article in articles for said in self._by_article.get(article, ())}
        seen: set[_Said] = set()
        out: list[Repeat] = []
        for said in start:
            if said not in seen:
                group, label, score = self._group(said)
                seen |= group
                out += self._repeat(group, label, score, story_of)
        return tuple(sorted(out, key=lambda r: (r.speaker, r.places[0].article, r.id)))

    def _group(self, said: _Said) -> tuple[set[_Said], int, float]:
        """All wordings that links lead to, with the weakest link."""
        group, waiting, label, score = {said}, [said], 0, 1.0
        while waiting:
            one = waiting.pop()
            for other in self._near(one):
                link = _link(one, other)
                if link is not None:
                    label, score = max(label, link[0]), min(score, link[1])
                    if other not in group:
                        group.add(other)
                        waiting.append(other)
        return group, label, score

    def _near(self, said: _Said) -> Collection[_Said]:
        near: dict[_Said, None] = {}
        for run in self._wordings[said].runs:
            if 1 < len(self._by_run[run]) <= _MOST:
                near.update(self._by_run[run])
        near.pop(said, None)
        return near

    def _repeat(
        self, group: Iterable[_Said], label: int, score: float, story_of: Callable[[str], str]
    ) -> Iterator[Repeat]:
        places = {place: reading for said in group for place, reading in self._wordings[said].places.items()}
        if len({story_of(article) for article, _ in places}) < 2:
            return
        ordered = sorted(places.items(), key=lambda item: (_moment(item[1]), item[0]))
        shown = tuple(
            RepeatPlace(story_of(article), article, index, reading.attributions[index].content)
            for (article, index), reading in ordered
        )
        names = [reading.attributions[index].speaker or "" for (_, index), reading in ordered]
        first = min(places)
        yield Repeat(
            id=f"q-{sha256(f'{first[0]}|{first[1]}')[:12]}",
            speaker=max(names, key=lambda name: (len(name), name)),
            places=shown,
            reason=_LABELS[label],
            score=score,
        )


def links(repeat: Repeat, readings: Mapping[str, Reading]) -> Iterator[tuple[RepeatPlace, RepeatPlace, str, float]]:
    """The pairs of its places whose words make them one statement, with the label and score of each."""
    said = [
        (place, _said(readings[place.article], readings[place.article].attributions[place.attribution]))
        for place in repeat.places
    ]
    for (one, here), (two, there) in combinations(said, 2):
        link = _link(here, there) if here is not None and there is not None else None
        if link is not None:
            yield one, two, _LABELS[link[0]], link[1]


def _moment(reading: Reading) -> float:
    moment = reading.article.moment
    return moment.timestamp() if moment else math.inf


def _said(reading: Reading, attribution: Attribution) -> _Said | None:
    """The wording of an attribution; None where it is too short to tell, or nobody is named who could say it again."""
    if attribution.act != "statement" or not attribution.speaker:
        return None
    who = speaker(attribution.speaker)
    full = who.kind == "person" or (who.kind == "body" and not who.generic and not who.unnamed)
    if not full:
        return None
    said = (span.of(reading.text) for span in attribution.content)  # no word of the rest of the text is needed here
    found = [word for part in said for word in words(part, [Span(0, len(part))])][:_LONGEST]
    telling = content(found, lexicon(reading.article.lang))
    if len(found) < limits.REPEAT_WORDS or len(telling) < limits.REPEAT_CONTENT:
        return None
    return _Said(who.names, who.kind == "person", tuple(w.fold for w in found))


def _runs(said: _Said) -> Iterator[bytes]:
    """The chosen runs: of each window of runs that follow one another the least by its hash, each once."""
    size, window = limits.REPEAT_RUN, limits.REPEAT_WINDOW
    folds = said.folds
    hashes = [_hash(said.key, folds[i : i + size]) for i in range(max(len(folds) - size + 1, 1))]
    chosen = (min(hashes[i : i + window]) for i in range(max(len(hashes) - window + 1, 1)))
    yield from dict.fromkeys(chosen)


def _hash(name: str, run: tuple[str, ...]) -> bytes:
    return blake2b(" ".join((name, *run)).encode("utf-8", "replace"), digest_size=8).digest()


def _link(one: _Said, other: _Said) -> tuple[int, float] | None:
    """The place of the label in `_LABELS` by which two wordings are one statement, and its score."""
    same = same_person(one.names, other.names) if one.person and other.person else one.names == other.names
    if not same or one.person != other.person:
        return None
    if one.folds == other.folds:
        return 0, 1.0
    ratio = 2 * LCSseq.similarity(one.folds, other.folds) / (len(one.folds) + len(other.folds))
    if ratio >= limits.WORDS_ALIKE:
        return 1, round(ratio, 3)
    short = min(len(one.folds), len(other.folds))
    share = longest_run(one.folds, other.folds) / short
    return (2, round(share, 3)) if share >= limits.PART_ALIKE else None
