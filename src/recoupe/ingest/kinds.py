"""What kind of input some bytes are, told by their content; a file's name only settles what content leaves open."""

from __future__ import annotations

import codecs
import json
import re
from enum import Enum


class Kind(Enum):
    """The kinds of input that are read, and those that are not: a gzip file in another, CSV, empty, binary."""

    TEXT = "text"
    HTML = "HTML"
    FEED = "RSS or Atom feed"
    JSON_FEED = "JSON feed"
    JSON = "JSON"
    JSONL = "JSON lines"
    WARC = "WARC archive"
    PARQUET = "Parquet table"
    GZIP = "gzip file"
    CSV = "CSV table"
    EMPTY = "empty"
    BINARY = "binary"


# How much of an input is looked at.
HEAD = 65_536

# Files that people drop in by mistake, to say what they are (https://en.wikipedia.org/wiki/List_of_file_signatures).
_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP/DOCX/ODT/EPUB"),
    (b"\xd0\xcf\x11\xe0", "DOC/XLS"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"RIFF", "WebP/WAV/AVI"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"\x7fELF", "ELF"),
    (b"SQLite format 3", "SQLite"),
    (b"OggS", "Ogg"),
    (b"ID3", "MP3"),
)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# A larger share of control characters than this is no text; a few stray ones are cleaned away.
_CONTROLS = 0.05
_CONTROL_BYTES = bytes(b for b in range(32) if b not in b"\t\n\x0b\x0c\r\x1b") + b"\x7f"

_XML_START = r"\s*(?:<\?xml[^>]{0,500}>\s*)?(?:<!--(?:[^-]|-(?!->)){0,5000}-->\s*|<\?[^>]{0,500}>\s*)*"
_FEED = re.compile(
    _XML_START + r"(?:<!doctype[^<\[]{0,200}(?:\[|>)|<(?:rss|feed|rdf:rdf|\w{1,20}:(?:feed|rdf))[\s>])", re.IGNORECASE
)
_PAGE = re.compile(_XML_START + r"(?:<!doctype\s+html|<(?:html|head|body)[\s>])", re.IGNORECASE)
_TAG = re.compile(
    r"\s*<(?:article|main|section|div|p|h1|h2|meta|title|script|style|table|ul|a|b|br|iframe|header|span)[\s>/]"
    r"|\s*<!--",
    re.IGNORECASE,
)
_PAGE_LATER = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_XML = re.compile(r"\s*<(?:\?xml|!doctype)[\s>]", re.IGNORECASE)
_FEED_LATER = re.compile(r"<(?:rss|feed|rdf:rdf|\w{1,20}:(?:feed|rdf))[\s>]", re.IGNORECASE)
_JSON_OBJECT = re.compile(r"\s*\{\s*(?:\"|\})")
_JSON_ARRAY = re.compile(r"\s*\[\s*(?:\{|\])")
_JSON_FEED = re.compile(r"\"version\"\s{0,20}:\s{0,20}\"https?://(?:www\.)?jsonfeed\.org/", re.IGNORECASE)


def kind(head: bytes, name: str = "") -> Kind:
    """The kind of an input from its first bytes (at most `HEAD` of them) and, where they leave it open, its name."""
    if not head.strip(b"\x00\t\n\x0b\x0c\r ") or head in [mark for mark, _ in _MARKS]:
        return Kind.BINARY if b"\x00" in head else Kind.EMPTY
    for magic, found in ((b"\x1f\x8b", Kind.GZIP), (b"PAR1", Kind.PARQUET), (b"WARC/", Kind.WARC)):
        if head.startswith(magic):
            return found
    text = _text(head)
    if text is None or signature(head):
        return Kind.BINARY
    suffix = name.lower().removesuffix(".gz").rpartition(".")[2]
    return _json(text, suffix) or _markup(text, suffix) or (Kind.CSV if suffix in ("csv", "tsv") else Kind.TEXT)


def signature(head: bytes) -> str:
    """What a known binary kind is called, or ""."""
    return next((name for magic, name in _SIGNATURES if head.startswith(magic)), "")


def _text(head: bytes) -> str | None:
    """The head as text, for looking at only; None where it is binary."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return head.decode(encoding, "replace").lstrip("\ufeff")
    zeros = head.count(0)
    if zeros > 0.3 * len(head):  # UTF-16 without a mark, or binary
        wide = "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
        text = head.decode(wide, "replace")
        strange = sum((char < " " and char not in "\t\n\r") or char > "\u2fff" for char in text)
        return text if strange <= _CONTROLS * len(text) else None
    controls = len(head) - len(head.translate(None, _CONTROL_BYTES))
    return head.decode("latin-1") if controls <= _CONTROLS * len(head) else None


def _json(text: str, suffix: str) -> Kind | None:
    if _JSON_ARRAY.match(text) and suffix not in ("jsonl", "ndjson"):
        return Kind.JSON
    if not _JSON_OBJECT.match(text):
        named = Kind.JSON if suffix == "json" and text.lstrip()[:1] in ("[", "{") else None
        return Kind.JSONL if suffix in ("jsonl", "ndjson") else named
    if suffix in ("jsonl", "ndjson"):
        return Kind.JSONL
    if _JSON_FEED.search(text):
        return Kind.JSON_FEED
    lines = [line for line in text.split("\n") if line.strip()]
    whole = lines[:-1] if len(lines) > 1 and len(text) >= HEAD else lines  # the last line may be cut off
    return Kind.JSONL if len(lines) == 1 or any(map(_is_object, whole[:20])) else Kind.JSON


def _is_object(line: str) -> bool:
    if not line.startswith("{"):  # an indented object is part of a larger document
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _markup(text: str, suffix: str) -> Kind | None:
    if _PAGE.match(text):
        return Kind.HTML
    if _XML.match(text) or _FEED.match(text):
        feed, html = _FEED_LATER.search(text), _PAGE_LATER.search(text)
        return Kind.HTML if html and not (feed and feed.start() < html.start()) else Kind.FEED
    if _TAG.match(text) and (suffix not in ("txt", "md") or _PAGE_LATER.search(text)):
        return Kind.HTML
    return None
