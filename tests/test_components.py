"""Reading inside a spaCy pipeline."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from recoupe.read.reader import STAGES, stages_for

TEXT = (
    "Lundi, la maire de Valcourt, Inès Perrin, a déclaré : « Les travaux coûteront 3 millions d'euros. » "
    "Selon l'agence Nordia, deux ponts seront fermés."
)


def read(*names: str) -> Doc:
    nlp = spacy.blank("fr")
    for name in names:
        nlp.add_pipe(name)
    doc = nlp.make_doc(TEXT)
    doc._.recoupe_published = "2025-03-05"
    return nlp(doc)


def test_the_components_are_found_by_name_and_leave_span_groups() -> None:
    doc = read("recoupe_attributions", "recoupe_quantities", "recoupe_times", "recoupe_credits")
    contents = [span.text for span in doc.spans["recoupe_attributions"]]
    assert any("Les travaux coûteront 3 millions d'euros" in text for text in contents)
    assert "Inès Perrin" in [span.label_ for span in doc.spans["recoupe_sources"]]
    assert [span.label_ for span in doc.spans["recoupe_times"]] == ["2025-03-03"]
    assert "EUR" in [span.label_ for span in doc.spans["recoupe_quantities"]]
    reading = doc._.recoupe
    assert reading.attributions
    assert reading.quantities
    assert reading.times
    assert reading.text == doc.text


def test_a_doc_survives_being_sent_between_processes() -> None:
    doc = read("recoupe_attributions")
    again = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert again._.recoupe == doc._.recoupe
    assert [s.text for s in again.spans["recoupe_attributions"]] == [s.text for s in doc.spans["recoupe_attributions"]]


def test_a_layer_runs_only_the_stages_that_it_takes() -> None:
    assert {s.name for s in stages_for({"times"})} < {s.name for s in STAGES}
    assert "parse" not in {s.name for s in stages_for({"quantities"})}
