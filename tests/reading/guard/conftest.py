"""What the tests of hostile files are given."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.outcomes import Outcome, read_as_users_do

from pst_excel.reading.limits import Options
from pst_excel.returns.tables import Return


@pytest.fixture
def outcome(tmp_path: Path) -> Outcome:
    """Return what reads bytes as users do: a return, or the sentence of a refusal."""

    def call(data: bytes, options: Options = Options(), name: str = "retour.xlsx") -> Return | str:
        return read_as_users_do(data, tmp_path / name, options)

    return call
