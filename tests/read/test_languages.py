"""Language data: French and English are of one make, and a third language is added by a package of data alone."""

from __future__ import annotations

import importlib
import shutil
import sys
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import pytest

from recoupe.cli.doctor import examine
from recoupe.errors import MissingPartError
from recoupe.model import Article, Reading
from recoupe.pipeline import models
from recoupe.read import parse, tables
from recoupe.read.reader import Reader, languages
from recoupe.read.tables import GROUP, LanguageDataError, problems

HERE = Path(__file__).parent / "languages"
PACKAGE = HERE / "recoupe-esperanto"
FOLDER = PACKAGE / "recoupe_esperanto"
TEXT = (HERE / "ponto.txt").read_text(encoding="utf-8")
OURS = ("fr", "en")
NEVER_EMPTY = {"numerals.figures.decimal", "quantities.refused.age_units"}


# --- a third language -------------------------------------------------------------------------------------------


def install(monkeypatch: pytest.MonkeyPatch, site: Path, package: Path) -> None:
    """Make a package's folders and entry points findable, as pip does; `site` is an empty folder to write in."""
    project = tomllib.loads((package / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = site / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir(parents=True)
    info.joinpath("METADATA").write_text(f"Name: {project['name']}\nVersion: {project['version']}\n", encoding="utf-8")
    entries = "".join(f"{code} = {folder}\n" for code, folder in project["entry-points"][GROUP].items())
    info.joinpath("entry_points.txt").write_text(f"[{GROUP}]\n{entries}", encoding="utf-8")
    monkeypatch.syspath_prepend(str(package))
    monkeypatch.syspath_prepend(str(site))
    importlib.invalidate_caches()
    forget()


def forget() -> None:
    """Look for languages anew."""
    tables.folders.cache_clear()
    tables.table.cache_clear()
    parse.load.cache_clear()
    for name in ("recoupe_esperanto", "recoupe_toy"):
        sys.modules.pop(name, None)


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    yield
    forget()


@pytest.fixture
def esperanto(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Reading:
    """The article in Esperanto, read with its package installed."""
    install(monkeypatch, tmp_path, PACKAGE)
    return next(Reader().read([Article("ponto", TEXT, lang="eo", published="2026-03-04")]))


def test_the_package_holds_no_python() -> None:
    assert not list(PACKAGE.rglob("*.py"))


def test_a_language_without_data_is_not_read() -> None:
    assert languages() == ("en", "fr")
    reading = next(Reader().read([Article("ponto", TEXT, lang="eo")]))
    assert reading.unread == "language: eo"


def test_attributions_of_a_third_language(esperanto: Reading) -> None:
    found = [
        (a.type, " … ".join(s.of(TEXT) for s in a.content), a.source and a.source.of(TEXT), a.speaker, a.polarity)
        for a in esperanto.attributions
    ]
    assert found == [
        (
            "indirect",
            "la ponto restos fermita ĝis la 12-a de majo 2026",
            "La urbestrino de Lumburgo, Ana Berger",
            "Ana Berger",
            "said",
        ),
        ("direct", "La riparo kostos 3 milionojn da eŭroj … Neniu pagos pli.", "ŝi", "Ana Berger", "said"),
        (
            "direct",
            "Ni aĉetos 40 kilometrojn da kablo kaj laboros dum la tuta jaro",
            "la inĝeniero Petro Lund",
            "Petro Lund",
            "said",
        ),
        ("direct", "La ponto … estas tro malnova", "la urbestrino", "Ana Berger", "said"),
        ("indirect", "25 domoj estas en danĝero", "la agentejo Nordia", "Nordia", "said"),
        ("indirect", "la ŝtato pagos 12,5 % de la kostoj", "La ministro", "la ministro", "denied"),
    ]


def test_quantities_of_a_third_language(esperanto: Reading) -> None:
    assert [(q.span.of(TEXT), q.value, q.unit) for q in esperanto.quantities] == [
        ("3 milionojn da eŭroj", 3e6, "EUR"),
        ("40 kilometrojn", 40, "km"),
        ("25 domoj", 25, "domo"),
        ("12,5 %", 12.5, "%"),
    ]


def test_times_of_a_third_language(esperanto: Reading) -> None:
    assert [(t.span.of(TEXT), t.value) for t in esperanto.times] == [
        ("lunde", "2026-03-02"),
        ("la 12-a de majo 2026", "2026-05-12"),
        ("hieraŭ", "2026-03-03"),
    ]


def test_credits_of_a_third_language(esperanto: Reading) -> None:
    assert [(c.name, c.kind) for c in esperanto.credits] == [("Nordia", "agency")]


@pytest.mark.usefixtures("esperanto")
def test_the_package_of_a_third_language_is_named_in_results_and_by_doctor() -> None:
    assert models()["recoupe-esperanto"] == "0.1"
    assert ("recoupe-esperanto", "0.1", True) in {(f.name, f.version, f.fine) for f in examine()}


# --- what is wrong is said at the start -------------------------------------------------------------------------


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package under a name of its own, to be damaged."""
    package = tmp_path / "package"
    shutil.copytree(FOLDER, package / "recoupe_toy")
    package.joinpath("pyproject.toml").write_text(
        (PACKAGE / "pyproject.toml").read_text(encoding="utf-8").replace("esperanto", "toy"), encoding="utf-8"
    )
    return package


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_a_folder_lacks_is_named_when_a_reader_is_built(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, copy: Path
) -> None:
    (copy / "recoupe_toy" / "times.toml").unlink()
    edit(copy / "recoupe_toy" / "frames.toml", 'filler = "Tio"', "")
    edit(copy / "recoupe_toy" / "names.toml", "marks = []", "")
    edit(copy / "recoupe_toy" / "cues.toml", 'note = "Verbs that deny the clause after them."', "")
    edit(copy / "recoupe_toy" / "numerals.toml", 'group = [" ", "."]', 'group = "."')
    edit(copy / "recoupe_toy" / "roles.toml", 'head = "first"', 'head = "first')
    install(monkeypatch, tmp_path / "site", copy)
    with pytest.raises(LanguageDataError) as caught:
        Reader()
    said = str(caught.value)
    assert "recoupe_toy" in said
    assert "'eo'" in said
    for lack in (
        "no file times.toml",
        "frames.toml: no key filler",
        "names.toml: no key possessive.marks",
        "cues.toml: no key verbs, entry 2.note",
        "numerals.toml: no list but a text at figures.group",
        "roles.toml: Illegal character",
    ):
        assert lack in said


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('fr = "recoupe_toy"', "there are data for the language 'fr' already"),
        ('epo = "recoupe_toy"', "'epo' is no ISO 639-1 code"),
        ('eo = "recoupe_nowhere"', "recoupe_nowhere: no such package"),
    ],
)
def test_a_wrong_entry_point_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, copy: Path, entry: str, said: str
) -> None:
    edit(copy / "pyproject.toml", 'eo = "recoupe_toy"', entry)
    install(monkeypatch, tmp_path / "site", copy)
    with pytest.raises(LanguageDataError, match=said):
        Reader()


def emptied(value: Any, words: list[str], path: str) -> Any:
    """The data with nothing in any list, nor in any table of words."""
    if isinstance(value, dict):
        if path in words:
            return {}
        return {key: emptied(inner, words, f"{path}.{key}") for key, inner in value.items()}
    return [] if isinstance(value, list) and path not in NEVER_EMPTY else value


def test_lists_may_be_empty(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, copy: Path) -> None:
    edit(copy / "pyproject.toml", "eo = ", "ia = ")  # a code of its own: compiled grammars are kept by code
    install(monkeypatch, tmp_path / "site", copy)
    assert languages() == ("en", "fr", "ia")
    words = tables.table("data", "tables")["words"]
    load = tables._load

    def load_emptied(folder: Traversable, name: str) -> dict[str, Any]:
        data = load(folder, name)
        return emptied(data, words, name) if folder.name == "recoupe_toy" else data

    monkeypatch.setattr(tables, "_load", load_emptied)
    text = f"{TEXT}\n— Hi, she said on X (AFP). 3 million of $3.5 bn by 5 May\n“One.” Selon l'AFP, « 2 »"
    reading = next(Reader().read([Article("skeleton", text, "Title: X", "ia", published="2026-03-04")]))
    assert ("12,5 %", "%") in [(q.span.of(text), q.unit) for q in reading.quantities]


def test_without_parser_and_tags_all_but_sources_is_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, copy: Path, esperanto: Reading
) -> None:
    (copy / "recoupe_toy" / "language.toml").write_text('name = "Esperanto"\n', encoding="utf-8")
    edit(copy / "pyproject.toml", "eo = ", "io = ")
    install(monkeypatch, tmp_path / "site", copy)
    reading = next(Reader().read([Article("ponto", TEXT, lang="io", published="2026-03-04")]))
    contents = [span.of(TEXT) for a in reading.attributions for span in a.content]
    assert "la ponto restos fermita ĝis la 12-a de majo 2026" in contents
    assert "Ni aĉetos 40 kilometrojn da kablo kaj laboros dum la tuta jaro" in contents
    assert not [a for a in reading.attributions if a.source]
    assert reading.quantities == esperanto.quantities
    assert reading.times == esperanto.times
    assert reading.credits == esperanto.credits


def test_a_model_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, copy: Path) -> None:
    edit(copy / "recoupe_toy" / "language.toml", 'name = "Esperanto"', 'name = "Esperanto"\nmodel = "eo_core_toy"')
    install(monkeypatch, tmp_path / "site", copy)
    with pytest.raises(MissingPartError, match="pip install eo_core_toy"):
        list(Reader().read([Article("ponto", TEXT, lang="eo")]))


# --- French and English -----------------------------------------------------------------------------------------


def test_french_and_english_have_the_same_files() -> None:
    here = files("recoupe.read")
    french, english = (sorted(f.name for f in here.joinpath(lang).iterdir() if f.is_file()) for lang in OURS)
    assert french == english


@pytest.mark.parametrize(("lang", "model"), [OURS, OURS[::-1]])
def test_french_and_english_have_the_same_keys(monkeypatch: pytest.MonkeyPatch, lang: str, model: str) -> None:
    monkeypatch.setattr(tables, "MODEL_LANGUAGE", model)
    assert problems(files("recoupe.read").joinpath(lang)) == []


def test_what_tables_toml_names_is_there() -> None:
    """A path of the list that no file has any more is a slip."""
    rules = tables.table("data", "tables")
    for path in rules["words"]:
        name, *keys = path.split(".")
        at = tables.table("fr", name)
        for key in keys:
            at = at[key]
        assert isinstance(at, dict), path
    for path in rules["optional"]:
        assert any(_has(tables.table(lang, path.split(".")[0]), path.split(".")[1:]) for lang in OURS) or path in {
            "language.tags"  # both have a parser
        }, path


def _has(at: object, keys: list[str]) -> bool:
    for key in keys:
        if not isinstance(at, dict) or key not in at:
            return False
        at = at[key]
    return True
