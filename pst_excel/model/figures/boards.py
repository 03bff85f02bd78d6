"""How a computed sheet is declared: a board is a page of tiles, and panels of figures under them.

A panel is a table of figures by the values of one column, with an optional chart; nothing here
knows where on the page it will stand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from pst_excel.model.figures.figures import Figure
from pst_excel.model.figures.measures import Quantity
from pst_excel.model.series import Frames, Parameters
from pst_excel.model.words.colors import Color
from pst_excel.model.words.line_keys import line_key
from pst_excel.model.words.wording import plural
from pst_excel.text.brief import brief


@dataclass(frozen=True)
class Heading:
    """One row of a panel: what the rows of the frame must hold, and how it is shown."""

    value: str | float
    label: str = ""

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

    `color` is that of its series in the chart, and of its heading when it is `tinted`; `show` is
    `plain`, `bar` or `lights`; a `minor` one details the one before it.
    """

    label: str
    quantity: Quantity
    unit: str = "nombre"
    color: Color | None = None
    show: str = "plain"
    charted: bool = True
    tinted: bool = False
    minor: bool = False


@dataclass(frozen=True)
class Panel:
    """A question and its answer: figures by rows, charted as `bar_share`, `bar` or `column`."""

    key: str
    title: str
    by: By
    columns: tuple[PanelColumn, ...]
    chart: str = ""
    note: str = ""

    def __repr__(self) -> str:
        return brief(self, self.key, self.title)


@dataclass(frozen=True)
class Extract:
    """A short list of rows that deserve a look, at the date of observation, each linked to its row.

    `pick` returns the rows of the sheet, in order; `columns` are the keys shown.
    """

    key: str
    title: str
    sheet: str
    columns: tuple[str, ...]
    pick: Callable[[Frames, Parameters], pd.DataFrame]
    most: int = 15
    empty: str = ""


@dataclass(frozen=True)
class Tile:
    """One big figure, under it the one that gives it a scale, and on how many rows it is known.

    `unanswered` counts the rows of those who have not answered, for a figure that is always known.
    """

    figure: Figure
    beside: Figure
    words: str
    color: Color
    unanswered: Quantity | None = None


@dataclass(frozen=True)
class Board:
    """A sheet that the program computes."""

    key: str
    title: str
    question: str
    tiles: tuple[Tile, ...] = ()
    panels: tuple[Panel, ...] = ()
    extracts: tuple[Extract, ...] = ()

    def __repr__(self) -> str:
        return brief(self, self.title, plural(len(self.panels), "panneau", "panneaux"))


@dataclass(frozen=True)
class Breakdown:
    """The figures that together part the records, compared on a sheet of their own and drawn.

    `base` says what they part, over its count, and `chart` is the title of the drawing.
    """

    title: str
    question: str
    base: str
    chart: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Level:
    """One level of an evaluation: its sheet, its name in the level column, its computed columns.

    The rows of `sheet`, titled by `named_by`, are shown under the row of their parent, whose key is
    in the column `parent`; `key` is the column of the keys by which what is counted stands under
    them, `rest` the name of the line of the others.
    """

    sheet: str
    name: str
    named_by: str
    key: str
    parent: str
    columns: tuple[PanelColumn, ...]
    rest: str


@dataclass(frozen=True)
class Evaluation:
    """What people write beside what is computed, one row for each record of its two levels.

    The identity of its sheet is the column of the level, then that of the code. `note` says what
    is counted.
    """

    sheet: str
    levels: tuple[Level, ...]
    note: str = ""

    def __repr__(self) -> str:
        return brief(self, self.sheet)
