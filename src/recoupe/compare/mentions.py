"""The figures of a story's articles, each with what its surroundings say of it."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from recoupe.compare.ages import is_age, whose
from recoupe.compare.lexicon import Lexicon, lexicon
from recoupe.compare.measures import Measure, duration, is_generic, measure, share
from recoupe.compare.names import speaker
from recoupe.compare.quantities import base_value, digits, fits, unit
from recoupe.compare.surroundings import (
    Sentences,
    Surroundings,
    holders,
    is_added,
    is_part,
    is_whole,
    places,
    status,
    surroundings,
    window,
)
from recoupe.compare.words import Word, capitalised, content, number, stem, words
from recoupe.model import Attribution, Modifier, Quantity, Reading
from recoupe.text import Span, fold

_NUMBER_HEAD = re.compile(r"^[\d\s.,\u00a0\u202f]+")
_TITLE_UNITS = {"%": "%", "€": "EUR", "$": "USD", "£": "GBP", "euro": "EUR", "euros": "EUR", "percent": "%"}
_SCALES = {"m": 1e6, "million": 1e6, "millions": 1e6, "milliard": 1e9, "milliards": 1e9, "billion": 1e9, "bn": 1e9}


@dataclass(frozen=True, slots=True)
class Mention:
    """One number in one article with its unit, its words around, and what they tell of its question."""

    reading: Reading
    index: int | None  # into the reading's quantities; None: in the title
    span: Span
    value: float
    unit: str | None  # the base unit of its dimension, else the counted noun
    raw_unit: str | None
    modifier: Modifier | None
    around: Surroundings
    near: str
    wide: str
    keys: frozenset[str]  # stems of the content words near
    measure: Measure | None
    holders: frozenset[str]
    camp: frozenset[str]  # beginnings of the names of the party, country or body whose people are counted
    places: frozenset[str]
    status: str
    rate: str  # the stretch of time in which it is so much each: "year" of "90 million a year"; "" where none is named
    side: str  # of a vote: "for" or "against"; "" where none is counted
    years: frozenset[str]  # years named near that are not the article's own
    source: str | None
    in_title: bool
    part: bool  # of another number: "31 blessés, dont quatre graves"
    whole: bool  # of which the number before is a part: "3,400 of the 4,100 workers"
    added: bool  # to another number: "three more people"
    age: bool  # "a woman of 86", "âgé de 40 ans"
    person: str | None  # whose age it is, in the article's word
    former: bool  # told as what another was before: "3.1 percent, down from 3.8"
    cited: bool  # it counts those who say something: "two brokers said"

    @property
    def article(self) -> str:
        """The id of the article."""
        return self.reading.id

    @property
    def place(self) -> tuple[str, bool, int]:
        """Article, title or text, offset: the order that does not depend on the input's."""
        return self.article, not self.in_title, self.span.start

    @property
    def counted(self) -> bool:
        """Whether the unit is a counted noun."""
        return unit(self.raw_unit) is None

    @property
    def kind(self) -> str:
        """What can be compared at all: the dimension, "count", or "age", which answers for no count."""
        return "age" if self.age else "count" if self.counted else str(self.unit)

    @property
    def noun(self) -> str | None:
        """The counted noun where it names the thing, not just people; of an age, the person."""
        named = self.person if self.age else self.raw_unit if self.counted else None
        return named if named and not is_generic(named) else None

    @property
    def measured(self) -> bool:
        """Whether it is in a unit of which a story has few numbers: an area, a flow, a power, no distance or sum."""
        return not self.counted and not self.kind.isupper() and self.kind not in _COMMON

    @property
    def borrowed(self) -> bool:
        """Whether its noun stands with another number: "31 aircraft, four of them"."""
        return self.counted and not _names(self.span.of(self._text), self.raw_unit)

    @property
    def _text(self) -> str:
        return self.reading.article.title if self.in_title else self.reading.text

    @property
    def yearly(self) -> float:
        """The value in a year, where it is so much in each stretch of time."""
        return self.value * _A_YEAR.get(self.rate, 1.0)

    def beside(self, other: Mention) -> tuple[float, float]:
        """The two values as they can be compared: in a year where each is of another stretch of time."""
        rated = self.rate and other.rate and self.rate != other.rate
        return (self.yearly, other.yearly) if rated else (self.value, other.value)

    def fits(self, other: Mention) -> bool:
        """Whether the two numbers can be one: rounded, hedged, or converted from another unit."""
        one, two = self.beside(other)
        converted = self.kind == other.kind and self.raw_unit != other.raw_unit and not self.counted
        if converted and (math.isclose(one, two, rel_tol=_CONVERTED) or self._coarser(other) or other._coarser(self)):
            return True
        return fits(one, two, self.modifier, other.modifier)

    def _coarser(self, other: Mention) -> bool:
        """Whether this is the other in whole numbers of a larger unit: "six weeks" for 41 days."""
        mine, its = unit(self.raw_unit), unit(other.raw_unit)
        if mine is None or its is None or mine.factor <= its.factor or self.value == 0:
            return False
        near = math.isclose(self.value, other.value, rel_tol=_COARSER)
        return near and round(other.value / mine.factor) * mine.factor == self.value

    @property
    def telling(self) -> int:
        """How unlikely it is that another question has this number, as written: 2 very, 1 somewhat, 0 not."""
        known = unit(self.raw_unit)
        written = self.value / known.factor if known is not None else self.value
        exact = digits(written)
        return 2 if exact > 2 or written >= _LARGE else 1 if exact > 1 or written >= _BIG else 0


