"""Origins: where a claim first came from as far as the articles say.

An article that only relays another adds no origin: neither does one that copied the place where the claim stands, nor
an outlet that is named as the source while its own article, in the pile, names another.  The origin is the deepest
named person or body; an unnamed source makes the outlet or agency that it spoke to the origin, and a number that nobody
says is whose act it is (see `recoupe.compare.actors`).  Whether two names are one origin's is told by the names (see
`recoupe.compare.parties`) and by what the story says of them (`recoupe.compare.identities`).  What the reports leave
open is given as an interval; where nothing but titles holds a claim, or nobody's outlet is known, no name is given.

The reason of origins is a label and, after ": ", what can be checked; the same labels stand on the edges of claims:

- `named as the speaker`, `named as the source`: the names as the articles give them.
- `unnamed source told`: the outlet or agency that the reports credit.
- `unnamed source, first reported by`, `no source named, first reported by`: the outlet.
- `own information`: the outlet that says that it is (edges only).
- `cannot tell`: "no source named", or "in titles only".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from recoupe.compare import edges as graph
from recoupe.compare.actors import actor
from recoupe.compare.identities import Identities, bare, has_unknown_calling, is_general, is_office
from recoupe.compare.names import Relation, speaker
from recoupe.compare.outlets import CARRIERS, names_outlet, others, same_outlet, signature
from recoupe.compare.parties import holds_office, is_anonymous, is_belonging, is_nobody, party, spoken_for
from recoupe.compare.parties import relation as party_relation
from recoupe.compare.scene import Scene
from recoupe.model import Credit, Edge, Figure, Origins, Reading, Reuse, Utterance
from recoupe.text import Span

_SENTENCE_END: Final = re.compile(r"[.!?…]['’»”\"]*\s|\n")
_SOURCE: Final = "named as the source"
_OWN: Final = "own information"
_TOLD: Final = "unnamed source told"
_FIRST: Final = "unnamed source, first reported by"
_OPENING: Final = 400  # characters in which an article says whose information it is


@dataclass(frozen=True, slots=True)
class Place:
    """One occurrence of a claim: who says so there, and with which words as evidence."""

    article: str
    spans: tuple[Span, ...]
    name: str | None
    evidence: Span | None
    value: float | None = None
    in_title: bool = False
    altered: bool = False


@dataclass(frozen=True, slots=True)
class _Name:
    """A name as a report gives it: in the report's language, by the label of why."""

    text: str
    lang: str | None
    reason: str = _SOURCE
    carrier: bool = False  # an outlet's or agency's
    told_by: str | None = None  # the unnamed source that spoke to it


@dataclass(slots=True)
class _Origin:
    """One origin with the names that reports give it, in the order of the places, and their numbers."""

    names: list[_Name]
    values: set[float]

    @property
    def carrier(self) -> bool:
        """Whether it is an outlet or agency."""
        return self.names[0].carrier

    @property
    def relayed(self) -> bool:
        """Whether reports only name it as their source: nothing says that it knows by itself."""
        return self.carrier and all(name.reason == _SOURCE for name in self.names)


def of_story(
    scene: Scene, utterances: Sequence[Utterance], figures: Sequence[Figure], reuse: Sequence[Reuse]
) -> tuple[tuple[Origins, ...], tuple[Edge, ...]]:
    """The origins of each claim of the story, in the order of the claims, and the graph of who rests on whom.

    `reuse`: the pairs whose copy is in the story.
    """
    by_id = {reading.id: reading for reading in scene.readings}
    copies = by_copy(reuse)
    identities = Identities(scene.readings)
    origins: list[Origins] = []
    found: list[Edge] = graph.between(scene.readings, reuse)
    claims: list[Utterance | Figure] = [*utterances, *figures]
    for claim in claims:
        places = places_of(claim, by_id)
        tracer = _Tracer(claim, by_id, scene, identities)
        origins.append(tracer.origins(firsthand(places, copies), places))
        found += tracer.edges(places)
    return tuple(origins), tuple(sorted(graph.with_circles(set(found), by_id.keys()), key=graph.key))


# --- places -----------------------------------------------------------------------------------------------------


