"""Hostile and broken inputs: each gives a clear failure, or is rendered harmless, and never stops the others."""

from __future__ import annotations

import gzip
import io
import json
import os
import socket
import time
import zlib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recoupe.ingest import Limits, restore
from tests.ingest.make import PARAGRAPHS, TEXT, article, failure, page, parquet, take, take_bytes, warc

SMALL = Limits(document=100_000)


def test_a_bad_input_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_bytes(b"%PDF-1.7\n\x00\x01")
    (tmp_path / "c.txt").write_text(TEXT, "utf-8")
    intake = take(tmp_path)
    assert [each.text for each in intake.articles] == [TEXT]
    assert [(Path(each.input).name, each.cause) for each in intake.failures] == [
        ("a.txt", "is empty"),
        ("b.txt", "is binary (PDF)"),
    ]


@pytest.mark.parametrize("data", [b"", b"\n \r\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_says_so(tmp_path: Path, data: bytes) -> None:
    assert failure(take_bytes(tmp_path, data)).cause == "is empty"


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\x00" * 5000, b"\x7fELF\x02\x01", b"PK\x03\x04zip"])
def test_binary_says_so(tmp_path: Path, data: bytes) -> None:
    assert failure(take_bytes(tmp_path, data)).cause.startswith("is binary")


def test_only_invisible_characters_are_no_text(tmp_path: Path) -> None:
    assert failure(take_bytes(tmp_path, "\u200b\u200e \u00ad".encode())).cause == "holds no text"


def test_a_file_of_200_mb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.write(TEXT.encode() * 300)
        file.truncate(200_000_000)
    assert failure(take(path)).cause == "is larger than 20 MB"


def test_standard_input_is_bounded_too() -> None:
    assert failure(take("-", stdin=b"mot " * 30_000, limits=SMALL)).cause == "is larger than 0.1 MB"


@pytest.mark.parametrize("opening", ["<div>", "<b>", "<table><tr><td>", "<ul><li>", "<blockquote>", "<p><span>"])
def test_html_nested_without_end(tmp_path: Path, opening: str) -> None:
    nested = page(body=PARAGRAPHS[0] + opening * 100_000 + TEXT)
    intake = take_bytes(tmp_path, nested.encode(), "deep.html")
    assert len(intake.articles) + len(intake.failures) == 1


def test_html_with_too_many_elements(tmp_path: Path) -> None:
    intake = take_bytes(tmp_path, page(body="<p>x" * 100_001).encode(), "wide.html")
    assert failure(intake).cause == "has more than 100,000 elements"


@pytest.mark.parametrize(
    "markup",
    [
        f"<table><tr>{'<td colspan=99999 rowspan=99999>x</td>' * 50_000}</table>",
        f"<table><tr>{'<td>x</td>' * 100}{'<tr><td>x</td>' * 40_000}</table>",
        "<div><div>x</div></div>" * 12_000,
    ],
    ids=["wide cells", "rows to fill up", "short paragraphs"],
)
def test_a_page_that_would_take_time_with_its_square(tmp_path: Path, markup: str) -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS) + markup
    start = time.process_time()
    assert article(take_bytes(tmp_path, page(body=body).encode(), "x.html")).text.startswith(PARAGRAPHS[0])
    assert time.process_time() - start < 10


def test_json_ld_nested_without_end_is_left_out(tmp_path: Path) -> None:
    for depth in (100, 100_000):
        nested = '{"@graph":' * depth + '{"@type":"NewsArticle","datePublished":"2020-01-01"}' + "}" * depth
        script = f'<script type="application/ld+json">{nested}</script>'
        found = article(take_bytes(tmp_path, page(extra=script).encode(), "ld.html"))
        assert found.published is None
        assert found.text == TEXT


# --- compression ------------------------------------------------------------------------------------------------


def bomb(size: int) -> bytes:
    """A gzip file that unpacks to `size` bytes of text."""
    pack = zlib.compressobj(9, wbits=31)
    block = b"a " * 50_000
    return b"".join(pack.compress(block) for _ in range(size // len(block))) + pack.flush()


ENDLESS = b"WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 99999999999\r\n\r\n"


@pytest.mark.parametrize("start", [b"", b'{"id": "a", "text": "b"}\n', ENDLESS])
def test_a_gzip_bomb_is_refused(tmp_path: Path, start: bytes) -> None:
    intake = take_bytes(tmp_path, gzip.compress(start) + bomb(5_000_000), "bomb.gz", limits=SMALL)
    assert any("bomb" in each.cause or "larger than" in each.cause for each in intake.failures)


def test_a_bomb_inside_an_archive_is_refused_and_the_rest_read(tmp_path: Path) -> None:
    bodies = [gzip.compress(page().encode()), bomb(5_000_000), gzip.compress(page("Autre").encode())]
    data = warc(bodies, headers=["Content-Encoding: gzip"])
    intake = take_bytes(tmp_path, data, "bomb.warc", limits=SMALL)
    assert [each.title for each in intake.articles] == ["Le phare sera rebâti", "Autre"]
    assert [Path(each.input).name for each in intake.failures] == ["bomb.warc#3"]


def test_a_gzip_file_that_is_cut_off(tmp_path: Path) -> None:
    data = gzip.compress(os.urandom(3000).hex().encode())
    assert "cut off" in failure(take_bytes(tmp_path, data[:-500], "x.gz")).cause


def test_gzip_in_gzip_is_not_followed(tmp_path: Path) -> None:
    assert "inside" in failure(take_bytes(tmp_path, gzip.compress(gzip.compress(TEXT.encode())))).cause


# --- archives and records ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("packed", [False, True])
def test_a_truncated_archive_keeps_what_comes_before(tmp_path: Path, packed: bool) -> None:
    data = warc([page(f"Titre {n}").encode() for n in range(3)], gzip=packed)
    intake = take_bytes(tmp_path, data[:-200], "cut.warc")
    assert [each.title for each in intake.articles] == ["Titre 0", "Titre 1"]
    (cut,) = intake.failures
    assert "cut off" in cut.cause
    assert cut.input.endswith("cut.warc#4")


def test_an_archive_damaged_in_the_middle_says_where(tmp_path: Path) -> None:
    data = warc([page("Un").encode()]) + b"garbage\r\n\r\n" + warc([page("Deux").encode()])
    intake = take_bytes(tmp_path, data, "bad.warc")
    assert "Un" in {each.title for each in intake.articles}


def test_an_archive_without_a_page_says_so(tmp_path: Path) -> None:
    data = warc([b"gone"], status="404 Not Found")
    assert failure(take_bytes(tmp_path, data, "x.warc")).cause == "holds no HTML or text response"


def test_broken_lines_of_json_are_named_and_the_others_kept(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "a", "text": TEXT}),
        '{"id": "b", "text": ',
        "",
        '{"id": "c"}',
        "[" * 50_000,
        '{"id": "d", "text": "' + "x" * 200_000 + '"}',
        '["text"]',
        json.dumps({"id": "e", "text": "Bonjour."}),
    ]
    data = "\n".join(lines).encode() + b'\n{"id": "f", "text": "\xff"}\n'
    intake = take_bytes(tmp_path, data, "x.jsonl", limits=SMALL)
    assert [each.id for each in intake.articles] == ["a", "e"]
    name = str(tmp_path / "x.jsonl")
    causes = {each.input.removeprefix(name): each.cause for each in intake.failures}
    assert set(causes) == {":2", ":4", ":5", ":6", ":7", ":9"}
    assert causes[":2"].startswith("is broken JSON")
    assert causes[":4"] == 'has no "text"'
    assert causes[":5"] == "is JSON nested too deep"
    assert causes[":6"] == "is larger than 0.1 MB"
    assert causes[":7"] == "is no JSON object"
    assert causes[":9"] == "is not UTF-8"


def test_a_table_without_text(tmp_path: Path) -> None:
    found = failure(take_bytes(tmp_path, parquet({"id": ["a"], "body": ["b"]}), "x.parquet"))
    assert found.cause == 'has no "text" column'
    assert "id, body" in found.advice


def test_a_table_whose_text_is_no_text(tmp_path: Path) -> None:
    assert "holds int64" in failure(take_bytes(tmp_path, parquet({"text": [1, 2]}))).cause


def test_a_table_with_two_columns_of_one_name(tmp_path: Path) -> None:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays([pa.array([TEXT])] * 2, names=["text", "text"]), out)
    assert failure(take_bytes(tmp_path, out.getvalue())).cause == 'has more than one "text" column'


