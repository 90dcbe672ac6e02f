"""The frames of credits: a language's `credits.toml`, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from recoupe.read.tables import table
from recoupe.read.words import plain

_Node = dict[str, "_Node"]  # the words that may follow a word


class Frame(NamedTuple):
    """A frame's name, and the kind of what stands in its slot where nothing else says it."""

    name: str
    kind: str
    said: bool = False  # only in a sentence in which something is said
    told: bool = False  # X is told something: there a name with the article of a title is an outlet's
    only: tuple[str, ...] = ()  # the kinds that X may be of
    number: bool = False  # only before a number


@dataclass(frozen=True)
class Frames:
    """The frames of a language, compiled."""

    pattern: re.Pattern[str]  # the words before a slot; `by_lead` and `wild` say of which frame they are
    by_lead: dict[str, Frame]
    wild: tuple[tuple[re.Pattern[str], Frame], ...]
    networks: re.Pattern[str]  # the names of networks, and in `posted` the words before them
    posted: re.Pattern[str]  # where something is said
    shared: re.Pattern[str]  # anywhere: "a video posted on"
    published: re.Pattern[str]  # the verb before a document that is given out
    sources: re.Pattern[str]  # lines that credit the whole article: "Sources :", "Avec"; and what parts their names
    with_: re.Pattern[str]
    split: re.Pattern[str]
    ignore: frozenset[str]
    according: frozenset[str]  # cues, and after `weak` ones only proper names
    weak: frozenset[str]
    dative: frozenset[str]  # before who was told
    in_document: re.Pattern[str]  # "in a statement"; the group is the document
    adjectives: frozenset[str]  # participles that belong to a document's name
    addressed: frozenset[str]  # participles before whom a document is for
    after: re.Pattern[str]  # the words after a name; `by_tail` says of which frame they are
    by_tail: dict[str, Frame]
    closing: re.Pattern[str]  # brackets at a line's end
    nouns: dict[str, str]  # noun -> kind of the name after it; words of `between` may stand there too
    between: frozenset[str]
    documents: frozenset[str]
    counts: frozenset[str]
    own: frozenset[str]  # the newspaper's, after "our"; `own_shown` after "this"
    own_shown: frozenset[str]
    measurer: re.Pattern[str]  # nouns of bodies that count or poll; in `measuring` right before their name
    measuring: re.Pattern[str]
    measuring_cues: frozenset[str]  # forms of verbs by which a body gives a figure
    counting: frozenset[str]  # words for bodies that count as their business, beside much else
    no_press: frozenset[str]  # beside "agency": it is none of the press


