"""A sort that took the headings for a row, a heading that was renamed: nothing vanishes."""

from __future__ import annotations

from typing import Any

import pytest
from support import damaged, of_code, read, verdict, workbook
from support.sharing import LISTS

from pst_excel.distributing.prepare import prepare
from pst_excel.excel.books.template import write_template
from pst_excel.model.schema import HEADING_ROW
from pst_excel.returns.tables import Return

ACTIONS = """
Actions
code  | intitule | statut   | service_pilote | commentaire
1.1.1 | Boucher  | En cours | Travaux        | Le sable manque
1.1.2 | Balayer  | En cours | Travaux        | Chaque lundi
1.1.3 | Peindre  | Terminé  | Travaux        | En blanc
"""


def sent() -> bytes:
    (one,) = prepare(read(workbook(LISTS + ACTIONS)), ["Travaux"]).workbooks
    return write_template(one.content)


def values(returned: Return) -> dict[str, tuple[Any, ...]]:
    table = returned.tables["actions"]
    keys = ("code", "intitule", "statut", "commentaire")
    return dict(
        zip(table.columns["id"], zip(*(table.columns[key] for key in keys), strict=True),
            strict=True)
    )  # fmt: skip


@pytest.mark.parametrize("below", [1, 2, 3])
def test_rows_that_a_sort_put_above_the_headings_are_read(below: int) -> None:
    def sort(book: Any) -> None:
        sheet = book["Actions"]
        lines = [
            [cell.value for cell in row] for row in sheet.iter_rows(HEADING_ROW, HEADING_ROW + 3)
        ]
        for at, line in enumerate([*lines[1 : below + 1], lines[0], *lines[below + 1 :]]):
            for column, value in enumerate(line, start=1):
                sheet.cell(HEADING_ROW + at, column).value = value

    data = sent()
    back = read(damaged(data, sort))
    assert values(back) == values(read(data))
    (said,) = [r for r in back.layout if "au-dessus des titres" in r.read]
    assert said.subject.cell == f"A{HEADING_ROW}"


def test_a_heading_that_was_renamed_is_known_by_its_neighbours() -> None:
    def rename(book: Any) -> None:
        (cell,) = [
            c for c in book["Actions"][HEADING_ROW] if str(c.value).startswith("Commentaire d")
        ]
        cell.value = "Commentaire du service"

    data = sent()
    back = read(damaged(data, rename))
    assert values(back) == values(read(data))
    assert not back.tables["actions"].locals
    (asked,) = of_code(verdict(back).findings, "S08")
    assert "Commentaire du service" in asked.message
