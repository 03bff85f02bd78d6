"""The lines and the columns of a panel, and what they hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pst_excel.model.figures.measures import Quantity
from pst_excel.model.series import Frames, Parameters
from pst_excel.model.words.colors import Color
from pst_excel.model.words.line_keys import line_key
from pst_excel.model.words.thresholds import Threshold


@dataclass(frozen=True)
class Heading:
    """One row of a panel: what the rows of the frame must hold, and how it is shown."""

    value: str | float
    label: str = ""

    @property
    def label_shown(self) -> str:
        """What the line is called: the label, else the value."""
        if self.label or isinstance(self.value, str):
            return self.label or str(self.value)
        return f"{self.value:g}"

    @property
    def key(self) -> str:
        """The key under which formulas know the line."""
        return line_key(self.value)


@dataclass(frozen=True)
class By:
    """What the lines of a panel are: the values of a column, in a given order.

    `headings` lists them from the frames, `key` is the column of their keys. The rows that have
    none of them stand on a last line named `rest`, so that a panel always adds up.
    """

    key: str
    title: str
    headings: Callable[[Frames, Parameters], list[Heading]]
    rest: str


@dataclass(frozen=True)
class PanelColumn:
    """One column of a panel: a heading, a quantity, a unit, and how it is shown.

    `color` is that of its series in the bars, and of its heading when it is `tinted`; `show` is
    `plain`, `bar`, `alert` or `worse` (coloured from 1 on), `gap` (what is behind and what is
    ahead, from the threshold `limit` on) or `heat`; a `minor` one details the one before it;
    `span` is how many units of the page it takes.
    """

    label: str
    quantity: Quantity
    unit: str = "nombre"
    color: Color | None = None
    show: str = "plain"
    tinted: bool = False
    minor: bool = False
    span: float = 1
    limit: Threshold | None = None


Number = float | None


@dataclass(frozen=True)
class PanelTable:
    """The lines of a panel, the last that of what has no place; by column their values; totals."""

    columns: Sequence[PanelColumn]
    lines: list[Heading]
    values: list[list[Number]]
    totals: list[Number]
