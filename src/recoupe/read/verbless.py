"""Frames without a verb of saying: "selon", "according to", a name and a colon."""

from __future__ import annotations

from recoupe.read.cues import Lexicon, Preposition
from recoupe.read.drafting import PREPOSITION, Draft, Sentence, antecedent_before, reported
from recoupe.read.extents import (
    LOOKAHEAD,
    content_end,
    cue_participle,
    has_clause,
    quote_end,
    segment_start,
)
from recoupe.read.groups import antecedent, whole_phrase
from recoupe.read.phrases import Phrase, chunk, plausible, with_appositions
from recoupe.read.units import Unit
from recoupe.text import Span

_MARKS = (",", ";", ":", "–", "—", "-")


def prepositions(unit: Unit, lexicon: Lexicon) -> dict[int, tuple[Preposition, int]]:
    """The phrases like "selon" in the sentence, by their first token."""
    found: dict[int, tuple[Preposition, int]] = {}
    for n, token in enumerate(unit.tokens):
        for preposition in lexicon.prepositions.get(token.low, ()) if token.quote < 0 else ():
            end = n + len(preposition.words)
            if all(unit.low(n + k) == w for k, w in enumerate(preposition.words)):
                if preposition.opening and not _opens(unit, n, end):
                    continue
                if preposition.pronoun and n > unit.first and unit.low(n - 1) not in _MARKS:
                    continue  # « ils étaient mille à l'écouter »
                if preposition.relay and unit.low(n - 1) != ",":
                    continue  # « une source citée par l'agence »: a credit, no attribution
                found[n] = (preposition, end)
                break
    return found


def _opens(unit: Unit, at: int, end: int) -> bool:
    """Whether the phrase stands at the head of its clause, opens a relative one, or names who speaks a quotation."""
    if at <= unit.first or unit.low(at - 1) == ";" or _relative(unit, at, end):
        return True
    behind = at - 2 if unit.low(at - 1) == "," else at - 1
    source = chunk(unit, end) if behind >= 0 and unit.tokens[behind].whole else None
    return source is not None and unit.sign(with_appositions(unit, source)[1])


def _relative(unit: Unit, at: int, end: int) -> bool:
    """Whether the phrase opens a relative clause: « le syndicat, pour qui l'accord est un leurre »."""
    return unit.low(at - 1) == "," and unit.low(end) in unit.grammar.relative_subjects


def according_to(sentence: Sentence, at: int, end: int, preposition: Preposition) -> Draft | None:
    """« Selon la préfecture, douze maisons sont détruites », "..., according to the prefect"."""
    unit = sentence.unit
    if _relative(unit, at, end):
        return _to_whom(sentence, at, end)
    source = _pronoun_within(unit, at, end) if preposition.pronoun else chunk(unit, end)
    if source is None or unit.low(end) in unit.grammar.relatives:
        return None
    if not preposition.pronoun and not plausible(unit, source):
        return None
    if _is_criterion(unit, source):
        return None
    if not any(t.low in unit.grammar.documents for t in unit.tokens[slice(*source)]):
        source = with_appositions(unit, source)  # not « Selon nos informations, *le gardien*, 24 ans, s'en va »
    if preposition.opening and not (_names(unit, source) or _quoted_pronoun(unit, source)):
        return None
    source = _with_name_behind(unit, source)
    stop = end if preposition.pronoun else _phrase_end(unit, source[1])
    stop = _after_aside(unit, stop)
    left = _left_part(unit, at)
    draft = Draft([], unit.reach(*source), unit.reach(at, end), reason=PREPOSITION, score=0.9)
    if left:
        draft.content.append(reported(unit, *left))
    right = _right_part(sentence, stop, left)
    if right:
        draft.content.append(reported(unit, *right))
        if unit.tokens[right[0]].whole and quote_end(unit, right[0]) >= right[1]:
            draft.quotes.append(unit.quotes[unit.tokens[right[0]].quote].outer)
    draft.content = [c for c in draft.content if c.start < c.end]
    return draft if draft.content else None