@pytest.mark.parametrize(
    ("dates", "published"),
    [
        (pa.array([1_741_508_000_123_456_789], pa.timestamp("ns")), "2025-03-09T08:13:20.123456"),
        (pa.array([1_741_508_000], pa.timestamp("s", tz="Mars/Phobos")), None),
        (pa.array([2**31 - 1], pa.date32()), None),
        (pa.array([2**62], pa.duration("s")), None),
        (pa.array([3600], pa.time32("s")), None),
    ],
    ids=["nanoseconds", "no such zone", "year 5,000,000", "duration", "time of day"],
)
def test_dates_of_a_table_that_python_has_not(tmp_path: Path, dates: pa.Array, published: str | None) -> None:
    data = parquet({"text": [TEXT], "published": dates})
    found = article(take_bytes(tmp_path, data, "x.parquet"))
    assert (found.text, found.published) == (TEXT, published)
    assert [note.endswith("was left out") for note in found.notes] == ([] if published else [True])


def test_a_row_that_is_no_utf8_does_not_cost_the_others(tmp_path: Path) -> None:
    ends = b"".join(end.to_bytes(4, "little") for end in (0, 4, 9))
    texts = pa.Array.from_buffers(pa.string(), 2, [None, pa.py_buffer(ends), pa.py_buffer(b"\xff\xfe\xfd OK OK")])
    intake = take_bytes(tmp_path, parquet({"text": texts}), "x.parquet")
    assert [each.text for each in intake.articles] == ["OK OK"]
    assert [Path(each.input).name for each in intake.failures] == ["x.parquet#1"]


