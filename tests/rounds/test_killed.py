"""A command killed at any step leaves a campaign that opens, continues, and ends as if it were not."""

from __future__ import annotations

import datetime as dt
import hashlib
import sys
from pathlib import Path

import pytest
from support import saved
from support.campaign_folders import SMALL, remembered, seen
from support.killed import Files, files_in, killed, put, states
from support.stopped import COMMANDS, Command, done_again, several
from support.year import DUE

from pst_excel import Campaign
from pst_excel.campaign.layout import Layout

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a process is forked, and watched")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_killed_at_any_step_is_ended_by_the_next(
    ground: Path, started: Files, name: str
) -> None:
    make_ready, command = COMMANDS[name]
    put(ground, started)
    make_ready(ground / "camp")
    check(ground, command, name != "reparer")


def returns_of_services(folder: Path) -> None:
    for service in ("Travaux", "Finances"):
        text = SMALL.replace("nom               |", f"service | {service}\nnom |")
        saved(folder / "recus" / f"{service}.xlsx", text)


def test_messages_killed_while_they_are_renewed_are_renewed_by_the_next(
    ground: Path, started: Files
) -> None:
    put(ground, started)
    camp = ground / "camp"
    Campaign(camp).remind(today=DUE + dt.timedelta(days=2))
    before = files_in(ground)

    def command() -> None:
        Campaign(camp).remind(today=DUE + dt.timedelta(days=4))

    command()
    expected = remembered(Campaign(camp)), seen(Campaign(camp))
    put(ground, before)
    for state in states(ground, command):
        put(ground, state.files)
        command()
        assert (remembered(Campaign(camp)), seen(Campaign(camp))) == expected, state.step


@pytest.mark.parametrize("source", ["PST.xlsx", "recus", ""])
def test_a_campaign_killed_while_it_is_made_is_made_by_the_next(ground: Path, source: str) -> None:
    put(ground, {})
    saved(ground / "PST.xlsx", SMALL)
    returns_of_services(ground)
    sources = [ground / source] if source else []
    check(ground, lambda camp: Campaign.create(camp, sources, DUE))


@pytest.mark.parametrize("step", ["*-retours-*.json", "travaux.xlsx"])
def test_the_lock_of_a_killed_process_is_taken_over_at_once(
    ground: Path, started: Files, step: str
) -> None:
    put(ground, started)
    camp = ground / "camp"
    several(camp)
    assert killed(lambda: Campaign(camp).receive(), step)
    assert Layout(camp).lock.exists()
    assert [one.file for one in Campaign(camp, patience=0).receive().came] == [
        "photo.xlsx",
        "travaux.xlsx",
    ]
    assert not Layout(camp).lock.exists()


def test_a_lock_that_its_process_could_not_sign_any_more_keeps_nobody_out(
    ground: Path, started: Files
) -> None:
    put(ground, started)
    Layout(ground / "camp").lock.touch()
    assert Campaign(ground / "camp", patience=0).receive().came == ()


def check(ground: Path, command: Command, opens: bool = True) -> None:
    """Kill a command before each of its steps, and look whether the next one makes it good.

    `opens` tells whether the campaign could be opened before it.
    """
    camp, before = ground / "camp", files_in(ground)
    command(camp)
    expected = remembered(Campaign(camp)), seen(Campaign(camp))
    put(ground, before)
    found = states(ground, lambda: command(camp))
    assert len(found) > 2
    for state in found:
        put(ground, state.files)
        if Layout(camp).is_campaign and opens:
            Campaign(camp).standing()
        lost = contents(before) - contents(state.files)
        assert not lost, state.step
        known = {"camp", *visible(before), *(f"camp/{one}" for one in expected[1])}
        strange = [one for one in visible(state.files) if one not in known]
        assert all(".precedent-" in one for one in strange), state.step
        done_again(camp, command)
        assert remembered(Campaign(camp)) == expected[0], state.step
        assert seen(Campaign(camp)) == expected[1], state.step


def contents(files: Files) -> set[str]:
    """Return what is in files that are no register."""
    return {
        hashlib.sha256(data).hexdigest()
        for name, data in files.items()
        if data is not None and not name.endswith((".sqlite", ".verrou"))
    }


def visible(files: Files) -> list[str]:
    """Return the names that people see, the journal and what SQLite needs aside."""
    return [
        name
        for name in files
        if "/." not in name
        and "/archive/" not in name
        and not name.endswith((".verrou", ".sqlite-journal"))
    ]
