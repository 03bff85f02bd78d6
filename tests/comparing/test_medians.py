"""Medians are by type, say of how many, and follow the filter in every spreadsheet."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from support import OBSERVED, office
from support.compared_plans import ACTION, plan

from pst_excel.comparing.compare import compare
from pst_excel.excel.books.comparison import MISSING, write_comparison
from pst_excel.model.schema import HEADING_ROW
from pst_excel.pst import PST
from pst_excel.pst.vocabularies import COMMUNE, CPAS

FIRST = HEADING_ROW + 2
Line = tuple[Any, Any, Any]


def of(name: str, number: str, progress: str, kind: str = COMMUNE) -> Any:
    return plan(name, number, rows=ACTION.replace("40", progress), type=kind)


@pytest.fixture(scope="module")
def data() -> bytes:
    """Three communes at 10, 20 and 60 %, one that does not say, two CPAS at 30 and 50 %."""
    plans = [
        of("Nassogne", "83040", "10"), of("Durbuy", "83012", "20"), of("Walcourt", "93088", "60"),
        of("Florennes", "93022", ""), of("Durbuy", "83012", "30", CPAS),
        of("Nassogne", "83040", "50", CPAS),
    ]  # fmt: skip
    return write_comparison(compare(plans, PST, OBSERVED))


def rows(data: bytes) -> dict[str, int]:
    """Return the rows of institutions and medians by what their first cells say."""
    with office.opened(data, data_only=True) as book:
        return {
            str(row[0].value)
            + (f" {row[1].value}" if row[1].value and row[0].row < FIRST + 6 else ""): row[0].row
            for row in book["Comparaison"].iter_rows(min_row=FIRST)
            if row[0].value
        }


def medians(data: bytes) -> dict[str, Line]:
    """Return the median of the progress of each type, its count and its share."""
    with office.opened(data, data_only=True) as book:
        sheet = book["Comparaison"]
        left = next(c.column for c in sheet[HEADING_ROW] if c.value == "Taux moyen de réalisation")
        return {
            name.removeprefix("Médiane · "): tuple(sheet.cell(at, left + n).value for n in range(3))
            for name, at in rows(data).items()
            if name.startswith("Médiane")
        }  # type: ignore[return-value]


def hiding(data: bytes, *names: str) -> bytes:
    """Return the workbook, filtered so that some institutions are not shown."""

    def change(book: Any) -> None:
        sheet = book["Comparaison"]
        shown = sorted({name.rsplit(" ", 1)[0] for name in set(rows(data)) - set(names)})
        sheet.auto_filter.add_filter_column(0, shown)
        for name in names:
            sheet.row_dimensions[rows(data)[name]].hidden = True

    return office.edited(data, change)


def test_medians_are_by_type_and_say_of_how_many(data: bytes) -> None:
    assert medians(data) == {COMMUNE: (20.0, 3, 0.75), CPAS: (40.0, 2, 1.0)}


def test_no_formula_needs_an_array_and_none_is_new(data: bytes) -> None:
    used = {
        name for text in office.formulas(data).values() for name in re.findall(r"[A-Z.]+\(", text)
    }

    assert used <= {"IF(", "ISNUMBER(", "SUBTOTAL(", "MEDIAN(", "COUNTIFS(", "SUM(", "IFERROR("}
    assert not [text for text in office.formulas(data).values() if COMMUNE in text or CPAS in text]


def test_what_the_medians_rest_on_is_hidden_and_out_of_the_filter(data: bytes) -> None:
    with office.opened(data) as book:
        sheet = book["Comparaison"]
        hidden = [d for d in sheet.column_dimensions.values() if d.hidden]
        (first,) = {d.min for d in hidden}
        texts = [c.value for row in sheet.iter_rows(min_col=first) for c in row if c.value]
        last_filtered = sheet.auto_filter.ref.split(":")[1]

        assert all(str(text).startswith("=") for text in texts)
        assert sheet[last_filtered].row == FIRST + 5
        assert sheet[last_filtered].column < first
        assert sheet.cell(FIRST + 6, 1).value is None
    titles = {text for (_, cell), text in office.values(data).items() if cell == f"A{FIRST + 7}"}
    assert f"Médiane · {CPAS}" in titles


@pytest.mark.libreoffice
@office.libreoffice
@pytest.mark.parametrize("locale", ["fr-FR", "en-US"])
def test_medians_follow_the_filter(data: bytes, tmp_path: Path, locale: str) -> None:
    files = {
        "all.xlsx": data,
        "some.xlsx": hiding(data, f"Walcourt {COMMUNE}", f"Durbuy {CPAS}"),
        "none.xlsx": hiding(data, f"Durbuy {CPAS}", f"Nassogne {CPAS}"),
    }
    found = office.recalculated(files, tmp_path, locale)

    assert medians(found["all.xlsx"]) == medians(data)
    assert medians(found["some.xlsx"]) == {
        COMMUNE: (15.0, 2, pytest.approx(2 / 3)),
        CPAS: (50, 1, 1),
    }
    assert medians(found["none.xlsx"])[CPAS][:2] == (MISSING, 0)
    formulas = office.formulas(data)
    assert office.differences(formulas, office.values(data), office.values(found["all.xlsx"])) == []
