"""The frames of credits: a language's `credits.toml`, compiled.

A lead is the words before a slot, a tail those after it; `spelled` says how they are written.  Leads of all frames are
tried at once, as one pattern whose common beginnings are shared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any, NamedTuple

from recoupe.read.roles import roles
from recoupe.read.tables import table
from recoupe.read.words import plain

_Node = dict[str, "_Node"]  # the words that may follow a word

SHORT_GAP = 3  # words that "*" may stand for in a lead
LONG_GAP = 6  # the same before the name of a network
ACRONYM = 40  # characters in a bracket at a line's end


class Frame(NamedTuple):
    """A frame's name, and the kind of what stands in its slot where nothing else says it."""

    name: str
    kind: str
    said: bool = False  # only in a sentence in which something is said
    told: bool = False  # X is told something: there a name with the article of a title is an outlet's
    only: tuple[str, ...] = ()  # the kinds that X may be of
    number: bool = False  # only before a number
    bodies: bool = False  # X may be a body without a name ("les résultats publiés par la commission électorale")
    unless: tuple[str, ...] = ()  # words right after X, with which the frame does not hold
    sure: bool = False  # X must not be a common word too ("à Marianne")
    measurer: bool = False  # a noun right before X says that it is a body that counts or polls ("du *cabinet* X")


@dataclass(frozen=True)
class Slots:
    """Frames in running text."""

    before: re.Pattern[str]  # the words before a slot; `by_lead` and `wild` say of which frame they are
    by_lead: dict[str, Frame]
    wild: tuple[tuple[re.Pattern[str], Frame], ...]
    after: re.Pattern[str]  # the words after a name; `by_tail` says of which frame they are
    by_tail: dict[str, Frame]
    networks: re.Pattern[str]  # the names of networks, and the words before them:
    posted: re.Pattern[str]  # where something is said
    shared: re.Pattern[str]  # anywhere: "a video posted on"
    posts: re.Pattern[str]  # a post, after the name of a network: "a Facebook *post*"
    posting: re.Pattern[str]  # a network with such words right before it


@dataclass(frozen=True)
class Lines:
    """Lines that credit the whole article."""

    sources: re.Pattern[str]  # "Sources :"
    with_: re.Pattern[str]  # "Avec"
    ending: re.Pattern[str]  # "... avec X" at a line's end
    closing: re.Pattern[str]  # brackets at a line's end
    credited: re.Pattern[str]  # the same with words that say what they hold: "(avec X)", "(source : X)"
    split: re.Pattern[str]  # what parts the names of a line
    ignore: frozenset[str]


@dataclass(frozen=True)
class Sources:
    """Cues and documents of attributions."""

    according: frozenset[str]  # cues; after `weak` ones only proper names
    weak: frozenset[str]
    dative: frozenset[str]  # before who was told
    channel: re.Pattern[str]  # "in a statement"; the group is the document
    adjectives: frozenset[str]  # participles that belong to a document's name
    addressed: frozenset[str]  # participles before whom a document is for
    measuring: frozenset[str]  # forms of verbs by which a body gives a figure
    having: frozenset[str]  # of these, forms that may as well say what a body has
    estimating: frozenset[str]  # of these, forms by which any body that has a name gives one
    complementisers: frozenset[str]  # words that open a clause: "estime *que*"
    published: re.Pattern[str]  # the verb before a document that is given out
    given_out: frozenset[str]  # participles after a document that say where it can be read
    dated: re.Pattern[str]  # what comes before a document's date
    always: frozenset[str]  # documents in which something is always said
    titled: frozenset[str]  # words between a document and its title
    carriers: frozenset[str]  # words between a document and the outlet that it stands in


@dataclass(frozen=True)
class Nouns:
    """What a noun says of the name beside it, or of the body that it names."""

    kinds: dict[str, str]  # noun -> kind of the name after it; words of `between` may stand there too
    between: frozenset[str]
    no_press: frozenset[str]  # beside "agency": it is none of the press
    documents: frozenset[str]
    counts: frozenset[str]
    own: frozenset[str]  # the newspaper's, after "our"; `own_shown` after "this"
    own_shown: frozenset[str]
    measurer: re.Pattern[str]  # nouns of bodies that count or poll; `right_before` their name
    right_before: re.Pattern[str]
    counting: frozenset[str]  # words for bodies that count as their business, beside much else


