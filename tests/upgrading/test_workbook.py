"""Every value of an older workbook is read again from the one that it becomes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import RETURN, damaged, grid, office, opened, read
from support.hostile import rewritten
from support.modernised import (
    OLD,
    column_of,
    data_of,
    due,
    modernised,
    outcome,
    saved_as,
    today,
    told,
)
from support.stirred import renewed, stirred

from pst_excel.excel.books.template import write_template
from pst_excel.model.schema import HEADING_ROW
from pst_excel.pst import PST
from pst_excel.returns.tables import Return
from pst_excel.testing import texts, wild
from pst_excel.upgrading.changes import ChangeKind


def test_every_value_of_a_real_workbook_of_2026_1_is_read_again_from_the_new_one() -> None:
    before = read(OLD)
    after = read(modernised(OLD)[1])
    assert before.identity("version") == "2026.1"
    assert after.identity("version") == PST.version
    assert data_of(after) == due(before)
    assert list(after.tables["actions"].locals) == ["Lieu"]
    assert (after.findings, after.readings) == ([], [])
    assert all(not table.new_rows for table in after.tables.values())


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
    assert "DEUXIÈME PARTIE" in {c.before for c in told(renewed()[0], ChangeKind.LOST, "Actions")}
    (moved,) = [c for c in told(renewed()[0], ChangeKind.MOVED, "Actions") if "lignes" in c.before]
    assert (moved.before, moved.after) == ("lignes 6 à 20", "lignes 5 à 17")


def test_what_was_understood_otherwise_is_told_with_its_cell() -> None:
    result, data = renewed()
    found = {(c.before, c.after): c.cells for c in told(result, ChangeKind.REWRITTEN)}
    assert found.keys() == {("1er mars 2026", "01/03/2026"), ("12,5 %", "12,5"),
                            ("04/05/2026 12:00", "04/05/2026")}  # fmt: skip
    (cell,) = found["1er mars 2026", "01/03/2026"]
    assert opened(data)["Actions"][cell].value == dt.datetime(2026, 3, 1)


def test_what_was_not_understood_stays_as_it_was_written() -> None:
    result, data = renewed()
    unread, *blank = told(result, ChangeKind.UNREAD)
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
    said = {c.element for c in told(result, ChangeKind.KEPT, "Actions")}
    assert {f"« {name} »" for name in kept} <= said
    at = column_of(data, "Empreinte (locale)")
    assert opened(data)["Actions"].cell(HEADING_ROW + 1, at).number_format == '#,##0.00 "t"'


def test_a_number_without_bounds_in_a_column_of_people_is_kept_as_its_text() -> None:
    rows = [("Code action", "Intitulé", "Coût"), ("1.1.1", "Planter", 12345678)]
    data = rewritten(grid({"Actions": rows}), "12345678", "1e999")
    assert read(modernised(data)[1]).tables["actions"].locals == {"Coût": ["inf"]}


def test_no_row_becomes_a_lent_one_for_a_column_that_happened_to_have_the_name() -> None:
    after = read(renewed()[1]).tables["actions"]
    assert set(after.columns["empreinte"]) == set(after.columns["role"]) == {None}


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
    assert told(result, ChangeKind.REWRITTEN) == []


def test_a_workbook_made_without_the_template_becomes_one_of_the_template() -> None:
    data = grid({"Actions": [["Code", "Titre", "État", "Remarque du chef"],
                             ["1.1.1", "Planter", "fini", "bien"]]})  # fmt: skip
    result, new = modernised(data)
    after = read(new)
    assert [c.before for c in told(result, ChangeKind.VERSION)] == ["(non indiquée)"]
    assert after.identity("version") == PST.version
    assert after.tables["actions"].columns["intitule"] == ["Planter"]
    assert after.tables["actions"].locals == {"Remarque du chef": ["bien"]}
    assert after.findings == []


@pytest.mark.libreoffice
@office.libreoffice
def test_a_workbook_that_libreoffice_saved_loses_nothing_either(tmp_path: Path) -> None:
    lost = {}
    for form in ("xlsx", "ods"):
        result, new = modernised(saved_as(form, OLD, tmp_path))
        assert data_of(read(new)) == due(read(OLD))
        lost[form] = {c.element for c in told(result, ChangeKind.LOST)}
    assert lost == {"xlsx": set(), "ods": {"notes, formules, formats et images"}}


@settings(max_examples=12)
@given(wild(PST), st.data())
def test_every_value_of_any_return_is_kept(drawn: Return, data: st.DataObject) -> None:
    cell = st.one_of(texts(), st.dates(dt.date(1901, 1, 1), dt.date(2199, 12, 31)),
                     st.integers(-(10**9), 10**9).map(float))  # fmt: skip
    actions = drawn.tables["actions"]
    if actions.rows:
        count = len(actions.rows)
        actions.locals["Lieu"] = data.draw(st.lists(cell, min_size=count, max_size=count))
    drawn.tables[PST.form.key].columns["version"] = ["2026.1"]
    old = write_template(drawn)
    before = read(old)
    result, new = modernised(old)
    after = read(new)
    assert result.needed
    assert told(result, ChangeKind.LOST) == []
    assert data_of(after) == data_of(before)
    assert (after.readings, after.findings) == ([], [])
