"""Frames whose content is a complement of the verb: a clause, an infinitive, a noun phrase, a passive's subject."""

from __future__ import annotations

from recoupe.read.cues import Cue
from recoupe.read.drafting import (
    IMPERSONAL,
    Draft,
    Sentence,
    antecedent_before,
    informant,
    make_draft,
    reported,
    source_of,
)
from recoupe.read.extents import LOOKAHEAD, content_end, infinitive_at, opening, quote_end, restricts, verb_follows
from recoupe.read.groups import Group, after, subject
from recoupe.read.inserted import ends_sentence, is_inverted, own_object
from recoupe.read.phrases import Phrase, chunk, plausible, with_appositions
from recoupe.read.relays import speaks
from recoupe.read.roles import BODIES, roles
from recoupe.read.units import Unit

_FIGURE_WITHIN = 9  # tokens of an object in which its number stands: "full-year sales at $390 million"
_QUOTED_WORDS = 2  # of an infinitive quoted with its marker


def clause_frame(sentence: Sentence, group: Group) -> Draft | None:
    """verb + that-clause: « La maire a déclaré que le pont resterait fermé. »"""
    unit, g = sentence.unit, sentence.unit.grammar
    cue = _clause_cue(sentence, group)
    if cue is None:
        return None
    at = opening(unit, group, cue)
    reason = "verb + that-clause"
    if at is None:
        at = after(unit, group.end)
        if unit.low(at) not in g.questions or unit.low(at + 1) in (",", ".") or ends_sentence(sentence, group):
            return None
        at, reason = at - 1, "verb + question"
    start = at + 1
    end = content_end(sentence, start, "clause", group)
    source = chunk(unit, group.end) if "from" in cue.frames else source_of(sentence, group)
    return make_draft(sentence, group, cue, [reported(unit, start, end)], source, reason, 0.95)


def _clause_cue(sentence: Sentence, group: Group) -> Cue | None:
    """The cue that takes a clause; one that only documents take ("montrer") needs one as its subject."""
    for cue in group.cues:
        if "clause" in cue.frames and "document" not in cue.frames:
            return cue
    finding = next((cue for cue in group.cues if cue.frames >= {"clause", "document"}), None)
    return finding if finding is not None and _is_document(sentence, group) else None


def _is_document(sentence: Sentence, group: Group) -> bool:
    """Whether a text, a study or a picture is what says it."""
    source = source_of(sentence, group)
    tokens = sentence.unit.tokens[source[0] : source[1]] if source else []
    return any(t.low in sentence.unit.grammar.documents for t in tokens)


def bare_clause_frame(sentence: Sentence, group: Group) -> Draft | None:
    """verb + clause without "that": "She said the bridge would stay shut"."""
    unit = sentence.unit
    cue = _clause_cue(sentence, group) if unit.grammar.bare_clause else None
    if cue is None or ends_sentence(sentence, group) or is_inverted(sentence, group):
        return None
    start = _bare_start(unit, group, person="person" in cue.frames)
    if start is None:
        return None
    end = content_end(sentence, start, "clause", group)
    if not unit.has_finite(start, end):
        return None
    return make_draft(
        sentence, group, cue, [reported(unit, start, end)], source_of(sentence, group), "verb + clause", 0.85
    )


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
        if clause is None or not verb_follows(unit, clause[1]):
            break
        n = following
    if parsed and parsed[0] <= n + 2:
        return max(n, parsed[0]) if parsed[0] < n else parsed[0]
    clause = chunk(unit, n)
    if clause and verb_follows(unit, clause[1]):
        return n
    return parsed[0] if parsed and parsed[0] <= group.end + LOOKAHEAD else None


