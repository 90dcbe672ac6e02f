"""The page in a browser: wide and narrow, without a script, without a word on the console."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from recoupe.model import Story
from recoupe.report import html
from recoupe.report.view import build
from tests.report.hostile import hostile, spoilt
from tests.report.many import stories
from tests.report.story import dossier, followed

CHROMIUM = os.environ.get("RECOUPE_CHROMIUM") or shutil.which("chromium")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed (RECOUPE_CHROMIUM gives its path)"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module", params=["plain", "hostile", "many"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    if request.param == "plain":
        given = followed()
    else:
        given = hostile(400) if request.param == "hostile" else spoilt(stories(13), "w" * 300)
    path: Path = tmp_path_factory.mktemp("page") / "dossier.html"
    path.write_text(html.render(build(given, "fr")), encoding="utf-8")
    return path.as_uri()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark"), (1280, "light")])
def test_the_page_fits_its_width_in_silence(browser: Any, address: str, width: int, scheme: str) -> None:
    heard: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 844}, color_scheme=scheme)
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda request: heard.append(request.url) if request.url != address else None)
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert heard == []
    page.close()


def test_links_work_without_a_script(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(address)
    page.locator("#conflicts .ref").first.click()
    assert "#a" in page.url
    context.close()


def test_evidence_in_a_folded_article_is_unfolded_by_its_link(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = false)")
    page.evaluate("location.hash = document.querySelector('#conflicts .ref').getAttribute('href')")
    page.wait_for_function("document.querySelector(location.hash).checkVisibility()", timeout=3000)
    page.close()


def test_the_first_tab_stop_skips_to_what_differs(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#differs"
    page.close()


def test_the_box_leaves_only_stories_where_something_differs(browser: Any, tmp_path: Path) -> None:
    first = dossier()
    names = [f"{name}-{n}" for n in range(4) for name in ("a", "b")]
    calm = tuple(
        replace(first.readings[n % 2], article=replace(first.readings[n % 2].article, id=name))
        for n, name in enumerate(names)
    )
    stories = tuple(Story(f"calm-{n}", tuple(names[2 * n : 2 * n + 2])) for n in range(4))
    comparison = replace(first.comparison, stories=(*first.comparison.stories, *stories))
    path = tmp_path / "dossier.html"
    path.write_text(html.render(build(replace(first, readings=(*first.readings, *calm), comparison=comparison), "en")))
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(path.as_uri())
    seen = [page.locator("section.story:visible").count()]
    page.keyboard.press("Tab")
    page.get_by_label("Only stories where something differs").check()
    seen.append(page.locator("section.story:visible").count())
    assert seen[0] - seen[1] >= 4
    assert seen[1] >= 1
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_no_label_of_the_timeline_or_the_graph_lies_on_another(browser: Any, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for labels in (".tick", ".field .node"):
        boxes = page.evaluate(
            """css => [...document.querySelectorAll('.timeline, .graph')].map(drawing =>
                [...drawing.querySelectorAll(css)].map(e => e.getBoundingClientRect())
                    .filter(r => r.width).map(r => [r.left, r.top, r.right, r.bottom]))""",
            labels,
        )
        for drawing in boxes:
            for one, other in combinations(drawing, 2):
                apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
                assert apart, (labels, one, other)
    page.close()
