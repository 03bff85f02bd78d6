"""A filled workbook of an older template becomes one of today's: nothing is lost, or it is named."""

from __future__ import annotations

import datetime as dt
import io
import re
import subprocess
import warnings
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import office
import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.colors import Color
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table as ExcelTable
from properties.strategies import returns, texts
from repairs import complaints
from support import CLEAN, RETURN, damaged, grid, listing, opened, read, saved, workbook

from pst_excel import PstError
from pst_excel.batch import Return
from pst_excel.errors import UsageError
from pst_excel.modernising import Modernised, modernise
from pst_excel.outdated import Change, Nature, look
from pst_excel.outputs.carried import stays_inside
from pst_excel.outputs.modernised import free_title, write_modernised
from pst_excel.outputs.template import write_template
from pst_excel.pst import PST
from pst_excel.schema import HEADING_ROW, Where
from pst_excel.spelling import version_order

OLD = (Path(__file__).parent / "data" / "retour_modele_2026.1.xlsx").read_bytes()
LETTERS = {
    "Code action": "B",
    "Intitulé": "E",
    "Début prévu": "R",
    "Avancement %": "W",
    "Lieu": "AI",
}
"""Where some columns of Actions stand in that workbook."""
NEW_FIELDS = {
    "etape": "« Étape du PST »",
    "date_retour": "« À renvoyer pour le »",
    "os_annonces": "« OS annoncés »",
    "oo_annonces": "« OO annoncés »",
    "actions_annonces": "« Actions annoncées »",
}
NEW_SHEET = PST["derogations"]
"""The fields and the sheet that the template has since 2026.2."""


def today(text: str) -> bytes:
    """Return a workbook of today's template that holds these small tables of text."""
    version = f"version | {PST.version}\nannee_debut"
    return workbook(text.replace("annee_debut", version, 1))


def modernised(data: bytes) -> tuple[Modernised, bytes]:
    """Return what a workbook becomes, and the new workbook."""
    source = look(data)
    result = modernise(read(data), source)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return result, write_modernised(result, data, source)


def outcome(data: bytes) -> Modernised:
    """Return what a workbook becomes, nothing being written."""
    return modernise(read(data), look(data))


def data_of(one: Return) -> dict[str, Any]:
    """Return every value of a return: fields, rows, ids, lists, what was not understood."""
    form = one.tables[PST.form.key].columns
    unread = {(sheet, row - one.tables[sheet].rows[0] if row > 1 else 0, key): text
              for (sheet, row, key), text in one.not_understood().items()}  # fmt: skip
    return {
        "form": {key: form.get(key) for key in form if key != "version"},
        "tables": {
            (table.sheet, c.key): table.columns[c.key]
            for table in one.tables.values() if table.sheet != PST.form.key
            for c in PST[table.sheet].inputs if c.where is Where.BOTH
        },
        "local": {table.sheet: table.locals for table in one.tables.values()},
        "lists": one.lists,
        "unread": unread,
    }  # fmt: skip


def due(before: Return) -> dict[str, Any]:
    """Return the values that a workbook of 2026.1 must have in today's template: all it had.

    The fields that came since are blank, the sheet that came since has no row.
    """
    data = data_of(before)
    assert not NEW_FIELDS.keys() & data["form"].keys()
    assert NEW_SHEET.key not in before.tables
    blank = {(NEW_SHEET.key, c.key): [] for c in NEW_SHEET.inputs if c.where is Where.BOTH}
    return data | {
        "form": data["form"] | {key: [None] for key in NEW_FIELDS},
        "tables": data["tables"] | blank,
        "local": data["local"] | {NEW_SHEET.key: {}},
    }


def told(result: Modernised, nature: Nature, sheet: str = "") -> list[Change]:
    return [c for c in result.changes if c.nature is nature and sheet in ("", c.sheet)]


def column_of(data: bytes, label: str, sheet: str = "Actions") -> int:
    headings = [str(cell.value or "").strip(" ✱ƒ") for cell in opened(data)[sheet][HEADING_ROW]]
    return headings.index(label) + 1


def test_every_value_of_a_real_workbook_of_2026_1_is_read_again_from_the_new_one() -> None:
    before = read(OLD)
    after = read(modernised(OLD)[1])
    assert before.identity("version") == "2026.1"
    assert after.identity("version") == PST.version
    assert data_of(after) == due(before)
    assert list(after.tables["actions"].locals) == ["Lieu"]
    assert (after.troubles, after.notes) == ([], [])
    assert all(not table.new_rows for table in after.tables.values())


def test_what_changed_in_it_is_listed_shortly() -> None:
    result, _ = modernised(OLD)
    assert [(c.before, c.after) for c in told(result, Nature.VERSION)] == [("2026.1", PST.version)]
    added = told(result, Nature.ADDED, "Identification")
    assert [c.element for c in added] == list(NEW_FIELDS.values())
    assert {(c.before, c.after) for c in added} == {("", "nouveau dans le modèle 2026.2")}
    (sheet,) = told(result, Nature.ADDED, "Dérogations")
    assert (sheet.element, sheet.before) == ("la feuille", "")
    (words,) = told(result, Nature.ADDED, "Listes")
    assert words.element == "« Étapes du PST »"
    assert all(len(told(result, Nature.MOVED, sheet.title)) <= 2 for sheet in PST.tables)
    (given_id,) = told(result, Nature.IDENTIFIED)
    assert (given_id.sheet, given_id.element) == ("Actions", "1\u00a0action")
    (local,) = told(result, Nature.KEPT)
    assert (local.element, local.before) == ("« Lieu »", "AI")
    for nature in (Nature.LOST, Nature.UNREAD, Nature.REWRITTEN, Nature.RENAMED):
        assert told(result, nature) == []


