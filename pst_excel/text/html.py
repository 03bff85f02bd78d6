"""What a notebook shows of a result: a title, what matters, small tables, a few kilobytes at most.

Texts of workbooks are escaped, cut and on one line. No colour is set, so that the page's own are
kept, light or dark; what is meant is said in words, and each table has a caption and headings.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from pst_excel.text.brief import shown

LONGEST = 60
"""The characters of a text that a cell shows at most."""
ROWS = 10
"""The rows that a table shows at most."""
_STYLE = (
    "<style>.pst-excel ul{margin:.2em 0;padding-left:1.4em}"
    ".pst-excel table{border-collapse:collapse;table-layout:auto;font-size:inherit;margin:.6em 0}"
    ".pst-excel caption{caption-side:top;text-align:left;font-weight:bold;color:inherit;"
    "padding:.2em .4em;white-space:nowrap}"
    ".pst-excel thead th,.pst-excel tbody th,.pst-excel tbody td{text-align:left;"
    "vertical-align:top;max-width:32em;padding:.15em 1em .15em .4em;font-weight:normal;"
    "border:0 solid currentColor;border-bottom-width:1px;"
    "border-color:color-mix(in srgb,currentColor 30%,transparent)}"
    ".pst-excel thead th{font-weight:bold;border-color:currentColor}"
    ".pst-excel thead th.n,.pst-excel tbody td.n{text-align:right;"
    "font-variant-numeric:tabular-nums}</style>"
)


@dataclass(frozen=True)
class Grid:
    """A small table: its caption and headings, and rows, the first cell of which names each.

    The columns at the places that are `numbers` are set to the right; `total` is how many rows
    there are, where more than those given.
    """

    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[object]]
    numbers: frozenset[int] = frozenset()
    total: int = 0


def escaped(text: object, limit: int = LONGEST) -> str:
    """Return a text as HTML, on one line, cut where it is longer than the limit."""
    said = shown(text)
    return html.escape(said if len(said) <= limit else said[: limit - 1].rstrip() + "…")


def card(title: str, facts: Sequence[str], *grids: Grid) -> str:
    """Return a result as HTML: its title, what matters of it, its tables that have rows."""
    said = "".join(f"<li>{escaped(fact, 3 * LONGEST)}</li>" for fact in facts if fact)
    listed = f"<ul>{said}</ul>" if said else ""
    tables = "".join(_table(grid) for grid in grids if grid.rows)
    head = f"<p><strong>{escaped(title, 2 * LONGEST)}</strong></p>"
    return f'{_STYLE}<div class="pst-excel" lang="fr">{head}{listed}{tables}</div>'


def _table(grid: Grid) -> str:
    rows = grid.rows[:ROWS]
    left = max(grid.total, len(grid.rows)) - len(rows)
    more = f" ({len(rows)} sur {len(rows) + left})" if left else ""
    kinds = [' class="n"' if at in grid.numbers else "" for at in range(len(grid.headings))]
    headings = zip(kinds, grid.headings, strict=True)
    head = "".join(f'<th scope="col"{kind}>{escaped(word)}</th>' for kind, word in headings)
    body = "".join(
        f'<tr><th scope="row">{escaped(row[0])}</th>'
        + "".join(
            f"<td{kind}>{escaped(cell)}</td>" for kind, cell in zip(kinds[1:], row[1:], strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f"<table><caption>{escaped(grid.caption)}{more}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
