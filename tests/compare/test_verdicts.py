"""Verdicts on small questions: rounding, updates, conflicts, and where nobody can tell."""

from __future__ import annotations

import pytest

from recoupe.compare.quantities import fits
from recoupe.model import Article, Modifier, Reading, Story
from tests.compare import steps
from tests.compare.numbered import figures, only, reading


def _fire(name: str, count: int, published: str | None, words: str = "L'incendie de Valmont a détruit") -> Reading:
    return reading(
        name, f"{words} {count} maisons du village.", {f"{count} maisons": (count, "maison")}, published=published
    )


@pytest.mark.parametrize(
    ("one", "other", "first", "second", "fit"),
    [
        (68.0, 68.4, None, None, True),
        (68.0, 69.0, None, None, False),
        (30.0, 31.0, "about", None, True),
        (30.0, 44.0, "about", None, False),
        (1000.0, 1200.0, "more than", None, True),
        (1200.0, 1000.0, "more than", None, False),
        (300000.0, 310000.0, "more than", None, True),
        (300000.0, 310000.0, None, None, False),
        (5.0, 4.0, "less than", None, True),
        (0.0, 0.0, None, None, True),
    ],
)
def test_rounding_and_hedges(
    one: float, other: float, first: Modifier | None, second: Modifier | None, fit: bool
) -> None:
    assert fits(one, other, first, second) is fit
    assert fits(other, one, second, first) is fit


def test_a_later_count_replaces_an_earlier_one() -> None:
    figure = only(_fire("a", 12, "2025-07-01T08:00"), _fire("b", 19, "2025-07-01T17:00"))
    assert figure.verdict == "update"
    assert figure.reason == "later replaces earlier: 12 maisons (a, 2025-07-01T08:00), 19 maisons (b, 2025-07-01T17:00)"


def test_without_dates_nobody_can_tell() -> None:
    assert only(_fire("a", 12, "2025-07-01"), _fire("b", 19, None)).verdict == "cannot tell"


def test_two_sources_side_by_side_conflict() -> None:
    text = "Le chantier aurait coûté 4,1 millions d'euros selon la mairie, 6,5 millions d'euros selon l'opposition."
    numbers = {"4,1 millions d'euros": (4.1e6, "EUR"), "6,5 millions d'euros": (6.5e6, "EUR")}
    said = {"Le chantier aurait coûté 4,1 millions d'euros": "la mairie", "6,5 millions d'euros": "l'opposition"}
    figure = only(reading("a", text, numbers, said=said))
    assert figure.verdict == "conflict"
    assert [o.according_to for o in figure.occurrences] == ["la mairie", "l'opposition"]


def test_a_forecast_revised_is_an_update() -> None:
    text = "La banque attend une croissance de 1,2 % cette année, contre 1,6 % dans ses prévisions de mars."
    figure = only(reading("a", text, {"1,2 %": (1.2, "%"), "1,6 %": (1.6, "%")}))
    assert figure.verdict == "update"


def test_two_sides_of_a_vote_are_two_questions() -> None:
    text = "La motion a été adoptée par 31 voix contre 12 au conseil."
    counted = reading("a", text, {"31 voix": (31, "voix"), "12": (12, "voix")})
    assert steps.figures([counted], [Story("s", ("a",))], ()) == ()


def test_a_part_and_its_whole_are_two_questions() -> None:
    one = reading(
        "a",
        "Il a été condamné à quatre ans de prison, dont deux avec sursis.",
        {"quatre ans": (4, "an"), "deux": (2, "an")},
    )
    other = reading(
        "b",
        "He was sentenced to four years in prison, two of them suspended.",
        {"four years": (4, "year"), "two": (2, "year")},
        lang="en",
    )
    found = steps.figures([one, other], [Story("s", ("a", "b"))], ())
    assert sorted((f.verdict, {o.value for o in f.occurrences}.pop()) for f in found) == [("agree", 2), ("agree", 4)]


