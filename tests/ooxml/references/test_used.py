"""What a formula uses: sheets, functions, tables, names."""

from __future__ import annotations

import pytest

from pst_excel.ooxml.references.formulas import Kind, Use, used
from pst_excel.ooxml.references.functions import is_moveable

SUM = Use(Kind.FUNCTION, "SUM")
SEVERAL = Use(Kind.SHEETS, "")
USES = [
    ("A1+$B$2*1.5E+10%", []),
    ("{1,2}&\"Actions!A1\"", []),
    ("SUM(A:A,1:3)", [SUM]),
    ("SUM('Ma feuille'!A1:A3)", [SUM, Use(Kind.SHEET, "Ma feuille")]),
    ("'L''été'!A1:B2", [Use(Kind.SHEET, "L'été")]),
    ("SUM(Feuil1:Feuil3!A1)", [SUM, SEVERAL]),
    ("'[1]Feuil1'!A1", [SEVERAL]),
    ("[0]!Macro(A1)", [SEVERAL, Use(Kind.FUNCTION, "Macro")]),
    ("Actions_prévu+taux", [Use(Kind.NAME, "Actions_prévu"), Use(Kind.NAME, "taux")]),
    ("Suivi!taux", [Use(Kind.SHEET, "Suivi"), Use(Kind.NAME, "taux")]),
    ("T1[[#This Row],[Coût]]*[@Coût]", [Use(Kind.TABLE, "T1")]),
    ("TRUE+FALSE", []),
    ("#REF!A1+#N/A", []),
    ("Suivi!#REF!", [Use(Kind.SHEET, "Suivi")]),
    ("_xlfn.LET(_xlpm.x,1,_xlpm.x)", [Use(Kind.FUNCTION, "_xlfn.LET")]),
    ("cmd|' /C calc'!A0", [Use(Kind.NAME, "cmd"), Use(Kind.SHEET, " /C calc"), Use(Kind.NAME, "A0")]),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "uses"), USES)
def test_what_a_formula_uses_is_told(formula: str, uses: list[Use]) -> None:
    assert list(used(formula)) == uses


@pytest.mark.parametrize("name", ["SUM", "sum", "WORKDAY.INTL", "HYPERLINK", "_xlfn.IFS",
                                  "_xlfn._xlws.FILTER"])  # fmt: skip
def test_a_function_of_excel_gives_the_same_wherever_its_sheet_is(name: str) -> None:
    assert is_moveable(name)


@pytest.mark.parametrize("name", ["MaFonction", "INDIRECT", "CELL", "GETPIVOTDATA", "CUBEVALUE",
                                  "_xlfn.WEBSERVICE", "_xlfn.ANCHORARRAY", "RTD"])  # fmt: skip
def test_a_function_that_looks_beyond_or_is_a_macro_does_not(name: str) -> None:
    assert not is_moveable(name)
