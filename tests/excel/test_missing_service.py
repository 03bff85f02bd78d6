"""A service that has not answered: its rows count, and every total that holds them says so."""

from __future__ import annotations

from dataclasses import replace

from support import OBSERVED, office
from support.small_plan import TOWN

from pst_excel.api.outputs import as_bytes
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.pst import PST
from pst_excel.pst.boards.dashboard import DASHBOARD
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


def board() -> dict[str, object]:
    """Return the dashboard of a plan of two services, of which one has answered."""
    before = as_bytes(consolidate([return_of(PLAN, PST)], PST, OBSERVED), ".xlsx")
    plan = read_bytes(before, "PST.xlsx", PST)
    answer = replace(return_of(CULTURE, PST), file="culture.xlsx")
    result = consolidate([answer], PST, OBSERVED, previous=plan)
    assert result.absent == ["Travaux"]
    cells = office.values(as_bytes(result, ".xlsx"))
    return {cell: value for (sheet, cell), value in cells.items() if sheet == DASHBOARD.title}


def test_the_tile_the_os_and_the_service_that_lack_a_return_say_so() -> None:
    shown = board()
    told = [str(value).replace("\u00a0", " ") for value in shown.values()]

    assert "⚠ 1 service manquant (Travaux) : 2 actions au dernier envoi" in told
    assert "⚠ dont 1 sans retour" in told  # of those that are followed
    headings = [cell for cell, value in shown.items() if value == "Sans retour"]
    assert len(headings) == 3  # by OS, by service, by volet
    lines = {
        str(shown[f"C{row}"]): shown[f"{cell[0]}{row}"]
        for cell in headings[:2]
        for row in range(int(cell[1:]) + 1, int(cell[1:]) + 4)
        if f"C{row}" in shown and f"{cell[0]}{row}" in shown
    }
    assert {name.split(" · ")[-1].casefold(): count for name, count in lines.items()} == {
        "un": 1, "deux": 0, "sans os": 0, "culture": 0, "travaux": 1, "sans service": 0,
    }  # fmt: skip