@dataclass(frozen=True)
class Frames:
    """The frames of a language, compiled."""

    slots: Slots
    lines: Lines
    sources: Sources
    nouns: Nouns


@cache
def frames(lang: str) -> Frames:
    """The frames of a language, loaded and compiled once."""
    data = table(lang, "credits")
    return Frames(
        _slots(data, roles(lang).possessives),
        _lines(data["signature"]),
        _sources(data["attribution"]),
        _nouns(data["nouns"], lang),
    )


def _slots(data: Mapping[str, Any], possessives: Iterable[str]) -> Slots:
    by_lead: dict[str, Frame] = {}
    by_tail: dict[str, Frame] = {}
    wild: dict[Frame, list[str]] = defaultdict(list)
    networks: dict[bool, list[str]] = {True: [], False: []}  # by whether something must be said
    for entry in data["frame"]:
        frame = _frame(entry)
        by_tail |= dict.fromkeys((form for tail in entry.get("tail", ()) for form in spelled(tail)), frame)
        forms = (form for words in entry["lead"] for form in spelled(words))
        for lead in _contracted(forms, data["contractions"]):
            if frame.kind == "social":
                networks[frame.said].append(lead)
            elif "*" in lead:
                wild[frame].append(lead)
            else:
                by_lead[lead] = frame
    names = _any(table("data", "networks")["names"])
    bare = _any(lead for lead in {*networks[True], *networks[False]} if "*" not in lead)
    return Slots(
        before=re.compile(rf"\b({_tree(by_lead)})(?: |(?<='))(?=\S)"),
        by_lead=by_lead,
        wild=tuple((re.compile(rf"\b(?:{_tree(leads)}) "), frame) for frame, leads in wild.items()),
        after=re.compile(rf"(?:{_any(possessives)})? ({_tree(by_tail)})(?: |\b)"),
        by_tail=by_tail,
        networks=re.compile(rf"\b(?:{names})\b(?![-'])"),
        posted=_ending(networks[True], SHORT_GAP),
        shared=_ending(networks[False], LONG_GAP),
        posts=re.compile(rf" (?:{_any(data['nouns']['post'])})\b"),
        posting=re.compile(rf"\b(?:{bare}) (?:{names})\b", re.IGNORECASE),
    )


def _frame(entry: Mapping[str, Any]) -> Frame:
    said, told, number, bodies = (entry.get(key, False) for key in ("said", "told", "number", "bodies"))
    only, unless = tuple(entry.get("only", ())), tuple(w for v in entry.get("unless", ()) for w in spelled(v))
    sure, measurer = entry.get("sure", False), entry.get("measurer", False)
    return Frame(entry["name"], entry["kind"], said, told, only, number, bodies, unless, sure, measurer)


def _lines(signature: Mapping[str, Any]) -> Lines:
    sources, with_, and_ = (_any(signature[kind]) for kind in ("sources", "with", "and"))
    ends = re.IGNORECASE | re.MULTILINE
    return Lines(
        sources=re.compile(rf"\s*[(\[]?\s*(?:{sources})\s?:\s*", re.IGNORECASE),
        with_=re.compile(rf"\s*[(\[]?\s*(?:{with_}) ", re.IGNORECASE),
        ending=re.compile(rf"[\s(](?:{with_}) ([^.!?:;()\n]{{2,{ACRONYM}}})\)?\s*$", re.IGNORECASE),
        closing=re.compile(rf"\((?:(?:{with_}) )?([^()\n]{{2,{ACRONYM}}})\)[ \t]*$", ends),
        credited=re.compile(
            rf"[^\s][ \t]\((?:(?:{with_}) |(?:{sources})\s?:\s*)([^()\n]{{2,{ACRONYM}}})\)[ \t]*$", ends
        ),
        split=re.compile(rf"\s*(?:[,;/|•]|\s:\s|\b(?:{and_})\b)\s*"),
        ignore=frozenset(signature["ignore"]),
    )


