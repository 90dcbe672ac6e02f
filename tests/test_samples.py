"""The annotated samples are what they say: found words, plausible values, and every phenomenon present."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Any

import pytest

from recoupe.contract import reading_from_json
from recoupe.text import fold
from tests.samples import load

WEEKDAYS = {
    name: n
    for names in (
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "monday tuesday wednesday thursday friday saturday sunday",
    )
    for n, name in enumerate(names.split())
}
SCALES = re.compile(r"(?:^|\s)(?:cent|mill|milli|milliard|hundred|thousand|billion)\w*|bn$|\dm$|M€|Md€", re.IGNORECASE)
NOT_PLAIN = re.compile(r"mile|\bp$|\dp$|centime|sur|in (?:four|five|ten|\d+)", re.IGNORECASE)


def rows() -> list[dict[str, Any]]:
    bases = (load.SEEN, load.UNSEEN)
    return [row for base in bases for row in load.reading(acts=load.ACTS, base=base) + load.story_articles(base)]


def words(row: dict[str, Any], span: tuple[int, int]) -> str:
    return str(row["text"][slice(*span)])


# --- the format -------------------------------------------------------------------------------------------------


def test_quoted_words_are_found() -> None:
    text = "Il a dit « oui ».\u00a0Elle a dit « non », a-t-il redit à son fils."
    assert words({"text": text}, load.find(text, "Elle a")) == "Elle a"
    assert words({"text": text}, load.find(text, "a-t-<il> redit")) == "il"
    assert words({"text": text}, load.find(text, "Elle [...] non »")) == "Elle a dit « non »"
    assert load.find(text, ". Elle") == (16, 22)  # any kind of space


@pytest.mark.parametrize("quoted", ["a dit", "peut-être", "fil", "Elle [...] demain"])
def test_words_not_found_or_found_twice_are_refused(quoted: str) -> None:
    with pytest.raises(ValueError, match=r"is found \d times|is not found"):
        load.find("Il a dit « oui ». Elle a dit « non », a-t-il redit à son fils.", quoted)


@pytest.mark.parametrize(
    ("kind", "content"),
    [("direct", "il viendra"), ("mixed", "il viendra"), ("indirect", "qu’il viendra"), ("direct", "« Oui »")],
)
def test_marks_that_do_not_bear_out_the_type_are_refused(kind: str, content: str) -> None:
    with pytest.raises(ValueError, match="content"):
        load._attribution("« Oui », dit-il, et il a dit qu’il viendra.", {"type": kind, "content": [content]})


# --- the annotations --------------------------------------------------------------------------------------------


def test_every_article_fits_the_contract() -> None:
    for row in rows():
        reading_from_json(row)


def test_the_articles_are_short_and_unlike() -> None:
    every = rows()
    assert len({row["id"] for row in every}) == len(every)
    for row in every:
        assert 55 <= len(row["text"].split()) <= 260, (row["id"], len(row["text"].split()))


def test_a_day_s_name_agrees_with_its_value() -> None:
    for row in rows():
        for time in row["times"]:
            named = [WEEKDAYS[w] for w in re.findall(r"[a-z]+", words(row, time["span"]).lower()) if w in WEEKDAYS]
            if named:
                assert date.fromisoformat(time["value"][:10]).weekday() == named[0], (row["id"], time)


def test_digits_agree_with_the_value() -> None:
    checked = 0
    for row in rows():
        for quantity in row["quantities"]:
            said = words(row, quantity["span"])
            digits = re.search(r"-?\d[\d \u00a0\u202f.,]*", said)
            if not digits or SCALES.search(said) or NOT_PLAIN.search(said):
                continue
            number = re.sub(r"[ \u00a0\u202f]", "", digits[0]).rstrip(".,")
            number = number.replace(",", "") if row["lang"] == "en" else _of_french(number)
            scale = quantity["value"] / float(number) if float(number) else 1
            assert scale in (1, 1e3, 1e6, 1e9), (row["id"], said, quantity)  # "7 millions, or 5,5" share theirs
            checked += 1
    assert checked > 80


def _of_french(number: str) -> str:
    """A number as papers write it: points part the thousands where anything does, a comma the decimals."""
    return re.sub(r"\.(?=\d{3}(?!\d))", "", number).replace(",", ".")


def test_a_speaker_is_named_in_the_article() -> None:
    for row in rows():
        text = set(re.findall(r"\w+", fold(f"{row['outlet']} {row['text']}")))  # an outlet may speak for itself
        for attribution in row["attributions"]:
            named = re.findall(r"\w+", fold(attribution["speaker"] or ""))
            missing = [w for w in named if len(w) > 3 and w not in text]
            assert not missing, (row["id"], attribution["speaker"])


# --- what the sets hold -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_reading_samples_cover_every_phenomenon(lang: str) -> None:
    sample = load.reading(lang, acts=load.ACTS)
    assert len(sample) >= 22
    held = Counter(
        item
        for row in sample
        for a in row["attributions"]
        for item in (
            a["type"],
            a["act"],
            a["polarity"],
            "hedged" if a["hedged"] else "plain",
            "broken" if len(a["content"]) > 1 else "whole",
            "no cue" if a["cue"] is None else "cue",
            "no source" if a["source"] is None else "source",
        )
    )
    kinds = Counter(c["kind"] for row in sample for c in row["credits"])
    modifiers = Counter(q["modifier"] for row in sample for q in row["quantities"])
    shapes = {re.sub(r"\d", "9", t["value"]) for row in sample for t in row["times"]}
    assert min(held[t] for t in ("direct", "indirect", "mixed")) >= 8
    assert all(held[item] for item in ("belief", "intention", "denied", "not said", "hedged", "broken", "no cue"))
    assert set(load.KINDS) <= set(kinds)
    assert set(load.MODIFIERS) <= set(modifiers)
    assert {"9999-99-99", "9999-99", "9999", "9999-99-99T99:99", "9999-H9", "9999-Q9", "9999-SP"} <= shapes
    assert any(not row["attributions"] for row in sample)


def test_story_samples_hold_every_drift_and_verdict() -> None:
    cross = load.cross()
    drifts = Counter(o["drift"] for u in cross["utterances"] for o in u["occurrences"])
    verdicts = Counter(f["verdict"] for f in cross["figures"])
    sizes = Counter(len(s["articles"]) for s in cross["stories"])
    assert len(load.story_folders()) >= 6
    assert min(drifts[d] for d in load.DRIFTS) >= 5
    assert min(verdicts[v] for v in load.VERDICTS) >= 5
    assert sizes[1] >= 4  # decoys
    assert len(cross["reuse"]) >= 6
    assert len(cross["origins"]) >= 15
    assert {row["lang"] for row in load.story_articles()} == {"fr", "en"}
