"""Figures: the numbers that answer one question, across a story's articles and within each.

First, numbers that fit one another, have one dimension and stand amid like words are one figure (a *core*).  Then
cores with different numbers are joined where the articles show that they answer the same question: the same words said
or written around them, two sources set against one another, a count or forecast revised, a title against its text, or
one measure that no article gives twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import combinations, pairwise

from recoupe.compare import thresholds as limits
from recoupe.compare.about import about
from recoupe.compare.lexicon import lexicon
from recoupe.compare.meaning import Meaning
from recoupe.compare.mentions import Mention, by_article, mentions
from recoupe.compare.names import Speakers
from recoupe.compare.quantities import fits, unit
from recoupe.compare.questions import (
    REVISED,
    SIDES,
    STATEMENT,
    Link,
    alike,
    asked_of,
    candidate,
    contrast,
    followed,
    joins,
    opposed,
    raised,
    revision,
    settled,
    title_link,
    weighed,
    within_reach,
)
from recoupe.compare.scene import Scene
from recoupe.compare.verdicts import judge
from recoupe.compare.words import words
from recoupe.model import Figure, FigureOccurrence, Utterance
from recoupe.text import Span

Pair = tuple[int, int]
_MOST_ALIKE = 150  # of a kind, a word or a measure that are compared with one another: more are no sign of one question
_MOST_MENTIONS = 4  # of a group by which it is compared: the rest say the same
IN_OTHER_CURRENCY = "the same sum in another currency"


@dataclass(frozen=True, slots=True)
class Answered:
    """A figure with its mentions, ordered by time, and the links that made them one question."""

    figure: Figure
    mentions: Sequence[Mention]
    links: Sequence[tuple[Mention, Mention, Link]]


def of_story(scene: Scene, utterances: Sequence[Utterance]) -> tuple[Figure, ...]:
    """The figures that at least two places of the story give, ordered by place.  `utterances`: the story's."""
    return tuple(answered.figure for answered in answers(scene, utterances))


def answers(scene: Scene, utterances: Sequence[Utterance]) -> list[Answered]:
    """The figures of a story, ordered by place, with what they were made of."""
    items = mentions(scene.readings)
    meaning = scene.meaning
    groups = Groups(items)
    if len({reading.article.lang for reading in scene.readings}) > 1:
        meaning.learn(item.noun or item.raw_unit or "" for item in items if item.noun or item.counted)
    shares = _same_values(groups, meaning)
    _same_statement(groups, utterances)
    _currencies(groups)
    _within_articles(groups, scene.speakers)
    lone = _titles(groups)
    _across(groups, meaning)
    _superseded(groups)
    links: dict[int, list[tuple[Mention, Mention, Link]]] = defaultdict(list)
    for (i, j), link in groups.links:
        links[groups.find(i)].append((items[i], items[j], link))
    out = []
    for root, members in groups.members().items():
        found = _without_echoes(_in_one_unit([(items[i], shares.get(i)) for i in members], groups, members))
        told = [m for m in found if not m.in_title]
        if len(told) > 1 or (told and len({m.article for m in found}) > 1):
            out.append(_answered(scene.story, found, links[root]))
    out += [_answered(scene.story, [items[i], items[j]], [(items[i], items[j], link)]) for i, j, link in lone]
    return sorted(out, key=lambda answered: _order(answered.figure))


def _order(figure: Figure) -> tuple[object, ...]:
    first = figure.occurrences[0]
    return first.article, first.in_title, first.span, figure.id


class Groups:
    """Mentions joined into questions: a union-find that keeps the links that joined them."""

    def __init__(self, items: Sequence[Mention]) -> None:
        self.items = items
        self._root = list(range(len(items)))
        self._camps = [(i, item.camp) for i, item in enumerate(items) if item.camp]
        self.links: list[tuple[Pair, Link]] = []

    def find(self, i: int) -> int:
        """The representative of a mention's group."""
        while self._root[i] != i:
            self._root[i] = self._root[self._root[i]]
            i = self._root[i]
        return i

    def join(self, i: int, j: int, link: Link) -> None:
        """Put the groups of two mentions together."""
        a, b = self.find(i), self.find(j)
        self.links.append(((i, j), link))
        self._root[max(a, b)] = min(a, b)

    def of_two_camps(self, i: int, j: int) -> bool:
        """Whether the groups of two mentions count the people of two parties: each army's own dead."""
        roots = self.find(i), self.find(j)
        one, other = ({name for k, camp in self._camps if self.find(k) == root for name in camp} for root in roots)
        return bool(one and other) and one.isdisjoint(other)

    def members(self) -> dict[int, list[int]]:
        """Representative -> the mentions of its group, in order."""
        out: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self.items)):
            out[self.find(i)].append(i)
        return dict(out)


