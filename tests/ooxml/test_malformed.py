"""What a part may not say: a result with its proof, or one sentence, and never another exception."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.ooxml.mutated import OPERATIONS, annotates, mutated, said, takes, updates, with_part
from support.outcomes import sentence

SHEET, OTHER = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
BOOK, STYLES, TABLE = "xl/workbook.xml", "xl/styles.xml", "xl/tables/table1.xml"
NOTES, TALKS = "xl/comments1.xml", "xl/threadedComments/threadedComment1.xml"
RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"
DEEP = b"<a>" * 100_000 + b"</a>" * 100_000
REPAIR = "ouvrez le classeur dans Excel, acceptez la réparation, enregistrez"
KINDS = {
    "a merge of no cells": (OTHER, b'mergeCell ref="K6:M7"', b'mergeCell ref="AAAA99:B1"'),
    "a comment among merges": (OTHER, b'<mergeCell ref="K6', b'<!--x--><mergeCell ref="K6'),
    "a link to no cell": (SHEET, b'hyperlink ref="H5"', b'hyperlink ref="XFE1"'),
    "a comment among links": (SHEET, b'<hyperlink ref="H5"', b'<?a b?><hyperlink ref="H5"'),
    "a column that is no number": (SHEET, b'min="9"', b'min="neuf"'),
    "a column of 5,000 digits": (SHEET, b'min="9"', b'min="%s"' % (b"9" * 5_000)),
    "a width of nothing": (SHEET, b'width="12.7109375"', b'width="NaN"'),
    "a height of nothing": (SHEET, b'ht="30"', b'ht="1e999"'),
    "a usual height of nothing": (SHEET, b'defaultRowHeight="15"', b'defaultRowHeight="x"'),
    "a row 0": (SHEET, b'<row r="5"', b'<row r="0"'),
    "a row of another alphabet": (SHEET, b'<row r="5"', '<row r="٥"'.encode()),
    "a row below the last": (SHEET, b'<row r="9"', b'<row r="1048577"'),
    "a row twice": (SHEET, b'<row r="9"', b'<row r="8"'),
    "spans of nothing": (SHEET, b'spans="1:8"', b'spans="a:b:c"'),
    "a cell beyond the last column": (SHEET, b'r="A4"', b'r="XFE4"'),
    "a cell without its column": (SHEET, b'r="A4"', b'r="4"'),
    "a style beyond the list": (SHEET, b'<c r="B4"', b'<c r="B4" s="99999"'),
    "a style that is no number": (SHEET, b'<row r="15" spans="1:8" s="2"', b'<row r="15" s="-1"'),
    "a condition on no cell": (SHEET, b'sqref="D4:D11"', b'sqref="D4:D11 BAD"'),
    "a validation of no cell": (SHEET, b'sqref="B4:B11"', b'sqref="1:A"'),
    "a dimension of nothing": (SHEET, b'dimension ref="', b'dimension ref="#REF!'),
    "a shared formula of no cells": (OTHER, b'si="0" ref="C3:C20"', b'si="0" ref="BAD"'),
    "a shared formula that no one tells": (OTHER, b'si="0" ref="C3:C20"', b'si="77"'),
    "an array of no cells": (OTHER, b'ref="E1:E4"', b'ref="E1:E4:E5"'),
    "a data table that reads nothing": (OTHER, b'r1="A1"', b'r1="A0"'),
    "a text beyond the list": (SHEET, b't="s"><v>0</v>', b't="s"><v>4294967295</v>'),
    "a text before the list": (SHEET, b't="s"><v>0</v>', b't="s"><v>-1</v>'),
    "a number that is none": (OTHER, b"<v>1</v>", b"<v>1_0</v>"),
    "a table of no cells": (TABLE, b'ref="A3:E12"', b'ref="A3:E"'),
    "totals of no number": (TABLE, b'totalsRowCount="1"', b'totalsRowCount="x"'),
    "a table of which the columns are gone": (TABLE, b"tableColumns", b"tableColonnes"),
    "a format of numbers without a number": (STYLES, b'numFmtId="164"', b'numFmtId="abc"'),
    "a font beyond the list": (STYLES, b'fontId="1"', b'fontId="4000000000"'),
    "a name of a sheet that is not there": (BOOK, b"<definedName ", b'<definedName localSheetId="77" '),
    "a name of no sheet": (BOOK, b"<definedName ", b'<definedName hidden="1" localSheetId="x" '),
    "a sheet without an id": (BOOK, b'sheetId="2"', b'sheetId="deux"'),
    "a note of no cell": (NOTES, b'ref="D6"', b'ref="BAD"'),
    "a note of no author": (NOTES, b'authorId="1"', b'authorId="%s"' % (b"9" * 5_000)),
    "half a character": (NOTES, "Vu en comité".encode(), b"_xD800_ _x0000_"),
    "a conversation of no cell": (TALKS, b'ref="B8"', b'ref="BAD"'),
    "a comment among conversations": (TALKS, b"<threadedComment ", b"<!--x--><threadedComment "),
    "notes outside of the package": (RELATIONS, b"/xl/comments1.xml", b"../../../../etc/passwd"),
    "notes that are missing": (RELATIONS, b"/xl/comments1.xml", b"/xl/absent.xml"),
    "a relation to the package": (RELATIONS, b"/xl/comments1.xml", b"/"),
    "a sheet that leads to itself": (RELATIONS, b"/xl/comments1.xml", b"sheet1.xml"),
    "nested elements": (STYLES, b"<numFmts", DEEP + b"<numFmts"),
    "another root": (SHEET, b"worksheet", b"feuille"),
}  # fmt: skip


def broken(kind: str) -> bytes:
    name, old, new = KINDS[kind]
    return with_part(name, lambda part: part.replace(old, new))


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_part_may_not_say_gives_a_result_or_a_sentence(kind):
    for work in OPERATIONS:
        text = said(work, broken(kind))
        assert not text or sentence(f"le classeur : {text}")


@pytest.mark.parametrize("work", OPERATIONS)
def test_odd_parts_of_any_kind_give_a_result_or_a_sentence(work):
    for seed in range(40):
        said(work, mutated(seed))


@pytest.mark.parametrize(
    ("work", "kind", "place", "read"),
    [
        (updates, "a merge of no cells", "la feuille « Calculs »", "« AAAA99:B1 »"),
        (updates, "a column that is no number", "la feuille « Actions »", "« neuf »"),
        (annotates, "a row below the last", "la feuille « Actions »", "« 1048577 »"),
        (updates, "a text beyond the list", "la feuille « Actions »", "« 4294967295 »"),
        (updates, "a table of no cells", "la partie « xl/tables/table1.xml »", "« A3:E »"),
        (takes, "a format of numbers without a number", "« xl/styles.xml »", "« abc »"),
        (annotates, "nested elements", "« xl/styles.xml »", "éléments imbriqués"),
    ],
)  # fmt: skip
def test_the_sentence_says_where_what_was_read_and_what_to_do(
    work: Callable[[bytes], None], kind: str, place: str, read: str
) -> None:
    text = said(work, broken(kind))
    assert place in text
    assert read in text
    assert text.endswith(REPAIR)


def test_what_needs_not_be_read_is_copied_as_it_is():
    kinds = ("a link to no cell", "a condition on no cell", "a note of no cell", "spans of nothing")
    assert {said(annotates, broken(kind)) for kind in kinds} == {""}


@pytest.mark.parametrize("part", [SHEET, STYLES, "xl/drawings/drawing1.xml", NOTES])
@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_a_part_that_declares_entities_is_refused_whatever_its_encoding(part, coding):
    def declared(content: bytes) -> bytes:
        body = content.decode().partition("?>")[2]
        return (
            f'<?xml version="1.0" encoding="{coding}"?><!DOCTYPE a [<!ENTITY b "c">]>{body}'.encode(
                coding
            )
        )

    assert "DOCTYPE" in said(takes, with_part(part, declared))
