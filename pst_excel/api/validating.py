"""Tables checked for the library, as the command checks the workbooks that hold the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pst_excel.api.arguments import Day, is_frame, wrong
from pst_excel.api.checking import check
from pst_excel.checking.report import Report
from pst_excel.model.words.stages import Stage
from pst_excel.pst import PST
from pst_excel.reading.tidy_tables import read_tables
from pst_excel.workers.loading import Loaded

if TYPE_CHECKING:
    from pst_excel.model.series import Frame


def validate(
    frames: Mapping[str, Frame], observed: Day | None = None, *, stage: Stage | str | None = None
) -> Report:
    """Check tables as the workbooks that hold the same are checked, everything at once.

    `frames` are tables by the key of their sheet, in the layout of `plan.frames()` and
    `found.frames()`, of any dtypes: what a person typed is read as in a cell. A finding is of the
    row that the column `ligne` says, else of that of a workbook with these rows; its `id` is that
    of the row. Computed columns are not looked at. Raises: UnknownName for a table of no sheet;
    UsageError.
    """
    if not isinstance(frames, Mapping) or not all(map(is_frame, frames.values())):
        example = "écrivez par exemple {'actions': tableau}"
        raise wrong("frames", frames, "tableaux (DataFrame) par clé de feuille", example)
    return check(Loaded(read_tables(frames, PST), []), observed, stage=stage)
