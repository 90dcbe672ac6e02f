"""Feeds: RSS and Atom by feedparser, JSON Feed (https://www.jsonfeed.org/version/1.1/) by its few keys.

Each entry is an article.  Entities that a feed declares itself are refused, never expanded or fetched.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from recoupe.errors import InputError
from recoupe.ingest import markup
from recoupe.ingest.dates import stated
from recoupe.ingest.decode import declared_in_markup, decode
from recoupe.ingest.draft import Draft
from recoupe.ingest.faults import LIBRARY_FAULTS
from recoupe.ingest.options import Limits
from recoupe.ingest.records import parse_json

_ENTITY = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]{0,500}\?>")
_UNPRINTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

_REFERENCE = re.compile(r"&#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,8}));")

_SUMMARY_ONLY = "the feed gives only a summary"
_UPDATED_ONLY = "dated by its last change: the feed states no date of publication"


def read(data: bytes, name: str, limits: Limits, *, charset: str | None = None) -> Iterator[Draft | InputError]:
    """The entries of an RSS or Atom feed.  Raises InputError where it is none, or declares entities."""
    decoded = decode(data, charset or declared_in_markup(data))
    if _ENTITY.search(decoded.text):
        raise InputError(name, "feed.entities")
    if decoded.text.count("<") > limits.tags:
        raise InputError(name, "feed.large", most=limits.tags)
    feed = _parse(decoded.text, name)
    if not feed["entries"]:
        raise InputError(name, "feed.no-entry" if feed.get("version") else "feed.other-xml")
    for number, entry in enumerate(feed["entries"], start=1):
        place = f"{name}#{number}"
        try:
            yield _entry(entry, feed, place, limits, decoded.notes)
        except InputError as error:
            yield error


def read_json(data: bytes, name: str, limits: Limits) -> Iterator[Draft | InputError]:
    """The items of a JSON feed.  Raises InputError where it is none."""
    feed = parse_json(data.removeprefix(b"\xef\xbb\xbf"), name)
    items = feed.get("items") if isinstance(feed, Mapping) else None
    if not isinstance(items, list) or not items:
        raise InputError(name, "feed.no-item")
    for number, item in enumerate(items, start=1):
        place = f"{name}#{number}"
        try:
            yield _item(item if isinstance(item, Mapping) else {}, feed, place, limits)
        except InputError as error:
            yield error


# --- RSS and Atom -----------------------------------------------------------------------------------------------


def _parse(text: str, name: str) -> Mapping[str, Any]:
    """feedparser's result.  It is given a stream: it would take bytes or text for the name of a file to open."""
    import feedparser

    clean = _REFERENCE.sub(_valid, _UNPRINTED.sub("", _DECLARATION.sub("", text)))
    stream = io.BytesIO(clean.encode("utf-8", "replace"))
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        parsed: Mapping[str, Any] = feedparser.parse(
            stream, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except LIBRARY_FAULTS as error:
        raise InputError(name, "feed.unreadable") from error
    return parsed


def _valid(reference: re.Match[str]) -> str:
    """A numeric reference as it is, or U+FFFD where it names no character: one such would cost the whole feed."""
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    allowed = number in (9, 10, 13) or 0x20 <= number < 0xD800 or 0xE000 <= number <= 0x10FFFF
    return reference[0] if allowed else "\ufffd"


def _entry(entry: dict[str, Any], feed: Mapping[str, Any], place: str, limits: Limits, notes: tuple[str, ...]) -> Draft:
    value = dict.get  # feedparser's own lookup answers "updated" with "published"
    contents = [content for content in value(entry, "content", []) if content.get("value")]
    body = contents[0] if contents else value(entry, "summary_detail", {})
    about = value(dict(feed), "feed", {})
    published = stated(value(entry, "published", "") or "")
    changed = None if published else stated(value(entry, "updated", "") or "")
    atom = str(feed.get("version", "")).startswith("atom")
    text = _text(body, place, limits)
    title = _title(value(entry, "title_detail", {}), place, limits)
    return Draft(
        place=place,
        text=text or title,
        title=title if text else "",
        lang=body.get("language") or value(about, "language") or value(entry, "language"),
        outlet=value(value(entry, "source", {}), "title") or value(about, "title"),
        published=published or changed,
        published_from="feed" if published or changed else None,
        authors=tuple(a["name"] for a in value(entry, "authors", []) if a.get("name")),
        url=_web(value(entry, "link")),
        notes=notes + ((_SUMMARY_ONLY,) if not contents else ()) + ((_UPDATED_ONLY,) if changed and atom else ()),
    )


def _text(detail: Mapping[str, Any], place: str, limits: Limits) -> str:
    """The words of an element; its lines stay where it is called HTML, as RSS always is, but holds no tag."""
    value = str(detail.get("value") or "")
    if detail.get("type") == "text/plain":
        return value
    return markup.fragment(value, place, limits) if "<" in value else unescape(value)


def _title(detail: Mapping[str, Any], place: str, limits: Limits) -> str:
    """A title's text; where all of it is markup that is not shown, as it stands."""
    return _text(detail, place, limits).strip() or str(detail.get("value") or "").strip()


def _web(address: Any) -> str | None:
    return address if isinstance(address, str) and address.startswith(("http://", "https://")) else None


# --- JSON Feed --------------------------------------------------------------------------------------------------


def _item(item: Mapping[str, Any], feed: Mapping[str, Any], place: str, limits: Limits) -> Draft:
    html, plain, summary = (_string(item, key) for key in ("content_html", "content_text", "summary"))
    text = plain or (markup.fragment(html, place, limits) if html else "") or summary
    published = stated(_string(item, "date_published"))
    return Draft(
        place=place,
        text=text,
        title=_string(item, "title"),
        lang=_string(item, "language") or _string(feed, "language") or None,
        outlet=_string(feed, "title") or None,
        published=published,
        published_from="feed" if published else None,
        authors=_people(item) or _people(feed),
        url=_web(item.get("url")),
        notes=() if html or plain else (_SUMMARY_ONLY,),
    )


def _string(mapping: Mapping[str, Any], key: str) -> str:
    value = mapping.get(key)
    return value if isinstance(value, str) else ""


def _people(mapping: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of `authors`, or of version 1.0's single `author`."""
    given = mapping.get("authors")
    people = given if isinstance(given, list) else [mapping.get("author")]
    return tuple(filter(None, (_string(person, "name") for person in people if isinstance(person, Mapping))))
