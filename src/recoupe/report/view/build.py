"""Build the view of a dossier: number the articles, make each story's lines, then cut the texts they point into."""

from __future__ import annotations

from dataclasses import replace

from recoupe.messages import Ui, catalogue
from recoupe.model import Dossier, Failure, Note, Reading, Story, Utterance
from recoupe.report.view.claims import figures, ranked, statements, told_in
from recoupe.report.view.desk import Desk, article_ref, statement_key
from recoupe.report.view.evidence import Sheet
from recoupe.report.view.parts import StoryPart, by_story
from recoupe.report.view.sources import copies, sourcing
from recoupe.report.view.threads import named, refs_of, threads
from recoupe.report.view.types import (
    GRAVE,
    ArticleText,
    Back,
    FailureLine,
    Remark,
    Speaker,
    Statement,
    StoryView,
    Thread,
    View,
)
from recoupe.report.view.waits import waits
from recoupe.report.view.words import TITLE, line, web_address
from recoupe.text import fold

MANY = 12
"""A dossier of more articles has an index of who speaks in it."""


def build(dossier: Dossier, ui: Ui) -> View:
    """The view of `dossier` in the interface language `ui`.

    Stories of several articles come first, those where something differs before the others, else in the dossier's
    order; articles are numbered in the order of the stories and, in each, of time.  Raises KeyError where the
    comparison names an article or a story that is not there.
    """
    comparison = dossier.comparison
    readings = {reading.id: reading for reading in dossier.readings}
    grave = _grave(dossier)
    stories = sorted(comparison.stories, key=lambda story: (len(story.articles) == 1, story.id not in grave))
    desk = _desk(dossier, stories, readings, ui)
    parts = by_story(comparison)
    told = {story.id: told_in(story, parts[story.id], desk) for story in stories}
    altered = _altered(told)
    desk.keep_statements((*altered, *(utterance for said in told.values() for utterance in said)))
    desk.keep("figure", (f.id for story in stories for f in ranked(parts[story.id].figures) if f.verdict == "conflict"))
    chapters = threads(stories, desk)
    lines = [_story(story, parts[story.id], told[story.id], chapters.get(story.id), desk) for story in stories]
    loose = copies(parts[None], desk)
    notes = sorted(comparison.notes, key=lambda note: desk.refs[note.article].number)
    remarks = tuple(_remark(note, number, desk) for number, note in enumerate(notes, 1))
    texts = {sheet.anchor: _text(sheet, desk) for sheet in desk.sheets.values()}  # after every line has its links
    done = tuple(replace(story, texts=tuple(texts[ref.anchor] for ref in story.articles)) for story in lines)
    homed = {ref.anchor for story in done for ref in story.articles}
    said = {statement.anchor: statement for story in done for speaker in story.speakers for statement in speaker.shared}
    return View(
        ui=ui,
        articles=len(readings),
        read=sum(reading.unread is None for reading in dossier.readings),
        conflicts=tuple(figure for story in done for figure in story.figures if figure.verdict == "conflict"),
        altered=tuple(said[f"p{desk.next('statement', statement_key(utterance))}"] for utterance in altered),
        stories=done,
        apart=tuple(text for anchor, text in texts.items() if anchor not in homed),
        loose=loose,
        unread=tuple(text for text in texts.values() if text.ref.unread),
        remarks=remarks,
        failures=tuple(_failure(failure, ui) for failure in dossier.failures),
        version=line(dossier.version),
        models=tuple(sorted((line(name), line(version)) for name, version in dossier.models.items())),
        people=_people(done) if len(readings) > MANY else (),
    )


def _grave(dossier: Dossier) -> frozenset[str]:
    """The stories in which a figure conflicts or a statement is altered."""
    comparison = dossier.comparison
    conflicts = {figure.story for figure in comparison.figures if figure.verdict == "conflict"}
    return frozenset(
        conflicts | {u.story for u in comparison.utterances if any(p.drift == "altered" for p in u.occurrences)}
    )


def _people(stories: tuple[StoryView, ...]) -> tuple[tuple[str, tuple[Statement, ...]], ...]:
    """Who speaks in several lines of the dossier, by name, with these lines."""
    found: dict[str, list[Statement]] = {}
    names: dict[str, str] = {}
    for story in stories:
        for speaker in story.speakers:
            if speaker.name:
                names.setdefault(fold(speaker.name), speaker.name)
                found.setdefault(fold(speaker.name), []).extend((*speaker.shared, *speaker.single))
    return tuple((names[key], tuple(found[key])) for key in sorted(found) if len(found[key]) > 1)


