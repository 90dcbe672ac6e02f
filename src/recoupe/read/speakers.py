"""Who speaks: the source of each attribution resolved to a speaker within its article.

The rules, in their order: a proper name in the source that is not a mere complement; a document's maker ("a Reuters
tally"); a role that the article ties to a name; a body named before ("the company"); a person already spoken of ("la
magistrate"); a pronoun by gender, number and salience; else the description as worded.  Where nothing says who speaks
the speaker is None.  The reason of each decision is kept in `speaker_reason`.

The weights of salience follow Lappin and Leass ("An algorithm for pronominal anaphora resolution", Computational
Linguistics 20(4), 1994): subjects before objects before complements, and recency by sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Literal

from recoupe.model import Attribution
from recoupe.read.mentions import Gender, Mention
from recoupe.read.names import plain
from recoupe.read.page import Page, Stage
from recoupe.read.roles import BODIES, PERSONS, Phrase, Roles, Token, roles, tokens
from recoupe.read.tables import table
from recoupe.text import Span

Want = Literal["person", "body", "any"]

WINDOW = 120  # mentions looked at before a pronoun
REACH = 14  # sentences looked at before a pronoun
MAX_SOURCE = 400  # characters of a source that are read: more is no noun phrase

_SPACE = re.compile(r"\s+")
_MARKS = " \t\r\n\u00a0\u202f«»“”„\"'‘’,;:()[]–—-"


@dataclass(frozen=True, slots=True)
class _Pronoun:
    gender: str
    number: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Pronouns:
    forms: dict[str, _Pronoun]
    natural: bool  # he and she are persons, it is the rest


@cache
def _pronouns(lang: str) -> _Pronouns:
    data = table(lang, "pronouns")
    forms = {form: _Pronoun(p["gender"], p["number"], p["kind"]) for p in data["pronoun"] for form in p["forms"]}
    return _Pronouns(forms, bool(data.get("natural", False)))


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
class _Turn:
    """A resolved attribution, as a place to look for the next one's antecedent."""

    anchor: int
    sentence: int
    paragraph: int
    speaker: Speaker
    source: Span | None
    content: tuple[Span, ...]
    direct: bool


