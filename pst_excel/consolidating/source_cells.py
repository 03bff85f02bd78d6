"""Where each value of a plan comes from, as a table for analysts."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from pst_excel.consolidating.origins import Provenance
from pst_excel.model.series import Frame
from pst_excel.model.words.keys import ID
from pst_excel.model.words.tables import AUTHOR, DAY
from pst_excel.returns.source_cells import COLUMNS
from pst_excel.returns.tables import Return

_TOLD = (*COLUMNS, DAY, AUTHOR)


def sources_frame(plan: Return, provenance: Provenance | None, key: str = "") -> Frame:
    """Return one row a value, of one sheet or of all; `table` and `champ` are the plan's keys.

    `cellule` is the number of the row where the column had no heading, `date` the day of the state
    that the return told. A value that the program made has none; the form is not there.
    """
    keys = [plan.plan[key].key] if key else [sheet.key for sheet in plan.plan.tables]
    rows = [*_told(plan, provenance, keys)] if provenance is not None else []
    told = pd.DataFrame(rows, columns=[*_TOLD], dtype="str")
    told[DAY] = pd.to_datetime(told[DAY], format="%d/%m/%Y").astype("datetime64[s]")
    return told


def _told(plan: Return, provenance: Provenance, keys: list[str]) -> Iterator[tuple[str, ...]]:
    for key in keys:
        table = plan.tables.get(key)
        for ident in table.columns.get(ID, ()) if table is not None else ():
            for told in provenance.told(key, str(ident)):
                for field, source in told.sources():
                    yield (key, str(ident), field, source.file, source.sheet, source.cell,
                           source.date, source.author)  # fmt: skip
