"""The commands of a campaign: each calls one method of it, and says what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pst_excel.cli.click_fr import DateParam, DaysParam, Group, WordChoice
from pst_excel.cli.endings import end, naming
from pst_excel.cli.options import DATE, DUE, LIMITS, STAGE, STRICT, WAIVERS
from pst_excel.cli.screen import say, say_data
from pst_excel.text.spelling import in_digits

if TYPE_CHECKING:
    from pst_excel.campaign.history import History
    from pst_excel.model.words.stages import Stage
    from pst_excel.reading.limits import Options
    from pst_excel.rounds.campaign import Campaign

_PATH: Any = click.Path(path_type=Path)
PLACE = click.argument("dossier", metavar="[DOSSIER]", required=False, type=_PATH)
FOLDER = click.option(
    "--dossier", "dossier", metavar="DOSSIER", type=_PATH,
    help="Le dossier de la campagne (par défaut : celui où vous êtes).",
)  # fmt: skip
TODAY = click.option(
    "--date", "today", metavar="AAAA-MM-JJ", type=DateParam(),
    help="Le jour où l’on regarde (par défaut : aujourd’hui).",
)  # fmt: skip
FORM = click.option(
    "--format", "form", type=WordChoice(["texte", "json"]), default="texte", show_default=True,
    help="La forme de ce qui est dit.",
)  # fmt: skip


@click.group(cls=Group)
def campagne() -> None:
    """Tient une campagne dans un dossier qui se souvient de tout."""


@campagne.command()
@click.argument("dossier", type=_PATH)
@click.option("--depuis", "sources", metavar="CLASSEUR", multiple=True, type=_PATH,
              help="Le PST de départ, ou les retours des services (fichiers ou dossier) ; à répéter"
              " pour plusieurs.")  # fmt: skip
@DUE
@STRICT
@LIMITS
def creer(
    dossier: Path, sources: tuple[Path, ...], due: dt.date | None, strict: bool,
    limits: tuple[str, ...],
) -> None:  # fmt: skip
    """Fait de DOSSIER une campagne, à partir d’un PST, de retours, ou de rien."""
    from pst_excel import Campaign
    from pst_excel.cli.messages.campaign.making import created

    with naming():
        _, made = Campaign.create(dossier, sources, due, _options(strict, limits))
    say(*created(made, due))


@campagne.command()
@PLACE
@click.option("--service", "services", metavar="NOM", multiple=True,
              help="Un service ; à répéter pour plusieurs (par défaut : tous).")  # fmt: skip
@DUE
@LIMITS
def envoyer(
    dossier: Path | None, services: tuple[str, ...], due: dt.date | None, limits: tuple[str, ...]
) -> None:
    """Prépare dans « envois » un classeur prérempli par service, et le note."""
    from pst_excel.cli.messages.campaign.making import sent

    campaign = reading_campaign(dossier, limits=limits)
    with naming(campaign.layout.plan):
        result = campaign.send(services, due)
    say(*sent(result, campaign.layout, dt.date.today()))


@campagne.command()
@click.argument("fichiers", metavar="[FICHIER]...", nargs=-1, type=_PATH)
@FOLDER
@STRICT
@LIMITS
def recevoir(
    fichiers: tuple[Path, ...], dossier: Path | None, strict: bool, limits: tuple[str, ...]
) -> None:
    """Contrôle, annote et note ce qui est revenu : les fichiers donnés, et ceux de « retours »."""
    from pst_excel.campaign.layout import Layout
    from pst_excel.cli.messages.campaign.receiving import received
    from pst_excel.cli.messages.files import said_passed_over
    from pst_excel.workers.files import passed_over

    if dossier is None and fichiers and Layout(fichiers[0]).is_campaign:
        dossier, *rest = fichiers
        fichiers = tuple(rest)
    campaign = reading_campaign(dossier, strict, limits)
    with naming():
        result = campaign.receive(fichiers)
    say(*received(result, campaign.layout))
    say(*said_passed_over(passed_over([campaign.layout.returns])))
    end(result.faults, result.errors)


@campagne.command()
@PLACE
@STAGE
@WAIVERS
@DATE
@STRICT
@LIMITS
def consolider(
    dossier: Path | None, stage: Stage | None, waivers: Path | None, observed: dt.date | None,
    strict: bool, limits: tuple[str, ...],
) -> None:  # fmt: skip
    """Reçoit ce qui est revenu, puis met « PST_consolide.xlsx » à jour, et le note."""
    from pst_excel.cli.messages.campaign.receiving import received
    from pst_excel.cli.messages.campaign.uniting import united

    campaign = reading_campaign(dossier, strict, limits)
    with naming(campaign.layout.plan):
        reception, result = campaign.consolidate(observed, stage, waivers)
    say(*received(reception, campaign.layout, quiet=True))
    say(*united(result, campaign.layout))
    left_out = [*reception.faults, *(one.fault for one in result.result.refusals)]
    end(left_out, result.result.report.errors)


@campagne.command()
@PLACE
@click.option("--retours", "every", is_flag=True,
              help="Liste chaque fichier reçu depuis le début, et son sort.")  # fmt: skip
@TODAY
@FORM
def etat(dossier: Path | None, every: bool, today: dt.date | None, form: str) -> None:
    """Dit qui a répondu, qui est en retard et de combien de jours, qui n’a jamais répondu."""
    from pst_excel.cli.messages.campaign.standing import every_return, json_standing, standing
    from pst_excel.cli.messages.files import said_passed_over
    from pst_excel.workers.files import passed_over

    campaign = _campaign(dossier)
    found = campaign.standing(today)
    if form == "json":
        say_data(json_standing(found))
        return
    say(*(every_return(found) if every else standing(found)))
    say(*said_passed_over(passed_over([campaign.layout.returns])))


@campagne.command()
@PLACE
@click.option("--action", "code", metavar="CODE",
              help="Comment cette action en était à chaque consolidation.")  # fmt: skip
@click.option("-o", "--sortie", metavar="FICHIER", type=_PATH,
              help="Le classeur à écrire : tous les chiffres, et chaque action.")  # fmt: skip
@FORM
def historique(dossier: Path | None, code: str | None, sortie: Path | None, form: str) -> None:
    """Dit ce qui a changé depuis la dernière fois, puis chaque consolidation."""
    from pst_excel.cli.messages.campaign import history as words
    from pst_excel.workers.writing import check_target

    campaign = _campaign(dossier)
    if sortie is not None:
        check_target(sortie, [campaign.layout.plan] if campaign.layout.plan.exists() else [])
    whole = sortie is not None or form == "json"
    found = campaign.history(0 if whole else 2, "" if whole else code or "")
    tracks = found.of(code) if code is not None else []
    kept = _written(found, sortie) if sortie is not None else []
    if form == "json":
        say_data(words.json_tracks(found, tracks) if tracks else words.json_history(found))
        return
    say(*(words.tracked(found, tracks) if tracks else words.told(found)))
    say(*(kept or [words.MORE]) if found.lines and not tracks else kept)


def _written(found: History, target: Path) -> list[str]:
    from pst_excel import write
    from pst_excel.cli.messages.files import written

    return list(written(target, write(found, target)))


@campagne.command()
@PLACE
@click.option("--avant", "before", metavar="JOURS", type=DaysParam(),
              help="Écrit aussi à ceux dont le retour est attendu dans ce délai.")  # fmt: skip
@TODAY
def rappels(dossier: Path | None, before: int | None, today: dt.date | None) -> None:
    """Prépare dans « rappels » un message à chaque service en retard, ou qui a des erreurs.

    Ce sont des brouillons (.eml) à ouvrir, relire et envoyer : le programme n’envoie rien.
    """
    from pst_excel.cli.messages.campaign.reminding import reminded

    campaign = _campaign(dossier)
    say(*reminded(campaign.remind(before, today), campaign.layout))


@campagne.command()
@click.argument("retour", metavar="RETOUR")
@click.option("--motif", "reason", metavar="TEXTE", help="Pourquoi il est écarté.")
@click.option("--reprendre", "back", is_flag=True, help="Reprend un retour écarté.")
@FOLDER
def ecarter(retour: str, reason: str | None, back: bool, dossier: Path | None) -> None:
    """Écarte RETOUR (son fichier, ou son service) des consolidations, ou le reprend."""
    from pst_excel.cli.messages.campaign.making import ruled

    if not back and not (reason or "").strip():
        raise click.UsageError('il manque --motif : dites pourquoi, par exemple --motif "doublon"')
    campaign = _campaign(dossier)
    decide: Callable[[str, str], Any] = campaign.take_back if back else campaign.set_aside
    say(*ruled(decide(retour, (reason or "").strip())))


@campagne.command()
@click.argument("laquelle", metavar="DATE|NUMERO")
@click.option("-o", "--sortie", metavar="FICHIER", type=_PATH,
              help="Le fichier à écrire (par défaut : à côté du PST).")  # fmt: skip
@FOLDER
def reemettre(laquelle: str, sortie: Path | None, dossier: Path | None) -> None:
    """Écrit à nouveau une consolidation passée, octet pour octet."""
    from pst_excel.cli.messages.campaign.making import reissued

    numbered = in_digits(laquelle)
    which = int(laquelle) if numbered else DateParam().convert(laquelle, None, None)
    say(*reissued(_campaign(dossier).reissue(which, sortie)))


@campagne.command()
@PLACE
@LIMITS
def reparer(dossier: Path | None, limits: tuple[str, ...]) -> None:
    """Refait le registre à partir de l’archive, et dit ce qui manque ou a été remis."""
    from pst_excel.cli.messages.campaign.repairing import repaired

    campaign = reading_campaign(dossier, limits=limits)
    result = campaign.repair()
    say(*repaired(result, campaign.layout))
    end([], int(result.lost))


def reading_campaign(
    folder: Path | None, strict: bool = False, limits: tuple[str, ...] = ()
) -> Campaign:
    """Return a campaign of which workbooks are to be read: what was read once is not read again."""
    from pst_excel import Campaign

    return Campaign(folder or Path(), _options(strict, limits))


def _campaign(folder: Path | None) -> Campaign:
    """Return the campaign of a folder, or of the one where the command is run."""
    from pst_excel import Campaign

    return Campaign(folder or Path())


def _options(strict: bool, limits: tuple[str, ...]) -> Options:
    """Return how returns are read: those that were read once are taken from the user’s cache."""
    from pst_excel.reading.limits import Options, limits_of
    from pst_excel.returns.cache import own_cache

    return Options(strict, limits_of(limits), own_cache())
