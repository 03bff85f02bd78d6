"""Whether two trees say the same, once the rows that moved have moved what refers to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from lxml import etree

from pst_excel.ooxml.package.names import R_ID, Element, local
from pst_excel.ooxml.references.addresses import Area, areas_of
from pst_excel.ooxml.references.formulas import Shifted
from pst_excel.ooxml.references.row_shifts import RowShift

_AREAS = frozenset({"ref", "sqref"})
_FORMULAS = frozenset({
    "f", "formula", "formula1", "formula2", "definedName", "location", "calculatedColumnFormula",
    "totalsRowFormula", "fmlaLink", "fmlaRange", "fmlaGroup", "fmlaTxbx", "linkedCell",
    "listFillRange", "textlink", "cellRange",
})  # fmt: skip
_FREE_ON_MOVES = frozenset({
    "activeCell", "topLeftCell", "r", "row", "rowOff", "count", "manualBreakCount",
})  # fmt: skip
_RULES = frozenset({"conditionalFormatting", "dataValidation", "table"})
_ON_ROWS = frozenset({"brk", "cellWatch", "singleXmlCell"})
_BREAK = frozenset({"id", "min", "max"})


@dataclass(frozen=True)
class Following:
    """How a part follows the rows that moved, and what else may differ in it.

    shifts: the moves, in their order. own: the title of the sheet that the part belongs to.
    free: the attributes that may differ. adding: elements may be added, and areas may grow.
    leaving: tells which elements may go. retold: formulas may be told for another row.
    """

    shifts: tuple[RowShift, ...] = ()
    own: str = ""
    free: frozenset[str] = frozenset({"count"})
    adding: bool = False
    leaving: Callable[[Element], bool] | None = None
    retold: bool = False

    def adapted(
        self, adding: bool = False, free: frozenset[str] = frozenset(),
        leaving: Callable[[Element], bool] | None = None,
    ) -> Following:  # fmt: skip
        """Return the same, with what else may differ in one element of the part."""
        return replace(self, adding=adding, free=self.free | free, leaving=leaving)

    def formula(self, text: str) -> str:
        """Return a formula of the part as the moves leave it."""
        return self._shifted.formula(text) if self.shifts else text

    @cached_property
    def _shifted(self) -> Shifted:
        return Shifted(self.shifts, self.own)

    def areas(self, text: str) -> list[Area]:
        """Return areas of the part's sheet as the moves leave them. Raises: ValueError."""
        found: list[Area] = areas_of(text)
        for shift in self.shifts:
            if shift.title.casefold() == self.own.casefold():
                found = [moved for moved in map(shift.area, found) if moved is not None]
        return found

    def same_areas(self, old: str, new: str) -> bool:
        """Return whether a list of areas is what an old one becomes; larger when it may grow."""
        if old == new and not self.shifts:
            return True
        try:
            expected, found = self.areas(old), areas_of(new)
        except ValueError:
            return old == new
        if expected == found or not self.adding:
            return expected == found
        return all(any(_holds(there, area) for there in found) for area in expected)

    def is_gone(self, old: Element) -> bool:
        """Return whether an element stood only on rows that were removed."""
        if not self.removes:
            return False
        name = local(old)
        if name in _ON_ROWS:
            return True
        own = [value for key, value in old.attrib.items() if key in _AREAS]
        own += [old.text or ""] if name == "sqref" else []
        if own:
            return any(self._vanishes(value, name == "mergeCell") for value in own)
        inside = [child for child in elements(old) if local(child) != "extLst"]
        if name == "sparklineGroup":
            inside = list(old.iter("{*}sparkline"))
        marked = [child for child in inside if local(child) == "sqref"]
        return any(map(self.is_gone, marked)) or (bool(inside) and all(map(self.is_gone, inside)))

    @property
    def removes(self) -> bool:
        """Whether rows were removed."""
        return any(shift.count < 0 for shift in self.shifts)

    def _vanishes(self, text: str, merged: bool) -> bool:
        try:
            left = self.areas(text)
        except ValueError:
            return False
        return bool(text.strip()) and (not left or (merged and left[0].single))

    def inside(self, old: Element, new: Element) -> Following:
        """Return the same for what a rule holds: its formulas are told for its first row.

        Where that is removed, or one is added above it, they are told for another.
        """
        if local(old) not in _RULES or not (self.removes or self.adding):
            return self
        before, after = _told_for(old), _told_for(new)
        for shift in self.shifts:
            here = shift.title.casefold() == self.own.casefold()
            before = shift.row(before) if here and before else before
        return replace(self, retold=before != after or before is None)

    def may_go(self, old: Element) -> bool:
        """Return whether an element may be absent, or all that it holds."""
        if self.is_gone(old):
            return True
        if self.leaving is None:
            return False
        inside = list(elements(old))
        return self.leaving(old) or (bool(inside) and all(map(self.may_go, inside)))


