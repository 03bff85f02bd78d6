"""The headings of Actions in the order of each template, and tables in that order or in another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pst_excel.excel.names import heading
from pst_excel.model.words.kinds import Where
from pst_excel.pst import PST

_FROM_PARTS = (
    "Parts (%) | Intitulé ✱ | Description | Type ✱ | Volet ✱ | Mandataire | Service pilote ✱"
    " | Agent pilote | Services partenaires | Partenaires : CPAS | Partenaires : intercommunales"
    " | Partenaires : asbl | Partenaires : tiers | Priorité | Début prévu | Échéance"
    " | Début effectif | Fin effective | Statut ✱ | Avancement % ✱ | Santé | Détail santé | ETP"
    " | ODD | Plans liés | Mission obligatoire | Synergie commune-CPAS ✱ | Actions liées | Validée"
    " | Commentaire d’avancement | Mis à jour le"
)
ORDERS = {
    "2026.1": ("Id | Code action ✱ | OO ✱ | " + _FROM_PARTS).split(" | "),
    "2026.2": (
        "Id | Rôle de la ligne | Empreinte | Choix ƒ | Manque ƒ | Refus ƒ | Doutes ƒ | Saisie ƒ"
        " | Code action ✱ | OO ✱ | OO servi ƒ | OS servi ƒ | " + _FROM_PARTS
    ).split(" | "),
    "2026.3": [heading(c) for c in PST["actions"].columns if c.stands(Where.RETURN)],
}
"""The headings of Actions, by the version of the template."""

Row = Mapping[str, Any]
"""The values of a row by their headings, whose signs do not matter."""


def laid_out(order: Sequence[str], rows: Sequence[Row]) -> list[list[Any]]:
    """Return headings and rows as cells, in an order of the headings; formulas show a text."""
    plain = [text.rstrip(" ✱ƒ") for text in order]
    shown = ["calculé" if "ƒ" in text else None for text in order]
    cells = [
        [row.get(name, of_formula) for name, of_formula in zip(plain, shown, strict=True)]
        for row in rows
    ]
    return [list(order), *cells]
