"""What a file holds besides sheets, files of other kinds, files that are out of the common."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from support import WRITTEN, damaged, office, opened, read, saved
from support.hostile import empty_rows, part_name, with_rows
from support.modernised import (
    OLD,
    RELATION,
    RELATIONS,
    data_of,
    due,
    lost,
    modernised,
    package,
    rewritten,
    saved_as,
    told,
    with_sheets,
)
from support.ooxml.torture_base import picture
from support.repairs import complaints
from support.stirred import add_sheets

from pst_excel.pst import PST
from pst_excel.upgrading.changes import ChangeKind

NOT_TAKEN = "notes, formules, formats et images"
NO_FORMAT = (
    "la partie « xl/styles.xml » : il n’y a pas de format 9999 dans « cellXfs » ; ouvrez le classeur"
    " dans Excel, acceptez la réparation, enregistrez"
)


def test_macros_links_and_signatures_are_named() -> None:
    added = {"xl/vbaProject.bin": "x", "xl/externalLinks/externalLink1.xml": "<x/>",
             "xl/connections.xml": "<x/>", "_xmlsignatures/sig1.xml": "<x/>"}  # fmt: skip
    result, _ = modernised(package(OLD, added))
    assert {c.element for c in told(result, ChangeKind.LOST)} == {
        "macros", "liens vers d’autres classeurs ou programmes", "connexions à des données externes",
        "signature électronique",
    }  # fmt: skip


def test_a_workbook_with_macros_gives_its_sheets_and_keeps_no_macro() -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet("Suivi")
        sheet.write_formula("A1", "=PRIX(B1)", None, 12)
        sheet.write_formula("A2", "=SUM(A1:A1)", None, 12)
        sheet.insert_button("B3", {"caption": "Envoyer", "macro": "envoyer"})
        sheet.insert_textbox("D3", "Cliquez")

    data = rewritten(
        with_sheets(write), "[Content_Types].xml",
        lambda part: part.replace("spreadsheetml.sheet.main+xml", "macroEnabled.main+xml"),
    )  # fmt: skip
    data = rewritten(
        data, "xl/drawings/drawing1.xml",
        lambda part: part.replace('macro=""', 'macro="[0]!envoyer"'),
    )  # fmt: skip
    result, new = modernised(package(data, {"xl/vbaProject.bin": "x"}))
    assert lost(result) == [
        ("formule", "=PRIX(B1)", "sa valeur est gardée", ("A1",)),
        ("macro d’une forme ou d’un bouton", "[0]!envoyer", "", ()), ("macros", "", "", ()),
    ]  # fmt: skip
    assert opened(new)["Suivi"]["A1"].value == 12
    assert opened(new)["Suivi"]["A2"].value == "=SUM(A1:A1)"
    assert complaints(new) == []
    made = office.parts(new)
    assert "xl/vbaProject.bin" not in made
    assert not any("[0]!" in part for name, part in made.items() if "/drawings/drawing" in name)


@pytest.mark.libreoffice
@office.libreoffice
@pytest.mark.parametrize("form", ["xls", "ods"])
def test_of_another_kind_of_file_the_values_are_kept_and_it_is_said(
    form: str, run: Run, tmp_path: Path
) -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet("Suivi")
        sheet.write("A1", "Piste cyclable")
        sheet.write_formula("A2", "=1+1", None, 2)
        sheet.insert_image("C2", "a.png", {"image_data": io.BytesIO(picture())})

    source = saved(tmp_path / f"ancien.{form}", saved_as(form, with_sheets(write), tmp_path))
    target = tmp_path / "nouveau.xlsx"
    result = run("moderniser", source, "-o", target)
    assert result.exit_code == 0
    assert f"(classeur), {NOT_TAKEN}" in result.stdout
    assert "(« Suivi » → ses valeurs seulement)" in result.stdout
    new = target.read_bytes()
    assert [cell.value for cell in opened(new)["Suivi"]["A"]] == ["Piste cyclable", 2]
    assert data_of(read(new))["tables"] == due(read(OLD))["tables"]


def test_sheets_too_vast_to_be_looked_at_keep_their_values() -> None:
    data = damaged(OLD, add_sheets)
    vast = with_rows(data, "Cachée", empty_rows(2, 110_000, "ABCDEFGHIJ"))
    result, new = modernised(vast)
    (said,) = [c for c in told(result, ChangeKind.LOST) if c.element == NOT_TAKEN]
    assert (said.sheet, "trop grandes" in said.after) == ("(classeur)", True)
    assert opened(new)["Suivi"]["A3"].value == 3
    assert opened(new)["Suivi"]["A10"].value == "=1+1"
    assert opened(new)["Suivi"]["A10"].data_type == "s"
    assert opened(new)["Suivi"]["B9"].value == dt.datetime(2026, 3, 1, 8, 15)
    assert opened(new)["Cachée"].sheet_state == "hidden"


def test_a_sheet_that_cannot_be_taken_keeps_its_values_and_the_others_are_whole() -> None:
    def write(book: Any) -> None:
        first, second = book.add_worksheet("Suivi"), book.add_worksheet("Bilan")
        first.write("A1", 3)
        second.write_formula("A1", "=Suivi!A1*2", None, 6)
        second.write_formula("A2", "=A1+1", None, 7)

    data = with_sheets(write)
    part = part_name(data, "Suivi")
    spoilt = rewritten(data, part, lambda text: text.replace('<c r="A1"', '<c r="A1" s="9999"'))
    result, new = modernised(spoilt)
    assert lost(result, "Suivi") == [(NOT_TAKEN, "", NO_FORMAT, ())]
    assert lost(result, "Bilan") == [("formule", "=Suivi!A1*2", "sa valeur est gardée", ("A1",))]
    book = opened(new)
    assert (book["Suivi"]["A1"].value, book["Bilan"]["A1"].value) == (3, 6)
    assert book["Bilan"]["A2"].value == "=A1+1"
    kept = {c.sheet: c.after for c in told(result, ChangeKind.KEPT)}
    assert (kept["Suivi"], kept["Bilan"]) == ("ses valeurs seulement", "telle quelle")


def test_a_sheet_that_is_a_chart_is_named_and_the_others_are_whole() -> None:
    def draw(book: Any) -> None:
        add_sheets(book)
        book.create_chartsheet("Graphique")

    result, new = modernised(damaged(OLD, draw))
    assert data_of(read(new))["tables"] == due(read(OLD))["tables"]
    assert lost(result, "Graphique") == [("feuille graphique ou de macros", "", "", ())]
    assert opened(new)["Suivi"].freeze_panes == "B3"


def test_what_other_parts_of_the_workbook_tell_of_an_added_sheet_is_counted() -> None:
    data = with_sheets(lambda book: book.add_worksheet("Suivi").write("A1", 3))
    kinds = ("pivotTable", "slicer", "slicer", "queryTable")
    part = part_name(data, "Suivi")
    folder, _, name = part.rpartition("/")
    added = {f"xl/n/{n}.xml": "<x/>" for n in range(len(kinds))}
    relations = (RELATION.format(n, kind, f"../n/{n}.xml") for n, kind in enumerate(kinds))
    added[f"{folder}/_rels/{name}.rels"] = RELATIONS.format("".join(relations))
    result, new = modernised(package(data, added))
    assert lost(result, "Suivi") == [
        ("1 tableau croisé dynamique", "", "ses valeurs sont gardées", ()),
        ("2 segments", "", "", ()), ("1 requête vers des données externes", "", "", ()),
    ]  # fmt: skip
    assert not any(name.startswith("xl/n/") for name in office.parts(new))


@pytest.mark.parametrize(
    "path", sorted(one for one in WRITTEN.iterdir() if one.suffix in (".xlsx", ".xlsm")),
    ids=lambda path: path.name,
)  # fmt: skip
def test_the_workbook_of_any_program_becomes_one_of_today(path: Path) -> None:
    _, new = modernised(path.read_bytes())
    assert read(new).identity("version") == PST.version
    assert complaints(new) == []
