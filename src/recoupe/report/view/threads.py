"""Threads: the stories of one matter on different days, each with those that came before and after it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

from recoupe.model import Story
from recoupe.report.view.desk import Desk
from recoupe.report.view.types import ArticleRef, Chapter, Thread
from recoupe.report.view.words import line


def threads(stories: Iterable[Story], desk: Desk) -> dict[str, Thread]:
    """The thread of each story that has one, by the story's id."""
    groups: dict[str, list[Story]] = defaultdict(list)
    for story in stories:
        if story.thread is not None:
            groups[story.thread].append(story)
    found: dict[str, Thread] = {}
    for group in groups.values():
        ordered = sorted(group, key=lambda story: (_began(story, desk), desk.stories[story.id]))
        for place, story in enumerate(ordered):
            near = (*ordered[max(place - 1, 0) : place], *ordered[place + 1 : place + 2])
            if near:
                found[story.id] = Thread(len(ordered), tuple(_chapter(other, story, desk) for other in near))
    return found


def refs_of(story: Story, desk: Desk) -> tuple[ArticleRef, ...]:
    """The story's articles in the order of their numbers."""
    return tuple(sorted((desk.refs[article] for article in story.articles), key=lambda ref: ref.number))


def named(story: Story, desk: Desk) -> tuple[str, str | None]:
    """What a story is called and in which language: the first title of its articles, else its terms."""
    refs = refs_of(story, desk)
    titled = next((ref for ref in refs if ref.title), None)
    if titled:
        return titled.title, titled.lang
    return ", ".join(line(term) for term in story.terms[:5]) or refs[0].name, None


def _chapter(other: Story, story: Story, desk: Desk) -> Chapter:
    title, lang = named(other, desk)
    ours, theirs = _began(story, desk), _began(other, desk)
    told = ours != theirs and math.isfinite(ours) and math.isfinite(theirs)
    number = desk.stories[other.id]
    return Chapter(
        anchor=f"s{number}",
        number=number,
        title=title,
        title_lang=lang,
        when=refs_of(other, desk)[0].when,
        relation="" if not told else "before" if theirs < ours else "after",
    )


def _began(story: Story, desk: Desk) -> float:
    """When the story's first dated article came out; infinite where none is dated."""
    moments = (desk.sheets[article].reading.article.moment for article in story.articles)
    return min((moment.timestamp() for moment in moments if moment), default=math.inf)
