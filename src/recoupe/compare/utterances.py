"""Utterances: the same act of saying, found in several places.

Within a story, candidates are the pairs of statements that share a word of content or a speaker, or whose meanings are
near; each pair is compared, words first and meaning second, and pairs that match make groups.  A speaker's statement
that one report cuts in two is read as one where another report has it whole.

The reason of an utterance is the labels of the matches that made it, with "; " between:

    same words | nearly the same words | part of the words | same speaker, like meaning | like meaning
    | like meaning, other speaker | the speaker's only quotation in both | the outlet's own report
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations

from recoupe.compare import thresholds as limits
from recoupe.compare.alterations import Context
from recoupe.compare.drift import occurrence, order
from recoupe.compare.matching import Match, Rivals, alike, is_open, match_meaning, match_words, possible, topic_words
from recoupe.compare.meaning import Meaning
from recoupe.compare.names import Relation, same_outlet, speaker
from recoupe.compare.scene import Scene
from recoupe.compare.statements import Statement, is_bare, names_what_it_counts, statement, statements
from recoupe.model import Measured, Utterance, surely_first

_COMMON = 60  # a word that more statements of a story than this share makes no candidates
_BLOCK = 512  # statements whose vectors are compared at once
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Compared:
    """A story's statements and the pairs of them that matched; `refused`: those that were weighed and did not."""

    items: Sequence[Statement]
    links: Mapping[Pair, Match]
    refused: Mapping[Pair, Match]


def of_story(scene: Scene) -> tuple[Utterance, ...]:
    """The utterances that at least two places of the story report, ordered by place."""
    return tuple(utterance for utterance, _ in grouped(compared(scene), scene))


def compared(scene: Scene) -> Compared:
    """The story's statements, compared in pairs."""
    items = [s for reading in scene.readings for s in statements(reading)]
    refused: dict[Pair, Match] = {}
    links = _links(items, scene, refused) if len(items) > 1 else {}
    return Compared(items, links, refused)


def grouped(found: Compared, scene: Scene) -> list[tuple[Utterance, list[int]]]:
    """The utterances that the links make, ordered by place, each with the places of its statements in `items`."""
    context = Context(scene.speakers, scene.meaning)
    out = []
    for members in _groups(len(found.items), found.links):
        group = _join_parts(_said([found.items[i] for i in members]), scene.meaning)
        if len(group) > 1:
            labels = {link.label: link.score for pair, link in found.links.items() if pair[0] in members}
            out.append((_utterance(scene.story, group, labels, context), members))
    return sorted(out, key=lambda made: (made[0].occurrences[0].article, made[0].occurrences[0].content, made[0].id))


def _links(items: Sequence[Statement], scene: Scene, refused: dict[Pair, Match]) -> dict[Pair, Match]:
    """The pairs that match, with how.  Of the very same words of one speaker, all are matched with the first only."""
    links: dict[Pair, Match] = {}
    first: dict[tuple[object, ...], int] = {}
    rest = []
    for i, item in enumerate(items):
        known = first.setdefault((item.lang, item.speaker, item.folds), i)
        if known != i and possible(items[known], item, "same"):
            links[known, i] = Match("same words", 1.0)
        else:
            rest.append(i)
    links |= _compared([items[i] for i in rest], rest, topic_words(items), scene, refused)
    links |= _own_reports(items, scene, links)
    links |= _only_quotations(items, scene.meaning, links)
    doubtful = _doubtful(items, links)
    kept = {pair: link for pair, link in links.items() if pair not in doubtful}
    bridges = _bridges(items, kept, scene.meaning)
    refused |= doubtful | bridges
    return {pair: link for pair, link in kept.items() if pair not in bridges}


def _compared(
    items: Sequence[Statement],
    places: Sequence[int],
    topic: frozenset[str],
    scene: Scene,
    refused: dict[Pair, Match],
) -> dict[Pair, Match]:
    """The matches among statements of different words, by the places that they have in the story."""
    speakers, meaning = scene.speakers, scene.meaning
    links: dict[Pair, Match] = {}
    unsettled: dict[Pair, Relation] = {}
    for i, j in sorted(_by_words(items) | _by_speaker(items) | _by_meaning(items, meaning)):
        a, b = items[i], items[j]
        relation = speakers.relation(a.speaker, b.speaker)[0]
        if relation == "open" and (_hands_on(a, b) or _hands_on(b, a)):
            relation = "same"
        if possible(a, b, relation):
            found = match_words(a, b, relation)
            if found:
                links[places[i], places[j]] = found
            elif a.article != b.article or len(set(a.keys) & set(b.keys)) >= limits.RENDERING_WORDS:
                unsettled[i, j] = relation
    meaning.learn(items[i].plain for pair in unsettled for i in pair)
    open_ = {place for i, j in unsettled if is_open(items[i], items[j], meaning) for place in (i, j)}
    meaning.learn(clause.text for i in open_ for clause in items[i].clauses)
    rivals = Rivals(items, speakers)
    for (i, j), relation in unsettled.items():
        found = match_meaning(items[i], items[j], relation, meaning, topic, rivals)
        if found:
            (links if found.passed else refused)[places[i], places[j]] = found
    return links


