"""Terminal and Markdown: golden files beside the invented dossier, and hostile words.

`RECOUPE_GOLDEN=write pytest tests/report` writes the golden files anew: read the difference before keeping it.
"""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from recoupe.messages import Ui
from recoupe.model import Comparison, Dossier
from recoupe.report import markdown, readings, terminal
from recoupe.report.view import build
from tests.report.hostile import hostile
from tests.report.story import dossier, followed

GOLDEN = Path(__file__).parent / "golden"


def _terminal(given_: Dossier, ui: Ui, width: int = 80, colour: bool = False) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=colour, color_system="truecolor" if colour else None)
    terminal.render(build(given_, ui), console)
    return out.getvalue()


def golden(name: str, shown: str) -> None:
    path = GOLDEN / name
    if os.environ.get("RECOUPE_GOLDEN") == "write":
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("ui", ["fr", "en"])
def test_terminalgolden(ui: Ui) -> None:
    golden(f"dossier.{ui}.txt", _terminal(followed(), ui))


@pytest.mark.parametrize("ui", ["fr", "en"])
def test_markdowngolden(ui: Ui) -> None:
    golden(f"dossier.{ui}.md", markdown.render(build(followed(), ui)))


@pytest.mark.parametrize("ui", ["fr", "en"])
def test_readingsgolden(ui: Ui) -> None:
    out = io.StringIO()
    readings.render(dossier().readings, Console(file=out, width=80), ui)
    golden(f"readings.{ui}.txt", out.getvalue())


def test_hostile_readings_send_no_escape_code() -> None:
    out = io.StringIO()
    readings.render(hostile().readings, Console(file=out, width=80), "en")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", out.getvalue())


@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    shown = _terminal(hostile(300), "fr", width)
    assert max(len(row) for row in shown.splitlines()) <= width


@pytest.mark.parametrize("width", [60, 80, 140])
def test_the_first_screen_shows_each_difference_on_one_line(width: int) -> None:
    view = build(dossier(), "fr")
    rows = _terminal(dossier(), "fr", width).split("──")[0].splitlines()
    for tag in [figure.tag for figure in view.conflicts] + [statement.tag for statement in view.altered]:
        assert sum(row.startswith(f"{tag} ") for row in rows) == 1
    assert any("12 ≠ 15 ≠ 19" in row for row in rows)


def test_the_terminal_shows_who_rests_on_whom() -> None:
    shown = _terminal(dossier(), "en")
    assert re.search(r"^  \[1\] Agence Méridienne ← copied by \[2\] ", shown, re.M)
    assert "first of those dated" in shown


def test_a_pipe_gets_neither_escape_codes_nor_blanks_at_the_ends_of_lines() -> None:
    shown = _terminal(dossier(), "en")
    assert "\x1b" not in shown
    assert not re.search(r"[ \t]+$", shown, re.M)


def test_a_screen_ends_with_what_its_top_said() -> None:
    piped, screen = _terminal(followed(), "en", 100), _terminal(followed(), "en", 100, colour=True)
    assert piped.count("2 figures in conflict") == 1
    assert screen.count("2 figures in conflict") == 2
    assert "recoupe explain F1" in screen.splitlines()[-1]


def test_only_our_own_styles_reach_a_terminal() -> None:
    shown = _terminal(hostile(), "en", colour=True)
    codes = set(re.findall(r"\x1b[^m]*m", shown))
    assert codes
    assert all(re.fullmatch(r"\x1b\[[\d;]*m", code) for code in codes)
    bare = re.sub(r"\x1b\[[\d;]*m", "", shown)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", bare)
    assert "[bold]" in re.sub(r"\s+", "", bare)  # rich's markup is words like others


def test_the_empty_dossier_says_so() -> None:
    assert "No article was read." in _terminal(Dossier((), Comparison()), "en")
    assert "Aucun article n’a été lu." in markdown.render(build(Dossier((), Comparison()), "fr"))


def test_markdown_of_hostile_words_has_no_markup_of_theirs() -> None:
    shown = markdown.render(build(hostile(), "en"))
    shown.encode("utf-8")
    assert not re.search(r"(?<!\\)<(script|img|!--)", shown)
    assert not re.search(r"(?<!\\)\]\(", shown)
    assert "http\\://" in shown
    assert "\x1b" not in shown


@given(st.text(st.sampled_from("a1*_[]()<>#`|~\\-+.=&@!: \n"), max_size=30))
def test_escaped_markdown_reads_as_the_same_words(text: str) -> None:
    shown = markdown.escaped(text)
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", shown) == " ".join(text.split())
    assert not re.search(r"(?<!\\)(\\\\)*[*_`<\[\]|~#&@]", shown)
    assert not re.match(r"[-+=]|\d+[.)](\s|$)", shown)
