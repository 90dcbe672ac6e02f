"""The written format: readings and dossiers as JSON, held by the schemas in `recoupe/schema/`.

A reading is one JSON object on one line, a dossier one object.  Spans are `[start, end]` in code points into `text`.
Keys are only ever added within a schema's major version; readers must ignore keys that they do not know.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from recoupe.model import (
    Act,
    Article,
    Attribution,
    AttributionType,
    Change,
    Comparison,
    Credit,
    CreditKind,
    Dossier,
    Edit,
    Explanation,
    Figure,
    FigureOccurrence,
    Modifier,
    Polarity,
    Quantity,
    Reading,
    Reuse,
    Time,
    Utterance,
)
from recoupe.text import Span, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

READING_SCHEMA = "recoupe/reading/1"
DOSSIER_SCHEMA = "recoupe/dossier/1"
EXPLANATION_SCHEMA = "recoupe/explanation/1"

Item = TypeVar("Item")


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of `"reading"`, `"dossier"` or `"explanation"`.

    Raises FileNotFoundError for another name.
    """
    text = files("recoupe").joinpath("schema", f"{name}.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def dumps(value: Mapping[str, Any], *, indent: int | None = None) -> str:
    """`value` as JSON: UTF-8 as it is, but lone surrogates (which UTF-8 cannot hold) written as U+FFFD."""
    return whole(json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False))


# --- readings ---------------------------------------------------------------------------------------------------


def reading_to_json(reading: Reading) -> dict[str, Any]:
    """One reading in the per-article format."""
    article = reading.article
    return {
        "schema": READING_SCHEMA,
        "id": article.id,
        "lang": article.lang,
        "outlet": article.outlet,
        "published": article.published,
        "published_from": article.published_from,
        "title": article.title,
        "authors": list(article.authors),
        "dateline": article.dateline,
        "url": article.url,
        "places": list(article.places),
        "text": article.text,
        "sha256": article.sha256,
        "edits": [{"span": list(e.span), "original": e.original, "reason": e.reason} for e in article.edits],
        "notes": list(article.notes),
        "unread": reading.unread,
        "attributions": [_attribution_to_json(a) for a in reading.attributions],
        "quantities": [
            {
                "span": list(q.span),
                "value": _number(q.value),
                "unit": q.unit,
                "modifier": q.modifier,
                "reason": q.reason,
                "score": q.score,
            }
            for q in reading.quantities
        ],
        "times": [
            {"span": list(t.span), "value": t.value, "reason": t.reason, "score": t.score} for t in reading.times
        ],
        "credits": [
            {"span": list(c.span), "name": c.name, "kind": c.kind, "reason": c.reason, "score": c.score}
            for c in reading.credits
        ],
    }


def _attribution_to_json(attribution: Attribution) -> dict[str, Any]:
    return {
        "type": attribution.type,
        "content": [list(s) for s in attribution.content],
        "source": list(attribution.source) if attribution.source else None,
        "cue": list(attribution.cue) if attribution.cue else None,
        "speaker": attribution.speaker,
        "act": attribution.act,
        "polarity": attribution.polarity,
        "hedged": attribution.hedged,
        "reason": attribution.reason,
        "speaker_reason": attribution.speaker_reason,
        "score": attribution.score,
    }


def _number(value: float) -> int | float:
    """Whole numbers without a fraction, as a person writes them."""
    return int(value) if float(value).is_integer() and abs(value) < 2**53 else value


def reading_from_json(record: Mapping[str, Any]) -> Reading:
    """The reading that `record` holds.  Only the GUIDE keys `id` and `text` are required.

    Raises ValueError naming the key where a value is of the wrong kind or a span lies outside the text.
    """
    text = _of(record, "text", str, required=True)
    size = len(text)
    article = Article(
        id=_of(record, "id", str, required=True),
        text=text,
        title=_of(record, "title", str) or "",
        lang=_of(record, "lang", str),
        outlet=_of(record, "outlet", str),
        published=_of(record, "published", str),
        authors=_list(record, "authors", _string),
        dateline=_of(record, "dateline", str),
        url=_of(record, "url", str),
        places=_list(record, "places", _string),
        published_from=_of(record, "published_from", str),
        edits=_objects(record, "edits", lambda item: _edit(item, size)),
        notes=_list(record, "notes", _string),
    )
    return Reading(
        article=article,
        attributions=_objects(record, "attributions", lambda item: _attribution(item, size)),
        quantities=_objects(record, "quantities", lambda item: _quantity(item, size)),
        times=_objects(
            record, "times", lambda item: Time(_span(item.get("span"), size), _must(item, "value"), **_why(item))
        ),
        credits=_objects(record, "credits", lambda item: _credit(item, size)),
        unread=_of(record, "unread", str),
    )


