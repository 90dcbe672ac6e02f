"""Where reported words start and end: the reach of clauses, noun phrases and figures, by marks and small words.

Small parsers lose the main clause of long sentences; a newspaper's punctuation does not.
"""

from __future__ import annotations

from typing import Literal

from recoupe.read.cues import Cue
from recoupe.read.drafting import Sentence
from recoupe.read.groups import Group, after
from recoupe.read.phrases import chunk
from recoupe.read.units import Unit

LOOKAHEAD = 25  # tokens between a verb and the clause it reports
Mode = Literal["clause", "nominal", "figure", "infinitive"]


def content_end(sentence: Sentence, start: int, mode: Mode, group: Group | None = None) -> int:
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
        if start < n < len(unit) - 1 and unit.tokens[n - 1].quote == token.quote == unit.tokens[n + 1].quote >= 0:
            n += 1  # quoted words belong together
            continue
        if embedded and n > start and token.low == "," and _main_clause(unit, n + 1, embedded):
            break
        if token.low == ";" or (token.low in (".", "!", "?", "…") and n + 1 == len(unit) and token.quote < 0):
            break
        if n > start and _reporter_goes_on(sentence, n, mode):
            break
        if mode != "clause":
            if n > start and token.low in unit.grammar.subordinators and _subordinates(unit, n):
                break
            if token.low == ":" and unit.has_finite(n, len(unit)) and not _quote_follows(unit, n):
                break
            if n > start and mode == "nominal" and not relative and _leaves_phrase(unit, n):
                break
            if token.low in unit.grammar.relatives or token.low in unit.grammar.free_relatives:
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
    if group.shape == "present" and group.start == unit.first and g.subject_first:
        return "adverbial"  # "Announcing the sale, the firm called it"
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
    """Whether the main clause goes on at `at`: with its verb after a relative clause, else with its subject."""
    if at >= len(unit):
        return False
    if embedded == "relative":
        while unit.low(at) in unit.grammar.proclitics | unit.grammar.reflexives | unit.grammar.negations:
            at += 1  # « La maire, qui avait promis de céder, *s'en* tient là »
        return unit.has_finite(at, at + 1)
    subject_phrase = chunk(unit, after(unit, at))
    return subject_phrase is not None and any(t.finite for t in unit.tokens[subject_phrase[1] : subject_phrase[1] + 3])


def _relative_verb(unit: Unit, n: int) -> bool:
    """Whether the parse puts the verb in a relative clause, so that one without a pronoun is seen too."""
    token = unit.tokens[n]
    return "relcl" in token.dep or (token.dep.startswith("aux") and "relcl" in unit.tokens[token.head].dep)


def _leaves_phrase(unit: Unit, n: int) -> bool:
    """Whether words that are no part of a reported noun phrase start at `n`: more on a person, or an adverbial."""
    if unit.low(n) == "," and unit.low(n + 1) in unit.grammar.personal_relatives:
        behind = next((k + 1 for k in range(n + 1, len(unit)) if unit.low(k) == ","), len(unit))
        return behind == len(unit) or unit.tokens[behind].pos != "ADP"  # "accused Roux, who sold it, of lying"
    return _adverbial(unit, n) if unit.grammar.subject_first else _in_a_medium(unit, n)


def _in_a_medium(unit: Unit, n: int) -> bool:
    """Whether the words at `n` tell where it was said or written: « dans un communiqué »."""
    g = unit.grammar
    if unit.low(n) not in g.media_links or unit.tokens[n].pos != "ADP":
        return False
    phrase = chunk(unit, n + 2 if unit.low(n + 1) in g.noun_links else n + 1)
    return phrase is not None and any(t.low in g.media for t in unit.tokens[phrase[0] : phrase[0] + 3])


def _adverbial(unit: Unit, n: int) -> bool:
    """Whether words that go with the verb, not with its object, start at `n`.

    Where it was said ("in a statement"), and behind a name how and when ("praised Roux by", "praised Roux on Friday").
    """
    g = unit.grammar
    token = unit.tokens[n]
    name = unit.tokens[n - 1].pos in ("PROPN", "PRON")
    if name and (token.low in g.time_openers or token.low in g.time_nouns):
        return token.low in g.time_nouns or unit.low(n + 1) in g.time_nouns
    if name and token.low in g.agent and n + 1 < len(unit):
        return _participle(unit, n + 2 if unit.tokens[n + 1].pos == "ADV" else n + 1)
    if token.low not in g.media_links or token.pos != "ADP":
        return False
    phrase = chunk(unit, n + 1)
    if phrase is None:
        return False
    words = unit.tokens[phrase[0] : phrase[1]]
    return any(t.low in g.media or (name and t.low in g.time_nouns) for t in words)


