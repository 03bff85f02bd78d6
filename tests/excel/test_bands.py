"""The screen of who fills a sheet: what is updated first, what names a row in sight, what folds."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import Any

import pytest
from openpyxl.utils import get_column_letter
from support import SAMPLES, opened

from pst_excel.model.row_status import conditions, demanded
from pst_excel.model.schema import HEADING_ROW, Column, Sheet
from pst_excel.model.words.kinds import Where
from pst_excel.pst import PST

FILLED = [sheet for sheet in PST.tables if not sheet.program]
SCREEN, AROUND = 1366, 70  # pixels: a laptop's width; the numbers of rows, a gutter, the scroll bar
DAILY = ("statut", "avancement", "echeance", "debut_effectif", "fin_effective", "sante",
         "detail_sante", "commentaire", "date_maj")  # fmt: skip


def in_sight(sheet: Sheet) -> list[Column]:
    """The columns of the workbook of a service, folded ones left out."""
    return [c for c in sheet.columns if c.stands(Where.RETURN) and not (c.hidden or c.folds)]


def pixels(columns: list[Column]) -> int:
    return sum(column.width * 7 + 5 for column in columns)


@pytest.mark.parametrize("sheet", FILLED, ids=lambda sheet: sheet.key)
def test_what_folds_is_never_asked_for(sheet: Sheet) -> None:
    asked = {column.key for column in demanded(sheet)}
    pointed = {key for _, key, _ in conditions(sheet, PST.rules)}
    assert {c.key for c in sheet.columns if c.folds} & (asked | pointed) == set()


@pytest.mark.parametrize("sheet", FILLED, ids=lambda sheet: sheet.key)
def test_a_band_stands_together_and_shows_its_name_when_it_is_folded(sheet: Sheet) -> None:
    runs = [(name, list(run)) for name, run in groupby(sheet.columns, lambda c: c.band) if name]
    assert len({name for name, _ in runs}) == len(runs)
    for name, run in runs:
        assert not run[0].folds, name
        assert [column.folds for column in run] == sorted(column.folds for column in run)


def test_the_daily_gesture_is_in_sight_or_one_key_away() -> None:
    columns = in_sight(PST["actions"])
    keys = [column.key for column in columns]
    assert keys[:3] == ["saisie", "code", "intitule"]
    assert tuple(keys[3 : 3 + len(DAILY)]) == DAILY
    assert pixels(columns[: 2 + len(DAILY)]) <= SCREEN - AROUND
    frozen, last = pixels(columns[:3]), pixels(columns[: 3 + len(DAILY)])
    assert last - pixels(columns[3:4]) <= SCREEN - AROUND, "one key to the right shows the last"
    assert frozen <= SCREEN // 2


@pytest.mark.parametrize("key", ["indicateurs", "budget"])
def test_what_is_filled_each_year_is_in_sight_beside_the_title(key: str) -> None:
    columns = in_sight(PST[key])
    filled = [n for n, c in enumerate(columns) if c.key.startswith("realise")]
    assert pixels(columns[: filled[-1] + 1]) <= SCREEN - AROUND


@cache
def actions_of(path: str) -> Any:
    return opened((SAMPLES / path).read_bytes())["Actions"]


def columns_of(sheet: Any) -> dict[str, Any]:
    """The settings of each column, by its heading; openpyxl groups those that are alike."""
    spans = {
        at: found
        for found in sheet.column_dimensions.values()
        for at in range(found.min, found.max + 1)
    }
    return {str(cell.value).rstrip(" ✱ƒ"): spans[cell.column] for cell in sheet[HEADING_ROW]}


def test_a_service_opens_what_it_looks_for_and_a_blank_sheet_shows_all() -> None:
    prepared = columns_of(actions_of("retours/PST_Valbruyere_travaux.xlsx"))
    blank = columns_of(actions_of("modele.xlsx"))
    for column in PST["actions"].inputs:
        if column.stands(Where.RETURN) and not column.hidden:
            assert prepared[column.label].hidden == column.folds, column.key
            assert prepared[column.label].outlineLevel == int(column.folds)
            assert not blank[column.label].hidden
    assert prepared["Type"].collapsed


def test_the_names_of_the_bands_stand_above_the_headings_and_say_which_open() -> None:
    sheet = actions_of("modele.xlsx")
    names = {sheet.cell(HEADING_ROW, c.column).value.rstrip(" ✱"): c.value
             for c in sheet[HEADING_ROW - 1] if c.value}  # fmt: skip
    assert names == {
        "Statut": "À chaque mise à jour", "OO": "Objectif [+]", "Type": "Contenu [+]",
        "Service pilote": "Qui [+]", "Début prévu": "Moyens et liens [+]",
    }  # fmt: skip


def test_the_first_band_prints_on_the_width_of_a_page_and_the_rest_apart() -> None:
    sheet = actions_of("retours/PST_Valbruyere_travaux.xlsx")
    (cut,) = sheet.col_breaks.brk
    assert sheet.cell(HEADING_ROW, cut.id + 1).value == "OO ✱"
    letters = get_column_letter(next(c.column for c in sheet[4] if c.value == "Intitulé ✱"))
    assert sheet.print_title_cols == f"$A:${letters}"
    assert (sheet.page_setup.scale or 100) >= 70
