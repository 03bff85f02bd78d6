"""Files are found, read in processes that may die, and written whole or not at all."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hostile import book
from support import CLEAN, RETURN, damaged, listing, saved, workbook

from pst_excel.errors import OutputError, UnreadableFile, UsageError
from pst_excel.limits import Limits, Options
from pst_excel.pst import PST
from pst_excel.running import (
    FEW,
    Loaded,
    load,
    read_alone,
    read_or_refuse,
    shared,
    workbooks,
)
from pst_excel.writing import check_target, set_aside, write_whole

MANY = 2 * FEW + 2
BOUNDLESS = 10**11
FAR = Options(limits=Limits(lignes=1_048_576, colonnes=16_384, cellules=BOUNDLESS))
"""Limits that let pass a workbook on which its reader aborts the whole process."""

HASTY = Options(limits=Limits(secondes=1, rapport=10_000))
HEAVY = book({"Actions": (b"<row>" + b"<c><v>1</v></c>" * 48 + b"</row>") * 100_000})
"""A workbook within the limits, of which every cell counts: no machine reads it in a second."""


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
        (r.file, r.digest, r.plan.first_year, r.tables, r.lists, r.notes, r.troubles, r.foreign)
        for r in loaded.returns
    ]
    return list(returns), list(loaded.refusals)


def test_the_workbooks_of_a_folder_are_found_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.xlsx", "a.xlsx", "C.XLSX", "sous/d.ods", "notes.txt", "lettre.docx"):
        saved(tmp_path / name, b"x")
    assert [p.relative_to(tmp_path).as_posix() for p in workbooks([tmp_path])] == [
        "C.XLSX", "a.xlsx", "b.xlsx", "sous/d.ods",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["~$a.xlsx", ".cache.xlsx", ".~lock.a.xlsx#"])
def test_lock_files_and_hidden_files_are_left_out(tmp_path: Path, name: str) -> None:
    saved(tmp_path / "a.xlsx", b"x")
    saved(tmp_path / name, b"x")
    assert workbooks([tmp_path]) == [tmp_path / "a.xlsx"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    one = saved(tmp_path / "a.xlsx", b"x")
    assert workbooks([one, tmp_path, one]) == [one]


def test_a_file_named_by_two_spellings_of_its_path_is_read_once(tmp_path: Path) -> None:
    one = saved(tmp_path / "a.xlsx", b"x")
    (tmp_path / "sous").mkdir()
    assert len(workbooks([one, tmp_path / "sous" / ".." / "a.xlsx"])) == 1


def test_a_file_that_is_named_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    one = saved(tmp_path / "retour.txt", b"x")
    assert workbooks([one]) == [one]


def test_a_path_that_does_not_exist_is_a_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="n’existe pas"):
        workbooks([tmp_path / "absent.xlsx"])


def test_a_folder_without_workbooks_is_a_wrong_usage(tmp_path: Path) -> None:
    saved(tmp_path / "~$a.xlsx", b"x")
    with pytest.raises(UsageError, match="ne contient aucun classeur"):
        workbooks([tmp_path])


def test_accents_and_spaces_in_paths_are_read(tmp_path: Path) -> None:
    path = saved(tmp_path / "Année 2026 – été" / "Œuvres & « fêtes » n° 1.xlsx", CLEAN)
    loaded = load([path.parent], PST)
    assert [one.file for one in loaded.returns] == ["Œuvres & « fêtes » n° 1.xlsx"]
    assert loaded.refusals == []


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder in ("travaux", "finances"):
        saved(tmp_path / folder / "retour.xlsx", CLEAN)
    saved(tmp_path / "autre.xlsx", CLEAN)
    names = [one.file for one in load([tmp_path], PST).returns]
    assert names == ["autre.xlsx", "finances/retour.xlsx", "travaux/retour.xlsx"]


def test_files_of_one_name_in_folders_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder in ("2025/travaux", "2026/travaux"):
        saved(tmp_path / folder / "retour.xlsx", CLEAN)
    names = [one.file for one in load([tmp_path], PST).returns]
    assert len(set(names)) == 2


def test_a_refused_file_does_not_stop_the_others(tmp_path: Path) -> None:
    saved(tmp_path / "a.xlsx", b"")
    saved(tmp_path / "b.xlsx", CLEAN)
    saved(tmp_path / "c.xlsx", workbook(CLEAN)[:2000])
    loaded = load([tmp_path], PST)
    assert [one.file for one in loaded.returns] == ["b.xlsx"]
    assert [one.file for one in loaded.refusals] == ["a.xlsx", "c.xlsx"]


def test_progress_is_told_for_each_file_in_order(tmp_path: Path) -> None:
    saved(tmp_path / "a.xlsx", b"")
    saved(tmp_path / "b.xlsx", CLEAN)
    told: list[str] = []
    load([tmp_path], PST, progress=told.append)
    assert told == ["a.xlsx", "b.xlsx"]


def test_worker_processes_read_what_one_process_reads(many: Path) -> None:
    told: list[str] = []
    shared = load([many], PST, told.append, workers=2)
    alone = load([many], PST, workers=1)
    assert outcome(shared) == outcome(alone)
    assert len(shared.returns) == MANY - 1
    assert [refusal.file for refusal in shared.refusals] == ["service 12 (abîmé).xlsx"]
    assert told == [path.name for path in workbooks([many])]


def test_the_order_in_which_files_are_named_does_not_change_what_is_read(many: Path) -> None:
    files = workbooks([many])[:5]
    straight, turned = load(files, PST), load(files[::-1], PST)
    assert [r.tables for r in straight.returns] == [r.tables for r in turned.returns][::-1]


def test_a_file_that_cannot_be_opened_is_a_refusal(tmp_path: Path) -> None:
    # A folder cannot be read as a file, whatever its name.
    folder = tmp_path / "retour.xlsx"
    folder.mkdir()
    assert "ne peut pas être ouvert" in read_or_refuse(folder, PST).reason  # type: ignore[union-attr]


DIED = "le fichier fait échouer la lecture ; enregistrez-le à nouveau en .xlsx"


def test_a_file_that_kills_its_reader_is_refused_even_when_it_is_alone(tmp_path: Path) -> None:
    path = saved(tmp_path / "loin.xlsx", deadly())
    assert [one.reason for one in load([path], PST, options=FAR).refusals] == [DIED]
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
    told: list[str] = []
    loaded = load([tmp_path], PST, told.append, workers=2, options=FAR)
    assert [one.file for one in loaded.refusals] == killing
    assert {one.reason for one in loaded.refusals} == {DIED}
    assert len(loaded.returns) == FEW
    assert told == [path.name for path in workbooks([tmp_path])]


def test_a_file_that_takes_too_long_is_refused_with_the_limit(tmp_path: Path) -> None:
    saved(tmp_path / "a.xlsx", HEAVY)
    start = time.monotonic()
    (refusal,) = load([tmp_path], PST, options=HASTY).refusals
    assert "dépasse la limite « secondes » (1\u00a0secondes)" in refusal.reason
    assert "copiez vos lignes" in refusal.reason
    assert time.monotonic() - start < 10


def test_a_file_that_takes_too_long_does_not_stop_the_others(tmp_path: Path) -> None:
    saved(tmp_path / "a.xlsx", HEAVY)
    saved(tmp_path / "b.xlsx", CLEAN)
    loaded = load([tmp_path], PST, options=HASTY)
    assert [one.file for one in loaded.returns] == ["b.xlsx"]
    assert [one.file for one in loaded.refusals] == ["a.xlsx"]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no limit of memory here")
def test_a_file_that_takes_too_much_memory_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", HEAVY)
    options = Options(limits=Limits(memoire=30_000_000, rapport=10_000))
    with pytest.raises(UnreadableFile, match="dépasse la limite « memoire » \\(30"):
        read_alone(path, PST, options)


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
    assert [one.file for one in load([tmp_path], PST, workers=1).returns] == ["b.xlsx"]


SUMS = [f"{number} * {number}" for number in range(10)]
DEADLY = "__import__('os')._exit(9)"


def test_work_is_done_in_order_by_several_processes_or_none() -> None:
    for few in (1, 100):
        assert list(shared(eval, SUMS, few, workers=3)) == [n * n for n in range(10)]
    assert list(shared(eval, [], 1, workers=3)) == []


def test_an_item_whose_process_dies_is_done_otherwise() -> None:
    items = [*SUMS[:3], DEADLY, *SUMS[3:]]
    found = shared(eval, items, 1, 2, lambda item, death: (item, death.late))
    assert list(found) == [0, 1, 4, (DEADLY, False), 9, 16, 25, 36, 49, 64, 81]


def test_an_error_in_a_process_is_an_error_with_its_story() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        list(shared(eval, [*SUMS, "1 / 0"], 1, 2))
    assert "in <module>" in caught.value.__notes__[0]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are found in /proc")
def test_an_interrupted_run_leaves_no_process_behind(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", HEAVY)
    code = (
        "import sys; from pathlib import Path; from pst_excel.limits import *;"
        "from pst_excel.pst import PST; from pst_excel.running import load;"
        "print('prêt', flush=True);"
        "load([Path(sys.argv[1])], PST, options=Options(limits=Limits(rapport=10_000)))"
    )
    run = subprocess.Popen([sys.executable, "-c", code, path], stdout=-1, stderr=-1, text=True)
    assert run.stdout is not None
    assert run.stdout.readline() == "prêt\n"
    children = _children(run.pid)
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=20)
    assert "KeyboardInterrupt" in said
    assert not [child for child in children if Path(f"/proc/{child}").exists()]


def _children(pid: int) -> list[str]:
    """Return the processes that a process has started, as soon as there is one."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    end = time.monotonic() + 20
    while not (found := listed.read_text().split()) and time.monotonic() < end:
        time.sleep(0.01)
    assert found
    return found


