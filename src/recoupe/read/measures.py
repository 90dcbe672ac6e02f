"""Units of measure and money: what stands right after a number, or right before it ("€90,000").

Symbols are the same in all languages (`data/units.toml`, `data/currencies.toml`); words are each language's
(`<language>/units.toml`).  Money is reported by its ISO 4217 code.  Where several currencies share a sign or a word,
the places that the article names decide, else the commonest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, NamedTuple

from recoupe.read.tables import table

Kind = Literal["percent", "money", "measure", "duration", "noun"]

_SAID = 60  # characters before a number in which words show that it is money
_PERCENT = frozenset({"%", "‰"})
_WORD = re.compile(r"[^\W\d_]+")


class Measure(NamedTuple):
    """A unit in the text: where it ends and what is reported; its number is multiplied by `factor`, `plus` added."""

    end: int
    unit: str
    kind: Kind
    factor: float = 1.0
    plus: float = 0.0


@dataclass(frozen=True, slots=True)
class _Places:
    """The words that tell a currency's country, as they begin in a text in small letters."""

    words: Sequence[str]
    pattern: re.Pattern[str]

    def count(self, lowered: str) -> int:
        """How often one begins in the text.  Looking for mere letters first spares most texts a slow search."""
        return len(self.pattern.findall(lowered)) if any(word in lowered for word in self.words) else 0


@dataclass(frozen=True, slots=True)
class _Grammar:
    lang: str
    symbols: Mapping[str, str]
    symbol: re.Pattern[str]
    sign_before: re.Pattern[str]
    signs: Mapping[str, Sequence[str]]
    word: re.Pattern[str]
    words: Mapping[str, tuple[str, Kind]]
    money: Mapping[str, Sequence[str]]
    cents: Mapping[str, str]
    plural: str
    cues: Mapping[str, _Places]
    money_said: re.Pattern[str]
    attached: Mapping[str, str]
    hours: Mapping[str, re.Pattern[str]]
    durations: frozenset[str]


