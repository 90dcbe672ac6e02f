"""Drift: how a report of an utterance differs from the fullest one, and in which words.

The fullest report is looked for among those that nothing contradicts, in the language that the words were said in
where the articles show it.  Of the classes the gravest that applies is given: altered, translated, reworded, trimmed,
verbatim.

The reason of an occurrence is one of these labels, with its data after ": ":

    fullest report | same words | part of the words | other words
    | other language: FROM to TO | changed: KINDS OF CHANGE
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from recoupe.compare import thresholds as limits
from recoupe.compare.alterations import Context, alterations, cover, is_trimmed, misquotations
from recoupe.compare.lexicon import Lexicon, lexicon
from recoupe.compare.matching import longest_run
from recoupe.compare.names import same_outlet, speaker
from recoupe.compare.statements import Statement
from recoupe.compare.words import Word, all_words, content, words
from recoupe.model import Change, Drift, Occurrence
from recoupe.text import Span

_TYPES = {"direct": 0, "mixed": 1, "indirect": 2}
_AROUND = 160  # characters beside a statement in which an article says in which language, or to whom, it was made
_TITLE = 5  # words before a name that may belong to its title
_GRAMMAR_GAP = 2  # stop words between two changes that are shown as one


# --- the fullest ------------------------------------------------------------------------------------------------


def order(group: Sequence[Statement], context: Context) -> list[Statement]:
    """The statements of an utterance, the fullest first, then by date and place."""
    sound = _sound(group, context)
    lang = said_in(sound)
    home = {item.place for item in _at_home(sound, group)}
    known = [item for item in sound if item.lang == lang]
    quoted = [item for item in known if item.type == "direct"]
    holding = [item for item in known if item.type == "direct" or _has_words_of(item, quoted)]
    longest = max(len(item.content) for item in holding)

    def fullness(item: Statement) -> tuple[object, ...]:
        short = item not in holding or len(item.content) < limits.FULL * longest
        return (item.lang != lang, short, item.place not in home, _TYPES[item.type], *_when(item))

    fullest = min(sound, key=fullness)
    told = [item for item in sound if item.type == "indirect" and item.folds == fullest.folds]
    if fullest.type == "direct" and told and _when(told[0]) < _when(fullest):
        fullest = min(told, key=_when)  # the quotation marks came later: whoever put them changed the type
    others = [item for item in group if item is not fullest]
    return [fullest, *sorted(others, key=_when)]


def _has_words_of(item: Statement, quoted: Sequence[Statement]) -> bool:
    """Whether a reported statement holds, as they stand, the words that others quote, or nobody quotes any.

    One in other words may be longer than what was said, and is no fuller.
    """
    return all(longest_run(q.folds, item.folds) >= limits.PART_ALIKE * len(q.folds) for q in quoted)


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
    """The language that the words were said in.

    As an article tells, else by whose outlet or country it was, else that of the first report.
    """
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
    return min(group, key=_when).lang


def _told_language(item: Statement) -> list[str]:
    """The language that the article names beside the statement ("in English"), of several the first."""
    around = _around(item).split()
    found = (
        lang
        for before, word in itertools.pairwise(around)
        for lang, names in lexicon(item.lang).language_names.items()
        if before in ("in", "en") and word in names
    )
    return list(itertools.islice(found, 1))


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
    """The statements whose own outlet is the speaker, or is named in another report as where it was said.

    Of a chain (one names the second, which names the third) the last is home.
    """
    names = {item.article: _outlet(item) for item in group}
    around = {item.article: f" {_around(item)} " for item in group}
    told = {
        article: {by for by, text in around.items() if by != article and name and f" {name} " in text}
        for article, name in names.items()
    }
    relays = {by for article, tellers in told.items() for by in tellers if article not in told[by]}
    out = []
    for item in items:
        own = item.speaker and names[item.article] and same_outlet(item.speaker, item.reading.article.outlet or "")
        if own or (told[item.article] and item.article not in relays):
            out.append(item)
    return out


def _outlet(item: Statement) -> str:
    outlet = item.reading.article.outlet or ""
    return " ".join(w.fold for w in words(outlet, [Span(0, len(outlet))]))


def _around(item: Statement) -> str:
    """The folded words of the statement's paragraph, as far as they are near it."""
    text, start, end = item.reading.text, item.spans[0].start, item.spans[-1].end
    left = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    stop = text.find("\n", end)
    right = min(stop if stop >= 0 else len(text), end + _AROUND)
    return " ".join(w.fold for w in words(text, [Span(left, right)]))


# --- one occurrence -----------------------------------------------------------------------------------------------


def occurrence(item: Statement, fullest: Statement, context: Context) -> Occurrence:
    """The statement as an occurrence of the utterance whose fullest report is given."""
    grave = [] if item is fullest else alterations(item, fullest, context) or misquotations(item, fullest, context)
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
        return "translated", f"other language: {fullest.lang} to {item.lang}"
    if item.folds == fullest.folds:
        return "verbatim", "same words"
    if is_trimmed(item, fullest):
        return "trimmed", "part of the words"
    return "reworded", "other words"


def _sure(item: Statement, fullest: Statement, drift: Drift) -> float:
    return 1.0 if drift in ("verbatim", "trimmed") or item is fullest else 0.8


def _whole(item: Statement) -> Span:
    return item.spans[0]


# --- the words that changed -------------------------------------------------------------------------------------------


def _wording(item: Statement, fullest: Statement, grave: Sequence[Change]) -> list[Change]:
    """The word-level differences of two reports in one language, but those that are told as graver ones."""
    if item.folds == fullest.folds:
        return []
    lex = lexicon(item.lang)
    out = []
    for here, there in _merged(item, fullest, lex):
        change = Change("wording", cover(here, item, fullest, there), cover(there, fullest, item, here))
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
