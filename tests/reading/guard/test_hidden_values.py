"""What calamine hides of a sheet is found in its XML, however a program wrote it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import CLEAN, grid, workbook
from support.hostile import book, worksheet, zipped

from pst_excel.reading.guard import inspection as guard
from pst_excel.reading.guard.hidden_values import HiddenValues, hidden_values

NOTHING = HiddenValues({}, frozenset(), frozenset(), frozenset())


def found(rows: str, before: str = "") -> HiddenValues:
    return hidden_values(worksheet(rows.encode(), before.encode()))


def prefixed(rows: str, before: str = "") -> HiddenValues:
    """Return what is found in the same sheet when each of its elements has a prefix."""
    text = worksheet(rows.encode(), before.encode()).decode()
    text = text.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    return hidden_values(text.replace("xmlns=", "xmlns:x=").encode())


Reading = Callable[..., HiddenValues]
READINGS = pytest.mark.parametrize("read", [found, prefixed])


@READINGS
@pytest.mark.parametrize(
    "cell",
    [
        '<c r="C2" t="e"><v>#REF!</v></c>',
        '<c r="C2" s="3" t="e"><f>Feuil2!A1</f><v>#REF!</v></c>',
        '<c r="C2" t="e"><f t="shared" si="0"/><v>#REF!</v></c>',
        '<c r="C2" t="e">\n  <f>A1</f>\n  <v>#REF!</v>\n</c>',
    ],
)
def test_an_error_is_found_at_its_place(read: Reading, cell: str) -> None:
    assert read(f'<row r="2">{cell}</row>').errors == {(1, 2): "#REF!"}


@READINGS
@pytest.mark.parametrize(
    "cell",
    [
        '<c r="AB3"><f>1+1</f></c>',
        '<c r="AB3"><f>1+1</f><v></v></c>',
        '<c r="AB3"><f>1+1</f><v/></c>',
        '<c r="AB3" s="1"><f t="shared" si="0"/></c>',
        '<c r="AB3" t="str"><f>A1&amp;"x"</f></c>',
    ],
)
def test_a_formula_never_calculated_is_found(read: Reading, cell: str) -> None:
    assert read(f'<row r="3">{cell}</row>').uncalculated == {(2, 27)}


@READINGS
@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"><f>1+1</f><v>2</v></c>',
        '<c r="A1" t="str"><f>""</f><v></v></c>',  # a formula whose result is an empty text
        '<c r="A1"><v>2</v></c>',
        '<c r="A1" s="4"/>',
        '<c r="A1" t="inlineStr"><is><t>#REF!</t></is></c>',
    ],
)
def test_what_calamine_gives_is_not_concealed(read: Reading, cell: str) -> None:
    assert read(f'<row r="1">{cell}</row>') == NOTHING


@READINGS
@pytest.mark.parametrize("true", ["1", "true"])
def test_a_hidden_row_is_found_when_it_holds_something(read: Reading, true: str) -> None:
    rows = (
        f'<row r="4" hidden="{true}"><c r="A4"><v>1</v></c></row>'
        f'<row r="5" hidden="{true}"/>'
        f'<row r="6" hidden="{true}"><c r="A6" s="2"/></row>'
        '<row r="7" hidden="0"><c r="A7"><v>1</v></c></row>'
    )
    assert read(rows).hidden_rows == {3}


@READINGS
def test_hidden_columns_are_found_and_stop_at_the_last_that_can_be(read: Reading) -> None:
    columns = '<cols><col min="2" max="3" hidden="1"/><col min="5" max="5" width="9"/></cols>'
    assert read("", columns).hidden_columns == {1, 2}
    endless = '<cols><col max="999999999" hidden="true" min="16383"/></cols>'
    assert read("", endless).hidden_columns == {16382, 16383}


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="5"><c><v>1</v></c><c t="e"><v>#N/A</v></c></row>',
        '<row r="4"><c r="A4"><v>1</v></c></row><row><c s="2"/><c t="e"><v>#N/A</v></c></row>',
        '<row r="5"><c r="A5"/><c t="e"><v>#N/A</v></c></row>',
        "<row r='5'><c r='B5' t='e'><v>#N/A</v></c></row>",
        '<row r="9"><c r="B5" t="e"><v>#N/A</v></c></row>',
    ],
)
def test_a_cell_without_a_reference_follows_the_one_before(rows: str) -> None:
    assert found(rows).errors == {(4, 1): "#N/A"}


CELL = st.sampled_from(
    [
        "<c {} t='e'><v>#DIV/0!</v></c>",
        "<c {} s='1' t='e'><f>A1/0</f><v>#DIV/0!</v></c>",
        "<c {}><f>A1</f></c>",
        "<c {}><f>A1</f><v/></c>",
        "<c {} t='str'><f>A1</f><v></v></c>",
        "<c {} t='str'><f>A1</f></c>",
        "<c {} t='e'><f>A1</f></c>",
        "<c {}><f t='shared' si='1'/><v></v></c>",
        "<c {}><v>1</v></c>",
        "<c {} s='2'/>",
        "<c {} t='inlineStr'><is><t>a &gt; b</t></is></c>",
    ]
)
ROWS = st.lists(st.tuples(st.booleans(), st.lists(CELL, max_size=5)), max_size=6)


@given(ROWS)
def test_searches_find_what_a_reading_element_by_element_finds(
    rows: list[tuple[bool, list[str]]],
) -> None:
    text = "".join(
        f"<row r='{at}' hidden='{int(hidden)}'>"
        + "".join(
            cell.format(f"r='{letter}{at}'") for letter, cell in zip("ABCDE", cells, strict=False)
        )
        + "</row>"
        for at, (hidden, cells) in enumerate(rows, 1)
    ).replace("'", '"')
    assert found(text) == prefixed(text)


def test_the_guard_gives_the_sheets_that_hold_what_calamine_hides_and_no_other() -> None:
    data = book(
        {
            "Erreurs": b'<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>',
            "Valeurs": b'<row r="1"><c r="A1"><v>1</v></c></row>',
            "Formules": b'<row r="1"><c r="A1"><f>1</f></c></row>',
        }
    )
    sheets = guard.inspect(data).sheets
    assert {title: hidden_values(*part).errors for title, part in sheets.items()} == {
        "Erreurs": {(0, 0): "#N/A"},
        "Formules": {},
    }


def test_the_hidden_columns_of_the_template_are_found() -> None:
    part = guard.inspect(workbook(CLEAN)).sheets["Actions"]
    assert 0 in hidden_values(*part).hidden_columns


def test_a_workbook_without_a_formula_conceals_nothing() -> None:
    assert guard.inspect(grid({"Feuil1": [["Bonjour", 1]]})).sheets == {}


ODS = """<office:document-content><table:table table:name="Autre"><table:table-row>
<table:table-cell office:value-type="float" office:value="1"/></table:table-row></table:table>
<table:table table:name="Actions">
<table:table-column/><table:table-column table:visibility="collapse"/>
<table:table-row table:number-rows-repeated="2">
<table:table-cell table:number-columns-repeated="3"/></table:table-row>
<table:table-row table:visibility="filter"><table:table-cell/>
<table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#N/A</text:p>
</table:table-cell></table:table-row>
<table:table-row><table:table-cell table:number-columns-repeated="2" table:formula="of:=1"/>
</table:table-row></table:table></office:document-content>"""


def test_an_ods_says_its_errors_its_formulas_and_what_it_hides() -> None:
    data = zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": ODS.encode(),
        }
    )
    (title, part), *others = guard.inspect(data).sheets.items()
    assert (title, others) == ("Actions", [])
    assert hidden_values(*part) == HiddenValues(
        {(2, 1): "#N/A"}, frozenset({(3, 0), (3, 1)}), frozenset({2}), frozenset({1})
    )
