"""Whatever a workbook holds, a command gives for the good ones beside it what it gives without it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.mutations import mutated, recipe
from support.mutations.bases import base
from support.whole_commands import COMMANDS, Ground, broken, ground

RUNS = {
    "verifier": ("retour.xlsx", "habite.xlsx"),
    "consolider": ("service.xlsx",),
    "consolider à nouveau": ("annote.xlsx",),
    "consolider par-dessus": ("consolide.xlsx",),
    "comparer": ("ailleurs.xlsx", "libreoffice.ods"),
    "moderniser": ("ancien.xlsx", "ancien_habite.xlsx"),
    "preparer": ("consolide.xlsx",),
    "comparer-versions": ("envoi.xlsx",),
}
"""The workbooks that are mutated for each command: what `fuzz/fuzz_commands.py` does at length."""

CASES = [(command, name) for command, names in RUNS.items() for name in names]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return ground(tmp_path_factory.mktemp("commandes"))


@pytest.mark.parametrize(("seed", "command", "name"), [(at, *one) for at, one in enumerate(CASES)])
def test_a_mutated_workbook_takes_no_other_down(
    seed: int, command: str, name: str, place: Ground
) -> None:
    bad: Path = place.target(name)
    bad.write_bytes(mutated(base(name), recipe(seed)))
    assert broken(command, place, bad) == ""


def test_the_runs_are_those_of_commands() -> None:
    assert set(RUNS) <= set(COMMANDS)
