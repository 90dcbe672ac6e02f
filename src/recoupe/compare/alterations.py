"""What gives a report of a statement another sense than another report's: the changes that make it altered.

A number, a date, a name or a speaker put for another one; a negation put in, left out or cut off; a supposition made a
fact or the reverse; a word put for its opposite or for another quantifier.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from recoupe.compare import thresholds as limits
from recoupe.compare.lexicon import Lexicon, everywhere, lexicon
from recoupe.compare.meaning import Meaning
from recoupe.compare.names import Speakers, alike
from recoupe.compare.polarity import condition, degree, hidden, modality, negations, opposite, quantifier, verb
from recoupe.compare.quantities import unit
from recoupe.compare.statements import Clause, Number, Statement
from recoupe.compare.words import Word, all_words, content, words
from recoupe.model import Change, ChangeKind
from recoupe.text import Span

_QUOTED = re.compile(r"[«“„\"]([^«»“”„\"]*)[»”\"]")
_BREAK = re.compile(r"[.,;:!?…«»“”\"()–—\n]")
_DAY = "2025-03-04"
_NAME = 3  # words of a name that stands where another one does
_OUTSIDE = 4  # words beside a quoted part that only fit it into the sentence
_HEDGE = 2  # words of an edit that only puts in or leaves out a supposition
_SUBJECT = 6  # words before a quoted predicate that name its subject, the auxiliary included


@dataclass(frozen=True, slots=True)
class Context:
    """What judging drift needs beside the statements: who is who in the story, and likeness of meaning."""

    speakers: Speakers
    meaning: Meaning


# --- parts ----------------------------------------------------------------------------------------------------------


def is_trimmed(item: Statement, fullest: Statement) -> bool:
    """Whether the words are a part of the fullest report's in one piece.

    Of a mixed report the quoted part counts; what stands outside may fit it into the sentence by a few words, or name
    whom or what it speaks of: "the bank could “breathe a little”" of "we can breathe a little".
    """
    if _piece(item.folds, fullest.folds):
        return True
    quoted = quoted_words(item)
    if item.type != "mixed" or len(quoted) < 2 or not _piece(tuple(w.fold for w in quoted), fullest.folds):
        return False
    outside = [w for w in item.words if w not in quoted]
    lex = lexicon(item.lang)
    if negations(outside, lex):
        return False
    loose = [w for w in content(outside, lex) if w.key not in set(fullest.keys)]
    if fullest.type == "direct" and len(outside) <= _SUBJECT and _names(outside, quoted[0]):
        return True
    return len(outside) <= _OUTSIDE and len(loose) <= (fullest.type == "direct")


def quoted_words(item: Statement) -> tuple[Word, ...]:
    """The words of a mixed report that stand between quotation marks."""
    if item.type != "mixed":
        return ()
    inside = [m.span(1) for span in item.spans for m in _QUOTED.finditer(item.reading.text, span.start, span.end)]
    return words(item.reading.text, [Span(*part) for part in inside])


def _names(outside: Sequence[Word], quoted: Word) -> bool:
    """Whether the words before a quoted predicate only name its subject: "l'ancien ministre a", "Mme Anne Brey has"."""
    lex = everywhere()
    named = bool(outside) and (outside[0].capital or outside[0].fold in lex.determiners | lex.titles)
    return named and all(w.span.end <= quoted.span.start for w in outside)


def _piece(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return _place(part, whole) is not None


# --- the changes ---------------------------------------------------------------------------------------------------


def alterations(item: Statement, other: Statement, context: Context) -> list[Change]:
    """The changes that give the statement another sense: speaker, number, date, negation, name, modality."""
    found = _speaker_change(item, other, context)
    if item.lang == other.lang and (is_trimmed(item, other) or is_trimmed(other, item)):
        return found + _said_apart(item, other, _cut_off(item, other))
    found += _number_changes(item, other)
    found += _calendar_changes(item, other)
    found += _name_changes(item, other, context)
    turned = _near_copy(item, other) if is_near_copy(item, other) else _clause_changes(item, other, context)
    return found + _said_apart(item, other, turned)


def _said_apart(item: Statement, other: Statement, turned: list[Change]) -> list[Change]:
    """The changes without the negations that the one report has in its content and the other in its verb of saying."""
    if _is_denied(item) == _is_denied(other):
        return turned
    return [change for change in turned if change.kind != "negation"]


def _is_denied(statement: Statement) -> bool:
    """Whether what reports the statement denies it: "denied having", "does not expect", "n'attend pas de"."""
    said = statement.reading.attributions[statement.attributions[0]]
    if said.polarity == "denied":
        return True
    if said.cue is None or said.cue.start > statement.spans[0].start:
        return False
    before = words(statement.reading.text, [Span(said.cue.start, statement.spans[0].start)])
    return bool(negations(before, lexicon(statement.lang)))


def is_near_copy(item: Statement, other: Statement) -> bool:
    """Whether the two are in one language and nearly the same words, so that single words tell what was changed."""
    return item.lang == other.lang and _ratio(item, other) >= limits.NEAR_COPY


def _cut_off(item: Statement, other: Statement) -> list[Change]:
    """A negation of the same clause that the shorter report cuts off: "No details were taken", "details were taken"."""
    short, long = (item, other) if len(item.words) <= len(other.words) else (other, item)
    at = _place(short.folds, long.folds)
    if at is None or short.type == "mixed":
        return []
    before = _unbroken(long, range(at - 1, -1, -1), at)
    after = _unbroken(long, range(at + len(short.words), len(long.words)), at + len(short.words) - 1)
    lex = lexicon(long.lang)
    cut = {long.words[i].span for i in (*before, *after)}
    if any(long.words[i].fold in lex.doubt for i in (*before, *after)):
        return []
    for parts in negations(long.words, lex):
        if all(w.span in cut for w in parts):
            gone = Span(parts[0].span.start, parts[-1].span.end)
            edge = short.words[0].span.start if parts[0].span.start < long.words[at].span.start else short.spans[-1].end
            empty = Span(edge, edge)
            return [Change("negation", empty, gone) if short is item else Change("negation", gone, empty)]
    return [_changed("modality", part, short, item) for part in _conditions(long, at, at + len(short.words))]


def _changed(kind: ChangeKind, gone: Span, short: Statement, item: Statement) -> Change:
    """The change by which the shorter report lacks a part of the longer."""
    edge = short.words[0].span.start if gone.start < gone.end and short is not item else short.spans[-1].end
    empty = Span(edge, edge)
    return Change(kind, empty, gone) if short is item else Change(kind, gone, empty)


def _conditions(long: Statement, start: int, end: int) -> list[Span]:
    """The clauses right before and after these words that say on what condition they hold."""
    lex = lexicon(long.lang)
    before = _unbroken(long, range(start - 2, -1, -1), start - 1) if start > 1 else []
    after = _unbroken(long, range(end + 1, len(long.words)), end) if end < len(long.words) else []
    first = [start - 1, *before][::-1] if start else []
    last = [end, *after] if end < len(long.words) else []
    out = []
    for part in (first, last):
        found = [long.words[i] for i in part]
        if found and found[0].fold in lex.conditions and _one_sentence(long, start, end, part):
            out.append(Span(found[0].span.start, found[-1].span.end))
    return out


def _one_sentence(long: Statement, start: int, end: int, part: Sequence[int]) -> bool:
    """Whether no full stop stands between a clause and the words that it goes with."""
    edges = (part[-1], start) if part[0] < start else (end - 1, part[0])
    left, right = long.words[edges[0]].span.end, long.words[edges[1]].span.start
    return not any(mark in long.reading.text[left:right] for mark in ".!?…\n")


def _place(part: tuple[str, ...], whole: tuple[str, ...]) -> int | None:
    """Where the one stands in the other in one piece."""
    size = len(part)
    return next((i for i in range(len(whole) - size + 1) if whole[i : i + size] == part), None) if part else None


def _unbroken(statement: Statement, places: Iterable[int], edge: int) -> list[int]:
    """The places that no mark of punctuation or conjunction parts from the word at the edge."""
    text, found, last = statement.reading.text, [], statement.words[edge]
    joints = lexicon(statement.lang).joints
    for i in places:
        word = statement.words[i]
        gap = text[min(word.span.end, last.span.end) : max(word.span.start, last.span.start)]
        if _BREAK.search(gap) or word.fold in joints:
            break
        found.append(i)
        last = word
    return found


def _speaker_change(item: Statement, other: Statement, context: Context) -> list[Change]:
    if context.speakers.relation(item.speaker, other.speaker)[0] != "different":
        return []
    here, there = (_source(s) for s in (item, other))
    return [Change("speaker", here, there)]


def _source(item: Statement) -> Span:
    source = item.reading.attributions[item.attributions[0]].source
    return source or Span(item.spans[0].start, item.spans[0].start)


def _number_changes(item: Statement, other: Statement) -> list[Change]:
    """A number that the other has not, put where the other has one that this has not."""
    here, there = [*item.numbers, *_single(item)], [*other.numbers, *_single(other)]
    new = [n for n in here if not any(n.fits(m) for m in there)]
    lost = [m for m in there if not any(n.fits(m) for n in here)]
    singles = {*_single(item), *_single(other)}
    out = []
    for one in new:
        partner = next((m for m in lost if _comparable(one, m, singles)), None)
        if partner is not None:
            out.append(Change("number", one.span, partner.span))
            lost.remove(partner)
    return out


def _single(item: Statement) -> list[Number]:
    """The units of time that the statement counts one of: "for a year", "en une heure", not "40 buses an hour"."""
    lex = lexicon(item.lang)
    out = []
    for before, one, noun in zip(item.words, item.words[1:], item.words[2:], strict=False):
        counted = one.fold in lex.one and noun.fold in lex.time and before.fold in lex.stop
        known = unit(noun.fold) if counted else None
        if known is not None:
            out.append(Number(Span(one.span.start, noun.span.end), known.factor, known.base))
    return out


def _calendar_changes(item: Statement, other: Statement) -> list[Change]:
    """A day of the week or a month put for another one, whose date the other does not name in other words either."""
    mine, theirs = _dates(item), _dates(other)
    out = []
    for names in (_weekdays, _months):
        here, there = names(item), names(other)
        new = [w for at, w in here if at not in {known for known, _ in there} and not _dated(item, w) & theirs]
        lost = [w for at, w in there if at not in {known for known, _ in here} and not _dated(other, w) & mine]
        out += [Change("name", w.span, v.span) for w, v in zip(new, lost, strict=False)]
    return out


def _dates(item: Statement) -> set[str]:
    """The days and months that the statement names, in whichever words: "tomorrow", "the 5th of May"."""
    return {t.value[: len(_DAY)] for t in item.reading.times if any(span.holds(t.span) for span in item.spans)}


def _dated(item: Statement, word: Word) -> set[str]:
    return {t.value[: len(_DAY)] for t in item.reading.times if t.span.overlaps(word.span)}


def _undated(found: Sequence[Word], item: Statement) -> Sequence[Word]:
    """The words without those of dates, which may look like others: "May", "second", "mars"."""
    times = [t.span for t in item.reading.times]
    return [w for w in found if not any(t.overlaps(w.span) for t in times)] if times else found


def _weekdays(item: Statement) -> list[tuple[int, Word]]:
    return _named(item, lexicon(item.lang).weekdays)


def _months(item: Statement) -> list[tuple[int, Word]]:
    return _named(item, lexicon(item.lang).months)


def _named(item: Statement, names: Sequence[str]) -> list[tuple[int, Word]]:
    """The words that are one of the names, with its place; not one that is a common word too ("may", "mars")."""
    times = [t.span for t in item.reading.times]
    common = lexicon(item.lang).stop | lexicon(item.lang).possible
    return [
        (names.index(w.fold), w)
        for w in item.words
        if w.fold in names and (w.fold not in common or any(t.overlaps(w.span) for t in times))
    ]


def _comparable(one: Number, other: Number, singles: Collection[Number]) -> bool:
    """Whether one can stand for the other: of one dimension, or both counts of something."""
    if one in singles or other in singles:
        return (one.unit == other.unit or None in (one.unit, other.unit)) and not (one in singles and other in singles)
    return one.may_stand_for(other)


def _name_changes(item: Statement, other: Statement, context: Context) -> list[Change]:
    """A person of the story named where the other names another one; in a near copy, any name put for another one."""
    out = []
    if context.meaning.likeness(item.plain, other.plain) >= limits.NAME_EXCHANGED:
        here, there = (_people(s, context) for s in (item, other))
        new = [w for w in here if not any(alike(w.fold, v.fold) for v in there)]
        lost = [v for v in there if not any(alike(w.fold, v.fold) for w in here)]
        out = [Change("name", w.span, v.span) for w, v in zip(new, lost, strict=False)]
    if not out and is_near_copy(item, other):
        pairs = (
            (here, there) for here, there in _edits(item, other) if _is_name(here, item) and _is_name(there, other)
        )
        out = [
            Change("name", cover(here, item, other, there), cover(there, other, item, here))
            for here, there in pairs
            if _other_name(here, item, there, other)
        ]
    return out


def _is_name(found: Sequence[Word], own: Statement) -> bool:
    """Whether the words are a name of a few words that stands where a capital tells one."""
    lex = lexicon(own.lang)
    small = lex.stop | lex.titles | {*lex.weekdays, *lex.months}
    capital = all(w.capital and not w.numeric and w.fold not in small for w in found)
    return 0 < len(found) <= _NAME and capital and not _opens(found[0], own)


def _other_name(here: Sequence[Word], item: Statement, there: Sequence[Word], other: Statement) -> bool:
    """Whether the two are names of two things.

    Nobody puts one for another in quoted words; a report may use another name of one thing, which then stands in the
    other article too.
    """
    letters = ["".join(w.fold[0] for w in side) for side in (here, there)]
    if (
        any(alike(w.fold, v.fold) for w in here for v in there)
        or letters[0] == there[0].fold
        or letters[1] == here[0].fold
    ):
        return False
    if item.type == other.type == "direct":
        return True
    mine, theirs = ({w.fold for w in all_words(s.reading.text)} for s in (item, other))
    return not any(w.fold in mine for w in there) and not any(w.fold in theirs for w in here)


def _opens(word: Word, item: Statement) -> bool:
    """Whether the word opens a sentence, where a capital says nothing."""
    head = item.reading.text[: word.span.start].rstrip(' \u00a0\u202f«“"')
    return word is item.words[0] or not head or head[-1] in ".!?…:\n"


def _people(item: Statement, context: Context) -> list[Word]:
    return [w for w in item.words if w.capital and w.fold in context.speakers.people]


def _ratio(item: Statement, other: Statement) -> float:
    return SequenceMatcher(None, item.folds, other.folds, autojunk=False).ratio()


def _near_copy(item: Statement, other: Statement) -> list[Change]:
    """In one language and nearly the same words: what was put in, left out or exchanged shows the change of sense."""
    return _exchanges(item, other, _edits(item, other)) or _hedges(item, other)


def misquotations(item: Statement, fullest: Statement, context: Context) -> list[Change]:
    """Words between quotation marks put for words of another meaning: nobody rewords what he quotes.

    Only in the language that the words were said in: of two translations neither misquotes the other.
    """
    if not item.type == fullest.type == "direct" or is_trimmed(item, fullest) or not is_near_copy(item, fullest):
        return []
    lex = lexicon(item.lang)
    out = []
    for here, there in _edits(item, fullest):
        said, told = (content(side, lex) for side in (there, here))
        if any(_measures(w, s, lex) for side, s in ((here, item), (there, fullest)) for w in side):
            continue  # numbers and dates are compared by their values
        kept = any(alike(a.fold, b.fold) or a.key == b.key for a in said for b in told)
        if said and told and not kept and len(here) + len(there) <= limits.EXCHANGED_WORDS:
            spans = cover(here, item, fullest, there), cover(there, fullest, item, here)
            if context.meaning.likeness(_plain(told), _plain(said)) < limits.SENSE_KEPT:
                out.append(Change("wording", *spans))
    return out


def _measures(word: Word, own: Statement, lexicon: Lexicon) -> bool:
    """Whether the word is, or is part of, a number or a date."""
    known = word.numeric or word.fold in lexicon.spelled or word.fold in lexicon.scales or word.fold in lexicon.time
    return known or any(t.span.overlaps(word.span) for t in own.reading.times)


def _plain(found: Sequence[Word]) -> str:
    return " ".join(w.fold for w in found)


def _hedges(item: Statement, other: Statement) -> list[Change]:
    """A word that makes a supposition of it, put in or left out where the other supposes nothing.

    "It never will", "it might never": the word may stand elsewhere than what it was put for.
    """
    lex = lexicon(item.lang)
    out = []
    for here, there in _edits(item, other):
        for mine, own, against in ((here, item, other), (there, other, item)):
            word = next((w for w in _undated(mine, own) if w.fold in lex.weak), None)
            if word is not None and len(mine) <= _HEDGE and not _supposes(against, lex):
                spans = cover([word], own, against, []), cover([], against, own, [word])
                out.append(Change("modality", *(spans if own is item else spans[::-1])))
    return out


def _supposes(statement: Statement, lexicon: Lexicon) -> bool:
    """Whether some word of the statement weakens it, or stands in the conditional."""
    return any(
        w.fold in lexicon.weak | lexicon.possible or _form(w, lexicon.conditional, lexicon.conditional_endings)
        for w in _undated(statement.words, statement)
    )


def _exchanges(
    item: Statement, other: Statement, edits: Sequence[tuple[Sequence[Word], Sequence[Word]]]
) -> list[Change]:
    lex = lexicon(item.lang)
    out: list[Change] = []
    gained: list[_Denial] = []
    lost: list[_Denial] = []
    quoted = "indirect" not in (item.type, other.type)
    denying = [{w.span: parts for parts in negations(s.words, lex) for w in parts} for s in (item, other)]
    settled = _settled(edits, denying, lex)
    for here, there in edits:
        parts = [
            [known[w.span] for w in side if w.span in known] for side, known in zip((here, there), denying, strict=True)
        ]
        denies = bool(parts[0]), bool(parts[1])
        if any(denies) and settled.issuperset(parts[0] + parts[1]):
            continue
        kind = _turned(_undated(here, item), _undated(there, other), lex, denies=denies, quoted=quoted)
        if not kind:
            continue
        change = Change(kind, cover(here, item, other, there), cover(there, other, item, here))
        if (
            kind == "negation"
            and denies[0] != denies[1]
            and "all" not in (quantifier(here, lex), quantifier(there, lex))
        ):
            whole = any(w.fold in lex.whole for each in (*parts[0], *parts[1]) for w in each)
            (gained if denies[0] else lost).append(_Denial(change, whole))
        else:
            out.append(change)
    return out + _unpaired(item, other, gained, lost)


def _settled(
    edits: Iterable[tuple[Sequence[Word], Sequence[Word]]],
    denying: Sequence[dict[Span, tuple[Word, ...]]],
    lexicon: Lexicon,
) -> set[tuple[Word, ...]]:
    """The negations of a word that the other report has the opposite of: "not safe", "unsafe"."""
    markers = lexicon.particle | lexicon.alone | lexicon.second | lexicon.whole
    out: set[tuple[Word, ...]] = set()
    for here, there in edits:
        parts = [{k[w.span] for w in side if w.span in k} for side, k in zip((here, there), denying, strict=True)]
        apart = [[w for w in side if w.fold not in markers] for side in (here, there)]
        if bool(parts[0]) != bool(parts[1]) and any(opposite(a, b, lexicon) for a in apart[0] for b in apart[1]):
            out |= parts[0] | parts[1]
    return out


@dataclass(frozen=True, slots=True)
class _Denial:
    """A negation put in or left out; `whole` where it denies by what it counts ("no", "aucun"), not at the verb."""

    change: Change
    whole: bool


def _unpaired(item: Statement, other: Statement, gained: list[_Denial], lost: list[_Denial]) -> list[Change]:
    """The negations put in or left out, without those that moved within their clause.

    "No wagon was hurt" and "the wagon was not hurt" deny the same: a negation at the noun is one of its verb.  From one
    verb to another it does not move: "did not decide to close", "decided not to close".
    """
    left = list(lost)
    out = []
    for one in gained:
        partner = next(
            (o for o in left if (one.whole or o.whole) and _one_clause(item, other, one.change, o.change)), None
        )
        if partner is None:
            out.append(one.change)
        else:
            left.remove(partner)
    return out + [o.change for o in left]


def _one_clause(item: Statement, other: Statement, one: Change, two: Change) -> bool:
    """Whether no mark of punctuation stands between the two places, in either text."""
    sides = ((item, one.here, two.here), (other, one.there, two.there))
    return not any(_BREAK.search(s.reading.text, min(a.end, b.end), max(a.start, b.start)) for s, a, b in sides)


def _edits(item: Statement, other: Statement) -> list[tuple[tuple[Word, ...], tuple[Word, ...]]]:
    """The words of each that stand against one another in the alignment, equal stretches left out."""
    return _word_edits(item.words, other.words)


def _word_edits(here: Sequence[Word], there: Sequence[Word]) -> list[tuple[tuple[Word, ...], tuple[Word, ...]]]:
    codes = SequenceMatcher(None, [w.fold for w in here], [w.fold for w in there], autojunk=False).get_opcodes()
    return [(tuple(here[i:j]), tuple(there[k:m])) for tag, i, j, k, m in codes if tag != "equal"]


def _turned(
    here: Sequence[Word], there: Sequence[Word], lexicon: Lexicon, *, denies: tuple[bool, bool], quoted: bool
) -> ChangeKind | None:
    """What an exchange of words does to the sense; None where it leaves it."""
    if denies[0] != denies[1] and not (hidden(here, lexicon) or hidden(there, lexicon)):
        markers = lexicon.particle | lexicon.alone | lexicon.second
        said = [[w for w in content(side, lexicon) if w.fold not in markers] for side in (here, there)]
        if max(map(len, said)) <= (limits.TURNED_WORDS if here and there else 0):
            return "negation"
    if condition(here, lexicon) != condition(there, lexicon):
        return "modality"
    if not here or not there:
        return None
    if any(opposite(a, b, lexicon) for a in here for b in there if len(here) <= len(there) + 1):
        return "negation"
    one, two = quantifier(here, lexicon), quantifier(there, lexicon)
    if one and two and one != two and len(here) + len(there) <= limits.EXCHANGED_WORDS:
        return "number"
    return "modality" if _less_sure(here, there, lexicon, quoted=quoted) else None


def _less_sure(here: Sequence[Word], there: Sequence[Word], lexicon: Lexicon, *, quoted: bool) -> bool:
    """Whether one side states what the other only supposes, or binds where the other allows."""
    first, second = modality(here, lexicon)[0], modality(there, lexicon)[0]
    sides = {first, second}
    if first != second and (("" in sides and "weak" in sides) or ("required" in sides and sides != {"", "required"})):
        return True
    if sides == {"", "possible"}:
        return any(w.fold in lexicon.certain for w in (there if first else here))
    return _supposed(here, there, lexicon, quoted=quoted) or _supposed(there, here, lexicon, quoted=quoted)


def _supposed(one: Sequence[Word], other: Sequence[Word], lexicon: Lexicon, *, quoted: bool) -> bool:
    """Whether one has a verb in the conditional that the other has as a fact: "aurait été vu", "a été vu".

    Reported speech turns a future into a conditional, so that of the two only quoted words tell a change.
    """
    if quoted and max(len(one), len(other)) <= limits.EXCHANGED_WORDS and _could_have(one, other, lexicon):
        return True
    if not len(one) == len(other) == 1 or verb(one[0], lexicon) != verb(other[0], lexicon):
        return False
    conditional = _form(one[0], lexicon.conditional, lexicon.conditional_endings)
    if not conditional or _form(other[0], lexicon.conditional, lexicon.conditional_endings):
        return False
    return quoted or not _form(other[0], lexicon.future, lexicon.future_endings)


def _could_have(one: Sequence[Word], other: Sequence[Word], lexicon: Lexicon) -> bool:
    """Whether one side has a chain of verbs in the conditional that the other states: "auraient pu être", "ont été"."""
    supposed = [_form(w, lexicon.conditional, lexicon.conditional_endings) for w in one]
    stated = any(w.fold in lexicon.certain for w in other)
    return len(one) > 1 and supposed[0] and stated and not any(_form(w, lexicon.conditional, ()) for w in other)


def _form(word: Word, known: Collection[str], endings: tuple[str, ...]) -> bool:
    return word.fold in known or bool(endings and word.fold.endswith(endings))


def _clause_changes(item: Statement, other: Statement, context: Context) -> list[Change]:
    """In other words or another language: a clause that denies or weakens what its counterpart does not."""
    out = []
    denying = [len(negations(s.words, lexicon(s.lang))) for s in (item, other)]
    for clause in item.clauses:
        copied = _copied(clause, item, other) if item.lang == other.lang else None
        if copied is not None:
            out += _exchanges(item, other, _word_edits(*copied))
            continue
        partner = _partner(clause, item, other, context)
        if partner is not None:
            kind = _differs(clause, item, partner, other)
            # In one language, as many negations in both: it stands in another clause.
            moved = kind == "negation" and item.lang == other.lang and denying[0] == denying[1]
            if kind and not moved:
                out.append(Change(kind, clause.span, partner.span))
    return out


def _copied(clause: Clause, item: Statement, other: Statement) -> tuple[Sequence[Word], Sequence[Word]] | None:
    """The words of a clause and those of the other report's clause that are nearly the same, where one is."""
    here = words(item.reading.text, [clause.span])
    theirs = [words(other.reading.text, [c.span]) for c in other.clauses]
    folds = [w.fold for w in here]
    ratios = [SequenceMatcher(None, folds, [w.fold for w in there], autojunk=False).ratio() for there in theirs]
    best = max(range(len(ratios)), key=lambda i: (ratios[i], -i), default=None)
    return (here, theirs[best]) if best is not None and ratios[best] >= limits.NEAR_COPY else None


