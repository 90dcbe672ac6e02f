"""What a renderer shows, in the order in which it is read: frozen, without markup, every line with its anchors.

An *anchor* is an ASCII name that is unique in the view ("a3-q2": the second attribution of the third article); a line
has one, and names the anchor of its evidence.  A *tag* ("P3") is the short name of a line that a person sees.  All
strings come from `recoupe.report.view.words.safe` and still hold hostile text: a renderer escapes for its medium.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from recoupe.messages import Ui
from recoupe.model import AttributionType, ChangeKind, Drift, EdgeKind, Modifier, Verdict

Op = Literal["same", "added", "left out", "marked", "gap"]
Layer = Literal["said", "source", "cue", "quantity", "time", "credit", "copied", "note", "edge"]
Column = Literal["origins", "relays", "articles", "copies"]

GRAVE: tuple[ChangeKind, ...] = ("speaker", "negation", "number", "name", "modality")
"""The kinds of change that alter what is said, the gravest first."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of shown words.  `kind` is set where words were added or left out; "gap": words that are not shown."""

    text: str
    op: Op = "same"
    kind: ChangeKind | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """Words in one language, whole or with their differences from other words."""

    parts: tuple[Part, ...]
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Clue:
    """A piece of a reason: our own "label" in the interface's language, or words shown as they are.

    "data": words of the articles.  "time": a moment, `machine` as it was written.  "article": one that was named by
    its id.  "unknown": English words of a rule, for which the interface has no others.
    """

    text: str
    kind: Literal["label", "data", "time", "article", "unknown"]
    machine: str | None = None
    article: ArticleRef | None = None


