"""The next free code, after those like one."""

from __future__ import annotations

import pytest

from pst_excel.merging.codes import Taken


@pytest.mark.parametrize(
    ("code", "taken", "proposed"),
    [
        ("1.1.3", ["1.1.1", "1.1.3", "1.1.7", "1.2.9"], "1.1.8"),
        ("1.1.9", ["1.1.9"], "1.1.10"),
        ("AC-07", ["AC-07", "AC-7"], "AC-08"),
        ("I3b", ["I3b", "I4b", "I9"], "I5b"),
        ("GARE", ["GARE", "GARE2"], "GARE3"),
        ("7", [], "8"),
        ("s7", ["S7", "S8"], "s9"),
        ("gare", ["GARE", "Gare2"], "gare3"),
    ],
)
def test_the_next_code_follows_the_last_of_those_like_it(
    code: str, taken: list[str], proposed: str
) -> None:
    codes = Taken([*taken, code])

    assert codes.next_free(code) == proposed
    codes.add(proposed)
    assert codes.next_free(code) != proposed
