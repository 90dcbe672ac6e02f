"""What goes wrong is told in each language of the interface, under a code that does not change."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import recoupe
from recoupe.errors import Fault, InputError, UsageError
from recoupe.messages import Ui, catalogue
from recoupe.model import Failure
from recoupe.pipeline import Options, gather

SOURCES = Path(recoupe.__file__).parent
CODE = re.compile(r"\"((?:dossier|feed|file|folder|gzip|html|json|language|output|parquet|part|reading|readings"
                  r"|record|text|url|usage|warc)\.[a-z0-9-]+)\"")  # fmt: skip


def _places(message: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(message) if name}


def test_the_catalogues_hold_the_same_codes_each_with_its_advice() -> None:
    english, french = catalogue("recoupe.errors", "en"), catalogue("recoupe.errors", "fr")
    assert english.keys() == french.keys()
    causes = {key for key in english if not key.endswith(".advice")} - {"at"}
    assert {f"{code}.advice" for code in causes} == {key for key in english if key.endswith(".advice")}
    for key in causes:
        assert _places(english[key]) == _places(french[key]), key


def test_every_code_that_is_raised_has_its_messages() -> None:
    raised = {
        code
        for path in SOURCES.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"Error|Fault|_broken|known", line)
        for code in CODE.findall(line)
    }
    english = catalogue("recoupe.errors", "en")
    assert len(raised) > 50
    assert raised <= english.keys()


def test_a_fault_speaks_both_languages_and_writes_numbers_as_they_do() -> None:
    error = InputError("page.html", "html.large", most=100_000)
    assert error.told("en") == "page.html: has more than 100,000 elements (no article has; look at the page)"
    assert error.told("fr").startswith("page.html\u00a0: a plus de 100\u202f000 éléments (")
    assert str(error) == error.told("en")
    assert InputError("a", "file.large", size=0.5).fault.cause("fr") == "dépasse 0,5 Mo"


def test_a_fault_that_led_to_another_is_told_in_the_same_language() -> None:
    fault = Fault("readings.none", (("why", Fault("json.not-utf-8")),))
    assert fault.cause("fr") == "ne contient aucune lecture\u00a0: n’est pas en UTF-8"
    assert fault.cause("en") == "holds no reading: is not UTF-8"


@pytest.mark.parametrize(("ui", "cause"), [("fr", "est vide"), ("en", "is empty")])
def test_a_failure_keeps_its_code(tmp_path: Path, ui: Ui, cause: str) -> None:
    (tmp_path / "void.txt").write_bytes(b"")
    _, failures = gather([tmp_path / "void.txt"], Options())
    assert [failure.code for failure in failures] == ["file.empty"]
    assert failures[0].told(ui)[0] == cause


def test_a_failure_made_by_hand_is_told_as_it_stands() -> None:
    assert Failure("x", "a cause", "an advice").told("fr") == ("a cause", "an advice")


def test_braces_in_a_detail_are_no_places() -> None:
    assert UsageError("usage.language", value="'{oops}'").told("fr").startswith("'{oops}' n’est pas")
