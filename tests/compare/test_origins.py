"""Origins: whom a claim comes from, how many of them there are, and what each edge rests on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.compare.identities import is_unnamed
from recoupe.model import (
    Attribution,
    Credit,
    Figure,
    FigureOccurrence,
    Occurrence,
    Origins,
    Passage,
    Reading,
    Reuse,
    Story,
    Utterance,
)
from recoupe.text import Span
from tests.compare import steps
from tests.compare.press import find, reading


def telling(
    ident: str,
    outlet: str,
    day: int,
    *says: tuple[str, str | None],
    credited: tuple[tuple[str, str], ...] = (),
    lang: str = "fr",
) -> Reading:
    """An article made of sentences, each (sentence, who says it)."""
    text = " ".join(sentence for sentence, _ in says)
    base = reading(ident, text, outlet=outlet, published=f"2025-03-{day:02d}", credited=credited, lang=lang)
    said = tuple(
        Attribution("indirect", (find(text, sentence),), source=find(text, who), speaker=who)
        for sentence, who in says
        if who is not None
    )
    return Reading(base.article, attributions=said, credits=base.credits)


def figure(*places: tuple[Reading, str, float, str | None]) -> Figure:
    """A figure: (article, the number as written, value, according to)."""
    return Figure(
        "f",
        "s",
        "disparus",
        "agree",
        tuple(
            FigureOccurrence(r.id, find(r.text, raw), 0, value, "disparu", None, who) for r, raw, value, who in places
        ),
    )


def traced(readings: list[Reading], claim: Utterance | Figure, reuse: tuple[Reuse, ...] = ()) -> Origins:
    story = Story("s", tuple(sorted(r.id for r in readings)))
    said, counted = ((claim,), ()) if isinstance(claim, Utterance) else ((), (claim,))
    (found,), _ = steps.origins(readings, [story], said, counted, reuse)
    return found


def said(speaker: str | None, *places: Reading) -> Utterance:
    occurrences = tuple(
        Occurrence(r.id, r.attributions[0].content, 0, r.attributions[0].speaker, "verbatim") for r in places
    )
    return Utterance("u", "s", speaker, occurrences)


A = telling("a", "Le Lien", 4, ("Selon la préfecture, 17 personnes ont disparu.", "la préfecture"))
B = telling("b", "The Herald", 5, ("The prefect said 17 people were missing.", "The prefect"))
C = telling("c", "Le Phare", 5, ("Odette Marivaux parle de 19 disparus.", "Odette Marivaux"))


def test_a_body_and_who_holds_it_are_one_origin_across_languages() -> None:
    found = traced(
        [A, B, C],
        figure((A, "17", 17, "la préfecture"), (B, "17", 17, "The prefect"), (C, "19", 19, "Odette Marivaux")),
    )
    assert found.origins == ("préfecture", "Odette Marivaux")
    assert (found.at_least, found.at_most) == (2, 2)


def test_a_copy_adds_no_origin_even_where_it_changes_the_name() -> None:
    copied = telling("d", "Le Lien du Soir", 6, ("Selon nos confrères, 17 personnes ont disparu.", "nos confrères"))
    whole = Reuse(
        "a",
        "d",
        (Passage(Span(0, len(A.text)), Span(0, len(copied.text))),),
        1.0,
        False,
        "published earlier: 08:00 before 09:00",
    )
    claim = figure((A, "17", 17, "la préfecture"), (copied, "17", 17, "Police nationale"))
    assert traced([A, copied], claim, (whole,)).origins == ("préfecture",)
    assert len(traced([A, copied], claim).origins) == 2


def test_a_general_description_goes_to_who_gives_the_same_number() -> None:
    named = telling("a", "Le Lien", 4, ("Solverre stockait 300 tonnes.", "Solverre"))
    vague = telling("b", "Le Phare", 5, ("La direction parle de 300 tonnes.", "La direction"))
    other = telling("c", "Le Jour", 5, ("Odette Marivaux parle de 750 tonnes.", "Odette Marivaux"))
    claim = figure(
        (named, "300", 300, "Solverre"), (vague, "300", 300, "La direction"), (other, "750", 750, "Odette Marivaux")
    )
    assert traced([named, vague, other], claim).origins == ("Solverre", "Odette Marivaux")


def test_an_office_without_a_name_goes_to_the_person_who_gives_the_same_number() -> None:
    person = telling("a", "Le Lien", 4, ("Alain Soubrac confirme 17 disparus.", "Alain Soubrac"))
    office = telling("b", "Le Phare", 5, ("Le procureur parle de 17 disparus.", "Le procureur"))
    body = telling("c", "Le Jour", 5, ("La mairie parle de 17 disparus.", "La mairie"))
    claim = figure(
        (person, "17", 17, "Alain Soubrac"), (office, "17", 17, "Le procureur"), (body, "17", 17, "La mairie")
    )
    assert traced([person, office, body], claim).origins == ("Alain Soubrac", "mairie")


def test_a_speaker_is_the_origin_of_what_he_says_whoever_reports_it() -> None:
    assert traced([A, C], said("Odette Marivaux", C, A)).origins == ("Odette Marivaux",)


def test_an_unnamed_source_makes_the_agency_it_spoke_to_the_origin() -> None:
    text = "Une source proche du dossier citée par l’Agence Ponant évoque un câble scié."
    one = telling("a", "Le Lien", 4, (text, "Une source proche du dossier"), credited=(("Agence Ponant", "agency"),))
    two = telling("b", "Le Phare", 5, (text, "Une source proche du dossier"), credited=(("Agence Ponant", "agency"),))
    found = traced([one, two], said("Une source proche du dossier", one, two))
    assert (found.origins, found.reason) == (("Agence Ponant",), "unnamed source told: Agence Ponant")


def test_an_unnamed_source_that_nobody_is_credited_for_is_the_first_carriers() -> None:
    one = telling("a", "Le Lien", 5, ("Un pêcheur raconte avoir entendu craquer.", "Un pêcheur"))
    two = telling("b", "Le Phare", 4, ("Un pêcheur raconte avoir entendu craquer.", "Un pêcheur"))
    found = traced([one, two], said("Un pêcheur", one, two))
    assert (found.origins, found.at_least, found.at_most) == (("Le Phare",), 1, 2)


def test_numbers_that_nobody_claims_leave_an_interval() -> None:
    silent = telling("d", "Le Jour", 6, ("Il y a 17 disparus.", None))
    found = traced([A, silent], figure((A, "17", 17, "la préfecture"), (silent, "17", 17, None)))
    assert (found.origins, found.at_least, found.at_most) == (("préfecture",), 1, 2)


def test_an_article_that_opens_with_its_own_information_is_the_origin_of_its_numbers() -> None:
    own = telling(
        "a", "Le Lien", 4, ("Le Lien l’a appris : il y a 17 disparus.", None), credited=(("Le Lien", "outlet"),)
    )
    assert traced([own], figure((own, "17", 17, None))).origins == ("Le Lien",)


def test_an_outlet_that_names_its_source_in_its_own_article_is_a_relay() -> None:
    relay = telling("d", "Le Jour", 6, ("Selon Le Lien, 17 personnes ont disparu.", "Le Lien"))
    claim = figure((A, "17", 17, "la préfecture"), (relay, "17", 17, "Le Lien"))
    assert traced([A, relay], claim).origins == ("préfecture",)


@pytest.mark.parametrize(
    ("lang", "told", "relayed"),
    [
        ("en", "a deckhand told The Skerry Post it was 3 times", "Three times, according to La Vigie"),
        ("en", "3 times, a deckhand told The Skerry Post", "La Vigie speaks of three times"),
        ("fr", "un matelot parle de 3 pannes à The Skerry Post", "La Vigie fait état de trois pannes"),
        ("fr", "selon The Skerry Post, un matelot compte 3 pannes", "trois pannes, selon La Vigie"),
    ],
)
def test_an_outlet_that_has_it_from_another_hands_on_the_others(lang: str, told: str, relayed: str) -> None:
    who = "a deckhand" if lang == "en" else "un matelot"
    first = telling("a", "The Skerry Post", 1, ("A deckhand counts 3 of them.", "A deckhand"), lang="en")
    second = telling("b", "La Vigie", 2, (told, who), credited=(("The Skerry Post", "outlet"),), lang=lang)
    third = telling("c", "The Tide", 3, (relayed, "La Vigie"), credited=(("La Vigie", "outlet"),), lang=lang)
    number = "Three" if "Three" in relayed else "three" if "three" in relayed else "trois"
    claim = figure((first, "3", 3, "a deckhand"), (second, "3", 3, who), (third, number, 3, "La Vigie"))
    assert traced([first, second, third], claim).origins == ("The Skerry Post",)


def test_the_graph_says_what_each_edge_rests_on() -> None:
    relay = telling(
        "d", "Le Jour", 6, ("Selon Le Lien, 17 personnes ont disparu.", "Le Lien"), credited=(("Le Lien", "outlet"),)
    )
    copied = Reuse("a", "d", (Passage(Span(0, 5), Span(0, 5)),), 0.5, True, "published earlier: 08:00 before 09:00")
    story = Story("s", ("a", "d"))
    _, edges = steps.origins([A, relay], [story], [], [figure((A, "17", 17, "la préfecture"))], [copied])
    assert {(e.article, e.rests_on, e.kind, e.claim) for e in edges} == {
        ("a", "la préfecture", "speaker", "f"),
        ("d", "a", "credit", None),
        ("d", "a", "reuse", None),
    }
    assert all(e.reason for e in edges)


def test_articles_that_rest_on_one_another_are_shown_as_a_circle() -> None:
    one = telling("a", "Le Lien", 4, ("Le Jour l’écrit.", None), credited=(("Le Jour", "outlet"),))
    two = telling("b", "Le Jour", 5, ("Le Phare l’écrit.", None), credited=(("Le Phare", "outlet"),))
    three = telling("c", "Le Phare", 5, ("Le Lien l’écrit.", None), credited=(("Le Lien", "outlet"),))
    outside = telling("d", "Le Soir", 6, ("Le Lien l’écrit.", None), credited=(("Le Lien", "outlet"),))
    story = Story("s", ("a", "b", "c", "d"))
    _, edges = steps.origins([one, two, three, outside], [story], [], [], [])
    circular = {(e.article, e.rests_on) for e in edges if e.reason.startswith("circular; credits: ")}
    assert circular == {("a", "b"), ("b", "c"), ("c", "a")}
    assert len(edges) == 4


@pytest.mark.parametrize(
    ("name", "unnamed"),
    [
        ("un conducteur de 44 ans", True),
        ("a member of staff", True),
        ("la préfète", False),
        ("Une élue, Odette Marivaux", False),
    ],
)
def test_unnamed_sources(name: str, unnamed: bool) -> None:
    assert is_unnamed(name) is unnamed


def test_full_names_stand_for_their_initials() -> None:
    short = telling("a", "Le Lien", 4, ("La CTR compte 300 grévistes.", "CTR"))
    full = telling("b", "Le Jour", 4, ("La Confédération du travail rural dit 300.", "Confédération du travail rural"))
    claim = figure((short, "300", 300, "CTR"), (full, "300", 300, "CTR"))
    assert traced([short, full], claim).origins == ("Confédération du travail rural",)
    assert traced([short, full], figure((short, "300", 300, "CTR"))).origins == ("CTR",)


def test_descriptions_in_two_languages_that_give_one_number_are_one_origin() -> None:
    one = telling("a", "The Herald", 4, ("The vandals claim 17 doors.", "The vandals"), lang="en")
    two = telling("b", "Le Phare", 5, ("Les casseurs revendiquent 17 portes.", "Les casseurs"))
    three = telling("c", "Le Jour", 5, ("Les promeneurs ont vu 17 portes.", "Les promeneurs"))
    claim = figure((one, "17", 17, "The vandals"), (two, "17", 17, "Les casseurs"))
    assert traced([one, two], claim).origins == ("vandals",)
    claim = figure((two, "17", 17, "Les casseurs"), (three, "17", 17, "Les promeneurs"))
    assert traced([two, three], claim).origins == ("casseurs", "promeneurs")


@pytest.mark.parametrize(
    "naming", ["The vandals, who call themselves Rook, wrote", "The vandals, known as “Rook”, wrote"]
)
def test_a_description_takes_the_name_that_an_article_gives_it(naming: str) -> None:
    plain = telling("a", "The Herald", 4, ("“We will be back,” the vandals wrote.", "the vandals"))
    named = telling("b", "The Post", 5, (naming + " again.", None))
    assert traced([plain, named], said("the vandals", plain)).origins == ("Rook",)
    assert traced([plain], said("the vandals", plain)).origins == ("vandals",)


def spoken(source: str, name: str) -> tuple[Reading, Reading]:
    text = f"Il manque 17 grilles, dit {source}."
    base = reading("b", text, outlet="Le Jour", published="2025-03-05")
    told = Attribution("indirect", (find(text, "17 grilles"),), source=find(text, source), speaker=name)
    return telling("a", "Le Lien", 4, ("Le SGR compte 17 grilles.", "SGR")), Reading(base.article, attributions=(told,))


@pytest.mark.parametrize(
    ("source", "one"),
    [
        ("le secrétaire du syndicat SGR, Fabrice Nollet", True),
        ("Fabrice Nollet, du SGR", True),
        ("Fabrice Nollet, délégué SGR chez Montelac", True),
        ("le directeur de Montelac, Fabrice Nollet", False),
        ("Fabrice Nollet, directeur, opposé face au SGR", False),
    ],
)
def test_who_speaks_for_a_body_is_one_origin_with_it(source: str, one: bool) -> None:
    body, person = spoken(source, "Fabrice Nollet")
    claim = figure((body, "17", 17, "SGR"), (person, "17", 17, "Fabrice Nollet"))
    assert len(traced([body, person], claim).origins) == (1 if one else 2)


def test_its_secretary_speaks_for_the_body_just_named() -> None:
    text = "The guards’ union, the SGR, speaks of 17. “It is 17 and no less,” said its secretary, Ada Fell."
    base = reading("a", text, lang="en", outlet="The Post", published="2025-03-04")
    both = Reading(
        base.article,
        attributions=(
            Attribution("indirect", (find(text, "17"),), source=find(text, "the SGR"), speaker="SGR"),
            Attribution(
                "direct", (find(text, "17 and no"),), source=find(text, "its secretary, Ada Fell"), speaker="Ada Fell"
            ),
        ),
    )
    assert traced([both], figure((both, "17", 17, "SGR"), (both, "17 and", 17, "Ada Fell"))).origins == ("SGR",)


def test_a_figure_in_titles_only_cannot_be_traced() -> None:
    titled = reading("a", "Rien.", title="17 disparus", outlet="Le Lien")
    place = FigureOccurrence("a", Span(0, 2), None, 17, "disparu", in_title=True)
    found = traced([titled], Figure("f", "s", "disparus", "agree", (place,)))
    assert (found.origins, found.at_least, found.at_most) == ((), 1, 1)
    assert found.reason == "cannot tell: in titles only"


def test_an_agency_that_signs_is_its_outlet_and_the_origin_of_what_nobody_claims() -> None:
    text = "VALLORME (ATA) - Il y a 17 disparus."
    own = reading("a", text, outlet="Agence Transalpe", published="2025-03-04", credited=(("ATA", "agency"),))
    found = traced([own], figure((own, "17", 17, "ATA")))
    assert (found.origins, found.reason) == (
        ("Agence Transalpe",),
        "no source named, first reported by: Agence Transalpe",
    )
    client = reading("b", text, outlet="Le Lien", published="2025-03-04", credited=(("ATA", "agency"),))
    assert traced([client], figure((client, "17", 17, None))).origins == ("ATA",)


def test_an_agency_passes_on_what_the_body_itself_says() -> None:
    relay = telling("d", "Le Jour", 6, ("Selon Ponant, 17 manquent.", "Ponant"), credited=(("Ponant", "agency"),))
    scoop = telling("e", "Le Soir", 6, ("Selon Le Phare, 17 manquent.", "Le Phare"), credited=(("Le Phare", "outlet"),))
    claim = figure((A, "17", 17, "la préfecture"), (relay, "17", 17, "Ponant"))
    assert traced([A, relay], claim).origins == ("préfecture",)
    claim = figure((A, "17", 17, "la préfecture"), (scoop, "17", 17, "Le Phare"))
    assert traced([A, scoop], claim).origins == ("préfecture", "Le Phare")


@pytest.mark.parametrize(
    ("value", "count", "origins"),
    [(224, 226, ("préfecture", "Ponant")), (297, 300, ("préfecture",)), (1234, 1230, ("préfecture",))],
)
def test_an_agency_whose_number_is_no_rounding_of_the_other_passes_nothing_on(
    value: float, count: float, origins: tuple[str, ...]
) -> None:
    own = telling("a", "Le Lien", 4, (f"Selon la préfecture, {value} personnes votent.", "la préfecture"))
    sold = telling("d", "Le Jour", 6, (f"Selon Ponant, {count} votent.", "Ponant"), credited=(("Ponant", "agency"),))
    claim = figure((own, str(value), value, "la préfecture"), (sold, str(count), count, "Ponant"))
    assert traced([own, sold], claim).origins == origins


def test_a_chain_of_credits_ends_with_who_has_it_from_nobody() -> None:
    """Also where the middle one's own words are not read, and where the first later quotes the second as proof."""
    unnamed = "Un pêcheur"
    first = telling("a", "Le Lien", 4, ("Un pêcheur raconte avoir entendu craquer.", unnamed))
    middle = telling("b", "The Post", 5, ("It creaked, Le Lien writes.", None), credited=(("Le Lien", "outlet"),))
    last = telling(
        "c", "Le Jour", 6, ("Un pêcheur, cité par The Post, a entendu.", unnamed), credited=(("The Post", "outlet"),)
    )
    assert traced([first, middle, last], said(unnamed, last, first)).origins == ("Le Lien",)
    again = telling(
        "d", "Le Lien", 7, ("Un pêcheur, cité par Le Jour, a entendu.", unnamed), credited=(("Le Jour", "outlet"),)
    )
    assert traced([first, middle, last, again], said(unnamed, last, first, again)).origins == ("Le Lien",)


