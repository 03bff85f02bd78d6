"""A row has an id from what it is, the same on every reading, and keeps the one that it has."""

from __future__ import annotations

from typing import Any

from support import TOWN, damaged, grid, read, workbook
from support.good import ACTIONS, GOOD, values


def test_rows_have_ids_even_without_an_identification() -> None:
    filled = read(damaged(GOOD, lambda book: book.remove(book["Identification"])))
    assert all(values(filled, "actions", "id")[0])


def test_ids_are_the_same_on_every_reading() -> None:
    first, second = read(workbook(TOWN + ACTIONS)), read(workbook(TOWN + ACTIONS))
    assert values(first, "actions", "id") == values(second, "actions", "id")


def test_ids_do_not_depend_on_the_order_of_the_rows() -> None:
    title, heading, *rows = ACTIONS.strip().splitlines()
    turned = "\n".join([title, heading, *reversed(rows)])

    def by_code(text: str) -> dict[Any, Any]:
        codes, ids = values(read(workbook(TOWN + "\n" + text)), "actions", "code", "id")
        return dict(zip(codes, ids, strict=True))

    assert by_code(ACTIONS) == by_code(turned)


def test_ids_of_two_institutions_differ() -> None:
    other = TOWN.replace("92951", "92952")
    ids = values(read(workbook(TOWN + ACTIONS)), "actions", "id")[0]
    others = values(read(workbook(other + ACTIONS)), "actions", "id")[0]
    assert not set(ids) & set(others)


def test_two_rows_of_one_code_have_two_ids() -> None:
    twice = ACTIONS.replace("1.1.2 ", "1.1.1 ")
    ids = values(read(workbook(TOWN + twice)), "actions", "id")[0]
    assert len(set(ids)) == 3


def test_ids_of_two_rows_of_one_code_do_not_depend_on_their_order() -> None:
    title, heading, *rows = ACTIONS.replace("1.1.2 ", "1.1.1 ").strip().splitlines()

    def by_title(lines: list[str]) -> dict[Any, Any]:
        text = "\n".join([title, heading, *lines])
        names, ids = values(read(workbook(TOWN + "\n" + text)), "actions", "intitule", "id")
        return dict(zip(names, ids, strict=True))

    assert by_title(rows) == by_title(rows[::-1])


def test_an_id_that_is_written_is_kept() -> None:
    filled = read(workbook(TOWN + "\nActions\nid | code\nabc123 | 1.1.1\n | 1.1.2"))
    (ids,) = values(filled, "actions", "id")
    assert ids[0] == "abc123"
    assert ids[1] not in (None, "abc123")
    assert filled.tables["actions"].new_rows == {6}


def test_a_row_copied_with_its_id_gets_another_and_the_first_keeps_it() -> None:
    rows = [("Id", "Code action"), ("abc123", "1.1.1"), ("abc123", "1.1.2")]
    head = [("Institution", "Valbruyère"), ("Code INS", "92951"), ("Type", "Commune")]
    (ids,) = values(read(grid({"Identification": head, "Actions": rows})), "actions", "id")
    assert ids[0] == "abc123"
    assert ids[1] not in (None, "abc123")


def test_an_id_survives_a_new_code() -> None:
    first = read(workbook(TOWN + "\nActions\nid | code\nabc123 | 1.1.1"))
    moved = read(workbook(TOWN + "\nActions\nid | code\nabc123 | 2.4.7"))
    assert values(first, "actions", "id") == values(moved, "actions", "id")
