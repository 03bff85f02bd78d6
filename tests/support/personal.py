"""A whole plan in which each place that may name a person has a mark of its own, and the search."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from pst_excel.model.schema import HEADING_ROW
from pst_excel.pst import PST
from support import CLEAN, damaged, workbook
from support.active import BOOK, EXTERNAL, LINK, PARTS, SHEET, related
from support.hostile import changed
from support.ooxml import torture_parts as texts

PLACES = (
    "agent", "responsable", "derogation", "liste", "contact", "fichier", "note", "notant",
    "auteur", "modifiant", "motcle", "propriete", "conversant", "chemin", "imprimante",
    "classeur", "source", "feuille", "colonne", "cellule", "nom", "validation", "pied", "macro",
)  # fmt: skip
MARKS: Mapping[str, str] = {
    place: f"Zz{at:02d}{place.capitalize()}" for at, place in enumerate(PLACES)
}
FILE = f"{MARKS['fichier']}.xlsx"
PRIVATE = {
    "actions": "agent", "oo": "responsable", "derogations": "derogation",
}  # fmt: skip
"""The place whose mark stands in the private column of each sheet."""


def personal(text: str = CLEAN) -> bytes:
    """Return the workbook of a whole plan with a mark in each place, but for the name of its file."""
    data = damaged(workbook(text), _mark)
    made = EXTERNAL.replace("Feuil1", MARKS["feuille"]).encode()
    data = related(data, BOOK, "externalLink", LINK, made)
    path = f"file:///C:/Users/{MARKS['classeur']}/a.xlsx"
    data = related(data, LINK, "externalLinkPath", path)
    source = (
        f'<connections xmlns="{texts.MAIN}"><connection id="1" name="{MARKS["source"]}" type="1"'
        ' refreshedVersion="0"/></connections>'
    )
    people = texts.PERSONS.replace("Zoé Lefèvre", MARKS["conversant"])
    office = f"{texts.MICROSOFT}/2017/10/relationships"
    for one, kind, name, content in (
        (BOOK, "connections", "xl/connections.xml", source.encode()),
        (SHEET, "printerSettings", "xl/printerSettings/printerSettings1.bin",
         MARKS["imprimante"].encode("utf-16-le")),
        (BOOK, f"{office}/person", "xl/persons/person.xml", people.encode()),
        (BOOK, PARTS["macros"].relation, "xl/vbaProject.bin", MARKS["macro"].encode()),
    ):  # fmt: skip
        data = related(data, one, kind, name, content)
    place = (
        f'<x15ac:absPath xmlns:x15ac="{texts.MICROSOFT}/spreadsheetml/2010/11/ac"'
        f' url="C:\\Users\\{MARKS["chemin"]}\\"/>'
    ).encode()
    return changed(data, BOOK, lambda part: part.replace(b"<sheets>", place + b"<sheets>"))


def _mark(book: Any) -> None:
    form, actions = book["Identification"], book["Actions"]
    form.cell(PST.form.field_rows["contact"], 3).value = f"{MARKS['contact']}@x.example"
    for sheet, place in PRIVATE.items():
        (column,) = (one for one in PST[sheet].inputs if one.private)
        _at(book[PST[sheet].title], column.label).value = MARKS[place]
    _at(book["Listes"], "Agents", 40).value = MARKS["liste"]
    actions["D5"].comment = Comment(MARKS["note"], MARKS["notant"])
    last = actions.max_column + 1
    actions.cell(HEADING_ROW, last).value = MARKS["colonne"]
    actions.cell(HEADING_ROW + 1, last).value = MARKS["cellule"]
    asked = DataValidation(type="list", formula1='"a,b"', prompt=MARKS["validation"])
    asked.add("D5")
    actions.add_data_validation(asked)
    actions.oddFooter.left.text = MARKS["pied"]
    book.create_sheet(MARKS["feuille"])["A1"] = MARKS["cellule"]
    properties = book.properties
    properties.creator, properties.lastModifiedBy = MARKS["auteur"], MARKS["modifiant"]
    properties.keywords = properties.description = properties.category = MARKS["motcle"]
    book.custom_doc_props.append(StringProperty(name="Agent", value=MARKS["propriete"]))
    book.defined_names[MARKS["nom"]] = DefinedName(MARKS["nom"], attr_text="'OS'!$A$1")


def _at(page: Any, label: str, row: int = HEADING_ROW + 1) -> Any:
    """Return the cell of a row under a heading."""
    (column,) = (
        cell.column for cell in page[HEADING_ROW] if str(cell.value or "").strip(" ✱ƒ") == label
    )
    return page.cell(row, column)


def found(data: bytes, marks: Iterable[str] = MARKS.values()) -> set[str]:
    """Return the marks that a file has, in the name or the bytes of any part, under any form."""
    wholes = [data]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            wholes += [name.encode() + package.read(name) for name in package.namelist()]
    every = b"\n".join(wholes)
    lowered = every.lower()
    return {
        mark for mark in marks
        if any(one.lower() in lowered for one in _plain(mark)) or any(one in every for one in _coded(mark))
    }  # fmt: skip


def _plain(mark: str) -> list[bytes]:
    return [mark.encode(), mark.encode("utf-16-le"), mark.encode("utf-16-be")]


def _coded(mark: str) -> list[bytes]:
    """Return what base 64 makes of a mark wherever it stands: its ends depend on its neighbours."""
    return [base64.b64encode(b"\0" * at + mark.encode())[4:-4] for at in range(3)]