_COMMON = ("age", "%", "m", "month", "min", "km/h")
_CONVERTED = 0.015  # half a mile and 800 metres
_COARSER = 0.05
_A_YEAR = {"year": 1.0, "quarter": 4.0, "month": 12.0, "week": 52.0, "day": 365.0, "hour": 8760.0}
_LARGE = 100_000
_BIG = 100


def mentions(readings: Sequence[Reading]) -> list[Mention]:
    """The figures of all articles of a story, ordered by place."""
    people = _people(readings)
    camps = _camps(readings, people)
    return sorted((replace(m, camp=_camp(m, camps)) for r in readings for m in _of(r, people)), key=lambda m: m.place)


def _camps(readings: Iterable[Reading], people: frozenset[str]) -> frozenset[str]:
    """Beginnings of the names by which the story's speakers are told, but for persons' and what bodies are called."""
    found = set()
    for reading in readings:
        bodies = lexicon(reading.article.lang).bodies
        for who in {a.speaker for a in reading.attributions if a.speaker}:
            named = [w for w in words(who, [Span(0, len(who))]) if w.capital and len(w.fold) > _CAMP]
            found |= {w.fold[:_CAMP] for w in named if w.fold not in people and w.fold not in bodies}
    return frozenset(found)


def _camp(mention: Mention, camps: frozenset[str]) -> frozenset[str]:
    """Whose people a number counts: "22 Norians", "soldats noriens", or else its source's own."""
    if not mention.counted or not camps:
        return frozenset()
    lex = lexicon(mention.reading.article.lang)
    own = words(mention._text, [mention.span])
    before, after = _clause(mention.around.before[::-1], lex)[::-1], _clause(mention.around.after, lex)
    beside = (*own, *after[:_CAMP_BESIDE])
    named = {w.fold[:_CAMP] for w in beside if w.capital or w.fold.endswith(lex.demonyms)} & camps
    if named:
        return frozenset(named)
    if mention.source and lex.own.told([w.fold for w in (*before[-_OWNED:], *own, *after[:_OWNED])]):
        return frozenset(w.fold[:_CAMP] for w in words(mention.source, [Span(0, len(mention.source))])) & camps
    return frozenset()


