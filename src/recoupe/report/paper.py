"""Lines on a terminal: made printable, folded at the width, without blanks at their ends."""

from __future__ import annotations

from collections.abc import Iterable

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

    def line(self, *pieces: Piece, indent: int = 0, hang: int = 0) -> None:
        """One paragraph, folded and indented, the rows after the first by `hang` more."""
        text = _joined(pieces)
        text.plain = text.plain.translate(_HELD)
        rows = list(self._folded(text, indent))
        if hang and len(rows) > 1:
            rest = text[len(rows[0]) :]
            rest = rest[len(rest) - len(rest.plain.lstrip(" ")) :]
            rows = [rows[0], *self._folded(rest, indent + hang)]
        for number, row in enumerate(rows):
            row.rstrip()
            row.plain = row.plain.translate(_FREED)
            left = indent + hang * bool(number)
            self.console.print(Text(" " * left).append_text(row), soft_wrap=True)

    def _folded(self, text: Text, indent: int) -> Iterable[Text]:
        return text.wrap(self.console, max(self.width - indent, 20), overflow="fold")

    def one(self, *pieces: Piece) -> None:
        """One row, cut at the width with an ellipsis."""
        text = _joined(pieces)
        text.truncate(self.width, overflow="ellipsis")
        text.rstrip()
        self.console.print(text, soft_wrap=True)

    def rule(self, title: str) -> None:
        """A heading across the width after a blank line."""
        self.blank()
        self.line((f"── {title} ".ljust(self.width, "─"), "bold"))

    def blank(self) -> None:
        """An empty line."""
        self.console.print()


def _joined(pieces: Iterable[Piece]) -> Text:
    text = Text()
    for piece in pieces:
        if isinstance(piece, Text):
            text.append_text(piece)
        else:
            words, style = piece if isinstance(piece, tuple) else (piece, "")
            text.append(printable(words), style)
    return text
