"""Who a phrase without a name speaks of: the holder of a role, the body that a noun points back to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from recoupe.read.mentions import Mention
from recoupe.read.roles import BODIES, PERSONS, Phrase
from recoupe.read.salience import WINDOW, Demand, Salience, Speaker, renamed
from recoupe.read.scene import Scene
from recoupe.read.turns import Turns
from recoupe.read.wording import Wording
from recoupe.read.words import tokens
from recoupe.text import Span

MAX_SAME_NOUN = 64  # phrases on one noun that are compared


class Holders:
    """The bearers of one page's roles and descriptions."""

    def __init__(self, scene: Scene, salience: Salience, turns: Turns, wording: Wording) -> None:
        self.scene = scene
        self.roles = scene.roles
        self.salience = salience
        self.turns = turns
        self.wording = wording

    def speaker(self, m: Mention, reason: str, score: float = 1.0) -> Speaker:
        """A mention as a speaker, by its entity's name, else by the one it points back to, else as worded."""
        if m.contradicts and reason:
            reason += "; the form of address is against the other evidence"
        body = m.kind == "organisation" or (m.phrase is not None and m.phrase.noun.category in BODIES)
        plural = m.number == "plural"
        if self.scene.is_named(m):
            body = body and self.scene.named[m.entity].kind != "person"
            return Speaker(m.name, reason, score, m.entity, m.gender, plural, body)
        if m.phrase is not None:
            again = self.known(m.span, m.phrase)
            if again is not None and again.name:
                return replace(again, reason=reason or again.reason)
        return Speaker(self.wording.worded(m.span), reason, score, m.entity, m.gender, plural, body)

    def back(self, at: int, demand: Demand, what: str) -> Speaker | None:
        """The antecedent as a speaker."""
        found = self.salience.antecedent(at, demand, self.turns.last(at))
        if found is None:
            return None
        who, weight = found
        speaker = self.speaker(who, "") if isinstance(who, Mention) else who
        if (
            isinstance(who, Mention)
            and who.gender is None
            and demand.gender in ("m", "f")
            and speaker.entity is not None
        ):
            self.salience.learned.setdefault(speaker.entity, "m" if demand.gender == "m" else "f")
        kind = "body" if speaker.body else {"m": "man", "f": "woman"}.get(demand.gender, "one")
        reason = f"{what} -> most salient {kind}"
        if isinstance(who, Mention) and who.contradicts:
            reason += "; the form of address is against the other evidence"
        return replace(speaker, reason=reason, score=round(max(0.3, min(0.95, 0.55 + 0.15 * weight)), 2))

    # --- roles and bodies

    def known(self, span: Span, phrase: Phrase, inside: Sequence[Mention] = ()) -> Speaker | None:
        """The one whom the article names elsewhere for a phrase that names nobody."""
        for m in inside:
            if m.phrase is not None and m.phrase.head == phrase.head and self.scene.is_named(m):
                return self.speaker(m, "role beside the name")
        if phrase.determiner == "possessive" and phrase.noun.category == "office":
            return self._only_holder(phrase, span)
        if phrase.determiner in ("indefinite", "possessive", "first_person"):
            return None
        if phrase.noun.category in BODIES:
            return self._known_body(span, phrase)
        if phrase.noun.category not in PERSONS:
            return self._fuller(phrase, span)
        tied = self._tied(phrase, span.start)
        if tied is not None:
            return self.speaker(tied, "role -> the name beside it elsewhere", 0.9)
        return self._known_person(phrase, span) or self._fuller(phrase, span)

    def _only_holder(self, phrase: Phrase, span: Span) -> Speaker | None:
        """ "its manager", « son directeur »: the holder of such an office, where the article names only one."""
        bearers = {m.entity for m in self._same_noun.get(phrase.noun.lemma, ()) if self.scene.is_named(m)}
        tied = self._tied(phrase, span.start) if len(bearers) == 1 else None
        return self.speaker(tied, "role -> the name beside it elsewhere", 0.8) if tied is not None else None

    def _known_body(self, span: Span, phrase: Phrase) -> Speaker | None:
        if not self._points_back(phrase):
            return self._fuller(phrase, span)
        tied = self._tied(phrase, span.start)
        if tied is not None:
            return self.speaker(tied, "body -> the name beside it elsewhere", 0.9)
        fuller = self._fuller(phrase, span)
        if fuller is not None:
            return fuller
        body = self.salience.body(span.start, phrase)
        return self.speaker(body, "body -> the one spoken of", 0.6) if body is not None else None

    def _points_back(self, phrase: Phrase) -> bool:
        """Whether a phrase on a body has a noun that points back, and no name in it that makes it another one."""
        if phrase.noun.category != "outlet" and phrase.noun.lemma not in self.roles.anaphoric:
            return False
        words = tokens(self.scene.text, phrase.span.start, phrase.span.end)
        own = [t for t in words if t.start != phrase.head.start]
        own = [
            t
            for n, t in enumerate(own)
            if (n > 0 and t.low in self.roles.genitives) or t.low not in self.roles.determiners
        ]
        return (
            phrase.definite
            and phrase.number != "p"
            and not any(t.capital or t.low in self.roles.genitives for t in own)
        )

    @cached_property
    def _same_noun(self) -> dict[str, list[Mention]]:
        """The phrases on each noun in order, one for each wording and bearer."""
        found: dict[str, list[Mention]] = {}
        seen = set()
        for m in self.scene.mentions:
            if m.phrase is None:
                continue
            key = (
                m.phrase.noun.lemma,
                m.phrase.words,
                m.entity if self.scene.is_named(m) else -1,
                m.phrase.determiner,
                m.phrase.gender,
            )
            others = found.setdefault(m.phrase.noun.lemma, [])
            if key not in seen and len(others) < MAX_SAME_NOUN:
                seen.add(key)
                others.append(m)
        return found

    def _tied(self, phrase: Phrase, at: int) -> Mention | None:
        """The one named beside the same noun: words must not clash; the last such before, else the first after."""
        fits = [
            (len(phrase.words & m.phrase.words), m)
            for m in self._same_noun.get(phrase.noun.lemma, ())
            if m.phrase is not None and self.scene.is_named(m) and _agree(phrase, m.phrase)
        ]
        most = max((n for n, _ in fits), default=0)
        best = [m for n, m in fits if n == most]
        before = [m for m in best if m.span.start < at]
        if before or not best:
            return before[-1] if before else None
        return best[0] if phrase.noun.category in PERSONS and len({m.entity for m in best}) == 1 else None

    def _fuller(self, phrase: Phrase, span: Span) -> Speaker | None:
        """The fuller phrase that a bare one is short for: "le gouvernement" for "le gouvernement français".

        It stands before; where it comes after ("la préfecture" ... "la préfecture du Rhône") it is the only one and
        has a complement, not just an adjective.
        """
        if not phrase.definite or phrase.words:
            return None
        fits = [
            m
            for m in self._same_noun.get(phrase.noun.lemma, ())
            if m.phrase is not None
            and m.phrase.words
            and m.phrase.number == phrase.number
            and m.phrase.definite
            and not self.scene.is_named(m)
            and self.scene.in_quote(m.span.start) is None
        ]
        before = [m for m in fits if m.span.start < span.start]
        chosen = before[-1] if before else fits[0] if len(fits) == 1 and self._has_complement(fits[0]) else None
        if chosen is None or (not before and phrase.noun.category == "group"):
            return None
        body = phrase.noun.category in BODIES
        plural = chosen.number == "plural"
        reason = "short for the fuller phrase on the same noun"
        return Speaker(self.wording.worded(chosen.span), reason, 0.8, chosen.entity, chosen.gender, plural, body)

    def _has_complement(self, m: Mention) -> bool:
        words = self.scene.plain[m.span.start : m.span.end].lower().replace("'", " ").split()
        return any(w in self.roles.genitives for w in words[1:])

    def _known_person(self, phrase: Phrase, span: Span) -> Speaker | None:
        """ "la magistrate", "l'ancienne ministre": who is spoken of; an office only right after its holder spoke."""
        if not phrase.definite or phrase.number == "p" or (phrase.determiner is None and self.roles.head_first):
            return None
        bearer = self._such_a_bearer(phrase, span)
        if bearer is not None:
            return bearer
        lead = self.scene.plain[phrase.span.start : phrase.head.start].lower().replace("'", " ").split()
        again = self.roles.before_head.keys() - self.roles.ranks
        pointing = phrase.same or phrase.demonstrative or any(w in again for w in lead)
        if phrase.noun.category == "office" and not pointing:
            return self._office_holder(phrase, span) or self._only_one_named(phrase, span)
        if not self._plain_description(phrase) or (phrase.words and not phrase.gender):
            return None
        unnamed = self._unnamed_before(phrase, span)
        if unnamed is not None:
            return unnamed
        only = None if phrase.gender or self.roles.head_first else self._without_other_role(phrase)
        if phrase.noun.lemma in self.roles.tried:
            only = self._not_of(self.roles.trying)
        return self.back(span.start, Demand(phrase.gender, "s", "person", named=True, only=only), "description")

    def _unnamed_before(self, phrase: Phrase, span: Span) -> Speaker | None:
        """Who spoke last in the paragraph without a name: "A former colleague said ... The witness added"."""
        last = self.turns.last(span.start)
        if last is None or last.source is None or last.paragraph != self.scene.paragraph_of(span.start):
            return None
        speaker, words = last.speaker, tokens(self.scene.text, last.source.start, last.source.end)
        if speaker.plural or speaker.body or not words or speaker.entity in self.scene.named:
            return None
        if phrase.gender and speaker.gender and phrase.gender != speaker.gender:
            return None
        determiner = self.roles.determiners.get(words[0].low)
        head = self.roles.head_of(words, self.scene.text)
        person = head is not None and self.roles.nouns[words[head].low].category in PERSONS
        if not person or determiner is None or determiner[0] != "indefinite":
            return None
        return renamed(speaker, "description -> the unnamed one who spoke before", 0.6)

    def _only_one_named(self, phrase: Phrase, span: Span) -> Speaker | None:
        """A general office ("la responsable syndicale") of the one person that the article has named so far."""
        if phrase.noun.lemma not in self.roles.general or self.scene.in_quote(span.start) is not None:
            return None
        named = [m for m in self.scene.before(span.start, WINDOW) if m.in_names and m.kind == "person"]
        if len({m.entity for m in named}) != 1 or self.scene.nouns_of.get(named[0].entity):
            return None
        fits = phrase.gender and named[0].gender == phrase.gender
        return self.speaker(named[-1], "office -> the only person named", 0.6) if fits else None

    def _not_of(self, nouns: frozenset[str]) -> frozenset[int]:
        """The persons named of whom the article says none of these nouns."""
        return frozenset(
            entity
            for entity, m in self.scene.named.items()
            if m.kind == "person" and nouns.isdisjoint(self.scene.nouns_of.get(entity, frozenset()))
        )

    def _without_other_role(self, phrase: Phrase) -> frozenset[int]:
        """The persons named of whom a noun that shows no gender may be said: none with another role."""
        return frozenset(
            entity
            for entity, m in self.scene.named.items()
            if m.kind == "person" and not self._other_office(phrase, entity)
        )

    def _such_a_bearer(self, phrase: Phrase, span: Span) -> Speaker | None:
        """The last named before of whom the noun may be said: "l'officier" of "le commandant Éric Tallier"."""
        fitting = self.roles.said_of.get(phrase.noun.lemma)
        if fitting is None or not self._plain_description(phrase):
            return None
        for m in reversed(self.scene.before(span.start, WINDOW)):
            nouns = self.scene.nouns_of.get(m.entity, frozenset())
            if fitting.isdisjoint(nouns) or not self.scene.is_named(m) or m.entity not in self.scene.persons:
                continue
            clash = phrase.gender and m.gender and phrase.gender != m.gender
            if not clash and self.scene.in_quote(m.span.start) is None:
                return self.speaker(m, "description -> the bearer of such a role", 0.8)
        return None

    def _plain_description(self, phrase: Phrase) -> bool:
        """Whether nothing in a description makes it a new one: no name, no complement, one adjective at most."""
        own = tokens(self.scene.text, phrase.span.start, phrase.span.end)
        rest = [t for t in own if t.start != phrase.head.start and t.low not in self.roles.determiners]
        added = [t for t in rest if t.low not in self.roles.before_head and t.low not in self.roles.same]
        return len(added) <= 1 and not any(t.capital or t.low in self.roles.genitives for t in added)

    def _office_holder(self, phrase: Phrase, span: Span) -> Speaker | None:
        """A bare office that opens the sentence after its holder's: "Mme X avait prévenu. La présidente table sur" """
        here = self.scene.sentence_of(span.start)
        last = self.turns.last(span.start)
        opens = span.start - self.scene.sentences[here].start < 3
        if phrase.words or not opens or last is None or last.sentence != here - 1 or last.speaker.entity is None:
            return None
        speaker = last.speaker
        if self.scene.paragraph_of_sentence(here) != last.paragraph or speaker.body or speaker.plural:
            return None
        if speaker.entity not in self.scene.persons or self._other_office(phrase, speaker.entity):
            return None
        if phrase.gender and speaker.gender and phrase.gender != speaker.gender:
            return None
        return renamed(speaker, "office -> who spoke in the sentence before", 0.6)

    def _other_office(self, phrase: Phrase, entity: int) -> bool:
        """Whether the one spoken of has another role than the phrase's: no prosecutor is "l'avocat"."""
        nouns = self.scene.nouns_of.get(entity, frozenset())
        lemma = phrase.noun.lemma
        akin = self.roles.said_of.get(lemma, frozenset()) | {lemma}
        wider = any(lemma in self.roles.said_of.get(noun, ()) for noun in nouns)
        return bool(nouns) and akin.isdisjoint(nouns) and not wider


def _agree(phrase: Phrase, other: Phrase) -> bool:
    """Whether two phrases on one noun can name one holder: neither genders nor complements clash."""
    if phrase.gender and other.gender and phrase.gender != other.gender:
        return False
    if phrase.number == "p":
        return False
    a, b = phrase.words, other.words
    return not a or not b or a <= b or b <= a or len(a & b) * 2 >= min(len(a), len(b))
