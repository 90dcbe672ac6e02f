"""Which person or body a pronoun or a bare noun points back to.

The weights follow Lappin and Leass ("An algorithm for pronominal anaphora resolution", Computational Linguistics
20(4), 1994): recency by sentence, subjects before objects before complements; to them comes what is particular to
news, that who spoke last goes on speaking until somebody else enters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from recoupe.read.mentions import Gender, Mention
from recoupe.read.roles import Phrase
from recoupe.read.scene import Scene, is_body, is_person
from recoupe.text import Span

Want = Literal["person", "body", "any"]

WINDOW = 120  # mentions looked at before a pronoun
PAIR_REACH = 4  # sentences looked at for two persons joined by "and"
REACH = 14  # sentences looked at before a pronoun
NAMED_AGAIN = 0.0  # "le même journal" points back to anything at hand
LEAST_BODY = 1.5  # a noun such as "the company" points back to nothing less present than this

SUCH_A_BODY = 1.5  # introduced by such a noun ("la société Solvexa")
TOPIC = 0.8  # the article opens with it
PERSON = 0.6  # persons are spoken of by pronouns more than bodies
BODY_IN_QUOTE = -2.0  # who speaks freely says "he" of persons
NEW_BODY = -0.6  # "une banque": brought in by the way
UNKNOWN = -0.6  # a name of unknown kind
NO_GENDER = -0.5  # nothing says the gender
CONTRADICTED = -0.3  # the form of address alone has the pronoun's gender
SAME_SENTENCE = 0.8
GOES_ON = 1.0  # who spoke last, while nobody else has entered
INTERRUPTED = 0.3
IN_QUOTE = -2.0  # named in somebody else's words
OTHER_PARAGRAPH = -0.2
ENTERED = 0.5  # first named in the paragraph of the pronoun, in which the last speaker is not


@dataclass(frozen=True, slots=True)
class Speaker:
    """A resolved speaker.  `entity` is the mentions' entity number, None for a description that no mention has."""

    name: str | None
    reason: str
    score: float = 1.0
    entity: int | None = None
    gender: Gender | None = None
    plural: bool = False
    body: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A resolved attribution: a place to look for the next one's antecedent.  `anchor`: where its source stands."""

    anchor: int
    sentence: int
    paragraph: int
    speaker: Speaker
    source: Span | None
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """What a pronoun asks of its antecedent: gender "m", "f" or "", number "s", "p" or "", and person or body."""

    gender: str = ""
    number: str = ""
    want: Want = "any"
    near: bool = False  # "celui-ci", "the latter": the last named, not the subject
    apart: Span | None = None  # words that cannot hold it: « Le préfet, a-t-il dit, sera prévenu »
    only: frozenset[int] | None = None  # the entities that can be meant
    named: bool = False  # a description: only of somebody named, as two descriptions may be of two persons


