"""Bytes into articles: all input and output on what Recoupe reads lives here.

    for found in ingest(["page.html", "feeds/", "https://example.org/news", "-"], stdin=sys.stdin.buffer):
        ...  # an Article, or a Failure that names the input, the cause and what to do
    intake = merge(found ...)  # exact duplicates united, in an order that does not depend on the inputs'

Kinds are told by content: plain text, HTML, RSS, Atom and JSON Feed, WARC, JSON lines, JSON, Parquet, each also
compressed with gzip.  One bad input, or one bad record of it, never stops the others.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from recoupe.errors import InputError
from recoupe.ingest.clean import restore
from recoupe.ingest.inputs import expand
from recoupe.ingest.merge import Intake, merge
from recoupe.ingest.options import IngestOptions, Limits
from recoupe.ingest.reading import read_input
from recoupe.model import Article, Failure

__all__ = ["IngestOptions", "Intake", "Limits", "ingest", "merge", "restore"]

Progress = Callable[[int, int, str], None]


def ingest(
    inputs: Sequence[str | os.PathLike[str]],
    *,
    options: IngestOptions | None = None,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
) -> Iterator[Article | Failure]:
    """The articles of files, folders, URLs and standard input ("-"), each as it is read, and what could not be read.

    `progress` is called before each input, and once at the end, with how many are done, how many there are, and the
    name of the next.  The order of `inputs` does not change what comes out.
    """
    options = options or IngestOptions()
    expanded = expand(inputs)
    for done, each in enumerate(expanded):
        if progress:
            progress(done, len(expanded), each.name)
        if isinstance(each, InputError):
            yield _failure(each)
            continue
        try:
            for found in read_input(each, options, stdin):
                yield _failure(found) if isinstance(found, InputError) else found
        except InputError as error:
            yield _failure(error)
    if progress:
        progress(len(expanded), len(expanded), "")


def _failure(error: InputError) -> Failure:
    return Failure.of(error)
