"""Columns of people's own, named or not, twice or beside the table, in today's template."""

from __future__ import annotations

from typing import Any

import pytest
from support import damaged, read
from support.good import GOOD, content
from support.modernised import modernised
from support.old_orders import ORDERS, laid_out

from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.kinds import Where
from pst_excel.model.words.wording import column_letter
from pst_excel.pst import PST
from pst_excel.returns.tables import geometry
from pst_excel.text.errors import UsageError
from pst_excel.upgrading.changes import ChangeKind
from pst_excel.upgrading.old_layout import refuse

COUNT = len(geometry(PST["actions"], where=Where.RETURN))
FREE, OUT = column_letter(COUNT), column_letter(COUNT + 3)
HEAD, ROW = HEADING_ROW, HEADING_ROW + 1


@pytest.mark.parametrize(
    ("cells", "name", "value"),
    [
        ({f"{FREE}{ROW}": "D-12"}, "Colonne libre 1", "D-12"),
        ({f"{FREE}{HEAD}": None, f"{FREE}{ROW}": "D-12"}, f"Colonne {FREE}", "D-12"),
        ({f"{FREE}{HEAD}": "N° de dossier"}, "N° de dossier", ""),
        ({f"{OUT}{HEAD}": "Statut", f"{OUT}{ROW}": "Terminé"}, f"Statut ({OUT})", "Terminé"),
        ({f"{OUT}{HEAD}": "Quartier", f"{OUT}{ROW}": "Nord"}, "Quartier", "Nord"),
    ],
)
def test_it_stands_in_the_table_under_its_name_with_two_free_columns_beside(
    cells: dict[str, Any], name: str, value: str
) -> None:
    def change(book: Any) -> None:
        for address, written in cells.items():
            book["Actions"][address] = written

    data = damaged(GOOD, change)
    result, new = modernised(data)
    back = read(new)
    assert back.tables["actions"].locals == {name: [value]}
    assert back.tables["actions"].local_letters == {name: FREE}
    assert content(back)["actions"] == content(read(data))["actions"]
    kept = [change.element for change in result.changes if change.kind is ChangeKind.KEPT]
    assert [words.replace("\u00a0", " ") for words in kept] == [f"« {name} »"]


def test_rows_under_headings_in_another_order_are_to_be_put_under_the_first() -> None:
    def paste(book: Any) -> None:
        at = ROW + 1
        for down, row in enumerate(laid_out(ORDERS["2026.2"], [{"Code action": "1.1.2"}])):
            for across, value in enumerate(row, start=1):
                book["Actions"].cell(at + down, across).value = value

    with pytest.raises(UsageError, match=r"dans un autre ordre, à la ligne 6 .* de la ligne 4"):
        refuse(read(damaged(GOOD, paste)), "2026.2")
