"""What cells show, in each of the four kinds of workbooks: looked for when it is asked for."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import cached_property

from pst_excel.cells.grid import Place
from pst_excel.cells.values import RawCell
from pst_excel.reading.guard.inspection import Inspected
from pst_excel.reading.guard.package import BROKEN
from pst_excel.reading.guard.xls import sheets_of, workbook_stream
from pst_excel.reading.shown import ods, xls, xlsb, xlsx
from pst_excel.reading.shown.formats import shown

_STYLES = {"xlsx": b"styleSheet", "xlsb": b"\x96\x02"}  # how the part of the styles begins
_HEAD = 1_000


class CellFormats:
    """The number formats of the cells of a workbook."""

    def __init__(self, inspected: Inspected) -> None:
        self._inspected = inspected

    def shown(self, title: str, cells: Mapping[Place, RawCell]) -> Mapping[Place, str]:
        """Return what these cells of a sheet show where that is sure; nothing of a damaged part."""
        try:
            return self._shown(title, cells)
        except BROKEN:
            return {}

    def _shown(self, title: str, cells: Mapping[Place, RawCell]) -> Mapping[Place, str]:
        if self._inspected.kind == "ods":
            return ods.texts_of(self._part("content.xml"), title, cells)
        styles = self._styles(title, cells)
        texts = {
            place: shown(cells[place], self._formats[style])
            for place, style in styles.items()
            if place in cells and style < len(self._formats)
        }
        return {place: text for place, text in texts.items() if text is not None}

    def _styles(self, title: str, cells: Mapping[Place, RawCell]) -> Mapping[Place, int]:
        if self._inspected.kind == "xls":
            at = sheets_of(self._book).get(title)
            return {} if at is None else xls.styles_of(self._book, at, cells)
        part = self._part(self._inspected.names.get(title, ""))
        kind = xlsb if self._inspected.kind == "xlsb" else xlsx
        return kind.styles_of(part, cells) if part else {}

    @cached_property
    def _formats(self) -> list[str]:
        if self._inspected.kind == "xls":
            return xls.formats_of(self._book)
        kind = xlsb if self._inspected.kind == "xlsb" else xlsx
        styles = self._styles_part
        return kind.formats_of(styles) if styles else []

    @cached_property
    def _book(self) -> bytes:
        return workbook_stream(self._inspected.data)

    @cached_property
    def _archive(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(self._inspected.data))

    @cached_property
    def _styles_part(self) -> bytes:
        """The part of the styles, by how it begins: its name may be any."""
        sign = _STYLES[self._inspected.kind]
        for name in self._archive.namelist():
            with self._archive.open(name) as part:
                if sign in part.read(_HEAD):
                    return self._archive.read(name)
        return b""

    def _part(self, name: str) -> bytes:
        names = {known.lower(): known for known in self._archive.namelist()}
        return self._archive.read(names[name.lower()]) if name.lower() in names else b""
