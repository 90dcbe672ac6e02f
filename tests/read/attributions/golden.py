"""The golden files of attributions: texts, each with the attributions expected of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from recoupe.model import Article, Attribution
from recoupe.read import attributions, parse, quotes, sentences
from recoupe.read.page import Page

HERE = Path(__file__).parent
STAGES = (quotes.STAGE, sentences.STAGE, parse.STAGE, attributions.STAGE)


def cases(lang: str) -> Iterator[tuple[str, list[str]]]:
    """Each text of `<lang>.txt` with its expected lines."""
    text, expected = "", []
    for line in (HERE / f"{lang}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            expected.append(line.strip())
        elif line and not line.startswith("#"):
            if text:
                yield text.replace("\\n", "\n"), expected
            text, expected = line, []
    yield text.replace("\\n", "\n"), expected


def read(*texts: str, lang: str) -> list[Page]:
    """Pages of the texts, read through the stages up to attributions, all in one batch."""
    pages = [Page(Article(str(n), text, lang=lang), lang) for n, text in enumerate(texts)]
    for stage in STAGES:
        pages = stage.run(pages)
    return pages


def shown(page: Page) -> list[str]:
    """The attributions of a page as golden lines."""
    return [_line(page.text, a) for a in page.attributions]


def _line(text: str, a: Attribution) -> str:
    flags = [a.type, *(f for f in (a.act, a.polarity) if f not in ("statement", "said")), *["hedged"] * a.hedged]
    content = " || ".join(span.of(text) for span in a.content)
    source = a.source.of(text) if a.source else "-"
    cue = a.cue.of(text) if a.cue else "-"
    return " | ".join([", ".join(flags), content, source, cue]).replace("\n", "\\n")
