"""How a chart looks: the one style of every chart the program draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.chart import Chart

from pst_excel.excel import palette
from pst_excel.excel.xlsx import Options, SheetWriter, options
from pst_excel.model.words.kinds import Kind

KINDS: dict[str, dict[str, str]] = {
    "bar_share": options(type="bar", subtype="percent_stacked"),
    "bar": options(type="bar"),
    "column": options(type="column"),
}
_SMALL = {"name": "Calibri", "size": 9, "color": palette.GREY}
_TITLE = {"name": "Calibri", "size": 12, "bold": True, "color": palette.INK}
_FLAT: Options = {"num_font": _SMALL, "line": {"none": True}}
_GRID = {"visible": True, "line": {"color": palette.GRID, "width": 0.5}}


@dataclass(frozen=True)
class ChartData:
    """The cells a chart draws, counted from 0: a heading row, rows, a column of categories.

    `series` are (column, colour) pairs.
    """

    heading: int
    first: int
    last: int
    categories: int
    series: Sequence[tuple[int, str]]


def draw(
    page: SheetWriter, kind: str, title: str, table: ChartData, axis: str,
    at: tuple[int, int], size: tuple[int, int],
) -> None:  # fmt: skip
    """Draw a table as a chart of a kind of `KINDS`, at a cell, in pixels; `axis` formats values."""
    chart = page.book.workbook.add_chart(KINDS[kind])
    name, first, last = page.title, table.first, table.last
    for column, color in table.series:
        chart.add_series(
            {
                "name": [name, table.heading, column],
                "categories": [name, first, table.categories, last, table.categories],
                "values": [name, first, column, last, column],
                "fill": {"color": color},
                "border": {"color": palette.WHITE, "width": 0.75},
                "gap": 60,
            }
        )
    values = {**_FLAT, "major_gridlines": _GRID, "num_format": axis}
    names = {**_FLAT, "major_gridlines": {"visible": False}}
    if kind == "column":
        chart.set_x_axis(names)
        chart.set_y_axis(values)
    else:
        # In a bar chart the categories climb from the bottom: reversed, they read like the table.
        chart.set_x_axis(values)
        chart.set_y_axis({**names, "reverse": True, "crossing": "max"})
    _placed(page, chart, title, "du même titre", at, size)


def draw_course(
    page: SheetWriter, title: str, table: ChartData, axes: Sequence[str],
    at: tuple[int, int], size: tuple[int, int],
) -> None:  # fmt: skip
    """Draw the rows of a table, which are days, as lines; each series has an axis in its format.

    The first has the axis on the left, the second the one on the right.
    """
    chart = page.book.workbook.add_chart(options(type="line"))
    name, first, last = page.title, table.first, table.last
    for number, (column, color) in enumerate(table.series):
        line = {"color": color, "width": 2.25}
        look = {"color": color}
        mark = options(type="circle", size=6, fill=look, border=look)
        chart.add_series(
            {
                "name": [name, table.heading, column],
                "categories": [name, first, table.categories, last, table.categories],
                "values": [name, first, column, last, column],
                "line": line, "marker": mark, "y2_axis": number > 0,
            }
        )  # fmt: skip
    days = {"num_format": palette.NUMBER_FORMATS[Kind.DATE], "text_axis": True}
    chart.set_x_axis({**_FLAT, **days, "major_gridlines": {"visible": False}})
    for number, axis in enumerate(axes):
        grid = _GRID if number == 0 else {"visible": False}
        settings = {**_FLAT, "major_gridlines": grid, "num_format": axis, "min": 0}
        (chart.set_y2_axis if number else chart.set_y_axis)(settings)
    _placed(page, chart, title, "au-dessus", at, size)


def _placed(
    page: SheetWriter, chart: Chart, title: str, where: str, at: tuple[int, int],
    size: tuple[int, int],
) -> None:  # fmt: skip
    chart.set_title({"name": title, "name_font": _TITLE, "layout": {"x": 0.01, "y": 0.02}})
    chart.set_legend({"position": "bottom", "font": _SMALL})
    chart.set_chartarea({"border": {"none": True}, "fill": {"color": palette.WHITE}})
    chart.set_size({"width": size[0], "height": size[1]})
    words = f"{title} (les chiffres sont dans le tableau {where})"
    page.worksheet.insert_chart(*at, chart, options(description=words, object_position=2))
