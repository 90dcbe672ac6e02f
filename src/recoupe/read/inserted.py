"""Frames whose cue stands in or behind what it reports: inserted clauses, quotations, "as she put it"."""

from __future__ import annotations

from recoupe.read.cues import Cue
from recoupe.read.drafting import ANNOUNCED, Draft, Sentence, make_draft, reported, source_of
from recoupe.read.extents import (
    LOOKAHEAD,
    colon_after,
    content_end,
    cue_participle,
    has_clause,
    only_subordinate,
    quote_after,
    quote_end,
    segment_start,
    verb_follows,
)
from recoupe.read.groups import Group, after, before_relative, inverted_subject, subject
from recoupe.read.phrases import Phrase, chunk, plausible
from recoupe.read.units import Unit
from recoupe.text import Span


def after_quotation_frame(sentence: Sentence, group: Group) -> Draft | None:
    """A quotation right before the verb or its subject goes before all else: "“It is over,” she said when asked"."""
    if _is_left(sentence.unit, group) or sentence.unit.grammar.subject_first:
        return left_quotation_frame(sentence, group)
    return None


def quotation_frame(sentence: Sentence, group: Group) -> Draft | None:
    """verb + quotation: « Elle a lancé : « C'est trop tard. » »"""
    unit = sentence.unit
    cue = group.cue_for("quote", "tail")
    if cue is None:
        return None
    colon = colon_after(unit, group.end)
    at = quote_after(unit, colon) if colon is not None else None
    if at is None:
        near = quote_after(unit, after(unit, group.end)) if "quote" in cue.frames else None
        if near is not None and not cue.reflexive and own_object(unit, group):
            return None  # « la saison s'annonce « excellente » » says nothing
        if near is not None and not _is_left(unit, group):
            return _adjacent(sentence, group, cue, near)
        if colon is not None and group.cue_for("clause") and unit.has_finite(colon + 1, len(unit)):
            end = content_end(sentence, colon + 1, "clause")
            content = [*_said_before(sentence, group), reported(unit, colon + 1, end)]
            return make_draft(sentence, group, cue, content, _source_or_inverted(sentence, group), "verb + colon", 0.8)
        if colon is not None and colon + 1 == len(unit):
            return make_draft(sentence, group, cue, [], _source_or_inverted(sentence, group), ANNOUNCED, 0.95)
        return None
    quote = unit.quotes[unit.tokens[at].quote]
    content = [*_said_before(sentence, group), quote.inner]
    source = _source_or_inverted(sentence, group)
    draft = make_draft(sentence, group, cue, content, source, "verb + colon + quotation", 1.0)
    if draft:
        draft.quotes.append(quote.outer)
    return draft


def own_object(unit: Unit, group: Group) -> bool:
    """Whether a reflexive pronoun stands in the verb group."""
    return any(unit.low(n) in unit.grammar.reflexives for n in range(group.start, group.verb))


def _said_before(sentence: Sentence, group: Group) -> list[Span]:
    """The first part of what is said on both sides of the cue: « Il y a urgence, prévient l'ONG : l'eau manque. »"""
    unit = sentence.unit
    if unit.grammar.subject_first or group.clitic is not None or not is_inverted(sentence, group):
        return []
    start = segment_start(unit, group.start)
    return [reported(unit, start, group.start)] if start < group.start else []


def _source_or_inverted(sentence: Sentence, group: Group) -> Phrase | None:
    """The source left of the verb or, in « comme le précise la maire : », right of it."""
    found = source_of(sentence, group)
    if group.shape == "finite" and (
        found is None
        or _said_before(sentence, group)
        or sentence.unit.low(group.start - 1) in sentence.unit.grammar.manner
    ):
        return inverted_subject(sentence.unit, group) or found
    return found


def _adjacent(sentence: Sentence, group: Group, cue: Cue, at: int) -> Draft | None:
    """verb + « quoted words »: the quotation, and what follows it in the same clause."""
    unit = sentence.unit
    quote = unit.quotes[unit.tokens[at].quote]
    end = quote_end(unit, at)
    if not unit.tokens[at].whole:
        stop = content_end(sentence, at, "nominal")
        if stop > end and not unit.sign(end):
            return make_draft(
                sentence, group, cue, [reported(unit, at, stop)], source_of(sentence, group), "verb + quoted words", 0.8
            )
    draft = make_draft(sentence, group, cue, [quote.inner], source_of(sentence, group), "verb + quotation", 0.95)
    if draft:
        draft.quotes.append(quote.outer)
    return draft