def test_units_are_converted() -> None:
    one = reading(
        "a", "Les habitants sont confinés dans un rayon de 3,2 km autour de l'usine.", {"3,2 km": (3.2, "km")}
    )
    other = reading(
        "b",
        "Residents are confined within a radius of two miles around the plant.",
        {"two miles": (2, "mile")},
        lang="en",
    )
    figure = only(one, other)
    assert figure.verdict == "agree"
    assert [o.unit for o in figure.occurrences] == ["km", "km"]


def test_a_title_against_its_text_conflicts() -> None:
    bare = _fire("a", 12, "2025-07-01")
    titled = Reading(
        Article("a", bare.text, title="Valmont : 21 maisons détruites", lang="fr", published="2025-07-01"),
        (),
        bare.quantities,
    )
    figure = only(titled)
    assert figure.verdict == "conflict"
    first = figure.occurrences[0]
    assert (first.in_title, first.value, first.span.of(titled.article.title)) == (True, 21.0, "21 maisons")


@pytest.mark.parametrize(
    ("one", "first", "other", "second", "lang"),
    [
        (
            "Des rafales à 120 km/h ont été mesurées à Brenac.",
            120,
            "Des rafales à 131 km/h ont été mesurées à Torvel.",
            131,
            "fr",
        ),
        (
            "Des rafales à 120 km/h ont été mesurées à Brenac.",
            120,
            "Gusts of 131 km/h were measured in Torvel.",
            131,
            "en",
        ),
        ("Gusts of 120 km/h were measured in Brenac.", 120, "Gusts of 131 km/h were measured in Torvel.", 131, "en"),
    ],
)
def test_the_same_measure_in_two_places_is_two_questions(
    one: str, first: int, other: str, second: int, lang: str
) -> None:
    here = "en" if one.startswith("Gusts") else "fr"
    left = reading("a", one, {f"{first} km/h": (first, "km/h")}, published="2025-02-01", lang=here)
    right = reading("b", other, {f"{second} km/h": (second, "km/h")}, published="2025-02-01", lang=lang)
    assert steps.figures([left, right], [Story("s", ("a", "b"))]) == ()


def test_the_same_measure_in_one_place_is_one_question() -> None:
    one = reading(
        "a", "Des rafales à 120 km/h ont été mesurées à Brenac.", {"120 km/h": (120, "km/h")}, published="2025-02-01"
    )
    other = reading(
        "b",
        "Gusts of 131 km/h were measured in Brenac.",
        {"131 km/h": (131, "km/h")},
        published="2025-02-01",
        lang="en",
    )
    assert only(one, other).verdict in ("conflict", "cannot tell")


@pytest.mark.parametrize(
    ("one", "first", "other", "second", "lang"),
    [
        (
            "La cour l'a condamnée à cinq ans de prison.",
            "cinq ans",
            "Six ans lui ont été infligés par la cour.",
            "Six ans",
            "fr",
        ),
        (
            "La cour l'a condamnée à cinq ans de prison.",
            "cinq ans",
            "The court jailed her for six years.",
            "six years",
            "en",
        ),
        (
            "Le train est arrivé avec trois heures de retard.",
            "trois heures",
            "Le train avait quatre heures de retard à l'arrivée.",
            "quatre heures",
            "fr",
        ),
        (
            "La coupure a duré trois heures, selon la régie.",
            "trois heures",
            "The outage lasted five hours in the end.",
            "five hours",
            "en",
        ),
    ],
)
def test_durations_of_one_thing_are_one_question(one: str, first: str, other: str, second: str, lang: str) -> None:
    words = {"cinq": 5, "six": 6, "trois": 3, "quatre": 4, "five": 5}
    units = {"ans": "an", "heures": "heure", "hours": "hour", "years": "year"}

    def number(text: str) -> tuple[float, str]:
        count, noun = text.lower().split()
        return words[count], units[noun]

    left = reading("a", one, {first: number(first)}, published="2025-02-01")
    right = reading("b", other, {second: number(second)}, published="2025-02-01", lang=lang)
    assert only(left, right).verdict in ("conflict", "cannot tell")


