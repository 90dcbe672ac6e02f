"""The frames of reported speech: from a cue in a sentence to its content and its source.

Each frame is a pattern of the field's grammars (complement clause, quotation after a colon, infinitive, noun phrase,
inserted or final clause of saying, "according to"), tried in the order of how sure it is.  What a frame finds is a
`Draft`; `attributions.py` makes attributions of the drafts of a page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from recoupe.model import Act, Polarity
from recoupe.read.cues import Cue, Lexicon, Preposition
from recoupe.read.groups import Group, after, find, inverted_subject, subject
from recoupe.read.phrases import Phrase, chunk, plausible, with_appositions
from recoupe.read.units import Unit
from recoupe.text import Span, trim

PREPOSITION = "according to"
_NEED_SOURCE = frozenset({"verb + clause", "verb + question"})
PHRASES = frozenset({"verb + noun phrase", "verb + quoted words", "verb + infinitive", "noun phrase + participle + agent"})
ANNOUNCED = "verb + colon, quotation in the next paragraph"
LOOKAHEAD = 25  # tokens between a verb and the clause it reports
_EDGES = " \t\r\n\u00a0\u202f,;:–—-"
_STOPS = _EDGES + ".!?…"


Mode = Literal["clause", "nominal", "figure", "infinitive"]


@dataclass(slots=True)
class Draft:
    """An attribution before the page is looked at as a whole."""

    content: list[Span]
    source: Span | None
    cue: Span | None
    act: Act = "statement"
    polarity: Polarity = "said"
    hedged: bool = False
    reason: str = ""
    score: float = 1.0
    quotes: list[Span] = field(default_factory=list)  # the outer spans of the whole quotations it took
    incise: bool = False  # the cue stands after or within its content
    resume: int | None = None  # where, after an inserted cue, the content could go on


@dataclass(slots=True)
class _Sentence:
    """What the frames share while they read one sentence."""

    unit: Unit
    groups: list[Group]
    starts: dict[int, Group]  # first token of a group -> the group
    prepositions: dict[int, tuple[Preposition, int]]  # first token -> the phrase and its end
    subjects: dict[int, Phrase | None] = field(default_factory=dict)  # verb -> its source, as far as read


def read_unit(unit: Unit, lexicon: Lexicon, *, quoted: bool) -> list[Draft]:
    """The drafts of one sentence, in the order of their cues.

    In a quoted sentence only plain reports count: what speakers think, want or ask is what they say themselves.
    """
    groups = find(unit, lexicon)
    sentence = _Sentence(unit, groups, {g.start: g for g in reversed(groups)}, _prepositions(unit, lexicon))
    drafts = _shared_predicate(sentence)
    if not drafts:
        for at, (preposition, end) in sentence.prepositions.items():
            draft = _according_to(sentence, at, end, preposition)
            if draft:
                drafts.append(draft)
    done: set[int] = set()
    for group in groups:
        if group.verb in done:
            continue
        draft = _verb_frame(sentence, group)
        if draft:
            drafts.append(draft)
            done.update(range(group.verb, group.end))
    if quoted:
        return [d for d in drafts if d.act == "statement" and d.reason not in PHRASES]
    draft = _no_verb(sentence)
    if draft and not any(c.overlaps(draft.content[0]) for d in drafts for c in d.content if d.reason != PREPOSITION):
        drafts.append(draft)
    return drafts




# --- where contents end -----------------------------------------------------------------------------------------


def _content_end(sentence: _Sentence, start: int, mode: Mode, group: Group | None = None) -> int:
    """The end of the reported words that start at token `start`.

    A clause runs to the sentence's end, a semicolon, or the point where the reporter goes on: another cue without a
    subject of its own, a participle of saying, "selon".  A noun phrase ends earlier: before a finite verb that is not
    in a relative clause, and where a conjunction or a comma opens a clause.  A figure ends at a comma unless what
    follows goes on with it ("24 %, contre 18 % hier").
    """
    unit = sentence.unit
    relative = False
    embedded = _embedding(unit, group) if group else ""
    n = start
    while n < len(unit):
        token = unit.tokens[n]
        if embedded and n > start and token.low == "," and _main_clause(unit, n + 1, embedded):
            break
        if token.low == ";" or (token.low in (".", "!", "?", "…") and n + 1 == len(unit) and token.quote < 0):
            break
        if n > start and _reporter_goes_on(sentence, n, mode):
            break
        if mode != "clause":
            if n > start and token.low in unit.grammar.subordinators and _subordinates(unit, n):
                break
            if token.low == ":" and any(t.finite for t in unit.tokens[n:]) and not _quote_follows(unit, n):
                break
            if token.low in unit.grammar.relatives:
                relative = True
            elif token.finite and token.quote < 0:
                if not relative and not _relative_verb(unit, n) and n > start:
                    break
                relative = False
        n += 1
    while n > start and unit.sign(n - 1) and unit.low(n - 1) != ")" and unit.tokens[n - 1].quote < 0:
        n -= 1
    return n


def _embedding(unit: Unit, group: Group) -> str:
    """Whether the cue stands in a relative or an adverbial clause, so that the main clause may follow its content."""
    g = unit.grammar
    for n in range(group.start - 1, max(-1, group.start - LOOKAHEAD), -1):
        low, pos = unit.low(n), unit.tokens[n].pos
        if low in g.relative_subjects and pos != "SCONJ":
            return "relative"
        if low in g.subordinators and pos in ("SCONJ", "ADP", "ADV"):
            return "adverbial" if n <= unit.first + 1 or unit.low(n - 1) == "," else ""
        if unit.tokens[n].finite or unit.sign(n):
            return ""
    return ""


def _main_clause(unit: Unit, at: int, embedded: str) -> bool:
    """Whether the main clause goes on at `at`: with its verb after a relative clause, with its subject after another."""
    if at >= len(unit):
        return False
    if embedded == "relative":
        return unit.tokens[at].finite
    subject_phrase = chunk(unit, at)
    return subject_phrase is not None and any(t.finite for t in unit.tokens[subject_phrase[1] : subject_phrase[1] + 3])


def _relative_verb(unit: Unit, n: int) -> bool:
    """Whether the parse puts the verb in a relative clause, so that one without a pronoun is seen too."""
    token = unit.tokens[n]
    return "relcl" in token.dep or token.dep.startswith("aux") and "relcl" in unit.tokens[token.head].dep


def _subordinates(unit: Unit, n: int) -> bool:
    """Whether a finite verb follows before the next mark: « lorsqu'il a présenté », not « après un an »."""
    for k in range(n + 1, min(len(unit), n + LOOKAHEAD)):
        if unit.low(k) in (",", ";", ":"):
            return False
        if unit.tokens[k].finite:
            return True
    return False


