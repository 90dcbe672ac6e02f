"""Who speaks in a document: its author by complement or possessive, its agent, or nobody but itself."""

from __future__ import annotations

from collections.abc import Callable

from recoupe.read.holders import Holders
from recoupe.read.roles import Phrase
from recoupe.read.salience import Demand, Speaker, renamed
from recoupe.read.scene import Scene
from recoupe.read.wording import AS_WORDED, Wording
from recoupe.read.words import Token, tokens
from recoupe.text import Span

MAX_DEPTH = 3  # documents in documents ("le rapport de l'auteur de l'étude ...")
AGENT_WORDS = 8  # words between a document and the agent that made it
AGENT_REACH = 120  # characters after a document in which its author may be named


class Makers:
    """The makers of one page's documents.  `described` resolves a source that is no pronoun, at a depth."""

    def __init__(self, holders: Holders, described: Callable[[Span, int], Speaker]) -> None:
        self.scene: Scene = holders.scene
        self.roles = self.scene.roles
        self.holders = holders
        self.wording: Wording = holders.wording
        self._described = described

    def maker(self, span: Span, toks: list[Token], phrase: Phrase, depth: int) -> Speaker:
        """Who speaks in a document: its author by complement or possessive, the newspaper for "our", else as worded."""
        if phrase.determiner == "first_person" and self.scene.page.article.outlet:
            return Speaker(self.scene.page.article.outlet, "our own -> the newspaper", 0.9, body=True)
        owner = None
        possessor = self._possessor(span, phrase) if depth < MAX_DEPTH else None
        if possessor is not None:
            inner = self._described(possessor, depth + 1)
            if inner.name:
                return renamed(inner, "document -> whose it is", 0.9)
            return self.wording.as_worded(span, toks, phrase)
        if phrase.determiner == "possessive":
            owner = self.holders.back(phrase.span.start, Demand(), "possessive")
        elif phrase.noun.lemma in self.roles.voice and phrase.definite and not phrase.words:
            owner = self.holders.back(phrase.span.start, Demand(number="s", want="body"), "document")
        if owner is not None:
            return renamed(owner, "document -> whose it is", 0.7)
        if depth < MAX_DEPTH:
            author = self._author(span, toks, phrase, depth)
            if author is not None:
                return author
        return self.wording.as_worded(span, toks, phrase)

    def _possessor(self, span: Span, phrase: Phrase) -> Span | None:
        """The owner before the possessive mark in a source ("*the audit board*'s annual report")."""
        at = max(
            (self.scene.plain.rfind(mark, span.start, phrase.head.start) for mark in self.roles.owners), default=-1
        )
        return Span(span.start, at) if at > span.start else None

    def _author(self, span: Span, toks: list[Token], phrase: Phrase, depth: int) -> Speaker | None:
        """The complement of a document that names its author."""
        links = self.roles.agents | set(self.roles.genitives)
        if toks[-1].end <= phrase.span.end or not any(t.low in links for t in toks if t.start > phrase.head.start):
            toks, span = self._with_agent(toks, span)
        for i, token in enumerate(toks[:-1]):
            if token.start < phrase.head.end:
                continue
            agent = token.low in self.roles.agents
            if token.low in self.roles.genitives or agent:
                rest = self._complement_at(toks, i + 1, span.end)
                if not self._may_speak(rest):
                    return None
                inner = self._described(rest, depth + 1)
                if not inner.name or (inner.reason == AS_WORDED and self._is_document(rest)):
                    return None
                return renamed(inner, "document -> whose it is", 0.9)
            if self.roles.head_first and token.capital:
                return None
        return None

    def _with_agent(self, toks: list[Token], span: Span) -> tuple[list[Token], Span]:
        """The source with the agent that follows it ("un comptage *réalisé par le cabinet X*"), where one does."""
        sentence = self.scene.sentences[self.scene.sentence_of(span.start)]
        after = tokens(self.scene.text, span.end, min(sentence.end, span.end + AGENT_REACH))
        for i, token in enumerate(after[:AGENT_WORDS]):
            gap = self.scene.plain[after[i - 1].end if i else span.end : token.start]
            if gap not in (" ", "'") or token.low in self.roles.readers:
                break
            if token.low in self.roles.agents and i + 1 < len(after):
                end = self._agent_end(after[i + 1 :])
                return [*toks, *(t for t in after if t.end <= end)], Span(span.start, end)
        return toks, span

    def _agent_end(self, rest: list[Token]) -> int:
        """Where the agent's phrase ends, with the name beside it."""
        head = self.roles.head_of(rest, self.scene.text)
        phrase = self.roles.phrase_at(self.scene.text, rest, head) if head is not None else None
        ends = [phrase.span.end if phrase is not None and phrase.span.start <= rest[0].start else rest[0].end]
        for m in self.scene.between(rest[0].start, rest[-1].end):
            if m.in_names and not self.scene.plain[ends[-1] : m.span.start].strip(" ,'"):
                ends.append(m.span.end)
        return max(ends)

    def _complement_at(self, toks: list[Token], i: int, end: int) -> Span:
        """The complement that starts at a token, up to its own phrase's end where no name goes on after it."""
        rest = toks[i:]
        head = self.roles.head_of(rest, self.scene.text)
        phrase = self.roles.phrase_at(self.scene.text, rest, head) if head is not None else None
        if phrase is None or any(t.capital for t in rest if t.start >= phrase.span.end):
            return Span(toks[i].start, end)
        return Span(toks[i].start, max(phrase.span.end, toks[i].end))

    def _is_document(self, span: Span) -> bool:
        """Whether a complement is a document itself ("un rapport *d'expertise*")."""
        toks = tokens(self.scene.text, span.start, span.end)
        head = self.roles.head_of(toks, self.scene.text)
        return head is not None and self.roles.nouns[toks[head].low].category == "document"

    def _may_speak(self, span: Span) -> bool:
        """Whether a document's complement can be its author (a body, a person, a name) and not its subject."""
        toks = tokens(self.scene.text, span.start, span.end)
        if len(toks) == 1 and toks[0].low in self.roles.determiners:
            return False
        if any(t.low in self.roles.readers for t in toks):
            return False
        return self.roles.head_of(toks, self.scene.text) is not None or any(t.capital for t in toks[:3])
