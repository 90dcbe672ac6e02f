"""Hostile inputs through the whole command: named with cause and advice, or harmless, and the others done all the same.

What each reader of a kind does with them is tested in tests/ingest; here they go from the command line to the output.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import socket
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from benchmarks import fuzz
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from recoupe.cli import command
from recoupe.contract import schema
from recoupe.ingest import fetch
from recoupe.model import Article
from recoupe.read.reader import Reader
from tests.ingest.make import page, parquet, warc
from tests.ingest.site import serving

SAYS = "La préfète de la Côte, Hélène Brisson, a déclaré que deux personnes avaient été blessées dans la collision."
QUOTED = "« Les secours sont arrivés en dix minutes », a ajouté Mme Brisson devant le port."
TEXT = f"{SAYS}\n\n{QUOTED}"
GOOD = f"Port-Aubry : deux blessés dans une collision de ferries\n\nPar : Lise Maran | 03.02.2025, 08:15\n\n{TEXT}\n"

PAYLOAD = (
    "\"'><script>alert(1)</script><img src=x onerror=alert(2)><svg/onload=alert(3)>[a](javascript:alert(4))"
    "\n# H\n- `x` | ![i](http://h.example/i.png) {{ 7 * 7 }} <!--"
)
# What would drive a terminal, turn text around or hide it.
DRIVING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
EVIL = "\x1b]0;pwned\x07\x1b[31mRouge\x1b[0m \u202ebidi\u2066\u200b\x9b2J\x00\x08\ufeff"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "zz-good.txt"
    path.write_text(GOOD, "utf-8")
    return path


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving() as address:
        yield address


def run(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    """The command, in this process; a defect's exception is raised here."""
    result = CliRunner().invoke(command("en"), [str(a) for a in arguments], input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def dossier(result: Result) -> dict[str, Any]:
    """The dossier on stdout, which must hold to its schema."""
    found: dict[str, Any] = json.loads(result.stdout)
    Draft202012Validator(schema("dossier")).validate(found)
    return found


def beside_the_good(bad: str | Path, good: Path, *options: str) -> tuple[dict[str, Any], list[str]]:
    """`check BAD GOOD`: the dossier, in which the good article is done, and the lines on stderr, which name the bad."""
    result = run("check", bad, good, "-f", "json", *options)
    found = dossier(result)
    assert result.exit_code == 1, result.stderr
    (done,) = [a for a in found["articles"] if str(good) in a["places"]]
    assert (done["published"], len(done["attributions"])) == ("2025-02-03T08:15", 2)
    lines = result.stderr.splitlines()
    assert lines
    for line in lines:
        assert re.fullmatch(rf"recoupe: {re.escape(str(bad))}[#:\d]*: .+ \(.+\)", line), line
    assert [each["input"] + each["cause"] for each in found["failures"]] != []
    return found, lines


def records(*items: object) -> bytes:
    return "\n".join(json.dumps(item) for item in items).encode()


def article_in(result: Result, ident: str) -> dict[str, Any]:
    (found,) = [a for a in dossier(result)["articles"] if a["id"] == ident]
    return dict(found)


# --- what cannot be read ------------------------------------------------------------------------------------------


def bomb(size: int) -> bytes:
    """Gzip that unpacks to `size` bytes of text."""
    pack = zlib.compressobj(9, wbits=31)
    block = b"a " * 500_000
    return b"".join(pack.compress(block) for _ in range(size // len(block))) + pack.flush()


def feed(entity: str) -> bytes:
    item = "<item><title>&l;</title></item>"
    return f'<?xml version="1.0"?><!DOCTYPE rss [{entity}]><rss version="2.0"><channel>{item}</channel></rss>'.encode()


LAUGHS = (
    '<!ENTITY l0 "ha">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    + '<!ENTITY l "&l11;">'
)

LINE = gzip.compress(b'{"text": "a b"}\n')
PACKED = ["Content-Encoding: gzip"]

BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("a.txt", lambda: b"", "is empty"),
    "blank": ("a.txt", lambda: b"\xef\xbb\xbf", "is empty"),
    "binary": ("a.txt", lambda: bytes(range(256)) * 40, "is binary"),
    "pdf": ("a.txt", lambda: b"%PDF-1.7\n\x00\x01", "is binary (PDF)"),
    "nested JSON": ("a.json", lambda: b"[" * 100_000, "is JSON nested too deep"),
    "gzip bomb": ("a.txt.gz", lambda: bomb(30_000_000), "is larger than 20 MB"),
    "gzip bomb of lines": ("a.jsonl.gz", lambda: LINE + bomb(30_000_000), "decompression bomb"),
    "bomb in a WARC": ("a.warc", lambda: warc([bomb(30_000_000)], headers=PACKED), "is larger than 20 MB"),
    "truncated WARC": ("a.warc", lambda: warc([page().encode()])[:-300], "is cut off"),
    "truncated WARC.gz": ("a.warc.gz", lambda: warc([page().encode()], gzip=True)[:-100], "is cut off"),
    "Parquet without text": ("a.parquet", lambda: parquet({"body": ["x"]}), 'has no "text" column'),
    "cut Parquet": ("a.parquet", lambda: parquet({"text": [TEXT]})[:-9], "is a damaged Parquet file"),
    "entity bomb": ("a.xml", lambda: feed(LAUGHS), "declares XML entities"),
    "external entity": ("a.xml", lambda: feed('<!ENTITY l SYSTEM "file:///etc/passwd">'), "declares XML entities"),
    "parameter entity": ("a.xml", lambda: feed('<!ENTITY % l SYSTEM "http://127.0.0.1/">'), "declares XML entities"),
    "feed of nothing": ("a.xml", lambda: b"<rss version='2.0'><channel></channel></rss>", "holds no entry"),
    "no record": ("a.json", lambda: b"[]", "holds no article"),
    "CSV": ("a.csv", lambda: b'id,text\n1,"=HYPERLINK(""http://x"")"\n', "is a CSV table"),
}


@pytest.mark.parametrize(("name", "data", "cause"), BAD.values(), ids=BAD)
def test_a_bad_file(tmp_path: Path, good: Path, name: str, data: Callable[[], bytes], cause: str) -> None:
    bad = tmp_path / name
    bad.write_bytes(data())
    _, lines = beside_the_good(bad, good)
    assert cause in lines[-1]


def test_a_file_of_200_mb(tmp_path: Path, good: Path) -> None:
    bad = tmp_path / "a.txt"
    with bad.open("wb") as file:
        file.write(TEXT.encode())
        file.truncate(200_000_000)
    found, lines = beside_the_good(bad, good)
    assert "is binary" in lines[0] or "is larger than 20 MB" in lines[0]
    assert len(found["articles"]) == 1


@pytest.mark.parametrize("opening", ["<div>", "<p><b>"])
def test_html_nested_100_000_deep(tmp_path: Path, good: Path, opening: str) -> None:
    bad = tmp_path / "a.html"
    bad.write_text(page(body=f"<p>{SAYS}</p>" + opening * 100_000 + QUOTED), "utf-8")
    result = run("check", bad, good, "-f", "json")
    assert result.exit_code in (0, 1)
    assert len(dossier(result)["articles"]) == 2 - result.exit_code


def test_broken_lines_among_good_ones(tmp_path: Path, good: Path) -> None:
    bad = tmp_path / "a.jsonl"
    lines = [
        json.dumps({"id": "first", "text": TEXT}),
        '{"id": "cut", "text": ',
        '{"id": NaN, "text": null}',
        '{"id": "blank", "text": " \\n\\t "}',
        '{"id": %s, "text": "a"}' % ("9" * 5000),
        json.dumps({"id": "x" * 500_000, "text": "a"}),
        json.dumps({"id": "first", "text": "The same id again."}),
        json.dumps({"id": "last", "text": TEXT + " Encore."}),
    ]
    bad.write_text("\n".join(lines), "utf-8")
    found, told = beside_the_good(bad, good)
    assert {a["id"] for a in found["articles"]} >= {"first", "last"}
    assert len(found["articles"]) == 3
    assert [int(line.split(":")[2]) for line in told] == [2, 3, 4, 5, 6, 7]
    assert max(map(len, told)) < 400


def test_what_is_no_file(tmp_path: Path, good: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "nothing").mkdir()
    (tmp_path / "nothing" / "again").symlink_to(tmp_path / "nothing")
    for bad in (
        "/dev/zero",
        tmp_path / "loop",
        tmp_path / "nothing",
        tmp_path / "gone",
        "www.example.org",
        "ftp://x.example/",
    ):
        beside_the_good(bad, good)


def test_names_that_are_hard_to_say(tmp_path: Path, good: Path) -> None:
    raw = os.fsencode(tmp_path)
    for name in (b"new\nline.txt", b"\xff\xfe.txt", b"-f", b"a\x1b[31m.txt", "e\u202etxt.exe".encode(), b"a\xc2\x9b2J"):
        path = raw + b"/" + name
        Path(os.fsdecode(path)).write_text(GOOD.replace("deux", "trois"), "utf-8")
        for kind in ("json", "text", "md", "html"):
            result = run("check", os.fsdecode(path), good, "-f", kind)
            assert result.exit_code == 0
            assert kind in ("json", "html") or not DRIVING.search(result.stdout)
        Path(os.fsdecode(path)).write_bytes(b"")
        result = run("check", os.fsdecode(path), good, "-f", "text")
        assert result.exit_code == 1
        assert not DRIVING.search(result.stderr + result.stdout)
        Path(os.fsdecode(path)).unlink()


def test_the_same_input_given_twice_is_one(tmp_path: Path, good: Path) -> None:
    os.link(good, tmp_path / "copy.txt")
    found = dossier(run("check", good, good, tmp_path, f"{tmp_path}/./{good.name}", "-f", "json"))
    assert [len(a["places"]) for a in found["articles"]] == [2]


# --- addresses ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["bomb", "loop", "missing", "file", "br"])
def test_a_bad_page_of_the_web(site: str, good: Path, path: str) -> None:
    beside_the_good(f"{site}/{path}", good, "--allow-private")


def test_private_addresses(site: str, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, lines = beside_the_good(f"{site}/page", good)
    assert "private address" in lines[0]
    assert "--allow-private" in lines[0]
    assert run("check", f"{site}/page", good, "--allow-private").exit_code == 0
    monkeypatch.setattr(fetch, "is_public", lambda address: address == "127.0.0.1")
    _, lines = beside_the_good(f"{site}/inside", good)  # a redirect to 127.0.0.2
    assert "127.0.0.2" in lines[0]


def test_a_name_that_leads_to_a_private_address(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("169.254.169.254", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answer)
    _, lines = beside_the_good("http://news.example/", good)
    assert "news.example is 169.254.169.254" in lines[0]


# --- what is read all the same ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "text", "note"),
    [
        (TEXT.encode("utf-16"), TEXT, ""),
        (TEXT.encode("utf-16-le"), TEXT, ""),
        (TEXT.encode("cp1252"), TEXT, "Windows-1252"),
        (TEXT.encode().decode("cp1252").encode(), TEXT, "a wrong encoding was repaired"),
        (TEXT.encode().replace(b"port", b"p\xffrt"), TEXT.replace("port", "p\ufffdrt"), "no valid UTF-8"),
        (TEXT.replace("port", "p\u200bo\u202er\u2069t\x1b[2J\x07").encode(), TEXT, "bidirectional marks were removed"),
    ],
    ids=["UTF-16", "UTF-16 without a mark", "Windows-1252", "mojibake", "invalid UTF-8", "bidi and zero-width"],
)
def test_odd_characters(data: bytes, text: str, note: str) -> None:
    (found,) = dossier(run("check", "-", "-f", "json", stdin=data))["articles"]
    assert found["text"] == text
    assert any(note in each for each in found["notes"])
    assert len(found["attributions"]) == 2


def test_half_a_character_moves_no_offset() -> None:
    stdin = b'{"id": "a", "lang": "fr", "text": "\\ud800\\ud801 ' + json.dumps(SAYS)[1:-1].encode() + b'"}'
    (found,) = dossier(run("check", "-", "-f", "json", stdin=stdin))["articles"]
    (said,) = found["attributions"]
    assert found["text"][slice(*said["cue"])] == "a déclaré"


IDS = [
    "a/b",
    "../../etc/passwd",
    'a"b',
    "a\nb",
    "a'b",
    "a#b",
    "a b&c",
    "<script>",
    "\x1b[31m",
    "a:1",
    "\u202eabc",
    "é" * 900,
]


def test_ids_of_every_kind(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    texts = (TEXT, TEXT.replace("deux", "trois"), TEXT.replace("dix", "douze"))
    path.write_bytes(records(*({"id": i, "text": texts[n % 3], "lang": "fr"} for n, i in enumerate(IDS))))
    found = dossier(run("check", path, "-f", "json"))
    assert sorted(a["id"] for a in found["articles"]) == sorted(IDS)
    known = set(IDS)
    assert all(o["article"] in known for u in found["utterances"] for o in u["occurrences"])
    anchors = lxml.html.document_fromstring(run("check", path, "-f", "html").stdout)
    held = set(anchors.xpath("//@id"))
    assert {href[1:] for href in anchors.xpath("//a/@href") if href.startswith("#")} <= held


DATES = (
    *("0001-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31", "9999-12-31T23:59:59-14:00", "9999-12-30", "2024-W01-1"),
    *("9999-99-99", "2024-02-30", "hier", "-2024-01-01", "٢٠٢٤-01-01", "2024-01-01T25:00", " ", "1e400"),
)
TIMES = (
    "Hier, mercredi, le maire Jean Dupont a déclaré que 12 personnes étaient mortes l’an dernier, cet hiver, l’été "
    "prochain, dans dix ans, il y a 300 ans, au dernier trimestre, dans la nuit de lundi à mardi, à Noël et à Pâques."
)


@pytest.mark.parametrize("kind", ["json", "html"])
def test_dates_of_every_kind(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.jsonl"
    for first, second in pairwise([*DATES, DATES[0], DATES[2]]):
        one = {"id": "a", "text": TIMES, "published": first, "lang": "fr"}
        two = {"id": "b", "text": TIMES.replace("12", "13"), "published": second, "lang": "fr"}
        path.write_bytes(records(one, two))
        result = run("check", path, "-f", kind)
        assert result.exit_code == 0
        if kind == "json":
            assert {a["published"] for a in dossier(result)["articles"]} <= {*DATES[:6], None}
            assert not re.search(r'"value": "(?:0000|\d{5})', result.stdout)


LONG = {
    "no spaces": ("x" * 5_000_000, "fr"),
    "digits": ("7" * 1_000_000, "fr"),
    "quotation marks": ('"' * 100_000, "en"),
    "opening marks": ("« “" * 30_000, "fr"),
    "words in marks": ("« a » " * 10_000, "fr"),
    "numbers": (" ".join(map(str, range(50_000))), "fr"),
    "newlines": ("a\n" * 50_000, "en"),
    "forms of address": ("M. " * 10_000, "fr"),
    "names after a role": ("Le maire a dit que " + "Jean, " * 30_000, "fr"),
    "commas": ("a, " * 50_000, "en"),
    "brackets": ("(" * 50_000 + ")" * 50_000, "fr"),
    "capitals": ("Jean Dupont " * 5_000, "fr"),
}


def test_long_texts_of_one_kind() -> None:
    items = [{"id": name, "text": text, "lang": lang} for name, (text, lang) in LONG.items()]
    found = dossier(run("check", "-", "-f", "json", stdin=records(*items)))
    assert sorted(a["id"] for a in found["articles"]) == sorted(LONG)


# --- what reaches a terminal, a page, a Markdown file ---------------------------------------------------------------


def spoilt(payload: str) -> list[dict[str, Any]]:
    """Two readings of one story with the payload in every string that a person can give."""
    found = []
    for ident, text, value in (("a", TEXT, 2), ("b", TEXT.replace("deux", "trois"), 3)):
        said = {"content": [[0, 107]], "speaker": f"Brisson{payload}", "reason": payload, "speaker_reason": payload}
        found.append(
            {
                **dict.fromkeys(("id", "title", "outlet", "dateline", "published_from"), ident + payload),
                **{key: [payload] for key in ("authors", "places", "notes")},
                "url": f"javascript:alert(1)//{payload}",
                "lang": "fr",
                "published": "2025-02-03",
                "text": text + payload,
                "attributions": [said],
                "quantities": [{"span": [62, 66], "value": value, "unit": payload, "reason": payload}],
                "times": [{"span": [0, 3], "value": payload, "reason": payload}],
                "credits": [{"span": [0, 3], "name": payload, "kind": "agency", "reason": payload}],
            }
        )
    return [*found, {"id": f"c{payload}", "text": payload, "lang": "de", "unread": payload}]


def scripts(html: str) -> list[str]:
    """What in a page could run or fetch something."""
    found = []
    for element in lxml.html.document_fromstring(html).iter(lxml.html.etree.Element):
        if element.tag in ("script", "img", "iframe", "object", "embed", "form", "base"):
            found.append(str(element.tag))
        for name, value in element.attrib.items():
            runs = value.strip().lower().startswith(("javascript:", "vbscript:", "data:"))
            if name.startswith("on") or (name in ("href", "src", "action", "xlink:href") and runs):
                found.append(f"{name}={value}")
    return found


def test_a_script_in_every_field_is_only_text(tmp_path: Path) -> None:
    path = tmp_path / "readings.jsonl"
    path.write_bytes(records(*spoilt(PAYLOAD)))
    html = run("compare", path, "-f", "html").stdout
    assert html.count("alert(1)") > 10  # it is shown
    assert scripts(html) == []
    assert scripts("<p onclick=x><script></script>") != []
    markdown = run("compare", path, "-f", "md").stdout
    assert not re.search(r"(?<!\\)<(?:script|img|svg)|(?<!\\)\]\((?:javascript|http)|^# H", markdown, re.MULTILINE)


@pytest.mark.parametrize("name", ["a.html", "a.xml", "a.txt", "a.jsonl"])
def test_a_script_in_every_kind_of_file_is_only_text(tmp_path: Path, good: Path, name: str) -> None:
    shown = PAYLOAD.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    fields = dict.fromkeys(("id", "title", "outlet", "url", "lang", "published"), PAYLOAD)
    about = {"@type": "NewsArticle", "author": PAYLOAD, "publisher": {"name": PAYLOAD}, "datePublished": PAYLOAD}
    ld = json.dumps(about).replace("<", "\\u003c")
    head = f'<meta property="og:site_name" content="{shown}"><meta name="author" content="{shown}">'
    head += f'<script type="application/ld+json">{ld}</script>'
    data = {
        "a.html": page(shown, head, f"<p>{SAYS} {shown}</p><p>{QUOTED}</p>"),
        "a.xml": f"<rss version='2.0'><channel><title>{shown}</title><item><title>{shown}</title>"
        f"<author>{shown}</author><link>javascript:alert(1)</link><description>{SAYS} {shown}</description></item>",
        "a.txt": f"{PAYLOAD}\n\nPar {PAYLOAD}\n\n{TEXT}",
        "a.jsonl": json.dumps({**fields, "text": SAYS + PAYLOAD}),
    }[name]
    path = tmp_path / name
    path.write_text(data, "utf-8")
    result = run("check", path, good, "-f", "html")
    assert "alert(1)" in result.stdout
    assert scripts(result.stdout) == []


@pytest.mark.parametrize("kind", ["text", "md"])
def test_nothing_drives_a_terminal(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "readings.jsonl"
    path.write_bytes(records(*spoilt(EVIL), {"id": f"d{EVIL}", "text": 5}))
    result = run("compare", path, "-f", kind)
    assert "Rouge" in result.stdout
    assert not DRIVING.search(result.stdout)
    assert not DRIVING.search(result.stderr)
    title = tmp_path / "a.txt"
    title.write_text(f"{EVIL}\n\nPar {EVIL}\n\n{TEXT}", "utf-8")
    assert not DRIVING.search(run("check", title, path, "-f", kind).stdout)


# --- the same bytes -------------------------------------------------------------------------------------------------


def test_any_order_of_inputs_gives_the_same_bytes(tmp_path: Path) -> None:
    names = []
    for n, number in enumerate(("deux", "trois", "deux", "quatre")):
        names.append(tmp_path / f"{n}.txt")
        names[-1].write_text(GOOD.replace("deux", number), "utf-8")
    (tmp_path / "bad.txt").write_bytes(b"")
    names.append(tmp_path / "bad.txt")
    first = [run("check", *names, "-f", kind).stdout for kind in ("json", "html", "md", "text")]
    for order in (names[::-1], [tmp_path], [*names[2:], *names[:2], *names[1:3]]):
        assert [run("check", *order, "-f", kind).stdout for kind in ("json", "html", "md", "text")] == first


def start(*arguments: str, seed: str = "0", **options: Any) -> subprocess.Popen[bytes]:
    """The command in a process of its own."""
    program = "import sys; from recoupe.cli import main; sys.argv[0] = 'recoupe'; main()"
    environ = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent.parent)}
    pipe = subprocess.PIPE
    options = {"stdin": pipe, "stdout": pipe, "stderr": pipe, "env": environ, **options}
    return subprocess.Popen([sys.executable, "-c", program, *arguments], **options)


def test_processes_and_folders_have_no_effect(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    stdin = records(
        *(
            {"id": str(n), "text": TEXT.replace("deux", w), "lang": "fr"}
            for n, w in enumerate(("deux", "trois", "douze"))
        )
    )
    running = [start("check", "-", "-f", "json", seed="1"), start("check", "-", "-f", "json", seed="2", cwd=elsewhere)]
    outputs = [process.communicate(stdin, timeout=120) for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert outputs[0] == outputs[1]
    assert json.loads(outputs[0][0])["utterances"]


# --- mutated articles -------------------------------------------------------------------------------------------------


def test_mutated_articles_are_read_and_compared() -> None:
    tally = fuzz.run(200, seed=1, piles=6)
    assert tally.faults == {}
    assert tally.counts["articles"] == 200
    assert tally.counts["attributions"] > 300


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The study was led by Orla Finnerty. “It is not dangerous at all”, she, added."),
        ("fr", "Orla Finnerty a mené l’étude. « Ce n’est pas dangereux du tout », elle, a dit."),
    ],
)
def test_a_pronoun_between_commas_is_a_source(lang: str, text: str) -> None:
    (reading,) = Reader().read([Article("a", text, lang=lang)])
    assert list(fuzz.faults(reading)) == []
    assert [said.source.of(text) for said in reading.attributions if said.source] in (["she"], ["elle"])
