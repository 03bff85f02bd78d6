"""Plans of the sizes that communes have, made from the samples: OS, OO, actions; long titles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from pst_excel.api.outputs import as_bytes
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.returns.tables import Return, Table
from support import OBSERVED, office

SIZES = {"petit": (4, 12, 60), "grand": (37, 122, 546)}
_ALSO = " et qui y associe durablement celles et ceux qui y vivent"
ALMOST_EMPTY = """
OS
code | intitule
1    | Être une commune accueillante

OO
code | code_os | intitule
1.1  | 1       | Ouvrir les guichets

Actions
code  | code_oo | intitule         | service_pilote | statut   | avancement
1.1.1 | 1.1     | Ouvrir le samedi | Population     | En cours | 20
1.1.2 | 1.1     | Former           |                |          |
"""

Columns = dict[str, list[Any]]


@cache
def sized(name: str) -> Consolidation:
    """Return the plan of a size, `moyen` for the samples themselves, `vide` or `presque vide`."""
    if name == "moyen":
        return office.sample()
    if name in ("vide", "presque vide"):
        text = "OS\ncode | intitule" if name == "vide" else ALMOST_EMPTY
        return consolidate([return_of(text, PST)], PST, OBSERVED)
    return consolidate([_grown(*SIZES[name])], PST, OBSERVED)


@cache
def book_of(name: str) -> bytes:
    """Return the consolidated workbook of a size."""
    return as_bytes(sized(name), ".xlsx")


def _grown(goals: int, objectives: int, actions: int) -> Return:
    """Return the sample plan with its rows taken again and again, under codes of their own."""
    plan = office.sample().merged
    upper = [str(at + 1) for at in range(goals)]
    lower = [f"{upper[at % goals]}.{at // goals + 1}" for at in range(objectives)]
    codes = [f"{lower[at % objectives]}.{at // objectives + 1}" for at in range(actions)]

    def strategic(columns: Columns) -> None:
        columns["code"] = upper
        columns["intitule"] = [f"{title or ''}{_ALSO}" for title in columns["intitule"]]

    def operational(columns: Columns) -> None:
        columns["code"], columns["code_os"] = lower, [code.split(".")[0] for code in lower]

    def action(columns: Columns) -> None:
        columns["code"] = codes
        columns["code_oo"] = [
            f"{lower[at % objectives]}; {lower[(at + 1) % objectives]}" if at % 29 == 0
            else lower[at % objectives]
            for at in range(actions)
        ]  # fmt: skip
        columns["parts"] = columns["actions_liees"] = [None] * actions

    def linked(columns: Columns) -> None:
        count = len(columns["code_lie"])
        columns["code_lie"] = [codes[at % actions] for at in range(count)]
        columns["niveau"] = ["Action"] * count

    tables = dict(plan.tables)
    for key, count, change in (
        ("os", goals, strategic), ("oo", objectives, operational), ("actions", actions, action),
        ("indicateurs", actions * 2 // 3, linked), ("budget", actions * 2, linked),
    ):  # fmt: skip
        tables[key] = _repeated(tables[key], count, change)
    return replace(plan, tables=tables, readings=[])


def _repeated(table: Table, count: int, change: Callable[[Columns], None]) -> Table:
    def again(values: list[Any]) -> list[Any]:
        return [values[at % len(table)] for at in range(count)]

    columns: Columns = {key: again(values) for key, values in table.columns.items()}
    columns["id"] = [f"{table.title[:2]}{at:05d}" for at in range(count)]
    change(columns)
    return replace(
        table, columns=columns, rows=[*range(5, 5 + count)],
        locals={key: again(values) for key, values in table.locals.items()},
    )  # fmt: skip
