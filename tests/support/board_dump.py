"""What the boards of a plan show, as text, so that a change of a page is a diff people can read.

`python -m support.board_dump`, in `tests`, writes those of each size in `golden/boards`.
"""

from __future__ import annotations

import io
import warnings

import openpyxl

from pst_excel.model.figures.boards import Board
from pst_excel.pst import PST
from support import GOLDEN
from support.sized import book_of

FOLDER = GOLDEN / "boards"
NAMES = ("vide", "presque vide", "petit", "moyen", "grand")
TITLES = [board.title for board in PST.boards if isinstance(board, Board)]


def board_dump(data: bytes) -> str:
    """Return the rows of each board that say something, hidden ones marked; its charts, its pages."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # openpyxl does not carry sparklines
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    lines: list[str] = []
    for title in TITLES:
        sheet = book[title]
        lines += [f"=== {title} ===", f"{len(sheet._charts)} charts"]
        for row in sheet.iter_rows(min_col=2):
            shown = [_said(cell.value) for cell in row if cell.value not in (None, "")]
            if shown:
                hidden = sheet.row_dimensions[row[0].row].hidden
                lines.append(("· " if hidden else "") + " | ".join(shown))
    return "\n".join(lines) + "\n"


def _said(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 10_000 else f"{value:.0f}"
    return str(value).replace("\n", "⏎")


def path_of(name: str) -> str:
    """Return the file of a size."""
    return f"{name.replace(' ', '_')}.txt"


def main() -> None:
    """Write the text of each size."""
    FOLDER.mkdir(exist_ok=True)
    for name in NAMES:
        (FOLDER / path_of(name)).write_text(board_dump(book_of(name)), encoding="utf-8")


if __name__ == "__main__":
    main()
