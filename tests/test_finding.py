"""Tables are found however people laid them out; what was understood is said, never guessed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from openpyxl.workbook import Workbook
from support import CLEAN, TOWN, damaged, grid, of_code, toy, verdict, workbook

from pst_excel.batch import Return, Table, Trouble
from pst_excel.errors import UnreadableFile
from pst_excel.finding.ways import WAYS, candidates, rows_in_words
from pst_excel.findings import CATALOGUE, Severity
from pst_excel.limits import Limits, Options
from pst_excel.parsing import Confidence
from pst_excel.pst import PST
from pst_excel.reading import read_bytes
from pst_excel.schema import COMPANION, Column, Kind, Need, Plan, Sheet

Rows = Sequence[Sequence[Any]]
Change = Callable[[Workbook], object]

HEADINGS = ("Code action", "Intitulé", "Statut", "OO")
PLANTER = ("1.1.1", "Planter", "En cours", "1.1")
TAILLER = ("1.1.2", "Tailler", "Terminé", "1.1")
STRICT = Options(strict=True)


def made(
    sheets: Mapping[str, Rows], change: Change | None = None, options: Options = Options(),
    plan: Plan = PST,
) -> Return:  # fmt: skip
    data = grid(sheets)
    return read_bytes(damaged(data, change) if change else data, "retour.xlsx", plan, options)


def actions(*rows: Sequence[Any], change: Change | None = None, strict: bool = False) -> Return:
    return made({"Actions": rows}, change, Options(strict=strict))


def with_errors(*rows: Sequence[Any]) -> Return:
    """Read Actions after the texts that look like an error of Excel were made one."""

    def change(book: Workbook) -> None:
        for cell in (cell for row in book["Actions"].iter_rows() for cell in row):
            if str(cell.value).startswith("#"):
                cell.data_type = "e"

    return actions(*rows, change=change)


def table(one: Return, key: str = "actions") -> Table:
    return one.tables[key]


def said(one: Return, rule: str) -> list[tuple[str, str, str]]:
    """Return the cell, what was read and what was understood of each remark of a rule."""
    return [
        (remark.cell, remark.note.read, remark.note.understood)
        for remark in one.remarks
        if remark.note.rule == rule
    ]


def rules(one: Return) -> set[str]:
    return {one.note.rule for one in (*one.remarks, *one.notes)}


def troubles(one: Return, code: str) -> list[Trouble]:
    return [trouble for trouble in one.troubles if trouble.code == code]


@pytest.mark.parametrize(
    "title",
    ["Actions 2026", "PST - Actions", "3. Actions", "03_Actions", "Actions 2024-2030",
     "PST Actions v2", "Tableau des actions", "Actions - Copie", "Programme d’actions 2026",
     "Actions 2026 (2)"],
)  # fmt: skip
def test_a_sheet_is_known_with_what_people_add_to_its_name(title: str) -> None:
    one = made({title: [HEADINGS, PLANTER]})
    assert table(one).columns["code"] == ["1.1.1"]
    assert said(one, "nom de feuille complété") == [("", title, "Actions")]
    assert troubles(one, "S07") == []


def test_a_completed_name_is_not_read_without_headings() -> None:
    one = made({"Actions": [HEADINGS, PLANTER], "Budget 2025": [("Recettes", "Dépenses"), (1, 2)]})
    assert "budget" not in one.tables
    assert one.foreign == ("Budget 2025",)


def test_another_sheet_of_the_name_that_holds_something_else_is_no_second_one() -> None:
    one = made({"Actions": [HEADINGS, PLANTER], "Actions 2025": [("À faire",), ("Relire",)]})
    assert troubles(one, "S05") == []


def test_two_sheets_that_may_be_the_same_are_told_and_the_first_is_read() -> None:
    one = made({"Actions 2025": [HEADINGS, PLANTER], "Actions 2026": [HEADINGS, TAILLER]})
    assert table(one).columns["code"] == ["1.1.1"]
    words = {"read": "Actions 2026", "label": "Actions 2025", "same": ""}
    assert [trouble.words for trouble in troubles(one, "S05")] == [words]


def test_a_completed_name_never_comes_before_the_name_itself() -> None:
    one = made({"Actions 2025": [HEADINGS, PLANTER], "Actions": [HEADINGS, TAILLER]})
    assert table(one).columns["code"] == ["1.1.2"]
    assert [trouble.words["read"] for trouble in troubles(one, "S05")] == ["Actions 2025"]


def test_a_copy_that_holds_the_same_rows_is_told_to_hold_them() -> None:
    rows = [HEADINGS, PLANTER]
    same = made({"Actions": rows, "Actions (2)": [(), *rows, (None, " ")]})
    (finding,) = of_code(verdict(same).findings, "S05")
    assert finding.message.endswith("Elle contient exactement les mêmes lignes.")
    other = made({"Actions": rows, "Actions (2)": [*rows, TAILLER]})
    (finding,) = of_code(verdict(other).findings, "S05")
    assert finding.message.endswith("elle n’est pas reprise.")


@pytest.mark.parametrize("title", ["Acitons", "Actoins", "Acions", "Actionns", "Axtions"])
def test_a_name_with_a_slip_is_read_when_the_headings_confirm_it(title: str) -> None:
    one = made({title: [HEADINGS, PLANTER]})
    assert table(one).columns["code"] == ["1.1.1"]
    assert said(one, "nom de feuille approché") == [("", title, "Actions")]
    (finding,) = of_code(verdict(one).findings, "S07")
    assert finding.severity is Severity.WARNING
    assert finding.message == f"La feuille « {title} » a été lue comme « Actions »."


def test_a_name_with_a_slip_is_only_guessed_when_nothing_confirms_it() -> None:
    one = made({"Actions": [HEADINGS, PLANTER], "Bugdet": [("Rien", "de connu")]})
    assert "budget" not in one.tables
    guesses = {trouble.words["label"]: trouble.words["guess"] for trouble in troubles(one, "S01")}
    assert guesses["Budget"] == " Est-ce « Bugdet » ?"


def test_a_sheet_without_a_known_name_is_read_when_its_headings_are_unmistakable() -> None:
    headings = ("Code action", "Intitulé", "Service pilote", "Statut", "Avancement %", "Échéance")
    one = made({"Suivi": [headings, ("1.1.1", "Planter", "Travaux", "En cours", 40)]})
    assert table(one).columns["avancement"] == [40.0]
    (remark,) = [r for r in one.remarks if r.note.rule == "feuille reconnue à ses titres"]
    assert remark.note.confidence is Confidence.TO_CONFIRM
    assert [trouble.words["read"] for trouble in troubles(one, "S07")] == ["Suivi"]


@pytest.mark.parametrize(
    "headings",
    [
        ("Code", "Intitulé", "Volet", "Commentaire"),  # those of several sheets
        ("Code action", "Statut", "Avancement %"),  # too few
        ("Code", "Intitulé", "Volet", "Commentaire", "Montant", "Qui", "Quand"),
    ],
)
def test_headings_that_several_sheets_share_tell_nothing(headings: tuple[str, ...]) -> None:
    os = [("Code OS", "Intitulé"), ("1", "Rouler")]
    one = made({"OS": os, "Suivi": [headings, ("1",)]})
    assert set(one.tables) == {"os"}
    assert one.foreign == ("Suivi",)


def test_a_sheet_is_not_read_by_its_headings_when_the_real_one_is_there() -> None:
    headings = ("Code action", "Intitulé", "Service pilote", "Statut", "Avancement %", "Échéance")
    one = made({"Actions": [HEADINGS, PLANTER], "Archives": [headings, ("9.9.9", "Vieux")]})
    assert table(one).columns["code"] == ["1.1.1"]
    assert one.foreign == ("Archives",)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_read_and_said(state: str) -> None:
    def hide(book: Workbook) -> None:
        book["Actions"].sheet_state = state

    one = made({"Actions": [HEADINGS, PLANTER], "Notes": [("Bonjour",)]}, hide)
    assert table(one).columns["code"] == ["1.1.1"]
    expected = [("", "Actions, masquée", "lue comme les autres")]
    assert said(one, "feuille masquée lue") == expected


def test_nothing_is_said_of_a_workbook_as_the_program_writes_it() -> None:
    for text in (CLEAN, TOWN):
        one = read_bytes(workbook(text), "retour.xlsx", PST)
        assert (one.remarks, one.notes, one.troubles) == ([], [], [])


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
    one = actions(("Code action", heading), ("1.1.1", "Terminé"))
    assert table(one).letters[key] == "B"
    assert table(one).locals == {}
    label = PST["actions"][key].label
    read = " ".join(heading.split())
    assert said(one, "titre approché") == [("B1", read, label)]
    (finding,) = of_code(verdict(one).findings, "S08")
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
    one = made({PST[sheet].title: [(label, heading), ("1", "x")], "OS": [("Code OS",), ("1",)]})
    assert table(one, sheet).locals == {heading: ["x"]}
    assert troubles(one, "S08") == []


def test_two_headings_that_compete_for_a_column_are_both_left() -> None:
    one = actions(("Code action", "Satut", "Statut de l’action"), ("1.1.1", "a", "b"))
    assert table(one).locals == {"Satut": ["a"], "Statut de l’action": ["b"]}
    assert [t.words["guess"] for t in troubles(one, "S02") if t.words["label"] == "Statut"] == [
        " Est-ce « Satut » ?"
    ]


def test_a_heading_near_a_column_that_is_there_is_left() -> None:
    one = actions(("Code action", "Statut", "Satut"), ("1.1.1", "Terminé", "b"))
    assert table(one).columns["statut"] == ["Terminé"]
    assert table(one).locals == {"Satut": ["b"]}


def test_a_heading_near_two_columns_is_left() -> None:
    columns = (Column("montans", "Montans", Kind.AMOUNT, ""), *toy()["choses"].columns)
    sheet = Sheet("choses", "Choses", "", columns)
    assert [c.key for c in candidates("Montanr", sheet)] == ["montans", "montant"]
    plan = replace(toy(), sheets=(toy().sheets[0], sheet, toy().sheets[2]))
    one = made({"Choses": [("Code", "Intitulé", "Montanr"), ("A", "un", 3)]}, plan=plan)
    assert table(one, "choses").locals == {"Montanr": [3.0]}


def test_columns_stand_anywhere_among_blanks() -> None:
    one = actions(
        (), (None, "Plan stratégique"), (),
        (None, None, "Statut", None, "Code action", None, "Intitulé"),
        (), (None, None, "Terminé", None, "1.1.1", None, "Planter"), (), (),
        (None, None, None, None, "1.1.2"),
    )  # fmt: skip
    assert table(one).rows == [6, 9]
    assert table(one).columns["statut"] == ["Terminé", None]
    assert table(one).letters["intitule"] == "G"


def test_titles_of_groups_above_the_headings_are_passed_over() -> None:
    one = actions(("Quoi", None, "Où en est-on"), HEADINGS, PLANTER)
    assert table(one).rows == [3]
    assert table(one).locals == {}


def test_headings_on_two_rows_are_read_together() -> None:
    def merge(book: Workbook) -> None:
        for area in ("A1:A2", "B1:B2", "C1:D1", "E1:E2"):
            book["Actions"].merge_cells(area)

    one = actions(
        ("Code action", "Intitulé", "Début", None, "Avis"),
        (None, None, "prévu", "effectif", None),
        ("1.1.1", "Planter", dt.date(2026, 3, 1), dt.date(2026, 4, 1), "bon"),
        change=merge,
    )
    assert table(one).rows == [3]
    assert table(one).columns["debut_prevu"] == [dt.date(2026, 3, 1)]
    assert table(one).columns["debut_effectif"] == [dt.date(2026, 4, 1)]
    assert table(one).locals == {"Avis": ["bon"]}
    expected = [("A1", "lignes 1 et 2", "une seule ligne de titres")]
    assert said(one, "titres sur deux lignes") == expected


def test_headings_that_stand_above_the_row_of_headings_are_read() -> None:
    one = actions(
        ("Code action", "Intitulé", "Dates", None, None, None),
        (None, None, "Début prévu", "Échéance", "Début effectif", "Statut"),
        ("1.1.1", "Planter", None, dt.date(2027, 4, 1), None, "Terminé"),
    )
    assert table(one).columns["code"] == ["1.1.1"]
    assert table(one).columns["echeance"] == [dt.date(2027, 4, 1)]
    assert table(one).rows == [3]


def test_a_first_row_that_repeats_the_word_of_a_heading_is_a_row() -> None:
    one = actions(("Code action", "Intitulé", "Avis"), (None, "Statut", "Échéance"))
    assert table(one).columns["intitule"] == ["Statut"]
    assert table(one).locals == {"Avis": ["Échéance"]}


def test_repeated_headings_are_no_rows() -> None:
    one = actions(HEADINGS, PLANTER, (), ("CODE ACTION", *HEADINGS[1:3]), TAILLER)
    assert table(one).columns["code"] == ["1.1.1", "1.1.2"]
    read = "CODE ACTION · Intitulé · Statut"
    assert [(c, r) for c, r, _ in said(one, "ligne de titres répétée")] == [("A4", read)]


def test_the_first_row_of_headings_counts_although_a_later_one_holds_more() -> None:
    first = ("Code action", "Intitulé", "Satut", "OO", "Échéance")
    one = actions(first, PLANTER, ("Code action", "Intitulé", "Statut", "OO", "Échéance"), TAILLER)
    assert table(one).columns["code"] == ["1.1.1", "1.1.2"]


def test_a_value_merged_over_rows_holds_for_each_of_them() -> None:
    rows = [HEADINGS, PLANTER, ("1.1.2", "Tailler"), ("1.1.3", "Semer"), (), ("1.2.1", "Paver")]
    one = actions(*rows, change=lambda book: book["Actions"].merge_cells("D2:D5"))
    assert table(one).columns["code_oo"] == ["1.1", "1.1", "1.1", None]
    assert table(one).rows == [2, 3, 4, 6]
    assert said(one, "cellules fusionnées") == [("D2", "1.1", "1.1, lignes 2 à 4")]


def test_a_row_that_is_only_merged_cells_is_no_second_record() -> None:
    def merge(book: Workbook) -> None:
        for area in ("A2:A3", "B2:B3", "C2:C3", "D2:D3"):
            book["Actions"].merge_cells(area)

    one = actions(HEADINGS, PLANTER, (), TAILLER, change=merge)
    assert table(one).rows == [2, 4]
    assert one.remarks == []


def test_a_value_merged_across_columns_is_that_of_the_first() -> None:
    rows = [HEADINGS, PLANTER]
    one = actions(*rows, change=lambda book: book["Actions"].merge_cells("B2:C2"))
    assert table(one).columns["intitule"] == ["Planter"]
    assert table(one).columns["statut"] == [None]


BANDS = (
    HEADINGS[:3],
    ("OS 1 : Être une commune où l’on roule",),
    ("O.O 1.1 - Doubler les pistes",),
    ("1.1.1", "Planter", "En cours"),
    ("1.1.2", "Tailler", "Terminé"),
    ("Objectif opérationnel 1.2 Favoriser la marche",),
    ("1.2.1", "Paver", "En cours"),
    ("OS n° 2 – Être une commune verte",),
    ("OO 2.1. Semer",),
    ("2.1.1", "Labourer", "En cours"),
)


def test_objectives_written_between_the_actions_give_them_their_code() -> None:
    one = actions(*BANDS)
    assert table(one).rows == [4, 5, 7, 10]
    assert table(one).columns["code_oo"] == ["1.1", "1.1", "1.2", "2.1"]
    assert [cell for cell, *_ in said(one, "ligne de section")] == ["A2", "A3", "A6", "A8", "A9"]
    assert said(one, "ligne de section")[1] == (
        "A3", "O.O 1.1 - Doubler les pistes", "OO 1.1, pour les lignes 4 et 5"
    )  # fmt: skip
    notes = [(n.row, n.note.understood, n.note.confidence) for n in one.notes if n.key == "code_oo"]
    assert notes == [
        (4, "1.1", Confidence.LIKELY), (5, "1.1", Confidence.LIKELY),
        (7, "1.2", Confidence.LIKELY), (10, "2.1", Confidence.LIKELY),
    ]  # fmt: skip
    assert "OO" not in [t.words["label"] for t in troubles(one, "S02")]


def test_objectives_written_between_the_actions_are_the_rows_of_sheets_that_have_none() -> None:
    empty = {"OO": [("Code OO", "Intitulé", "OS")]}
    for sheets in ({"Actions": BANDS}, {"Actions": BANDS, **empty}):
        one = made(sheets)
        oo, os = table(one, "oo"), table(one, "os")
        assert (oo.title, oo.rows) == ("Actions", [3, 6, 9])
        assert oo.columns["code"] == ["1.1", "1.2", "2.1"]
        assert oo.columns["code_os"] == ["1", "1", "2"]
        assert oo.columns["intitule"] == ["Doubler les pistes", "Favoriser la marche", "Semer"]
        assert os.columns["intitule"] == [
            "Être une commune où l’on roule",
            "Être une commune verte",
        ]
        assert oo.cell("intitule", 6) == "A6"
        assert all(oo.columns["id"])
        labels = [t.words["label"] for t in troubles(one, "S01")]
        assert "OO" not in labels
        (finding,) = (f for f in of_code(verdict(one).findings, "S10") if f.column == "OO")
        assert finding.message == (
            "La feuille « OO » n’a pas de ligne ; 3\u00a0OO y sont repris de « Actions »."
        )


def test_objectives_written_between_the_actions_add_nothing_to_a_sheet_that_has_rows() -> None:
    oo = [("Code OO", "Intitulé", "OS"), ("9.9", "Autre", "9")]
    one = made({"Actions": BANDS, "OO": oo})
    assert table(one, "oo").columns["code"] == ["9.9"]
    assert table(one).columns["code_oo"] == ["1.1", "1.1", "1.2", "2.1"]
    assert [t.sheet for t in troubles(one, "S10")] == ["os"]


def test_an_action_that_has_its_objective_keeps_it() -> None:
    one = actions(HEADINGS, ("OO 1.2 : Marcher",), PLANTER, ("1.2.1", "Paver", "En cours"))
    assert table(one).columns["code_oo"] == ["1.1", "1.2"]


def test_an_action_under_a_strategic_objective_alone_has_no_operational_one() -> None:
    one = actions(HEADINGS[:3], ("OO 1.1 : Rouler",), PLANTER[:3], ("OS 2 : Verte",), TAILLER[:3])
    assert table(one).columns["code_oo"] == ["1.1", None]


@pytest.mark.parametrize(
    "band",
    [
        ("1.1 Doubler les pistes",),
        ("1.1. Doubler les pistes",),
        ("1.1 : Doubler les pistes",),
        ("1.1", "Doubler les pistes"),
        (1.1, "Doubler les pistes"),
        ("OO 1.1", "Doubler les pistes"),
        ("OO 1.1\nDoubler les pistes",),
        (None, "OO 1.1 : Doubler les pistes"),
        ("OO 1.1 : Doubler les pistes", None, None, None, "Travaux", 12),
        (None, None, None, "OO 1.1 : Doubler les pistes"),
    ],
)
def test_a_section_is_understood_however_it_is_written(band: tuple[Any, ...]) -> None:
    headings = (*HEADINGS, "Service pilote", "ETP")
    one = actions(headings, band, ("1.1.1", "Planter", "En cours"))
    assert table(one).rows == [3]
    assert table(one).columns["code_oo"] == ["1.1"]
    assert table(one, "oo").columns["intitule"] == ["Doubler les pistes"]


def test_what_a_section_holds_besides_is_in_the_journal() -> None:
    band = ("OO 1.1 : Doubler", None, None, None, "Travaux")
    one = actions((*HEADINGS, "Service pilote"), band, ("1.1.1", "Planter"))
    (cell, read, _) = said(one, "ligne de section")[0]
    assert (cell, read) == ("A2", "OO 1.1 : Doubler · Travaux")


@pytest.mark.parametrize(
    "row",
    [
        ("1.1.1 Planter des arbres",),  # a code of the sheet's own shape
        ("1.1", "Doubler les pistes", "En cours"),  # an action with a short code
        ("12", "Planter"),  # an action by a plain number
        (None, "2 bornes à poser"),
        (None, "2.5 km de pistes", None, "1.2"),
        (None, "OO 1.1 : revoir", "En cours", "1.2"),  # it has its objective: an action
        ("1er trimestre", "Planter"),
        (None, "Planter 1.1"),
    ],
)
def test_a_row_that_is_an_action_is_no_section(row: tuple[Any, ...]) -> None:
    one = actions(HEADINGS, row, TAILLER)
    assert table(one).rows == [2, 3]
    assert "ligne de section" not in rules(one)


def test_a_section_without_a_word_is_none_when_the_next_action_has_its_objective() -> None:
    one = actions(HEADINGS, ("1.2 Marcher",), TAILLER)
    assert table(one).rows == [2, 3]


def test_strategic_objectives_are_sections_of_the_operational_ones_too() -> None:
    one = made({"OO": [("Code OO", "Intitulé"), ("OS 1 : Rouler",), ("1.1", "Doubler")]})
    assert table(one, "oo").columns["code_os"] == ["1"]
    assert table(one, "os").columns["intitule"] == ["Rouler"]
    assert table(one, "os").title == "OO"


def test_the_engine_knows_sections_from_the_declaration() -> None:
    group = Sheet(
        "groupes", "Groupes", "?",
        (Column("code", "N°", Kind.CODE, ""), Column("nom", "Nom", Kind.TEXT, "")),
        named_by="nom", records=("groupe", "groupes"),
    )  # fmt: skip
    parent = Column("groupe", "Groupe", Kind.CODE, "", Need.REQUIRED, refers=("groupes",))
    form, things, lists = toy(columns=(parent,)).sheets
    plan = replace(toy(), sheets=(form, group, things, lists))
    rows = [("Code", "Intitulé", "Montant"), ("Groupe 7 : Vert",), ("7.1", "un", 3)]
    one = made({"Choses": rows}, plan=plan)
    assert table(one, "choses").columns["groupe"] == ["7"]
    assert table(one, "groupes").columns["nom"] == ["Vert"]


@pytest.mark.parametrize(
    "total",
    [
        ("Total", None, 125_000),
        (None, "TOTAL GÉNÉRAL", 125_000),
        (None, "Sous-total OS 1", 12_000),
        (None, "Sous total voirie", 12_000),
        ("Total voirie", None, "125 000,00 €"),
        (None, "Total des actions : 12", 12),
        (None, "Somme", 3),
        ("TOTAUX",),
    ],
)
def test_a_row_of_total_is_left_out_and_said(total: tuple[Any, ...]) -> None:
    one = actions(("Code action", "Intitulé", "ETP", "Statut"), ("1.1.1", "Planter", 1), total)
    assert table(one).rows == [2]
    ((cell, read, understood),) = said(one, "ligne de total écartée")
    assert cell in ("A3", "B3")
    assert all(word in read for word in str(total[0] or total[1]).split())
    assert understood == "total, ligne écartée"


@pytest.mark.parametrize(
    "row",
    [
        ("1.1.2", "Total", 3),  # it has a code
        (None, "Total", 3, "En cours"),  # it says where it stands
        (None, "Totaliser les compteurs", 3),
        (None, "Total rénové de la maison communale", 3),
        (
            None,
            "Somme toute, revoir le plan",
        ),
    ],
)
def test_an_action_that_speaks_of_a_total_stays(row: tuple[Any, ...]) -> None:
    one = actions(("Code action", "Intitulé", "ETP", "Statut"), ("1.1.1", "Planter", 1), row)
    assert table(one).rows == [2, 3]


@pytest.mark.parametrize(
    "row",
    [
        ("Document de travail",), ("Légende",), (None, "Légende : rouge = en retard"),
        (None, None, None, "à valider par le collège"), ("NB : chiffres provisoires",),
        (None, "Remarque : voir le collège du 3 mai"),
    ],
)  # fmt: skip
def test_a_remark_alone_on_its_row_is_no_action_and_is_told(row: tuple[Any, ...]) -> None:
    one = actions(HEADINGS, PLANTER, row)
    text = next(cell for cell in row if cell)
    assert table(one).rows == [2]
    assert [read for _, read, _ in said(one, "remarque écartée")] == [text]
    (finding,) = of_code(verdict(one).findings, "S09")
    assert finding.message == f"La ligne 3, « {text} », n’a pas été lue comme une ligne du tableau."


@pytest.mark.parametrize(
    "row",
    [
        ("1.1.3",), ("A.45",), ("MOB",), (None, "Semer du blé"), (None, "Noter les remarques"),
        (None, None, "En cours"), ("A.45 - Semer du blé",),
    ],
)  # fmt: skip
def test_an_action_that_was_only_begun_stays(row: tuple[Any, ...]) -> None:
    one = actions(HEADINGS, PLANTER, row)
    assert table(one).rows == [2, 3]
    assert troubles(one, "S09") == []


def test_hidden_rows_are_read_and_said_in_words() -> None:
    def hide(book: Workbook) -> None:
        for at in (3, 5, 6, 7, 20):
            book["Actions"].row_dimensions[at].hidden = True

    rows = [(f"1.1.{number}", "Planter") for number in range(1, 8)]
    one = actions(HEADINGS[:2], *rows, change=hide)
    assert len(table(one)) == 7
    expected = [("A3", "lignes 3, 5 à 7, masquées", "lues comme les autres")]
    assert said(one, "lignes masquées lues") == expected


def test_hidden_columns_are_read_and_said_but_those_that_the_template_may_hide() -> None:
    def hide(book: Workbook) -> None:
        for letter in "ACDEF":
            book["Actions"].column_dimensions[letter].hidden = True

    headings = ("Id", "Code action", "Statut", "Avis", "Description", "Échéance")
    one = actions(headings, ("abc", "1.1.1", "Terminé", "bon", "long", None), change=hide)
    assert [(c, r) for c, r, _ in said(one, "colonnes masquées lues")] == [
        ("C1", "« Statut », masquée"), ("D1", "« Avis », masquée"),
    ]  # fmt: skip


def test_rows_in_words() -> None:
    assert rows_in_words([8]) == "ligne 8"
    assert rows_in_words([9, 8]) == "lignes 8 et 9"
    assert rows_in_words([8, 12, 13, 14, 15]) == "lignes 8, 12 à 15"


def test_an_error_is_a_filled_cell_that_was_not_understood() -> None:
    one = with_errors(HEADINGS, PLANTER, (None, None, "#REF!"))
    assert table(one).rows == [2, 3]
    assert one.not_understood()[("actions", 3, "statut")] == "#REF!"


def test_an_error_beyond_the_last_value_is_not_lost() -> None:
    one = with_errors(HEADINGS, PLANTER, (), (None, None, None, "#N/A"))
    assert table(one).rows == [2, 4]
    assert one.not_understood()[("actions", 4, "code_oo")] == "#N/A"


def test_an_error_is_neither_a_heading_nor_an_id() -> None:
    one = with_errors(("Id", "Code action", "#REF!"), ("#REF!", "1.1.1", "x"))
    assert table(one).locals == {}
    assert "#REF!" not in table(one).columns["id"]
    assert all(note.key != "id" for note in one.notes)


def test_a_formula_never_calculated_is_said() -> None:
    one = actions(HEADINGS, ("1.1.1", "Planter", '=IF(1,"Terminé","")'))
    ((place, text),) = one.not_understood().items()
    assert (place, text) == (("actions", 2, "statut"), "formule jamais calculée")


def test_a_text_received_stands_for_the_blank_cell_beside_it() -> None:
    headings = ("Code action", "Avancement %", f"Avancement %{COMPANION}")
    one = actions(headings, ("1.1.1", None, "environ 50"), ("1.1.2", 40, None))
    assert table(one).columns["avancement"] == [None, 40.0]
    assert one.not_understood() == {("actions", 2, "avancement"): "environ 50"}
    assert table(one).locals == {}
    assert table(one).missing.isdisjoint({"avancement"})


def test_a_text_received_stands_for_the_declared_default_too() -> None:
    one = actions(("Code action", "Type", f"Type{COMPANION}"), ("1.1.1", None, "Tpye"))
    assert table(one).columns["type_action"] == [None]
    assert one.not_understood() == {("actions", 2, "type_action"): "Tpye"}


def test_a_row_that_holds_only_a_text_received_is_read() -> None:
    one = actions(("Code action", "ETP", f"ETP{COMPANION}"), (None, None, "deux"))
    assert one.not_understood() == {("actions", 2, "etp"): "deux"}


def test_a_text_received_gives_way_to_what_was_filled_since() -> None:
    headings = ("Code action", "Avancement % ✱", f"Avancement % ✱{COMPANION}")
    one = actions(headings, ("1.1.1", 60, "environ 50"))
    assert table(one).columns["avancement"] == [60.0]
    assert [(c, r) for c, r, _ in said(one, "texte reçu remplacé")] == [("C2", "environ 50")]


def test_a_text_received_without_its_column_is_a_column_of_the_institution() -> None:
    one = actions(("Code action", f"Statut{COMPANION}"), ("1.1.1", "bof"))
    assert table(one).locals == {f"Statut{COMPANION}": ["bof"]}


def form(*rows: Sequence[Any], strict: bool = False) -> Return:
    sheets = {"Identification": rows, "Actions": [HEADINGS, PLANTER]}
    return made(sheets, options=Options(strict=strict))


def test_a_field_is_read_further_to_the_right() -> None:
    one = form(("Institution", None, "Valbruyère"), (), (None, "Code INS", None, None, "92951"))
    assert (one.identity("nom"), one.identity("ins")) == ("Valbruyère", "92951")
    assert table(one, "identification").places == {"nom": "C1", "ins": "E3"}
    assert [c for c, *_ in said(one, "valeur plus loin que son titre")] == ["C1", "E3"]


def test_the_help_beside_a_blank_field_is_not_its_value() -> None:
    one = form(
        ("Institution", "Valbruyère", "Le nom de la commune."),
        ("Code INS", None, "Cinq chiffres."),
        ("Population", 20143, "Les habitants."),
    )
    assert one.identity("ins") is None
    assert one.remarks == []


def test_fields_side_by_side_are_read() -> None:
    one = form(("Institution", "Valbruyère", "Code INS", "92951"), ("1.", "Type", "Commune"))
    assert (one.identity("nom"), one.identity("ins")) == ("Valbruyère", "92951")
    assert one.identity("type") == "Commune"


def test_a_value_that_is_also_the_name_of_a_field_is_a_value() -> None:
    one = form(("Type d’institution", "Commune"), ("Institution", "Valbruyère"))
    assert (one.identity("type"), one.identity("nom")) == ("Commune", "Valbruyère")


def test_a_value_below_its_name_is_read_when_it_is_clearly_so() -> None:
    across = form(("Institution", "Code INS", "Type d’institution"),
                  ("Valbruyère", "92951", "Commune"))  # fmt: skip
    assert across.identity("nom") == "Valbruyère"
    assert (across.identity("ins"), across.identity("type")) == ("92951", "Commune")
    down = form(("Institution",), ("Valbruyère",), (), ("Code INS",), ("92951",))
    assert (down.identity("nom"), down.identity("ins")) == ("Valbruyère", "92951")


def test_the_line_below_a_blank_field_is_not_its_value() -> None:
    one = form(("Institution", "Valbruyère"), ("Code INS",), ("Nombre de quartiers", 12))
    assert one.identity("ins") is None
    one = form(("Institution",), ("Code INS", "92951"))
    assert one.institution == "retour.xlsx"


def test_a_field_with_a_slip_is_read_and_told() -> None:
    one = form(("Instituton", "Valbruyère"), ("Code INS (5 chiffres)", "92951"))
    assert (one.identity("nom"), one.identity("ins")) == ("Valbruyère", "92951")
    assert [trouble.cell for trouble in troubles(one, "S08")] == ["A1", "A2"]


def test_a_strict_reading_takes_nothing_but_the_names_of_the_template() -> None:
    one = actions(*BANDS, ("Total", None, 3), HEADINGS[:3], strict=True)
    assert len(table(one)) == len(BANDS) + 1
    assert set(one.tables) == {"actions"}
    assert one.remarks == []
    near = actions(("Code action", "Satut"), ("1.1.1", "Terminé"), strict=True)
    assert table(near).locals == {"Satut": ["Terminé"]}
    with pytest.raises(UnreadableFile, match="pas un classeur PST"):
        made({"Actions 2026": [HEADINGS, PLANTER]}, options=STRICT)
    assert form(("Institution", None, "Valbruyère"), strict=True).institution == "retour.xlsx"


def test_a_strict_reading_fills_no_merged_cell() -> None:
    rows = [HEADINGS, PLANTER, ("1.1.2", "Tailler")]
    one = actions(*rows, change=lambda b: b["Actions"].merge_cells("D2:D3"), strict=True)
    assert table(one).columns["code_oo"] == ["1.1", None]


def test_a_clean_workbook_reads_alike_in_both_ways() -> None:
    data = workbook(CLEAN)
    assert read_bytes(data, "a", PST, STRICT) == read_bytes(data, "a", PST)


@pytest.mark.parametrize("limits", [Limits(lignes=2), Limits(colonnes=3), Limits(cellules=11)])
def test_a_sheet_beyond_the_limits_is_refused_whatever_the_format(limits: Limits) -> None:
    options = Options(limits=limits)
    with pytest.raises(UnreadableFile):
        made({"Actions": [HEADINGS, PLANTER, TAILLER]}, options=options)


EXAMPLES: dict[str, Callable[[], Return]] = {
    "nom de feuille complété": lambda: made({"Actions 2026": [HEADINGS, PLANTER]}),
    "nom de feuille approché": lambda: made({"Acitons": [HEADINGS, PLANTER]}),
    "feuille reconnue à ses titres": lambda: made(
        {"Suivi": [("Code action", "Service pilote", "Statut", "Avancement %"), PLANTER]}
    ),
    "feuille masquée lue": lambda: made(
        {"Actions": [HEADINGS, PLANTER], "Notes": [("Bonjour",)]},
        lambda book: setattr(book["Actions"], "sheet_state", "hidden"),
    ),
    "lignes masquées lues": lambda: actions(
        HEADINGS, PLANTER,
        change=lambda book: setattr(book["Actions"].row_dimensions[2], "hidden", True),
    ),
    "colonnes masquées lues": lambda: actions(
        HEADINGS, PLANTER,
        change=lambda book: setattr(book["Actions"].column_dimensions["C"], "hidden", True),
    ),
    "titre approché": lambda: actions(("Code action", "Satut"), ("1.1.1", "Terminé")),
    "titres sur deux lignes": lambda: actions(
        ("Code action", "Début", None), (None, "prévu", "effectif"), ("1.1.1",)
    ),
    "ligne de titres répétée": lambda: actions(HEADINGS, PLANTER, HEADINGS),
    "cellules fusionnées": lambda: actions(
        HEADINGS, PLANTER, ("1.1.2",), change=lambda book: book["Actions"].merge_cells("D2:D3")
    ),
    "ligne de section": lambda: actions(*BANDS),
    "code repris de la ligne de section": lambda: actions(*BANDS),
    "feuille tirée des lignes de section": lambda: actions(*BANDS),
    "ligne de total écartée": lambda: actions(HEADINGS, PLANTER, ("Total", None, None)),
    "remarque écartée": lambda: actions(HEADINGS, PLANTER, ("Document de travail",)),
    "texte reçu remplacé": lambda: actions(
        ("Code action", "ETP", f"ETP{COMPANION}"), ("1.1.1", 2, "deux")
    ),
    "valeur plus loin que son titre": lambda: form(("Institution", None, "Valbruyère")),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.rule)
def test_every_way_of_reading_is_taken_and_said_as_it_is_declared(way: Any) -> None:
    one = EXAMPLES[way.rule]()
    notes = [n.note for n in (*one.remarks, *one.notes) if n.note.rule == way.rule]
    assert notes
    assert {note.confidence for note in notes} == {way.confidence}
    assert all(note.understood for note in notes)


def test_no_way_of_reading_is_declared_twice() -> None:
    assert len({way.rule for way in WAYS}) == len(WAYS) == len(EXAMPLES)


def test_what_is_to_be_confirmed_is_also_a_finding() -> None:
    doubtful = {way.rule for way in WAYS if way.confidence is Confidence.TO_CONFIRM}
    assert doubtful == {"feuille reconnue à ses titres", "remarque écartée"}
    for rule in doubtful:
        codes = {finding.code for finding in verdict(EXAMPLES[rule]()).findings}
        assert codes & {"S07", "S09"}
    assert all(
        CATALOGUE[code].severity is Severity.WARNING for code in ("S07", "S08", "S09", "S10")
    )