def infinitive_frame(sentence: Sentence, group: Group) -> Draft | None:
    """verb + infinitive: « Il affirme avoir payé », « Elle a promis de rouvrir le pont »."""
    unit, g = sentence.unit, sentence.unit.grammar
    wanted = _wanted_of_another(sentence, group)
    if wanted is not None:
        return wanted
    cue = group.cue_for("inf")
    if cue is None or _is_future(unit, group):
        return None
    quoted = _quoted_infinitive(sentence, group, cue)
    if quoted is not None:
        return quoted
    at = after(unit, group.end)
    start = infinitive_at(unit, group.end)
    start = infinitive_at(unit, at) if start is None else start
    if start is None and _is_told(unit, at):
        told = chunk(unit, at + 1)  # « a indiqué hier à Radio Nord avoir saisi le stock »
        start = infinitive_at(unit, after(unit, told[1])) if told is not None else None
    if start is None:
        for n in range(at, min(len(unit), at + LOOKAHEAD)):
            if unit.tokens[n].finite or unit.tokens[n].whole or unit.low(n) in (";", ":", *g.relatives):
                break
            if unit.low(n) in g.infinitive_markers and infinitive_at(unit, n) is not None and _asks(cue, unit, at):
                start = infinitive_at(unit, n)
                if g.subject_first and unit.low(n - 1) in g.negations and n > at:
                    start = n - 1  # "urged the firm *not to* rush"
                break
    if start is None:
        return None
    end = content_end(sentence, start, "infinitive", group)
    if any(t.low in unit.grammar.never_contents for t in unit.tokens[start : min(end, start + 4)]):
        return None
    source = source_of(sentence, group)
    if source is None:
        return None
    return make_draft(sentence, group, cue, [reported(unit, start, end)], source, "verb + infinitive", 0.85)


def _wanted_of_another(sentence: Sentence, group: Group) -> Draft | None:
    """verb + person + infinitive where a body demands: "The union wants the firm to rehire them"."""
    unit = sentence.unit
    cue = group.cue_for("inf_other")
    told = chunk(unit, after(unit, group.end)) if cue is not None and group.shape == "finite" else None
    if cue is None or told is None or infinitive_at(unit, told[1]) is None:
        return None
    source = source_of(sentence, group)
    known = roles(unit.lang).nouns
    words = [known.get(t.low) for t in unit.tokens[source[0] : source[1]]] if source is not None else []
    if unit.low(told[1]) not in unit.grammar.infinitive_markers or not any(w and w.category in BODIES for w in words):
        return None
    end = content_end(sentence, told[1] + 1, "infinitive", group)
    return make_draft(sentence, group, cue, [reported(unit, told[0], end)], source, "verb + person + infinitive", 0.7)


def _is_future(unit: Unit, group: Group) -> bool:
    """Whether what the verb asks or offers is yet to come: « Le groupe proposera 90 postes »."""
    return group.shape == "finite" and unit.low(group.verb).endswith(unit.grammar.future_endings)


def _quoted_infinitive(sentence: Sentence, group: Group, cue: Cue) -> Draft | None:
    """verb + « infinitive »: « Elle a demandé au groupe « de suspendre les travaux » »; the marker is quoted too."""
    unit = sentence.unit
    at = after(unit, group.end)
    told = chunk(unit, at + 1) if at < len(unit) and unit.tokens[at].pos == "ADP" else None
    at = told[1] if told is not None else at
    if at >= len(unit) or not unit.opens_quote(at) or unit.low(at) not in unit.grammar.infinitive_markers:
        return None
    quote, end = unit.quotes[unit.tokens[at].quote], quote_end(unit, at)
    source = source_of(sentence, group)
    if infinitive_at(unit, at) is None or source is None or end - at < _QUOTED_WORDS:
        return None
    draft = make_draft(sentence, group, cue, [quote.inner], source, "verb + quoted infinitive", 0.85)
    if draft is not None:
        draft.quotes.append(quote.outer)
    return draft


def _asks(cue: Cue, unit: Unit, at: int) -> bool:
    """Whether the person asked may stand between verb and infinitive, not a noun that the infinitive belongs to."""
    return "person" in cue.frames or unit.low(at) == "," or _is_told(unit, at)