@pytest.mark.parametrize(
    ("data", "name"), [(b"[]", "x.json"), (b"\n\n \n", "x.jsonl"), (parquet({"text": []}), "x.parquet")]
)
def test_no_record_at_all_says_so(tmp_path: Path, data: bytes, name: str) -> None:
    assert failure(take_bytes(tmp_path, data, name)).cause in ("holds no article", "is empty")


def test_csv_says_so(tmp_path: Path) -> None:
    assert "CSV" in failure(take_bytes(tmp_path, b'id,text\n1,"=cmd()"\n', "x.csv")).cause


def test_numbers_and_ids_without_end(tmp_path: Path) -> None:
    lines = ['{"id": %s, "text": "a b"}' % ("9" * 5000), json.dumps({"id": "x" * 500_000, "text": "a b"})]
    causes = [each.cause for each in take_bytes(tmp_path, "\n".join(lines).encode(), "x.jsonl").failures]
    assert causes == ["holds a number of too many digits", "has an id of more than 1,000 characters"]


def test_json_that_is_none_by_the_standard(tmp_path: Path) -> None:
    lines = [
        '{"id": NaN, "text": "a b", "published": -Infinity}',
        '{"id": "a", "id": "b", "text": "c", "text": "d e"}',
    ]
    intake = take_bytes(tmp_path, "\n".join(lines).encode(), "x.jsonl")
    assert [(each.id[:2], each.text, each.published) for each in intake.articles] == [
        ("a-", "a b", None),
        ("b", "d e", None),
    ]


def test_a_damaged_table(tmp_path: Path) -> None:
    data = parquet({"text": [TEXT]})
    for broken in (data[:-20], data[: len(data) // 2] + b"PAR1", b"PAR1" + os.urandom(200) + b"PAR1"):
        assert "Parquet" in failure(take_bytes(tmp_path, broken)).cause


def test_a_table_that_is_a_bomb(tmp_path: Path) -> None:
    data = parquet({"text": ["mot " * 25_000] * 300})
    assert len(data) < 200_000
    intake = take_bytes(tmp_path, data, "x.parquet", limits=Limits(document=1_000_000, expansion=20))
    assert any("bomb" in each.cause for each in intake.failures)


# --- feeds ------------------------------------------------------------------------------------------------------

BILLION = "".join(
    f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" if n else "ha"}{("&l" + str(n - 1) + ";") * 9 if n else ""}">'
    for n in range(12)
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "entities", [BILLION, '<!ENTITY l11 SYSTEM "file:///etc/passwd">', '<!ENTITY % l11 SYSTEM "http://127.0.0.1:9/">']
)
def test_entities_of_a_feed_are_never_expanded_or_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entities: str, encoding: str
) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("a connection was opened"))
    feed = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE rss [{entities}]><rss version="2.0"><channel>'
        "<title>x</title><item><title>&l11;</title><description>&l11;</description></item></channel></rss>"
    )
    assert "declares XML entities" in failure(take_bytes(tmp_path, feed.encode(encoding), "bomb.xml")).cause


