"""What is said of a figure to who disputes it, for the reference and for the workbook alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pst_excel.model.figures.boards import Evaluation
from pst_excel.model.figures.figures import Figure
from pst_excel.model.figures.lines import PanelColumn
from pst_excel.model.plan import Plan
from pst_excel.model.sources import source_of
from pst_excel.model.words.wording import listed

COMMON = "Ce qui vaut pour tous les chiffres"
_UNITS = {"nombre": "nombre", "% de 100": "%", "par 1 000": "pour 1 000 habitants"}


@dataclass(frozen=True)
class Said:
    """One thing that is said of a figure: under a head, words, those that matter first."""

    head: str
    words: str
    strong: str = ""

    @property
    def whole(self) -> str:
        """All the words, where none of them stand out."""
        return f"{self.strong}. {self.words}" if self.strong else self.words


def unit_of(figure: Figure) -> str:
    """Return the unit of a figure in words."""
    return _UNITS.get(figure.unit, figure.unit)


def told_of(plan: Plan) -> tuple[Figure, ...]:
    """Return the figures of the workbook of an institution, each once."""
    return tuple({figure.key: figure for figure in (*plan.figures, *plan.headline)}.values())


def said_of(figure: Figure, plan: Plan) -> list[Said]:
    """Return what settles a figure; what there is nothing to say of is left out."""
    said = []
    if (terms := figure.terms) is not None:
        detailed = " ; ".join(_detailed(figure, plan)) or "rien : un seul chiffre pour le tout"
        said = [
            Said("Lignes comptées", terms.rows),
            Said("Niveau", terms.level),
            Said("Case vide, et « connu »", terms.missing),
            Said("Lignes à part", terms.aside),
            Said("Montants négatifs", terms.signs),
            Said("Source", f"{source_of(figure, plan)}."),
            Said("Détaillé par (et sa dernière ligne)", f"{detailed}."),
        ]
    example = plan.workings.examples.get(figure.key) if plan.workings else None
    if example is not None:
        known = f"Connu pour {example.known} sur {example.base}."
        said.append(Said("Exemple", f"{known} {example.why}", example.sum))
    return [one for one in said if one.words]


def _detailed(figure: Figure, plan: Plan) -> Iterator[str]:
    """Say in which tables a figure has a column, that counts the same or is named alike.

    Behind each, the last lines, of what has no place.
    """
    places: list[tuple[str, Sequence[PanelColumn], list[str]]] = []
    for board in plan.boards:
        if isinstance(board, Evaluation):
            last = [level.rest for level in board.levels]
            places.append((plan[board.sheet].title, board.levels[0].columns, last))
        else:
            places += [(one.by.title, one.columns, [one.by.rest]) for one in board.panels]
    for title, columns, rests in places:
        units = [column.unit for column in columns if _shows(column, figure)]
        if units:
            counted = "" if figure.unit in units else f", en {units[0]}"
            yield f"{title}{counted} ({listed(f'« {rest} »' for rest in rests)})"


class _Names:
    """The names of a formula that is only compared with another."""

    def column(self, sheet: str, key: str) -> str:
        return f"{sheet}.{key}"

    def parts(self, sheet: str) -> int:
        return 1


def _shows(column: PanelColumn, figure: Figure) -> bool:
    same = column.quantity.render(_Names()) == figure.quantity.render(_Names())
    return same or column.label == figure.label
