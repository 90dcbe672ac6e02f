"""Origins: where a claim first came from as far as the articles say, and who rests on whom.

An article that only relays another adds no origin: neither does one that copied the place where the claim stands, nor
an outlet that is named as the source while its own article, in the pile, names another.  The origin is the deepest
named person or body; an unnamed source makes the outlet or agency that it spoke to the origin.  What the reports leave
open is given as an interval.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Final

from recoupe.compare.lexicon import everywhere
from recoupe.compare.lexicon import roles as role_words
from recoupe.compare.meaning import Meaning
from recoupe.compare.names import Speaker, Speakers, speaker
from recoupe.compare.outlets import is_initials, same_outlet
from recoupe.compare.words import stem
from recoupe.model import Credit, Edge, Figure, Origins, Reading, Reuse, Story, Utterance
from recoupe.text import Span, fold

_FIRST_WORD: Final = re.compile(r"\w+")
_SENTENCE_END: Final = re.compile(r"[.!?…]['’»”\"]*\s|\n")
_DATELINE: Final = 60  # characters in which an agency signs
_OPENING: Final = 400  # characters in which an article says whose information it is
_CARRIERS: Final = frozenset({"agency", "outlet"})


@dataclass(frozen=True, slots=True)
class Place:
    """One occurrence of a claim: who says so there, and with which words as evidence."""

    article: str
    spans: tuple[Span, ...]
    name: str | None
    evidence: Span | None
    value: float | None = None
    in_title: bool = False


@dataclass(slots=True)
class _Origin:
    """One origin with the names that reports give it, in the order of the places."""

    names: list[str]
    values: set[float]


@cache
def _words() -> Mapping[str, frozenset[str]]:
    raw = files("recoupe.compare").joinpath("data", "origins", "words.toml").read_text(encoding="utf-8")
    return {key: frozenset(group) for key, group in tomllib.loads(raw).items()}


def trace(
    readings: Sequence[Reading],
    stories: Sequence[Story],
    utterances: Sequence[Utterance],
    figures: Sequence[Figure],
    reuse: Sequence[Reuse],
) -> tuple[tuple[Origins, ...], tuple[Edge, ...]]:
    """The origins of each claim, in the order of the claims, and the edges of the graph of who rests on whom."""
    by_id = {reading.id: reading for reading in readings}
    copies = _copies(reuse)
    origins: list[Origins] = []
    edges: list[Edge] = [*_reuse_edges(reuse), *_credit_edges(readings, stories)]
    speakers: dict[str, Speakers] = {}
    full_names: dict[str, dict[str, str]] = {}
    members = {story.id: [by_id[a] for a in story.articles if a in by_id] for story in stories}
    meaning = Meaning()
    claims: list[Utterance | Figure] = [*utterances, *figures]
    for claim in claims:
        if claim.story not in speakers:
            speakers[claim.story] = Speakers(members.get(claim.story, []), meaning)
            full_names[claim.story] = _full_names(members.get(claim.story, []))
        places = _places(claim, by_id)
        tracer = _Tracer(claim, by_id, speakers[claim.story], full_names[claim.story])
        origins.append(tracer.origins(_firsthand(places, copies), places))
        edges += tracer.edges(places)
    return tuple(origins), tuple(sorted(_with_circles(set(edges), by_id.keys()), key=_edge_key))


def _edge_key(edge: Edge) -> tuple[str, str, str, str, tuple[int, int], str]:
    span = edge.span or Span(-1, -1)
    return edge.article, edge.kind, edge.rests_on, edge.claim or "", (span.start, span.end), edge.reason


# --- places -----------------------------------------------------------------------------------------------------


def _places(claim: Utterance | Figure, by_id: Mapping[str, Reading]) -> list[Place]:
    places = []
    if isinstance(claim, Utterance):
        for occurrence in claim.occurrences:
            attribution = by_id[occurrence.article].attributions[occurrence.attribution]
            evidence = attribution.source or attribution.cue
            places.append(Place(occurrence.article, occurrence.content, occurrence.speaker, evidence))
    else:
        for figure in claim.occurrences:
            span = None if figure.in_title else figure.span
            places.append(
                Place(figure.article, (figure.span,), figure.according_to, span, figure.value, figure.in_title)
            )
    return places


def _copies(reuse: Iterable[Reuse]) -> dict[str, list[Reuse]]:
    by_copy = defaultdict(list)
    for pair in reuse:
        by_copy[pair.copy].append(pair)
    return by_copy


def _firsthand(places: Sequence[Place], copies: Mapping[str, Sequence[Reuse]]) -> list[Place]:
    """The places that do not lie in text copied from another place of the same claim; all where that leaves none."""
    kept = [place for place in places if not _is_copied(place, places, copies)]
    return kept or list(places)


def _is_copied(place: Place, places: Sequence[Place], copies: Mapping[str, Sequence[Reuse]]) -> bool:
    if place.in_title:
        return False
    for pair in copies.get(place.article, ()):
        for passage in pair.passages:
            if any(passage.copy.overlaps(span) for span in place.spans) and any(
                other.article == pair.source
                and not other.in_title
                and any(passage.source.overlaps(span) for span in other.spans)
                for other in places
            ):
                return True
    return False


# --- names ------------------------------------------------------------------------------------------------------


def _full_names(readings: Iterable[Reading]) -> dict[str, str]:
    """Initials -> the full name that a story's articles give them, where they give just one ("CUT")."""
    names = {c.name for r in readings for c in r.credits} | {a.speaker or "" for r in readings for a in r.attributions}
    short = {name for name in names if name.isupper() and name.isalpha()}
    full = {name: sorted({_bare(n) for n in names - short if is_initials(name, n)}) for name in short}
    return {name: fitting[0] for name, fitting in full.items() if len(fitting) == 1}


