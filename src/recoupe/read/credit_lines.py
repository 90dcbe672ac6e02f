"""Lines that credit the whole article: datelines, "Sources : X, Y", "(Avec X)", signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recoupe.model import Credit, CreditKind
from recoupe.read.credit_names import Names, Part, has_capital, known, trim
from recoupe.read.gazetteer import gazetteer
from recoupe.read.words import joined, tokens
from recoupe.text import Span

MAX_LINE = 200  # characters of a line that may name sources for the whole article
SHORT_LINE = 80  # characters of a line that may be a signature
MAX_ITEMS = 12  # names in such a line
DATELINE = 160  # characters at an article's start where a dateline may stand

_LINE = re.compile(r"[^\n\r]+")
_BRACKET = re.compile(r"\(([^()\n]{2,40})\)\s*[-–—:]")


def credits_in_lines(names: Names) -> Iterator[Credit]:
    """The credits of an article's datelines, source lines and signatures."""
    lines = _Lines(names)
    yield from lines.signatures()
    yield from lines.datelines()


class _Lines(Part):
    """The lines of one article."""

    def signatures(self) -> Iterator[Credit]:
        """Source lines, "with" lines, and lines or closing brackets that are nothing but an agency's name."""
        for match in _LINE.finditer(self.plain):
            line = match.group()
            if len(line) > MAX_LINE:
                continue
            lead = self.frames.lines.sources.match(line)
            if lead:
                yield from self._items(match.start() + lead.end(), match.end(), "outlet", "source line")
                continue
            if len(line) < SHORT_LINE and not line.rstrip().endswith((".", "!", "?", ":", ",")):
                yield from self._signature(match.start(), line)
        for match in self.frames.lines.credited.finditer(self.plain):
            yield from self._items(match.start(1), match.end(1), "agency", "with")
        for match in self.frames.lines.closing.finditer(self.plain):
            yield from self._items(match.start(1), match.end(1), "agency", "signature", listed=True)

    def _signature(self, start: int, line: str) -> Iterator[Credit]:
        """A line that says with whom the article was made ("Avec X", "La rédaction avec X"), or is agencies' names."""
        lead = self.frames.lines.with_.match(line)
        end = self.frames.lines.ending.search(line)
        if lead:
            yield from self._items(start + lead.end(), start + len(line), "agency", "with")
        elif end:
            yield from self._items(start + end.start(1), start + end.end(1), "agency", "with", listed=True)
        else:
            yield from self._alone(start, line)

    def _items(
        self, start: int, end: int, default: CreditKind, reason: str, *, listed: bool = False
    ) -> Iterator[Credit]:
        """The names of a list.  `listed`: only those of the gazetteer, where brackets may hold anything."""
        at = start
        cuts = [(m.start(), m.end()) for m in self.frames.lines.split.finditer(self.plain, start, end)]
        for n, (stop, following) in enumerate([*cuts, (end, end)]):
            if n >= MAX_ITEMS:
                return
            item = self._without_article(trim(self.plain, at, stop))
            at = following
            words = item.of(self.plain).split()
            ignored = len(words) == 1 and words[0].lower() in self.frames.lines.ignore
            body = bool(words) and self.frames.nouns.kinds.get(words[0]) == "organisation"
            if not words or len(words) > 6 or ignored or not (body or has_capital(words)):
                continue
            name, kind = self.names.identify(item, default)
            if reason == "with" and kind == default and not self._may_be_outlet(item):
                continue
            if kind is not None and (not listed or known(item.of(self.plain)) is not None):
                yield Credit(item, name, kind, reason)

    def _without_article(self, item: Span) -> Span:
        """A name of a list without a small article before it ("avec *l'*AFP et *la* Belga")."""
        toks = tokens(self.text, item.start, item.end)[:2]
        article = len(toks) > 1 and toks[0].start == item.start and toks[0].word in self.roles.determiners
        return Span(toks[1].start, item.end) if article and joined(self.text, *toks) else item

    def _may_be_outlet(self, item: Span) -> bool:
        """Whether a name of a list can be an outlet's or a body's: one of several words might be a person's."""
        words = item.of(self.plain).split()
        if len(words) == 1 or known(item.of(self.plain)) is not None:
            return True
        of_noun = any(w.lower() in self.frames.nouns.kinds for w in words)
        m = self.names.at(item.start)
        found = m is not None and (m.outlet or m.kind == "organisation")
        return of_noun or found or gazetteer().has_outlet_shape(item.of(self.plain))

    def _alone(self, start: int, line: str) -> Iterator[Credit]:
        """A line that is nothing but agencies' names ("(AFP)", "— Reuters", "AFP/Belga")."""
        cuts = [(m.start(), m.end()) for m in self.frames.lines.split.finditer(self.plain, start, start + len(line))]
        starts, ends = [start, *(end for _, end in cuts)], [*(begin for begin, _ in cuts), start + len(line)]
        items = [trim(self.plain, a, b, "—–-") for a, b in zip(starts, ends, strict=True)]
        entries = [known(item.of(self.plain)) for item in items]
        if len(items) <= MAX_ITEMS and all(entry is not None and entry[1] == "agency" for entry in entries):
            yield from (Credit(item, e[0], "agency", "signature") for item, e in zip(items, entries, strict=True) if e)

    def datelines(self) -> Iterator[Credit]:
        """ "KARSTAD (Agence Nordale) -", "PARIS, 12 mars (AFP) -"."""
        for match in _BRACKET.finditer(self.plain, 0, min(len(self.plain), DATELINE + 60)):
            before = self.plain[: match.start()].rsplit("\n", 1)[-1].strip()
            city = before.split(",")[0].split()
            place = (
                len(before) < 60
                and city
                and (before.split(",")[0].isupper() or (len(city) < 4 and city[0][0].isupper()))
            )
            if not place and (before or known(match.group(1)) is None):
                continue
            item = trim(self.plain, match.start(1), match.end(1))
            if has_capital(item.of(self.plain).split()):
                name, kind = self.names.identify(item, "agency")
                if kind is not None:
                    yield Credit(item, name, "agency" if kind == "organisation" else kind, "dateline")
