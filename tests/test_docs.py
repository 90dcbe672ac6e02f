"""The documentation does what it says: its commands run, its output is real, its links lead somewhere.

docs/README.md tells readers what the marks in the pages mean.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from recoupe.cli import CONFLICT, DONE, NOTHING, SOME_UNREAD, STOPPED, command
from recoupe.contract import schema
from recoupe.ingest.options import Limits
from recoupe.model import Comparison, Dossier

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
RUN = [ROOT / "README.md", *sorted(p for p in DOCS.rglob("*.md"))]
LINKED = [*RUN, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
CLI = DOCS / "reference" / "cli.md"

_FENCE = re.compile(r"( *)```(\w*)$")
_NOT_RUN = re.compile(r"<!-- not run: \S.* -->$")
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_TAG = re.compile(r"\b([FSCN])\d+\b|\[\d+\]")
# `recoupe ...` alone, or with something piped or redirected into it: run in this process, with the models loaded once.
_RECOUPE = re.compile(r"(?:(?P<left>[^|]+)\| )?recoupe (?P<arguments>[^|<>;&$]*)(?:< (?P<file>\S+))?")


@dataclass(frozen=True)
class Block:
    """One fenced block: its language, its lines, where it begins, and whether a comment says that it is not run."""

    lang: str
    lines: tuple[str, ...]
    line: int
    run: bool


def blocks(page: Path) -> list[Block]:
    found: list[Block] = []
    before = ""
    lines = iter(enumerate(page.read_text(encoding="utf-8").splitlines(), start=1))
    for number, line in lines:
        fence = _FENCE.match(line)
        if fence:
            inside = tuple(_inside(lines, fence[1]))
            found.append(Block(fence[2], inside, number, not _NOT_RUN.match(before.strip())))
        if line.strip():
            before = line
    return found


def _inside(lines: Iterator[tuple[int, str]], indent: str) -> list[str]:
    held: list[str] = []
    for _, line in lines:
        if line == indent + "```":
            return held
        held.append(line.removeprefix(indent))
    raise AssertionError("a fenced block is not closed")


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def pages(*langs: str) -> list[Path]:
    return [page for page in RUN if any(block.lang in langs and block.run for block in blocks(page))]


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds the examples and nothing else, and an environment that shows plain English."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.delenv("RECOUPE_UI", raising=False)
    return tmp_path


# --- what is shown is what comes out --------------------------------------------------------------------------------


def test_the_languages_of_blocks_are_known() -> None:
    for page in RUN:
        for block in blocks(page):
            where = f"{name(page)}:{block.line}"
            assert block.lang in {"console", "python", "text", "toml", "json", "sh", "sql"}, where
            assert not (block.run and block.lang in {"sh", "sql"}), f"{where}: say why it is not run"


def check_shown(shown: list[str], real: str, where: str) -> None:
    """`shown` in `real`, where "..." alone stands for any lines and within a line for any characters."""
    lines = [_plain(line) for line in real.splitlines()]
    at, loose = 0, False
    for line in map(_plain, shown):
        if line == "...":
            loose = True
            continue
        pattern = re.compile(".*".join(map(re.escape, line.split("..."))))
        reach = lines[at:] if loose else lines[at : at + 1]
        hit = next((n for n, given in enumerate(reach) if pattern.fullmatch(given)), None)
        assert hit is not None, f"{where}: {line!r} is not in the output from line {at + 1} on:\n{real}"
        at, loose = at + hit + 1, False
    assert loose or at == len(lines), f"{where}: there is more output than is shown:\n{real}"


def _plain(line: str) -> str:
    return _TAG.sub(lambda m: f"{m[1]}#" if m[1] else "[#]", line.replace("\u00a0", " ")).rstrip()


@pytest.mark.parametrize(
    ("shown", "fits"),
    [
        (["a", "b", "c"], True),
        (["a", "..."], True),
        (["...", "c"], True),
        (["a", "...", "c"], True),
        (["..."], True),
        (["a...", "b", "c"], True),
        (["a", "c"], False),
        (["b", "..."], False),
        (["a", "b"], False),
        (["...", "c", "a"], False),
    ],
)
def test_dots_stand_for_lines_and_nothing_else_does(shown: list[str], fits: bool) -> None:
    if fits:
        check_shown(shown, "a\nb\nc\n", "here")
    else:
        with pytest.raises(AssertionError, match="output"):
            check_shown(shown, "a\nb\nc\n", "here")


# --- console ----------------------------------------------------------------------------------------------------


def steps(block: Block) -> list[tuple[str, list[str]]]:
    """The commands of a console block with what is shown after each."""
    found: list[tuple[str, list[str]]] = []
    for line in block.lines:
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif line.startswith("> ") and found and not found[-1][1]:
            found[-1] = (f"{found[-1][0]}\n{line[2:]}", [])
        else:
            found[-1][1].append(line)
    return found


def run(line: str, status: int) -> tuple[int, str]:
    """Exit status and output of a command; `status` is that of the command before."""
    plain = _RECOUPE.fullmatch(line)
    if not plain:
        return shell(line, status)
    given = Path(plain["file"]).read_bytes() if plain["file"] else None
    if plain["left"]:
        given = shell(plain["left"], 0)[1].encode()
    result = CliRunner().invoke(command("en"), shlex.split(plain["arguments"]), input=given)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def shell(line: str, status: int) -> tuple[int, str]:
    done = subprocess.run(
        ["bash", "-c", f"(exit {status})\n{line}"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("page", pages("console"), ids=name)
def test_commands_do_what_the_page_shows(page: Path, workplace: Path) -> None:
    found = [(block, step) for block in blocks(page) if block.lang == "console" and block.run for step in steps(block)]
    if any(line.startswith("jq ") for _, (line, _) in found) and not shutil.which("jq"):
        pytest.skip("jq is not installed")
    status = 0
    followers = [line for _, (line, _) in found[1:]] + [""]
    for (block, (line, shown)), following in zip(found, followers, strict=True):
        where = f"{name(page)}:{block.line}: $ {line}"
        status, output = run(line, status)
        assert status == 0 or following == "echo $?", f"{where}: exit status {status}\n{output}"
        check_shown(shown, output, where)


# --- Python and data --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", pages("python"), ids=name)
def test_python_prints_what_the_page_shows(page: Path, workplace: Path) -> None:
    every = blocks(page)
    wanted = [(n, block) for n, block in enumerate(every) if block.lang == "python" and block.run]
    mark = "--- end of block ---"
    script = "".join(f"exec(compile({source(b)!r}, {name(page)!r}, 'exec'))\nprint({mark!r})\n" for _, b in wanted)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stderr
    for (n, block), output in zip(wanted, done.stdout.split(f"{mark}\n")[:-1], strict=True):
        shown = every[n + 1].lines if n + 1 < len(every) and every[n + 1].lang == "text" else ()
        check_shown(list(shown), output, f"{name(page)}:{block.line}")


def source(block: Block) -> str:
    """The block's code, at the line of the page where it stands, so that a traceback leads there."""
    return "\n" * block.line + "\n".join(block.lines)


