"""Comparing: readings in, what they say together out.

`compare` runs the steps in the order in which they need each other: stories, copies, utterances, figures, origins,
notes.  Each step is a module with one function that takes readings and the results before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from recoupe.model import Comparison, Reading


def compare(readings: Sequence[Reading]) -> Comparison:
    """What these readings say together, in an order that does not depend on theirs.

    Raises ValueError where two articles have one id.
    """
    from recoupe.compare import claims, pile, reuse, stories

    heap = pile.pile(readings)
    by_id = {reading.id: reading for reading in heap.readings}
    clusters = stories.of_pile(heap)
    copies = reuse.of_pile(heap, clusters)
    mine = claims.by_copy(clusters, copies)
    found = {story.id: claims.of_story(story, by_id, mine.get(story.id, ())) for story in clusters}
    return claims.together(clusters, found, copies)


__all__ = ["compare"]
