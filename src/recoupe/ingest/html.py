"""Web pages: the article's text by trafilatura, what it is by the page's own statements.

A date is taken where the page says that it is the date of publication: JSON-LD, then <meta>, then <time>, then the
byline.  A year in the footer, a date in a teaser, the day the page was saved, are not.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from recoupe.errors import InputError
from recoupe.ingest import byline, jsonld, markup
from recoupe.ingest.clean import line
from recoupe.ingest.dates import stated
from recoupe.ingest.decode import declared_in_markup, decode
from recoupe.ingest.draft import Draft
from recoupe.ingest.faults import LIBRARY_FAULTS
from recoupe.ingest.language import declared
from recoupe.ingest.options import Limits
from recoupe.ingest.vocabulary import page
from recoupe.text import fold

# trafilatura makes all kinds of space plain, but a no-break space tells « 1 200 » from two numbers.  While it works,
# letters that no article uses stand for the spaces that count.
_SPACES = "\u00a0\u202f\u2009"
_STAND_INS = "\U00010380\U00010381\U00010382\U000103a0\U000103a1\U000103a2"  # Ugaritic, Old Persian
# trafilatura tells on the root logger's last resort, stderr, that a page has no text; that is our Failure's to say.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

# The shortest news in brief has more words than this; of a page that is all menu, extraction leaves fewer.
_FEWEST_WORDS = 8
# What stands below these belongs to something else than the article.
_APART = frozenset({"nav", "aside", "footer", "li"})
# With more elements than this trafilatura does not ask its backups: one of them, jusText, takes time with the square
# of the number of paragraphs, 2 s for 5,000 of them.  News pages have 1,000 to 6,000.
_CAREFUL = 5000
# With more table cells than this the page is read without its tables: they are data, and trafilatura, which makes all
# rows of a table as wide as its widest, would make a hundred cells of each.
_MOST_CELLS = 2000
# Elements looked at for bylines and dates: real pages have a handful.
_MOST_MARKED = 200


@dataclass(frozen=True, slots=True)
class _Stated:
    """What the page states of its article outside the text."""

    title: str
    published: str | None
    published_from: str | None
    authors: tuple[str, ...]
    outlet: str | None
    lang: str | None
    url: str | None
    notes: tuple[str, ...] = ()


def read(data: bytes, place: str, limits: Limits, *, charset: str | None = None, url: str | None = None) -> Draft:
    """The article of a page.  `charset` is what HTTP declared, `url` where the page came from.  Raises InputError."""
    decoded = decode(data, charset or declared_in_markup(data))
    root = markup.tree(decoded.text, place, limits)
    scripts = [jsonld.parse(script.text or "") for script in _scripts(root)]
    found = _stated(root, scripts, url)
    for script, value in zip(_scripts(root), scripts, strict=True):
        if value is None:  # broken or hostile: the extraction must not trip over it
            script.drop_tree()
    text = _extract(root, decoded.text)
    if len(text.split(None, _FEWEST_WORDS)) < _FEWEST_WORDS:
        raise InputError(place, "html.no-article")
    return Draft(
        place=place,
        text=text,
        title=found.title,
        lang=found.lang,
        outlet=found.outlet,
        published=found.published,
        published_from=found.published_from,
        authors=found.authors,
        url=found.url,
        notes=decoded.notes + found.notes,
    )


# --- text -------------------------------------------------------------------------------------------------------


def _extract(root: Any, source: str) -> str:
    """The article's paragraphs, without menus, comments and links to other articles; "" where there are none."""
    from trafilatura import bare_extraction

    free = [char for char in _STAND_INS if char not in source]
    hide = dict(zip(map(ord, _SPACES), free, strict=False))
    _replace_spaces(root, hide)
    large = sum(1 for _ in islice(root.iter(), _CAREFUL + 1)) > _CAREFUL
    tables = sum(1 for _ in islice(root.iter("td", "th"), _MOST_CELLS + 1)) <= _MOST_CELLS
    try:
        document = bare_extraction(root, include_comments=False, include_tables=tables, fast=large, with_metadata=False)
    except LIBRARY_FAULTS:
        document = None
    if document is None or document.body is None:
        return ""
    return markup.paragraphs(document.body).translate({ord(char): chr(space) for space, char in hide.items()})


def _replace_spaces(root: Any, table: dict[int, str]) -> None:
    """Put stand-ins for the spaces inside words and numbers; a text that is only blanks stays so."""
    for element in root.iter():
        for side in ("text", "tail"):
            value = getattr(element, side)
            if value and not value.isascii() and value.strip():
                setattr(element, side, value.translate(table))


# --- statements -------------------------------------------------------------------------------------------------


def _stated(root: Any, scripts: list[Any], url: str | None) -> _Stated:
    meta = _meta(root)
    headings = [markup.content(heading) for heading in islice(root.iter("h1"), 2)]
    shown = headings[0] if len(headings) == 1 else ""
    article = jsonld.described(scripts, [shown, meta.get("title", "")])
    outlet = meta.get("outlet") or article.outlet
    lang = declared(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang"))
    lang = lang or declared(article.lang) or declared(meta.get("lang"))
    published = article.published or stated(meta.get("published", ""), lang) or _time(root, lang)
    by = None if published and article.authors else _byline(root, lang)
    from_byline = by.published if by and not published else None
    return _Stated(
        title=_title(root, article.title, meta.get("title", ""), shown, outlet),
        published=published or from_byline,
        published_from="metadata" if published else "byline" if from_byline else None,
        authors=article.authors or _meta_authors(root) or _marked_authors(root) or (by.authors if by else ()),
        outlet=outlet,
        lang=lang,
        url=_canonical(root, meta, url),
        notes=("the date in the byline can be read in two ways",) if by and by.ambiguous and not published else (),
    )


def _scripts(root: Any) -> list[Any]:
    return [s for s in root.iter("script") if (s.get("type") or "").strip().lower() == "application/ld+json"]


def _meta(root: Any) -> dict[str, str]:
    """The first statement of each field in the page's <meta> elements, in the order of the data file's names."""
    stated_by_name: dict[str, str] = {}
    for name, value in _meta_pairs(root):
        stated_by_name.setdefault(name, value)
    return {
        field: next((stated_by_name[name] for name in names if name in stated_by_name), "")
        for field, names in page().meta.items()
    }


def _meta_pairs(root: Any) -> Iterator[tuple[str, str]]:
    for element in root.iter("meta"):
        value = (element.get("content") or "").strip()
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(key) or "").strip().lower()
            if name and value:
                yield name, value


