"""Whether two numbers answer the same question: the evidence, each piece with a label and a weight."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from recoupe.compare import thresholds as limits
from recoupe.compare.lexicon import lexicon
from recoupe.compare.meaning import Meaning
from recoupe.compare.measures import is_person
from recoupe.compare.mentions import Mention, noun_keys
from recoupe.compare.names import Speakers, speaker
from recoupe.compare.quantities import digits, fits
from recoupe.compare.revisions import outdoes
from recoupe.compare.words import Word, content, words
from recoupe.model import Measured
from recoupe.text import Span

_CLAUSE_END = re.compile(r"[.;:!?]|,(?!\d)")
SWAPPED = "two digits swapped"
_DIGIT = "a digit differs"
SIDES = "two sources side by side"
TITLE = "title against text"
REVISED = "one revises the other"
STATEMENT = "the same statement"
_PLACE = 4  # letters by which a place is known in two languages: "Londres", "London"
_MOST_MENTIONS = 4  # of a group that are compared with another group: the rest say the same


@dataclass(frozen=True, slots=True)
class Link:
    """Why two mentions answer one question, and how sure that is."""

    label: str
    score: float
    measured: tuple[Measured, ...] = ()


def alike(a: Mention, b: Mention, meaning: Meaning) -> Link | None:
    """Candidates amid words alike: how alike depends on how telling the number is."""
    telling = limits.CONTEXT.index(context(a, b))
    asked = asked_of(a, b, meaning)
    words_alike = settled(a, b)
    likeness = _likeness(a, b, meaning, asked) if words_alike is None else words_alike
    if likeness < asked:
        return None
    label = "same number, like words" if fits(a.value, b.value) else "numbers that fit, like words"
    found = Measured(f"CONTEXT[{telling}]", asked, likeness)
    return Link(label, round(min(0.5 + likeness / 2, 1.0), 3), (found,))


def context(a: Mention, b: Mention) -> float:
    """How alike the words around two numbers that fit must be: the less, the more telling the number is."""
    return limits.CONTEXT[min(a.telling, b.telling) if fits(*a.beside(b)) else 0]


def asked_of(a: Mention, b: Mention, meaning: Meaning) -> float:
    """The same, eased where both count one thing."""
    return context(a, b) - (limits.SAME_THING_EASES if _same_thing(a, b, meaning) else 0.0)


def settled(a: Mention, b: Mention) -> float | None:
    """How alike the words around are where the words alone tell: the same words, or enough of them in one language."""
    if same_words(a, b):
        return 1.0
    if a.reading.article.lang != b.reading.article.lang or not fits(a.value, b.value):
        return None
    shared = len(a.keys & b.keys)
    if shared < limits.WORDS_SETTLE[min(a.telling, b.telling)]:
        return None
    return max(limits.CONTEXT[0], round(2 * shared / (len(a.keys) + len(b.keys)), 3))


def _same_sentence(a: Mention, b: Mention) -> bool:
    return a.article == b.article and a.in_title == b.in_title and a.around.sentence == b.around.sentence


def _same_thing(a: Mention, b: Mention, meaning: Meaning | None = None) -> bool:
    """Whether the two count the same measure, side of a vote or noun, in another language by its meaning."""
    if a.side and b.side:
        return a.side == b.side
    if a.measure is not None and b.measure is not None:
        return a.measure.name == b.measure.name
    if not a.noun or not b.noun:
        return False
    if set(_stems(a.noun)) & set(_stems(b.noun)):
        return True
    return meaning is not None and meaning.likeness(a.noun, b.noun) >= limits.NOUN_ALIKE


def _stems(noun: str) -> list[str]:
    return [w.key for w in words(noun, [Span(0, len(noun))])]


def _apart(a: Mention, b: Mention, meaning: Meaning, *, exact: bool) -> bool:
    """Whether something shows that the two answer different questions."""
    if _holders_differ(a, b) or (a.side and b.side and a.side != b.side):
        return True
    if (a.article == b.article or not exact) and _other_place(a, b):
        return True
    if exact and min(a.telling, b.telling) > 1:
        return False
    if a.cited != b.cited and not _same_thing(a, b, meaning):
        return True
    # Across languages a number that tells something outweighs a noun, which may have many senses.
    unsure = exact and min(a.telling, b.telling) and a.reading.article.lang != b.reading.article.lang
    if _other_measure(a, b) or (not unsure and _other_thing(a, b, meaning)):
        return True
    if not exact and (a.added != b.added or a.whole != b.whole or (a.part != b.part and not (a.measure and b.measure))):
        return True
    if exact and a.part != b.part and any(_part_of_count(m) for m in (a, b)) and not (a.measure and b.measure):
        return True
    strict = _STRICT if exact else _STRICT | {"margin", "threshold", "projected", "proposed", "period"}
    return a.status != b.status and bool({a.status, b.status} & strict)


def _part_of_count(mention: Mention) -> bool:
    """Whether it is a part of a number of its sentence, with that one's noun: "31 aircraft, four of them"."""
    lex = lexicon(mention.reading.article.lang)
    counted = any(w.numeric or w.fold in lex.numbers for w in mention.around.before)
    return mention.part and mention.borrowed and counted