Reason = tuple[Clue, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """One change out of its sentence: the words `before` (in the fullest report) and `after` (here); one may be ""."""

    kind: ChangeKind
    before: str
    after: str
    before_lang: str | None = None
    after_lang: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """How an article is named in a line."""

    anchor: str
    number: int
    id: str
    title: str
    outlet: str | None
    found: str  # host, file name or id, for an article whose outlet is not stated
    lang: str | None
    published: str | None
    when: str | None  # `published` as the interface's language writes it, at the precision stated
    notes: tuple[Reason, ...] = ()  # what a reader of the result should know
    unread: Reason = ()  # why it was not read; empty where it was

    @property
    def name(self) -> str:
        """The outlet or, where none is stated, where the article was found."""
        return self.outlet or self.found


@dataclass(frozen=True, slots=True)
class Rest:
    """One article (or, of a claim, what it says there) rests on `name`; `evidence` is the anchor of what says so."""

    article: ArticleRef
    name: str
    target: ArticleRef | None
    kind: EdgeKind
    evidence: str | None
    reason: Reason
    circular: bool = False

    @property
    def relation(self) -> str:
        """The edge's kind, or "own" where an outlet rests on nothing but itself."""
        return "own" if self.kind == "outlet" and not self.target and self.name == self.article.name else self.kind


@dataclass(frozen=True, slots=True)
class ClaimOrigins:
    """The independent origins of one claim, at least and at most, with the edges they rest on."""

    names: tuple[str, ...]
    at_least: int
    at_most: int
    reason: Reason
    rests: tuple[Rest, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """One place that reports a statement."""

    anchor: str
    article: ArticleRef
    evidence: str
    words: Words  # with the differences from the fullest report
    drift: Drift
    pairs: tuple[Pair, ...]  # the changes that alter, and those that lie outside the words shown
    speaker: str | None  # as this article resolves it
    type: AttributionType
    flags: tuple[str, ...]  # of: "denied", "not said", "belief", "intention", "hedged", "made direct"


@dataclass(frozen=True, slots=True)
class Again:
    """A place in another story where the speaker makes a statement again; `anchor` and `tag` are those of its line.

    `words`: those said there, what is not said here marked; None where they are the same.
    """

    story: int  # its number
    article: ArticleRef
    evidence: str
    anchor: str
    tag: str
    reason: Reason
    words: Words | None
    number: str  # the words of a number that is another there; "" for none


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """In which other stories a statement is made again: the earliest `places`, one a story, and how many `more`."""

    places: tuple[Again, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """One act of saying and the places that report it, the fullest first; `id` is "" where only one article has it.

    `reason`: why the places are one statement; empty where all of them have the same words.
    """

    anchor: str
    tag: str
    id: str
    story: str  # anchor of the story
    speaker: str | None
    places: tuple[Said, ...]
    first: ArticleRef | None
    origins: ClaimOrigins | None
    elsewhere: Elsewhere
    reason: Reason
    score: float

    @property
    def carriers(self) -> int:
        """In how many articles it stands."""
        return len({place.article.anchor for place in self.places})

    @property
    def disputed(self) -> bool:
        """Whether the articles give the words to different speakers."""
        return len({place.speaker for place in self.places}) > 1

    @property
    def altered(self) -> tuple[Said, ...]:
        """The places where a number, a negation, a name, the sense or the speaker is another."""
        return tuple(place for place in self.places[1:] if place.drift == "altered")

    @property
    def swaps(self) -> tuple[Pair, ...]:
        """What the altered places changed, each change once, the gravest first."""
        found = dict.fromkeys(pair for place in self.altered for pair in place.pairs)
        rank = {kind: place for place, kind in enumerate(GRAVE)}
        return tuple(sorted(found, key=lambda pair: rank.get(pair.kind, len(rank))))


@dataclass(frozen=True, slots=True)
class Reported:
    """One place of a figure, with the words around it."""

    anchor: str
    article: ArticleRef
    evidence: str
    context: Words
    modifier: Modifier | None
    in_title: bool


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says a value (None: nobody is named) and where."""

    name: str | None
    places: tuple[Reported, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One answer to a figure's question.

    `shown` is the number, or the words of an article (in `lang`) where the number is only reckoned from them, which
    then stands in `beside` (there is also the symbol of its unit); `written`: the other words that the articles have.
    `share`: its size against the largest one's, None if that means nothing.
    """

    shown: str
    lang: str | None
    beside: str | None
    written: tuple[Words, ...]
    share: float | None
    voices: tuple[Voice, ...]

    @property
    def places(self) -> int:
        """In how many places the value stands."""
        return sum(len(voice.places) for voice in self.voices)


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One question that articles answer with a number, its values from the smallest to the largest."""

    anchor: str
    tag: str
    id: str
    story: str
    about: str
    verdict: Verdict
    values: tuple[Value, ...]
    first: ArticleRef | None
    origins: ClaimOrigins | None
    reason: Reason
    score: float

    @property
    def carriers(self) -> int:
        """In how many articles it stands."""
        voices = (voice for value in self.values for voice in value.voices)
        return len({said.article.anchor for voice in voices for said in voice.places})


@dataclass(frozen=True, slots=True)
class CopiedPassage:
    """Two aligned stretches: the source's with what was left out, the copy's with what was added, both in one."""

    source: Words
    copy: Words
    merged: Words
    source_evidence: str
    copy_evidence: str


@dataclass(frozen=True, slots=True)
class Copy:
    """One article's text found again in another."""

    anchor: str
    tag: str
    id: str
    source: ArticleRef
    copy: ArticleRef
    share: float
    credited: bool
    directed: bool  # False where it cannot be told which of the two copied
    passages: tuple[CopiedPassage, ...]
    reason: Reason
    score: float


@dataclass(frozen=True, slots=True)
class Node:
    """A name or an article in the sourcing graph; `more` counts the nodes that a crowded column leaves out."""

    label: str
    column: Column
    article: ArticleRef | None = None
    more: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """An edge of the sourcing graph between two indexes into its nodes: `upper` rests on `lower`."""

    upper: int
    lower: int
    kind: EdgeKind
    circular: bool


@dataclass(frozen=True, slots=True)
class Way:
    """How some articles rest on a name: all in the same relation, and for the same reason."""

    relation: str
    circular: bool
    reason: Reason
    rests: tuple[Rest, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """A name, or an article, that articles rest on, with the ways in which they do."""

    name: str
    target: ArticleRef | None
    ways: tuple[Way, ...]

    @property
    def weight(self) -> int:
        """How many articles rest on it."""
        return len({rest.article.anchor for way in self.ways for rest in way.rests})


@dataclass(frozen=True, slots=True)
class Sourcing:
    """The sourcing graph of a story: its nodes by column, its edges, and the same as lines (`rests`)."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    rests: tuple[Rest, ...]

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """The lines by what they name: articles that others copy, then what most articles rest on."""
        names: dict[object, list[Rest]] = {}
        for rest in self.rests:
            names.setdefault(rest.target or rest.name, []).append(rest)
        found = [Ground(rests[0].name, rests[0].target, _ways(rests)) for rests in names.values()]
        return tuple(sorted(found, key=lambda ground: (ground.ways[0].relation != "reuse", -ground.weight)))


_WAYS = ("reuse", "outlet", "credit", "speaker", "own")


def _ways(rests: list[Rest]) -> tuple[Way, ...]:
    """The ways of resting on one name, each with one line an article, copies first."""
    found: dict[tuple[object, ...], dict[str, Rest]] = {}
    for rest in rests:
        found.setdefault((rest.relation, rest.circular, rest.reason), {}).setdefault(rest.article.anchor, rest)
    ways = (
        Way(one.relation, one.circular, one.reason, tuple(by_article.values()))
        for by_article in found.values()
        for one in (next(iter(by_article.values())),)
    )
    return tuple(sorted(ways, key=lambda way: _WAYS.index(way.relation)))


@dataclass(frozen=True, slots=True)
class Back:
    """A link from evidence back to a line that uses it."""

    tag: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of an article's text under the same layers.  `anchors` begin here, `backs` follow it."""

    text: str
    layers: tuple[Layer, ...] = ()
    anchors: tuple[str, ...] = ()
    backs: tuple[Back, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article in full, its paragraphs cut where a layer begins or ends."""

    ref: ArticleRef
    title: tuple[Segment, ...]
    paragraphs: tuple[tuple[Segment, ...], ...]
    url: str | None  # only http and https
    authors: tuple[str, ...]
    dateline: str | None
    published_from: str | None
    places: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A note on an article: what a checker should see."""

    anchor: str
    tag: str
    id: str
    article: ArticleRef
    kind: Reason
    evidence: str | None
    excerpt: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Speaker:
    """One speaker of a story; `shared` statements stand in several places, `single` ones in one."""

    name: str | None
    shared: tuple[Statement, ...]
    single: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """Another story of the same thread; `relation`: "" where the dates do not tell."""

    anchor: str
    number: int
    title: str
    title_lang: str | None
    when: str | None  # the date of its first article
    relation: Literal["before", "after", ""]


@dataclass(frozen=True, slots=True)
class Thread:
    """The thread of a story: how many stories it has, and those next to this one in time, the earlier first."""

    size: int
    nearest: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class StoryView:
    """The articles about one event, ordered by time (undated ones last), and what they say."""

    anchor: str
    number: int
    id: str
    title: str
    title_lang: str | None
    terms: tuple[str, ...]
    thread: Thread | None
    articles: tuple[ArticleRef, ...]
    waits: tuple[str, ...]  # beside each article: that it was first, or how long after; "" where no time tells
    speakers: tuple[Speaker, ...]
    figures: tuple[FigureLine, ...]
    sourcing: Sourcing | None
    copies: tuple[Copy, ...]
    texts: tuple[ArticleText, ...]

    @property
    def conflicts(self) -> int:
        """How many of its figures conflict."""
        return sum(figure.verdict == "conflict" for figure in self.figures)

    @property
    def altered(self) -> int:
        """How many of its statements some article alters."""
        return sum(bool(statement.altered) for speaker in self.speakers for statement in speaker.shared)

    @property
    def differs(self) -> bool:
        """Whether a figure conflicts or a statement is altered."""
        return bool(self.conflicts or self.altered)

    @property
    def alone(self) -> bool:
        """Whether the story has one article only."""
        return len(self.articles) == 1


@dataclass(frozen=True, slots=True)
class FailureLine:
    """An input that could not be read."""

    input: str
    cause: str
    advice: str


@dataclass(frozen=True, slots=True)
class View:
    """The whole dossier as it is shown: what differs first, then each story, then what was not read and why."""

    ui: Ui
    articles: int
    read: int
    conflicts: tuple[FigureLine, ...]
    altered: tuple[Statement, ...]  # statements with an altered place, the gravest change first
    stories: tuple[StoryView, ...]
    apart: tuple[ArticleText, ...]  # articles that belong to no story
    loose: tuple[Copy, ...]  # copies by such articles
    unread: tuple[ArticleText, ...]  # those of all articles that were not read
    remarks: tuple[Remark, ...]
    failures: tuple[FailureLine, ...]
    version: str
    models: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, tuple[Statement, ...]], ...] = ()  # speakers by name; only of a dossier of many articles

    @property
    def copies(self) -> tuple[Copy, ...]:
        """The pairs of articles that share copied text."""
        return tuple(copy for story in self.stories for copy in story.copies) + self.loose

    @property
    def texts(self) -> tuple[ArticleText, ...]:
        """Every article, in the order in which they are numbered."""
        return tuple(text for story in self.stories for text in story.texts) + self.apart
