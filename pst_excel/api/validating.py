"""Tables checked for the library, as the command checks the workbooks that hold the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from pst_excel.api.arguments import Day, is_frame, wrong
from pst_excel.api.checking import check
from pst_excel.checking.report import Report
from pst_excel.model.words.stages import Stage
from pst_excel.pst import PST
from pst_excel.reading.tidy_tables import read_tables
from pst_excel.returns.tables import Return
from pst_excel.workers.loading import Loaded

if TYPE_CHECKING:
    from pst_excel.model.series import Frame


def validate(
    frames: Mapping[str, Frame], observed: Day | None = None, *, stage: Stage | str | None = None,
    before: Mapping[str, Frame] | None = None, strict: bool = False,
) -> Report:  # fmt: skip
    """Check tables as the workbooks that hold the same are checked, everything at once.

    `frames` are tables by the key of their sheet, in the layout of `plan.frames()` and
    `found.frames()` or under French headings, of any dtypes. What a person typed is read as in a
    cell, and `report.journal` says how; with `strict` only what is written as asked is understood.
    Tables that are not given, and columns that nobody must fill, are not missed. A finding is of
    the row that the column `ligne` says, else of that of a workbook with these rows; its `id` is
    that of the row. Computed columns are not looked at. `before` are the tables of an earlier
    state, to be compared with, each file with its own where they name some. Raises: UnknownName for
    a table of no sheet; UsageError.
    """
    returns = _returns_of(frames, "frames", strict)
    if before is not None:
        earlier = {one.file: one for one in _returns_of(before, "before", strict)}
        only = next(iter(earlier.values())) if len(earlier) == 1 else None
        returns = [replace(one, before=earlier.get(one.file, only)) for one in returns]
    return check(Loaded(returns, []), observed, stage=stage)


def _returns_of(frames: Mapping[str, Frame], name: str, strict: bool) -> list[Return]:
    if not isinstance(frames, Mapping) or not all(map(is_frame, frames.values())):
        example = "écrivez par exemple {'actions': tableau}"
        raise wrong(name, frames, "tableaux (DataFrame) par clé de feuille", example)
    return read_tables(frames, PST, strict)
