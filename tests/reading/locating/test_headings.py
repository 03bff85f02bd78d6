"""A heading is known however it is spelt and laid out, and never taken for another."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from openpyxl.workbook import Workbook
from support import cells, column_of, damaged, grid, of_code, read, structural, toy, verdict
from support.good import GOOD, content, values
from support.layouts import HEADINGS, PLANTER, TAILLER, read_actions, read_sheets, remarks, table

from pst_excel.model.findings import Severity
from pst_excel.model.schema import HEADING_ROW, Column, Sheet
from pst_excel.model.words.kinds import Kind, Need
from pst_excel.model.words.roles import Role
from pst_excel.pst import PST
from pst_excel.reading.locating.tolerances import candidates


def headings_renamed(sheet: str, **words: str) -> bytes:
    """Return the good workbook with headings renamed; None would be a blank."""
    addresses = {
        str(v).strip(" ✱"): a for a, v in cells(GOOD, sheet).items() if a.endswith(str(HEADING_ROW))
    }

    def change(book: Workbook) -> None:
        for label, word in words.items():
            book[sheet][addresses[label.replace("_", " ")]] = word or None

    return damaged(GOOD, change)


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Satut", "statut"), ("Statu", "statut"), ("Statuts", "statut"),
        ("Statut de l’action", "statut"), ("Statut (à choisir dans la liste)", "statut"),
        ("Échéance (jj/mm/aaaa)", "echeance"), ("Échéance\n[date]", "echeance"),
        ("Échéance de l'action - obligatoire", "echeance"), ("Echeanse", "echeance"),
        ("Avancement (en %)", "avancement"), ("Avancement en pourcentage", "avancement"),
        ("Service pilotte", "service_pilote"), ("Services pilotes", "service_pilote"),
        ("Commentaire d’avancemnt", "commentaire"), ("Date de début", "debut_prevu"),
    ],
)  # fmt: skip
def test_a_heading_that_can_be_one_column_only_is_read_and_told(heading: str, key: str) -> None:
    filled = read_actions(("Code action", heading), ("1.1.1", "Terminé"))
    assert table(filled).letters[key] == "B"
    assert table(filled).locals == {}
    label = PST["actions"][key].label
    read = " ".join(heading.split())
    assert remarks(filled, "titre approché") == [("B1", read, label)]
    (finding,) = of_code(verdict(filled).findings, "S08")
    assert (finding.severity, finding.cell) == (Severity.WARNING, "B1")
    assert (
        " ".join(finding.message.split()) == f"La colonne « {read} » a été lue comme « {label} »."
    )


@pytest.mark.parametrize(
    ("sheet", "heading"),
    [
        ("actions", heading)
        for heading in (
            "N° de dossier interne", "Avis", "Date du collège", "Statut juridique", "Budget réf.",
            "Responsable informatique", "Commentaires CODIR", "Mis à jour par", "Date CODIR",
            "Service juridique", "Description technique", "Agent technique", "Type de marché",
            "Priorité politique", "Avancement financier", "Échéance subside", "Fin des travaux",
            "ETP 2026", "État du dossier", "Code postal", "Titre du projet FEDER", "Statut PST",
            "Début des travaux", "Montant", "Objectif", "Statut 2025", "Échéance (2025)",
        )
    ]
    + [("oo", "Services consultés"), ("oo", "Résultat 2025"), ("oo", "Responsable politique")]
    + [("budget", heading) for heading in (
        "Service financier", "Montant subside", "Prévu N+1", "Prévu 2027", "Engagé au 30/06",
        "Article 2", "Type", "Libellé comptable",
    )]
    + [("indicateurs", heading) for heading in (
        "Réalisé 2031", "Réalisé 2023", "Réalisé", "Cible 2027", "Cible intermédiaire",
    )],
)  # fmt: skip
def test_a_heading_of_the_institution_is_never_taken_for_one_of_the_template(
    sheet: str, heading: str
) -> None:
    label = {"actions": "Code action", "oo": "Code OO"}.get(sheet, "Code")
    filled = read_sheets(
        {PST[sheet].title: [(label, heading), ("1", "x")], "OS": [("Code OS",), ("1",)]}
    )
    assert table(filled, sheet).locals == {heading: ["x"]}
    assert structural(filled, "S08") == []


def test_two_headings_that_compete_for_a_column_are_both_left() -> None:
    filled = read_actions(("Code action", "Satut", "Statut de l’action"), ("1.1.1", "a", "b"))
    assert table(filled).locals == {"Satut": ["a"], "Statut de l’action": ["b"]}
    assert [
        t.words["guess"] for t in structural(filled, "S02") if t.words["label"] == "Statut"
    ] == [" Est-ce « Satut » ?"]


def test_a_heading_near_a_column_that_is_there_is_left() -> None:
    filled = read_actions(("Code action", "Statut", "Satut"), ("1.1.1", "Terminé", "b"))
    assert table(filled).columns["statut"] == ["Terminé"]
    assert table(filled).locals == {"Satut": ["b"]}


def test_a_heading_near_two_columns_is_left() -> None:
    columns = (Column("montans", "Montans", Kind.AMOUNT, ""), *toy()["choses"].columns)
    sheet = Sheet("choses", "Choses", "", columns)
    assert [c.key for c in candidates("Montanr", sheet)] == ["montans", "montant"]
    plan = replace(toy(), sheets=(toy().sheets[0], sheet, toy().sheets[2]))
    filled = read_sheets({"Choses": [("Code", "Intitulé", "Montanr"), ("A", "un", 3)]}, plan=plan)
    assert table(filled, "choses").locals == {"Montanr": [3.0]}


def test_columns_stand_anywhere_among_blanks() -> None:
    filled = read_actions(
        (), (None, "Plan stratégique"), (),
        (None, None, "Statut", None, "Code action", None, "Intitulé"),
        (), (None, None, "Terminé", None, "1.1.1", None, "Planter"), (), (),
        (None, None, None, None, "1.1.2"),
    )  # fmt: skip
    assert table(filled).rows == [6, 9]
    assert table(filled).columns["statut"] == ["Terminé", None]
    assert table(filled).letters["intitule"] == "G"


def test_titles_of_groups_above_the_headings_are_passed_over() -> None:
    filled = read_actions(("Quoi", None, "Où en est-on"), HEADINGS, PLANTER)
    assert table(filled).rows == [3]
    assert table(filled).locals == {}


def test_headings_on_two_rows_are_read_together() -> None:
    def merge(book: Workbook) -> None:
        for area in ("A1:A2", "B1:B2", "C1:D1", "E1:E2"):
            book["Actions"].merge_cells(area)

    filled = read_actions(
        ("Code action", "Intitulé", "Début", None, "Avis"),
        (None, None, "prévu", "effectif", None),
        ("1.1.1", "Planter", dt.date(2026, 3, 1), dt.date(2026, 4, 1), "bon"),
        change=merge,
    )
    assert table(filled).rows == [3]
    assert table(filled).columns["debut_prevu"] == [dt.date(2026, 3, 1)]
    assert table(filled).columns["debut_effectif"] == [dt.date(2026, 4, 1)]
    assert table(filled).locals == {"Avis": ["bon"]}
    expected = [("A1", "lignes 1 et 2", "une seule ligne de titres")]
    assert remarks(filled, "titres sur deux lignes") == expected


def test_headings_that_stand_above_the_row_of_headings_are_read() -> None:
    filled = read_actions(
        ("Code action", "Intitulé", "Dates", None, None, None),
        (None, None, "Début prévu", "Échéance", "Début effectif", "Statut"),
        ("1.1.1", "Planter", None, dt.date(2027, 4, 1), None, "Terminé"),
    )
    assert table(filled).columns["code"] == ["1.1.1"]
    assert table(filled).columns["echeance"] == [dt.date(2027, 4, 1)]
    assert table(filled).rows == [3]


def test_a_first_row_that_repeats_the_word_of_a_heading_is_a_row() -> None:
    filled = read_actions(("Code action", "Intitulé", "Avis"), (None, "Statut", "Échéance"))
    assert table(filled).columns["intitule"] == ["Statut"]
    assert table(filled).locals == {"Avis": ["Échéance"]}


def test_the_first_row_of_headings_counts_although_a_later_one_holds_more() -> None:
    first = ("Code action", "Intitulé", "Satut", "OO", "Échéance")
    filled = read_actions(
        first, PLANTER, ("Code action", "Intitulé", "Statut", "OO", "Échéance"), TAILLER
    )
    assert table(filled).columns["code"] == ["1.1.1", "1.1.2"]


def test_the_order_of_the_columns_is_free() -> None:
    table = list(zip(("Code action", "1.1.1"), ("OO", "1.1"), ("Intitulé", "Planter"), strict=True))
    straight = read(grid({"Actions": table}))
    turned = read(grid({"Actions": [tuple(reversed(row)) for row in table]}))
    assert content(straight) == content(turned)


@pytest.mark.parametrize(
    ("label", "word"),
    [
        ("Échéance", "Date d'échéance"), ("Échéance", "ECHEANCE"), ("Statut", "état d’avancement"),
        ("Intitulé", "Titre de l’action"), ("Statut", "Statut\n*"),
        ("Début_prévu", "debut_prevu"), ("Échéance", "  Fin   prévue * "),
    ],
)  # fmt: skip
def test_a_column_is_known_by_its_other_headings(label: str, word: str) -> None:
    filled = read(headings_renamed("Actions", **{label: word}))
    assert content(filled) == content(read(GOOD))
    assert filled.findings == []


def test_the_exact_heading_wins_over_an_alias_that_stands_before() -> None:
    rows = [("Service", "Service pilote", "Code action"), ("Finances", "Travaux", "1.1.1")]
    filled = read(grid({"Actions": rows}))
    assert values(filled, "actions", "service_pilote") == [["Travaux"]]


def test_a_heading_row_that_moved_down_is_found() -> None:
    def push(book: Workbook) -> None:
        book["Actions"].insert_rows(1, 3)

    filled = read(damaged(GOOD, push))
    assert values(filled, "actions", "code", "statut") == [["1.1.1"], ["En cours"]]
    assert filled.tables["actions"].rows == [8]


def test_two_added_columns_of_one_heading_are_both_kept() -> None:
    rows = [("Code action", "Avis", "Avis"), ("1.1.1", "oui", "non")]
    local = read(grid({"Actions": rows})).tables["actions"].locals
    assert list(local.values()) == [["oui"], ["non"]]


def test_a_missing_obligatory_heading_is_told_with_the_nearest_guess() -> None:
    # Another word follows, far from where the column stood: nobody reads it as « Statut ».
    rows = [("Code action", "Intitulé", "Statut bis"), ("1.1.1", "Planter", "En cours")]
    filled = read(grid({"Actions": rows}))
    (finding,) = [f for f in structural(filled, "S02") if f.words["label"] == "Statut"]
    assert finding.words == {"label": "Statut", "guess": " Est-ce « Statut bis » ?"}
    assert "statut" in filled.tables["actions"].missing
    assert values(filled, "actions", "statut") == [[None]]
    assert filled.tables["actions"].locals == {"Statut bis": ["En cours"]}


def test_a_missing_advised_heading_is_told() -> None:
    filled = read(headings_renamed("OO", Domaine=""))
    assert [t.words["label"] for t in structural(filled, "S03")] == ["Domaine"]
    assert structural(filled, "S02") == []


def test_a_missing_optional_heading_is_not_told() -> None:
    assert read(headings_renamed("Actions", Description="")).findings == []


def test_a_heading_that_stands_twice_is_told_at_its_second_place_and_the_first_is_read() -> None:
    rows = [("Code action", "Statut", "Statut"), ("1.1.1", "En cours", "Terminé")]
    filled = read(grid({"Actions": rows}))
    (finding,) = structural(filled, "S04")
    assert finding.words["label"] == "Statut"
    assert finding.cell == "C1"
    assert values(filled, "actions", "statut") == [["En cours"]]


@pytest.mark.parametrize(
    ("version", "told"), [("2026.1", []), ("2026.2", ["Neuf"]), (None, ["Neuf"])]
)
def test_a_workbook_older_than_a_column_is_not_blamed_for_lacking_it(
    version: str | None, told: list[str]
) -> None:
    new = Column("neuf", "Neuf", Kind.TEXT, "Nouveau.", Need.REQUIRED, since="2026.2")
    plan = toy(columns=(new,))
    label = Column("version", "Version du modèle", Kind.TEXT, "La version.", role=Role.VERSION)
    form = replace(plan.form, columns=(*plan.form.columns, label))
    plan = replace(plan, sheets=(form, *plan.sheets[1:]), version="2026.2")
    head = [("Nom", "Valbruyère"), ("Version du modèle", version)]
    rows = [("Code", "Intitulé", "Montant"), ("A", "un", 1)]
    filled = read(grid({"Fiche": head, "Choses": rows}), plan=plan)
    assert [t.words["label"] for t in structural(filled, "S02")] == told


def test_a_sheet_without_any_heading_misses_its_columns() -> None:
    filled = read(grid({"Actions": [("Rien", "de connu")], "OS": [("Code OS",), ("1",)]}))
    assert "Statut" in [
        t.words["label"] for t in structural(filled, "S02") if t.subject.sheet == "actions"
    ]
    assert len(filled.tables["actions"]) == 0


def test_every_column_of_the_template_is_found_again() -> None:
    filled = read(GOOD)
    assert {key: t.missing for key, t in filled.tables.items()} == {
        key: {"origine"} if "origine" in PST[key] else set() for key in filled.tables
    }
    assert column_of(GOOD, "Actions", "Statut") > 1


def test_the_heading_of_the_template_wins_over_another_spelling_of_it() -> None:
    rows = [("Code", "intitulé", "Intitulé ✱", "Montant"), ("A", "à moi", "le vrai", 1)]
    filled = read(grid({"Fiche": [("Nom", "Valbruyère")], "Choses": rows}), plan=toy())
    assert filled.tables["choses"].columns["intitule"] == ["le vrai"]
    assert len(structural(filled, "S04")) == 1
