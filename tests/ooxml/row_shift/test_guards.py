"""What rows that move would cut is refused before anything is changed."""

from __future__ import annotations

import re

import pytest
from support.ooxml import torture_parts as texts
from support.ooxml.moved_rows import ORIGINAL, moved
from support.ooxml.rows_book import BOOK, OTHER, Told
from support.ooxml.torture import Parts

from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.workbook import Workbook

REFUSED: list[tuple[str, int, int, str]] = [
    ("Plan", 13, 1, "formule matricielle J12:J14"),
    ("Plan", 13, -1, "formule matricielle J12:J14"),
    ("Plan", 3, -1, "le tableau « tPlan »"),
    ("Plan", 9, -1, "le tableau « tPlan »"),
    ("Plan", 4, -5, "le tableau « tPlan »"),
    ("Plan", 1, -20, "le tableau « tPlan »"),
    ("Plan", 7, -1, "un scénario change F7"),
    ("Plan", 6, 1_048_566, "sortirait de la feuille"),
]


@pytest.mark.parametrize(("title", "first", "count", "why"), REFUSED)
def test_what_would_be_cut_is_refused_and_nothing_is_changed(
    title: str, first: int, count: int, why: str
) -> None:
    book = Workbook(ORIGINAL)
    move = book[title].insert_rows if count > 0 else book[title].remove_rows
    with pytest.raises(Refused, match=re.escape(why)):
        move(first, abs(count))
    assert book.to_bytes() == ORIGINAL


READ, READ_THERE = 'ref="F3:F8" sheet="Plan"', 'ref="A20:B21" sheet="L\'été 26"'


def pivoted(read: str = READ) -> bytes:
    """Return a workbook with a pivot table on D6:E9, below a page field, that reads an area."""
    parts = Parts(ORIGINAL)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.pivot"
    held = f"""<pivotCacheDefinition {texts.NAMES}><cacheSource type="worksheet">\
<worksheetSource {read}/></cacheSource><cacheFields count="0"/>\
</pivotCacheDefinition>"""
    stands = f"""<pivotTableDefinition {texts.NAMES} name="TCD" cacheId="1"><location ref="D6:E9" \
firstHeaderRow="1" firstDataRow="1" firstDataCol="1" rowPageCount="1"/></pivotTableDefinition>"""
    parts.add(BOOK, "pivotCacheDefinition", "xl/pivotCache/pivotCacheDefinition1.xml", held,
              f"{kind}CacheDefinition+xml")  # fmt: skip
    parts.add(OTHER, "pivotTable", "xl/pivotTables/pivotTable1.xml", stands, f"{kind}Table+xml")
    return parts.zipped(strict=False, prefixed=False)


def test_a_pivot_table_follows_and_so_does_what_it_sums_up() -> None:
    told = Told(moved(3, 2, pivoted(), "L'été 26"))
    assert told.all("xl/pivotTables/pivotTable1.xml", "location", "ref") == ["D8:E11"]
    told = Told(moved(5, 1, pivoted()))
    assert told.all("xl/pivotCache/pivotCacheDefinition1.xml", "worksheetSource", "ref") == [
        "F3:F9"
    ]


@pytest.mark.parametrize(("first", "count"), [(7, 1), (6, 1), (5, 1), (9, -1), (1, -9), (4, -1)])
def test_a_pivot_table_is_not_cut(first: int, count: int) -> None:
    with pytest.raises(Refused, match="tableau croisé dynamique occupe D4:E9"):
        moved(first, count, pivoted(), "L'été 26")


def test_what_a_pivot_table_sums_up_is_not_removed_whole() -> None:
    with pytest.raises(Refused, match="tableau croisé dynamique lit A20:B21"):
        moved(20, -2, pivoted(READ_THERE), "L'été 26")