def _with_name_behind(unit: Unit, phrase: Phrase) -> Phrase:
    """The phrase with the name that a relative clause parts it from: "the guard who found them, *Ana Roux*"."""
    start, end = phrase
    stop = _phrase_end(unit, end)
    if stop == end or unit.low(stop) != "," or unit.low(end) not in unit.grammar.relatives:
        return phrase
    name = chunk(unit, stop + 1)
    if name is None or any(t.pos != "PROPN" for t in unit.tokens[slice(*name)]):
        return phrase
    return (start, name[1]) if unit.sign(name[1]) else phrase


def _quoted_pronoun(unit: Unit, phrase: Phrase) -> bool:
    """Whether the phrase is a pronoun and a comma closes it or words of its clause are quoted.

    « Pour lui, le pont tiendra », « Pour lui c'est « un abandon » ».
    """
    quoted = unit.low(phrase[1]) == "," or any(t.quote >= 0 for t in unit.tokens[phrase[1] :])
    return quoted and phrase[1] == phrase[0] + 1 and unit.tokens[phrase[0]].pos == "PRON"


def _to_whom(sentence: Sentence, at: int, end: int) -> Draft | None:
    """« le syndicat, pour qui l'accord est un leurre, »: what the relative clause says, to whom it belongs."""
    unit = sentence.unit
    source = antecedent(unit, end)
    source = antecedent_before(unit, at - 1) if source is None or source[1] > at - 1 else source
    if source is None or not plausible(unit, source):
        return None
    stop = next((n for n in range(end + 1, len(unit)) if unit.low(n) in (",", ";") and unit.tokens[n].quote < 0), 0)
    stop = stop or content_end(sentence, end + 1, "clause")
    if not unit.has_finite(end + 1, stop):
        return None
    if not _names(unit, source) and all(t.quote < 0 for t in unit.tokens[end:stop]):
        return None
    content = reported(unit, end + 1, stop)
    return Draft([content], unit.reach(*source), unit.reach(at, end), reason=PREPOSITION, score=0.7)


def _pronoun_within(unit: Unit, at: int, end: int) -> Phrase | None:
    """« à l'en croire », « à les entendre »: the pronoun is the source."""
    return next(((n, n + 1) for n in range(at, end) if unit.low(n) in unit.grammar.proclitics), None)


def _is_criterion(unit: Unit, phrase: Phrase) -> bool:
    """Whether the phrase tells by what something varies or how it was made, not who says it: « selon l'âge »."""
    head = next((t for t in unit.tokens[phrase[0] : phrase[1]] if t.pos in ("NOUN", "PROPN")), None)
    return head is not None and head.low in unit.grammar.criteria and unit.text[head.start].islower()


def _after_aside(unit: Unit, stop: int) -> int:
    """The comma that closes what is told of the source between commas: « Selon Lise Faure, qui l'a vu, le pont ... ».

    The comma at `stop` where nothing is told there, or where no clause follows.
    """
    g = unit.grammar
    if unit.low(stop) != "," or stop + 2 >= len(unit):
        return stop
    first = unit.tokens[stop + 1]
    relative = first.low in g.relatives
    if not relative and (first.finite or first.infinitive or first.pos not in ("VERB", "ADJ") or first.quote >= 0):
        return stop
    for n in range(stop + 2, len(unit)):
        if unit.low(n) in (";", ":") or unit.tokens[n].whole:
            return stop
        if unit.low(n) != "," or (relative and not unit.has_finite(stop + 1, n)):
            continue
        if unit.has_finite(stop + 1, n) and not relative:
            return stop
        follows = n + 1 < len(unit) and (unit.opens_quote(n + 1) or unit.has_finite(n + 1, len(unit)))
        return n if follows and unit.low(n + 1) not in g.relatives | g.coordinators else stop
    return stop


def _left_part(unit: Unit, at: int) -> Phrase | None:
    """The words of the clause before the phrase at `at`, the marks between left out."""
    start, end = segment_start(unit, at), at
    while start < end and (unit.sign(end - 1) or unit.low(end - 1) in unit.grammar.complementisers):
        if unit.low(end - 1) in unit.grammar.complementisers:
            return None  # « Il rappelle que, selon la mairie, ... »: what is before is another's
        end -= 1
    return (start, end) if start < end else None


