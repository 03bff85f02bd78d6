"""How rows that are lent fold away, under those that a service keeps up to date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from pst_excel.excel import palette
from pst_excel.excel.names import FIRST
from pst_excel.excel.xlsx import Options, SheetWriter
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.wording import plural
from pst_excel.returns.shared_rows import lent
from pst_excel.returns.tables import Table


@dataclass(frozen=True)
class LentRows:
    """The rows of a sheet that are lent, by place, where they stand together; else none.

    They are `folded` where the service has rows of its own: a sheet that shows none says nothing.
    """

    places: range = range(0)
    folded: bool = False

    @classmethod
    def of(cls, table: Table | None) -> LentRows:
        """Return those of a table; among rows of the service, none folds: each would be alone."""
        flags = lent(table) if table is not None else []
        if sum(is_lent for is_lent, _ in groupby(flags)) != 1:
            return cls()
        first = flags.index(True)
        return cls(range(first, first + sum(flags)), not all(flags))

    def announce(self, page: SheetWriter, column: int) -> None:
        """Say above the headings, over what stays in sight, how many rows are folded."""
        if self.folded:
            count = len(self.places)
            many = "lignes pour information, repliées"
            told = plural(count, "ligne pour information, repliée", many)
            words = f"{told} : cliquez sur le + à gauche"
            page.put(
                HEADING_ROW - 2,
                column,
                words,
                page.book.format(palette.SMALL, palette.TEXTS, italic=True),
            )

    def write_rows(self, page: SheetWriter, heights: Sequence[float]) -> None:
        """Set the height of each row of the table, and fold those that are lent."""
        for at, height in enumerate(heights):
            page.fit(FIRST + at, height, self._options(at))
        if self.places.stop == len(heights) and self.folded:
            page.worksheet.set_row(FIRST + len(heights), None, None, self._options(len(heights)))

    def _options(self, at: int) -> Options:
        if at in self.places:
            return {"level": 1, "hidden": self.folded}
        # The sign that unfolds a group stands beside the row that follows it.
        return {"collapsed": True} if self.folded and at == self.places.stop else {}