def _quote_follows(unit: Unit, n: int) -> bool:
    return n + 1 < len(unit) and unit.opens_quote(n + 1)


def _reporter_goes_on(sentence: _Sentence, n: int, mode: Mode) -> bool:
    unit, g = sentence.unit, sentence.unit.grammar
    at = n
    comma = unit.low(at) == ","
    dash = unit.low(at) in ("-", "–", "—", "―", "--")
    if comma or dash:
        at += 1
    bound = unit.low(at) in g.coordinators
    if bound:
        at += 1
    if _cue_participle(sentence, at, marked=comma):
        return True
    if not comma and not bound and not dash:
        return False
    if comma and (at in sentence.prepositions or _manner(sentence, at)):
        return True
    if (comma or dash) and (bound or unit.low(at) in g.subordinators) and _another_speaks(sentence, at + (not bound)):
        return True
    group = sentence.starts.get(at)
    if group is not None and group.shape == "finite" and group.cue_for("clause", "quote", "incise", "inf", "np"):
        return mode != "clause" or comma or _takes_content(unit, group)
    if group is not None and group.shape == "participle" and bound and _takes_content(unit, group):
        return True
    if mode == "figure" and comma and not bound:
        return unit.low(at) not in g.figure_links and unit.tokens[min(at, len(unit) - 1)].pos != "NUM"
    if mode != "clause":
        return unit.low(at) in g.breaks or _opens_clause(unit, at, bound=bound, infinitive=mode == "infinitive")
    return False


def _another_speaks(sentence: _Sentence, at: int) -> bool:
    """Whether a subject and a cue of its own open at `at`: "..., but she noted that"."""
    phrase = chunk(sentence.unit, at)
    if phrase is None:
        return False
    group = sentence.starts.get(after(sentence.unit, phrase[1]))
    return group is not None and group.shape == "finite" and group.cue_for("clause") is not None


def _manner(sentence: _Sentence, at: int) -> bool:
    """« comme le rappelle la mairie »"""
    unit = sentence.unit
    if unit.low(at) not in unit.grammar.manner:
        return False
    first = chunk(unit, at + 1) if unit.grammar.subject_first else None
    ahead = after(unit, first[1]) if first else at + 1
    return any(ahead <= start <= ahead + 1 for start in sentence.starts)


def _takes_content(unit: Unit, group: Group) -> bool:
    """Whether what follows the cue can be its content: a clause, a quotation, a colon, an object."""
    n = after(unit, group.end)
    if n >= len(unit):
        return False
    if unit.low(n) in unit.grammar.complementisers | unit.grammar.questions | {":"} or _quote_after(unit, n) is not None:
        return True
    if group.cue_for("np", "np_quote", "np_number") and unit.tokens[n].pos in ("DET", "NUM", "NOUN", "PROPN"):
        return True
    if group.cue_for("inf") and _infinitive_at(unit, n) is not None or group.end > group.verb + 1:
        return True
    if not unit.grammar.bare_clause or group.cue_for("clause") is None:
        return _opening(unit, group, group.cues[0]) is not None
    clause = chunk(unit, n)
    return clause is not None and _verb_follows(unit, clause[1])


def _cue_participle(sentence: _Sentence, at: int, *, marked: bool) -> bool:
    """A participle of saying that has its own content: "ajoutant que", "tout en soulignant les défis".

    `marked`: a comma or a conjunction stands before it; without one it must open a clause or a quotation itself.
    """
    unit = sentence.unit
    while at < len(unit) and unit.tokens[at].pos == "ADV" and at not in sentence.starts:
        at += 1
    group = sentence.starts.get(at)
    if group is None or group.shape != "present":
        return False
    before = unit.tokens[group.start - 1] if group.start else None
    after_noun = before is not None and before.pos in ("NOUN", "PROPN", "ADJ") and group.start == group.verb
    follows = unit.low(group.end)
    if follows == ":" or (group.end < len(unit) and unit.opens_quote(group.end)):
        return True
    return not after_noun and (marked or group.start < group.verb) and _takes_content(unit, group)


def _opens_clause(unit: Unit, at: int, *, bound: bool, infinitive: bool) -> bool:
    """Whether a clause with a finite verb of its own starts at `at`, before the next comma."""
    g = unit.grammar
    if unit.low(at) in g.relatives:
        return bound
    if (at < len(unit) and unit.tokens[at].infinitive) or _infinitive_at(unit, at) is not None:
        return False
    for n in range(at, min(len(unit), at + LOOKAHEAD)):
        if unit.low(n) in (",", ";", ":") or unit.low(n) in g.relatives:
            return False
        if unit.tokens[n].finite:
            return not infinitive or any(t.dep.startswith("nsubj") for t in unit.tokens[at:n])
    return False


def _segment_start(unit: Unit, n: int) -> int:
    """The start of the clause that holds token `n`: after a semicolon, a colon behind a clause, or a dateline."""
    while n > unit.first and unit.low(n - 1) != ";":
        if unit.low(n - 1) == ":" and any(t.finite for t in unit.tokens[unit.first : n]):
            break
        n -= 1
    return n


# --- verbs ------------------------------------------------------------------------------------------------------


def _before_subject(unit: Unit, group: Group) -> tuple[int, ...]:
    """Where "as" may stand before the verb: right before it or, in front of a subject, before that."""
    found = subject(unit, group) if unit.grammar.subject_first and group.shape == "finite" else None
    return (group.start - 1, found[0] - 1) if found else (group.start - 1,)


def _verb_frame(sentence: _Sentence, group: Group) -> Draft | None:
    unit = sentence.unit
    if group.shape in ("passive", "participle"):
        return _passive(sentence, group)
    if group.cue_for("incise") and any(_manner(sentence, k) for k in _before_subject(unit, group)):
        return _as_said(sentence, group)
    for frame in _FRAMES:
        draft = frame(sentence, group)
        if draft:
            return draft
    return None


def _after_quotation(sentence: _Sentence, group: Group) -> Draft | None:
    """A quotation right before the verb or its subject goes before all else: "“It is over,” she said when asked"."""
    if _is_left(sentence.unit, group) or sentence.unit.grammar.subject_first:
        return _left_quotation(sentence, group)
    return None


