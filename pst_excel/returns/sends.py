"""How a workbook names the send of which it is the answer, for people and for the program."""

from __future__ import annotations

import datetime as dt

from pst_excel.model.words.wording import date
from pst_excel.returns.ids import is_id

_BETWEEN = "·"


def send_name(service: str, due: dt.date | None, ident: str) -> str:
    """Return the name of a send: to whom, to come back when, and the id of what was sent."""
    return f" {_BETWEEN} ".join((service, *([date(due)] if due else []), ident))


def send_in(name: str) -> str:
    """Return the id in the name of a send; empty when the text is not such a name."""
    before, _, last = name.rpartition(_BETWEEN)
    return last.strip() if before.strip() and is_id(last.strip()) else ""
