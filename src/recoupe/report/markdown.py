"""View -> Markdown (CommonMark with the tables and strikethrough of GitHub): the same lines as the other renderers.

Words of the articles are escaped so that none of them makes markup, markup of HTML included, a link or a mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recoupe.report.view.reasons import plain
from recoupe.report.view.types import (
    Again,
    ArticleRef,
    ArticleText,
    ClaimOrigins,
    Copy,
    FigureLine,
    Reason,
    Said,
    Statement,
    StoryView,
    View,
    Way,
    Words,
)
from recoupe.report.wording import SIGNS, Wording, asked, bracketed, marks
from recoupe.text import printable

_MARKUP = re.compile(r"[\\`*_\[\]<>#|~&@$]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_LEADING = re.compile(r"^(\d{0,9})([.)](?=\s|$)|[-+=])")


def render(view: View) -> str:
    """The dossier as one Markdown document that ends in a newline."""
    return "\n".join(_lines(view, Wording(view.ui))).rstrip() + "\n"


def escaped(text: str) -> str:
    """`text` on one line with every character that Markdown could read as markup behind a backslash."""
    flat = " ".join(printable(text).split())
    return _LEADING.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", flat))


def _lines(view: View, words: Wording) -> Iterator[str]:
    yield f"# Recoupe: {words.plural('articles', view.articles)}, {words.plural('stories', len(view.stories))}\n"
    yield from (f"- {n} {words.plural(key, n)}" for n, key in words.tally(view))
    yield f"\n## {words.t('differs.title')}\n"
    if not view.articles:
        yield words.t("nothing.read")
    elif not view.conflicts and not view.altered:
        yield words.t("nothing.differs")
    for figure in view.conflicts:
        yield from _figure(figure, words)
    for statement in view.altered:
        yield from _altered(statement, words)
    for story in view.stories:
        yield from _story(story, words)
    if view.apart:
        yield f"## {words.t('apart.title')}\n"
        for text in view.apart:
            yield from _listed(text.ref, words)
        yield ""
    for copy in view.loose:
        yield from _copy(copy, words)
    yield from _end(view, words)


def _place(article: ArticleRef, words: Wording) -> str:
    return escaped(words.place(article))


def _shown(shown: Words, words: Wording) -> str:
    """Words with what was left out struck through and what was added in bold, the kind of change after it."""
    pieces: list[str] = []
    for part in shown.parts:
        text = escaped(part.text)
        before, after = (" " if part.text[:1].isspace() else ""), (" " if part.text[-1:].isspace() else "")
        if part.op == "left out":
            text = f"~~{text}~~"
        elif part.op in ("added", "marked"):
            text = f"**{text}**"
        if part.op == "added" and part.kind not in (None, "wording"):
            text += f" *({words.t(f'change.{part.kind}')})*"
        if part.op == "gap":
            before = after = " "
        # Two marks that touch would be read as one: "~~a~~**b**".
        if pieces and part.op == "added" and pieces[-1].endswith("~~"):
            before = " "
        pieces.append(f"{before}{text}{after}" if part.text.strip() else " ")
    return re.sub(" {2,}", " ", "".join(pieces)).strip()


def _quote(said: Said, words: Wording) -> str:
    text = _shown(said.words, words)
    if said.type != "direct":
        return text
    opening, closing = marks(said.words.lang)
    return f"{opening}{text}{closing}"


def _reason(reason: Reason, words: Wording) -> str:
    return f" *{words.labelled('reason', escaped(plain(reason)))}*" if reason else ""


def _origins(origins: ClaimOrigins | None, words: Wording) -> Iterator[str]:
    if origins is not None:
        names = ", ".join(escaped(name) for name in origins.names)
        count = words.labelled("origins.title", f"**{words.origins(origins)}**")
        yield f"\n{count} ({names}){_reason(origins.reason, words)}"


def _figure(figure: FigureLine, words: Wording) -> Iterator[str]:
    verdict = f"{SIGNS[figure.verdict]} {words.t(f'verdict.{figure.verdict}')}"
    yield f"### {figure.tag} {verdict}{words.t('colon')}{escaped(''.join(asked(figure.about)))}\n"
    yield f"| {words.t('table.value')} | {words.t('table.according')} | {words.t('table.where')} |"
    yield "|---:|---|---|"
    for value in figure.values:
        beside = f" {escaped(value.beside)}" if value.beside else ""
        for voice in value.voices:
            who = escaped(voice.name) if voice.name else f"*{words.t('figures.nobody')}*"
            for said in voice.places:
                flags = [words.t("figures.title_place")] if said.in_title else []
                flags += [words.t(f"modifier.{said.modifier}")] if said.modifier else []
                where = (
                    f"{_place(said.article, words)}{bracketed(flags)}{words.t('colon')}{_shown(said.context, words)}"
                )
                yield f"| **{escaped(value.shown)}**{beside} | {who} | {where} |"
    if figure.reason:
        yield f"\n{_reason(figure.reason, words).strip()}"
    yield from _first(figure, words)
    yield from _origins(figure.origins, words)
    yield ""


def _altered(statement: Statement, words: Wording) -> Iterator[str]:
    speaker = escaped(statement.speaker or words.t("said.nobody"))
    yield f"### {statement.tag} {SIGNS['altered']} {words.t('drift.altered')}{words.t('colon')}{speaker}\n"
    for pair in statement.swaps:
        before = f"~~{escaped(pair.before)}~~" if pair.before else ""
        after = f"**{escaped(pair.after)}**" if pair.after else f"*{words.t('left.out')}*"
        yield f"- {words.labelled(f'change.{pair.kind}', ' → '.join(filter(None, (before, after))))}"
    yield ""
    full = statement.places[0]
    yield f"- {_place(full.article, words)} ({words.t('said.fullest')}){words.t('colon')}{_quote(full, words)}"
    for said in statement.altered:
        place = f"{_place(said.article, words)}{_other(said, statement)}"
        yield f"- {place}{words.t('colon')}{_quote(said, words)}"
    for said in statement.places[1:]:
        if said.drift != "altered":
            yield _version(said, statement, words)
    if statement.reason:
        yield f"\n*{words.labelled('said.joined', escaped(plain(statement.reason)))}*"
    yield from _whence(statement, words)
    yield ""


def _other(said: Said, statement: Statement) -> str:
    """The speaker that this place gives, where it is another than the statement's."""
    return f" · {escaped(said.speaker)}" if said.speaker and said.speaker != statement.speaker else ""


