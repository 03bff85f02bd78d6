"""What is compared of two folders of campaigns: what they remember, what people see of them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pst_excel import Campaign
from support import town

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
2.1.1 | 1.1     | Payer le trou   | Finances       | 20
"""
)
"""A plan of two services, an action each."""


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
