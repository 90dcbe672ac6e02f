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
from recoupe.compare.lexicon import Lexicon, lexicon
from recoupe.compare.meaning import Meaning
from recoupe.compare.names import Speakers, alike
from recoupe.compare.polarity import hidden, modality, negations, opposite, quantifier, verb
from recoupe.compare.quantities import unit
from recoupe.compare.statements import Clause, Number, Statement
from recoupe.compare.words import Word, all_words, content, words
from recoupe.model import Change, ChangeKind
from recoupe.text import Span

_QUOTED = re.compile(r"[«“„\"]([^«»“”„\"]*)[»”\"]")
_BREAK = re.compile(r"[.,;:!?…«»“”\"()–—\n]")
_DAY = "2025-03-04"
_OUTSIDE = 4  # words beside a quoted part that only fit it into the sentence


@dataclass(frozen=True, slots=True)
class Context:
    """What judging drift needs beside the statements: who is who in the story, and likeness of meaning."""

    speakers: Speakers
    meaning: Meaning


# --- parts ----------------------------------------------------------------------------------------------------------


def is_trimmed(item: Statement, fullest: Statement) -> bool:
    """Whether the words are a part of the fullest report's in one piece.

    Of a mixed report the quoted part counts; a few words around it may fit it into the sentence.
    """
    if _piece(item.folds, fullest.folds):
        return True
    if item.type != "mixed":
        return False
    inside = [m.span(1) for span in item.spans for m in _QUOTED.finditer(item.reading.text, span.start, span.end)]
    quoted = words(item.reading.text, [Span(*part) for part in inside])
    outside = content([w for w in item.words if w not in quoted], lexicon(item.lang))
    known = set(fullest.keys)
    loose = [w for w in outside if w.key not in known]
    few = len(item.words) - len(quoted) <= _OUTSIDE and len(loose) <= 1
    return few and len(quoted) > 1 and _piece(tuple(w.fold for w in quoted), fullest.folds)


def _piece(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return _place(part, whole) is not None


# --- the changes ---------------------------------------------------------------------------------------------------


def alterations(item: Statement, other: Statement, context: Context) -> list[Change]:
    """The changes that give the statement another sense: speaker, number, date, negation, name, modality."""
    found = _speaker_change(item, other, context)
    if item.lang == other.lang and (is_trimmed(item, other) or is_trimmed(other, item)):
        return found + _cut_off(item, other)
    found += _number_changes(item, other)
    found += _calendar_changes(item, other)
    found += _name_changes(item, other, context)
    near = item.lang == other.lang and _ratio(item, other) >= limits.NEAR_COPY
    found += _near_copy(item, other) if near else _clause_changes(item, other, context)
    return found


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
    return []


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
    return one.unit == other.unit or not (_measured(one) or _measured(other))


def _measured(one: Number) -> bool:
    return one.unit is not None and (one.unit.isupper() or one.unit == "%")


def _name_changes(item: Statement, other: Statement, context: Context) -> list[Change]:
    """A person of the story named where the other names another one; in a near copy, any name put for another one."""
    out = []
    if context.meaning.likeness(item.plain, other.plain) >= limits.NAME_EXCHANGED:
        here, there = (_people(s, context) for s in (item, other))
        new = [w for w in here if not any(alike(w.fold, v.fold) for v in there)]
        lost = [v for v in there if not any(alike(w.fold, v.fold) for w in here)]
        out = [Change("name", w.span, v.span) for w, v in zip(new, lost, strict=False)]
    if not out and item.lang == other.lang and _ratio(item, other) >= limits.NEAR_COPY:
        pairs = ((here[0], there[0]) for here, there in _edits(item, other) if len(here) == len(there) == 1)
        out = [Change("name", w.span, v.span) for w, v in pairs if _other_name(w, item, v, other)]
    return out


def _other_name(word: Word, item: Statement, instead: Word, other: Statement) -> bool:
    """Whether the two are names of two things: neither article has the other's, as it may of one thing's two names."""
    lex = lexicon(item.lang)
    calendar = {*lex.weekdays, *lex.months}
    if not all(w.capital and not w.numeric and w.fold not in lex.stop | lex.titles | calendar for w in (word, instead)):
        return False
    if alike(word.fold, instead.fold) or _opens(word, item) or _opens(instead, other):
        return False
    mine, theirs = ({w.fold for w in all_words(s.reading.text)} for s in (item, other))
    return instead.fold not in mine and word.fold not in theirs


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
    lex = lexicon(item.lang)
    out: list[Change] = []
    quoted = "indirect" not in (item.type, other.type)
    denying = [{w.span for parts in negations(s.words, lex) for w in parts} for s in (item, other)]
    for here, there in _edits(item, other):
        denies = any(w.span in denying[0] for w in here), any(w.span in denying[1] for w in there)
        kind = _turned(_undated(here, item), _undated(there, other), lex, denies=denies, quoted=quoted)
        if kind:
            out.append(Change(kind, cover(here, item, other, there), cover(there, other, item, here)))
    return out


def _edits(item: Statement, other: Statement) -> list[tuple[tuple[Word, ...], tuple[Word, ...]]]:
    """The words of each that stand against one another in the alignment, equal stretches left out."""
    codes = SequenceMatcher(None, item.folds, other.folds, autojunk=False).get_opcodes()
    return [(item.words[i:j], other.words[k:m]) for tag, i, j, k, m in codes if tag != "equal"]


def _turned(
    here: Sequence[Word], there: Sequence[Word], lexicon: Lexicon, *, denies: tuple[bool, bool], quoted: bool
) -> ChangeKind | None:
    """What an exchange of words does to the sense; None where it leaves it."""
    if denies[0] != denies[1] and not (hidden(here, lexicon) or hidden(there, lexicon)):
        markers = lexicon.particle | lexicon.alone | lexicon.second
        said = [[w for w in content(side, lexicon) if w.fold not in markers] for side in (here, there)]
        if max(map(len, said)) <= (limits.TURNED_WORDS if here and there else 0):
            return "negation"
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
    if not len(one) == len(other) == 1 or verb(one[0], lexicon) != verb(other[0], lexicon):
        return False
    conditional = _form(one[0], lexicon.conditional, lexicon.conditional_endings)
    if not conditional or _form(other[0], lexicon.conditional, lexicon.conditional_endings):
        return False
    return quoted or not _form(other[0], lexicon.future, lexicon.future_endings)


def _form(word: Word, known: Collection[str], endings: tuple[str, ...]) -> bool:
    return word.fold in known or bool(endings and word.fold.endswith(endings))


def _clause_changes(item: Statement, other: Statement, context: Context) -> list[Change]:
    """In other words or another language: a clause that denies or weakens what its counterpart does not."""
    out = []
    for clause in item.clauses:
        partner = _partner(clause, item, other, context)
        if partner is not None:
            kind = _differs(clause, item, partner, other)
            if kind:
                out.append(Change(kind, clause.span, partner.span))
    return out


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
    if bool(negations(here, one)) != bool(negations(there, two)) and not (hidden(here, one) or hidden(there, two)):
        return "negation"
    first, second = modality(here, one)[0], modality(there, two)[0]
    if "required" in (first, second) and {first, second} & {"weak", "possible"}:
        return "modality"
    if item.lang != other.lang or "indirect" in (item.type, other.type):
        return None
    if "weak" in (first, second) and "" in (first, second):
        return "modality"
    return None


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
