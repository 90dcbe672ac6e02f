"""View -> terminal: first what differs, then each story, in 80 columns, with or without colour.

Everything shown goes through `recoupe.report.paper`, so that an article can send no escape code and no style.
Differences are marked by signs as well as by colour, in the notation of wdiff: [-left out-]{+added+}.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from recoupe.messages import Ui
from recoupe.model import Attribution, Quantity, Reading
from recoupe.report.format import number
from recoupe.report.paper import Paper
from recoupe.report.view.claims import said_flags
from recoupe.report.view.desk import article_ref
from recoupe.report.view.reasons import plain
from recoupe.report.view.types import (
    ArticleRef,
    ClaimOrigins,
    Copy,
    FigureLine,
    Pair,
    Reason,
    Reported,
    Said,
    Statement,
    StoryView,
    Value,
    View,
    Way,
    Words,
)
from recoupe.report.view.words import line
from recoupe.report.wording import SIGNS, Wording, asked, bracketed, gist, marks
from recoupe.text import printable

LONGEST = 420
"""Most code points of one quotation or passage; the whole of it stands in the HTML and JSON reports."""

FEW = 5
"""Most places listed of one value that one voice gives."""

SHOWN = 12
"""Most differences of a kind in the lines at the top; below each has its own block."""

_SIGNED = {"left out": "[-{}-]", "added": "{{+{}+}}", "gap": " {} "}
_STYLES = {"left out": "red", "added": "bold green", "marked": "bold", "gap": "dim"}


def render(view: View, console: Console) -> None:
    """Print the dossier to `console`, whose own settings say whether there is colour and how wide it is."""
    _Printer(view, console).print()


def render_readings(readings: Sequence[Reading], console: Console, ui: Ui) -> None:
    """Print what was read in each article, without comparison: who says what, the figures, times and credits."""
    paper, words = Paper(console), Wording(ui)
    for count, reading in enumerate(readings, 1):
        article = article_ref(reading, count, ui)
        paper.rule(words.place(article))
        if article.title:
            paper.line((article.title, "bold"))
        _remarks(article, paper, words, 0)
        for said in reading.attributions:
            _attribution(said, reading, paper, words)
        layers: tuple[tuple[str, list[str]], ...] = (
            ("layer.quantity", [_quantity(q, reading.text, ui) for q in reading.quantities]),
            ("layer.time", [f"{line(t.span.of(reading.text))} = {line(t.value)}" for t in reading.times]),
            ("layer.credit", [line(credit.name) for credit in reading.credits]),
        )
        for key, found in layers:
            if found:
                paper.line((words.labelled(key, ""), "dim"), " · ".join(found))
        if reading.unread is None and not (reading.attributions or any(found for _, found in layers)):
            paper.line((words.t("nothing.found"), "dim"))


def _remarks(article: ArticleRef, paper: Paper, words: Wording, indent: int) -> None:
    """Why an article was not read, and what a reader of the result should know of it."""
    if article.unread:
        paper.line((words.t("article.unread", why=plain(article.unread)), "bold"), indent=indent)
    for note in article.notes:
        paper.line((words.labelled("article.note", plain(note)), "dim"), indent=indent)


def _attribution(said: Attribution, reading: Reading, paper: Paper, words: Wording) -> None:
    speaker = line(said.speaker) if said.speaker else words.t("said.nobody")
    flags = bracketed(words.t(f"flag.{flag}") for flag in said_flags(said))
    paper.line((speaker, "bold"), f" · {words.t(f'type.{said.type}')}{flags}", indent=2)
    paper.line(line(" […] ".join(span.of(reading.text) for span in said.content), LONGEST), indent=6)


def _quantity(quantity: Quantity, text: str, ui: Ui) -> str:
    unit = f" {line(quantity.unit)}" if quantity.unit else ""
    return f"{line(quantity.span.of(text))} = {number(quantity.value, ui)}{unit}"


class _Printer:
    """Prints one view; holds the paper and the interface's words."""

    def __init__(self, view: View, console: Console) -> None:
        self.view = view
        self.paper = Paper(console)
        self.words = Wording(view.ui)

    def print(self) -> None:
        self._head()
        self._digest()
        if self.view.conflicts or self.view.altered:
            self.paper.rule(self.words.t("differs.title"))
        for figure in self.view.conflicts:
            self._figure(figure)
        for statement in self.view.altered:
            self._altered(statement)
        for story in self.view.stories:
            if not story.alone or story.figures or story.copies:
                self._story(story)
        lone = [story for story in self.view.stories if story.alone and not (story.figures or story.copies)]
        if lone:
            self.paper.rule(self.words.t("alone.title"))
        for story in lone:
            single = sum(len(speaker.single) for speaker in story.speakers)
            self._listed(story.articles[0], f" ({self.words.plural('statements', single)})" if single else "")
            self._thread(story, 6)
            self._repeated(story)
        if self.view.apart:
            self.paper.rule(self.words.t("apart.title"))
        for text in self.view.apart:
            self._listed(text.ref)
        for copy in self.view.loose:
            self._copy(copy)
        self._end()
        if self.paper.console.is_terminal:
            self._farewell()

    # --- pieces ---------------------------------------------------------------------------------------------------

    def _shown(self, words: Words, quoted: bool) -> Text:
        text, room = Text(), LONGEST
        opening, closing = marks(words.lang) if quoted else ("", "")
        text.append(opening)
        for part in words.parts:
            shown = printable(part.text[:room])
            if len(part.text) > room:
                shown, room = (shown.rpartition(" ")[0] or shown) + "…", 0
            room -= len(shown)
            text.append(_SIGNED.get(part.op, "{}").format(shown), _STYLES.get(part.op, ""))
            if part.op == "added" and part.kind not in (None, "wording"):
                text.append(f" ({self.words.t(f'change.{part.kind}')})", "dim")
            if room <= 0:
                break
        text.append(closing)
        return text

    def _quote(self, said: Said, indent: int) -> None:
        self.paper.line(self._shown(said.words, said.type == "direct"), indent=indent)

    def _pair(self, pair: Pair, labelled: bool = True) -> Text:
        text = Text()
        if labelled:
            text.append(self.words.labelled(f"change.{pair.kind}", ""), "dim")
        if pair.before:
            text.append(f"[-{printable(pair.before)}-]", "red")
        if pair.after:
            text.append(f"{{+{printable(pair.after)}+}}", "bold green")
        return text

    def _badge(self, what: str, value: str) -> tuple[str, str]:
        style = "bold red" if value in ("conflict", "altered") else "bold"
        return f"{SIGNS[value]} {self.words.t(f'{what}.{value}')}", style

    def _reason(self, reason: Reason, indent: int) -> None:
        if reason:
            self.paper.line((self.words.labelled("reason", plain(reason)), "dim"), indent=indent)

    def _listed(self, article: ArticleRef, more: str = "") -> None:
        """An article as one line of a list, with its title, and what a reader should know of it below."""
        self.paper.line(self.words.place(article), f"  {article.title}" if article.title else "", more, indent=2)
        _remarks(article, self.paper, self.words, 6)

    def _origins(self, origins: ClaimOrigins | None, indent: int) -> None:
        if origins is not None:
            number = (self.words.origins(origins), "bold")
            why = (f" · {plain(origins.reason)}" if origins.reason else "", "dim")
            title = self.words.labelled("origins.title", "")
            self.paper.line(title, number, bracketed(origins.names), why, indent=indent, hang=2)

    # --- sections -------------------------------------------------------------------------------------------------

    def _head(self) -> None:
        view = self.view
        self.paper.line(
            ("Recoupe  ", "bold"),
            f"{self.words.plural('articles', view.articles)}, {self.words.plural('stories', len(view.stories))}",
        )
        self.paper.line(" · ".join(f"{n} {self.words.plural(key, n)}" for n, key in self.words.tally(view)))
        if not view.articles:
            self.paper.line(self.words.t("nothing.read"))
        elif not view.conflicts and not view.altered:
            self.paper.line(self.words.t("nothing.differs"))

    def _digest(self) -> None:
        """What differs and what is copied in one line each, cut at the width: the first screen shows all of it."""
        view = self.view
        tags = [line.tag for lines in (view.conflicts, view.altered, view.copies) for line in lines[:SHOWN]]
        width = max(map(len, tags), default=0)
        if tags:
            self.paper.blank()
        for figure in view.conflicts[:SHOWN]:
            values = f" {SIGNS['conflict']} ".join(_number(value) for value in figure.values[:4])
            about = "".join(asked(figure.about))
            self.paper.one(f"{figure.tag:<{width}}  ", (values, "bold red"), f"  {about}")
        for statement in view.altered[:SHOWN]:
            pair = self._pair(statement.swaps[0], labelled=False) if statement.swaps else Text()
            self.paper.one(f"{statement.tag:<{width}}  ", pair, f"  {self._altered_by(statement)}")
        for copy in view.copies[:SHOWN]:
            share = (self.words.percent(copy.share), "bold")
            self.paper.one(f"{copy.tag:<{width}}  ", share, f"  {self.words.copied(copy)}, {self._credit(copy)}")
        more = sum(max(len(lines) - SHOWN, 0) for lines in (view.conflicts, view.altered, view.copies))
        if more:
            self.paper.line((self.words.plural("more", more), "dim"))

    def _altered_by(self, statement: Statement) -> str:
        """Which articles alter the words, and whose they are; of words given to another, the words."""
        other = bool(statement.swaps) and statement.swaps[0].kind == "speaker"
        who = gist(statement.places[0].words, 60) if other else statement.speaker or self.words.t("said.nobody")
        articles = dict.fromkeys(f"[{said.article.number}] {said.article.name}" for said in statement.altered)
        return f"{', '.join(articles)} · {who}"

    def _figure(self, figure: FigureLine) -> None:
        self.paper.blank()
        about = "".join(asked(figure.about))
        self.paper.line(f"{figure.tag}  ", self._badge("verdict", figure.verdict), "  ", (about, "bold"), hang=4)
        if figure.verdict == "conflict":
            values = f" {SIGNS['conflict']} ".join(_number(value) for value in figure.values[:8])
            self.paper.line((values, "bold red"), indent=4)
        width = max((len(printable(value.shown)) for value in figure.values), default=0)
        for value in figure.values:
            head = f"{printable(value.shown):>{min(width, 20)}}"
            beside = f" {value.beside}" if value.beside else ""
            for voice in value.voices:
                known = voice.name and f"{self.words.t('figures.according')} {voice.name}"
                who = known or self.words.t("figures.nobody")
                style = "bold red" if figure.verdict == "conflict" else "bold"
                self.paper.line((head, style), beside, "  ", (who, "bold" if voice.name else "italic"), indent=4)
                for said in voice.places[:FEW]:
                    flags = [self.words.t("figures.title_place")] if said.in_title else []
                    flags += [self.words.t(f"modifier.{said.modifier}")] if said.modifier else []
                    conflict = figure.verdict == "conflict"
                    written = "" if conflict else f"  {_written(said)}"
                    self.paper.line(self._place(said.article, figure.first, flags), written, indent=8)
                    if conflict:
                        self.paper.line(self._context(said.context), indent=12)
                if len(voice.places) > FEW:
                    self.paper.line((self.words.plural("more", len(voice.places) - FEW), "dim"), indent=8)
        self._reason(figure.reason, 4)
        self._unknown_first(figure)
        self._origins(figure.origins, 4)

    def _place(self, article: ArticleRef, first: ArticleRef | None, flags: Iterable[str] = ()) -> Text:
        """An article as a line names it, with a word where it is the first that carried the claim."""
        text = Text(printable(self.words.place(article) + bracketed(flags)))
        if article is first:
            text.append(f" · {self.words.t('wait.first')}", "bold")
        return text

    def _unknown_first(self, claim: FigureLine | Statement) -> None:
        """That the dates do not tell which of several articles was first."""
        if claim.first is None and claim.carriers > 1:
            self.paper.line((self.words.labelled("said.first", self.words.t("first.unknown")), "dim"), indent=4)

    def _context(self, words: Words) -> Text:
        """Words as they stand in their article, those that matter between stars."""
        text = Text()
        for part in words.parts:
            marked = part.op == "marked"
            text.append(f"*{printable(part.text)}*" if marked else printable(part.text), "bold" if marked else "dim")
        return text

    def _altered(self, statement: Statement) -> None:
        self.paper.blank()
        speaker = statement.speaker or self.words.t("said.nobody")
        self.paper.line(f"{statement.tag}  ", self._badge("drift", "altered"), "  ", (speaker, "bold"))
        for pair in statement.swaps[:8]:
            self.paper.line(self._pair(pair), indent=4)
        full = statement.places[0]
        place = self._place(full.article, statement.first, self._flags(full))
        self.paper.line(place, f" · {self.words.t('reason.fullest report')}", indent=4)
        self._quote(full, 8)
        unaltered = (said for said in statement.places[1:] if said.drift != "altered")
        for said in (*statement.altered, *unaltered):
            self._reported(said, statement)
        if statement.reason:
            self.paper.line((self.words.labelled("said.joined", plain(statement.reason)), "dim"), indent=4, hang=2)
        self._whence(statement)

    def _story(self, story: StoryView) -> None:
        self.paper.rule(self.words.t("story", n=story.number))
        self.paper.line((story.title or story.id, "bold"))
        if story.terms:
            self.paper.line((self.words.labelled("story.terms", ", ".join(story.terms[:12])), "dim"))
        self._thread(story, 0)
        for ref, wait in zip(story.articles, story.waits, strict=True):
            copies = [copy for copy in story.copies if copy.copy is ref]
            copied = self.words.t("timeline.copy")
            relays = "".join(
                f"  ({copy.tag} {copied} [{copy.source.number}], {self.words.percent(copy.share)})" for copy in copies
            )
            told = f"  {wait}" if wait else ""
            self.paper.line(self.words.place(ref), (told, "bold"), relays, indent=2, hang=4)
            _remarks(ref, self.paper, self.words, 6)
        self._above(story)
        for figure in story.figures:
            if figure.verdict not in ("conflict", "agree"):
                self._figure(figure)
        agreed = [figure for figure in story.figures if figure.verdict == "agree"]
        if agreed:
            self.paper.blank()
        for figure in agreed:
            self._agreed(figure)
        for speaker in story.speakers:
            for statement in speaker.shared:
                if not statement.altered:
                    self._statement(statement)
        single = sum(len(speaker.single) for speaker in story.speakers)
        if single:
            self.paper.blank()
            self.paper.line((self.words.labelled("said.single", self.words.plural("statements", single)), "dim"))
        self._repeated(story)
        self._sources(story)
        for copy in story.copies:
            self._copy(copy)

    def _thread(self, story: StoryView, indent: int) -> None:
        """The stories before and after this one in its thread."""
        if story.thread is None:
            return
        self.paper.line((self.words.t("story.thread", n=story.thread.size), "dim"), indent=indent)
        for chapter in story.thread.nearest:
            self.paper.line(self.words.chapter(chapter), f"  {chapter.title}", indent=indent + 2, hang=4)

    def _repeated(self, story: StoryView) -> None:
        """What one article of the story reports and another story has again."""
        lone = [said for speaker in story.speakers for said in speaker.single if said.elsewhere.places]
        for statement in lone[:SHOWN]:
            self._statement(statement)
        if len(lone) > SHOWN:
            self.paper.line((self.words.plural("more", len(lone) - SHOWN), "dim"))

    def _above(self, story: StoryView) -> None:
        """The tags of what the first part of the report has in full."""
        for title, tags in self.words.above(story):
            self.paper.line((self.words.labelled(title, ""), "dim"), ", ".join(tags), hang=2)

    def _agreed(self, figure: FigureLine) -> None:
        """A figure on which the articles agree: its value, its question, and where it stands."""
        values = ", ".join(map(_number, figure.values))
        about = "".join(asked(figure.about))
        tag = f"{figure.tag}  "
        self.paper.line(tag, self._badge("verdict", "agree"), "  ", (values, "bold"), f"  {about}", hang=4)
        places = (said.article.number for value in figure.values for voice in value.voices for said in voice.places)
        where = " ".join(f"[{number}]" for number in sorted(set(places)))
        origins = figure.origins
        counted = ""
        if origins:
            names = origins.names or (plain(origins.reason),)
            counted = f" · {self.words.labelled('origins.title', self.words.origins(origins))}{bracketed(names)}"
        self.paper.line((f"{where}{counted}", "dim"), indent=4, hang=2)

    def _sources(self, story: StoryView) -> None:
        """Who rests on whom: each origin, or article that others rest on, and beside it who does."""
        if story.sourcing is None:
            return
        self.paper.blank()
        self.paper.line((self.words.t("sources.title"), "bold"))
        for ground in story.sourcing.grounds:
            name = f"[{ground.target.number}] {ground.name}" if ground.target else ground.name
            ways = Text(" · ").join(map(self._way, ground.ways))
            self.paper.line((name, "bold"), " ← ", ways, indent=2, hang=4)

    def _way(self, way: Way) -> Text:
        """The articles, by their numbers, that rest on a name in one way."""
        numbers = " ".join(f"[{rest.article.number}]" for rest in way.rests)
        facts = ([self.words.t("sources.circular")] if way.circular else []) + [plain(way.reason)]
        text = Text(f"{self.words.t(f'edge.by.{way.relation}')} {numbers}")
        return text.append(printable(bracketed(filter(None, facts))), "dim")

    def _statement(self, statement: Statement) -> None:
        self.paper.blank()
        self.paper.line(f"{statement.tag}  ", (statement.speaker or self.words.t("said.nobody"), "bold"))
        full = statement.places[0]
        self.paper.line(self._place(full.article, statement.first, self._flags(full)), indent=4)
        self._quote(full, 8)
        for said in statement.places[1:]:
            self._reported(said, statement)
        self._whence(statement)

    def _reported(self, said: Said, statement: Statement) -> None:
        """One place that reports a statement: how, where, and in which words where they are others."""
        other = f" · {said.speaker}" if said.speaker and said.speaker != statement.speaker else ""
        place = self._place(said.article, statement.first, self._flags(said))
        self.paper.line(self._badge("drift", said.drift), "  ", place, other, indent=4, hang=4)
        if said.drift != "verbatim":
            self._quote(said, 8)

    def _whence(self, statement: Statement) -> None:
        """Where a statement comes from, and where else its speaker makes it again."""
        self._unknown_first(statement)
        self._origins(statement.origins, 4)
        for again in statement.elsewhere.places:
            self.paper.line(self.words.labelled("said.again", self.words.again(again)), indent=4, hang=2)
            if again.words:
                self.paper.line(self._context(again.words), indent=8)
        if statement.elsewhere.more:
            self.paper.line((self.words.plural("more.again", statement.elsewhere.more), "dim"), indent=4)

    def _flags(self, said: Said) -> list[str]:
        return [self.words.t(f"flag.{flag}") for flag in said.flags]

    def _credit(self, copy: Copy) -> str:
        """Whether a copy credits its source, and that it cannot be told which one it is."""
        facts = [self.words.t("copies.credited" if copy.credited else "copies.uncredited")]
        return ", ".join(facts + ([] if copy.directed else [self.words.t("copies.undirected")]))

    def _copy(self, copy: Copy) -> None:
        self.paper.blank()
        share = self.words.t("copies.share", share=self.words.percent(copy.share))
        self.paper.line(f"{copy.tag}  {self.words.copied(copy)}")
        self.paper.line(f"{share}, {self._credit(copy)}", indent=4)
        for passage in copy.passages:
            self.paper.line(self._shown(passage.merged, False), indent=8)
        self._reason(copy.reason, 4)

    def _end(self) -> None:
        view = self.view
        if view.unread or view.remarks or view.failures:
            self.paper.rule(self.words.t("end.title"))
        for text in view.unread:
            self.paper.line(
                self.words.labelled("unread.title", f"{self.words.place(text.ref)} ({plain(text.ref.unread)})")
            )
        for remark in view.remarks:
            kind = self.words.t("colon").join((plain(remark.kind), plain(remark.reason)))
            opening, closing = marks(remark.article.lang)
            excerpt = f"  {opening}{remark.excerpt}{closing}" if remark.excerpt else ""
            self.paper.line(f"{remark.tag}  {self.words.place(remark.article)}{excerpt}")
            self.paper.line(kind, indent=4)
        for failure in view.failures:
            advice = f" {self.words.labelled('failures.advice', failure.advice)}" if failure.advice else ""
            self.paper.line((failure.input, "bold"), f"{self.words.t('colon')}{failure.cause}.{advice}")

    def _farewell(self) -> None:
        """What there was, once more, where the top has left the screen, and how to look further."""
        self.paper.blank()
        tally = " · ".join(f"{n} {self.words.plural(key, n)}" for n, key in self.words.tally(self.view))
        if tally:
            self.paper.line((tally, "bold"))
        command = f"recoupe explain {self.words.t('tag.figure')}1"
        self.paper.line((self.words.t("end.page"), "dim"))
        self.paper.line((self.words.t("how.explain", command=command), "dim"))


def _number(value: Value) -> str:
    """A value with what stands beside it."""
    return f"{value.shown} {value.beside}" if value.beside else value.shown


def _written(said: Reported) -> str:
    """The words of the article that give a figure."""
    return "".join(part.text for part in said.context.parts if part.op == "marked")