def test_durations_of_two_things_are_two_questions() -> None:
    one = reading("a", "La cour l'a condamnée à cinq ans de prison.", {"cinq ans": (5, "an")}, published="2025-02-01")
    other = reading("b", "Elle a dirigé la caisse pendant six ans.", {"six ans": (6, "an")}, published="2025-02-01")
    assert steps.figures([one, other], [Story("s", ("a", "b"))]) == ()


@pytest.mark.parametrize(
    ("one", "other", "lang", "nouns"),
    [
        (
            "Le conseil a adopté le budget par 19 voix contre 11.",
            "Le budget est adopté, 18 voix contre 12.",
            "fr",
            ("voix", "voix"),
        ),
        (
            "Le conseil a adopté le budget par 19 voix contre 11.",
            "The council passed the budget by 18 votes to 12.",
            "en",
            ("voix", "vote"),
        ),
        (
            "Le conseil a adopté le budget par 19 voix contre 11.",
            "Eighteen members backed the budget and 12 opposed it.",
            "en",
            ("voix", "member"),
        ),
        (
            "Le conseil a adopté le budget par 19 voix contre 11.",
            "18 membres ont voté pour le budget et 12 contre.",
            "fr",
            ("voix", "membre"),
        ),
    ],
)
def test_a_tally_answers_two_questions(one: str, other: str, lang: str, nouns: tuple[str, str]) -> None:
    head = "Eighteen members" if "Eighteen" in other else f"18 {other.split('18 ')[1].split()[0]}".rstrip(",")
    left = reading("a", one, {"19 voix": (19, nouns[0]), "11": (11, nouns[0])}, published="2025-02-01")
    right = reading("b", other, {head: (18, nouns[1]), "12": (12, nouns[1])}, published="2025-02-01", lang=lang)
    found = steps.figures([left, right], [Story("s", ("a", "b"))])
    assert sorted(sorted(o.value for o in f.occurrences) for f in found) == [[11, 12], [18, 19]]


def test_the_sentences_of_two_persons_are_two_questions() -> None:
    one = reading(
        "a",
        "Jean Brunel et Paul Vidal étaient jugés mardi. Jean Brunel a été condamné à cinq ans de prison.",
        {"cinq ans": (5, "an")},
        published="2025-02-01",
    )
    other = reading(
        "b",
        "Paul Vidal et Jean Brunel étaient jugés mardi. Paul Vidal a été condamné à trois ans de prison.",
        {"trois ans": (3, "an")},
        published="2025-02-01",
    )
    assert steps.figures([one, other], [Story("s", ("a", "b"))]) == ()


def test_a_number_amid_other_votes_is_no_side() -> None:
    one = reading("a", "La grippe a fait 12 morts contre 8 la veille.", {"12 morts": (12, "mort"), "8": (8, "mort")})
    other = reading(
        "b", "The flu killed 12 people, against 8 the day before.", {"12 people": (12, "person")}, lang="en"
    )
    found = steps.figures([one, other], [Story("s", ("a", "b"))])
    assert [f.verdict for f in found if {o.article for o in f.occurrences} == {"a", "b"}] in (["agree"], ["update"])


@pytest.mark.parametrize(
    ("other", "verdict"),
    [
        ("Access to the lagoon will cost the league €36 million a year.", "conflict"),
        ("Access to the lagoon will cost the league €36 million a month.", None),
    ],
)
def test_sums_of_one_rate_are_one_question_and_of_two_are_two(other: str, verdict: str | None) -> None:
    text = "La ligue versera 34 millions d'euros par an pour l'accès à la lagune."
    one = reading("a", text, {"34 millions d'euros": (34e6, "EUR")}, published="2025-02-01")
    same = reading("c", text, {"34 millions d'euros": (34e6, "EUR")}, published="2025-02-01")
    sum_ = reading("b", other, {"€36 million": (36e6, "EUR")}, published="2025-02-01", lang="en")
    found = steps.figures([one, same, sum_], [Story("s", ("a", "b", "c"))])
    assert [f.verdict for f in found if "b" in {o.article for o in f.occurrences}] == ([verdict] if verdict else [])