def _is_left(unit: Unit, group: Group) -> bool:
    """Whether a quotation ends right before the verb group (a comma between)."""
    n = group.start - 1
    while n >= 0 and unit.low(n) in (",", "-", "–", "—"):
        n -= 1
    return n >= 0 and unit.tokens[n].quote >= 0 and unit.tokens[n].quote != unit.tokens[group.start].quote


def left_quotation_frame(sentence: Sentence, group: Group) -> Draft | None:
    """quotation + verb + source, or quotation + source + verb: « « C'est trop tard », a dit Lise Faure. »"""
    unit = sentence.unit
    cue = group.cue_for("quote", "tail")
    if cue is None or group.shape not in ("finite",):
        return None
    if _is_left(unit, group):
        if before_relative(unit, group.start) is not None:
            return None  # « La maire, qui y voit « un gâchis », a dit ... »: the quotation is the relative clause's
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
        start = segment_start(unit, first)
        rest = after(unit, end)
        goes_on = rest < len(unit) and not unit.sign(rest) and unit.tokens[rest].pos != "ADP"
        if goes_on or (quote.kind == "title" and unit.low(first - 1) != ":"):
            return None
        content = [reported(unit, start, quote_end(unit, at))]
        outers, reason = [], "quoted clause + verb"
    draft = make_draft(sentence, group, cue, content, source, reason, 1.0)
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


def _skip_to_quote(sentence: Sentence, n: int) -> int | None:
    """The second half of a broken quotation, if only adjuncts stand between the cue and it."""
    unit = sentence.unit
    for k in range(n, min(len(unit), n + LOOKAHEAD)):
        if k in sentence.starts and sentence.starts[k].shape in ("present", "infinitive"):
            return None
        if unit.opens_quote(k):
            return k if unit.whole[unit.tokens[k].quote] or unit.low(k - 1) in (",", ":") or k == n else None
        if unit.tokens[k].finite or unit.low(k) in (";", "."):
            return None
    return None


def is_inverted(sentence: Sentence, group: Group) -> bool:
    """Whether the verb stands, with its subject after it, in or after the clause that it reports."""
    unit = sentence.unit
    if group.shape != "finite" or group.cue_for("incise", "quote", "tail") is None:
        return False
    if group.clitic is not None:
        return True
    before = group.start - 1
    if before < 0 or not (unit.sign(before) or unit.tokens[before].quote != unit.tokens[group.start].quote):
        return False
    if unit.low(before) not in (",", "–", "—", "-", "?", "!") and not unit.tokens[before].quote >= 0:
        return False
    behind = inverted_subject(unit, group)
    if behind is None or before_relative(unit, group.start) is not None:
        return False
    subjects = [t for t in unit.tokens[behind[0] : behind[1]] if t.dep.startswith("nsubj")]
    if unit.grammar.subject_first and not any(group.start <= t.head < group.end for t in subjects):
        return False  # where the order is rare, the parse must see it too
    start = segment_start(unit, group.start)
    return has_clause(unit, start, before) or not any(unit.low(k) == "," for k in range(start, before))


def ends_sentence(sentence: Sentence, group: Group) -> bool:
    """Whether the verb and its subject stand behind the clause they report: "..., she said when asked"."""
    unit = sentence.unit
    if not unit.grammar.subject_first or group.shape != "finite":
        return False
    source = subject(unit, group)
    if source is None or source[0] <= unit.first or unit.low(source[0] - 1) != ",":
        return False
    clause = chunk(unit, after(unit, group.end))
    if clause is not None and verb_follows(unit, clause[1]):
        return False  # "While she hoped it was over, she said it was not"
    start = segment_start(unit, source[0])
    return has_clause(unit, start, source[0] - 1) and not only_subordinate(unit, start, source[0] - 1)


def incise_frame(sentence: Sentence, group: Group) -> Draft | None:
    """clause + verb + source: « Le pont est fermé, indique la mairie. »"""
    unit = sentence.unit
    cue = group.cue_for("incise", "quote", "tail") if unit.spoken else group.cue_for("incise")
    if cue is None or group.shape != "finite" or (group.negated and group.clitic is None):
        return None
    if is_inverted(sentence, group):
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
        left = segment_start(unit, head)
        whole = has_clause(unit, left, head) and not only_subordinate(unit, left, head - 1)
        if not whole and unit.low(_behind_adjunct(unit, rest)) != ",":
            return None
    start = segment_start(unit, head)
    content = [reported(unit, start, head)]
    complete = has_clause(unit, start, head) and not only_subordinate(unit, start, head - 1)
    more = _resumes(sentence, end, complete=complete)
    if more:
        content.append(reported(unit, *more))
    draft = make_draft(sentence, group, cue, content, source, "clause + verb", 0.9)
    if draft:
        draft.incise = True
        draft.resume = _comma_after(unit, end)
    return draft


