"""A formula is read as Excel reads it, or refused; what it uses is told."""

from __future__ import annotations

import pytest
from support.repairs.areas import Unreadable
from support.repairs.grammar import parse


@pytest.mark.parametrize(
    "formula",
    ["1", "-A1%", "$A$1:B2*2^-3", "SUM(A:A,1:1,)", "IF(A1,,2)", "TODAY()", "(A1,B2) C3", "{1,-2;TRUE,\"a\"}",
     "'L’''œil'!A1&\"é \"\"x\"\"\"", "T[[#This Row],[a'[b']]:[c]]", "T[]", "SUM([Prix])", "Été.1*_x", "A1:INDEX(B:B,3)",
     "_xlfn.XLOOKUP(1,A:A,B:B)", "#N/A", "1.5E-3<>A1", "Sheet1!A1:Sheet1!B2"],
)  # fmt: skip
def test_a_formula_is_read(formula: str) -> None:
    assert parse(formula)


@pytest.mark.parametrize(
    "formula",
    ["", "=1", "1+", "SUM(A1", "SUM(A1))", "A1;B1", "SUM(1;2)", "\"a", "A1 2", "*2", "{A1}", "'a'", "OS1!A1", "RC!A1",
     "1 2", "XFE1:A2", "A1048577", "T[a", "a 1", "SUM(,", "A1!B2!C3", "50 €"],
)  # fmt: skip
def test_a_text_that_is_no_formula_is_refused(formula: str) -> None:
    with pytest.raises(Unreadable):
        parse(formula)


def test_what_a_formula_uses_is_told() -> None:
    used = parse("IF('L’''œil'!A1>Seuil,SUM(Tarif[Prix],(A1,B1)),#REF!)")

    assert used.functions == [("SUM", 2), ("IF", 3)]
    assert used.sheets == {"L’'œil"}
    assert used.names == {"Seuil"}
    assert used.columns == [("Tarif", ("Prix",))]
    assert used.marks == {",", "#REF!"}
    assert used.depth == 3
