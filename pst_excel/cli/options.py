"""The arguments and options that several commands have, each declared once."""

from __future__ import annotations

from pathlib import Path

import click

from pst_excel.cli.click_fr import DateParam, StageParam

FILES = click.argument(
    "fichiers", metavar="FICHIER_OU_DOSSIER...", nargs=-1, required=True,
    type=click.Path(path_type=Path),
)  # fmt: skip
OUTPUT = click.option(
    "-o", "--sortie", metavar="FICHIER", required=True, type=click.Path(path_type=Path),
    help="Le fichier à écrire.",
)  # fmt: skip
DATE = click.option(
    "--date", "observed", metavar="AAAA-MM-JJ", type=DateParam(),
    help="La date d’observation (par défaut : celle des classeurs).",
)  # fmt: skip
DUE = click.option(
    "--echeance", "due", metavar="AAAA-MM-JJ", type=DateParam(),
    help="La date pour laquelle les services renvoient leur classeur.",
)  # fmt: skip
STAGE = click.option(
    "--etape", "stage", metavar="ÉTAPE", type=StageParam(),
    help="L’étape du PST : brouillon, adoption, suivi ou évaluation (par défaut : celle de chaque"
    " classeur).",
)  # fmt: skip
WAIVERS = click.option(
    "--derogations", "waivers", metavar="CLASSEUR", type=click.Path(path_type=Path),
    help="Un classeur du modèle dont la feuille « Dérogations » vaut pour tous.",
)  # fmt: skip
STRICT = click.option(
    "--strict", is_flag=True,
    help="Ne comprend que ce qui est écrit comme le modèle le demande.",
)  # fmt: skip
LIMITS = click.option(
    "--limite", "limits", metavar="NOM=VALEUR", multiple=True,
    help="Change une limite de lecture ; à répéter pour plusieurs.",
)  # fmt: skip
REFERENCE = click.option(
    "--reference", "reference", metavar="CLASSEUR", type=click.Path(path_type=Path),
    help="Le PST à mettre à jour (par défaut : le fichier à écrire, s’il existe déjà).",
)  # fmt: skip
SENDS = click.option(
    "--envois", "sends", metavar="DOSSIER", multiple=True, type=click.Path(path_type=Path),
    help="Ce qui a été envoyé aux services (par défaut : les copies que « preparer » a gardées).",
)  # fmt: skip
