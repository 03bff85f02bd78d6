"""Files become returns in processes that may die: a file that kills its reader stops no other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from support import CLEAN, RETURN, cpu_of_children, damaged, saved, workbook
from support.hostile import book

from pst_excel.pst import PST
from pst_excel.reading.limits import Limits, Options
from pst_excel.reading.reader import read
from pst_excel.text.errors import UnreadableFile
from pst_excel.workers.files import workbooks
from pst_excel.workers.loading import FEW, Loaded, load, read_alone

MANY = 2 * FEW + 2
BOUNDLESS = 10**11
FAR = Options(limits=Limits(rows=1_048_576, columns=16_384, cells=BOUNDLESS))
"""Limits that let pass a workbook on which its reader aborts the whole process."""

HASTY = Options(limits=Limits(seconds=1, ratio=10_000))
PATIENT = Options(limits=Limits(seconds=5, ratio=10_000))
"""A limit that a good file is far below, however busy the machine."""

HEAVY = book({"Actions": (b"<row>" + b"<c><v>1</v></c>" * 48 + b"</row>") * 100_000})
"""A workbook within the limits, of which every cell counts: it takes twenty seconds to read."""


def deadly(data: bytes = workbook(CLEAN)) -> bytes:
    """Return a workbook with a value in the very last cell of a sheet."""
    return damaged(data, lambda opened: opened["Actions"].cell(1_048_576, 16_384, 1))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of small returns, one of them unreadable."""
    folder = tmp_path_factory.mktemp("retours")
    for number in range(MANY - 1):
        action = f"\nActions\ncode | intitule\n1.1.{number} | Action {number}"
        saved(folder / f"service {number:02d}.xlsx", RETURN + action)
    saved(folder / "service 12 (abîmé).xlsx", b"PK\x03\x04abc")
    return folder


def outcome(loaded: Loaded) -> tuple[list[object], list[object]]:
    """Return all that was read, the plans by their years."""
    returns = [
        (r.file, r.digest, r.plan.first_year, r.tables, r.lists, r.readings, r.findings, r.foreign)
        for r in loaded.returns
    ]
    return list(returns), list(loaded.refusals)


def test_a_refused_file_does_not_stop_the_others(tmp_path: Path) -> None:
    saved(tmp_path / "a.xlsx", b"")
    saved(tmp_path / "b.xlsx", CLEAN)
    saved(tmp_path / "c.xlsx", workbook(CLEAN)[:2000])
    loaded = load([tmp_path], PST)
    assert [filled.file for filled in loaded.returns] == ["b.xlsx"]
    assert [refusal.file for refusal in loaded.refusals] == ["a.xlsx", "c.xlsx"]


def test_progress_is_told_for_each_file_in_order(tmp_path: Path) -> None:
    saved(tmp_path / "a.xlsx", b"")
    saved(tmp_path / "b.xlsx", CLEAN)
    names: list[str] = []
    load([tmp_path], PST, progress=names.append)
    assert names == ["a.xlsx", "b.xlsx"]


def test_worker_processes_read_what_one_process_reads(many: Path) -> None:
    names: list[str] = []
    shared = load([many], PST, names.append, workers=2)
    alone = load([many], PST, workers=1)
    assert outcome(shared) == outcome(alone)
    assert len(shared.returns) == MANY - 1
    assert [refusal.file for refusal in shared.refusals] == ["service 12 (abîmé).xlsx"]
    assert names == [path.name for path in workbooks([many])]


def test_the_order_in_which_files_are_named_does_not_change_what_is_read(many: Path) -> None:
    files = workbooks([many])[:5]
    straight, turned = load(files, PST), load(files[::-1], PST)
    assert [r.tables for r in straight.returns] == [r.tables for r in turned.returns][::-1]


def test_a_file_that_cannot_be_opened_is_a_refusal(tmp_path: Path) -> None:
    # A folder cannot be read as a file, whatever its name.
    folder = tmp_path / "retour.xlsx"
    folder.mkdir()
    with pytest.raises(UnreadableFile, match="ne peut pas être ouvert"):
        read(folder, PST)


