"""What people added inside the sheets of the plan: kept in its place, or named."""

from __future__ import annotations

from typing import Any

from openpyxl.comments import Comment
from support import damaged, opened, read
from support.modernised import (
    OLD,
    RELATION,
    RELATIONS,
    column_of,
    data_of,
    due,
    lost,
    modernised,
    package,
    parts,
    related,
    rewritten,
    told,
)
from support.stirred import renewed

from pst_excel.model.schema import HEADING_ROW
from pst_excel.upgrading.changes import ChangeKind


def test_the_notes_follow_their_cells() -> None:
    _, data = renewed()
    sheet, form = opened(data)["Actions"], opened(data)["Identification"]
    title = column_of(data, "Intitulé")
    note = sheet.cell(HEADING_ROW + 3, title).comment
    assert (note.text, note.author) == ("À discuter\nau collège", "Marie")
    assert sheet.cell(HEADING_ROW, title).comment.text == "Être bref"
    notes = {cell.value: cell.comment.text for row in form for cell in row if cell.comment}
    assert notes == {"Commune": "le nom officiel", "081 22 33 44": "le jour"}


def test_what_people_wrote_under_the_fields_and_beside_the_lists_is_still_there() -> None:
    def old_again(book: Any) -> None:
        book["Identification"]["C5"] = "2026.1"

    data = renewed()[1]
    for made in (data, modernised(damaged(data, old_again))[1]):
        book = opened(made)
        fields = {row[1].value: row[2].value for row in book["Identification"].iter_rows(min_row=5)}
        lists = {
            c[0].value: [one.value for one in c[1:3]] for c in book["Listes"].iter_cols(min_row=4)
        }
        assert fields["Téléphone"] == "081 22 33 44"
        assert lists["Quartiers"] == ["Nord", "Sud"]


def test_what_lies_over_the_cells_is_counted_by_sheet() -> None:
    kinds = ("pivotTable", "slicer", "slicer", "oleObject", "table")
    relations = [RELATION.format(n, kind, f"../n/{n}.xml") for n, kind in enumerate(kinds)]
    relations.append(RELATION.format(9, "drawing", "../drawings/drawing9.xml"))
    drawing = '<d xmlns:a="u"><a:pic/><a:pic/><a:sp/><a:cxnSp/><a:graphicFrame/></d>'
    added = {"xl/worksheets/_rels/sheet6.xml.rels": RELATIONS.format("".join(relations)),
             "xl/drawings/drawing9.xml": drawing}  # fmt: skip
    result, _ = modernised(package(OLD, added))
    assert {c.element.replace("\u00a0", " ") for c in told(result, ChangeKind.LOST, "Actions")} == {
        "1 tableau croisé dynamique", "2 segments", "1 objet incorporé", "2 images", "2 formes",
        "1 graphique",
    }  # fmt: skip


def test_a_conversation_becomes_a_note_that_says_who_spoke() -> None:
    def talk(book: Any) -> None:
        book["Actions"]["E5"].comment = Comment("[Threaded comment] Your version of …", "tc={1}")

    data = damaged(OLD, talk)
    said = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
        'threadedcomments"><threadedComment ref="E5" personId="{A}"><text>On garde ?</text>'
        '</threadedComment><threadedComment ref="E5" personId="{B}"><text>Oui.</text>'
        "</threadedComment></ThreadedComments>"
    )
    people = '<l><person id="{A}" displayName="Marie"/><person id="{B}" displayName="Jean"/></l>'
    talks = RELATION.format(77, "threadedComment", "../threadedComments/threadedComment1.xml")
    named = RELATION.format(77, "person", "persons/person.xml")
    added = {
        "xl/worksheets/_rels/sheet6.xml.rels": related(data, "xl/worksheets/sheet6.xml", talks),
        "xl/_rels/workbook.xml.rels": related(data, "xl/workbook.xml", named),
        "xl/threadedComments/threadedComment1.xml": said,
        "xl/persons/person.xml": people,
    }
    _, new = modernised(package(data, added))
    cell = opened(new)["Actions"].cell(HEADING_ROW + 1, column_of(new, "Intitulé"))
    assert cell.comment.text == "Marie : On garde ?\nJean : Oui."


def test_what_the_file_tells_wrongly_of_a_sheet_is_named_and_stops_nothing() -> None:
    def spoil(part: str) -> str:
        link = '<hyperlinks><hyperlink ref="là" r:id="rId9"/></hyperlinks>'
        return part.replace("<pageMargins", f"{link}<pageMargins", 1)

    target = '<Relationship Id="rId9" Type="x/hyperlink" Target="http://x" TargetMode="External"/>'
    data = damaged(OLD, lambda book: book["Actions"].__setitem__("W8", "=1+1"))
    part = "xl/worksheets/sheet6.xml"
    relations = {"xl/worksheets/_rels/sheet6.xml.rels": related(data, part, target)}
    result, new = modernised(package(rewritten(data, part, spoil), relations))
    assert lost(result) == [
        ("notes, formules, formats et images", "",
         "la feuille « Actions » : ce n’est pas du XML lisible ; ouvrez le classeur dans Excel,"
         " acceptez la réparation, enregistrez", ()),
    ]  # fmt: skip
    assert data_of(read(new))["lists"] == due(read(OLD))["lists"]


def test_a_note_that_no_cell_has_is_named_and_the_other_additions_follow() -> None:
    def noted(book: Any) -> None:
        book["Actions"]["B6"].comment = Comment("à revoir", "Marie")
        book["Actions"]["B7"].comment = Comment("perdue", "Marie")

    data = damaged(OLD, noted)
    (part,) = (name for name in parts(data) if "comment" in name and name.endswith(".xml"))
    result, new = modernised(rewritten(data, part, lambda text: text.replace('"B7"', '"BAD"')))
    assert ("note de Marie", "perdue", "", ("BAD",)) in lost(result, "Actions")
    assert [
        cell.comment.text for row in opened(new)["Actions"] for cell in row if cell.comment
    ] == ["à revoir"]


def test_a_part_that_cannot_be_read_is_named_and_the_values_are_taken() -> None:
    nested = "<a>" * 50_000 + "</a>" * 50_000
    data = rewritten(OLD, "xl/styles.xml", lambda text: text.replace("<fonts", f"{nested}<fonts"))
    result, new = modernised(data)
    assert "« xl/styles.xml » : des éléments imbriqués" in lost(result, "(classeur)")[0][2]
    assert data_of(read(new)) == due(read(OLD))
