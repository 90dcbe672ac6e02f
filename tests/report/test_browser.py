"""The page in a browser: wide and narrow, without a script, without a word on the console."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from recoupe.report import html
from recoupe.report.view import build
from tests.report.hostile import hostile
from tests.report.story import dossier

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


@pytest.fixture(scope="module", params=["plain", "hostile"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    given = dossier() if request.param == "plain" else hostile(400)
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