def _subordinates(unit: Unit, n: int) -> bool:
    """Whether a finite verb follows before the next mark: « lorsqu'il a présenté », not « après un an ».

    Not so a verb of another clause that opens between: "as a man who lies".
    """
    g = unit.grammar
    for k in range(n + 1, min(len(unit), n + LOOKAHEAD)):
        if unit.low(k) in (",", ";", ":"):
            return False
        if unit.low(k) in g.coordinators and unit.has_finite(k + 1, k + 2):
            return False  # "blasted the plan as a tale and claimed": the verb is the main clause's
        if g.bare_clause and k > n + 1 and unit.low(k) in g.relatives | g.subordinators and unit.tokens[k].pos != "DET":
            return False
        if unit.tokens[k].finite:
            return True
    return False


def _quote_follows(unit: Unit, n: int) -> bool:
    return n + 1 < len(unit) and unit.opens_quote(n + 1)


def _reporter_goes_on(sentence: Sentence, n: int, mode: Mode) -> bool:
    unit, g = sentence.unit, sentence.unit.grammar
    at = n
    comma = unit.low(at) == ","
    dash = unit.low(at) in ("-", "–", "—", "―", "--") and unit.text[unit.tokens[at].start - 1].isspace()
    if comma or dash:
        at += 1
    bound = unit.low(at) in g.coordinators
    if bound:
        at += 1
    if cue_participle(sentence, at, marked=comma) or (bound and _report_opens(sentence, at)):
        return True
    if not comma and not bound and not dash:
        return False
    if comma and (at in sentence.prepositions or manner(sentence, at)):
        return True
    if (comma or dash) and (bound or unit.low(at) in g.subordinators) and _another_speaks(sentence, at + (not bound)):
        return True
    if comma and unit.low(at) in g.concessives and _subordinates(unit, at):
        return True
    if comma and not bound and mode in ("nominal", "infinitive") and _participle(unit, at):
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


def _participle(unit: Unit, at: int) -> bool:
    """Whether a participle that says how or what else opens at `at`: "mocked the complaint, saying"."""
    low = unit.low(at)
    ends = low.endswith(unit.grammar.gerunds) and low not in unit.grammar.figure_links  # "including"
    return ends and unit.tokens[at].pos == "VERB"


def _report_opens(sentence: Sentence, at: int) -> bool:
    """Whether a participle at `at` opens a clause or a quotation: "et rappelant que"."""
    group = sentence.starts.get(at)
    return group is not None and group.shape == "present" and _opens_report(sentence.unit, group)


def _opens_report(unit: Unit, group: Group) -> bool:
    """Whether a complementiser, a colon, a quotation or a bare clause follows the cue."""
    n = after(unit, group.end)
    if unit.low(n) in unit.grammar.complementisers | {":"} or quote_after(unit, n) is not None:
        return True
    clause = chunk(unit, n) if unit.grammar.bare_clause else None
    return clause is not None and verb_follows(unit, clause[1])


def _another_speaks(sentence: Sentence, at: int) -> bool:
    """Whether a subject and a cue of its own open at `at`: "..., but she noted that"."""
    phrase = chunk(sentence.unit, at)
    if phrase is None:
        return False
    group = sentence.starts.get(after(sentence.unit, phrase[1]))
    if group is None or group.shape != "finite" or group.cue_for("clause", "np") is None:
        return False
    if sentence.unit.grammar.subject_first and group.cue_for("clause") is None:
        return _takes_content(sentence.unit, group)
    return _opens_report(sentence.unit, group)


def manner(sentence: Sentence, at: int) -> bool:
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
    if unit.low(n) in unit.grammar.complementisers | unit.grammar.questions | {":"} or quote_after(unit, n) is not None:
        return True
    if group.cue_for("np", "np_quote", "np_number") and unit.tokens[n].pos in ("DET", "NUM", "NOUN", "PROPN", "PRON"):
        return True
    if (group.cue_for("inf") and infinitive_at(unit, n) is not None) or group.end > group.verb + 1:
        return True
    if not unit.grammar.bare_clause or group.cue_for("clause") is None:
        return opening(unit, group, group.cues[0]) is not None
    clause = chunk(unit, n)
    return clause is not None and verb_follows(unit, clause[1])


def cue_participle(sentence: Sentence, at: int, *, marked: bool) -> bool:
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
    opened = group.start < group.verb and unit.low(group.start) in unit.grammar.gerund_openers
    if unit.grammar.bare_clause and group.start < group.verb and not opened:
        return False  # "by adding", "for suggesting" belong to what is reported
    return not after_noun and (marked or opened) and _takes_content(unit, group)