def test_own_information_covers_what_stands_by_it() -> None:
    text = "Le Lien l’a appris : le pont ferme.\n\nIl y a 17 ouvriers.\n\nLe bourg est triste.\n\nOn compte 40 maisons."
    own = reading("a", text, outlet="Le Lien", credited=(("Le Lien", "outlet"),))
    assert traced([own], figure((own, "17", 17, None))).reason.startswith("named as the source")
    assert traced([own], figure((own, "40", 40, None))).reason.startswith("no source named")


@given(st.permutations([A, B, C]))
@settings(max_examples=6, deadline=None)
def test_the_order_of_the_readings_changes_nothing(shuffled: list[Reading]) -> None:
    claim = figure((A, "17", 17, "la préfecture"), (B, "17", 17, "The prefect"), (C, "19", 19, "Odette Marivaux"))
    assert traced(shuffled, claim) == traced([A, B, C], claim)


@given(st.text(alphabet=st.characters(codec=None), min_size=1, max_size=40))
@settings(max_examples=40, deadline=None)
def test_any_name_is_taken(name: str) -> None:
    odd = reading("a", name + " 17", outlet="Le Lien")
    odd = Reading(odd.article, credits=(Credit(Span(0, 1), name, "agency"),))
    assert traced([odd], figure((odd, "17", 17, name))).at_most >= 1