# --- cores --------------------------------------------------------------------------------------------------------


def _same_values(groups: Groups, meaning: Meaning) -> dict[int, float]:
    """Join the mentions whose numbers fit amid words alike, the surest first; the shares of counts joined as such."""
    items = groups.items
    pairs = _candidates(items, meaning)
    open_ = [(items[i], items[j]) for i, j in pairs if settled(items[i], items[j]) is None]
    meaning.learn(item.near for pair in open_ for item in pair)
    apart = [(a, b) for a, b in open_ if meaning.likeness(a.near, b.near) < asked_of(a, b, meaning)]
    meaning.learn(item.wide for pair in apart for item in pair)
    found = []
    for i, j in pairs:
        link = alike(items[i], items[j], meaning)
        if link:
            found.append((-link.score, i, j, link))
    shares = _shares(groups.items, meaning)
    found += [(-link.score, min(i, j), max(i, j), link) for i, j, _, link in shares]
    for _, i, j, link in sorted(found, key=lambda x: x[:3]):
        if groups.find(i) != groups.find(j):
            groups.join(i, j, link)
    return {i: share for i, _, share, _ in shares}


def _candidates(items: Sequence[Mention], meaning: Meaning) -> list[Pair]:
    """The pairs of mentions of one kind whose numbers fit, found by walking each kind in order of value.

    Of mentions with the very same words around, as copies have them, all are paired with the first only.
    """
    by_kind: dict[str, list[int]] = defaultdict(list)
    seen: dict[tuple[object, ...], int] = {}
    out = set()
    for i, item in enumerate(items):
        first = seen.setdefault((item.kind, item.value, item.wide), i)
        if first == i:
            by_kind[item.kind].append(i)
            if item.rate:
                by_kind[f"{item.kind} a year"].append(i)
        elif candidate(items[first], item, meaning):
            out.add((first, i))
    for kind, places in by_kind.items():
        value = {i: items[i].yearly if kind.endswith(" a year") else items[i].value for i in places}
        ordered = sorted(places, key=lambda i: (value[i], i))
        for at, i in enumerate(ordered):
            for j in ordered[at + 1 : at + 1 + _MOST_ALIKE]:
                if value[j] > value[i] * limits.WIDEST_FIT:
                    break
                if candidate(items[min(i, j)], items[max(i, j)], meaning):
                    out.add((min(i, j), max(i, j)))
    return sorted(out)


def _shares(items: Sequence[Mention], meaning: Meaning) -> list[tuple[int, int, float, Link]]:
    """Counts that are part of the next one ("31 des 40 économistes") with the same share given as one."""
    out = []
    ratios = [(i, m) for i, m in enumerate(items) if m.kind == "%"]
    for i, (one, two) in enumerate(pairwise(items)):
        share = _share(one, two)
        for j, other in ratios if share else []:
            if share and fits(other.value, share, other.modifier):
                meaning.learn((one.wide, one.near, other.wide, other.near))
                likeness = max(meaning.likeness(one.wide, other.wide), meaning.likeness(one.near, other.near))
                if likeness >= limits.CONTEXT[0]:
                    out.append((i, j, share, Link("the same share", likeness)))
    return out


def _share(one: Mention, two: Mention) -> float | None:
    """The first count as a percentage of the second, where the words between make it its part."""
    if one.article != two.article or one.in_title or two.in_title or not (one.counted and two.counted):
        return None
    between = one.reading.text[one.span.end : two.span.start].casefold().split()
    lex = lexicon(one.reading.article.lang)
    if not between or len(between) > 3 or not all(w in lex.of | lex.determiners for w in between) or not two.value:
        return None
    return 100 * one.value / two.value if one.value <= two.value else None