class Salience:
    """The search for antecedents on one page."""

    def __init__(self, scene: Scene, natural: bool) -> None:
        self.scene = scene
        self.learned: dict[int, Gender] = {}  # entity -> the gender of a pronoun that was resolved to it
        self.natural = natural  # pronouns have natural gender, as in English

    def antecedent(self, at: int, demand: Demand, last: Turn | None) -> tuple[Mention | Speaker, float] | None:
        """The most salient fitting mention before an offset, or the last turn's speaker; with its weight."""
        scene = self.scene
        here, inside = scene.sentence_of(at), scene.in_quote(at)
        paragraph = scene.paragraph_of_sentence(here)
        best: tuple[float, int, Mention | Speaker] | None = None
        for m in reversed(scene.before(at, WINDOW)):
            k = scene.sentence_of(m.span.start)
            if here - k > REACH:
                break
            weight = self._fit(m, demand, inside is not None)
            if weight is None:
                continue
            quote = scene.in_quote(m.span.start)
            if quote is not None and quote != inside:
                weight += IN_QUOTE
            elif k == here and quote is None and inside is None and is_person(m):
                weight += SAME_SENTENCE
            weight += self._presence(m, k, here, paragraph, demand.near)
            if last is not None and last.speaker.entity == m.entity:
                weight += INTERRUPTED if self._someone_since(last, at, m.entity) else GOES_ON
            elif self._enters(m, k, paragraph, last):
                weight += ENTERED
            if best is None or (weight, m.span.start) > best[:2]:
                best = (weight, m.span.start, m)
        if demand.number == "p" and demand.want != "body":
            best = self._pair(at, here, paragraph, demand, best)
        spoken = self._last_speaker(last, at, here, demand)
        if spoken is not None and last is not None and (best is None or spoken > best[0]):
            return last.speaker, spoken
        return (best[2], best[0]) if best is not None else None

    def _enters(self, m: Mention, k: int, paragraph: int, last: Turn | None) -> bool:
        """Whether somebody is named in full, outside quotations, in a paragraph that the last speaker is not in."""
        scene = self.scene
        if last is None or last.paragraph >= paragraph or scene.paragraph_of_sentence(k) != paragraph:
            return False
        if not (m.in_names and is_person(m)) or scene.in_quote(m.span.start) is not None:
            return False
        return not scene.governed(m) and not scene.modifier(m)

    def _pair(
        self, at: int, here: int, paragraph: int, demand: Demand, best: tuple[float, int, Mention | Speaker] | None
    ) -> tuple[float, int, Mention | Speaker] | None:
        """Two persons joined by "and" are several: "Anna Karlow and Joe Reyes have opened a shop. ... they said"."""
        scene = self.scene
        before = scene.before(at, WINDOW)
        for n in range(len(before) - 1, 0, -1):
            left, right = before[n - 1], before[n]
            k = scene.sentence_of(left.span.start)
            if here - k > PAIR_REACH:
                break
            if not (left.in_names and right.in_names and is_person(left) and is_person(right)):
                continue
            if (
                left.entity == right.entity
                or not scene.joins(left, right)
                or scene.in_quote(left.span.start) is not None
            ):
                continue
            if demand.gender == "f" and "m" in (left.gender, right.gender):
                continue
            weight = PERSON + self._presence(left, k, here, paragraph, demand.near)
            if best is None or weight > best[0]:
                link = " ".join(scene.text[left.span.end : right.span.start].split())
                pair = Speaker(f"{left.name} {link} {right.name}", "two persons", 0.8, None, None, True)
                return (weight, left.span.start, pair)
        return best

    def body(self, at: int, phrase: Phrase) -> Mention | None:
        """The body that "la société", "the bank" or "le quotidien" points back to."""
        scene = self.scene
        here = scene.sentence_of(at)
        paragraph = scene.paragraph_of_sentence(here)
        best: tuple[float, int, Mention] | None = None
        for m in reversed(scene.before(at, WINDOW)):
            if m.kind not in ("organisation", "name") or not m.in_names or scene.in_quote(m.span.start) is not None:
                continue
            vague = m.kind == "name" and (scene.modifier(m) or scene.coordinated(m))
            outlet = phrase.noun.category == "outlet" or phrase.noun.lemma in scene.introduced_by.get(m.entity, ())
            if vague or (m.outlet and not outlet) or (phrase.noun.category == "outlet" and not m.outlet):
                continue
            if scene.roles.clash(phrase.noun.lemma, scene.nouns_of.get(m.entity, frozenset()) | scene.own_nouns(m)):
                continue
            k = scene.sentence_of(m.span.start)
            weight = self._presence(m, k, here, paragraph, False) + 0.3 * min(5, scene.count[m.entity])
            weight += 0.8 if m.kind == "organisation" else -0.2
            weight += SUCH_A_BODY * scene.introduced.get(m.entity, 0.0)
            weight += TOPIC if m.entity == scene.topic else 0.0
            least = NAMED_AGAIN if phrase.same else LEAST_BODY
            if weight >= least and (best is None or weight > best[0]):
                best = (weight, m.span.start, m)
        return best[2] if best is not None else None

    def _presence(self, m: Mention, k: int, here: int, paragraph: int, near: bool) -> float:
        """How present a mention is: near, in the same paragraph, a subject (but for "celui-ci" no subject)."""
        distance = here - k
        weight = 1.5 - 0.5 * distance if distance < 4 else 0.3 - 0.2 * distance
        if self.scene.paragraph_of_sentence(k) != paragraph:
            weight += OTHER_PARAGRAPH
        rank = self.scene.rank(m, k)
        return weight + (-rank if near and distance else rank)

    def _fit(self, m: Mention, demand: Demand, quoted: bool) -> float | None:
        """A weight where a mention fits the pronoun, None where it cannot."""
        if m.kind == "place" or (m.phrase is not None and m.phrase.noun.category == "document"):
            return None
        if (self.scene.modifier(m) and not is_person(m)) or (demand.named and m.entity not in self.scene.named):
            return None
        if demand.apart is not None and demand.apart.start <= m.span.start < demand.apart.end:
            return None
        if demand.only is not None and m.entity not in demand.only:
            return None
        person, body = is_person(m), is_body(m)
        if demand.want == "person" and not person and (m.kind != "name" or body):
            return None
        if demand.want == "body" and person:
            return None
        group = m.phrase is not None and m.phrase.noun.category == "group"
        plural = m.number == "plural" or (group and self.natural)
        if demand.number == "p" and not plural and not (body and self.natural):
            return None
        if demand.number == "s" and m.number == "plural":
            return None
        weight = PERSON if person else BODY_IN_QUOTE if quoted else 0.0
        if m.kind == "name" and demand.want != "body":
            weight += UNKNOWN
        if body and m.phrase is not None and m.phrase.determiner == "indefinite":
            weight += NEW_BODY
        return self._gendered(m, demand, person, weight)

    def _gendered(self, m: Mention, demand: Demand, person: bool, weight: float) -> float | None:
        if not demand.gender or m.gender == demand.gender:
            return weight
        learned = self.learned.get(m.entity)
        if learned is not None and m.gender is None:
            return weight if learned == demand.gender else None
        if m.gender is None:
            return weight + NO_GENDER if self.natural or person else None
        return weight + CONTRADICTED if m.contradicts == demand.gender else None

    def _last_speaker(self, last: Turn | None, at: int, here: int, demand: Demand) -> float | None:
        """The weight of the last speaker where no mention stands for it (a description of the source only)."""
        if last is None or last.speaker.entity is not None or not last.speaker.name or here - last.sentence > REACH:
            return None
        speaker = last.speaker
        if (demand.want == "person" and speaker.body) or (demand.want == "body" and not speaker.body):
            return None
        if demand.number and (demand.number == "p") != speaker.plural:
            return None
        if demand.gender and speaker.gender is not None and speaker.gender != demand.gender:
            return None
        return 1.5 - 0.5 * (here - last.sentence) + (INTERRUPTED if self._someone_since(last, at, -1) else GOES_ON)

    def _someone_since(self, turn: Turn, at: int, entity: int) -> bool:
        """Whether somebody else has entered since a turn ended."""
        ends = [s.end for s in turn.content if s.start < at] + [turn.source.end if turn.source else 0]
        start = min(max(ends), at)
        return any(
            m.entity != entity
            and is_person(m)
            and self.scene.in_quote(m.span.start) is None
            and not self.scene.governed(m)
            and not self.scene.modifier(m)
            for m in self.scene.between(start, at)[:WINDOW]
        )


def renamed(speaker: Speaker, reason: str, score: float) -> Speaker:
    """The same speaker for another reason."""
    return replace(speaker, reason=reason, score=min(speaker.score, score))
