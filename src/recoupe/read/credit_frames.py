"""The frames of credits: a language's `credits.toml`, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from recoupe.read.names import plain
from recoupe.read.tables import table


class Frame(NamedTuple):
    """A frame's name, and the kind of what stands in its slot where nothing else says it."""

    name: str
    kind: str


@dataclass(frozen=True)
class Frames:
    """The frames of a language, compiled."""

    pattern: re.Pattern[str]  # the words before a slot; `by_lead` and `wild` say of which frame they are
    by_lead: dict[str, Frame]
    wild: tuple[tuple[re.Pattern[str], Frame], ...]
    networks: re.Pattern[str]  # the names of networks, and in `posted` the words before them
    posted: re.Pattern[str]
    published: re.Pattern[str]  # the verb before a document that is given out
    sources: re.Pattern[str]  # lines that credit the whole article: "Sources :", "Avec"; and what parts their names
    with_: re.Pattern[str]
    split: re.Pattern[str]
    ignore: frozenset[str]
    according: frozenset[str]  # cues, and after `weak` ones only proper names
    weak: frozenset[str]
    dative: frozenset[str]  # before who was told
    channel: frozenset[str]  # before the document in which it was said
    channel_documents: frozenset[str]
    nouns: dict[str, str]  # noun -> kind of the name after it; words of `between` may stand there too
    between: frozenset[str]
    documents: frozenset[str]
    counts: frozenset[str]
    own: frozenset[str]
    measurer: re.Pattern[str]


@cache
def frames(lang: str) -> Frames:
    """The frames of a language, loaded and compiled once."""
    data = table(lang, "credits")
    by_lead: dict[str, Frame] = {}
    wild, posted = [], []
    for entry in data["frame"]:
        frame = Frame(entry["name"], entry["kind"])
        for lead in entry["lead"]:
            if frame.kind == "social":
                posted.append(lead)
            elif "*" in lead:
                wild.append((re.compile(r"\b" + _wild(lead), re.IGNORECASE), frame))
            else:
                by_lead[lead] = frame
    leads = _any(by_lead)
    signature, nouns = data["signature"], data["nouns"]
    words = {kind: _any(signature[kind]) for kind in ("sources", "with", "and")}
    kinds = {w: kind for kind in ("organisation", "outlet", "agency") for w in nouns[kind]}
    attribution = data["attribution"]
    return Frames(
        pattern=re.compile(rf"\b({leads}) (?=\S)", re.IGNORECASE),
        by_lead=by_lead,
        networks=re.compile(rf"\b(?:{_any(table('data', 'networks')['names'])})\b(?![-'])"),
        posted=re.compile(rf"\b(?:{'|'.join(map(_wild, posted))})$", re.IGNORECASE),
        wild=tuple(wild),
        according=frozenset(plain(w) for w in attribution["according"]),
        dative=frozenset(attribution["dative"]),
        channel=frozenset(attribution["channel"]),
        channel_documents=frozenset(attribution["documents"]),
        sources=re.compile(rf"\s*[(\[]?\s*(?:{words['sources']})\s?:\s*", re.IGNORECASE),
        with_=re.compile(rf"\s*[(\[]?\s*(?:{words['with']}) (?:l'|la |le |les |the )?", re.IGNORECASE),
        split=re.compile(rf"\s*(?:[,;/|•]|\s:\s|\b(?:{words['and']})\b)\s*"),
        ignore=frozenset(signature["ignore"]),
        nouns=kinds,
        documents=frozenset(nouns["document"]),
        own=frozenset(nouns["own"]),
        counts=frozenset(nouns["count"]),
        between=frozenset(nouns["between"]),
        weak=frozenset(attribution["weak"]),
        published=re.compile(rf"\b(?:{_any(attribution['published'])}) (?=\w)", re.IGNORECASE),
        measurer=re.compile(rf"\b(?:{_any(nouns['measurer'])})\b", re.IGNORECASE),
    )


def _wild(lead: str) -> str:
    """A pattern for a lead, in which "*" stands for up to three words."""
    return "".join(r"(?:[\w'-]+ ){0,3}" if w == "*" else re.escape(w) + " " for w in lead.split())


def _any(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))
