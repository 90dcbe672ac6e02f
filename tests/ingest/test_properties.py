"""What holds for any input: no crash, originals can be put back, order has no effect."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from recoupe.ingest import Limits, clean, restore
from recoupe.ingest.byline import parse as parse_byline
from recoupe.ingest.dateline import parse as parse_dateline
from recoupe.ingest.dates import find, stated
from recoupe.ingest.decode import decode
from recoupe.ingest.title import split
from tests.ingest.make import TEXT, page, parquet, take, take_bytes, warc

ANY = st.text(st.characters(exclude_categories=()), max_size=400)
INVISIBLE = ["\r\n", "\r", "\u00ad", "\u200b", "\u202e", "\x1b[31m", "\x00", "\u2028", "\ufeff", "«\u00a0", "Ã©", "â€™"]
HEADS = ["Par Odile Ferrand, le 3 mars 2025", "PORT-CASSEL - ", "La maire a promis un phare.", "05.11.2024, 09:20"]
BITS = st.sampled_from([*INVISIBLE, *HEADS, "é", "\n\n", " ", "mot"])
TEXTS = st.one_of(ANY, st.lists(BITS, max_size=60).map("".join))
STARTS = st.sampled_from(
    [b"", b"<html>", b"<rss><channel><item>", b"{", b"WARC/1.0\r\n", b"PAR1", b"\x1f\x8b\x08\x00", b"\xff\xfe"]
)
BOUNDS = Limits(document=50_000)


@given(start=STARTS, data=st.binary(max_size=2000), name=st.sampled_from(["x", "x.txt", "x.jsonl", "x.html"]))
@example(b"", b"\xff\xfe\x00", "x")
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_articles_or_failures(start: bytes, data: bytes, name: str) -> None:
    with TemporaryDirectory() as folder:
        intake = take_bytes(Path(folder), start + data, name, limits=BOUNDS)
    assert intake.articles or intake.failures
    assert all(each.text.strip() and each.places and each.id for each in intake.articles)
    assert all(each.cause and each.advice for each in intake.failures)


@pytest.mark.parametrize("kind", ["html", "warc", "warc.gz", "parquet", "rss", "jsonl", "txt"])
def test_damaged_inputs_give_articles_or_failures(kind: str, tmp_path: Path) -> None:
    item = f"<item><title>y</title><description>{TEXT}</description></item>"
    rss = f"<rss version='2.0'><channel><title>x</title>{item}</channel></rss>"
    whole = {
        "html": page().encode(),
        "warc": warc([page().encode(), page("Autre").encode()]),
        "warc.gz": warc([page().encode(), page("Autre").encode()], gzip=True),
        "parquet": parquet({"id": ["a", "b"], "text": [TEXT, TEXT], "title": ["x", "y"]}),
        "rss": rss.encode(),
        "jsonl": json.dumps({"id": "a", "text": TEXT}).encode() * 2,
        "txt": TEXT.encode(),
    }[kind]
    rng = random.Random(7)  # the same damage in every run
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 8)):
            at = rng.randrange(len(data))
            data[at : at + rng.choice([0, 1, 1, 30])] = rng.choice(
                [b"", b"\x00", b"<", b"\xff\xff", b"\r\n\r\n", b"9" * 12]
            )
        intake = take_bytes(tmp_path, bytes(data), f"x.{kind}", limits=BOUNDS)
        assert intake.articles or intake.failures


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_cleaning_can_be_undone(source: str) -> None:
    cleaned = clean.clean(source)
    for cut in (0, len(cleaned.text) // 2, len(cleaned.text)):
        parted = clean.compact(clean.trim(clean.cut_front(cleaned, cut, "title")))
        assert clean.undone(parted.text, parted.edits) == source
        ends = [0, *(edit.span.end for edit in parted.edits)]
        assert all(end <= edit.span.start for end, edit in zip(ends, parted.edits, strict=False))
        assert len({edit.span.start for edit in parted.edits}) == len(parted.edits)


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_cleaning_twice_changes_nothing_more(source: str) -> None:
    once = clean.clean(source).text
    again = clean.clean(once)
    assert again.text == once or any("wrong encoding" in edit.reason for edit in again.edits)


@given(TEXTS)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_can_be_restored(tmp_path: Path, source: str) -> None:
    data = source.encode("utf-8", "replace")
    for article in take_bytes(tmp_path, data, "x.txt", limits=BOUNDS).articles:
        if article.places[0].endswith("x.txt"):  # not told to be JSON lines
            assert restore(article) == decode(data).text


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_heads_of_any_text(text: str) -> None:
    found = parse_byline(text)
    assert found is None or found.authors or found.published or found.ambiguous
    dateline = parse_dateline(text)
    assert dateline is None or 0 < dateline.span.end <= len(text)
    title, body = split(text)
    assert 0 <= body <= len(text)
    assert bool(title) == bool(body)
    assert all(0 <= each.span.start < each.span.end <= len(text) for each in find(text))
    stated(text)


RECORDS = st.lists(
    st.fixed_dictionaries(
        {"text": st.sampled_from(["a b", "c d"])},
        optional={
            "id": st.sampled_from(["1", "2", 3, None]),
            "title": st.sampled_from(["t", ""]),
            "published": st.sampled_from(["2025-01-01", "hier", None]),
            "lang": st.sampled_from(["fr", "en"]),
            "url": st.sampled_from(["https://example.org/1", None]),
        },
    ),
    min_size=1,
    max_size=6,
)


@given(RECORDS, RECORDS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_inputs_has_no_effect(one: list[object], two: list[object], rng: random.Random) -> None:
    with TemporaryDirectory() as folder:
        names = []
        for n, records in enumerate((one, two)):
            path = Path(folder) / f"{n}.jsonl"
            path.write_text("\n".join(map(json.dumps, records)), "utf-8")
            names.append(path)
        packed = Path(folder) / "2.jsonl.gz"
        packed.write_bytes(gzip.compress(names[0].read_bytes()))
        names.append(packed)
        first = take(*names)
        rng.shuffle(names)
        assert take(*names) == first
    ids = [article.id for article in first.articles]
    assert len(ids) == len(set(ids))
    places = [place for article in first.articles for place in article.places]
    assert len(places) == len(set(places))