def test_a_reference_to_no_character_does_not_cost_the_feed(tmp_path: Path) -> None:
    feed = f"<rss version='2.0'><channel><item><title>&#xD800;&#0;&#233;</title><description>{TEXT}</description>"
    found = article(take_bytes(tmp_path, f"{feed}</item></channel></rss>".encode(), "x.xml"))
    assert (found.title, found.text) == ("\ufffd\ufffdé", TEXT)


def test_a_feed_that_is_nested_without_end(tmp_path: Path) -> None:
    deep = "<rss version='2.0'><channel><item>" + "<a>" * 30_000 + "x"
    intake = take_bytes(tmp_path, deep.encode(), "deep.xml")
    assert len(intake.articles) + len(intake.failures) == 1


def test_a_feed_with_too_many_tags(tmp_path: Path) -> None:
    data = b"<rss version='2.0'><channel>" + b"<item>" * 300_000
    assert failure(take_bytes(tmp_path, data)).cause == "has more than 300,000 tags"


def test_xml_that_is_no_feed(tmp_path: Path) -> None:
    data = b"<?xml version='1.0'?><urlset><url><loc>https://example.org</loc></url></urlset>"
    assert failure(take_bytes(tmp_path, data)).cause == "is XML but no RSS or Atom feed"


# --- characters -------------------------------------------------------------------------------------------------


def test_invalid_utf8_is_shown_and_told(tmp_path: Path) -> None:
    data = TEXT.encode().replace("é".encode(), b"\xff", 1)
    found = article(take_bytes(tmp_path, data))
    assert found.text == TEXT.replace("é", "\ufffd", 1)
    assert found.notes == ("what is no valid UTF-8 is shown as \ufffd, in 1 places",)


