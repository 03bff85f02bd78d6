"""How a computed sheet is declared: a board is a page that answers one question, block under block.

A block is a row of tiles, a panel, an extract, a calendar, a matrix, a note or the list of the
pages; nothing here knows where on the page it will stand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import pandas as pd

from pst_excel.model.figures.figures import Figure
from pst_excel.model.figures.lines import By, PanelColumn
from pst_excel.model.figures.measures import Quantity
from pst_excel.model.figures.messages import Sentence
from pst_excel.model.series import Frames, Parameters
from pst_excel.model.words.wording import plural
from pst_excel.text.brief import brief

_Block = TypeVar("_Block")


@dataclass(frozen=True)
class Bars:
    """Bars drawn on the lines of a panel, at the right of its columns, from some of them.

    A `share` stacks the `series` as parts of a whole; a `bullet` draws the first one solid within
    the second, outlined: what is, within what was planned. Without a `span` they lie on the cells
    of their series, whose numbers they say; with one, after the column `after` or after the last.
    """

    kind: str
    title: str
    series: tuple[str, ...]
    span: int
    after: str = ""


@dataclass(frozen=True)
class Panel:
    """A question and its answer: figures by lines, with bars beside them where lines are few.

    `note` explains it, `told` is a sentence made from figures, `total` what the line of the total
    says of itself; the lines after `most` are folded.
    """

    key: str
    title: str
    by: By
    columns: tuple[PanelColumn, ...]
    bars: tuple[Bars, ...] = ()
    note: str = ""
    told: Sentence | None = None
    total: Sentence | None = None
    most: int | None = None

    def __repr__(self) -> str:
        return brief(self, self.key, self.title)


@dataclass(frozen=True)
class Tile:
    """One big figure, under it the one that gives it a scale, and on how many rows it is known.

    `unanswered` counts the rows of those who have not answered, for a figure that is always known.
    """

    figure: Figure
    beside: Figure
    words: str
    unanswered: Quantity | None = None


@dataclass(frozen=True)
class Tiles:
    """A row of tiles of one width; six at most."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Shown:
    """A column of an extract: a key of its sheet, how many units of the page it takes.

    `kind` is `plain`, `bar`, `percent`, `days` (a number of them, whatever its sign), `toward` (a
    number that says whether it went the right way), `years` (a column for each year that the sheet
    has) or `course` (those years drawn as a line); `label` is its heading, where it is not that of
    the column.
    """

    key: str
    span: int = 1
    label: str = ""
    kind: str = "plain"


@dataclass(frozen=True)
class Extract:
    """Rows of a sheet that deserve a look, each linked to its row; its cells follow the edits.

    `pick` returns the rows in order, of which `most` are shown, `columns` what is shown of each;
    `title` is a sentence; `rest` says where the others are, `empty` that there is none.
    """

    key: str
    title: Sentence
    sheet: str
    columns: tuple[Shown, ...]
    pick: Callable[[Frames, Parameters], pd.DataFrame]
    most: int = 12
    empty: str = ""
    rest: str = ""


@dataclass(frozen=True)
class Row:
    """What a level of a calendar shows: its records, their key, when they begin, end, how far.

    `gap` is how much more is done than the calendar asks, in points: by it the work done ends
    before today or after.

    `records` and `named_by` are a sheet and its column of titles; `parent` is the column of the
    key of the level above.
    """

    sheet: str
    key: str
    named_by: str
    begin: Quantity
    end: Quantity
    progress: Quantity
    gap: Quantity
    columns: tuple[PanelColumn, ...]
    parent: str = ""


@dataclass(frozen=True)
class Calendar:
    """Records of two levels over the quarters of the legislature: done, time gone, to come.

    From `folded` records of the second level on, they are folded under the first.
    """

    levels: tuple[Row, Row]
    folded: int = 36
    note: str = ""


@dataclass(frozen=True)
class Matrix:
    """How many records stand on each line and in each column; `most` columns, else `instead`."""

    title: str
    by: By
    across: tuple[By, ...]
    count: Callable[[str], Quantity]
    note: str = ""
    most: int = 32


@dataclass(frozen=True)
class Note:
    """A sentence across the page; small where it explains."""

    words: Sentence
    small: bool = False


@dataclass(frozen=True)
class Pages:
    """The other pages, each with its question and its message; `more` are other sheets."""

    title: str
    more: tuple[tuple[str, str], ...] = ()


Block: TypeAlias = Tiles | Panel | Extract | Calendar | Matrix | Note | Pages


@dataclass(frozen=True)
class Board:
    """A sheet that the program computes: its title is a message, its question stands above.

    `widths` are those of the columns of figures in units, sixteen to the page: equal ones unless
    they are said. Tiles take four units each.
    """

    key: str
    title: str
    question: str
    message: Sentence
    blocks: tuple[Block, ...] = ()
    widths: tuple[float, ...] = (1.0,) * 16

    def __repr__(self) -> str:
        return brief(self, self.title, plural(len(self.panels), "panneau", "panneaux"))

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """The tiles of all rows of them."""
        return tuple(tile for row in self._of(Tiles) for tile in row.tiles)

    @property
    def panels(self) -> tuple[Panel, ...]:
        """The panels, in order."""
        return tuple(self._of(Panel))

    @property
    def extracts(self) -> tuple[Extract, ...]:
        """The extracts, in order."""
        return tuple(self._of(Extract))

    def _of(self, kind: type[_Block]) -> list[_Block]:
        return [block for block in self.blocks if isinstance(block, kind)]


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