@pytest.mark.parametrize(
    ("text", "number", "lang"),
    [
        ("The number of people hurt when the ferry ran aground off Sonde has risen to 27.", "27", "en"),
        ("The toll of people killed in the fire at the mill near Brume now stands at 27.", "27", "en"),
        ("Le nombre de personnes blessées dans l’accident de mardi près de Torvel est passé à 27.", "27", "fr"),
        ("Le bilan des personnes tuées dans l’incendie de mardi au moulin de Brume est de 27.", "27", "fr"),
    ],
)
def test_a_number_far_from_its_head_is_that_measures(text: str, number: str, lang: str) -> None:
    word = next(w for w in ("hurt", "killed", "blessées", "tuées") if w in text)
    early = {
        "en": f"Nineteen people were {word} when it happened off Sonde near the mill at Brume.",
        "fr": f"Dix-neuf personnes ont été {word} mardi près de Torvel, au moulin de Brume.",
    }[lang]
    first = {"en": "Nineteen people", "fr": "Dix-neuf personnes"}[lang]
    noun = {"en": "person", "fr": "personne"}[lang]
    one = reading("a", early, {first: (19, noun)}, published="2025-02-01", lang=lang)
    two = reading("b", text, {number: (27, noun)}, published="2025-02-03", lang=lang)
    assert only(one, two).verdict == "update"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("La direction admet que 52 % des agents étaient en grève le premier jour, et non 38 %.", "fr"),
        ("La direction reconnaît 52 % de grévistes dans tout l’hôpital mardi, pas 38 %.", "fr"),
        ("Management admits that 52 % of the staff walked out on the first day, and not 38 %.", "en"),
        ("Management now says 52 % of the staff had walked out by Tuesday noon, not 38 %.", "en"),
    ],
)
def test_a_number_denied_next_to_another_is_set_against_it(text: str, lang: str) -> None:
    found = reading("a", text, {"52 %": (52, "%"), "38 %": (38, "%")}, published="2025-02-01", lang=lang)
    assert only(found).verdict == "conflict"


@pytest.mark.parametrize(
    ("second", "number", "noun", "together"),
    [
        ("la direction évalue la participation à 38 %", "38 %", "%", True),
        ("la police évalue la participation à 38 %", "38 %", "%", True),
        ("la mairie compte 38 parents devant la grille", "38 parents", "parent", False),
    ],
)
def test_an_answer_may_open_the_next_paragraph(second: str, number: str, noun: str, together: bool) -> None:
    first = "85 % des agents ont cessé le travail, selon le syndicat."
    who = " ".join(second.split()[:2])
    said = {"85 % des agents ont cessé le travail": "le syndicat", second[len(who) + 1 :].split(" ", 1)[1]: who}
    text = f"{first}\n\n{second[0].upper()}{second[1:]}."
    numbers = {"85 %": (85.0, "%"), number: (38.0, noun)}
    found = reading("a", text, numbers, published="2025-02-01", said=said)
    assert bool(steps.figures([found], [Story("s", ("a",))])) == together


def test_an_old_count_copied_cut_short_is_no_later_count() -> None:
    copy = "The storm crossed the island on Monday and cut power to 4,000 homes"
    figure = only(
        reading(
            "a",
            f"{copy}, the grid operator of Sonde said.",
            {"4,000 homes": (4000.0, "home")},
            published="2025-07-01",
            lang="en",
        ),
        reading(
            "b",
            "The storm cut power to 6,500 homes, the operator said later.",
            {"6,500 homes": (6500.0, "home")},
            published="2025-07-02",
            lang="en",
        ),
        reading("c", f"{copy}.", {"4,000 homes": (4000.0, "home")}, published="2025-07-03", lang="en"),
    )
    assert figure.verdict == "update"


