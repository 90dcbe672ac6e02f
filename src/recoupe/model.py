"""The data of each stage, frozen: Article -> Reading -> Dossier.

The names are the field's own and are defined in docs/reference/terms.md.  All offsets are code points into
`Article.text` (see `recoupe.text.Span`).  Every item says why it is there: `reason` is a label a person understands
and `score`, between 0 and 1, is how sure the rule or measure behind it is (1.0: it can be read off the page).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from recoupe.text import Span, sha256

if TYPE_CHECKING:
    import pyarrow as pa

    from recoupe.errors import Fault, InputError
    from recoupe.messages import Ui

AttributionType = Literal["direct", "indirect", "mixed"]
Act = Literal["statement", "belief", "intention"]
ALL_ACTS: tuple[Act, ...] = ("statement", "belief", "intention")
STATEMENTS: tuple[Act, ...] = ("statement",)
Polarity = Literal["said", "denied", "not said"]
Modifier = Literal["at least", "at most", "about", "more than", "less than"]
CreditKind = Literal["agency", "outlet", "social", "organisation", "document"]
Drift = Literal["verbatim", "trimmed", "reworded", "translated", "altered"]
Verdict = Literal["agree", "conflict", "update", "not comparable", "cannot tell"]
ChangeKind = Literal["wording", "number", "negation", "name", "modality", "speaker", "type", "language"]
EdgeKind = Literal["credit", "reuse", "speaker", "outlet"]
_ID = 12  # hexadecimal digits of an id


# --- ingest -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Edit:
    """One change that cleaning made: `span` of the stored text stands where the source's text had `original`.

    Edits are ordered by span and do not overlap; putting every `original` back gives the decoded source text (of
    markup: the text extracted from it), so that any evidence can be found again in the file it came from.
    """

    span: Span
    original: str
    reason: str


@dataclass(frozen=True, slots=True)
class Article:
    """One published text.  What the source does not state is None, never guessed."""

    id: str
    text: str
    title: str = ""
    lang: str | None = None  # ISO 639-1
    outlet: str | None = None
    published: str | None = None  # ISO 8601, at the precision and in the time zone that the source states
    authors: tuple[str, ...] = ()
    dateline: str | None = None  # the place a dispatch was sent from ("JAKARTA - ...")
    url: str | None = None
    places: tuple[str, ...] = ()  # every path or URL (with "#record") where this same text was found, sorted
    published_from: str | None = None  # what states the date: "given", "metadata", "byline", "feed", "warc"
    edits: tuple[Edit, ...] = ()
    notes: tuple[str, ...] = ()  # what a reader of the result should know ("text is very short")

    @property
    def sha256(self) -> str:
        """The hash of the stored text, by which a result can be checked against it."""
        return sha256(self.text)

    @property
    def moment(self) -> datetime | None:
        """`published` as an aware datetime: UTC where no zone is stated, midnight where no time is; None if unknown."""
        return moment(self.published)


def moment(published: str | None) -> datetime | None:
    """An ISO 8601 date or time as an aware datetime: UTC where no zone is stated; None where there is none to read."""
    if not published:
        return None
    try:
        when = datetime.fromisoformat(published)
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def surely_first(published: Mapping[str, str | None]) -> str | None:
    """The one (article id -> `published`) that came out before all others; None where the dates do not tell.

    A date without an hour is the whole of its day.
    """
    windows = {one: window for one, stated in published.items() if (window := _window(stated))}
    if not windows or len(windows) < len(published):
        return None
    first = min(windows, key=lambda one: windows[one])
    return first if all(windows[first][1] < start for one, (start, _) in windows.items() if one != first) else None


def _window(published: str | None) -> tuple[datetime, datetime] | None:
    """The first and the last second at which something so dated can have come out."""
    start = moment(published)
    if start is None:
        return None
    whole_day = len(published or "") <= len("2025-03-05")
    return start, start + (timedelta(days=1, seconds=-1) if whole_day else timedelta())


# --- read -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Attribution:
    """One act of saying: a source, a cue and a content (PARC3, PolNeAR), with the resolved speaker."""

    type: AttributionType
    content: tuple[Span, ...]
    source: Span | None = None
    cue: Span | None = None
    speaker: str | None = None
    act: Act = "statement"
    polarity: Polarity = "said"
    hedged: bool = False  # the report itself is hedged: "aurait dit", "reportedly"
    reason: str = ""  # the frame that matched, e.g. "verb + que"
    speaker_reason: str = ""  # how the speaker was resolved, e.g. "pronoun -> last named man"
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Quantity:
    """A measure of the world.  `unit`: ISO 4217, "%", an SI symbol, "ratio", or the counted noun in the singular."""

    span: Span
    value: float
    unit: str | None = None
    modifier: Modifier | None = None
    reason: str = ""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Time:
    """A calendar expression and its TIMEX3 value, resolved against the article's date."""

    span: Span
    value: str
    reason: str = ""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Credit:
    """An outlet, agency, body, social network or document named as the origin of information."""

    span: Span
    name: str
    kind: CreditKind
    reason: str = ""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with its four layers, each ordered by position.  `unread` says why an article was not read."""

    article: Article
    attributions: tuple[Attribution, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[Time, ...] = ()
    credits: tuple[Credit, ...] = ()
    unread: str | None = None  # e.g. "language: de"

    @property
    def id(self) -> str:
        """The article's id."""
        return self.article.id

    @property
    def text(self) -> str:
        """The article's stored text, in which all spans count."""
        return self.article.text