def test_whom_one_report_leaves_unnamed_another_may_name() -> None:
    plain = telling("a", "Le Lien", 4, ("Un élu dit que le pont tient.", "Un élu"))
    named = telling("b", "Le Phare", 5, ("Odette Marivaux dit que le pont tient.", "Odette Marivaux"))
    claim = said("Un élu", plain, named)
    assert traced([plain, named], claim).origins == ("Odette Marivaux",)
    swapped = replace(claim, occurrences=(claim.occurrences[0], replace(claim.occurrences[1], drift="altered")))
    assert traced([plain, named], swapped).origins == ("Le Lien",)


def test_two_bodies_of_one_town_are_two_origins_and_its_newspaper_a_third() -> None:
    one = telling("a", "Le Lien", 4, ("La mairie de Brume compte 17 maisons.", "La mairie de Brume"))
    two = telling("b", "Le Phare", 5, ("L’hôpital de Brume compte 17 maisons.", "L’hôpital de Brume"))
    three = telling("c", "Le Courrier de Brume", 5, ("Un pompier de Brume compte 19 maisons.", "Un pompier de Brume"))
    claim = figure(
        (one, "17", 17, "La mairie de Brume"),
        (two, "17", 17, "L’hôpital de Brume"),
        (three, "19", 19, "Un pompier de Brume"),
    )
    assert traced([one, two, three], claim).origins == ("mairie de Brume", "hôpital de Brume", "Le Courrier de Brume")


