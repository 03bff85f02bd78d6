"""Loops over names, titles, codes and waivers: ten times as many make ten times as many steps."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pandas as pd
import pytest

from pst_excel import PST
from pst_excel.checking.waivers import Waiver, waived
from pst_excel.merging.codes import Taken
from pst_excel.model.findings import Finding, Message, Severity, Subject
from pst_excel.pst.rules.likeness import alike, keys_of
from pst_excel.returns.identity import identified
from pst_excel.returns.tables import Table
from pst_excel.text.filenames import distinct
from pst_excel.text.spelling import natural, one_fault
from pst_excel.workers.files import display_names

FEW, MANY = 60, 600
DAY = dt.date(2026, 6, 1)


def steps(run: Callable[[], Any]) -> int:
    """Return how many lines of Python are run: no clock, the same on every machine."""
    count = 0

    def line(frame: FrameType, event: str, held: Any) -> Any:
        nonlocal count
        count += 1
        return line

    before = sys.gettrace()
    sys.settrace(line)
    try:
        run()
    finally:
        sys.settrace(before)
    return count


def same_names(count: int) -> Any:
    return distinct(["PST"], ["Travaux"] * count, "", ".xlsx")


def numbered_names(count: int) -> Any:
    return distinct([], [name for n in range(count) for name in ("a", f"a-{n}")], "", ".xlsx")


def same_files(count: int) -> Any:
    return display_names([Path(f"/retours/{n}/retour.xlsx") for n in range(count)])


def same_rows(count: int) -> Any:
    sheet = PST["actions"]
    columns: dict[str, list[Any]] = {column.key: [None] * count for column in sheet.inputs}
    columns |= {"id": [None] * count, "code": ["1.1.1"] * count}
    table = Table("actions", "Actions", columns, list(range(2, count + 2)), {})
    return identified(table, sheet, "Valbruyère")


def same_codes(count: int) -> Any:
    taken = Taken(["1.1.1", "GARE"])
    for _ in range(count):
        taken.add(taken.next_free("1.1.1"))
        taken.add(taken.next_free("GARE"))


def same_waivers(count: int) -> Any:
    waivers = [
        Waiver("R01", frozenset({f"1.{n}"}), "Travaux", "reçu", "DG", DAY) for n in range(count)
    ]
    rule = Message("R01", Severity.ERROR, "Titre", "Phrase.", "", "")
    findings = [Finding(rule, Subject(code=f"1.{n}", owner="Travaux")) for n in range(count)]
    return waived(findings, waivers)


def same_titles(count: int) -> Any:
    titles = [f"Aménager une piste cyclable rue numéro {n}" for n in range(count)]
    return alike(pd.Series(titles), pd.Series([1] * count))


@pytest.mark.parametrize(
    "run",
    [same_names, numbered_names, same_files, same_rows, same_codes, same_waivers, same_titles],
)
def test_ten_times_as_many_make_ten_times_as_many_steps(run: Callable[[int], Any]) -> None:
    run(FEW)  # what is kept for later is made

    assert steps(lambda: run(MANY)) <= 12 * steps(lambda: run(FEW))


def test_a_long_title_has_keys_no_longer_than_its_words() -> None:
    words = [
        f"mot{n:04d}".translate(str.maketrans("0123456789", "abcdefghij"))[::-1] for n in range(999)
    ]

    assert sum(len(str(key)) for key in keys_of(" ".join(words))) < 100 * len(words)


def test_one_fault_is_told_in_texts_of_any_length() -> None:
    assert one_fault("a" * 9_999 + "b", "a" * 9_999 + "c")
    assert one_fault("ba" + "c" * 99, "ab" + "c" * 99)
    assert not one_fault("a" * 9_999, "b" + "a" * 9_997 + "b")


def test_codes_of_any_number_of_digits_are_ordered() -> None:
    codes = ["1²1", "1.10", "1.9", "9" * 5_000, "1.09", "١.1"]

    assert sorted(codes[1:4], key=natural) == ["1.9", "1.10", "9" * 5_000]
    assert natural("1.09") == natural("1.9")
    assert natural("10" + "0" * 5_000) > natural("9" * 5_000)
    assert len({natural(code) for code in codes}) == 5
