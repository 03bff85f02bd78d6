"""Contrôles of the whole plan names each row in words, as people know it."""

from __future__ import annotations

from support import opened
from support.office import sample, sample_book

from pst_excel.checking.grouping import gathered


def test_each_line_of_the_controls_says_its_row_in_words() -> None:
    sheet = opened(sample_book())["Contrôles"]
    _, _, _, head, *rows = sheet.iter_rows(values_only=True)
    lines = [dict(zip(head, row, strict=True)) for row in rows]
    report = sample().report
    found = [*gathered(report.findings), *report.waived]
    assert [line["Élément"] or "" for line in lines] == [finding.record for finding in found]
    named = {f.element: f.record for f in found if f.element and f.sheet == "Actions"}
    assert {record.partition(" · ")[0] for record in named.values()} == {
        f"action {code}" for code in named
    }
    assert any(" · " in record for record in named.values())
