"""Lines on a terminal: made printable, folded at the width, without blanks at their ends."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from recoupe.text import printable

WIDEST = 100
"""Most columns used: longer lines are hard to read."""

# rich folds at every kind of space: no-break ones pass it as characters that no text may hold.
_HELD = str.maketrans("\u00a0\u202f", "\ufdd0\ufdd1")
_FREED = str.maketrans("\ufdd0\ufdd1", "\u00a0\u202f")

Piece = str | Text | tuple[str, str]
"""Words, words with rich's name of a style, or words that have styles already and were made printable."""


class Paper:
    """A console to which every word goes through `printable` and `Text`, never through rich's markup."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.width = min(console.width, WIDEST)

    def line(self, *pieces: Piece, indent: int = 0) -> None:
        """One paragraph, folded and indented."""
        text = Text()
        for piece in pieces:
            if isinstance(piece, Text):
                text.append_text(piece)
            else:
                words, style = piece if isinstance(piece, tuple) else (piece, "")
                text.append(printable(words), style)
        text.plain = text.plain.translate(_HELD)
        for row in text.wrap(self.console, max(self.width - indent, 20), overflow="fold"):
            row.rstrip()
            row.plain = row.plain.translate(_FREED)
            self.console.print(Text(" " * indent).append_text(row), soft_wrap=True)

    def rule(self, title: str) -> None:
        """A heading across the width after a blank line."""
        self.blank()
        self.line((f"── {title} ".ljust(self.width, "─"), "bold"))

    def blank(self) -> None:
        """An empty line."""
        self.console.print()
