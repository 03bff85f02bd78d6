"""The whole plan on paper: few pages, one page wide, nothing printed that cannot be read."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from support import opened
from support.office import LIMIT, SOFFICE, libreoffice, sample_book, write_profile

from pst_excel.excel.paper import A3, A4, SMALLEST, laid
from pst_excel.excel.sheets.fitting import Shown, fitted
from pst_excel.model.schema import COMPANION, HEADING_ROW
from pst_excel.model.words.kinds import Where
from pst_excel.model.words.titles import METHODE
from pst_excel.pst import PST

PAGES = {
    "Lisez-moi": 1, "Identification": 1, "Constat": 1, "OS": 1, "OO": 1, "Actions": 5,
    "Indicateurs": 2, "Budget": 4, "Dérogations": 1, "Listes": 1, "Évolution": 1, METHODE: 4,
    "Contrôles": 3, "Bilan des contrôles": 1, "Complétude": 1, "Évaluation": 1, "Retours": 1,
    "Conflits": 1, "Historique": 1, "Journal": 1,
}  # fmt: skip
"""The most pages that each sheet takes which is no board, for the main sample institution."""

DATA = [sheet.title for sheet in PST.tables if not sheet.program]


def printed(folder: Path) -> Counter[str]:
    """How many pages each sheet takes when LibreOffice prints the plan: its bookmarks tell."""
    profile = folder / "profile"
    write_profile(profile, "fr-FR")
    (folder / "plan.xlsx").write_bytes(sample_book())
    subprocess.run(
        [str(SOFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
         "--convert-to", "pdf", "--outdir", str(folder), str(folder / "plan.xlsx")],
        check=True, capture_output=True, timeout=LIMIT,
    )  # fmt: skip
    data = (folder / "plan.pdf").read_bytes()
    (kids,) = re.findall(rb"/Kids\[([^\]]*)\]\s*/Count", data)
    pages = [int(number) for number in re.findall(rb"(\d+) 0 R", kids)]
    marks = re.findall(rb"/Title<([0-9A-F]+)>[^>]{0,200}?/Dest\[(\d+) 0 R", data)
    begins = {int(page): bytes.fromhex(title.decode()).decode("utf-16") for title, page in marks}
    counts: Counter[str] = Counter()
    title = ""
    for page in pages:
        title = begins.get(page, title)
        counts[title] += 1
    return counts


@libreoffice
def test_no_sheet_beside_the_boards_takes_more_pages_than_it_may(tmp_path: Path) -> None:
    found = printed(tmp_path)
    assert {title: found[title] for title in PAGES if found[title] > PAGES[title]} == {}
    assert set(PAGES) <= set(found), "each sheet is printed"


@pytest.mark.parametrize("title", DATA)
def test_a_data_sheet_is_one_page_wide_under_its_headings(title: str) -> None:
    sheet = opened(sample_book())[title]
    assert int(sheet.page_setup.paperSize) == A3
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == f"${HEADING_ROW}:${HEADING_ROW}"
    assert "&P" in sheet.oddFooter.right.text


def columns_of(title: str) -> dict[str, Any]:
    """The settings of each column, by its heading; openpyxl groups those that are alike."""
    sheet = opened(sample_book())[title]
    spans = {at: one for one in sheet.column_dimensions.values()
             for at in range(one.min, one.max + 1)}  # fmt: skip
    return {str(c.value).rstrip(" ✱ƒ"): spans[c.column] for c in sheet[HEADING_ROW] if c.value}


@pytest.mark.parametrize("sheet", [PST[key] for key in ("actions", "budget", "oo", "os")],
                         ids=lambda sheet: sheet.key)  # fmt: skip
def test_what_folds_in_a_return_folds_in_the_whole_plan(sheet: Any) -> None:
    columns = columns_of(sheet.title)
    for column in sheet.columns:
        if column.stands(Where.WHOLE) and not column.hidden and column.label in columns:
            assert columns[column.label].hidden == column.folds, column.key
            assert columns[column.label].outlineLevel == int(column.folds)


def test_where_a_line_comes_from_and_what_was_not_understood_fold_too() -> None:
    columns = columns_of("Actions")
    received = [name for name in columns if name.endswith(COMPANION)]
    assert received
    assert all(columns[name].hidden for name in ("Provenance", *received))
    assert not columns["Lieu"].hidden, "a column that people added is in sight"


def test_a_narrow_list_is_upright_and_a_wide_one_on_its_side() -> None:
    assert laid(A3, [20] * 5, [18] * 400).portrait
    assert not laid(A3, [20] * 20, [18] * 40).portrait


def test_what_is_wider_than_can_be_read_takes_a_second_page_across() -> None:
    way = laid(A3, [20] * 40, [18] * 10)
    assert way.across == 2
    assert way.scale >= SMALLEST


def test_headings_stand_on_each_page_and_are_counted() -> None:
    # A4 upright: 842 points, less 79 of margins, of which 98 % are counted on: 747 on each page.
    assert laid(A4, [10], [18] * 41).pages == 1
    assert laid(A4, [10], [18] * 82, head=0).pages == laid(A4, [10], [18] * 82, head=9).pages == 2
    assert laid(A4, [10], [18] * 83, head=18).pages == 3


def test_texts_take_the_room_of_paper_and_no_more_than_they_need() -> None:
    texts = ["un intitulé " * 8] * 300
    columns = [Shown("Code", 8), Shown("Intitulé", 30, texts, True), Shown("Bref", 20, ["oui"])]
    still, wide = (fitted(columns, 300, 1, spread=spread) for spread in (False, True))
    assert still.widths == [8, 30, 20]
    assert wide.widths[1] > 30
    assert wide.widths[2] == 20
    assert wide.way.pages < still.way.pages