_CAMP = 4  # letters that a country's name, its people and two languages have in common: "Noria", "Noriens"
_CAMP_BESIDE = 2  # words after a number and its noun that name whose they are
_OWNED = 6  # words beside them that say that they are the source's own


def _people(readings: Iterable[Reading]) -> frozenset[str]:
    """Last names of the persons that the story's articles name or quote in full."""
    found: Counter[str] = Counter()
    for reading in readings:
        titles = lexicon(reading.article.lang).titles
        seen = set()
        for one, two in itertools.pairwise(capitalised(reading.text)):
            if reading.text[one.span.end : two.span.start].isspace() and one.fold not in titles:
                seen.add(two.fold)
        found.update(seen)
        told = (speaker(a.speaker) for a in reading.attributions if a.speaker)
        found.update({who.names[-1] for who in told if who.kind == "person"})
    return frozenset(name for name, count in found.items() if count > 1 or len(name) > _ABBREVIATED)


_ABBREVIATED = 3


def _of(reading: Reading, people: frozenset[str]) -> list[Mention]:
    sentences = Sentences(reading.text)
    body = [_mention(reading, index, quantity, sentences, people) for index, quantity in enumerate(reading.quantities)]
    body = [mention for mention in body if not _anonymous(mention)]
    title = reading.article.title
    if title and title not in reading.text:
        lone = Sentences(title)
        body += [_mention(reading, None, quantity, lone, people) for quantity in title_quantities(reading)]
    return body


def _anonymous(mention: Mention) -> bool:
    """Whether the number counts nothing but sources: "according to two people with knowledge of the matter"."""
    lex = lexicon(mention.reading.article.lang)
    return mention.cited and not lex.informants.isdisjoint(fold(mention.span.of(mention.reading.text)).split())


def _cited(reading: Reading, quantity: Quantity, around: Surroundings, lex: Lexicon) -> bool:
    """Whether the number counts those who say something: "two brokers said", "selon deux employés du musée"."""
    if unit(quantity.unit) is not None or quantity.value > _FEW:
        return False
    told = any(a.source is not None and a.source.holds(quantity.span) for a in reading.attributions)
    return told or lex.sourcing.told([w.fold for w in around.before[-_RATED:]])


_FEW = 12  # sources that an article cites at most


def _mention(
    reading: Reading, index: int | None, quantity: Quantity, sentences: Sentences, people: frozenset[str]
) -> Mention:
    lex = lexicon(reading.article.lang)
    text = reading.text if index is not None else reading.article.title
    around = surroundings(text, sentences, quantity.span)
    age = is_age(text, quantity, around, lex, people)
    if age and quantity.unit is None:
        quantity = replace(quantity, unit=_YEAR)
    person = whose(text, quantity, around, lex, people) if age else None
    value, base = base_value(quantity)
    noun = _NUMBER_HEAD.sub("", quantity.span.of(text))
    noun = noun if noun != quantity.span.of(text) else (quantity.unit or "")
    part = base != "%" and is_part(around, lex)  # a share is one by itself
    whole = base != "%" and is_whole(around, lex)
    attribution = _innermost(reading, quantity.span) if index is not None else None
    if attribution is None and index is not None:
        attribution = _gone_on_with(reading, around, lex)
    said = words(text, [attribution.source] if attribution and attribution.source else [])
    givers = {w.fold for w in said}  # who gives a number does not own it
    return Mention(
        reading=reading,
        index=index,
        span=quantity.span,
        value=value,
        unit=base,
        raw_unit=quantity.unit,
        modifier=quantity.modifier,
        around=around,
        near=window(text, quantity.span, around, noun, wide=False),
        wide=window(text, quantity.span, around, noun, wide=True),
        keys=_keys(around, noun, lex, people | givers, counted=unit(quantity.unit) is None),
        measure=None if age else _measure(quantity, text, around, lex, part=part, whole=whole),
        camp=frozenset(),
        holders=holders(reading, quantity.span, around, people - givers, lex.joints),
        places=places(around, lex),
        status=status(around, words(text, [quantity.span]), said, lex),
        rate=_rate(around, lex),
        side=_side(text, around, noun, lex) if unit(quantity.unit) is None else "",
        years=_years(reading, around),
        source=_owner(text, quantity.span, around, lex) or _source(reading, attribution, around),
        in_title=index is None,
        part=part,
        whole=whole,
        added=is_added(around, noun, lex),
        age=age,
        person=person.span.of(text) if person else None,
        former=_is_former(around, lex),
        cited=index is not None and _cited(reading, quantity, around, lex),
    )


