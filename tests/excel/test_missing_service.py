"""A service that has not answered: its rows count, and every total that holds them says so."""

from __future__ import annotations

from dataclasses import replace

from support import OBSERVED, office
from support.small_plan import TOWN

from pst_excel.api.outputs import as_bytes
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.pst import PST
from pst_excel.pst.boards.people import people
from pst_excel.pst.boards.standing import STANDING
from pst_excel.reading.examples import return_of
from pst_excel.reading.reader import read_bytes

LISTS = """
Listes
liste    | valeur
services | Travaux
services | Culture

OS
code | intitule
1    | Un
2    | Deux

OO
code | code_os | intitule
1.1  | 1       | Premier
2.1  | 2       | Second
"""
PLAN = (
    TOWN
    + LISTS
    + """
Actions
code  | code_oo | intitule         | type_action | service_pilote | statut   | avancement
1.1.1 | 1.1     | Paver la place   |             | TRAVAUX        | En cours | 50
1.1.2 | 1.1     | Élaguer les rues | Pérenne     | Travaux        | En cours | 50
2.1.1 | 2.1     | Ouvrir le musée  |             | Culture        | En cours | 20
"""
)
CULTURE = (
    f"{TOWN.strip()}\nservice | Culture\n"
    + LISTS
    + """
Actions
code  | code_oo | intitule        | service_pilote | statut   | avancement
2.1.1 | 2.1     | Ouvrir le musée | Culture        | En cours | 30
"""
)


def boards() -> dict[str, dict[str, object]]:
    """Return the pages of a plan of two services, of which one has answered, by their titles."""
    before = as_bytes(consolidate([return_of(PLAN, PST)], PST, OBSERVED), ".xlsx")
    plan = read_bytes(before, "PST.xlsx", PST)
    answer = replace(return_of(CULTURE, PST), file="culture.xlsx")
    result = consolidate([answer], PST, OBSERVED, previous=plan)
    assert result.absent == ["Travaux"]
    found: dict[str, dict[str, object]] = {}
    for (sheet, cell), value in office.values(as_bytes(result, ".xlsx")).items():
        found.setdefault(sheet, {})[cell] = value
    return found


def test_the_tile_and_the_service_that_lack_a_return_say_so() -> None:
    found = boards()
    told = [str(value).replace("\u00a0", " ") for value in found[STANDING.title].values()]

    assert "⚠ 1 service manquant (Travaux) : 2 actions au dernier envoi" in told
    assert "⚠ dont 1 sans retour" in told  # of those that are followed
    shown = found[people(PST.years).title]
    (heading,) = (cell for cell, value in shown.items() if value == "Sans retour")
    column, row = heading[0], int(heading[1:])
    lines = {str(shown[f"B{at}"]): shown[f"{column}{at}"] for at in range(row + 1, row + 4)}
    assert lines == {"Culture": 0, "Travaux": 1, "Sans service": 0}
