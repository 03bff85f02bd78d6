"""Whether the last number of an indicator is nearer to its target than the one before."""

from __future__ import annotations

import math

import pytest
from support import OBSERVED
from support.small_plan import TOWN

from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.returns.frames import Batch


def found(cells: str) -> tuple[float, float]:
    """Return the number before the last reading, and what was gained, at the end of 2026."""
    heads = "code | libelle | valeur_depart | realise_2025 | realise_2026 | realise_2027 | cible"
    plan = return_of(f"{TOWN}\nIndicateurs\n{heads}\nI1 | Des mètres de piste | {cells}", PST)
    row = Batch([plan], PST, OBSERVED).counted["indicateurs"].iloc[0]
    return float(row["mesure_precedente"]), float(row["rapproche"])


@pytest.mark.parametrize(
    ("cells", "before", "gained"),
    [
        ("10 | 12 | 15 |  | 20", 12, 3),
        ("10 | 15 | 12 |  | 20", 15, -3),
        ("10 | 12 |    |  | 20", 10, 2),  # the one before is where it started
        ("10 |    | 12 |  | 20", 10, 2),
        ("   | 12 | 15 |  | 20", 12, 3),
        ("10 | 8  | 5  |  | 0", 8, 3),  # a number that is to fall
        ("10 | 9  | 11 |  | 10", 9, 0),  # as far on the other side
        ("10 | 12 | 15 | 19 | 20", 12, 3),  # 2027 is after the day of observation
        ("10 |    |    | 19 | 20", None, None),
        ("10 |    |    |  | 20", None, None),
        ("   | 12 |    |  | 20", None, None),
        ("10 | 12 | 15 |  |   ", 12, None),
    ],
)
def test_the_last_reading_is_compared_with_the_number_before(
    cells: str, before: float | None, gained: float | None
) -> None:
    for one, expected in zip(found(cells), (before, gained), strict=True):
        assert math.isnan(one) if expected is None else one == pytest.approx(expected)
