"""Comparing: readings in, what they say together out.

A comparison is an `recoupe.compare.index.Index` that all readings are put into at once.
"""

from __future__ import annotations

from collections.abc import Iterable

from recoupe.model import Comparison, Reading


def compare(readings: Iterable[Reading]) -> Comparison:
    """What these readings say together, in an order that does not depend on theirs.

    Raises ValueError where two articles have one id.
    """
    from recoupe.compare.index import Index

    return Index(readings).comparison()


__all__ = ["compare"]
