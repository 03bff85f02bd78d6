"""A workbook as it was received: what openpyxl sees of it, and what only its package tells."""

from __future__ import annotations

import io
import posixpath
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

import openpyxl

from pst_excel.outdated import Source, position_of

MAX_XML = 40_000_000  # openpyxl takes a second and 60 MB for every 6 MB of cells
MAX_MERGED = 200_000  # it makes each of the cells of a merged or linked area
_AREA = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\s[^>]*?\bref=\"([A-Z]+\d+):([A-Z]+\d+)\"")

_PARTS = {
    "pivotTable": ("tableau croisé dynamique", "tableaux croisés dynamiques"),
    "table": ("tableau structuré", "tableaux structurés"),
    "queryTable": ("requête vers des données externes", "requêtes vers des données externes"),
    "oleObject": ("objet incorporé", "objets incorporés"),
    "package": ("objet incorporé", "objets incorporés"),
    "ctrlProp": ("bouton ou case de formulaire", "boutons ou cases de formulaire"),
    "control": ("contrôle ActiveX", "contrôles ActiveX"),
    "slicer": ("segment", "segments"),
    "timeline": ("chronologie", "chronologies"),
    "image": ("image de fond", "images de fond"),
}
_DRAWN = {
    "pic": ("image", "images"),
    "graphicFrame": ("graphique", "graphiques"),
    "sp": ("forme", "formes"),
    "cxnSp": ("forme", "formes"),
}
_INSIDE = (
    (re.compile(rb"<(?:\w+:)?sparkline>"), ("mini-graphique", "mini-graphiques")),
    (
        re.compile(rb"<x14:dataValidation\s"),
        ("liste déroulante d’une autre feuille", "listes déroulantes d’une autre feuille"),
    ),
)
_WHOLE = (
    ("xl/vbaProject.bin", "macros"),
    ("xl/externalLinks/", "liens vers d’autres classeurs"),
    ("xl/connections.xml", "connexions à des données externes"),
    ("xl/model/", "modèle de données"),
    ("xl/richData/richValueRel", "images placées dans des cellules"),
    ("xl/featurePropertyBag/", "cases à cocher dans des cellules"),
    ("_xmlsignatures/", "signature électronique"),
)

Words = tuple[str, str]


@dataclass
class Original:
    """The file as received.

    `book` is what openpyxl sees, None where `why` it cannot look; `parts` counts, by sheet, what
    stands over the cells; `whole` names what belongs to the workbook; `threads` holds the
    conversations, by sheet, row and column.
    """

    source: Source
    book: Any = None
    why: str = ""
    parts: dict[str, Counter[Words]] = field(default_factory=dict)
    whole: list[str] = field(default_factory=list)
    threads: dict[tuple[str, int, int], str] = field(default_factory=dict)

    def read(self, title: str, row: int, column: int) -> Any:
        """Return the value of a cell counted from 1; the empty text where there is none."""
        rows = self.source.sheets[title]
        line = rows[row - 1] if row <= len(rows) else ()
        return line[column - 1] if column <= len(line) else ""


def open_original(data: bytes, source: Source) -> Original:
    """Look at a workbook that has been read already; what cannot be looked at is said in `why`."""
    one = Original(source)
    if not data.startswith(b"PK"):
        one.why = "un classeur d’un ancien format (.xls) ne les livre pas"
        return one
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        if "xl/workbook.xml" not in names:
            one.why = "un classeur .ods ou .xlsb ne les livre pas"
            return one
        for start, words in _WHOLE:
            if any(name.startswith(start) for name in names):
                one.whole.append(words)
        sheets = list(_sheets(package))
        persons = _persons(package, names)
        for title, part in sheets:
            one.parts[title] = Counter(_over(package, part))
            one.threads |= {(title, *at): text for at, text in _talks(package, part, persons)}
        if _heavy(package):
            one.why = "les feuilles sont trop grandes ; effacez les lignes et colonnes inutiles"
            return one
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl says what it does not know
            one.book = openpyxl.load_workbook(io.BytesIO(data), keep_links=False, rich_text=True)
    except Exception:  # whatever it stumbles on, the values have been read
        one.book = None
    if one.book is None or not set(one.book.sheetnames) & set(source.sheets):
        one.book, one.why = None, "le classeur a une forme inhabituelle ; enregistrez-le dans Excel"
    return one


def _heavy(package: zipfile.ZipFile) -> bool:
    parts = [one for one in package.infolist() if one.filename.startswith("xl/worksheets/")]
    if sum(one.file_size for one in parts) > MAX_XML:
        return True
    merged = 0
    for one in parts:
        for start, end in _AREA.findall(package.read(one)):
            (top, left), (bottom, right) = position_of(start.decode()), position_of(end.decode())
            merged += (bottom - top + 1) * (right - left + 1)
    return merged > MAX_MERGED


def _sheets(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Give the title and the part of each sheet."""
    targets = {ident: target for ident, _, target in _related(package, "xl/workbook.xml")}
    for one in _elements(package, "xl/workbook.xml", "sheet"):
        ident = next((v for k, v in one.attrib.items() if k.endswith("}id")), "")
        if ident in targets:
            yield one.get("name", ""), targets[ident]


def _related(package: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    """Give the relations of a part: identifier, last word of the type, part aimed at."""
    folder, _, name = part.rpartition("/")
    for one in _elements(package, f"{folder}/_rels/{name}.rels", "Relationship"):
        if one.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))
            kind = one.get("Type", "").rpartition("/")[2]
            yield one.get("Id", ""), kind, target.lstrip("/")


def _elements(package: zipfile.ZipFile, part: str, *names: str) -> Iterator[Any]:
    """Give the elements of a part by their local names; none where the part is not there."""
    try:
        root = ElementTree.fromstring(package.read(part))
    except (KeyError, ElementTree.ParseError):
        return
    for one in root.iter():
        if one.tag.rpartition("}")[2] in names:
            yield one


def _over(package: zipfile.ZipFile, part: str) -> Iterator[Words]:
    """Give what stands over the cells of a sheet, one by one."""
    for _, kind, target in _related(package, part):
        if kind in _PARTS:
            yield _PARTS[kind]
        elif kind == "drawing":
            for one in _elements(package, target, *_DRAWN):
                yield _DRAWN[one.tag.rpartition("}")[2]]
    if part in package.namelist():
        data = package.read(part)
        for pattern, words in _INSIDE:
            yield from (words for _ in pattern.findall(data))


def _persons(package: zipfile.ZipFile, names: list[str]) -> dict[str, str]:
    return {
        one.get("id", ""): one.get("displayName", "")
        for name in names
        if name.startswith("xl/persons/")
        for one in _elements(package, name, "person")
    }


def _talks(
    package: zipfile.ZipFile, part: str, persons: dict[str, str]
) -> Iterator[tuple[tuple[int, int], str]]:
    """Give the conversations of a sheet: the cell, and who says what."""
    found: dict[str, list[str]] = {}
    for _, kind, target in _related(package, part):
        if kind == "threadedComment":
            for one in _elements(package, target, "threadedComment"):
                text = "".join(t.text or "" for t in one if t.tag.endswith("}text"))
                who = persons.get(one.get("personId", ""), "")
                found.setdefault(one.get("ref", ""), []).append(f"{who} : {text}" if who else text)
    for address, lines in found.items():
        yield position_of(address), "\n".join(lines)