def test_data_is_well_formed() -> None:
    for page in RUN:
        for block in blocks(page):
            if block.lang == "toml":
                tomllib.loads("\n".join(block.lines))
            elif block.lang == "json":
                for line in block.lines:
                    json.loads(line)


# --- links ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", LINKED, ids=name)
def test_links_within_the_project_lead_somewhere(page: Path) -> None:
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        if "://" in target or target.startswith("mailto:"):
            continue
        path, _, anchor = target.partition("#")
        leads_to = (page.parent / path).resolve() if path else page
        assert leads_to.exists(), f"{name(page)}: {target}"
        assert not anchor or anchor in anchors(leads_to), f"{name(page)}: {target}"


def anchors(page: Path) -> set[str]:
    """The anchors that hosts make of a page's headings."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_the_index_leads_to_every_page() -> None:
    index = DOCS / "README.md"
    linked = {(DOCS / target).resolve() for target in _LINK.findall(index.read_text(encoding="utf-8"))}
    assert {p for p in RUN if p.parent in (DOCS / "tutorial", DOCS / "howto", DOCS / "reference")} <= linked
    decisions = DOCS / "decisions" / "README.md"
    numbered = {(DOCS / "decisions" / t).resolve() for t in _LINK.findall(decisions.read_text(encoding="utf-8"))}
    assert set((DOCS / "decisions").glob("[0-9]*.md")) <= numbered


# --- the reference against the code -----------------------------------------------------------------------------


def section(page: Path, heading: str) -> str:
    text = re.split(rf"^## {re.escape(heading)}$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)[1]
    return re.split(r"^## ", text, flags=re.MULTILINE)[0]


def rows(text: str) -> list[list[str]]:
    """The cells of the tables' rows, heads and rules left out."""
    found = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")
    ]
    rules = [n for n, row in enumerate(found) if set("".join(row)) <= set("-:")]
    return [row for n, row in enumerate(found) if n not in rules and n + 1 not in rules]


