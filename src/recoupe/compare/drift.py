"""Drift: how a report of an utterance differs from the fullest one, and in which words.

The fullest report is looked for among those that nothing contradicts, in the language that the words were said in
where the articles show it.  Of the classes the gravest that applies is given: altered, translated, reworded, trimmed,
verbatim.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from recoupe.compare import thresholds as limits
from recoupe.compare.lexicon import Lexicon, lexicon
from recoupe.compare.meaning import Meaning
from recoupe.compare.names import Speakers, alike, same_outlet, speaker
from recoupe.compare.polarity import hidden, modality, negations, opposite
from recoupe.compare.statements import Clause, Number, Statement
from recoupe.compare.words import Word, all_words, content, words
from recoupe.model import Change, ChangeKind, Drift, Occurrence
from recoupe.text import Span

_TYPES = {"direct": 0, "mixed": 1, "indirect": 2}
_AROUND = 160  # characters beside a statement in which an article says in which language, or to whom, it was made
_QUOTED = re.compile(r"[«“„\"]([^«»“”„\"]*)[»”\"]")
_OUTSIDE = 4  # words beside a quoted part that only fit it into the sentence
_TITLE = 5  # words before a name that may belong to its title
_NESTED = 4  # attributions inside one another, at most, that are looked at for one word
_GRAMMAR_GAP = 2  # stop words between two changes that are shown as one


@dataclass(frozen=True, slots=True)
class Context:
    """What judging drift needs beside the statements: who is who in the story, and likeness of meaning."""

    speakers: Speakers
    meaning: Meaning


# --- the fullest ------------------------------------------------------------------------------------------------


def order(group: Sequence[Statement], context: Context) -> list[Statement]:
    """The statements of an utterance, the fullest first, then by date and place."""
    sound = _sound(group, context)
    lang = said_in(sound)
    home = {item.place for item in _at_home(sound, group)}
    longest = max(len(item.content) for item in sound if item.lang == lang)

    def fullness(item: Statement) -> tuple[object, ...]:
        short = len(item.content) < limits.FULL * longest
        return (item.lang != lang, short, item.place not in home, _TYPES[item.type], *_when(item))

    fullest = min(sound, key=fullness)
    told = [item for item in sound if item.type == "indirect" and item.folds == fullest.folds]
    if fullest.type == "direct" and told and _when(told[0]) < _when(fullest):
        fullest = min(told, key=_when)  # the quotation marks came later: whoever put them changed the type
    others = [item for item in group if item is not fullest]
    return [fullest, *sorted(others, key=_when)]


def _when(item: Statement) -> tuple[float, str, int]:
    moment = item.reading.article.moment
    return (moment.timestamp() if moment else math.inf, *item.place)


def _sound(group: Sequence[Statement], context: Context) -> list[Statement]:
    """The statements left when those that contradict the most others are taken out, of two the later, until none do."""
    alike_: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
    for item in sorted(group, key=_when):
        alike_[item.lang, item.speaker, item.folds].append(item)
    left = list(alike_.values())
    fights = {
        (i, j)
        for i, ones in enumerate(left)
        for j, others in enumerate(left)
        if i < j and alterations(ones[0], others[0], context)
    }
    out: set[int] = set()
    while fights:
        against = [sum(len(left[b if a == i else a]) for a, b in fights if i in (a, b)) for i in range(len(left))]
        worst = max(range(len(left)), key=lambda i: (against[i] / len(left[i]), _when(left[i][0])))
        out.add(worst)
        fights = {pair for pair in fights if worst not in pair}
    return [item for i, items in enumerate(left) if i not in out for item in items]


def said_in(group: Sequence[Statement]) -> str | None:
    """The language that the words were said in: as an article tells, else by who has them, else by who was first."""
    langs = {item.lang for item in group}
    if len(langs) == 1:
        return group[0].lang
    told = {lang for item in group for lang in _told_language(item)} & langs
    if len(told) == 1:
        return told.pop()
    home = {item.lang for item in _at_home(group, group)}
    if len(home) == 1:
        return home.pop()
    people = {lang for item in group for lang in _people_language(item)} & langs
    if len(people) == 1:
        return people.pop()
    votes = _independent(group)
    best = max(votes.values())
    first = sorted((item for item in group if votes[item.lang] == best), key=_when)
    return first[0].lang


def _told_language(item: Statement) -> Iterator[str]:
    """Languages that the article names beside the statement: "in English", "en français"."""
    around = _around(item).split()
    for before, word in itertools.pairwise(around):
        for lang, names in lexicon(item.lang).language_names.items():
            if before in ("in", "en") and word in names:
                yield lang


def _people_language(item: Statement) -> Iterator[str]:
    """The language of the country that the speaker, or the body that the source names, is said to be of.

    "The French minister, Anne Valmont"; "le britannique Marlow Foods", whose head speaks.
    """
    last = speaker(item.speaker).names[-1:] if item.speaker else ()
    sources = [item.reading.attributions[index].source for index in item.attributions]
    bodies = {w.fold for w in words(item.reading.text, [s for s in sources if s]) if w.capital and not w.numeric}
    found = all_words(item.reading.text)
    for i, word in enumerate(found):
        if word.capital and i and word.fold in {*last, *bodies}:
            near = _TITLE if word.fold in last else 1
            before = {w.fold for w in found[max(i - near, 0) : i]}
            yield from (lang for lang, people in lexicon(item.lang).peoples.items() if before & people)


def _at_home(items: Sequence[Statement], group: Sequence[Statement]) -> list[Statement]:
    """The statements whose own outlet is the speaker, or is named in another report as where it was said."""
    named = {item.article: f" {_around(item)} " for item in group}
    out = []
    for item in items:
        outlet = item.reading.article.outlet or ""
        name = " ".join(w.fold for w in words(outlet, [Span(0, len(outlet))]))
        told = name and any(f" {name} " in around for article, around in named.items() if article != item.article)
        if told or (name and item.speaker and same_outlet(item.speaker, outlet)):
            out.append(item)
    return out


def _around(item: Statement) -> str:
    """The folded words of the statement's paragraph, as far as they are near it."""
    text, start, end = item.reading.text, item.spans[0].start, item.spans[-1].end
    left = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    stop = text.find("\n", end)
    right = min(stop if stop >= 0 else len(text), end + _AROUND)
    return " ".join(w.fold for w in words(text, [Span(left, right)]))


