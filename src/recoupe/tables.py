"""A dossier as Arrow tables, for researchers: one table a kind of thing, one row a thing, keys between them.

Every row that rests on a stretch of text has `article`, `start` and `end` (code points into `articles.text`).  Rows are
in the dossier's own order.  docs/reference/tables.md lists the columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from recoupe.model import Dossier

Row = dict[str, Any]


def to_arrow(dossier: Dossier) -> dict[str, pa.Table]:
    """The tables by name.  A table without rows still has its columns."""
    import pyarrow as pa

    return {
        name: pa.Table.from_pylist(list(rows(dossier)), schema=pa.schema([(c, _type(t)) for c, t in columns.items()]))
        for name, (columns, rows) in _TABLES.items()
    }


def _type(name: str) -> pa.DataType:
    import pyarrow as pa

    return pa.list_(pa.string()) if name == "list" else getattr(pa, name)()


def _articles(dossier: Dossier) -> Iterator[Row]:
    story = {article: s.id for s in dossier.comparison.stories for article in s.articles}
    copied: dict[str, float] = {}
    for reuse in dossier.comparison.reuse:
        copied[reuse.copy] = max(copied.get(reuse.copy, 0.0), reuse.share)
    for reading in dossier.readings:
        a = reading.article
        yield {
            "article": a.id,
            "story": story.get(a.id),
            "outlet": a.outlet,
            "lang": a.lang,
            "published": a.published,
            "moment": a.moment.isoformat() if a.moment else None,
            "title": a.title,
            "authors": list(a.authors),
            "url": a.url,
            "places": list(a.places),
            "text": a.text,
            "sha256": a.sha256,
            "copied_share": copied.get(a.id, 0.0),
            "unread": reading.unread,
        }


def _attributions(dossier: Dossier) -> Iterator[Row]:
    for reading in dossier.readings:
        for index, a in enumerate(reading.attributions):
            yield {
                "article": reading.id,
                "attribution": index,
                "start": a.content[0].start,
                "end": a.content[-1].end,
                "content": " […] ".join(span.of(reading.text) for span in a.content),
                "source": a.source.of(reading.text) if a.source else None,
                "cue": a.cue.of(reading.text) if a.cue else None,
                "speaker": a.speaker,
                "type": a.type,
                "act": a.act,
                "polarity": a.polarity,
                "hedged": a.hedged,
                "reason": a.reason,
                "score": a.score,
            }


def _layer(name: str, *fields: str) -> Any:
    def rows(dossier: Dossier) -> Iterator[Row]:
        for reading in dossier.readings:
            for item in getattr(reading, name):
                row = {"article": reading.id, "start": item.span.start, "end": item.span.end}
                yield row | {"words": item.span.of(reading.text)} | {field: getattr(item, field) for field in fields}

    return rows


def _utterances(dossier: Dossier) -> Iterator[Row]:
    for utterance in dossier.comparison.utterances:
        for o in utterance.occurrences:
            yield {
                "utterance": utterance.id,
                "story": utterance.story,
                "speaker": utterance.speaker,
                "first": utterance.first,
                "article": o.article,
                "attribution": o.attribution,
                "start": o.content[0].start,
                "end": o.content[-1].end,
                "said_by": o.speaker,
                "drift": o.drift,
                "changes": [c.kind for c in o.changes],
                "reason": o.reason,
                "score": o.score,
            }


def _figures(dossier: Dossier) -> Iterator[Row]:
    for figure in dossier.comparison.figures:
        for o in figure.occurrences:
            yield {
                "figure": figure.id,
                "story": figure.story,
                "about": figure.about,
                "verdict": figure.verdict,
                "article": o.article,
                "in_title": o.in_title,
                "start": o.span.start,
                "end": o.span.end,
                "value": float(o.value),
                "unit": o.unit,
                "modifier": o.modifier,
                "according_to": o.according_to,
                "reason": figure.reason,
                "score": figure.score,
            }


def _repeats(dossier: Dossier) -> Iterator[Row]:
    for repeat in dossier.comparison.repeats:
        for place in repeat.places:
            yield {
                "repeat": repeat.id,
                "speaker": repeat.speaker,
                "story": place.story,
                "article": place.article,
                "start": place.content[0].start,
                "end": place.content[-1].end,
                "attribution": place.attribution,
                "reason": repeat.reason,
                "score": repeat.score,
            }


def _reuse(dossier: Dossier) -> Iterator[Row]:
    for reuse in dossier.comparison.reuse:
        for passage in reuse.passages:
            yield {
                "source": reuse.source,
                "copy": reuse.copy,
                "source_start": passage.source.start,
                "source_end": passage.source.end,
                "copy_start": passage.copy.start,
                "copy_end": passage.copy.end,
                "share": reuse.share,
                "credited": reuse.credited,
                "reason": reuse.reason,
                "score": reuse.score,
            }


def _stories(dossier: Dossier) -> Iterator[Row]:
    for story in dossier.comparison.stories:
        for article in story.articles:
            yield {"story": story.id, "article": article, "terms": list(story.terms), "thread": story.thread}


def _origins(dossier: Dossier) -> Iterator[Row]:
    for o in dossier.comparison.origins:
        yield {
            "claim": o.claim,
            "origins": list(o.origins),
            "at_least": o.at_least,
            "at_most": o.at_most,
            "reason": o.reason,
        }


def _edges(dossier: Dossier) -> Iterator[Row]:
    for e in dossier.comparison.edges:
        yield {
            "article": e.article,
            "rests_on": e.rests_on,
            "kind": e.kind,
            "claim": e.claim,
            "start": e.span.start if e.span else None,
            "end": e.span.end if e.span else None,
            "reason": e.reason,
        }


def _notes(dossier: Dossier) -> Iterator[Row]:
    for n in dossier.comparison.notes:
        yield {
            "article": n.article,
            "kind": n.kind,
            "start": n.span.start if n.span else None,
            "end": n.span.end if n.span else None,
            "reason": n.reason,
        }


def _failures(dossier: Dossier) -> Iterator[Row]:
    for f in dossier.failures:
        yield {"input": f.input, "code": f.code, "cause": f.cause, "advice": f.advice}


_SPAN = {"article": "string", "start": "int64", "end": "int64"}
_WHY = {"reason": "string", "score": "float64"}
_TABLES: dict[str, tuple[dict[str, str], Any]] = {
    "articles": (
        {
            **dict.fromkeys(("article", "story", "outlet", "lang", "published", "moment", "title"), "string"),
            "authors": "list",
            "url": "string",
            "places": "list",
            "text": "string",
            "sha256": "string",
            "copied_share": "float64",
            "unread": "string",
        },
        _articles,
    ),
    "attributions": (
        {
            **_SPAN,
            "attribution": "int64",
            **dict.fromkeys(("content", "source", "cue", "speaker", "type", "act", "polarity"), "string"),
            "hedged": "bool_",
            **_WHY,
        },
        _attributions,
    ),
    "quantities": (
        {**_SPAN, "words": "string", "value": "float64", "unit": "string", "modifier": "string", **_WHY},
        _layer("quantities", "value", "unit", "modifier", "reason", "score"),
    ),
    "times": ({**_SPAN, "words": "string", "value": "string", **_WHY}, _layer("times", "value", "reason", "score")),
    "credits": (
        {**_SPAN, "words": "string", "name": "string", "kind": "string", **_WHY},
        _layer("credits", "name", "kind", "reason", "score"),
    ),
    "stories": ({"story": "string", "article": "string", "terms": "list", "thread": "string"}, _stories),
    "utterances": (
        {
            **dict.fromkeys(("utterance", "story", "speaker", "first"), "string"),
            **_SPAN,
            "attribution": "int64",
            "said_by": "string",
            "drift": "string",
            "changes": "list",
            **_WHY,
        },
        _utterances,
    ),
    "figures": (
        {
            **dict.fromkeys(("figure", "story", "about", "verdict"), "string"),
            **_SPAN,
            "in_title": "bool_",
            "value": "float64",
            **dict.fromkeys(("unit", "modifier", "according_to"), "string"),
            **_WHY,
        },
        _figures,
    ),
    "repeats": (
        {
            **dict.fromkeys(("repeat", "speaker", "story"), "string"),
            **_SPAN,
            "attribution": "int64",
            **_WHY,
        },
        _repeats,
    ),
    "reuse": (
        {
            **dict.fromkeys(("source", "copy"), "string"),
            **dict.fromkeys(("source_start", "source_end", "copy_start", "copy_end"), "int64"),
            "share": "float64",
            "credited": "bool_",
            **_WHY,
        },
        _reuse,
    ),
    "origins": (
        {"claim": "string", "origins": "list", "at_least": "int64", "at_most": "int64", "reason": "string"},
        _origins,
    ),
    "edges": (
        {
            **dict.fromkeys(("article", "rests_on", "kind", "claim"), "string"),
            **dict.fromkeys(("start", "end"), "int64"),
            "reason": "string",
        },
        _edges,
    ),
    "notes": ({"article": "string", "kind": "string", "start": "int64", "end": "int64", "reason": "string"}, _notes),
    "failures": (dict.fromkeys(("input", "code", "cause", "advice"), "string"), _failures),
}
