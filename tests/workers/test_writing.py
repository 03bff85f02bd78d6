"""A result is written whole or not at all, nothing in its way, the one before kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import listing, saved

from pst_excel.text.errors import OutputError
from pst_excel.workers.writing import check_folder, check_target, set_aside, write_whole


def test_many_files_already_there_are_not_all_recited(tmp_path: Path) -> None:
    names = [f"{number}.xlsx" for number in range(5)]
    for name in names:
        saved(tmp_path / name, b"x")
    with pytest.raises(OutputError, match=r"a déjà 0\.xlsx, 1\.xlsx, 2\.xlsx et 2\sautres ;"):
        check_folder(tmp_path, names)


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
    path = saved(tmp_path / "a.xlsx", b"x")
    with pytest.raises(OutputError, match="donné à lire"):
        check_target(tmp_path / "." / "a.xlsx", [path])


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
