"""Reading as spaCy components: `nlp.add_pipe("recoupe_attributions")`, for those whose work is built on spaCy.

Each component reads `doc.text` and leaves
  doc.spans["recoupe_attributions"]   the contents, labelled direct, indirect or mixed, one span a fragment
  doc.spans["recoupe_sources"]        the phrases that name who speaks, labelled with the resolved speaker
  doc.spans["recoupe_cues"]           the reporting words
  doc.spans["recoupe_quantities"], ["recoupe_times"], ["recoupe_credits"]   labelled with unit, value and name
  doc._.recoupe                       the Reading, with exact offsets, polarity, reasons and all else
Spans are widened to spaCy's tokens where its tokens are coarser.  `doc._.recoupe_published`, an ISO 8601 date set
before the components run, is what "yesterday" counts from.  The language is the pipeline's, and its other components
are neither needed nor changed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from recoupe.contract import reading_from_json, reading_to_json
from recoupe.model import Article, Reading
from recoupe.read.reader import Reader, stages_for
from recoupe.text import sha256

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoupe.text import Span

# Under this key `doc.user_data` keeps the reading as plain JSON values, so that docs can go from process to process.
KEY = "recoupe"


def _reading(doc: Doc) -> Reading | None:
    stored = doc.user_data.get(KEY)
    return None if stored is None else reading_from_json(stored)


for _name, _options in (("recoupe", {"getter": _reading}), ("recoupe_published", {"default": None})):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, **_options)


class Layer:
    """One layer of reading as a component; several on one doc add up to one Reading."""

    def __init__(self, lang: str, layer: str) -> None:
        self._lang = lang
        self._layer = layer
        self._reader = Reader(stages=stages_for({layer}))

    def __call__(self, doc: Doc) -> Doc:
        """The doc, with this layer's spans and the reading so far."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """The docs in turn; reading goes on ahead by `Reader`'s own batches, so `batch_size` changes nothing."""
        waiting: list[Doc] = []

        def articles() -> Iterator[Article]:
            for doc in docs:
                waiting.append(doc)
                yield self._article(doc)

        for reading in self._reader.read(articles()):
            yield self._write(waiting.pop(0), reading)

    def _article(self, doc: Doc) -> Article:
        known = _reading(doc)
        if known is not None:
            return known.article
        published = doc._.recoupe_published
        return Article(id=sha256(doc.text)[:12], text=doc.text, lang=self._lang, published=published)

    def _write(self, doc: Doc, reading: Reading) -> Doc:
        so_far = _reading(doc) or Reading(reading.article, unread=reading.unread)
        merged = replace(so_far, **{self._layer: getattr(reading, self._layer)})
        doc.user_data[KEY] = reading_to_json(merged)
        for name, spans in self._groups(reading):
            doc.spans[name] = SpanGroup(doc, name=name, spans=[_tokens(doc, span, label) for span, label in spans])
        return doc

    def _groups(self, reading: Reading) -> list[tuple[str, list[tuple[Span, str]]]]:
        said = reading.attributions
        groups: dict[str, list[tuple[str, list[tuple[Span, str]]]]] = {
            "attributions": [
                ("recoupe_attributions", [(span, a.type) for a in said for span in a.content]),
                ("recoupe_sources", [(a.source, a.speaker or "") for a in said if a.source]),
                ("recoupe_cues", [(a.cue, a.act) for a in said if a.cue]),
            ],
            "quantities": [("recoupe_quantities", [(q.span, q.unit or "") for q in reading.quantities])],
            "times": [("recoupe_times", [(t.span, t.value) for t in reading.times])],
            "credits": [("recoupe_credits", [(c.span, c.name) for c in reading.credits])],
        }
        return groups[self._layer]


def _tokens(doc: Doc, span: Span, label: str) -> Any:
    return doc.char_span(span.start, span.end, label=label, alignment_mode="expand")


@Language.factory("recoupe_attributions")
def attributions(nlp: Language, name: str) -> Layer:
    """Who said what."""
    return Layer(nlp.lang, "attributions")


@Language.factory("recoupe_quantities")
def quantities(nlp: Language, name: str) -> Layer:
    """Numbers that measure the world."""
    return Layer(nlp.lang, "quantities")


@Language.factory("recoupe_times")
def times(nlp: Language, name: str) -> Layer:
    """Calendar expressions."""
    return Layer(nlp.lang, "times")


@Language.factory("recoupe_credits")
def credits_(nlp: Language, name: str) -> Layer:
    """Outlets, agencies, bodies and documents that information is credited to."""
    return Layer(nlp.lang, "credits")
