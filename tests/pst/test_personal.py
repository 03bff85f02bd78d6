"""What tells of a person in a text, and what only looks like it."""

from __future__ import annotations

import pytest

from pst_excel.pst.personal import has_national_number, has_telephone, words_of_addresses
from pst_excel.text.spelling import fold

TELEPHONES = (
    "Tél. 04/275.10.02",
    "GSM 0475 12 34 56",
    "+32 475 12 34 56",
    "0032 (0)4 275 10 02",
    "+33 1 23 45 67 89",
    "(065) 12 34 56",
    "081/24.01.00",
    "0475/123.456",
    "0475123456",
    "02 508 07 11",
    "Appelez le 010/43 78 00.",
    "tél : 042751002",
    "03/03/2026 : 0475 12 34 56",
    "081/24.01.00, puis 0475/12.34.56",
)
NOT_TELEPHONES = (
    "Lot 0320265000",
    "Numéro BCE 0207.123.456",
    "BE 0207 123 456",
    "0403.170.701",
    "TVA BE 0475.123.456",
    "n° d’entreprise : 0475.123.456",
    "IBAN BE68 5390 0754 7034",
    "BE68539007547034",
    "Parcelle 62063A0123/00B0000",
    "du 01/03/2026 au 31/12/2027",
    "02/03/2026 et 04.05.2027",
    "le 02-03-2026",
    "Marché 2026-0123-4567",
    "réf. 04/275.10.02",
    "Projet n° 20260012",
    "1 234 567,89 €",
    "article 04210/731-60",
    "060/995-51, 05010/123-48.2026",
    "104/123-02 et 421/731-60",
    "coordonnées 50.1234567, 4.9876543",
    "n° 10.000.000.000",
    "population 0123456789",
    "Plan mobile 2030, version mobile 20260012",
    "0800 12 345",
    "de 08 h 30 à 16 h 30",
    "budget de 0,5 million, dossier 2026/0412",
)


@pytest.mark.parametrize("text", TELEPHONES)
def test_a_telephone_is_known_however_it_is_written(text: str) -> None:
    assert has_telephone(fold(text))


@pytest.mark.parametrize("text", NOT_TELEPHONES)
def test_other_numbers_are_no_telephones(text: str) -> None:
    assert not has_telephone(fold(text))


@pytest.mark.parametrize(
    "text",
    [
        "85.07.30-033.28", "85073003328", "850730 033 28", "85-07-30 033-28", "850730-033-28",
        "NN 85.07.30 - 033.28",
        "00.07.30-033.18",  # born since 2000: a 2 before the nine digits
        "85.27.30-033.71",  # a number « bis »: 20 more months
    ],
)  # fmt: skip
def test_a_national_number_is_known_however_it_is_written(text: str) -> None:
    assert has_national_number(fold(text))


@pytest.mark.parametrize(
    "text",
    ["85.07.30-033.27", "85073003398", "10000000000", "n° 10.000.000.000", "1.85073003328",
     "850730033281", "85.17.30-033.01", "20260730 12345"],
)  # fmt: skip
def test_a_number_whose_check_or_date_is_impossible_is_not_a_national_number(text: str) -> None:
    assert not has_national_number(fold(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("julie.lambert@commune.example", {"julie", "lambert"}),
        ("Voir <j.lambert@ville.example>.", {"j", "lambert"}),
        ("travaux@ville.example, lambert@ville.example", {"lambert"}),
        ("contact-julie@ville.example", set()),
        ("service.travaux@ville.example", set()),
        ("etat-civil@ville.example ou population2@ville.example", set()),
        ("un tarif @ 12 € le m², un compte @valbruyere", set()),
    ],
)
def test_the_words_of_an_address_that_are_those_of_no_service(text: str, words: set[str]) -> None:
    assert words_of_addresses(fold(text)) == words


@pytest.mark.parametrize(
    "piece", ["1.", "0475 ", "a.", "a.@", "1-", "00 32 ", "tel. 1", "85.07.30"]
)
def test_the_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    text = piece * 40_000  # many minutes, if it grew with the square
    assert not has_national_number(text)
    assert words_of_addresses(text) == set()
    has_telephone(text)
