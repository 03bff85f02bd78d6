"""What LibreOffice saves of a workbook is read as what it opened, and its lists show the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from support import CLEAN, OBSERVED, SAMPLES, office, read, workbook

from pst_excel.distributing.prepare import prepare
from pst_excel.excel.books.template import write_template
from pst_excel.model.words.keys import SHOWN_CODE
from pst_excel.model.words.kinds import Where
from pst_excel.pst import PST
from pst_excel.reference.samples import content
from pst_excel.returns.frames import Batch
from pst_excel.returns.tables import Return

SCRATCH = "Essai"
LISTED = ("os", "oo", "actions")
RETURNED = SAMPLES / "retours" / "PST_Valbruyere_culture.xlsx"
ADDED = 'Un titre ; « dit »,\net "bref"'


@cache
def sent() -> dict[str, bytes]:
    """Return the workbooks that LibreOffice opens and saves: filled, returned, about to be sent."""
    envelope, *_ = prepare(content.whole(content.MAIN), due=OBSERVED).workbooks
    return {
        "clean.xlsx": workbook(CLEAN),
        "returned.xlsx": RETURNED.read_bytes(),
        "prepared.xlsx": write_template(envelope.content),
    }


def listed(data: bytes) -> bytes:
    """Return a workbook with a row more in each sheet, and what the lists hold in scratch cells."""
    filled = read(data)

    def add(book: Any) -> None:
        scratch = book.create_sheet(SCRATCH)
        for column, key in enumerate(LISTED, start=1):
            letters, rows = filled.tables[key].letters, filled.tables[key].rows
            sheet = book[filled.tables[key].title]
            sheet[f"{letters['code']}{rows[-1] + 1}"] = "9.9"
            sheet[f"{letters['intitule']}{rows[-1] + 1}"] = ADDED
            scratch.cell(1, column).value = f"=ROWS(Choix_{key})"
            for row in range(1, len(rows) + 2):
                scratch.cell(1 + row, column).value = f"=INDEX(Choix_{key},{row})"

    return office.edited(data, add)


@cache
def longer() -> dict[str, bytes]:
    """Return the workbooks sent, each a row longer."""
    return {name: listed(data) for name, data in sent().items()}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What LibreOffice saves: the workbooks sent in its own format, those a row longer in Excel's."""
    folder = tmp_path_factory.mktemp("saved")
    return office.recalculated(longer(), folder, "fr-FR") | office.as_ods(sent(), folder / "ods")


def as_read(filled: Return) -> tuple[Any, ...]:
    """Return all that was read of a workbook: where each thing stands, what was noted of it."""
    return filled.tables, filled.lists, filled.readings, filled.findings, filled.foreign


@pytest.mark.libreoffice
@office.libreoffice
@pytest.mark.parametrize(("opened", "form"), [(sent, "ods"), (longer, "xlsx")])
def test_what_libreoffice_saves_is_read_as_what_it_opened(
    saved: dict[str, bytes], opened: Callable[[], dict[str, bytes]], form: str
) -> None:
    for name, data in opened().items():
        again = read(saved[Path(name).with_suffix(f".{form}").name])
        assert as_read(again) == as_read(read(data))


@pytest.mark.libreoffice
@office.libreoffice
def test_the_lists_show_the_rows_filled_and_those_that_are_added(saved: dict[str, bytes]) -> None:
    for name, data in sent().items():
        filled = read(data)
        frames = Batch([filled], PST, filled.identity("date_observation"), Where.RETURN).frames
        values = office.values(saved[name])
        for column, key in zip("ABC", LISTED, strict=True):
            texts = [*frames[key][SHOWN_CODE], '9.9 · Un titre , « dit », et "bref"']
            assert values[SCRATCH, f"{column}1"] == len(texts)
            assert [values[SCRATCH, f"{column}{at}"] for at in range(2, len(texts) + 2)] == texts
