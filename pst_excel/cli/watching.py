"""The command that watches a campaign: it says what happens, a sentence a line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from pst_excel.cli.campaign import PLACE
from pst_excel.cli.click_fr import Command, ParamType
from pst_excel.cli.options import LIMITS, STRICT
from pst_excel.cli.screen import say
from pst_excel.rounds.watching.pace import INTERVAL


class Seconds(ParamType[float]):
    """A number of seconds, with a comma or a point."""

    name = "secondes"
    least, most = 0.2, 3600.0

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the number. Raises: BadParameter in French."""
        try:
            seconds = float(str(value).replace(",", "."))
        except ValueError:
            seconds = 0.0
        if not self.least <= seconds <= self.most:
            self.fail(f"« {value} » n’est pas un nombre de secondes, de 0,2 à 3600", param, ctx)
        return seconds


@click.command(cls=Command)
@PLACE
@click.option("--intervalle", "interval", metavar="SECONDES", type=Seconds(), default=INTERVAL,
              show_default=True, help="Le temps entre deux regards dans le dossier.")  # fmt: skip
@click.option("--une-fois", "once", is_flag=True,
              help="Prend ce qui attend, puis s’arrête au lieu de surveiller.")  # fmt: skip
@STRICT
@LIMITS
def surveiller(
    dossier: Path | None, interval: float, once: bool, strict: bool, limits: tuple[str, ...]
) -> None:
    """Reçoit tout seul ce qui est déposé dans les retours d’une campagne.

    Chaque retour est contrôlé, annoté dans « rendus » et noté, puis « PST_consolide.xlsx » est mis
    à jour. Seul un nouveau retour le met à jour, jamais ce que vous y corrigez ou décidez : cela
    est repris avec le retour suivant, ou par « pst-excel campagne consolider ».
    """
    from pst_excel.cli.messages.campaign.watching import happened, started
    from pst_excel.reading.limits import Options, limits_of
    from pst_excel.rounds.campaign import Campaign

    campaign = Campaign(dossier or Path(), Options(strict, limits_of(limits)))
    say(*started(campaign.layout, interval, once))
    try:
        for one in campaign.watch(interval, once, cached=True):
            say(*happened(one, dt.datetime.now()))
    except KeyboardInterrupt:
        say("Surveillance arrêtée ; ce qui arrive entre-temps sera pris à la prochaine.")
