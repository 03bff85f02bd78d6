"""The laws of the merge, on plans and edits drawn at random."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st
from support.campaigns import (
    Campaign,
    asked,
    first_plan,
    kept_in,
    said_by,
    strange_changes,
    tables_of,
    told_in,
)
from support.gestures import GESTURES, Hand
from support.rounds import as_read, at_code

from pst_excel.merging.differences import ChangeKind
from pst_excel.merging.merge import difference, merge
from pst_excel.pst import PST
from pst_excel.returns.shared_rows import lent
from pst_excel.returns.tables import Return
from pst_excel.testing import opened, put, sent_back, wild


class Drawn:
    """A workbook drawn or edited at random; shown in a few words, or a failure is not to be read."""

    def __init__(self, filled: Return) -> None:
        self.filled = filled

    def __repr__(self) -> str:
        return f"{self.filled.file} {self.filled.digest}"


Edits = list[tuple[str, int, int]]
EDITS = st.lists(
    st.tuples(st.sampled_from(GESTURES), st.integers(0, 5), st.integers(0, 7)), max_size=5
)
KEPT = [name for name in GESTURES if name not in ("remove_row", "empty_row", "erase_ids", "sort")]
"""What takes nothing away, no row and no id."""
PLANS = wild(PST).map(lambda filled: Drawn(sent_back(filled, "PST.xlsx")))


def edited(filled: Return, edits: Edits, hand: Hand, file: str) -> Return:
    """Return a workbook after some gestures, as it is read."""
    made = opened(filled)
    for gesture, at, which in edits:
        getattr(hand, gesture)(made, at, which)
    return sent_back(made, file)


def started(*edits: Edits) -> Campaign:
    """Return a campaign whose services, in their order, edited what they were sent."""
    campaign, hand = Campaign(), Hand()
    campaign.send()
    for copy, gestures in zip(campaign.copies, edits, strict=False):
        for gesture, at, which in gestures:
            getattr(hand, gesture)(copy.filled, at, which)
        campaign.answer(copy)
    return campaign


@settings(max_examples=10)
@given(PLANS)
def test_a_plan_does_not_differ_from_itself(plan: Drawn) -> None:
    assert difference(plan.filled, plan.filled).changes == []


@settings(max_examples=10)
@given(PLANS)
def test_a_merge_in_which_nobody_changed_anything_is_the_plan(plan: Drawn) -> None:
    result = merge(plan.filled, plan.filled, plan.filled)

    assert result.conflicts == result.entries == []
    assert said_by(result.plan) == said_by(plan.filled)


@settings(max_examples=40)
@given(EDITS.filter(lambda edits: all(gesture in KEPT for gesture, *_ in edits)))
def test_where_the_plan_has_not_moved_the_merge_is_what_came_back(
    edits: Edits,
) -> None:
    base = started().copies[0].send
    theirs = edited(base, edits, Hand(), "Travaux.xlsx")
    result = merge(base, theirs, base)
    before = {**said_by(base)}

    for place, held in said_by(theirs).items():
        own = place[0] in theirs.tables and place[1] not in _lent(base, place[0])
        if own and place in before:
            assert said_by(result.plan)[place] == held or _recoded(result.conflicts, place)


def _lent(base: Return, sheet: str) -> set[str]:
    table = base.tables[sheet]
    pairs = zip(table.columns["id"], lent(table), strict=True)
    return {str(ident) for ident, is_lent in pairs if is_lent}


def _recoded(conflicts: list[object], place: tuple[str, str, str]) -> bool:
    return bool(conflicts) and place[2] in ("code", "code_oo", "code_lie", "liens")


@settings(max_examples=40)
@given(EDITS, EDITS)
def test_every_value_of_the_three_sides_is_in_the_plan_a_conflict_or_the_history(
    mine: Edits, theirs: Edits
) -> None:
    campaign, hand = Campaign(), Hand()
    campaign.send()
    base = campaign.copies[0].send
    ours = edited(campaign.plan, mine, hand, "PST.xlsx")
    back = edited(base, theirs, hand, "Travaux.xlsx")
    result = merge(base, back, ours)

    kept = set(told_in(result.plan))
    for conflict in result.conflicts:
        words = [conflict.base, conflict.kept, *(side.said for side in conflict.others)]
        kept |= {(conflict.sheet, conflict.column, text) for text in words}
    for entry in result.entries:
        kept |= {(entry.sheet, entry.column, text) for text in (entry.before, entry.after)}
    sent, now = set(told_in(base)), set(told_in(ours))
    # What was sent and that the plan held no more before is told by its own history.
    assert {*told_in(back), *now} - kept <= sent - now


@settings(max_examples=25)
@given(EDITS, EDITS, EDITS)
def test_the_order_of_the_returns_changes_nothing(one: Edits, two: Edits, three: Edits) -> None:
    campaign = started(one, two, three)
    result = campaign.consolidated()
    turned = campaign.consolidated(reversed(list(campaign.folder.values())))

    assert tables_of(turned.merged, origin=True) == tables_of(result.merged, origin=True)
    assert asked(turned) == asked(result)
    assert turned.history == result.history


@settings(max_examples=25)
@given(EDITS, EDITS, EDITS)
def test_twice_equals_once(one: Edits, two: Edits, three: Edits) -> None:
    campaign = started(one, two, three)
    result = campaign.consolidated()
    campaign.write(result)
    again = campaign.consolidated()

    assert tables_of(again.merged, origin=True) == tables_of(result.merged, origin=True)
    assert asked(again) == asked(result)
    assert again.history == result.history
    assert (again.account.taken, again.account.added, again.account.new_conflicts) == (0, 0, 0)


@settings(max_examples=25)
@given(EDITS)
def test_unchanged_returns_change_nothing_of_a_plan_that_moved(
    edits: Edits,
) -> None:
    campaign = started([], [], [])
    hand = Hand()
    for gesture, at, which in edits:
        getattr(hand, gesture)(campaign.plan, at, which)
    before = sent_back(campaign.plan)
    result = campaign.consolidated()

    assert result.conflicts == []
    assert _but_links(as_read(result)) == _but_links(before)
    assert result.account.taken == result.account.added == 0


def _but_links(filled: Return) -> dict[tuple[str, ...], list[str]]:
    """Return what a plan holds, but the links: they follow the codes that the central cell gives."""
    return {
        place: words for place, words in said_by(filled, by_words=True).items()
        if place[1] not in PST[place[0]] or not PST[place[0]][place[1]].refers
    }  # fmt: skip


@settings(max_examples=25)
@given(EDITS, EDITS, EDITS)
def test_a_row_changes_only_by_who_answers_for_it(one: Edits, two: Edits, three: Edits) -> None:
    campaign = started(one, two, three)
    assert strange_changes(campaign, campaign.consolidated()) == []


@settings(max_examples=25)
@given(EDITS, EDITS, EDITS)
def test_no_value_of_a_return_is_lost(one: Edits, two: Edits, three: Edits) -> None:
    campaign = started(one, two, three)
    told = campaign.told()
    campaign.write(campaign.consolidated())

    assert told - kept_in(campaign.plan) == set()


FIELDS = ("intitule", "description", "commentaire", "avancement", "statut", "etp")
Change = tuple[str, str]
CHANGES = st.sets(
    st.tuples(st.sampled_from(["1.1.1", "1.1.2", "1.2.1"]), st.sampled_from(FIELDS)), max_size=6
)


@settings(max_examples=40)
@given(CHANGES, CHANGES)
def test_disjoint_edits_are_both_in_the_result_without_conflict(
    central: set[Change], services: set[Change]
) -> None:
    campaign = Campaign()
    campaign.send()
    owners = {"1.1.1": 0, "1.1.2": 1, "1.2.1": 2}
    values: dict[str, Callable[[str], object]] = {
        "avancement": lambda who: 10.0 if who == "central" else 60.0,
        "etp": lambda who: 1.0 if who == "central" else 2.0,
        "statut": lambda who: "En cours" if who == "central" else "Terminé",
    }

    def value(who: str, field: str) -> object:
        return values.get(field, lambda who: f"{field} de {who}")(who)

    for code, field in central - services:
        at = at_code(campaign.plan, "actions", code)
        put(campaign.plan, "actions", at, **{field: value("central", field)})
    for code, field in services:
        filled = campaign.copies[owners[code]].filled
        put(filled, "actions", at_code(filled, "actions", code), **{field: value("service", field)})
    for copy in campaign.copies:
        campaign.answer(copy)
    result = campaign.consolidated()

    assert result.conflicts == []
    actions = result.merged.tables["actions"]
    for who, edits in (("central", central - services), ("service", services)):
        for code, field in edits:
            at = actions.columns["code"].index(code)
            assert actions.columns[field][at] == value(who, field)


def test_a_difference_tells_each_kind_of_change() -> None:
    after = opened(first_plan())
    put(after, "actions", 0, code="1.1.9", avancement=50.0)
    put(after, "actions", 2, code_oo="1.2")
    hand = Hand()
    hand.add_action(after, 0, 0)
    hand.remove_row(after, 1, 3)
    found = {(c.sheet, c.kind) for c in difference(first_plan(), sent_back(after)).changes}

    assert found == {
        ("actions", ChangeKind.RECODED), ("actions", ChangeKind.CHANGED),
        ("actions", ChangeKind.MOVED), ("actions", ChangeKind.ADDED),
        ("budget", ChangeKind.REMOVED),
    }  # fmt: skip
