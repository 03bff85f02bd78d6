"""What pandas counted and what a spreadsheet calculates are the same, before and after an edit.

Each workbook is written once, calculated again by LibreOffice in a French and in an English profile,
and compared cell by cell with the values that the program had put in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from support import office
from support.books import BOOKS, book, edited, evaluated, other_rows, reread, said
from support.office import Cells
from support.small_plan import EDITS, NEW, NEW_LINE, Change

from pst_excel.api.outputs import as_bytes
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.model.figures.boards import Board
from pst_excel.pst import PST
from pst_excel.reading.reader import read_bytes
from pst_excel.reference.samples.content import OBSERVED

pytestmark = [pytest.mark.libreoffice, office.libreoffice]

FORMULAS = {"sample": 4000, "comparison": 20}  # at least; 1000 in the small ones


def written(name: str, make: Callable[[str], bytes]) -> dict[str, bytes]:
    """Return a workbook by the name of its file; none when it cannot be written."""
    try:
        return {f"{name}.xlsx": make(name)}
    except Exception:  # its own test makes it again, and says why
        return {}


ENGLISH = ("sample", "comparison", "small")
"""The workbooks that are calculated in English as well: those with every form of formula."""

CALCULATED = [*(("fr-FR", name) for name in BOOKS), *(("en-US", name) for name in ENGLISH)]


@pytest.fixture(scope="module")
def calculated(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, bytes]]:
    """The workbooks of a locale, calculated again in it, once."""

    @cache
    def again(locale: str) -> dict[str, bytes]:
        names = [name for one, name in CALCULATED if one == locale]
        files = {file: data for name in names for file, data in written(name, book).items()}
        return office.recalculated(files, tmp_path_factory.mktemp(locale), locale)

    return again


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every edited workbook, calculated again in French."""
    files = {f"{name}.xlsx": edited(name) for name in EDITS}
    return office.recalculated(files, tmp_path_factory.mktemp("edits"), "fr-FR")


@pytest.mark.parametrize(("locale", "name"), CALCULATED)
def test_every_formula_gives_the_value_that_pandas_gave(
    locale: str, name: str, calculated: Callable[[str], dict[str, bytes]]
) -> None:
    data = book(name)

    formulas, found = office.formulas(data), office.values(calculated(locale)[f"{name}.xlsx"])
    differing = office.differences(formulas, office.values(data), found)

    assert not differing, said(differing)
    assert office.errors(found) == []
    assert len(formulas) >= FORMULAS.get(name, 1000 if name != "no row" else 500)


@pytest.mark.parametrize("name", EDITS)
def test_after_an_edit_every_formula_gives_what_pandas_gives_for_the_edited_plan(
    name: str, after: dict[str, bytes]
) -> None:
    data = after[f"{name}.xlsx"]
    common, expected = evaluated(name)
    tables = {key: table.columns for key, table in read_bytes(data, "", PST).tables.items()}

    found = office.values(data)
    differing = office.differences(dict.fromkeys(sorted(common)), expected, found)

    assert tables == {key: table.columns for key, table in reread(name).tables.items()}
    assert not differing, said(differing)
    assert office.errors(found) == []
    assert len(common) >= 1000
    assert _changed(common, office.values(book("small")), found), "an edit that proves nothing"


def _changed(cells: Any, before: Cells, after: Cells) -> list[str]:
    return office.differences(dict.fromkeys(cells), before, after)


PAGES = {board.title for board in PST.boards if isinstance(board, Board)}