def _right_part(sentence: Sentence, stop: int, left: Phrase | None) -> Phrase | None:
    """The words of the clause after the source phrase, unless the clause was complete before it."""
    unit, g = sentence.unit, sentence.unit.grammar
    marked = unit.low(stop) in (",", ":") or (stop < len(unit) and unit.opens_quote(stop))
    if left and not marked:
        return None
    right = stop + 1 if unit.low(stop) in (",", ":") else stop
    if right >= len(unit) or (left and unit.low(right) in g.relatives | g.subordinators | g.breaks):
        return None
    complete = left is not None and has_clause(unit, *left)
    if complete and (
        unit.low(right) in g.coordinators
        or unit.has_finite(right, len(unit))
        or cue_participle(sentence, right, marked=True)
    ):
        return None
    finish = content_end(sentence, right, "clause")
    return (right, finish) if finish > right else None


def shared_predicate(sentence: Sentence) -> list[Draft]:
    """Figures that share a verb: « Entre 300 personnes, selon la police, et 900, selon le syndicat, ont défilé. »

    Each figure takes the shared words as its second span.  Found where two phrases of "according to" stand in one
    clause and the words between them hold a number and no verb.
    """
    unit = sentence.unit
    drafts: list[Draft] = []
    places = sorted(sentence.prepositions.items())
    for k, (at, (_, end)) in enumerate(places):
        if (k and _linked(unit, places[k - 1][1][1], at)) or (
            k + 1 < len(places) and _linked(unit, end, places[k + 1][0])
        ):
            source = chunk(unit, end)
            if source and plausible(unit, source):
                drafts.append(Draft([], unit.reach(*with_appositions(unit, source)), unit.reach(at, end)))
        else:
            return []
    if len(drafts) < 2:
        return []
    start = segment_start(unit, places[0][0])
    last = _phrase_end(unit, places[-1][1][1])
    rest = (last + 1 if unit.low(last) == "," else last, content_end(sentence, last + 1, "figure"))
    if not any(t.finite or t.infinitive for t in unit.tokens[rest[0] : rest[1]]):
        rest = (0, 0)
    begin = start
    led = (start, next(n for n in range(start, places[0][0] + 1) if n == places[0][0] or _is_number(unit, n)))
    for k, (draft, (at, (_, end))) in enumerate(zip(drafts, places, strict=True)):
        draft.content = [_figure(unit, begin, at)]
        if k and rest[0] >= rest[1] and unit.has_finite(*led):
            draft.content.insert(
                0, reported(unit, *_before_figure(unit, led, begin))
            )  # « *Le taux est de* 83 % selon l'une, 46 % selon l'autre »
        if rest[0] < rest[1]:
            draft.content.append(reported(unit, *rest))
        draft.reason, draft.score = "according to, shared predicate", 0.85
        begin = _phrase_end(unit, end)
    return drafts


def _before_figure(unit: Unit, led: Phrase, figure: int) -> Phrase:
    """The shared words before a list of figures, without a preposition that each figure has of its own."""
    start, end = led
    while figure < len(unit) and (unit.sign(figure) or unit.low(figure) in unit.grammar.coordinators):
        figure += 1
    while figure < len(unit) and unit.tokens[figure].pos == "ADP" and end > start and unit.tokens[end - 1].pos == "ADP":
        end -= 1
    return (start, end)


def _is_number(unit: Unit, n: int) -> bool:
    return unit.tokens[n].pos == "NUM" or unit.low(n)[:1].isdigit()


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
    return reported(unit, start, end)


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


def no_verb(sentence: Sentence) -> Draft | None:
    """name + colon: « Lise Faure n'en revient pas : « Tout a brûlé. » », "Faure: All has burnt"."""
    unit = sentence.unit
    colon = next((n for n in range(unit.first + 1, len(unit) - 1) if unit.low(n) == ":"), None)
    if colon is None:
        return None
    if unit.tokens[colon + 1].whole and unit.opens_quote(colon + 1):
        source = _among_whom(unit, colon)
        if source is None:
            source = _first_subject(unit, colon)
            source = _reacting(unit, source) if source else None
        quote = unit.quotes[unit.tokens[colon + 1].quote]
        if source is None:
            return None
        reason = "name + colon + quotation"
        return Draft([quote.inner], unit.reach(*source), None, reason=reason, score=0.8, quotes=[quote.outer])
    return _headline(sentence, colon)


