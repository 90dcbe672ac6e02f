"""Bytes into text: byte order mark, then valid UTF-8, then what the source declares, then Windows-1252.

Windows-1252 is what the Web's standard reads undeclared French and English pages as (https://encoding.spec.whatwg.org);
it also stands in wherever ISO-8859-1 is declared, as that standard says.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = (  # longest first: UTF-32's little-endian mark starts with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LATIN = frozenset({"ascii", "iso8859-1", "cp1252"})
# The encodings that the Web's standard knows; Python's others ("idna", "unicode_escape") decode no files.
_KNOWN = re.compile(
    r"cp(?:125[0-8]|866|874|932|949|950)|iso8859-\d{1,2}|koi8-[ru]|mac-(?:roman|cyrillic)|utf-(?:16|32)(?:-[lb]e)?"
    r"|gb(?:k|2312|18030)|big5(?:hkscs)?|euc[_-](?:jp|kr)|shift_jis|tis-620"
)
_IN_MARKUP = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}["']?\s{0,5}([A-Za-z0-9_:.-]{1,40})"""
    rb"""|<\?xml[^>]{0,200}?encoding\s{0,5}=\s{0,5}["']([A-Za-z0-9_:.-]{1,40})""",
    re.IGNORECASE,
)
_IN_HEADER = re.compile(r"charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
# Where a page's head may declare its encoding; the standard says 1,024 bytes, real pages are later.
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text; `notes` tell what a reader of the result should know of it."""

    text: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode `data`; `declared` is the encoding that the source names, used only where nothing contradicts it."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lossy(data, encoding)
    wide = _wide(data)
    if wide:
        return _lossy(data, wide)
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    name = _known(declared)
    if name and name not in _LATIN:
        return _lossy(data, name)
    if name is None and _mostly_utf8(data):
        return _lossy(data, "utf-8")
    notes = () if name else ("not UTF-8 and no encoding is declared: read as Windows-1252",)
    return Decoded(_windows(data), notes)


def declared_in_markup(data: bytes) -> str | None:
    """The encoding that an HTML or XML document names in its head."""
    match = _IN_MARKUP.search(data[:_HEAD])
    return (match[1] or match[2]).decode("ascii") if match else None


def declared_in_header(content_type: str | None) -> str | None:
    """The `charset` of an HTTP Content-Type."""
    match = _IN_HEADER.search(content_type[:1000]) if content_type else None
    return match[1] if match else None


# --- parts ------------------------------------------------------------------------------------------------------


def _known(declared: str | None) -> str | None:
    """Python's name for a declared encoding of texts; None where it is unknown, or says UTF-8 wrongly."""
    try:
        name = codecs.lookup(declared or "").name
    except (LookupError, ValueError):
        return None
    return name if name in _LATIN or _KNOWN.fullmatch(name) else None


def _lossy(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    label = encoding.removesuffix("-sig").upper()
    return Decoded(text, (f"what is no valid {label} is shown as \ufffd, in {lost} places",) if lost else ())


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: in Latin text every other byte is zero."""
    head = data[:2000]
    half = len(head) // 2
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if half < 2 or len(data) % 2:
        return None
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.05 * half else None


def _mostly_utf8(data: bytes) -> bool:
    """Whether damaged data was UTF-8: more characters outside ASCII are right than wrong."""
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(1 for _ in re.finditer(r"[^\x00-\x7f\ufffd]", text))
    return right > wrong


def _windows(data: bytes) -> str:
    """Windows-1252 as the Web's standard has it: its five holes are the control characters of the same number."""
    return data.decode("cp1252", "recoupe.holes")


def _holes(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("recoupe.holes", _holes)