def _rate(around: Surroundings, lex: Lexicon) -> str:
    after, before = ([w.fold for w in side] for side in (around.after[:_RATE], around.before[-_RATED:]))
    return next((name for name, found in lex.rates.items() if found.told(after) or found.told(before)), "")


_RATE = 4  # words after a number in which its rate is told
_RATED = 3  # and before it: "produit chaque année 160 millions"


def _side(text: str, around: Surroundings, noun: str, lex: Lexicon) -> str:
    """The side of a vote that a number counts: "19 votes to 11", "12 opposed it", "18 ont voté pour"."""
    own = {fold(word) for word in noun.split()}
    if not ({w.fold for w in around.wide} | own) & lex.ballot:
        return ""
    if own & (lex.favour | lex.against):
        return "for" if own & lex.favour else "against"
    after, before = around.after[:_TALLY], around.before[-_TALLY:]
    if after and after[0].fold in lex.tally and len(after) > 1 and _is_number(after[1], lex):
        return "for"
    if before and before[-1].fold in lex.tally and any(_is_number(w, lex) for w in before[:-1]):
        return "against"
    for word, following in zip(after, (*after[1:], None), strict=False):
        if _is_number(word, lex):
            break
        if word.fold in lex.favour | lex.against:
            return "for" if word.fold in lex.favour else "against"
        if following and any(c in ",;:" for c in text[word.span.end : following.span.start]):
            break
    return ""


def _is_number(word: Word, lex: Lexicon) -> bool:
    return word.numeric or word.fold in lex.numbers


_TALLY = 8  # words beside a number in which the side of a vote is told


_TIMES = ("month", "min")  # what stretches of time are counted in
_YEAR = "year"  # the unit of a bare age
_STEM = 4  # letters by which a noun is known in its plural


def _owner(text: str, span: Span, around: Surroundings, lex: Lexicon) -> str | None:
    """Who is named as the owner of the number right before it: "the company's 48,300"."""
    mark = next((m for m in lex.possessive if text[: span.start].rstrip().endswith(m)), None)
    if mark is None:
        return None
    end = len(text[: span.start].rstrip()) - len(mark)
    named: list[Word] = []
    for word in reversed([w for w in around.before if w.span.end <= end]):
        gap = text[word.span.end : named[0].span.start] if named else ""
        if len(named) == _OWNER or (named and not gap.isspace()):
            break
        named.insert(0, word)
        if word.fold in lex.determiners:
            break
    return Span(named[0].span.start, end).of(text) if named else None


_OWNER = 4


def _is_former(around: Surroundings, lex: Lexicon) -> bool:
    """Whether the number is what another one was before: "down from 3.8 percent", "ramené de 3,8 % à 3,1 %"."""
    last = around.before[-1].fold if around.before else ""
    after = around.after[:_TURNED]
    turned = len(after) == _TURNED and after[0].fold in lex.level and _is_number(after[1], lex)
    changed = turned and not lex.changed.isdisjoint(w.fold for w in around.before[-_CHANGED:])
    return last in lex.former or (changed and last in lex.of)


_TURNED = 2
_CHANGED = 6  # words before a number in which a verb of change stands


