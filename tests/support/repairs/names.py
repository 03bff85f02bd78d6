"""Names: of sheets, of ranges; and the properties of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from support.repairs.areas import Unreadable, area, cell
from support.repairs.book import Book, Sheet
from support.repairs.registry import about

_SHEET = re.compile(r"[^\[\]:*?/\\]{1,31}")
_NAME = re.compile(r"(?:[^\W\d]|\\)[\w.?\\]*")
_ROW_COLUMN = re.compile(r"R\d*(C\d*)?|C\d*", re.IGNORECASE)
_TARGET = re.compile(r"(?:'((?:[^']|'')+)'|([^\W\d][\w.]*))!([$A-Z\d:]+)")
_PIECE = re.compile(r"(?:'(?:[^']|'')*'|[^',])+")
_BANDS = re.compile(r"\$[A-Z]{1,3}:\$[A-Z]{1,3}|\$\d+:\$\d+")


@about(Book)
def sheets_have_names_that_excel_accepts(book: Book) -> Iterator[str]:
    if not book.titles:
        yield "there is no sheet"
    seen = set()
    for title in book.titles:
        if not _SHEET.fullmatch(title) or title[0] == "'" or title[-1] == "'" or not title.strip():
            yield f"a sheet is named {title!r}"
        if title.casefold() in seen or title.casefold() == "history":
            yield f"two sheets are named {title!r}, or Excel keeps the name for itself"
        seen.add(title.casefold())


@about(Book)
def sheets_are_parts_of_their_own(book: Book) -> Iterator[str]:
    links = book.package.links(book.part)
    numbers, targets = set(), set()
    for one in book.root.iter("sheet"):
        number, link = int(one.get("sheetId", 0)), links.get(one.get("r:id", ""))
        if number in numbers or not 0 < number < 65_535:
            yield f"the sheet {one.get('name')} has the number {number}, not its own"
        if link is None or link.kind not in ("worksheet", "chartsheet") or link.target in targets:
            yield f"the sheet {one.get('name')} leads to no part of its own"
        numbers.add(number)
        targets.add(link.target if link else "")


@about(Book)
def a_visible_sheet_is_shown_first(book: Book) -> Iterator[str]:
    states = [one.get("state", "visible") for one in book.root.iter("sheet")]
    if "visible" not in states:
        yield "no sheet is visible"
    for view in book.root.iter("workbookView"):
        active = int(view.get("activeTab", 0))
        if active >= len(states) or states[active] != "visible":
            yield f"the sheet shown first is the number {active}: hidden, or not there"


@about(Book)
def names_are_those_that_excel_accepts(book: Book) -> Iterator[str]:
    seen = set()
    for one in book.defined:
        name, scope = one.get("name", ""), one.get("localSheetId")
        if (name.casefold(), scope) in seen:
            yield f"the name {name} is defined twice"
        if not is_name(name):
            yield f"a range is named {name!r}"
        if scope is not None and int(scope) >= len(book.titles):
            yield f"the name {name} is of the sheet {scope} of {len(book.titles)}"
        if not one.text:
            yield f"the name {name} is empty"
        seen.add((name.casefold(), scope))


def is_name(text: str) -> bool:
    """Tell whether Excel accepts a text as the name of a range or a table."""
    try:
        cell(text.upper())
    except Unreadable:
        return len(text) <= 255 and bool(_NAME.fullmatch(text)) and not _ROW_COLUMN.fullmatch(text)
    return False


@about(Sheet)
def names_of_printing_stay_in_the_sheet(sheet: Sheet) -> Iterator[str]:
    for one in sheet.book.defined:
        name = one.get("name", "")
        if name not in ("_xlnm.Print_Area", "_xlnm.Print_Titles"):
            continue
        if one.get("localSheetId") is None:
            yield f"{name} belongs to no sheet"
        if one.get("localSheetId") != str(sheet.at):
            continue
        for piece in _PIECE.findall(one.text or ""):
            match = _TARGET.fullmatch(piece)
            title = (match[1] or match[2]).replace("''", "'") if match else None
            banded = bool(match and _BANDS.fullmatch(match[3]))
            if match and not banded:
                area(match[3])
            if title != sheet.title or banded < name.endswith("Titles"):
                yield f"{name} is {piece}"


@about(Sheet)
def the_name_of_a_filter_is_its_area(sheet: Sheet) -> Iterator[str]:
    found = sheet.root.find("autoFilter")
    if found is None:
        return
    for one in sheet.book.defined:
        if (one.get("name"), one.get("localSheetId")) != ("_xlnm._FilterDatabase", str(sheet.at)):
            continue
        _, _, target = (one.text or "").rpartition("!")
        if target.replace("$", "") != found.get("ref"):
            yield f"_FilterDatabase is {one.text}, the filter {found.get('ref')}"


@about(Book)
def dates_of_the_document_are_dates(book: Book) -> Iterator[str]:
    for part in book.package.linked("", "core-properties"):
        root = book.package.tree(part)
        given = list(root) if root is not None else []
        tags = [one.tag for one in given]
        for one in given:
            if one.tag.startswith("dcterms:"):
                datetime.fromisoformat((one.text or "").replace("Z", "+00:00"))
            if tags.count(one.tag) > 1:
                yield f"{one.tag} is there twice in {part}"


@about(Book)
def titles_of_the_document_are_counted(book: Book) -> Iterator[str]:
    for part in book.package.linked("", "extended-properties"):
        root = book.package.tree(part)
        for one in root.iter("vt:vector") if root is not None else ():
            if int(one.get("size", 0)) != len(one):
                yield f"{part} counts {one.get('size')} titles of {len(one)}"