def places_of(claim: Utterance | Figure, by_id: Mapping[str, Reading]) -> list[Place]:
    """The occurrences of a claim as places, in its order."""
    places = []
    if isinstance(claim, Utterance):
        for occurrence in claim.occurrences:
            attribution = by_id[occurrence.article].attributions[occurrence.attribution]
            evidence = attribution.source or attribution.cue
            changed = occurrence.drift == "altered"
            places.append(Place(occurrence.article, occurrence.content, occurrence.speaker, evidence, altered=changed))
    else:
        for figure in claim.occurrences:
            span = None if figure.in_title else figure.span
            places.append(
                Place(figure.article, (figure.span,), figure.according_to, span, figure.value, figure.in_title)
            )
    return places


def by_copy(reuse: Iterable[Reuse]) -> dict[str, list[Reuse]]:
    """Article id -> the pairs in which it is the copy."""
    found = defaultdict(list)
    for pair in reuse:
        found[pair.copy].append(pair)
    return found


def firsthand(places: Sequence[Place], copies: Mapping[str, Sequence[Reuse]]) -> list[Place]:
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


# --- one claim -------------------------------------------------------------------------------------------------------


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
        self, claim: Utterance | Figure, by_id: Mapping[str, Reading], scene: Scene, identities: Identities
    ) -> None:
        self._claim = claim
        self._by_id = by_id
        self._scene = scene
        self._identities = identities
        self._articles = frozenset(o.article for o in claim.occurrences)
        articles = {by_id[article].article.outlet for article in self._articles}
        self._outlets = sorted(outlet for outlet in articles if outlet)

    def origins(self, firsthand: Sequence[Place], places: Sequence[Place]) -> Origins:
        """What the places say together."""
        ordered = sorted(firsthand, key=lambda place: self._time_key(place.article))
        if isinstance(self._claim, Utterance):
            return self._of_utterance(self._claim, ordered, places)
        return self._of_figure(ordered, places)

    def edges(self, places: Sequence[Place]) -> list[Edge]:
        """For each place the name it rests on; its own outlet where it names nobody and credits nobody."""
        found = []
        for place in places:
            if place.in_title:
                continue
            name = self._named(place, places)
            if name is not None:
                kind: Literal["speaker", "outlet"] = "speaker" if name.text == place.name else "outlet"
                reason = f"{name.reason}: {name.text}"
                found.append(Edge(place.article, name.text, kind, place.evidence, self._claim.id, reason))
        return found

    def _cannot_tell(self, why: str, places: Sequence[Place]) -> Origins:
        outlets = {self._outlet(place) or place.article for place in places}
        return Origins(self._claim.id, (), 1, max(1, len(outlets)), f"cannot tell: {why}")

    # Utterances: one act of saying has one origin.

    def _of_utterance(self, claim: Utterance, firsthand: Sequence[Place], places: Sequence[Place]) -> Origins:
        if named := self._speaking(claim.speaker, firsthand) or self._speaking(claim.speaker, places):
            best = self._best(named)
            return Origins(claim.id, (best,), 1, 1, f"named as the speaker: {best}")
        told = [carrier for place in firsthand for carrier in self._carriers(place, places)]
        told += [self._deepest(place.name, places) for place in firsthand if place.name and self._carries(place)]
        outlets = [outlet for place in firsthand if (outlet := self._outlet(place)) is not None]
        if told:
            name = max(dict.fromkeys(told), key=told.count)
            return Origins(claim.id, (name,), 1, len(_distinct(told)), f"{_TOLD}: {name}")
        if outlets:
            return Origins(claim.id, (outlets[0],), 1, len(_distinct(outlets)), f"{_FIRST}: {outlets[0]}")
        return self._cannot_tell("no source named", firsthand)

    def _speaking(self, said_by: str | None, places: Sequence[Place]) -> list[_Name]:
        """The names that the places give who said it: those of persons, or of the body where more places name that.

        Where the fullest report names nobody, or somebody else than the first: as the first one does that changes
        nothing and is itself told by no outlet.
        """
        if said_by is None:
            return []
        naming = [place for place in places if not self._names_nobody(place)]
        given = [_Name(place.name or "", self._lang(place)) for place in naming]
        sure = [name for place, name in zip(naming, given, strict=True) if self._is_sure(place)]
        leading = next((name for name in given if name.text == said_by), None)
        if leading is None:
            given = sure
        if sure and (leading is None or self._relation(leading, sure[0]) == "different"):
            leading = sure[0]  # who the first report says it was: later ones change names
        same = [name for name in given if leading and self._relation(name, leading) == "same"]
        bodies = [n for n in same if not party(n.text).person and not holds_office(n.text)]
        persons = [n for n in same if n not in bodies]
        return bodies if len(bodies) > len(persons) else persons

    def _is_sure(self, place: Place) -> bool:
        return not place.altered and not self._carries(place)

    def _carries(self, place: Place) -> bool:
        """Whether a place's speaker is an outlet or agency of the story or of the article's credits."""
        credited = [credit.name for credit in _carrying(self._by_id[place.article])]
        return any(same_outlet(place.name, outlet) for outlet in (*self._outlets, *credited))

    def _names_nobody(self, place: Place) -> bool:
        """Whether a place's speaker is unnamed, the agency that signs the article, or the outlet itself."""
        reading = self._by_id[place.article]
        return place.name is None or is_anonymous(place.name) or _signs(reading, place.name)

    # Figures: as many as the names that give the number, relays left out.

    def _of_figure(self, firsthand: Sequence[Place], places: Sequence[Place]) -> Origins:
        groups: list[_Origin] = []
        silent: list[Place] = []
        for place in firsthand:
            name = None if place.in_title else self._named(place, places)
            if name is not None:
                self._join(groups, name, place)
            elif not place.in_title:
                silent.append(place)
        silent = [place for place in silent if not self._join_actor(groups, place)]
        groups = self._without_relays(groups, places)
        names = tuple(self._best(group.names, bodies_first=True) for group in groups)
        loose = _distinct([outlet for place in silent if (outlet := self._own_outlet(place)) is not None])
        if names:
            most = len(names) + len([o for o in loose if not any(same_outlet(o, n) for n in names)])
            return Origins(
                self._claim.id, names, self._surely(groups), most, f"named as the source: {', '.join(names)}"
            )
        if loose:
            reason = f"no source named, first reported by: {loose[0]}"
            return Origins(self._claim.id, (loose[0],), 1, len(loose), reason)
        return self._cannot_tell("no source named" if silent else "in titles only", places)

    def _join(self, groups: list[_Origin], name: _Name, place: Place) -> None:
        """Put a name to the origin that it fits: by the name alone, else one that names nobody by its number."""
        fitting = [g for g in groups if any(self._relation(name, other) == "same" for other in g.names)]
        if not fitting and name.told_by:
            fitting = [g for g in groups if self._told_alike(name, place, g)]
        elif not fitting:
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

    def _join_actor(self, groups: list[_Origin], place: Place) -> bool:
        """Whether a number that its article puts in nobody's mouth is somebody's act; if so, that origin is joined."""
        if place.value is None or any(_close(place.value, value) for group in groups for value in group.values):
            return False  # what somebody says is not made more certain by who acts on it
        reading, number = self._by_id[place.article], place.spans[0]
        found = actor(reading, sentence(reading.text, number), number)
        if found is None:
            return False
        name = _Name(found, self._lang(place))
        if is_general(found):  # "le groupe": of one that is named, or of nobody that could be told
            open_to = [g for g in groups if not g.carrier and self._relation(name, g.names[0]) != "different"]
            return len(open_to) == 1
        self._join(groups, name, place)
        return True

    def _may_be(self, name: _Name, place: Place, group: _Origin) -> bool:
        """Whether a name that nothing ties to a group's is still its origin in other words, going by the number."""
        if place.value is None or not any(_close(place.value, value) for value in group.values):
            return False
        if name.carrier or group.carrier:
            return False  # an outlet is no company, club or document that another report speaks of
        if all(self._relation(name, other) == "different" for other in group.names):
            return False
        if self._is_translated(name, group) or self._is_voice(name, group):
            return True
        names = [each.text for each in (name, *group.names)]
        if any(self._is_first_name(*pair) for other in names[1:] for pair in ((names[0], other), (other, names[0]))):
            return True
        if {speaker(each).kind for each in names} == {"person", "description"} and any(map(is_office, names)):
            return all(is_office(each) or speaker(each).kind == "person" for each in names)
        return is_general(names[0]) or all(is_general(each) for each in names[1:])

    def _told_alike(self, name: _Name, place: Place, group: _Origin) -> bool:
        """Whether an unnamed source may be the one that another report has the same number from."""
        if place.value is None or not any(_close(place.value, value) for value in group.values):
            return False
        told = [_Name(other.told_by, other.lang) for other in group.names if other.told_by]
        return any(self._relation(_Name(name.told_by or "", name.lang), other) != "different" for other in told)

    def _is_first_name(self, short: str, full: str) -> bool:
        """Whether a single name is the first one of somebody whom the articles speak of as a person."""
        first, whole = party(short).names, speaker(full).names
        return len(first) == 1 and whole[:1] == first and self._identities.is_person(full)

    def _is_translated(self, name: _Name, group: _Origin) -> bool:
        """Whether both are descriptions, in two languages, of callings that no list knows ("les pirates")."""
        if name.lang in {other.lang for other in group.names} or speaker(name.text).kind != "description":
            return False
        described = [other.text for other in group.names if speaker(other.text).kind == "description"]
        return bool(described) and any(has_unknown_calling(each) for each in (name.text, *described))

    def _is_voice(self, name: _Name, group: _Origin) -> bool:
        """Whether one is called a spokesperson and the other is a body."""
        kinds = {speaker(other.text).kind for other in group.names}
        if self._identities.is_voice(name.text):
            return "body" in kinds
        return speaker(name.text).kind == "body" and any(self._identities.is_voice(other.text) for other in group.names)

    def _without_relays(self, groups: list[_Origin], places: Sequence[Place]) -> list[_Origin]:
        """Without outlets and agencies that gave the number with another source.

        An outlet is one where its own article names another; an agency also where another report has the number from
        whom it is about: agencies pass on what they are told.
        """
        kept = [g for g in groups if not self._is_relay(g, places)]
        sold = [g for g in kept if g.relayed and all(self._is_agency(name.text) for name in g.names)]
        first = [g for g in kept if g not in sold]
        kept = [g for g in kept if g not in sold or not any(_meets(g, other) for other in first)]
        return kept or groups

    def _is_relay(self, group: _Origin, places: Sequence[Place]) -> bool:
        return group.relayed and any(
            same_outlet(name.text, self._outlet(place))
            and place.name is not None
            and not same_outlet(place.name, name.text)
            and not is_anonymous(place.name)
            and any(_close(place.value or 0.0, value) for value in group.values)
            for name in group.names
            for place in places
        )

    def _is_agency(self, name: str) -> bool:
        """Whether the story's articles credit this name as an agency."""
        return any(
            credit.kind == "agency" and same_outlet(credit.name, name)
            for reading in self._scene.readings
            for credit in reading.credits
        )

    def _surely(self, groups: Sequence[_Origin]) -> int:
        """How many of the origins cannot be one another: descriptions that may fit another origin are not counted."""
        sure = 0
        for i, group in enumerate(groups):
            rest = [g for k, g in enumerate(groups) if k != i]
            open_to = any(
                is_general(group.names[0].text) and self._relation(group.names[0], other.names[0]) == "open"
                for other in rest
            )
            sure += not open_to
        return max(1, sure)

    # What one place says.

    def _named(self, place: Place, places: Sequence[Place]) -> _Name | None:
        """The name a place rests on: the source that it gives, else whom an unnamed one spoke to."""
        reading, lang = self._by_id[place.article], self._lang(place)
        own = reading.article.outlet
        if place.name is None:
            return _Name(own, lang, _OWN, carrier=True) if own and _is_own(reading, place) else None
        if _signs(reading, place.name) or is_nobody(place.name):
            return None
        if (owner := self._owner(place)) is not None:
            return self._named(replace(place, name=owner), places)
        if own and same_outlet(place.name, own):
            return _Name(own, lang, _OWN, carrier=True)  # "the Herald understands"
        if not is_anonymous(place.name):
            relays = any(same_outlet(place.name, outlet) for outlet in self._outlets)
            name = self._deepest(place.name, places) if relays else place.name
            return _Name(name, lang, carrier=self._carries(place))
        if told := self._carriers(place, places):
            return _Name(told[0], lang, _TOLD, carrier=True, told_by=place.name)
        return _Name(own, lang, _FIRST, carrier=True, told_by=place.name) if own else None

    def _owner(self, place: Place) -> str | None:
        """Who was just said to speak where a place's name points back to him ("ses services")."""
        if place.evidence is None or not is_belonging(place.name or ""):
            return None
        before = [
            (attribution.source, attribution.speaker)
            for attribution in self._by_id[place.article].attributions
            if attribution.source and attribution.speaker and attribution.source.end <= place.evidence.start
        ]
        return max(((at, name) for at, name in before if not is_belonging(name)), default=(None, None))[1]

    def _carriers(self, place: Place, places: Sequence[Place]) -> list[str]:
        """The agencies and outlets credited in the sentence of the place's source, each as far back as known."""
        return [self._deepest(name, places) for name in self._credited(place)]

    def _credited(self, place: Place) -> list[str]:
        reading = self._by_id[place.article]
        if place.in_title or place.evidence is None:
            return []
        around = [sentence(reading.text, place.evidence), *(sentence(reading.text, s) for s in place.spans[:1])]
        return [self._outlet_of(c) for c in _carrying(reading) if any(s.overlaps(c.span) for s in around)]

    def _deepest(self, carrier: str, places: Sequence[Place]) -> str:
        """The outlet that a carrier has the claim from, and so on, as far as the story's articles say."""
        seen = [carrier]
        while (behind := next(self._behind(seen[-1], places), None)) is not None:
            if any(same_outlet(behind, one) for one in seen):
                break  # a circle: nobody is behind
            seen.append(behind)
        return seen[-1]

    def _behind(self, carrier: str, places: Sequence[Place]) -> Iterator[str]:
        """Whom a carrier has the claim from, by its first article that carries it: who says it later may quote itself.

        Where none of its articles carries it as read: the outlets that they credit and that carry it.
        """
        own = [p for p in places if not p.in_title and same_outlet(self._outlet(p), carrier)]
        if own:
            yield from self._credited(min(own, key=lambda place: self._time_key(place.article)))
            return
        for reading in self._scene.readings:
            if same_outlet(reading.article.outlet, carrier):
                names = [self._outlet_of(credit) for credit in others(reading)]
                yield from (name for name in names if any(same_outlet(name, outlet) for outlet in self._outlets))

    def _outlet_of(self, credit: Credit) -> str:
        """The credited outlet as its own articles in the story name it ("Agence Transalpe" for "ATA")."""
        outlets = {r.article.outlet for r in self._scene.readings if names_outlet(credit, r.article.outlet)}
        known = sorted(outlet for outlet in outlets if outlet)
        exact = [outlet for outlet in known if same_outlet(credit.name, outlet, exact=True)]
        fitting = exact or known
        return fitting[0] if len(fitting) == 1 else credit.name

    def _outlet(self, place: Place) -> str | None:
        return self._by_id[place.article].article.outlet

    def _own_outlet(self, place: Place) -> str | None:
        """The outlet of a place whose article credits no other; the agency where one signs it and is the only one."""
        reading = self._by_id[place.article]
        credited = _distinct([self._outlet_of(credit) for credit in others(reading)])
        if not credited:
            return reading.article.outlet
        signed = signature(reading)
        return credited[0] if signed is not None and credited == [self._outlet_of(signed)] else None

    def _time_key(self, article: str) -> tuple[float, str]:
        moment = self._by_id[article].article.moment
        return moment.timestamp() if moment else float("inf"), article

    def _lang(self, place: Place) -> str | None:
        return self._by_id[place.article].article.lang

    def _relation(self, one: _Name, other: _Name) -> Relation:
        """Whether two names are one origin's."""
        if one.carrier or other.carrier:
            return "same" if same_outlet(one.text, other.text, exact=one.carrier != other.carrier) else "different"
        a, b = self._identities.resolved(one.text), self._identities.resolved(other.text)
        if self._identities.speaks_for(a, b):
            return "same"
        abroad = one.lang != other.lang and None not in (one.lang, other.lang)
        found = party_relation(a, b, self._scene.meaning, abroad=abroad)
        if found is not None:
            return found
        found, why = self._scene.speakers.relation(a, b)
        if found == "same" and why == "same name" and not _names_person(a, b) and not _names_person(b, a):
            return "open"  # a shared place, a first name, or a company's name in its branch's: others may have it too
        if why == "described otherwise" and (is_office(a) or is_office(b)):
            return "open"  # an office beside a writing ("le bilan du procureur") is not known to be another's
        return found

    def _best(self, names: Sequence[_Name], *, bodies_first: bool = False) -> str:
        """The name to show, as the claim's own articles give it in full.

        A proper name before a description; then in the language of most places, the fullest, the first given.
        `bodies_first`: of numbers, the body before those who hold it or speak for it.
        """

        if names[0].carrier:
            return next((name.text for name in names if name.reason == _TOLD), names[0].text)
        persons = {word for name in names if party(name.text).person for word in speaker(name.text).names}

        langs = [name.lang for name in names]
        tongue = max(dict.fromkeys(langs), key=langs.count)
        told = [set(party(name.text).whole) for name in names if name.lang == tongue]

        def merit(item: tuple[int, _Name]) -> tuple[bool, bool, int, int, int]:
            place, name = item
            proper = speaker(name.text).names
            person = holds_office(name.text) or bool(persons.intersection(proper))
            foreign = name.lang != tongue and not any(w < set(party(name.text).whole) for w in told)
            length = -len(name.text) if proper else 0
            return bodies_first and person, foreign, -len(proper), length, place

        given = [replace(name, text=self._identities.in_full(name.text, self._articles)) for name in names]
        return bare(spoken_for(min(enumerate(given), key=merit)[1].text))