def _by_words(items: Sequence[Statement]) -> set[Pair]:
    posting: dict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        for key in sorted(set(item.keys)):
            posting[key].append(index)
    return {pair for found in posting.values() if len(found) <= _COMMON for pair in combinations(found, 2)}


def _by_speaker(items: Sequence[Statement]) -> set[Pair]:
    posting: dict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        who = speaker(item.speaker) if item.speaker else None
        if who is not None:
            for key in {*who.names[:1], *who.names[-1:], *who.roles}:
                posting[key].append(index)
    return {pair for found in posting.values() if len(found) <= _COMMON for pair in combinations(found, 2)}


def _by_meaning(items: Sequence[Statement], meaning: Meaning) -> set[Pair]:
    """Pairs of statements whose wholes are near in meaning, across languages and wordings, in more than one article."""
    if len({item.lang for item in items}) < 2:
        return set()
    return set(meaning.near([item.plain for item in items], limits.MEANING_CANDIDATE, _BLOCK))


def _only_quotations(items: Sequence[Statement], meaning: Meaning, links: dict[Pair, Match]) -> dict[Pair, Match]:
    """A speaker's only quotation in one article with the only one in an article in another language.

    Neither may be matched in the other's language.  Two articles in one language have a proverb in the same words, so
    that it needs no such match.
    """
    linked: dict[int, set[str | None]] = defaultdict(set)  # statement -> languages that it is matched in
    for i, j in links:
        linked[i].add(items[j].lang)
        linked[j].add(items[i].lang)
    alone: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        who = speaker(item.speaker) if item.speaker else None
        if who is not None and who.kind == "person" and item.type != "indirect":
            alone[who.names[-1], item.article].append(index)
    only = sorted(
        (name, found[0]) for (name, _), found in alone.items() if len(found) == 1 and items[found[0]].type == "direct"
    )
    out = {}
    for (one, i), (other, j) in combinations(only, 2):
        if one != other or items[i].lang == items[j].lang or items[j].lang in linked[i] or items[i].lang in linked[j]:
            continue
        pair = (min(i, j), max(i, j))
        likeness = alike(items[i], items[j], meaning)
        if pair not in links and likeness >= limits.MEANING_ONLY_QUOTATION:
            asked = Measured("MEANING_ONLY_QUOTATION", limits.MEANING_ONLY_QUOTATION, likeness)
            out[pair] = Match("the speaker's only quotation in both", likeness, (asked,))
    return out


def _doubtful(items: Sequence[Statement], links: dict[Pair, Match]) -> dict[Pair, Match]:
    """The weak links where the one statement matches another of the other's article far better."""
    best: dict[tuple[int, str], float] = defaultdict(float)
    for (i, j), link in links.items():
        best[i, items[j].article] = max(best[i, items[j].article], link.score)
        best[j, items[i].article] = max(best[j, items[i].article], link.score)
    out = {}
    for (i, j), link in links.items():
        rival = max(best[i, items[j].article], best[j, items[i].article])
        if link.score < limits.WEAK_LINK and rival - link.score >= limits.FAR_BETTER:
            weak = Measured("WEAK_LINK", limits.WEAK_LINK, link.score)
            out[i, j] = Match(link.label, link.score, (*link.measured, weak))
    return out


def _bridges(items: Sequence[Statement], links: Mapping[Pair, Match], meaning: Meaning) -> dict[Pair, Match]:
    """The links that would make one utterance of two that an article keeps apart.

    Groups grow from the surest link down; a link is a bridge where some article has a statement in either group, and
    the two are neither matched with one another, nor renderings of one, nor parts of one report.
    """
    group = {i: {item.article: [i]} for i, item in enumerate(items)}
    out = {}
    for pair, link in sorted(links.items(), key=lambda known: (-known[1].score, known[0])):
        small, large = sorted((group[pair[0]], group[pair[1]]), key=len)
        if small is large:
            continue
        meeting = [(i, j) for article in small.keys() & large.keys() for i in small[article] for j in large[article]]
        apart = [alike(items[i], items[j], meaning) for i, j in meeting if _may_be_apart(i, j, items, links, meaning)]
        if apart and min(apart) < limits.RENDERING:
            asked = Measured("RENDERING", limits.RENDERING, min(apart))
            out[pair] = Match(link.label, link.score, (*link.measured, asked))
            continue
        for article, members in small.items():
            large.setdefault(article, []).extend(members)
            group.update(dict.fromkeys(members, large))
    return out


