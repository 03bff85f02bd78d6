"""The tables hold: sorted, filtered, with rows put in or taken out, each value stays in its row.

Done in a real window on every sheet that people fill; what is saved is read, and compared by id
with what was there.
"""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl.utils import column_index_from_string, get_column_letter
from support import TOWN, read
from support.edited import rows_of
from support.window import Window

from pst_excel.excel.books.template import write_template
from pst_excel.excel.sheets.unfollowed import REMEDY
from pst_excel.model.row_status import STATE
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.free_columns import free_headings
from pst_excel.model.words.titles import LISEZ_MOI
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.returns.tables import Table

pytestmark = [pytest.mark.libreoffice, pytest.mark.xdist_group("window")]

PLAN = (
    TOWN
    + """
Constat
id | code | intitule | valeur | description
c1 | C1   | Alouette | 3,5    | une
c2 | C2   | Bergerie | 2      |
c3 | C3   | Cerisier | 1      | trois

OS
id | role      | code | intitule | volet
s1 |           | 1    | Alouette | Externe
s2 |           | 2    | Bergerie | Externe
s3 | Référence | 10   | Cerisier | Interne

OO
id | role      | code | code_os | intitule | services | echeance
o1 |           | 1.1  | 1       | Alouette | Travaux  | 31/12/2029
o2 |           | 2.1  | 2       | Bergerie | Travaux  | 31/12/2028
o3 | Référence | 2.10 | 2       | Cerisier | Finances | 31/12/2027

Actions
id | role      | empreinte | code  | code_oo  | intitule | service_pilote | statut   | avancement | odd
a1 |           | e1        | 1.1.1 | 1.1      | Alouette | Travaux        | En cours | 40         | 11
a2 |           |           | 1.1.2 | 1.1; 2.1 | Bergerie | Travaux        | Terminé  | 100        | 11; 13
a3 | Référence | e3        | 2.1.1 | 2.1      | Cerisier | Finances       |          |            |

Indicateurs
id | code | niveau | code_lie | libelle  | unite | cible | realise_2025
i1 | I1   | Action | 1.1.1    | Alouette | n     | 10    | 2
i2 | I2   | OO     | 2.10     | Bergerie | n     | 20    | 3
i3 |      | Action | 1.1.2    | Cerisier | n     | 30,5  | 4

Budget
id | code | niveau | code_lie | exercice | libelle  | prevu
b1 | B1   | Action | 1.1.1    | 2026     | Alouette | 1000
b2 |      | Action | 1.1.1    | 2027     | Bergerie | 2000,50
b3 |      | Action | 1.1.2    | 2027     | Cerisier | 3000
"""
)
SHEETS = ("constat", "os", "oo", "actions", "indicateurs", "budget")
NEW, OTHER = "Dauphin", "un autre.xlsx"
Rows = list[dict[str, Any]]


def sent() -> bytes:
    return write_template(return_of(PLAN, PST))


BEFORE = read(sent())
ROWS = rows_of(BEFORE)


def tables() -> list[tuple[str, Table]]:
    return [(sheet, BEFORE.tables[sheet]) for sheet in SHEETS]


def cell(sheet: str, key: str, below: int = 0) -> str:
    """Return a cell of a column, by how far it is below the first row."""
    table = BEFORE.tables[sheet]
    return f"{table.letters[key]}{table.rows[0] + below}"


def title(sheet: str, below: int = 0) -> str:
    return cell(sheet, PST[sheet].named_by, below)


def sorted_down(window: Window, sheet: str) -> None:
    window.go(BEFORE.tables[sheet].title, title(sheet))
    assert window.command("SortDescending") == []


def insert(window: Window, sheet: str, below: int) -> None:
    where, row = BEFORE.tables[sheet], BEFORE.tables[sheet].rows[0] + below
    window.go(where.title, f"{row}:{row}")
    window.command("InsertRowsBefore")


def copied(window: Window, sheet: str, below: int) -> None:
    row = BEFORE.tables[sheet].rows[0] + below
    window.go(BEFORE.tables[sheet].title, f"{row}:{row}")
    window.command("Copy")


def pasted(window: Window, sheet: str, below: int) -> None:
    insert(window, sheet, below)
    window.go(BEFORE.tables[sheet].title, f"A{BEFORE.tables[sheet].rows[0] + below}")
    window.command("Paste")


