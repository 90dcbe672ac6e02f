"""Shown words: made safe, cut to a length, and with their differences from other words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from recoupe.model import Change
from recoupe.report.view.types import GRAVE, Pair, Part
from recoupe.text import Span

# What no medium can show and no article in these languages needs: controls, bidirectional embeddings and overrides,
# lone surrogates.  One code point for one, so that offsets into the text hold.
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_BREAKS = str.maketrans("\r\u2028\u2029", "\n\n\n")
_BLANK = re.compile(r"[ \t\n]+")
_LOOSE = re.compile(r" (?=[:;!?»](?:\s|$))|(?<=«) ")
_LANG = re.compile(r"[a-z]{2,3}")

NAME, TITLE, QUOTE = 160, 400, 900
"""Longest name, title and unchanged stretch of a quotation that is shown, in code points."""

_APART = frozenset({"speaker", "type", "language"})  # changes of the report as a whole, not of a word in it


def safe(text: str) -> str:
    """`text` of the same length with what cannot be shown as U+FFFD and every line break as a newline."""
    return _UNSAFE.sub("\ufffd", text.translate(_BREAKS))


def line(text: str, limit: int = NAME) -> str:
    """`text` safe, on one line, cut at `limit` code points with an ellipsis."""
    flat = _BLANK.sub(" ", safe(text[: limit * 4])).strip()
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"


def held(text: str) -> str:
    """`text`, a heading, with the blanks before a lone sign of punctuation, and inside guillemets, that never break.

    French sets blanks there, which many papers type as plain ones; no language that sets none is changed.
    """
    return _LOOSE.sub("\u00a0", text)


def language(lang: str | None) -> str | None:
    """`lang` where it has the form of an ISO 639 code, else None."""
    return lang if lang and _LANG.fullmatch(lang) else None


def web_address(url: str | None) -> str | None:
    """`url` where it is an http or https address that a page may link to, else None (never a script or a file)."""
    if not url or len(url) > 2000 or re.search(r"[\s\x00-\x20\x7f\"<>\\^`{|}\ud800-\udfff]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def plain(text: str, spans: Sequence[Span], limit: int = QUOTE) -> tuple[Part, ...]:
    """The words under `spans` without marks."""
    return marked(text, spans, (), limit)


def marked(text: str, spans: Sequence[Span], marks: Iterable[Change], limit: int = QUOTE) -> tuple[Part, ...]:
    """The words under `spans`, those under the `there` of a change marked with its kind."""
    parts: list[Part] = []
    ordered = sorted((change.there, change.kind) for change in marks if change.there.end > change.there.start)
    for number, span in enumerate(spans):
        if number:
            parts.append(Part("[…]", "gap"))
        at = span.start
        for there, kind in ordered:
            if there.start < at or there.end > span.end:
                continue
            parts += [Part(text[at : there.start]), Part(there.of(text), "marked", kind)]
            at = there.end
        parts.append(Part(text[at : span.end]))
    return tidy(parts, limit)


def differing(
    here: str, content: Sequence[Span], there: str, changes: Iterable[Change], limit: int = QUOTE
) -> tuple[tuple[Part, ...], tuple[Change, ...]]:
    """The words of `content` in `here` with what was added and left out, and the changes that lie outside them.

    A change of the report as a whole (who speaks, in which language, directly or not) is never shown among the words.
    """
    shown, apart = _split(content, changes)
    parts: list[Part] = []
    for number, span in enumerate(content):
        if number:
            parts.append(Part("[…]", "gap"))
        at = span.start
        for change in shown[number]:
            gone = change.there.of(there)
            before = here[at : change.here.start]
            touching = not before and at > span.start and not parts[-1].text[-1:].isspace()
            parts.append(Part(" " if touching else before))  # two changes side by side would be read as one
            parts += _replaced(gone, change.here.of(here), (before, here[change.here.end : span.end]), change)
            at = change.here.end
        parts.append(Part(here[at : span.end]))
    return tidy(parts, limit), tuple(apart)


def _split(content: Sequence[Span], changes: Iterable[Change]) -> tuple[list[list[Change]], list[Change]]:
    """The changes that lie in each span of `content`, in order and without overlap, and the others."""
    inside: list[list[Change]] = [[] for _ in content]
    apart: list[Change] = []
    for change in sorted(changes, key=lambda change: (change.here, change.there)):
        homes = () if change.kind in _APART else (i for i, span in enumerate(content) if span.holds(change.here))
        home = next(iter(homes), None)
        if home is None or (inside[home] and change.here.start < inside[home][-1].here.end):
            apart.append(change)
        else:
            inside[home].append(change)
    return inside, apart


def _replaced(gone: str, new: str, beside: tuple[str, str], change: Change) -> list[Part]:
    """The parts that show one change, with the blanks at its edges outside the marks.

    Words only left out are kept apart from the words `beside` them, from which nothing parts them in this text.
    """
    before, after = beside
    bare = gone.strip()
    parts = [Part(bare, "left out", change.kind)] if bare else []
    if new.strip():
        edge = len(new) - len(new.lstrip()), len(new.rstrip())
        return [Part(new[: edge[0]]), *parts, Part(new[slice(*edge)], "added", change.kind), Part(new[edge[1] :])]
    left = [Part(" ")] if before[-1:].isalnum() and bare[:1].isalnum() else []
    right = [Part(" ")] if bare[-1:].isalnum() and after[:1].isalnum() else []
    return left + parts + [Part(new)] + right


def aligned(text: str, span: Span, changed: Iterable[tuple[Span, Part]], limit: int = QUOTE) -> tuple[Part, ...]:
    """The words under `span`, where each of `changed` replaces the stretch that it names."""
    parts: list[Part] = []
    at = span.start
    for stretch, part in sorted(changed, key=lambda pair: pair[0]):
        if stretch.start >= at and stretch.end <= span.end and stretch.end > stretch.start:
            parts += [Part(text[at : stretch.start]), part]
            at = stretch.end
    parts.append(Part(text[at : span.end]))
    return tidy(parts, limit)


def tidy(parts: Iterable[Part], limit: int) -> tuple[Part, ...]:
    """Parts safe and on one line; a stretch longer than `limit` keeps its beginning and its end around a gap."""
    done: list[Part] = []
    for part in parts:
        text = part.text
        if len(text) > limit:
            # Cut before cleaning, so that a very long stretch costs no more than a short one.
            head, tail = _BLANK.sub(" ", safe(text[: limit // 2])), _BLANK.sub(" ", safe(text[-limit // 3 :]))
            head, tail = head.rpartition(" ")[0] or head, tail.partition(" ")[2] or tail
            done += [Part(head, part.op, part.kind), Part("[…]", "gap"), Part(tail, part.op, part.kind)]
        elif text:
            done.append(Part(_BLANK.sub(" ", safe(text)), part.op, part.kind))
    return tuple(done)


def pairs(changes: Iterable[Change], here: str, there: str, langs: tuple[str | None, str | None]) -> tuple[Pair, ...]:
    """Changes out of their sentence, the gravest first; `langs` of the fullest report and of this one.

    Words that were only left out, or only added, make one pair a kind ("n … pas").
    """
    rank = {kind: place for place, kind in enumerate(GRAVE)}
    groups: dict[tuple[object, ...], list[Change]] = {}
    for change in sorted(changes, key=lambda change: (rank.get(change.kind, len(rank)), change.there, change.here)):
        one_sided = not change.here.of(here).strip() or not change.there.of(there).strip()
        side = bool(change.there.of(there).strip())
        groups.setdefault((change.kind, side) if one_sided else (change,), []).append(change)
    return tuple(
        Pair(group[0].kind, _joined(there, [c.there for c in group]), _joined(here, [c.here for c in group]), *langs)
        for group in groups.values()
    )


def _joined(text: str, spans: Sequence[Span]) -> str:
    return " … ".join(words for span in spans if (words := line(span.of(text), 120)))


def around(text: str, span: Span, reach: int = 70) -> tuple[Part, ...]:
    """The words under `span`, marked, with those around them on the same line of the article, cut between words."""
    left = max(text.rfind("\n", 0, span.start) + 1, span.start - reach)
    stop = text.find("\n", span.end)
    right = min(len(text) if stop < 0 else stop, span.end + reach)
    before, after = text[left : span.start], text[span.end : right]
    if left and text[left - 1] != "\n":
        before = "…" + before[before.find(" ") + 1 :] if " " in before else "…"
    if right < len(text) and text[right] != "\n":
        after = after[: after.rfind(" ")] + "…" if " " in after else "…"
    return tidy((Part(before), Part(span.of(text), "marked", "number"), Part(after)), 300)