def _is_told(unit: Unit, at: int) -> bool:
    """Whether a preposition opens the person asked at `at`, no figure: not "expects *between ten* storms to form"."""
    figure = at + 1 < len(unit) and unit.tokens[at + 1].pos == "NUM"
    return at < len(unit) and unit.tokens[at].pos == "ADP" and not figure


def noun_phrase_frame(sentence: Sentence, group: Group) -> Draft | None:
    """verb + noun phrase: « La mairie a annoncé la fermeture du pont. »"""
    unit = sentence.unit
    if group.cue_for("np", "np_active", "np_as", "np_number", "np_quote") is None or is_inverted(sentence, group):
        return None
    if group.shape == "present" and group.cue_for("np") is None and unit.low(group.start - 1) != ",":
        return None
    if not unit.grammar.subject_first and unit.low(group.start - 1) in unit.grammar.complementisers:
        return None  # « une version que conteste la CGT »: the phrase behind the verb is its subject
    if _is_future(unit, group):
        return None
    start = _object(unit, group)
    if start is None or (group.negated and unit.low(start - 1) not in unit.grammar.complementisers):
        return None
    cue = _fits(sentence, group, start)
    if cue is None or (own_object(unit, group) and not cue.reflexive):
        return None
    end = content_end(
        sentence,
        start,
        "figure" if "np_number" in cue.frames and cue.frames.isdisjoint({"np", "np_active"}) else "nominal",
        group,
    )
    if "np_quote" in cue.frames and "np" not in cue.frames:
        while end - start > 1 and unit.tokens[start].pos == "ADP" and unit.tokens[start].quote < 0:
            start += 1
    if end == start + 1 and unit.tokens[start].pos == "PRON":
        return None  # "where the museum expects it"
    if any(t.low in unit.grammar.source_nouns for t in unit.tokens[start : min(end, start + 3)]):
        return None  # « citant une source proche du dossier »
    if group.shape == "present" and group.cue_for("citing") and speaks(unit, (start, end)):
        return None  # "citing two dockers": who said it
    content = [reported(unit, start, end)]
    draft = make_draft(sentence, group, cue, content, source_of(sentence, group), "verb + noun phrase", 0.7)
    return draft if draft and draft.source is not None else None


def _object(unit: Unit, group: Group) -> int | None:
    """Where the object starts: after adverbs, a person told, adjuncts between commas and the "que" of "ne ... que"."""
    g = unit.grammar
    n = after(unit, group.end)
    if group.negated and unit.low(n) in g.complementisers and restricts(unit, group, n):
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
    if following.pos in ("DET", "NUM") or following.low == "," or following.low.endswith(unit.grammar.gerunds):
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


def _fits(sentence: Sentence, group: Group, start: int) -> Cue | None:
    """The cue one of whose noun-phrase frames the phrase at `start` fits."""
    unit = sentence.unit
    end = content_end(sentence, start, "nominal")
    tokens = unit.tokens[start:end]
    if not tokens or tokens[0].infinitive:
        return None
    quoted = {t.quote for t in tokens if t.quote >= 0}
    if any(unit.quotes[q].kind != "title" for q in quoted):
        cue = _nominal_cue(sentence, group, "np_quote", "np")
        if cue:
            return cue
    bare = group.end == group.verb + 1
    if any(t.low in unit.grammar.never_contents for t in tokens[:4]):
        return None
    if tokens[0].low in unit.grammar.reflexives and len(tokens) > 1 and tokens[1].pos in ("PROPN", "DET"):
        return None  # "a group calling itself Wet Ink": the name it goes by
    gerund = tokens[0].pos in ("VERB", "AUX") and tokens[0].low.endswith(unit.grammar.gerunds)
    small = tokens[0].pos in ("ADP", "SCONJ", "CCONJ", "VERB") and not gerund
    if bare and small and tokens[0].low not in unit.grammar.figure_leads | unit.grammar.partitives:
        return None
    cue = group.cue_for("np_number")
    if cue and "body" in cue.frames and not _is_body(sentence, group):
        return None
    if cue and any(t.pos == "NUM" or t.low[:1].isdigit() for t in tokens[:_FIGURE_WITHIN]):
        return cue
    judging = group.cue_for("np_as")
    if judging and any(t.low in unit.grammar.manner for t in tokens[1:]):
        return judging
    return _nominal_cue(sentence, group, "np", "np_active")


