"""Bars of the lines of a panel: charts laid over cells, each bar on the row of its line."""

from __future__ import annotations

from xlsxwriter.chart import Chart

from pst_excel.excel import palette
from pst_excel.excel.boards.page import BoardPage
from pst_excel.excel.xlsx import Options, options
from pst_excel.model.figures.boards import Bars, Panel
from pst_excel.model.figures.lines import PanelColumn
from pst_excel.model.words.units import WHOLES


def draw_bars(
    page: BoardPage, panel: Panel, bars: Bars, area: tuple[int, int], lines: tuple[int, int],
    tall: float,
) -> None:  # fmt: skip
    """Draw bars over an area of columns, on lines of one height, in points."""
    ws = page.sheet.worksheet
    placed = page.placed[panel.key]
    if bars.span:
        page.across(
            placed.heading, *area, bars.title, page.sheet.book.format(palette.COLUMN, indent=1)
        )
    stacked = bars.kind == "share"
    kind = options(type="bar", subtype="percent_stacked") if stacked else options(type="bar")
    chart = page.sheet.book.workbook.add_chart(kind)
    columns = {column.label: column for column in panel.columns}
    first, last = lines
    for number, label in enumerate(bars.series):
        at = placed.columns[label]
        look = _part(columns[label], number) if stacked else _BULLET[number]
        title = page.sheet.title
        chart.add_series({
            "name": [title, placed.heading, at],
            "categories": [title, first, placed.names, last, placed.names],
            "values": [title, first, at, last, at],
            "gap": 50,
            **({} if stacked else {"overlap": 100}),
            **look,
        })  # fmt: skip
    scale = WHOLES.get(columns[bars.series[0]].unit)
    _bare(chart, None if stacked else scale)
    height = round((last - first + 1) * tall / 0.75)
    chart.set_size({"width": page.pixels(*area), "height": height})
    words = f"{panel.title} {bars.title} (les chiffres sont dans le tableau, à gauche)"
    ws.insert_chart(first, area[0], chart, options(description=words, object_position=1))


def _bare(chart: Chart, most: float | None) -> None:
    """Leave nothing of a chart but its bars: the table beside them has the names and the scale."""
    hidden: Options = {"visible": False, "major_gridlines": {"visible": False}}
    chart.set_x_axis({**hidden, "min": 0, **({} if most is None else {"max": most})})
    chart.set_y_axis({**hidden, "reverse": True})
    chart.set_legend({"none": True})
    chart.set_title({"none": True})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_plotarea({
        "layout": {"x": 0.02, "y": 0.0, "width": 0.96, "height": 1.0}, "fill": {"none": True},
    })  # fmt: skip


def _part(column: PanelColumn, number: int) -> Options:
    fill, text = palette.look_of(column.color, number)
    label = options(value=True, num_format="0;;", font={"size": 9, "color": text})
    return options(
        fill={"color": fill}, border={"color": palette.WHITE, "width": 0.75}, data_labels=label
    )


_BULLET: tuple[Options, Options] = (
    options(fill={"color": palette.ACTUAL}, border={"none": True}),
    options(fill={"none": True}, border={"color": palette.INK, "width": 1.25}),
)
"""What is, solid; what was planned, outlined."""
