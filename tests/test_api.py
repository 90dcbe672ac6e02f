"""The Python API as its users call it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import recoupe

TEXT = "« Rien n'est décidé », a déclaré hier Lena Orsi, la maire de Valcourt."


def test_read_can_be_called_again_and_again() -> None:
    """The functions `read` and `compare` share their names with packages that are imported by the first call."""
    first = recoupe.read(TEXT, lang="fr", published="2025-03-05")
    assert recoupe.read(TEXT, lang="fr", published="2025-03-05") == first
    assert [(a.speaker, a.type) for a in first.attributions] == [("Lena Orsi", "direct")]
    assert [t.value for t in first.times] == ["2025-03-04"]
    assert recoupe.compare([first]) == recoupe.compare([first])


def test_read_tells_the_language_where_it_is_not_given() -> None:
    assert recoupe.read(TEXT * 3).article.lang == "fr"
    assert recoupe.read("Die Bürgermeisterin sagte, es sei noch nichts entschieden, und ging dann fort.").unread


def test_check_takes_paths_and_gives_tables(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    dossier = recoupe.check([tmp_path], recoupe.Options(published="2025-03-05"))
    assert dossier.to_arrow()["attributions"].column("speaker").to_pylist() == ["Lena Orsi"]


def test_nothing_readable_is_an_error_that_says_why(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    with pytest.raises(recoupe.UsageError, match="nothing readable") as caught:
        recoupe.check([tmp_path / "a.txt"])
    assert "a.txt" in caught.value.failures[0].input  # type: ignore[attr-defined]


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        getattr(recoupe, "nothing")  # noqa: B009


def test_the_package_runs_as_a_command() -> None:
    """Where scripts are not on the path, as on many managed machines."""
    done = subprocess.run([sys.executable, "-m", "recoupe", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("recoupe ")
