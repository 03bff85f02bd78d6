"""The command `pst-excel`: parse, call the library once, print, exit.

Exit codes: 0 nothing wrong, 1 errors found, 2 wrong usage, 3 a file could not be read, 70 the
program fails on a file.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pst_excel.cli.campaign import campagne
from pst_excel.cli.click_fr import Group, WordChoice, template_values
from pst_excel.cli.endings import end, end_without, naming
from pst_excel.cli.options import (
    DATE,
    DUE,
    FILES,
    LIMITS,
    OUTPUT,
    REFERENCE,
    SENDS,
    STAGE,
    STRICT,
    WAIVERS,
)
from pst_excel.cli.progress import progress
from pst_excel.cli.screen import say, say_data
from pst_excel.cli.tracing import comparer_versions, dou
from pst_excel.cli.watching import surveiller

if TYPE_CHECKING:
    from pst_excel.model.words.stages import Stage
    from pst_excel.workers.loading import Loaded


@click.group(cls=Group)
def cli() -> None:
    """Tenir le programme stratégique transversal (PST) dans Excel."""


@cli.command()
@click.argument("dossier", default="demo-pst", type=click.Path(path_type=Path))
def demo(dossier: Path) -> None:
    """Déploie des exemples dans DOSSIER et déroule toute la chaîne."""
    from pst_excel.cli.demo import run

    for line in run(dossier):
        say(line)


@cli.command()
@click.argument("fichier", type=click.Path(path_type=Path))
@click.option("--institution", "nom", metavar="NOM", help="Le nom de l’institution.")
@click.option("--ins", metavar="CODE", help="Le code INS à cinq chiffres.")
@click.option("--type", "kind", type=WordChoice(["commune", "cpas", "province"]),
              help="Le type d’institution.")  # fmt: skip
@click.option("--legislature", metavar="AAAA-AAAA", default="2024-2030", show_default=True,
              help="La législature.")  # fmt: skip
def modele(
    fichier: Path, nom: str | None, ins: str | None, kind: str | None, legislature: str
) -> None:
    """Écrit le modèle vierge dans FICHIER."""
    from pst_excel import template
    from pst_excel.cli.messages.files import written

    years, values = template_values(legislature, nom, ins, kind)

    say(*written(fichier, template(fichier, years, **values)))


@cli.command()
@FILES
@click.option("--format", "form", type=WordChoice(["texte", "json"]), default="texte",
              show_default=True, help="La forme du rapport.")  # fmt: skip
@click.option("--journal", "journal", is_flag=True,
              help="Montre aussi chaque lecture qui n’était pas littérale.")  # fmt: skip
@click.option("--annoter", "folder", metavar="DOSSIER", type=click.Path(path_type=Path),
              help="Écrit dans DOSSIER une copie de chaque classeur, cellules douteuses marquées"
              " et expliquées.")  # fmt: skip
@click.option("--precedent", "before", metavar="CLASSEUR", type=click.Path(path_type=Path),
              help="Un état précédent, PST ou retour, pour voir ce qui a changé.")  # fmt: skip
@STAGE
@WAIVERS
@DATE
@STRICT
@LIMITS
def verifier(
    fichiers: tuple[Path, ...], form: str, journal: bool, folder: Path | None,
    before: Path | None, stage: Stage | None, waivers: Path | None,
    observed: dt.date | None, strict: bool, limits: tuple[str, ...],
) -> None:  # fmt: skip
    """Lit et contrôle des classeurs, sans rien modifier."""
    from pst_excel.api.checking import run_check
    from pst_excel.cli.check_report import text_report
    from pst_excel.cli.messages.annotations import json_report, said_annotated
    from pst_excel.cli.messages.journal import said_journal
    from pst_excel.reading.limits import Options, limits_of
    from pst_excel.workers.files import check_apart

    if folder is not None:
        check_apart(folder, fichiers)
    loaded = _read(fichiers, strict=strict, limits=limits)
    options = Options(limits=limits_of(limits))
    with naming():
        report, loaded = run_check(loaded, observed, stage, waivers, before, options)
    annotated = None
    if folder is not None and loaded.returns:
        from pst_excel import annotate

        annotated = annotate(loaded, report, folder, options=options)
    if form == "json":
        say_data(json_report(report, annotated))
    else:
        say(*text_report(report, len(loaded.returns)))
        say(*(said_journal(report.journal) if journal and loaded.returns else ()))
        say(*(said_annotated(annotated, folder) if annotated and folder else ()))
    unmarked = [annotation for annotation in annotated or () if annotation.reason]
    faults = [*(one.fault for one in report.refusals), *(one.fault for one in unmarked)]
    end(faults, report.errors)


@cli.command()
@FILES
@OUTPUT
@REFERENCE
@SENDS
@STAGE
@WAIVERS
@DATE
@STRICT
@LIMITS
def consolider(
    fichiers: tuple[Path, ...], sortie: Path, reference: Path | None, sends: tuple[Path, ...],
    stage: Stage | None, waivers: Path | None,
    observed: dt.date | None, strict: bool, limits: tuple[str, ...],
) -> None:  # fmt: skip
    """Réunit les retours des services en un seul classeur, qui garde ce que vous y avez écrit.

    Relancée sur le même fichier, elle le met à jour : corrections et décisions sont reprises.
    """
    from pst_excel.api.runs import run_consolidation
    from pst_excel.cli.messages.consolidation import consolidated
    from pst_excel.reading.limits import Options, limits_of

    loaded = _read(
        fichiers, sortie, strict, limits, alone=sortie.is_file() or reference is not None
    )
    options = Options(limits=limits_of(limits))
    with naming():
        result, written = run_consolidation(
            sortie, loaded, observed, options, stage, waivers, reference=reference, sends=sends
        )
    say(*consolidated(result, sortie, written))
    end([refusal.fault for refusal in result.refusals], result.report.errors)


@cli.command()
@click.argument("pst", metavar="PST_CONSOLIDE", type=click.Path(path_type=Path))
@click.option("-o", "--sortie", metavar="DOSSIER", required=True, type=click.Path(path_type=Path),
              help="Le dossier où écrire les classeurs.")  # fmt: skip
@click.option("--service", "services", metavar="NOM", multiple=True,
              help="Un service ; à répéter pour plusieurs (par défaut : tous).")  # fmt: skip
@DUE
@click.option("--remplacer", is_flag=True,
              help="Garde à côté les classeurs déjà là, et en écrit de nouveaux.")  # fmt: skip
@LIMITS
def preparer(
    pst: Path, sortie: Path, services: tuple[str, ...], due: dt.date | None, remplacer: bool,
    limits: tuple[str, ...],
) -> None:  # fmt: skip
    """Prépare un classeur prérempli par service."""
    from pst_excel import prepare
    from pst_excel.cli.messages.preparation import prepared
    from pst_excel.reading.limits import Options, limits_of

    options = Options(limits=limits_of(limits))
    with naming(pst), progress("Écriture") as step:
        result, kept = prepare(
            pst, sortie, services, due, remplacer, options=options, progress=step
        )
    say(*prepared(result, pst, sortie, kept))


@cli.command()
@click.argument("fichier", metavar="CLASSEUR", type=click.Path(path_type=Path))
@OUTPUT
@LIMITS
def moderniser(fichier: Path, sortie: Path, limits: tuple[str, ...]) -> None:
    """Refait un classeur rempli sur le modèle actuel.

    Sa dernière feuille, Modernisation, dit tout ce qui a changé et ce qui n’a pas pu être repris.
    """
    from pst_excel import modernise
    from pst_excel.cli.messages.upgrade import modernised
    from pst_excel.reading.limits import Options, limits_of

    options = Options(limits=limits_of(limits))
    with naming(fichier):
        result, kept = modernise(fichier, sortie, options)
    say(*modernised(result, sortie, kept))


@cli.command()
@click.argument("codes", metavar="[CODE]...", nargs=-1)
@STAGE
@click.option("--format", "form", type=WordChoice(["texte", "json"]), default="texte",
              show_default=True, help="La forme de la liste.")  # fmt: skip
def regles(codes: tuple[str, ...], stage: Stage | None, form: str) -> None:
    """Liste les règles de contrôle ; avec des codes, dit tout de chacune."""
    from pst_excel.cli.rules import as_json, chosen, listing, told

    rules = chosen(codes, stage)
    if form == "json":
        say_data([as_json(rule) for rule in rules])
        return
    say(*(told(rules) if codes else listing(rules)))


@cli.command()
@FILES
@OUTPUT
@DATE
@STRICT
@LIMITS
def comparer(
    fichiers: tuple[Path, ...], sortie: Path, observed: dt.date | None, strict: bool,
    limits: tuple[str, ...],
) -> None:  # fmt: skip
    """Met côte à côte les chiffres de plusieurs institutions."""
    from pst_excel.api.runs import run_comparison
    from pst_excel.cli.messages.comparison import compared
    from pst_excel.reading.limits import Options, limits_of

    loaded = _read(fichiers, sortie, strict, limits)
    options = Options(limits=limits_of(limits))
    with naming():
        result, written = run_comparison(sortie, loaded, observed, options)
    say(*compared(result, sortie, written.previous))
    end(refusal.fault for refusal in result.refusals)


cli.add_command(campagne)
cli.add_command(comparer_versions)
cli.add_command(dou)
cli.add_command(surveiller)


def _read(
    paths: tuple[Path, ...], target: Path | None = None, strict: bool = False,
    limits: tuple[str, ...] = (), alone: bool = False,
) -> Loaded:  # fmt: skip
    """Read the files with a progress bar on a terminal, and nothing in a pipe.

    With a target, it is looked at first; where no file can be read, the reasons are said and the
    command ends. `alone` where folders may be empty: the plan is enough.
    """
    from pst_excel import read_files
    from pst_excel.cli.messages.files import said_passed_over
    from pst_excel.reading.limits import Options, limits_of
    from pst_excel.workers.files import passed_over, workbooks
    from pst_excel.workers.loading import Loaded
    from pst_excel.workers.writing import check_target

    options = Options(strict, limits_of(limits))
    files = workbooks(paths, may_be_empty=alone)
    if target is not None:
        check_target(target, files)
    if not files:
        return Loaded([], [])
    with progress("Lecture") as step:
        told = None if step is None else lambda name: step(name, len(files))
        loaded = read_files(files, told, options=options)
    say(*said_passed_over(passed_over(paths)), err=True)
    if target is not None and loaded.refusals and not loaded.returns:
        end_without(loaded.refusals)
    return loaded


def main() -> None:
    """Run the command; a console that lacks a sign shows another in its place."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    cli.main(prog_name="pst-excel")
