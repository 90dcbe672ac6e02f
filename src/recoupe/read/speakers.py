"""Who speaks: the source of each attribution resolved to a speaker within its article.

The rules, in their order: a pronoun points to the most salient one that fits; a proper name in the source that is no
mere complement speaks; a document speaks for its maker ("a Reuters tally"); a role is the person whom the article
names beside it anywhere; a bare noun for a body or a person points back ("the company", "la magistrate"); all else
stays as worded.  Where nothing says who speaks the speaker is None.  `speaker_reason` says which rule decided.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from recoupe.model import Attribution
from recoupe.read.mentions import Gender, Mention
from recoupe.read.page import Page, Stage
from recoupe.read.roles import BODIES, PERSONS, Phrase
from recoupe.read.salience import Demand, Salience, Speaker, Turn, renamed
from recoupe.read.scene import Scene, is_person
from recoupe.read.tables import table
from recoupe.read.words import Token, tokens
from recoupe.text import Span

MAX_SOURCE = 400  # characters of a source that are read: more is no noun phrase
MAX_DEPTH = 3  # documents in documents ("le rapport de l'auteur de l'étude ...")
AS_WORDED = "as worded in the source"
AGENT_WORDS = 8  # words between a document and the agent that made it
AGENT_REACH = 120  # characters after a document in which its author may be named
LOOK_AROUND = 60  # turns looked at on either side of an attribution without a source
PAIR_REACH = 80  # characters after a source in which two names in apposition stand
MAX_SAME_NOUN = 64  # phrases on one noun that are compared

_SPACE = re.compile(r"\s+")
_MARKS = " \t\r\n\u00a0\u202f«»“”„\"'‘’,;:()[]–—-"
_CUT = re.compile(r"[^\W\d_]+-$")
_REST = re.compile(r"-[^\W\d_]+")
_PLACE = re.compile(r"([^,.;:]{2,80}),\s*$")


@dataclass(frozen=True, slots=True)
class _Pronoun:
    gender: str
    number: str
    kind: str
    want: str


@dataclass(frozen=True, slots=True)
class _Pronouns:
    forms: dict[str, _Pronoun]
    natural: bool  # he and she are persons, it is the rest


@cache
def _pronouns(lang: str) -> _Pronouns:
    data = table(lang, "pronouns")
    forms = {
        form: _Pronoun(p["gender"], p["number"], p["kind"], p.get("want", "any"))
        for p in data["pronoun"]
        for form in p["forms"]
    }
    return _Pronouns(forms, bool(data.get("natural", False)))


@cache
def _posting(lang: str) -> re.Pattern[str]:
    """Where a sentence says that something is posted: the words of the language's frame before a network's name."""
    leads = {w for f in table(lang, "credits")["frame"] if f["kind"] == "social" for w in f["lead"] if "*" not in w}
    names = table("data", "networks")["names"]
    ordered = [
        "|".join(re.escape(w) for w in sorted(group, key=lambda w: (-len(w), w))) or "(?!)" for group in (leads, names)
    ]
    return re.compile(rf"\b(?:{ordered[0]}) (?:{ordered[1]})\b", re.IGNORECASE)


class Resolver:
    """The speakers of one article, resolved in the order of the text so that each can rest on those before."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.scene = Scene(page)
        self.roles = self.scene.roles
        self.pronouns = _pronouns(page.lang)
        self.salience = Salience(self.scene, self.pronouns.natural)
        self.turns: list[Turn] = []

    def resolve(self) -> tuple[Attribution, ...]:
        """The page's attributions, in their order, with speaker and reason."""
        given = self.page.attributions
        order = sorted(range(len(given)), key=lambda n: (_anchor(given[n]), n))
        done: dict[int, Speaker] = {}
        for n in order:
            done[n] = self._of(given[n])
            self._remember(given[n], done[n])
        anchors = [t.anchor for t in self.turns]
        for n in order:
            if done[n].name is None and given[n].source is None:
                done[n] = self._from_neighbours(given[n], anchors)
        return tuple(replace(a, speaker=done[n].name, speaker_reason=done[n].reason) for n, a in enumerate(given))

    def _remember(self, attribution: Attribution, speaker: Speaker) -> None:
        anchor = _anchor(attribution)
        k = self.scene.sentence_of(anchor)
        paragraph = self.scene.paragraph_of_sentence(k)
        self.turns.append(Turn(anchor, k, paragraph, speaker, attribution.source, attribution.content))

    def _of(self, attribution: Attribution) -> Speaker:
        source = attribution.source
        if source is None or source.end <= source.start:
            return self._without_source(attribution)
        span = Span(source.start, min(source.end, source.start + MAX_SOURCE))
        pronoun = self._pronoun_in(span) or self._pronoun_in(self._whole_word(span))
        return self._described(span) if pronoun is None else self._pronoun(span, pronoun)

    def _pronoun_in(self, span: Span) -> _Pronoun | None:
        return self.pronouns.forms.get(_SPACE.sub(" ", span.of(self.scene.plain)).strip(_MARKS).lower())

    def _whole_word(self, span: Span) -> Span:
        """The span with what it cuts of a hyphenated word ("[Celui-]ci", "Celle[-ci]")."""
        found = _CUT.search(self.scene.plain, max(0, span.start - 24), span.start)
        rest = _REST.match(self.scene.plain, span.end)
        return Span(found.start() if found else span.start, rest.end() if rest else span.end)

    # --- attributions without a source

    def _without_source(self, attribution: Attribution) -> Speaker:
        anchor = _anchor(attribution)
        if attribution.cue is not None or attribution.type != "indirect":
            last = self._last_turn(anchor)
            if last is not None and (attribution.cue is not None or last.paragraph == self.scene.paragraph_of(anchor)):
                return renamed(last.speaker, "no source: the last speaker goes on", 0.8)
            return Speaker(None, "no source")
        posted = next((t for t in reversed(self.turns[-LOOK_AROUND:]) if t.speaker.name and self._posts(t)), None)
        if posted is not None:
            return renamed(posted.speaker, "post without a source -> who is said to post", 0.7)
        return Speaker(None, "no source")

    def _from_neighbours(self, attribution: Attribution, anchors: Sequence[int]) -> Speaker:
        """When all others are known: the next speaker of the paragraph, else the last one before."""
        at = _anchor(attribution)
        here = self.scene.paragraph_of(at)
        n = bisect_left(anchors, at)
        for turn in self.turns[n : n + LOOK_AROUND]:
            if turn.anchor > at and turn.paragraph == here and turn.speaker.name:
                return renamed(turn.speaker, "no source: the next speaker of the paragraph", 0.6)
        for turn in reversed(self.turns[max(0, n - LOOK_AROUND) : n]):
            if turn.speaker.name:
                return renamed(turn.speaker, "no source: the last speaker goes on", 0.5)
        return Speaker(None, "cannot tell: no source, and nobody speaks nearby", 0.0)

    def _posts(self, turn: Turn) -> bool:
        sentence = self.scene.sentences[turn.sentence]
        return (
            _posting(self.page.lang).search(self.scene.plain, sentence.start, min(sentence.end, sentence.start + 2000))
            is not None
        )

    def _last_turn(self, at: int) -> Turn | None:
        """The last turn before an offset that says who speaks and is not inside a quotation."""
        for turn in reversed(self.turns[-LOOK_AROUND:]):
            if turn.anchor < at and turn.speaker.name and self.scene.in_quote(turn.anchor) is None:
                return turn
        return None

    # --- pronouns

    def _pronoun(self, span: Span, pronoun: _Pronoun) -> Speaker:
        if pronoun.kind == "relative":
            return self._relative(span, pronoun.want)
        if pronoun.kind == "speaker":
            return self._first_person(span)
        if pronoun.kind == "indefinite":
            return self._indefinite(span)
        personal = self.pronouns.natural and pronoun.kind == "personal" and pronoun.number == "s"
        want = "any" if not personal else "body" if pronoun.gender == "n" else "person"
        demand = Demand(pronoun.gender.replace("n", ""), pronoun.number, want, pronoun.kind == "near")  # type: ignore[arg-type]
        found = self._back(span.start, demand, "pronoun")
        return found or Speaker(None, "cannot tell: nobody before fits the pronoun", 0.0)

    def _back(self, at: int, demand: Demand, what: str) -> Speaker | None:
        """The antecedent as a speaker."""
        found = self.salience.antecedent(at, demand, self._last_turn(at))
        if found is None:
            return None
        who, weight = found
        speaker = self._speaker(who, "") if isinstance(who, Mention) else who
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

    def _relative(self, span: Span, want: str) -> Speaker:
        """The phrase right before the relative pronoun: the last turn's source, else the nearest mention."""
        plain = self.scene.plain
        for turn in reversed(self.turns[-LOOK_AROUND:]):
            source = turn.source
            if source and span.start - 40 < source.end <= span.start and not plain[source.end : span.start].strip(" ,"):
                return replace(turn.speaker, reason="relative pronoun -> the source before it")
        best = None
        sentence = self.scene.sentence_of(span.start)
        for m in reversed(self.scene.before(span.start, 12)):
            if self.scene.sentence_of(m.span.start) != sentence or m.span.end > span.start:
                continue
            if (want == "person" and not self._may_be_person(m)) or (want == "body" and is_person(m)):
                continue
            if best is None or best.kind == "place":
                best = m
            if (self._is_named(m) or m.kind == "role") and self._reaches(m, span.start):
                best = m
                break
        if best is None:
            return Speaker(None, "cannot tell: nobody named before the relative pronoun", 0.0)
        return self._speaker(best, "relative pronoun -> the phrase before it")

    def _may_be_person(self, m: Mention) -> bool:
        return is_person(m) or m.kind == "name" or (m.phrase is not None and m.phrase.noun.category == "group")

    def _reaches(self, mention: Mention, at: int) -> bool:
        """Whether nothing, or only an apposition between commas, stands between a mention and an offset."""
        gap = self.scene.plain[mention.span.end : at]
        if not gap.strip(" ,"):
            return True
        return mention.kind == "person" and gap.count(",") == 2 and gap.startswith(",") and gap.rstrip().endswith(",")

    def _first_person(self, span: Span) -> Speaker:
        """Who speaks in the quotation around it, else the newspaper."""
        for turn in reversed(self.turns[-LOOK_AROUND:]):
            if any(s.start <= span.start < s.end for s in turn.content):
                return replace(turn.speaker, reason="first person -> who speaks around it")
        quote = self.scene.in_quote(span.start)
        if quote is not None:
            return self._who_says(quote)
        if self.page.article.outlet:
            return Speaker(self.page.article.outlet, "first person -> the newspaper", 0.8, body=True)
        return Speaker(None, "cannot tell: first person outside a quotation", 0.0)

    def _who_says(self, quote: Span) -> Speaker:
        """The speaker of a quotation whose source comes after it."""
        for attribution in self._by_content.get(quote.start, ()):
            if attribution.source is not None and attribution.source.start >= quote.end:
                return replace(self._of(attribution), reason="first person -> who speaks around it")
        return Speaker(None, "cannot tell: first person in a quotation that nobody is said to say", 0.0)

    @cached_property
    def _by_content(self) -> dict[int, list[Attribution]]:
        found: dict[int, list[Attribution]] = {}
        for attribution in self.page.attributions:
            found.setdefault(attribution.content[0].start, []).append(attribution)
        return found

    def _indefinite(self, span: Span) -> Speaker:
        """In "À la mairie, on parle ..." the place speaks; else the pronoun names nobody."""
        sentence = self.scene.sentences[self.scene.sentence_of(span.start)]
        start = max(sentence.start, span.start - 120)
        found = _PLACE.match(self.scene.plain, start, span.start) if start == sentence.start else None
        if found:
            toks = tokens(self.scene.text, start, found.end(1))
            if len(toks) > 1 and toks[0].low in self.roles.prepositions:
                return Speaker(self._worded(Span(toks[1].start, toks[-1].end)), "indefinite pronoun -> the place", 0.7)
        return Speaker(None, "cannot tell: an indefinite pronoun names nobody", 0.0)

    # --- names in the source

    def _described(self, span: Span, depth: int = 0) -> Speaker:
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
            return self._as_worded(span, toks, None)
        if phrase.noun.category == "document":
            return self._maker(span, toks, phrase, depth)
        return self._known(span, phrase, inside) or self._as_worded(span, toks, phrase)

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
        return self._described(Span(toks[1].start, span.end), depth + 1)

    def _partitive(self, token: Token) -> Speaker | None:
        """ "Un (des chercheurs de HRW, Ole Solvang)": the phrase that the source is one of, if it is named."""
        near = self.scene.between(token.end, token.end + 6)
        if token.low not in self.roles.determiners or not near or near[0].phrase is None or not self._is_named(near[0]):
            return None
        return self._speaker(near[0], "role beside the name")

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
        return self._speaker(last if apposed and last.kind == "person" else bare[0], "named in the source")

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
        if after.startswith(("'s ", "' ")):
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

    # --- documents

    def _maker(self, span: Span, toks: list[Token], phrase: Phrase, depth: int) -> Speaker:
        """Who speaks in a document: its author by complement or possessive, the newspaper for "our", else as worded."""
        if phrase.determiner == "first_person" and self.page.article.outlet:
            return Speaker(self.page.article.outlet, "our own -> the newspaper", 0.9, body=True)
        owner = None
        possessor = self._possessor(span, phrase) if depth < MAX_DEPTH else None
        if possessor is not None:
            inner = self._described(possessor, depth + 1)
            return renamed(inner, "document -> whose it is", 0.9) if inner.name else self._as_worded(span, toks, phrase)
        if phrase.determiner == "possessive":
            owner = self._back(phrase.span.start, Demand(), "possessive")
        elif phrase.noun.lemma in self.roles.voice and phrase.definite and not phrase.words:
            owner = self._back(phrase.span.start, Demand(number="s", want="body"), "document")
        if owner is not None:
            return renamed(owner, "document -> whose it is", 0.7)
        if depth < MAX_DEPTH:
            author = self._author(span, toks, phrase, depth)
            if author is not None:
                return author
        return self._as_worded(span, toks, phrase)

    def _possessor(self, span: Span, phrase: Phrase) -> Span | None:
        """The owner before the possessive mark in a source ("*the audit board*'s annual report")."""
        if self.roles.head_first:
            return None
        at = self.scene.plain.rfind("'s ", span.start, phrase.head.start)
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

    # --- roles and bodies without a name

    def _known(self, span: Span, phrase: Phrase, inside: Sequence[Mention] = ()) -> Speaker | None:
        """The one whom the article names elsewhere for a phrase that names nobody."""
        for m in inside:
            if m.phrase is not None and m.phrase.head == phrase.head and self._is_named(m):
                return self._speaker(m, "role beside the name")
        if phrase.determiner in ("indefinite", "possessive", "first_person"):
            return None
        if phrase.noun.category in BODIES:
            return self._known_body(span, phrase)
        if phrase.noun.category not in PERSONS:
            return self._fuller(phrase, span)
        tied = self._tied(phrase, span.start)
        if tied is not None:
            return self._speaker(tied, "role -> the name beside it elsewhere", 0.9)
        return self._known_person(phrase, span) or self._fuller(phrase, span)

    def _known_body(self, span: Span, phrase: Phrase) -> Speaker | None:
        if not self._points_back(phrase):
            return self._fuller(phrase, span)
        tied = self._tied(phrase, span.start)
        if tied is not None:
            return self._speaker(tied, "body -> the name beside it elsewhere", 0.9)
        fuller = self._fuller(phrase, span)
        if fuller is not None:
            return fuller
        body = self.salience.body(span.start, phrase)
        return self._speaker(body, "body -> the one spoken of", 0.6) if body is not None else None

    def _is_named(self, m: Mention) -> bool:
        return m.entity in self.scene.named

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
                m.entity if self._is_named(m) else -1,
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
            if m.phrase is not None and self._is_named(m) and _agree(phrase, m.phrase)
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
            and not self._is_named(m)
            and self.scene.in_quote(m.span.start) is None
        ]
        before = [m for m in fits if m.span.start < span.start]
        chosen = before[-1] if before else fits[0] if len(fits) == 1 and self._has_complement(fits[0]) else None
        if chosen is None or (not before and phrase.noun.category == "group"):
            return None
        body = phrase.noun.category in BODIES
        plural = chosen.number == "plural"
        reason = "short for the fuller phrase on the same noun"
        return Speaker(self._worded(chosen.span), reason, 0.8, chosen.entity, chosen.gender, plural, body)

    def _has_complement(self, m: Mention) -> bool:
        words = self.scene.plain[m.span.start : m.span.end].lower().replace("'", " ").split()
        return any(w in self.roles.genitives for w in words[1:])

    def _known_person(self, phrase: Phrase, span: Span) -> Speaker | None:
        """ "la magistrate", "l'ancienne ministre": who is spoken of; an office only right after its holder spoke."""
        if not phrase.definite or phrase.number == "p" or (phrase.determiner is None and self.roles.head_first):
            return None
        lead = self.scene.plain[phrase.span.start : phrase.head.start].lower().replace("'", " ").split()
        pointing = phrase.same or phrase.demonstrative or any(w in self.roles.before_head for w in lead)
        if phrase.noun.category == "office" and not pointing:
            return self._office_holder(phrase, span)
        if not phrase.gender or not self._plain_description(phrase):
            return None
        return self._back(span.start, Demand(phrase.gender, "s", "person", named=True), "description")

    def _plain_description(self, phrase: Phrase) -> bool:
        """Whether nothing in a description makes it a new one: no name, no complement, one adjective at most."""
        own = tokens(self.scene.text, phrase.span.start, phrase.span.end)
        rest = [t for t in own if t.start != phrase.head.start and t.low not in self.roles.determiners]
        added = [t for t in rest if t.low not in self.roles.before_head and t.low not in self.roles.same]
        return len(added) <= 1 and not any(t.capital or t.low in self.roles.genitives for t in added)

    def _office_holder(self, phrase: Phrase, span: Span) -> Speaker | None:
        """A bare office that opens the sentence after its holder's: "Mme X avait prévenu. La présidente table sur" """
        here = self.scene.sentence_of(span.start)
        last = self._last_turn(span.start)
        opens = span.start - self.scene.sentences[here].start < 3
        if phrase.words or not opens or last is None or last.sentence != here - 1 or last.speaker.entity is None:
            return None
        speaker = last.speaker
        if self.scene.paragraph_of_sentence(here) != last.paragraph or speaker.body or speaker.plural:
            return None
        if speaker.entity not in self.scene.persons:
            return None
        if phrase.gender and speaker.gender and phrase.gender != speaker.gender:
            return None
        return renamed(speaker, "office -> who spoke in the sentence before", 0.6)

    # --- wording

    def _speaker(self, m: Mention, reason: str, score: float = 1.0) -> Speaker:
        """A mention as a speaker, by its entity's name, else by the one it points back to, else as worded."""
        if m.contradicts and reason:
            reason += "; the form of address is against the other evidence"
        body = m.kind == "organisation" or (m.phrase is not None and m.phrase.noun.category in BODIES)
        plural = m.number == "plural"
        if self._is_named(m):
            body = body and self.scene.named[m.entity].kind != "person"
            return Speaker(m.name, reason, score, m.entity, m.gender, plural, body)
        if m.phrase is not None:
            again = self._known(m.span, m.phrase)
            if again is not None and again.name:
                return replace(again, reason=reason or again.reason)
        return Speaker(self._worded(m.span), reason, score, m.entity, m.gender, plural, body)

    def _as_worded(self, span: Span, toks: list[Token], phrase: Phrase | None) -> Speaker:
        end = span.end
        for i, t in enumerate(toks):
            if i and t.low in self.roles.relatives and not t.capital:
                end = toks[i - 1].end
                break
        comma = self.scene.plain.find(",", span.start, end)
        end = comma if comma > toks[0].start else end
        name, reason = self._worded(Span(toks[0].start, end)), AS_WORDED
        if phrase is None:
            return Speaker(name, reason)
        gender: Gender | None = "m" if phrase.gender == "m" else "f" if phrase.gender == "f" else None
        own = next(
            (
                m
                for m in self.scene.between(span.start, span.end)
                if m.phrase is not None and m.phrase.head == phrase.head
            ),
            None,
        )
        entity = own.entity if own is not None else None
        return Speaker(name, reason, 1.0, entity, gender, phrase.number == "p", phrase.noun.category in BODIES)

    def _worded(self, span: Span) -> str:
        """A description as worded: single spaces, no marks at the edges, a small determiner, none before a capital."""
        worded = _SPACE.sub(" ", span.of(self.scene.text)).strip(_MARKS)
        toks = tokens(worded)
        if not toks:
            return worded
        determiner = self.roles.determiners.get(toks[0].low)
        if determiner is None:
            before = self.scene.plain[max(0, span.start - 5) : span.start].lower().replace("'", " ").split()
            inside = self.roles.genitives.get(before[-1], "") if before else ""
            return f"{inside} {worded}" if inside and not toks[0].capital else worded
        head = self.roles.head_of(toks, worded)
        proper = len(toks) > 1 and toks[1].capital and (head is None or toks[head].capital)
        if determiner[0] == "definite" and proper:
            return worded[toks[1].start :]
        return worded[0].lower() + worded[1:]


def _anchor(attribution: Attribution) -> int:
    """Where an attribution counts as said: at its source, else its cue, else its content."""
    if attribution.source is not None:
        return attribution.source.start
    return attribution.cue.start if attribution.cue is not None else attribution.content[0].start


def _agree(phrase: Phrase, other: Phrase) -> bool:
    """Whether two phrases on one noun can name one holder: neither genders nor complements clash."""
    if phrase.gender and other.gender and phrase.gender != other.gender:
        return False
    if phrase.number == "p":
        return False
    a, b = phrase.words, other.words
    return not a or not b or a <= b or b <= a or len(a & b) * 2 >= min(len(a), len(b))


def _run(pages: Iterable[Page]) -> list[Page]:
    return [replace(page, attributions=Resolver(page).resolve()) for page in pages]


STAGE = Stage("speakers", frozenset({"attributions", "mentions"}), frozenset({"attributions"}), _run)
