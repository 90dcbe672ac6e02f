"""Numbers as a text writes them: figures with the language's grouping, spelled words, scales, collectives, fractions.

What a language does is data (`<language>/numerals.toml`); spelled numbers are converted by text2num.  Nothing here
decides whether a number is a quantity: see `recoupe.read.quantities`.  All functions take the plain view of a text
(`recoupe.read.plain`) beside the text itself, whose capitals tell "M" from "m".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from text_to_num import text2num

from recoupe.read.tables import table
from recoupe.text import Span

Kind = Literal["figures", "words", "one", "collective", "fraction"]

_WORD = re.compile(r"\w+")
_LONGEST = 24  # figures in a row; longer runs are codes
_SIGNS = frozenset("€$£¥")
_LOOKBACK = 24
_LINKED = 1e6  # from this scale on a noun is linked to its number: "deux mille voix", "deux millions de voix"
# What makes figures a part of a name, a code, an address or a clock time.
_STUCK_BEFORE = re.compile(r"(?:[\w@#_/\\=&°]|\d[.,:]|[^\W\d]-|[^\W\d]\.)$")
_JOINED = re.compile(r"(?<![\w-])([^\W\d]+)-$")
_STUCK_AFTER = re.compile(r"[_@\\]|/\d|[.,:]\d")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text."""

    span: Span
    value: float
    kind: Kind
    scale: float = 1.0  # of a scale in words or letters: 1e6 in "three million"
    approximate: bool = False  # "une vingtaine"
    grouped: bool = False  # figures in groups of three
    decimal: bool = False
    linked: bool = False  # its noun follows with "de": "trois millions de", "une vingtaine de"
    needs_noun: bool = False
    needs_unit: bool = False  # "half a ...", "demi-...": a number only before a unit of measure


@dataclass(frozen=True, slots=True)
class _Grammar:
    lang: str
    figures: re.Pattern[str]
    run: re.Pattern[str]
    joint: re.Pattern[str]
    ones: frozenset[str]
    article: re.Pattern[str]
    needs_article: frozenset[str]
    scales: Mapping[str, float]
    scale: re.Pattern[str]
    letters: Mapping[str, float]
    letter: re.Pattern[str]
    money_letter: re.Pattern[str]
    and_half: re.Pattern[str]
    collectives: Mapping[str, tuple[float, bool]]
    collective: _Collective
    fractions: Mapping[str, int]
    fraction: _Fraction
    triggers: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Collective:
    need_noun: frozenset[str]
    article: re.Pattern[str]
    scale: re.Pattern[str]
    scales: Mapping[str, float]
    half: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Fraction:
    article: re.Pattern[str]
    alone: frozenset[str]
    alone_before: re.Pattern[str]
    alone_after: re.Pattern[str]
    ordinals: frozenset[str]
    part: re.Pattern[str]
    refused: re.Pattern[str]
    refused_before: re.Pattern[str]
    half: re.Pattern[str]
    half_words: frozenset[str]
    article_before: re.Pattern[str]
    unit_link: re.Pattern[str]
    scale_link: re.Pattern[str]