def _independent(group: Sequence[Statement]) -> Counter[str | None]:
    """For each language, in how many articles that do not copy one another the words stand."""
    votes: Counter[str | None] = Counter()
    by_lang: dict[str | None, dict[str, Statement]] = defaultdict(dict)
    for item in sorted(group, key=lambda s: s.place):
        by_lang[item.lang].setdefault(item.article, item)
    for lang, items in by_lang.items():
        seen: list[frozenset[tuple[str, ...]]] = []
        for item in items.values():
            runs = _runs(item)
            if not any(len(runs & known) >= limits.COPIED_RUNS for known in seen):
                votes[lang] += 1
            seen.append(runs)
    return votes


def _runs(item: Statement) -> frozenset[tuple[str, ...]]:
    """The runs of words of the article outside all its attributed content, by which copies know one another."""
    quoted = sorted(span for a in item.reading.attributions for span in a.content)
    folds, at = [], 0
    for word in all_words(item.reading.text):
        while at < len(quoted) and quoted[at].end <= word.span.start:
            at += 1
        if not any(span.holds(word.span) for span in quoted[at : at + _NESTED]):
            folds.append(word.fold)
    size = limits.COPIED_RUN_WORDS
    return frozenset(tuple(folds[i : i + size]) for i in range(len(folds) - size + 1))


# --- one occurrence -----------------------------------------------------------------------------------------------


def occurrence(item: Statement, fullest: Statement, context: Context) -> Occurrence:
    """The statement as an occurrence of the utterance whose fullest report is given."""
    grave = [] if item is fullest else alterations(item, fullest, context)
    drift, reason = _class(item, fullest, grave)
    changes = list(grave)
    if item is not fullest and item.lang == fullest.lang:
        changes += _wording(item, fullest, grave)
    elif item.lang != fullest.lang:
        changes.append(Change("language", _whole(item), _whole(fullest)))
    if item.type == "direct" and fullest.type == "indirect":
        changes.append(Change("type", _whole(item), _whole(fullest)))
    return Occurrence(
        article=item.article,
        content=item.spans,
        attribution=item.attributions[0],
        speaker=item.speaker,
        drift=drift,
        changes=tuple(sorted(set(changes), key=lambda c: (c.here, c.there, c.kind))),
        reason=reason,
        score=_sure(item, fullest, drift),
    )


def _class(item: Statement, fullest: Statement, grave: Sequence[Change]) -> tuple[Drift, str]:
    if item is fullest:
        return "verbatim", "fullest report"
    if grave:
        return "altered", "changed: " + ", ".join(sorted({change.kind for change in grave}))
    if item.lang != fullest.lang:
        return "translated", f"{fullest.lang} to {item.lang}"
    if item.folds == fullest.folds:
        return "verbatim", "same words"
    if is_trimmed(item, fullest):
        return "trimmed", "part of the words"
    return "reworded", "other words"


def _sure(item: Statement, fullest: Statement, drift: Drift) -> float:
    return 1.0 if drift in ("verbatim", "trimmed") or item is fullest else 0.8


def _whole(item: Statement) -> Span:
    return item.spans[0]


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
    if not part or len(part) > len(whole):
        return False
    starts = (i for i, word in enumerate(whole[: len(whole) - len(part) + 1]) if word == part[0])
    return any(whole[i : i + len(part)] == part for i in starts)


# --- what makes it altered ------------------------------------------------------------------------------------------


