"""What the frames of reported speech share: the sentence they read, the draft they make, who the source is."""

from __future__ import annotations

from dataclasses import dataclass, field

from recoupe.model import Act, Polarity
from recoupe.read.cues import Cue, Preposition
from recoupe.read.groups import Group, after, subject, whole_phrase
from recoupe.read.phrases import Phrase, chunk, plausible
from recoupe.read.units import Unit
from recoupe.text import Span, trim

PREPOSITION = "according to"
PHRASES = frozenset(
    {
        "verb + noun phrase",
        "verb + quoted words",
        "verb + infinitive",
        "verb + person + infinitive",
        "noun phrase + participle + agent",
    }
)
IMPERSONAL = "impersonal passive"
ANSWER = "line of dialogue"
ANNOUNCED = "verb + colon, quotation in the next paragraph"
_NEED_SOURCE = frozenset({"verb + clause", "verb + question"})
_EDGES = " \t\r\n\u00a0\u202f,;:–—-"


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
class Sentence:
    """What the frames share while they read one sentence."""

    unit: Unit
    groups: list[Group]
    starts: dict[int, Group]  # first token of a group -> the group
    prepositions: dict[int, tuple[Preposition, int]]  # first token -> the phrase and its end
    subjects: dict[int, Phrase | None] = field(default_factory=dict)  # verb -> its source, as far as read


def make_draft(
    sentence: Sentence, group: Group, cue: Cue, content: list[Span], source: Phrase | None, reason: str, score: float
) -> Draft | None:
    """The draft of a verb's frame; None without content, or without the source that the frame needs."""
    unit = sentence.unit
    content = [c for c in content if c.start < c.end]
    if source is not None and "reader" in cue.frames and unit.low(source[0]) in unit.grammar.readers:
        source = None
    if source is not None and source[1] == source[0] + 1 and unit.low(source[0]) in unit.grammar.readers:
        source = informant(unit, group) or source
    if source is None and (group.shape == "present" or reason in _NEED_SOURCE):
        return None
    if source is not None and reason in PHRASES and unit.low(source[0]) in unit.grammar.impersonals:
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


def informant(unit: Unit, group: Group) -> Phrase | None:
    """Who told an indefinite or impersonal subject: « apprend-on de source policière », « ... auprès du préfet ».

    After the cue, with at most adverbs and times between, or at the head of the sentence.
    """
    g = unit.grammar
    for n in (*range(group.end, after(unit, group.end) + 1), unit.first):
        at = n + 1 if unit.low(n) in g.informants else n
        if unit.low(at) not in g.noun_links or (at == n and unit.low(at + 1) not in g.source_nouns):
            continue
        found = chunk(unit, at + 1)
        if found is not None and plausible(unit, found):
            return found
    return None


def _source_span(unit: Unit, source: Phrase) -> Span | None:
    """The words of the source; of a clitic without its hyphen.  None where a hyphen is all there is."""
    span = unit.reach(*source)
    words = trim(unit.text, span.start, span.end, " -‑")
    return words if words.end > words.start else None


def _quotes_himself(unit: Unit, source: Phrase) -> bool:
    return source[1] == source[0] + 1 and unit.low(source[0]) in unit.grammar.first_persons


def reported(unit: Unit, start: int, end: int) -> Span:
    """The reported words of the tokens [start, end), marks and blanks at the edges left out."""
    if start >= end:
        return Span(0, 0)
    span = unit.reach(start, end)
    return trim(unit.text, span.start, span.end, _EDGES)


def source_of(sentence: Sentence, group: Group) -> Phrase | None:
    """The source of a verb whose content stands to its right."""
    unit = sentence.unit
    if group.clitic is not None:
        return (group.clitic, group.clitic + 1)
    if group.shape in ("present", "infinitive"):
        return _shared_subject(sentence, group)
    if unit.low(group.start - 1) in unit.grammar.coordinators and (shared := _earlier(sentence, group)):
        return shared  # « Il rappelle que ..., et promet de ... »
    found = subject(unit, group)
    if found is None or not plausible(unit, found):
        earlier = _earlier(sentence, group)
        return earlier if found is None else None
    return found


def _earlier(sentence: Sentence, group: Group) -> Phrase | None:
    """The source of the clause's first verb of saying, which the later ones without a subject share."""
    start = group.start
    while start > 0 and sentence.unit.low(start - 1) != ";":
        start -= 1
    before = [v for v in sentence.subjects if start <= v < group.start]
    return sentence.subjects[min(before)] if before else None


def _shared_subject(sentence: Sentence, group: Group) -> Phrase | None:
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
        issuer = _issuer(unit, group)
        if issuer is not None:
            return with_phrase(unit, issuer, group)
        found = subject(unit, group)
        if found and found[1] == group.start:
            return found
        near = antecedent_before(unit, group.start)
        if near:
            return near
    hung = _hung_on(unit, group)
    if hung is not None:
        return None if unit.low(hung) in unit.grammar.impersonals else with_phrase(unit, hung, group)
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


def _issuer(unit: Unit, group: Group) -> int | None:
    """Who speaks in a text that the clause has for an object: "The firm issued a statement saying"."""
    before = unit.tokens[group.start - 1]
    if before.low not in unit.grammar.media or before.dep != "dobj":
        return None
    return _subject_of(unit, before.head)


def _hung_on(unit: Unit, group: Group) -> int | None:
    """The subject of the verb that a participle behind a preposition hangs on: "won votes by promising"."""
    if group.shape != "present" or group.start == group.verb or not unit.grammar.subject_first:
        return None
    at = group.verb
    for _ in range(4):
        at = unit.tokens[at].head
        found = _subject_of(unit, at)
        if found is not None:
            return found
    return None


def _subject_of(unit: Unit, verb: int) -> int | None:
    """The subject that the parse gives a verb, no relative pronoun."""
    subjects = (n for n, t in enumerate(unit.tokens) if t.head == verb and t.dep.startswith("nsubj"))
    return next((n for n in subjects if unit.low(n) not in unit.grammar.relatives), None)


def with_phrase(unit: Unit, n: int, group: Group) -> Phrase | None:
    """The phrase of the subject `n`, if it can be a source."""
    found = whole_phrase(unit, n, group.start if n < group.start else len(unit))
    return found if plausible(unit, found) else None


def antecedent_before(unit: Unit, end: int) -> Phrase | None:
    """The longest noun phrase that ends right before `end`."""
    best = None
    for start in range(end - 1, max(-1, end - 20), -1):
        if (unit.sign(start) and unit.low(start) not in ("-", "‑", "/")) or unit.tokens[start].finite:
            break
        found = chunk(unit, start)
        if found and found[1] == end and plausible(unit, found):
            best = found
    return best
