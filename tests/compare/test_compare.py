"""The whole comparison, from readings to what they say together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.compare import compare
from recoupe.model import Comparison, Reading
from tests.compare.press import reading

GOLDEN = Path(__file__).parent / "golden" / "bridge.json"


def story() -> list[Reading]:
    """An invented event in four articles and a stranger: a dispatch, a copy, a rewrite, a report in English."""
    raw = json.loads(GOLDEN.with_name("bridge.articles.json").read_text(encoding="utf-8"))
    return [
        reading(
            a["id"],
            a["text"],
            title=a["title"],
            lang=a["lang"],
            outlet=a["outlet"],
            published=a["published"],
            credited=tuple((name, kind) for name, kind in a["credits"]),
            said=tuple((content, who) for content, who in a["said"]),
        )
        for a in raw
    ]


def told(found: Comparison) -> dict[str, Any]:
    """What a person would check first."""
    return {
        "stories": [[*s.articles] for s in found.stories],
        "reuse": [[r.source, r.copy, r.reason, [c.kind for p in r.passages for c in p.changes]] for r in found.reuse],
        "utterances": [[u.speaker, sorted(o.article for o in u.occurrences)] for u in found.utterances],
        "origins": [[*o.origins] for o in found.origins],
        "notes": [[n.article, n.kind] for n in found.notes],
    }


def test_a_small_story_gives_what_a_reader_would_find() -> None:
    assert told(compare(story())) == json.loads(GOLDEN.read_text(encoding="utf-8"))


@given(st.permutations(story()))
@settings(max_examples=4, deadline=None)
def test_the_order_of_the_input_changes_nothing(shuffled: list[Reading]) -> None:
    assert compare(shuffled) == compare(story())


def test_an_article_that_belongs_nowhere_changes_nothing_else() -> None:
    stranger = reading("zz", "Zygomar Quintefeuille élève des axolotls à Brumepierre.", published="2025-03-05")
    before, after = compare(story()), compare([stranger, *story()])
    assert [s for s in after.stories if s.articles != ("zz",)] == list(before.stories)
    assert (after.utterances, after.figures, after.reuse) == (before.utterances, before.figures, before.reuse)
    assert (after.origins, after.edges, after.notes) == (before.origins, before.edges, before.notes)


def test_nothing_to_compare() -> None:
    assert compare([]) == Comparison()