def test_an_unnamed_source_that_several_report_with_one_number_is_one_origin() -> None:
    first = telling("a", "Le Lien", 4, ("Un soudeur de Corvane parle de 17 postes.", "Un soudeur de Corvane"))
    second = telling("b", "The Herald", 5, ("A Corvane welder speaks of 17 jobs.", "A Corvane welder"), lang="en")
    claim = figure((first, "17", 17, "Un soudeur de Corvane"), (second, "17", 17, "A Corvane welder"))
    assert traced([first, second], claim).origins == ("Le Lien",)


def test_an_agency_that_was_told_by_somebody_unnamed_passes_nothing_on() -> None:
    own = telling("a", "Agence Ponant", 4, ("Un ouvrier parle de 17 postes.", "Un ouvrier"))
    body = telling(
        "b",
        "Le Phare",
        5,
        ("La mairie parle de 17 postes (avec Ponant).", "La mairie"),
        credited=(("Ponant", "agency"),),
    )
    claim = figure((own, "17", 17, "Un ouvrier"), (body, "17", 17, "La mairie"))
    assert traced([own, body], claim).origins == ("Agence Ponant", "mairie")


def test_a_number_that_nobody_says_is_whose_act_it_is() -> None:
    ruled = telling("a", "Le Lien", 4, ("L’armateur est condamné par le tribunal à 300 jours.", None))
    silent = telling("b", "Le Phare", 5, ("Il fera 300 jours de prison.", None))
    assert traced([ruled, silent], figure((ruled, "300", 300, None), (silent, "300", 300, None))).origins == (
        "tribunal",
    )
    named = telling("c", "Le Jour", 5, ("Odette Marivaux parle de 300 jours.", "Odette Marivaux"))
    claim = figure((ruled, "300", 300, None), (named, "300", 300, "Odette Marivaux"))
    assert traced([ruled, named], claim).origins == ("Odette Marivaux",)