_STRICT = {"sought", "past"}  # what tells even two equal numbers apart


def _other_thing(a: Mention, b: Mention, meaning: Meaning) -> bool:
    """Whether what the two count, or the persons whose ages they are, are different things as far as the nouns tell.

    In one language another noun is another thing unless the words around have something in common; in two languages
    the nouns' meanings tell.
    """
    one, other = (m.noun or (m.raw_unit if m.counted else None) for m in (a, b))
    if not one or not other or a.kind != b.kind or set(_stems(one)) & set(_stems(other)):
        return False
    if not (a.noun and b.noun) and (a.age or is_person(one) == is_person(other)):
        return False  # "43 people" and "43 customers"
    by_country = one.istitle() or other.istitle()  # "22 Norians" are people
    if by_country and not a.fits(b) and not all(noun.istitle() or is_person(noun) for noun in (one, other)):
        return not _same_thing(a, b)
    if _same_thing(a, b):  # "12 soldiers killed", "40 passengers killed"
        both = bool(a.noun and b.noun) and is_person(one) and is_person(other)
        return both and meaning.likeness(one, other) < limits.NOUN_OTHER
    if a.reading.article.lang != b.reading.article.lang:
        return meaning.likeness(one, other) < limits.NOUN_OTHER
    return not (a.keys & b.keys) - (noun_keys(a) & noun_keys(b))  # "reclasser 90 personnes", "90 reclassements"


def _other_place(a: Mention, b: Mention) -> bool:
    """Whether each is said of a place and none of the places is the same, other spellings in other languages aside."""
    known = {place[:_PLACE] for place in b.places}
    return bool(a.places and b.places) and not any(place[:_PLACE] in known for place in a.places)


# --- within an article --------------------------------------------------------------------------------------------


def contrast(earlier: Sequence[Mention], later: Mention, speakers: Speakers) -> tuple[Mention, Link] | None:
    """The number that another source gives just before, where the later one only puts its own in its place."""
    if later.source is None:
        return None
    rivals = [m for m in earlier if _rival(m, later, speakers)]
    if not rivals:
        return None
    partner = min(rivals, key=lambda m: (_distance(m.value, later.value), -m.span.start))
    sure = partner.status == later.status or partner.around.sentence == later.around.sentence
    return partner, Link(SIDES, 0.9 if sure else 0.6)


def _distance(one: float, other: float) -> float:
    return max(one, other) / max(min(one, other), 1e-9)


