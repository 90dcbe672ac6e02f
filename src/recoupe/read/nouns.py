"""The noun that a number counts: where it ends in the text, and its singular, as the unit of a quantity.

Without a parse: the words after the number are taken for what function words, adjectives and plural forms show them to
be (`<language>/quantities.toml`, `[nouns]`).  In a language whose adjectives follow, those that tell the kind counted
belong to the unit ("voix électorale"), the others stay outside ("citoyens maliens"); in one whose adjectives precede,
all are in the span, and names among them are not in the unit ("Two Ostrian lenders": "lender").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from recoupe.read.measures import is_plural, singular
from recoupe.read.numerals import is_word as is_number
from recoupe.read.tables import table

_TOKEN = re.compile(r"(?:[ \n]|(?<='))(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)(?P<after>['’]?)")
_MOST_WORDS = 5  # words from number to head noun that are looked at


class Noun(NamedTuple):
    """A counted noun: where it ends, and the unit it makes.  `pointing`: only "autres" and the like, no noun."""

    end: int
    unit: str


@dataclass(frozen=True, slots=True)
class _Lexicon:
    lang: str
    function_words: frozenset[str]
    pointing: frozenset[str]
    describing: frozenset[str]
    classifying: frozenset[str]
    no_complement: frozenset[str]
    no_count: frozenset[str]
    complement: re.Pattern[str]
    complement_capital: frozenset[str]
    link: re.Pattern[str]
    participles: frozenset[str]
    participle_unit: str
    head_first: bool
    capitals_dropped: bool
    hyphenated: re.Pattern[str]
    participle_phrase: re.Pattern[str]


@cache
def _lexicon(lang: str) -> _Lexicon:
    data: Mapping[str, Any] = table(lang, "quantities")["nouns"]

    def words(key: str) -> frozenset[str]:
        return frozenset(data[key])

    def regex(key: str) -> re.Pattern[str]:
        return re.compile(str(data[key]))

    return _Lexicon(
        lang=lang,
        function_words=words("function_words"),
        pointing=words("pointing"),
        describing=words("describing"),
        classifying=words("classifying"),
        no_complement=words("no_complement"),
        no_count=words("no_count"),
        complement=regex("complement"),
        complement_capital=words("complement_capital"),
        link=regex("link"),
        participles=words("participles"),
        participle_unit=str(data["participle_unit"]),
        head_first=data["head"] == "first",
        capitals_dropped=bool(data["capitals_dropped"]),
        hyphenated=regex("hyphenated"),
        participle_phrase=regex("participle_phrase"),
    )


def counted(text: str, lowered: str, start: int, lang: str, *, plural: bool, linked: bool = False) -> Noun | None:
    """The noun counted by a number that ends at `start`; `plural`: the number takes one, `linked`: by "de"."""
    lexicon = _lexicon(lang)
    link = lexicon.link.match(lowered, start) if linked else None
    if link:
        start = link.end() - (lowered[link.end() - 1] == " ")
    elif linked and lexicon.head_first:
        return None  # "0,65 million avancés": after a scale the noun follows with "de" or is not there
    find = _head_first if lexicon.head_first else _head_last
    return find(text, lowered, start, lexicon, plural)


def is_uncounted(unit: str, lang: str) -> bool:
    """Whether a noun with a number is no quantity ("3 dimensions")."""
    return unit.split(" ")[0] in _lexicon(lang).no_count


def is_linked(lowered: str, start: int, lang: str) -> bool:
    """Whether the "de" of a large number stands at `start`: "2 700 000 de Libyens"."""
    return _lexicon(lang).link.match(lowered, start) is not None


def is_participle(lowered: str, start: int, lang: str) -> bool:
    """Whether the word at `start` is a participle with a complement, no noun: "assortis du sursis"."""
    return _lexicon(lang).participle_phrase.match(lowered, start) is not None


def participle(lowered: str, start: int, lang: str) -> str | None:
    """The unit where a participle that counts people follows the number: "30 injured"."""
    match = _TOKEN.match(lowered, start)
    lexicon = _lexicon(lang)
    return lexicon.participle_unit if match and match["word"] in lexicon.participles else None


def hyphenated(lowered: str, start: int, lang: str) -> Noun | None:
    """The noun joined to a number by a hyphen: "five-year", "12-member"."""
    match = _lexicon(lang).hyphenated.match(lowered, start)
    return Noun(match.end(), match["noun"]) if match else None


def _head_first(text: str, lowered: str, start: int, lexicon: _Lexicon, plural: bool) -> Noun | None:
    """Adjectives that come before, the noun, then those that tell its kind or a bare complement."""
    kept: list[str] = []
    place, seen = start, 0
    while match := _TOKEN.match(lowered, place):
        word = match["word"]
        if word in lexicon.function_words or match["after"]:
            return None
        if word in lexicon.pointing or word in lexicon.describing:
            if seen >= 3:
                return None
            if word in lexicon.describing:
                kept.append(singular(word, lexicon.lang))
            place, seen = match.end(), seen + 1
            continue
        written = text[match.start("word") : match.end("word")]
        if not _is_noun(word, written, lexicon, plural, bool(seen)):
            return None
        return _with_complement(text, lowered, match, [*kept, singular(written, lexicon.lang)], lexicon)
    return None


def _is_noun(word: str, written: str, lexicon: _Lexicon, plural: bool, described: bool) -> bool:
    """A plural form after a number that takes one, or a name, which takes no plural ("deux Boeing")."""
    if len(word) < 2:
        return False
    if not plural:
        return True
    return is_plural(word, lexicon.lang) or (written[0].isupper() and (described or not written.isupper()))


def _with_complement(text: str, lowered: str, head: re.Match[str], unit: list[str], lexicon: _Lexicon) -> Noun:
    end = head.end("word")
    adjective = _TOKEN.match(lowered, end)
    while adjective and adjective["word"] in lexicon.classifying and not adjective["after"]:
        unit = [*unit, singular(adjective["word"], lexicon.lang)]
        end = adjective.end("word")
        adjective = _TOKEN.match(lowered, end)
    if unit[-1].lower() in lexicon.no_complement or end != head.end("word"):
        return Noun(end, " ".join(unit))
    complement = lexicon.complement.match(lowered, end)
    if complement:
        noun = text[complement.start("noun") : complement.end("noun")]
        if is_number(noun.lower(), lexicon.lang):
            return Noun(end, " ".join(unit))
        if noun[0].islower() or noun in lexicon.complement_capital:
            link = text[end : complement.start("noun")].lstrip().replace("’", "'").replace("\n", " ")
            after = _TOKEN.match(lowered, complement.end())
            unit, end = [*unit, link + noun], complement.end()
            if after and after["word"] in lexicon.classifying:
                unit, end = [*unit, singular(after["word"], lexicon.lang)], after.end("word")
    return Noun(end, " ".join(unit))


def _head_last(text: str, lowered: str, start: int, lexicon: _Lexicon, plural: bool) -> Noun | None:
    """The first plural noun among the words that follow (or the first noun after "one")."""
    kept: list[str] = []
    place = start
    for _ in range(_MOST_WORDS):
        match = _TOKEN.match(lowered, place)
        if match is None or match["word"] in lexicon.function_words:
            return None
        word = match["word"]
        written = text[match.start("word") : match.end("word")]
        whole = not plural or (is_plural(word, lexicon.lang) and not _modifies(lowered, match, lexicon))
        if word not in lexicon.pointing and whole:
            return Noun(match.end("word"), " ".join([*kept, singular(written, lexicon.lang)]))
        if match["after"]:
            return None
        if word not in lexicon.pointing and not (lexicon.capitals_dropped and written[0].isupper()):
            kept.append(written)
        place = match.end("word")
    return None


def _modifies(lowered: str, match: re.Match[str], lexicon: _Lexicon) -> bool:
    """Whether a noun that is its own plural stands before another: "1,500 police officers"."""
    after = _TOKEN.match(lowered, match.end("word")) if singular(match["word"], lexicon.lang) == match["word"] else None
    return after is not None and after["word"] not in lexicon.function_words and is_plural(after["word"], lexicon.lang)
