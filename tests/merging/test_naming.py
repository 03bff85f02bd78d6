"""A record is called as people call it: what it is, its code, what it hangs on, its title."""

from __future__ import annotations

import pytest
from support.versions import edited, state

from pst_excel.merging.differences import ChangeKind
from pst_excel.merging.draft import Draft
from pst_excel.merging.merge import difference
from pst_excel.merging.states import linked, state_of


def draft(*edits: tuple[str, str]) -> Draft:
    return Draft(linked(state_of(state(edited(*edits)))))


@pytest.mark.parametrize(
    ("sheet", "ident", "name", "brief"),
    [
        ("actions", "a1", "Action 1.1.1 · Boucher un trou", "Action 1.1.1"),
        ("oo", "o1", "OO 1.1 · Rouler mieux", "OO 1.1"),
        ("indicateurs", "i1", "Indicateur I1 de l’action 1.1.1 · Trous bouchés",
         "Indicateur I1 de l’action 1.1.1"),
        ("budget", "b1", "Budget de l’action 1.1.1, 2027, Subside",
         "Budget de l’action 1.1.1, 2027, Subside"),
    ],
)  # fmt: skip
def test_a_record_is_named_with_what_it_hangs_on(
    sheet: str, ident: str, name: str, brief: str
) -> None:
    known = draft()
    record = known.records[sheet][ident]

    assert known.named(sheet, record) == name
    assert known.named(sheet, record, brief=True) == brief


def test_a_line_without_code_is_named_the_same_where_it_is_to_be_decided() -> None:
    known = draft()

    assert known.name("budget", known.records["budget"]["b1"]) == (
        "Budget de l’action 1.1.1, 2027, Subside"
    )


def test_a_record_without_code_is_named_by_its_title() -> None:
    known = draft(("a2 | 1.1.2 |", "a2 |       |"))

    assert known.named("actions", known.records["actions"]["a2"]) == "Action « Payer le trou »"


def test_what_names_a_record_that_is_not_there_keeps_its_code() -> None:
    known = draft(("Action | 1.1.1    | 2027", "Action | 9.9.9    | 2027"))

    assert known.named("budget", known.records["budget"]["b1"]) == "Budget, 9.9.9, 2027, Subside"


@pytest.mark.parametrize(
    ("edit", "kinds"),
    [
        (("| 1.1     | Payer", "| 1.2     | Payer"), [ChangeKind.MOVED]),
        (("31/12/2027 | 1.1.1", "31/12/2027 | 1.1.2"), [ChangeKind.CHANGED]),
        (("a2 | 1.1.2", "a2 | 1.1.9"), [ChangeKind.RECODED]),
        (("Action | 1.1.1    | 2027", "Action | 1.1.2    | 2027"), [ChangeKind.MOVED]),
    ],
)
def test_a_row_moves_when_what_it_hangs_on_is_another(
    edit: tuple[str, str], kinds: list[ChangeKind]
) -> None:
    found = difference(state(), state(edited(edit)))

    assert [change.kind for change in found.changes] == kinds