def _edit(item: Mapping[str, Any], size: int) -> Edit:
    return Edit(_span(item.get("span"), size, empty=True), _must(item, "original"), _must(item, "reason"))


def _attribution(item: Mapping[str, Any], size: int) -> Attribution:
    content = tuple(_span(span, size) for span in item.get("content") or ())
    if not content:
        raise ValueError("an attribution has no content")
    return Attribution(
        type=_one_of(item.get("type") or "indirect", AttributionType, "type"),
        content=content,
        source=_span(item["source"], size) if item.get("source") else None,
        cue=_span(item["cue"], size) if item.get("cue") else None,
        speaker=_of(item, "speaker", str),
        act=_one_of(item.get("act") or "statement", Act, "act"),
        polarity=_one_of(item.get("polarity") or "said", Polarity, "polarity"),
        hedged=bool(item.get("hedged", False)),
        speaker_reason=_of(item, "speaker_reason", str) or "",
        **_why(item),
    )


def _quantity(item: Mapping[str, Any], size: int) -> Quantity:
    value = item.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"a quantity's value is not a number: {value!r}")
    modifier = item.get("modifier")
    return Quantity(
        span=_span(item.get("span"), size),
        value=float(value),
        unit=_of(item, "unit", str),
        modifier=None if modifier is None else _one_of(modifier, Modifier, "modifier"),
        **_why(item),
    )


def _credit(item: Mapping[str, Any], size: int) -> Credit:
    kind = _one_of(item.get("kind") or "organisation", CreditKind, "kind")
    return Credit(_span(item.get("span"), size), _must(item, "name"), kind, **_why(item))


def _why(item: Mapping[str, Any]) -> dict[str, Any]:
    score = item.get("score", 1.0)
    if isinstance(score, bool) or not isinstance(score, int | float) or not 0 <= score <= 1:
        raise ValueError(f"a score is not a number between 0 and 1: {score!r}")
    return {"reason": _of(item, "reason", str) or "", "score": float(score)}


def _span(value: object, size: int, *, empty: bool = False) -> Span:
    match value:
        case [int(start), int(end)] if 0 <= start <= end <= size and (start < end or empty):
            return Span(start, end)
    raise ValueError(f"not a span inside the text of {size} characters: {value!r}")


def _of(record: Mapping[str, Any], key: str, kind: type, *, required: bool = False) -> Any:
    value = record.get(key)
    if value is None and not required:
        return None
    if not isinstance(value, kind):
        raise ValueError(f"{key!r} is not a {kind.__name__}: {value!r}"[:200])
    return value


def _must(record: Mapping[str, Any], key: str) -> str:
    return str(_of(record, key, str, required=True))


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"not a string: {value!r}"[:200])
    return value


def _list(record: Mapping[str, Any], key: str, read: Callable[[Any], Item]) -> tuple[Item, ...]:
    value = record.get(key)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise ValueError(f"{key!r} is not a list")
    return tuple(read(item) for item in value)


def _objects(record: Mapping[str, Any], key: str, read: Callable[[Mapping[str, Any]], Item]) -> tuple[Item, ...]:
    def checked(item: object) -> Item:
        if not isinstance(item, dict):
            raise ValueError(f"{key!r} holds something that is not an object: {item!r}"[:200])
        return read(item)

    return _list(record, key, checked)


def _one_of(value: object, kind: Any, key: str) -> Any:
    if value not in get_args(kind):
        raise ValueError(f"{key!r} is none of {', '.join(get_args(kind))}: {value!r}"[:200])
    return value


# --- dossiers ---------------------------------------------------------------------------------------------------


def dossier_to_json(dossier: Dossier) -> dict[str, Any]:
    """The whole dossier in the cross-document format, its readings under `articles`."""
    return {
        "schema": DOSSIER_SCHEMA,
        "version": dossier.version,
        "models": dict(sorted(dossier.models.items())),
        "articles": [reading_to_json(reading) for reading in dossier.readings],
        **_comparison_to_json(dossier.comparison),
        "failures": [
            {"input": f.input, "code": f.code, "cause": f.cause, "advice": f.advice} for f in dossier.failures
        ],
    }


