"""A row that nobody has begun asks for nothing: no cell of it is coloured."""

from __future__ import annotations

import pandas as pd
import pytest
from support import OBSERVED

from pst_excel.excel.books.template import blank
from pst_excel.excel.marks import watched_cells
from pst_excel.excel.names import names_for
from pst_excel.model.formulas import Scope
from pst_excel.model.schema import Sheet
from pst_excel.model.words.kinds import Where
from pst_excel.pst import PST
from pst_excel.returns.frames import Batch

EMPTY = blank(PST, {"type": "Commune"})
WATCHED = [sheet for sheet in PST.tables if not sheet.program]


@pytest.mark.parametrize("sheet", WATCHED, ids=lambda sheet: sheet.key)
def test_no_mark_shows_on_a_row_that_nobody_has_begun(sheet: Sheet) -> None:
    batch = Batch([EMPTY], PST, OBSERVED, Where.RETURN)
    place = pd.MultiIndex.from_tuples([(0, 5)], names=batch.frames[sheet.key].index.names)
    frames = {key: frame.iloc[:0] for key, frame in batch.frames.items()}
    frames[sheet.key] = batch.frames[sheet.key].reindex(place)
    scope = Scope(frames, sheet.key, batch.parameters)
    marked = {
        (key, severity)
        for key, condition, severity in watched_cells(sheet, names_for(EMPTY, Where.RETURN))
        if condition.evaluate(scope).any()
    }
    assert marked == set()