def _draft(
    sentence: _Sentence, group: Group, cue: Cue, content: list[Span], source: Phrase | None, reason: str, score: float
) -> Draft | None:
    unit = sentence.unit
    content = [c for c in content if c.start < c.end]
    if source is None and (group.shape == "present" or reason in _NEED_SOURCE):
        return None
    if (not content and reason != ANNOUNCED) or (source is not None and _quotes_himself(unit, source)):
        return None
    sentence.subjects[group.verb] = source
    return Draft(
        content,
        _source_span(unit, source) if source else None,
        Span(unit.tokens[group.start].start, unit.tokens[group.end - 1].end),
        group.act(cue),
        group.polarity(cue),
        group.hedged,
        reason,
        score,
    )


def _source_span(unit: Unit, source: Phrase) -> Span:
    """The words of the source; of a clitic without its hyphen."""
    span = unit.reach(*source)
    return trim(unit.text, span.start, span.end, " -‑")


def _quotes_himself(unit: Unit, source: Phrase) -> bool:
    return source[1] == source[0] + 1 and unit.low(source[0]) in unit.grammar.first_persons - {"on"}


def _span(unit: Unit, start: int, end: int) -> Span:
    if start >= end:
        return Span(0, 0)
    span = unit.reach(start, end)
    return trim(unit.text, span.start, span.end, _EDGES)


def _source(sentence: _Sentence, group: Group) -> Phrase | None:
    """The source of a verb whose content stands to its right."""
    unit = sentence.unit
    if group.clitic is not None:
        return (group.clitic, group.clitic + 1)
    if group.shape in ("present", "infinitive"):
        return _shared_subject(sentence, group)
    found = subject(unit, group)
    if found is None or not plausible(unit, found):
        earlier = _earlier(sentence, group)
        return earlier if found is None else None
    return found


def _earlier(sentence: _Sentence, group: Group) -> Phrase | None:
    """The source of the last verb of saying before this one."""
    before = [v for v in sentence.subjects if v < group.start]
    return sentence.subjects[max(before)] if before else None


def _shared_subject(sentence: _Sentence, group: Group) -> Phrase | None:
    """The subject of a participle or an infinitive: the noun right before it, or that of the clause it hangs on."""
    unit = sentence.unit
    before = unit.tokens[group.start - 1] if group.start else None
    direct = unit.low(group.end) == ":" or (group.end < len(unit) and unit.opens_quote(group.end))
    if (
        not direct
        and group.shape == "present"
        and group.start == group.verb
        and before
        and before.pos in ("NOUN", "PROPN", "ADJ")
    ):
        found = subject(unit, group)
        if found and found[1] == group.start:
            return found
        near = antecedent_before(unit, group.start)
        if near:
            return near
    earlier = _earlier(sentence, group)
    if earlier:
        return earlier
    head = unit.tokens[group.verb].head
    subjects = [n for n, t in enumerate(unit.tokens) if t.dep.startswith("nsubj")]
    own = [n for n in subjects if unit.tokens[n].head == head]
    for n in own + subjects:
        if unit.low(n) in unit.grammar.impersonals:
            return None
        if unit.low(n) not in unit.grammar.relatives:
            return with_phrase(unit, n, group)
    return None


def with_phrase(unit: Unit, n: int, group: Group) -> Phrase | None:
    """The phrase of the subject `n`, if it can be a source."""
    from recoupe.read.groups import whole_phrase

    found = whole_phrase(unit, n, group.start if n < group.start else len(unit))
    return found if plausible(unit, found) else None


def antecedent_before(unit: Unit, end: int) -> Phrase | None:
    """The longest noun phrase that ends right before `end`."""
    best = None
    for start in range(end - 1, max(-1, end - 20), -1):
        if unit.sign(start) or unit.tokens[start].finite:
            break
        found = chunk(unit, start)
        if found and found[1] == end and plausible(unit, found):
            best = found
    return best


def _opening(unit: Unit, group: Group, cue: Cue) -> int | None:
    """The complementiser after the verb with no clause, semicolon or quotation between.

    A noun phrase without a preposition may stand between only if the verb takes the person told ("informer X que");
    else the word is a relative pronoun.
    """
    g = unit.grammar
    bare = False
    for n in range(group.end, min(len(unit), group.end + LOOKAHEAD)):
        token = unit.tokens[n]
        if token.infinitive:
            return None
        if token.low in g.complementisers and token.pos != "DET":
            if n + 1 < len(unit) and unit.opens_quote(n + 1):
                return n
            told = bare and "person" not in cue.frames
            relative = token.pos == "PRON" and unit.tokens[n - 1].pos in ("NOUN", "PROPN", "ADJ") and n > group.end
            result = any(unit.low(k) in g.correlatives for k in range(group.end, n))
            conjunction = unit.low(n - 1) in g.subordinators or _restricts(unit, group, n)
            return None if told or relative or result or conjunction else n
        if token.finite or token.whole or token.low in (";", ":") or token.low in g.relatives or unit.opens_quote(n):
            return None
        if token.pos in ("DET", "NOUN", "PROPN") and token.low not in g.time_nouns:
            before = unit.tokens[n - 1]
            if before.pos not in ("ADP", "DET", "ADJ", "NOUN", "PROPN", "NUM", "VERB") or n == group.end:
                bare = True
    return None


def _restricts(unit: Unit, group: Group, n: int) -> bool:
    """« n'en compte que six »: only, not that."""
    g = unit.grammar
    return group.negated and not any(unit.low(k) in g.negation_ends for k in range(group.start, n))


def _ends_sentence(sentence: _Sentence, group: Group) -> bool:
    """Whether the verb and its subject stand behind the clause they report: "..., she said when asked"."""
    unit = sentence.unit
    if not unit.grammar.subject_first or group.shape != "finite":
        return False
    source = subject(unit, group)
    if source is None or source[0] <= unit.first or unit.low(source[0] - 1) != ",":
        return False
    start = _segment_start(unit, source[0])
    return _has_clause(unit, start, source[0] - 1) and not _only_subordinate(unit, start, source[0] - 1)


def _only_subordinate(unit: Unit, start: int, end: int) -> bool:
    """An adverbial clause before the main one: "When the talks ended, she said it was over"."""
    opening = {unit.low(start), unit.low(start + 1)} & unit.grammar.subordinators
    return bool(opening) and not any(unit.low(k) == "," for k in range(start, end))


