"""What is followed from one consolidation to the next."""

from __future__ import annotations

from support import OBSERVED, town
from support.rounds import written

from pst_excel.consolidating.consolidate import consolidate
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.consolidating.evolution import followed_states
from pst_excel.pst import PST

ROWS = """
Actions
code  | intitule        | service_pilote | statut   | avancement | echeance
1.1.1 | Boucher un trou | Travaux        | Terminé  | 100        | 31/12/2027
1.1.2 | Payer le trou   | Travaux        | En cours | 12,5       | 01/02/2026
1.1.3 | Peindre la rue  | Travaux        |          |            |
"""


def united(rows: str) -> Consolidation:
    return consolidate([], PST, OBSERVED, previous=written(town("Travaux") + rows))


def test_the_figures_are_those_of_the_tiles_unknown_where_a_tile_is_blank() -> None:
    found = united(ROWS).headline
    tiles = PST.boards[0].tiles
    assert set(found) == {one.key for tile in tiles for one in (tile.figure, tile.beside)}
    assert list(found) == [figure.key for figure in PST.headline]
    known = {key: found[key] for key in ("nb_pst", "taux_moyen", "taux_strict", "en_retard")}
    assert known == {"nb_pst": 3, "taux_moyen": 56.25, "taux_strict": 0.3333333333, "en_retard": 1}
    assert found["atteinte"] is None  # no indicator


def test_a_plan_of_no_row_has_no_rate() -> None:
    found = united("").headline
    assert (found["nb_pst"], found["taux_moyen"]) == (0, None)


def test_what_is_followed_of_a_record_is_told_as_texts() -> None:
    states = followed_states(united(ROWS))
    assert [(one.code, one.name) for one in states] == [
        ("1.1.1", "Boucher un trou"), ("1.1.2", "Payer le trou"), ("1.1.3", "Peindre la rue"),
    ]  # fmt: skip
    assert [one.values for one in states] == [
        {"statut": "Terminé", "avancement": "100", "echeance": "2027-12-31"},
        {"statut": "En cours", "avancement": "12.5", "echeance": "2026-02-01"},
        {"statut": "", "avancement": "", "echeance": ""},
    ]
    assert len({one.id for one in states} - {""}) == 3


def test_what_is_followed_are_columns_of_the_main_sheet() -> None:
    assert set(PST.followed) <= {column.key for column in PST.main.columns}
