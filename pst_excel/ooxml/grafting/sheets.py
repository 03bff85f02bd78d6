"""The sheets of a workbook: which parts each alone owns, and how one is removed.

Source: ECMA-376 part 1, §18.2.20 (sheets), §18.2.30 (workbookView), §18.2.5 (definedName).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from html import unescape

from pst_excel.ooxml.cells.workbook_parts import WorkbookParts
from pst_excel.ooxml.errors import NotAWorkbook, Refused
from pst_excel.ooxml.package.malformed import number_of
from pst_excel.ooxml.package.names import R_ID, Element, child_of, main
from pst_excel.ooxml.package.package import Package
from pst_excel.ooxml.references.formulas import renamed

_HIDDEN = ("hidden", "veryHidden")
FORMULAS = tuple(f"{{*}}{name}" for name in (
    "f", "formula", "formula1", "formula2", "calculatedColumnFormula", "totalsRowFormula",
    "definedName", "FmlaLink", "FmlaRange", "FmlaMacro",
))  # fmt: skip
"""The elements that hold a formula, wherever they stand."""
HOLDERS = ("{*}cfvo", "{*}sp", "{*}pic", "{*}formControlPr", "{*}oleLink", "{*}ocxPr")
ATTRIBUTES = ("val", "textlink", "fmlaLink", "fmlaRange", "fmlaTxbx", "fmlaGroup", "linkedCell",
               "listFillRange")  # fmt: skip
"""The elements of which an attribute is a formula, and these attributes."""
_SOURCES = ("{*}worksheetSource", "{*}dataRef", "{*}rangeSet")
_TIED = {
    "pivotTable": "contient un tableau croisé dynamique",
    "slicer": "contient un segment de filtre",
    "timeline": "contient une chronologie",
}


def entry(book: WorkbookParts, title: str) -> Element | None:
    """Return what the workbook says of the sheet of a title."""
    wanted = title.casefold()
    every = book.root.iter(main("sheet"))
    return next((sheet for sheet in every if sheet.get("name", "").casefold() == wanted), None)


def position(book: WorkbookParts, title: str) -> int:
    """Return the place of a sheet among the others, from 0. Raises: ValueError."""
    return [known.casefold() for known in book.titles].index(title.casefold())


def owned(package: Package, part: str) -> list[str]:
    """Return a part and those that nothing refers to but it, or what it owns."""
    others = set(reached(package, "", part))
    return [name for name in reached(package, part) if name not in others]


def reached(package: Package, source: str, without: str | None = None) -> Iterator[str]:
    """Give a part and those that it leads to, but for one and what that one alone leads to."""
    known, waiting = {source}, [source]
    while waiting:
        part = waiting.pop()
        yield part
        for relation in package.relations(part):
            target = relation.target
            if relation.external or target in known or target == without:
                continue
            if target in package:
                known.add(target)
                waiting.append(target)


def formulas_in(root: Element) -> Iterator[str]:
    """Give the formulas of a part, of its cells, rules, charts, names and controls."""
    for element in root.iter(*FORMULAS):
        if element.text:
            yield element.text
    for element in root.iter(*HOLDERS):
        for key in ATTRIBUTES:
            if element.get(key):
                yield element.get(key, "")


def mentions(formula: str, title: str) -> bool:
    """Return whether a formula refers to the sheet of a title."""
    return renamed(formula, {title: f"{title}0"}, {}) != formula


def check_free(book: WorkbookParts, part: str, title: str) -> None:
    """Look whether a sheet may go, or be another one. Raises: Refused.

    What shows a pivot table, or filters one, is told by parts that the workbook shares.
    """
    for relation in book.package.relations(part):
        if relation.kind in _TIED:
            raise Refused(f"« {title} » {_TIED[relation.kind]}")


def remove(book: WorkbookParts, title: str) -> None:
    """Remove a sheet, the parts that it alone owns and the names that are local to it.

    Raises: KeyError when there is none; Refused for the last sheet that shows, for a sheet with a
    pivot table or a slicer, and while a formula refers to it or to one of its tables.
    """
    found = entry(book, title)
    if found is None:
        raise KeyError(f"no sheet is called {title!r}")
    package, workbook = book.package, book.package.workbook
    relation = package.relation(workbook, found.get(R_ID, ""))
    if relation is None or relation.target not in package:
        raise NotAWorkbook(f"la feuille « {title} » n’a pas de contenu")
    gone = owned(package, relation.target)
    _check(book, found, relation.target, gone)
    calculates = next(package.tree(relation.target).iter(main("f")), None) is not None
    book.formulas_changed = book.formulas_changed or calculates
    at = position(book, title)
    book.expected_changes.sheet(title)
    book.expected_changes.child(workbook, "sheets")
    for part in gone:
        package.remove(part)
    package.unrelate(workbook, relation.id)
    drop_local_names(book, title)
    package.edit(workbook)
    drop(found)
    renumber(book, at, -1)


def _check(book: WorkbookParts, found: Element, part: str, gone: Collection[str]) -> None:
    title = found.get("name", "")
    shown = [s for s in book.root.iter(main("sheet")) if s.get("state") not in _HIDDEN]
    if shown == [found]:
        raise Refused(f"« {title} » est la seule feuille visible du classeur")
    check_free(book, part, title)
    check_unused(book, gone, [title], table_names(book.package, part))


def table_names(package: Package, part: str) -> list[str]:
    """Return the names of the tables of a sheet, as formulas know them."""
    return [package.tree(table).get("displayName", "") for table in package.related(part, "table")]


def check_unused(
    book: WorkbookParts, gone: Collection[str], titles: Collection[str], tables: Collection[str]
) -> None:
    """Look whether what is not going refers to sheets or tables that are. Raises: Refused."""
    package, lost = book.package, {title.casefold() for title in titles}
    local = {str(at) for at, title in enumerate(book.titles) if title.casefold() in lost}
    for name in package.names():
        if name in gone or not name.lower().endswith(".xml"):
            continue
        if not _may_name(package.content(name), (*titles, *tables)):
            continue
        formulas = list(formulas_in(package.tree(name)))
        if name == package.workbook:
            names = book.root.iter(main("definedName"))
            formulas = [
                defined.text or "" for defined in names if defined.get("localSheetId") not in local
            ]
        for title in titles:
            if any(mentions(text, title) for text in formulas) or _is_source(package, name, title):
                raise Refused(f"« {title} » est utilisée dans des formules du classeur")
        for table in tables:
            if any(renamed(text, {}, {table: f"{table}0"}) != text for text in formulas):
                raise Refused(f"le tableau « {table} » est utilisé dans des formules du classeur")


def _may_name(content: bytes, words: Iterable[str]) -> bool:
    if b"\0" in content[:4]:  # in UTF-16 a word is not found as it stands
        return True
    text = unescape(content.decode("utf-8", "replace")).casefold()
    return any(word.casefold().replace("'", "''") in text for word in words)


def _is_source(package: Package, name: str, title: str) -> bool:
    sources = package.tree(name).iter(*_SOURCES)
    return any(source.get("sheet", "").casefold() == title.casefold() for source in sources)


def drop_local_names(book: WorkbookParts, title: str) -> None:
    """Remove the names that are local to a sheet."""
    workbook, local = book.package.workbook, str(position(book, title))
    every = list(book.root.iter(main("definedName")))
    gone = [defined for defined in every if defined.get("localSheetId") == local]
    if not gone:
        return
    book.package.edit(workbook)
    book.expected_changes.child(workbook, "definedNames")
    for defined in gone:
        drop(defined)
    if len(gone) == len(every):
        for parent in book.root.findall(main("definedNames")):
            drop(parent)


def drop(element: Element) -> None:
    """Take an element out of its tree."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def renumber(book: WorkbookParts, at: int, step: int) -> None:
    """Follow, in what counts sheets by their place, one put at a place (1) or taken from it (-1).

    The sheet that was in front stays so; when it is the one taken, the nearest that shows is.
    """
    workbook = book.package.workbook
    for name in book.root.iter(main("definedName")):
        local = number_of(name.get("localSheetId"))
        if local is not None and local >= at:
            name.set("localSheetId", str(local + step))
            book.expected_changes.child(workbook, "definedNames")
    views = list(book.root.iter(main("workbookView")))
    if not views and step > 0 and at == 0:  # the first sheet is in front where nothing is said
        book.expected_changes.child(workbook, "bookViews")
        parent = child_of(book.root, "bookViews")
        views = [parent.makeelement(main("workbookView"), None, None)]
        parent.append(views[0])
    for view in views:
        _look(book, view, "activeTab", at, step)
        if view.get("firstSheet"):
            _look(book, view, "firstSheet", at, step)


def _look(book: WorkbookParts, view: Element, key: str, at: int, step: int) -> None:
    was = number_of(view.get(key, "0"))
    if was is None:
        return
    shown = [
        number for number, sheet in enumerate(book.root.iter(main("sheet")))
        if sheet.get("state") not in _HIDDEN
    ]  # fmt: skip
    now = was + step if was > at or (was == at and step > 0 and key == "activeTab") else was
    if step < 0 and (was == at or now > max(shown, default=0)):
        now = min(shown, key=lambda number: (abs(number - was), number), default=0)
    if now != was:
        view.set(key, str(now))
        book.expected_changes.child(book.package.workbook, "bookViews")