@cache
def frames(lang: str) -> Frames:
    """The frames of a language, loaded and compiled once."""
    data = table(lang, "credits")
    by_lead: dict[str, Frame] = {}
    by_tail: dict[str, Frame] = {}
    wild: dict[Frame, list[str]] = {}
    posted: list[str] = []
    shared: list[str] = []
    for entry in data["frame"]:
        only = tuple(entry.get("only", ()))
        frame = Frame(
            entry["name"],
            entry["kind"],
            entry.get("said", False),
            entry.get("told", False),
            only,
            entry.get("number", False),
        )
        by_tail |= dict.fromkeys(entry.get("tail", ()), frame)
        for lead in _contracted(entry["lead"], data["contractions"]):
            if frame.kind == "social":
                (posted if frame.said else shared).append(lead)
            elif "*" in lead:
                wild.setdefault(frame, []).append(lead)
            else:
                by_lead[lead] = frame
    signature, nouns = data["signature"], data["nouns"]
    words = {kind: _any(signature[kind]) for kind in ("sources", "with", "and")}
    kinds = {w: kind for kind in ("organisation", "outlet", "agency") for w in nouns[kind]}
    attribution = data["attribution"]
    return Frames(
        pattern=re.compile(rf"\b({_tree(by_lead)})(?: |(?<='))(?=\S)"),
        after=re.compile(rf"(?:'s)? ({_tree(by_tail)})(?: |\b)"),
        by_tail=by_tail,
        in_document=re.compile(
            rf"\b(?i:{_any(attribution['channel'])}) (?:\w+ )??({_any(attribution['documents'])})\b"
        ),
        adjectives=frozenset(attribution["adjectives"]),
        addressed=frozenset(attribution["addressed"]),
        closing=re.compile(
            rf"\((?:(?:{words['with']}) (?:l'|la |le |the )?)?([^()\n]{{2,40}})\)[ \t]*$", re.IGNORECASE | re.MULTILINE
        ),
        shared=re.compile(rf"\b(?:{'|'.join(_wild(lead, 6) for lead in shared) or '(?!)'})$", re.IGNORECASE),
        by_lead=by_lead,
        networks=re.compile(rf"\b(?:{_any(table('data', 'networks')['names'])})\b(?![-'])"),
        posted=re.compile(rf"\b(?:{'|'.join(map(_wild, posted)) or '(?!)'})$", re.IGNORECASE),
        wild=tuple((re.compile(rf"\b(?:{_tree(leads)}) "), frame) for frame, leads in wild.items()),
        according=frozenset(plain(w) for w in attribution["according"]),
        dative=frozenset(attribution["dative"]),
        sources=re.compile(rf"\s*[(\[]?\s*(?:{words['sources']})\s?:\s*", re.IGNORECASE),
        with_=re.compile(rf"\s*[(\[]?\s*(?:{words['with']}) (?:l'|la |le |les |the )?", re.IGNORECASE),
        split=re.compile(rf"\s*(?:[,;/|•]|\s:\s|\b(?:{words['and']})\b)\s*"),
        ignore=frozenset(signature["ignore"]),
        nouns=kinds,
        documents=frozenset(nouns["document"]),
        own=frozenset(nouns["own"]),
        own_shown=frozenset(nouns["own_shown"]),
        counts=frozenset(nouns["count"]),
        between=frozenset(nouns["between"]),
        weak=frozenset(attribution["weak"]),
        published=re.compile(rf"\b(?:{_any(attribution['published'])}) (?=\w)", re.IGNORECASE),
        measurer=re.compile(rf"\b(?:{_any(nouns['measurer'])})\b", re.IGNORECASE),
        measuring=re.compile(rf"\b(?:{_any(nouns['measurer'])})s? $", re.IGNORECASE),
        measuring_cues=frozenset(attribution["measuring"].split()),
        counting=frozenset(nouns["counting"]),
        no_press=frozenset(nouns["no_press"]),
    )


def _contracted(leads: Iterable[str], contractions: dict[str, list[str]]) -> Iterable[str]:
    """The leads, and those that end in a preposition with its contractions too ("... de": "... du")."""
    for lead in leads:
        yield lead
        rest, _, last = lead.rpartition(" ")
        if rest:
            yield from (f"{rest} {other}" for other in contractions.get(last, ()))


def _wild(lead: str, most: int = 3) -> str:
    """A pattern for a lead, in which "*" stands for up to so many words."""
    return "".join(rf"(?:[\w'-]+ ){{0,{most}}}" if w == "*" else re.escape(w) + " " for w in lead.split())


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
    ways = (_capital(word) + _rest(root[word]) for word in sorted(root, key=lambda w: (-len(w), w)))
    return "|".join(ways) or "(?!)"


def _rest(node: _Node) -> str:
    """The pattern for what follows a word of a tree."""
    words = sorted((w for w in node if w), key=lambda w: (w == "*", -len(w), w))
    if not words:
        return ""
    ways = ((r"(?: [\w'-]+){0,3}" if w == "*" else " " + re.escape(w)) + _rest(node[w]) for w in words)
    return f"(?:{'|'.join(ways)}){'?' if '' in node else ''}"


def _capital(word: str) -> str:
    """A pattern for a word whose first letter may be a capital."""
    first, rest = word[0], re.escape(word[1:])
    return f"[{first}{first.upper()}]{rest}" if first.isalpha() else re.escape(word)


def _any(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) or "(?!)"
