"""Compare the time `campagne etat` and `campagne historique` take with that of `pst-excel --help`.

The campaign is one of 40 services and 12 rounds, 600 records in its plan.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

from timing import best

from pst_excel.campaign.entries import (
    Came,
    Consolidated,
    Created,
    Followed,
    Received,
    Sent,
    SentWorkbook,
)
from pst_excel.campaign.layout import Layout
from pst_excel.rounds.workplace import working

SERVICES = [f"Service {at:02}" for at in range(1, 41)]
ROUNDS, RECORDS = 12, 600
FIGURES = {
    "progress": ("Taux moyen de réalisation", "% de 100"), "late": ("Actions en retard", "nombre"),
    "budget": ("Budget prévu", "€"), "strict": ("Taux strict (terminées)", "%"),
    "every": ("Actions", "nombre"), "known": ("Complétude des actions", "%"),
}  # fmt: skip


def campaign(folder: Path) -> None:
    """Make the records of the campaign in a folder, and its register."""
    layout = Layout(folder)
    layout.archive.mkdir(parents=True)
    with working(layout) as work:
        record = work.register.record
        record(Created("Valbruyère", ("Commune", "99999", "2024", "2030")))
        for round_ in range(1, ROUNDS + 1):
            due = dt.date(2026, round_, 20).isoformat()
            sent = [
                SentWorkbook(_id(round_, one)[:12], _id("s", round_, one), one, f"{one}.xlsx", due)
                for one in SERVICES
            ]
            came = [
                Came(_id("r", round_, one.service), f"{one.service}_{round_}.xlsx",
                     service=one.service, send=one.id, due=due, rows=15, findings=(1, 2, 3),
                     errors=("Actions, cellule N6 : à corriger.",), rank=(due, "", ""))
                for one in sent[: len(sent) - round_ % 4]
            ]  # fmt: skip
            record(Sent(tuple(sent), tuple(SERVICES)))
            record(Received(tuple(came)))
            record(_consolidated(round_, came))


def _consolidated(round_: int, came: list[Came]) -> Consolidated:
    values = {key: round_ * 3.5 if unit == "% de 100" else round_ / 20 if unit == "%" else
              1000.0 * round_ for key, (_, unit) in FIGURES.items()}  # fmt: skip
    return Consolidated(
        _id("run", round_)[:12], _id("plan", round_), institution="Valbruyère",
        observed=dt.date(2026, round_, 28).isoformat(), counted=tuple(one.digest for one in came),
        services=tuple(SERVICES), rows=RECORDS, findings=(13, 23, 23), conflicts=2, figures=values,
        labels=FIGURES, columns=("Statut", "Avancement %", "Échéance"),
        followed=tuple(
            Followed(_id("row", at)[:12], f"{at // 60 + 1}.{at // 6 % 10 + 1}.{at % 6 + 1}",
                     f"Réaliser ce que le plan promet en {at} lieux de la commune",
                     ("En cours", str(min(100, round_ * (at % 9))), "2028-06-30"))
            for at in range(RECORDS)
        ),
        tiles=tuple(FIGURES), trend=("progress", "late"), kinds=("liste", "pourcentage", "date"),
        plan="PST", records=("action", "actions"),
    )  # fmt: skip


def _id(*parts: object) -> str:
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()


def run(*arguments: str) -> None:
    """Run the command."""
    subprocess.run([sys.executable, "-m", "pst_excel", *arguments], capture_output=True, check=True)


def main() -> None:
    """Print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "campagne"
        campaign(place)
        floor, state, history, one = best(
            15, lambda: run("--help"), lambda: run("campagne", "etat", str(place)),
            lambda: run("campagne", "historique", str(place)),
            lambda: run("campagne", "historique", str(place), "--action", "1.1.2"),
        )  # fmt: skip
    print(f"{len(SERVICES)} services, {ROUNDS} rounds, {RECORDS} records (to reach: at most 3)")
    print(f"  pst-excel --help     {floor * 1e3:4.0f} ms")
    for name, seconds in (("etat", state), ("historique", history), ("historique --action", one)):
        print(f"  campagne {name:20} {seconds * 1e3:4.0f} ms, ratio {seconds / floor:.2f}")


if __name__ == "__main__":
    main()
