"""Two spellings of one word have one comparison key; a text is tidied without being rewritten."""

from __future__ import annotations

import pytest

from pst_excel.text.spelling import fold, nearby, nearest, one_fault, tidy, verbatim


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Échéance", "ECHEANCE"),
        ("e\u0301che\u0301ance", "échéance"),
        ("Date d’échéance", "date d'échéance"),
        ("Date d‘échéance", "Date d`échéance"),
        ("Code\u00a0action", "code  action"),
        ("12\u202f500", "12 500"),
        ("Statut ✱", "statut"),
        ("Statut *", "statut"),
        ("Complétude ƒ", "completude"),
        ("Œuvre", "oeuvre"),
        ("ex æquo", "EX AEQUO"),
        ("Intitulé :", "intitulé"),
        ("O.S.", "O.S"),
        ("zéro\u200blargeur", "zérolargeur"),
        ("Straße", "STRASSE"),
    ],
)
def test_two_spellings_of_one_word_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Prévu", "Prévue"), ("OS", "OO"), ("1.1", "1.10"), ("Réalisé 2025", "Réalisé 2026")],
)
def test_two_words_have_two_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  En  cours ", "En cours"),
        ("En\u00a0cours\u202f!", "En cours !"),
        ("\ten\tcours", "en cours"),
        ("e\u0301te\u0301", "été"),
        ("\ufeffTravaux\u200b", "Travaux"),
        ("première \n  seconde", "première\nseconde"),
        ("a\n\nb", "a\n\nb"),
        (" \n \u00a0 ", ""),
        ("« Où ? », dit-elle : l’œuvre n° 1", "« Où ? », dit-elle : l’œuvre n° 1"),
    ],
)
def test_spaces_and_invisible_characters_are_tidied_and_line_breaks_kept(
    text: str, expected: str
) -> None:
    assert tidy(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" des   espaces ", "des   espaces"),
        ("première \n  seconde", "première \n  seconde"),
        ("Familles 👨\u200d👩\u200d👧", "Familles 👨\u200d👩\u200d👧"),
        ("e\u0301te\u0301", "été"),
        ("12\u00a0500\u202f€", "12\u00a0500\u202f€"),
        (" \n\u00a0 ", ""),
    ],
)
def test_a_text_is_kept_as_it_was_written_without_space_around(text: str, expected: str) -> None:
    assert verbatim(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Travau", "Travaux"),
        ("FINANCES ", "Finances"),
        ("Mobilite", "Mobilité"),
        ("Cimetières", None),
        ("", None),
    ],
)
def test_the_nearest_candidate_is_guessed_only_when_it_is_close(
    text: str, expected: str | None
) -> None:
    assert nearest(text, ["Travaux", "Finances", "Mobilité"]) == expected


def test_nothing_is_near_when_there_is_no_candidate() -> None:
    assert nearest("Travaux", []) is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("budget", "bugdet", True), ("statut", "satut", True), ("statut", "statuts", True),
        ("statut", "stotut", True), ("statut", "statut", False), ("statut", "satuts", False),
        ("abcd", "dcba", False), ("", "a", True), ("ab", "", False), ("aab", "ab", True),
    ],
)  # fmt: skip
def test_one_typing_fault_is_one_letter_more_less_other_or_moved(
    one: str, other: str, expected: bool
) -> None:
    assert one_fault(one, other) is expected
    assert one_fault(other, one) is expected


def test_the_nearest_word_does_not_say_the_contrary() -> None:
    words = ("Non commencé", "Terminé")
    assert nearest("Commencé", words) is None
    assert nearest("pas terminé", words) is None
    assert nearest("Non commancé", words) == "Non commencé"
    assert nearest("Termniné", words) == "Terminé"


NAMES = (
    "Culture, sport et tourisme", "Service de la culture", "Ressources humaines", "Travaux",
    "Travaux publics", "Direction générale", "Informatique", "Sport",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Culture", ["Culture, sport et tourisme", "Service de la culture"]),
        ("la culture", ["Culture, sport et tourisme", "Service de la culture"]),
        ("cult", ["Culture, sport et tourisme", "Service de la culture"]),
        ("Tourisme", ["Culture, sport et tourisme"]),
        ("Culutre", ["Culture, sport et tourisme", "Service de la culture"]),
        ("Sports et jeunesse", ["Sport"]),
        ("D.G.", ["Direction générale"]),
        ("rh", ["Ressources humaines"]),
        ("Travau", ["Travaux", "Travaux publics"]),
        ("Info", ["Informatique"]),
        ("Service", []),
        ("Piscine", []),
        ("s", []),
        ("", []),
    ],
)
def test_the_names_near_a_text_hold_its_words_or_are_spelt_like_it(
    text: str, expected: list[str]
) -> None:
    assert nearby(text, NAMES) == expected


def test_no_more_names_are_near_than_a_sentence_bears() -> None:
    assert len(nearby("École", [f"École {n}" for n in range(9)])) == 3
