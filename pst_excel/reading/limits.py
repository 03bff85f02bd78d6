"""How much of a file is read, and how: the limits that hold before memory is spent, and tolerance.

Each limit is far above any PST. Its `french` name is that of the command line; its `words` explain
it there and in the reference.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from pst_excel.model.words.wording import NBSP, guess, listed, number, plain
from pst_excel.text.errors import UnreadableFile, UsageError

if TYPE_CHECKING:
    from pst_excel.returns.cache import ReturnCache

MEGA = 1_000_000
_COUNT = re.compile(r"[1-9][0-9]{0,11}")


def _limit(value: int, french: str, words: str, unit: str = "") -> Any:
    return field(default=value, metadata={"french": french, "words": words, "unit": unit})


class _Told:
    """What is shown as what it is made with: the fields that are not as usual."""

    def __repr__(self) -> str:
        usual = type(self)()
        told = [
            f"{one.name}={getattr(self, one.name)!r}"
            for one in fields(self)  # type: ignore[arg-type]
            if one.repr and getattr(self, one.name) != getattr(usual, one.name)
        ]
        return f"{type(self).__name__}({', '.join(told)})"


@dataclass(frozen=True, repr=False)
class Limits(_Told):
    """What a workbook may weigh and hold, and what reading it may cost."""

    file_size: int = _limit(50 * MEGA, "fichier", "le poids du fichier", "octets")
    part_count: int = _limit(2_000, "parties", "le nombre de parties du classeur")
    part_size: int = _limit(200 * MEGA, "partie", "le poids d’une partie décompressée", "octets")
    total_size: int = _limit(400 * MEGA, "total", "le poids du classeur décompressé", "octets")
    ratio: int = _limit(200, "rapport", "le rapport entre décompressé et compressé")
    rows: int = _limit(100_000, "lignes", "le numéro de la dernière ligne remplie d’une feuille")
    columns: int = _limit(702, "colonnes", "le numéro de la dernière colonne remplie d’une feuille")
    cells: int = _limit(
        5 * MEGA, "cellules", "le nombre de cellules d’une feuille (blancs compris)"
    )
    texts: int = _limit(2 * MEGA, "textes", "le nombre de textes du classeur")
    cell_size: int = _limit(200_000, "cellule", "le texte d’une cellule", "octets")
    seconds: int = _limit(60, "secondes", "la durée du travail sur un classeur", "secondes")
    memory: int = _limit(2_000 * MEGA, "memoire", "la mémoire que prend ce travail", "octets")

    def times(self, more: float) -> Limits:
        """Return these limits for a work on several: so many times the duration and the memory."""
        return replace(self, seconds=int(self.seconds * more), memory=int(self.memory * more))

    def exceeded(
        self, name: str, found: int | None, remedy: str, sheet: str = ""
    ) -> UnreadableFile:
        """Return the refusal of a file beyond a limit; `found` and the `sheet` when known."""
        (limit,) = (limit for limit in fields(self) if limit.name == name)
        unit = limit.metadata["unit"]
        by = f" : {_said(found, unit)}" if found is not None else ""
        where = f" (« {sheet} »)" if sheet else ""
        return UnreadableFile(
            f"{limit.metadata['words']}{where} dépasse la limite « {limit.metadata['french']} »"
            f" ({_said(getattr(self, name), unit)}){by} ; {remedy}",
            sheet=sheet,
        )


def _said(amount: int, unit: str) -> str:
    if unit == "octets" and amount >= MEGA:
        return f"{plain(amount / MEGA)}{NBSP}Mo"
    return f"{number(amount)}{NBSP}{unit}" if unit else number(amount)


@dataclass(frozen=True, repr=False)
class Options(_Told):
    """How workbooks are read: `strict` takes nothing but what is written as the template asks.

    What was read once is taken from the `cache`, if there is one: it changes no result, and its
    absence from the text of these options is what lets that text name how a workbook was read.
    """

    strict: bool = False
    limits: Limits = field(default_factory=Limits)
    cache: ReturnCache | None = field(default=None, compare=False, repr=False)


def limits_of(settings: tuple[str, ...]) -> Limits:
    """Return the limits with some set as `nom=valeur`. Raises: UsageError in French."""
    known = {limit.metadata["french"]: limit.name for limit in fields(Limits)}
    chosen: dict[str, int] = {}
    for setting in settings:
        name, _, value = setting.partition("=")
        name = name.strip().lower()
        if name in known and not _COUNT.fullmatch(value.strip()):
            raise UsageError(f"« {setting} » : donnez un nombre entier, plus grand que zéro")
        if name not in known:
            near = guess(name, known)
            raise UsageError(
                f"« {setting} » n’est pas une limite{near} ; écrivez par exemple lignes=200000"
                f" (limites : {listed(sorted(known))})"
            )
        chosen[known[name]] = int(value)
    return replace(Limits(), **chosen)