def _behind_adjunct(unit: Unit, n: int) -> int:
    """The token behind a prepositional phrase at `n`, or `n`: "he said on Friday," "he said in a letter,"."""
    phrase = chunk(unit, n + 1) if n < len(unit) and unit.tokens[n].pos == "ADP" else None
    if phrase is not None:
        return phrase[1]
    return n + 2 if unit.low(n + 1) in unit.grammar.time_nouns and unit.tokens[n].pos == "ADP" else n


def _from_whom(unit: Unit, group: Group) -> Phrase | None:
    """« a appris l'agence d'une source »: the source is whom it was learnt from, where the verb names that."""
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


def _resumes(sentence: Sentence, end: int, *, complete: bool) -> Phrase | None:
    """The part of a clause after an inserted cue: "The bridge, she said, will stay shut"."""
    unit, g = sentence.unit, sentence.unit.grammar
    n = after(unit, end)
    while n < len(unit) and unit.low(n) != ",":
        if unit.tokens[n].finite or unit.low(n) == ";":
            return None
        n += 1
    at = n + 1
    if at >= len(unit) or unit.low(at) in g.relatives or cue_participle(sentence, at, marked=True):
        return None
    if at in sentence.prepositions or (at in sentence.starts and complete) or unit.low(at) in g.asked:
        return None
    if complete and not _completes(unit, at):
        return None
    if not complete and unit.low(at) in g.coordinators and unit.has_finite(at, len(unit)):
        return None
    stop = content_end(sentence, at, "clause")
    return (at, stop) if stop > at else None


def _completes(unit: Unit, at: int) -> bool:
    """Whether what follows a whole clause still belongs to it: a reason or a condition, or a phrase without a verb."""
    if unit.low(at) in unit.grammar.resuming:
        return True
    if unit.low(at) in unit.grammar.coordinators | unit.grammar.breaks or unit.has_finite(at, len(unit)):
        return False
    return unit.tokens[at].pos not in ("VERB", "NOUN", "PROPN", "DET")


def before_subject(unit: Unit, group: Group) -> tuple[int, ...]:
    """Where "as" may stand before the verb: right before it or, in front of a subject, before that."""
    if not unit.grammar.subject_first:
        return (group.start - 1,)
    found = subject(unit, group) if group.shape == "finite" else None
    return (found[0] - 1,) if found else ()


def as_said_frame(sentence: Sentence, group: Group) -> Draft | None:
    """« comme le rappelle la mairie »: the content is the clause it is inserted in, or the quotation after it."""
    unit = sentence.unit
    cue = group.cue_for("incise")
    own = subject(unit, group) if unit.grammar.subject_first else None
    source = own or inverted_subject(unit, group) or subject(unit, group)
    if cue is None or source is None:
        return None
    head, end = min(source[0], group.start) - 1, max(source[1], group.end)
    rest = after(unit, end)
    told = chunk(unit, rest) if "person" in cue.frames and unit.grammar.subject_first else None
    if told is not None and unit.low(told[1]) == ",":
        end = rest = told[1]
    if rest < len(unit) and not unit.sign(rest) and unit.tokens[rest].pos != "ADP" and not unit.opens_quote(rest):
        return None  # "as the mayor told reporters that": it has a content of its own
    colon = colon_after(unit, end)
    at = quote_after(unit, end if colon is None else colon)
    content: list[Span] = []
    if at is not None:
        content = [unit.quotes[unit.tokens[at].quote].inner]
    if at is None or unit.low(at - 1) == ":":
        start = segment_start(unit, group.start)
        if start < head:
            content.insert(0, reported(unit, start, head))
            more = _resumes(sentence, end, complete=has_clause(unit, start, head)) if at is None else None
            content += [reported(unit, *more)] if more else []
        elif unit.low(end) == ",":
            content = [reported(unit, end + 1, content_end(sentence, end + 1, "clause"))]
    return make_draft(sentence, group, cue, content, source, "as + verb", 0.85)
