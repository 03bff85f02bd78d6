"""Findings like some others are found for less, and are those that the whole check gives."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from support import OBSERVED, SAMPLES, read

from pst_excel.checking.checker import check_batch
from pst_excel.model.findings import Finding
from pst_excel.pst import PST
from pst_excel.returns.frames import Batch

RETURNS = sorted((SAMPLES / "retours").glob("*.xlsx"))
AUTO_TEST = SAMPLES / "auto-test" / "auto-test_actuel.xlsx"


@pytest.fixture(scope="module", params=[RETURNS, [AUTO_TEST]], ids=["returns", "auto-test"])
def batch(request: pytest.FixtureRequest) -> Batch:
    return Batch([read(path.read_bytes(), path.name) for path in request.param], PST, OBSERVED)


@pytest.fixture(scope="module")
def every(batch: Batch) -> list[Finding]:
    return check_batch(batch)


def alike(findings: Iterable[Finding], like: Iterable[Finding]) -> list[Finding]:
    asked = {(f.code, f.subject.sheet) for f in like}
    return [f for f in findings if (f.code, f.subject.sheet) in asked]


@pytest.mark.parametrize("step", range(8))
def test_they_are_those_of_the_whole_check(batch: Batch, every: list[Finding], step: int) -> None:
    like = every[step::8]
    assert check_batch(batch, like) == alike(every, like)


def test_like_nothing_there_is_nothing(batch: Batch) -> None:
    assert check_batch(batch, []) == []
