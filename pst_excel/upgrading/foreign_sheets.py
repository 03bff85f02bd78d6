"""The sheets that people added to a workbook, taken whole into another, or else their values."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pst_excel.cells.grid import Rows, filled
from pst_excel.cells.long_texts import in_a_cell
from pst_excel.cells.values import as_text, is_number
from pst_excel.excel import palette
from pst_excel.excel.books.template import EPOCH
from pst_excel.excel.xlsx import BookWriter, SheetWriter
from pst_excel.model.words.wording import plural
from pst_excel.ooxml.grafting.detached import detached
from pst_excel.ooxml.grafting.detached_sheet import Left
from pst_excel.ooxml.grafting.shared_parts import take_colours
from pst_excel.ooxml.references.addresses import cell_of
from pst_excel.ooxml.workbook import Workbook
from pst_excel.upgrading.additions import NO_VALUE, TEXT_KEPT, VALUE_KEPT, likeness
from pst_excel.upgrading.changes import Change, ChangeKind
from pst_excel.upgrading.original import PARTS, STUMBLES, Original, Words, why_of

NOT_TAKEN = "notes, formules, formats et images"
FORMATS: Mapping[type, str] = {
    dt.datetime: "dd/mm/yyyy hh:mm", dt.date: "dd/mm/yyyy", dt.time: "hh:mm:ss",
    dt.timedelta: "[h]:mm:ss",
}  # fmt: skip
_COUNTED: Mapping[str, Words] = PARTS | {
    "chart": ("graphique", "graphiques"),
    "sparkline": ("mini-graphique", "mini-graphiques"),
    "sparklineGroup": ("mini-graphique", "mini-graphiques"),
    "cameraTool": ("image de cellules", "images de cellules"),
}
_NAMED = {
    "f": "formule", "cm": "formule dynamique", "vm": "image dans une cellule", "hyperlink": "lien",
    "dataValidation": "validations de saisie", "cfRule": "mises en forme conditionnelles",
    "datalabelsRange": "étiquettes de graphique", "macro": "macro d’une forme ou d’un bouton",
}  # fmt: skip
_BECAME = {
    "cm": "gardée en formule matricielle", "vm": "la cellule est vide", "hyperlink": TEXT_KEPT,
    "pivotTable": "ses valeurs sont gardées", "cameraTool": "telle qu’elle était",
}  # fmt: skip


def with_foreign_sheets(
    data: bytes, original: Original, titles: Mapping[str, str]
) -> tuple[bytes, list[Change]]:
    """Put each sheet that people added in the place of the blank one of its new title.

    `titles` gives the new title of each by the old one. Those that cannot be taken whole are given
    as their values, which are there already where that is known before; what the others leave
    behind is said.
    """
    data, left, reasons = _grafted(data, original, titles)
    changes: list[Change] = []
    for title, name in titles.items():
        became = "telle quelle" if name == title else f"« {name} »"
        if title in reasons:
            became = "ses valeurs seulement"
            if original.book is not None:
                data = _with_values(data, name, original.source.sheets[title])
        changes.append(
            Change(ChangeKind.KEPT, name, "feuille de l’institution", f"« {title} »", became)
        )
        if reasons.get(title, original.why) != original.why:
            changes.append(Change(ChangeKind.LOST, name, NOT_TAKEN, "", reasons[title]))
        changes += _left_behind(name, (thing for thing in left if thing.title == title))
    return data, changes


def _grafted(
    data: bytes, original: Original, titles: Mapping[str, str]
) -> tuple[bytes, list[Left], dict[str, str]]:
    """Return the workbook with the sheets of the old one, what they leave, and why some are not.

    What looks at one that cannot be taken leaves it, as all that looks at sheets that are not.
    """
    if original.book is None:
        return data, [], dict.fromkeys(titles, original.why)
    reasons: dict[str, str] = {}
    while wanted := {title: name for title, name in titles.items() if title not in reasons}:
        book = Workbook(data)
        take_colours(book, original.data)
        donor, left = detached(original.data, wanted, book)
        grafted = book.to_bytes()
        for title, name in wanted.items():
            grafted, reason = _with_sheet(grafted, donor, name)
            if reason:
                reasons[title] = reason
                break
        else:
            return grafted, left, reasons
    return data, [], reasons


def _with_sheet(data: bytes, donor: bytes, title: str) -> tuple[bytes, str]:
    """Return the workbook with a sheet of another; or as it was, and why."""
    book = Workbook(data)
    try:
        book.graft(donor, [title])
        return book.to_bytes(), ""
    except STUMBLES as error:
        return data, why_of(error)


def _with_values(data: bytes, title: str, rows: Rows) -> bytes:
    """Return the workbook with a sheet of which nothing but the values is taken."""
    values = BookWriter(title, "", EPOCH)
    write_values(values.sheet(title, palette.TABS["help"]), rows)
    book = Workbook(data)
    book.graft(values.bytes(), [title])
    return book.to_bytes()


def write_values(page: SheetWriter, rows: Rows) -> None:
    """Write a sheet of which nothing but the values is known."""
    page.worksheet.tab_color = 0
    forms = {kind: page.book.workbook.add_format({"num_format": form})
             for kind, form in FORMATS.items()}  # fmt: skip
    for row, line in enumerate(rows):
        for column, value in enumerate(line):
            if filled(value):
                write_value(page.worksheet, row, column, value, forms.get(type(value)))


def write_value(worksheet: Any, row: int, column: int, value: Any, form: Any) -> None:
    """Write a value of any kind in a cell counted from 0; a text is never a formula.

    What no cell of Excel holds is written as a text: a number without bounds, a longer text cut.
    """
    if is_number(value) and not math.isfinite(value):
        value = as_text(value)
    if value is None or value == "":
        worksheet.write_blank(row, column, None, form)
    elif isinstance(value, bool):
        worksheet.write_boolean(row, column, value, form)
    elif isinstance(value, str):
        worksheet.write_string(row, column, in_a_cell(value), form)
    elif isinstance(value, int | float):
        worksheet.write_number(row, column, value, form)
    else:
        worksheet.write_datetime(row, column, value, form)


def _left_behind(title: str, left: Iterable[Left]) -> Iterator[Change]:
    """Give what a sheet leaves, equal things together, formulas by what they share."""
    groups: dict[tuple[str, str, str], list[Left]] = {}
    for thing in left:
        text = "" if thing.kind in _COUNTED else thing.text
        alike = likeness(text, cell_of(thing.ref)[0]) if thing.kind == "f" else text
        groups.setdefault((thing.kind, alike, _became(thing)), []).append(thing)
    for (kind, _, became), things in groups.items():
        first, cells = things[0], " ".join(thing.ref for thing in things).split()
        element = _NAMED.get(kind, "lien d’une forme ou d’un bouton")
        if kind in _COUNTED:
            element = plural(len(things), *_COUNTED[kind])
        elif kind == "definedName":
            element, cells = f"nom « {first.ref} »", []
        yield Change(ChangeKind.LOST, title, element, first.text, became, tuple(cells))


def _became(thing: Left) -> str:
    """Say what stands in the place of what is left."""
    if thing.kind == "f":
        return VALUE_KEPT if thing.value else NO_VALUE
    if thing.kind == "chart" and thing.value:
        return "dessiné avec ses dernières valeurs"
    return _BECAME.get(thing.kind, "")