def test_windows_1252_is_told(tmp_path: Path) -> None:
    found = article(take_bytes(tmp_path, TEXT.encode("cp1252")))
    assert found.text == TEXT
    assert "Windows-1252" in found.notes[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_marks_and_wide_encodings(tmp_path: Path, encoding: str) -> None:
    found = article(take_bytes(tmp_path, TEXT.encode(encoding)))
    assert (found.text, found.notes) == (TEXT, ())


def test_mojibake_is_repaired_where_it_is_certain(tmp_path: Path) -> None:
    wrong = TEXT.encode("utf-8").decode("latin-1")
    found = article(take_bytes(tmp_path, wrong.encode("utf-8")))
    assert found.text == TEXT
    assert "a wrong encoding was repaired" in found.notes
    assert restore(found) == wrong


def test_mojibake_in_a_part_is_told_and_left(tmp_path: Path) -> None:
    mixed = TEXT + "\n\n" + TEXT.encode("utf-8").decode("latin-1")
    found = article(take_bytes(tmp_path, mixed.encode("utf-8")))
    assert found.text.startswith(TEXT)
    assert "some characters look wrongly encoded and were left as they are" in found.notes


def test_invisible_characters_are_removed_and_can_be_put_back(tmp_path: Path) -> None:
    source = TEXT.replace("mardi", "m\u200bar\u00addi\u202e").replace("\n", "\r\n").replace("quai", "qu\x00ai\x1b[31m")
    found = article(take_bytes(tmp_path, source.encode(), "x.txt"))
    assert found.text == TEXT
    assert restore(found) == source
    assert {"bidirectional marks were removed", "zero-width characters were removed"} <= set(found.notes)


def test_no_break_spaces_stay(tmp_path: Path) -> None:
    spaced = TEXT.replace("« ", "«\u00a0").replace(" »", "\u202f»")
    assert article(take_bytes(tmp_path, spaced.encode())).text == spaced
    body = "".join(f"<p>{part}</p>" for part in spaced.split("\n\n"))
    assert article(take_bytes(tmp_path, page(body=body).encode(), "x.html")).text == spaced


def test_many_changes_stay_compact(tmp_path: Path) -> None:
    source = "mo\u00adt " * 200_000
    found = article(take_bytes(tmp_path, source.encode()))
    assert len(found.edits) <= 1001
    assert sum(len(edit.original) for edit in found.edits) <= len(source)
    assert restore(found) == source


def test_terminal_codes_never_reach_a_title(tmp_path: Path) -> None:
    evil = "\x1b]0;pwned\x07\x1b[31mRouge\x1b[0m \u202ebidi\u200b\x9b2J"
    record = {"id": "a", "text": TEXT, "title": evil, "outlet": evil, "authors": [evil]}
    found = article(take_bytes(tmp_path, json.dumps(record).encode(), "x.jsonl"))
    assert found.title == found.outlet == found.authors[0] == "Rouge bidi"
    shown = article(take_bytes(tmp_path, f"{evil}\n\nPar {evil}\n\n{TEXT}".encode(), "x.txt"))
    assert shown.title == "Rouge bidi"


def test_a_script_is_kept_as_text(tmp_path: Path) -> None:
    script = "<script>alert(1)</script>"
    record = dict.fromkeys(("id", "title", "outlet", "lang", "published", "text", "url"), script)
    found = article(take_bytes(tmp_path, json.dumps(record).encode(), "x.jsonl"))
    assert (found.id, found.title, found.outlet, found.text) == (script, script, script, script)
    assert found.lang is None
    assert found.published is None
    assert article(take_bytes(tmp_path, f"{script} {TEXT}".encode(), "x.txt")).text == f"{script} {TEXT}"
    in_page = article(take_bytes(tmp_path, page("&lt;script&gt;alert(1)&lt;/script&gt;").encode(), "x.html"))
    assert in_page.title == script


def test_page_addresses_are_only_of_the_web(tmp_path: Path) -> None:
    extra = '<link rel="canonical" href="javascript:alert(1)"><meta property="og:url" content="file:///etc/passwd">'
    assert article(take_bytes(tmp_path, page(extra=extra).encode(), "x.html")).url is None


# --- files ------------------------------------------------------------------------------------------------------


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "nowhere").mkdir()
    (tmp_path / "nowhere" / "link").symlink_to(tmp_path / "gone")
    causes = {
        Path(each.input).name: each.cause
        for each in take(
            tmp_path / "missing", tmp_path / "empty", tmp_path / "nowhere", "a\x00b", "/dev/null", ""
        ).failures
    }
    assert causes == {
        '""': "is no name of a file",
        "missing": "does not exist",
        "empty": "holds no file to read",
        "link": "is a link that leads nowhere",
        "a\x00b": "cannot be opened: embedded null byte",
        "null": "is a device or a socket",
    }


@pytest.mark.parametrize(
    "name", ["www.example.org", "example.org/page", "lemonde.example", "https:/example.org", "HTTP:\\\\example.org"]
)
def test_an_address_without_its_beginning(name: str) -> None:
    found = failure(take(name))
    assert found.cause == "does not exist"
    assert "with https://" in found.advice


@pytest.mark.parametrize("name", ["notes.txt", "page.html", "a folder/page.html", "dossier", "../x/y.jsonl", "v1.2/x"])
def test_a_path_that_is_no_address(name: str) -> None:
    assert "https" not in failure(take(name)).advice


def test_loops_of_links_end(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "x.txt").write_text(TEXT, "utf-8")
    (inner / "loop").symlink_to(tmp_path)
    assert article(take(tmp_path)).places == (str(inner / "x.txt"),)


def test_a_name_that_is_no_unicode(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff.txt"
    Path(os.fsdecode(path)).write_text(TEXT, "utf-8")
    assert article(take(tmp_path)).places == (os.fsdecode(path),)


def test_a_pipe_is_read(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, TEXT.encode())
    os.close(writing)
    assert article(take(f"/dev/fd/{reading}")).text == TEXT
    os.close(reading)