def _story(story: StoryView, words: Wording) -> Iterator[str]:
    yield f"## {words.t('story', n=story.number)}{words.t('colon')}{escaped(story.title or story.id)}\n"
    if story.terms:
        yield f"{words.labelled('story.terms', ', '.join(escaped(term) for term in story.terms[:12]))}\n"
    if story.thread:
        yield f"{words.t('story.thread', n=story.thread.size)}\n"
        yield from (f"- {words.chapter(c)}{words.t('colon')}{escaped(c.title)}" for c in story.thread.nearest)
        yield ""
    for ref, wait in zip(story.articles, story.waits, strict=True):
        yield from _listed(ref, words, wait)
    yield ""
    yield from _above(story, words)
    for figure in story.figures:
        if figure.verdict != "conflict":
            yield from _figure(figure, words)
    for speaker in story.speakers:
        for statement in speaker.shared:
            if not statement.altered:
                yield from _statement(statement, words)
    yield from _single(story, words)
    yield from _sources(story, words)
    for copy in story.copies:
        yield from _copy(copy, words)


def _above(story: StoryView, words: Wording) -> Iterator[str]:
    """The tags of what the first part of the document has in full."""
    for title, tags in words.above(story):
        yield f"{words.labelled(title, ', '.join(tags))}\n"


def _sources(story: StoryView, words: Wording) -> Iterator[str]:
    """Who rests on whom, a line for each origin."""
    if story.sourcing is None:
        return
    yield f"### {words.t('sources.title')}\n"
    for ground in story.sourcing.grounds:
        name = f"**{escaped(ground.name)}**" + (f" \\[{ground.target.number}\\]" if ground.target else "")
        yield f"- {name} {' · '.join(_way(way, words) for way in ground.ways)}"
    yield ""


def _way(way: Way, words: Wording) -> str:
    """The articles that rest on a name in one way."""
    users = ", ".join(f"\\[{rest.article.number}\\] {escaped(rest.article.name)}" for rest in way.rests)
    turned = f" ({words.t('sources.circular')})" if way.circular else ""
    return f"{words.t(f'edge.by.{way.relation}')} {users}{turned}{_reason(way.reason, words)}"


def _listed(ref: ArticleRef, words: Wording, wait: str = "") -> Iterator[str]:
    """An article as one line of a list, with what a reader should know of it below."""
    yield f"- {_place(ref, words)}{f' ({escaped(wait)})' if wait else ''}" + (
        f"{words.t('colon')}{escaped(ref.title)}" if ref.title else ""
    )
    if ref.unread:
        yield f"  - {words.t('article.unread', why=escaped(plain(ref.unread)))}"
    yield from (f"  - {words.labelled('article.note', escaped(plain(note)))}" for note in ref.notes)