WAIVER = {
    "Règle": "R10a",
    "Portée": "1.1.1",
    "Motif": "Subside reporté par la Région",
    "Décidé par": "Comité de pilotage",
    "Valable jusqu’au": dt.date(2027, 6, 30),
}


def test_a_workbook_of_2026_1_gets_the_sheet_that_came_since_ready_to_be_filled() -> None:
    data = modernised(OLD)[1]
    table = read(data).tables["derogations"]
    assert (table.title, table.rows, table.missing) == ("Dérogations", [], frozenset())
    titles = opened(data).sheetnames
    assert titles.index("Dérogations") == titles.index("Budget") + 1
    assert column_of(data, "Motif", "Dérogations") == column_of(data, "Règle", "Dérogations") + 3

    def accept(book: Any) -> None:
        for label, value in WAIVER.items():
            place = HEADING_ROW + 1, column_of(data, label, "Dérogations")
            book["Dérogations"].cell(*place).value = value

    filled = read(damaged(data, accept)).tables["derogations"].columns
    assert filled["code"] == ["R10a"]
    assert filled["motif"] == ["Subside reporté par la Région"]
    assert filled["echeance"] == [dt.date(2027, 6, 30)]


def test_a_column_is_said_to_be_where_it_was_and_where_it_now_is() -> None:
    result, data = modernised(OLD)
    (last,) = [c for c in told(result, Nature.MOVED, "Actions") if "Mis à jour le" in c.element]
    first, until = (cell.column for cell in opened(data)["Actions"][HEADING_ROW]), last.after
    assert next(first) == 1
    letters = until.split(" à ")[1]
    assert opened(data)["Actions"][f"{letters}{HEADING_ROW}"].value == "Mis à jour le"
    assert opened(OLD)["Actions"][f"{last.before.split(' à ')[1]}4"].value == "Mis à jour le"


def test_the_command_says_it_in_french_and_writes_the_workbook(run: Run, tmp_path: Path) -> None:
    source, target = saved(tmp_path / "ancien.xlsx", OLD), tmp_path / "nouveau.xlsx"
    result = run("moderniser", source, "-o", target)
    said = result.stdout.replace("\u00a0", " ").splitlines()
    assert result.exit_code == 0
    assert said[0] == f"ancien.xlsx : modèle 2026.1 → {PST.version}."
    assert said[1] == "✔ Repris : 8 OS, 30 OO, 13 actions, 6 indicateurs et 28 lignes de budget."
    assert said[-1] == f"Écrit : {target}"
    assert not any("Non repris" in line for line in said)
    assert source.read_bytes() == OLD


def test_the_last_sheet_lists_every_change() -> None:
    result, data = modernised(OLD)
    sheet = opened(data).worksheets[-1]
    rows = list(sheet.iter_rows(min_row=HEADING_ROW, values_only=True))
    assert sheet.title == "Modernisation"
    assert rows[0] == ("Nature", "Feuille", "Élément", "Avant", "Après")
    assert [row[0] for row in rows[1:]] == [str(c.nature) for c in result.changes]


def test_the_same_workbook_gives_the_same_bytes() -> None:
    assert modernised(OLD)[1] == modernised(OLD)[1]


def test_a_workbook_made_already_is_left_as_it_is(run: Run, tmp_path: Path) -> None:
    once = saved(tmp_path / "une.xlsx", modernised(OLD)[1])
    before = listing(tmp_path)
    result = run("moderniser", once, "-o", tmp_path / "deux.xlsx")
    assert result.exit_code == 0
    assert f"déjà à la version actuelle du modèle, {PST.version}" in result.stdout
    assert listing(tmp_path) == before


def test_a_workbook_of_today_in_which_people_write_as_they_do_needs_nothing() -> None:
    def write(book: Any) -> None:
        book["Actions"].cell(HEADING_ROW + 1, column_of(data, "Avancement %")).value = "40 %"
        book["Actions"].cell(HEADING_ROW + 2, column_of(data, "Intitulé")).value = "Nouvelle"

    data = today(CLEAN)
    result = outcome(damaged(data, write))
    assert (result.needed, result.changes) == (False, [])


def test_a_workbook_of_today_that_lost_a_column_is_made_anew() -> None:
    data = today(CLEAN)
    at = column_of(data, "Commentaire d’avancement")
    result, new = modernised(damaged(data, lambda book: book["Actions"].delete_cols(at)))
    assert result.needed
    (added,) = told(result, Nature.ADDED, "Actions")
    assert (added.element, added.after) == ("« Commentaire d’avancement »", "il manquait")
    assert read(new).troubles == []