DIED = "le fichier fait échouer la lecture ; enregistrez-le à nouveau en .xlsx"


def test_a_file_that_kills_its_reader_is_refused_even_when_it_is_alone(tmp_path: Path) -> None:
    path = saved(tmp_path / "loin.xlsx", deadly())
    assert [refusal.reason for refusal in load([path], PST, options=FAR).refusals] == [DIED]
    with pytest.raises(UnreadableFile, match="fait échouer la lecture"):
        read_alone(path, PST, FAR)


def test_a_file_beyond_a_limit_is_refused_with_the_sheet_and_what_to_do(tmp_path: Path) -> None:
    saved(tmp_path / "loin.xlsx", deadly())
    (refusal,) = load([tmp_path], PST).refusals
    assert "(« Actions ») dépasse la limite « lignes »" in refusal.reason
    assert "supprimez les lignes et les colonnes inutiles" in refusal.reason


def test_files_that_kill_their_readers_do_not_stop_the_others(many: Path, tmp_path: Path) -> None:
    for path in workbooks([many])[:FEW]:
        saved(tmp_path / path.name, path.read_bytes())
    killing = ["service 00 bis.xlsx", "service 00 ter.xlsx", "service 99.xlsx"]
    for name in killing:
        saved(tmp_path / name, deadly())
    names: list[str] = []
    loaded = load([tmp_path], PST, names.append, workers=2, options=FAR)
    assert [refusal.file for refusal in loaded.refusals] == killing
    assert {refusal.reason for refusal in loaded.refusals} == {DIED}
    assert len(loaded.returns) == FEW
    assert names == [path.name for path in workbooks([tmp_path])]


def test_a_file_that_takes_too_long_is_refused_with_the_limit(tmp_path: Path) -> None:
    saved(tmp_path / "a.xlsx", HEAVY)
    before = cpu_of_children()
    (refusal,) = load([tmp_path], PST, options=HASTY).refusals
    assert "dépasse la limite « secondes » (1\u00a0secondes)" in refusal.reason
    assert "copiez vos lignes" in refusal.reason
    assert cpu_of_children() - before < 5


def test_a_file_that_takes_too_long_does_not_stop_the_others(tmp_path: Path) -> None:
    saved(tmp_path / "a.xlsx", HEAVY)
    saved(tmp_path / "b.xlsx", CLEAN)
    loaded = load([tmp_path], PST, options=PATIENT)
    assert [filled.file for filled in loaded.returns] == ["b.xlsx"]
    assert [refusal.file for refusal in loaded.refusals] == ["a.xlsx"]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no limit of memory here")
def test_a_file_that_takes_too_much_memory_is_refused(tmp_path: Path) -> None:
    """In a fresh process: what this one has freed, its children would find and use."""
    path = saved(tmp_path / "a.xlsx", HEAVY)
    limits = ("--limite", "memoire=30000000", "--limite", "rapport=10000")
    command = (sys.executable, "-m", "pst_excel", "verifier", *limits, str(path))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "dépasse la limite « memoire » (30" in done.stdout + done.stderr


@pytest.mark.parametrize("options", [FAR, HASTY])
def test_a_reader_that_dies_says_nothing_on_the_screen(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], options: Options
) -> None:
    saved(tmp_path / "a.xlsx", deadly() if options is FAR else HEAVY)
    assert len(load([tmp_path], PST, options=options).refusals) == 1
    assert capfd.readouterr() == ("", "")


def test_a_reader_that_was_refused_a_file_reads_the_next(tmp_path: Path) -> None:
    saved(tmp_path / "a.xlsx", b"")
    saved(tmp_path / "b.xlsx", CLEAN)
    assert [filled.file for filled in load([tmp_path], PST, workers=1).returns] == ["b.xlsx"]
