"""What every table of figures must obey: its lines make its total, and its total is the tile.

Under the OS and the OO an action is whole: there its lines make the total, or more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from second_truth.boards import OPEN
from second_truth.program import same
from second_truth.truth import EMPTY, TOTAL, Line, Lines, Truth

TILES = {
    "Suivies": "nb_pst",
    "Actions PST suivies": "nb_pst",
    "Taux moyen": "taux_moyen",
    "Fait": "taux_moyen",
    "Attendu": "attendu",
    "Écart": "ecart_rythme",
    "Retard sur le rythme": "retard_rythme",
    "À finir dans les 6 mois": "echeances_6_mois",
    "ETP": "etp",
    "Taux strict": "taux_strict",
    "En retard": "en_retard",
    "Prévu": "budget_prevu",
    "prevu total": "budget_prevu",
    "Réalisé": "budget_realise",
    "realise total": "budget_realise",
    "Réalisé / inscrit": "execution",
    "atteinte total": "atteinte",
}
"""The figure that the total of each column is."""

SUMMED = (
    *OPEN, "Suivies", "Abandonné", "En retard", "Sans retour", "Prévu", "Inscrit", "Engagé",
    "Réalisé", "Actions PST suivies", "prevu total", "prevu below", "realise total",
    "realise below", "ETP", "À finir dans les 6 mois", "Retard sur le rythme", "dont ordinaire",
    "dont extraordinaire", *(f"S{half} {year}" for year in range(2025, 2031) for half in (1, 2)),
)  # fmt: skip
"""The columns that count or sum: their lines make their total."""


def broken(truth: Truth) -> list[str]:
    """Return the laws that the tables of a plan break, in words."""
    tables = {**truth.panels, **{f"évaluation {key}": it for key, it in truth.evaluation.items()}}
    return [
        f"{name} : {word}"
        for name, lines in tables.items()
        for law in (_whole_under if name in SHARED else _adds_up, _is_the_tile, _parts_its_lines)
        for word in law(lines, truth)
    ] + [*_units_agree(truth), *_levels_agree(truth)]


SHARED = ("os", "plans", "évaluation os", "évaluation oo")
"""The tables where an action may stand on several lines."""
COUNTED = (*OPEN, "Suivies", "Abandonné", "En retard", "Sans retour", "Actions PST suivies")
"""The columns that count actions."""


def _own_lines(lines: Lines) -> dict[str, Line]:
    return {key: line for key, line in lines.items() if key not in (TOTAL, EMPTY)}


def _adds_up(lines: Lines, truth: Truth) -> Iterator[str]:
    for column in SUMMED:
        if column in lines.get(TOTAL, {}):
            made = sum(line[column] or 0.0 for line in _own_lines(lines).values())
            if not same(made, lines[TOTAL][column]):
                yield f"les lignes de « {column} » font {made}, le total {lines[TOTAL][column]}"


def _whole_under(lines: Lines, truth: Truth) -> Iterator[str]:
    """What counts actions has whole numbers, none above the total, which they reach together."""
    yield from _adds_up({key: _without(line, COUNTED) for key, line in lines.items()}, truth)
    total = lines.get(TOTAL) or truth.evaluation["os"][TOTAL]
    for column in COUNTED:
        if column in total:
            made = [line[column] or 0.0 for line in _own_lines(lines).values()]
            if not all(one.is_integer() for one in made):
                yield f"une ligne de « {column} » a une fraction d’action : {made}"
            if not max(made, default=0.0) <= (total[column] or 0.0) <= sum(made):
                yield f"les lignes de « {column} » font {made}, le total {total[column]}"


def _without(line: Line, columns: Sequence[str]) -> Line:
    return {key: value for key, value in line.items() if key not in columns}


def _is_the_tile(lines: Lines, truth: Truth) -> Iterator[str]:
    for column, value in lines.get(TOTAL, {}).items():
        tile = truth.figures.get(TILES.get(column, ""), (value,))[0]
        if tile is None and value == 0:
            continue  # nobody has filled the amount: a table sums up nothing
        if not same(value, tile):
            yield f"le total de « {column} » est {value}, le chiffre {tile}"


def _parts_its_lines(lines: Lines, truth: Truth) -> Iterator[str]:
    """Each line of statuses makes its actions followed; what a unit holds is its own and below."""
    for key, line in lines.items():
        if set(OPEN) <= line.keys() and not same(
            sum(line[label] or 0.0 for label in OPEN), line["Suivies"]
        ):
            yield f"les statuts de la ligne {key} ne font pas ses actions suivies"
        for money in ("prevu", "realise"):
            if f"{money} total" in line:
                made = (line[f"{money} own"] or 0.0) + (line[f"{money} below"] or 0.0)
                if not same(made, line[f"{money} total"]):
                    yield f"{money} de la ligne {key} : {made} en parties, {line[f'{money} total']}"


def _units_agree(truth: Truth) -> Iterator[str]:
    """An OS is followed alike on the dashboard and in the evaluation."""
    alike = {"Suivies": "Actions PST suivies", "Fait": "Taux moyen", "En retard": "En retard"}
    for key, line in truth.panels["os"].items():
        for mine, other in alike.items():
            there = truth.evaluation["os"].get(key, {}).get(other)
            if not same(line[mine], there):
                yield f"OS {key}, {mine} : {line[mine]} au tableau de bord, {there} à l’évaluation"


def _levels_agree(truth: Truth) -> Iterator[str]:
    """What stands under the OO, and what belongs to the OS themselves, is all that there is."""
    whole, lines = truth.evaluation["os"][TOTAL], _own_lines(truth.evaluation["oo"]).values()
    for column, of_os in (("prevu total", "prevu own"), ("realise total", "realise own")):
        made = sum(line[column] or 0.0 for line in lines) + (whole.get(of_os) or 0.0)
        if not same(made, whole[column]):
            yield f"les OO font {made} de « {column} », le total est {whole[column]}"