def _comparison_to_json(comparison: Comparison) -> dict[str, Any]:
    return {
        "stories": [
            {"id": s.id, "articles": list(s.articles), "terms": list(s.terms), "thread": s.thread}
            for s in comparison.stories
        ],
        "utterances": [_utterance_to_json(u) for u in comparison.utterances],
        "figures": [_figure_to_json(f) for f in comparison.figures],
        "reuse": [_reuse_to_json(r) for r in comparison.reuse],
        "origins": [
            {
                "id": o.id,
                "claim": o.claim,
                "origins": list(o.origins),
                "at_least": o.at_least,
                "at_most": o.at_most,
                "reason": o.reason,
            }
            for o in comparison.origins
        ],
        "edges": [
            {
                "article": e.article,
                "rests_on": e.rests_on,
                "kind": e.kind,
                "span": list(e.span) if e.span else None,
                "claim": e.claim,
                "reason": e.reason,
            }
            for e in comparison.edges
        ],
        "notes": [
            {
                "id": n.id,
                "article": n.article,
                "kind": n.kind,
                "span": list(n.span) if n.span else None,
                "reason": n.reason,
            }
            for n in comparison.notes
        ],
        "repeats": [
            {
                "id": r.id,
                "speaker": r.speaker,
                "reason": r.reason,
                "score": r.score,
                "places": [
                    {
                        "story": p.story,
                        "article": p.article,
                        "attribution": p.attribution,
                        "content": [list(s) for s in p.content],
                    }
                    for p in r.places
                ],
            }
            for r in comparison.repeats
        ],
    }


def _changes_to_json(changes: tuple[Change, ...]) -> list[dict[str, Any]]:
    return [{"kind": c.kind, "here": list(c.here), "there": list(c.there)} for c in changes]


def _utterance_to_json(utterance: Utterance) -> dict[str, Any]:
    return {
        "id": utterance.id,
        "story": utterance.story,
        "speaker": utterance.speaker,
        "first": utterance.first,
        "reason": utterance.reason,
        "score": utterance.score,
        "occurrences": [
            {
                "article": o.article,
                "content": [list(s) for s in o.content],
                "attribution": o.attribution,
                "speaker": o.speaker,
                "drift": o.drift,
                "changes": _changes_to_json(o.changes),
                "reason": o.reason,
                "score": o.score,
            }
            for o in utterance.occurrences
        ],
    }


def _figure_to_json(figure: Figure) -> dict[str, Any]:
    return {
        "id": figure.id,
        "story": figure.story,
        "about": figure.about,
        "verdict": figure.verdict,
        "reason": figure.reason,
        "score": figure.score,
        "occurrences": [_figure_occurrence(o) for o in figure.occurrences if not o.in_title],
        "titles": [_figure_occurrence(o) for o in figure.occurrences if o.in_title],
    }


def _figure_occurrence(occurrence: FigureOccurrence) -> dict[str, Any]:
    """One place of a figure; under `titles` its span counts in the article's `title`."""
    return {
        "article": occurrence.article,
        "span": list(occurrence.span),
        "quantity": occurrence.quantity,
        "value": _number(occurrence.value),
        "unit": occurrence.unit,
        "modifier": occurrence.modifier,
        "according_to": occurrence.according_to,
    }


def _reuse_to_json(reuse: Reuse) -> dict[str, Any]:
    return {
        "id": reuse.id,
        "from": reuse.source,
        "to": reuse.copy,
        "spans": [[list(p.source), list(p.copy)] for p in reuse.passages],
        "changes": [_changes_to_json(p.changes) for p in reuse.passages],
        "share": reuse.share,
        "credited": reuse.credited,
        "reason": reuse.reason,
        "score": reuse.score,
    }


# --- explanations -----------------------------------------------------------------------------------------------


def explanation_to_json(explanation: Explanation) -> dict[str, Any]:
    """The way in which one decision was reached."""
    return {
        "schema": EXPLANATION_SCHEMA,
        "id": explanation.id,
        "kind": explanation.kind,
        "decision": explanation.decision,
        "reason": explanation.reason,
        "score": explanation.score,
        "steps": [
            {
                "kind": step.kind,
                "label": step.label,
                "evidence": [
                    {"article": at.article, "spans": [list(s) for s in at.spans], "in_title": at.in_title}
                    for at in step.evidence
                ],
                "measured": [
                    {"threshold": one.threshold, "asked": one.asked, "found": one.found, "passed": one.passed}
                    for one in step.measured
                ],
                "score": step.score,
                "details": list(step.details),
                "words": list(step.words),
            }
            for step in explanation.steps
        ],
    }