class Resolver:
    """The speakers of one article, resolved in the order of the text so that each can rest on those before."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.text = page.text
        self.plain = plain(page.text)
        self.roles: Roles = roles(page.lang)
        self.pronouns = _pronouns(page.lang)
        self.mentions = page.mentions
        self.starts = [m.span.start for m in page.mentions]
        self.sentences = page.sentences or _lines(page.text)
        self.sentence_starts = [s.start for s in self.sentences]
        self.turns: list[_Turn] = []

    # --- places

    @cached_property
    def paragraphs(self) -> list[int]:
        """For each sentence, the number of its paragraph."""
        found, n = [], 0
        for k, sentence in enumerate(self.sentences):
            if k and "\n" in self.text[self.sentences[k - 1].end : sentence.start]:
                n += 1
            found.append(n)
        return found

    @cached_property
    def quoted(self) -> list[Span]:
        """The stretches that somebody else says, in order and disjoint: what is named there is less present."""
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
        return [s.start for s in self.quoted]

    def in_quote(self, at: int) -> Span | None:
        """The quoted stretch that holds an offset."""
        k = bisect_right(self._quoted_starts, at) - 1
        return self.quoted[k] if k >= 0 and at < self.quoted[k].end else None

    def sentence_of(self, at: int) -> int:
        """The number of the sentence that holds an offset, or of the one before it."""
        return max(0, bisect_right(self.sentence_starts, at) - 1)

    def paragraph_of(self, at: int) -> int:
        """The number of the paragraph that holds an offset."""
        return self.paragraphs[self.sentence_of(at)] if self.paragraphs else 0

    # --- the way through

    def resolve(self) -> tuple[Attribution, ...]:
        """The page's attributions, in their order, with speaker and reason."""
        order = sorted(range(len(self.page.attributions)), key=lambda n: (self._anchor(self.page.attributions[n]), n))
        done: dict[int, Attribution] = {}
        waiting: list[int] = []
        for n in order:
            attribution = self.page.attributions[n]
            if attribution.source is None:
                waiting.append(n)
            speaker = self._of(attribution)
            done[n] = _with(attribution, speaker)
            self._remember(attribution, speaker)
        for n in waiting:
            if done[n].speaker is None:
                done[n] = _with(done[n], self._from_neighbours(self.page.attributions[n]))
        return tuple(done[n] for n in range(len(done)))

    def _anchor(self, attribution: Attribution) -> int:
        if attribution.source is not None:
            return attribution.source.start
        return attribution.cue.start if attribution.cue is not None else attribution.content[0].start

    def _remember(self, attribution: Attribution, speaker: Speaker) -> None:
        anchor = self._anchor(attribution)
        k = self.sentence_of(anchor)
        direct = attribution.type == "direct"
        paragraph = self.paragraphs[k] if self.paragraphs else 0
        self.turns.append(_Turn(anchor, k, paragraph, speaker, attribution.source, attribution.content, direct))

    def _of(self, attribution: Attribution) -> Speaker:
        source = attribution.source
        if source is None or source.end <= source.start:
            return self._uncued(attribution)
        span = Span(source.start, min(source.end, source.start + MAX_SOURCE))
        low = _SPACE.sub(" ", span.of(self.plain)).strip(_MARKS).lower()
        pronoun = self.pronouns.forms.get(low)
        if pronoun is not None:
            return self._pronoun(span, pronoun)
        return self._described(span)

    # --- sources without a source

    def _uncued(self, attribution: Attribution) -> Speaker:
        at = attribution.content[0].start
        if attribution.cue is not None or attribution.type != "indirect":
            here = self.paragraph_of(at)
            last = self._last_turn(self._anchor(attribution), attribution)
            if last is not None and (last.paragraph == here or attribution.cue is not None):
                return replace(last.speaker, reason="no source: the last speaker goes on", score=0.8)
            return Speaker(None, "no source: cannot tell yet", 0.0)
        posted = [t for t in self.turns if t.speaker.name and self._is_post(t)]
        if posted:
            return replace(posted[-1].speaker, reason="post without a source: who is said to post", score=0.7)
        return Speaker(None, "no source: cannot tell yet", 0.0)

    def _from_neighbours(self, attribution: Attribution) -> Speaker:
        """Second look, when all other speakers are known: the next one in the paragraph, else the last one before."""
        at = self._anchor(attribution)
        here = self.paragraph_of(at)
        known = [t for t in self.turns if t.speaker.name and t.content != attribution.content]
        after = [t for t in known if t.anchor > at and t.paragraph == here]
        if after:
            return replace(after[0].speaker, reason="no source: the next speaker of the paragraph", score=0.6)
        before = [t for t in known if t.anchor < at]
        if before:
            return replace(before[-1].speaker, reason="no source: the last speaker goes on", score=0.5)
        return Speaker(None, "cannot tell: no source and no speaker near", 0.0)

    def _is_post(self, turn: _Turn) -> bool:
        sentence = self.sentences[turn.sentence]
        lo, hi = bisect_left(self.starts, sentence.start), bisect_left(self.starts, sentence.end)
        return any(m.name in _networks() for m in self.mentions[lo:hi]) or bool(_post().search(sentence.of(self.plain)))

    def _last_turn(self, at: int, but: Attribution | None = None) -> _Turn | None:
        """The last turn before an offset that says who speaks and is not inside a quotation."""
        for turn in reversed(self.turns):
            if turn.anchor < at and turn.speaker.name and (but is None or turn.content != but.content):
                if self.in_quote(turn.anchor) is None:
                    return turn
        return None

    # --- pronouns

    def _pronoun(self, span: Span, pronoun: _Pronoun) -> Speaker:
        if pronoun.kind == "relative":
            return self._relative(span)
        if pronoun.kind == "speaker":
            return self._speaker_of(span)
        if pronoun.kind == "indefinite":
            return self._indefinite(span)
        want: Want = "any"
        gender = pronoun.gender
        if self.pronouns.natural and pronoun.kind == "personal" and pronoun.number == "s":
            want = "body" if gender == "n" else "person"
        found = self._antecedent(span.start, gender.replace("n", ""), pronoun.number, want, near=pronoun.kind == "near")
        if found is None:
            return Speaker(None, "pronoun: nobody fits", 0.0)
        return found

    def _relative(self, span: Span) -> Speaker:
        """The phrase right before the relative pronoun: the last turn's source, else the nearest mention."""
        sentence = self.sentence_of(span.start)
        for turn in reversed(self.turns):
            if (
                turn.source
                and turn.source.end <= span.start
                and not self.plain[turn.source.end : span.start].strip(" ,")
            ):
                return replace(turn.speaker, reason="relative pronoun -> the source before it")
        n = bisect_left(self.starts, span.start) - 1
        best: Mention | None = None
        for m in reversed(self.mentions[max(0, n - 12) : n + 1]):
            if self.sentence_of(m.span.start) != sentence or m.span.end > span.start:
                continue
            if best is None or best.kind == "place":
                best = m
            gap = self.plain[m.span.end : span.start]
            if (m.kind in ("person", "role") and gap.strip(" ,") == "") or self._holds_up_to(m, span.start):
                best = m
                break
        if best is None:
            return Speaker(None, "relative pronoun: nobody named before it", 0.0)
        return self._as_speaker(best, "relative pronoun -> the phrase before it")

    def _holds_up_to(self, mention: Mention, at: int) -> bool:
        """Whether only an apposition between commas stands between a person's name and the pronoun."""
        gap = self.plain[mention.span.end : at]
        return mention.kind == "person" and gap.count(",") == 2 and gap.startswith(",") and gap.rstrip().endswith(",")

    def _speaker_of(self, span: Span) -> Speaker:
        """First person: who speaks in the quotation around it, else the newspaper."""
        around = [t for t in self.turns if any(s.start <= span.start < s.end for s in t.content)]
        if around:
            return replace(around[-1].speaker, reason="first person -> who speaks around it")
        held = self._holder(span)
        if held is not None:
            return held
        if self.page.article.outlet and self.in_quote(span.start) is None:
            return Speaker(self.page.article.outlet, "first person -> the newspaper", 0.8, body=True)
        return Speaker(None, "first person: cannot tell whose", 0.0)

    def _holder(self, span: Span) -> Speaker | None:
        """The speaker of the attribution whose content holds the span, though its own source comes later."""
        for attribution in self.page.attributions:
            inside = any(s.start <= span.start < s.end for s in attribution.content)
            if (
                inside
                and attribution.source
                and not attribution.source == span
                and attribution.source.start > span.start
            ):
                found = self._of(attribution)
                return replace(found, reason="first person -> who speaks around it")
        return None

    def _indefinite(self, span: Span) -> Speaker:
        """ "À la mairie, on parle ...": the place speaks; without one nobody is named."""
        sentence = self.sentences[self.sentence_of(span.start)]
        before = self.plain[sentence.start : span.start]
        found = re.match(r"([^,.;:]{2,80}),\s*$", before)
        if found:
            toks = tokens(self.text, sentence.start, sentence.start + found.end(1))
            if len(toks) > 1 and toks[0].low in self.roles.prepositions:
                genitive = self.roles.genitives.get(toks[0].low, "")
                return Speaker(
                    genitive + self._worded(Span(toks[1].start, toks[-1].end)), "indefinite pronoun -> the place", 0.7
                )
        return Speaker(None, "indefinite pronoun: nobody in particular", 0.0)

    # --- salience

    def _antecedent(
        self, at: int, gender: str, number: str, want: Want, *, near: bool = False, role: Phrase | None = None
    ) -> Speaker | None:
        """The most salient fitting one before an offset."""
        scores: dict[int | str, tuple[float, int, Speaker]] = {}
        here = self.sentence_of(at)
        paragraph = self.paragraphs[here] if self.paragraphs else 0
        inside = self.in_quote(at)
        last = self._last_turn(at)
        n = bisect_left(self.starts, at)
        for m in reversed(self.mentions[max(0, n - WINDOW) : n]):
            k = self.sentence_of(m.span.start)
            if here - k > REACH:
                break
            fit = self._fits(m, gender, number, want, inside is not None)
            if fit is None or (role is not None and not self._role_fits(m, role)):
                continue
            quote = self.in_quote(m.span.start)
            if quote is not None and quote != inside:
                fit -= 2.0
            score = fit + self._presence(m, k, here, paragraph, near)
            if k == here and quote is None and inside is None and fit > 0:
                score += 0.8
            if last is not None and last.speaker.entity == m.entity:
                score += 1.0 if not self._someone_since(last, at, m.entity) else 0.3
            best = scores.get(m.entity)
            if best is None or score > best[0]:
                scores[m.entity] = (score, m.span.start, self._as_speaker(m, ""))
        if last is not None and last.speaker.entity is None and last.speaker.name and here - last.sentence <= REACH:
            if self._turn_fits(last.speaker, gender, number, want):
                base = 1.5 - 0.5 * (here - last.sentence) + (1.0 if not self._someone_since(last, at, -1) else 0.3)
                scores[last.speaker.name] = (base, last.anchor, last.speaker)
        if not scores:
            return None
        score, _, speaker = max(scores.values(), key=lambda s: (s[0], s[1]))
        kind = "pronoun" if role is None else "description"
        which = {"m": "man", "f": "woman"}.get(gender, "one") if not speaker.body else "body"
        sure = max(0.3, min(0.95, 0.55 + 0.15 * score))
        return replace(speaker, reason=f"{kind} -> most salient {which}", score=round(sure, 2))

    def _presence(self, m: Mention, k: int, here: int, paragraph: int, near: bool) -> float:
        """How present a mention is: near, in the same paragraph, a subject; the last one named for "celui-ci"."""
        distance = here - k
        score = 1.5 - 0.5 * distance if distance < 4 else -0.2 * distance + 0.3
        if self.paragraphs and self.paragraphs[k] != paragraph:
            score -= 0.2
        rank = self._rank(m, k)
        return score + (-rank if near and distance else rank)

    def _rank(self, m: Mention, k: int) -> float:
        """1 for the first phrase of a sentence that no preposition governs, less for others, negative for complements."""
        i = m.span.start
        before = self.plain[max(0, i - 12) : i].lower().replace("'", " ").split()
        word = before[-1] if before and self.plain[i - 1 : i] in (" ", "'") else ""
        inside_phrase = word in self.roles.determiners and len(before) > 1 and before[-2] in self.roles.prepositions
        if word in self.roles.prepositions or inside_phrase:
            return -0.5
        sentence = self.sentences[k]
        first = bisect_left(self.starts, sentence.start)
        earlier = [
            x
            for x in self.mentions[first : bisect_left(self.starts, i)]
            if x.entity != m.entity and x.kind in ("person", "role", "unnamed", "organisation")
        ]
        free = [x for x in earlier[:4] if self._governed(x) is False and self.in_quote(x.span.start) is None]
        return 0.9 if not free else 0.2

    def _governed(self, m: Mention) -> bool:
        i = m.span.start
        before = self.plain[max(0, i - 12) : i].lower().replace("'", " ").split()
        word = before[-1] if before else ""
        if word in self.roles.prepositions:
            return True
        return word in self.roles.determiners and len(before) > 1 and before[-2] in self.roles.prepositions

    def _fits(self, m: Mention, gender: str, number: str, want: Want, quoted: bool) -> float | None:
        """0 or a bonus where a mention fits the pronoun, None where it cannot."""
        if m.kind == "place" or (m.phrase is not None and m.phrase.noun.category == "document"):
            return None
        person = m.kind == "person" or (m.phrase is not None and m.phrase.noun.category in PERSONS)
        body = m.kind == "organisation" or (m.phrase is not None and m.phrase.noun.category in BODIES)
        if (want == "person" and not person and m.kind != "name") or (want == "body" and person):
            return None
        plural = (
            m.number == "plural" or (m.phrase is not None and m.phrase.noun.category == "group" and self.pronouns.natural)
        )
        if number == "p" and not plural and not (body and self.pronouns.natural):
            return None
        if number == "s" and m.number == "plural":
            return None
        score = 0.6 if person else 0.0 if not quoted else -1.0
        if m.kind == "name" and want != "body":
            score -= 0.6
        if not gender:
            return score
        if m.gender is None:
            if not self.pronouns.natural and not person:
                return None
            return score - 0.5
        if m.gender == gender:
            return score
        return score - 0.3 if m.contradicts == gender else None

    def _role_fits(self, m: Mention, role: Phrase) -> bool:
        """Whether a description may speak of this one: not itself a description of another office."""
        if m.phrase is None:
            return True
        return m.phrase.noun.lemma == role.noun.lemma or m.named

    def _turn_fits(self, speaker: Speaker, gender: str, number: str, want: Want) -> bool:
        if (want == "person" and speaker.body) or (want == "body" and not speaker.body):
            return False
        if (number == "p") != speaker.plural and number:
            return False
        return not gender or speaker.gender is None or speaker.gender == gender

    def _someone_since(self, turn: _Turn, at: int, entity: int) -> bool:
        """Whether a sentence since the turn opens with somebody else."""
        ends = max([s.end for s in turn.content if s.start < at] + [turn.source.end if turn.source else 0])
        start = min(ends, at)
        lo, hi = bisect_left(self.starts, start), bisect_left(self.starts, at)
        for m in self.mentions[lo:hi]:
            person = m.kind == "person" or (m.phrase is not None and m.phrase.noun.category in PERSONS)
            if m.entity != entity and person and self.in_quote(m.span.start) is None and not self._governed(m):
                return True
        return False

    # --- descriptions and names

    def _described(self, span: Span) -> Speaker:
        toks = tokens(self.text, span.start, span.end)
        if not toks:
            return Speaker(None, "the source names nobody", 0.0)
        lo, hi = bisect_left(self.starts, span.start - 40), bisect_left(self.starts, span.end)
        inside = [m for m in self.mentions[lo:hi] if m.span.end > span.start]
        head = self.roles.head_of(toks, self.text)
        phrase = self.roles.phrase_at(self.text, toks, head) if head is not None else None
        named = self._named(span, toks, inside, phrase)
        if named is not None:
            return named
        if phrase is not None and phrase.noun.category == "document":
            return self._maker(span, toks, phrase)
        if phrase is not None:
            known = self._known(span, phrase, inside)
            if known is not None:
                return known
        return self._as_worded(span, toks, phrase)

    def _named(self, span: Span, toks: list[Token], inside: Sequence[Mention], phrase: Phrase | None) -> Speaker | None:
        """The name in a source that is not a complement: after the role, after a comma, or alone."""
        names = [
            m
            for m in inside
            if (m.in_names and m.span.start >= span.start - 6 and m.kind != "place") or self._whole(m, span)
        ]
        holders = {m.entity for m in inside if not m.in_names}
        free = [m for m in names if m.entity in holders or not self._complement(m, span)]
        if not free:
            return None
        persons = [m for m in free if m.kind == "person"]
        if phrase is not None and phrase.noun.category in PERSONS and not persons:
            free = [
                m for m in free if m.kind == "name" and (m.span.start >= phrase.span.end or m.span.start == span.start)
            ]
        bare = [m for m in persons or free if not self._modifies(m, span)]
        if not bare and phrase is not None and phrase.noun.category == "document":
            bare = free
        if not bare:
            return None
        several = self._coordinated(bare)
        if several is not None:
            return several
        chosen = bare[-1] if self._apposed(bare[-1], span) and bare[-1].kind == "person" else bare[0]
        return self._as_speaker(chosen, "named in the source")

    def _whole(self, m: Mention, span: Span) -> bool:
        return m.in_names and m.kind == "place" and span.end - span.start <= m.span.end - m.span.start + 4

    def _apposed(self, m: Mention, span: Span) -> bool:
        return self.plain[max(span.start, m.span.start - 2) : m.span.start].strip() == ","

    def _complement(self, m: Mention, span: Span) -> bool:
        """Whether a preposition since the last comma governs the name ("les services *de* Manuel Valls")."""
        before = self.plain[span.start : m.span.start]
        if not before:
            return False
        part = before.rsplit(",", 1)[-1].lower().replace("'", " ").split()
        return any(w in self.roles.prepositions for w in part)

    def _modifies(self, m: Mention, span: Span) -> bool:
        """Whether a noun or a possessive follows the name within the source ("CUT leader", "the Herald's editor")."""
        after = self.plain[m.span.end : span.end]
        if after.startswith("'s ") or after.startswith("' "):
            return True
        if self.roles.head_first or not after.startswith(" "):
            return False
        word = after.replace(",", " , ").split()[:1]
        return (
            bool(word)
            and word[0][0].islower()
            and word[0] not in self.roles.prepositions | self.roles.conjunctions | self.roles.relatives
        )

    def _coordinated(self, names: Sequence[Mention]) -> Speaker | None:
        """Two names joined by "and": both speak."""
        if len(names) < 2:
            return None
        left, right = names[-2], names[-1]
        word = self.plain[left.span.end : right.span.start].strip(" ,").lower()
        if word not in self.roles.conjunctions or left.entity == right.entity:
            return None
        link = _SPACE.sub(" ", self.text[left.span.end : right.span.start])
        return Speaker(left.name + link + right.name, "named in the source", 1.0, None, None, True)

    def _maker(self, span: Span, toks: list[Token], phrase: Phrase) -> Speaker:
        """Who speaks in a document: its author by complement or possessive, the newspaper for "our", else as worded."""
        if phrase.determiner == "first_person" and self.page.article.outlet:
            return Speaker(self.page.article.outlet, "our own -> the newspaper", 0.9, body=True)
        if phrase.determiner == "possessive":
            owner = self._antecedent(phrase.span.start, "", "", "any")
            if owner is not None:
                return replace(owner, reason="document -> whose it is", score=0.7)
        if phrase.noun.lemma in self.roles.voice and phrase.definite and not phrase.words:
            owner = self._antecedent(phrase.span.start, "", "s", "body") or self._antecedent(
                phrase.span.start, "", "s", "any"
            )
            if owner is not None:
                return replace(owner, reason="bare document -> the body spoken of", score=0.6)
        after = [i for i, t in enumerate(toks) if t.start >= phrase.head.end]
        for i in after:
            low = toks[i].low
            agent = low in self.roles.agents
            if (low in self.roles.genitives or agent) and i + 1 < len(toks):
                article = self.roles.genitives.get(low, "")
                rest = self._complement_at(toks, i + 1, span.end)
                inner = self._described(rest) if rest.end > rest.start else None
                if inner is None or not inner.name or not self._may_speak(rest):
                    break
                if inner.entity is None and article:
                    inner = replace(
                        inner, name=f"{article} {inner.name}" if not inner.name.startswith(article) else inner.name
                    )
                return replace(inner, reason="document -> whose it is")
            if not agent and self.roles.head_first and toks[i].capital:
                break
        return self._as_worded(span, toks, phrase)

    def _complement_at(self, toks: list[Token], i: int, end: int) -> Span:
        """The complement that starts at a token: up to its own phrase's end where a name or a comma does not go on."""
        rest = toks[i:]
        head = self.roles.head_of(rest, self.text)
        phrase = self.roles.phrase_at(self.text, rest, head) if head is not None else None
        if phrase is None or any(t.capital for t in rest if t.start >= phrase.span.end):
            return Span(toks[i].start, end)
        return Span(toks[i].start, max(phrase.span.end, toks[i].end))

    def _may_speak(self, span: Span) -> bool:
        """Whether a document's complement is its author (a body, a person, a name), not its subject."""
        toks = tokens(self.text, span.start, span.end)
        head = self.roles.head_of(toks, self.text)
        if head is not None:
            return True
        return bool(toks) and any(t.capital for t in toks[:3])

    def _known(self, span: Span, phrase: Phrase, inside: Sequence[Mention]) -> Speaker | None:
        """A role or a body that the article names elsewhere."""
        for m in inside:
            if m.phrase is not None and m.phrase.head == phrase.head and m.kind == "role" and self._is_tied(m):
                return self._as_speaker(m, "role beside the name")
        if phrase.determiner in ("indefinite", "possessive", "first_person"):
            return None
        if phrase.noun.category in BODIES and not self._points_back(phrase):
            return self._fuller(phrase, span)
        tied = self._tied(phrase, span.start)
        if tied is not None:
            return self._as_speaker(tied, "role -> the name beside it elsewhere", 0.9)
        if phrase.noun.category in BODIES:
            return self._body(phrase, span)
        if phrase.noun.category in PERSONS:
            return self._person(phrase, span) or self._fuller(phrase, span)
        return self._fuller(phrase, span)

    def _points_back(self, phrase: Phrase) -> bool:
        """Whether a phrase on a body has a noun that points back, and no complement that makes it another one."""
        if phrase.noun.category != "outlet" and phrase.noun.lemma not in self.roles.anaphoric:
            return False
        rest = tokens(self.text, phrase.head.end, phrase.span.end)
        return (
            phrase.definite
            and phrase.number != "p"
            and not any(t.capital or t.low in self.roles.genitives for t in rest)
        )

    def _is_tied(self, m: Mention) -> bool:
        return m.entity in self._named_entities

    @cached_property
    def _named_entities(self) -> dict[int, Mention]:
        """The first proper name of each entity that has one."""
        found: dict[int, Mention] = {}
        for m in self.mentions:
            if m.in_names:
                found.setdefault(m.entity, m)
        return found

    @cached_property
    def _by_lemma(self) -> dict[str, list[Mention]]:
        found: dict[str, list[Mention]] = {}
        for m in self.mentions:
            if m.phrase is not None:
                found.setdefault(m.phrase.noun.lemma, []).append(m)
        return found

    def _tied(self, phrase: Phrase, at: int) -> Mention | None:
        """The tied mention of the same role: words must not clash; the nearest before, else the first after."""
        fits = [
            m
            for m in self._by_lemma.get(phrase.noun.lemma, ())
            if self._is_tied(m) and m.phrase is not None and _agree(phrase, m.phrase)
        ]
        if not fits:
            return None
        most = max(len(phrase.words & m.phrase.words) for m in fits if m.phrase is not None)
        fits = [m for m in fits if m.phrase is not None and len(phrase.words & m.phrase.words) == most]
        if (
            len({m.entity for m in fits}) > 1
            and phrase.noun.category in BODIES
            and not phrase.words
            and not phrase.same
        ):
            before = [m for m in fits if m.span.start < at]
            return before[-1] if before else None
        before = [m for m in fits if m.span.start < at]
        return before[-1] if before else fits[0]

    def _fuller(self, phrase: Phrase, span: Span) -> Speaker | None:
        """A fuller phrase on the same noun: "le gouvernement" is "le gouvernement français" of the same article."""
        if not phrase.definite:
            return None
        group = phrase.noun.category == "group"
        fits = [
            m
            for m in self._by_lemma.get(phrase.noun.lemma, ())
            if m.phrase is not None
            and phrase.words < m.phrase.words
            and not self._is_tied(m)
            and m.phrase.number == phrase.number
            and m.phrase.determiner in ("definite", None, "possessive" if self.roles.head_first else None)
            and self.in_quote(m.span.start) is None
        ]
        if not fits:
            return None
        wordings = {m.phrase.words for m in fits if m.phrase is not None}
        before = [m for m in fits if m.span.start < span.start]
        if not before and (len(wordings) > 1 or group):
            return None
        chosen = before[-1] if before else fits[0]
        worded = self._worded(chosen.span)
        return Speaker(
            worded,
            "the fuller phrase on the same noun",
            0.8,
            chosen.entity,
            chosen.gender,
            chosen.number == "plural",
            phrase.noun.category in BODIES,
        )

    def _body(self, phrase: Phrase, span: Span) -> Speaker | None:
        """ "la société", "the bank": the body of that kind named before, if no complement makes it another one."""
        outlet = phrase.noun.category == "outlet"
        best: tuple[float, Mention] | None = None
        here = self.sentence_of(span.start)
        n = bisect_left(self.starts, span.start)
        for m in reversed(self.mentions[max(0, n - WINDOW) : n]):
            if m.kind not in ("organisation", "name") or not m.in_names or self.in_quote(m.span.start):
                continue
            k = self.sentence_of(m.span.start)
            score = self._presence(m, k, here, self.paragraphs[here] if self.paragraphs else 0, False)
            if m.kind != "organisation":
                if outlet or self._rank(m, k) < 0.9:
                    continue
                score -= 0.5
            if best is None or score > best[0]:
                best = (score, m)
        if best is None:
            return None
        return self._as_speaker(best[1], "body -> the one named before", 0.6)

    def _person(self, phrase: Phrase, span: Span) -> Speaker | None:
        """ "la magistrate", "l'ancienne ministre": the person spoken of; an office only right after its holder."""
        if not phrase.definite or phrase.number == "p" or (phrase.determiner is None and self.roles.head_first):
            return None
        office = phrase.noun.category == "office"
        former = any(
            w in self.roles.before_head
            for w in self.plain[phrase.span.start : phrase.head.start].lower().replace("'", " ").split()
        )
        if office and not former and not phrase.same and not phrase.demonstrative:
            return self._office_holder(phrase, span)
        if len(phrase.words) > 2:
            return None
        gender = phrase.gender or ""
        return self._antecedent(span.start, gender, "s", "person", role=phrase)

    def _office_holder(self, phrase: Phrase, span: Span) -> Speaker | None:
        """A bare office that opens the sentence after its holder's: "Mme X avait prévenu. La présidente table sur ..." """
        here = self.sentence_of(span.start)
        last = self._last_turn(span.start)
        opens = span.start - self.sentences[here].start < 3
        if phrase.words or not opens or last is None or last.sentence != here - 1 or last.speaker.entity is None:
            return None
        if (self.paragraphs and self.paragraphs[here] != last.paragraph) or last.speaker.body or last.speaker.plural:
            return None
        if phrase.gender and last.speaker.gender and phrase.gender != last.speaker.gender:
            return None
        return replace(last.speaker, reason="office -> who spoke in the sentence before", score=0.6)

    # --- wording

    def _as_speaker(self, m: Mention, reason: str, score: float = 1.0) -> Speaker:
        body = m.kind == "organisation" or (m.phrase is not None and m.phrase.noun.category in BODIES)
        if m.contradicts:
            reason = f"{reason}; the form of address is against the other evidence" if reason else reason
        name = m.name if m.in_names or self._is_tied(m) else self._worded(m.span)
        if m.in_names or self._is_tied(m):
            body = body and self._named_entities[m.entity].kind != "person"
        elif m.phrase is not None:
            again = self._known(m.span, m.phrase, ())
            if again is not None and again.name:
                return replace(again, reason=reason or again.reason)
        return Speaker(name, reason, score, m.entity, m.gender, m.number == "plural", body)

    def _as_worded(self, span: Span, toks: list[Token], phrase: Phrase | None) -> Speaker:
        end = span.end
        for i, t in enumerate(toks):
            if i and t.low in self.roles.relatives and not t.capital:
                end = toks[i - 1].end
                break
        gender: Gender | None = None
        if phrase is not None and phrase.gender:
            gender = "m" if phrase.gender == "m" else "f"
        plural = phrase is not None and phrase.number == "p"
        body = phrase is not None and phrase.noun.category in BODIES
        entity = None
        if phrase is not None:
            for m in self._by_lemma.get(phrase.noun.lemma, ()):
                if m.phrase is not None and m.phrase.head == phrase.head:
                    entity = m.entity
        return Speaker(
            self._worded(Span(span.start, end)), "as worded in the source", 1.0, entity, gender, plural, body
        )

    def _worded(self, span: Span) -> str:
        """A description as worded: spaces single, no marks at the edges, a small determiner, none before a capital."""
        worded = _SPACE.sub(" ", span.of(self.text)).strip(_MARKS)
        toks = tokens(worded)
        if len(toks) < 2 or toks[0].low not in self.roles.determiners:
            return worded
        kind = self.roles.determiners[toks[0].low][0]
        if kind == "definite" and toks[1].capital:
            return worded[toks[1].start :]
        return worded[0].lower() + worded[1:]