def _bare_clause(sentence: _Sentence, group: Group) -> Draft | None:
    """verb + clause without "that": "She said the bridge would stay shut"."""
    unit = sentence.unit
    cue = _clause_cue(sentence, group) if unit.grammar.bare_clause else None
    if cue is None or _ends_sentence(sentence, group) or _is_inverted(sentence, group):
        return None
    start = _bare_start(unit, group, person="person" in cue.frames)
    if start is None:
        return None
    end = _content_end(sentence, start, "clause", group)
    if not any(t.finite for t in unit.tokens[start:end]):
        return None
    return _draft(sentence, group, cue, [_span(unit, start, end)], _source(sentence, group), "verb + clause", 0.85)


def _bare_start(unit: Unit, group: Group, *, person: bool) -> int | None:
    """Where the reported clause starts: at its parsed left edge, else after the person told and the adjuncts."""
    parsed = [
        t.left
        for n, t in enumerate(unit.tokens)
        if t.dep == "ccomp" and t.head == group.verb and n >= group.end and t.left >= group.end
    ]
    n = after(unit, group.end)
    if person:
        told = chunk(unit, n)
        n = told[1] if told else n
    for _ in range(3):
        n = after(unit, n)
        phrase = chunk(unit, n + 1) if n < len(unit) and unit.tokens[n].pos == "ADP" else None
        if phrase is None:
            break
        following = after(unit, phrase[1])
        if unit.low(following) == ",":
            following += 1
        clause = chunk(unit, following)
        if clause is None or not _verb_follows(unit, clause[1]):
            break
        n = following
    if parsed and parsed[0] <= n + 2:
        return max(n, parsed[0]) if parsed[0] < n else parsed[0]
    clause = chunk(unit, n)
    if clause and _verb_follows(unit, clause[1]):
        return n
    return parsed[0] if parsed and parsed[0] <= group.end + LOOKAHEAD else None


def _verb_follows(unit: Unit, n: int) -> bool:
    """Whether a finite verb follows with at most adverbs and a phrase between, not in a relative clause."""
    for k in range(n, min(len(unit), n + 5)):
        if unit.tokens[k].finite:
            return True
        if unit.sign(k) or unit.low(k) in unit.grammar.relatives:
            return False
    return False


def _clause_cue(sentence: _Sentence, group: Group) -> Cue | None:
    """The cue that takes a clause; one that only documents take ("montrer") needs one as its subject."""
    for cue in group.cues:
        if "clause" in cue.frames and "document" not in cue.frames:
            return cue
    cue = group.cue_for("document")
    if cue is None:
        return None
    source = _source(sentence, group)
    tokens = sentence.unit.tokens[source[0] : source[1]] if source else []
    return cue if any(t.low in sentence.unit.grammar.documents for t in tokens) else None


def _clause(sentence: _Sentence, group: Group) -> Draft | None:
    """verb + that-clause: « La maire a déclaré que le pont resterait fermé. »"""
    unit, g = sentence.unit, sentence.unit.grammar
    cue = _clause_cue(sentence, group)
    if cue is None:
        return None
    at = _opening(unit, group, cue)
    reason = "verb + that-clause"
    if at is None:
        at = after(unit, group.end)
        if unit.low(at) not in g.questions or unit.low(at + 1) in (",", ".") or _ends_sentence(sentence, group):
            return None
        at, reason = at - 1, "verb + question"
    start = at + 1
    end = _content_end(sentence, start, "clause", group)
    draft = _draft(sentence, group, cue, [_span(unit, start, end)], _source(sentence, group), reason, 0.95)
    return draft


def _quote_after(unit: Unit, n: int) -> int | None:
    """The quotation (its first token) that follows at `n`, a colon between or not."""
    while n < len(unit) and unit.low(n) in (":", ","):
        n += 1
    return n if n < len(unit) and unit.opens_quote(n) else None


def _quote_end(unit: Unit, n: int) -> int:
    held = unit.tokens[n].quote
    while n < len(unit) and unit.tokens[n].quote == held:
        n += 1
    return n


def _quotation(sentence: _Sentence, group: Group) -> Draft | None:
    """verb + quotation: « Elle a lancé : « C'est trop tard. » »"""
    unit = sentence.unit
    cue = group.cue_for("quote")
    if cue is None:
        return None
    colon = _colon(unit, group.end)
    at = _quote_after(unit, colon) if colon is not None else None
    if at is None:
        near = _quote_after(unit, after(unit, group.end))
        if near is not None and not _is_left(unit, group):
            return _adjacent(sentence, group, cue, near)
        if colon is not None and group.cue_for("clause") and any(t.finite for t in unit.tokens[colon + 1 :]):
            end = _content_end(sentence, colon + 1, "clause")
            content = [_span(unit, colon + 1, end)]
            return _draft(sentence, group, cue, content, _source_or_inverted(sentence, group), "verb + colon", 0.8)
        if colon is not None and colon + 1 == len(unit):
            return _draft(sentence, group, cue, [], _source_or_inverted(sentence, group), ANNOUNCED, 0.95)
        return None
    quote = unit.quotes[unit.tokens[at].quote]
    draft = _draft(
        sentence, group, cue, [quote.inner], _source_or_inverted(sentence, group), "verb + colon + quotation", 1.0
    )
    if draft:
        draft.quotes.append(quote.outer)
    return draft


def _source_or_inverted(sentence: _Sentence, group: Group) -> Phrase | None:
    """The source left of the verb or, in « comme le précise la maire : », right of it."""
    found = _source(sentence, group)
    if group.shape == "finite" and (
        found is None or sentence.unit.low(group.start - 1) in sentence.unit.grammar.manner
    ):
        return inverted_subject(sentence.unit, group) or found
    return found


def _adjacent(sentence: _Sentence, group: Group, cue: Cue, at: int) -> Draft | None:
    """verb + « quoted words »: the quotation, and what follows it in the same clause."""
    unit = sentence.unit
    quote = unit.quotes[unit.tokens[at].quote]
    end = _quote_end(unit, at)
    if not unit.tokens[at].whole:
        stop = _content_end(sentence, at, "nominal")
        if stop > end and not unit.sign(end):
            return _draft(
                sentence, group, cue, [_span(unit, at, stop)], _source(sentence, group), "verb + quoted words", 0.8
            )
    draft = _draft(sentence, group, cue, [quote.inner], _source(sentence, group), "verb + quotation", 0.95)
    if draft:
        draft.quotes.append(quote.outer)
    return draft