def _keys(around: Surroundings, noun: str, lex: Lexicon, who: frozenset[str], *, counted: bool) -> frozenset[str]:
    """Stems of what is said near a number, without `who`: the words for people and for who gives it."""
    sides = (around.before[-_KEYED:], around.after[:_KEYED])
    others = {two.span for side in sides for one, two in itertools.pairwise(side) if _is_number(one, lex)}
    near = content([w for w in around.near if w.span not in others], lex)  # another number's noun is not its own
    own = frozenset(_plain(stem(fold(word))) for word in noun.split() if len(word) > 1 and counted)
    small = lex.time | lex.frame | lex.numbers.keys() | lex.scales.keys() | who
    return own | frozenset(_plain(w.key) for w in near if not w.numeric and w.fold not in small)


def _plain(key: str) -> str:
    """A stem without the ending of a participle, which a noun of the same verb shares: "saisis", "saisies"."""
    return key.rstrip("e") or key


def noun_keys(mention: Mention) -> frozenset[str]:
    """The stems of what is counted, as they stand among a mention's keys."""
    return frozenset(_plain(stem(fold(word))) for word in (mention.raw_unit or "").split())


def _measure(
    quantity: Quantity, text: str, around: Surroundings, lex: Lexicon, *, part: bool, whole: bool
) -> Measure | None:
    """The measure that noun and predicate tell, or the head of the sentence."""
    known = unit(quantity.unit)
    if known is not None and known.base not in (*_TIMES, "%"):
        return None
    after, before = _clause(around.after, lex), _clause(around.before[::-1], lex)
    told = " ".join(w.fold for w in after), " ".join(w.fold for w in before[::-1])
    own = quantity.unit if _names(quantity.span.of(text), quantity.unit) else None
    if known is not None:
        return share(*told) if known.base == "%" else duration(*told)
    if whole:
        return measure(quantity.unit, "", "")
    if part:  # the words before are said of the whole, and so is a noun that does not stand with the number
        return measure(own, told[0], "") or (measure(None, told[0], "") if own else None)
    if (quantity.unit or "").istitle():  # people by their country: "22 Norians were killed"
        return measure(None, *told)
    return measure(quantity.unit, *told) or _headed(quantity, text, around, lex)


def _names(text: str, noun: str | None) -> bool:
    """Whether the noun stands in the text, in the plural or not."""
    return fold(noun or "")[:_STEM] in fold(text)


def _headed(quantity: Quantity, text: str, around: Surroundings, lex: Lexicon) -> Measure | None:
    """The measure that a sentence names at its head for a number further on: "the number of people hurt ... is 27"."""
    if unit(quantity.unit) is not None:
        return None
    before = words(text, [Span(max(around.sentence.start, quantity.span.start - _HEAD_REACH), quantity.span.start)])
    heads = [i for i, word in enumerate(before) if word.fold in lex.heads]
    if not heads or any(word.numeric or word.fold in lex.numbers for word in before[heads[-1] :]):
        return None
    return measure(quantity.unit, " ".join(w.fold for w in before[heads[-1] + 1 :][:_PREDICATE]), "")


_HEAD_REACH = 200


def _clause(side: Sequence[Word], lex: Lexicon) -> Sequence[Word]:
    """The words on one side, nearest first, up to a conjunction or the next number: what is beyond is another's."""
    for i, word in enumerate(side):
        if word.numeric or word.fold in lex.numbers or word.fold in lex.joints:
            return side[: min(i, _PREDICATE)]
    return side[:_PREDICATE]


_PREDICATE = 8


def _years(reading: Reading, around: Surroundings) -> frozenset[str]:
    """Years named beside the number other than those of the article's date and the one before and after."""
    moment = reading.article.moment
    inside = [w.span for w in around.wide]
    since = [w.span.end for w in around.wide if w.fold in lexicon(reading.article.lang).since]
    found = {
        t.value[:4]
        for t in reading.times
        if t.value[:4].isdigit()
        and any(t.span.overlaps(span) for span in inside)
        and not any(0 <= t.span.start - end <= _SINCE for end in since)  # "its highest since 1981" is no number of 1981
    }
    own = {str(moment.year + shift) for shift in (-1, 0, 1)} if moment else set()
    return frozenset(found - own)