def _nominal_cue(sentence: Sentence, group: Group, *frames: str) -> Cue | None:
    """The first cue that takes one of the frames; one that only documents take ("showed a decline") needs one."""
    for cue in group.cues:
        if not cue.frames.isdisjoint(frames) and ("document" not in cue.frames or _is_document(sentence, group)):
            return cue
    return None


def _is_body(sentence: Sentence, group: Group) -> bool:
    """Whether a body or an acronym counts, not a thing that has so many parts (« la salle compte 212 fauteuils »)."""
    unit = sentence.unit
    source = source_of(sentence, group)
    tokens = unit.tokens[source[0] : source[1]] if source else []
    return any(t.low in unit.grammar.bodies or unit.text[t.start : t.end].isupper() for t in tokens)


def impersonal_frame(sentence: Sentence, group: Group) -> Draft | None:
    """« Il a été précisé que l'école rouvrirait »: who says it is left open, unless an agent follows."""
    unit, g = sentence.unit, sentence.unit.grammar
    cue = group.cue_for("clause")
    if cue is None or "quote" not in cue.frames or group.negated or unit.low(group.start - 1) not in g.expletives:
        return None
    at = opening(unit, group, cue)
    if at is None:
        return None
    agent = after(unit, group.end)
    source = chunk(unit, agent + 1) if unit.low(agent) in g.agent else informant(unit, group)
    end = content_end(sentence, at + 1, "clause", group)
    return make_draft(sentence, group, cue, [reported(unit, at + 1, end)], source, IMPERSONAL, 0.8)


def judged_frame(sentence: Sentence, group: Group) -> Draft | None:
    """participle + « quoted words » + agent: « Le projet a été qualifié de « folie » par la maire. »"""
    unit, g = sentence.unit, sentence.unit.grammar
    cue = group.cue_for("np_quote")
    at = after(unit, group.end)
    if at < len(unit) and (unit.low(at) in g.noun_links or unit.low(at) in g.manner) and not unit.opens_quote(at):
        at += 1
    if cue is None or at >= len(unit) or not unit.opens_quote(at):
        return None
    end = after(unit, quote_end(unit, at))
    source = chunk(unit, end + 1) if unit.low(end) in g.agent else None
    if source is None or not plausible(unit, source):
        return None
    quote = unit.quotes[unit.tokens[at].quote]
    source = with_appositions(unit, source)
    draft = make_draft(sentence, group, cue, [quote.inner], source, "participle + quotation + agent", 0.85)
    if draft is not None:
        draft.quotes.append(quote.outer)
    return draft


def passive_frame(sentence: Sentence, group: Group) -> Draft | None:
    """noun phrase + participle + agent: « les baisses annoncées par le ministre »."""
    unit, g = sentence.unit, sentence.unit.grammar
    cue = group.cue_for("np", "np_number")
    if cue is None or group.negated or "document" in cue.frames:
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
    if content is None or (
        "np" not in cue.frames and not any(t.pos == "NUM" for t in unit.tokens[content[0] : content[1]])
    ):
        return None
    content = _with_preposition(unit, content)
    return make_draft(sentence, group, cue, [reported(unit, *content)], source, "noun phrase + participle + agent", 0.6)


def _with_preposition(unit: Unit, phrase: Phrase) -> Phrase:
    """The phrase with the noun before its preposition: « plusieurs attaques contre des villages »."""
    start, end = phrase
    if start > 1 and unit.tokens[start - 1].pos == "ADP" and unit.tokens[start - 2].pos in ("NOUN", "PROPN", "ADJ"):
        earlier = antecedent_before(unit, start - 1)
        return (earlier[0], end) if earlier else phrase
    return phrase