def _bag(name: Speaker) -> frozenset[str]:
    """A name's words, as stems and roles: cognates and translations of offices meet."""
    return frozenset(stem(word) for word in name.names) | name.roles


def is_unnamed(name: str) -> bool:
    """Whether a name is only the description of somebody whom the article does not name."""
    who = speaker(name)
    if who.names:
        return False
    first = _FIRST_WORD.match(name.strip())
    return who.unnamed or (first is not None and first.group().casefold() in _words()["indefinite"])


def sentence(text: str, span: Span) -> Span:
    """The sentence around a span, by its full stops and line ends: enough to look for a credit beside a source."""
    start = 0
    for match in _SENTENCE_END.finditer(text, max(0, span.start - 600), span.start):
        start = match.end()
    start = start or max(0, span.start - 600)
    after = _SENTENCE_END.search(text, span.end, span.end + 600)
    return Span(start, after.start() + 1 if after else min(len(text), span.end + 600))


class _Tracer:
    """The origins of one claim."""

    def __init__(
        self,
        claim: Utterance | Figure,
        by_id: Mapping[str, Reading],
        speakers: Speakers,
        full_names: Mapping[str, str],
    ) -> None:
        self._claim = claim
        self._by_id = by_id
        self._speakers = speakers
        self._full = full_names
        articles = {by_id[o.article].article.outlet for o in claim.occurrences}
        self._story_outlets = sorted(outlet for outlet in articles if outlet)

    def origins(self, firsthand: Sequence[Place], places: Sequence[Place]) -> Origins:
        """What the places say together."""
        if isinstance(self._claim, Utterance):
            return self._of_utterance(firsthand, places)
        return self._of_figure(firsthand, places)

    def edges(self, places: Sequence[Place]) -> list[Edge]:
        """For each place the name it rests on; its own outlet where it names nobody and credits nobody."""
        found = []
        for place in places:
            if place.in_title:
                continue
            name, reason = self._named(place)
            if name is not None:
                kind = "speaker" if name == place.name else "outlet"
                found.append(Edge(place.article, name, kind, place.evidence, self._claim.id, reason))  # type: ignore[arg-type]
        return found

    # Utterances: one act of saying has one origin.

    def _of_utterance(self, firsthand: Sequence[Place], places: Sequence[Place]) -> Origins:
        said_by = self._claim.speaker if isinstance(self._claim, Utterance) else None
        same = [p.name for p in places if p.name and said_by and self._relation(p.name, said_by) == "same"]
        named = [name for name in ([said_by] if said_by else []) + same if not is_unnamed(name)]
        if named:
            best = self._best(named)
            return Origins(self._claim.id, (best,), 1, 1, "the speaker")
        carriers = [c for place in self._by_time(firsthand) for c in self._carriers(place)]
        outlets = [o for place in self._by_time(firsthand) if (o := self._outlet(place)) is not None]
        distinct = _distinct([*carriers, *outlets] if carriers else outlets)
        if carriers:
            name = max(dict.fromkeys(carriers), key=carriers.count)
            return Origins(self._claim.id, (name,), 1, 1, "unnamed source, credited")
        if outlets:
            return Origins(self._claim.id, (outlets[0],), 1, len(distinct), "unnamed source, first carrier")
        return Origins(self._claim.id, (), 0, max(1, len(firsthand)), "no source named")

    # Figures: as many as the names that give the number, relays left out.

    def _of_figure(self, firsthand: Sequence[Place], places: Sequence[Place]) -> Origins:
        groups: list[_Origin] = []
        silent: list[Place] = []
        for place in sorted(firsthand, key=lambda p: self._time_key(p.article)):
            name, _ = self._named(place)
            if name is None or place.in_title:
                silent.append(place)
            else:
                self._join(groups, name, place)
        groups = self._without_relays(groups, places)
        names = tuple(self._best(group.names) for group in groups)
        loose = _distinct([o for place in silent if not place.in_title if (o := self._own_outlet(place)) is not None])
        if names:
            most = len(names) + len([o for o in loose if not any(same_outlet(o, n) for n in names)])
            return Origins(self._claim.id, names, self._surely(groups), most, "according to")
        if loose:
            return Origins(self._claim.id, (loose[0],), 1, len(loose), "no source named, first carrier")
        return Origins(self._claim.id, (), 0, len(places), "no source named")

    def _join(self, groups: list[_Origin], name: str, place: Place) -> None:
        """Put a name to the origin that it fits: by the name alone, else one that names nobody by its number."""
        fitting = [g for g in groups if any(self._relation(name, other) == "same" for other in g.names)]
        if not fitting:
            fitting = [g for g in groups if self._may_be(name, place, g)]
        value = {round(place.value, 3)} if place.value is not None else set()
        if fitting:
            fitting[0].names.append(name)
            fitting[0].values |= value
            for other in fitting[1:]:
                fitting[0].names += other.names
                fitting[0].values |= other.values
                groups.remove(other)
        else:
            groups.append(_Origin([name], value))

    def _may_be(self, name: str, place: Place, group: _Origin) -> bool:
        """Whether a general description ("the management", "a statement") gives the number of a group that fits it."""
        if place.value is None or not any(_close(place.value, value) for value in group.values):
            return False
        if all(self._relation(name, other) == "different" for other in group.names):
            return False
        if any(same_outlet(other, outlet) for other in group.names for outlet in self._story_outlets):
            return False  # an outlet is no company, club or document that another report speaks of
        names = (name, *group.names)
        if {speaker(other).kind for other in names} == {"person", "description"} and any(map(_is_office, names)):
            return all(_is_office(other) or speaker(other).kind == "person" for other in names)
        return _is_general(name) or all(_is_general(other) for other in group.names)

    def _without_relays(self, groups: list[_Origin], places: Sequence[Place]) -> list[_Origin]:
        """Without outlets whose own article gives the number with another source."""
        kept = []
        for group in groups:
            relay = any(
                same_outlet(name, self._by_id[place.article].article.outlet)
                and place.name is not None
                and not same_outlet(place.name, name)
                and not is_unnamed(place.name)
                and any(_close(place.value or 0.0, value) for value in group.values)
                for name in group.names
                for place in places
            )
            if not relay:
                kept.append(group)
        return kept or groups

    def _surely(self, groups: Sequence[_Origin]) -> int:
        """How many of the origins cannot be one another: descriptions that may fit another origin are not counted."""
        sure = 0
        for i, group in enumerate(groups):
            others = [g for k, g in enumerate(groups) if k != i]
            open_to = any(
                _is_general(group.names[0]) and self._relation(group.names[0], other.names[0]) == "open"
                for other in others
            )
            sure += not open_to
        return max(1, sure)

    # What one place says.

    def _named(self, place: Place) -> tuple[str | None, str]:
        """The name a place rests on and why: the source it names, else whom an unnamed one spoke to."""
        reading = self._by_id[place.article]
        if place.name is None:
            return (reading.article.outlet, "own reporting") if _is_own(reading) else (None, "")
        if _signs(reading, place.name):
            return None, ""
        if same_outlet(place.name, reading.article.outlet):
            return reading.article.outlet, "own reporting"  # "the Herald understands"
        if not is_unnamed(place.name):
            return place.name, "named"
        carriers = self._carriers(place)
        if carriers:
            return carriers[0], "unnamed source, credited"
        return self._outlet(place), "unnamed source, own reporting"

    def _carriers(self, place: Place) -> list[str]:
        """The agencies and outlets credited in the sentence of the place's source."""
        reading = self._by_id[place.article]
        if place.in_title or place.evidence is None:
            return []
        around = [sentence(reading.text, place.evidence), *(sentence(reading.text, s) for s in place.spans[:1])]
        return [credit.name for credit in _carrying(reading) if any(s.overlaps(credit.span) for s in around)]

    def _outlet(self, place: Place) -> str | None:
        return self._by_id[place.article].article.outlet

    def _own_outlet(self, place: Place) -> str | None:
        """The outlet of a place whose article credits no other outlet or agency."""
        reading = self._by_id[place.article]
        others = [c for c in _carrying(reading) if not same_outlet(c.name, reading.article.outlet)]
        return None if others else reading.article.outlet

    def _by_time(self, places: Sequence[Place]) -> list[Place]:
        return sorted(places, key=lambda p: self._time_key(p.article))

    def _time_key(self, article: str) -> tuple[float, str]:
        moment = self._by_id[article].article.moment
        return moment.timestamp() if moment else float("inf"), article

    def _relation(self, one: str, other: str) -> str:
        a, b = speaker(one), speaker(other)
        bags = sorted((_bag(a), _bag(b)), key=len)
        if bags[0] and bags[0] <= bags[1] and not ("person" in (a.kind, b.kind) and a.names and b.names):
            return "same"
        return self._speakers.relation(one, other)[0]

    def _best(self, names: Sequence[str]) -> str:
        """The name to show: the body before those who hold it, then the fullest proper name, then the first given."""

        def merit(item: tuple[int, str]) -> tuple[bool, int, int, int]:
            place, name = item
            who = speaker(name)
            body = bool(set(_folded(name)) & _words()["bodies"])
            return (not body, -len(who.names), -len(name) if who.names else 0, place)

        best = min(enumerate(names), key=merit)[1]
        return _bare(self._full.get(best, best))


