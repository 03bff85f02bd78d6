"""Compare the time the boards of a plan take to be written with that of its data sheets.

The plans are made from the samples, of the sizes that communes have: OS, OO, actions. Run as
`PYTHONPATH=tests python benchmarks/boards.py`: the sizes are those of the tests.
"""

from __future__ import annotations

import sys
from pathlib import Path

from timing import best

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support.sized import sized

from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.excel.boards.board import write_boards
from pst_excel.excel.boards.page import Around
from pst_excel.excel.names import names_for
from pst_excel.excel.sheets.data import write_data
from pst_excel.excel.xlsx import BookWriter
from pst_excel.model.figures.boards import Board
from pst_excel.model.words.kinds import Where
from pst_excel.pst import PST

BOARDS = [board for board in PST.boards if isinstance(board, Board)]


def written(plan: Consolidation, boards: bool) -> bytes:
    """Return a workbook that holds the boards alone, or the data sheets alone."""
    names = names_for(plan.merged, Where.WHOLE)
    book = BookWriter("", "", plan.observed)
    if boards:
        write_boards(book, BOARDS, plan.batch, names, Around(""))
    else:
        write_data(book, names, plan.batch, "")
    return book.bytes()


def main() -> None:
    """Print the ratio at each size."""
    for name in ("petit", "moyen", "grand"):
        plan = sized(name)
        data, boards = best(3, lambda: written(plan, False), lambda: written(plan, True))  # noqa: B023
        rows = len(plan.batch.frames["actions"])
        print(f"{rows} actions : data {data:.2f} s, boards {boards:.2f} s, {boards / data:.2f} ×")


if __name__ == "__main__":
    main()