def _sources(attribution: Mapping[str, Any]) -> Sources:
    channel, documents = _any(attribution["channel"]), _any(attribution["documents"])
    return Sources(
        according=frozenset(plain(w) for w in attribution["according"]),
        weak=frozenset(attribution["weak"]),
        dative=frozenset(attribution["dative"]),
        channel=re.compile(rf"\b(?i:{channel}) (?P<before>\w+ )??({documents})\b"),
        dated=re.compile(
            rf"\b(?:{_any(form for word in attribution.get('dated', ()) for form in spelled(word))})(?= )"
        ),
        given_out=frozenset(form for word in attribution["given_out"] for form in spelled(word)),
        adjectives=frozenset(attribution["adjectives"]),
        addressed=frozenset(attribution["addressed"]),
        measuring=frozenset(attribution["measuring"].split()),
        having=frozenset(attribution["having"].split()),
        estimating=frozenset(attribution["estimating"].split()),
        complementisers=frozenset(attribution.get("complementisers", ())),
        published=re.compile(rf"\b(?:{_any(attribution['published'])}) (?=\w)", re.IGNORECASE),
        always=frozenset(attribution["always"]),
        titled=frozenset(form for word in attribution["titled"] for form in spelled(word)),
        carriers=frozenset(attribution["carriers"]),
    )


def _nouns(nouns: Mapping[str, Any], lang: str) -> Nouns:
    measurers = [*nouns["measurer"], *map(roles(lang).plural, nouns["measurer"])]
    return Nouns(
        kinds={w: kind for kind in ("organisation", "outlet", "agency") for w in nouns[kind]},
        between=frozenset(nouns["between"]),
        no_press=frozenset(nouns["no_press"]),
        documents=frozenset(nouns["document"]),
        counts=frozenset(nouns["count"]),
        own=frozenset(nouns["own"]),
        own_shown=frozenset(nouns["own_shown"]),
        measurer=re.compile(rf"\b(?:{_any(nouns['measurer'])})\b", re.IGNORECASE),
        right_before=re.compile(rf"\b(?:{_any(measurers)}) $", re.IGNORECASE),
        counting=frozenset(nouns["counting"]),
    )


def spelled(lead: str) -> list[str]:
    """The forms of a lead: "cité(e)(s) par" is four of them, "a|ont révélé" two."""
    return [" ".join(words) for words in product(*(list(_forms(word)) for word in lead.split()))]


def _forms(word: str) -> Iterable[str]:
    for form in word.split("|"):
        parts = re.split(r"\(([^()]*)\)", form)  # fixed and optional parts in turn
        endings = ((part,) if n % 2 == 0 else ("", part) for n, part in enumerate(parts))
        yield from map("".join, product(*endings))


def _contracted(leads: Iterable[str], contractions: Mapping[str, list[str]]) -> Iterable[str]:
    """The leads, and those that end in a preposition with its contractions too ("... de": "... du")."""
    for lead in leads:
        yield lead
        rest, _, last = lead.rpartition(" ")
        if rest:
            yield from (f"{rest} {other}" for other in contractions.get(last, ()))


def _ending(leads: Iterable[str], gap: int) -> re.Pattern[str]:
    """A pattern for text that ends in one of the leads, in which "*" stands for up to so many words."""

    def of(lead: str) -> str:
        return "".join(rf"(?:[\w'-]+ ){{0,{gap}}}" if w == "*" else re.escape(w) + " " for w in lead.split())

    return re.compile(rf"\b(?:{'|'.join(map(of, leads)) or '(?!)'})$", re.IGNORECASE)


def _tree(leads: Iterable[str]) -> str:
    """A pattern for any of the leads, the longest first, their common beginnings tried once.

    The first letter may be a capital; "*" stands for up to three words.
    """
    root: _Node = {}
    for lead in leads:
        node = root
        for word in lead.split():
            node = node.setdefault(word, {})
        node[""] = {}  # a lead may end here
    by_letter: dict[str, list[str]] = defaultdict(list)
    for word in sorted(root, key=lambda w: (-len(w), w)):
        by_letter[word[0]].append(re.escape(word[1:]) + _rest(root[word]))
    ways = (f"{_capital(letter)}(?:{'|'.join(rests)})" for letter, rests in sorted(by_letter.items()))
    return "|".join(ways) or "(?!)"


def _rest(node: _Node) -> str:
    """The pattern for what follows a word of a tree."""
    words = sorted((w for w in node if w), key=lambda w: (w == "*", -len(w), w))
    if not words:
        return ""
    gap = rf"(?: [\w'-]+){{0,{SHORT_GAP}}}"
    ways = ((gap if w == "*" else " " + re.escape(w)) + _rest(node[w]) for w in words)
    return f"(?:{'|'.join(ways)}){'?' if '' in node else ''}"


def _capital(letter: str) -> str:
    """A pattern for a letter that may be a capital."""
    return f"[{letter}{letter.upper()}]" if letter.isalpha() else re.escape(letter)


def _any(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) or "(?!)"