def test_in_the_sample_an_edit_reaches_the_boards(tmp_path: Path) -> None:
    actions = office.sample().batch.counted["actions"]
    late = actions[(actions["retard"] == 1.0) & (actions["statut"] == "En cours")]["code"].iloc[0]

    def change(workbook: Any) -> None:
        Change("Actions", late, {"statut": "Terminé", "avancement": 100})(workbook)
        Change("Actions", "99.9.9", NEW | {"code_oo": "1.1; 2.1"})(workbook)
        Change("Budget", "B9999", NEW_LINE)(workbook)

    changed = office.edited(office.sample_book(), change)
    data = office.recalculated({"a.xlsx": changed}, tmp_path, "fr-FR")["a.xlsx"]
    filled = read_bytes(data, "a.xlsx", PST)
    result = consolidate([filled], PST, OBSERVED)
    again = as_bytes(result, ".xlsx")
    edited_formulas = office.formulas(changed)

    boards = {
        place: text for place, text in office.formulas(again).items()
        if place[0] in PAGES and text == edited_formulas.get(place)
    }  # fmt: skip
    for place in other_rows(again, data):
        boards.pop(place, None)
    found = office.values(data)
    differing = office.differences(boards, office.values(again), found)

    assert len(result.batch.frames["actions"]) == len(actions) + 1
    assert not differing, said(differing)
    assert len(boards) > 400
    assert _changed(boards, office.values(office.sample_book()), found)


# What every spreadsheet since Excel 2010 knows under these names, and LibreOffice with it.
SAFE = frozenset(
    [
        "ABS",
        "AND",
        "AVERAGEIFS",
        "CHAR",
        "COUNTA",
        "COUNTBLANK",
        "COUNTIFS",
        "EDATE",
        "EXACT",
        "IF",
        "IFERROR",
        "INDEX",
        "INT",
        "ISERROR",
        "ISNUMBER",
        "LEFT",
        "LEN",
        "MATCH",
        "MAX",
        "MEDIAN",
        "MID",
        "MIN",
        "MONTH",
        "N",
        "NETWORKDAYS",
        "NOT",
        "MOD",
        "OR",
        "REPT",
        "ROUND",
        "ROW",
        "SUBSTITUTE",
        "SUBTOTAL",
        "SUM",
        "SUMIFS",
        "SUMPRODUCT",
        "TRIM",
        "VALUE",
        "VLOOKUP",
        "YEAR",
    ]
)
TEXTS = re.compile(r'"(?:[^"]|"")*"')


def _all_formulas(data: bytes) -> list[str]:
    with office.opened(data) as workbook:
        names = [f"={name.attr_text}" for name in workbook.defined_names.values()]
    return [*set(office.formulas(data).values()), *names]


@pytest.mark.parametrize("name", ["sample", "comparison", "small"])
def test_formulas_use_only_functions_that_every_spreadsheet_knows(name: str) -> None:
    used = {
        function
        for formula in _all_formulas(book(name))
        for function in re.findall(r"([A-Za-z_.]+[A-Za-z0-9_.]*)\(", TEXTS.sub('""', formula))
    }

    assert used <= SAFE, used - SAFE


@pytest.mark.parametrize("name", ["sample", "comparison", "small"])
def test_no_criterion_holds_a_decimal_number_in_quotes(name: str) -> None:
    texts = {text for formula in _all_formulas(book(name)) for text in TEXTS.findall(formula)}

    assert not [t for t in texts if re.search(r"^\"(?:[<>=]+\s*)?-?\d+[.,]\d", t)]
    assert not [t for t in texts if re.search(r"^\"[<>=]+.", t) and t.strip('"') not in SIGNS]


SIGNS = frozenset({"=", "<>", "<", ">", "<=", ">="})


@pytest.mark.parametrize("name", ["sample", "small"])
def test_value_reads_only_whole_numbers(name: str) -> None:
    shares = office.sample().batch.frames["actions"]["parts"].dropna()
    using = [f for f in _all_formulas(book(name)) if "VALUE(" in f]

    assert all(re.fullmatch(r"\d+(?:; ?\d+)*", text) for text in shares)
    assert using
    read = [f.count("VALUE(SUBSTITUTE(SUBSTITUTE(TRIM(MID(") for f in using]
    assert read == [f.count("VALUE(") for f in using]
