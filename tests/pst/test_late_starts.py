"""What is late to start is said in one way: the mark of the column, the tile, the finding."""

from __future__ import annotations

from support import OBSERVED, of_code, office, verdict

from pst_excel.checking.report import check
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.reading.reader import read_bytes
from pst_excel.reference.samples import content
from pst_excel.returns.frames import Batch
from pst_excel.returns.tables import Return

LATE = """
Actions
code | intitule | type_action | statut       | debut_prevu | echeance   | debut_effectif
1    | Un       | PST         | Non commencé | 30/10/2026  | 31/12/2027 |
2    | Deux     |             | Non commencé | 30/10/2026  | 01/01/2026 |
3    | Trois    | PST         | Non commencé | 31/10/2026  | 31/12/2027 |
4    | Quatre   | PST         | En cours     | 30/10/2026  | 31/12/2027 |
5    | Cinq     | PST         | En attente   | 30/10/2026  | 31/12/2027 |
6    | Six      | PST         | Abandonné    | 30/10/2026  | 31/12/2027 |
7    | Sept     | PST         |              | 30/10/2026  | 31/12/2027 |
8    | Huit     | PST         | Non commencé | 30/10/2026  | 31/12/2027 | 30/10/2026
9    | Neuf     | Pérenne     | Non commencé | 30/10/2026  | 31/12/2027 |
10   | Dix      | PST         | Non commencé |             | 31/12/2027 |
"""


def marked(plan: Return) -> float:
    """Return how many actions the column marks."""
    return float(Batch([plan], PST, OBSERVED).counted["actions"]["retard_demarrage"].sum())


def test_a_project_not_begun_after_its_planned_start_is_late_to_start_due_or_not() -> None:
    # 2 is past its due date as well: it is both.
    late = of_code(verdict(LATE).findings, "R10b")
    assert [finding.element for finding in late] == ["1", "2"]
    assert marked(return_of(LATE, PST)) == 2


def test_the_demonstration_marks_as_many_starts_as_it_has_findings() -> None:
    plan = read_bytes(office.sample_book(), "PST_consolide.xlsx", PST)
    report = check([plan], PST, content.OBSERVED)
    late = of_code(report.findings, "R10b")
    assert len(late) == marked(plan) > 0