# --- the same question with another number ----------------------------------------------------------------------------


def _same_statement(groups: Groups, utterances: Iterable[Utterance]) -> None:
    """Join the numbers that stand at the same point of one utterance."""
    where = {(m.article, m.span): i for i, m in enumerate(groups.items) if not m.in_title}
    for utterance in utterances:
        inside = [
            [i for (article, span), i in sorted(where.items()) if article == o.article and _holds(o.content, span)]
            for o in utterance.occurrences
        ]
        for other in inside[1:]:
            _align(groups, inside[0], other)


def _holds(content: Iterable[Span], span: Span) -> bool:
    return any(c.holds(span) for c in content)


def _align(groups: Groups, first: Sequence[int], other: Sequence[int]) -> None:
    """Pair the numbers of two reports: those that fit one another, then what is left of the same kind, in order."""
    link = Link(STATEMENT, 0.95)
    items = groups.items
    left, right = list(first), list(other)
    for i in first:
        partner = next((j for j in right if items[j].kind == items[i].kind and items[i].fits(items[j])), None)
        if partner is not None:
            left.remove(i)
            right.remove(partner)
            groups.join(min(i, partner), max(i, partner), link)
    for i in left:
        partner = next((j for j in right if items[j].kind == items[i].kind), None)
        if partner is not None:
            right.remove(partner)
            groups.join(min(i, partner), max(i, partner), link)


def _within_articles(groups: Groups, speakers: Speakers) -> None:
    """Join numbers that one article sets against one another, or of which one revises the other."""
    index = {m.place: i for i, m in enumerate(groups.items)}
    weak = []
    for found in by_article(groups.items).values():
        body = [m for m in found if not m.in_title]
        for at, later in enumerate(body):
            earlier = [m for m in body[max(at - limits.LOOK_BACK, 0) : at] if m.kind == later.kind]
            link_to = revision(earlier, later) or opposed(earlier, later) or contrast(earlier, later, speakers)
            if link_to is None:
                continue
            partner, link = link_to
            pair = sorted((index[partner.place], index[later.place]))
            if groups.of_two_camps(pair[0], pair[1]):
                continue
            if link.score < limits.SURE_CONTRAST:
                weak.append((pair[0], pair[1], link))
            else:
                groups.join(pair[0], pair[1], link)
    for i, j, link in weak:
        members = groups.members()
        together = [groups.items[k] for k in {*members[groups.find(i)], *members[groups.find(j)]}]
        if len({m.article for m in together}) == 1:
            groups.join(i, j, link)
    _parallel(groups)


def _parallel(groups: Groups) -> None:
    """Join the numbers that follow two that sources give side by side: "277 to her, 226 to him; 267 and 224"."""
    items = groups.items
    for (i, j), link in list(groups.links):
        if link.label != SIDES or j != i + 2 or j + 1 >= len(items):
            continue
        one, other = items[i + 1], items[j + 1]
        owned = bool(one.holders & other.holders) and not one.holders & items[i].holders
        if owned and one.article == other.article and one.kind == other.kind and not one.fits(other):
            groups.join(i + 1, j + 1, Link(SIDES, link.score))


def _currencies(groups: Groups) -> None:
    """Join a sum with the same sum in another currency that follows in parentheses."""
    for i, (one, two) in enumerate(pairwise(groups.items)):
        if one.article == two.article and not one.in_title and _converted(one, two):
            groups.join(i, i + 1, Link(IN_OTHER_CURRENCY, 0.95))


def _converted(one: Mention, two: Mention) -> bool:
    """Whether the second is the first in another currency: "£36 million (about €42 million)"."""
    between = one.reading.text[one.span.end : two.span.start]
    lex = lexicon(one.reading.article.lang)
    small = all(w.fold in lex.frame | lex.stop for w in words(between, [Span(0, len(between))]))
    money = one.kind != two.kind and not one.counted and not two.counted and one.kind.isupper() and two.kind.isupper()
    return money and small and between.lstrip().startswith("(")


