"""A workbook of an older template of another plan is read and made new."""

from __future__ import annotations

import re

from support import read, workbook
from support.another_plan import PLAN
from support.schools.inventory import INVENTORY, OBSERVED
from support.schools.plan import earlier

from pst_excel.checking.report import check
from pst_excel.model.words.roles import Role
from pst_excel.returns.tables import Return
from pst_excel.upgrading.changes import ChangeKind
from pst_excel.upgrading.old_layout import look
from pst_excel.upgrading.upgrade import upgrade
from pst_excel.upgrading.workbook import write_modernised


def structure(filled: Return) -> list[tuple[str, str]]:
    """Return what is wrong in the structure of a workbook: which message, in which sheet."""
    found = check([filled], PLAN, OBSERVED).findings
    return [(f.code, f.sheet) for f in found if f.code.startswith("S")]


def test_a_workbook_of_an_older_template_is_read_and_made_new() -> None:
    old = earlier()
    assert "chauffage" not in old["batiments"]
    text = re.sub(r" \|(?: chauffage| Gaz| Bois|)$", "", INVENTORY, flags=re.MULTILINE)
    data = workbook(text.replace("ecole     |", "gabarit   | 1\necole     |"), old)
    filled = read(data, "ancien.xlsx", PLAN)
    assert structure(filled) == [("S06", "Fiche")]  # and nothing of a column that it cannot have
    source = look(data)
    upgraded = upgrade(filled, source)
    assert (upgraded.needed, upgraded.before) == (True, "1")
    added = [c for c in upgraded.changes if c.kind is ChangeKind.ADDED]
    assert [(c.sheet, c.element, c.after) for c in added] == [
        ("Bâtiments", "« Chauffage »", "nouveau dans le modèle 2")
    ]
    made, changes = write_modernised(upgraded, data, source)
    assert added == [c for c in changes if c.kind is ChangeKind.ADDED]
    again = read(made, "nouveau.xlsx", PLAN)
    assert again.identity(Role.VERSION) == "2"
    assert structure(again) == []
    for key in ("batiments", "locaux", "travaux"):
        assert again.tables[key].columns == filled.tables[key].columns
