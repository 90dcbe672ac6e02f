"""View -> terminal: first what differs, then each story, in 80 columns, with or without colour.

Everything shown goes through `recoupe.text.printable` and into `rich.text.Text` objects, never into rich's markup, so
that an article can send no escape code and no style.  Differences are marked by signs as well as by colour, in the
notation of wdiff: [-left out-]{+added+}.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from recoupe.report.view.types import (
    ClaimOrigins,
    Copy,
    FigureLine,
    Pair,
    Said,
    Statement,
    StoryView,
    View,
    Words,
)
from recoupe.report.wording import SIGNS, Wording
from recoupe.text import printable

WIDEST = 100
"""Most columns used: longer lines are hard to read."""

LONGEST = 420
"""Most code points of one quotation or passage; the whole of it stands in the HTML and JSON reports."""

FEW = 5
"""Most places listed of one value that one voice gives."""

_SIGNED = {"left out": "[-{}-]", "added": "{{+{}+}}", "gap": " {} "}
_STYLES = {"left out": "red", "added": "bold green", "marked": "bold", "gap": "dim"}


def render(view: View, console: Console) -> None:
    """Print the dossier to `console`, whose own settings say whether there is colour and how wide it is."""
    _Printer(view, console).print()


class _Printer:
    """Prints one view; holds the console and the interface's words."""

    def __init__(self, view: View, console: Console) -> None:
        self.view = view
        self.console = console
        self.words = Wording(view.ui)
        self.width = min(console.width, WIDEST)

    def print(self) -> None:
        self._head()
        if self.view.conflicts or self.view.altered:
            self._rule(self.words.t("differs.title"))
        for figure in self.view.conflicts:
            self._figure(figure)
        for statement in self.view.altered:
            self._altered(statement)
        for story in self.view.stories:
            if not story.alone or story.figures or story.copies:
                self._story(story)
        self._end()

    # --- pieces ---------------------------------------------------------------------------------------------------

    def _line(self, *parts: str | Text | tuple[str, str], indent: int = 0) -> None:
        """One paragraph of shown parts, folded at the width and indented, without blanks at the ends of its lines."""
        text = Text(overflow="fold")
        for part in parts:
            if isinstance(part, Text):
                text.append_text(part)
            else:
                words, style = part if isinstance(part, tuple) else (part, "")
                text.append(printable(words), style)
        for line in text.wrap(self.console, max(self.width - indent, 20), overflow="fold"):
            line.rstrip()
            self.console.print(Text(" " * indent).append_text(line), soft_wrap=True)

    def _rule(self, title: str) -> None:
        self.console.print()
        self._line((f"── {title} ".ljust(self.width, "─"), "bold"))

    def _shown(self, words: Words, quoted: bool) -> Text:
        text, room = Text(), LONGEST
        marks = {"fr": ("« ", " »")}.get(words.lang or "", ("“", "”")) if quoted else ("", "")
        text.append(marks[0])
        for part in words.parts:
            shown = printable(part.text[:room]) + ("…" if len(part.text) > room else "")
            room -= len(shown)
            text.append(_SIGNED.get(part.op, "{}").format(shown), _STYLES.get(part.op, ""))
            if part.op == "added" and part.kind not in (None, "wording"):
                text.append(f" ({self.words.t(f'change.{part.kind}')})", "dim")
            if room <= 0:
                break
        text.append(marks[1])
        return text

    def _quote(self, said: Said, indent: int) -> None:
        self._line(self._shown(said.words, said.type == "direct"), indent=indent)

    def _pair(self, pair: Pair) -> Text:
        text = Text()
        text.append(self.words.labelled(f"change.{pair.kind}", ""), "dim")
        if pair.before:
            text.append(f"[-{printable(pair.before)}-]", "red")
        if pair.after:
            text.append(f"{{+{printable(pair.after)}+}}", "bold green")
        return text

    def _badge(self, what: str, value: str) -> tuple[str, str]:
        style = "bold red" if value in ("conflict", "altered") else "bold"
        return f"{SIGNS[value]} {self.words.t(f'{what}.{value}')}", style

    def _reason(self, reason: str, indent: int) -> None:
        if reason:
            self._line((self.words.labelled("reason", reason), "dim"), indent=indent)

    def _origins(self, origins: ClaimOrigins | None, indent: int) -> None:
        if origins is not None:
            number = (self.words.origins(origins), "bold")
            self._line(self.words.labelled("origins.title", ""), number, _bracketed(origins.names), indent=indent)
            self._reason(origins.reason, indent + 2)

    # --- sections -------------------------------------------------------------------------------------------------

    def _head(self) -> None:
        view = self.view
        self._line(
            ("Recoupe  ", "bold"),
            f"{self.words.plural('articles', view.articles)}, {self.words.plural('stories', len(view.stories))}",
        )
        self._line(" · ".join(f"{n} {self.words.plural(key, n)}" for n, key in self.words.tally(view)))
        if not view.articles:
            self._line(self.words.t("nothing.read"))
        elif not view.conflicts and not view.altered:
            self._line(self.words.t("nothing.differs"))

    def _figure(self, figure: FigureLine) -> None:
        self.console.print()
        self._line(f"{figure.tag}  ", self._badge("verdict", figure.verdict), "  ", (figure.about, "bold"))
        if figure.verdict == "conflict":
            values = f" {SIGNS['conflict']} ".join(value.shown for value in figure.values[:8])
            self._line((values, "bold red"), indent=4)
        width = max((len(printable(value.shown)) for value in figure.values), default=0)
        for value in figure.values:
            head = f"{printable(value.shown):>{min(width, 20)}}"
            unit = f" {value.unit}" if value.unit else ""
            for voice in value.voices:
                known = voice.name and f"{self.words.t('figures.according')} {voice.name}"
                who = known or self.words.t("figures.nobody")
                style = "bold red" if figure.verdict == "conflict" else "bold"
                self._line((head, style), unit, "  ", (who, "bold" if voice.name else "italic"), indent=4)
                for said in voice.places[:FEW]:
                    flags = [self.words.t("figures.title_place")] if said.in_title else []
                    flags += [self.words.t(f"modifier.{said.modifier}")] if said.modifier else []
                    self._line(f"{self.words.place(said.article)}{_bracketed(flags)}", indent=8)
                    if figure.verdict == "conflict":
                        self._line(self._context(said.context), indent=12)
                if len(voice.places) > FEW:
                    self._line((self.words.plural("more", len(voice.places) - FEW), "dim"), indent=8)
        self._reason(figure.reason, 4)
        self._origins(figure.origins, 4)

    def _context(self, words: Words) -> Text:
        """The words around a figure, the figure itself between stars."""
        text = Text()
        for part in words.parts:
            marked = part.op == "marked"
            text.append(f"*{printable(part.text)}*" if marked else printable(part.text), "bold" if marked else "dim")
        return text

    def _altered(self, statement: Statement) -> None:
        self.console.print()
        speaker = statement.speaker or self.words.t("said.nobody")
        self._line(f"{statement.tag}  ", self._badge("drift", "altered"), "  ", (speaker, "bold"))
        for pair in statement.swaps[:8]:
            self._line(self._pair(pair), indent=4)
        full = statement.places[0]
        self._line(f"{self.words.place(full.article)} · {self.words.t('said.fullest')}", indent=4)
        self._quote(full, 8)
        for said in statement.altered:
            self._line(self.words.place(said.article) + (f" · {said.speaker}" if said.speaker else ""), indent=4)
            self._quote(said, 8)
            self._reason(said.reason, 8)

    def _story(self, story: StoryView) -> None:
        self._rule(self.words.t("story", n=story.number))
        self._line((story.title or story.id, "bold"))
        if story.terms:
            self._line((self.words.labelled("story.terms", ", ".join(story.terms[:12])), "dim"))
        for ref in story.articles:
            copies = [copy for copy in story.copies if copy.copy is ref]
            copied = self.words.t("timeline.copy")
            relays = "".join(
                f"  ({copy.tag} {copied} [{copy.source.number}], {self.words.percent(copy.share)})" for copy in copies
            )
            self._line(f"{self.words.place(ref)}{relays}", indent=2)
        for figure in story.figures:
            if figure.verdict != "conflict":
                self._figure(figure)
        for speaker in story.speakers:
            for statement in speaker.shared:
                self._statement(statement)
        single = sum(len(speaker.single) for speaker in story.speakers)
        if single:
            self.console.print()
            self._line((self.words.labelled("said.single", self.words.plural("statements", single)), "dim"))
        for copy in story.copies:
            self._copy(copy)

    def _statement(self, statement: Statement) -> None:
        self.console.print()
        self._line(f"{statement.tag}  ", (statement.speaker or self.words.t("said.nobody"), "bold"))
        full = statement.places[0]
        self._line(self.words.place(full.article), _bracketed(self._flags(full)), indent=4)
        self._quote(full, 8)
        for said in statement.places[1:]:
            other = f" · {said.speaker}" if said.speaker and said.speaker != statement.speaker else ""
            flags = _bracketed(self._flags(said))
            self._line(self._badge("drift", said.drift), f"  {self.words.place(said.article)}{other}{flags}", indent=4)
            if said.drift != "verbatim":
                self._quote(said, 8)
        if statement.first:
            self._line(self.words.labelled("said.first", self.words.place(statement.first)), indent=4)
        self._origins(statement.origins, 4)

    def _flags(self, said: Said) -> list[str]:
        return [self.words.t(f"flag.{flag}") for flag in said.flags]

    def _copy(self, copy: Copy) -> None:
        self.console.print()
        arrow = "→" if copy.directed else "↔"
        credited = self.words.t("copies.credited" if copy.credited else "copies.uncredited")
        share = self.words.t("copies.share", share=self.words.percent(copy.share))
        source, copier = copy.source, copy.copy
        self._line(f"{copy.tag}  [{source.number}] {source.name} {arrow} [{copier.number}] {copier.name}")
        facts = [share, credited] + ([] if copy.directed else [self.words.t("copies.undirected")])
        self._line(", ".join(facts), indent=4)
        for passage in copy.passages:
            self._line(self._shown(passage.merged, False), indent=8)
        self._reason(copy.reason, 4)

    def _end(self) -> None:
        view = self.view
        if view.unread or view.remarks or view.failures:
            self._rule(self.words.t("end.title"))
        for text in view.unread:
            self._line(self.words.labelled("unread.title", f"{self.words.place(text.ref)} ({text.unread})"))
        for remark in view.remarks:
            self._line(f"{remark.tag}  {self.words.place(remark.article)}: {remark.kind}. {remark.reason}")
        for failure in view.failures:
            advice = f" {self.words.labelled('failures.advice', failure.advice)}" if failure.advice else ""
            self._line((failure.input, "bold"), f": {failure.cause}.{advice}")


def _bracketed(flags: Iterable[str]) -> str:
    joined = ", ".join(flags)
    return f" ({joined})" if joined else ""
