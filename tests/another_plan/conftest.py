"""The inventory of a school on its way: shared out, sent back, checked, united, each made once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from openpyxl.workbook import Workbook
from support import column_of, damaged, read, workbook
from support.another_plan import DUE, PLAN
from support.schools.inventory import INVENTORY, OBSERVED

from pst_excel.checking.report import Report, check
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.distributing.prepare import Preparation, prepare
from pst_excel.excel.books import consolidated as whole_book
from pst_excel.excel.books.template import write_template
from pst_excel.returns.tables import Return


@pytest.fixture(scope="session")
def inventory() -> Return:
    """The whole plan, read from a workbook."""
    return read(workbook(INVENTORY, PLAN), "inventaire.xlsx", PLAN)


@pytest.fixture(scope="session")
def prepared(inventory: Return) -> Preparation:
    """What the networks receive."""
    return prepare(inventory, due=DUE)


def _filled(data: bytes, changes: dict[tuple[int, str], Any]) -> bytes:
    """Fill cells of the sheet of works: by row, and by the heading of the column."""

    def fill(book: Workbook) -> None:
        for (row, label), value in changes.items():
            book["Travaux"].cell(row, column_of(data, "Travaux", label)).value = value

    return damaged(data, fill)


@pytest.fixture(scope="session")
def sent_back(prepared: Preparation) -> dict[str, bytes]:
    """The workbooks as the networks send them back: Nord has made a mistake, and a new row."""
    north, south = (write_template(envelope.content) for envelope in prepared.workbooks)
    new = {"Repère": "T4", "Où": "SA1", "Quoi": "Peindre les murs", "Mené par": "Nord",
           "Situation": "souhaité", "Voulu pour": dt.date(2027, 8, 1)}  # fmt: skip
    return {
        "nord.xlsx": _filled(
            north,
            {(5, "Situation"): "Livrré", (5, "Fait"): 80, (6, "Situation"): "En rêve"}
            | {(7, label): value for label, value in new.items()},
        ),
        "sud.xlsx": _filled(south, {(5, "Coût"): 2500}),
    }


@pytest.fixture(scope="session")
def returns(sent_back: dict[str, bytes]) -> list[Return]:
    """The returns of the networks, read."""
    return [read(data, name, PLAN) for name, data in sent_back.items()]


@pytest.fixture(scope="session")
def report(returns: list[Return]) -> Report:
    """What is found in the returns."""
    return check(returns, PLAN, OBSERVED)


@pytest.fixture(scope="session")
def united(inventory: Return, returns: list[Return]) -> Consolidation:
    """The returns and the plan from which they were made, as one plan."""
    return consolidate([inventory, *returns], PLAN, OBSERVED)


@pytest.fixture(scope="session")
def book(united: Consolidation) -> bytes:
    """The consolidated workbook."""
    return whole_book.write(united)