def _rival(before: Mention, later: Mention, speakers: Speakers) -> bool:
    between = later.reading.text[before.span.end : later.span.start]
    near = ("\n" not in between or _answers(before, later)) and len(between) <= limits.SIDE_BY_SIDE
    if before.whole != later.whole:
        return False
    if not near or before.source is None or before.source == later.source:
        return False
    if speakers.relation(before.source, later.source)[0] == "same" or before.fits(later):
        return False
    if _distance(before.value, later.value) > limits.RIVAL_RATIO:
        return False
    things = (before.noun, later.noun)
    if all(things) and not _same_thing(before, later):
        return False
    if _other_measure(before, later) or _holders_differ(before, later):
        return False
    one_measure = before.measure is not None and later.measure is not None
    asks = not one_measure and not _takes_up(before, later) and _own_question(before, later)
    return not (_new_place(before, later) or asks)


def _takes_up(before: Mention, later: Mention) -> bool:
    """Whether the later number leaves its unit to the one before: "gusts of 150 km/h ... its own mast measured 172"."""
    unwritten = not later.counted and not any(c.isalpha() or c in "%°" for c in later.span.of(later.reading.text))
    alike = later.kind == before.kind and later.status == before.status
    return unwritten and alike and later.kind != "%" and not later.kind.isupper()


def _answers(before: Mention, later: Mention) -> bool:
    """Whether the later number opens a paragraph as the answer to the one before: the same measure, and not quoted.

    A sentence that has given another number before it is on a matter of its own: "38 mm, soit un déficit de 70 %".
    """
    if later.counted and not _same_thing(before, later):
        return False
    lex = lexicon(later.reading.article.lang)
    if any(w.numeric or w.fold in lex.numbers for w in later.around.before):
        return False
    text, start = later.reading.text, later.around.sentence.start
    opens = not text[text.rfind("\n", 0, start) + 1 : start].strip()
    return opens and not any(
        a.type == "direct" and any(c.holds(later.span) for c in a.content) for a in later.reading.attributions
    )


def _new_place(before: Mention, later: Mention) -> bool:
    """Whether the later sentence moves to another place."""
    return before.around.sentence != later.around.sentence and bool(later.places - before.places)


def _own_question(before: Mention, later: Mention) -> bool:
    """Whether the later number comes with words of its own, in its clause, that ask something else."""
    lex = lexicon(later.reading.article.lang)
    said = [c for a in later.reading.attributions for c in a.content if c.holds(later.span)]
    if not said:
        return bool(before.holders) or before.around.sentence != later.around.sentence
    inside = min(said, key=lambda c: c.end - c.start)
    text = later.reading.text
    start = max((m.end() for m in _CLAUSE_END.finditer(text, inside.start, later.span.start)), default=inside.start)
    stop = _CLAUSE_END.search(text, later.span.end, inside.end)
    clause = content(words(text, [Span(start, stop.start() if stop else inside.end)]), lex)
    known = before.keys | {w.key for w in before.around.wide}
    small = lex.frame | lex.time | lex.numbers.keys()
    own = [w for w in clause if not w.numeric and w.key not in known and w.fold not in small]
    own += content(words(text, [later.span]), lex)[1:] if later.raw_unit == "ratio" else ()
    noun = set(_stems(later.raw_unit or ""))
    return len([w for w in own if w.key not in noun]) > limits.OWN_WORDS


def same_words(a: Mention, b: Mention) -> bool:
    """Whether the words near are the same, as copies have them: then the encoder has nothing to add."""
    same = [w.fold for w in a.around.near] == [w.fold for w in b.around.near]
    return same and len(a.around.near) >= limits.COPIED_WINDOW_WORDS


def _likeness(a: Mention, b: Mention, meaning: Meaning, enough: float = 1.0) -> float:
    """The likeness of the words near, or of those further around where they are more alike; these only if need be."""
    near = meaning.likeness(a.near, b.near)
    return near if near >= enough else max(near, meaning.likeness(a.wide, b.wide))


def candidate(a: Mention, b: Mention, meaning: Meaning) -> bool:
    """Whether two mentions of one kind can be one figure, before their words are compared."""
    if not a.fits(b) or _same_sentence(a, b) or _apart(a, b, meaning, exact=fits(*a.beside(b))):
        return False
    return a.article != b.article or a.in_title != b.in_title or bool(a.keys & b.keys) or _same_thing(a, b)


