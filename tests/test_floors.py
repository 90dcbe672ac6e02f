"""No change makes reading or comparing worse on the annotated samples without saying so (benchmarks/floors.py)."""

from __future__ import annotations

from benchmarks.floors import floors, measure, rounded_down


def test_no_figure_is_below_its_floor() -> None:
    now = measure()
    fallen = {
        f"{section}: {name}": (rounded_down(now[section][name]), floor)
        for section, figures in floors().items()
        for name, floor in figures.items()
        if rounded_down(now[section][name]) < floor
    }
    assert not fallen, f"(reached, floor): {fallen}; to accept it: python -m benchmarks.floors --raise --lower"


def test_every_figure_has_a_floor() -> None:
    now = measure_names()
    assert {section: set(figures) for section, figures in floors().items()} == now


def measure_names() -> dict[str, set[str]]:
    reading = {
        "attributions overlap f1",
        "attributions joint f1",
        "direct joint recall",
        "direct joint precision",
        "speaker right",
        "quantities f1",
        "times f1",
        "credits f1",
    }
    comparing = {
        "stories bcubed f1",
        "utterances f1",
        "drift right",
        "figures f1",
        "verdict right",
        "conflict recall",
        "conflict precision",
        "reuse f1",
        "origins number right",
        "origins names right",
    }
    return {
        "reading (en)": reading,
        "reading (fr)": reading,
        "comparing (gold readings)": comparing,
        "comparing (end to end)": comparing,
    }