def _colon(unit: Unit, n: int) -> int | None:
    """The colon after the verb, with no finite verb or stronger mark between."""
    for k in range(n, min(len(unit), n + LOOKAHEAD)):
        if unit.low(k) == ":":
            return k
        if unit.tokens[k].finite or unit.tokens[k].whole or unit.low(k) in (";", "."):
            return None
    return None


def _infinitive(sentence: _Sentence, group: Group) -> Draft | None:
    """verb + infinitive: « Il affirme avoir payé », « Elle a promis de rouvrir le pont »."""
    unit, g = sentence.unit, sentence.unit.grammar
    cue = group.cue_for("inf")
    if cue is None:
        return None
    at = after(unit, group.end)
    start = _infinitive_at(unit, group.end)
    start = _infinitive_at(unit, at) if start is None else start
    if start is None:
        for n in range(at, min(len(unit), at + LOOKAHEAD)):
            if unit.tokens[n].finite or unit.tokens[n].whole or unit.low(n) in (";", ":", *g.relatives):
                break
            if unit.low(n) in g.infinitive_markers and _infinitive_at(unit, n) is not None and _asks(cue, unit, at):
                start = _infinitive_at(unit, n)
                break
    if start is None:
        return None
    end = _content_end(sentence, start, "infinitive")
    source = _source(sentence, group)
    if source is None:
        return None
    return _draft(sentence, group, cue, [_span(unit, start, end)], source, "verb + infinitive", 0.85)


def _asks(cue: Cue, unit: Unit, at: int) -> bool:
    """Whether what stands between verb and infinitive can be the person asked, not a noun the infinitive belongs to."""
    return "person" in cue.frames or unit.low(at) == "," or unit.tokens[at].pos == "ADP"


def _infinitive_at(unit: Unit, n: int) -> int | None:
    """The start of the infinitive phrase at `n`, its marker left out."""
    if unit.low(n) in unit.grammar.infinitive_markers:
        n += 1
        if unit.low(n) in unit.grammar.infinitive_markers:
            n += 1
    k = n
    while k < len(unit) and (
        unit.low(k)
        in unit.grammar.negations | unit.grammar.negation_ends | unit.grammar.proclitics | unit.grammar.reflexives
        or unit.tokens[k].pos == "ADV"
    ):
        k += 1
    return n if k < len(unit) and unit.tokens[k].infinitive else None


def _is_left(unit: Unit, group: Group) -> bool:
    """Whether a quotation ends right before the verb group (a comma between)."""
    n = group.start - 1
    while n >= 0 and unit.low(n) in (",", "-", "–", "—"):
        n -= 1
    return n >= 0 and unit.tokens[n].quote >= 0 and unit.tokens[n].quote != unit.tokens[group.start].quote


def _left_quotation(sentence: _Sentence, group: Group) -> Draft | None:
    """quotation + verb + source, or quotation + source + verb: « « C'est trop tard », a dit Lise Faure. »"""
    unit = sentence.unit
    cue = group.cue_for("quote")
    if cue is None or group.shape not in ("finite",):
        return None
    if _is_left(unit, group):
        source = inverted_subject(unit, group)
        end = max(source[1], group.end) if source else group.end
        at = group.start - 1
    else:
        source = subject(unit, group)
        if source is None or source[1] > group.start:
            return None
        at = source[0] - 1
        end = group.end
    while at >= 0 and unit.low(at) in (",", "-", "–", "—"):
        at -= 1
    if at < 0 or unit.tokens[at].quote < 0:
        return None
    held = unit.tokens[at].quote
    quote = unit.quotes[held]
    content = [quote.inner]
    outers = [quote.outer]
    first = at
    while first > 0 and unit.tokens[first - 1].quote == held:
        first -= 1
    reason = "quotation + verb"
    if quote.kind == "title" and first > unit.first and unit.low(first - 1) == ",":
        return None  # "In her book, “The Last Ferry,” she says"
    if not unit.whole[held] and first > 0 and not unit.sign(first - 1):
        start = _segment_start(unit, first)
        if not unit.sign(after(unit, end)) or quote.kind == "title" and unit.low(first - 1) != ":":
            return None
        content = [_span(unit, start, at + 1)]
        outers, reason = [], "quoted clause + verb"
    draft = _draft(sentence, group, cue, content, source, reason, 1.0)
    if draft is None:
        return None
    draft.quotes = outers
    draft.incise = True
    again = _skip_to_quote(sentence, end)
    if again is not None:
        other = unit.quotes[unit.tokens[again].quote]
        draft.content.append(other.inner)
        draft.quotes.append(other.outer)
    return draft


def _skip_to_quote(sentence: _Sentence, n: int) -> int | None:
    """The second half of a broken quotation, if only adjuncts stand between the cue and it."""
    unit = sentence.unit
    for k in range(n, min(len(unit), n + LOOKAHEAD)):
        if k in sentence.starts and sentence.starts[k].shape == "present":
            return None
        if unit.opens_quote(k):
            return k if unit.whole[unit.tokens[k].quote] or unit.low(k - 1) in (",", ":") or k == n else None
        if unit.tokens[k].finite or unit.low(k) in (";", "."):
            return None
    return None


def _noun_phrase(sentence: _Sentence, group: Group) -> Draft | None:
    """verb + noun phrase: « La mairie a annoncé la fermeture du pont. »"""
    unit = sentence.unit
    if group.cue_for("np", "np_active", "np_number", "np_quote") is None or _is_inverted(sentence, group):
        return None
    if group.shape == "present" and group.cue_for("np") is None and unit.low(group.start - 1) != ",":
        return None
    start = _object(unit, group)
    if start is None or (group.negated and unit.low(start - 1) not in unit.grammar.complementisers):
        return None
    cue = _fits(sentence, group, start)
    if cue is None:
        return None
    end = _content_end(
        sentence, start, "figure" if "np_number" in cue.frames and cue.frames.isdisjoint({"np", "np_active"}) else "nominal"
    )
    if "np_quote" in cue.frames and "np" not in cue.frames:
        while end - start > 1 and unit.tokens[start].pos == "ADP" and unit.tokens[start].quote < 0:
            start += 1
    if any(t.low in unit.grammar.source_nouns for t in unit.tokens[start : min(end, start + 3)]):
        return None  # « citant une source proche du dossier »
    content = [_span(unit, start, end)]
    draft = _draft(sentence, group, cue, content, _source(sentence, group), "verb + noun phrase", 0.7)
    return draft if draft and draft.source is not None else None