def revision(earlier: Sequence[Mention], later: Mention) -> tuple[Mention, Link] | None:
    """The number just before of which the words between say that one replaces the other."""
    lex = lexicon(later.reading.article.lang)
    for before in reversed(earlier):
        between = words(later.reading.text, [Span(before.span.end, later.span.start)])
        close = before.around.sentence == later.around.sentence and len(between) <= limits.REVISION_WORDS
        if not close or before.fits(later) or _distance(before.value, later.value) > limits.RIVAL_RATIO:
            continue
        folds = {w.fold for w in between}
        after = {w.fold for w in later.around.after[: limits.STAGE_WORDS]}
        staged = bool(folds & lex.before) and bool(after & lex.stages)
        stages = bool(folds & lex.stages) and bool(after & (lex.stages | lex.last))
        if staged or stages or folds & lex.revised:
            return before, Link(REVISED, 0.85)
    return None


def raised(one: Mention, two: Mention) -> bool:
    """Whether a verb of change leads from the first number to the second: "porte de 90 à 130", "from 7 to 9"."""
    if not _same_sentence(one, two) or not _succeeds(one, two):
        return False
    lex = lexicon(one.reading.article.lang)
    before = [w.fold for w in one.around.before[-limits.STAGE_WORDS :]]
    between = words(one.reading.text, [Span(one.span.end, two.span.start)])
    opened = bool(before) and before[-1] in lex.of | lex.before
    return opened and len(between) == 1 and between[0].fold in lex.level and not lex.changed.isdisjoint(before)


def followed(one: Mention, two: Mention) -> bool:
    """Whether the second number is told as what the first was before: "15 millions, contre 12", "31, up from 24"."""
    if not _same_sentence(one, two) or not _succeeds(one, two):
        return False
    lex = lexicon(one.reading.article.lang)
    text = one.reading.text
    between = [w.fold for w in words(text, [Span(one.span.end, two.span.start)])]
    if len(between) > limits.FOLLOWED_WORDS and between[-1] in lex.former:
        # After a comma it may stand far off: "3,100 were still waiting there on Sunday, up from 2,500".
        opening = words(text, [Span(max(text.rfind(", ", one.span.end, two.span.start), one.span.end), two.span.start)])
        return len(opening) < len(between) and lex.before.issuperset(w.fold for w in opening)
    near = 0 < len(between) <= limits.FOLLOWED_WORDS
    return near and (not lex.before.isdisjoint(between) or lex.compared.told(between))


def _succeeds(one: Mention, two: Mention) -> bool:
    """Whether one of two numbers of a sentence may have taken the other's place."""
    same = one.kind == two.kind and not one.in_title and not one.side and not two.side
    return same and not one.fits(two) and within_reach(one, two) and not _other_measure(one, two)


def opposed(earlier: Sequence[Mention], later: Mention) -> tuple[Mention, Link] | None:
    """The number that the sentence sets the later against: "two days, not six hours", "above the company's 48,300"."""
    lex = lexicon(later.reading.article.lang)
    for before in reversed(earlier):
        between = words(later.reading.text, [Span(before.span.end, later.span.start)])
        most = limits.REVISION_WORDS if _denies_next(before, later, between) else limits.OPPOSED_WORDS
        close = before.around.sentence == later.around.sentence and len(between) <= most
        if not close or before.fits(later) or _distance(before.value, later.value) > limits.RIVAL_RATIO:
            continue
        if before.noun and later.noun and not _same_thing(before, later):
            continue
        owner = {w.fold for w in words(later.source or "", [Span(0, len(later.source or ""))])}
        folds = {w.fold for w in between}
        if _denies_next(before, later, between):
            return before, Link(SIDES, 0.9)
        if folds & lex.opposed and folds <= lex.opposed | lex.stop | lex.frame | owner | {"well", "far"}:
            return before, Link(SIDES, 0.9)
    return None


