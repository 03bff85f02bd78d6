"""Who is compared: name, type and INS code agree, else « à confirmer », and nobody gives way."""

from __future__ import annotations

import pytest
from support.compared_plans import plan, remark, told, written

from pst_excel.comparing.compare import TO_CONFIRM, compare
from pst_excel.model.registry import Claim
from pst_excel.pst import PST
from pst_excel.pst.institutions import communes, key, named, provinces, recognise
from pst_excel.pst.vocabularies import COMMUNE, CPAS, PROVINCE


def claim(name: str, kind: str, number: str, first: int = 2024, last: int = 2030) -> Claim:
    return Claim(name, kind, number, first, last)


@pytest.mark.parametrize(
    ("name", "kind", "number"),
    [
        ("Nassogne", COMMUNE, "83040"),
        ("NASSOGNE", COMMUNE, "83040"),
        ("Commune de Nassogne", COMMUNE, "83040"),
        ("Administration communale de Nassogne", COMMUNE, "83040"),
        ("Ville de Durbuy", COMMUNE, "83012"),
        ("Ville de La Louvière", COMMUNE, "58001"),
        ("Commune des Bons Villers", COMMUNE, "52075"),
        ("Commune du Rœulx", COMMUNE, "55035"),
        ("Braine-l'Alleud", COMMUNE, "25014"),
        ("Villers-la-Ville", COMMUNE, "25107"),
        ("St-Hubert", COMMUNE, "84059"),
        ("CPAS de Nassogne", CPAS, "83040"),
        ("C.P.A.S. de Nassogne", CPAS, "83040"),
        ("Nassogne (CPAS)", CPAS, "83040"),
        ("Centre public d’action sociale de Durbuy", CPAS, "83012"),
        ("Nassogne", CPAS, "83040"),
        ("Province de Namur", PROVINCE, "90000"),
        ("Luxembourg", PROVINCE, "80000"),
        ("Province du Brabant wallon", PROVINCE, "20002"),
        ("Bastogne", COMMUNE, "82039"),
    ],
)
def test_an_institution_is_known_as_people_write_it(name: str, kind: str, number: str) -> None:
    assert recognise(claim(name, kind, number)).doubts == ()
    assert recognise(claim(name, kind, number)).key == f"{kind}|{number}"


@pytest.mark.parametrize(
    ("name", "kind", "number", "words"),
    [
        ("CPAS de Nassogne", COMMUNE, "83040", "le nom est celui d’un CPAS"),
        ("Commune de Nassogne", CPAS, "83040", "le nom est celui d’une commune"),
        ("Province de Namur", COMMUNE, "92094", "le nom est celui d’une province"),
        ("Commune et CPAS de Nassogne", COMMUNE, "83040", "le nom est celui d’un CPAS"),
        ("Nassogne", COMMUNE, "83012", "celui de Durbuy, pas de « Nassogne » (le sien est 83040)"),
        ("Trifouilly", COMMUNE, "83012", "celui de Durbuy, pas de « Trifouilly »"),
        ("Nassogne", COMMUNE, "99999", "d’aucune commune wallonne ; celui de Nassogne est 83040"),
        ("Trifouilly", COMMUNE, "99999", "99999 n’est celui d’aucune commune wallonne"),
        ("La Louvière", COMMUNE, "55022", "celui de La Louvière est 58001"),
        ("Bruxelles", COMMUNE, "21004", "21004 n’est celui d’aucune commune wallonne"),
        ("Nassogne", PROVINCE, "83040", "83040 n’est celui d’aucune province wallonne"),
        ("Nassogne", COMMUNE, "", "le code INS n’est pas dit ; celui de Nassogne est 83040"),
        ("", COMMUNE, "83040", "le nom n’est pas dit"),
        ("Nassogne", "", "83040", "le type d’institution n’est pas dit"),
        ("Eupen", COMMUNE, "63023", "Communauté germanophone"),
        ("CPAS d’Eupen", CPAS, "63023", "Communauté germanophone"),
        ("Bastogne", COMMUNE, "82003", "n’existe plus depuis le 02/12/2024 : Bastogne a le code"),
        ("Bertogne", COMMUNE, "82005", "Bastogne a le code 82039"),
    ],
)
def test_what_does_not_agree_is_said(name: str, kind: str, number: str, words: str) -> None:
    found = recognise(claim(name, kind, number))

    assert found.key == ""
    assert words in " ; ".join(found.doubts)