def test_rows_that_are_sorted_then_filtered_keep_all_their_cells(window: Window) -> None:
    window.open(sent())
    for sheet, table in tables():
        sorted_down(window, sheet)
        at = column_index_from_string(table.letters[PST[sheet].named_by]) - 1
        window.keep(f"T_{table.title}", at, "Bergerie")
        window.go(table.title, title(sheet, 1))
        assert window.shown(title(sheet, 1)) == "Bergerie"
    after = rows_of(read(window.saved()))
    for sheet in SHEETS:
        assert after[sheet] == ROWS[sheet][::-1], sheet


def test_rows_inserted_copied_pasted_and_deleted_leave_the_others_alone(window: Window) -> None:
    window.open(sent(), OTHER)
    window.open(sent())
    for sheet, table in tables():
        insert(window, sheet, 1)
        window.go(table.title, title(sheet, 1))
        window.type(NEW)
        copied(window, sheet, 0)
        pasted(window, sheet, 2)
        window.front(OTHER)
        copied(window, sheet, 1)
        window.front("retour.xlsx")
        pasted(window, sheet, 3)
        gone = table.rows[0] + 4
        window.go(table.title, f"{gone}:{gone}")
        window.command("DeleteRows")
    after = rows_of(read(window.saved()))
    for sheet in SHEETS:
        first, second, third = ROWS[sheet]
        one, new, twin, moved, last = after[sheet]
        assert (one, moved, last) == (first, second, third), sheet
        assert new[PST[sheet].named_by] == NEW, sheet
        assert twin == {key: value for key, value in first.items() if key != "id"}, sheet


def test_what_one_writes_in_a_free_column_sorts_along(window: Window) -> None:
    (free, *_), mine = free_headings(()), "Ma colonne"
    window.open(sent())
    for sheet, table in tables():
        window.go(table.title)
        (headings,) = window.block(
            f"A{HEADING_ROW}:{window.last().rstrip('0123456789')}{HEADING_ROW}"
        )
        at = headings.index(free) + 1
        letters = get_column_letter(at)
        window.go(table.title, f"{letters}{HEADING_ROW}")
        window.type(mine)
        for row, record in zip(table.rows, ROWS[sheet], strict=True):
            window.go(table.title, f"{letters}{row}")
            window.type(f"Pour {record['id']}")
        sorted_down(window, sheet)
    after = rows_of(read(window.saved()))
    for sheet in SHEETS:
        assert after[sheet][0]["id"] == ROWS[sheet][-1]["id"], sheet
        assert [row.pop(mine) for row in after[sheet]] == [
            f"Pour {row['id']}" for row in after[sheet]
        ], sheet
        assert after[sheet] == ROWS[sheet][::-1], sheet


def test_a_row_without_formulas_is_told_on_the_first_sheet_until_its_cells_are_moved(
    window: Window,
) -> None:
    window.open(sent())
    window.go(LISEZ_MOI)
    told = 2 + next(row for row in range(1, 40) if window.shown(f"B{row}") == "Ensemble")

    def line() -> list[str]:
        window.go(LISEZ_MOI, f"B{told}")
        return window.block(f"B{told}:C{told}")[0]

    insert(window, "actions", 1)
    assert line() == ["", ""]
    window.go("Actions", title("actions", 1))
    window.type(NEW)
    assert line() == ["⚠ 1 ligne sans suivi", f"Actions{REMEDY}"]
    insert(window, "budget", 1)
    window.go("Budget", cell("budget", "code_lie", 1))
    window.type("1.1.1")
    assert line() == ["⚠ 2 lignes sans suivi", f"Actions, Budget{REMEDY}"]
    below = 6  # a row that nobody has begun
    window.go("Actions", title("actions", 1))
    window.command("Cut")
    window.go("Actions", title("actions", below))
    window.command("Paste")
    assert line() == ["⚠ 1 ligne sans suivi", f"Budget{REMEDY}"]
    window.go("Actions", cell("actions", STATE, below))
    assert window.shown(cell("actions", STATE, below)).startswith("✎ ")
    assert rows_of(read(window.saved()))["actions"][-1]["intitule"] == NEW
