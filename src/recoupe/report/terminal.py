"""View -> terminal: first what differs, then each story, in 80 columns, with or without colour."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from recoupe.report.lines import Lines, numbered, remarks
from recoupe.report.paper import Paper
from recoupe.report.view.reasons import plain
from recoupe.report.view.types import ArticleRef, Statement, StoryView, View, Way
from recoupe.report.wording import SIGNS, Wording, asked, bracketed, gist, marks
from recoupe.text import printable

SHOWN = 12
"""Most differences of a kind in the lines at the top; below each has its own block."""


def render(view: View, console: Console) -> None:
    """Print the dossier to `console`, whose own settings say whether there is colour and how wide it is."""
    _Printer(view, console).print()


class _Printer:
    """Prints one view: its head, its stories, its end."""

    def __init__(self, view: View, console: Console) -> None:
        self.view = view
        self.paper = Paper(console)
        self.words = Wording(view.ui)
        self.lines = Lines(self.paper, self.words)

    def print(self) -> None:
        self._head()
        self._digest()
        if self.view.conflicts or self.view.altered:
            self.paper.rule(self.words.t("differs.title"))
        for figure in self.view.conflicts:
            self.lines.figure(figure)
        for statement in self.view.altered:
            self.lines.altered(statement)
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
            self.lines.copy(copy)
        self._end()
        if self.paper.console.is_terminal:
            self._farewell()

    def _listed(self, article: ArticleRef, more: str = "") -> None:
        """An article as one line of a list, with its title, and what a reader should know of it below."""
        self.paper.line(self.words.place(article), f"  {article.title}" if article.title else "", more, indent=2)
        remarks(article, self.paper, self.words, 6)

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
            values = f" {SIGNS['conflict']} ".join(numbered(value) for value in figure.values[:4])
            about = "".join(asked(figure.about))
            self.paper.one(f"{figure.tag:<{width}}  ", (values, "bold red"), f"  {about}")
        for statement in view.altered[:SHOWN]:
            pair = self.lines.pair(statement.swaps[0], labelled=False) if statement.swaps else Text()
            self.paper.one(f"{statement.tag:<{width}}  ", pair, f"  {self._altered_by(statement)}")
        for copy in view.copies[:SHOWN]:
            share = (self.words.percent(copy.share), "bold")
            self.paper.one(f"{copy.tag:<{width}}  ", share, f"  {self.words.copied(copy)}, {self.lines.credit(copy)}")
        more = sum(max(len(lines) - SHOWN, 0) for lines in (view.conflicts, view.altered, view.copies))
        if more:
            self.paper.line((self.words.plural("more", more), "dim"))

    def _altered_by(self, statement: Statement) -> str:
        """Which articles alter the words, and whose they are; of words given to another, the words."""
        other = bool(statement.swaps) and statement.swaps[0].kind == "speaker"
        who = gist(statement.places[0].words, 60) if other else statement.speaker or self.words.t("said.nobody")
        articles = dict.fromkeys(f"[{said.article.number}] {said.article.name}" for said in statement.altered)
        return f"{', '.join(articles)} · {who}"

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
            remarks(ref, self.paper, self.words, 6)
        self._above(story)
        for figure in story.figures:
            if figure.verdict not in ("conflict", "agree"):
                self.lines.figure(figure)
        agreed = [figure for figure in story.figures if figure.verdict == "agree"]
        if agreed:
            self.paper.blank()
        for figure in agreed:
            self.lines.agreed(figure)
        for speaker in story.speakers:
            for statement in speaker.shared:
                if not statement.altered:
                    self.lines.statement(statement)
        single = sum(len(speaker.single) for speaker in story.speakers)
        if single:
            self.paper.blank()
            self.paper.line((self.words.labelled("said.single", self.words.plural("statements", single)), "dim"))
        self._repeated(story)
        self._sources(story)
        for copy in story.copies:
            self.lines.copy(copy)

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
            self.lines.statement(statement)
        if len(lone) > SHOWN:
            self.paper.line((self.words.plural("more", len(lone) - SHOWN), "dim"))

    def _above(self, story: StoryView) -> None:
        """The tags of what the first part of the report has in full."""
        for title, tags in self.words.above(story):
            self.paper.line((self.words.labelled(title, ""), "dim"), ", ".join(tags), hang=2)

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
