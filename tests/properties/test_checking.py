"""What holds of the findings of any returns, whatever people wrote in them."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from support import OBSERVED, opened

from pst_excel.checking.report import check
from pst_excel.excel.books.template import write_template
from pst_excel.model.findings import Finding, in_order
from pst_excel.model.words.stages import Stage
from pst_excel.pst import PST
from pst_excel.reading.reader import read_bytes
from pst_excel.reference.samples.selftest import selftest
from pst_excel.returns.tables import Return, Table
from pst_excel.testing import wild

FEW = settings(max_examples=5)


def found(*given_returns: Return) -> list[Finding]:
    return check(given_returns, PST, OBSERVED, stage=Stage.EVALUATION).findings


@FEW
@given(wild(PST))
def test_a_finding_points_at_a_cell_of_the_file_that_it_names(one: Return) -> None:
    data = write_template(one)
    book = opened(data)
    for f in found(read_bytes(data, "retour.xlsx", PST)):
        assert f.file == "retour.xlsx"
        letters, row = coordinate_from_string(f.cell)
        sheet = book[f.sheet]
        assert row <= sheet.max_row
        assert column_index_from_string(letters) <= sheet.max_column


@FEW
@given(st.lists(wild(PST), min_size=2, max_size=3))
def test_together_or_one_by_one_the_findings_are_the_same(drawn: list[Return]) -> None:
    named = [replace(one, file=f"{at}.xlsx") for at, one in enumerate(drawn)]
    together = found(*named)
    assert together == in_order(f for one in named for f in found(one))
    assert found(*reversed(named)) == together


def shuffled(table: Table, dice: random.Random) -> Table:
    order = list(range(len(table)))
    dice.shuffle(order)
    columns = {key: [values[at] for at in order] for key, values in table.columns.items()}
    return replace(table, columns=columns)


@settings(max_examples=6)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(dice: random.Random) -> None:
    now, before = selftest()
    tables = {key: shuffled(t, dice) if key != PST.form.key else t for key, t in now.tables.items()}
    mixed = replace(now, tables=tables, before=before)
    assert Counter(f.code for f in found(mixed)) == Counter(rule.code for rule in PST.rules)
