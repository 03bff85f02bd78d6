"""A return on which a work fails is refused alone, and the others give what they give without it."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

import pytest

from pst_excel.pst import PST
from pst_excel.reading.limits import Limits
from pst_excel.returns.tables import Refusal, Return
from pst_excel.text.errors import ProgramFault, UnreadableFile, UsageError
from pst_excel.workers.faults import CRASH
from pst_excel.workers.loading import Loaded
from pst_excel.workers.supervising import supervised

LIMITS = Limits(seconds=30)


@pytest.fixture(autouse=True)
def _told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(CRASH)


def loaded(*names: str) -> Loaded:
    return Loaded([Return(name, "", PST, {}, {}) for name in names], [Refusal("z", "illisible")])


def named(given: Loaded) -> list[str]:
    """The work of these tests: it fails on what its returns are called."""
    names = [one.file for one in given.returns]
    for name in names:
        if name.startswith("faute"):
            raise ValueError(name)
        if name.startswith("mort"):
            os._exit(9)
        if name.startswith("long"):
            while True:
                pass
        if name.startswith("lourd"):
            raise MemoryError
        if name.startswith("refus"):
            raise UnreadableFile("ceci ne va pas")
    if "ensemble 1" in names and "ensemble 2" in names:
        raise KeyError
    return names


def task(given: Loaded) -> Callable[[], list[str]]:
    return partial(named, given)


def outcome(*names: str, limits: Limits = LIMITS) -> tuple[list[str], dict[str, str]]:
    done = supervised(task, loaded(*names), limits, "de lire")
    assert [one.file for one in done.loaded.returns] == done.outcome
    return done.outcome, {refusal.file: refusal.reason for refusal in done.loaded.refusals[1:]}


def test_what_fails_nowhere_is_done_once_on_all() -> None:
    assert outcome("a", "b", "c") == (["a", "b", "c"], {})
    assert outcome() == ([], {})


FAULT = "une erreur du programme empêche de lire ce classeur (ValueError, "


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("faute", FAULT),
        ("mort", "le fichier fait échouer"),
        ("lourd", "la mémoire que prend ce travail dépasse"),
        ("refus", "ceci ne va pas"),
    ],
)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_return_that_fails_alone_is_refused_alone(bad: str, reason: str, at: int) -> None:
    names = ["a", "b"]
    names.insert(at, bad)
    given, refusals = outcome(*names)
    assert given == ["a", "b"]
    assert list(refusals) == [bad]
    assert refusals[bad].startswith(reason)


def test_a_return_that_takes_too_long_is_refused_alone() -> None:
    given, refusals = outcome("a", "long", "b", limits=Limits(seconds=2))
    assert given == ["a", "b"]
    assert "dépasse la limite « secondes »" in refusals["long"]


def test_all_that_fail_are_refused() -> None:
    assert outcome("faute 1", "a", "mort", "refus", "faute 2")[0] == ["a"]
    given, refusals = outcome("faute")
    assert (given, list(refusals)) == ([], ["faute"])


def test_of_returns_that_fail_together_the_later_is_refused() -> None:
    given, refusals = outcome("a", "ensemble 1", "b", "ensemble 2", "c")
    assert given == ["a", "ensemble 1", "b", "c"]
    assert list(refusals) == ["ensemble 2"]


def test_a_fault_is_told_from_a_refusal() -> None:
    done = supervised(task, loaded("faute", "refus"), LIMITS, "de lire")
    assert [refusal.fault for refusal in done.loaded.refusals] == [False, True, False]


def broken(_given: Loaded) -> Callable[[], list[str]]:
    return partial(int, "x")  # type: ignore[arg-type]


def hopeless(_given: Loaded) -> Callable[[], list[str]]:
    return partial(usage, ())


def usage(_nothing: tuple[()]) -> list[str]:
    raise UsageError("rien à faire")


def test_what_fails_without_any_return_blames_none() -> None:
    with pytest.raises(ProgramFault, match="ValueError"):
        supervised(broken, loaded("a", "b"), LIMITS, "de lire")


def test_what_stops_a_run_stops_it() -> None:
    with pytest.raises(UsageError, match="rien à faire"):
        supervised(hopeless, loaded("a"), LIMITS, "de lire")


def test_a_fault_crashes_where_that_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CRASH, "1")
    with pytest.raises(ValueError, match="faute"):
        supervised(task, loaded("a", "faute"), LIMITS, "de lire")