def test_its_services_are_those_of_who_spoke_before() -> None:
    both = telling(
        "a",
        "Le Lien",
        4,
        ("La ministre parle de 19 cas.", "La ministre"),
        ("Ses services disaient 17.", "Ses services"),
    )
    claim = figure((both, "19", 19, "La ministre"), (both, "17", 17, "Ses services"))
    assert traced([both], claim).origins == ("ministre",)


def test_a_director_and_the_direction_are_one_origin() -> None:
    text = "Le directeur du site, Alain Soubrac, parle de 17 postes."
    base = reading("a", text, outlet="Le Lien", published="2025-03-04")
    told = Attribution(
        "indirect",
        (find(text, "17 postes"),),
        source=find(text, text[: text.index(", parle")]),
        speaker="Alain Soubrac",
    )
    person = Reading(base.article, attributions=(told,))
    body = telling("b", "Le Phare", 5, ("La direction parle de 19 postes.", "La direction"))
    claim = figure((person, "17", 17, "Alain Soubrac"), (body, "19", 19, "La direction"))
    assert traced([person, body], claim).origins == ("direction",)


def test_who_speaks_for_initials_speaks_for_the_full_name() -> None:
    text = "“It is 19,” said THWU secretary Ada Fell."
    base = reading("b", text, lang="en", outlet="The Post", published="2025-03-05")
    source = find(text, "THWU secretary Ada Fell")
    told = Attribution("direct", (find(text, "It is 19"),), source=source, speaker="Ada Fell")
    person = Reading(base.article, attributions=(told,))
    union = "Timber and Harbour Workers’ Union"
    body = telling("a", "Le Lien", 4, (f"{union} counts 17.", union), lang="en")
    short = telling("c", "Le Jour", 5, ("La THWU compte 17.", "THWU"))
    claim = figure((body, "17", 17, union), (person, "19", 19, "Ada Fell"), (short, "17", 17, "THWU"))
    assert traced([body, person, short], claim).origins == (union,)


def test_a_fuller_name_is_shown_whatever_its_language() -> None:
    full = telling("a", "Le Lien", 4, ("L’Union Valmer parle de 17 joueurs.", "Union Valmer"))
    one = telling("b", "The Post", 5, ("Valmer speaks of 17 players.", "Valmer"), lang="en")
    two = telling("c", "The Tide", 5, ("Valmer has 17 players.", "Valmer"), lang="en")
    claim = figure((full, "17", 17, "Union Valmer"), (one, "17", 17, "Valmer"), (two, "17", 17, "Valmer"))
    assert traced([full, one, two], claim).origins == ("Union Valmer",)
