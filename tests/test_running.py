"""Files are found, read in any order or process, and written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import CLEAN, RETURN, listing, saved, workbook

from pst_excel.errors import OutputError, UsageError
from pst_excel.pst import PST
from pst_excel.running import (
    FEW,
    Loaded,
    check_target,
    load,
    read_or_refuse,
    set_aside,
    workbooks,
    write_whole,
)

MANY = FEW + 6


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


def test_an_unexpected_error_of_the_reader_is_a_refusal_of_one_file(tmp_path: Path) -> None:
    # A folder cannot be read as a file, whatever its name.
    folder = tmp_path / "retour.xlsx"
    folder.mkdir()
    assert "ne peut pas être ouvert" in read_or_refuse(folder, PST).reason  # type: ignore[union-attr]


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
