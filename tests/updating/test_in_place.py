"""A consolidated workbook up to date in place: it says the plan, and people's things are there."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from support import OBSERVED, cells, opened, read
from support.repairs import complaints
from support.updated import (
    NAME,
    action,
    brought_up,
    edited,
    in_place,
    plan_of,
    read_back,
    row_of,
    rows_of,
    twice_in_place,
)

from pst_excel.consolidating.consolidate import consolidate
from pst_excel.excel.books.consolidated import write
from pst_excel.excel.names import SPARE
from pst_excel.model.words.kinds import Where
from pst_excel.model.words.titles import RETOURS
from pst_excel.ooxml.cells.values import Formula
from pst_excel.ooxml.workbook import Workbook
from pst_excel.pst import PST

NUMBERS = st.lists(st.integers(1, 12), min_size=1, max_size=8, unique=True)
YELLOW = "FFFFFF00"


def follow(book: Any) -> None:
    """Somebody follows each action on a sheet of her own."""
    sheet, actions = book.create_sheet("Suivi", 2), book["Actions"]
    for row in range(5, actions.max_row + 1):
        if actions.cell(row, 1).value:
            sheet.append([actions.cell(row, 1).value, f"=Actions!$A${row}"])


@settings(max_examples=4, deadline=None)
@given(before=NUMBERS, after=NUMBERS, progress=st.integers(0, 90))
def test_whatever_comes_and_goes_the_workbook_says_the_plan(
    before: list[int], after: list[int], progress: int
) -> None:
    plan = plan_of(action(n, progress=progress) for n in after)
    data = twice_in_place(edited(plan_of(map(action, before)), follow), plan)
    assert read_back(data) == rows_of(plan.merged)
    assert [one for one in complaints(data) if not one.startswith("Suivi!")] == []
    for ident, formula in opened(data)["Suivi"].iter_rows(values_only=True):
        still = int(ident[1:]) in after
        row = row_of(data, ident) if still else 0
        assert re.sub("'", "", formula) == (f"=Actions!$A${row}" if still else "=Actions!#REF!")


def test_a_workbook_that_says_the_plan_already_keeps_its_values() -> None:
    plan = plan_of(map(action, (1, 2, 3)))
    data = write(plan)
    assert read_back(in_place(data, plan)) == read_back(data)


def test_a_new_row_comes_after_the_one_before_it_in_the_plan() -> None:
    data = in_place(write(plan_of(map(action, (1, 3, 5)))), plan_of(map(action, range(1, 7))))
    idents = read(data).tables["actions"].columns["id"]
    assert idents == ["a1", "a2", "a3", "a4", "a5", "a6"]


def test_a_row_before_the_first_does_not_leave_the_names_of_the_columns() -> None:
    data = in_place(write(plan_of(map(action, (5, 6)))), plan_of(map(action, (2, 5, 6))))
    (name,) = (
        one.text for one in Workbook(data).root.iter("{*}definedName")
        if one.get("name") == "Actions_code"
    )  # fmt: skip
    first = read(data).tables["actions"].rows[0]
    assert re.search(r"\$(\d+):", name)[1] == str(first) == "5"  # type: ignore[index]


def test_rows_that_people_sorted_stay_as_they_sorted_them() -> None:
    plan = plan_of(map(action, (1, 2, 3)))
    letters = plan.merged.tables["actions"].letters

    def swap(book: Any) -> None:
        for key in ("id", "code", "intitule"):
            first, last = (book["Actions"][f"{letters[key]}{row}"] for row in (5, 7))
            first.value, last.value = last.value, first.value

    data = in_place(edited(plan, swap), plan_of(map(action, (1, 2, 3, 4))))
    assert read(data).tables["actions"].columns["id"] == ["a3", "a4", "a2", "a1"]


def decorated(book: Any) -> None:
    """A column at the right, a note, a colour, a width, a filter, the printing, frozen panes."""
    sheet = book["Actions"]
    last = sheet.max_column + 1
    sheet.cell(4, last).value = "Notre avis"
    sheet.cell(6, last).value = "à revoir"
    sheet.cell(6, 4).comment = Comment("Voir le collège du 3", "Cellule")
    sheet.cell(6, 4).fill = PatternFill("solid", fgColor=YELLOW)
    sheet.column_dimensions["D"].width = 61
    sheet.freeze_panes = "E5"
    sheet.page_setup.orientation = "portrait"
    sheet.auto_filter.add_filter_column(3, ["1.1"])


def test_what_people_added_to_a_sheet_of_the_plan_stays_on_its_row() -> None:
    before = edited(plan_of(map(action, (2, 4))), decorated)
    data = in_place(before, plan_of(map(action, (1, 2, 3, 4, 5))))
    sheet, row = opened(data)["Actions"], row_of(data, "a4")
    labels = {cell.value: cell.column for cell in sheet[4]}
    assert sheet.cell(row, labels["Notre avis"]).value == "à revoir"
    assert sheet.cell(row, 4).comment.text == "Voir le collège du 3"
    assert sheet.cell(row, 4).fill.fgColor.rgb == YELLOW
    assert sheet.column_dimensions["D"].width == 61
    assert sheet.freeze_panes == "E5"
    assert sheet.page_setup.orientation == "portrait"
    assert sheet.auto_filter.filterColumn
    last = read(data).tables["actions"].rows[-1]
    assert sheet.auto_filter.ref.endswith(str(last))
    assert brought_up(before, plan_of(map(action, (1, 2)))).kept == (
        "1\xa0colonne ajoutée",
        "1\xa0note",
    )


def test_a_note_goes_with_the_row_that_goes_and_it_is_said() -> None:
    before = edited(plan_of(map(action, (2, 4))), decorated)
    assert brought_up(before, plan_of([action(2)])).lost == (
        "1\xa0note partie avec des lignes retirées",
    )


def test_a_formula_that_people_put_in_a_cell_stays_while_it_gives_the_value() -> None:
    plan = plan_of([action(1, progress=40)])
    place = f"{plan.merged.tables['actions'].letters['avancement']}5"
    book = Workbook(write(plan))
    book["Actions"].cell(place).set(Formula("10*4", 40.0))
    kept = twice_in_place(book.to_bytes(), plan)
    assert cells(kept, "Actions")[place] == "=10*4"
    assert cells(in_place(kept, plan_of([action(1, progress=60)])), "Actions")[place] == 60


def test_a_computed_cell_that_somebody_wrote_over_is_computed_again() -> None:
    plan = plan_of([action(1)])
    fresh = write(plan)
    place = f"{plan.merged.tables['actions'].letters['oo_titre']}5"
    book = Workbook(fresh)
    book["Actions"].cell(place).set("autre chose")
    data = in_place(book.to_bytes(), plan)
    assert cells(data, "Actions")[place] == cells(fresh, "Actions")[place]


def test_what_was_not_understood_stands_beside_in_a_column_at_the_right() -> None:
    unread = action(1).replace("31/12/2027", "quand on pourra")
    data = twice_in_place(write(plan_of([action(1)])), plan_of([unread]))
    sheet = opened(data)["Actions"]
    labels = {cell.value: cell.column for cell in sheet[4]}
    (received,) = (n for label, n in labels.items() if label and label.endswith(" (texte reçu)"))
    assert sheet.cell(5, received).value == "quand on pourra"
    again = in_place(data, plan_of([action(1)]))
    assert opened(again)["Actions"].cell(5, received).value is None


def test_rows_to_spare_do_not_run_out() -> None:
    data = write(plan_of([action(1)]))
    for most in (12, 24, 36):
        data = in_place(data, plan_of(map(action, range(1, most))))
    (end,) = (
        int(re.search(r"(\d+)$", one.text)[1])  # type: ignore[index]
        for one in Workbook(data).root.iter("{*}definedName")
        if one.get("name") == "Actions_code"
    )
    assert end - read(data, NAME).tables["actions"].rows[-1] == SPARE[Where.WHOLE]


def test_lists_and_identification_say_what_the_plan_says() -> None:
    plan = plan_of([action(1)])
    services = (*plan.merged.lists["services"], "Voirie")
    plan.merged.lists["services"] = services
    data = in_place(write(plan_of([action(1)])), plan)
    assert read(data).lists["services"] == services
    assert read(data).identity("nom") == "Valbruyère"


def test_a_note_on_a_sheet_of_the_program_stays_on_its_record() -> None:
    title = PST["evaluation"].title

    def note(book: Any) -> None:
        sheet = book[title]
        (cell,) = (row[1] for row in sheet.iter_rows(min_row=5) if row[1].value == "1.1")
        cell.comment = Comment("à débattre", "Cellule")

    more = "\nOO\ncode | code_os | intitule\n1.0 | 1 | Avant\n1.1 | 1 | Accueillir\n"
    plan = plan_of([action(1)], more)
    data = twice_in_place(edited(plan_of([action(1)]), note), plan)
    (noted,) = (c for row in opened(data)[title].iter_rows() for c in row if c.comment)
    assert (noted.value, noted.comment.text) == ("1.1", "à débattre")


def test_the_foot_of_the_pages_says_of_when_the_plan_is_and_keeps_what_people_wrote() -> None:
    def sign(book: Any) -> None:
        foot = book["Actions"].oddFooter
        foot.center.text = "Cellule PST"

    plan = replace(plan_of([action(1)]), observed=dt.date(2027, 3, 1))
    data = in_place(edited(plan_of([action(1)]), sign), plan)
    foot = opened(data)["Actions"].oddFooter
    assert "situation au 01/03/2027" in foot.left.text
    assert foot.center.text == "Cellule PST"
    assert "01/03/2027" in opened(data).properties.subject


def test_a_sheet_of_the_program_that_somebody_deleted_is_back_at_its_place() -> None:
    plan = plan_of([action(1)])
    fresh = write(plan)

    def delete(book: Any) -> None:
        del book[RETOURS]

    data = twice_in_place(edited(plan, delete), plan)
    assert opened(data).sheetnames == opened(fresh).sheetnames
    assert cells(data, RETOURS) == cells(fresh, RETOURS)


def test_a_row_that_somebody_wrote_in_the_workbook_takes_its_id_and_its_formulas() -> None:
    first = plan_of([action(1)])
    letters = first.merged.tables["actions"].letters

    def add(book: Any) -> None:
        for key, value in {"code": "1.1.9", "code_oo": "1.1", "intitule": "Ajoutée"}.items():
            book["Actions"][f"{letters[key]}6"] = value

    data = edited(first, add)
    known = read(data, NAME)
    (ident,) = (i for i in known.tables["actions"].columns["id"] if i != "a1")
    row = action(9, "Ajoutée").replace("a9 |", f"{ident} |")
    after = cells(in_place(data, plan_of([action(1), row])), "Actions")
    assert after[f"{letters['id']}6"] == ident
    assert after[f"{letters['oo_titre']}6"].startswith("=")
    assert after[f"{letters['intitule']}6"] == "Ajoutée"


def test_rows_that_a_filter_hides_stay_hidden_and_new_ones_show() -> None:
    def hide(book: Any) -> None:
        book["Actions"].row_dimensions[5].hidden = True

    data = twice_in_place(
        edited(plan_of(map(action, (1, 3))), hide), plan_of(map(action, (1, 2, 3)))
    )
    rows = opened(data)["Actions"].row_dimensions
    assert [bool(rows[row].hidden) for row in (5, 6, 7)] == [True, False, False]


def test_a_column_added_to_a_sheet_of_the_program_stays_on_its_records() -> None:
    title = PST["evaluation"].title
    more = "\nOO\ncode | code_os | intitule\n{}1.1 | 1 | Accueillir\n1.3 | 1 | Avant\n"

    def add(book: Any) -> None:
        sheet = book[title]
        last = sheet.max_column + 1
        sheet.cell(4, last).value = "Réunion"
        for row in range(5, sheet.max_row + 1):
            sheet.cell(row, last).value = f"vu {sheet.cell(row, 2).value}"

    before = edited(plan_of([action(1)], more.format("1.0 | 1 | Partira\n")), add)
    data = in_place(before, plan_of([action(1)], more.format("1.01 | 1 | Neuve\n")))
    rows = list(opened(data)[title].iter_rows(min_row=4, values_only=True))
    at = rows[0].index("Réunion")
    seen = {row[1]: row[at] for row in rows[1:] if row[1]}
    assert seen == {"1": "vu 1", "1.01": None, "1.1": "vu 1.1", "1.3": "vu 1.3"}
    others = {row[2]: row[at] for row in rows[1:] if not row[1] and row[at]}
    assert others == {
        "Sans OS": "vu None",
        "Sans OO": "vu None",
        "Total": "vu None",
        None: "vu 1.0",
    }


def test_what_is_written_on_the_lines_of_what_has_no_place_stays() -> None:
    title = PST["evaluation"].title
    heading = PST["evaluation"]["lecons_mi"].label

    def write_there(book: Any) -> None:
        sheet = book[title]
        (at,) = (cell.column for cell in sheet[4] if cell.value == heading)
        for row in range(5, sheet.max_row + 1):
            if sheet.cell(row, 3).value in LINES:
                sheet.cell(row, at).value = f"de {sheet.cell(row, 3).value}"

    def told(data: bytes) -> dict[str, str]:
        rows = list(opened(data)[title].iter_rows(min_row=4, values_only=True))
        at = rows[0].index(heading)
        return {str(row[2]): str(row[at]) for row in rows[1:] if row[at]}

    answer = plan_of([action(1)]).returns
    data = edited(plan_of([action(1)]), write_there)
    for _ in range(2):
        again = consolidate(answer, PST, OBSERVED, previous=read(data, NAME))
        data = in_place(data, again)
        assert told(data) == {
            "Sans OS": "de Sans OS", "Sans OO": "de Sans OO", "(d’aucune ligne)": "de Total",
        }  # fmt: skip


LINES = ("Sans OS", "Sans OO", "Total")


def test_the_data_sheets_know_the_lines_of_the_boards_where_they_then_stand() -> None:
    wanted = plan_of([action(1), action(2).replace("Travaux", "Voirie")])
    data = in_place(write(plan_of([action(1)])), wanted)
    fresh = Workbook(write(wanted)).names
    keys = {name: text for name, text in Workbook(data).names.items() if name.startswith("Cles_")}
    assert keys == {name: text for name, text in fresh.items() if name.startswith("Cles_")}
    assert keys["Cles_service"] != Workbook(write(plan_of([action(1)]))).names["Cles_service"]


def test_the_plan_that_is_given_back_names_the_cells_of_the_file() -> None:
    result = brought_up(write(plan_of(map(action, (2, 4)))), plan_of(map(action, (1, 2, 4))))
    table = result.consolidation.merged.tables["actions"]
    place = table.cell("id", table.rows[table.columns["id"].index("a1")])
    assert cells(result.data, "Actions")[place] == "a1"
    assert result.consolidation.origin("actions", row_of(result.data, "a1")).endswith("ligne 5")


def test_the_keys_of_missing_services_go_with_them_and_are_nobody_s_addition() -> None:
    plan = plan_of([action(1)])
    assert plan.absent
    result = brought_up(write(plan), replace(plan, absent=[]))
    assert (result.in_place, result.kept) == (True, ())
    assert not [value for value in cells(result.data, RETOURS).values() if value == "kFinances"]