def _object(unit: Unit, group: Group) -> int | None:
    """Where the object starts: after adverbs, a person told, adjuncts between commas and the "que" of "ne ... que"."""
    g = unit.grammar
    n = after(unit, group.end)
    if group.negated and unit.low(n) in g.complementisers and _restricts(unit, group, n):
        n += 1
    for _ in range(3):
        if unit.low(n) == ",":
            n = _comma_pair(unit, n) or len(unit)
            continue
        skipped = _adjunct(unit, n)
        if skipped is None:
            break
        n = after(unit, skipped)
    n = after(unit, n)
    if n >= len(unit) or unit.sign(n) or unit.tokens[n].finite or unit.tokens[n].whole:
        return None
    return n


def _adjunct(unit: Unit, n: int) -> int | None:
    """The end of a prepositional phrase before the object: « au gouvernement », « dans un communiqué »."""
    if n >= len(unit) or unit.tokens[n].pos != "ADP" or unit.low(n) in unit.grammar.noun_links:
        return None
    phrase = chunk(unit, n + 1)
    if phrase is None or phrase[1] >= len(unit):
        return None
    following = unit.tokens[phrase[1]]
    if following.pos in ("DET", "NUM") or following.low == ",":
        return phrase[1]
    plural = [k for k in range(n + 2, phrase[1]) if unit.low(k) in unit.grammar.partitives]
    return plural[-1] if plural else None  # « demande au gouvernement des mesures »


def _comma_pair(unit: Unit, n: int) -> int | None:
    for k in range(n + 1, min(len(unit), n + LOOKAHEAD)):
        if unit.low(k) == ",":
            return k + 1
        if unit.tokens[k].finite or unit.tokens[k].whole:
            return None
    return None


def _fits(sentence: _Sentence, group: Group, start: int) -> Cue | None:
    """The cue one of whose noun-phrase frames the phrase at `start` fits."""
    unit = sentence.unit
    end = _content_end(sentence, start, "nominal")
    tokens = unit.tokens[start:end]
    if not tokens or tokens[0].infinitive:
        return None
    quoted = {t.quote for t in tokens if t.quote >= 0}
    if any(unit.quotes[q].kind != "title" for q in quoted):
        cue = group.cue_for("np_quote", "np")
        if cue:
            return cue
    bare = group.end == group.verb + 1
    if bare and tokens[0].pos in ("ADP", "SCONJ", "CCONJ", "VERB") and tokens[0].low not in unit.grammar.figure_leads:
        return None
    cue = group.cue_for("np_number")
    if cue and any(t.pos == "NUM" or t.low[:1].isdigit() for t in tokens[:6]):
        return cue
    return group.cue_for("np", "np_active")


def _is_inverted(sentence: _Sentence, group: Group) -> bool:
    """Whether the verb stands, with its subject after it, in or after the clause that it reports."""
    unit = sentence.unit
    if group.shape != "finite" or group.cue_for("incise", "quote") is None:
        return False
    if group.clitic is not None:
        return True
    before = group.start - 1
    if before < 0 or not (unit.sign(before) or unit.tokens[before].quote != unit.tokens[group.start].quote):
        return False
    if unit.low(before) not in (",", "–", "—", "-", "?", "!") and not unit.tokens[before].quote >= 0:
        return False
    behind = inverted_subject(unit, group)
    if behind is None:
        return False
    subjects = [t for t in unit.tokens[behind[0] : behind[1]] if t.dep.startswith("nsubj")]
    if unit.grammar.subject_first and not any(group.start <= t.head < group.end for t in subjects):
        return False  # where the order is rare, the parse must see it too
    start = _segment_start(unit, group.start)
    return _has_clause(unit, start, before) or not any(unit.low(k) == "," for k in range(start, before))


def _has_clause(unit: Unit, start: int, end: int) -> bool:
    """Whether [start, end) holds a finite verb outside relative clauses, or a quotation at its end."""
    if any(t.whole for t in unit.tokens[start:end]) or end > start and unit.tokens[end - 1].quote >= 0:
        return True
    relative = False
    for n in range(start, end):
        if unit.low(n) in unit.grammar.relatives and unit.tokens[n].pos in ("PRON", "ADV"):
            relative = True
        elif unit.low(n) == ",":
            relative = False
        elif unit.tokens[n].finite:
            if not relative:
                return True
            relative = False
    return False


def _incise(sentence: _Sentence, group: Group) -> Draft | None:
    """clause + verb + source: « Le pont est fermé, indique la mairie. »"""
    unit = sentence.unit
    cue = group.cue_for("incise")
    if cue is None or group.shape != "finite" or (group.negated and group.clitic is None):
        return None
    if _is_inverted(sentence, group):
        source = _from_whom(unit, group) or inverted_subject(unit, group)
        head, end = group.start, max(source[1] if source else 0, group.end)
    else:
        source = subject(unit, group) if unit.grammar.subject_first else None
        if source is None or not plausible(unit, source) or source[0] == 0 or unit.low(source[0] - 1) != ",":
            return None
        rest = after(unit, group.end)
        if "person" in cue.frames:
            told = chunk(unit, rest)
            rest = after(unit, told[1]) if told else rest
        if rest < len(unit) and not unit.sign(rest) and unit.tokens[rest].pos not in ("ADP", "SCONJ"):
            return None
        head, end = source[0], group.end
        if not _has_clause(unit, _segment_start(unit, head), head) and unit.low(rest) != ",":
            return None
    start = _segment_start(unit, head)
    content = [_span(unit, start, head)]
    complete = _has_clause(unit, start, head) and not _only_subordinate(unit, start, head - 1)
    more = _resumes(sentence, end, complete=complete)
    if more:
        content.append(_span(unit, *more))
    draft = _draft(sentence, group, cue, content, source, "clause + verb", 0.9)
    if draft:
        draft.incise = True
        draft.resume = _comma_after(unit, end)
    return draft


def _from_whom(unit: Unit, group: Group) -> Phrase | None:
    """« a appris l'agence d'une source »: where the verb of learning names whom it was learnt from, that is the source."""
    learner = inverted_subject(unit, group) if group.cue_for("learn") else None
    if learner is None or unit.low(learner[1]) not in unit.grammar.noun_links:
        return None
    return chunk(unit, learner[1] + 1)


def _comma_after(unit: Unit, n: int) -> int | None:
    """Where, in the text, the content could go on after the cue: behind the comma that closes the inserted clause."""
    k = n
    while k < len(unit) and unit.low(k) != ",":
        k += 1
    if k + 1 >= len(unit):
        return None
    if unit.low(k + 1) in unit.grammar.relative_subjects:
        return _comma_after(unit, k + 1)
    return unit.tokens[k + 1].start


