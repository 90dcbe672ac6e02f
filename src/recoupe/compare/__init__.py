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
    from recoupe.compare import figures, notes, origins, pile, reuse, stories, utterances

    heap = pile.pile(readings)
    ordered = heap.readings
    clusters = stories.of_pile(heap)
    copies = reuse.of_pile(heap, clusters)
    said = utterances.match(ordered, clusters)
    counted = figures.match(ordered, clusters, said)
    sources, edges = origins.trace(ordered, clusters, said, counted, copies)
    remarks = notes.collect(ordered, clusters, copies)
    return Comparison(clusters, said, counted, copies, sources, edges, remarks)


__all__ = ["compare"]