def _stir(book: Any) -> None:
    sheet = book["Actions"]
    sheet.insert_rows(1)
    sheet["B1"] = "À relire avant juin"
    sheet[f"{LETTERS['Intitulé']}5"] = "titre"
    for position, heading in enumerate(("Ancienne colonne", "Empreinte", "Statut", None, "Quand",
                                        "Saisie"), start=36):  # fmt: skip
        sheet.cell(5, position).value = heading
    for row in range(6, 19):
        when = dt.datetime(2026, 1, row, 14, 30)
        for position, value in enumerate((f"n° {row}", row * 1.5, "à voir", "sans titre", when,
                                          row % 2 == 0), start=36):  # fmt: skip
            sheet.cell(row, position).value = value
        sheet.cell(row, 37).number_format = '#,##0.00 "t"'
    sheet["W7"], sheet["W8"], sheet["W9"] = "trente pour cent", "=10+20", "12,5 %"
    sheet["R7"], sheet["S9"] = "1er mars 2026", dt.datetime(2026, 5, 4, 12, 0)
    sheet["W10"] = "#N/A"
    sheet.insert_rows(9)
    sheet["B9"] = "DEUXIÈME PARTIE"
    sheet.insert_rows(9)
    sheet["AL40"] = "reste d’un brouillon"
    sheet["E8"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet["E8"].comment = Comment("À discuter\nau collège", "Marie")
    sheet["E5"].comment = Comment("Être bref", "Jean")
    sheet["AR50"].comment = Comment("perdue de vue", "Jean")
    sheet["E11"].hyperlink = "https://exemple.be/projet"
    sheet["E12"].font = Font(bold=True)
    sheet.row_dimensions[12].hidden = True
    sheet.protection.sheet = True
    lists = DataValidation(type="list", formula1='"a,b"')
    lists.add("AI6:AI18")
    sheet.add_data_validation(lists)
    pink = CellIsRule(
        operator="equal", formula=['"x"'], fill=PatternFill("solid", bgColor="FF00FF")
    )
    sheet.conditional_formatting.add("E6:E18", pink)
    form = book["Identification"]
    form["B25"], form["C25"], form["F7"] = "Téléphone", "081 22 33 44", "à vérifier"
    form["C7"].comment = Comment("le nom officiel", "Marie")
    form["C25"].comment = Comment("le jour", "Marie")
    lists = book["Listes"]
    lists["AB4"], lists["AB5"], lists["AB6"], lists["H40"] = "Quartiers", "Nord", "Sud", "Espace"
    book["Lisez-moi"]["E30"] = "Rendre avant le 15"
    book["OO"].title = "Objectifs opérationnels"
    book.defined_names["MaPlage"] = DefinedName("MaPlage", attr_text="'Suivi'!$A$1:$A$3")


def _add_sheets(book: Any) -> None:
    sheet = book.create_sheet("Suivi", 2)
    sheet["A1"] = "Suivi"
    sheet["A1"].font = Font(bold=True, size=16, color=Color(theme=4, tint=-0.25))
    sheet.merge_cells("A1:C1")
    for row in range(3, 8):
        sheet.cell(row, 1).value, sheet.cell(row, 2).value = row, row / 4
        sheet.cell(row, 2).number_format = '#,##0.00 "€"'
        sheet.cell(row, 3).value, sheet.cell(row, 4).value = f"=A{row}*2", f"=Actions!A{row}"
    sheet["A9"], sheet["A9"].number_format = dt.date(2026, 3, 1), "mm-dd-yy"
    sheet["B9"], sheet["C9"], sheet["D9"] = dt.datetime(2026, 3, 1, 8, 15), dt.time(8, 15), True
    sheet["E9"] = dt.timedelta(hours=30)
    for row, text in enumerate(("=1+1", "+32 81 22", "-12", "@commune", "'a"), start=10):
        sheet.cell(row, 1).value = text
        sheet.cell(row, 1).data_type = "s"
    sheet["F3"], sheet["G3"] = "=SUM('Suivi'!A3:A7)", "#N/A"
    sheet["F4"] = ArrayFormula("F4", "=SUM(A3:A7*2)")
    sheet["K3"] = ArrayFormula("K3:K5", "=A3:A5*2")
    sheet["A16"] = CellRichText("un mot ", TextBlock(InlineFont(b=True), "gras"))
    sheet["B3"].comment = Comment("à revoir", "Zoé")
    sheet["B4"].border = Border(left=Side("thin", color="FF0000"), bottom=Side("double"))
    sheet["B4"].alignment = Alignment("center", "center", wrap_text=True, text_rotation=45)
    sheet["B4"].fill = PatternFill("solid", fgColor="FFDDEE")
    sheet["B5"].font = Font(name="Arial", italic=True, underline="single", strike=True)
    sheet.column_dimensions["A"].width = 33.5
    sheet.column_dimensions["E"].hidden = True
    sheet.column_dimensions.group("G", "I", outline_level=2)
    sheet.row_dimensions[3].height = 40
    sheet.freeze_panes = "B3"
    sheet.sheet_properties.tabColor = "FF8800"
    sheet["H1"], sheet["H1"].hyperlink = "lien", "https://exemple.be"
    sheet["L1"], sheet["M1"] = "x", "y"
    sheet.add_table(ExcelTable(displayName="T1", ref="L1:M3"))
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=3, max_row=7))
    sheet.add_chart(chart, "J20")
    sheet.auto_filter.ref = "A2:D7"
    sheet.row_dimensions[5].hidden = True
    hidden = book.create_sheet("Cachée")
    hidden["A1"], hidden.sheet_state = "secret", "hidden"
    book.create_sheet("Modernisation")["A1"] = "de l’administration"


@cache
def stirred() -> bytes:
    """Return the real workbook after two years of use."""

    def change(book: Any) -> None:
        _stir(book)
        _add_sheets(book)

    return damaged(OLD, change)


