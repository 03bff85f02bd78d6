"""The properties of a document: its title, its author … and those that the user defines.

Sources: ECMA-376 part 2, §11 (core properties); part 1, §22.3 (custom properties).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, MutableMapping
from typing import TypeAlias

from lxml import etree

from pst_excel.ooxml.cells.values import escaped, number_text, unescaped
from pst_excel.ooxml.cells.workbook_parts import WorkbookParts
from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.package.malformed import number_of
from pst_excel.ooxml.package.names import RELATIONS, Element, local

Property: TypeAlias = str | bool | int | float | dt.datetime
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC, _TERMS = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006"
_VALUES = f"{_DOCUMENT}/docPropsVTypes"
_KINDS = "custom-properties", "customProperties"
"""What leads to the properties of users, and names them: in a plain file, in a strict one."""
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_USER = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the set of properties that users define
_NAMES = {
    **dict.fromkeys(("title", "subject", "creator", "description", "language"), _DC),
    **dict.fromkeys(("created", "modified"), _TERMS),
    **dict.fromkeys(("keywords", "lastModifiedBy", "category", "contentStatus"), _CORE),
}
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EMPTY_CORE = (
    f'{_HEAD}<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="{_DC}" xmlns:dcterms="{_TERMS}"'
    f' xmlns:xsi="{_INSTANCE}"/>'
)
_NAME = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]{1,255}")
_WHOLE = ("i1", "i2", "i4", "i8", "int", "ui1", "ui2", "ui4", "ui8", "uint")


class Properties(MutableMapping[str, Property]):
    """The core properties by name; `custom` holds those that the user defines.

    They are texts, but for `created` and `modified`, times in UTC; a time that cannot be read is
    given as the text that it is. Raises: KeyError for a name that the format does not know.
    """

    def __init__(self, book: WorkbookParts) -> None:
        self._package, self._expected = book.package, book.expected_changes
        self.custom = Custom(book)

    def _part(self) -> str | None:
        found = self._package.related("", "core-properties")
        return found[0] if found else None

    def _element(self, name: str) -> Element | None:
        part, tag = self._part(), f"{{{_NAMES[name]}}}{name}"
        return self._package.tree(part).find(tag) if part else None

    def __getitem__(self, name: str) -> Property:
        found = self._element(name)
        if found is None:
            raise KeyError(name)
        text = unescaped(found.text or "")
        return _moment(text) if _NAMES[name] == _TERMS else text

    def __setitem__(self, name: str, value: Property) -> None:
        is_time, text = _NAMES[name] == _TERMS, _written(value)
        if is_time and not isinstance(value, dt.datetime):
            raise TypeError(f"{name} is a datetime, not {value!r}")
        found = self._element(name)
        if found is not None and (found.text or "") == text:
            return
        part = self._part() or self._new_part()
        self._expected.part(part)
        root = self._package.edit(part)
        if found is None:
            prefixes = {"dc": _DC, "dcterms": _TERMS, "cp": _CORE}
            found = etree.SubElement(root, f"{{{_NAMES[name]}}}{name}", nsmap=prefixes)
        if is_time:
            found.set(f"{{{_INSTANCE}}}type", f"{found.prefix}:W3CDTF")
        found.text = text

    def _new_part(self) -> str:
        part = self._package.add("docProps/core.xml", _EMPTY_CORE.encode(), _CORE_TYPE)
        self._package.relate("", f"{RELATIONS}/metadata/core-properties", part)
        return part

    def __delitem__(self, name: str) -> None:
        found, part = self._element(name), self._part()
        if found is None or part is None:
            raise KeyError(name)
        self._expected.part(part)
        self._package.edit(part).remove(found)

    def __iter__(self) -> Iterator[str]:
        return (name for name in _NAMES if self._element(name) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Custom(MutableMapping[str, Property]):
    """The properties that the user defines, whatever the case of their names.

    Each is a text, a number, yes or no, or a time in UTC; what cannot be read as the kind that it
    says is given as text. Raises: Refused, nothing being changed, for a name that Excel cannot
    show and for a number that is not finite.
    """

    def __init__(self, book: WorkbookParts) -> None:
        self._package, self._expected = book.package, book.expected_changes

    def _part(self) -> str | None:
        found = [part for kind in _KINDS for part in self._package.related("", kind)]
        return found[0] if found else None

    def _elements(self) -> dict[str, Element]:
        part = self._part()
        root = self._package.tree(part) if part else ()
        return {
            element.get("name", "").casefold(): element
            for element in root
            if local(element) == "property"
        }

    def __getitem__(self, name: str) -> Property:
        holder = self._elements().get(name.casefold())
        element = None if holder is None else next(holder.iterchildren(tag=etree.Element), None)
        if element is None:
            raise KeyError(name)
        return _read(local(element), unescaped(element.text or ""))

    def __setitem__(self, name: str, value: Property) -> None:
        known, kind, text = self._elements(), _kind(value), _written(value)
        holder = known.get(name.casefold())
        if holder is not None and [(local(c), c.text or "") for c in holder] == [(kind, text)]:
            return
        if holder is None and not _NAME.fullmatch(name):
            raise Refused("le nom d’une propriété a de 1 à 255 caractères, tous visibles")
        part = self._part() or self._new_part()
        self._expected.part(part)
        root = self._package.edit(part)
        if holder is None:
            numbers = [other.get("pid", "") for other in known.values()]
            last = max((number_of(pid) or 1 for pid in numbers), default=1)
            holder = etree.SubElement(root, f"{{{etree.QName(root).namespace}}}property")
            for key, attribute in (("fmtid", _USER), ("pid", str(last + 1)), ("name", name)):
                holder.set(key, attribute)
        holder.attrib.pop("linkTarget", None)
        for child in list(holder):
            holder.remove(child)
        element = etree.SubElement(holder, f"{{{_VALUES}}}{kind}", nsmap={"vt": _VALUES})
        element.text = text

    def _new_part(self) -> str:
        kind = _KINDS[self._package.strict]
        empty = f'{_HEAD}<Properties xmlns="{_DOCUMENT}/{kind}" xmlns:vt="{_VALUES}"/>'
        part = self._package.add("docProps/custom.xml", empty.encode(), _CUSTOM_TYPE)
        self._package.relate("", kind, part)
        return part

    def __delitem__(self, name: str) -> None:
        found, part = self._elements().get(name.casefold()), self._part()
        if found is None or part is None:
            raise KeyError(name)
        self._expected.part(part)
        self._package.edit(part).remove(found)

    def __iter__(self) -> Iterator[str]:
        return (element.get("name", "") for element in self._elements().values())

    def __len__(self) -> int:
        return len(self._elements())


def _kind(value: Property) -> str:
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, dt.datetime):
        return "filetime"
    if isinstance(value, int) and -(2**31) <= value < 2**31:
        return "i4"
    return "r8" if isinstance(value, int | float) else "lpwstr"


def _written(value: Property) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.datetime):
        utc = value.astimezone(dt.UTC) if value.tzinfo else value
        return f"{utc.replace(tzinfo=None).isoformat(timespec='seconds')}Z"
    return escaped(value) if isinstance(value, str) else number_text(value)


def _read(kind: str, text: str) -> Property:
    try:
        if kind == "bool":
            return text in ("1", "true")
        if kind in _WHOLE:
            return int(text)
        if kind in ("r4", "r8", "decimal"):
            return float(text)
    except ValueError:
        return text
    return _moment(text) if kind in ("filetime", "date") else text


def _moment(text: str) -> Property:
    try:
        read = dt.datetime.fromisoformat(text.strip())
        return read.replace(tzinfo=read.tzinfo or dt.UTC).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return text
