"""Every command takes a workbook of absurd values beside a good one, and nothing counts with them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook
from support import CLEAN, OBSERVED, RETURN, column_of, damaged, read, saved, workbook
from support.absurd import (
    INFINITE,
    NO_NUMBER,
    NONSENSE,
    endless,
    held,
    identified,
    implausible,
    nonsense,
)

from pst_excel import (
    PST,
    annotate,
    check,
    compare,
    compare_versions,
    consolidate,
    modernise,
    prepare,
    read_files,
)
from pst_excel.api.outputs import as_bytes
from pst_excel.workers.loading import Loaded

_ROWS = CLEAN.split("OS\n", 1)[1]


@pytest.fixture(scope="module")
def absurd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole plan with a row of each kind of nonsense in every table."""
    folder = tmp_path_factory.mktemp("absurde")
    return saved(folder / "absurde.xlsx", nonsense(NONSENSE))


@pytest.fixture(scope="module")
def loaded(absurd: Path) -> Loaded:
    good = saved(absurd.with_name("bon.xlsx"), CLEAN.replace("92951", "92952"))
    return read_files([absurd, good])


@pytest.fixture(scope="module")
def whole(absurd: Path) -> Path:
    """The plan that is made of it, and brought up to date with it again."""
    first = as_bytes(consolidate(read_files([absurd]), OBSERVED), ".xlsx")
    target = saved(absurd.with_name("PST.xlsx"), first)
    again = consolidate(read_files([absurd]), OBSERVED, target)
    return saved(target, as_bytes(again, ".xlsx"))


def test_it_is_read_and_every_typed_value_is_plausible(loaded: Loaded, whole: Path) -> None:
    assert not loaded.refusals
    for returned in (*loaded.returns, read(whole.read_bytes())):
        assert not implausible(returned)


def test_the_texts_received_stay_in_the_plan(absurd: Path, whole: Path) -> None:
    kept = read(whole.read_bytes()).not_understood().values()
    told = read(absurd.read_bytes()).not_understood()
    texts = [text for (_, _, key), text in told.items() if key == "prevu"]
    assert {"1e+308", "9" * 60} <= set(texts)
    assert not set(texts) - set(kept)


def test_verifier_tells_them_and_says_of_the_good_one_what_it_says_without(
    loaded: Loaded, tmp_path: Path
) -> None:
    report = check(loaded, OBSERVED)
    codes = {finding.code for finding in report.findings if finding.file == "absurde.xlsx"}
    assert {"V02", "V12"} <= codes
    assert not [finding for finding in report.findings if finding.file == "bon.xlsx"]
    annotate(loaded, report, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["absurde.xlsx", "bon.xlsx"]


def test_comparer_compares(loaded: Loaded, whole: Path) -> None:
    assert as_bytes(compare(loaded, OBSERVED), ".xlsx")
    assert compare_versions(next(iter(loaded.files.values())), whole)


def test_moderniser_keeps_their_texts(absurd: Path, tmp_path: Path) -> None:
    modernise(absurd, tmp_path / "nouveau.xlsx")
    new = read((tmp_path / "nouveau.xlsx").read_bytes())
    assert "1e+308" in new.not_understood().values()
    assert not implausible(new)


def test_preparer_sends_what_is_understood(whole: Path, tmp_path: Path) -> None:
    prepare(whole, tmp_path / "envois", due=OBSERVED)
    for path in (tmp_path / "envois").glob("*.xlsx"):
        assert not implausible(read(path.read_bytes()))


@pytest.mark.parametrize("years", [(9998, 10003), (2024, 2100)])
def test_absurd_years_part_a_return_from_no_one(years: tuple[int, int], tmp_path: Path) -> None:
    first, last = years
    bad = identified(RETURN + "\nOS\n" + _ROWS, annee_debut=first, annee_fin=last)
    saved(tmp_path / "travaux.xlsx", bad)
    saved(tmp_path / "finances.xlsx", RETURN.replace("service | Travaux", "service | Finances"))
    united = consolidate(read_files(tmp_path), OBSERVED)
    assert len(united.merged.tables["actions"]) == 1
    assert united.merged.plan.years == PST.years
    target = saved(tmp_path / "PST" / "PST.xlsx", as_bytes(united, ".xlsx"))
    again = consolidate(read_files([tmp_path / "travaux.xlsx"]), OBSERVED, target)
    assert not again.forgotten


def test_a_column_of_people_keeps_what_no_workbook_holds(tmp_path: Path) -> None:
    cells = [INFINITE, NO_NUMBER, dt.timedelta(days=10**6), dt.time(1, 2), 1e308]

    data = workbook(CLEAN)
    code = column_of(data, "Actions", PST["actions"]["code"].label)

    def add(book: Workbook) -> None:
        page = book["Actions"]
        place = page.max_column + 1
        page.cell(4, place).value = "À nous"
        for at, cell in enumerate(cells):
            page.cell(5 + at, code).value = f"1.1.{at + 1}"
            page.cell(5 + at, place).value = held(cell)

    saved(tmp_path / "PST.xlsx", endless(damaged(data, add)))
    united = consolidate(read_files(tmp_path / "PST.xlsx"), OBSERVED)
    records = json.loads(as_bytes(united, ".json"))["tables"]["actions"]
    kept = ["inf", "nan", "1000000 days, 0:00:00", "01:02:00", 1e308]
    assert [record["local:À nous"] for record in records] == kept
    again = read(as_bytes(united, ".xlsx"))
    assert [*map(str, again.tables["actions"].locals["À nous"][:2])] == kept[:2]
