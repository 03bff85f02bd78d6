"""Whole sheets taken from a workbook that xlsxwriter made, with all that they are made of.

A sheet of the same title is replaced where it stands: formulas that refer to it still do.
Source: ECMA-376 part 1, §18.2 (workbook).
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Sequence
from itertools import count
from typing import NamedTuple

from pst_excel.ooxml.cells.workbook_parts import WorkbookParts
from pst_excel.ooxml.errors import NotAWorkbook, Refused
from pst_excel.ooxml.grafting.grafted_parts import Donor, GraftedParts, tables_of
from pst_excel.ooxml.grafting.scope import sheet_of
from pst_excel.ooxml.grafting.shared_parts import take_persons
from pst_excel.ooxml.grafting.sheets import (
    check_free,
    check_unused,
    drop_local_names,
    entry,
    mentions,
    owned,
    position,
    renumber,
    table_names,
)  # fmt: skip
from pst_excel.ooxml.package.malformed import whole
from pst_excel.ooxml.package.names import R_ID, Element, child_of, main
from pst_excel.ooxml.references.formulas import renamed

_WORD = re.compile(r"[\w.]+")
_NEW_SHEET = "xl/worksheets/sheet{}.xml"


def graft(
    book: WorkbookParts, source: bytes, titles: list[str] | None, before: str | None,
    names_stay: bool = False,
) -> list[str]:  # fmt: skip
    """Take the sheets of these titles, or all, from a workbook, and return their titles.

    All is looked at before anything is changed. Raises: NotAWorkbook when the workbook has no
    sheets; KeyError when there is no sheet of a title; Refused for dynamic arrays, for images and
    check boxes in cells, for a sheet that cannot be replaced, for a reference to a sheet that is
    not taken, and for a name or a table that the workbook uses for something else: with
    `names_stay`, the sheets then use the name as it is in the workbook.
    """
    if not book.titles:  # those of a workbook of another namespace are not known
        raise NotAWorkbook("le classeur n’a pas de feuilles")
    donor = Donor(source)
    wanted = list(dict.fromkeys(donor.titles if titles is None else titles))
    if before is not None and entry(book, before) is None:
        raise KeyError(f"no sheet is called {before!r}")
    _Graft(book, donor, wanted, names_stay).run(before)
    return wanted


class _Name(NamedTuple):
    """A name to define, `title` being that of the sheet to which it is local."""

    element: Element
    title: str | None
    text: str


class _Graft:
    """A workbook that receives, one that gives, and what is to be done."""

    def __init__(
        self, book: WorkbookParts, donor: Donor, wanted: Sequence[str], names_stay: bool
    ) -> None:
        self.names_stay = names_stay
        self.book, self.package, self.donor, self.wanted = book, book.package, donor, wanted
        for title in wanted:
            _check_given(donor, title)
        self.old = {t: part for t in wanted if (part := self._replaced(t)) is not None}
        free = (name for name in map(_NEW_SHEET.format, count(1)) if name not in book.package)
        self.places = {title: self.old.get(title) or next(free) for title in wanted}
        self.tables = self._table_names()
        self._check_lost_tables()
        self.names = self._names()

    def _replaced(self, title: str) -> str | None:
        """Return the part of the sheet that one replaces. Raises: Refused when it cannot be."""
        found = entry(self.book, title)
        if found is None:
            return None
        relation = self.package.relation(self.package.workbook, found.get(R_ID, ""))
        if relation is None or relation.kind != "worksheet" or relation.target not in self.package:
            raise Refused(f"« {title} » n’est pas une feuille de cellules")
        check_free(self.book, relation.target, title)
        return relation.target

    def _check_lost_tables(self) -> None:
        """Look whether a formula uses a table that no table of the new sheets replaces."""
        package, given = self.package, self.donor.tables(self.wanted)
        known = {self.tables.get(name, name).casefold() for name in given}
        names = [name for old in self.old.values() for name in table_names(package, old)]
        lost = [name for name in names if name.casefold() not in known]
        if lost:
            gone = {part for old in self.old.values() for part in owned(package, old)}
            check_unused(self.book, gone, (), lost)

    def _table_names(self) -> dict[str, str]:
        """Return the other names of the tables whose name the workbook uses."""
        package, given = self.package, self.donor.tables(self.wanted)
        gone = {part for old in self.old.values() for part in package.related(old, "table")}
        tables = [root for part, root in tables_of(package).items() if part not in gone]
        taken = {table.get("displayName", "").casefold() for table in tables}
        taken |= {n.get("name", "").casefold() for n in self.book.root.iter(main("definedName"))}
        found: dict[str, str] = {}
        for known in given:
            if known.casefold() not in taken:
                continue
            taken |= {name.casefold() for name in given}
            tried = (f"{known}_{number}" for number in count(2))
            found[known] = next(name for name in tried if name.casefold() not in taken)
            taken.add(found[known].casefold())
        return found

    def _names(self) -> list[_Name]:
        """Return the names to define: those of the workbook first, then those of its sheets.

        Of the first, those that the sheets use or that lead to them. Raises: Refused.
        """
        own: list[_Name] = []
        shared: list[_Name] = []
        for element in self.donor.names:
            title = sheet_of(self.donor, element)
            if title is None or title in self.wanted:
                text = renamed(element.text or "", {}, self.tables)
                (shared if title is None else own).append(_Name(element, title, text))
        formulas = [*self.donor.formulas(self.wanted), *(name.text for name in own)]
        used: list[_Name] = []
        words, left = _words(formulas), shared
        while fresh := [name for name in left if self._uses(words, name)]:
            used += fresh
            left = [name for name in left if name not in fresh]
            formulas += [name.text for name in fresh]
            words |= _words(name.text for name in fresh)
        for title in self._absent():
            if any(mentions(text, title) for text in formulas):
                raise Refused(f"les feuilles ajoutées se rapportent à « {title} », qui manque")
        return [*(name for name in used if self._is_new(name)), *own]

    def _absent(self) -> list[str]:
        here = {title.casefold() for title in (*self.book.titles, *self.wanted)}
        return [title for title in self.donor.titles if title.casefold() not in here]

    def _uses(self, words: set[str], name: _Name) -> bool:
        called = name.element.get("name", "").casefold()
        if words.issuperset(_WORD.findall(called)):
            return True
        leads = any(mentions(name.text, title) for title in self.wanted)
        return leads and not any(mentions(name.text, title) for title in self._absent())

    def _is_new(self, name: _Name) -> bool:
        called = name.element.get("name", "")
        tables = {
            table.get("displayName", "").casefold() for table in tables_of(self.package).values()
        }
        for other in self.book.root.iter(main("definedName")):
            if other.get("name", "").casefold() != called.casefold() or other.get("localSheetId"):
                continue
            if other.text == name.text or self.names_stay:
                return False
            raise Refused(f"le classeur donne déjà un autre sens au nom « {called} »")
        if called.casefold() in tables:
            raise Refused(f"le classeur donne déjà un autre sens au nom « {called} »")
        return True

    def run(self, before: str | None) -> None:
        """Change the workbook."""
        package = self.package
        known, calculated = self._contents(), self._calculates()
        code_names = {title: _code_name(package.tree(old)) for title, old in self.old.items()}
        for title, old in self.old.items():
            for part in {old: None, **dict.fromkeys(owned(package, old))}:
                package.remove(part)
            drop_local_names(self.book, title)
        parts = GraftedParts(self.book, self.donor, self.tables)
        for title, place in self.places.items():
            self.book.expected_changes.sheet(title)
            parts.sheet(title, place, code_names.get(title))
            if title not in self.old:
                self._announce(title, place, before)
        for name in self.names:
            self._define(name)
        if any(
            self.donor.package.related(self.donor.parts[t], "threadedComment") for t in self.wanted
        ):
            take_persons(self.book, self.donor.package)
        if self._contents() != known:
            self.book.formulas_changed |= calculated or self._calculates()
            self.book.values_changed |= bool(self.old)

    def _contents(self) -> dict[str, bytes]:
        sheets = [name for name in self.places.values() if name in self.package]
        every = {part for sheet in sheets for part in owned(self.package, sheet)}
        return {part: self.package.content(part) for part in every}

    def _calculates(self) -> bool:
        sheets = (name for name in self.places.values() if name in self.package)
        return any(next(self.package.tree(s).iter(main("f")), None) is not None for s in sheets)

    def _announce(self, title: str, name: str, before: str | None) -> None:
        book, package = self.book, self.package
        sheets = child_of(package.edit(package.workbook), "sheets")
        book.expected_changes.child(package.workbook, "sheets")
        ids = [whole(s, "sheetId") for s in sheets.iterchildren(main("sheet"))]
        sheet = sheets.makeelement(main("sheet"), None, None)
        sheet.set("name", title)
        sheet.set("sheetId", str(max(ids, default=0) + 1))
        if self.donor.states[title]:
            sheet.set("state", str(self.donor.states[title]))
        sheet.set(R_ID, package.relate(package.workbook, "worksheet", name))
        follower = None if before is None else entry(book, before)
        if follower is None:
            sheets.append(sheet)
        else:
            follower.addprevious(sheet)
            renumber(book, position(book, title), 1)

    def _define(self, name: _Name) -> None:
        book, package = self.book, self.package
        names = child_of(package.edit(package.workbook), "definedNames")
        book.expected_changes.child(package.workbook, "definedNames")
        element = copy.deepcopy(name.element)
        element.tail, element.text = None, name.text
        if name.title is not None:
            element.set("localSheetId", str(position(book, name.title)))
        names.append(element)


def _words(formulas: Iterable[str]) -> set[str]:
    """Return the words of formulas, as names are compared."""
    return {word for text in formulas for word in _WORD.findall(text.casefold())}


def _check_given(donor: Donor, title: str) -> None:
    if title not in donor.titles:
        raise KeyError(f"no sheet of the source is called {title!r}")
    if title not in donor.parts:
        raise Refused(f"« {title} » n’est pas une feuille de cellules")
    boxes = donor.box_styles
    for cell in donor.package.tree(donor.parts[title]).iter(main("c")):
        if cell.get("cm"):
            raise Refused(f"la feuille « {title} » a des formules matricielles dynamiques")
        if cell.get("vm") or cell.get("s", "0") in boxes:
            raise Refused(f"la feuille « {title} » a des images ou des cases dans des cellules")


def _code_name(root: Element) -> str | None:
    found = root.find(main("sheetPr"))
    return None if found is None else found.get("codeName")
