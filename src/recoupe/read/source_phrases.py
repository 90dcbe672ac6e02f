"""Who a source that is no pronoun speaks of: the name in it, its role, the maker of its document, or its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recoupe.read.holders import Holders
from recoupe.read.makers import Makers
from recoupe.read.mentions import Mention
from recoupe.read.roles import PERSONS, Phrase
from recoupe.read.salience import Speaker
from recoupe.read.words import Token, tokens
from recoupe.text import Span

PAIR_REACH = 80  # characters after a source in which two names in apposition stand

_SPACE = re.compile(r"\s+")


class SourcePhrases:
    """The sources of one page that are phrases."""

    def __init__(self, holders: Holders) -> None:
        self.scene = holders.scene
        self.roles = self.scene.roles
        self.holders = holders
        self.wording = holders.wording
        self.makers = Makers(holders, self.described)

    def described(self, span: Span, depth: int = 0) -> Speaker:
        """The speaker of a source.  `depth`: how many documents it is the maker's maker of."""
        toks = tokens(self.scene.text, span.start, span.end)
        if not toks:
            return Speaker(None, "cannot tell: the source has no words", 0.0)
        inside = [m for m in self.scene.between(span.start - 40, span.end) if m.span.end > span.start]
        head = self.roles.head_of(toks, self.scene.text)
        phrase = self.roles.phrase_at(self.scene.text, toks, head) if head is not None else None
        told = self._learned_from(inside, span, depth)
        if told is not None:
            return told
        named = self._named(span, inside, phrase)
        if named is not None:
            return named
        if phrase is None and len(toks) == 1:
            partitive = self._partitive(toks[0])
            if partitive is not None:
                return partitive
        apposed = self._apposed_pair(span)
        if apposed is not None:
            return apposed
        if phrase is None:
            return self.wording.as_worded(span, toks, None)
        if phrase.noun.category == "document":
            return self.makers.maker(span, toks, phrase, depth)
        return self.holders.known(span, phrase, inside) or self.wording.as_worded(span, toks, phrase)

    def _learned_from(self, inside: Sequence[Mention], span: Span, depth: int) -> Speaker | None:
        """ "(a appris) l'AFP d'une source proche": the newspaper only relays; the source after it speaks."""
        outlet = next((m for m in inside if m.in_names and m.outlet and m.span.end < span.end), None)
        if outlet is None or depth or outlet.span.start - span.start > 4:
            return None
        toks = tokens(self.scene.text, outlet.span.end, span.end)
        if len(toks) < 3 or toks[0].low not in self.roles.genitives:
            return None
        determiner = self.roles.determiners.get(toks[1].low)
        if determiner is None or determiner[0] != "indefinite":
            return None
        return self.described(Span(toks[1].start, span.end), depth + 1)

    def _partitive(self, token: Token) -> Speaker | None:
        """ "Un (des chercheurs de HRW, Ole Solvang)": the phrase that the source is one of, if it is named."""
        near = self.scene.between(token.end, token.end + 6)
        if token.low not in self.roles.determiners or not near or near[0].phrase is None:
            return None
        if not self.scene.is_named(near[0]):
            return None
        return self.holders.speaker(near[0], "role beside the name")

    def _named(self, span: Span, inside: Sequence[Mention], phrase: Phrase | None) -> Speaker | None:
        """The name in a source that is no complement: after the role, after a comma, or alone."""
        names = [m for m in inside if m.in_names and (m.kind != "place" or self._alone(m, span))]
        holders = {m.entity for m in inside if not m.in_names}
        free = [m for m in names if m.entity in holders or not self._complement(m, span)]
        persons = [m for m in free if m.kind == "person"]
        if phrase is not None and phrase.noun.category in PERSONS and not persons:
            free = [m for m in free if m.kind == "name" and not phrase.span.start < m.span.start < phrase.span.end]
        bare = [m for m in persons or free if not self._modifies(m, span)]
        if not bare and phrase is not None and phrase.noun.category == "document":
            bare = free
        if not bare:
            return None
        if len(bare) > 1 and (several := self._coordinated(bare[-2], bare[-1])):
            return several
        last = bare[-1]
        apposed = self.scene.plain[max(span.start, last.span.start - 2) : last.span.start].strip() == ","
        return self.holders.speaker(last if apposed and last.kind == "person" else bare[0], "named in the source")

    def _apposed_pair(self, span: Span) -> Speaker | None:
        """ "(Two lenders), Meridian and Stella, (said)": the two names between commas right after a source."""
        near = [m for m in self.scene.between(span.end, span.end + PAIR_REACH) if m.in_names][:2]
        if len(near) < 2 or self.scene.plain[span.end : near[0].span.start] != ", ":
            return None
        closed = self.scene.plain[near[1].span.end : near[1].span.end + 1] in (",", "")
        return self._coordinated(*near) if closed else None

    def _alone(self, m: Mention, span: Span) -> bool:
        return span.end - span.start <= m.span.end - m.span.start + 4

    def _complement(self, m: Mention, span: Span) -> bool:
        """Whether a preposition since the last comma governs the name ("les services *de* Manuel Valls")."""
        part = self.scene.plain[span.start : m.span.start].rsplit(",", 1)[-1].lower().replace("'", " ").split()
        return any(w in self.roles.prepositions for w in part)

    def _modifies(self, m: Mention, span: Span) -> bool:
        """Whether a noun or a possessive follows the name within the source ("CUT leader", "the Herald's editor")."""
        after = self.scene.plain[m.span.end : span.end]
        if after.startswith(self.roles.owners):
            return True
        if self.roles.head_first or not after.startswith(" "):
            return False
        word = after.replace(",", " , ").split(maxsplit=1)[:1]
        stops = self.roles.prepositions | self.roles.conjunctions | self.roles.relatives
        return bool(word) and word[0][0].islower() and word[0] not in stops

    def _coordinated(self, left: Mention, right: Mention) -> Speaker | None:
        """Two names joined by "and": both speak."""
        word = self.scene.plain[left.span.end : right.span.start].strip(" ,").lower()
        if word not in self.roles.conjunctions or left.entity == right.entity:
            return None
        link = _SPACE.sub(" ", self.scene.text[left.span.end : right.span.start])
        return Speaker(left.name + link + right.name, "named in the source", plural=True)
