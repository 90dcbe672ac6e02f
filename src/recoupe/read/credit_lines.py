"""Lines that credit the whole article: datelines, "Sources : X, Y", "(Avec X)", signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recoupe.model import Credit, CreditKind
from recoupe.read.credit_names import Names, Part, has_capital, known, trim

MAX_LINE = 200  # characters of a line that may name sources for the whole article
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
            lead = self.frames.sources.match(line)
            if lead:
                yield from self._items(match.start() + lead.end(), match.end(), "outlet", "source line")
                continue
            lead = self.frames.with_.match(line)
            if (
                lead
                and len(line) < 80
                and (line.strip().endswith(")") or not line.strip().endswith((".", "!", "?", ":", ",")))
            ):
                yield from self._items(match.start() + lead.end(), match.end(), "agency", "with")
            elif len(line) < 40:
                yield from self._alone(match.start(), line)
        for match in self.frames.closing.finditer(self.plain):
            yield from self._items(match.start(1), match.end(1), "agency", "signature", listed=True)

    def _items(
        self, start: int, end: int, default: CreditKind, reason: str, *, listed: bool = False
    ) -> Iterator[Credit]:
        """The names of a list.  `listed`: only those of the gazetteer, where brackets may hold anything."""
        at = start
        cuts = [(m.start(), m.end()) for m in self.frames.split.finditer(self.plain, start, end)]
        for n, (stop, following) in enumerate([*cuts, (end, end)]):
            if n >= MAX_ITEMS:
                return
            item = trim(self.plain, at, stop)
            at = following
            words = item.of(self.plain).split()
            ignored = len(words) == 1 and words[0].lower() in self.frames.ignore
            if not words or len(words) > 6 or ignored or not has_capital(words):
                continue
            name, kind = self.names.identify(item, default)
            if kind is not None and (not listed or known(item.of(self.plain)) is not None):
                yield Credit(item, name, kind, reason)

    def _alone(self, start: int, line: str) -> Iterator[Credit]:
        """A line that is nothing but an agency's name ("(AFP)", "Reuters")."""
        item = trim(self.plain, start, start + len(line))
        hit = known(item.of(self.plain))
        if hit is not None and hit[1] == "agency":
            yield Credit(item, hit[0], "agency", "signature")

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
