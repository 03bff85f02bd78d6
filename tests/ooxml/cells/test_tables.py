"""Tables, as their parts tell them."""

from __future__ import annotations

from typing import Any

import pytest
from support.ooxml.table_book import Opened, actions

from pst_excel.ooxml.cells.tables import NOTHING
from pst_excel.ooxml.references.addresses import Area

SHAPES: list[tuple[dict[str, Any], str, str, str]] = [
    ({}, "B2:E5", "B2:E2", "B3:E5"),
    ({"totals": True}, "B2:E6", "B2:E2", "B3:E5"),
    ({"headings": False}, "B2:E4", "", "B2:E4"),
    ({"rows": 1}, "B2:E3", "B2:E2", "B3:E3"),
]


@pytest.mark.parametrize(("how", "area", "headings", "data"), SHAPES)
def test_a_table_tells_its_parts(how: dict[str, Any], area: str, headings: str, data: str) -> None:
    table = Opened(actions(**how)).table
    assert (table.name, table.display_name) == ("tActions", "tActions")
    assert table.columns == ["Code", "Montant", "Double", "Échéance"]
    assert (str(table.area), str(table.data)) == (area, data)
    assert table.headings == (Area.of(headings) if headings else NOTHING)
    assert table.totals is how.get("totals", False)