_SINCE = 25  # characters between "since" and its year: "since independence in 1981"
_KEYED = 6  # words on each side that say what is counted


def _innermost(reading: Reading, span: Span) -> Attribution | None:
    holding = [a for a in reading.attributions if any(c.holds(span) for c in a.content)]
    return min(holding, key=lambda a: sum(c.end - c.start for c in a.content), default=None)


def _gone_on_with(reading: Reading, around: Surroundings, lex: Lexicon) -> Attribution | None:
    """The attribution that a contrasting sentence without a main clause goes on with.

    "According to X, A won 12 seats. While B won 9." is punctuated as two sentences and is one report.
    """
    text, sentence = reading.text, around.sentence
    opening = fold(sentence.of(text)).lstrip()
    if "," in opening or not opening.startswith(tuple(f"{c} " for c in lex.contrasts)):
        return None
    end = len(text[: sentence.start].rstrip(" .\u00a0"))
    if "\n" in text[end : sentence.start]:
        return None
    return _innermost(reading, Span(end - 1, end)) if end else None


def _source(reading: Reading, attribution: Attribution | None, around: Surroundings) -> str | None:
    """Who gives the figure: the attribution's speaker, else the body credited in its sentence."""
    if attribution is not None:
        return attribution.speaker
    if actor := _actor(reading, around):
        return actor
    credited = [c for c in reading.credits if around.sentence.holds(c.span)]
    return credited[0].name if credited else None


def _actor(reading: Reading, around: Surroundings) -> str | None:
    """The body named right before the number where its clause has nothing else: "..., Sud-Rail à 61 %"."""
    clause: list[Word] = []
    text = reading.text
    for word in around.before[::-1]:
        clause.insert(0, word)
        if text[max(word.span.start - 2, 0) : word.span.start] in (", ", "; "):
            break
        if len(clause) > _ACTOR:
            return None
    else:
        return None
    names = [w for w in clause[:-1] if w.capital and not w.numeric]
    named = len(names) == len(clause) - 1 and names and len(clause[-1].fold) <= _PREPOSITION
    return Span(names[0].span.start, names[-1].span.end).of(text) if named else None


_ACTOR = 5
_PREPOSITION = 2


def title_quantities(reading: Reading) -> list[Quantity]:
    """The numbers of a title that the text does not repeat: digits or words, with a scale, a unit or the next word."""
    title = reading.article.title
    spelled = lexicon(reading.article.lang).numbers
    found = words(title, [Span(0, len(title))])
    out = []
    for i, word in enumerate(found):
        value = number(word.span.of(title)) if word.numeric else spelled.get(word.fold)
        if value is None or (not word.numeric and i and found[i - 1].fold in spelled):
            continue
        quantity = _title_quantity(title, word, value, found[i + 1 : i + 3])
        if quantity is not None:
            out.append(quantity)
    return out


def _title_quantity(title: str, word: Word, value: float, after: Sequence[Word]) -> Quantity | None:
    following = list(after)
    end = word.span.end
    if following and following[0].fold in _SCALES:
        value *= _SCALES[following[0].fold]
        end = following.pop(0).span.end
    mark = title[end:].lstrip()[:1]
    if mark in _TITLE_UNITS:
        return Quantity(Span(word.span.start, title.index(mark, end) + 1), value, _TITLE_UNITS[mark])
    noun = following[0] if following else None
    if noun is None or noun.numeric or noun.capital or not title[end : noun.span.start].isspace():
        return None
    return Quantity(Span(word.span.start, noun.span.end), value, _TITLE_UNITS.get(noun.fold, noun.span.of(title)))


def by_article(found: Iterable[Mention]) -> dict[str, list[Mention]]:
    """The mentions of each article, in order."""
    out: dict[str, list[Mention]] = defaultdict(list)
    for mention in found:
        out[mention.article].append(mention)
    return out
