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
    "line": options(type="line"),
}
_SMALL = {"name": "Calibri", "size": 9, "color": palette.GREY}
_TITLE = {"name": "Calibri", "size": 12, "bold": True, "color": palette.INK}
_FLAT: Options = {"num_font": _SMALL, "line": {"none": True}}
_NAMES: dict[str, Options] = {
    # Dates that follow each other stand side by side, however far apart: each has its point.
    "line": options(text_axis=True, num_format=palette.NUMBER_FORMATS[Kind.DATE]),
}
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
                **(_line(color) if kind == "line" else _filled(color)),
            }
        )
    values = {**_FLAT, "major_gridlines": _GRID, "num_format": axis}
    if kind == "line":
        values["min"] = 0
    names = {**_FLAT, "major_gridlines": {"visible": False}, **_NAMES.get(kind, {})}
    if kind in ("column", "line"):
        chart.set_x_axis(names)
        chart.set_y_axis(values)
    else:
        # In a bar chart the categories climb from the bottom: reversed, they read like the table.
        chart.set_x_axis(values)
        chart.set_y_axis({**names, "reverse": True, "crossing": "max"})
    alone = kind == "line" and len(table.series) == 1  # the title names it
    _placed(page, chart, title, at, size, "du même titre", legend=not alone)


def draw_course(
    page: SheetWriter, title: str, table: ChartData, axes: Sequence[str],
    at: tuple[int, int], size: tuple[int, int],
) -> None:  # fmt: skip
    """Draw the rows of a table, which are days, as lines; each series has an axis in its format.

    The first has the axis on the left, the second the one on the right.
    """
    chart = page.book.workbook.add_chart(KINDS["line"])
    name, first, last = page.title, table.first, table.last
    for number, (column, color) in enumerate(table.series):
        chart.add_series(
            {
                "name": [name, table.heading, column],
                "categories": [name, first, table.categories, last, table.categories],
                "values": [name, first, column, last, column],
                "y2_axis": number > 0,
                **_line(color),
            }
        )
    chart.set_x_axis({**_FLAT, **_NAMES["line"], "major_gridlines": {"visible": False}})
    for number, axis in enumerate(axes):
        grid = {"visible": False} if number else _GRID
        settings = {**_FLAT, "major_gridlines": grid, "num_format": axis, "min": 0}
        (chart.set_y2_axis if number else chart.set_y_axis)(settings)
    _placed(page, chart, title, at, size, "au-dessus")


def _placed(
    page: SheetWriter, chart: Chart, title: str, at: tuple[int, int], size: tuple[int, int],
    where: str, legend: bool = True,
) -> None:  # fmt: skip
    chart.set_title({"name": title, "name_font": _TITLE, "layout": {"x": 0.01, "y": 0.02}})
    chart.set_legend({"position": "bottom", "font": _SMALL} if legend else {"none": True})
    chart.set_chartarea({"border": {"none": True}, "fill": {"color": palette.WHITE}})
    chart.set_size({"width": size[0], "height": size[1]})
    words = f"{title} (les chiffres sont dans le tableau {where})"
    page.worksheet.insert_chart(*at, chart, options(description=words, object_position=2))


def _filled(color: str) -> Options:
    return options(fill={"color": color}, border={"color": palette.WHITE, "width": 0.75}, gap=60)


def _line(color: str) -> Options:
    """Return the look of a line that can be seen across a room, each of its points marked."""
    point = options(type="circle", size=7, fill={"color": color}, border={"color": palette.WHITE})
    return options(line={"color": color, "width": 2.5}, marker=point)