def test_a_target_may_be_new_or_there_already(tmp_path: Path) -> None:
    check_target(tmp_path / "neuf.xlsx")
    check_target(saved(tmp_path / "là.xlsx", b"x"))


def test_a_target_in_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="n’existe pas"):
        check_target(tmp_path / "absent" / "a.xlsx")


def test_a_target_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="est un dossier"):
        check_target(tmp_path)


def test_a_target_that_is_an_input_is_refused(tmp_path: Path) -> None:
    one = saved(tmp_path / "a.xlsx", b"x")
    with pytest.raises(OutputError, match="donné à lire"):
        check_target(tmp_path / "." / "a.xlsx", [one])


@pytest.mark.parametrize("lock", ["~$PST.xlsx", ".~lock.PST.xlsx#"])
def test_a_target_that_is_open_is_refused(tmp_path: Path, lock: str) -> None:
    saved(tmp_path / lock, b"x")
    with pytest.raises(OutputError, match="est ouvert"):
        check_target(tmp_path / "PST.xlsx")


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.xlsx", b"tout")
    write_whole(tmp_path / "a.xlsx", b"autre")
    assert listing(tmp_path) == {"a.xlsx": b"autre"}


def test_a_write_that_fails_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    resource = pytest.importorskip(
        "resource", reason="a limit on the size of files stands for a full disk"
    )
    saved(tmp_path / "PST.xlsx", b"ancien")
    before = listing(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(OutputError, match="ne peut pas être écrit"):
            write_whole(tmp_path / "PST.xlsx", b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert listing(tmp_path) == before


def test_a_name_too_long_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        write_whole(tmp_path / ("n" * 300 + ".xlsx"), b"tout")


def test_the_previous_result_is_kept_under_the_next_number(tmp_path: Path) -> None:
    target = tmp_path / "PST.xlsx"
    for content in (b"un", b"deux", b"trois"):
        set_aside(target)
        write_whole(target, content)
    assert listing(tmp_path) == {
        "PST.precedent-1.xlsx": b"un",
        "PST.precedent-2.xlsx": b"deux",
        "PST.xlsx": b"trois",
    }


def test_there_is_nothing_to_keep_when_there_is_nothing(tmp_path: Path) -> None:
    assert set_aside(tmp_path / "PST.xlsx") is None
