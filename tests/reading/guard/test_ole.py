"""An xls whose sectors never end is damage, and is not followed for ever."""

from __future__ import annotations

import pytest
from support.guarded import refusal
from support.hostile import ole

from pst_excel.reading.guard import inspection as guard


@pytest.mark.parametrize("following", [(0,), (1, 2, 0), (5, 5, 5, 5, 5, 3)])
def test_an_xls_whose_sectors_never_end_is_damaged(following: tuple[int, ...]) -> None:
    assert "endommagé" in refusal(ole("Workbook", following=following))
    assert guard.inspect(ole("Workbook", following=(1, 2, 7))).kind == "xls"