def _denies_next(before: Mention, later: Mention, between: Sequence[Word]) -> bool:
    """Whether the word right before the later number denies it: "52 % of the staff walked out, and not 38 %"."""
    lex = lexicon(later.reading.article.lang)
    counted = any(w.numeric or w.fold in lex.numbers for w in between)
    return bool(between) and between[-1].fold in lex.opposed & lex.alone and not counted and before.kind == later.kind


def title_link(title: Mention, body: Sequence[Mention]) -> tuple[Mention, Link] | None:
    """The number of the text that stands for the same thing as the title's, and differs."""
    same = [m for m in body if m.kind == title.kind and not _holders_differ(m, title)]
    if title.counted:
        same = [m for m in same if _same_thing(m, title)]
    if any(m.fits(title) for m in same):
        return None
    slips = [m for m in same if slip(m.value, title.value)]
    if slips:
        return slips[0], Link(TITLE, 0.8)
    known = title.measure is not None or title.noun is not None
    if same and known and len({m.value for m in same}) == 1:
        return same[0], Link(TITLE, 0.7)
    return None


def _holders_differ(a: Mention, b: Mention) -> bool:
    owned = bool(a.holders and b.holders) and a.holders.isdisjoint(b.holders)
    return owned or (bool(a.camp and b.camp) and a.camp.isdisjoint(b.camp))


def slip(one: float, other: float) -> bool:
    """Whether one number is the other with a digit wrong or two digits swapped: 192 and 182, 57000 and 75000."""
    a, b = f"{one:.10g}", f"{other:.10g}"
    if len(a) != len(b) or a == b or len(a.rstrip("0")) < limits.SLIP_DIGITS:
        return False
    return sum(x != y for x, y in zip(a, b, strict=True)) == 1 or swapped(one, other)


def swapped(one: float, other: float) -> bool:
    """Whether one number is the other with two neighbouring digits swapped: the mark of a copying mistake."""
    a, b = f"{one:.10g}", f"{other:.10g}"
    if len(a) != len(b):
        return False
    wrong = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and a[wrong[0]] + a[wrong[1]] == b[wrong[1]] + b[wrong[0]]


# --- across articles ----------------------------------------------------------------------------------------------


def joins(
    ones: Sequence[Mention], others: Sequence[Mention], meaning: Meaning, *, neighbours: bool, only: bool
) -> Link | None:
    """Whether two groups, of which no article has both, answer one question: the best pair's evidence, weighed.

    `neighbours`: the numbers beside them are one figure; `only`: each is its article's only number of the kind.
    """
    if ones[0].kind != others[0].kind:
        return None
    if {m.article for m in ones} & {m.article for m in others}:
        return _exchanged(ones, others) or _exchanged(others, ones) or _disputed(ones, others, meaning)
    if _camps(ones) > 1 and _camps(others) > 1:
        return None
    ones, others = ones[:_MOST_MENTIONS], others[:_MOST_MENTIONS]
    found = {
        (a.place, b.place): link
        for a in ones
        for b in others
        if (link := _evidence(a, b, meaning, neighbours=neighbours, only=only))
    }
    best = max(found.values(), key=lambda link: link.score, default=None)
    if best is None or not all(one.passed for one in best.measured):
        return None
    backed = {place for pair in found for place in pair}
    return None if _outvoted(ones, others, backed) or _outvoted(others, ones, backed) else best


def _outvoted(ones: Sequence[Mention], others: Sequence[Mention], backed: Collection[object]) -> bool:
    """Whether more of the first measure something else than have evidence: one misread unit joins no two questions."""
    against = sum(a.place not in backed and any(_other_measure(a, b) for b in others) for a in ones)
    return against > sum(a.place in backed for a in ones)


def _other_measure(a: Mention, b: Mention) -> bool:
    if a.measure is None or b.measure is None or a.measure.name == b.measure.name:
        return False
    bare = (a.borrowed and a.measure.people) or (b.borrowed and b.measure.people)  # what befell them may be told before
    return not bare or a.camp.isdisjoint(b.camp)


