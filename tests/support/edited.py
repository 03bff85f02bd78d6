"""A filled workbook that somebody edits in Excel, and what is read of it afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from pst_excel.excel.books.template import write_template
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.kinds import Where
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.returns.tables import Return, geometry
from support import TOWN, damaged, read

FIRST = HEADING_ROW + 1
HARD = 'Doubler les pistes ; « vite »,\net "bien" · partout'
PLAN = (
    TOWN
    + """
OS
id | code | intitule | volet
s1 | 1    | Rouler   | Externe
s2 | 2    | Loger    | Externe

OO
id | code | code_os | intitule | volet   | services | echeance
o1 | 1.1  | 1       | Doubler  | Externe | Travaux  | 31/12/2029
o2 | 2.1  | 2       | Bâtir    | Externe | Finances | 31/12/2029

Actions
id | role      | empreinte | code  | code_oo  | intitule    | description | service_pilote | statut \
| avancement | echeance   | odd
a1 |           | e1        | 1.1.1 | 1.1      | Tracer      | Une piste   | Travaux        | En cours \
| 40         | 31/12/2027 | 11
a2 |           | e2        | 1.1.2 | 1.1; 2.1 | Baliser     |             | Travaux        | Terminé \
| 100        | 31/12/2025 | 11; 13
a3 | Référence | e3        | 2.1.1 | 2.1      | Acheter     | Un terrain  | Finances       | En attente \
| 0          | 31/12/2028 |
a4 |           |           | 2.1.2 | 2.1      | Construire  |             | Travaux        | Non commencé \
| 0          | 31/12/2029 | 7
"""
)
ACTIONS = geometry(PST["actions"], where=Where.RETURN)
LAST = FIRST + 3
Edit = Callable[[Any], None]
Rows = dict[str, list[dict[str, Any]]]


@cache
def filled_workbook() -> bytes:
    """Return the workbook that people edit; the title of its first OO holds every hard character."""
    filled = return_of(PLAN, PST)
    filled.tables["oo"].columns["intitule"][0] = HARD
    return write_template(filled)


def edited(change: Edit) -> Return:
    """Return what is read after somebody changed the workbook."""
    return read(damaged(filled_workbook(), change))


def rows_of(filled: Return) -> Rows:
    """Return what each row of each sheet holds, without its blanks nor the ids that it lacks."""
    found: Rows = {}
    for key, table in filled.tables.items():
        cells = {**table.columns, **table.locals}
        found[key] = [
            {
                name: values[at]
                for name, values in cells.items()
                if values[at] not in (None, "") and (name != "id" or row not in table.new_rows)
            }
            for at, row in enumerate(table.rows)
        ]
    return found


def before() -> Rows:
    """Return what is read of the workbook that nobody has edited."""
    return rows_of(read(filled_workbook()))


def put(book: Any, row: int, cells: Mapping[str, Any]) -> None:
    """Type values in a row of Actions, by key."""
    for key, value in cells.items():
        book["Actions"][f"{ACTIONS[key]}{row}"] = value


def new(**cells: Any) -> dict[str, Any]:
    """Return a row of Actions as it is read, with the defaults of what it leaves blank."""
    return {"type_action": "PST", "synergie": "Non", **cells}