def alterations(item: Statement, other: Statement, context: Context) -> list[Change]:
    """The changes that give the statement another sense: speaker, number, negation, name, modality."""
    found = _speaker_change(item, other, context)
    if item.lang == other.lang and (is_trimmed(item, other) or is_trimmed(other, item)):
        return found
    found += _number_changes(item, other)
    found += _name_changes(item, other, context)
    near = item.lang == other.lang and _ratio(item, other) >= limits.NEAR_COPY
    found += _near_copy(item, other) if near else _clause_changes(item, other, context)
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
    here, there = item.numbers, other.numbers
    new = [n for n in here if not any(n.fits(m) for m in there)]
    lost = [m for m in there if not any(n.fits(m) for n in here)]
    out = []
    for one in new:
        partner = next((m for m in lost if _comparable(one, m)), None)
        if partner is not None:
            out.append(Change("number", one.span, partner.span))
            lost.remove(partner)
    return out


def _comparable(one: Number, other: Number) -> bool:
    """Whether one can stand for the other: of one dimension, or both counts of something."""
    return one.unit == other.unit or not (_measured(one) or _measured(other))


def _measured(one: Number) -> bool:
    return one.unit is not None and (one.unit.isupper() or one.unit == "%")


def _name_changes(item: Statement, other: Statement, context: Context) -> list[Change]:
    """A person of the story named where the other names another one."""
    if context.meaning.likeness(item.plain, other.plain) < limits.NAME_EXCHANGED:
        return []
    here, there = (_people(s, context) for s in (item, other))
    new = [w for w in here if not any(alike(w.fold, v.fold) for v in there)]
    lost = [v for v in there if not any(alike(w.fold, v.fold) for w in here)]
    return [Change("name", w.span, v.span) for w, v in zip(new, lost, strict=False)]


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
        kind = _turned(here, there, lex, denies=denies, quoted=quoted)
        if kind:
            out.append(Change(kind, _cover(here, item, other, there), _cover(there, other, item, here)))
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
    one, other = modality(here, lexicon)[0], modality(there, lexicon)[0]
    if one != other and ("weak" in (one, other) or {one, other} == {"required", "possible"}):
        return "modality"
    if quoted and _conditional(here, lexicon) != _conditional(there, lexicon) and _same_verb(here, there):
        return "modality"
    return None


def _conditional(found: Sequence[Word], lexicon: Lexicon) -> bool:
    return any(w.fold in lexicon.conditional or w.fold.endswith(lexicon.conditional_endings) for w in found)


def _same_verb(here: Sequence[Word], there: Sequence[Word]) -> bool:
    return len(here) == len(there) == 1 and here[0].fold[0] == there[0].fold[0]


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
    here, there = words(item.reading.text, [clause.span]), words(other.reading.text, [partner.span])
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


# --- the words that changed -------------------------------------------------------------------------------------------


def _wording(item: Statement, fullest: Statement, grave: Sequence[Change]) -> list[Change]:
    """The word-level differences of two reports in one language, but those that are told as graver ones."""
    if item.folds == fullest.folds:
        return []
    lex = lexicon(item.lang)
    out = []
    for here, there in _merged(item, fullest, lex):
        change = Change("wording", _cover(here, item, fullest, there), _cover(there, fullest, item, here))
        if not any(_within(g, change) for g in grave):
            out.append(change)
    return out


def _within(grave: Change, change: Change) -> bool:
    """Whether a graver change already tells this one."""
    touches = grave.here.overlaps(change.here) or grave.there.overlaps(change.there)
    return grave.kind != "speaker" and touches


def _merged(item: Statement, fullest: Statement, lexicon: Lexicon) -> list[tuple[tuple[Word, ...], tuple[Word, ...]]]:
    """The edits, those told apart only by a word or two of grammar put together."""
    codes = SequenceMatcher(None, item.folds, fullest.folds, autojunk=False).get_opcodes()
    out: list[list[int]] = []
    for tag, i, j, k, m in codes:
        if tag == "equal":
            continue
        if out and _grammar(item.words[out[-1][1] : i], lexicon):
            out[-1][1], out[-1][3] = j, m
        else:
            out.append([i, j, k, m])
    return [(item.words[i:j], fullest.words[k:m]) for i, j, k, m in out]


def _grammar(between: Sequence[Word], lexicon: Lexicon) -> bool:
    return len(between) <= _GRAMMAR_GAP and not content(between, lexicon)


def _cover(found: Sequence[Word], own: Statement, other: Statement, against: Sequence[Word]) -> Span:
    """The span of the words; where there are none, the empty place in the text at which the other has its words."""
    if found:
        return Span(found[0].span.start, found[-1].span.end)
    index = other.words.index(against[0]) if against else 0
    before = other.folds[:index]
    blocks = SequenceMatcher(None, other.folds, own.folds, autojunk=False).get_matching_blocks()
    ends = [b.b + b.size for b in blocks if b.size and b.a + b.size <= len(before)]
    if not ends:
        return Span(own.spans[0].start, own.spans[0].start)
    end = own.words[ends[-1] - 1].span.end
    return Span(end, end)