def _clash(
    text: str, numbers: dict[str, tuple[float, str | None]], said: dict[str, str], lang: str = "en"
) -> list[str]:
    """The verdicts with their numbers, of one article."""
    found = figures(reading("a", text, numbers, said=said, lang=lang, published="2025-07-01"))
    return sorted(f"{f.verdict}: {', '.join(f'{o.value:g}' for o in f.occurrences)}" for f in found)


def test_each_armys_own_dead_are_two_questions_and_its_rivals_count_of_them_a_conflict() -> None:
    ours = "Noria's army said six of its soldiers were killed and 90 Tasvian fighters killed"
    theirs = "Tasvia's command put its own dead at four and said 31 Norians were killed"
    numbers: dict[str, tuple[float, str | None]] = {
        "six of its soldiers": (6.0, "soldier"),
        "90 Tasvian fighters": (90.0, "Tasvian fighter"),
        "four": (4.0, "dead"),
        "31 Norians": (31.0, "Norian"),
    }
    said = {ours: "Noria's army", theirs: "Tasvia's command"}
    assert _clash(f"{ours}. {theirs}.", numbers, said) == ["conflict: 6, 31", "conflict: 90, 4"]


@pytest.mark.parametrize(
    ("one", "other", "lang", "expected"),
    [
        (
            "Au moins 14 personnes ont été tuées dans la mine, a dit le ministère.",
            "Les familles attendaient mercredi devant la grille. Le syndicat, lui, conteste et recense 37 morts.",
            "fr",
            ["conflict: 14, 37"],
        ),
        (
            "At least 14 people were killed in the mine, the ministry said.",
            "Relatives waited at the gate for hours. But the union counted 37 dead.",
            "en",
            ["conflict: 14, 37"],
        ),
        (  # another place
            "At least 14 people were killed in Brume, the ministry said.",
            "Relatives waited at the gate for hours. But the union counted 37 dead in Valmont.",
            "en",
            [],
        ),
        (  # nothing disputes the first
            "At least 14 people were killed in the mine, the ministry said.",
            "Relatives waited at the gate for hours. A fire has left 37 dead, the union said.",
            "en",
            [],
        ),
        (  # another measure
            "At least 14 people were killed in the mine, the ministry said.",
            "Relatives waited at the gate for hours. But the union counted 37 wounded.",
            "en",
            [],
        ),
    ],
)
def test_sources_that_dispute_a_count_a_few_sentences_on_conflict(
    one: str, other: str, lang: str, expected: list[str]
) -> None:
    last = next(w for w in ("37 morts", "37 dead", "37 wounded") if w in other)
    first = "14 personnes" if lang == "fr" else "14 people"
    numbers: dict[str, tuple[float, str | None]] = {
        first: (14.0, "personne" if lang == "fr" else "person"),
        last: (37.0, last.split()[1]),
    }
    said = {one: "le ministère", other.partition(". ")[2]: "le syndicat"}
    assert _clash(f"{one}\n\n{other}", numbers, said, lang) == expected


@pytest.mark.parametrize(
    ("second", "number", "expected"),
    [
        ("The pilots' union says a mast of its own on the same quay measured 172.", "172", ["conflict: 150, 172"]),
        ("The pilots' union says the cranes are allowed no more than 72.", "72", []),
        ("The pilots' union says the tug was built for seas whipped up by 172 km/h.", "172 km/h", []),
    ],
)
def test_a_number_that_leaves_its_unit_to_anothers_answers_it(second: str, number: str, expected: list[str]) -> None:
    first = "The port recorded gusts of 150 km/h before dawn."
    numbers: dict[str, tuple[float, str | None]] = {
        "150 km/h": (150.0, "km/h"),
        number: (float(number.split()[0]), "km/h"),
    }
    assert _clash(f"{first} {second}", numbers, {first: "the port", second: "the pilots' union"}) == expected