def _titles(groups: Groups) -> list[tuple[int, int, Link]]:
    """Join a number atop the text that its own text does not give with the one that the text has in its place.

    The same for numbers in titles that stand apart from the text is returned: no one else's figure hangs on those.
    """
    lone = []
    members = groups.members()
    for i, item in enumerate(groups.items):
        top = item.in_title or _repeats_title(item)
        if not top or len(members[groups.find(i)]) > 1:
            continue
        body = [m for m in groups.items if m.article == item.article and not m.in_title and m.place != item.place]
        partner, link = title_link(item, body) or (None, None)
        if partner is not None and link is not None:
            j = groups.items.index(partner)
            if item.in_title:
                lone.append((i, j, link))
            else:
                groups.join(min(i, j), max(i, j), link)
    return lone


def _repeats_title(item: Mention) -> bool:
    title = item.reading.article.title
    return bool(title) and item.reading.text.startswith(title) and item.span.end <= len(title)


def _across(groups: Groups, meaning: Meaning) -> None:
    """Join groups that no article shares, the likeliest first; then again, with what their neighbours have shown."""
    stated = [m for m in groups.items if not m.in_title and m.status not in ("period", "threshold")]
    alone = Counter((m.article, asked) for m in stated for asked in _asked(m))
    for _ in range(limits.PASSES):
        members = groups.members()
        neighbours = _neighbours(groups)
        pairs = _possible_joins(groups, members)
        both = (([groups.items[i] for i in members[a]], [groups.items[i] for i in members[b]]) for a, b in pairs)
        meaning.learn(text for left, right in both for m in weighed(left, right, meaning) for text in (m.near, m.wide))
        found = []
        for a, b in pairs:
            ones, others = members[a], members[b]
            left, right = [groups.items[i] for i in ones], [groups.items[i] for i in others]
            told = [m for m in (*left, *right) if not m.in_title]
            single = any(all(alone[m.article, asked] <= 1 for m in told) for asked in _asked(told[0])) if told else True
            link = joins(left, right, meaning, neighbours=neighbours(a, b), only=single)
            if link:
                found.append((-link.score, a, b, link))
        taken: set[int] = set()
        for _, a, b, link in sorted(found, key=lambda x: x[:3]):
            if not {a, b} & taken and not groups.of_two_camps(a, b):
                taken |= {a, b}
                groups.join(a, b, link)
        if not taken:
            return


def _superseded(groups: Groups) -> None:
    """Join a number with the one that it is told to follow ("de 90 à 130", "15, up from 12"), once current elsewhere.

    Where no earlier article gives the first alone, it may be another year's or season's.
    """
    for i, (one, two) in enumerate(pairwise(groups.items)):
        old, new = (i, i + 1) if raised(one, two) else (i + 1, i) if followed(one, two) else (i, i)
        if old == new or groups.find(old) == groups.find(new):
            continue
        members = groups.members()
        later = {groups.items[k].article for k in members[groups.find(new)]}
        alone = [groups.items[k] for k in members[groups.find(old)] if groups.items[k].article not in later]
        if any(not m.in_title and _moment(m) <= _moment(two) for m in alone):
            groups.join(i, i + 1, Link(REVISED, 0.85))


def _asked(mention: Mention) -> list[str]:
    """What there may be only one number of in an article: its kind, its measure."""
    return [mention.kind, *([f"measure: {mention.measure.name}"] if mention.measure else [])]


def _possible_joins(groups: Groups, members: dict[int, list[int]]) -> list[Pair]:
    """The pairs of groups that share a telling word, a measure, a rate or, across languages, have nouns to compare."""
    posting: dict[tuple[str, str], list[int]] = defaultdict(list)
    for root, found in sorted(members.items()):
        some = [groups.items[i] for i in found[:_MOST_MENTIONS]]
        signs = {("key", key) for m in some for key in m.keys}
        signs |= {("measure", m.measure.name) for m in some if m.measure}
        signs |= {("noun", "") for m in some if m.noun}
        signs |= {("kind", m.kind) for m in some if m.measured}
        signs |= {("rate", f"{m.kind} a {m.rate}") for m in some if m.rate}
        for sign in sorted(signs):
            posting[sign].append(root)
    common = (found for found in posting.values() if len(found) <= _MOST_ALIKE)
    pairs = {pair for found in common for pair in combinations(found, 2)}
    return sorted(pair for pair in pairs if _may_join(*(groups.items[members[root][0]] for root in pair)))