def _resumes(sentence: _Sentence, end: int, *, complete: bool) -> Phrase | None:
    """The part of a clause after an inserted cue: "The bridge, she said, will stay shut"."""
    unit, g = sentence.unit, sentence.unit.grammar
    n = after(unit, end)
    while n < len(unit) and unit.low(n) != ",":
        if unit.tokens[n].finite or unit.low(n) == ";":
            return None
        n += 1
    at = n + 1
    if at >= len(unit) or unit.low(at) in g.relatives or _cue_participle(sentence, at, marked=True):
        return None
    if at in sentence.prepositions or at in sentence.starts and complete:
        return None
    if complete and not _completes(unit, at):
        return None
    if not complete and unit.low(at) in g.coordinators and any(t.finite for t in unit.tokens[at:]):
        return None
    stop = _content_end(sentence, at, "clause")
    return (at, stop) if stop > at else None


def _completes(unit: Unit, at: int) -> bool:
    """Whether what follows a whole clause still belongs to it: a reason or a condition, or a phrase without a verb."""
    if unit.low(at) in unit.grammar.resuming:
        return True
    if unit.low(at) in unit.grammar.coordinators | unit.grammar.breaks or any(t.finite for t in unit.tokens[at:]):
        return False
    return unit.tokens[at].pos not in ("VERB", "NOUN", "PROPN", "DET")


def _as_said(sentence: _Sentence, group: Group) -> Draft | None:
    """« comme le rappelle la mairie »: the content is the clause it is inserted in, or the quotation after it."""
    unit = sentence.unit
    cue = group.cue_for("incise")
    own = subject(unit, group) if unit.grammar.subject_first else None
    source = own or inverted_subject(unit, group) or subject(unit, group)
    if cue is None or source is None:
        return None
    head, end = min(source[0], group.start) - 1, max(source[1], group.end)
    colon = _colon(unit, end)
    at = _quote_after(unit, end if colon is None else colon)
    content: list[Span] = []
    if at is not None:
        content = [unit.quotes[unit.tokens[at].quote].inner]
    if at is None or unit.low(at - 1) == ":":
        start = _segment_start(unit, group.start)
        if start < head:
            content.insert(0, _span(unit, start, head))
        elif unit.low(end) == ",":
            content = [_span(unit, end + 1, _content_end(sentence, end + 1, "clause"))]
    return _draft(sentence, group, cue, content, source, "as + verb", 0.85)


def _passive(sentence: _Sentence, group: Group) -> Draft | None:
    """noun phrase + participle + agent: « les baisses annoncées par le ministre »."""
    unit, g = sentence.unit, sentence.unit.grammar
    cue = group.cue_for("np", "np_number")
    if cue is None or group.negated:
        return None
    at = after(unit, group.end)
    if unit.low(at) not in g.agent:
        return None
    source = chunk(unit, at + 1)
    if source is None or not plausible(unit, source):
        return None
    source = with_appositions(unit, source)
    if group.shape == "passive":
        content = subject(unit, group)
    else:
        end = group.start - 1 if unit.low(group.start - 1) == "," else group.start
        content = antecedent_before(unit, end)
    if (
        content is None
        or ("np" not in cue.frames
        and not any(t.pos == "NUM" for t in unit.tokens[content[0] : content[1]]))
    ):
        return None
    content = _with_preposition(unit, content)
    return _draft(sentence, group, cue, [_span(unit, *content)], source, "noun phrase + participle + agent", 0.6)


def _with_preposition(unit: Unit, phrase: Phrase) -> Phrase:
    """The phrase with the noun before its preposition: « plusieurs attaques contre des villages »."""
    start, end = phrase
    if start > 1 and unit.tokens[start - 1].pos == "ADP" and unit.tokens[start - 2].pos in ("NOUN", "PROPN", "ADJ"):
        earlier = antecedent_before(unit, start - 1)
        return (earlier[0], end) if earlier else phrase
    return phrase


# --- sources without a verb -------------------------------------------------------------------------------------


def _prepositions(unit: Unit, lexicon: Lexicon) -> dict[int, tuple[Preposition, int]]:
    """The phrases like "selon" in the sentence, by their first token."""
    found: dict[int, tuple[Preposition, int]] = {}
    for n, token in enumerate(unit.tokens):
        for preposition in lexicon.prepositions.get(token.low, ()) if token.quote < 0 else ():
            end = n + len(preposition.words)
            if all(unit.low(n + k) == w for k, w in enumerate(preposition.words)):
                if preposition.opening and n > unit.first and unit.low(n - 1) != ";":
                    continue
                if preposition.relay and unit.low(n - 1) != ",":
                    continue  # « une source citée par l'agence »: a credit, no attribution
                found[n] = (preposition, end)
                break
    return found


def _according_to(sentence: _Sentence, at: int, end: int, preposition: Preposition) -> Draft | None:
    """« Selon la préfecture, douze maisons sont détruites », "..., according to the prefect"."""
    unit = sentence.unit
    source = chunk(unit, end)
    if source is None or not plausible(unit, source) or unit.low(end) in unit.grammar.relatives:
        return None
    source = with_appositions(unit, source)
    if preposition.opening and not _names(unit, source):
        return None
    stop = _phrase_end(unit, source[1])
    left = _left_part(unit, at)
    draft = Draft([], unit.reach(*source), unit.reach(at, end), reason=PREPOSITION, score=0.9)
    if left:
        draft.content.append(_span(unit, *left))
    right = _right_part(sentence, stop, left)
    if right:
        draft.content.append(_span(unit, *right))
        if unit.tokens[right[0]].whole and _quote_end(unit, right[0]) >= right[1]:
            draft.quotes.append(unit.quotes[unit.tokens[right[0]].quote].outer)
    draft.content = [c for c in draft.content if c.start < c.end]
    return draft if draft.content else None


def _left_part(unit: Unit, at: int) -> Phrase | None:
    """The words of the clause before the phrase at `at`, the marks between left out."""
    start, end = _segment_start(unit, at), at
    while start < end and (unit.sign(end - 1) or unit.low(end - 1) in unit.grammar.complementisers):
        if unit.low(end - 1) in unit.grammar.complementisers:
            return None  # « Il rappelle que, selon la mairie, ... »: what is before is another's
        end -= 1
    return (start, end) if start < end else None