def _may_be_apart(i: int, j: int, items: Sequence[Statement], links: Mapping[Pair, Match], meaning: Meaning) -> bool:
    """Whether nothing but likeness could make one of two statements of an article."""
    a, b = sorted((items[i], items[j]), key=lambda s: s.place)
    linked = (min(i, j), max(i, j)) in links
    return not linked and not any(x.overlaps(y) for x in a.spans for y in b.spans) and not _continues(a, b, meaning)


def _own_reports(items: Sequence[Statement], scene: Scene, links: dict[Pair, Match]) -> dict[Pair, Match]:
    """What an outlet reports as its own finding ("selon nos informations") with another one's relay of it."""
    out = {}
    own = [i for i, item in enumerate(items) if _own(item)]
    for i in own:
        for j, other in enumerate(items):
            pair = (min(i, j), max(i, j))
            apart = other.article != items[i].article and pair not in links
            if apart and scene.speakers.relation(items[i].speaker, other.speaker)[0] == "same":
                likeness = alike(items[i], other, scene.meaning)
                if likeness >= limits.MEANING_OWN_REPORT:
                    asked = Measured("MEANING_OWN_REPORT", limits.MEANING_OWN_REPORT, likeness)
                    out[pair] = Match("the outlet's own report", likeness, (asked,))
    return out


def _own(item: Statement) -> bool:
    return _hands_on(item, item)


def _hands_on(item: Statement, told: Statement) -> bool:
    """Whether the one credits the outlet of the article that has the other: "Le Courrier a rapporté que"."""
    outlet = told.reading.article.outlet
    return bool(outlet and item.speaker) and same_outlet(item.speaker or "", outlet or "")


def _groups(count: int, links: Iterable[Pair]) -> list[list[int]]:
    """The groups that the links make (union-find), each sorted, in order of the first member."""
    root = list(range(count))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for i, j in links:
        a, b = find(i), find(j)
        root[max(a, b)] = min(a, b)
    groups: dict[int, list[int]] = defaultdict(list)
    for i in range(count):
        groups[find(i)].append(i)
    return [members for members in groups.values() if len(members) > 1]


def _join_parts(group: Sequence[Statement], meaning: Meaning) -> list[Statement]:
    """Read neighbouring statements of one speaker in one article as one, where they are parts and not renderings."""
    out: list[Statement] = []
    for item in sorted(group, key=lambda s: s.place):
        last = out[-1] if out else None
        if last is not None and last.article == item.article and _continues(last, item, meaning):
            out[-1] = statement(item.reading, (*last.attributions, *item.attributions))
        else:
            out.append(item)
    return out


def _continues(last: Statement, item: Statement, meaning: Meaning) -> bool:
    if item.attributions[0] - last.attributions[-1] != 1 or last.speaker != item.speaker:
        return False
    if any(a.overlaps(b) for a in last.spans for b in item.spans):
        return False
    return alike(last, item, meaning) < limits.RENDERING and match_words(last, item, "same") is None


def _said(group: Sequence[Statement]) -> list[Statement]:
    """The group without bare figures; nothing where it is a figure and no statement.

    It is one where somebody gives it bare with what it counts, nobody quotes it, and no other number stands in it.
    A figure inside another statement ("two people say that the gang wants 30 bitcoin") is not given bare.
    """
    rest = [s for s in group if not is_bare(s)]
    bare = [s for s in group if is_bare(s) and not any(_holds(other, s) for other in rest)]
    counted = [n for s in bare for n in s.numbers]
    only = all(any(n.fits(m) for m in counted) for s in rest for n in s.numbers)
    if only and any(names_what_it_counts(s) for s in bare) and all(s.type == "indirect" for s in group):
        return []
    return rest


def _holds(outer: Statement, inner: Statement) -> bool:
    return outer.article == inner.article and all(any(o.holds(s) for o in outer.spans) for s in inner.spans)


def _utterance(story: str, group: Sequence[Statement], labels: dict[str, float], context: Context) -> Utterance:
    fullest, *others = order(group, context)
    occurrences = (occurrence(fullest, fullest, context), *(occurrence(item, fullest, context) for item in others))
    key = "|".join((story, fullest.article, *(f"{s.start}-{s.end}" for s in fullest.spans)))
    return Utterance(
        id=f"u-{sha256(key.encode('utf-8', 'replace')).hexdigest()[:12]}",
        story=story,
        speaker=fullest.speaker,
        occurrences=occurrences,
        first=surely_first({item.article: item.reading.article.published for item in group}),
        reason="; ".join(sorted(labels)),
        score=round(min(labels.values(), default=1.0), 3),
    )
