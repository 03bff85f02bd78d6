"""Whole campaigns, played at random: whatever people do, nothing is lost and nobody is overruled."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from support import rounds
from support.campaigns import Campaign, asked, kept_in, strange_changes, tables_of, told_in
from support.gestures import GESTURES, Hand

from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.consolidating.ledgers import conflicts_in
from pst_excel.merging.conflicts import OTHER

WHO = st.integers(0, 7)
"""A workbook among the last that were sent; past them, the plan itself."""
LAST = 6
EDIT = st.tuples(WHO, st.sampled_from(GESTURES), st.integers(0, 5), st.integers(0, 7))


class Campaigns(RuleBasedStateMachine):
    """Services and the central cell at work on their workbooks, and runs between."""

    def __init__(self) -> None:
        super().__init__()
        self.campaign = Campaign()
        self.seen = set(told_in(self.campaign.plan))
        self.hand = Hand()

    @initialize()
    def first_send(self) -> None:
        self.campaign.send()

    @rule(edits=st.lists(EDIT, min_size=1, max_size=4))
    def edit(self, edits: list[tuple[int, str, int, int]]) -> None:
        copies = self.campaign.copies[-LAST:]
        for who, gesture, at, which in edits:
            filled = self.campaign.plan if who >= len(copies) else copies[who].filled
            getattr(self.hand, gesture)(filled, at, which)

    @rule(number=WHO, choice=st.integers(0, 4))
    def decide(self, number: int, choice: int) -> None:
        found = conflicts_in(self.campaign.plan)
        if found:
            number %= len(found)
            choices = [*found[number].choices, "peut-être"]
            word = choices[choice % len(choices)]
            value = self.hand.word() if word == OTHER else ""
            rounds.decide(self.campaign.plan, number, word, value)

    @rule()
    def send(self) -> None:
        self.campaign.send()

    @rule(who=st.lists(WHO, max_size=4), emptied=st.booleans())
    def run(self, who: list[int], emptied: bool) -> None:
        """Put returns in the folder and consolidate."""
        if emptied:
            self.campaign.folder.clear()
        self._answer(who)
        self._written(self._consolidated())

    @rule(who=st.lists(WHO, max_size=4))
    def run_that_is_lost(self, who: list[int]) -> None:
        """Consolidate, and lose the result."""
        self._answer(who)
        self._consolidated()

    def _answer(self, who: list[int]) -> None:
        copies = self.campaign.copies[-LAST:]
        for at in who or () if self.campaign.folder else (0,):
            self.campaign.answer(copies[at % len(copies)])

    def _consolidated(self) -> Consolidation:
        campaign = self.campaign
        result = campaign.consolidated()
        turned = campaign.consolidated(reversed(list(campaign.folder.values())))
        assert tables_of(turned.merged) == tables_of(result.merged)
        assert asked(turned) == asked(result)
        assert turned.history == result.history
        assert strange_changes(campaign, result) == []
        return result

    def _written(self, result: Consolidation) -> None:
        campaign = self.campaign
        self.seen |= campaign.told()
        campaign.write(result)
        assert self.seen - kept_in(campaign.plan) == set()
        again = campaign.consolidated()
        assert tables_of(again.merged) == tables_of(result.merged)
        assert again.history == result.history
        assert asked(again) == asked(result)


Campaigns.TestCase.settings = settings(max_examples=20, stateful_step_count=15)
TestCampaigns = Campaigns.TestCase