@pytest.mark.parametrize("each", sorted(command("en").commands))
def test_the_options_are_those_of_the_command(each: str) -> None:
    assert f"    recoupe {each}" in CLI.read_text(encoding="utf-8")
    options = [p for p in command("en").commands[each].params if isinstance(p, click.Option)]
    told = {tuple(re.findall(r"`(-{1,2}[a-z-]+)", row[0])): " ".join(row) for row in rows(section(CLI, each))}
    assert set(told) == {tuple(option.opts) for option in options}
    for option in options:
        if isinstance(option.type, click.Choice) and "as for" not in told[tuple(option.opts)]:
            assert set(option.type.choices) <= set(re.findall(r"\w+", told[tuple(option.opts)])), option.opts


@pytest.mark.parametrize(
    ("page", "heading"), [(CLI, "Exit status"), (DOCS / "howto/use-in-a-script.md", "Exit status")]
)
def test_the_exit_codes_are_those_of_the_command(page: Path, heading: str) -> None:
    told = [int(row[0]) for row in rows(section(page, heading))]
    assert told == [DONE, SOME_UNREAD, NOTHING, CONFLICT, STOPPED]


@pytest.mark.parametrize(("heading", "of"), [("Readings", "reading"), ("Dossiers", "dossier")])
def test_the_keys_are_those_of_the_schemas(heading: str, of: str) -> None:
    told = {
        key for row in rows(section(DOCS / "reference/formats.md", heading)) for key in re.findall(r"`(\w+)`", row[0])
    }
    assert told == set(schema(of)["properties"])


def test_the_tables_are_those_of_the_dossier() -> None:
    told = {row[0]: row[2].split(", ") for row in rows((DOCS / "reference" / "tables.md").read_text(encoding="utf-8"))}
    assert told == {name: table.column_names for name, table in Dossier((), Comparison()).to_arrow().items()}


def test_the_limits_are_those_of_the_code() -> None:
    told = {
        row[2].strip("`"): number(row[1]) for row in rows((DOCS / "reference/limits.md").read_text(encoding="utf-8"))
    }
    bounds = {field.name: getattr(Limits(), field.name) for field in fields(Limits)}
    assert {key: value for key, value in told.items() if "." not in key} == bounds
    for path, value in told.items():
        if "." in path:
            module, _, constant = path.rpartition(".")
            assert getattr(import_module(module), constant) == value, path


def number(words: str) -> float:
    digits = re.search(r"\d[\d,]*", words)
    assert digits, words
    factor = 2**20 if "MiB" in words else 1_000_000 if "MB" in words else 1
    return float(digits[0].replace(",", "")) * factor


def test_pictures_are_small() -> None:
    for picture in (DOCS / "images").glob("*.png"):
        assert picture.stat().st_size < 300_000, picture.name
