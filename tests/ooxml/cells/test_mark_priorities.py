"""Marks win over every other rule, and these keep their order."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from support.ooxml.marked import (
    PLAIN,
    RED,
    RULED,
    SHEET,
    TAG,
    canonical,
    changed,
    first,
    marked,
    priorities,
    raw,
    unmarked,
)
from support.repairs import complaints

from pst_excel.ooxml.cells import marks
from pst_excel.ooxml.references.addresses import areas_of


def test_a_mark_comes_before_every_other_rule_and_they_keep_their_order() -> None:
    before, after = priorities(RULED), priorities(marked(RULED))
    assert after == [(1, "expression"), *((number + 1, kind) for number, kind in before)]
    assert priorities(unmarked(marked(RULED))) == before


def test_the_rules_of_the_extension_of_2010_give_way_too() -> None:
    rule = '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:cfRule type="expression" priority="1" id="{1}"><xm:f>Feuille!A1</xm:f></x14:cfRule><xm:sqref>A1</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>'
    data = changed(PLAIN, lambda sheet: sheet.replace("</worksheet>", rule))
    assert priorities(marked(data)) == [(1, "expression"), (2, "expression")]
    assert canonical(unmarked(marked(data))) == canonical(data)


def test_the_rules_of_a_pivot_table_are_known_by_their_priority_in_it_too() -> None:
    data = changed(RULED, lambda sheet: sheet)
    pivot, rels = "xl/pivotTables/pivotTable1.xml", "xl/worksheets/_rels/sheet1.xml.rels"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = raw(data)
    parts[rels] = parts[rels].replace(
        b"</Relationships>",
        f'<Relationship Id="rId9" Type="{office}/pivotTable" Target="/{pivot}"/></Relationships>'.encode(),
    )
    parts[pivot] = (
        b'<pivotTableDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><conditionalFormats count="1"><conditionalFormat priority="2"/></conditionalFormats></pivotTableDefinition>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    book, sheet = first(buffer.getvalue())
    marks.add(sheet, areas_of("A1"), RED, "", TAG)
    assert b'priority="3"' in book.package.content(pivot)
    marks.remove(sheet, TAG)
    assert book.package.content(pivot) == parts[pivot]


def test_a_mark_of_the_same_tag_comes_after_those_that_are_there() -> None:
    book, sheet = first(RULED)
    marks.add(sheet, areas_of("A1"), RED, "", TAG)
    marks.add(sheet, areas_of("A1:B2"), "FFF2CC", "", TAG)
    found = re.findall(rb'priority="(\d)"><formula>LEN', book.package.content(SHEET))
    assert found == [b"1", b"2"]


def test_many_areas_are_shared_between_rules_of_four_hundred() -> None:
    book, sheet = first(PLAIN)
    for row in range(1, 2001, 2):
        sheet.cell(f"B{row}").mark(RED, tag=TAG)
    data = book.to_bytes()
    assert priorities(data) == [(1, "expression"), (2, "expression"), (3, "expression")]
    assert [area.top for area in marks.marked(sheet, TAG)] == list(range(1, 2001, 2))
    assert complaints(data) == complaints(PLAIN)
    assert canonical(unmarked(data)) == canonical(PLAIN)


@pytest.mark.parametrize("attribute", ['priority="x"', ""])
def test_a_rule_without_a_priority_is_left(attribute: str) -> None:
    data = changed(RULED, lambda sheet: re.sub(r'priority="2"', attribute, sheet))
    assert canonical(unmarked(marked(data))) == canonical(data)
