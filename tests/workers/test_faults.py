"""A key that the program asks for and that does not exist is a fault of its own, nobody's mistake."""

from __future__ import annotations

import pytest

from pst_excel import PST, Limits
from pst_excel.text.errors import ProgramFault, UnknownName, UsageError
from pst_excel.workers.faults import CHECK, CRASH, tried


def _slip() -> object:
    return PST["action"]


def _mistake() -> object:
    raise UsageError("« x » n’est pas une date ; écrivez AAAA-MM-JJ")


def test_a_key_of_the_program_that_does_not_exist_costs_the_one_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(CRASH)
    with pytest.raises(ProgramFault, match="UnknownName"):
        tried(_slip, Limits(), CHECK)


def test_it_crashes_in_the_tests() -> None:
    with pytest.raises(UnknownName):
        tried(_slip, Limits(), CHECK)


def test_what_somebody_gave_wrongly_is_no_fault() -> None:
    with pytest.raises(UsageError, match="AAAA"):
        tried(_mistake, Limits(), CHECK)
