"""The workbook being patched: opened, changed where it is asked to, saved whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from pst_excel.ooxml.cells import calculation, defined_names
from pst_excel.ooxml.cells.workbook_parts import WorkbookParts
from pst_excel.ooxml.errors import Protected
from pst_excel.ooxml.grafting import grafting, sheets
from pst_excel.ooxml.proof import proof
from pst_excel.ooxml.properties import Properties
from pst_excel.ooxml.sheet import Sheet, Table

_SIGNED, _SHARED = "_xmlsignatures/", "xl/revisions/"


class Workbook(WorkbookParts):
    """An xlsx or xlsm file in memory, of which only what is asked changes.

    Raises: NotAWorkbook, Protected when it is encrypted, signed or shared.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        for name in self.package.names():
            if name.lower().startswith(_SIGNED):
                raise Protected("le classeur est signé : le modifier romprait sa signature")
            if name.lower().startswith(_SHARED):
                raise Protected("le classeur est partagé et garde le suivi de ses révisions")
        self._sheets: dict[str, Sheet] = {}
        self._source: Path | None = None
        self._path: Path | None = None

    @classmethod
    def open(cls, path: str | Path, into: str | Path | None = None) -> Self:
        """Open a file; left without an exception, `with` saves it there, or as `into`."""
        book = cls(Path(path).read_bytes())
        book._source, book._path = Path(path), Path(into or path)
        return book

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        if kind is None and self._path is not None:
            self.save(self._path)

    def __contains__(self, title: str) -> bool:
        return self.part_of(title) is not None

    def __getitem__(self, title: str) -> Sheet:
        """Return a worksheet. Raises: KeyError when the workbook has none of this title."""
        if title not in self._sheets:
            part = self.part_of(title)
            if part is None:
                raise KeyError(f"no worksheet is called {title!r}")
            self._sheets[title] = Sheet(self, title, part)
        return self._sheets[title]

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

    @property
    def names(self) -> dict[str, str]:
        """What each name of the workbook means, those of a sheet alone left out."""
        return defined_names.meanings(self)

    def define(self, name: str, text: str) -> None:
        """Give another meaning to a name of the workbook. Raises: KeyError when it has none."""
        defined_names.define(self, name, text)

    @property
    def properties(self) -> Properties:
        """The title, author and other properties of the document."""
        return Properties(self)

    def graft(
        self, source: bytes, titles: Iterable[str] | None = None, before: str | None = None,
        names_stay: bool = False,
    ) -> None:  # fmt: skip
        """Take sheets from another workbook; one of the same title is replaced at its place.

        Where both workbooks define a name, `names_stay` keeps the meaning that it has in this one.
        Raises: Refused when a sheet cannot be taken, or for a name of two meanings.
        """
        wanted = None if titles is None else list(titles)
        for title in grafting.graft(self, source, wanted, before, names_stay):
            self._forget(title)

    def remove_sheet(self, title: str) -> None:
        """Remove a sheet and the parts that it alone uses. Raises: Refused for the last visible."""
        sheets.remove(self, title)
        self._forget(title)

    def _forget(self, title: str) -> None:
        """Look at a sheet anew: it was removed, or another took its place."""
        for known in [other for other in self._sheets if other.casefold() == title.casefold()]:
            del self._sheets[known]

    def to_bytes(self) -> bytes:
        """Return the file. Raises: UnexpectedChange when more changed in it than what was asked."""
        calculation.settle(self)
        if not self.package.changed:
            return self.original
        patched = self.package.to_bytes()
        proof.prove(self.original, patched, self.expected_changes)
        return patched

    def save(self, path: str | Path) -> None:
        """Write the file whole through a temporary one beside it, or leave what is there.

        Raises: UnexpectedChange, OSError.
        """
        data, target = self.to_bytes(), Path(path)
        temporary = target.with_name(f".patch-{secrets.token_hex(8)}")
        try:
            with open(temporary, "xb", opener=self._as_private) as file:
                file.write(data)
            if target.exists():
                temporary.chmod(target.stat().st_mode)
            temporary.replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise

    def _as_private(self, name: str, flags: int) -> int:
        """Make a file that is no more open than what was opened, nor than the umask says."""
        mode = self._source.stat().st_mode & 0o666 if self._source is not None else 0o666
        return os.open(name, flags, mode | 0o600)
