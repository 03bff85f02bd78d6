"""A small campaign on the disk: three services, their answers, the days of their sends."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from pst_excel import Campaign
from pst_excel.reference.samples.campaign import edited
from support import saved
from support.sharing import PLAN, book

DUE = dt.date(2027, 1, 31)
LATER = dt.date(2027, 3, 31)
OF = {"Travaux": "1.1.1", "Finances": "2.1.1", "Culture": "3.1.1"}
"""The action of each service."""


def begun(folder: Path, plan: str = PLAN, due: dt.date | None = DUE) -> Campaign:
    """Return a campaign in a folder, made from a plan."""
    source = saved(folder.parent / "PST de départ.xlsx", book(plan))
    campaign, _ = Campaign.create(folder, source, due)
    return campaign


def sent_to(campaign: Campaign, service: str) -> Path:
    """Return the workbook that lies ready for a service."""
    (file,) = campaign.layout.sends.glob(f"*_{service}_*.xlsx")
    return file


def answer(
    campaign: Campaign, service: str, name: str = "", data: bytes | None = None, **values: Any
) -> Path:
    """Put in the folder of the returns what a service sends back: its action holds other values."""
    file = sent_to(campaign, service)
    changed = edited(data or file.read_bytes(), "actions", OF[service], values)
    target = campaign.layout.returns / (name or file.name)
    target.write_bytes(changed)
    return target
