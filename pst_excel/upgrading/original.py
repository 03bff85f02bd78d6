"""A workbook as it was received: what the patcher sees of it, and what none of its sheets holds."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pst_excel.ooxml.errors import PatchError
from pst_excel.ooxml.package.active import OVER_CELLS
from pst_excel.ooxml.package.names import local
from pst_excel.ooxml.package.package import Package
from pst_excel.ooxml.workbook import Workbook
from pst_excel.upgrading.old_layout import Source

MOST_XML = 20_000_000  # bytes of the sheets in XML; being grafted, they take fifty times as much
UNUSUAL = "le classeur a une forme inhabituelle ; enregistrez-le dans Excel"
STUMBLES = (
    PatchError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError,
)  # fmt: skip
"""What a file that its reader accepts may still make raise, when more than values is asked."""

_SEALS = ("_xmlsignatures/", "xl/revisions/")
_WHOLE = (
    ("xl/model/", "modèle de données"),
    ("xl/richData/richValueRel", "images placées dans des cellules"),
    ("xl/featurePropertyBag/", "cases à cocher dans des cellules"),
    ("_xmlsignatures/", "signature électronique"),
)
Words = tuple[str, str]
PARTS: dict[str, Words] = {
    "pivotTable": ("tableau croisé dynamique", "tableaux croisés dynamiques"),
    "queryTable": ("requête vers des données externes", "requêtes vers des données externes"),
    "oleObject": ("objet incorporé", "objets incorporés"),
    "package": ("objet incorporé", "objets incorporés"),
    "ctrlProp": ("bouton ou case de formulaire", "boutons ou cases de formulaire"),
    "control": ("contrôle ActiveX", "contrôles ActiveX"),
    "slicer": ("segment", "segments"),
    "timeline": ("chronologie", "chronologies"),
    "image": ("image de fond", "images de fond"),
}
"""What stands over the cells of a sheet, by the kind of its relation."""
_DRAWN: dict[str, Words] = {
    "pic": ("image", "images"),
    "graphicFrame": ("graphique", "graphiques"),
    "sp": ("forme", "formes"),
    "cxnSp": ("forme", "formes"),
}
_SPARKLINES: Words = ("mini-graphique", "mini-graphiques")


@dataclass(frozen=True)
class Original:
    """The file as received, in bytes that may be opened; no `book` where `why` it is not looked at.

    `whole` names what belongs to the workbook and to none of its sheets.
    """

    source: Source
    data: bytes
    book: Workbook | None = None
    why: str = ""
    whole: tuple[str, ...] = ()


def why_of(error: Exception) -> str:
    """Return what is said of a workbook over which the program stumbled."""
    return str(error) if isinstance(error, PatchError) else UNUSUAL


def open_original(data: bytes, source: Source) -> Original:
    """Look at a workbook that has been read already."""
    if not data.startswith(b"PK"):
        why = "un classeur d’un ancien format (.xls) ne les livre pas"
        return Original(source, data, None, why, source.active)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
    if "mimetype" in names or "xl/workbook.bin" in names:
        why = "un classeur .ods ou .xlsb ne les livre pas"
        return Original(source, data, None, why, source.active)
    more = tuple(words for start, words in _WHOLE
                 if any(name.startswith(start) for name in names))  # fmt: skip
    whole = (*source.active, *more)
    try:
        data = _unsealed(data)
        book = Workbook(data)
        heavy = sum(book.package.entries[part].size for part in _sheets(book.package))
    except PatchError as error:
        return Original(source, data, None, str(error), whole)
    if heavy > MOST_XML:
        why = "les feuilles sont trop grandes ; effacez les lignes et colonnes inutiles"
        return Original(source, data, None, why, whole)
    # What stands over cells is told of with its sheet.
    whole = (*(words for words in source.active if words not in OVER_CELLS), *more)
    return Original(source, data, book, "", whole)


def _unsealed(data: bytes) -> bytes:
    """Return a workbook without the signature or the revisions that keep it from being opened."""
    package = Package(data)
    for name in package.names():
        if name.lower().startswith(_SEALS):
            package.remove(name)
    return package.to_bytes() if package.changed else data


def _sheets(package: Package) -> list[str]:
    return package.related(package.workbook, "worksheet")


def over(book: Workbook, title: str) -> Counter[Words]:
    """Count what stands over the cells of a sheet."""
    return Counter(_over(book, title))


def _over(book: Workbook, title: str) -> Iterator[Words]:
    sheet, package = book[title], book.package
    for relation in package.relations(sheet.part):
        if relation.kind in PARTS and not relation.external:
            yield PARTS[relation.kind]
        elif relation.kind == "drawing" and relation.target in package:
            drawn = map(local, package.tree(relation.target).iter())
            yield from (_DRAWN[name] for name in drawn if name in _DRAWN)
    yield from (_SPARKLINES for _ in sheet.root.iter("{*}sparkline"))
