"""The lines of figures, statements and copies on a terminal, each a block of its own.

Everything shown goes through `recoupe.report.paper`, so that an article can send no escape code and no style.
Differences are marked by signs as well as by colour, in the notation of wdiff: [-left out-]{+added+}.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.text import Text

from recoupe.report.paper import Paper
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
    Value,
    Voice,
    Words,
)
from recoupe.report.wording import SIGNS, Wording, asked, bracketed, marks
from recoupe.text import printable

LONGEST = 420
"""Most code points of one quotation or passage; the whole of it stands in the HTML and JSON reports."""

FEW = 5
"""Most places listed of one value that one voice gives."""

_SIGNED = {"left out": "[-{}-]", "added": "{{+{}+}}", "gap": " {} "}
_STYLES = {"left out": "red", "added": "bold green", "marked": "bold", "gap": "dim"}


@dataclass(frozen=True, slots=True)
class Lines:
    """Prints the lines of a dossier on paper, in the interface's words."""

    paper: Paper
    words: Wording

    def figure(self, figure: FigureLine) -> None:
        """A figure: each value with who gives it, where, and in a conflict in which words."""
        self.paper.blank()
        about = "".join(asked(figure.about))
        self.paper.line(f"{figure.tag}  ", self._badge("verdict", figure.verdict), "  ", (about, "bold"), hang=4)
        if figure.verdict == "conflict":
            values = f" {SIGNS['conflict']} ".join(numbered(value) for value in figure.values[:8])
            self.paper.line((values, "bold red"), indent=4)
        width = min(max((len(printable(value.shown)) for value in figure.values), default=0), 20)
        for value in figure.values:
            for voice in value.voices:
                self._voice(voice, value, figure, width)
        self._reason(figure.reason, 4)
        self._unknown_first(figure)
        self._origins(figure.origins, 4)

    def _voice(self, voice: Voice, value: Value, figure: FigureLine, width: int) -> None:
        """Who gives a value of a figure, and where; in a conflict with the words around it."""
        conflict = figure.verdict == "conflict"
        head = f"{printable(value.shown):>{width}}", "bold red" if conflict else "bold"
        beside = f" {value.beside}" if value.beside else ""
        known = voice.name and f"{self.words.t('figures.according')} {voice.name}"
        who = known or self.words.t("figures.nobody"), "bold" if voice.name else "italic"
        self.paper.line(head, beside, "  ", who, indent=4)
        for said in voice.places[:FEW]:
            flags = [self.words.t("figures.title_place")] if said.in_title else []
            flags += [self.words.t(f"modifier.{said.modifier}")] if said.modifier else []
            written = "" if conflict else f"  {_written(said)}"
            self.paper.line(self._place(said.article, figure.first, flags), written, indent=8)
            if conflict:
                self.paper.line(self._context(said.context), indent=12)
        if len(voice.places) > FEW:
            self.paper.line((self.words.plural("more", len(voice.places) - FEW), "dim"), indent=8)

    def agreed(self, figure: FigureLine) -> None:
        """A figure on which the articles agree: its value, its question, and where it stands."""
        values = ", ".join(map(numbered, figure.values))
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

    def altered(self, statement: Statement) -> None:
        """A statement that some article alters: what was changed, the fullest report, the altered ones, the others."""
        self.paper.blank()
        speaker = statement.speaker or self.words.t("said.nobody")
        self.paper.line(f"{statement.tag}  ", self._badge("drift", "altered"), "  ", (speaker, "bold"))
        for pair in statement.swaps[:8]:
            self.paper.line(self.pair(pair), indent=4)
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

    def statement(self, statement: Statement) -> None:
        """A statement: the fullest report, then the others."""
        self.paper.blank()
        self.paper.line(f"{statement.tag}  ", (statement.speaker or self.words.t("said.nobody"), "bold"))
        full = statement.places[0]
        self.paper.line(self._place(full.article, statement.first, self._flags(full)), indent=4)
        self._quote(full, 8)
        for said in statement.places[1:]:
            self._reported(said, statement)
        self._whence(statement)

    def copy(self, copy: Copy) -> None:
        """A copy: the two articles, how much is copied, the passages with what was edited."""
        self.paper.blank()
        share = self.words.t("copies.share", share=self.words.percent(copy.share))
        self.paper.line(f"{copy.tag}  {self.words.copied(copy)}")
        self.paper.line(f"{share}, {self.credit(copy)}", indent=4)
        for passage in copy.passages:
            self.paper.line(self._shown(passage.merged, False), indent=8)
        self._reason(copy.reason, 4)

    def pair(self, pair: Pair, labelled: bool = True) -> Text:
        """One change out of its sentence, after its kind where `labelled`."""
        text = Text()
        if labelled:
            text.append(self.words.labelled(f"change.{pair.kind}", ""), "dim")
        if pair.before:
            text.append(f"[-{printable(pair.before)}-]", "red")
        if pair.after:
            text.append(f"{{+{printable(pair.after)}+}}", "bold green")
        return text

    def credit(self, copy: Copy) -> str:
        """Whether a copy credits its source, and that it cannot be told which one it is."""
        facts = [self.words.t("copies.credited" if copy.credited else "copies.uncredited")]
        return ", ".join(facts + ([] if copy.directed else [self.words.t("copies.undirected")]))

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

    def _quote(self, said: Said, indent: int) -> None:
        self.paper.line(self._shown(said.words, said.type == "direct"), indent=indent)

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

    def _flags(self, said: Said) -> list[str]:
        return [self.words.t(f"flag.{flag}") for flag in said.flags]

    def _badge(self, what: str, value: str) -> tuple[str, str]:
        style = "bold red" if value in ("conflict", "altered") else "bold"
        return f"{SIGNS[value]} {self.words.t(f'{what}.{value}')}", style

    def _reason(self, reason: Reason, indent: int) -> None:
        if reason:
            self.paper.line((self.words.labelled("reason", plain(reason)), "dim"), indent=indent)

    def _origins(self, origins: ClaimOrigins | None, indent: int) -> None:
        if origins is not None:
            number = (self.words.origins(origins), "bold")
            why = (f" · {plain(origins.reason)}" if origins.reason else "", "dim")
            title = self.words.labelled("origins.title", "")
            self.paper.line(title, number, bracketed(origins.names), why, indent=indent, hang=2)


def numbered(value: Value) -> str:
    """A value with what stands beside it."""
    return f"{value.shown} {value.beside}" if value.beside else value.shown


def remarks(article: ArticleRef, paper: Paper, words: Wording, indent: int) -> None:
    """Why an article was not read, and what a reader of the result should know of it."""
    if article.unread:
        paper.line((words.t("article.unread", why=plain(article.unread)), "bold"), indent=indent)
    for note in article.notes:
        paper.line((words.labelled("article.note", plain(note)), "dim"), indent=indent)


def _written(said: Reported) -> str:
    """The words of the article that give a figure."""
    return "".join(part.text for part in said.context.parts if part.op == "marked")