def _names_person(person: str, other: str) -> bool:
    """Whether one is a person's name and the other has its last name."""
    who = speaker(person)
    return party(person).person and who.names[-1] in speaker(other).names


def _is_own(reading: Reading, place: Place) -> bool:
    """Whether the article says at its head, in the paragraph of a place or the one before, that the information is its
    own ("selon nos informations"); not where somebody only spoke to it."""
    text = reading.text
    for credit in reading.credits:
        if credit.kind != "outlet" or credit.span.start >= _OPENING or not names_outlet(credit, reading.article.outlet):
            continue
        around = sentence(text, credit.span)
        told = any(
            a.speaker and a.source and around.overlaps(a.source) and not same_outlet(a.speaker, reading.article.outlet)
            for a in reading.attributions
        )
        between = text[credit.span.end : place.spans[0].start].split("\n")
        if not told and len([part for part in between[1:-1] if part.strip()]) == 0:
            return True
    return False


def _signs(reading: Reading, name: str) -> bool:
    """Whether a name is only the agency that signs the article at its head and whose article it is: "PARIS (AFP) -"."""
    signed = signature(reading)
    return signed is not None and same_outlet(signed.name, name) and names_outlet(signed, reading.article.outlet)


def _carrying(reading: Reading) -> list[Credit]:
    return [credit for credit in reading.credits if credit.kind in CARRIERS]


def _meets(one: _Origin, other: _Origin) -> bool:
    return any(_close(a, b) for a in one.values for b in other.values)


def _close(one: float, other: float) -> bool:
    """Whether two values are one number: alike within 2 %, and equal once rounded to the digits of the rounder one.

    So 297 is 300, and 226 is not 224.
    """
    digits = min(_digits(one), _digits(other))
    near = abs(one - other) <= 0.02 * max(abs(one), abs(other))
    return near and f"{one:.{digits}g}" == f"{other:.{digits}g}"


def _digits(value: float) -> int:
    """The significant digits of a value, zeros at its end left out (six at most: those that a conversion makes)."""
    figures = f"{abs(value):.5e}".partition("e")[0].replace(".", "").rstrip("0")
    return max(1, len(figures))


def _distinct(names: Iterable[str]) -> list[str]:
    """The names in order, each outlet once."""
    kept: list[str] = []
    for name in names:
        if not any(same_outlet(name, other) for other in kept):
            kept.append(name)
    return kept
