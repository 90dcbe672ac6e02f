"""The written format holds to the shipped schemas, and what is written can be read again."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from recoupe.contract import dossier_to_json, dumps, reading_from_json, reading_to_json, schema
from recoupe.model import (
    Change,
    Comparison,
    Dossier,
    Edge,
    Failure,
    Figure,
    FigureOccurrence,
    Note,
    Occurrence,
    Origins,
    Passage,
    Reading,
    Repeat,
    RepeatPlace,
    Reuse,
    Story,
    Utterance,
)
from recoupe.text import Span
from tests.strategies import readings


def strict(node: Any) -> Any:
    """The schema with no key allowed beyond those it documents: what Recoupe writes is all documented."""
    if isinstance(node, dict):
        closed = {key: strict(value) for key, value in node.items()}
        return {"additionalProperties": False, **closed} if "properties" in node and "type" in node else closed
    return [strict(value) for value in node] if isinstance(node, list) else node


@pytest.mark.parametrize("name", ["reading", "dossier"])
def test_the_schemas_are_schemas(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


def test_the_dossier_schema_holds_the_reading_schema() -> None:
    """One definition of a reading: the copy inside the dossier's schema may not drift from the reading's own."""
    reading, dossier = schema("reading"), schema("dossier")
    inside = dossier["$defs"].pop("reading")
    assert inside == {key: reading[key] for key in inside}
    assert {name: dossier["$defs"][name] for name in reading["$defs"]} == reading["$defs"]


@given(readings())
def test_a_reading_survives_writing_and_reading(reading: Reading) -> None:
    line = json.loads(dumps(reading_to_json(reading)))
    Draft202012Validator(strict(schema("reading"))).validate(line)
    again = reading_from_json(line)
    assert reading_to_json(again) == line
    if dumps(reading_to_json(reading)).find("\ufffd") < 0:
        assert again == reading


def test_only_id_and_text_are_required() -> None:
    reading = reading_from_json({"id": "a", "text": "Rien."})
    assert reading.text == "Rien."
    assert reading.article.published is None


BROKEN: list[tuple[dict[str, Any], str]] = [
    ({"text": "Rien."}, "id"),
    ({"id": 3, "text": "Rien."}, "id"),
    ({"id": "a"}, "text"),
    ({"id": "a", "text": "Rien.", "times": [{"span": [0, 99], "value": "2025"}]}, "span"),
    ({"id": "a", "text": "Rien.", "times": [{"span": [3, 1], "value": "2025"}]}, "span"),
    ({"id": "a", "text": "Rien.", "times": [{"span": "0-2", "value": "2025"}]}, "span"),
    ({"id": "a", "text": "Rien.", "times": [{"span": [0, 2]}]}, "value"),
    ({"id": "a", "text": "Rien.", "quantities": [{"span": [0, 2], "value": "2"}]}, "number"),
    ({"id": "a", "text": "Rien.", "quantities": [3]}, "object"),
    ({"id": "a", "text": "Rien.", "quantities": {}}, "list"),
    ({"id": "a", "text": "Rien.", "attributions": [{"type": "direct", "content": []}]}, "content"),
    ({"id": "a", "text": "Rien.", "attributions": [{"type": "loud", "content": [[0, 2]]}]}, "type"),
    ({"id": "a", "text": "Rien.", "credits": [{"span": [0, 2], "name": "X", "kind": "rumour"}]}, "kind"),
    ({"id": "a", "text": "Rien.", "credits": [{"span": [0, 2], "name": "X", "score": 7}]}, "score"),
]


@pytest.mark.parametrize(("record", "word"), BROKEN)
def test_a_broken_reading_is_refused_by_name(record: dict[str, Any], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        reading_from_json(record)


def whole_dossier() -> Dossier:
    """A dossier that has one of each thing."""
    first = reading_from_json({"id": "a", "text": "Deux morts, dit Ada.", "lang": "fr"})
    second = reading_from_json({"id": "b", "text": "Trois morts, dit Ada.", "title": "4 morts", "lang": "fr"})
    change = Change("number", Span(0, 5), Span(0, 4))
    return Dossier(
        (first, second),
        Comparison(
            stories=(Story("s", ("a", "b"), ("mort",)),),
            utterances=(
                Utterance(
                    "u",
                    "s",
                    "Ada",
                    (
                        Occurrence("a", (Span(0, 10),), 0, "Ada", "verbatim"),
                        Occurrence("b", (Span(0, 11),), 0, "Ada", "altered", (change,)),
                    ),
                ),
            ),
            figures=(
                Figure(
                    "f",
                    "s",
                    "morts",
                    "conflict",
                    (
                        FigureOccurrence("a", Span(0, 10), 0, 2.0, "mort", None, "Ada"),
                        FigureOccurrence("b", Span(0, 7), None, 4.0, "mort", in_title=True),
                    ),
                ),
            ),
            reuse=(Reuse("a", "b", (Passage(Span(0, 10), Span(0, 11), (change,)),), 0.5, credited=False),),
            origins=(Origins("u", ("Ada",), 1, 1),),
            edges=(Edge("b", "a", "reuse", Span(0, 11)),),
            notes=(Note("b", "honorific", Span(0, 1), "M."),),
            repeats=(
                Repeat(
                    "q",
                    "Ada",
                    (RepeatPlace("s", "a", 0, (Span(0, 10),)), RepeatPlace("s2", "b", 0, (Span(0, 11),))),
                    "same words",
                ),
            ),
        ),
        (Failure("c.txt", "it is empty"),),
        "0.1.0",
        {"model": "1"},
    )


def test_a_dossier_holds_to_its_schema() -> None:
    written = json.loads(dumps(dossier_to_json(whole_dossier())))
    Draft202012Validator(strict(schema("dossier"))).validate(written)
    assert [len(written[key]) for key in ("articles", "stories", "utterances", "figures", "failures")] == [
        2,
        1,
        1,
        1,
        1,
    ]


def test_a_key_added_later_breaks_no_reader() -> None:
    written = json.loads(dumps(dossier_to_json(whole_dossier())))
    written["articles"][0]["mood"] = "calm"
    Draft202012Validator(schema("dossier")).validate(written)


def test_a_figure_in_a_title_stands_apart() -> None:
    figure = dossier_to_json(whole_dossier())["figures"][0]
    assert [o["article"] for o in figure["occurrences"]] == ["a"]
    assert [(o["article"], o["span"]) for o in figure["titles"]] == [("b", [0, 7])]


def test_the_tables_hold_every_row() -> None:
    tables = whole_dossier().to_arrow()
    assert {name: table.num_rows for name, table in tables.items()} == {
        "articles": 2,
        "attributions": 0,
        "quantities": 0,
        "times": 0,
        "credits": 0,
        "stories": 2,
        "utterances": 2,
        "figures": 2,
        "repeats": 2,
        "reuse": 1,
        "origins": 1,
        "edges": 1,
        "notes": 1,
        "failures": 1,
    }
    assert tables["articles"].column("copied_share").to_pylist() == [0.0, 0.5]