def _may_join(a: Mention, b: Mention) -> bool:
    """Whether two groups' first numbers are of one kind and within reach of one another."""
    return a.kind == b.kind and within_reach(a, b)


def _neighbours(groups: Groups) -> Callable[[int, int], bool]:
    """Whether the numbers right before or after two groups' members are of one group."""
    beside: dict[int, set[int]] = defaultdict(set)
    for i, (one, two) in enumerate(zip(groups.items, groups.items[1:], strict=False)):
        if one.article == two.article and one.around.sentence == two.around.sentence and not one.in_title:
            beside[groups.find(i)].add(groups.find(i + 1))
            beside[groups.find(i + 1)].add(groups.find(i))
    return lambda a, b: bool((beside[a] & beside[b]) - {a, b})


# --- the figure ---------------------------------------------------------------------------------------------------


def _in_one_unit(
    found: Sequence[tuple[Mention, float | None]], groups: Groups, members: Sequence[int]
) -> list[Mention]:
    """The mentions, with counts turned into shares, and sums into the currency, where others of the group are so."""
    percent = any(m.kind == "%" for m, _ in found)
    out = [
        replace(m, value=share, unit="%", raw_unit="%") if percent and share and m.counted else m for m, share in found
    ]
    where = {i: at for at, i in enumerate(members)}
    common = Counter(m.unit for m in out).most_common(1)[0][0]
    for pair, link in groups.links:
        if link.label == IN_OTHER_CURRENCY and pair[0] in where:
            kept, turned = sorted((where[i] for i in pair), key=lambda at: out[at].unit != common)
            model = out[kept]
            out[turned] = replace(out[turned], value=model.value, unit=model.unit, raw_unit=model.raw_unit)
    return out


def _without_echoes(found: Sequence[Mention]) -> list[Mention]:
    """The mentions without the titles whose own text says the same: a title is no second place of it."""
    body = [m for m in found if not m.in_title]
    return [m for m in found if not (m.in_title and any(b.article == m.article and b.fits(m) for b in body))]


def _answered(story: str, found: Sequence[Mention], links: Sequence[tuple[Mention, Mention, Link]]) -> Answered:
    ordered = sorted(found, key=lambda m: (_moment(m), m.place))
    score = min((link.score for _, _, link in links), default=1.0)
    verdict, reason = judge(ordered, {link.label for one, two, link in links if not one.fits(two)}, score)
    shown = _unit(ordered)
    first = min(found, key=lambda m: m.place)
    key = f"{story}|{first.article}|{first.in_title}|{first.span.start}-{first.span.end}"
    figure = Figure(
        id=f"f-{sha256(key.encode('utf-8', 'replace')).hexdigest()[:12]}",
        story=story,
        about=about(ordered),
        verdict=verdict,
        occurrences=tuple(_occurrence(m, shown) for m in ordered),
        reason=reason,
        score=round(score, 3),
    )
    return Answered(figure, ordered, links)


def _moment(mention: Mention) -> float:
    moment = mention.reading.article.moment
    return moment.timestamp() if moment else float("inf")


def _unit(found: Sequence[Mention]) -> str | None:
    """The base unit where some article uses it, else the one that most use, of the first where two are as frequent."""
    base = next((m.raw_unit for m in found if m.raw_unit == m.unit and not m.counted), None)
    return base or Counter(m.raw_unit for m in found).most_common(1)[0][0]


def _occurrence(mention: Mention, shown: str | None) -> FigureOccurrence:
    known = unit(shown)
    if known is not None and known.base != mention.unit:
        known = None
    factor = known.factor if known is not None else 1.0
    return FigureOccurrence(
        article=mention.article,
        span=mention.span,
        quantity=mention.index,
        value=float(f"{mention.value / factor:.10g}"),
        unit=shown if known is not None else mention.raw_unit,
        modifier=mention.modifier,
        according_to=mention.source,
        in_title=mention.in_title,
    )