def _holds(area: Area, other: Area) -> bool:
    return (other.top, other.left) in area and (other.bottom, other.right) in area


def _told_for(rule: Element) -> int | None:
    """Return the row for which the formulas of a rule, or of a table, are told."""
    table = local(rule) == "table"
    text = rule.get("ref" if table else "sqref") or rule.findtext("{*}sqref") or ""
    try:
        top = min((area.top for area in areas_of(text)), default=None)
    except ValueError:
        return None
    return top + 1 if top and table and rule.get("headerRowCount") != "0" else top


def elements(parent: Element) -> Iterator[Element]:
    """Give the children that are elements."""
    return parent.iterchildren(tag=etree.Element)


def written(element: Element) -> bytes:
    """Return an element as bytes: those of equal elements of two files seldom differ."""
    return etree.tostring(element, with_tail=False)


def difference(old: Element, new: Element, how: Following) -> Element | None:
    """Return an element that differs between two trees; None when there is none."""
    if not how.shifts and written(old) == written(new):
        return None
    if old.tag != new.tag or not same_attributes(old, new, how):
        return old
    if not _same_text(old, new, how):
        return old
    return among(list(elements(old)), list(elements(new)), how.inside(old, new))


def among(olds: list[Element], news: list[Element], how: Following) -> Element | None:
    """Return an element that differs between two lists of them, in their order; None if none.

    One of the old may be absent where `how` allows it, one of the new be there when it is adding.
    """
    alone = len(olds) == len(news) and not how.adding
    at, found = 0, None
    for new in news:
        while at < len(olds):
            found = difference(olds[at], new, how)
            if found is None or not how.may_go(olds[at]):
                break
            at += 1
        if at < len(olds) and found is None:
            at += 1
        elif not how.adding:
            if at < len(olds) and len(olds) >= len(news):
                return found if alone else olds[at]
            return new
    return next((old for old in olds[at:] if not how.may_go(old)), None)


def same_attributes(old: Element, new: Element, how: Following) -> bool:
    """Return whether two elements have the same attributes, those free to differ apart."""
    if dict(old.attrib) == dict(new.attrib) and not how.shifts:
        return True
    free = how.free | _FREE_ON_MOVES if how.shifts else how.free
    free = free | _BREAK if how.shifts and local(old) == "brk" else free
    how = replace(how, own=old.get("sheet", "")) if old.get("sheet") else how
    keys = {str(key) for key in (*old.attrib, *new.attrib)} - free
    formulas = _FORMULAS - {"location"} if old.get(R_ID) else _FORMULAS
    formulas = formulas | {"val"} if local(old) == "cfvo" else formulas
    for key in keys:
        was, now = old.get(key), new.get(key)
        if was is None or now is None:
            return False
        if key in _AREAS and not how.same_areas(was, now):
            return False
        if key not in _AREAS and (how.formula(was) if key in formulas else was) != now:
            return False
    return True


def _same_text(old: Element, new: Element, how: Following) -> bool:
    before, after, name = old.text or "", new.text or "", local(old)
    if name == "sqref":
        return how.same_areas(before, after) or ("!" in before and how.formula(before) == after)
    if how.shifts and name in _FREE_ON_MOVES and not len(old):
        return True
    if name in _FORMULAS:
        if how.retold and before and after:
            return True
        before = how.formula(before)
    if len(old) or len(new):
        return before.strip() == after.strip() and _tails(old) == _tails(new)
    return before == after


def _tails(parent: Element) -> list[str]:
    return [child.tail.strip() for child in parent if child.tail and child.tail.strip()]