def _desk(dossier: Dossier, stories: list[Story], readings: dict[str, Reading], ui: Ui) -> Desk:
    """Number the articles: by story, then by time; those of no story last."""
    order = [article for story in stories for article in sorted(story.articles, key=lambda a: _by_time(readings[a]))]
    order += [reading.id for reading in sorted(dossier.readings, key=_by_time)]
    sheets: dict[str, Sheet] = {}
    for article in order:
        if article not in sheets:
            sheets[article] = Sheet(readings[article], len(sheets) + 1)
    refs = {article: article_ref(sheet.reading, sheet.number, ui) for article, sheet in sheets.items()}
    numbers = {story.id: number for number, story in enumerate(stories, 1)}
    return Desk(ui, sheets, refs, stories=numbers)


def _by_time(reading: Reading) -> tuple[bool, float, str]:
    moment = reading.article.moment
    return moment is None, moment.timestamp() if moment else 0.0, reading.id


def _story(story: Story, part: StoryPart, told: list[Utterance], thread: Thread | None, desk: Desk) -> StoryView:
    number = desk.stories[story.id]
    anchor = f"s{number}"
    refs = refs_of(story, desk)
    title, title_lang = named(story, desk)
    said = statements(told, anchor, part, desk)
    return StoryView(
        anchor=anchor,
        number=number,
        id=line(story.id),
        title=title,
        title_lang=title_lang,
        terms=tuple(line(term) for term in story.terms),
        thread=thread,
        articles=refs,
        waits=waits(refs, desk.ui),
        speakers=_by_speaker(said),
        figures=figures(anchor, part, desk),
        sourcing=sourcing(story, part, desk),
        copies=copies(part, desk),
        texts=(),
    )


def _by_speaker(said: tuple[Statement, ...]) -> tuple[Speaker, ...]:
    """The statements under their speaker, in the order in which the statements come; unnamed speakers last."""
    groups: dict[str | None, list[Statement]] = {}
    for statement in said:
        groups.setdefault(statement.speaker, []).append(statement)
    names = sorted(groups, key=lambda name: name is None)
    return tuple(
        Speaker(
            name,
            tuple(s for s in groups[name] if len(s.places) > 1),
            tuple(s for s in groups[name] if len(s.places) == 1),
        )
        for name in names
    )


def _remark(note: Note, number: int, desk: Desk) -> Remark:
    sheet = desk.sheets[note.article]
    remark = Remark(
        anchor=f"x{number}",
        tag=desk.tag("note", number),
        id=note.id,
        article=desk.refs[note.article],
        kind=desk.reason(note.kind),
        evidence=sheet.noted(note.span) if note.span else None,
        excerpt=line(note.span.of(sheet.reading.text)) if note.span else "",
        reason=desk.reason(note.reason),
    )
    if remark.evidence:
        sheet.point(remark.evidence, Back(remark.tag, remark.anchor))
    return remark


def _failure(failure: Failure, ui: Ui) -> FailureLine:
    cause, advice = failure.told(ui)
    return FailureLine(line(failure.input, TITLE), line(cause, TITLE), line(advice, TITLE))


def _text(sheet: Sheet, desk: Desk) -> ArticleText:
    article = sheet.reading.article
    words = catalogue("recoupe.report", desk.ui)
    stated = article.published_from
    return ArticleText(
        ref=desk.refs[article.id],
        title=sheet.title(),
        paragraphs=sheet.paragraphs(),
        url=web_address(article.url),
        authors=tuple(line(author) for author in article.authors),
        dateline=line(article.dateline) if article.dateline else None,
        published_from=words.get(f"from.{stated}", line(stated)) if stated else None,
        places=tuple(line(place, TITLE) for place in article.places),
        sha256=article.sha256,
    )


def _altered(told: dict[str, list[Utterance]]) -> list[Utterance]:
    """The utterances that some place alters, the gravest change first, then in the order of the stories."""
    rank = {kind: place for place, kind in enumerate(GRAVE)}

    def gravity(utterance: Utterance) -> int:
        altered = (place for place in utterance.occurrences[1:] if place.drift == "altered")
        return min((rank.get(change.kind, 9) for place in altered for change in place.changes), default=9)

    found = (u for utterances in told.values() for u in utterances)
    return sorted((u for u in found if any(p.drift == "altered" for p in u.occurrences[1:])), key=gravity)
