"""Exact duplicates into one article with several places, and one order for all that does not depend on the inputs'."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from recoupe.errors import InputError
from recoupe.ingest.assemble import derived_id
from recoupe.model import Article, Failure

_RECORD = re.compile(r"(.*?)(?:[:#](\d{1,18}))?", re.DOTALL)

_Content = tuple[str, str, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Intake:
    """All that was read: articles with different ids, ordered by where they were found, and what could not be read."""

    articles: tuple[Article, ...] = ()
    failures: tuple[Failure, ...] = ()


def merge(found: Iterable[Article | Failure]) -> Intake:
    """Put what `ingest` gave together.

    Articles with the same title, text, outlet and date are one, with all their places, unless they carry different
    ids of the user's.  An id given to different contents stays with the first place; the others are failures.
    """
    articles: list[Article] = []
    failures: set[Failure] = set()
    for each in found:
        if isinstance(each, Failure):
            failures.add(each)
        else:
            articles.append(each)
    kept: dict[str, Article] = {}
    for article in _united(articles):
        first = kept.setdefault(article.id, article)
        if first is not article:
            fault = InputError("", "record.same-id", id=repr(article.id), place=first.places[0]).fault
            failures.update(Failure.of(InputError.at(place, fault)) for place in article.places)
    return Intake(
        tuple(sorted(kept.values(), key=_order)),
        tuple(sorted(failures, key=lambda failure: (_place(failure.input), failure.cause, failure.advice))),
    )


# --- parts ------------------------------------------------------------------------------------------------------


def _united(articles: list[Article]) -> list[Article]:
    """One article for each content and id; those without an id of the user's join the first of the same content."""
    contents: dict[_Content, list[Article]] = {}
    for article in sorted(articles, key=_order):
        contents.setdefault(_content(article), []).append(article)
    united: list[Article] = []
    for content, copies in contents.items():
        own = sorted({copy.id for copy in copies} - {derived_id(*content)})
        default = own[0] if own else copies[0].id
        groups: dict[str, list[Article]] = {}
        for copy in copies:
            groups.setdefault(copy.id if copy.id in own else default, []).append(copy)
        united += [_one(group, key) for key, group in groups.items()]
    return sorted(united, key=_order)


def _one(copies: list[Article], key: str) -> Article:
    """Copies of one article as one: the first place's statements, completed by the others'."""
    first = copies[0]
    places = sorted({place for copy in copies for place in copy.places}, key=_place)
    return replace(
        first,
        id=key,
        lang=next(filter(None, (copy.lang for copy in copies)), None),
        authors=next(filter(None, (copy.authors for copy in copies)), ()),
        dateline=next(filter(None, (copy.dateline for copy in copies)), None),
        url=next(filter(None, (copy.url for copy in copies)), None),
        places=tuple(places),
        notes=tuple(dict.fromkeys(note for copy in copies for note in copy.notes)),
    )


def _content(article: Article) -> _Content:
    return (article.title, article.text, article.outlet, article.published)


def _order(article: Article) -> tuple[object, ...]:
    """Where an article was first found, then all that tells it from another found there."""
    content = (part or "" for part in _content(article))
    return ([_place(place) for place in article.places], article.id, *content, article.lang or "", article.url or "")


def _place(place: str) -> tuple[str, int]:
    """A place with its line or record as a number, so that line 9 comes before line 10."""
    match = _RECORD.fullmatch(place)
    return (match[1], int(match[2] or 0)) if match else (place, 0)