# --- compare ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """One word-level difference of an occurrence from the fullest one.

    `here` lies in the occurrence's article, `there` in the fullest occurrence's; one of them is empty for words that
    were added or left out.
    """

    kind: ChangeKind
    here: Span
    there: Span


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where an utterance is reported.  `attribution` indexes into the reading's attributions."""

    article: str
    content: tuple[Span, ...]
    attribution: int
    speaker: str | None
    drift: Drift
    changes: tuple[Change, ...] = ()
    reason: str = ""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Utterance:
    """One act of saying with the places that report it, the fullest first; `first`: who carried it first, if known."""

    id: str
    story: str
    speaker: str | None
    occurrences: tuple[Occurrence, ...]
    first: str | None = None  # article id; None where the dates do not tell
    reason: str = ""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class FigureOccurrence:
    """One place of a figure.  `value` is in the group's one unit; `quantity` indexes into the reading's quantities."""

    article: str
    span: Span
    quantity: int | None  # None: the figure stands in the title, `span` counts in `Article.title`
    value: float
    unit: str | None
    modifier: Modifier | None = None
    according_to: str | None = None
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One question that several places answer with a number.  `about` is made of the articles' own words only."""

    id: str
    story: str
    about: str
    verdict: Verdict
    occurrences: tuple[FigureOccurrence, ...]
    reason: str = ""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Passage:
    """Two aligned stretches: `source` in the article copied from, `copy` in the one that copies; `changes` between."""

    source: Span
    copy: Span
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Reuse:
    """One article's text found again in another.  `share`: the part of the copy's words that stand in the source."""

    source: str  # article id
    copy: str  # article id
    passages: tuple[Passage, ...]
    share: float
    credited: bool  # the copy names the source, or the agency whose text it is
    reason: str = ""  # what the direction rests on, e.g. "published earlier: 10:30 before 13:05"
    score: float = 1.0

    @property
    def id(self) -> str:
        """A name of the pair, made of its two articles."""
        return "r-" + sha256(f"{self.source}\n{self.copy}")[:_ID]