def _opens_clause(unit: Unit, at: int, *, bound: bool, infinitive: bool) -> bool:
    """Whether a clause with a finite verb of its own starts at `at`, before the next comma."""
    g = unit.grammar
    if unit.low(at) in g.relatives:
        return bound
    if (at < len(unit) and unit.tokens[at].infinitive) or infinitive_at(unit, at) is not None:
        return False
    for n in range(at, min(len(unit), at + LOOKAHEAD)):
        if unit.low(n) in (",", ";", ":") or unit.low(n) in g.relatives | g.free_relatives:
            return False
        if g.bare_clause and n > at and unit.tokens[n].pos == "SCONJ":
            return False
        if unit.tokens[n].finite:
            return not infinitive or any(t.dep.startswith("nsubj") for t in unit.tokens[at:n])
    return False


def segment_start(unit: Unit, n: int) -> int:
    """The start of the clause that holds token `n`: after a semicolon, a colon behind a clause, or a dateline."""
    while n > unit.first and unit.low(n - 1) != ";":
        if unit.low(n - 1) == ":" and unit.has_finite(unit.first, n):
            break
        n -= 1
    return n


def opening(unit: Unit, group: Group, cue: Cue) -> int | None:
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
            behind = token.pos == "PRON" and unit.tokens[n - 1].pos in ("NOUN", "PROPN", "ADJ") and n > group.end
            behind = behind and not unit.text[unit.tokens[n - 1].start].isupper()  # « a dit à Radio Nord *que* »
            relative = behind and not (g.bare_clause and "person" in cue.frames)  # "told the crew that"
            result = any(unit.low(k) in g.correlatives for k in range(group.end, n))
            conjunction = unit.low(n - 1) in g.subordinators or restricts(unit, group, n)
            return None if told or relative or result or conjunction else n
        if token.finite or token.whole or token.low in (";", ":") or token.low in g.relatives or unit.opens_quote(n):
            return None
        if token.pos in ("DET", "NOUN", "PROPN", "NUM") and token.low not in g.time_nouns:
            before = unit.tokens[n - 1]
            if before.pos not in ("ADP", "DET", "ADJ", "NOUN", "PROPN", "NUM", "VERB") or n == group.end:
                bare = True
    return None


def restricts(unit: Unit, group: Group, n: int) -> bool:
    """« n'en compte que six »: only, not that."""
    g = unit.grammar
    return group.negated and not any(unit.low(k) in g.negation_ends for k in range(group.start, n))


def verb_follows(unit: Unit, n: int) -> bool:
    """Whether a finite verb follows with at most adverbs and a phrase between, in the same clause."""
    g = unit.grammar
    for k in range(n, min(len(unit), n + 5)):
        if unit.tokens[k].finite:
            return True
        if unit.sign(k) or unit.low(k) in g.relatives | g.coordinators or unit.tokens[k].pos == "SCONJ":
            return False
    return False


def quote_after(unit: Unit, n: int) -> int | None:
    """The quotation (its first token) that follows at `n`, a colon between or not."""
    while n < len(unit) and unit.low(n) in (":", ","):
        n += 1
    return n if n < len(unit) and unit.opens_quote(n) else None


def quote_end(unit: Unit, n: int) -> int:
    """The end of the quotation that holds token `n`."""
    held = unit.tokens[n].quote
    while n < len(unit) and unit.tokens[n].quote == held:
        n += 1
    return n


def infinitive_at(unit: Unit, n: int) -> int | None:
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


def has_clause(unit: Unit, start: int, end: int) -> bool:
    """Whether [start, end) holds a finite verb outside relative clauses, or a quotation at its end."""
    if any(t.whole for t in unit.tokens[start:end]) or (end > start and unit.tokens[end - 1].quote >= 0):
        return True
    relative = False
    openers = unit.grammar.relatives | unit.grammar.free_relatives
    for n in range(start, end):
        if unit.low(n) in openers and unit.tokens[n].pos in ("PRON", "ADV"):
            relative = True
        elif unit.low(n) == ",":
            relative = False
        elif unit.tokens[n].finite:
            if not relative:
                return True
            relative = False
    return False


def only_subordinate(unit: Unit, start: int, end: int) -> bool:
    """An adverbial clause before the main one: "When the talks ended, she said it was over"."""
    if unit.grammar.subordinators.isdisjoint((unit.low(start), unit.low(start + 1))):
        return False
    comma = next((n for n in range(start, end) if unit.low(n) == ","), end)
    clause = not unit.grammar.subject_first or unit.has_finite(start, comma)  # not "After some delay, the ferry left"
    return clause and sum(t.finite for t in unit.tokens[start:end]) < 2


def colon_after(unit: Unit, n: int) -> int | None:
    """The colon after the verb, with no finite verb or stronger mark between."""
    for k in range(n, min(len(unit), n + LOOKAHEAD)):
        if unit.low(k) == ":":
            return k
        if unit.tokens[k].finite or unit.tokens[k].whole or unit.low(k) in (";", "."):
            return None
    return None
