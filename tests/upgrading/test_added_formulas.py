"""What looks at the sheets of the plan from those that people added: its last value is kept.

The columns of the plan may stand elsewhere today, so that an address would give another number.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support import office, opened
from support.hostile import part_name
from support.modernised import (
    OLD,
    column_of,
    lost,
    modernised,
    parts,
    rewritten,
    saved_as,
    with_sheets,
)
from support.ooxml.detaching import with_last_values
from support.repairs import complaints

from pst_excel.ooxml.workbook import Workbook
from pst_excel.upgrading.old_layout import look

PROGRESS = "Avancement %"
"""A column of Actions that stood in W in 2026.1, and stands further to the left today."""


def follow(book: Any) -> None:
    """Write a sheet that looks at Actions in every way that Excel has."""
    sheet = book.add_worksheet("Suivi")
    sheet.write_formula("A1", "=AVERAGE(Actions!W5:W17)", None, 40)
    sheet.write_formula("A2", "=A1*2", None, 80)
    for row in range(3, 6):
        sheet.write_formula(f"A{row}", f"=Actions!W{row + 2}", None, row)
    sheet.write_formula("B1", "=AVERAGE(Actions_avancement)", None, 40)
    sheet.write_url("C1", "internal:Actions!B5", string="voir")
    sheet.data_validation("D1:D9", {"validate": "list", "source": "=Listes!$A$5:$A$9"})
    sheet.conditional_format("E1:E9", {
        "type": "formula", "criteria": "=E1>Actions!$W$5",
        "format": book.add_format({"bold": True}),
    })  # fmt: skip
    sheet.add_sparkline("F1", {"range": "Actions!W5:W17"})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"categories": "=Actions!$B$5:$B$6", "values": "=Actions!$W$5:$W$6"})
    sheet.insert_chart("H2", chart)


def test_the_column_has_moved() -> None:
    assert opened(OLD)["Actions"]["W4"].value.startswith(PROGRESS)
    assert column_of(modernised(OLD)[1], PROGRESS) < 23


def test_what_looks_at_the_plan_keeps_its_value_and_is_named() -> None:
    result, new = modernised(with_last_values(with_sheets(follow)))
    sheet = opened(new)["Suivi"]
    assert [sheet[ref].value for ref in ("A1", "A2", "A3", "A4", "A5")] == [40, "=A1*2", 3, 4, 5]
    assert sheet["B1"].value == "=AVERAGE(Actions_avancement)"
    assert sheet["C1"].hyperlink.location == "Actions!B5"
    assert lost(result, "Suivi") == [
        ("formule", "=AVERAGE(Actions!W5:W17)", "sa valeur est gardée", ("A1",)),
        ("formule", "=Actions!W5", "sa valeur est gardée", ("A3", "A4", "A5")),
        ("mises en forme conditionnelles", "E1>Actions!$W$5", "", ("E1:E9",)),
        ("validations de saisie", "Listes!$A$5:$A$9", "", ("D1:D9",)),
        ("1 mini-graphique", "Actions!W5:W17", "", ("F1",)),
        ("1 graphique", "Actions!$B$5:$B$6", "dessiné avec ses dernières valeurs", ()),
    ]  # fmt: skip
    assert not any("Actions!$" in part for name, part in parts(new).items() if "/charts/" in name)
    assert complaints(new) == []


@pytest.mark.libreoffice
@office.libreoffice
def test_calculated_again_by_another_program_no_number_is_another(tmp_path: Path) -> None:
    data = with_sheets(follow)
    new = saved_as("xlsx", modernised(data)[1], tmp_path / "new")
    old = saved_as("xlsx", data, tmp_path / "old")
    mine, theirs = (office.values(one)["Suivi", "B1"] for one in (new, old))
    assert mine == pytest.approx(theirs)
    assert office.values(new)["Suivi", "A1"] == 40
    assert office.errors({key: one for key, one in office.values(new).items()
                          if key[0] == "Suivi"}) == []  # fmt: skip


def test_one_that_was_never_calculated_leaves_a_blank_and_it_is_said() -> None:
    def write(book: Any) -> None:
        book.add_worksheet("Suivi").write_formula("A1", "=Actions!W5", None, "")

    result, new = modernised(with_sheets(write))
    assert lost(result) == [
        ("formule", "=Actions!W5", "sans valeur : la cellule est vide", ("A1",))
    ]
    assert opened(new)["Suivi"]["A1"].value is None


def test_names_go_with_the_sheets_that_they_lead_to_and_the_others_are_named() -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet("Suivi")
        sheet.write("A1", 3)
        sheet.write_formula("A2", "=total*2", None, 6)
        sheet.write_formula("A3", "=budget*2", None, 8)
        book.define_name("total", "=Suivi!$A$1")
        book.define_name("budget", "=Budget!$A$1")
        book.define_name("Suivi!local", "=Suivi!$A$2")

    result, new = modernised(with_sheets(write))
    assert (opened(new)["Suivi"]["A2"].value, opened(new)["Suivi"]["A3"].value) == ("=total*2", 8)
    assert opened(new).defined_names["total"].attr_text == "Suivi!$A$1"
    assert opened(new)["Suivi"].defined_names["local"].attr_text == "Suivi!$A$2"
    assert lost(result) == [
        ("formule", "=budget*2", "sa valeur est gardée", ("A3",)),
        ("nom « budget »", "Budget!$A$1", "", ()),
    ]


def test_a_formula_keeps_the_value_that_it_had() -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet("Calculs")
        sheet.write("A1", 2)
        sheet.write_formula("B1", "=A1*21", None, 42)
        sheet.write_formula("C1", "=Actions!A5", None, 7)

    _, new = modernised(with_sheets(write))
    assert opened(new)["Calculs"]["B1"].value == "=A1*21"
    assert opened(new)["Calculs"]["C1"].value == 7
    assert look(new).sheets["Calculs"] == [[2.0, 42.0, 7.0]]


def test_a_formula_of_several_cells_stays_one() -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet("Calculs")
        sheet.write_column("A1", [1, 2, 3])
        sheet.write_array_formula("B1:B3", "{=A1:A3*2}", None, 2)
        sheet.write_array_formula("C1:C3", "{=A1:A3+1}", None, 2)

    data = with_sheets(write)
    part = part_name(data, "Calculs")
    # as Excel writes an array that takes the room that it needs
    data = rewritten(data, part, lambda text: text.replace('<c r="C1"', '<c r="C1" cm="1"'))
    result, new = modernised(data)
    cells = [cell for _, _, cell in Workbook(new)["Calculs"].grid]
    assert [cell.findtext("{*}f") for cell in cells if cell.find("{*}f") is not None] == [
        "A1:A3*2", "A1:A3+1",
    ]  # fmt: skip
    assert not any(cell.get("cm") for cell in cells)
    assert lost(result) == [
        ("formule dynamique", "=A1:A3+1", "gardée en formule matricielle", ("C1",))
    ]