def _right_part(sentence: _Sentence, stop: int, left: Phrase | None) -> Phrase | None:
    """The words of the clause after the source phrase, unless the clause was complete before it."""
    unit, g = sentence.unit, sentence.unit.grammar
    marked = unit.low(stop) in (",", ":") or (stop < len(unit) and unit.opens_quote(stop))
    if left and not marked:
        return None
    right = stop + 1 if unit.low(stop) in (",", ":") else stop
    if right >= len(unit) or (left and unit.low(right) in g.relatives | g.subordinators | g.breaks):
        return None
    complete = left is not None and _has_clause(unit, *left)
    if complete and (
        unit.low(right) in g.coordinators
        or any(t.finite for t in unit.tokens[right:])
        or _cue_participle(sentence, right, marked=True)
    ):
        return None
    finish = _content_end(sentence, right, "clause")
    return (right, finish) if finish > right else None


def _shared_predicate(sentence: _Sentence) -> list[Draft]:
    """Figures that share a verb: « Entre 300 personnes, selon la police, et 900, selon le syndicat, ont défilé. »

    Each figure takes the shared words as its second span.  Found where two phrases of "according to" stand in one
    clause and the words between them hold a number and no verb.
    """
    unit = sentence.unit
    drafts: list[Draft] = []
    places = sorted(sentence.prepositions.items())
    for k, (at, (_, end)) in enumerate(places):
        if (k and _linked(unit, places[k - 1][1][1], at)) or (k + 1 < len(places) and _linked(unit, end, places[k + 1][0])):
            source = chunk(unit, end)
            if source and plausible(unit, source):
                drafts.append(Draft([], unit.reach(*with_appositions(unit, source)), unit.reach(at, end)))
        else:
            return []
    if len(drafts) < 2:
        return []
    start = _segment_start(unit, places[0][0])
    last = _phrase_end(unit, places[-1][1][1])
    rest = (last + 1 if unit.low(last) == "," else last, _content_end(sentence, last + 1, "figure"))
    if not any(t.finite or t.infinitive for t in unit.tokens[rest[0] : rest[1]]):
        rest = (0, 0)
    begin = start
    for draft, (at, (_, end)) in zip(drafts, places, strict=True):
        draft.content = [_figure(unit, begin, at)]
        if rest[0] < rest[1]:
            draft.content.append(_span(unit, *rest))
        draft.reason, draft.score = "according to, shared predicate", 0.85
        begin = _phrase_end(unit, end)
    return drafts


def _linked(unit: Unit, end: int, at: int) -> bool:
    """Whether only a number and its noun stand between one source phrase and the next "according to"."""
    start = _phrase_end(unit, end)
    between = unit.tokens[start:at]
    return (
        any(t.pos == "NUM" or t.low[:1].isdigit() for t in between)
        and not any(t.finite or t.low == ";" for t in between)
        and len(between) < LOOKAHEAD
    )


def _figure(unit: Unit, start: int, end: int) -> Span:
    while start < end and (unit.sign(start) or unit.low(start) in unit.grammar.coordinators):
        start += 1
    while end > start and unit.sign(end - 1):
        end -= 1
    return _span(unit, start, end)


def _phrase_end(unit: Unit, n: int) -> int:
    """The end of the source phrase with what hangs on it ("un rapport établi par l'institut sur ..."), up to a mark."""
    brackets = 0
    while n < len(unit) and unit.low(n) not in (",", ":", ";", ".") and not unit.tokens[n].whole:
        brackets += (unit.low(n) == "(") - (unit.low(n) == ")")
        if brackets < 0:
            break
        if unit.tokens[n].finite and unit.low(n - 1) not in unit.grammar.relatives:
            break
        n += 1
    return n


def _names(unit: Unit, phrase: Phrase) -> bool:
    """A person or a body, told by a proper name that is not only a place's."""
    return any(
        t.pos == "PROPN" or unit.text[t.start].isupper() or t.low in unit.grammar.bodies
        for t in unit.tokens[phrase[0] : phrase[1]]
    )


def _no_verb(sentence: _Sentence) -> Draft | None:
    """name + colon: « Lise Faure n'en revient pas : « Tout a brûlé. » », "Faure: All has burnt"."""
    unit = sentence.unit
    colon = next((n for n in range(unit.first + 1, len(unit) - 1) if unit.low(n) == ":"), None)
    if colon is None:
        return None
    if unit.tokens[colon + 1].whole and unit.opens_quote(colon + 1):
        source = _first_subject(unit, colon)
        quote = unit.quotes[unit.tokens[colon + 1].quote]
        if source is None:
            return None
        reason = "name + colon + quotation"
        return Draft([quote.inner], unit.reach(*source), None, reason=reason, score=0.8, quotes=[quote.outer])
    return _headline(sentence, colon)


def _headline(sentence: _Sentence, colon: int) -> Draft | None:
    """A line that opens with who speaks: "Faure: All has burnt", and the turns of an interview."""
    unit = sentence.unit
    source = chunk(unit, unit.first)
    if source is None or source != (unit.first, colon) or not unit.opens_line or not _speaks(unit, source):
        return None
    end = _content_end(sentence, colon + 1, "clause")
    if not any(t.finite for t in unit.tokens[colon + 1 : end]):
        return None
    cue = unit.reach(colon, colon + 1)
    return Draft([_span(unit, colon + 1, end)], unit.reach(*source), cue, reason="name + colon", score=0.7)


def _speaks(unit: Unit, phrase: Phrase) -> bool:
    """Whether a phrase before a colon is a person's name or a body, not a place or a topic."""
    tokens = unit.tokens[phrase[0] : phrase[1]]
    names = sum(1 for t in tokens if t.pos == "PROPN" or unit.text[t.start].isupper())
    known = any(t.low in unit.grammar.bodies or t.low in unit.grammar.documents for t in tokens)
    return known or len(tokens) == names >= unit.grammar.headline_names


def _first_subject(unit: Unit, limit: int) -> Phrase | None:
    from recoupe.read.groups import whole_phrase

    for n in range(limit):
        token = unit.tokens[n]
        if token.dep.startswith("nsubj") and token.low not in unit.grammar.relatives:
            found = whole_phrase(unit, n, limit)
            return found if plausible(unit, found) else None
    found = chunk(unit, 0)
    return with_appositions(unit, found) if found and plausible(unit, found) else None


_FRAMES = (
    _after_quotation,
    _clause,
    _quotation,
    _infinitive,
    _left_quotation,
    _bare_clause,
    _noun_phrase,
    _incise,
)