def test_a_code_that_was_replaced_is_that_of_its_own_legislature() -> None:
    assert recognise(claim("Bastogne", COMMUNE, "82003", 2018, 2024)).doubts == ()
    assert recognise(claim("Bertogne", COMMUNE, "82005", 2018, 2024)).doubts == ()
    assert recognise(claim("Bastogne", COMMUNE, "82039", 2018, 2024)).key == ""


def test_every_commune_is_known_by_its_own_name_and_code_alone() -> None:
    places = [*communes().values(), *provinces().values()]
    now = [place for place in communes().values() if place.until is None]

    assert (len(now), len(places), len(provinces())) == (261, 268, 5)
    assert len({key(place.name) for place in now}) == 261
    assert [place.name for place in places if named(place.name) != ([], key(place.name))] == []
    doubtful = {
        place.name for place in now if recognise(claim(place.name, COMMUNE, place.number)).doubts
    }
    assert doubtful == {place.name for place in now if place.german}
    assert len(doubtful) == 9


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("CPAS de Nassogne", "83040"), ("Nassogne", "83040")),
        (("Nassogne", "83012"), ("Durbuy", "83012")),
        (("Alphaville", "99999"), ("Bêtaville", "99999")),
        (("Bastogne", "82003"), ("Bastogne", "82039")),
        (("", "83040"), ("Nassogne", "83040")),
        (("", "83040"), ("", "83040")),
    ],
)
@pytest.mark.parametrize("swapped", [False, True])
def test_two_whose_identities_do_not_agree_both_stay(
    one: tuple[str, str], other: tuple[str, str], swapped: bool
) -> None:
    plans = [plan(*one, file="a.xlsx", date_observation="2026-03-31"), plan(*other, file="b.xlsx")]

    comparison = compare(plans[::-1] if swapped else plans, PST)

    assert len(comparison.institutions) == 2
    assert comparison.set_aside == []
    assert TO_CONFIRM in {institution.standing for institution in comparison.institutions}
    assert any(TO_CONFIRM in text for text in written(comparison, "Fichiers"))
    assert TO_CONFIRM in written(comparison, "Comparaison")


def test_who_agrees_with_the_list_is_not_to_be_confirmed_for_the_fault_of_another() -> None:
    comparison = compare([plan("Nassogne", "83012"), plan("Durbuy", "83012")], PST)
    by_name = {institution.name: institution for institution in comparison.institutions}

    assert by_name["Durbuy"].doubts == ()
    assert by_name["Nassogne"].standing == TO_CONFIRM
    assert remark(comparison, "Durbuy") == "Code INS 83012 donné aussi par « Nassogne »"


def test_one_institution_under_two_ways_of_writing_its_name_is_one() -> None:
    old = plan("Commune de Nassogne", date_observation="2026-03-31", file="b.xlsx")

    comparison = compare([old, plan(file="a.xlsx")], PST)

    assert [(one.name, one.standing) for one in comparison.institutions] == [("Nassogne", "")]
    assert [file for file, _ in comparison.set_aside] == ["b.xlsx"]


def test_two_states_of_an_institution_that_no_list_knows_are_of_one() -> None:
    old = plan("Valbruyère", "92951", date_observation="2026-03-31")

    comparison = compare([old, plan("Valbruyère", "92951")], PST)

    assert [one.standing for one in comparison.institutions] == [TO_CONFIRM]
    assert [state for state, *_ in told(comparison)] == ["comparé", "écarté"]


def test_without_a_name_there_is_no_file_name_either() -> None:
    comparison = compare([plan("", "83040"), plan("", "", type="")], PST)

    assert [one.name for one in comparison.institutions] == ["(sans nom)"] * 2
    for title in ("Comparaison", "Fichiers", "Statuts"):
        assert not [text for text in written(comparison, title) if "DUPONT" in text]