def _alternatives(words: Mapping[str, Any] | Sequence[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) or "(?!)"


@cache
def _grammar(lang: str) -> _Grammar:
    data = table(lang, "numerals")
    words = data["words"]
    scales = _alternatives(data["scales"])
    collectives = {w: (float(n), True) for w, n in data["collectives"].items()}
    collectives.update({w: (float(n), False) for w, n in data["collectives_exact"].items()})
    group, fraction = data["collectives_rule"], data["fractions_rule"]
    return _Grammar(
        lang=lang,
        figures=re.compile(_figures(data["figures"])),
        run=re.compile(_run(lang) + words["after"]),
        joint=re.compile(words["joint"]),
        ones=frozenset(words["one"]),
        article=re.compile(rf"\b(?:{_alternatives(words['article'])})[ ]$" if words["article"] else r"(?!x)x"),
        needs_article=frozenset(words["needs_article"]),
        scales=data["scales"],
        scale=re.compile(rf"[ -](?P<scale>{scales})\b"),
        letters=data["letters"],
        letter=re.compile(_letter(data["letters"], data["letters_rule"])),
        money_letter=re.compile(rf"[ ]?(?P<letter>{_alternatives(data['letters'])})(?!\w)"),
        and_half=re.compile(words["and_half"]),
        collectives=collectives,
        collective=_Collective(
            need_noun=frozenset(group["need_noun"]),
            article=re.compile(group["article"]),
            scale=re.compile(group["scale"]),
            scales=group["scales"],
            half=re.compile(group["half"]),
        ),
        fractions=data["fractions"],
        fraction=_Fraction(
            article=re.compile(fraction["article"]),
            alone=frozenset(fraction["alone"]),
            alone_before=re.compile(fraction["alone_before"]),
            alone_after=re.compile(fraction["alone_after"]),
            ordinals=frozenset(fraction["ordinals"]),
            part=re.compile(fraction["part"]),
            refused=re.compile(fraction["refused"]),
            refused_before=re.compile(fraction["refused_before"]),
            half=re.compile(fraction["half"]),
            half_words=frozenset(fraction["half_words"]),
            article_before=re.compile(fraction["article_before"]),
            unit_link=re.compile(fraction["unit_link"]),
            scale_link=re.compile(fraction["scale_link"]),
        ),
        triggers=frozenset(
            [*words["parts"], *words["needs_article"], *collectives, *data["fractions"], *fraction["half_words"]]
        ),
    )


def _figures(data: Mapping[str, Any]) -> str:
    """Figures with one kind of separator between groups of three, or with none, and perhaps a decimal part."""
    decimal = "".join(re.escape(c) for c in data["decimal"])
    main = re.escape(data["decimal"][0])
    foreign = rf"\d{{1,3}}(?:{main}\d{{3}}){{2,6}}(?!\d)"  # the other language's grouping: two groups leave no doubt
    grouped = [rf"\d{{1,3}}(?:{re.escape(sep)}\d{{3}}){{1,6}}(?!\d)(?:{main}\d{{1,4}}(?!\d))?" for sep in data["group"]]
    return "|".join([foreign, *grouped, rf"\d{{1,{_LONGEST}}}(?:[{decimal}]\d{{1,6}}(?!\d))?(?!\d)"])


def _run(lang: str) -> str:
    words = table(lang, "numerals")["words"]
    parts = _alternatives(words["parts"])
    return rf"(?:{parts})(?:{words['joint']}(?:{parts})(?!\w)){{0,14}}"


def _letter(letters: Mapping[str, float], rule: Mapping[str, Any]) -> str:
    """A letter for a scale right after figures ("2,5 M€", "120k"); some only next to a currency."""
    every = _alternatives(letters)
    free = _alternatives([letter for letter in letters if letter not in rule["money_only"]])
    currency = r"\s?(?:[€$£¥]|[A-Z]{3}\b|C\$|CA\$)"
    return rf"\s?(?P<letter>(?:{every})(?={currency})|(?:{free})(?={rule['follow']}))"


def pattern(lang: str) -> str:
    """A regular expression without groups for a plain small number, in figures or in words."""
    return rf"\d{{1,3}}|{_run(lang)}"


def value(words: str, lang: str) -> float | None:
    """The value of a number that `pattern` matched; None where the words make none."""
    if words[:1].isdecimal():
        return float(words)
    return _spelled(words, lang)


def _spelled(words: str, lang: str) -> float | None:
    try:
        return float(text2num(words, lang))
    except ValueError:
        return None


def unit_link(lowered: str, end: int, lang: str) -> int:
    """Where the unit of a fraction that ends at `end` begins: after "of a" in "a quarter of a point"."""
    match = _grammar(lang).fraction.unit_link.match(lowered, end)
    return match.end() if match else end


def is_word(word: str, lang: str) -> bool:
    """Whether the word (in lower case) is one that spelled numbers are made of."""
    return word in _grammar(lang).triggers


def find(text: str, lowered: str, lang: str) -> list[Numeral]:
    """The numbers of the text, in order, none overlapping.  `lowered`: its plain view."""
    grammar = _grammar(lang)
    triggers = grammar.triggers
    found: list[Numeral] = []
    end = 0
    for match in _WORD.finditer(lowered):
        word, start = match[0], match.start()
        if start < end:
            continue
        if word in triggers:
            _word(lowered, grammar, word, start, found)
        elif word[0].isdecimal():
            _number(text, lowered, grammar, start, found)
        if found:
            end = max(end, found[-1].span.end)
    return found


def _number(text: str, lowered: str, grammar: _Grammar, start: int, found: list[Numeral]) -> None:
    """Figures at `start`, with their scale."""
    match = grammar.figures.match(lowered, start)
    if match is None or _STUCK_BEFORE.search(lowered, max(0, start - 2), start):
        return
    end = match.end()
    if _STUCK_AFTER.match(lowered, end):
        return
    written = match[0]
    number, grouped, decimal = _reading(written, grammar)
    numeral = Numeral(Span(start, end), number, "figures", grouped=grouped, decimal=decimal)
    found.append(_scaled(text, lowered, grammar, numeral))


def _reading(written: str, grammar: _Grammar) -> tuple[float, bool, bool]:
    """The value of figures, whether they are grouped, and whether they have a decimal part."""
    data = table(grammar.lang, "numerals")["figures"]
    main = data["decimal"][0]
    if written.count(main) > 1:
        return float(written.replace(main, "")), True, False
    for sep in data["group"]:
        head, _, tail = written.partition(main)
        groups = head.split(sep)
        if len(groups) > 1 and all(len(g) == 3 for g in groups[1:]) and len(groups[0]) <= 3:
            return float("".join(groups) + (f".{tail}" if tail else "")), True, bool(tail)
    for mark in data["decimal"]:
        written = written.replace(mark, ".")
    return float(written), False, "." in written


def _scaled(text: str, lowered: str, grammar: _Grammar, numeral: Numeral) -> Numeral:
    """The numeral with the scale that follows it, if any."""
    end = numeral.span.end
    scale, linked = 1.0, False
    number = numeral.value
    half = grammar.and_half.match(lowered, end)
    if half and grammar.scale.match(lowered, half.end()):  # "one and a half million"
        number, end = number + 0.5, half.end()
    if match := grammar.scale.match(lowered, end):
        scale, end = grammar.scales[match["scale"]], match.end()
        linked = scale >= _LINKED
    elif numeral.kind == "figures" and (match := _letter_after(text, grammar, numeral.span)):
        scale, linked, end = grammar.letters[match["letter"]], True, match.end()
    result = number * scale
    if half := grammar.and_half.match(lowered, end):
        result, end = result + scale / 2, half.end()
    kind: Kind = "words" if numeral.kind == "one" and end > numeral.span.end else numeral.kind
    return replace(numeral, span=Span(numeral.span.start, end), value=result, scale=scale, linked=linked, kind=kind)


def _letter_after(text: str, grammar: _Grammar, span: Span) -> re.Match[str] | None:
    """The letter that scales figures: any of them beside a currency ("€45.6m"), else those that can be nothing else."""
    if text[span.start - 1 : span.start] in _SIGNS and span.start:
        return grammar.money_letter.match(text, span.end)
    return grammar.letter.match(text, span.end)


def _word(lowered: str, grammar: _Grammar, word: str, start: int, found: list[Numeral]) -> None:
    """A number word at `start`: a spelled number, a collective, a fraction, a half before a unit."""
    if start and (lowered[start - 1] == "-" and not _half_before(lowered, start, grammar, word)):
        return
    if word in grammar.collectives:
        _collective(lowered, grammar, word, start, found)
    elif word in grammar.fractions and _fraction(lowered, grammar, word, start, found):
        return
    elif word in grammar.fraction.half_words:
        _half(lowered, grammar, start, found)
    elif word in grammar.needs_article:
        article = grammar.article.search(lowered, max(0, start - _LOOKBACK), start)
        if article:
            _article_run(lowered, grammar, article.start(), start, found)
    else:
        _spelled_run(lowered, grammar, start, found)


def _half_before(lowered: str, start: int, grammar: _Grammar, word: str) -> bool:
    """Whether the hyphen before `start` joins it to a number: "demi-douzaine", "two-thirds"."""
    if word in grammar.collectives:
        return grammar.collective.half.search(lowered, max(0, start - _LOOKBACK), start) is not None
    return word in grammar.fractions


def _article_run(lowered: str, grammar: _Grammar, begin: int, start: int, found: list[Numeral]) -> None:
    """ "a hundred", "a thousand and one", "a million"."""
    match = grammar.run.match(lowered, start)
    number = _spelled(f"one {match[0]}", grammar.lang) if match else None
    if match and number is not None:
        numeral = Numeral(Span(begin, match.end()), number, "words")
        found.append(_scaled("", lowered, grammar, numeral))
        return
    scale = grammar.scale.match(lowered, start - 1)
    if scale:
        numeral = Numeral(Span(begin, start - 1), 1.0, "words")
        found.append(_scaled("", lowered, grammar, numeral))


def _spelled_run(lowered: str, grammar: _Grammar, start: int, found: list[Numeral]) -> None:
    """The spelled number at `start`: as many words of the run as make one number."""
    match = grammar.run.match(lowered, start)
    if match is None:
        return
    end = match.end()
    while end > start:
        words = lowered[start:end]
        number = _spelled(words, grammar.lang)
        if number is not None:
            kind: Kind = "one" if words in grammar.ones else "words"
            found.append(_scaled("", lowered, grammar, Numeral(Span(start, end), number, kind)))
            return
        joints = list(grammar.joint.finditer(lowered, start, end))
        end = joints[-1].start() if joints else start


def _collective(lowered: str, grammar: _Grammar, word: str, start: int, found: list[Numeral]) -> None:
    """ "une vingtaine", "deux douzaines", "une dizaine de millions"; without a number before it, it is vague."""
    rule = grammar.collective
    number, approximate = grammar.collectives[word]
    end = start + len(word)
    floor = max(0, start - _LOOKBACK)
    half = rule.half.search(lowered, floor, start)
    article = rule.article.search(lowered, floor, start)
    last = found[-1] if found else None
    if half:
        begin, number = half.start(), number / 2
    elif last and last.span.end == start - 1 and last.kind in {"figures", "words"}:
        begin, number = last.span.start, number * last.value
    elif article:
        begin = article.start()
    else:
        return
    if last and last.span.end > begin:
        found.pop()
    scale = rule.scale.match(lowered, end)
    if scale:
        number, end = number * rule.scales[scale["scale"]], scale.end()
    found.append(
        Numeral(
            Span(begin, end),
            number,
            "collective",
            approximate=approximate,
            linked=True,
            needs_noun=word in rule.need_noun,
        )
    )


def _fraction(lowered: str, grammar: _Grammar, word: str, start: int, found: list[Numeral]) -> bool:
    """ "deux tiers", "un quart", "la moitié", "a third of", "half of the"; whether there was one."""
    rule = grammar.fraction
    end = start + len(word)
    if rule.refused.match(lowered, end):
        return False
    parted = rule.part.match(lowered, end) is not None
    floor = max(0, start - _LOOKBACK)
    last = _number_before(lowered, grammar, start, found)
    article = grammar.article.search(lowered, floor, start)
    if last and last.scale == 1 and 1 <= last.value <= 1000:
        if last.value == 1 and word in rule.ordinals and not parted:
            found.append(last)
            return False
        begin, above = last.span.start, last.value
    elif article and (
        rule.article_before.search(lowered, floor, article.start())
        or (word not in rule.half_words and (parted or _ends_there(lowered, end)))
    ):
        begin, above = article.start(), 1.0
    elif word in rule.alone and not rule.refused_before.search(lowered, floor, start):
        before, after = rule.alone_before.search(lowered, floor, start), rule.alone_after.match(lowered, end)
        if not before and not after:
            return False
        begin, above = start, 1.0
    else:
        return False
    outer = rule.article.search(lowered, max(0, begin - 5), begin)
    if outer:
        begin = outer.start()
    numeral = Numeral(Span(begin, end), above / grammar.fractions[word], "fraction", linked=True)
    link = rule.scale_link.match(lowered, end)
    if link:  # "a quarter of a million": the scale is the fraction's
        numeral = replace(numeral, span=Span(begin, link.end() - 1))
        scaled = _scaled("", lowered, grammar, numeral)
        numeral = replace(scaled, kind="words") if scaled.scale > 1 else replace(numeral, span=Span(begin, end))
    found.append(numeral)
    return True


def _number_before(lowered: str, grammar: _Grammar, start: int, found: list[Numeral]) -> Numeral | None:
    """The number right before a denominator, taken from `found`, or read where a hyphen joins it: "two-thirds"."""
    if found and found[-1].span.end == start - 1 and found[-1].kind in {"words", "one", "figures"}:
        return found.pop()
    joined = _JOINED.search(lowered, max(0, start - _LOOKBACK), start)
    number = _spelled(joined[1], grammar.lang) if joined else None
    return Numeral(Span(joined.start(), start - 1), number, "words") if joined and number is not None else None


def _ends_there(lowered: str, end: int) -> bool:
    return end >= len(lowered) or lowered[end] in ".,;:!?)\n"


def _half(lowered: str, grammar: _Grammar, start: int, found: list[Numeral]) -> None:
    """ "une demi-heure", "half a mile", "half a million"."""
    floor = max(0, start - 5)
    for place in sorted({floor, start}):
        match = grammar.fraction.half.search(lowered, place, min(len(lowered), start + 12))
        if match and match.start() <= start < match.end():
            break
    else:
        return
    if found and found[-1].span.end > match.start():
        found.pop()
    numeral = Numeral(Span(match.start(), match.end() - 1), 0.5, "fraction", needs_unit=True)
    scaled = _scaled("", lowered, grammar, numeral)
    found.append(replace(scaled, kind="words", needs_unit=False) if scaled.scale > 1 else numeral)
