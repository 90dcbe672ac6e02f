"""Make the pictures of the documentation: the dossier of `examples/` as a browser shows it.

    .venv/bin/python scripts/screenshots.py [FOLDER]      (docs/images where no folder is given)

It needs Debian's chromium; RECOUPE_CHROMIUM gives another path.  The pictures depend on the fonts of the machine, so
they are made by hand when the page changes, and no test compares them.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import recoupe
from recoupe.report import html, view

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = os.environ.get("RECOUPE_CHROMIUM", "/usr/bin/chromium")
WIDE, PHONE = 1280, 390  # widths in CSS pixels of a desk and of a phone
LARGEST = 300_000  # bytes of one picture: the pages must load at once


def main(folder: Path) -> None:
    """Write `dossier.png` and `dossier-phone.png` into `folder`, whichever language the examples are in."""
    folder.mkdir(parents=True, exist_ok=True)
    page_text = html.render(view.build(recoupe.check([ROOT / "examples"]), "en"))
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch, "dossier.html")
        page.write_text(page_text, encoding="utf-8")
        with _browser() as browser:
            _shoot(browser, page, folder / "dossier.png", width=WIDE, start="body", height=1180)
            _shoot(browser, page, folder / "dossier-phone.png", width=PHONE, start="#altered", height=844)


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


def _shoot(browser: Any, page: Path, picture: Path, *, width: int, start: str, height: int) -> None:
    """The page at `width`, from the top of the element `start` on, `height` pixels of it."""
    shown = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
    shown.goto(page.as_uri())
    top = shown.locator(start).first.evaluate("e => e.getBoundingClientRect().top + scrollY")
    shown.screenshot(path=picture, full_page=True, clip={"x": 0, "y": top, "width": width, "height": height})
    shown.close()
    size = picture.stat().st_size
    if size > LARGEST:
        sys.exit(f"{picture} has {size:,} bytes, more than {LARGEST:,}")
    print(f"{picture}: {size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images")