def _disputed(ones: Sequence[Mention], others: Sequence[Mention], meaning: Meaning) -> Link | None:
    """Whether two sources, neither of which gives both numbers, count one thing in an article, with words between."""
    if any(_same_source(a, b) for a in ones for b in others) or (_camps(ones) > 1 and _camps(others) > 1):
        return None
    for a in ones:
        for b in others:
            before, later = (a, b) if a.place < b.place else (b, a)
            if a.article == b.article and _against(before, later, meaning):
                return Link(SIDES, 0.8)
    return None


def _against(before: Mention, later: Mention, meaning: Meaning) -> bool:
    """Whether the later number answers the earlier one in its source's place: of one measure, place and party."""
    if not before.source or not later.source or before.part or later.part or before.fits(later):
        return False
    if before.measure is None or before.measure.durations or not before.measure.predicates:
        return False
    scope = (before.measure, before.places, before.camp, before.status, before.whole)
    if scope != (later.measure, later.places, later.camp, later.status, later.whole):
        return False
    if later.span.start - before.span.end > limits.DISPUTED_REACH or not _comparable(before, later, meaning):
        return False
    lex = lexicon(later.reading.article.lang)
    between = Span(before.span.end, max(later.around.sentence.end, later.span.end))
    told = lex.disputed.told([w.fold for w in words(later.reading.text, [between])])
    return told or bool(later.camp)


def _exchanged(ones: Sequence[Mention], others: Sequence[Mention]) -> Link | None:
    """Whether the first is one number that a copy put where another article of the second's has a different one."""
    if len(ones) > 1:
        return None
    alone = ones[0]
    kept = [m for m in others if m.article == alone.article]
    for other in others:
        same = other.article != alone.article and not any(m.fits(other) for m in kept)
        if same and not alone.in_title and not other.in_title and _same_sentence_copied(alone, other):
            return Link("the same words around", 0.85)
    return None


def _same_sentence_copied(a: Mention, b: Mention) -> bool:
    """Whether the two sentences are one but for a number or two, with the numbers at the same place."""
    before = [w.fold for w in a.around.before] == [w.fold for w in b.around.before]
    after = [w.fold for w in a.around.after] == [w.fold for w in b.around.after]
    enough = len(a.around.wide) >= limits.COPIED_WINDOW_WORDS
    return before and after and enough and not _holders_differ(a, b)


def _camps(found: Sequence[Mention]) -> int:
    """How many numbers of a group do not fit its first: a group that already disagrees is a question of its own."""
    return 1 + any(not found[0].fits(m) for m in found)


def weighed(ones: Sequence[Mention], others: Sequence[Mention], meaning: Meaning) -> Iterator[Mention]:
    """The mentions of two groups whose words will be looked at, for all to be encoded together."""
    if ones[0].kind == others[0].kind and not {m.article for m in ones} & {m.article for m in others}:
        for a in ones[:_MOST_MENTIONS]:
            for b in others[:_MOST_MENTIONS]:
                if _comparable(a, b, meaning) and (a.keys & b.keys or _same_thing(a, b) or slip(a.value, b.value)):
                    yield from (a, b)


def _comparable(a: Mention, b: Mention, meaning: Meaning) -> bool:
    """Whether nothing shows that two numbers answer different questions."""
    if a.in_title or b.in_title or a.years != b.years or not within_reach(a, b):
        return False
    if a.former != b.former and not (a.side or b.side):
        return False
    if a.age and not (_same_thing(a, b, meaning) or a.holders & b.holders):
        return False
    return not _apart(a, b, meaning, exact=False)


def within_reach(a: Mention, b: Mention) -> bool:
    """Whether two numbers are no further apart than reports of one thing may be, a slip of scale aside."""
    reach = limits.RATE_RATIO if a.rate and b.rate and a.rate != b.rate else limits.RIVAL_RATIO
    if not a.camp.isdisjoint(b.camp) and not _same_source(a, b):
        reach = limits.PARTY_RATIO
    return _distance(*a.beside(b)) <= reach or scaled(a.value, b.value)


