"""Two states of the inventory of a school are compared in its own words, without those of a PST."""

from __future__ import annotations

import json

from support import read, with_table
from support.another_plan import PLAN, foreign, texts_of

from pst_excel.api.outputs import as_bytes
from pst_excel.excel.books.template import write_template
from pst_excel.returns.tables import Return
from pst_excel.tracing.versions import versions


def test_the_changes_of_another_plan_speak_no_word_of_the_pst(inventory: Return) -> None:
    main = PLAN.main
    table = inventory.tables[main.key]
    names = [f"{name} encore" for name in table.columns[main.named_by]]
    after = with_table(inventory, main.key, columns=table.columns | {main.named_by: names})
    after = read(write_template(after), "après.xlsx", PLAN)

    found = versions(inventory, after)
    told = json.loads(as_bytes(found, ".json"))

    assert [change.after.value for change in found.changes] == names
    assert told["comptes"] == {"changée": len(names)}
    assert all(change.name.startswith("Chantier ") for change in found.changes)
    assert foreign(texts_of(as_bytes(found, ".xlsx"))) == set()