@cache
def renewed() -> tuple[Modernised, bytes]:
    return modernised(stirred())


def test_every_value_people_wrote_is_read_again() -> None:
    before, after = read(stirred()), read(renewed()[1])
    mine, theirs = due(before), data_of(after)
    assert theirs["tables"] == mine["tables"]
    assert theirs["lists"] == mine["lists"]
    assert set(theirs["unread"].values()) == {"trente pour cent"}
    assert theirs["form"] == mine["form"]
    for name in ("Lieu", "Ancienne colonne", "Quand"):
        assert theirs["local"]["actions"][name] == mine["local"]["actions"][name]


def test_nothing_more_is_needed_afterwards() -> None:
    result = outcome(renewed()[1])
    assert (result.needed, result.changes) == (False, [])


def test_blank_rows_are_closed_up_and_a_title_between_rows_is_named() -> None:
    after = read(renewed()[1]).tables["actions"]
    assert after.rows == list(range(HEADING_ROW + 1, HEADING_ROW + 1 + 13))
    assert "DEUXIÈME PARTIE" not in after.columns["code"]
    assert "DEUXIÈME PARTIE" in {c.before for c in told(renewed()[0], Nature.LOST, "Actions")}
    (moved,) = [c for c in told(renewed()[0], Nature.MOVED, "Actions") if "lignes" in c.before]
    assert (moved.before, moved.after) == ("lignes 6 à 20", "lignes 5 à 17")


def test_renamed_columns_and_sheets_have_the_name_of_today() -> None:
    renamed = {(c.sheet, c.before, c.after) for c in told(renewed()[0], Nature.RENAMED)}
    assert renamed == {("Actions", "titre", "Intitulé"), ("OO", "Objectifs opérationnels", "OO")}


def test_what_was_understood_otherwise_is_told_with_its_cell() -> None:
    result, data = renewed()
    found = {(c.before, c.after): c.cells for c in told(result, Nature.REWRITTEN)}
    assert found.keys() == {("1er mars 2026", "01/03/2026"), ("12,5 %", "12,5"),
                            ("04/05/2026 12:00", "04/05/2026")}  # fmt: skip
    (cell,) = found["1er mars 2026", "01/03/2026"]
    assert opened(data)["Actions"][cell].value == dt.datetime(2026, 3, 1)


def test_what_was_not_understood_stays_as_it_was_written() -> None:
    result, data = renewed()
    unread, *blank = told(result, Nature.UNREAD)
    assert [(c.before, c.after) for c in blank] == [
        ("formule jamais calculée", "laissé vide"), ("#N/A", "laissé vide"),
    ]  # fmt: skip
    assert unread.before == "trente pour cent"
    assert opened(data)["Actions"][unread.cells[0]].value == "trente pour cent"


def test_columns_that_the_template_does_not_know_are_kept_to_the_right() -> None:
    result, data = renewed()
    kept = read(data).tables["actions"].locals
    assert list(kept) == ["Lieu", "Ancienne colonne", "Empreinte (locale)", "Statut (AL)",
                          "Colonne AM", "Quand", "Saisie (locale)"]  # fmt: skip
    assert kept["Empreinte (locale)"][0] == 9.0
    assert kept["Statut (AL)"][0] == "à voir"
    assert kept["Colonne AM"][0] == "sans titre"
    assert kept["Quand"][0] == dt.datetime(2026, 1, 6, 14, 30)
    assert kept["Saisie (locale)"][:2] == [True, False]
    said = {c.element for c in told(result, Nature.KEPT, "Actions")}
    assert {f"« {name} »" for name in kept} <= said
    at = column_of(data, "Empreinte (locale)")
    assert opened(data)["Actions"].cell(HEADING_ROW + 1, at).number_format == '#,##0.00 "t"'


def test_no_row_becomes_a_lent_one_for_a_column_that_happened_to_have_the_name() -> None:
    after = read(renewed()[1]).tables["actions"]
    assert set(after.columns["empreinte"]) == set(after.columns["role"]) == {None}


def test_the_notes_follow_their_cells() -> None:
    _, data = renewed()
    sheet, form = opened(data)["Actions"], opened(data)["Identification"]
    title = column_of(data, "Intitulé")
    note = sheet.cell(HEADING_ROW + 3, title).comment
    assert (note.text, note.author) == ("À discuter\nau collège", "Marie")
    assert sheet.cell(HEADING_ROW, title).comment.text == "Être bref"
    notes = {cell.value: cell.comment.text for row in form for cell in row if cell.comment}
    assert notes == {"Commune": "le nom officiel", "081 22 33 44": "le jour"}


def test_what_people_wrote_under_the_fields_and_beside_the_lists_is_still_there() -> None:
    def old_again(book: Any) -> None:
        book["Identification"]["C5"] = "2026.1"

    data = renewed()[1]
    for made in (data, modernised(damaged(data, old_again))[1]):
        book = opened(made)
        fields = {row[1].value: row[2].value for row in book["Identification"].iter_rows(min_row=5)}
        lists = {
            c[0].value: [one.value for one in c[1:3]] for c in book["Listes"].iter_cols(min_row=4)
        }
        assert fields["Téléphone"] == "081 22 33 44"
        assert lists["Quartiers"] == ["Nord", "Sud"]


