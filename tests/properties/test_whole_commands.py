"""Whatever a workbook holds, a command gives for the good ones beside it what it gives without it."""

from __future__ import annotations

import pytest
from support.hostile import parts_of
from support.mutations import MUTATORS, mutated, recipe
from support.mutations.bases import base
from support.whole_commands import COMMANDS, Ground, broken, ground

RUNS = {
    "verifier": ("ailleurs_annote.xlsx", "service.xlsx"),
    "consolider": ("retour.xlsx",),
    "consolider par-dessus": ("a_decider.xlsx",),
    "comparer": ("ailleurs.xlsx",),
    "moderniser": ("ancien_habite.xlsx", "libreoffice.ods"),
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
    bad = place.target(name)
    bad.write_bytes(mutated(base(name), recipe(seed)))
    assert broken(command, place, bad) == ""


def test_the_runs_are_those_of_commands() -> None:
    assert set(RUNS) <= set(COMMANDS)


@pytest.mark.parametrize("mutator", sorted(MUTATORS))
def test_each_mutation_is_made_again_by_its_seed_and_leaves_a_package(mutator: str) -> None:
    given = base("service.xlsx")
    made, again = (
        [parts_of(mutated(given, [(mutator, seed)])) for seed in range(6)] for _ in range(2)
    )
    assert made == again
    assert any(parts != parts_of(given) for parts in made)
