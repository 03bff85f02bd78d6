"""How rows that are lent fold away, under those that a service keeps up to date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from pst_excel.excel import palette
from pst_excel.excel.names import FIRST
from pst_excel.excel.xlsx import SheetWriter
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.wording import plural
from pst_excel.returns.shared_rows import lent
from pst_excel.returns.tables import Table


@dataclass(frozen=True)
class LentRows:
    """The rows of a sheet that are lent, by place, where they stand together; else none.

    They make a group that folds where the service has rows of its own, open when it is sent:
    LibreOffice takes hidden rows of a table for filtered ones, which no sign opens.
    """

    places: range = range(0)
    folds: bool = False

    @classmethod
    def of(cls, table: Table | None) -> LentRows:
        """Return those of a table; among rows of the service, none folds: each would be alone."""
        flags = lent(table) if table is not None else []
        if sum(is_lent for is_lent, _ in groupby(flags)) != 1:
            return cls()
        first = flags.index(True)
        return cls(range(first, first + sum(flags)), not all(flags))

    def announce(self, page: SheetWriter, column: int) -> None:
        """Say above the headings, over what stays in sight, how many rows fold."""
        if self.folds:
            count = len(self.places)
            told = plural(count, "ligne pour information", "lignes pour information")
            words = f"{told}, en gris, sous les vôtres ; le − à gauche les replie"
            small = page.book.format(palette.SMALL, palette.TEXTS, italic=True)
            page.put(HEADING_ROW - 2, column, words, small)

    def write_rows(self, page: SheetWriter, heights: Sequence[float]) -> None:
        """Set the height of each row of the table, and group those that are lent."""
        for at, height in enumerate(heights):
            page.fit(FIRST + at, height, {"level": int(at in self.places)})