def _alternatives(words: Sequence[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) or "(?!)"


@cache
def _grammar(lang: str) -> _Grammar:
    data, shared, money = table(lang, "units"), table("data", "units"), table("data", "currencies")
    signs: dict[str, Sequence[str]] = {**money["signs"], **{code: [code] for code in money["codes"]["codes"]}}
    durations = frozenset(data["nouns"]["durations"])
    words: dict[str, tuple[str, Kind]] = {}
    for word in data["nouns"]["words"]:
        words[word] = (word, "duration" if word in durations else "noun")
    for word, unit in data["measures"].items():
        words[word] = (unit, "percent" if unit in _PERCENT else "duration" if unit in durations else "measure")
    plural, links = str(data["plurals"]["word_mark"]), data["nouns"]["links"]
    plain = [_plural(w, plural) for w in sorted({*words, *data["money"], *data["cents"]}, key=lambda w: (-len(w), w))]
    return _Grammar(
        lang=lang,
        symbols=shared["symbols"],
        symbol=re.compile(
            rf"[\s\u00a0\u202f]?-?(?:(?P<sign>{_alternatives(list(signs))})|(?P<symbol>{_alternatives(list(shared['symbols']))}))(?![^\W\d_]|['’])"
        ),
        sign_before=re.compile(rf"(?<![^\W\d_])(?P<sign>{_alternatives(list(signs))})[\s\u00a0\u202f]?$"),
        signs=signs,
        word=re.compile(rf"[ \n-](?:{_alternatives(links)})?(?P<word>{'|'.join(plain) or '(?!)'})(?![\w])(?!-[^\W\d])"),
        words=words,
        money=data["money"],
        cents=data["cents"],
        plural=plural,
        cues={
            code: _Places(places, re.compile("|".join(rf"(?<!\w){re.escape(place)}" for place in places)))
            for code, places in data["cues"].items()
        },
        money_said=re.compile(data["money_said"]["before"]),
        attached=data["attached"],
        hours={key: re.compile(value) for key, value in data["hours"].items()},
        durations=durations,
    )


def _plural(words: str, mark: str) -> str:
    """The words with the mark of the plural allowed at the end of each that may take one."""
    may = rf"(?:{re.escape(mark)})?" if mark else ""
    return " ".join(re.escape(w) + ("" if w.endswith(("s", "x")) else may) for w in words.split(" "))


@dataclass(slots=True)
class Measures:
    """The units of one article.  `text` as stored, `lowered` its plain view."""

    text: str
    lowered: str
    lang: str
    last_money: str | None = None
    _chosen: dict[tuple[str, ...], str] = field(default_factory=dict)

    def after(self, start: int) -> Measure | None:
        """The unit that stands at `start`, right after a number."""
        return self._hours(start) or self._symbol(start) or self._attached(start) or self._word(start)

    def before(self, start: int) -> tuple[int, str] | None:
        """The sign of money right before a number ("€ 90 000"): where it begins, and its currency."""
        match = _grammar(self.lang).sign_before.search(self.text, max(0, start - 8), start)
        return (match.start(), self._currency(_grammar(self.lang).signs[match["sign"]])) if match else None

    def is_clock(self, start: int, end: int) -> bool:
        """Whether hours at `start` to `end` are a time of day by the words around them."""
        hours = _grammar(self.lang).hours
        if hours["day_parts"].match(self.lowered, end) or hours["span"].match(self.lowered, end):
            return True
        if hours["away"].match(self.text, end):
            return False
        return hours["clock"].search(self.lowered, max(0, start - 30), start) is not None

    def _hours(self, start: int) -> Measure | None:
        grammar = _grammar(self.lang)
        match = grammar.hours["pattern"].match(self.lowered, start)
        if match is None:
            return None
        minute = match.groupdict().get("minute")
        half = grammar.hours["and_half"].match(self.lowered, match.end())
        end = half.end() if half else match.end()
        return Measure(end, "h", "duration", plus=0.5 if half else int(minute) / 60 if minute else 0.0)

    def _symbol(self, start: int) -> Measure | None:
        grammar = _grammar(self.lang)
        match = grammar.symbol.match(self.text, start)
        if match is None:
            return None
        if match["sign"]:
            return Measure(match.end(), self._currency(grammar.signs[match["sign"]]), "money")
        unit = grammar.symbols[match["symbol"]]
        if unit == "s" and match.end() == start + 1:
            return None  # "the 1960s", "in her 20s"
        kind: Kind = "percent" if unit in _PERCENT else "duration" if unit in grammar.durations else "measure"
        return Measure(match.end(), unit, kind)

    def _attached(self, start: int) -> Measure | None:
        """A letter right after figures that is a unit in this language ("-4C", "40p")."""
        grammar = _grammar(self.lang)
        unit = grammar.attached.get(self.text[start : start + 1])
        if unit is None or self.text[start + 1 : start + 2].isalnum():
            return None
        if unit not in grammar.cues:
            return Measure(start + 1, unit, "measure")
        said = self.last_money == unit or grammar.cues[unit].count(self.lowered)
        return Measure(start + 1, unit, "money", factor=0.01) if said else None

    def _word(self, start: int) -> Measure | None:
        grammar = _grammar(self.lang)
        match = grammar.word.match(self.lowered, start)
        if match is None:
            return None
        written = match["word"]
        half = grammar.hours["and_half"].match(self.lowered, match.end())
        end, plus = (half.end(), 0.5) if half else (match.end(), 0.0)
        for word in _singulars(written, grammar.plural):
            if word in grammar.cents:
                return Measure(end, self.last_money or grammar.cents[word], "money", factor=0.01)
            if word in grammar.money:
                code = self._currency(grammar.money[word])
                if not code and grammar.money_said.search(self.lowered, max(0, start - _SAID), start):
                    code = grammar.money[word][1]
                if code:
                    return Measure(end, code, "money", plus=plus)
            if word in grammar.words:
                unit, kind = grammar.words[word]
                return Measure(end, unit, kind, plus=plus)
        return None

    def _currency(self, codes: Sequence[str]) -> str:
        """The one of the currencies whose places the article names most, else the first."""
        if len(codes) == 1:
            return codes[0]
        key = tuple(codes)
        if key not in self._chosen:
            cues = _grammar(self.lang).cues
            counts = {code: cues[code].count(self.lowered) for code in codes if code in cues}
            best = max(codes, key=lambda code: (counts.get(code, 0), -codes.index(code)))
            self._chosen[key] = best
        return self._chosen[key]


def _singulars(written: str, mark: str) -> list[str]:
    """The words as they may stand in the data: as written, and with the mark of the plural of each taken off."""
    words = re.split(r"[ \n]", written)
    bare = [w.removesuffix(mark) for w in words]
    return [written, " ".join(bare), " ".join([*words[:-1], bare[-1]]), " ".join([bare[0], *words[1:]])]


def singular(noun: str, lang: str) -> str:
    """The singular of a noun or adjective, as far as rules and lists tell; parts of a compound each."""
    rules: Mapping[str, Any] = table(lang, "units")["plurals"]
    joint = str(rules["number_joint"])
    if joint and joint in noun:
        return joint.join(singular(part, lang) for part in noun.split(joint))
    low = noun.lower()
    if low in _invariable(lang):
        return noun
    if low in rules["irregular"]:
        found = str(rules["irregular"][low])
        return found.capitalize() if noun[0].isupper() else found
    for ending, stem in rules["endings"]:
        if low.endswith(ending) and len(low) > len(ending):
            return noun[: len(noun) - len(ending)] + str(stem)
    return noun


@cache
def _invariable(lang: str) -> frozenset[str]:
    return frozenset(table(lang, "units")["plurals"]["invariable"])


def is_plural(word: str, lang: str) -> bool:
    """Whether a word in lower case may be a plural noun by its form."""
    rules = table(lang, "units")["plurals"]
    if word in rules.get("not_plural", ()):
        return False
    if word in rules["irregular"] or word in _invariable(lang):
        return True
    return len(word) > 2 and word.endswith(tuple(rules["marks"]))
