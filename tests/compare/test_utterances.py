"""Utterances: the same act of saying in several places, whatever the order, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.model import Article, Attribution, AttributionType, Quantity, Reading, Story
from recoupe.text import Span
from tests.compare import steps
from tests.compare.marked import Marked, load
from tests.compare.scored import f1, pairs, said
from tests.strategies import readings as any_reading

STORIES = sorted(Path(__file__).parent.joinpath("stories").glob("*.toml"))


def _ids(path: Path) -> str:
    return path.stem


@pytest.fixture(params=STORIES, ids=_ids)
def marked(request: pytest.FixtureRequest) -> Marked:
    return load(request.param)


def _expected(marked: Marked) -> tuple[dict[str, int], dict[str, str]]:
    groups = {key: i for i, u in enumerate(marked.expected["utterance"]) for key, _ in u["occurrences"]}
    drift = {key: kind for u in marked.expected["utterance"] for key, kind in u["occurrences"]}
    return groups, drift


def test_statements_are_matched(marked: Marked) -> None:
    groups, _ = said(marked, steps.utterances(marked.readings, [marked.story]))
    expected, _ = _expected(marked)
    assert f1(pairs(expected), pairs(groups)) == 1.0


def test_drift_is_told(marked: Marked) -> None:
    _, drift = said(marked, steps.utterances(marked.readings, [marked.story]))
    _, expected = _expected(marked)
    assert {key: drift.get(key) for key in expected} == expected


def test_changes_lie_inside_the_two_texts(marked: Marked) -> None:
    texts = {reading.id: reading.text for reading in marked.readings}
    for utterance in steps.utterances(marked.readings, [marked.story]):
        fullest = texts[utterance.occurrences[0].article]
        for occurrence in utterance.occurrences:
            for change in occurrence.changes:
                assert 0 <= change.here.start <= change.here.end <= len(texts[occurrence.article])
                assert 0 <= change.there.start <= change.there.end <= len(fullest)
                assert change.here.end > change.here.start or change.there.end > change.there.start


def test_first_is_the_earliest_of_dated_articles() -> None:
    marked = load(STORIES[0].with_name("flood.toml"))
    found = steps.utterances(marked.readings, [marked.story])
    assert {u.first for u in found} == {"fl-1", "fl-3"}
    undated = [_dated(r, None) if r.id == "fl-1" else r for r in marked.readings]
    assert {u.first for u in steps.utterances(undated, [marked.story])} == {None, "fl-3"}


def _dated(reading: Reading, published: str | None) -> Reading:
    return replace(reading, article=replace(reading.article, published=published))


def test_order_of_input_is_irrelevant(marked: Marked) -> None:
    forwards = steps.utterances(marked.readings, [marked.story])
    story = replace(marked.story, articles=marked.story.articles[::-1])
    assert steps.utterances(marked.readings[::-1], [story]) == forwards


def test_an_article_of_another_story_changes_nothing() -> None:
    one, other = (load(STORIES[0].with_name(f"{name}.toml")) for name in ("vote", "merger"))
    alone = steps.utterances(one.readings, [one.story])
    together = steps.utterances([*other.readings, *one.readings], [other.story, one.story])
    assert tuple(u for u in together if u.story == one.story.id) == alone


def test_a_copy_of_an_article_adds_verbatim_occurrences() -> None:
    marked = load(STORIES[0].with_name("vote.toml"))
    first = marked.readings[0]
    copy = replace(first, article=replace(first.article, id="vt-9", published="2025-11-20"))
    story = replace(marked.story, articles=(*marked.story.articles, "vt-9"))
    found = steps.utterances([*marked.readings, copy], [story])
    copied = [o for u in found for o in u.occurrences if o.article == "vt-9"]
    assert len(copied) >= 3  # each quotation that was matched before, and those that only the copy repeats
    assert {o.drift for o in copied} == {"verbatim"}


def _article(
    name: str, lang: str, outlet: str, *told: tuple[str, str, AttributionType], published: str = "2025-04-02"
) -> Reading:
    """An article of statements, one a paragraph: speaker, words, type."""
    text, said = "", []
    for who, words, kind in told:
        start = len(text) + len(who) + 3
        source = Span(len(text), len(text) + len(who))
        said.append(Attribution(kind, (Span(start, start + len(words)),), source, None, who))
        text += f"{who} : {words}\n\n"
    return Reading(Article(name, text, lang=lang, outlet=outlet, published=published), tuple(said))


def _matched(*readings: Reading) -> list[list[tuple[str, str]]]:
    story = Story("s", tuple(r.id for r in readings))
    texts = {r.id: r.text for r in readings}
    found = steps.utterances(readings, [story])
    return [[(o.drift, o.content[0].of(texts[o.article])) for o in u.occurrences] for u in found]


def test_two_statements_on_one_topic_stay_two() -> None:
    one = _article(
        "a",
        "fr",
        "Le Fil",
        ("Ilda Marquet", "la ville aidera les clubs qui ouvrent leurs terrains aux écoles du quartier", "indirect"),
        ("Ilda Marquet", "les clubs dépensent trop pour leurs équipes premières", "indirect"),
    )
    other = _article(
        "b",
        "fr",
        "La Voix",
        ("Ilda Marquet", "elle laisserait fermer les terrains des clubs qui ne paient pas leur loyer", "indirect"),
        ("Ilda Marquet", "la piscine sera rénovée avant l’hiver", "indirect"),
    )
    assert _matched(one, other) == []


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        (
            "fr",
            "Je viens de féliciter Paul Vasseur pour son élection à la présidence de la Ligue",
            "Quel que soit le vainqueur de cette élection, nous travaillerons avec Anne Thill, nous travaillerons avec "
            "Paul Vasseur et la Ligue restera unie",
        ),
        (
            "en",
            "I have just congratulated Paul Vasser on his election to the chair of the League",
            "Whoever wins this election, we will work with Anne Thill, we will work with Paul Vasser, and the League "
            "will stay united",
        ),
        (
            "fr",
            "J'ai appelé Paul Vasseur pour le féliciter de sa victoire",
            "Si Paul Vasseur gagne, nous le féliciterons comme nous aurions félicité Anne Thill",
        ),
    ],
)
def test_two_quotations_of_one_speaker_about_the_same_people_stay_two(lang: str, one: str, other: str) -> None:
    aside = "The pool will be mended before winter" if lang == "en" else "La piscine sera rénovée avant l’hiver"
    first = _article("a", lang, "Le Fil", ("Ilda Marquet", one, "direct"))
    second = _article("b", lang, "La Voix", ("Ilda Marquet", other, "direct"), ("Ilda Marquet", aside, "indirect"))
    assert _matched(first, second) == []


def test_two_renderings_in_one_article_are_one() -> None:
    found = _matched(
        _article(
            "a",
            "fr",
            "Le Fil",
            ("Ilda Marquet", "Je viens de remercier Hugo Brandt pour son don aux archives de la ville", "direct"),
            (
                "Ilda Marquet",
                "Merci à Hugo Brandt pour son don aux archives de notre ville, je viens de le dire",
                "direct",
            ),
            ("Ilda Marquet", "La bibliothèque rouvrira lundi", "direct"),
        )
    )
    assert [[drift for drift, _ in group] for group in found] == [["verbatim", "reworded"]]


_BESIDE = {"a": "the pool will open again on Monday", "b": "she likes painting", "c": "la soupe était trop salée"}


def _counting(name: str, lang: str, who: str, words: str, *numbers: tuple[str, float, str]) -> Reading:
    """An article of one reported statement with the quantities in it."""
    base = _article(name, lang, name, (who, words, "indirect"), (f"{name} {name}", _BESIDE[name], "indirect"))
    found = [(base.text.index(raw), raw, value, unit) for raw, value, unit in numbers]
    quantities = [Quantity(Span(at, at + len(raw)), value, unit) for at, raw, value, unit in found]
    return replace(base, quantities=tuple(quantities))


@pytest.mark.parametrize(
    ("bare", "number"),
    [
        ("au moins 19 blessés", ("19 blessés", 19, "blessé")),
        ("un total de 19 personnes blessées", ("19 personnes", 19, "personne")),
        ("142 passagers", ("142 passagers", 142, "passager")),
    ],
)
def test_a_statement_with_a_number_of_its_own_is_no_figure(bare: str, number: tuple[str, float, str]) -> None:
    words = "un car transportant 142 passagers a heurté un parapet dans le brouillard, faisant 19 blessés"
    long = (("142 passagers", 142.0, "passager"), ("19 blessés", 19.0, "blessé"))
    one = _counting("a", "fr", "les secours", words, *long)
    two = _counting("b", "fr", "les secours", words.replace("dans le brouillard", "mardi"), *long)
    three = _counting("c", "fr", "les secours", bare, number)
    assert [len(group) for group in _matched(one, two, three)] == [2]


def test_a_statement_of_the_bare_number_alone_is_a_figure() -> None:
    one = _counting("a", "fr", "les secours", "le bilan est passé à 19 blessés", ("19 blessés", 19, "blessé"))
    two = _counting("b", "fr", "les secours", "le bilan est passé à 19 blessés", ("19 blessés", 19, "blessé"))
    three = _counting("c", "fr", "les secours", "19 blessés", ("19 blessés", 19, "blessé"))
    assert _matched(one, two, three) == []


def test_a_share_and_a_count_are_not_one_number() -> None:
    one = _counting("a", "fr", "Ilda Marquet", "85 % des agents ont cessé le travail", ("85 %", 85, "%"))
    words = "sur 118 agents, 85 ont cessé le travail ce matin"
    two = _counting("b", "fr", "Ilda Marquet", words, ("118 agents", 118, "agent"), ("85", 85, "agent"))
    assert _matched(one, two) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            ("a deckhand", "the pump had failed twice last month"),
            ("Tidewater Lines", "the pump had been checked in May"),
        ),
        (("a deckhand", "the pump had failed twice last month"), ("Ada Merrow", "the pump was found switched off")),
        (
            ("un matelot", "la pompe était tombée en panne deux fois"),
            ("Ada Merrow", "personne n'avait vérifié la pompe avant le départ"),
        ),
        (("un matelot", "la pompe était tombée en panne deux fois"), ("Tidewater", "the pump had been checked in May")),
        (("a visitor", "the gate was open at noon"), ("the port", "the gate had been closed at noon for two hours")),
    ],
)
def test_two_people_on_one_matter_say_two_things(one: tuple[str, str], other: tuple[str, str]) -> None:
    found = []
    for name, (who, words) in zip("ab", (one, other), strict=True):
        lang = "fr" if " la " in f" {words} " else "en"
        raw = {"twice": 2.0, "deux fois": 2.0, "two hours": 2.0}
        numbers = [(part, value, "times") for part, value in raw.items() if part in words]
        found.append(_counting(name, lang, who, words, *numbers))
    assert _matched(*found) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            ("Corvane Bank", "elle fermera 40 agences, faute de clients"),
            ("la banque", "40 agences fermeront faute de clients"),
        ),
        (("Corvane", "it would close 40 branches this year"), ("the bank", "40 branches would shut this year")),
        (
            ("Corvane Bank", "it would close 40 branches this year"),
            ("la banque", "elle fermera 40 agences cette année"),
        ),
    ],
)
def test_a_body_by_a_general_name_gives_the_same_count(one: tuple[str, str], other: tuple[str, str]) -> None:
    lang = ["fr" if "agences" in words else "en" for _, words in (one, other)]
    noun = {"fr": ("40 agences", 40.0, "agence"), "en": ("40 branches", 40.0, "branch")}
    left, right = (_counting(n, k, *said, noun[k]) for n, k, said in zip("ab", lang, (one, other), strict=True))
    assert [len(group) for group in _matched(left, right)] == [2]


def test_one_speakers_only_statement_of_a_day_needs_little_likeness() -> None:
    one = _counting("a", "en", "Tidewater Lines", "the vessel’s radar had been serviced in January")
    other = _counting("b", "fr", "Tidewater", "il avait été révisé en janvier")
    assert [len(group) for group in _matched(one, other)] == [2]


def test_a_place_in_an_outlets_name_makes_nobody_the_outlet() -> None:
    one = _article(
        "a", "fr", "L’Écho de la Sonde", ("préfecture de la Sonde", "le pont de Brume reste fermé", "indirect")
    )
    other = _article(
        "b", "fr", "Le Fil", ("préfecture de la Sonde", "douze bateaux ont rompu leurs amarres", "indirect")
    )
    assert _matched(one, other) == []


def test_a_quotation_given_to_a_body_is_the_employees_still() -> None:
    words = "Les freins grinçaient depuis mars, et on nous a dit de rouler"
    one = _article("a", "fr", "Le Fil", ("un conducteur de la ligne", words, "direct"))
    other = _article("b", "fr", "Flash", ("la société Transpar", words, "direct"), published="2025-04-03")
    assert [[drift for drift, _ in group] for group in _matched(one, other)] == [["verbatim", "altered"]]


def test_the_last_of_a_chain_of_outlets_is_home() -> None:
    one = _article("a", "fr", "Le Fil de Brume", ("un greffier", "le dossier aurait été perdu en mars", "indirect"))
    two = _article(
        "b", "en", "The Quill", ("a clerk", "the file was lost in March, Le Fil de Brume reports", "indirect")
    )
    three = _article("c", "fr", "La Voix", ("The Quill", "le dossier a été perdu en mars", "indirect"))
    (group,) = _matched(one, two, three)
    assert group[0][1] == "le dossier aurait été perdu en mars"


@settings(max_examples=30, deadline=None)
@given(st.lists(any_reading(), min_size=1, max_size=4, unique_by=lambda r: r.id))
def test_any_readings_are_matched_alike_in_any_order(found: list[Reading]) -> None:
    story = Story("s", tuple(r.id for r in found))
    assert steps.utterances(found, [story]) == steps.utterances(found[::-1], [story])


def test_two_statements_that_one_article_keeps_apart_stay_two() -> None:
    court = "her league would take the levy to the Constitutional Court on Monday"
    tale = "the sums were a circus with spreadsheets"
    one = _article(
        "a",
        "en",
        "The Fil",
        ("Ilda Marquet", tale, "indirect"),
        ("Hugo Brandt", "the levy would pay for ten new ferries", "indirect"),
        ("Ilda Marquet", court, "indirect"),
    )
    both = "the sums were a circus and that she would go to the Constitutional Court next week"
    two = _article("b", "en", "The Voice", ("Ilda Marquet", both, "indirect"))
    groups = [{words for _, words in group} for group in _matched(one, two)]
    assert not any({court, tale} <= group for group in groups)


def test_a_relay_around_a_demanded_sum_is_a_statement() -> None:
    def told(name: str, who: str, inner: str, words: str, number: str) -> Reading:
        base = _article(name, "en", name, (who, words, "indirect"), (f"{name} {name}", _BESIDE[name], "indirect"))
        at = base.text.index(number)
        demand = Attribution("indirect", (Span(at, at + len(number)),), None, None, inner)
        quantity = Quantity(Span(at, at + len(number)), 30, "bitcoin")
        return replace(base, attributions=(*base.attributions, demand), quantities=(quantity,))

    one = told("a", "two people with knowledge of it", "Fennec", "Fennec has demanded 30 bitcoin", "30 bitcoin")
    two = told("b", "people close to the firm", "Fennec", "Fennec is demanding 30 bitcoin", "30 bitcoin")
    assert [len(group) for group in _matched(one, two)] == [2]


def test_what_another_body_contradicts_is_not_said_again() -> None:
    one = _counting("a", "en", "Corvane", "The leak lasted nine days and was found by a diver", ("nine days", 9, "day"))
    words = "The pipes leaked for 19 days, not nine"
    two = _counting("b", "en", "Sentrel", words, ("19 days", 19, "day"), ("nine", 9, "day"))
    assert _matched(one, two) == []


@pytest.mark.parametrize(
    ("one", "other", "drift"),
    [
        ("the deficit would reach 4.5 percent once the ports were counted", ("4.5 percent", 4.5, "%"), None),
        ("the deficit would hit 5.4 percent with the ports", ("5.4 percent", 5.4, "%"), "altered"),
        ("the deficit would hit 6.1 percent with the ports", ("6.1 percent", 6.1, "%"), "none"),
    ],
)
def test_a_number_with_its_digits_swapped_is_the_same_statement_altered(
    one: str, other: tuple[str, float, str], drift: str | None
) -> None:
    said = "the deficit would reach 4.5 percent once the ports were counted"
    first = _counting("a", "en", "Ilda Marquet", said, ("4.5 percent", 4.5, "%"))
    second = _counting("b", "en", "Ilda Marquet", one, other)
    found = [[drift for drift, _ in group] for group in _matched(first, second)]
    assert found == ([] if drift == "none" else [["verbatim", drift or "verbatim"]])


@pytest.mark.parametrize(
    ("lang", "words", "number"),
    [
        ("en", "an appeal within 21 days", ("21 days", 21, "day")),
        ("fr", "un appel dans les vingt et un jours", ("vingt et un jours", 21, "jour")),
    ],
)
def test_a_stretch_of_time_that_says_when_makes_no_figure(
    lang: str, words: str, number: tuple[str, float, str]
) -> None:
    one = _counting("a", lang, "Ilda Marquet", words, number)
    told = "an appeal would be lodged within 21 days"
    two = _counting("b", "en", "Ilda Marquet", told, ("21 days", 21, "day"))
    assert [len(group) for group in _matched(one, two)] == [2]


def test_a_short_quotation_is_a_part_of_a_longer_one_word_for_word() -> None:
    aside: tuple[str, str, AttributionType] = ("Hugo Brandt", "le toit sera refait avant l’hiver", "indirect")
    long = "On ne va pas compter les mouettes, mais on a triché"
    one = _article("a", "fr", "Le Fil", ("Ilda Marquet", long, "direct"), aside)
    two = _article("b", "fr", "La Voix", ("Ilda Marquet", "On a triché", "direct"))
    other = _article("b", "fr", "La Voix", ("Ilda Marquet", "On a dormi", "direct"))
    assert [[drift for drift, _ in group] for group in _matched(one, two)] == [["verbatim", "trimmed"]]
    assert _matched(one, other) == []


def test_a_number_that_the_other_has_nothing_to_set_against_parts_nobody() -> None:
    one = _counting(
        "a",
        "fr",
        "Ilda Marquet",
        "le port de Sonde devra payer une amende de 170 000 euros, dont 50 000 avec sursis, et fermer un quai",
        ("170 000 euros", 170000, "EUR"),
        ("50 000", 50000, "EUR"),
    )
    two = _counting(
        "b",
        "en",
        "Ilda Marquet",
        "the port of Sonde must pay a fine of 170,000 euros, a third of it suspended, and close one quay",
        ("170,000 euros", 170000, "EUR"),
        ("a third", 0.3333, "ratio"),
        ("one quay", 1, "quay"),
    )
    assert [len(group) for group in _matched(one, two)] == [2]
