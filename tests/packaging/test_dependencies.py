"""What is declared to be needed is what is imported, and the exact versions cover all of it."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator

import pytest
from support import ROOT

PACKAGE = ROOT / "pst_excel"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
BESIDE = ("notebook", "parquet", "testing")
"""The extras of which modules of the package may be in need."""


def named(requirements: Iterable[str]) -> set[str]:
    """Return the names of packages as a module spells them."""
    return {re.split(r"[^\w.-]", one)[0].replace("-", "_") for one in requirements}


def imported() -> Iterator[tuple[str, str]]:
    """Give each package that is not Python's own, with the module that imports it."""
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [one.name for one in node.names]
            else:
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in {name.partition(".")[0] for name in names} - {"pst_excel"}:
                if name not in sys.stdlib_module_names:
                    yield name, file.relative_to(PACKAGE).as_posix()


def test_each_dependency_is_imported_and_no_other_package_but_those_of_extras() -> None:
    needed, found = named(PROJECT["dependencies"]), {name for name, _ in imported()}
    extras = {name for extra in BESIDE for name in named(EXTRAS[extra])}
    assert needed <= found <= needed | extras


def test_what_is_for_testing_is_imported_for_testing_alone() -> None:
    places = [place for name, place in imported() if name in named(EXTRAS["testing"])]
    assert [place for place in places if not place.startswith("testing")] == []


@pytest.mark.parametrize("requirement", PROJECT["dependencies"])
def test_a_dependency_has_one_lower_bound_which_can_be_installed_exactly(requirement: str) -> None:
    assert re.fullmatch(r"[\w-]+(\[\w+\])?>=\d+(\.\d+)*", requirement)  # .ci/oldest reads it so


def test_the_exact_versions_are_there_for_everything_that_is_asked_for() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    exact = [line for line in lines if not line.startswith("#")]
    assert [line for line in exact if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    asked = named([*PROJECT["dependencies"], *(one for extra in EXTRAS.values() for one in extra)])
    assert {name.lower() for name in asked - {"pst_excel"}} <= {n.lower() for n in named(exact)}


def test_whoever_tests_has_all_that_modules_may_need() -> None:
    assert "pst-excel[notebook,parquet,testing]" in EXTRAS["test"]
    assert "pst-excel[test]" in EXTRAS["dev"]
