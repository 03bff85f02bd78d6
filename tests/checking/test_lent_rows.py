"""A service is not blamed for rows that it was only lent, and they are not counted as its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support import OBSERVED, with_table
from support.lent_rows import FIRST, TOWN, sent

from pst_excel.checking.report import check
from pst_excel.model.schema import PARTNER
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of

FAULTS = {
    "a blank": ("| Travaux | En cours | 40", "| Travaux | | 40"),
    "a value out of bounds": ("| 40", "| 140"),
    "a value that is not in the list": ("En cours", "Presque"),
    "a text that is not understood": ("| 40", "| bientôt"),
    "a rule": ("En cours | 40", "Terminé | 40"),
}


def rows(own: Callable[[str], str]) -> str:
    """Return two actions, the first one's own and the second lent, changed alike."""
    keys = "code | code_oo | intitule | service_pilote | statut | avancement | role"
    one = own("1.1.1 | 1.1 | Boucher un trou | Travaux | En cours | 40") + " | "
    return f"\nActions\n{keys}\n{one}\n{one.replace('1.1.1', '1.1.2')}{PARTNER}\n"


@pytest.mark.parametrize(("old", "new"), FAULTS.values(), ids=FAULTS)
def test_a_lent_row_is_not_blamed_for_what_its_reader_cannot_mend(old: str, new: str) -> None:
    faulty, sound = (
        with_table(return_of(TOWN + text, PST), "actions", new_rows=frozenset())
        for text in (rows(lambda text: text.replace(old, new)), rows(str))
    )
    found = check([faulty], PST, OBSERVED).findings
    before = {(f.code, f.cell) for f in check([sound], PST, OBSERVED).findings}

    assert {f.row for f in found if f.sheet == "Actions"} == {FIRST}
    assert {(f.code, f.cell) for f in found} - before


def test_only_the_rows_of_the_service_are_counted() -> None:
    filled = with_table(return_of(TOWN + rows(str), PST), "actions", new_rows=frozenset())
    alone = return_of(TOWN + rows(str).rsplit("1.1.2", 1)[0], PST)
    report, expected = check([filled], PST, OBSERVED), check([alone], PST, OBSERVED)

    assert report.rows["Actions"] == 1
    assert (report.rows, report.clean) == (expected.rows, expected.clean)


def test_a_workbook_that_was_sent_has_no_finding_of_its_own_making() -> None:
    for filled in sent():
        assert not [
            f for f in check([filled], PST, OBSERVED).findings if f.code.startswith(("S", "R01"))
        ]
