"""The workbook being patched: opened, changed where it is asked to, saved whole or not at all."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from pst_excel.ooxml import calculation, grafting, proof, properties, sheets
from pst_excel.ooxml.errors import Protected
from pst_excel.ooxml.names import R_ID, Element, main
from pst_excel.ooxml.package import Package
from pst_excel.ooxml.proof import Declared
from pst_excel.ooxml.properties import Properties
from pst_excel.ooxml.references import Area
from pst_excel.ooxml.sheet import Sheet
from pst_excel.ooxml.styles import Styles
from pst_excel.ooxml.tables import Table
from pst_excel.ooxml.values import text_of

_SIGNED, _SHARED = "_xmlsignatures/", "xl/revisions/"


class Workbook:
    """An xlsx or xlsm file in memory, of which only what is asked changes.

    Raises: NotAWorkbook, Protected when it is encrypted, signed or shared.
    """

    def __init__(self, data: bytes) -> None:
        self.original = data
        self.package = Package(data)
        for name in self.package.names():
            if name.lower().startswith(_SIGNED):
                raise Protected("le classeur est signé : le modifier romprait sa signature")
            if name.lower().startswith(_SHARED):
                raise Protected("le classeur est partagé et garde le suivi de ses révisions")
        self.declared = Declared()
        self.values_changed = self.formulas_changed = False
        self._sheets: dict[str, Sheet] = {}
        self._path: Path | None = None

    @classmethod
    def open(cls, path: str | Path, into: str | Path | None = None) -> Self:
        """Open a file; left without an exception, `with` saves it there, or as `into`."""
        book = cls(Path(path).read_bytes())
        book._path = Path(into or path)
        return book

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        if kind is None and self._path is not None:
            self.save(self._path)

    @property
    def root(self) -> Element:
        """The root of the workbook's own part, to be read."""
        return self.package.tree(self.package.workbook)

    @property
    def titles(self) -> list[str]:
        """The titles of the sheets, in their order; those of charts too."""
        return [one.get("name", "") for one in self.root.iter(main("sheet"))]

    def __contains__(self, title: str) -> bool:
        return self._part(title) is not None

    def __getitem__(self, title: str) -> Sheet:
        """Return a worksheet. Raises: KeyError when the workbook has none of this title."""
        if title not in self._sheets:
            part = self._part(title)
            if part is None:
                raise KeyError(f"no worksheet is called {title!r}")
            self._sheets[title] = Sheet(self, title, part)
        return self._sheets[title]

    def _part(self, title: str) -> str | None:
        for one in self.root.iter(main("sheet")):
            if one.get("name", "").casefold() == title.casefold():
                found = self.package.relation(self.package.workbook, one.get(R_ID, ""))
                if found and found.kind == "worksheet" and found.target in self.package:
                    return found.target
        return None

    @property
    def sheets(self) -> list[Sheet]:
        """The worksheets, in their order."""
        return [self[title] for title in self.titles if title in self]

    def table(self, name: str) -> Table:
        """Return a table by its name. Raises: KeyError."""
        for sheet in self.sheets:
            for table in sheet.tables:
                if name.casefold() in (table.name.casefold(), table.display_name.casefold()):
                    return table
        raise KeyError(f"no table is called {name!r}")

    @cached_property
    def styles(self) -> Styles:
        """The styles of cells."""
        return Styles(self.package)

    @cached_property
    def strings(self) -> list[str]:
        """The shared strings, as plain texts."""
        found = self.package.related(self.package.workbook, "sharedStrings")
        if not found:
            return []
        return [text_of(one) for one in self.package.tree(found[0]).iter(main("si"))]

    @cached_property
    def epoch_1904(self) -> bool:
        """Whether days are counted from 1904."""
        found = self.root.find(main("workbookPr"))
        return found is not None and found.get("date1904") in ("1", "true")

    @property
    def properties(self) -> Properties:
        """The title, author and other properties of the document."""
        return properties.Properties(self)

    def graft(
        self, source: bytes, titles: Iterable[str] | None = None, before: str | None = None
    ) -> None:
        """Take sheets from another workbook; one of the same title is replaced at its place.

        Raises: Refused when a sheet cannot be taken.
        """
        grafting.graft(self, source, None if titles is None else list(titles), before)

    def remove_sheet(self, title: str) -> None:
        """Remove a sheet and the parts that it alone uses. Raises: Refused for the last visible."""
        sheets.remove(self, title)

    def changed(self, sheet: Sheet, area: Area) -> None:
        """Declare that the values of an area of cells change."""
        self.declared.cells(sheet.part, area)
        self.values_changed = True

    def restyled(self, sheet: Sheet, row: int, column: int) -> None:
        """Declare that a cell changes its format and no value."""
        self.declared.restyled(sheet.part, row, column)

    def forget(self, title: str) -> None:
        """Look at a sheet anew: it was removed, or another took its place."""
        for known in [one for one in self._sheets if one.casefold() == title.casefold()]:
            del self._sheets[known]

    def to_bytes(self) -> bytes:
        """Return the file. Raises: Unproven when more changed in it than what was asked."""
        calculation.settle(self)
        if not self.package.changed:
            return self.original
        made = self.package.to_bytes()
        proof.prove(self, made)
        return made

    def save(self, path: str | Path) -> None:
        """Write the file whole through a temporary one beside it, or leave what is there.

        Raises: Unproven, OSError.
        """
        data, target = self.to_bytes(), Path(path)
        temporary: Path | None = None
        try:
            with tempfile.NamedTemporaryFile(
                dir=target.parent, prefix=".patch-", delete=False
            ) as file:
                temporary = Path(file.name)
                file.write(data)
            temporary.chmod(target.stat().st_mode if target.exists() else 0o644)
            temporary.replace(target)
        except OSError:
            if temporary is not None:
                with contextlib.suppress(OSError):
                    temporary.unlink()
            raise