def _is_own(reading: Reading) -> bool:
    """Whether the article opens by saying that it is its outlet's own information ("selon nos informations")."""
    return any(
        credit.kind == "outlet" and credit.span.start < _OPENING and same_outlet(credit.name, reading.article.outlet)
        for credit in reading.credits
    )


def _signs(reading: Reading, name: str) -> bool:
    """Whether a name is only the agency that signs the article at its head: "PARIS (AFP) -"."""
    return any(
        credit.kind == "agency" and credit.span.start < _DATELINE and same_outlet(credit.name, name)
        for credit in reading.credits
    ) and same_outlet(name, reading.article.outlet)


def _carrying(reading: Reading) -> list[Credit]:
    return [credit for credit in reading.credits if credit.kind in _CARRIERS]


def _folded(name: str) -> list[str]:
    return [fold(word) for word in _FIRST_WORD.findall(name)]


_DETERMINER: Final = re.compile(r"(?:[Ll]['’]|(?:[Ll]e|[Ll]a|[Ll]es|[Tt]he)\s+)(?=\w)")


def _bare(name: str) -> str:
    """A name without its determiner and title ("la préfecture", "Mme X"); a capital one is part of it ("Le Monde")."""
    found = _DETERMINER.match(name)
    if found and not (name[0].isupper() and speaker(name).names):
        name = name[found.end() :]
    title, _, rest = name.partition(" ")
    return rest if rest and fold(title).rstrip(".") in everywhere().titles else name


