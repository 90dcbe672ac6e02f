"""A growing pile: readings that come one at a time, and the same comparison as of all at once.

Each part of the comparison rests on little of the pile: a story on the articles that are like its own, a copy on the
articles that hold the same words, a story's claims on its own articles and their copies.  What comes in or goes out is
looked up by indexes, and only what it touches is decided anew, by the same code whether one article comes or all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from recoupe.compare import claims
from recoupe.compare.clusters import Changed
from recoupe.compare.pile import Pile
from recoupe.compare.repeats import Repeats
from recoupe.compare.reuse import Copies
from recoupe.compare.stories import Stories
from recoupe.model import Comparison, Reading, Story


@dataclass(frozen=True, slots=True)
class Delta:
    """What one change of the pile changed in its comparison; each tuple is sorted.

    `stories`: the ids of the stories that are new or whose claims may differ.  `gone`: the ids of the stories that are
    no more: a story's id is of its articles, so that one which takes an article in goes and another comes.  `articles`:
    the ids of the articles that are in another story than before, or whose copies changed.  Threads and
    repeats are not in it.
    """

    stories: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


class Index:
    """The comparison of readings that come and go."""

    def __init__(self, readings: Iterable[Reading] = ()) -> None:
        self._pile = Pile()
        self._stories = Stories(self._pile)
        self._copies = Copies(self._pile)
        self._repeats = Repeats()
        self._claims: dict[str, claims.Claims] = {}  # story -> its claims, where they have been asked for
        self.extend(readings)

    def __len__(self) -> int:
        return len(self._pile.row_of)

    def __contains__(self, article: str) -> bool:
        return article in self._pile.row_of

    def reading(self, article: str) -> Reading:
        """The reading of the article with this id.  Raises KeyError."""
        return self._pile.readings[self._pile.row_of[article]]

    def add(self, reading: Reading) -> Delta:
        """Take a reading in.  Raises ValueError where an article of its id is there."""
        return self.extend([reading])

    def extend(self, readings: Iterable[Reading]) -> Delta:
        """Take readings in at once, which is faster than one by one and gives the same.

        Raises ValueError where two articles have one id; then none is taken in.
        """
        readings = list(readings)
        new = self._pile.extend(readings)
        for reading in readings:
            self._repeats.add(reading)
        changed = self._stories.add(new)
        return self._delta(changed, self._copies.add(new, changed.moved, self._stories.labels))

    def remove(self, article: str) -> Delta:
        """Take an article out, as if it had never come.  Raises KeyError."""
        row = self._pile.row_of[article]
        changed = self._stories.remove(row)
        copies = self._copies.remove(row, changed.moved, self._stories.labels)
        delta = self._delta(changed, copies - {row})
        self._repeats.remove(article)
        del self._pile.row_of[article]
        return delta

    def story_of(self, article: str) -> Story:
        """The story that an article is in.  Raises KeyError."""
        return self._stories.of(self._pile.row_of[article])

    def comparison_of(self, article: str) -> Comparison:
        """The part of the comparison that is about the story of an article.  Raises KeyError."""
        story = self.story_of(article)
        return self._together([story])

    def comparison(self) -> Comparison:
        """What all readings say together, the same whatever the order in which they came."""
        return self._together(self._stories.all())

    def _together(self, stories: Iterable[Story]) -> Comparison:
        chosen = tuple(stories)
        rows = [self._pile.row_of[article] for story in chosen for article in story.articles]
        reuse = sorted((r for row in rows for r in self._copies.of(row)), key=lambda r: (r.source, r.copy))
        repeats = self._repeats.found(self._story_id, [article for story in chosen for article in story.articles])
        return claims.together(chosen, {story.id: self._claims_of(story) for story in chosen}, reuse, repeats)

    def _story_id(self, article: str) -> str:
        return self._stories.story_id(self._stories.tree(self._pile.row_of[article]))

    def _claims_of(self, story: Story) -> claims.Claims:
        found = self._claims.get(story.id)
        if found is None:
            reuse = [pair for article in story.articles for pair in self._copies.of(self._pile.row_of[article])]
            reuse.sort(key=lambda pair: (pair.source, pair.copy))
            involved = {*story.articles, *(pair.source for pair in reuse)}
            readings = {article: self.reading(article) for article in involved}
            found = self._claims[story.id] = claims.of_story(story, readings, reuse)
        return found

    def _delta(self, changed: Changed, copies: Iterable[int]) -> Delta:
        gone = {self._stories.story_id(tree) for tree in changed.gone}
        new = {self._stories.story_id(tree) for tree in changed.new}
        touched = {row for tree in changed.new for row in tree.rows} | set(copies)
        new |= {self._stories.story_id(self._stories.tree(row)) for row in copies}
        for story in gone | new:
            self._claims.pop(story, None)
        articles = {self._pile.readings[row].id for row in touched}
        return Delta(tuple(sorted(new)), tuple(sorted(gone - new)), tuple(sorted(articles)))
