"""A workbook with macros made one that has none, as what is written in an .xlsx must be."""

from __future__ import annotations

from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.package.active import MACRO_SHEETS, lines_of
from pst_excel.ooxml.package.package import Package

_VBA, _SHEET = "vbaProject", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PLAIN = f"{_SHEET}.main+xml"


def without_macros(data: bytes) -> bytes:
    """Return a workbook without its macros, whose kind is then that of an .xlsx; else the same.

    Raises: Refused where sheets are made of macros.
    """
    package = Package(data)
    book = package.workbook
    if "macroenabled" not in package.content_type(book).lower():
        return data
    if MACRO_SHEETS.is_in(lines_of(package.told_of(book))):
        raise Refused("un classeur qui a des feuilles de macros ne peut pas devenir un .xlsx")
    for relation in package.relations(book):
        if relation.kind == _VBA:
            for beside in package.relations(relation.target):
                package.remove(beside.target)
            package.remove(relation.target)
            package.unrelate(book, relation.id)
    package.declare(book, _PLAIN)
    return package.to_bytes()
