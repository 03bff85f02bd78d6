"""The figures of a plan by name, in the unit that each says, and as tables for analysts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from pst_excel.model.figures.boards import Board, Panel
from pst_excel.model.figures.figures import Figure
from pst_excel.model.figures.tables import known, table_of
from pst_excel.model.words.tables import COMPLETE, COUNT, FIGURE, LABEL, TITLE, UNIT, VALUE
from pst_excel.model.words.units import in_unit, unit_of
from pst_excel.model.words.unknown import unknown
from pst_excel.model.words.wording import plural
from pst_excel.returns.frames import Batch
from pst_excel.text.brief import brief

if TYPE_CHECKING:
    from pst_excel.model.series import Frame

COLUMNS = (FIGURE, LABEL, VALUE, UNIT, COUNT, COMPLETE)
"""What a table of figures says of each: `n` rows are in its scope, known on that share of them."""
DTYPES = {VALUE: "float64", COUNT: "Int64", COMPLETE: "float64"}
_BY_LINE = (TITLE, LABEL, VALUE, UNIT)


class Figures(Mapping[str, float | None]):
    """Every figure of one plan by key, as it is read: a rate in per cent, None when unknown."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch

    def __getitem__(self, key: str) -> float | None:
        if key not in self._declared:
            raise unknown(key, "un chiffre du plan", self._declared)
        figure = self._declared[key]
        return in_unit(known(figure.quantity.evaluate(self._batch.counted)), figure.unit)

    def __iter__(self) -> Iterator[str]:
        return iter(self._declared)

    def __len__(self) -> int:
        return len(self._declared)

    def __repr__(self) -> str:
        return brief(self, plural(len(self), "chiffre"))

    @cached_property
    def _declared(self) -> dict[str, Figure]:
        return {figure.key: figure for figure in self._batch.plan.figures}

    @cached_property
    def _panels(self) -> dict[str, Panel]:
        boards = (board for board in self._batch.plan.boards if isinstance(board, Board))
        return {panel.key: panel for board in boards for panel in board.panels}

    def _repr_html_(self) -> str:
        return str(self.to_frame().to_html(index=False, border=0))

    def to_frame(self, by: str | None = None) -> Frame:
        """Return one row a figure; `by` the key of a panel of the boards, one a line and column.

        Raises: UnknownName where there is no such panel, which says those there are.
        """
        import pandas as pd

        if by is not None:
            return self._by(by)
        rows = []
        for figure in self._declared.values():
            base, on = (known(q.evaluate(self._batch.counted)) for q in (figure.base, figure.known))
            complete = min(on / base, 1.0) if base and on is not None else None
            rows.append((figure.key, figure.label, self[figure.key], unit_of(figure.unit), base,
                         in_unit(complete, "%")))  # fmt: skip
        return pd.DataFrame(rows, columns=[*COLUMNS]).astype(DTYPES)

    def _by(self, name: str) -> Frame:
        import pandas as pd

        if name not in self._panels:
            raise unknown(name, "un tableau des tableaux de bord", self._panels)
        panel = self._panels[name]
        table = table_of(panel, self._batch.counted, self._batch.parameters)
        rows = [
            (line.value or None, line.label or str(line.value), column.label,
             in_unit(value, column.unit), unit_of(column.unit))
            for column, values in zip(panel.columns, table.values, strict=True)
            for line, value in zip(table.lines, values, strict=True)
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=[name, *_BY_LINE]).astype({VALUE: "float64"})
