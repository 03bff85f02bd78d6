"""Folders of small campaigns, as their people keep them, and what is compared of two of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pst_excel import Campaign
from support import damaged, saved, town
from support.small_plan import Change

SMALL = (
    town("Travaux", "Finances")
    + """
OS
code | intitule
1    | Rouler

OO
code | code_os | intitule     | services
1.1  | 1       | Rouler mieux | Travaux; Finances

Actions
code  | code_oo | intitule        | service_pilote | avancement
1.1.1 | 1.1     | Boucher un trou | Travaux        | 10
1.1.2 | 1.1     | Payer le trou   | Finances       | 20
"""
)
"""A plan of two services, an action each."""

DUE = dt.date(2027, 1, 31)
TRAVAUX, FINANCES = "1.1.1", "1.1.2"
"""The code of the action of each service."""


def begun(folder: Path, plan: str = SMALL) -> Campaign:
    """Return a campaign that was made in a folder from a plan, and sent."""
    source = saved(folder.parent / "PST.xlsx", plan)
    campaign, _ = Campaign.create(folder, [source], DUE)
    campaign.send()
    return campaign


def sent(campaign: Campaign, service: str) -> bytes:
    """Return the workbook that was sent last to a service."""
    (name,) = [one.workbook.file for one in campaign.memory.sends
               if one.workbook.service == service][-1:]  # fmt: skip
    return (campaign.layout.sends / name).read_bytes()


def edited(data: bytes, code: str, **values: Any) -> bytes:
    """Return a workbook in which somebody wrote in the row of an action."""
    return damaged(data, Change("Actions", code, values))


def answer(campaign: Campaign, service: str, name: str, progress: int) -> Path:
    """Put among the returns the workbook of a service, its progress changed."""
    code = TRAVAUX if service == "Travaux" else FINANCES
    data = edited(sent(campaign, service), code, avancement=progress)
    return saved(campaign.layout.returns / name, data)


def remembered(campaign: Campaign) -> dict[str, Any]:
    """Return what a campaign remembers, but for the moments."""
    memory = campaign.memory
    return {
        "whose": (memory.institution, memory.owner, memory.due, memory.began, memory.services),
        "sends": [one.workbook for one in memory.sends],
        "returns": [
            (one.came, one.decision and (one.decision.verdict, one.decision.reason))
            for one in memory.arrivals
        ],
        "rounds": [(one.number, asdict(one.gave)) for one in memory.rounds],
        "reminders": memory.reminders,
        "lacking": memory.lacking,
    }


def seen(campaign: Campaign) -> dict[str, bytes | None]:
    """Return what people see of a campaign folder: names and, but for the register, contents."""
    found: dict[str, bytes | None] = {}
    for file in sorted(campaign.layout.folder.rglob("*")):
        name = file.relative_to(campaign.layout.folder).as_posix()
        if file.name.startswith(".pst-excel-") or name.startswith("archive/journal/"):
            continue
        plain = file.is_file() and file != campaign.layout.register
        found[name] = file.read_bytes() if plain else None
    return found