def _statement(statement: Statement, words: Wording) -> Iterator[str]:
    yield f"### {statement.tag} {escaped(statement.speaker or words.t('said.nobody'))}\n"
    full = statement.places[0]
    flags = bracketed(words.t(f"flag.{flag}") for flag in full.flags)
    yield f"- {words.t('said.fullest')}, {_place(full.article, words)}{flags}{words.t('colon')}{_quote(full, words)}"
    for said in statement.places[1:]:
        yield _version(said, statement, words)
    yield from _whence(statement, words)
    yield ""


def _version(said: Said, statement: Statement, words: Wording) -> str:
    """One further place of a statement, with its words where they are others."""
    label = f"{SIGNS[said.drift]} {words.t(f'drift.{said.drift}')}"
    flags = bracketed(words.t(f"flag.{flag}") for flag in said.flags)
    text = "" if said.drift == "verbatim" else f"{words.t('colon')}{_quote(said, words)}"
    return f"- {label}, {_place(said.article, words)}{_other(said, statement)}{flags}{text}"


def _first(claim: FigureLine | Statement, words: Wording) -> Iterator[str]:
    """Which of several articles carried a claim first, or that the dates do not tell."""
    if claim.carriers > 1:
        first = _place(claim.first, words) if claim.first else words.t("first.unknown")
        yield f"\n{words.labelled('said.first', first)}"


def _whence(statement: Statement, words: Wording) -> Iterator[str]:
    """Who carried a statement first, where it comes from, and where else its speaker makes it again."""
    yield from _first(statement, words)
    yield from _origins(statement.origins, words)
    if statement.elsewhere.places:
        yield ""
        yield from (f"- {_again(again, words)}" for again in statement.elsewhere.places)
    if statement.elsewhere.more:
        yield f"- {words.plural('more.again', statement.elsewhere.more)}"


def _single(story: StoryView, words: Wording) -> Iterator[str]:
    """What only one article reports, a line each."""
    lone = [(speaker.name, statement) for speaker in story.speakers for statement in speaker.single]
    if lone:
        yield f"### {words.t('said.single')}\n"
        for name, statement in lone:
            said = statement.places[0]
            flags = bracketed(words.t(f"flag.{flag}") for flag in said.flags)
            who = escaped(name or words.t("said.nobody"))
            yield f"- {statement.tag} {who}, \\[{said.article.number}\\]{flags}{words.t('colon')}{_quote(said, words)}"
            for again in statement.elsewhere.places:
                yield f"  - {_again(again, words)}"
        yield ""


def _again(again: Again, words: Wording) -> str:
    """A place in another story where a statement is made again, with its words where they are others."""
    text = f"{words.t('colon')}{_shown(again.words, words)}" if again.words else ""
    return f"{words.labelled('said.again', escaped(words.again(again)))}{text}"


def _copy(copy: Copy, words: Wording) -> Iterator[str]:
    arrow = "→" if copy.directed else "↔"
    yield f"### {copy.tag} {_place(copy.source, words)} {arrow} {_place(copy.copy, words)}\n"
    facts = [words.t("copies.share", share=words.percent(copy.share))]
    facts.append(words.t("copies.credited" if copy.credited else "copies.uncredited"))
    facts += [] if copy.directed else [words.t("copies.undirected")]
    yield ", ".join(facts) + _reason(copy.reason, words) + "\n"
    yield from (f"> {_shown(passage.merged, words)}\n" for passage in copy.passages)


def _end(view: View, words: Wording) -> Iterator[str]:
    yield f"## {words.t('end.title')}\n"
    for text in view.unread:
        yield f"- {words.labelled('unread.title', _place(text.ref, words))} ({escaped(plain(text.ref.unread))})"
    for remark in view.remarks:
        why = words.t("colon").join(escaped(plain(reason)) for reason in (remark.kind, remark.reason))
        yield f"- {remark.tag} {_place(remark.article, words)}. {why}"
    for failure in view.failures:
        advice = f" {words.labelled('failures.advice', escaped(failure.advice))}" if failure.advice else ""
        yield f"- **{escaped(failure.input)}**{words.t('colon')}{escaped(failure.cause)}.{advice}"
    yield f"\n### {words.t('provenance.title')}\n"
    if view.version:
        yield f"- {words.t('provenance.version')} {escaped(view.version)}"
    yield from (f"- {escaped(model)} {escaped(version)}" for model, version in view.models)
    yield from (_hashed(text, words) for text in view.texts)


def _hashed(text: ArticleText, words: Wording) -> str:
    link = f" <{text.url}>" if text.url else ""
    return f"- {_place(text.ref, words)}{link} `{text.sha256}`"
