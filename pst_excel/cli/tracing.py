"""The commands that answer: what changed between two workbooks, where a value comes from."""

from __future__ import annotations

from pathlib import Path

import click

from pst_excel.cli.click_fr import Command, WordChoice
from pst_excel.cli.endings import naming
from pst_excel.cli.options import LIMITS
from pst_excel.cli.screen import say, say_data


@click.command("comparer-versions", cls=Command)
@click.argument("avant", metavar="AVANT", type=click.Path(path_type=Path))
@click.argument("apres", metavar="APRÈS", type=click.Path(path_type=Path))
@click.option("-o", "--sortie", metavar="FICHIER", type=click.Path(path_type=Path),
              help="Le fichier à écrire, .xlsx ou .json (par défaut : à l’écran).")  # fmt: skip
@click.option("--format", "form", type=WordChoice(["texte", "json"]), default="texte",
              show_default=True, help="La forme de ce qui est dit à l’écran.")  # fmt: skip
@LIMITS
def comparer_versions(
    avant: Path, apres: Path, sortie: Path | None, form: str, limits: tuple[str, ...]
) -> None:
    """Dit ce qui a changé entre deux états d’un même PST.

    Deux PST consolidés, un envoi et son retour, deux modèles remplis.
    """
    from pst_excel import compare_versions, write
    from pst_excel.cli.messages.files import written
    from pst_excel.cli.messages.versions import compared_versions
    from pst_excel.reading.limits import Options, limits_of
    from pst_excel.workers.writing import check_target

    options = Options(limits=limits_of(limits))
    if sortie is not None:
        check_target(sortie, [path for path in (avant, apres) if path.exists()])
    with naming():
        result = compare_versions(avant, apres, options)
    kept = write(result, sortie) if sortie is not None else None
    if form == "json":
        from pst_excel.tracing.json_data import as_json

        say_data(as_json(result))
        return
    say(*compared_versions(result))
    say(*(written(sortie, kept) if sortie is not None else ()))


@click.command(cls=Command)
@click.argument("fichier", metavar="PST_CONSOLIDE", type=click.Path(path_type=Path))
@click.argument("cellule", metavar="CELLULE")
@LIMITS
def dou(fichier: Path, cellule: str, limits: tuple[str, ...]) -> None:
    """Dit d’où vient une valeur du PST consolidé.

    CELLULE nomme la feuille et la cellule, comme Actions!AF12 : le fichier et la cellule où la
    valeur a été lue, sa date, son auteur, et ce qui a été écarté.
    """
    from pst_excel import trace
    from pst_excel.cli.messages.trace import told
    from pst_excel.reading.limits import Options, limits_of

    with naming(fichier):
        found = trace(fichier, cellule, Options(limits=limits_of(limits)))
    say(*told(found))