@pytest.mark.parametrize(
    ("sheet", "element", "before", "cells"),
    [
        ("Actions", "cellule hors du tableau", "À relire avant juin", ("B1",)),
        ("Actions", "cellule hors du tableau", "reste d’un brouillon", ("AL40",)),
        ("Actions", "note de Jean", "perdue de vue", ("AR50",)),
        ("Actions", "formule", "=10+20", ("W8",)),
        ("Actions", "erreur", "#N/A", ("W12",)),
        ("Actions", "lien", "https://exemple.be/projet", ("E11",)),
        ("Actions", "couleur ou police", "", ("E8", "E12")),
        ("Actions", "lignes masquées ou filtrées", "", ("A12",)),
        ("Actions", "validations de saisie ajoutées", "", ("AI6:AI18",)),
        ("Actions", "mises en forme conditionnelles ajoutées", "", ("E6:E18",)),
        ("Actions", "protection de la feuille", "", ()),
        ("Identification", "cellule hors du tableau", "à vérifier", ("F7",)),
        ("Listes", "« Statuts »", "Espace", ("H40",)),
        ("(classeur)", "nom « MaPlage »", "'Suivi'!$A$1:$A$3", ()),
        ("Suivi", "formule", "=Actions!A3", ("D3", "D4", "D5", "D6", "D7")),
        ("Suivi", "lien", "https://exemple.be", ("H1",)),
        ("Lisez-moi", "cellule ajoutée", "Rendre avant le 15", ("E30",)),
        ("Suivi", "erreur", "#N/A", ("G3",)),
        ("Suivi", "mise en forme d’une partie du texte", "", ("A16",)),
        ("Suivi", "formule", "=A3:A5*2", ("K3",)),
        ("Suivi", "filtre", "", ("A5",)),
        ("Suivi", "1\u00a0graphique", "", ()),
        ("Suivi", "1\u00a0tableau structuré", "", ()),
    ],
)
def test_what_cannot_be_carried_is_named_with_its_place(
    sheet: str, element: str, before: str, cells: tuple[str, ...]
) -> None:
    found = [(c.element, c.before, c.cells) for c in told(renewed()[0], Nature.LOST, sheet)]
    assert (element, before, cells) in found


def test_nothing_else_is_said_to_be_lost() -> None:
    assert len(told(renewed()[0], Nature.LOST)) == 24


def test_the_screen_says_the_worst_first_and_stays_short(run: Run, tmp_path: Path) -> None:
    source = saved(tmp_path / "a.xlsx", stirred())
    result = run("moderniser", source, "-o", tmp_path / "b.xlsx")
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert lines[2] == "⚠ Non repris :"
    assert len(lines) < 60
    assert any(re.fullmatch(r"  Actions, « Avancement % » : [A-Z]+6 \(trente.*", x) for x in lines)


def test_the_sheets_of_people_are_all_there_and_the_list_comes_last() -> None:
    book = opened(renewed()[1])
    assert book.sheetnames[-4:] == ["Suivi", "Cachée", "Modernisation", "Modernisation (nouvelle)"]
    assert book["Modernisation"]["A1"].value == "de l’administration"
    assert book["Cachée"].sheet_state == "hidden"


def test_the_cells_of_a_local_sheet_keep_their_kinds_and_their_numbers() -> None:
    old, new = opened(stirred())["Suivi"], opened(renewed()[1])["Suivi"]
    outward = {"G3", "K3", *(f"D{row}" for row in range(3, 8))}
    for row in old.iter_rows():
        for cell in row:
            if cell.coordinate in outward or cell.value is None:
                continue
            mine = new[cell.coordinate]
            if isinstance(cell.value, ArrayFormula):
                assert (mine.value.ref, mine.value.text) == (cell.value.ref, cell.value.text)
                continue
            assert (mine.value, mine.data_type) == (cell.value, cell.data_type), cell.coordinate
            assert mine.number_format == cell.number_format, cell.coordinate


def test_text_that_begins_like_a_formula_stays_text() -> None:
    sheet = opened(renewed()[1])["Suivi"]
    assert [(sheet.cell(row, 1).value, sheet.cell(row, 1).data_type) for row in range(10, 15)] == [
        ("=1+1", "s"), ("+32 81 22", "s"), ("-12", "s"), ("@commune", "s"), ("'a", "s")
    ]  # fmt: skip


def test_a_local_sheet_looks_as_it_did() -> None:
    old, new = opened(stirred())["Suivi"], opened(renewed()[1])["Suivi"]
    assert [str(one) for one in new.merged_cells.ranges] == ["A1:C1"]
    assert new["A1"].font.b
    assert new["A1"].font.sz == 16
    assert (
        new["A1"].font.color.rgb == "FF376092"
    )  # the fourth accent of the theme, a quarter darker
    assert new["B4"].border.left.style == "thin"
    assert new["B4"].border.left.color.rgb == "FFFF0000"
    assert new["B4"].border.bottom.style == "double"
    assert new["B4"].alignment.horizontal == new["B4"].alignment.vertical == "center"
    assert new["B4"].alignment.wrap_text
    assert new["B4"].alignment.text_rotation == 45
    assert new["B4"].fill.fgColor.rgb == "FFFFDDEE"
    assert (new["B5"].font.name, new["B5"].font.i, new["B5"].font.u) == ("Arial", True, "single")
    assert new["B5"].font.strike
    assert new["B3"].comment.text == "à revoir"
    assert new["B3"].comment.author == "Zoé"
    assert new.column_dimensions["A"].width == pytest.approx(33.5, abs=0.1)
    assert new.column_dimensions["E"].hidden
    assert new.column_dimensions["G"].outlineLevel == 2
    assert new.row_dimensions[3].height == pytest.approx(40, abs=0.5)
    assert not new.row_dimensions[5].hidden
    assert new.freeze_panes == "B3"
    assert new.sheet_properties.tabColor.rgb == "FFFF8800"
    assert new.auto_filter.ref == old.auto_filter.ref


