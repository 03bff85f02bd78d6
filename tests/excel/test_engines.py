"""What two more spreadsheet engines calculate is what pandas counted, before and after an edit.

The values are those that the program had put in each workbook: LibreOffice is asked for them in
test_recalculation. What no engine knows is named here with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from support import CLEAN, SAMPLES, engines, office, workbook
from support.books import BOOKS, book, edited, evaluated, said
from support.engines import FORMUALIZER, FORMUALIZER_BY_CELLS, IRONCALC, Engine
from support.office import Cells
from support.small_plan import EDITS, NOT_UNDERSTOOD, SMALL, Change

from pst_excel.api.outputs import as_bytes
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.distributing.prepare import prepare
from pst_excel.excel.books.template import write_template
from pst_excel.model.schema import HEADING_ROW
from pst_excel.pst import PST
from pst_excel.pst.vocabularies import SERVICES
from pst_excel.reading.examples import return_of
from pst_excel.reading.reader import read_bytes
from pst_excel.reference.samples import content
from pst_excel.reference.samples.selftest import selftest
from pst_excel.reference.samples.workbooks import template
from pst_excel.returns.tables import Return
from pst_excel.testing import wild

Load = Callable[[Path], Engine]
OF_THE_WHOLE = pytest.mark.parametrize("engine", [IRONCALC, FORMUALIZER])
OF_A_RETURN = pytest.mark.parametrize("engine", [IRONCALC, FORMUALIZER_BY_CELLS])


@cache
def held(data: bytes) -> tuple[dict[tuple[str, str], str], Cells]:
    """Return the formulas of a workbook and the values that it holds."""
    return office.formulas(data), engines.expected(office.values(data))


def differing(engine: Load, data: bytes) -> list[str]:
    """Return the formulas of a workbook to which an engine gives another value than it holds."""
    formulas, values = held(data)
    assert formulas
    return office.differences(
        formulas, values, engines.found(engines.opened(engine, data), formulas)
    )


def after(engine: Load, before: bytes, now: bytes, common: set[Any], cells: Cells) -> list[str]:
    """Return what differs once an engine, which had calculated, is given what somebody typed."""
    places = dict.fromkeys(sorted(common))
    model = engines.opened(engine, before)
    old = engines.found(model, places)
    for (sheet, cell), value in engines.typed(before, now).items():
        model.put(sheet, cell, value)
    model.calculate()
    found = engines.found(model, places)
    assert office.differences(places, old, found), "an edit that proves nothing"
    return office.differences(places, engines.expected(cells), found)


@OF_THE_WHOLE
@pytest.mark.parametrize("name", BOOKS)
def test_each_engine_gives_every_formula_the_value_that_pandas_gave(
    name: str, engine: Load
) -> None:
    found = differing(engine, book(name))
    assert not found, said(found)


@OF_THE_WHOLE
@pytest.mark.parametrize("name", EDITS)
def test_after_an_edit_each_engine_gives_what_pandas_gives_for_the_edited_plan(
    name: str, engine: Load
) -> None:
    common, cells = evaluated(name)
    found = after(engine, book("small"), edited(name), set(common), cells)
    assert not found, said(found)
    assert len(common) >= 1000


@OF_THE_WHOLE
@settings(max_examples=2)
@given(wild(PST, linked=True))
def test_each_engine_gives_what_pandas_gives_for_any_plan(engine: Load, plan: Return) -> None:
    found = differing(engine, as_bytes(consolidate([plan], PST, content.OBSERVED), ".xlsx"))
    assert not found, said(found)


def _template() -> bytes:
    ((_, data),) = template()
    return data


def _filled(service: str) -> bytes:
    """Return a sample return as the program writes it: what people typed may be read otherwise."""
    path = SAMPLES / "retours" / f"PST_Valbruyere_{service}.xlsx"
    return write_template(read_bytes(path.read_bytes(), path.name, PST))


def _sent_to_a_service() -> bytes:
    envelope, *_ = prepare(content.whole(content.MAIN), due=content.OBSERVED).workbooks
    return write_template(envelope.content)


RETURNS: dict[str, Callable[[], bytes]] = {
    "template": _template,
    "sent": _sent_to_a_service,
    "clean": lambda: workbook(CLEAN),
    "every fault": lambda: write_template(selftest(PST.rules)[0]),
    "small": lambda: write_template(return_of(SMALL, PST)),
    "not understood": lambda: write_template(return_of(NOT_UNDERSTOOD, PST)),
    **{service: partial(_filled, service) for service in ("finances", "jeunesse", "travaux")},
}
"""Workbooks of services, blank, filled, sent, with every fault that a cell can show."""


@OF_A_RETURN
@pytest.mark.parametrize("name", RETURNS)
def test_each_engine_gives_the_live_cells_of_a_service_what_pandas_gave(
    name: str, engine: Load
) -> None:
    found = differing(engine, RETURNS[name]())
    assert not found, said(found)


@OF_A_RETURN
@settings(max_examples=1)
@given(wild(PST, linked=True))
def test_each_engine_gives_the_live_cells_of_any_return_what_pandas_gives(
    engine: Load, plan: Return
) -> None:
    found = differing(engine, write_template(plan))
    assert not found, said(found)


def _listed_after_a_gap(book: Any) -> None:
    """Add a service to the list, a line left blank before it."""
    lists = book["Listes"]
    column = next(c.column for c in lists[HEADING_ROW] if c.value == SERVICES.label)
    last = max(row for row in range(HEADING_ROW + 1, 60) if lists.cell(row, column).value)
    lists.cell(last + 2, column).value = "Un service nouveau"


TYPED: dict[str, tuple[Callable[[Any], None], ...]] = {
    "cleared": (Change("Actions", "1.1.1", {"intitule": None, "statut": None}),),
    "in doubt": (Change("Actions", "1.1.1", {"avancement": 140, "statut": "Terminé"}),),
    "of no list": (Change("Actions", "1.1.1", {"service_pilote": "Un service nouveau"}),),
    "added to the list after a gap": (
        _listed_after_a_gap,
        Change("Actions", "1.1.1", {"service_pilote": "Un service nouveau", "avancement": None}),
    ),
    "a row more": (
        Change(
            "Actions", "1.1.2", {"code_oo": "1.1", "intitule": "Nouvelle", "statut": "En cours"}
        ),
    ),
    "a row with one thing to doubt": (Change("Dérogations", "R01", {"motif": "Convenu"}),),
    "a title": (Change("OO", "1.1", {"intitule": "Été ; « neuf »"}),),
}


@cache
def typed(name: str) -> bytes:
    """Return the clean workbook after somebody typed in it."""

    def change(workbook: Any) -> None:
        for one in TYPED[name]:
            one(workbook)

    return office.edited(workbook(CLEAN), change)


@OF_A_RETURN
@pytest.mark.parametrize("name", TYPED)
def test_as_somebody_types_each_engine_gives_the_live_cells_what_pandas_gives(
    name: str, engine: Load
) -> None:
    before, now = workbook(CLEAN), typed(name)
    again = write_template(read_bytes(now, "retour.xlsx", PST))
    common = office.formulas(again).keys() & office.formulas(now).keys()
    found = after(engine, before, now, common, office.values(again))
    assert not found, said(found)
    assert len(common) >= 400


@pytest.mark.xfail(
    reason="Formualizer 0.13 reads no table of a file, so no T_Actions[[#This Row],…]"
)
@pytest.mark.parametrize("engine", [FORMUALIZER])
def test_formualizer_knows_the_row_of_a_table(engine: Load) -> None:
    found = differing(engine, workbook(CLEAN))
    assert not found, said(found)


@pytest.mark.parametrize("make", [RETURNS["clean"], lambda: book("small")], ids=["return", "whole"])
def test_a_name_that_is_calculated_gives_a_drop_down_list_its_length_and_no_cell_its_value(
    make: Callable[[], bytes],
) -> None:
    """IronCalc knows no `A5:INDEX(…)`, others no name but a range; no engine looks at drop-downs.

    How far a list goes is known by no simpler formula: the approximate MATCH of the last filled
    cell is answered in three ways, and a count stops short where a line was left blank.
    """
    data = make()
    with office.opened(data) as written:
        calculated = {n for n, one in written.defined_names.items() if "(" in one.attr_text}
        shown = " ".join(
            rule.formula1
            for sheet in written
            for rule in sheet.data_validations.dataValidation
            if rule.type == "list"
        )
    used = {word for text in office.formulas(data).values() for word in re.findall(r"\w+", text)}
    assert calculated
    assert not calculated & used
    assert calculated & set(re.findall(r"\w+", shown))
