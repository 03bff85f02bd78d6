"""References in the text of formulas."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pst_excel.ooxml.references.addresses import LAST_ROW, Area, address
from pst_excel.ooxml.references.formulas import moved, quoted, renamed, shifted
from pst_excel.ooxml.references.row_shifts import RowShift

INSERTED = RowShift("Actions", 5, 2)
REMOVED = RowShift("Actions", 5, -2)

FOLLOWING = [
    ("A4", "A4", "A4"),
    ("A5", "A7", "#REF!"),
    ("$A$6", "$A$8", "#REF!"),
    ("A7", "A9", "A5"),
    ("a7+$b7", "a9+$b9", "a5+$b5"),
    ("SUM(A1:B2)", "SUM(A1:B2)", "SUM(A1:B2)"),
    ("SUM(A1:A9)", "SUM(A1:A11)", "SUM(A1:A7)"),
    ("SUM(A$4:A5)", "SUM(A$4:A7)", "SUM(A$4:A4)"),
    ("SUM(A5:A9)", "SUM(A7:A11)", "SUM(A5:A7)"),
    ("SUM(A6:A9)", "SUM(A8:A11)", "SUM(A5:A7)"),
    ("SUM(A5:B6)", "SUM(A7:B8)", "SUM(#REF!)"),
    ("SUM(B9:A4)", "SUM(B11:A4)", "SUM(B7:A4)"),
    ("A:A B:$C", "A:A B:$C", "A:A B:$C"),
    ("A1:A1048576", "A1:A1048576", "A1:A1048576"),
    ("A4:A1048576", "A4:A1048576", "A4:A1048574"),
    ("A1048576", "#REF!", "A1048574"),
    ("SUM($5:9)+1:4", "SUM($7:11)+1:4", "SUM($5:7)+1:4"),
    ("5:6", "7:8", "#REF!"),
    ("Actions!A9+ACTIONS!A5", "Actions!A11+ACTIONS!A7", "Actions!A7+ACTIONS!#REF!"),
    ("'Actions'!A7:B9", "'Actions'!A9:B11", "'Actions'!A5:B7"),
    ("Actions!A4:Actions!A9", "Actions!A4:Actions!A11", "Actions!A4:Actions!A7"),
    ("Actions!$7:$8", "Actions!$9:$10", "Actions!$5:$6"),
    ("A4:INDEX(A7:A9,1)", "A4:INDEX(A9:A11,1)", "A4:INDEX(A5:A7,1)"),
    ("A7#", "A9#", "A5#"),
    ("(A7,A8)", "(A9,A10)", "(A5,A6)"),
    ('IF(A7="A7","a""A7",A7)', 'IF(A9="A7","a""A7",A9)', 'IF(A5="A7","a""A7",A5)'),
    ("LOG10(A7)+ATAN2(A7,1)", "LOG10(A9)+ATAN2(A9,1)", "LOG10(A5)+ATAN2(A5,1)"),
    ("T[[#This Row],[A7]]+A7", "T[[#This Row],[A7]]+A9", "T[[#This Row],[A7]]+A5"),
    ("T[a']A7]+A7", "T[a']A7]+A9", "T[a']A7]+A5"),
    ("T[d''A7]+A7", "T[d''A7]+A9", "T[d''A7]+A5"),
    ("[A7]+A7", "[A7]+A9", "[A7]+A5"),
]

NEVER = [
    "Budget!A7", "'It''s A7'!A7", "[1]Actions!A7", "[1]Actions!A7:B9", "'[1]Actions'!A7",
    "'[1]My Actions'!A7", "'C:\\x\\[b.xlsx]Actions'!A7", "[Book.xlsx]Actions!A7", "[1]!A7x",
    "Actions:Budget!A7", "'Actions:Bud get'!A7", "'Actions':'Budget'!A7", "#REF!A7", "#REF!",
    "Actions!#REF!", "TAX2024_x", "A7B", "_A7", "x.A7", "A7.x", "\\A7", "A7?", "é7", "A7é",
    "Anne\u0301e7", "XFE7", "AAAA7", "A9999999", "A07", "A7!x", "Tab7[Col]", "XFD7[Col]", "BIN2HEX(1)",
    "1E7", "1.5E7", "1E-7", "{7,8;\"A7\"}", "LET(_xlpm.a7,1,_xlpm.a7)", "Actions!Total7_x",
    '"A7', "'A7", "T[A7", "T[[A7]", "#N/A", "A$", "$", "", "A7A7", "TRUE", "R7C7",
    "[1]Actions:Budget!A7", "[1]!T[A7]", "'Q1'!A7", "Q7!B7", "Budget!A1:Q7!A7",
]  # fmt: skip
"""Formulas that no shift of the rows of Actions changes, though they hold something near."""


@pytest.mark.parametrize(("before", "inserted", "removed"), FOLLOWING)
def test_references_follow_the_rows_of_their_sheet(before, inserted, removed):
    assert shifted(before, INSERTED, "actions") == inserted
    assert shifted(before, REMOVED, "ACTIONS") == removed


@pytest.mark.parametrize("text", NEVER)
def test_what_only_looks_like_a_reference_to_the_sheet_stays(text):
    for shift in (INSERTED, REMOVED):
        assert shifted(text, shift, "Actions") == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A7+Actions!A7", "A7+Actions!A9"),
        ("SUM(A7:A9,Actions!A7:A9)", "SUM(A7:A9,Actions!A9:A11)"),
        ("Actions!A4:A9", "Actions!A4:A11"),
        ('"Actions!A7"', '"Actions!A7"'),
        ("'Actions 2'!A7", "'Actions 2'!A7"),
        ("Actions2!A7", "Actions2!A7"),
        ("mes.Actions!A7", "mes.Actions!A7"),
    ],
)
def test_in_another_sheet_only_qualified_references_follow(before, after):
    assert shifted(before, INSERTED, "Budget") == after


@pytest.mark.parametrize(
    ("title", "before", "after"),
    [
        ("L'été", "'L''été'!A7+'L''ÉTÉ'!A7", "'L''été'!A8+'L''ÉTÉ'!A8"),
        ("Été", "Été!A7", "Été!A8"),
        ("2024", "'2024'!A7+2024!A7", "'2024'!A8+2024!A8"),
        ("A1", "'A1'!A7", "'A1'!A8"),
        ("a!b", "'a!b'!A7", "'a!b'!A8"),
        ('a"b', '\'a"b\'!A7&"A7"', '\'a"b\'!A8&"A7"'),
        ("Straße", "STRASSE!A7", "STRASSE!A8"),
        ("#REF", "#REF!A7+'#REF'!A7", "#REF!A7+'#REF'!A8"),
    ],
)
def test_titles_are_read_through_their_quotes(title, before, after):
    assert shifted(before, RowShift(title, 5, 1), "Autre") == after


@pytest.mark.parametrize(
    ("before", "down", "right", "after"),
    [
        ("A1+$A1+A$1+$A$1", 2, 1, "B3+$A3+B$1+$A$1"),
        ("SUM(A1:$B$2)", 1, 0, "SUM(A2:$B$2)"),
        ("A1", -1, 0, "#REF!"),
        ("B1", 0, -2, "#REF!"),
        ("SUM(A1:B2)", -1, 0, "SUM(#REF!)"),
        ("XFD1048576", 0, 1, "#REF!"),
        ("XFD1048576", 1, 0, "#REF!"),
        ("Budget!A1", 0, -1, "Budget!#REF!"),
        ("A:B+$A:B", 5, 1, "B:C+$A:C"),
        ("1:2+$1:2", 5, 1, "6:7+$1:7"),
        ("[1]S!A1+'[1]S t'!A1+S:T!A1", 1, 1, "[1]S!B2+'[1]S t'!B2+S:T!B2"),
        ('LOG10(A1)&"A1"', 1, 1, 'LOG10(B2)&"A1"'),
        ("T[[#This Row],[A1]]*a1", 1, 0, "T[[#This Row],[A1]]*a2"),
        ("#REF!A1+A07+TAX2024_x", 1, 1, "#REF!A1+A07+TAX2024_x"),
        ("Z1+ZZ1", 0, 1, "AA1+AAA1"),
        ("A1", 0, 0, "A1"),
    ],
)
def test_a_shared_formula_reads_in_another_cell_as_if_it_were_copied_there(
    before, down, right, after
):
    assert moved(before, down, right) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Budget!A1+BUDGET!A1", "Budget 2!A1+Budget 2!A1".replace("Budget 2", "'Budget 2'")),
        ("'L''été'!A1", "Ete!A1"),
        ("Budget:Fin!A1", "'Budget 2:Fin'!A1"),
        ("Budget!#REF!", "'Budget 2'!#REF!"),
        ("Budget!Total", "'Budget 2'!Total"),
        ("Budget!(A1)", "'Budget 2'!(A1)"),
        ("[1]Budget!A1", "[1]Budget!A1"),
        ("'[1]Budget'!A1", "'[1]Budget'!A1"),
        ('"Budget!A1"&Budget', '"Budget!A1"&Budget'),
        ("SUM(Suivi[Montant])", "SUM(Suivi_2[Montant])"),
        ("suivi[[#This Row],[Suivi]]+ROWS(Suivi)", "Suivi_2[[#This Row],[Suivi]]+ROWS(Suivi_2)"),
        ("Suivi(1)+Suivi.x+[1]!Suivi[x]", "Suivi(1)+Suivi.x+[1]!Suivi[x]"),
        ("T[Suivi]", "T[Suivi]"),
        ("Autre!A1", "Autre!A1"),
    ],
)
def test_sheets_and_tables_take_their_new_names(before, after):
    titles = {"Budget": "Budget 2", "L'été": "Ete"}
    assert renamed(before, titles, {"Suivi": "Suivi_2"}) == after


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Actions", "Actions"), ("Été_1.b", "Été_1.b"), ("Mes actions", "'Mes actions'"),
        ("L'été", "'L''été'"), ("2024", "'2024'"), ("A1", "'A1'"), ("r", "'r'"), ("RC", "'RC'"),
        ("R1C1", "'R1C1'"), ("true", "'true'"), ("a-b", "'a-b'"), ("T-1", "'T-1'"), (".a", "'.a'"),
        ("Total2024", "Total2024"), ("ABC1", "'ABC1'"),
    ],
)  # fmt: skip
def test_a_title_is_quoted_where_a_formula_needs_it(title, written):
    assert quoted(title) == written


ROWS = st.integers(1, LAST_ROW - 40)
CELLS = st.builds(address, ROWS, st.integers(1, 16_384))
PIECES = st.one_of(
    CELLS,
    st.builds("{}:{}".format, CELLS, CELLS),
    st.builds("Actions!{}".format, CELLS),
    st.builds("{0}:{0}".format, ROWS),
    st.sampled_from([*NEVER[:43], "A:C"]),
).filter(lambda text: text.count('"') % 2 == 0)


@given(st.lists(PIECES), st.integers(1, 30), st.integers(1, LAST_ROW))
def test_rows_inserted_then_removed_give_the_formula_back(pieces, count, first):
    text = "+".join(pieces)
    there = shifted(text, RowShift("Actions", first, count), "Actions")
    assert shifted(there, RowShift("Actions", first, -count), "Actions") == text


@given(ROWS, st.integers(1, 16_384), st.integers(0, 30), st.integers(0, 20))
def test_a_relative_reference_moves_as_far_as_its_cell(row, column, down, right):
    expected = address(row + down, column + right) if column + right <= 16_384 else "#REF!"
    assert moved(address(row, column), down, right) == expected


@given(st.text("A1$:!'[]\"#({}é.7 ", max_size=40))
def test_no_text_is_too_odd_to_be_read(text):
    same = RowShift("Feuille", 1_000_000, 1)
    assert shifted(text, same, "Feuille") == text
    assert renamed(text, {"zz": "y"}, {"zz": "y"}) == text
    moved(text, 1, 1)


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 40), st.integers(-20, 20))
def test_an_area_holds_after_a_shift_the_rows_that_it_held(one, other, first, count):
    area, shift = Area(min(one, other), 2, max(one, other), 3), RowShift("x", first, count)
    kept = [shift.row(row) for row in range(area.top, area.bottom + 1)]
    rows = [row for row in kept if row is not None]
    after = shift.area(area)
    assert (after and (after.top, after.bottom)) == ((rows[0], rows[-1]) if rows else None)


@pytest.mark.parametrize(
    "piece", ["[", "'", "['", "a:", '"', "A1:", "'a'", "[a", "#", "a!", "((", "$A", "a'b:"]
)
def test_the_time_taken_grows_with_the_length_of_a_hostile_formula(piece):
    started = time.process_time()
    shifted(piece * 100_000, INSERTED, "Actions")
    assert time.process_time() - started < 5


def test_the_words_of_a_formula_that_are_no_references_are_kept_byte_for_byte():
    text = " IF( A7 >= 1,\r\n  'Actions' !A7, \t$A$7 )"
    assert re.sub(r"[79]", "", shifted(text, INSERTED, "Actions")) == text.replace("7", "")