def test_a_formula_keeps_the_value_that_it_had() -> None:
    data = workbook(CLEAN)

    def add(book: Any) -> None:
        sheet = book.create_sheet("Calculs")
        sheet["A1"], sheet["B1"], sheet["C1"] = 2, "=A1*21", "=Actions!A5"
        book["Identification"]["C5"] = "2026.1"

    def value(part: str) -> str:
        for formula, result in (("A1*21", 42), ("Actions!A5", 7)):
            part = re.sub(
                rf"(<f>{re.escape(formula)}</f>)<v(?:></v>| ?/>)", rf"\1<v>{result}</v>", part
            )
        return part

    added = damaged(data, add)
    at = opened(added).sheetnames.index("Calculs") + 1
    computed = rewritten(added, f"xl/worksheets/sheet{at}.xml", value)
    _, new = modernised(computed)
    assert opened(new)["Calculs"]["B1"].value == "=A1*21"
    assert opened(new)["Calculs"]["C1"].value == 7
    assert look(new).sheets["Calculs"] == [[2.0, 42.0, 7.0]]


@pytest.mark.parametrize(
    "formula",
    ["=A1+B2", "=SUM($A$1:B3)*2", "=SUM('Ma feuille'!A1:A3)", "=IF(A:A>0,1,0)", "=MAX(1:3)",
     '="Actions!A1"', "=_xlfn.IFS(A1>0,1)", "={1,2}"],
)  # fmt: skip
def test_a_formula_that_looks_at_its_own_sheet_stays_one(formula: str) -> None:
    assert stays_inside(formula, "Ma feuille")


@pytest.mark.parametrize(
    "formula",
    ["=Actions!A1", "='[1]Feuil1'!A1", "=Actions_prevu", "=T1[Coût]", '=INDIRECT("Actions!A1")',
     '=HYPERLINK("http://exemple.be")', "=MaFonction(A1)", '=_xlfn.WEBSERVICE("http://exemple.be")',
     "=cmd|' /C calc'!A0", "=SUM(Feuil1:Feuil3!A1)", "=CELL(\"filename\")", '="a'],
)  # fmt: skip
def test_a_formula_that_looks_elsewhere_does_not(formula: str) -> None:
    assert not stays_inside(formula, "Ma feuille")


def test_a_format_at_the_end_of_the_world_costs_nothing() -> None:
    def far(book: Any) -> None:
        sheet = book.create_sheet("Loin")
        sheet["A1"] = "ici"
        sheet["XFD1048576"].fill = PatternFill("solid", fgColor="FFFF00")

    _, data = modernised(damaged(OLD, far))
    assert opened(data)["Loin"].dimensions == "A1:A1"


def test_excel_opens_the_new_workbook_without_a_word() -> None:
    assert complaints(renewed()[1]) == []
    assert complaints(modernised(OLD)[1]) == []


@pytest.mark.parametrize(
    ("title", "found"),
    [("Suivi", "Suivi"), ("OO", "OO (ancienne)"), ("Où/Quand ?", "Où Quand"),
     ("x" * 40, "x" * 31), ("'cité'", "cité"), ("***", "Feuille")],
)  # fmt: skip
def test_a_title_that_excel_refuses_or_that_is_taken_is_changed(title: str, found: str) -> None:
    assert free_title(title, {"oo", "actions"}) == found


