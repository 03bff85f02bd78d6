"""Campaigns played without files are those of files: what is written is read as it is said to be."""

from __future__ import annotations

from support import read
from support.campaigns import Campaign, told_in
from support.rounds import as_read, at_code, decide

from pst_excel.api.outputs import as_bytes
from pst_excel.consolidating import ledgers
from pst_excel.returns.tables import Return
from pst_excel.testing import added, put, removed, unread


def disputed() -> Campaign:
    """Return a campaign at its second round: rows added, removed, disputed, decided, not understood."""
    campaign = Campaign()
    campaign.send()
    travaux, finances, culture = (copy.filled for copy in campaign.copies)
    put(campaign.plan, "actions", 0, avancement=15.0, commentaire="Relu")
    put(campaign.plan, "actions", 3, commentaire="À revoir")
    put(travaux, "actions", at_code(travaux, "actions", "1.1.1"), avancement=60.0)
    unread(culture, "actions", at_code(culture, "actions", "1.2.1"), "avancement", "presque")
    put(culture, "actions", at_code(culture, "actions", "1.2.1"), commentaire="Oui")
    removed(travaux, "actions", at_code(travaux, "actions", "1.1.3"))
    added(finances, "budget", niveau="Action", code_lie="1.1.2", exercice=2028.0, prevu=2500.0)
    for copy in campaign.copies:
        campaign.answer(copy)
    campaign.write(campaign.consolidated())
    decide(campaign.plan, 0, "référence", reason="vu\nau collège")
    return campaign


def told(plan: Return) -> list[tuple[str, str, str]]:
    """Return the values of the tables; the lists that a plan does not name are the template's."""
    return sorted(told for told in told_in(plan) if told[0] != plan.plan.lists.title)


def kept(plan: Return) -> dict[str, object]:
    """Return all that the next run takes up of a plan."""
    return {
        "told": told(plan),
        "ids": {key: table.columns.get("id") for key, table in plan.tables.items()
                if not plan.plan[key].program},
        "conflicts": ledgers.conflicts_in(plan), "history": ledgers.history_in(plan),
        "heard": ledgers.heard_in(plan), "run": ledgers.run_in(plan),
        "sources": ledgers.told_in(plan),
    }  # fmt: skip


def test_what_is_written_is_read_as_campaigns_without_files_say() -> None:
    result = disputed().consolidated()
    said, found = kept(as_read(result)), kept(read(as_bytes(result, ".xlsx"), "PST.xlsx"))

    assert len(result.conflicts) > 1
    for part, held in said.items():
        assert found[part] == held, part


def test_the_next_run_from_the_file_is_the_next_run_without_it() -> None:
    campaign = disputed()
    result = campaign.consolidated()
    campaign.write(result)
    expected = campaign.consolidated()
    campaign.plan = campaign.written = read(as_bytes(result, ".xlsx"), "PST.xlsx")
    again = campaign.consolidated()

    assert again.conflicts == expected.conflicts == result.conflicts
    assert again.history == expected.history == result.history
    assert told(as_read(again)) == told(as_read(result))
