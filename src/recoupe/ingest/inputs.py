"""What the user names: files, folders, URLs and standard input, into the single inputs to read."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from recoupe.errors import InputError

STDIN = "-"

# What a browser saves beside a page, and pictures.  In a folder they are passed over; named themselves, they are told.
_ASSETS = frozenset(
    [
        ".css",
        ".js",
        ".mjs",
        ".map",
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".webp",
        ".avif",
        ".svg",
        ".ico",
        ".bmp",
        ".tif",
        ".tiff",
        ".woff",
        ".woff2",
        ".ttf",
        ".otf",
        ".eot",
        ".mp3",
        ".mp4",
        ".m4a",
        ".webm",
        ".ogg",
        ".wav",
        ".mov",
        ".avi",
    ]
)

# What people type for an address on the Web: "www.example.org", "example.org/page", "https:/example.org".
_SITE = re.compile(
    r"https?:|(?!.*\.(?:txt|md|html?|xml|rss|atom|jsonl?|ndjson|gz|warc|parquet|csv|pdf|docx?|odt|rtf)$)"
    r"(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?:[/:?#]|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read.  `name` is its path as the user can open it, its URL, or "-"."""

    name: str

    @property
    def is_url(self) -> bool:
        """Whether it is fetched from the Web."""
        return "://" in self.name[:20]

    @property
    def is_stdin(self) -> bool:
        """Whether it is standard input."""
        return self.name == STDIN


def expand(names: Sequence[str | os.PathLike[str]]) -> list[Input | InputError]:
    """The single inputs that the names stand for, each once, in an order that does not depend on theirs.

    Folders are walked to the bottom, hidden files and folders left out, loops of links entered once.  What cannot be
    opened at all is an error in its place.
    """
    found: dict[str, Input | InputError] = {}
    for name in sorted({os.fsdecode(name) for name in names}):
        for each in _expanded(name):
            found.setdefault(each.name, each)
    return [found[name] for name in sorted(found)]


def _expanded(name: str) -> Iterator[Input | InputError]:
    if name == STDIN or "://" in name[:20]:
        yield Input(name)
        return
    try:
        folder = check_file(name)
    except InputError as error:
        yield error
        return
    if folder:
        yield from _folder(Path(name))
    else:
        yield Input(str(Path(name)))


def check_file(name: str) -> bool:
    """Whether the name is a folder's and not a file's (or a pipe's).  Raises InputError where it is neither's."""
    if not name:
        raise InputError('""', "file.no-name")
    try:
        mode = Path(name).stat().st_mode
    except (OSError, ValueError) as error:
        raise _unopened(name, error) from error
    if not (stat.S_ISDIR(mode) or stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
        raise InputError(str(Path(name)), "file.device")
    return stat.S_ISDIR(mode)


def _folder(top: Path) -> Iterator[Input | InputError]:
    entered: set[tuple[int, int]] = set()
    waiting = [top]
    empty = True
    while waiting:
        folder = waiting.pop()
        try:
            status = folder.stat()
            if (status.st_dev, status.st_ino) in entered:
                continue
            entered.add((status.st_dev, status.st_ino))
            children = sorted(folder.iterdir())
        except OSError as error:
            empty = False
            yield _unopened(str(folder), error)
            continue
        for child in children:
            if child.name.startswith("."):
                continue
            if child.is_dir():
                waiting.append(child)
            elif child.is_symlink() and not child.exists():
                empty = False
                yield InputError(str(child), "file.dead-link")
            elif child.is_file() and child.suffix.lower() not in _ASSETS:
                empty = False
                yield Input(str(child))
    if empty:
        yield InputError(str(top), "folder.empty")


def _unopened(name: str, error: OSError | ValueError) -> InputError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return InputError(name, "file.missing-site" if _SITE.match(name) else "file.missing")
    if isinstance(error, PermissionError):
        return InputError(name, "file.forbidden")
    cause = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return InputError(name, "file.unopened", why=cause)
