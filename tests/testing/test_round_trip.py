"""A drawn plan goes through xlsx, LibreOffice, pandas and Parquet, and comes back equal."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from support import office

from pst_excel.model.schema import Sheet
from pst_excel.pst import PST
from pst_excel.returns.frames import Batch, values_of
from pst_excel.returns.tables import Return
from pst_excel.testing import plans, read_back, some, wild, workbook_of

TABLES = [sheet for sheet in PST.tables if not sheet.program]


@cache
def drawn() -> dict[str, Return]:
    """Return sound plans and wild ones; of each strategy the last, since the first are small."""
    made = [*some(plans(), 4)[-2:], *some(wild(linked=True), 12)[-3:]]
    return {f"{at}.xlsx": one for at, one in enumerate(made)}


@cache
def written() -> dict[str, bytes]:
    return {name: workbook_of(one) for name, one in drawn().items()}


def contents(filled: Return) -> dict[str, Any]:
    """Return every cell of every sheet by key, and the institution's own lists."""
    own = {key: labels for key, labels in filled.lists.items() if labels}
    return {"lists": own} | {key: table.columns for key, table in filled.tables.items()}


def as_written(name: str) -> dict[str, Any]:
    """Return what a drawn plan holds; a workbook shows the common lists beside its own."""
    known = {v.key: v.labels for v in PST.vocabularies if v.local and v.labels}
    held = contents(drawn()[name])
    return held | {"lists": known | held["lists"]}


def places(filled: Return) -> dict[str, Any]:
    """Return where each row and column stands."""
    return {key: (table.rows, table.letters) for key, table in filled.tables.items()}


def test_a_plan_written_as_xlsx_is_read_back_equal() -> None:
    for name, data in written().items():
        back = read_back(data, name)
        assert contents(back) == as_written(name)
        assert back.readings == back.findings == []


def test_a_sound_plan_stands_where_its_workbook_has_it() -> None:
    for name, one in drawn().items():
        if one.file:
            assert places(read_back(written()[name])) == places(one)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What LibreOffice saves of all of them, started once for each format."""
    folder = tmp_path_factory.mktemp("saved")
    return office.recalculated(written(), folder, "fr-FR") | office.as_ods(
        written(), folder / "ods"
    )


@pytest.mark.libreoffice
@office.libreoffice
@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_a_plan_that_libreoffice_saves_is_read_back_equal(
    saved: dict[str, bytes], form: str
) -> None:
    for name in written():
        file = Path(name).with_suffix(f".{form}").name
        back = read_back(saved[file], file)
        assert contents(back) == as_written(name)
        assert back.readings == back.findings == []


def through_parquet(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame written as Parquet and read again; it counts days in thousandths of seconds."""
    buffer = io.BytesIO()
    frame.to_parquet(buffer, engine="pyarrow")
    buffer.seek(0)
    back = pd.read_parquet(buffer, engine="pyarrow")
    days = {name: kind for name, kind in frame.dtypes.items() if kind.kind == "M"}
    return back.astype(days)


def cells(frame: pd.DataFrame, sheet: Sheet) -> dict[str, list[Any]]:
    return {column.key: values_of(frame[column.key]) for column in sheet.inputs}


def test_the_frames_of_a_plan_pass_through_parquet_and_are_its_cells() -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: no Parquet is written")
    for one in drawn().values():
        frames = Batch([one], PST, one.identity("date_observation")).frames
        for sheet in TABLES:
            back = through_parquet(frames[sheet.key])
            pd.testing.assert_frame_equal(back, frames[sheet.key])
            assert cells(back, sheet) == one.tables[sheet.key].columns
