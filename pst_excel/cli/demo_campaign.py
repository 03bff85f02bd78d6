"""The end of the demonstration: a campaign of three services over two rounds, kept in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pst_excel import Campaign
from pst_excel.campaign.layout import Layout
from pst_excel.cli.messages.campaign.standing import summary
from pst_excel.cli.messages.campaign.uniting import numbered
from pst_excel.model.words.wording import date, plural
from pst_excel.reference.samples import campaign as sample
from pst_excel.workers.writing import make_folder, save

CAMPAIGN, TO_DROP = "campagne", "un-retour-a-deposer"
PLAN = "institutions/PST_grand-sart.xlsx"


def run(folder: Path) -> Iterator[str]:
    """Play two rounds in a folder of their own; leave a return to be dropped by who looks on."""
    place = Layout(folder / CAMPAIGN)
    if place.is_campaign:
        yield f"{place.folder} est déjà là, et reste comme vous l’avez laissé."
        return
    campaign, made = Campaign.create(place.folder, folder / PLAN)
    yield f"Campagne de {made.institution} faite dans {place.folder}."
    services = [name for name in campaign.memory.services if name.startswith(tuple(_names()))]
    for number, (due, progress) in enumerate(sample.ROUNDS, start=1):
        campaign.send(services, due)
        sent = {file.name: file.read_bytes() for file in place.sends.glob("*.xlsx")}
        for who, value in progress.items():
            name, data = sample.answer(sent, who, value)
            save(place.returns / name, data)
        reception, united = campaign.consolidate()
        asked = plural(len(services), "classeur envoyé", "classeurs envoyés")
        came = plural(len(reception.came), "retour")
        yield f"Tour {number} : {asked}, à rendre pour le {date(due)} ; {came}. {numbered(united)}."
    make_folder(folder / TO_DROP)
    name, data = sample.answer(sent, *sample.DROPPED)
    save(folder / TO_DROP / name, data)
    yield f"Le {date(sample.AFTERWARDS)} : {summary(campaign.standing(sample.AFTERWARDS))}."
    yield f"À vous : déposez {folder / TO_DROP / name} dans {place.returns}, puis"
    yield f"  pst-excel campagne consolider {place.folder}"
    yield f"ou lancez d’abord « pst-excel surveiller {place.folder} », et déposez-le : tout suit."


def _names() -> Iterator[str]:
    """Give how the services begin, with their accents."""
    yield from ("Travaux", "Environnement", "Secrétariat")