def _partner(clause: Clause, item: Statement, other: Statement, context: Context) -> Clause | None:
    """The clause of the other report that says the same, where one clearly does."""
    scored = sorted(
        ((context.meaning.likeness(clause.text, c.text), -i, c) for i, c in enumerate(other.clauses)),
        key=lambda x: x[:2],
        reverse=True,
    )
    asked = limits.CLAUSE_REWORDED if item.lang == other.lang else limits.CLAUSE_TRANSLATED
    if not scored or scored[0][0] < asked:
        return None
    best = scored[0]
    rivals = [c for likeness, _, c in scored[1:] if best[0] - likeness < limits.CLAUSE_MARGIN]
    if any(_differs(clause, item, c, other) != _differs(clause, item, best[2], other) for c in rivals):
        return None
    return best[2]


def _differs(clause: Clause, item: Statement, partner: Clause, other: Statement) -> ChangeKind | None:
    here = _undated(words(item.reading.text, [clause.span]), item)
    there = _undated(words(other.reading.text, [partner.span]), other)
    one, two = lexicon(item.lang), lexicon(other.lang)
    denied = [negations(found, lex) for found, lex in ((here, one), (there, two))]
    if bool(denied[0]) != bool(denied[1]) and not (hidden(here, one) or hidden(there, two)):
        return None if _obverse(here, one, there, two) else "negation"
    if item.lang != other.lang and degree(here, one) * degree(there, two) < 0 and not any(denied):
        return "negation"
    first, second = modality(here, one)[0], modality(there, two)[0]
    if "required" in (first, second) and {first, second} & {"weak", "possible"}:
        return "modality"
    if item.lang != other.lang or "indirect" in (item.type, other.type):
        return None
    if "weak" in (first, second) and "" in (first, second):
        return "modality"
    return None


