"""Campaigns made of what they remember: records, files in their folders, no workbook read."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from pst_excel import Campaign
from pst_excel.campaign.entries import (
    Came,
    Consolidated,
    Created,
    Entry,
    Followed,
    Sent,
    SentWorkbook,
)
from pst_excel.campaign.history import History, history
from pst_excel.campaign.layout import Layout
from pst_excel.campaign.memory import Memory, Round
from pst_excel.model.words.kinds import Kind
from pst_excel.rounds.workplace import digest_of, working

DUE = dt.date(2026, 9, 30)
AT = dt.datetime(2026, 9, 1, 9, 30, tzinfo=dt.UTC)
LABELS = {
    "progress": ("Taux moyen de réalisation", "% de 100"), "late": ("Actions en retard", "nombre"),
    "strict": ("Taux strict (terminées)", "%"), "money": ("Budget prévu", "€"),
    "reached": ("Atteinte des indicateurs", "%"), "every": ("Actions suivies", "nombre"),
}  # fmt: skip
COLUMNS = ("Statut", "Avancement %", "Échéance")
KINDS = (Kind.CHOICE, Kind.PERCENT, Kind.DATE)


def digest(*parts: object) -> str:
    """Return a hash, the same for the same words."""
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()


def campaign(folder: Path, *entries: Entry) -> Campaign:
    """Make a campaign that remembers these entries, in their order."""
    layout = Layout(folder)
    if not layout.is_campaign:
        layout.archive.mkdir(parents=True)
    with working(layout) as work:
        for entry in entries:
            work.register.record(entry)
    return Campaign(folder)


def sent(service: str, data: bytes = b"envoi", due: dt.date = DUE, contact: str = "") -> Sent:
    """Return the send of a workbook to a service; its file is named after it."""
    ident = digest(service, due)[:12]
    one = SentWorkbook(ident, digest_of(data), service, f"{service}.xlsx", due.isoformat(), contact)
    return Sent((one,), ())


def came(
    service: str, errors: Sequence[str] = (), contact: str = "", due: dt.date | None = DUE,
    copy: bytes = b"annote",
) -> Came:  # fmt: skip
    """Return a return of a service with errors, that answers the send of a day."""
    send = digest(service, due)[:12] if due else ""
    day = due.isoformat() if due else ""
    return Came(
        digest("came", service, due, *errors), f"retour {service}.xlsx", service=service, send=send,
        due=day, contact=contact, rows=3, findings=(len(errors), 0, 0), errors=tuple(errors[:3]),
        rank=(day, "", ""), copy=f"retour {service}.xlsx", copy_digest=digest_of(copy),
    )  # fmt: skip


def consolidated(
    number: int, rows: Iterable[Followed] = (), figures: dict[str, float | None] | None = None,
    **others: object,
) -> Consolidated:  # fmt: skip
    """Return a consolidation that follows these rows, its figures as its number has them."""
    known: dict[str, float | None] = {
        "progress": 40.0 + number, "late": 15.0 - number, "strict": number / 20,
        "money": 1000000.0 * number, "reached": None, "every": 150.0,
    }  # fmt: skip
    made = {
        "institution": "Valbruyère", "observed": dt.date(2026, number, 28).isoformat(),
        "counted": (digest("came", number),), "absent": ("Culture",), "rows": 3,
        "findings": (4, 5, 6), "conflicts": 2, "figures": known if figures is None else figures,
        "labels": LABELS, "columns": COLUMNS, "kinds": KINDS, "followed": tuple(rows),
        "tiles": tuple(LABELS), "trend": ("progress", "late"), "plan": "PST",
        "records": ("action", "actions"),
    } | others  # fmt: skip
    return Consolidated(digest("run", number)[:12], digest("plan", number), **made)  # type: ignore[arg-type]


def row(code: str, *values: str, ident: str = "", name: str = "Boucher les trous") -> Followed:
    """Return how a row stands; it is known by its code unless another id is given."""
    return Followed(ident or digest("row", code)[:12], code, name, values)


def told(count: int) -> History:
    """Return the history of a campaign of so many consolidations, one of whose names is hard."""
    hard = f"=1+1 « {'x' * 60} » @SOMME <&> {'de très longs mots ' * 12}"
    gave = [
        consolidated(
            number,
            [row("1.1", "En cours", str(5 * number), "2027-06-30"),
             row("1.2", "", "", "", name=hard), row("1.10", "En cours", "", f"20{26 + number}-01-31"),
             *([row(f"2.{number}", "Terminé", "100", "")] if number % 2 else [])],
        )
        for number in range(1, count + 1)
    ]  # fmt: skip
    rounds = tuple(
        Round(at, AT + dt.timedelta(days=30 * at), one) for at, one in enumerate(gave, 1)
    )
    memory = Memory("Valbruyère", rounds=rounds)
    return history(memory, [(one.number, each) for one in rounds for each in one.gave.followed])


BEGUN = Created("Valbruyère", ("Commune", "99999", "2024", "2030"), due=DUE.isoformat())
