"""What a row names, and who answers for it."""

from __future__ import annotations

from support.sharing import PLAN

from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.returns.links import links_of, owners_of


def owners(text: str = PLAN) -> dict[str, list[str]]:
    """Return the owners of each row, by its code."""
    plan = return_of(text, PST)
    tables = [(PST[key], table) for key, table in plan.tables.items() if "code" in table.columns]
    links = links_of(tables)
    return {
        str(code): owners_of(plan, (sheet.key, at), links)
        for sheet, table in tables
        for at, code in enumerate(table.columns["code"])
    }


def test_a_row_belongs_to_whom_it_names_else_to_the_owners_of_what_it_names() -> None:
    found = owners()
    assert found["1.1.1"] == ["Travaux"]
    assert found["1.1"] == ["Travaux", "Finances"]
    assert found["I1"] == ["Travaux"]
    assert found["B1"] == ["Finances"]
    assert found["C1"] == ["Finances", "Travaux"]


def test_a_code_is_named_in_small_letters_or_in_capitals() -> None:
    plan = PLAN.replace("1.1.1", "a7").replace("I1   | Action | a7", "I1   | Action | A7")
    assert owners(plan)["I1"] == ["Travaux"]


def test_what_names_nobody_with_an_owner_belongs_to_nobody_known() -> None:
    found = owners()
    assert found["1"] == found["C2"] == found["C3"] == found["I3"] == []


def test_a_level_that_the_row_says_is_the_only_one_where_its_code_is_looked_for() -> None:
    assert owners()["I4"] == []
    assert owners()["I5"] == ["Travaux"]
