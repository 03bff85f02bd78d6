"""What services write in the columns left to them, round after round: the plan keeps all of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from support import OBSERVED, damaged, opened, read, structural
from support.campaigns import first_plan
from support.old_orders import ORDERS, laid_out
from support.updated import in_place

from pst_excel.consolidating.choosing import Archive
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.distributing.prepare import prepare
from pst_excel.excel.books.consolidated import write
from pst_excel.excel.books.template import write_template
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.keys import ORIGIN
from pst_excel.pst import PST
from pst_excel.returns.tables import Return

ROW = HEADING_ROW + 1  # of the first own action of each service
Cells = dict[tuple[str, int], Any]
"""What is written in Actions, by heading and row."""


def headings(data: bytes) -> dict[str, str]:
    """Return the letters of the columns of Actions by their headings."""
    row = opened(data)["Actions"][HEADING_ROW]
    return {str(cell.value).rstrip(" ✱ƒ"): cell.column_letter for cell in row if cell.value}


def answered(plan: Return, written: dict[str, Cells]) -> tuple[Consolidation, list[Return]]:
    """Return the plan once services wrote in what they received, and what they sent back."""
    sends = [one.content for one in prepare(plan, due=dt.date(2027, 1, 31)).workbooks]
    returns = []
    for send in sends:
        data = write_template(send)
        returns.append(read(_edited(data, written.get(send.service, {})), f"{send.service}.xlsx"))
    archive = Archive(sends, [], None)
    return consolidate(returns, PST, OBSERVED, previous=plan, archive=archive), returns


def _edited(data: bytes, cells: Cells) -> bytes:
    letters = headings(data)

    def change(book: Any) -> None:
        for (heading, row), value in cells.items():
            book["Actions"][f"{letters[heading]}{row}"] = value

    return damaged(data, change)


def own(plan: Return) -> dict[str, dict[str, Any]]:
    """Return what the columns of people hold in Actions, by code."""
    table = plan.tables["actions"]
    return {
        name: {str(code): value for code, value in zip(table.columns["code"], values, strict=True)
               if value not in (None, "")}
        for name, values in table.locals.items()
    }  # fmt: skip


def test_round_after_round_free_columns_keep_their_values_under_their_names() -> None:
    first, returns = answered(
        first_plan(),
        {
            "Travaux": {("Colonne libre 1", ROW): "pavés", ("Colonne libre 2", 4): "N° dossier",
                        ("Colonne libre 2", ROW): "D-12"},
            "Finances": {("Colonne libre 1", ROW): "visa", ("Colonne libre 2", 4): "Rien"},
        },
    )  # fmt: skip
    assert [len(structural(one, "S13")) for one in returns] == [1, 1, 0]
    expected = {
        "Colonne libre 1": {"1.1.1": "pavés", "1.1.2": "visa"}, "N° dossier": {"1.1.1": "D-12"}
    }  # fmt: skip
    assert own(first.merged) == expected
    assert [one for one in first.conflicts if one.sheet == "Actions"] == []
    book = write(first)
    plan = read(book, "PST.xlsx")
    assert own(plan) == expected
    sent = write_template(prepare(plan).workbooks[0].content)
    columns = [name for name in headings(sent) if name == "N° dossier" or "libre" in name]
    assert columns == ["Colonne libre 1", "N° dossier", "Colonne libre 2", "Colonne libre 3"]
    second, _ = answered(
        plan, {"Finances": {("N° dossier", ROW): "F-9", ("Colonne libre 2", ROW): "à payer"}}
    )
    expected["N° dossier"]["1.1.2"] = "F-9"
    expected["Colonne libre 2"] = {"1.1.2": "à payer"}
    assert own(second.merged) == expected
    assert own(read(in_place(book, second), "PST.xlsx")) == expected


def test_rows_pasted_in_the_order_of_an_older_template_change_what_they_say_and_nothing_else() -> (
    None
):
    def pasted(book: Any) -> None:
        sheet = book["Actions"]
        values = {str(cell.value).rstrip(" ✱ƒ"): sheet.cell(ROW, cell.column).value
                  for cell in sheet[HEADING_ROW] if cell.value}  # fmt: skip
        sheet.delete_rows(ROW)
        at = sheet.max_row + 1
        for down, row in enumerate(laid_out(ORDERS["2026.2"], [values | {"Avancement %": 70}])):
            for across, value in enumerate(row, start=1):
                sheet.cell(at + down, across).value = value

    plan = first_plan()
    sends = [one.content for one in prepare(plan).workbooks]
    back = [read(_after(send, pasted if send.service == "Travaux" else None), f"{send.service}.xlsx")
            for send in sends]  # fmt: skip
    result = consolidate(back, PST, OBSERVED, previous=plan, archive=Archive(sends, [], None))
    before, after = plan.tables["actions"], result.merged.tables["actions"]
    assert after.columns["avancement"] == [70.0, *before.columns["avancement"][1:]]
    for key in ("id", "code", "code_oo", "intitule", "service_pilote", "statut"):
        assert after.columns[key] == before.columns[key]
    assert [one for one in result.conflicts if one.sheet == "Actions"] == []
    assert len(structural(back[0], "S15")) == 1


def _after(send: Return, change: Callable[[Any], None] | None) -> bytes:
    data = write_template(send)
    return data if change is None else damaged(data, change)


@pytest.mark.parametrize("version", ["2026.1", "2026.2"])
def test_a_return_of_an_older_template_is_not_told_what_it_cannot_have(version: str) -> None:
    plan = first_plan()
    sends = [one.content for one in prepare(plan).workbooks]
    data = damaged(write_template(sends[0]), lambda book: _made_older(book, version))
    back = read(data, "Travaux.xlsx")
    assert [finding.code for finding in back.findings] == ["S06"]
    assert "maj_recue" in back.tables["actions"].missing
    result = consolidate([back], PST, OBSERVED, previous=plan, archive=Archive(sends, [], None))
    after, before = (one.tables["actions"].columns for one in (result.merged, plan))
    assert after | {ORIGIN: []} == before | {ORIGIN: []}
    told = {f.code for f in result.report.findings if f.file == back.file and f.code[0] == "S"}
    assert told == {"S06"}


def _made_older(book: Any, version: str) -> None:
    """Lay the actions out as an older template did, and have the workbook say so."""
    sheet = book["Actions"]
    names = [str(cell.value or "").rstrip(" ✱ƒ") for cell in sheet[HEADING_ROW]]
    lines = list(sheet.iter_rows(min_row=ROW, values_only=True))
    rows = [dict(zip(names, line, strict=True)) for line in lines]
    sheet.delete_rows(HEADING_ROW, sheet.max_row)
    del sheet.tables["T_Actions"]
    for down, row in enumerate(laid_out(ORDERS[version], rows), start=HEADING_ROW):
        for across, value in enumerate(row, start=1):
            sheet.cell(down, across).value = value
    form = book["Identification"]
    place = next(cell for row in form.iter_rows() for cell in row if cell.value == PST.version)
    place.value = version
