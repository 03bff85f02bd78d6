"""How much of a file is read, and how: the limits that hold before memory is spent, and tolerance.

Each limit is far above any PST. Its `words` name it on the command line and in the reference.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from typing import Any

from pst_excel.errors import UnreadableFile, UsageError
from pst_excel.wording import NBSP, listed, number, plain

MEGA = 1_000_000
_COUNT = re.compile(r"[1-9][0-9]{0,11}")


def _limit(value: int, words: str, unit: str = "") -> Any:
    return field(default=value, metadata={"words": words, "unit": unit})


@dataclass(frozen=True)
class Limits:
    """What a workbook may weigh and hold, and what reading it may cost."""

    fichier: int = _limit(50 * MEGA, "le poids du fichier", "octets")
    parties: int = _limit(2_000, "le nombre de parties du classeur")
    partie: int = _limit(200 * MEGA, "le poids d’une partie décompressée", "octets")
    total: int = _limit(400 * MEGA, "le poids du classeur décompressé", "octets")
    rapport: int = _limit(200, "le rapport entre décompressé et compressé")
    lignes: int = _limit(100_000, "le numéro de la dernière ligne remplie d’une feuille")
    colonnes: int = _limit(702, "le numéro de la dernière colonne remplie d’une feuille")
    cellules: int = _limit(5 * MEGA, "le nombre de cellules d’une feuille (blancs compris)")
    textes: int = _limit(2 * MEGA, "le nombre de textes du classeur")
    cellule: int = _limit(200_000, "le texte d’une cellule", "octets")
    secondes: int = _limit(60, "la durée de la lecture", "secondes")
    memoire: int = _limit(2_000 * MEGA, "la mémoire que prend la lecture", "octets")

    def exceeded(
        self, name: str, found: int | None, remedy: str, sheet: str = ""
    ) -> UnreadableFile:
        """Return the refusal of a file beyond a limit; `found` and the `sheet` when known."""
        (limit,) = (one for one in fields(self) if one.name == name)
        unit = limit.metadata["unit"]
        by = f" : {_said(found, unit)}" if found is not None else ""
        where = f" (« {sheet} »)" if sheet else ""
        return UnreadableFile(
            f"{limit.metadata['words']}{where} dépasse la limite « {name} »"
            f" ({_said(getattr(self, name), unit)}){by} ; {remedy}"
        )


def _said(amount: int, unit: str) -> str:
    if unit == "octets" and amount >= MEGA:
        return f"{plain(amount / MEGA)}{NBSP}Mo"
    return f"{number(amount)}{NBSP}{unit}" if unit else number(amount)


@dataclass(frozen=True)
class Options:
    """How workbooks are read: `strict` takes nothing but what is written as the template asks."""

    strict: bool = False
    limits: Limits = field(default_factory=Limits)


def limits_of(settings: tuple[str, ...]) -> Limits:
    """Return the limits with some set as `nom=valeur`. Raises: UsageError in French."""
    known = {one.name for one in fields(Limits)}
    chosen: dict[str, int] = {}
    for setting in settings:
        name, _, value = setting.partition("=")
        name = name.strip().lower()
        if name in known and not _COUNT.fullmatch(value.strip()):
            raise UsageError(f"« {setting} » : donnez un nombre entier, plus grand que zéro")
        if name not in known:
            raise UsageError(
                f"« {setting} » n’est pas une limite ; écrivez par exemple lignes=200000"
                f" (limites : {listed(sorted(known))})"
            )
        chosen[name] = int(value)
    return replace(Limits(), **chosen)
