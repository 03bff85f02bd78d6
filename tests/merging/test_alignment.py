"""Which record each row of a return is, whatever became of its hidden id."""

from __future__ import annotations

import pytest
from support.campaigns import Campaign, first_plan

from pst_excel.merging.alignment import COPIED, FOUND, SWAPPED, aligned, likely
from pst_excel.merging.states import linked, state_of
from pst_excel.returns.tables import Return
from pst_excel.testing import added, copied, opened, ordered, put, removed, sent_back

VISIBLE = [key for key in first_plan().tables["actions"].columns if key != "id"]
CODES = ["1.1.1", "1.1.2", "1.1.3", "1.2.1"]


def names(filled: Return, sender: str = "") -> tuple[list[str], list[str]]:
    """Return which record of the plan each action is, by its code there, and why where it is told.

    A row that is none of them is « neuve ».
    """
    before = state_of(first_plan())
    codes = dict(zip(before.sheets["actions"].ids, CODES, strict=True))
    state, told = aligned(state_of(sent_back(filled)), before, sender)
    found = [codes.get(ident, "neuve") for ident in state.sheets["actions"].ids]
    return found, [one.reason for one in told]


@pytest.fixture
def plan() -> Return:
    """The plan, to be written in."""
    return opened(first_plan())


def test_rows_in_another_order_are_known_by_their_ids(plan: Return) -> None:
    ordered(plan, "actions", (3, 1, 0, 2))
    assert names(plan) == (["1.2.1", "1.1.2", "1.1.1", "1.1.3"], [])


def test_a_code_and_a_name_that_changed_are_those_of_the_same_row(plan: Return) -> None:
    put(plan, "actions", 0, code="7.7.7", intitule="Tout autre chose")
    assert names(plan) == (CODES, [])


def test_rows_sorted_without_their_ids_get_them_back(plan: Return) -> None:
    ordered(plan, "actions", (1, 0, 3, 2), VISIBLE)
    assert names(plan) == (["1.1.2", "1.1.1", "1.2.1", "1.1.3"], [SWAPPED] * 4)


def test_two_codes_exchanged_are_two_codes_changed(plan: Return) -> None:
    put(plan, "actions", 0, code="1.1.2")
    put(plan, "actions", 1, code="1.1.1")
    assert names(plan) == (CODES, [])


def test_rows_without_ids_are_known_by_code_and_name_then_by_code(plan: Return) -> None:
    plan.tables["actions"].columns["id"][:] = [None] * 4
    put(plan, "actions", 0, intitule="Boucher un trou énorme")
    assert names(plan) == (CODES, [FOUND] * 4)


def test_a_row_without_an_id_under_the_code_of_a_quite_different_one_is_new(plan: Return) -> None:
    plan.tables["actions"].columns["id"][0] = None
    put(plan, "actions", 0, intitule="Acheter une grue")
    assert names(plan)[0] == ["neuve", "1.1.2", "1.1.3", "1.2.1"]


def test_of_a_row_copied_with_its_id_the_second_is_new(plan: Return) -> None:
    copied(plan, "actions", 0)
    assert names(plan)[0] == [*CODES, "neuve"]


def test_a_copy_of_a_row_that_was_sent_is_said_to_be_one() -> None:
    campaign = Campaign()
    campaign.send()
    filled = campaign.copies[0].filled
    copied(filled, "actions", 0, code="1.1.4", intitule="Boucher le reste")
    added(filled, "actions", code="1.1.5", intitule="Boucher la suite")
    before = linked(state_of(campaign.copies[0].send))
    _, told = aligned(state_of(sent_back(filled)), before, "Travaux")

    assert [(one.row, one.reason) for one in told] == [(8, COPIED)]


def test_a_copy_whose_original_was_removed_is_that_row(plan: Return) -> None:
    copied(plan, "actions", 0)
    removed(plan, "actions", 0)
    assert names(plan)[0] == ["1.1.2", "1.1.3", "1.2.1", "1.1.1"]


def test_new_rows_of_two_senders_have_two_ids_the_same_on_every_run(plan: Return) -> None:
    added(plan, "budget", niveau="Action", code_lie="1.1.1", prevu=2500.0)
    ids = [
        aligned(state_of(sent_back(plan)), state_of(first_plan()), sender)[0].sheets["budget"].ids
        for sender in ("Travaux", "Culture", "travaux")
    ]
    assert ids[0] == ids[2]
    assert ids[0][:2] == ids[1][:2]
    assert ids[0][2] != ids[1][2]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("Boucher un trou", "Boucher deux trous", True), ("Boucher un trou", "", True),
     ("Boucher un trou", "Acheter une grue", False)],
)  # fmt: skip
def test_two_names_are_alike_when_they_are_reworded(one: str, other: str, alike: bool) -> None:
    assert likely(one, other) is alike
