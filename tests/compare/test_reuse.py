"""Copies: found with their edits, told from shared quotations and a page's own words, in the right direction."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.compare import align, limits, reuse
from recoupe.compare.outlets import credit_to, credits_text, is_initials, is_signature, same_outlet
from recoupe.compare.pile import Pile
from recoupe.compare.stories import Stories
from recoupe.model import Reading
from tests.compare.press import reading

DISPATCH = (
    "VERGALLON (Agence Ponant) - Le pont suspendu de Vergallon s’est effondré mardi dans la Sorne avec trois camions, "
    "faisant 17 disparus, a annoncé la préfecture. Les plongeurs ont commencé leurs recherches à l’aube, gênés par une "
    "crue qui a fait monter la rivière de deux mètres.\n\n"
    "« Nous savions que cet ouvrage était fatigué, mais personne ne voulait payer pour le remplacer », a "
    "reconnu la maire."
)
COPY = (
    "Le pont suspendu de Vergallon s’est écroulé mardi dans la Sorne avec trois camions, faisant 71 "
    "disparus, a annoncé la "
    "préfecture. Les plongeurs ont commencé leurs recherches à l’aube, gênés par une crue qui a fait "
    "monter la rivière de "
    "deux mètres. Les écoles du bourg sont restées fermées et un gymnase a été ouvert aux familles. "
    "(Avec Agence Ponant)"
)
OTHER_COPY = (
    "À Vergallon, les plongeurs ont commencé leurs recherches à l’aube, gênés par une crue qui a fait "
    "monter la rivière de "
    "deux mètres. Le pont suspendu de Vergallon s’est effondré mardi dans la Sorne avec trois camions, "
    "rappelle-t-on ici."
)
QUOTING = (
    "Devant la caserne, la maire ne cache plus sa colère. « Nous savions que cet ouvrage était fatigué, "
    "mais personne ne "
    "voulait payer pour le remplacer », dit-elle, la voix blanche, avant de rejoindre les familles."
)


def article(ident: str, text: str, day: int, hour: int = 8, **more: object) -> Reading:
    return reading(ident, text, published=f"2025-03-{day:02d}T{hour:02d}:00:00+01:00", **more)  # type: ignore[arg-type]


SOURCE = article("n", DISPATCH, 4, outlet="Agence Ponant", credited=(("Agence Ponant", "agency"),))


def pairs(*readings: Reading) -> set[tuple[str, str]]:
    return {(found.source, found.copy) for found in reuse.find(readings)}


def shared(*readings: Reading) -> set[frozenset[str]]:
    heap = Pile(readings)
    known, copies = Stories(heap), reuse.Copies(heap)
    rows = range(len(heap))
    copies.add(rows, known.add(rows).moved, known.labels)
    return copies.shared()


def test_a_copy_is_found_with_its_passage_and_its_edits() -> None:
    copy = article("a", COPY, 4, 18, outlet="Le Lien", credited=(("Agence Ponant", "agency"),))
    (found,) = reuse.find([copy, SOURCE])
    assert (found.source, found.copy, found.credited, found.reason) == (
        "n",
        "a",
        True,
        "credits the source: Avec Agence Ponant",
    )
    (passage,) = found.passages
    assert passage.source.of(DISPATCH).startswith("Le pont suspendu")
    assert passage.copy.of(COPY).endswith("de deux mètres")
    edits = [(c.kind, c.there.of(DISPATCH), c.here.of(COPY)) for c in passage.changes]
    assert edits == [("wording", "effondré", "écroulé"), ("number", "17", "71")]
    assert 0.5 < found.share < 0.8


def test_a_quotation_that_two_reports_share_is_shared_text_and_no_copy() -> None:
    readings = [SOURCE, article("q", QUOTING, 5)]
    assert pairs(*readings) == set()
    assert shared(*readings) == {frozenset("nq")}


def test_a_quotation_copied_with_its_lead_in_is_a_copy() -> None:
    lead = (
        "« Rien ne bougera avant l’automne », a glissé un agent du péage qui remontait ses manches sous la "
        "pluie battante."
    )
    first = article("a", "Le péage rouvre à midi. " + lead, 4)
    assert pairs(first, article("b", "Autre chose ailleurs. " + lead, 5)) == {("a", "b")}


def test_two_copies_of_one_dispatch_are_not_each_others_source() -> None:
    one = article("a", COPY, 4, 18)
    other = article("b", OTHER_COPY, 5)
    assert pairs(SOURCE, one, other) == {("n", "a"), ("n", "b")}


def test_who_copied_a_copys_own_edits_copied_the_copy() -> None:
    second_hand = article("b", "On lit ceci. " + COPY.removesuffix(" (Avec Agence Ponant)"), 5)
    assert pairs(SOURCE, article("a", COPY, 4, 18), second_hand) == {("n", "a"), ("a", "b")}


def test_credit_goes_before_a_date_that_contradicts_it() -> None:
    backdated = article("a", COPY, 1, outlet="Le Lien", credited=(("Agence Ponant", "agency"),))
    (found,) = reuse.find([backdated, SOURCE])
    assert (found.source, found.reason) == ("n", "credits the source: Avec Agence Ponant")


def test_without_dates_and_credits_the_direction_cannot_be_told() -> None:
    (found,) = reuse.find([reading("a", DISPATCH), reading("b", COPY)])
    assert found.reason.startswith("more of it in the other: ")
    (found,) = reuse.find([reading("a", DISPATCH), reading("b", DISPATCH)])
    assert found.reason == "cannot tell the direction"


def test_the_direction_by_time_shows_both_times() -> None:
    def reason(one: str, other: str) -> str:
        (found,) = reuse.find([reading("a", DISPATCH, published=one), reading("b", DISPATCH, published=other)])
        return found.reason

    assert reason("2025-03-04T10:30:00+01:00", "2025-03-04T13:05:00+01:00") == "published earlier: 10:30 before 13:05"
    assert reason("2025-03-04", "2025-03-05T13:05") == "published earlier: 2025-03-04 before 2025-03-05T13:05"
    assert reason("2025-03-04", "2025-03-04T13:05") == "cannot tell the direction"  # midnight is not stated
    zones = reason("2025-03-04T12:30:00+03:00", "2025-03-04T10:30:00+00:00")
    assert zones == "published earlier: 2025-03-04T12:30:00+03:00 before 2025-03-04T10:30:00+00:00"


FACTS = (
    "Une femme de 81 ans pourrait avoir été emportée, dit-on.\n\n« Nous rouvrirons le pont avant la foire "
    "», a promis la maire, Odette Marivaux, devant la caserne.",
    "Encore une nuit blanche : une femme de 81 ans a été emportée.\n\n« Nous rouvrirons le pont avant la foire », "
    "jure la maire, Odette Marivaux, qui n’a pas dormi.",
)
STUDY = (
    "Half the jam is sugar beet, according to tests on 90 pots by the Larder Watch.\n\n“We found beetroot in pots that "
    "had never met a plum,” said Ada Fell, who led the tests. The brand has apologised.",
    "Cooks laugh at the tests on 90 pots.\n\n“We found beetroot in pots that had never met a plum,” said Ada Fell, "
    "who led the tests and likes neither.",
)
COST = (
    "« Le câble tient, mais nous ne prendrons aucun risque », a déclaré la directrice de Montelac, Ada Ferrand. Elle a "
    "chiffré la réparation à 3,4 millions d’euros.",
    "« Le câble lâche, mais nous ne prendrons aucun risque », a déclaré le préfet, Guy Valmont.\n\nLa directrice de "
    "Montelac, Ada Ferrand, chiffre la réparation à 4,3 millions d’euros.",
)


CHARGES = (
    "Guy Valmont, 54 ans, de Luze, doit être jugé mardi au tribunal de Sassenel pour deux meurtres et un enlèvement.",
    "Guy Valmont, 54 ans, habitant de Luze et père de trois enfants, sera jugé mardi matin par le tribunal de Sassenel "
    "pour deux meurtres et un enlèvement.",
)


def test_two_reports_that_list_the_same_facts_are_no_copy() -> None:
    assert pairs(*(article(i, text, d) for i, text, d in zip("ab", CHARGES, (4, 5), strict=True))) == set()


@pytest.mark.parametrize("texts", [FACTS, STUDY, COST])
def test_facts_titles_and_figures_around_a_shared_quotation_are_no_copy(texts: tuple[str, str]) -> None:
    assert pairs(*(article(i, text, d) for i, text, d in zip("ab", texts, (4, 5), strict=True))) == set()


def test_a_heavily_edited_copy_needs_no_long_row() -> None:
    edited = " ".join(word if k % 7 else "autrement" for k, word in enumerate(f"{DISPATCH} {QUOTING}".split()))
    plain = article("a", f"{DISPATCH} {QUOTING}".replace("«", "").replace("»", ""), 4)
    assert pairs(plain, article("b", edited.replace("«", "").replace("»", ""), 5)) == {("a", "b")}


PARAGRAPH = (
    "Les plongeurs ont commencé leurs recherches avant l’aube, gênés par une crue qui a fait monter la rivière de deux "
    "mètres en une nuit, et les habitants du bourg ont apporté des couvertures et du café aux équipes venues de la "
    "vallée voisine avec deux canots et trois chiens.",
    "Des plongeurs ont repris leurs recherches dès l’aube, ralentis par une crue qui avait fait grimper la rivière de "
    "deux mètres cette nuit, et des habitants du village ont porté des couvertures avec du café aux équipes arrivées "
    "de la vallée d’à côté avec leurs canots et trois chiens.",
)


def test_a_paragraph_of_which_few_words_in_a_row_were_left_is_a_copy() -> None:
    one, other = (f"{body}\n\n{text}" for body, text in zip(BODIES, PARAGRAPH, strict=False))
    (found,) = reuse.find([article("a", one, 4), article("b", other, 5)])
    (passage,) = found.passages
    assert passage.copy.of(other).startswith("plongeurs ont repris")
    assert passage.copy.of(other).endswith("canots et trois chiens")


def test_an_unread_language_takes_part_and_two_languages_do_not_meet() -> None:
    text = (
        "Die Hängebrücke von Vergallon ist am Dienstag in die Sorne gestürzt, siebzehn Menschen werden "
        "vermisst, sagte die "
        "Präfektur am Morgen vor der Presse."
    )
    german = [Reading(article(i, text, d, lang="de").article, unread="language: de") for i, d in (("a", 4), ("b", 5))]
    assert pairs(*german) == {("a", "b")}
    assert pairs(german[0], article("c", text, 5, lang="fr")) == set()


FOOTER = (
    "\n\nLe Phare de Sassenel est un journal fondé en 1921 par ses lecteurs ; il vit de leurs "
    "abonnements et de leurs dons, "
    "et ne reçoit aucune aide de la région ni des communes du littoral."
)
BODIES = (
    "Un chalutier a ramené une ancre romaine hier au port de Luze, à la surprise de son équipage endormi.",
    "La foire aux fromages de Pontarbre attend vingt mille visiteurs pour sa centième édition, en mai prochain.",
    "Le conseil municipal a voté le budget dans la nuit après une suspension de séance et trois rappels au règlement.",
)


def test_what_an_outlet_repeats_under_several_stories_is_boilerplate() -> None:
    signed = [article(f"a{i}", body + FOOTER, 1 + 9 * i, outlet="Le Phare") for i, body in enumerate(BODIES)]
    assert pairs(*signed[:2]) == {("a0", "a1")}
    assert pairs(*signed) == set()


def test_what_an_outlet_repeats_in_one_story_is_copied() -> None:
    """A report that its outlet updates."""
    updates = ("", " Deux bateaux ont suivi.", " Le musée de Sassenel s’est dit intéressé.")
    signed = [
        article(f"a{i}", BODIES[0] + more + FOOTER, 1, 8 + i, outlet="Le Phare") for i, more in enumerate(updates)
    ]
    assert pairs(*signed) == {("a0", "a1"), ("a0", "a2")}


def test_a_pages_own_words_are_no_copy() -> None:
    notice = (
        "\n\nTous droits réservés : toute reproduction, même partielle, de cet article est soumise à notre "
        "accord écrit."
    )
    assert pairs(article("a", BODIES[0] + notice, 1), article("b", BODIES[1] + notice, 2)) == set()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Hexapole", "Agence Hexapole", True),
        ("The Curlew", "National Curlew", True),
        ("reporting by Union Cable", "Union Cable", True),
        ("CTR", "Confédération du travail rural", True),
        ("Le Lien", "Le Phare", False),
        ("Fenshire public health board", "Fenshire Now", False),
        ("Luze", "Le Républicain de Luze", False),
        (None, "Le Phare", False),
    ],
)
def test_names_of_one_outlet(one: str | None, other: str, same: bool) -> None:
    assert same_outlet(one, other) is same


@pytest.mark.parametrize(
    ("short", "agency", "signs"),
    [
        ("ATA", "Agence Transalpe", True),
        ("A.T.A.", "Agence TransAlpe", True),
        ("AMé", "Agence Méridienne", True),
        ("APV", "Agence Presse-Vercors", True),
        ("NCS", "Northern Cable News Service", False),
        ("ATA", "Art Today", False),
        ("ANP", "Agence Transalpe", False),
        ("Agence", "Agence Transalpe", False),
    ],
)
def test_signatures_of_agencies(short: str, agency: str, signs: bool) -> None:
    assert is_signature(short, agency) is signs


def test_initials_are_made_of_first_letters() -> None:
    assert is_initials("CTR", "Confédération du travail rural")
    assert not is_initials("CTX", "Confédération du travail rural")


def test_whom_an_article_credits() -> None:
    ponant = article("n", DISPATCH, 4, outlet="Agence Ponant", credited=(("Agence Ponant", "agency"),))
    own = article("a", "Selon Le Phare, rien.", 1, outlet="Le Phare", credited=(("Le Phare", "outlet"),))
    assert credit_to(own, article("p", "Rien.", 1, outlet="Le Phare")) is None
    relay = article("b", "Le pont (avec APo).", 5, outlet="Le Lien", credited=(("APo", "agency"),))
    assert credit_to(relay, ponant) is not None
    assert credit_to(ponant, relay) is None
    board = article("c", "Selon Agence santé du Ponant.", 5, credited=(("Agence santé du Ponant", "organisation"),))
    assert credit_to(board, ponant) is None


def test_a_signature_in_capitals_is_a_credit_wherever_it_stands() -> None:
    text = DISPATCH.replace("Agence Ponant", "APV")
    signed = article("n", text, 4, outlet="Agence Presse-Vercors", credited=(("APV", "agency"),))
    (found,) = reuse.find([signed, article("a", COPY.replace("Agence Ponant", "APV"), 5, outlet="Le Lien")])
    assert found.credited
    (found,) = reuse.find([signed, article("a", COPY.replace("Avec Agence Ponant", "J. P."), 5, outlet="Le Lien")])
    assert not found.credited


def test_a_copy_that_names_the_agency_whose_text_it_is_credits_it() -> None:
    client = article("a", DISPATCH, 4, 9, outlet="Le Phare", credited=(("Agence Ponant", "agency"),))
    copy = article("b", COPY, 5, outlet="Le Lien", credited=(("Agence Ponant", "agency"),))
    assert credits_text(copy, client) and credit_to(copy, client) is None
    (found,) = reuse.find([client, copy])
    assert (found.credited, found.reason[:17]) == (True, "published earlier")


# --- oracles and properties -------------------------------------------------------------------------------------


def random_pile(seed: int) -> list[Reading]:
    chance = random.Random(seed)
    words = [f"{a}{b}" for a in ("ba", "lo", "mi") for b in ("ra", "ton", "vel", "guis")]
    made: list[Reading] = []
    for i in range(8):
        text = " ".join(chance.choices(words, k=40))
        if i % 2:
            start = chance.randrange(20)
            text += " " + " ".join(made[i - 1].text.split()[start : start + 18])
        made.append(article(f"r{i}", text, i + 1))
    return made


@pytest.mark.parametrize("seed", range(5))
def test_every_common_run_of_words_that_is_long_enough_is_found(seed: int) -> None:
    """Against the plainest way: every pair of articles, every pair of places."""
    readings = random_pile(seed)
    needed = max(limits.PASSAGE_WORDS, limits.GRAM + limits.LEAST_SEEDS - 1)
    expected = set()
    for x, one in enumerate(readings):
        for other in readings[x + 1 :]:
            a, b = one.text.split(), other.text.split()
            runs = {tuple(a[i : i + needed]) for i in range(len(a) - needed + 1)}
            if any(tuple(b[j : j + needed]) in runs for j in range(len(b) - needed + 1)):
                expected.add((one.id, other.id))
    assert expected and {frozenset(pair) for pair in expected} <= shared(*readings)


@given(st.lists(st.sampled_from(["un", "deux", "trois", "quatre", "cinq"]), max_size=12).map(tuple), st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_steps_turn_one_text_into_the_other(a: tuple[str, ...], seed: int) -> None:
    chance = random.Random(seed)
    b = tuple(w for w in a if chance.random() < 0.7) + tuple(chance.choices(("deux", "six"), k=2))
    built: list[str] = []
    for op in align.diff(a, b):
        assert (op.tag == "equal") == (a[op.a_start : op.a_end] == b[op.b_start : op.b_end])
        built += b[op.b_start : op.b_end]
    assert tuple(built) == b


PILE = [SOURCE, article("a", COPY, 4, 18), article("b", OTHER_COPY, 5), article("q", QUOTING, 5), *random_pile(3)]


@given(st.permutations(PILE))
@settings(max_examples=20, deadline=None)
def test_the_order_of_the_input_changes_nothing(shuffled: list[Reading]) -> None:
    assert reuse.find(shuffled) == reuse.find(PILE)


def test_an_article_that_belongs_nowhere_changes_nothing_else() -> None:
    stranger = article("stranger", "Zygomar Quintefeuille élève des axolotls dans une cave de Brumepierre.", 5)
    assert reuse.find([stranger, *PILE]) == reuse.find(PILE)


@given(st.lists(st.text(alphabet=st.characters(codec=None), max_size=120), max_size=4))
@settings(max_examples=40, deadline=None)
def test_spans_lie_in_their_texts_whatever_the_text(texts: list[str]) -> None:
    readings = [article(f"t{i}", (text + " un deux trois ") * 6, i + 1) for i, text in enumerate(texts)]
    by_id = {r.id: r for r in readings}
    for found in reuse.find(readings):
        for passage in found.passages:
            assert 0 <= passage.source.start < passage.source.end <= len(by_id[found.source].text)
            assert 0 <= passage.copy.start < passage.copy.end <= len(by_id[found.copy].text)


def test_repetitive_and_long_texts_stay_linear() -> None:
    chance = random.Random(5)
    long = " ".join(f"w{chance.randrange(50_000)}" for _ in range(60_000))
    texts = [
        "mot " * 60_000,
        "mot " * 60_000,
        long,
        "Avant tout. " + long,
        '"«“' * 60_000,
        "un deux trois quatre cinq six " * 9000,
    ]
    found = reuse.find([article(f"r{i}", text, i + 1) for i, text in enumerate(texts)])
    assert [(r.source, r.copy) for r in found] == [("r2", "r3")]
    assert found[0].share > 0.99


def test_texts_whose_words_recur_stay_linear() -> None:
    chance = random.Random(5)
    words = [f"{a}{b}" for a in ("ba", "lo", "mi", "du", "ke") for b in ("ra", "ton", "vel", "guis", "nor", "pa")]
    few = chance.choices(words, k=20_000)
    edited = [word if chance.random() > 0.3 else "autrement" for word in few]
    found = reuse.find(article(i, " ".join(text), k) for k, (i, text) in enumerate({"a": few, "b": edited}.items(), 1))
    assert [(r.source, r.copy) for r in found] == [("a", "b")]