def _obverse(here: Sequence[Word], one: Lexicon, there: Sequence[Word], two: Lexicon) -> bool:
    """Whether what the one says of none the other says of all: "no job will be lost", "every job is safe"."""
    none = [any(w.fold in lex.whole for w in found) for found, lex in ((here, one), (there, two))]
    every = [any(w.fold in lex.quantifiers.get("all", ()) for w in found) for found, lex in ((here, one), (there, two))]
    return (none[0] and every[1]) or (none[1] and every[0])


def cover(found: Sequence[Word], own: Statement, other: Statement, against: Sequence[Word]) -> Span:
    """The span of the words; where there are none, the empty place in the text at which the other has its words."""
    if found:
        return _written(own.reading.text, Span(found[0].span.start, found[-1].span.end))
    index = other.words.index(against[0]) if against else 0
    before = other.folds[:index]
    blocks = SequenceMatcher(None, other.folds, own.folds, autojunk=False).get_matching_blocks()
    ends = [b.b + b.size for b in blocks if b.size and b.a + b.size <= len(before)]
    if not ends:
        return Span(own.spans[0].start, own.spans[0].start)
    end = own.words[ends[-1] - 1].span.end
    return Span(end, end)


def _written(text: str, span: Span) -> Span:
    """The span with what belongs to its words as they are written: the apostrophe of "n’", the mark of "@name"."""
    start = span.start - (text[span.start - 1 : span.start] in _GLUED_BEFORE)
    return Span(start, span.end + (text[span.end : span.end + 1] in _GLUED_AFTER))


_GLUED_BEFORE = frozenset("@#$£€")
_GLUED_AFTER = frozenset("'’%€")
