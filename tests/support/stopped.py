"""The commands of a campaign, and what is made ready for each of them, so that it may be stopped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from pst_excel import Campaign
from pst_excel.campaign.layout import Layout
from pst_excel.reference.samples.campaign import edited
from pst_excel.text.errors import UsageError
from support import saved
from support.year import LATER, OF, answer

Command = Callable[[Path], object]


def received(camp: Path) -> None:
    campaign = Campaign(camp)
    answer(campaign, "Travaux", "travaux.xlsx", avancement=40.0)
    campaign.receive()


def united(camp: Path) -> None:
    received(camp)
    Campaign(camp).consolidate()


def several(camp: Path) -> None:
    """Let there be an answer, a file that is none, and what is elsewhere."""
    answer(Campaign(camp), "Travaux", "travaux.xlsx", avancement=40.0)
    saved(camp / "retours" / "photo.xlsx", b"rien")
    other = answer(Campaign(camp), "Finances", "finances.xlsx", avancement=50.0)
    other.rename(camp.parent / "finances.xlsx")


def corrected(camp: Path) -> None:
    """Let one return be taken up, another lie there, and the plan be corrected by people."""
    united(camp)
    answer(Campaign(camp), "Finances", "finances.xlsx", avancement=50.0)
    plan = camp / "PST_consolide.xlsx"
    plan.write_bytes(edited(plan.read_bytes(), "actions", OF["Finances"], {"intitule": "Payer"}))


def left_out(camp: Path) -> None:
    """Let the return that the last consolidation took up be set aside."""
    united(camp)
    Campaign(camp).set_aside("travaux.xlsx", "erreur")


def wrecked(camp: Path) -> None:
    """Let the register be damaged, and copies be gone that lie elsewhere."""
    united(camp)
    (camp / "registre.sqlite").write_bytes(b"SQLite format 3\0" + b"?" * 5000)
    for kind in ("retours", "envois"):
        for file in (camp / "archive" / kind).iterdir():
            file.unlink()
    saved(camp / "archive" / "retours" / f"{hashlib.sha256(b'x').hexdigest()[:16]}.xlsx", b"x")


def nothing(camp: Path) -> None:
    """Leave all as it is."""


COMMANDS: dict[str, tuple[Callable[[Path], None], Command]] = {
    "envoyer": (nothing, lambda camp: Campaign(camp).send()),
    "envoyer à nouveau": (united, lambda camp: Campaign(camp).send()),
    "recevoir": (several, lambda camp: Campaign(camp).receive([camp.parent / "finances.xlsx"])),
    "consolider": (corrected, lambda camp: Campaign(camp).consolidate()),
    "consolider sans": (left_out, lambda camp: Campaign(camp).consolidate()),
    "rappels": (received, lambda camp: Campaign(camp).remind(today=LATER)),
    "ecarter": (received, lambda camp: Campaign(camp).set_aside("travaux.xlsx", "erreur")),
    "reemettre": (united, lambda camp: Campaign(camp).reissue(1)),
    "reparer": (wrecked, lambda camp: Campaign(camp).repair()),
}
"""What is made ready in a campaign whose sends are out, then what may be stopped."""


def done_again(camp: Path, command: Command) -> None:
    """Run a command that was stopped once more; one that had done all says so."""
    try:
        command(camp)
    except UsageError as error:
        if "déjà" not in str(error):
            raise
        Campaign(camp).receive()
        Layout(camp).pending.unlink(missing_ok=True)  # the next consolidation takes it away