def _is_general(name: str) -> bool:
    """Whether a name fits any body ("the company", "la direction") or is only a document or count of somebody."""
    who = speaker(name)
    if who.names:
        return False
    small = everywhere().determiners | everywhere().stop
    content = set(_folded(name)) - small
    return who.generic or content <= _words()["documents"]


def _is_office(name: str) -> bool:
    """Whether a name is only an office that one person holds ("le procureur"), not a body ("le parquet")."""
    content = set(_folded(name)) - everywhere().determiners - everywhere().stop
    return bool(content) and content <= role_words().keys() - _words()["bodies"]


def _close(one: float, other: float) -> bool:
    """Whether two values are one number, rounding included (three significant digits)."""
    return abs(one - other) <= 0.02 * max(abs(one), abs(other))


def _distinct(names: Iterable[str]) -> list[str]:
    """The names in order, each outlet once."""
    kept: list[str] = []
    for name in names:
        if not any(same_outlet(name, other) for other in kept):
            kept.append(name)
    return kept


# --- who rests on whom ------------------------------------------------------------------------------------------


def _reuse_edges(reuse: Iterable[Reuse]) -> Iterable[Edge]:
    for pair in reuse:
        reason = f"{round(100 * pair.share)} % of its words, by {pair.reason}"
        yield Edge(pair.copy, pair.source, "reuse", pair.passages[0].copy, None, reason)