def _meta_authors(root: Any) -> tuple[str, ...]:
    pairs = list(_meta_pairs(root))
    for wanted in page().meta["authors"]:
        values = [value for name, value in pairs if name == wanted and not value.startswith(("http://", "https://"))]
        if values:
            return tuple(dict.fromkeys(author for value in values for author in byline.names(value)))
    return ()


def _title(root: Any, described: str, meta: str, shown: str, outlet: str | None) -> str:
    """The headline: JSON-LD's unless it is cut short, else the social one, else the heading, else <title>."""
    if described and not (described.endswith(("…", "...")) and shown):
        return described if not (shown and fold(shown).startswith(fold(described))) else shown
    if meta and shown and fold(meta).startswith(fold(shown)):
        return shown
    element = root.find(".//head/title")
    return shown or _without_outlet(meta or (markup.content(element) if element is not None else ""), outlet)


def _without_outlet(title: str, outlet: str | None) -> str:
    """ "Headline - The Outlet" without the outlet, where that is its name."""
    for dash in (" - ", " | ", " – ", " — ", " : ", " · "):
        head, found, tail = title.rpartition(dash)
        if found and outlet and fold(tail.strip()) == fold(outlet):
            return head.strip()
    return title


def _canonical(root: Any, meta: dict[str, str], url: str | None) -> str | None:
    """The page's own address: only http and https, absolute."""
    link = next((e.get("href") for e in root.iter("link") if (e.get("rel") or "").lower() == "canonical"), None)
    for candidate in (link, meta.get("url"), url):
        if candidate:
            try:
                address = urljoin(url or "", line(candidate))
                parts = urlsplit(address)
            except ValueError:
                continue
            if parts.scheme in ("http", "https") and parts.netloc:
                return address
    return None


def _words(element: Any) -> set[str]:
    """The words of an element's class, id, itemprop and rel."""
    joined = " ".join(element.get(key) or "" for key in ("class", "id", "itemprop", "rel")).lower()
    return set(joined.replace("-", " ").replace("_", " ").split())


def _aside(element: Any) -> bool:
    """Whether an element stands in a menu, a comment, a teaser or another part that is not the article."""
    for parent in (element, *element.iterancestors()):
        if parent.tag in _APART and parent is not element:
            return True
        if _words(parent) & page().marks["aside"] and parent.tag not in ("body", "html"):
            return True
    return False


def _time(root: Any, lang: str | None) -> str | None:
    """The date of a <time> that is marked as the date of publication, or of the only one beside the title."""
    marked: list[str] = []
    plain: list[str] = []
    for element in islice(root.iter("time"), _MOST_MARKED):
        words = _words(element) | (_words(element.getparent()) if element.getparent() is not None else set())
        in_link = any(parent.tag == "a" for parent in element.iterancestors())  # a teaser
        if words & page().marks["updated"] or in_link or _aside(element):
            continue
        value = stated(element.get("datetime") or markup.content(element), lang)
        if value:
            is_marked = element.get("pubdate") is not None or words & page().marks["date"]
            (marked if is_marked else plain).append(value)
    if marked:
        return marked[0]
    return plain[0] if len({value[:10] for value in plain}) == 1 else None


def _marked(root: Any, field: str) -> Iterator[Any]:
    """The elements whose class, id, itemprop or rel has a word of `field`, outside menus and the like."""
    seen = 0
    for element in root.iter():
        if (
            isinstance(element.tag, str)
            and element.tag not in ("meta", "link")
            and _words(element) & page().marks[field]
        ):
            seen += 1
            if seen > _MOST_MARKED:
                return
            if not _aside(element):
                yield element


def _marked_authors(root: Any) -> tuple[str, ...]:
    """The names in elements with rel="author" or itemprop="author"."""
    found: list[str] = []
    for element in _marked(root, "author"):
        exact = {(element.get("rel") or "").lower(), (element.get("itemprop") or "").lower()}
        text = markup.content(element)
        if "author" in exact and text and len(text) <= byline.LONGEST:
            found += byline.names(text)
    return tuple(dict.fromkeys(found))


def _byline(root: Any, lang: str | None) -> byline.Byline | None:
    """What the elements marked as byline or date say, put together: the first names and the first date."""
    authors: tuple[str, ...] = ()
    published: str | None = None
    ambiguous = False
    for field in ("author", "date"):
        for element in _marked(root, field):
            for part in markup.paragraphs(element)[: 4 * byline.LONGEST].split("\n"):
                found = byline.parse(part, lang)
                if found:
                    authors = authors or found.authors
                    published = published or found.published
                    ambiguous = ambiguous or found.ambiguous
    if not (authors or published or ambiguous):
        return None
    return byline.Byline(authors, published, ambiguous and not published)