def rewritten(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    return package(data, {part: change(parts(data)[part])})


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        return {name: held.read(name).decode("utf-8", "replace") for name in held.namelist()}


def package(data: bytes, added: Mapping[str, str]) -> bytes:
    """Return the package with parts added or put in the place of others."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            if name not in added:
                new.writestr(name, old.read(name))
        for name, text in added.items():
            new.writestr(name, text)
    return buffer.getvalue()


RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}'
    "</Relationships>"
)
RELATION = '<Relationship Id="rId{}" Type="http://x/relationships/{}" Target="{}"/>'


def test_macros_links_and_signatures_are_named() -> None:
    added = {"xl/vbaProject.bin": "x", "xl/externalLinks/externalLink1.xml": "<x/>",
             "xl/connections.xml": "<x/>", "_xmlsignatures/sig1.xml": "<x/>"}  # fmt: skip
    result, _ = modernised(package(OLD, added))
    assert {c.element for c in told(result, Nature.LOST)} == {
        "macros", "liens vers d’autres classeurs", "connexions à des données externes",
        "signature électronique",
    }  # fmt: skip


def test_what_lies_over_the_cells_is_counted_by_sheet() -> None:
    kinds = ("pivotTable", "slicer", "slicer", "oleObject", "table")
    relations = [RELATION.format(n, kind, f"../n/{n}.xml") for n, kind in enumerate(kinds)]
    relations.append(RELATION.format(9, "drawing", "../drawings/drawing9.xml"))
    drawing = '<d xmlns:a="u"><a:pic/><a:pic/><a:sp/><a:cxnSp/><a:graphicFrame/></d>'
    added = {"xl/worksheets/_rels/sheet6.xml.rels": RELATIONS.format("".join(relations)),
             "xl/drawings/drawing9.xml": drawing}  # fmt: skip
    result, _ = modernised(package(OLD, added))
    assert {c.element.replace("\u00a0", " ") for c in told(result, Nature.LOST, "Actions")} == {
        "1 tableau croisé dynamique", "2 segments", "1 objet incorporé", "2 images", "2 formes",
        "1 graphique",
    }  # fmt: skip


def test_a_conversation_becomes_a_note_that_says_who_spoke() -> None:
    def talk(book: Any) -> None:
        book["Actions"]["E5"].comment = Comment("[Threaded comment] Your version of …", "tc={1}")

    data = damaged(OLD, talk)
    relations = "xl/worksheets/_rels/sheet6.xml.rels"
    more = RELATION.format(77, "threadedComment", "../threadedComments/threadedComment1.xml")
    said = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
        'threadedcomments"><threadedComment ref="E5" personId="{A}"><text>On garde ?</text>'
        '</threadedComment><threadedComment ref="E5" personId="{B}"><text>Oui.</text>'
        "</threadedComment></ThreadedComments>"
    )
    people = '<l><person id="{A}" displayName="Marie"/><person id="{B}" displayName="Jean"/></l>'
    added = {
        relations: parts(data)[relations].replace("</Relationships>", f"{more}</Relationships>"),
        "xl/threadedComments/threadedComment1.xml": said,
        "xl/persons/person.xml": people,
    }
    _, new = modernised(package(data, added))
    cell = opened(new)["Actions"].cell(HEADING_ROW + 1, column_of(new, "Intitulé"))
    assert cell.comment.text == "Marie : On garde ?\nJean : Oui."


def test_a_sheet_too_vast_to_be_looked_at_keeps_its_values() -> None:
    def merge(part: str) -> str:
        cells = '<mergeCells count="1"><mergeCell ref="A1:Z99999"/></mergeCells>'
        return part.replace("</sheetData>", f"</sheetData>{cells}")

    data = damaged(OLD, _add_sheets)
    titles = opened(data).sheetnames
    vast = rewritten(data, f"xl/worksheets/sheet{titles.index('Cachée') + 1}.xml", merge)
    result, new = modernised(vast)
    (said,) = [c for c in told(result, Nature.LOST) if c.element.startswith("notes")]
    assert "trop grandes" in said.after
    assert opened(new)["Suivi"]["A3"].value == 3
    assert opened(new)["Suivi"]["A10"].value == "=1+1"
    assert opened(new)["Suivi"]["A10"].data_type == "s"
    assert opened(new)["Suivi"]["B9"].value == dt.datetime(2026, 3, 1, 8, 15)
    assert opened(new)["Cachée"].sheet_state == "hidden"


def test_what_openpyxl_cannot_open_keeps_its_values() -> None:
    data = damaged(OLD, lambda book: book.create_chartsheet("Graphique"))
    result, new = modernised(data)
    assert data_of(read(new))["tables"] == due(read(OLD))["tables"]
    assert {c.element for c in told(result, Nature.LOST)} == {
        "notes, formules, formats et images", "feuille graphique ou de macros"
    }  # fmt: skip


def test_a_sheet_of_the_plan_without_its_headings_is_kept_under_another_name() -> None:
    def blur(book: Any) -> None:
        book.remove(book["Budget"])
        sheet = book.create_sheet("Budget")
        sheet["A1"], sheet["A2"] = "Tout est chez le directeur financier", 12

    result, data = modernised(damaged(OLD, blur))
    assert opened(data)["Budget (ancienne)"]["A2"].value == 12
    assert [c.element for c in told(result, Nature.ADDED, "Budget")] == ["la feuille"]
    assert len(read(data).tables["budget"]) == 0


def test_a_sheet_that_people_call_evaluation_is_theirs() -> None:
    def add(book: Any) -> None:
        book.create_sheet("Évaluation")["B2"] = "Réunion du 3 mars"

    _, data = modernised(damaged(OLD, add))
    assert opened(data)["Évaluation"]["B2"].value == "Réunion du 3 mars"


def test_a_workbook_made_without_the_template_becomes_one_of_the_template() -> None:
    data = grid({"Actions": [["Code", "Titre", "État", "Remarque du chef"],
                             ["1.1.1", "Planter", "fini", "bien"]]})  # fmt: skip
    result, new = modernised(data)
    after = read(new)
    assert [c.before for c in told(result, Nature.VERSION)] == ["(non indiquée)"]
    assert after.identity("version") == PST.version
    assert after.tables["actions"].columns["intitule"] == ["Planter"]
    assert after.tables["actions"].locals == {"Remarque du chef": ["bien"]}
    assert after.troubles == []


def test_rows_that_are_lent_stay_lent() -> None:
    made = read(today(RETURN + "\nActions\ncode | intitule\n1.1.1 | Planter\n1.1.2 | Semer"))
    made.tables["actions"].columns["role"] = [None, "Partenaire"]
    made.tables["actions"].columns["empreinte"] = [None, "abc"]
    data = damaged(write_template(made), lambda book: book.remove(book["Constat"]))
    result, new = modernised(data)
    after = read(new).tables["actions"].columns
    assert result.needed
    assert (after["role"], after["empreinte"]) == ([None, "Partenaire"], [None, "abc"])


def test_a_blank_that_means_something_stays_blank() -> None:
    data = damaged(OLD, lambda book: book["Actions"].__setitem__("G5", None))
    result, new = modernised(data)
    assert opened(new)["Actions"].cell(HEADING_ROW + 1, column_of(new, "Type")).value is None
    assert told(result, Nature.REWRITTEN) == []


def test_versions_are_ordered_by_their_numbers() -> None:
    assert (
        version_order("")
        < version_order("2026.1")
        < version_order("2026.9")
        < version_order("2026.10")
        < version_order("2027.1")
    )


def test_a_newer_workbook_is_refused(run: Run, tmp_path: Path) -> None:
    newer = damaged(OLD, lambda book: book["Identification"].__setitem__("C5", "2099.1"))
    source = saved(tmp_path / "a.xlsx", newer)
    before = listing(tmp_path)
    result = run("moderniser", source, "-o", tmp_path / "b.xlsx")
    assert result.exit_code == 2
    assert "plus récent que celui de ce programme" in result.stderr
    assert listing(tmp_path) == before


def test_a_consolidated_plan_is_refused_with_what_to_do() -> None:
    data = office.consolidated(RETURN + "\nOS\ncode | intitule\n1 | Rouler")
    with pytest.raises(UsageError, match="relancez « consolider »"):
        modernise(read(data), look(data))


@pytest.mark.parametrize(
    ("source", "target", "code", "said"),
    [
        ("a.xlsx", "a.xlsx", 2, "est aussi un fichier donné à lire"),
        ("a.xlsx", "b.pdf", 2, "doit se terminer par .xlsx"),
        ("absent.xlsx", "b.xlsx", 2, "n’existe pas"),
        (".", "b.xlsx", 2, "est un dossier"),
        ("vide.xlsx", "b.xlsx", 3, "le fichier est vide"),
        ("autre.xlsx", "b.xlsx", 3, "pas un classeur PST"),
        ("a.xlsx", "nulle/part.xlsx", 2, "n’existe pas"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence_and_nothing_is_written(
    run: Run, tmp_path: Path, source: str, target: str, code: int, said: str
) -> None:
    saved(tmp_path / "a.xlsx", OLD)
    saved(tmp_path / "vide.xlsx", b"")
    saved(tmp_path / "autre.xlsx", grid({"Feuil1": [["Bonjour"]]}))
    before = listing(tmp_path)
    result = run("moderniser", tmp_path / source, "-o", tmp_path / target)
    (sentence, *_) = result.stderr.splitlines()
    assert result.exit_code == code
    assert said in sentence
    assert sentence.endswith(".")
    assert listing(tmp_path) == before


def test_a_previous_result_is_kept_beside_the_new_one(run: Run, tmp_path: Path) -> None:
    source, target = saved(tmp_path / "a.xlsx", OLD), saved(tmp_path / "b.xlsx", b"ancien")
    result = run("moderniser", source, "-o", target)
    assert result.exit_code == 0
    assert (tmp_path / "b.precedent-1.xlsx").read_bytes() == b"ancien"
    assert "b.precedent-1.xlsx" in result.stdout


def test_from_python_it_is_one_line(tmp_path: Path) -> None:
    from pst_excel import modernise as renew

    source = saved(tmp_path / "a.xlsx", OLD)
    result, kept = renew(source, str(tmp_path / "b.xlsx"))
    assert (result.before, result.needed, kept) == ("2026.1", True, None)
    assert read((tmp_path / "b.xlsx").read_bytes()).identity("version") == PST.version
    with pytest.raises(PstError):
        renew(source, source)


@pytest.mark.libreoffice
@office.libreoffice
def test_a_workbook_that_libreoffice_saved_loses_nothing_either(tmp_path: Path) -> None:
    lost = {}
    for form in ("xlsx", "ods"):
        result, new = modernised(saved_as(form, OLD, tmp_path))
        assert data_of(read(new)) == due(read(OLD))
        lost[form] = {c.element for c in told(result, Nature.LOST)}
    assert lost == {"xlsx": set(), "ods": {"notes, formules, formats et images"}}


def saved_as(form: str, data: bytes, folder: Path) -> bytes:
    """Return a workbook as LibreOffice saves it in a form."""
    given = saved(folder / "given" / "a.xlsx", data)
    profile, made = (folder / "profile").as_uri(), folder / "made"
    command = [str(office.SOFFICE), f"-env:UserInstallation={profile}", "--headless", "--norestore",
               "--convert-to", form, "--outdir", str(made), str(given)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=office.LIMIT)
    return (made / f"a.{form}").read_bytes()


@settings(max_examples=12)
@given(returns(PST), st.data())
def test_every_value_of_any_return_is_kept(drawn: Return, data: st.DataObject) -> None:
    cell = st.one_of(texts(), st.dates(dt.date(1901, 1, 1), dt.date(2199, 12, 31)),
                     st.integers(-(10**9), 10**9).map(float))  # fmt: skip
    actions = drawn.tables["actions"]
    if actions.rows:
        count = len(actions.rows)
        actions.locals = {"Lieu": data.draw(st.lists(cell, min_size=count, max_size=count))}
    drawn.tables[PST.form.key].columns["version"] = ["2026.1"]
    old = write_template(drawn)
    before = read(old)
    result, new = modernised(old)
    after = read(new)
    assert result.needed
    assert told(result, Nature.LOST) == []
    assert data_of(after) == data_of(before)
    assert (after.notes, after.troubles) == ([], [])
