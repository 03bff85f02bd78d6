"""Rows that are there for information fold away, under those of the service, in every program."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from support import OBSERVED, column_of, damaged, opened, read, with_table
from support.annotated import handed_back
from support.lent_rows import OBJECTIVES
from support.modernised import modernised, saved_as, told
from support.office import libreoffice, values
from support.sharing import share

from pst_excel.api.outputs import as_bytes
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.excel.books.template import write_template
from pst_excel.model.words.wording import column_letter
from pst_excel.pst import PST
from pst_excel.upgrading.changes import ChangeKind

PLAN = (
    OBJECTIVES
    + """\
1.1  | 1       | Payer le vélo | Finances

Actions
code  | code_oo | intitule        | service_pilote | services_partenaires
1.1.1 | 1.1     | Payer les pavés | Finances       | Travaux
1.1.2 | 1.1     | Boucher un trou | Travaux        | Culture
1.1.3 | 1.1     | Payer la route  | Finances       | Travaux
"""
)
FOLDED = "2\u00a0lignes pour information, en gris, sous les vôtres ; le − à gauche les replie"
OUTLINE = [(0, False, False), (1, False, False), (1, False, False), (0, False, False)]
"""Of the four first rows of Actions: the level, whether it is hidden, whether it ends a group."""


@cache
def sent(service: str = "Travaux") -> bytes:
    (workbook,) = share(PLAN, service).workbooks
    return write_template(workbook.content)


def outline(data: bytes, title: str = "Actions", count: int = 4) -> list[tuple[int, bool, bool]]:
    rows = opened(data)[title].row_dimensions
    return [
        (rows[at].outlineLevel, bool(rows[at].hidden), bool(rows[at].collapsed))
        for at in range(5, 5 + count)
    ]


def announced(data: bytes, title: str) -> list[str]:
    """Return what is said above the headings of rows that are folded."""
    page: Worksheet = opened(data)[title]
    return [str(cell.value) for cell in page[3] if "pour information" in str(cell.value)]


def test_lent_rows_fold_under_those_of_the_service_and_are_announced() -> None:
    assert outline(sent()) == OUTLINE
    assert announced(sent(), "Actions") == [FOLDED]
    rows = opened(sent())["Actions"].row_dimensions
    assert all(rows[at].height >= 15 for at in (5, 6, 7))


def test_one_lent_row_is_said_in_the_singular() -> None:
    said = "1\u00a0ligne pour information, en gris, sous les vôtres ; le − à gauche les replie"
    assert announced(sent("Culture"), "Actions") == []
    one = PLAN.replace("Payer la route  | Finances       | Travaux", "Payer | Finances |")
    (workbook,) = share(one, "Travaux").workbooks
    assert announced(write_template(workbook.content), "Actions") == [said]


@pytest.mark.parametrize(
    ("service", "title", "count"), [("Travaux", "OO", 1), ("Travaux", "OS", 1), ("Culture", "Actions", 1)]
)  # fmt: skip
def test_lent_rows_alone_on_their_sheet_stay_in_sight(service: str, title: str, count: int) -> None:
    assert outline(sent(service), title, count + 1) == [(1, False, False), (0, False, False)]
    assert announced(sent(service), title) == []


def test_lent_rows_among_those_of_the_service_stay_in_sight() -> None:
    (workbook,) = share(PLAN, "Travaux").workbooks
    actions = workbook.content.tables["actions"]
    order = [1, 0, 2]
    columns = {key: [cells[at] for at in order] for key, cells in actions.columns.items()}
    data = write_template(with_table(workbook.content, "actions", columns=columns))
    assert outline(data) == [(0, False, False)] * 4


def test_a_row_added_under_those_that_fold_is_out_of_their_group() -> None:
    (workbook,) = share(PLAN, "Travaux").workbooks
    actions = workbook.content.tables["actions"]
    columns = {key: [*cells, None] for key, cells in actions.columns.items()}
    columns["code"][-1] = "1.1.9"
    more = with_table(workbook.content, "actions", columns=columns, rows=[5, 6, 7, 8])
    assert outline(write_template(more)) == OUTLINE


def test_the_whole_plan_folds_no_row() -> None:
    united = consolidate([read(sent())], PST, OBSERVED)
    whole = as_bytes(united, ".xlsx")
    assert outline(whole) == [(0, False, False)] * 4
    assert announced(whole, "Actions") == []


def hide(*rows: int) -> Any:
    def change(book: Workbook) -> None:
        for at in rows:
            book["Actions"].row_dimensions[at].hidden = True

    return change


def hidden(data: bytes) -> list[str]:
    return [one.read for one in read(data).layout if one.rule == "lignes masquées lues"]


def test_lent_rows_that_somebody_folded_are_read_and_not_said() -> None:
    folded = damaged(sent(), hide(6, 7))
    assert read(folded).tables["actions"].columns["code"] == ["1.1.2", "1.1.1", "1.1.3"]
    assert read(folded).layout == []


def test_rows_that_an_agent_hid_are_still_said() -> None:
    assert hidden(damaged(sent(), hide(5))) == ["ligne 5, masquée"]


def test_lists_show_the_codes_of_rows_that_are_folded() -> None:
    area = opened(sent()).defined_names["Choix_actions"].attr_text
    column = column_of(sent(), "Actions", "Choix")
    shown = {place: value for place, value in values(sent()).items() if place[0] == "Actions"}
    assert "SUBTOTAL" not in area  # which would pass over what is hidden
    assert [shown["Actions", f"{column_letter(column - 1)}{at}"] for at in (5, 6, 7)] == [
        "1.1.2 · Boucher un trou", "1.1.1 · Payer les pavés", "1.1.3 · Payer la route",
    ]  # fmt: skip


def test_a_return_handed_back_keeps_its_heights_and_its_group() -> None:
    asked = damaged(sent(), lambda book: book["Actions"].__setitem__("I5", "pas un code"))
    before, after = opened(asked)["Actions"], opened(handed_back(asked))["Actions"]
    assert outline(handed_back(asked)) == OUTLINE
    heights = [[page.row_dimensions[at].height for at in range(4, 9)] for page in (before, after)]
    assert heights[0] == heights[1]


def test_a_workbook_made_anew_does_not_list_folded_rows_as_lost() -> None:
    result, new = modernised(older(sent()))
    assert [c for c in told(result, ChangeKind.LOST) if "masquées" in c.element] == []
    assert outline(new) == OUTLINE


def older(data: bytes) -> bytes:
    def change(book: Workbook) -> None:
        page = book["Identification"]
        (cell,) = (row[2] for row in page.iter_rows() if row[1].value == "Version du modèle")
        cell.value = "2026.2"

    return damaged(data, change)


@libreoffice
@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_libreoffice_keeps_the_group_and_its_rows_are_not_said(form: str, tmp_path: Path) -> None:
    back = saved_as(form, sent(), tmp_path)
    assert read(back).tables["actions"].columns["code"] == ["1.1.2", "1.1.1", "1.1.3"]
    assert read(back).layout == []
    if form == "xlsx":
        assert [row[:2] for row in outline(back)] == [row[:2] for row in OUTLINE]
