"""The sheet Retours says what is remarked of the files, each remark once."""

from __future__ import annotations

from support import opened
from support.consolidated import PLAN, sent_by, united

from pst_excel.excel.books.consolidated import write
from pst_excel.model.words.titles import RETOURS


def test_a_remark_on_two_files_stands_at_the_first_that_it_names_alone() -> None:
    actions = "\nActions\ncode | code_oo | intitule | service_pilote\n1.1.1 | 1.1 | {} | Travaux\n"
    result = united(*(sent_by("Travaux") + PLAN + actions.format(words) for words in ("A", "B")))
    (remark,) = result.account.remarks
    rows = list(opened(write(result))[RETOURS].iter_rows(min_row=4, values_only=True))
    file, note = rows[0].index("Fichier"), rows[0].index("Remarque")
    (said,) = (row for row in rows[1:] if row[0] == "reçu" and row[note])
    assert said[note] == f"{remark}."
    assert remark.startswith(str(said[file]))
