"""Make the pictures of the documentation: the dossier of `examples/` as a browser shows it.

    .venv/bin/python scripts/screenshots.py [FOLDER]      (docs/images where no folder is given)

It needs Debian's chromium; RECOUPE_CHROMIUM gives another path.  The pictures depend on the fonts of the machine, so
they are made by hand when the page changes, and no test compares them.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.terminal_theme import MONOKAI

import recoupe
from recoupe.report import html, terminal, view

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = os.environ.get("RECOUPE_CHROMIUM", "/usr/bin/chromium")
WIDE, PHONE = 1280, 390  # widths in CSS pixels of a desk and of a phone
LARGEST = 300_000  # bytes of one picture: the pages must load at once


ROWS = 46  # of the terminal's picture

# What each picture of one part shows: the part, and how wide the page is.
PARTS = {
    "conflict": ("#conflicts .card:has-text('people took part')", WIDE),
    "altered": ("#altered .card:has-text('safe to drink')", WIDE),
    "timeline": ("#s1 .when", WIDE),
    "sources": (".graph >> nth=0", WIDE),
    "copy": (".line.copy >> nth=0", WIDE),
    "stories": (".overview", WIDE),
}


def main(folder: Path) -> None:
    """Write the pictures into `folder`, in the interface's English whichever language the examples are in."""
    folder.mkdir(parents=True, exist_ok=True)
    seen = view.build(recoupe.check([ROOT / "examples"]), "en")
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch, "dossier.html")
        page.write_text(html.render(seen), encoding="utf-8")
        screen = Path(scratch, "terminal.html")
        screen.write_text(_terminal(seen), encoding="utf-8")
        with _browser() as browser:
            _shoot(browser, page, folder / "dossier.png", width=WIDE, start="body", height=1180)
            _shoot(browser, page, folder / "dossier-phone.png", width=PHONE, start="#altered", height=844)
            _shoot(browser, page, folder / "dossier-dark.png", width=WIDE, start="body", height=900, scheme="dark")
            _shoot(browser, screen, folder / "terminal.png", width=860, start="body", height=20 * ROWS)
            for name, (part, width) in PARTS.items():
                _shoot_part(browser, page, folder / f"{name}.png", part, width)


def _terminal(seen: view.View) -> str:
    """The first rows of the report on a terminal of 100 columns, as a page."""
    console = Console(record=True, file=io.StringIO(), width=100, force_terminal=True, highlight=False)
    terminal.render(seen, console)
    shown = console.export_html(inline_styles=True, theme=MONOKAI)
    style = "<style>body{margin:14px 18px;font-size:13px}pre{line-height:20px!important}</style>"
    return shown.replace("</head>", f"{style}</head>")


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


def _shoot(
    browser: Any, page: Path, picture: Path, *, width: int, start: str, height: int, scheme: str = "light"
) -> None:
    """The page at `width`, from the top of the element `start` on, `height` pixels of it."""
    shown = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    shown.goto(page.as_uri())
    top = shown.locator(start).first.evaluate("e => e.getBoundingClientRect().top + scrollY")
    shown.screenshot(path=picture, full_page=True, clip={"x": 0, "y": top, "width": width, "height": height})
    shown.close()
    _tell(picture)


def _shoot_part(browser: Any, page: Path, picture: Path, part: str, width: int) -> None:
    """One part of the page with a little room around it; of a timeline's list, with the drawing above."""
    shown = browser.new_page(viewport={"width": width, "height": 900}, color_scheme="light")
    shown.goto(page.as_uri())
    box = shown.locator(part).first.evaluate(
        """e => {
            const first = e.matches('.when') ? e.previousElementSibling : e;
            const top = first.getBoundingClientRect().top + scrollY, end = e.getBoundingClientRect().bottom + scrollY;
            return {y: top - 4, height: end - top + 20};
        }"""
    )
    shown.screenshot(path=picture, full_page=True, clip={"x": 0, "width": width, **box})
    shown.close()
    _tell(picture)


def _tell(picture: Path) -> None:
    size = picture.stat().st_size
    if size > LARGEST:
        sys.exit(f"{picture} has {size:,} bytes, more than {LARGEST:,}")
    print(f"{picture}: {size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images")