def _credit_edges(readings: Iterable[Reading], stories: Iterable[Story]) -> Iterable[Edge]:
    """Each credit as an edge, to the story's article of that outlet where there is just one."""
    by_id = {reading.id: reading for reading in readings}
    story_of = {article: story for story in stories for article in story.articles}
    for reading in sorted(by_id.values(), key=lambda r: r.id):
        story = story_of.get(reading.id)
        others = [by_id[a] for a in story.articles if a != reading.id and a in by_id] if story else []
        for credit in reading.credits:
            if same_outlet(credit.name, reading.article.outlet):
                continue
            fitting = [o.id for o in others if same_outlet(credit.name, o.article.outlet)]
            target = fitting[0] if len(fitting) == 1 else credit.name
            yield Edge(reading.id, target, "credit", credit.span, None, f"credits {credit.name}")


def _with_circles(edges: Iterable[Edge], articles: Iterable[str]) -> list[Edge]:
    """The edges; those between articles that rest on one another say so: each makes the other look confirmed."""
    found = list(edges)
    known = set(articles)
    rests: dict[str, set[str]] = defaultdict(set)
    for edge in found:
        if edge.rests_on in known:
            rests[edge.article].add(edge.rests_on)
    behind = {article: _behind(article, rests) for article in rests}
    return [
        replace(edge, reason=f"{edge.reason}; circular") if edge.article in behind.get(edge.rests_on, ()) else edge
        for edge in found
    ]


def _behind(article: str, rests: Mapping[str, set[str]]) -> set[str]:
    """All articles that an article rests on, at first or second hand."""
    seen: set[str] = set()
    waiting = list(rests.get(article, ()))
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += rests.get(one, ())
    return seen