@dataclass(frozen=True, slots=True)
class Edge:
    """One article, or a claim in it, rests on another article or a named origin, and what says so."""

    article: str
    rests_on: str  # an article id, or a name where `kind` is not "reuse"
    kind: EdgeKind
    span: Span | None  # the evidence, in `article`
    claim: str | None = None  # utterance or figure id; None: the article as a whole
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Origins:
    """Where a claim first came from as far as the articles say; how many independent origins at least and at most."""

    claim: str
    origins: tuple[str, ...]
    at_least: int
    at_most: int
    reason: str = ""

    @property
    def id(self) -> str:
        """A name of its own, made of the claim's."""
        return f"o-{self.claim}"


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on an article that a checker should see: an honorific against the other evidence, two spellings ..."""

    article: str
    kind: str
    span: Span | None
    reason: str

    @property
    def id(self) -> str:
        """A name of the remark, made of all that it says."""
        return "n-" + sha256("\n".join((self.article, self.kind, str(self.span), self.reason)))[:_ID]


@dataclass(frozen=True, slots=True)
class RepeatPlace:
    """One place of a statement that is made again.  `attribution` indexes into the reading's attributions."""

    story: str
    article: str
    attribution: int
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A statement that its speaker makes again in another story, with all its places, the earliest first."""

    id: str
    speaker: str
    places: tuple[RepeatPlace, ...]
    reason: str = ""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Story:
    """The articles about one event.  `terms` are the words they share, the reason they were put together."""

    id: str
    articles: tuple[str, ...]
    terms: tuple[str, ...] = ()
    thread: str | None = None  # stories of one thread on different days share this


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured against a threshold: its name, what it came to for this case, and what was found."""

    threshold: str  # its name in `recoupe.compare.thresholds` or `recoupe.compare.limits`
    asked: float
    found: float

    @property
    def passed(self) -> bool:
        """Whether as much was found as was asked."""
        return self.found >= self.asked


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of an article; no spans: the article as a whole."""

    article: str
    spans: tuple[Span, ...] = ()
    in_title: bool = False


StepKind = Literal["joined", "kept apart", "question", "drift", "verdict", "origin", "passage", "term", "note"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way to a decision: what was seen (`label`, as in reasons), where, and what it was measured by.

    `details` are further labels with their data, `words` those of the articles that carried it.
    """

    kind: StepKind
    label: str
    evidence: tuple[Evidence, ...] = ()
    measured: tuple[Measured, ...] = ()
    score: float | None = None
    details: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """The way in which one decision was reached.  `decision` and `reason` are what the dossier prints of it."""

    id: str
    kind: Literal["utterance", "figure", "story", "reuse", "origins", "note", "repeat"]
    decision: str
    reason: str
    score: float | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read: its name, why, and what to do, in English, and in every language by `fault`."""

    input: str
    cause: str
    advice: str = ""
    fault: Fault | None = None

    @classmethod
    def of(cls, error: InputError) -> Failure:
        """The failure that an error is."""
        return cls(error.name, error.cause, error.advice, error.fault)

    @property
    def code(self) -> str:
        """The name of the cause that no change of words touches; empty where it has none."""
        return self.fault.code if self.fault else ""

    def told(self, ui: Ui) -> tuple[str, str]:
        """Cause and advice in the interface language `ui`."""
        return (self.fault.cause(ui), self.fault.advice(ui)) if self.fault else (self.cause, self.advice)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing readings gives; every tuple is in an order that does not depend on the input's order."""

    stories: tuple[Story, ...] = ()
    utterances: tuple[Utterance, ...] = ()
    figures: tuple[Figure, ...] = ()
    reuse: tuple[Reuse, ...] = ()
    origins: tuple[Origins, ...] = ()
    edges: tuple[Edge, ...] = ()
    notes: tuple[Note, ...] = ()
    repeats: tuple[Repeat, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """The whole result: the readings, what comparing them gave, and the inputs that could not be read."""

    readings: tuple[Reading, ...]
    comparison: Comparison
    failures: tuple[Failure, ...] = ()
    version: str = ""
    models: Mapping[str, str] = field(default_factory=dict)  # name -> version of what read the articles

    def reading(self, article: str) -> Reading:
        """The reading of the article with this id.  Raises KeyError."""
        for reading in self.readings:
            if reading.article.id == article:
                return reading
        raise KeyError(article)

    def to_arrow(self) -> Mapping[str, pa.Table]:
        """The dossier as Arrow tables by name (docs/reference/tables.md)."""
        from recoupe.tables import to_arrow

        return to_arrow(self)
