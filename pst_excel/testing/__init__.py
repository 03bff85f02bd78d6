"""Strategies of hypothesis for plans and returns, drawn from the declaration.

Whoever writes a program around the PST (an importer, a merge, a figure, a rule) tests it on plans
that nobody thought of. A new column is drawn like the others, a new rule is broken like the others.

What is drawn::

    plans        plans and returns of services in which nothing is blamed → Return
    wild         returns whose cells are each valid, whatever they say together → Return
    codes        the codes of which a fault can be drawn
    faulty       plans with one fault of a code, and where it stands → Fault
    each_fault   one such plan for every rule, checked together → list of Fault
    rounds       what was sent, what came back, the plan meanwhile → Round
    cells        what a cell of a column may hold
    tables       the rows of one sheet
    own_lists    the institution's own lists
    texts        texts that programs mistake for something else
    some         the first values of a strategy, the same each time

What is done with it::

    workbook_of  a return → the bytes of a real xlsx
    read_back    the bytes of a workbook → what the library reads in it
    edited       the bytes of a workbook, some cells typed by another program → its bytes
    findings_of  returns of one plan → what the check finds in each
    opened       a return → one to write in, by the gestures: put, added, copied, removed,
                 ordered, emptied, unread
    sent_back    such a return → what is read of it when it comes back

For instance, a figure of one's own never fails on a sound plan, and the check names a fault::

    @given(plans(max_rows=5))
    def test_my_figure_is_a_share(plan):
        assert 0 <= my_figure(plan) <= 1

    @given(faulty("R10a"))
    def test_the_fault_is_found_at_its_cell(fault):
        (found,) = findings_of([fault.filled])
        assert fault.among(found)

What a failure shows of a return is its filled cells. hypothesis and openpyxl come with the extra
`testing` of the package: nothing else of it needs them.
"""

from __future__ import annotations

try:
    import hypothesis as _hypothesis
    import openpyxl as _openpyxl
except ImportError as error:
    raise ImportError(
        f"pst_excel.testing demande {error.name} ; installez-le avec"
        " « pip install 'pst-excel[testing]' »",
        name=error.name,
    ) from error

from pst_excel.testing.checks import findings_of
from pst_excel.testing.faults import Fault, codes, each_fault, faulty
from pst_excel.testing.gestures import (
    added,
    copied,
    emptied,
    opened,
    ordered,
    put,
    removed,
    sent_back,
    unread,
)
from pst_excel.testing.plans import plans
from pst_excel.testing.rounds import Answer, Round, rounds
from pst_excel.testing.showing import shown, some
from pst_excel.testing.values import Lists, cells, own_lists, texts
from pst_excel.testing.wild import tables, wild
from pst_excel.testing.workbooks import edited, read_back, workbook_of

__all__ = [
    "Answer", "Fault", "Lists", "Round", "added", "cells", "codes", "copied", "each_fault",
    "edited", "emptied", "faulty", "findings_of", "opened", "ordered", "own_lists", "plans", "put",
    "read_back", "removed", "rounds", "sent_back", "shown", "some", "tables", "texts", "unread",
    "wild", "workbook_of",
]  # fmt: skip

del _hypothesis, _openpyxl
