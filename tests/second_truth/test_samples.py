"""On the samples and on small plans, the whole chain: what SQL finds in the cells that were written."""

from __future__ import annotations

import pytest
from support import SAMPLES, office
from support.small_plan import NAMES, NOT_UNDERSTOOD, SHARES, SMALL, TOWN

from pst_excel.pst import PST
from pst_excel.reading.reader import read_bytes
from second_truth.laws import broken
from second_truth.program import day_of, differences, said, second
from second_truth.raw import of_workbook
from second_truth.truth import truths
from second_truth.written import boards

WRITTEN = {
    "sample": office.sample_book,
    "small": lambda: office.consolidated(SMALL),
    "not understood": lambda: office.consolidated(NOT_UNDERSTOOD),
    "shares": lambda: office.consolidated(SHARES),
    "names": lambda: office.consolidated(NAMES),
    "no row": lambda: office.consolidated(TOWN),
    **{path.name: path.read_bytes for path in sorted((SAMPLES / "institutions").iterdir())},
}


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_written_is_what_is_counted(name: str) -> None:
    book = WRITTEN[name]()
    plan = read_bytes(book, name, PST)
    (mine,) = said([plan])

    (cells,) = truths([of_workbook(book, PST, day_of(plan))])
    assert differences(mine, cells) == []
    assert differences(mine, *second([plan])) == []
    assert differences(boards(book), cells) == []
    assert broken(mine) == []
