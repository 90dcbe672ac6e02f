"""Arrays and runs that grow hold what was added, wherever they put it."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recoupe.compare.growing import SLOTS, Grown, Runs, firsts

Batches = list[list[int]]
BATCHES = st.lists(st.lists(st.integers(0, 30), max_size=40), max_size=12)


def spread(key: int) -> int:
    """Keys over all that keys can be, so that every slot has some."""
    return key * (2**64 // 31)


def filled(batches: Batches, slots: int) -> tuple[Runs, list[tuple[int, int]]]:
    runs, entries = Runs(), list[tuple[int, int]]()
    for batch in batches:
        keys = np.array([spread(key) for key in batch], dtype=np.uint64)
        values = np.arange(len(entries), len(entries) + len(batch), dtype=np.uint32)
        entries += zip(keys.tolist(), values.tolist(), strict=True)
        halves = ((keys[half::2], values[half::2]) for half in range(2))
        counts = Counter(key for key, _ in entries)
        assert runs.add(halves, slots).tolist() == sorted(key for key in set(keys.tolist()) if counts[key] > 1)
    return runs, entries


@given(BATCHES, st.sampled_from([1, SLOTS]), st.lists(st.tuples(st.integers(0, 31), st.integers(0, 31)), max_size=6))
def test_a_lookup_finds_all_entries_between_two_keys(
    batches: Batches, slots: int, asked: list[tuple[int, int]]
) -> None:
    runs, entries = filled(batches, slots)
    bounds = np.array([(spread(low), spread(high)) for low, high in asked], dtype=np.uint64).reshape(-1, 2)
    found = runs.find(bounds[:, 0], bounds[:, 1])
    expected = [
        (query, value)
        for query, (low, high) in enumerate(bounds.tolist())
        for key, value in entries
        if low <= key < high
    ]
    assert sorted(zip(found.query.tolist(), found.value.tolist(), strict=True)) == sorted(expected)


@given(BATCHES)
def test_keys_of_several_entries_are_known(batches: Batches) -> None:
    runs, entries = filled(batches, 1)
    keys = [spread(key) for key in range(31)]
    held = [key for key, _ in entries]
    assert runs.several(np.array(keys, dtype=np.uint64)).tolist() == [held.count(key) > 1 for key in keys]


@given(st.lists(st.one_of(st.integers(-9, 9), st.lists(st.integers(-9, 9), max_size=3000)), max_size=8))
def test_a_grown_array_holds_what_was_added(added: list[int | list[int]]) -> None:
    grown, plain = Grown(np.int64), list[int]()
    for values in added:
        if isinstance(values, int):
            grown.append(values)
            plain.append(values)
        else:
            grown.extend(values)
            plain += values
        assert len(grown) == len(plain)
    assert grown.values.tolist() == plain


@given(st.lists(st.integers(0, 3)))
def test_the_first_of_equal_values_is_told(values: list[int]) -> None:
    ordered = sorted(values)
    assert firsts(np.array(ordered)).tolist() == [k == 0 or ordered[k - 1] != v for k, v in enumerate(ordered)]
