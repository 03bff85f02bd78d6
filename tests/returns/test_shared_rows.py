"""A stamp tells whether a row that was sent is as it was sent; a role tells whether it is lent."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support import with_table

from pst_excel.model.schema import PARTNER, REFERENCE, Column
from pst_excel.model.words.kinds import Kind, Where
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.returns.shared_rows import fingerprint, lent, named, row_contents
from pst_excel.returns.tables import Return


def stamps(one: Return | str) -> list[str]:
    """Return the stamps of the actions of a return, or of a small text."""
    if isinstance(one, str):
        one = return_of(f"Actions\n{one}", PST)
    return [fingerprint(row) for row in row_contents(one, one.tables["actions"], PST["actions"])]


def test_the_stamp_is_that_of_what_people_may_change() -> None:
    first, same, other = stamps(
        """code | intitule | id | role | empreinte | origine
           1    | A        | x  |      |           | ici
           1    | A        | y  | Partenaire | abc | là
           1    | B        | x  |      |           | ici"""
    )
    assert first == same
    assert first != other


@pytest.mark.parametrize(
    "column",
    [c for c in PST["actions"].inputs if c.where is Where.BOTH and c.key not in ("id", "code")],
    ids=lambda column: column.key,
)
def test_any_cell_that_is_filled_or_emptied_changes_the_stamp(column: Column) -> None:
    by_kind = {Kind.DATE: "31/12/2026", Kind.TEXT: "Vu", Kind.CODE: "1.1"}
    labels = column.vocabulary.labels if column.vocabulary else ()
    value = next((x for x in labels if x != column.default), by_kind.get(column.kind, "0"))
    blank, filled = stamps(f"code | {column.key}\n1 |\n1 | {value}")
    assert blank != filled


def test_a_column_that_a_workbook_lacks_is_one_of_defaults() -> None:
    default, without = (return_of("Actions\ncode | type_action\n1 | PST", PST) for _ in "12")
    without.tables["actions"].columns["type_action"] = [None]
    assert stamps(without) == stamps(default)


def test_a_cell_that_is_understood_has_the_stamp_of_what_it_means() -> None:
    literal, typed = stamps("code | avancement\n1 | 40\n1 | 40,0 %")
    assert literal == typed


def test_what_stands_in_two_cells_is_not_what_stands_in_one() -> None:
    assert fingerprint({"a": "1|b=2"}) != fingerprint({"a": "1", "b": "2"})


def test_a_text_that_is_not_understood_and_an_added_column_are_in_the_stamp() -> None:
    texts = stamps("code | avancement\n1 |\n1 | bientôt\n1 | jamais")
    filled = return_of("Actions\ncode\n1\n1", PST)
    local = stamps(with_table(filled, "actions", locals={"Lieu": ["", "Gare"]}))

    assert len(set(texts)) == 3
    assert local[0] == texts[0]
    assert local[1] != texts[0]


def test_a_cell_names_one_service_or_several() -> None:
    assert named("Travaux; État civil") >= {"travaux", "etat civil"}
    assert "culture; sports" in named("Culture; sports")
    assert named(None) == named("") == frozenset()


def test_a_row_is_lent_when_it_says_one_of_the_two_roles() -> None:
    filled = return_of(f"Actions\ncode | role\n1 | {PARTNER}\n2 |\n3 | {REFERENCE}\n4 | autre", PST)
    table = replace(filled.tables["actions"], new_rows=frozenset())
    assert lent(table) == [True, False, True, False]