def _among_whom(unit: Unit, colon: int) -> Phrase | None:
    """Who speaks where no verb does: « Même son de cloche chez les commerçants : », « Soulagement pour le maire : »."""
    g = unit.grammar
    if unit.has_finite(unit.first, colon):
        return None
    for n in range(colon - 1, unit.first, -1):
        if unit.low(n) in g.reacting_links:
            found = chunk(unit, n + 2 if unit.low(n + 1) in g.noun_links else n + 1)
            return found if found is not None and found[1] == colon and plausible(unit, found) else None
    return None


def _reacting(unit: Unit, phrase: Phrase) -> Phrase:
    """Of « Réaction immédiate des pêcheurs » the fishermen."""
    tokens = unit.tokens[phrase[0] : phrase[1]]
    head = next((t for t in tokens if t.pos == "NOUN"), None)
    if head is None or head.low not in unit.grammar.speech_nouns:
        return phrase
    links = [n for n in range(*phrase) if unit.low(n) in unit.grammar.noun_links]
    return (links[0] + 1, phrase[1]) if links and links[0] + 1 < phrase[1] else phrase


def _headline(sentence: Sentence, colon: int) -> Draft | None:
    """A line that opens with who speaks: "Faure: All has burnt", and the turns of an interview."""
    unit = sentence.unit
    source = chunk(unit, unit.first)
    if source is None or source != (unit.first, colon) or not unit.opens_line or not _speaks(unit, source):
        return None
    end = content_end(sentence, colon + 1, "clause")
    if not unit.has_finite(colon + 1, end):
        return None
    cue = unit.reach(colon, colon + 1)
    return Draft([reported(unit, colon + 1, end)], unit.reach(*source), cue, reason="name + colon", score=0.7)


def _speaks(unit: Unit, phrase: Phrase) -> bool:
    """Whether a phrase before a colon is a person's name or a body, not a place or a topic."""
    tokens = unit.tokens[phrase[0] : phrase[1]]
    names = sum(1 for t in tokens if t.pos == "PROPN" or unit.text[t.start].isupper())
    known = any(t.low in unit.grammar.bodies or t.low in unit.grammar.documents for t in tokens)
    return known or len(tokens) == names >= unit.grammar.headline_names


def _first_subject(unit: Unit, limit: int) -> Phrase | None:
    named = _name_before(unit, limit)
    if named is not None:
        return named
    first = chunk(unit, _behind_asked(unit))
    whole = with_appositions(unit, first) if first is not None else (0, 0)
    told = unit.low(whole[1]) == "," and unit.low(whole[1] + 1) in unit.grammar.relative_subjects
    if told and plausible(unit, whole):
        return whole  # « La maire, qui avait exigé que la halle ferme, s'en tient là : »
    for n in range(limit):
        token = unit.tokens[n]
        if token.dep.startswith("nsubj") and token.low not in unit.grammar.relatives:
            found = whole_phrase(unit, n, limit)
            return found if plausible(unit, found) else None
    opening = chunk(unit, _behind_asked(unit))
    return with_appositions(unit, opening) if opening and plausible(unit, opening) else None


def _behind_asked(unit: Unit) -> int:
    """Where the subject stands behind how or where one spoke: « Invitée de la matinale, *la même* n'a plus parlé »."""
    links = unit.grammar.reacting_links
    adjunct = unit.first < len(unit) and unit.tokens[unit.first].pos == "ADP" and unit.low(unit.first) not in links
    if unit.low(unit.first) not in unit.grammar.asked and not adjunct:
        return unit.first
    comma = next((n for n in range(unit.first, min(len(unit), LOOKAHEAD)) if unit.low(n) == ","), unit.first - 1)
    return comma + 1


def _name_before(unit: Unit, limit: int) -> Phrase | None:
    """The name that alone stands between another mark and the colon: "A surprise in the north - Mary Lee:"."""
    mark = next((n for n in range(limit - 1, -1, -1) if unit.sign(n)), None)
    found = chunk(unit, mark + 1) if mark is not None and unit.grammar.subject_first else None
    named = found is not None and found[1] == limit and unit.tokens[limit - 1].pos == "PROPN"
    return found if found is not None and named and plausible(unit, found) else None
