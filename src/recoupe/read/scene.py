"""Where things stand on a page: sentences, paragraphs, quotations, and how prominent each mention is in its sentence.

What resolving a source needs to know of an article beside its words, worked out once a page.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from recoupe.read.mentions import Mention
from recoupe.read.page import Page
from recoupe.read.roles import BODIES, PERSONS, Roles, roles
from recoupe.read.words import plain, tokens
from recoupe.text import Span

_LINE = re.compile(r"[^\n]+")
_LOOK_BACK = 12  # characters before a mention in which the word that governs it stands
_LEADING = 8  # mentions of a sentence among which its first free one is looked for


class Scene:
    """The places of one page.  Immutable."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.text = page.text
        self.plain = plain(page.text)
        self.roles: Roles = roles(page.lang)
        self.mentions = page.mentions
        self.starts = [m.span.start for m in page.mentions]
        lines = (Span(m.start(), m.end()) for m in _LINE.finditer(page.text))
        self.sentences = page.sentences or tuple(lines) or (Span(0, len(page.text)),)
        self._sentence_starts = [s.start for s in self.sentences]

    @cached_property
    def _paragraphs(self) -> list[int]:
        found, n = [], 0
        for k, sentence in enumerate(self.sentences):
            if k and "\n" in self.text[self.sentences[k - 1].end : sentence.start]:
                n += 1
            found.append(n)
        return found

    @cached_property
    def _quoted(self) -> list[Span]:
        spans = [q.inner for q in self.page.quotes if q.depth == 0 and q.kind == "speech"]
        spans += [s for a in self.page.attributions if a.type == "direct" for s in a.content]
        merged: list[Span] = []
        for span in sorted(spans):
            if merged and span.start <= merged[-1].end:
                merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
            else:
                merged.append(span)
        return merged

    @cached_property
    def _quoted_starts(self) -> list[int]:
        return [s.start for s in self._quoted]

    def in_quote(self, at: int) -> Span | None:
        """The words of somebody else that hold an offset, None outside quotations."""
        k = bisect_right(self._quoted_starts, at) - 1
        return self._quoted[k] if k >= 0 and at < self._quoted[k].end else None

    def sentence_of(self, at: int) -> int:
        """The number of the sentence that holds an offset, or of the one before it."""
        return max(0, bisect_right(self._sentence_starts, at) - 1)

    def paragraph_of(self, at: int) -> int:
        """The number of the paragraph that holds an offset."""
        return self._paragraphs[self.sentence_of(at)]

    def paragraph_of_sentence(self, k: int) -> int:
        """The number of the paragraph that a sentence stands in."""
        return self._paragraphs[k]

    def is_named(self, mention: Mention) -> bool:
        """Whether the article names the one whom a mention speaks of."""
        return mention.entity in self.named

    def between(self, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions that begin in [start, end)."""
        return self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def before(self, at: int, most: int) -> tuple[Mention, ...]:
        """At most so many of the mentions that begin before an offset, in order."""
        n = bisect_left(self.starts, at)
        return self.mentions[max(0, n - most) : n]

    def governed(self, mention: Mention) -> bool:
        """Whether a preposition governs the mention ("à Mark Rutte", "de la présidente")."""
        at = mention.span.start
        before = self.plain[max(0, at - _LOOK_BACK) : at]
        if not before.endswith((" ", "'")):
            return False
        words = before.lower().replace("'", " ").split()
        if not words:
            return False
        if words[-1] in self.roles.determiners and len(words) > 1:
            return words[-2] in self.roles.prepositions
        return words[-1] in self.roles.prepositions

    def modifier(self, mention: Mention) -> bool:
        """Whether the mention only owns or qualifies what follows ("the keepers' niece", "Its Brévande works")."""
        after = self.plain[mention.span.end : mention.span.end + 3]
        if after.startswith(self.roles.owners):
            return True
        if self.roles.head_first or not mention.in_names or not after.startswith(" "):
            return False
        token = self.plain[mention.span.end + 1 : mention.span.end + 24].split(" ")[0]
        return token in self.roles.nouns

    def coordinated(self, mention: Mention) -> bool:
        """Whether a conjunction joins the mention to another ("Meridian *and Stella*"): no singular is it alone."""
        after = self.plain[mention.span.end : mention.span.end + 8].split()
        before = self.plain[max(0, mention.span.start - 8) : mention.span.start].split()
        return bool(after and after[0] in self.roles.conjunctions) or bool(
            before and before[-1] in self.roles.conjunctions
        )

    def joins(self, left: Mention, right: Mention) -> bool:
        """Whether nothing but a conjunction stands between two mentions."""
        return self.plain[left.span.end : right.span.start].strip() in self.roles.conjunctions

    def rank(self, mention: Mention, k: int) -> float:
        """How prominent a mention is in its sentence `k`: subjects before others before complements."""
        if self.governed(mention):
            return -0.5
        lead = self.lead(k)
        return 0.9 if lead is None or mention.span.start <= lead.span.start or mention.entity == lead.entity else 0.2

    def lead(self, k: int) -> Mention | None:
        """The first mention of a sentence that no preposition governs and no quotation holds."""
        if k not in self._lead_of:
            sentence = self.sentences[k]
            n = bisect_left(self.starts, sentence.start)
            free = (
                m
                for m in self.mentions[n : n + _LEADING]
                if m.span.start < sentence.end and m.kind != "place" and self.in_quote(m.span.start) is None
            )
            self._lead_of[k] = next((m for m in free if not self.governed(m) and not self.modifier(m)), None)
        return self._lead_of[k]

    @cached_property
    def _lead_of(self) -> dict[int, Mention | None]:
        return {}

    @cached_property
    def topic(self) -> int | None:
        """The entity that the article's first sentence leads with."""
        lead = self.lead(0)
        return lead.entity if lead is not None else None

    @cached_property
    def named(self) -> dict[int, Mention]:
        """The first proper name of each entity that has one."""
        found: dict[int, Mention] = {}
        for m in self.mentions:
            if m.in_names:
                found.setdefault(m.entity, m)
        return found

    @cached_property
    def persons(self) -> frozenset[int]:
        """The entities that some mention makes persons, or that are named without being known as anything else."""
        return frozenset(m.entity for m in self.mentions if is_person(m) or m.kind == "name")

    def own_nouns(self, mention: Mention) -> frozenset[str]:
        """The known nouns within a mention's name: "banque" of "Banque nationale d'Ostrie"."""
        nouns = (self.roles.nouns.get(t.low) for t in tokens(mention.name))
        return frozenset(noun.lemma for noun in nouns if noun is not None)

    @cached_property
    def nouns_of(self) -> dict[int, frozenset[str]]:
        """The nouns by which the article speaks of each entity: "maire" of "la maire, Lise Faure"."""
        found: dict[int, set[str]] = {}
        for m in self.mentions:
            if m.phrase is not None:
                found.setdefault(m.entity, set()).add(m.phrase.noun.lemma)
        return {entity: frozenset(nouns) for entity, nouns in found.items()}

    @cached_property
    def introduced(self) -> dict[int, float]:
        """The named entities with a noun that can point back to them: 1 beside the name, a half inside it.

        "la société Solvexa" may go on as "l'entreprise"; so may, less surely, "la Banque nationale d'Ostrie".
        """
        found: dict[int, float] = {}
        for entity, m in self.named.items():
            if any(self._points_back(t.low) for t in tokens(m.name)):
                found[entity] = 0.5
        for m in self.mentions:
            if m.phrase is not None and m.entity in self.named and self._points_back(m.phrase.noun.lemma):
                found[m.entity] = 1.0
        return found

    @cached_property
    def introduced_by(self) -> dict[int, frozenset[str]]:
        """The nouns beside the names of each named entity ("the TASS *agency*")."""
        found: dict[int, frozenset[str]] = {}
        for m in self.mentions:
            if m.phrase is not None and m.entity in self.named:
                found[m.entity] = found.get(m.entity, frozenset()) | {m.phrase.noun.lemma}
        return found

    def _points_back(self, low: str) -> bool:
        noun = self.roles.nouns.get(low)
        return noun is not None and (noun.category == "outlet" or noun.lemma in self.roles.anaphoric)

    @cached_property
    def count(self) -> dict[int, int]:
        """How often each entity is spoken of, the title included."""
        found: dict[int, int] = {}
        for m in self.mentions:
            found[m.entity] = found.get(m.entity, 0) + 1
        title = self.page.article.title
        if title:
            for entity, m in self.named.items():
                found[entity] += m.name in title
        return found


def is_person(mention: Mention) -> bool:
    """Whether a mention speaks of a person by name or by what the person is."""
    return mention.kind == "person" or (mention.phrase is not None and mention.phrase.noun.category in PERSONS)


def is_body(mention: Mention) -> bool:
    """Whether a mention speaks of a body."""
    return mention.kind == "organisation" or (mention.phrase is not None and mention.phrase.noun.category in BODIES)
