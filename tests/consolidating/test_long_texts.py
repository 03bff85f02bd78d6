"""A text that no cell can hold stays whole from the return to the data; where it is cut is said."""

from __future__ import annotations

import json
from typing import Any

import pytest
from support import OBSERVED, cells, of_code, read, workbook
from support.consolidated import PLAN, actions, sent_by
from support.hostile import rewritten
from support.updated import NAME

from pst_excel.cells.long_texts import fits, in_a_cell
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.consolidating.json_data import write as as_json
from pst_excel.consolidating.ledgers import DATA, conflicts_in, data_of
from pst_excel.excel.books.consolidated import write
from pst_excel.merging.conflicts import Conflict, Side
from pst_excel.model.words.titles import CONFLITS
from pst_excel.pst import PST
from pst_excel.returns.tables import Return
from pst_excel.updating.update import updated

LONG = "Début " + "é" * 60_000 + " fin"
SIGN = "TEXTE-LONG"
FILE = "PST_Travaux.xlsx"


def sent_back(text: str = LONG) -> Return:
    """Return a return whose one action has this description, as another program than Excel wrote."""
    row = actions(f"1.1.1 | Planter | {SIGN}", keys="code | intitule | description")
    return read(rewritten(workbook(sent_by("Travaux") + PLAN + row), SIGN, text), FILE)


def described(plan: Consolidation) -> Any:
    """Return the description of the action in the data."""
    (action,) = json.loads(as_json(plan))["tables"]["actions"]
    return action["description"]


@pytest.fixture(scope="module")
def first() -> Consolidation:
    return consolidate([sent_back()], PST, OBSERVED)


@pytest.fixture(scope="module")
def data(first: Consolidation) -> bytes:
    return write(first)


def test_a_return_says_that_its_text_is_too_long() -> None:
    returned = sent_back()
    assert returned.tables["actions"].columns["description"] == [LONG]
    (finding,) = of_code(returned.findings, "V11")
    cell = returned.tables["actions"].cell("description", 5)
    assert (finding.cell, finding.read) == (cell, "60\u202f010 caractères")
    (entry,) = [r for r in returned.layout if r.rule == "texte plus long qu’une cellule"]
    assert entry.cell == cell


def test_the_plan_holds_it_whole_and_says_where_its_workbook_cuts_it(
    first: Consolidation, data: bytes
) -> None:
    assert described(first) == LONG
    cell = first.merged.tables["actions"].cell("description", 5)
    assert cells(data, "Actions")[cell] == in_a_cell(LONG)
    mine, theirs = of_code(first.report.findings, "V11")
    assert (mine.file, mine.cell, theirs.file) == (first.merged.file, cell, FILE)
    assert f"{FILE} · Actions!" in mine.remedy


@pytest.mark.parametrize("again", ["same", "cut by Excel", "other end", "gone"])
def test_the_next_round_does_not_take_what_was_cut_for_a_change(
    again: str, first: Consolidation, data: bytes
) -> None:
    other = LONG.removesuffix("fin") + "autre fin"
    text = {"same": LONG, "cut by Excel": LONG[:32_767], "other end": other, "gone": LONG}[again]
    previous = read(data, NAME)
    assert of_code(previous.findings, "V11")
    returns = [] if again == "gone" else [sent_back(text)]
    plan = consolidate(returns, PST, OBSERVED, previous=previous)
    assert [c.name for c in plan.conflicts] == []
    shown = in_a_cell(other if again == "other end" else LONG)
    whole = {"same": LONG, "other end": other}.get(again, shown)
    assert described(plan) == whole
    if again == "same":
        result = updated(data, previous, plan)
        assert result.in_place, result.reason
        cell = plan.merged.tables["actions"].cell("description", 5)
        assert cells(result.data, "Actions")[cell] == shown
    (finding, *_) = of_code(plan.report.findings, "V11")
    assert FILE in finding.remedy


def test_what_is_to_be_decided_is_kept_whole_in_pieces_that_cells_hold() -> None:
    long = "😀é" * 40_000
    sides = Side("", "court", "", "court"), Side("Travaux", long, FILE, long)
    conflict = Conflict("Actions", "a1", "1.1.1", "Description", sides[0], sides[1:], key="actions")
    pieces = data_of(conflict)
    assert all(map(fits, pieces))
    line = {f"{DATA} {n}": piece for n, piece in enumerate(pieces, start=1)}
    kept = Return("", "", PST, {}, {}, ledgers={CONFLITS: (line,)})
    assert conflicts_in(kept) == [conflict]
