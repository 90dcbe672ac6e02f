"""What is shown, in which order, with which links, and the words of a difference."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recoupe.report
from recoupe.messages import Ui, catalogue
from recoupe.model import (
    Article,
    AttributionType,
    Change,
    ChangeKind,
    Drift,
    Edge,
    EdgeKind,
    Modifier,
    Reading,
    Verdict,
)
from recoupe.report.format import number, percent, when
from recoupe.report.view import build
from recoupe.report.view.again import MOST
from recoupe.report.view.desk import article_ref
from recoupe.report.view.evidence import Mark, segments
from recoupe.report.view.reasons import plain
from recoupe.report.view.sources import circular
from recoupe.report.view.types import Column, Layer, Statement, View
from recoupe.report.view.words import around, differing, held, language, line, pairs, safe, web_address
from recoupe.report.wording import SIGNS
from recoupe.text import Span
from tests.report.many import sloganeer
from tests.report.story import AGENCY, dossier, followed


def test_what_differs_comes_first_and_the_gravest_change_first() -> None:
    view = build(dossier(), "en")
    assert [figure.tag for figure in view.conflicts] == ["F1", "F2"]
    assert [statement.tag for statement in view.altered] == ["S1", "S2"]
    assert [pair.kind for pair in view.altered[0].swaps] == ["speaker", "negation", "number"]
    assert (view.altered[0].swaps[0].before, view.altered[0].swaps[0].after) == ("Odile Marsan", "Lucien Barthe")


def test_lines_are_numbered_as_they_appear() -> None:
    view = build(dossier(), "en")
    shown = [statement.anchor for statement in view.altered]
    for story in view.stories:
        shown += [s.anchor for speaker in story.speakers for s in speaker.shared if s not in view.altered]
        shown += [s.anchor for speaker in story.speakers for s in speaker.single]
    assert shown == [f"p{number}" for number in range(1, len(shown) + 1)]
    figures = [f.tag for f in view.conflicts]
    figures += [f.tag for story in view.stories for f in story.figures if f.verdict != "conflict"]
    assert figures == [f"F{number}" for number in range(1, len(figures) + 1)]


def test_one_name_in_two_spellings_is_one_origin() -> None:
    given_ = dossier()
    edges = given_.comparison.edges
    other = replace(edges[0], article="radio", rests_on="odile MARSAN", span=None)
    sourcing = build(replace(given_, comparison=replace(given_.comparison, edges=(*edges, other))), "en").stories[0]
    assert sourcing.sourcing is not None
    assert [node.label for node in sourcing.sourcing.nodes if node.label.lower() == "odile marsan"] == ["Odile Marsan"]


def test_two_nodes_are_tied_by_the_edge_that_says_most_and_the_words_have_both() -> None:
    given_ = dossier()
    quoted = Edge("meridienne", "Pontarc", "speaker", None, None, "named as the source: Pontarc")
    edges = (quoted, *given_.comparison.edges)
    sourcing = build(replace(given_, comparison=replace(given_.comparison, edges=edges)), "en").stories[0].sourcing
    assert sourcing is not None
    pontarc = next(i for i, node in enumerate(sourcing.nodes) if node.label == "Pontarc")
    assert [link.kind for link in sourcing.links if link.lower == pontarc] == ["credit"]
    ground = next(ground for ground in sourcing.grounds if ground.name == "Pontarc")
    assert [way.relation for way in ground.ways] == ["credit", "speaker"]


def test_values_of_a_figure_stand_from_the_smallest_under_who_says_so() -> None:
    hurt = build(dossier(), "en").conflicts[0]
    shown = [(value.shown, [voice.name for voice in value.voices], value.places) for value in hurt.values]
    assert shown == [
        ("12", ["Agence Méridienne", None], 3),
        ("15", [None], 1),
        ("19", ["syndicat des pompiers"], 1),
    ]


def test_articles_are_numbered_by_story_then_by_time_undated_ones_last() -> None:
    view = build(dossier(), "en")
    assert [ref.name for ref in view.stories[0].articles] == [
        "Agence Méridienne",
        "L’Écho du Val",
        "Harbour Post",
        "Nouvelles du soir",
        "Radio Brume",
    ]
    assert [text.ref.number for text in view.texts] == [1, 2, 3, 4, 5, 6, 7]
    assert [text.ref.id for text in view.apart] == ["bote"]
    assert [plain(text.ref.unread) for text in view.unread] == ["language: German"]


def test_statements_that_no_comparison_holds_are_listed_once() -> None:
    view = build(dossier(), "en")
    story = view.stories[0]
    single = [(speaker.name, s.places[0].words.parts[0].text) for speaker in story.speakers for s in speaker.single]
    assert ("Lucien Barthe", "Nobody told us,") in single
    places = [p.evidence for sp in story.speakers for s in (*sp.shared, *sp.single) for p in s.places]
    assert len(places) == len(set(places)) == sum(len(r.attributions) for r in dossier().readings[:5])


def test_a_statement_leads_to_where_its_speaker_makes_it_again() -> None:
    view = build(followed(), "en")
    signal, cost = view.altered[0], _single(view, "Pontarc")
    (again,) = signal.elsewhere.places
    assert (again.story, again.article.id, again.tag, plain(again.reason)) == (3, "conseil", "S9", "same words")
    assert (again.number, again.words) == ("", None)
    other = cost.elsewhere.places[0]
    assert other.number == "3,4 millions d’euros"
    assert other.words is not None
    assert [part.text for part in other.words.parts if part.op == "marked"] == ["3,4"]
    back = {s.tag: s for sp in view.stories[2].speakers for s in sp.single}[again.tag].elsewhere.places
    assert [(spot.article.id, spot.anchor) for spot in back] == [("meridienne", signal.anchor)]


def test_a_slogan_said_in_hundreds_of_stories_stands_beside_each_in_a_few() -> None:
    view = build(sloganeer(300), "en")
    said = [s.elsewhere for story in view.stories for speaker in story.speakers for s in speaker.single]
    assert {(len(each.places), each.more) for each in said} == {(MOST, 299 - MOST)}
    assert [spot.story for spot in said[0].places] == [2, 3, 4, 5, 6]
    assert [spot.story for spot in said[9].places] == [1, 2, 3, 4, 5]


def test_a_story_names_the_chapters_before_and_after_it() -> None:
    view = build(sloganeer(4), "en")
    shown = [[(c.number, c.relation) for c in story.thread.nearest] for story in view.stories if story.thread]
    assert shown == [[(2, "after")], [(1, "before"), (3, "after")], [(2, "before"), (4, "")], [(3, "")]]
    assert {story.thread.size for story in view.stories if story.thread} == {4}


def test_a_figure_names_who_gave_it_first_only_where_the_dates_tell() -> None:
    view = build(dossier(), "en")
    hurt, cost = view.conflicts
    assert hurt.first is not None
    assert (hurt.first.id, cost.first) == ("meridienne", None)  # one of the articles on the cost has no date


def _single(view: View, name: str) -> Statement:
    return next(s for story in view.stories for sp in story.speakers if sp.name == name for s in sp.single)


def test_the_circle_of_sources_is_marked() -> None:
    sourcing = build(dossier(), "en").stories[0].sourcing
    assert sourcing is not None
    circles = {(rest.article.id, rest.target.id if rest.target else "") for rest in sourcing.rests if rest.circular}
    assert circles == {("soir", "radio"), ("radio", "soir")}


def test_copies_outside_any_story_are_shown() -> None:
    given_ = dossier()
    comparison = replace(given_.comparison, stories=given_.comparison.stories[1:], utterances=(), figures=())
    view = build(replace(given_, comparison=comparison), "en")
    assert [(copy.source.id, copy.copy.id) for copy in view.loose] == [("meridienne", "echo")]
    assert [copy.tag for copy in view.copies] == ["C1"]


def test_a_claim_of_an_unknown_story_is_not_dropped_in_silence() -> None:
    given_ = dossier()
    comparison = replace(given_.comparison, stories=given_.comparison.stories[1:])
    with pytest.raises(KeyError, match="st-valbrune"):
        build(replace(given_, comparison=comparison), "en")


def test_an_indirect_report_made_direct_is_flagged() -> None:
    road = build(dossier(), "en").altered[1]
    assert road.altered[0].flags == ("made direct",)
    assert "type" not in [pair.kind for pair in road.swaps]


def test_only_edges_on_a_circle_are_circular() -> None:
    edges = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("e", "a"), ("d", "f")]
    assert circular(edges) == {("a", "b"), ("b", "c"), ("c", "a")}


# --- words ------------------------------------------------------------------------------------------------------

SPACES = re.compile(r"\s+")


def _bare(text: str) -> str:
    return SPACES.sub("", text)


@st.composite
def changed_texts(draw: st.DrawFn) -> tuple[str, str, Span, list[Change]]:
    words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf"]), min_size=1, max_size=60)
    here, there = draw(words), draw(words)
    start = draw(st.integers(0, len(here)))
    content = Span(start, draw(st.integers(start, len(here))))
    kinds: st.SearchStrategy[ChangeKind] = st.sampled_from(get_args(ChangeKind))
    changes = []
    for _ in range(draw(st.integers(0, 5))):
        a, b = sorted((draw(st.integers(0, len(here))), draw(st.integers(0, len(here)))))
        c, d = sorted((draw(st.integers(0, len(there))), draw(st.integers(0, len(there)))))
        changes.append(Change(draw(kinds), Span(a, b), Span(c, d)))
    return here, there, content, changes


@given(changed_texts())
def test_the_words_here_can_always_be_read_off_a_difference(given_: tuple[str, str, Span, list[Change]]) -> None:
    here, there, content, changes = given_
    parts, apart = differing(here, (content,), there, changes)
    kept = "".join(part.text for part in parts if part.op != "left out")
    assert _bare(kept) == _bare(safe(content.of(here)))
    assert all(change in changes for change in apart)


def test_words_left_out_do_not_stick_to_the_words_around_them() -> None:
    parts, _ = differing("je reste ici", (Span(0, 12),), "pas", [Change("negation", Span(9, 9), Span(0, 3))])
    assert "".join(part.text for part in parts) == "je reste pas ici"
    parts, _ = differing("à tous", (Span(0, 6),), "y compris", [Change("wording", Span(6, 6), Span(0, 9))])
    assert "".join(part.text for part in parts) == "à tous y compris"


def test_two_changes_side_by_side_are_kept_apart() -> None:
    changes = [Change("number", Span(0, 3), Span(0, 3)), Change("wording", Span(3, 3), Span(3, 7))]
    parts, _ = differing("six", (Span(0, 3),), "ten men", changes)
    assert [(part.text, part.op) for part in parts] == [
        ("ten", "left out"),
        ("six", "added"),
        (" ", "same"),
        ("men", "left out"),
    ]


def test_blanks_at_the_edges_of_a_change_stay_outside_its_marks() -> None:
    parts, _ = differing("down. It wants", (Span(0, 14),), "They want", [Change("wording", Span(5, 14), Span(0, 9))])
    assert [(part.text, part.op) for part in parts] == [
        ("down.", "same"),
        (" ", "same"),
        ("They want", "left out"),
        ("It wants", "added"),
    ]


def test_both_halves_of_a_negation_left_out_are_one_change() -> None:
    changes = [Change("negation", Span(5, 5), Span(5, 6)), Change("negation", Span(7, 7), Span(9, 12))]
    (pair,) = pairs(changes, "elle a chu", "elle n a pas chu", ("fr", "fr"))
    assert (pair.before, pair.after) == ("n … pas", "")


def test_an_article_without_an_outlet_is_named_by_where_it_was_found() -> None:
    def found(**given_: Any) -> str:
        return article_ref(Reading(Article("a-1f", "Text.", **given_)), 1, "en").name

    assert found(places=("pile/soir.txt", "pile/b.txt")) == "soir.txt"
    assert found(url="https://news.example/a/b", places=("x",)) == "news.example"
    assert found(outlet=" ") == "a-1f"
    made = Article("a-0123456789ab", "Rain fell all night on the hills.")
    assert article_ref(Reading(made), 1, "en").name == "Rain fell all night on the hills."


def test_a_change_of_the_whole_report_is_not_shown_among_the_words() -> None:
    change = Change("language", Span(0, 4), Span(0, 3))
    parts, apart = differing("twelve", (Span(0, 6),), "douze", [change])
    assert [part.op for part in parts] == ["same"]
    assert apart == (change,)


def test_the_words_around_a_figure_are_cut_between_words() -> None:
    start = AGENCY.index("3,2 millions")
    parts = around(AGENCY, Span(start, start + 20), reach=20)
    assert [part.text for part in parts] == ["…travaux ont coûté ", "3,2 millions d’euros", " en 2029."]


@given(
    st.text(st.sampled_from("ab \n\r\u2028"), max_size=80), st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)))
)
def test_cutting_a_text_at_its_marks_loses_nothing(text: str, bounds: list[tuple[int, int]]) -> None:
    layers = get_args(Layer)
    marks = [Mark(layers[n % len(layers)], (Span(min(pair), max(pair)),), f"k{n}") for n, pair in enumerate(bounds)]
    lines = [Span(*m.span()) for m in re.finditer(r"[^\r\n\u2028\u2029]+", text) if m.group().strip()]
    cut = segments(text, lines, marks, {})
    anchors = [anchor for row in cut for segment in row for anchor in segment.anchors]
    assert sorted(anchors) == sorted(f"k{n}" for n in range(len(marks)))
    shown = ["".join(segment.text for segment in row) for row in cut if any(segment.text for segment in row)]
    assert shown == [safe(span.of(text)) for span in lines]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Dent-Rousse : « On a vu » ; et puis ?", "Dent-Rousse\u00a0: «\u00a0On a vu\u00a0»\u00a0; et puis\u00a0?"),
        ("Gone at 9: what we know; why? “So” :-) a :b", "Gone at 9: what we know; why? “So” :-) a :b"),
    ],
)
def test_the_signs_of_a_heading_stay_with_their_words(title: str, shown: str) -> None:
    assert held(title) == shown


@given(st.text(max_size=200), st.integers(2, 50))
def test_a_line_is_one_line_and_no_longer_than_asked(text: str, limit: int) -> None:
    shown = line(text, limit)
    assert len(shown) <= limit
    assert not re.search(r"[\n\r\x00-\x08\ud800-\udfff\u202a-\u202e\u2066-\u2069]", shown)


@given(st.text(max_size=100))
def test_safe_text_keeps_every_offset(text: str) -> None:
    assert len(safe(text)) == len(text)
    safe(text).encode("utf-8")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " https://a.example",
        "https://a.example/\nb",
        "data:text/html,x",
        "file:///etc/passwd",
        "//a.example/x",
        "https:/a",
        "http://[::1",
        'https://a.example/"x',
        "https://a.example/\ud800",
        "https://a.example/" + "a" * 3000,
        "",
        None,
    ],
)
def test_what_is_no_web_address_is_no_link(url: str | None) -> None:
    assert web_address(url) is None


def test_a_web_address_is_a_link() -> None:
    assert web_address("https://a.example/b?c=d&e=%20#f") == "https://a.example/b?c=d&e=%20#f"


@pytest.mark.parametrize(("given_lang", "shown"), [("fr", "fr"), ("fr-CA", None), ('x" onload="', None), (None, None)])
def test_a_language_tag_has_the_form_of_one(given_lang: str | None, shown: str | None) -> None:
    assert language(given_lang) == shown


# --- numbers and dates ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (12, "12", "12"),
        (3_200_000, "3\u202f200\u202f000", "3,200,000"),
        (0.6667, "0,6667", "0.6667"),
        (-4.5, "−4,5", "−4.5"),
        (1e21, "1e+21", "1e+21"),
        (float("inf"), "?", "?"),
        (float("nan"), "?", "?"),
    ],
)
def test_numbers(value: float, french: str, english: str) -> None:
    assert (number(value, "fr"), number(value, "en")) == (french, english)


def test_shares() -> None:
    assert (percent(0.844, "fr"), percent(0.844, "en")) == ("84\u202f%", "84%")


@pytest.mark.parametrize(
    ("published", "french", "english"),
    [
        ("2031-03-04T08:00:00+01:00", "4 mars 2031, 08:00 UTC+1", "4 Mar 2031, 08:00 UTC+1"),
        ("2031-08-04T08:00:00-03:30", "4 août 2031, 08:00 UTC−3:30", "4 Aug 2031, 08:00 UTC−3:30"),
        ("2031-08-04T08:00:00", "4 août 2031, 08:00", "4 Aug 2031, 08:00"),
        ("2031-03-04", "4 mars 2031", "4 Mar 2031"),
        ("some day", "some day", "some day"),
        (None, None, None),
    ],
)
def test_dates_are_shown_at_the_precision_stated(
    published: str | None, french: str | None, english: str | None
) -> None:
    assert (when(published, "fr"), when(published, "en")) == (french, english)


def test_a_small_word_before_a_name_makes_no_other_origin() -> None:
    first = dossier()
    article = first.readings[0].id
    names = ("Police", "la police", "l’exploitant", "l'exploitant", "exploitant", "El Watan", "Watan")
    edges = tuple(Edge(article, name, "speaker", None) for name in names)
    given_ = replace(first, comparison=replace(first.comparison, edges=edges))
    shown = next(story.sourcing for story in build(given_, "fr").stories if story.sourcing)
    labels = sorted(node.label for node in shown.nodes if not node.article)
    assert labels == ["El Watan", "Police", "Watan", "exploitant"]


# --- messages ---------------------------------------------------------------------------------------------------

MADE_UP = (  # keys that the code puts together
    *("verdict.", "drift.", "change.", "modifier.", "edge.", "column.", "chapter."),
    *("flag.", "layer.", "type.", "month.", "tag.", "count.", "from.", "lang.", "reason."),
    *("kind.", "step.", "label.", "given."),
)
PLACES = re.compile(r"\{(\w+)\}")


def test_the_two_catalogues_have_the_same_keys_and_places() -> None:
    fr, en = catalogue("recoupe.report", "fr"), catalogue("recoupe.report", "en")
    assert fr.keys() == en.keys()
    assert {k: sorted(PLACES.findall(v)) for k, v in fr.items()} == {
        k: sorted(PLACES.findall(v)) for k, v in en.items()
    }


@pytest.mark.parametrize("ui", ["fr", "en"])
def test_every_label_of_the_model_has_words(ui: Ui) -> None:
    words = catalogue("recoupe.report", ui)
    labels = {
        "verdict": get_args(Verdict),
        "drift": get_args(Drift),
        "change": get_args(ChangeKind),
        "modifier": get_args(Modifier),
        "edge": get_args(EdgeKind),
        "column": get_args(Column),
        "type": get_args(AttributionType),
        "flag": ("denied", "not said", "belief", "intention", "hedged", "made direct"),
    }
    missing = [f"{kind}.{label}" for kind, names in labels.items() for label in names if f"{kind}.{label}" not in words]
    assert missing == []
    assert set(SIGNS) == {*get_args(Verdict), *get_args(Drift)}


@pytest.mark.parametrize("room", ["recoupe.report", "recoupe.cli", "recoupe.errors"])
def test_french_signs_do_not_part_from_their_words(room: str) -> None:
    loose = re.compile(r"\S [:;!?»]|« ")
    words = {key: message for key, message in catalogue(room, "fr").items() if not key.endswith((".help", "epilog"))}
    assert {key: message for key, message in words.items() if loose.search(message)} == {}


def test_every_message_is_used() -> None:
    package = Path(recoupe.report.__file__).parent
    sources = [path.read_text("utf-8") for path in (*package.rglob("*.py"), *package.rglob("*.j2"))]
    text = "\n".join(sources)
    unused = [
        key
        for key in catalogue("recoupe.report", "en")
        if not key.startswith(MADE_UP) and f'"{key}"' not in text and f"'{key}'" not in text
    ]
    assert unused == []
    counts = {key.split(".")[1] for key in catalogue("recoupe.report", "en") if key.startswith("count.")}
    assert [key for key in sorted(counts) if f'"{key}"' not in text and f"'{key}'" not in text] == []
