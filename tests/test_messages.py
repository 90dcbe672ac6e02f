"""Both languages say the same things."""

from __future__ import annotations

import re

import pytest

from recoupe.messages import catalogue, default_ui

PACKAGES = ["recoupe.cli", "recoupe.report"]


@pytest.mark.parametrize("package", PACKAGES)
def test_every_message_is_in_both_languages(package: str) -> None:
    french, english = catalogue(package, "fr"), catalogue(package, "en")
    assert french.keys() == english.keys()
    for key in french:
        places = [sorted(re.findall(r"\{(\w*)\}", words[key])) for words in (french, english)]
        assert places[0] == places[1], key


@pytest.mark.parametrize(
    ("environ", "ui"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_CA.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LC_MESSAGES": "fr_BE", "LANG": "en_GB"}, "fr"),
        ({"LANG": "de_DE"}, "en"),
    ],
)
def test_the_locale_chooses_the_language(environ: dict[str, str], ui: str) -> None:
    assert default_ui(environ) == ui
