"""The page: one file that loads nothing, valid, reachable by keyboard and ear, and safe from what it shows."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
import time
from itertools import pairwise

import pytest

from recoupe.messages import Ui
from recoupe.model import Comparison, Dossier, Story
from recoupe.report import html
from recoupe.report.view import build
from tests.report.hostile import hostile, spoilt
from tests.report.many import stories
from tests.report.pages import Page, parsed
from tests.report.story import dossier, followed

UIS: tuple[Ui, ...] = ("fr", "en")


@pytest.fixture(scope="module", params=["plain-fr", "plain-en", "hostile-fr", "hostile-en", "empty-en"])
def page(request: pytest.FixtureRequest) -> Page:
    kind, ui = request.param.split("-")
    given = {"plain": followed(), "hostile": hostile(), "empty": Dossier((), Comparison())}[kind]
    return parsed(html.render(build(given, ui)))


def test_ids_are_unique_and_every_link_inside_the_page_arrives(page: Page) -> None:
    assert len(page.ids) == len(set(page.ids))
    inside = {link[1:] for link in page.links if link.startswith("#")}
    assert inside - set(page.ids) == set()
    assert set(page.labelled) - set(page.ids) == set()


def test_links_that_leave_the_page_are_web_addresses(page: Page) -> None:
    outside = [link for link in page.links if not link.startswith("#")]
    assert all(link.startswith(("https://", "http://")) for link in outside)


def test_headings_go_down_one_level_at_a_time(page: Page) -> None:
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(page.headings))


def test_the_page_loads_nothing_and_runs_nothing(page: Page) -> None:
    assert page.loads == []
    assert not {"script", "img", "link", "iframe", "object", "base", "form"} & set(page.tags)
    assert not [name for _, name in page.attributes if name.startswith("on") or name == "style"]
    assert "url(" not in page.style
    assert "@import" not in page.style


def test_the_policy_allows_the_style_sheet_and_nothing_else(page: Page) -> None:
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    assert page.policy.startswith("default-src 'none';")
    assert f"style-src 'sha256-{digest}'" in page.policy
    assert "unsafe" not in page.policy
    assert "script-src" not in page.policy


def test_landmarks_are_there(page: Page) -> None:
    assert page.tags["main"] == 1
    assert page.tags["nav"] == 1
    assert page.tags["footer"] == 1
    assert page.links[0] == "#differs"  # the skip link


@pytest.mark.parametrize("ui", UIS)
def test_the_interface_language_is_declared(ui: Ui) -> None:
    assert parsed(html.render(build(dossier(), ui))).lang == ui


@pytest.mark.parametrize("ui", UIS)
def test_hostile_words_are_shown_as_words(ui: Ui) -> None:
    page = html.render(build(hostile(), ui))
    page.encode("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)
    assert "{{ 7 * 7 }}" in page


def test_words_without_a_break_do_not_make_the_page_grow_without_bound() -> None:
    # Every name and reason is cut; only the texts themselves stay whole, once each.
    short, long = (len(html.render(build(hostile(size), "en"))) for size in (0, 100_000))
    assert long - short < 100_000 * (len(dossier().readings) * 2) + 2_000_000


def test_every_line_leads_to_its_evidence_and_the_evidence_back() -> None:
    view = build(followed(), "fr")
    page = parsed(html.render(view))
    for story in view.stories:
        for speaker in story.speakers:
            for statement in (*speaker.shared, *speaker.single):
                for said in statement.places:
                    assert f"#{said.evidence}" in page.links
                    assert f"#{said.anchor}" in page.links
        for figure in story.figures:
            for value in figure.values:
                for voice in value.voices:
                    for reported in voice.places:
                        assert f"#{reported.evidence}" in page.links
                        assert f"#{reported.anchor}" in page.links


def test_a_statement_made_again_leads_to_its_other_places() -> None:
    view = build(followed(), "fr")
    page = parsed(html.render(view))
    for statement in (s for story in view.stories for sp in story.speakers for s in (*sp.shared, *sp.single)):
        for again in statement.elsewhere.places:
            assert {f"#{again.evidence}", f"#{again.anchor}"} <= set(page.links)
    shown = "".join(page.words)
    assert "Dit aussi dans" in shown
    assert "autre nombre\u00a0: 3,4 millions d’euros" in shown
    assert "Fil de 2 sujets" in shown


def test_no_difference_is_told_by_colour_alone() -> None:
    page = html.render(build(dossier(), "en"))
    assert "<del" in page
    assert "<ins" in page
    assert '<span class="kind">negation</span>' in page
    assert "[left out:]" in page  # what a screen reader says


def test_what_is_not_there_has_no_section() -> None:
    page = parsed(html.render(build(Dossier((), Comparison()), "en")))
    assert {"conflicts", "altered", "unread", "notes", "failures", "stories"} & set(page.ids) == set()
    assert "No article was read." in "".join(page.words)


def _pile(size: int) -> Dossier:
    """`size` articles in one story: copies of the invented ones under other ids."""
    first = dossier()
    readings = tuple(
        dataclasses.replace(r, article=dataclasses.replace(r.article, id=f"{r.article.id}-{n:03}"))
        for n in range(size // len(first.readings) + 1)
        for r in first.readings
    )[:size]
    return Dossier(readings, Comparison(stories=(Story("s", tuple(r.id for r in readings)),)))


def test_two_hundred_articles_are_shown_in_three_seconds() -> None:
    started = time.perf_counter()
    page = html.render(build(_pile(200), "fr"))
    assert time.perf_counter() - started < 3
    assert page.count('<details class="article">') == 200  # folded


def test_a_dossier_of_many_has_a_table_of_its_stories_a_filter_and_an_index_of_speakers() -> None:
    many = stories(20)
    text = html.render(build(many, "en"))
    page = parsed(text)
    assert text.count('<tr><th scope="row"><a href=#s') == 20
    assert {"people", "differs", "stories"} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} - set(page.ids) == set()
    assert "only" not in page.ids  # all differ: nothing to filter
    calm = dataclasses.replace(many.comparison, figures=(), utterances=many.comparison.utterances[:1])
    assert "only" in parsed(html.render(build(dataclasses.replace(many, comparison=calm), "en"))).ids


def test_a_page_grows_by_what_it_shows_and_says_little_twice() -> None:
    # What one more story of the same articles adds: its texts, the lines on them, and as much markup at most.
    small, big = (html.render(build(stories(count), "fr")) for count in (20, 40))
    added = len(big) - len(small)
    words = sum(map(len, parsed(big).words)) - sum(map(len, parsed(small).words))
    assert added < 3.4 * words
    assert added / 20 / len(dossier().readings) < 6_500


def test_long_and_hostile_names_are_cut_in_the_table_and_the_index() -> None:
    text = html.render(build(spoilt(stories(15), "\u202e\x00<b>" + "w" * 500), "fr"))
    page = parsed(text)
    assert len(page.ids) == len(set(page.ids))
    assert not re.search(r"[\x00-\x08\u202a-\u202e\u2066-\u2069]", text)
    for start, end in (('<table class="overview">', "</table>"), ('<ul class="people">', "</ul>")):
        part = text[text.index(start) :].partition(end)[0]
        assert "www…" in part
        assert "w" * 400 not in part


def test_a_blank_stands_for_the_number_that_a_figure_asks_for() -> None:
    first = dossier()
    figures = tuple(dataclasses.replace(f, about="… people took part") for f in first.comparison.figures)
    given = dataclasses.replace(first, comparison=dataclasses.replace(first.comparison, figures=figures))
    page = html.render(build(given, "en"))
    assert "<bdi><span class=blank><span class=vh>[number]</span></span> people took part</bdi>" in page
    assert "… people" not in page


def test_an_attribute_without_quotation_marks_holds_nothing_that_an_article_says() -> None:
    # Anchors, checked codes of languages and our own classes: a value of another kind must stand in quotation marks.
    page = html.render(build(hostile(50), "fr"))
    bare = re.findall(r"<\w+(?: [\w-]+=(?:\"[^\"]*\"|[^\s\">]+))*? [\w-]+=([^\s\">]+)", page)
    assert len(bare) > 300
    assert [value for value in bare if not re.fullmatch(r"#?[a-z0-9-]+", value)] == []


def test_the_same_dossier_gives_the_same_bytes() -> None:
    assert html.render(build(dossier(), "fr")) == html.render(build(dossier(), "fr"))


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [(text, ground) for text in ("ink", "soft", "red", "green", "blue") for ground in ("paper", "wash")]
    + [("marker-ink", "marker"), ("ink", "faint"), ("ink", "blue-wash"), ("soft", "blue-wash"), ("paper", "blue")],
)
def test_contrast_reaches_aa(scheme: int, text: str, ground: str) -> None:
    style = parsed(html.render(build(dossier(), "en"))).style
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", re.findall(r":root \{(.*?)\}", style, re.S)[scheme]))
    light, dark = sorted((_luminance(colours[text]), _luminance(colours[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