def _agree(phrase: Phrase, other: Phrase) -> bool:
    """Whether two phrases on one noun can name one holder: genders and complements do not clash."""
    if phrase.gender and other.gender and phrase.gender != other.gender:
        return False
    if phrase.number == "p" or (other.number == "p" and phrase.number == "s" and phrase.noun.category not in PERSONS):
        return False
    a, b = phrase.words, other.words
    return not a or not b or a <= b or b <= a or len(a & b) * 2 >= min(len(a), len(b))


def _with(attribution: Attribution, speaker: Speaker) -> Attribution:
    return replace(attribution, speaker=speaker.name, speaker_reason=speaker.reason)


def _lines(text: str) -> tuple[Span, ...]:
    return tuple(Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)) or (Span(0, len(text)),)


@cache
def _networks() -> frozenset[str]:
    return frozenset(table("data", "networks")["names"])


@cache
def _post() -> re.Pattern[str]:
    names = "|".join(re.escape(n) for n in sorted(_networks(), key=len, reverse=True))
    return re.compile(rf"\b(?:sur|on|via) (?:son compte |his |her |their )?(?:{names})\b")


def _run(pages: Iterable[Page]) -> list[Page]:
    return [replace(page, attributions=Resolver(page).resolve()) for page in pages]


STAGE = Stage("speakers", frozenset({"attributions", "mentions"}), frozenset({"attributions"}), _run)
