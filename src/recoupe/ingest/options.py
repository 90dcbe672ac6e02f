"""What a caller may choose about reading inputs, and the bounds that keep hostile ones harmless."""

from __future__ import annotations

from dataclasses import dataclass, field

from recoupe.errors import UsageError
from recoupe.ingest.dates import is_iso


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds on one input.  Each says what a higher value would cost."""

    # Bytes of one text, page or feed, or of one record of an archive.  The longest newspaper stories have 200 KB;
    # parsing markup takes about ten times its size in memory, so 20 MB stays under 300 MB.
    document: int = 20_000_000
    # Elements of one page.  News pages have 1,000 to 20,000; extraction takes up to 8 s for 100,000 hostile ones.
    elements: int = 100_000
    # Tags of one feed.  2,000 entries with full texts have 100,000; 300,000 hostile ones take feedparser up to 30 s.
    tags: int = 300_000
    # How many times its packed size a file may grow, once past `document`.  Text packs 3 to 10 times, logs 50 times;
    # a decompression bomb packs 1,000 times, and each tenfold costs tenfold in time.
    expansion: int = 200
    # Redirects that are followed for one URL; browsers stop at 20, news sites need 1 to 3.
    redirects: int = 5
    # Seconds for one URL from the first connection to the last byte: a slow site fails rather than holds up the run.
    seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """What the user says about the inputs: each value serves only for articles that do not state their own.

    `published` is an ISO 8601 date or time; `lang` an ISO 639-1 code.  `allow_private` lets URLs lead to private and
    loopback addresses.  Raises UsageError where a value is malformed.
    """

    published: str | None = None
    outlet: str | None = None
    lang: str | None = None
    allow_private: bool = False
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        if self.published is not None and not is_iso(self.published):
            raise UsageError("usage.published", value=repr(self.published))
        if self.lang is not None and not (len(self.lang) == 2 and self.lang.isascii() and self.lang.islower()):
            raise UsageError("usage.language", value=repr(self.lang))
