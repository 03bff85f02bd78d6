"""A picture placed in a cell is told from an error, whatever else a workbook keeps aside."""

from __future__ import annotations

import pytest
from support import verdict
from support.hostile import book
from support.layouts import HEADINGS, PLANTER, remarks, table
from support.pictures import pictured

from pst_excel.pst import PST
from pst_excel.reading.guard.pictures import only_pictures, pictures_among
from pst_excel.reading.reader import read_bytes
from pst_excel.returns.tables import Return

RICH = "http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"
METADATA = (
    f'<metadata xmlns="x" xmlns:r="{RICH}"><metadataTypes><metadataType name="XLDAPR"/>'
    '<metadataType name="XLRICHVALUE"/></metadataTypes>'
    '<futureMetadata name="XLDAPR"><bk/></futureMetadata>'
    '<futureMetadata name="XLRICHVALUE"><bk><r:rvb i="1"/></bk><bk><r:rvb i="0"/></bk>'
    '<bk><r:rvb i="2"/></bk><bk><r:rvb i="9"/></bk></futureMetadata>'
    '<cellMetadata><bk><rc t="1" v="0"/></bk></cellMetadata><valueMetadata>'
    '<bk><rc t="2" v="0"/></bk><bk><rc t="2" v="1"/></bk><bk><rc t="2" v="2"/></bk>'
    '<bk><rc t="2" v="3"/></bk><bk><rc t="1" v="0"/></bk></valueMetadata></metadata>'
)
VALUES = f'<rvData xmlns="{RICH}"><rv s="0"/><rv s="1"/><rv s="2"/></rvData>'
STRUCTURES = (
    f'<rvStructures xmlns="{RICH}"><s t="_error"/><s t="_localImage"/><s t="_webimage"/>'
    "</rvStructures>"
)
PARTS = [part.encode() for part in (METADATA, VALUES, STRUCTURES, "<worksheet/>")]


def test_pictures_are_told_from_errors_and_from_what_leads_nowhere() -> None:
    assert pictures_among(PARTS) == {1, 3}
    assert pictures_among(PARTS[1:]) == frozenset()
    assert not only_pictures(PARTS)
    assert only_pictures([b'<rvStructures x=""><s t="_localImage"/></rvStructures>'])
    assert not only_pictures([])


def read(rows: bytes) -> Return:
    head = "".join(
        f'<c r="{letter}1" t="inlineStr"><is><t>{text}</t></is></c>'
        for letter, text in zip("ABC", HEADINGS, strict=False)
    )
    extra = {f"xl/richData/{at}.xml": part for at, part in enumerate(PARTS)}
    data = book({"Actions": f'<row r="1">{head}</row>'.encode() + rows}, extra)
    return read_bytes(data, "retour.xlsx", PST)


@pytest.mark.parametrize(
    ("number", "rule", "shown"),
    [
        (1, "image dans la cellule", "une image dans la cellule"),
        (3, "image dans la cellule", "une image dans la cellule"),  # of IMAGE()
        (2, "formule en erreur", "#VALUE!"),
        (7, "formule en erreur", "#VALUE!"),
    ],
)
@pytest.mark.parametrize("between", ["", " "])
def test_an_error_is_what_its_workbook_keeps_of_it(
    number: int, rule: str, shown: str, between: str
) -> None:
    cells = '<c r="A2" t="inlineStr"><is><t>1.1.1</t></is></c>'
    cells += f'<c r="C2" t="e" vm="{number}"{between}><f>IMAGE(A1)</f><v>#VALUE!</v></c>'
    (note,) = read(f'<row r="2">{cells}</row>'.encode()).readings
    assert (note.rule, note.read, note.subject.column) == (rule, shown, "statut")


def test_a_picture_where_a_value_is_expected_is_blamed_with_its_remedy() -> None:
    one = read_bytes(pictured([HEADINGS, PLANTER], "C2"), "retour.xlsx", PST)
    assert table(one).columns["statut"] == [None]
    (found,) = (f for f in verdict(one).findings if f.subject.column == "statut")
    assert found.code == "V10"
    assert found.message.startswith("« Statut » contient une image dans la cellule")
    assert "au-dessus des cellules" in found.remedy


def test_a_row_of_a_picture_alone_is_no_record_and_one_in_an_added_column_is_said() -> None:
    rows = [(*HEADINGS, "Photo"), PLANTER, (), PLANTER]
    one = read_bytes(pictured(rows, "E2", "E3"), "retour.xlsx", PST)
    assert table(one).rows == [2, 4]
    assert table(one).locals == {"Photo": ["une image dans la cellule", ""]}
    said = ("une image dans la cellule", "image non reprise")
    assert sorted(remarks(one, "image dans la cellule")) == [("E2", *said), ("E3", *said)]
