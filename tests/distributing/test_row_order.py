"""A service finds its own rows first; what hangs on others follows them; no result depends on it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support import OBSERVED, read
from support.lent_rows import OBJECTIVES
from support.schools.plan import schools
from support.sharing import share

from pst_excel.consolidating.consolidate import consolidate
from pst_excel.distributing.allocation import Allocation
from pst_excel.distributing.prepare import prepare
from pst_excel.distributing.row_order import OWN, in_order
from pst_excel.excel.books.template import write_template
from pst_excel.model.schema import PARTNER, REFERENCE
from pst_excel.model.words.keys import ROW_ROLE
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.returns.shared_rows import lent, row_contents
from pst_excel.returns.tables import Return, Table

PLAN = (
    OBJECTIVES
    + """\
1.1  | 1       | Payer le vélo | Finances
1.2  | 1       | Rouler mieux  | Travaux

Actions
code  | code_oo | intitule           | service_pilote | services_partenaires | actions_liees
1.1.1 | 1.1     | Payer les pavés    | Finances       | Travaux              |
1.2.1 | 1.2     | Boucher un trou    | Travaux        |                      | 1.1.2
1.1.2 | 1.1     | Compter les sous   | Finances       |                      |
1.1.3 | 1.1     | Payer le goudron   | Travaux        |                      |
1.1.4 | 1.1     | Payer le gravier   | Finances       | Culture; Travaux     |

Indicateurs
code | niveau | code_lie | libelle
I1   | Action | 1.1.3    | Tonnes de goudron
I2   | OO     | 1.2      | Kilomètres
I3   | Action | 1.2.1    | Trous

Budget
code | niveau | code_lie | exercice | source_financement | prevu
B1   | Action | 1.1.3    | 2026     | Subside            | 1
B2   | Action | 1.2.1    |          | Subside            | 2
B3   | Action | 1.2.1    | 2027     | Subside            | 3
B4   | Action | 1.2.1    | 2026     | Subside            | 4
B5   | Action | 1.2.1    | 2026     | Fonds propres      | 5
B6   | OO     | 1.2      | 2030     | Fonds propres      | 6
"""
)


def table_of(service: str, sheet: str) -> Table:
    (workbook,) = share(PLAN, service).workbooks
    return workbook.content.tables[sheet]


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ("os", [("1", REFERENCE)]),
        ("oo", [("1.2", OWN), ("1.1", REFERENCE)]),
        ("actions", [
            ("1.2.1", OWN), ("1.1.3", OWN), ("1.1.1", PARTNER), ("1.1.4", PARTNER),
        ]),
        ("indicateurs", [("I2", OWN), ("I3", OWN), ("I1", OWN)]),
        ("budget", [
            ("B6", OWN), ("B4", OWN), ("B5", OWN), ("B3", OWN), ("B2", OWN), ("B1", OWN),
        ]),
    ],
)  # fmt: skip
def test_own_rows_come_first_and_what_hangs_on_others_follows_them(
    sheet: str, expected: list[tuple[str, str]]
) -> None:
    table = table_of("Travaux", sheet)
    roles = [role or OWN for role in table.columns[ROW_ROLE]]
    assert list(zip(table.columns["code"], roles, strict=True)) == expected


def test_the_written_workbook_has_the_rows_in_this_order() -> None:
    (workbook,) = share(PLAN, "Travaux").workbooks
    back = read(write_template(workbook.content))
    for sheet in ("actions", "budget"):
        codes = workbook.content.tables[sheet].columns["code"]
        assert back.tables[sheet].columns["code"] == codes


def test_a_row_that_names_none_of_the_workbook_comes_after_the_others() -> None:
    plan = return_of(PLAN.replace("Action | 1.2.1    | Trous", "Action | 9.9.9    | Trous"), PST)
    share_of = Allocation(plan)
    roles = dict.fromkeys([("actions", 3), ("indicateurs", 0), ("indicateurs", 2)], OWN)
    assert in_order(share_of.tables, roles, share_of.links)["indicateurs"] == [0, 2]


def test_another_plan_has_its_own_rows_first_by_its_own_declaration() -> None:
    plan = return_of(
        "Travaux\ncode | quoi | mene_par | aide_de\n"
        "T1 | Peindre | Nord | Sud\nT2 | Vitrer | Sud |\n",
        schools(),
    )
    share_of = Allocation(plan)
    roles = {("travaux", 0): PARTNER, ("travaux", 1): OWN}
    assert in_order(share_of.tables, roles, share_of.links)["travaux"] == [1, 0]


def upside_down(filled: Return) -> Return:
    """Return what somebody sends back who put every sheet in the opposite order."""
    tables = {
        key: replace(table, columns={name: cells[::-1] for name, cells in table.columns.items()})
        for key, table in filled.tables.items()
    }
    return replace(filled, tables=tables)


def test_a_round_gives_the_same_plan_whatever_the_order_of_rows_in_the_returns() -> None:
    source = read(write_template(return_of(PLAN, PST)), "PST.xlsx")
    sent = [write_template(one.content) for one in prepare(source).workbooks]
    back = [read(data, f"{at}.xlsx") for at, data in enumerate(sent)]
    for filled in back:
        actions = filled.tables["actions"]
        if not lent(actions)[0]:
            actions.columns["commentaire"][0] = f"Vu par {filled.service}"
    united = [
        consolidate([source, *returns], PST, OBSERVED)
        for returns in (back, [upside_down(filled) for filled in back])
    ]
    merged = [
        {
            sheet.key: row_contents(one.merged, one.merged.tables[sheet.key], sheet)
            for sheet in PST.tables
            if not sheet.program
        }
        for one in united
    ]

    assert [one.conflicts for one in united] == [[], []]
    assert merged[0] == merged[1]
    assert [row["code"] for row in merged[0]["actions"]] == [
        "1.1.1", "1.1.2", "1.1.3", "1.1.4", "1.2.1",
    ]  # fmt: skip
    assert {row.get("commentaire") for row in merged[0]["actions"]} >= {"Vu par Travaux"}
