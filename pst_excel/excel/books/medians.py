"""The medians of a comparison: one line for each type, that follows the filter.

Hidden columns at the right say of each row whether it is shown and of the type, and repeat its
values if so; a median is that of such a column. No array, and nothing newer than `SUBTOTAL`: every
spreadsheet calculates them.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from pst_excel.comparing.compare import Comparison
from pst_excel.excel import palette
from pst_excel.excel.boards.panels import unit_format
from pst_excel.excel.xlsx import SheetWriter
from pst_excel.model.figures.tables import known
from pst_excel.model.words.wording import column_letter

MISSING = "n.d."
UNSAID = "non dit"
TYPE = "Type"
MEDIAN = "Médiane"


def write_medians(
    page: SheetWriter, comparison: Comparison, typed: int | None, wide: int, first: int
) -> None:
    """Write them under the rows of institutions that begin at `first`, a blank line between.

    `typed` is the column of the type, None where there is none; the figures begin at `wide`.
    """
    count = len(comparison.institutions)
    types = [one.type or UNSAID for one in comparison.institutions]
    groups = list(dict.fromkeys(types)) if typed is not None else [""]
    helpers = wide + 3 * len(comparison.figures) + 1
    size = 1 + len(comparison.figures)
    for number, group in enumerate(groups):
        # A blank line: a filter takes what stands right under its rows for one of them.
        at, left = first + count + 1 + number, helpers + number * size
        label = MEDIAN if typed is None else f"{MEDIAN} · {group}"
        page.put(at, 0, label, page.book.format(bold=True, top=1))
        for column in range(1, wide):
            text = group if column == typed else ""
            page.put(at, column, text, page.book.format(bold=True, top=1))
        of_group = [typed is None or kind == group for kind in types]
        _flags(page, of_group, (first, left), None if typed is None else (typed, at))
        for position, figure in enumerate(comparison.figures):
            values = [
                by_figure[figure.key].value if inside else None
                for by_figure, inside in zip(comparison.values, of_group, strict=True)
            ]
            place = (wide + 3 * position, left + 1 + position, left)
            _repeat(page, first, place, values)
            _median(page, (at, first), place, figure.unit, values, sum(of_group))
    last = helpers + size * len(groups) - 1
    page.worksheet.set_column(helpers, last, None, None, {"hidden": True})


def _flags(
    page: SheetWriter,
    of_group: Sequence[bool],
    place: tuple[int, int],
    kind: tuple[int, int] | None,
) -> None:
    """Write 1 on the rows that are shown and of the type that the cell of the median names."""
    first, left = place
    form = page.book.format(palette.SMALL)
    for at, inside in enumerate(of_group):
        row = first + at + 1
        shown = f"SUBTOTAL(103,$A{row})"
        if kind is not None:
            letters = column_letter(kind[0])
            shown = f"IF(${letters}{row}=${letters}${kind[1] + 1},{shown},0)"
        # A sum, since Excel takes a last row with nothing but SUBTOTAL for a total.
        page.formula(first + at, left, f"0+{shown}", 1 if inside else 0, form)


def _repeat(
    page: SheetWriter, first: int, place: tuple[int, int, int], values: Sequence[float | None]
) -> None:
    """Write the values of the rows that are shown; the empty text elsewhere."""
    figure, left, flag = place
    form = page.book.format(palette.SMALL)
    for at, value in enumerate(values):
        cell = f"{column_letter(figure)}{first + at + 1}"
        here = f"{column_letter(flag)}{first + at + 1}"
        formula = f'IF({here}=1,IF(ISNUMBER({cell}),{cell},""),"")'
        page.formula(first + at, left, formula, value, form)


def _median(
    page: SheetWriter,
    rows: tuple[int, int],
    place: tuple[int, int, int],
    unit: str,
    values: Sequence[float | None],
    count: int,
) -> None:
    """Write a median, how many institutions it is of, and their share of those that are shown."""
    (at, first), (figure, left, flag) = rows, place
    book, last = page.book, first + len(values)
    letters, flags = column_letter(left), column_letter(flag)
    area, shown = f"{letters}{first + 1}:{letters}{last}", f"{flags}{first + 1}:{flags}{last}"
    entering = f'COUNTIFS({area},">"&-1E+300)'
    numbers = [value for value in values if value is not None]
    form: palette.Look = {"num_format": unit_format(unit).split(";")[0], "align": "right"}
    beside: palette.Look = {**palette.SMALL, "align": "right", "top": 1}
    page.formula(
        at, figure, f'IFERROR(MEDIAN({area}),"{MISSING}")',
        known(median(numbers)) if numbers else MISSING, book.format(form, bold=True, top=1),
    )  # fmt: skip
    page.formula(
        at, figure + 1, entering, len(numbers),
        book.format(beside, num_format='"n = "0'),
    )  # fmt: skip
    page.formula(
        at, figure + 2, f'IF(SUM({shown})=0,"",{entering}/SUM({shown}))',
        known(len(numbers) / count) if count else None,
        book.format(beside, num_format=palette.SHARE),
    )  # fmt: skip