def scaled(one: float, other: float) -> bool:
    """Whether one number is the other with thousands put for millions, or with a nought more: 160,000 and 160 m."""
    low, high = sorted((one, other))
    return low > 0 and digits(low) > 1 and any(math.isclose(high, low * scale) for scale in _SCALES)


_SCALES = (10, 100, 1e3, 1e6)


def _evidence(a: Mention, b: Mention, meaning: Meaning, *, neighbours: bool, only: bool) -> Link | None:
    if not _comparable(a, b, meaning):
        return None
    weights = _weights(a, b, meaning, neighbours=neighbours, only=only)
    if not weights or _bare_noun(a, b, weights):
        return None
    score = sum(weights.values()) + limits.WEIGHT_LIKENESS * max(_likeness(a, b, meaning), 0.0)
    found = Measured("SAME_QUESTION", limits.SAME_QUESTION, round(score, 3))
    return Link(", ".join(weights), round(min(score, 1.0), 3), (found,))


def _bare_noun(a: Mention, b: Mention, weights: Collection[str]) -> bool:
    """Whether all that two small numbers share is a noun: "eleven permits sold", "sixteen annulled"."""
    surely = a.side or a.age or (a.measure and b.measure)
    little = min(a.telling, b.telling) < 2  # of small numbers many differ in one digit
    return not surely and little and set(weights) <= {"the same thing counted", _DIGIT}


def _weights(a: Mention, b: Mention, meaning: Meaning, *, neighbours: bool, only: bool) -> dict[str, float]:
    """What speaks for one question beside likeness: the signs with their weights."""
    weights = {}
    if a.reading.article.lang == b.reading.article.lang and copied(a, b) >= limits.COPIED_WINDOW:
        weights["the same words around"] = limits.WEIGHT_COPIED
    shared = a.keys & b.keys
    if _same_thing(a, b, meaning):
        # Of one kind of duration there are many in a story, and so of things that no predicate makes a question.
        kind = a.measure if a.measure and b.measure else None
        surely = bool(a.side and b.side) or (kind and not kind.durations and bool(kind.predicates) and a.kind != "%")
        sure = limits.WEIGHT_MEASURE if surely else limits.WEIGHT_NOUN
        weights["the same thing counted"] = limits.WEIGHT_PERSON if a.age else sure
        shared -= noun_keys(a) | noun_keys(b)
    elif only and a.measured:
        weights["the same thing counted"] = limits.WEIGHT_NOUN
    if _same_source(a, b):
        weights["the same source"] = limits.WEIGHT_SOURCE
    if shared:
        weights["words in common near"] = limits.WEIGHT_KEYS * (2 if len(shared) >= limits.MANY_KEYS else 1)
    if a.rate and a.rate == b.rate:
        weights["so much in the same time"] = limits.WEIGHT_RATE
    if outdoes(a) != outdoes(b) and any(m.reading.article.moment for m in (a, b)):
        weights[REVISED] = limits.WEIGHT_REVISED
    if slip(a.value, b.value) or scaled(a.value, b.value):
        label = SWAPPED if swapped(a.value, b.value) else _DIGIT
        weights[label] = limits.WEIGHT_SLIP
    if only and (shared or (a.measure and b.measure) or a.measured):
        weights["the only number of its kind"] = limits.WEIGHT_ONLY
    if neighbours:
        weights["neighbours that match"] = limits.WEIGHT_NEIGHBOURS
    return weights


def _same_source(a: Mention, b: Mention) -> bool:
    """Whether both numbers are one named source's."""
    if not a.source or not b.source:
        return False
    one, other = speaker(a.source), speaker(b.source)
    return bool(set(one.names) & set(other.names)) or one.text == other.text


def copied(a: Mention, b: Mention) -> float:
    """The share of the words near that the two have in common, in order; 0 where there are few."""
    one, other = ([w.fold for w in m.around.near] for m in (a, b))
    if min(len(one), len(other)) < limits.COPIED_WINDOW_WORDS:
        return 0.0
    return 2 * LCSseq.similarity(one, other) / (len(one) + len(other))
