"""What sheets are taken with: tables, pictures, dates, formulas."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from support.ooxml.grafted import BOOK, FILES, grafted
from support.ooxml.grafts import (
    FIGURES,
    REPORT,
    made,
    parts,
    plan,
    replaced,
    report,
)  # fmt: skip
from support.ooxml.torture_base import picture

from pst_excel.ooxml.workbook import Workbook


def test_a_table_takes_a_free_name_in_all_the_sheets_whatever_their_order() -> None:
    for titles in ([REPORT, FIGURES], [FIGURES, REPORT]):
        after = Workbook(grafted(plan(), report(), titles))
        (table,) = after[FIGURES].tables
        assert (table.name, table.display_name) == ("tAppui_2", "tAppui_2")
        assert "SUM(tAppui_2[Montant])" in str(after[REPORT].cell("C1").value)
        texts = "".join(table.root.itertext())
        assert "tAppui_2[[#This Row]," in texts
        assert after["Actions"].tables[0].name == "tAppui"


def test_the_table_of_a_replaced_sheet_leaves_its_name_and_its_number() -> None:
    once = grafted(made(lambda book: book.add_worksheet("Mienne")), report())
    assert b'id="1" name="tAppui"' in parts(grafted(once, report(width=5)))["xl/tables/table1.xml"]


def test_a_picture_that_the_workbook_has_is_shared_and_is_not_removed_with_a_sheet() -> None:
    def pictures(data: bytes) -> list[str]:
        return [name for name in parts(data) if "/media/" in name]

    after = grafted(plan(), report())
    assert len(pictures(plan())) == 1
    assert len(pictures(after)) == 3  # the background and the header are ours
    blank = made(lambda book: [book.add_worksheet(REPORT), book.add_worksheet(FIGURES)])
    assert pictures(grafted(after, blank)) == pictures(plan())


def test_a_picture_may_lead_to_a_sheet() -> None:
    def write(book: Any) -> None:
        options = {"image_data": io.BytesIO(picture()), "url": "internal:Actions!A1"}
        book.add_worksheet("Image").insert_image("A1", "a.png", options)

    after = grafted(plan(), made(write))
    (rels,) = (one for name, one in parts(after).items() if name.endswith("drawing2.xml.rels"))
    assert b'Target="#Actions!A1"' in rels
    assert grafted(after, made(write)) == after


def test_dates_follow_the_calendar_of_the_workbook() -> None:
    day = dt.datetime(2026, 3, 1, 12)

    def write(book: Any) -> None:
        sheet = book.add_worksheet("Jours")
        for row, (value, code) in enumerate(
            [(day, "dd/mm/yyyy"), (0.25, "hh:mm"), (30.5, "[h]:mm"), (45000, "0.0")]
        ):
            sheet.write(row, 0, value, book.add_format({"num_format": code}))

    for ours in (True, False):
        for theirs in (True, False):
            source = made(write, date_1904=theirs)
            sheet = Workbook(grafted(plan(date_1904=ours), source))["Jours"]
            found = [sheet.cell(f"A{row}").value for row in range(1, 5)]
            assert found == [day, dt.time(6), dt.timedelta(30.5), 45000], (ours, theirs)


def test_a_sheet_without_formulas_leaves_the_calculation_as_it_was() -> None:
    def write(book: Any) -> None:
        book.add_worksheet("Texte").write("A1", "é")

    before = FILES["torture.xlsx"]
    after = grafted(replaced(before, BOOK, b' fullCalcOnLoad="1"', b""), made(write))
    assert b"fullCalcOnLoad" not in parts(after)[BOOK]
    again = grafted(after, made(lambda book: book.add_worksheet("Texte").write("A1", 1)))
    assert b'fullCalcOnLoad="1"' in parts(again)[BOOK]  # its values may be used


def test_a_sheet_with_formulas_asks_for_a_calculation() -> None:
    data = replaced(plan(), BOOK, b' fullCalcOnLoad="1"', b"")
    after = grafted(data, made(lambda book: book.add_worksheet("F").write("A1", "=1+1")))
    assert b'fullCalcOnLoad="1"' in parts(after)[BOOK]
