"""A result is written whole or not at all, nothing in its way, the one before kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import listing, saved

from pst_excel.text.errors import OutputError
from pst_excel.workers.writing import check_folder, check_target, save, save_all


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


@pytest.mark.parametrize("name", ["CON.xlsx", "aux", "envois."])
def test_a_target_that_windows_takes_for_something_else_is_refused(
    tmp_path: Path, name: str
) -> None:
    for look in (check_target, lambda target: check_folder(target, [])):
        with pytest.raises(OutputError, match="Windows réserve ou abrège"):
            look(tmp_path / name)


@pytest.mark.parametrize("lock", ["~$PST.xlsx", ".~lock.PST.xlsx#"])
def test_a_target_that_is_open_is_refused(tmp_path: Path, lock: str) -> None:
    saved(tmp_path / lock, b"x")
    with pytest.raises(OutputError, match="est ouvert"):
        check_target(tmp_path / "PST.xlsx")


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    assert save(tmp_path / "a.xlsx", b"tout") is None
    assert listing(tmp_path) == {"a.xlsx": b"tout"}


@pytest.fixture
def small_disk() -> Iterator[None]:
    """Let no file grow beyond 1,000 bytes: this stands for a full disk."""
    resource = pytest.importorskip("resource", reason="no limit on the size of files here")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_write_that_fails_leaves_the_folder_as_it_was_and_says_so(
    tmp_path: Path, small_disk: None
) -> None:
    saved(tmp_path / "PST.xlsx", b"ancien")
    before = listing(tmp_path)
    with pytest.raises(OutputError, match=r"le disque est plein.*qui y était n’a pas changé"):
        save(tmp_path / "PST.xlsx", b"x" * 100_000)
    assert listing(tmp_path) == before


def test_of_several_files_it_is_said_how_many_are_written(tmp_path: Path, small_disk: None) -> None:
    sizes = {"a.xlsx": 10, "b.xlsx": 10, "c.xlsx": 5_000, "d.xlsx": 10}
    files = [(tmp_path / name, b"x" * size) for name, size in sizes.items()]
    with pytest.raises(OutputError, match=r"c\.xlsx » ne peut.*; 2 des 4\sfichiers sont écrits"):
        save_all(files)
    assert listing(tmp_path).keys() == {"a.xlsx", "b.xlsx"}
    with pytest.raises(OutputError, match=r"aucun des 2\sfichiers n’a été écrit"):
        save_all(files[2:])


def test_a_lock_that_appears_meanwhile_stops_the_files_that_follow(tmp_path: Path) -> None:
    saved(tmp_path / "~$b.xlsx", b"x")
    files = [(tmp_path / name, b"x") for name in ("a.xlsx", "b.xlsx")]
    with pytest.raises(OutputError, match=r"est ouvert dans Excel.*; 1 des 2\sfichiers est écrit"):
        save_all(files)


def test_a_name_too_long_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        save(tmp_path / ("n" * 300 + ".xlsx"), b"tout")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipe has a name here")
def test_a_target_that_is_no_file_is_refused_and_stays(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "PST.xlsx")
    with pytest.raises(OutputError, match="est un tube ; donnez un nom de fichier"):
        save(tmp_path / "PST.xlsx", b"tout")
    assert (tmp_path / "PST.xlsx").is_fifo()


def test_the_previous_result_is_kept_under_the_next_number(tmp_path: Path) -> None:
    target = tmp_path / "PST.xlsx"
    kept = [save(target, content) for content in (b"un", b"deux", b"deux", b"trois")]
    assert kept == [
        None, tmp_path / "PST.precedent-1.xlsx", None, tmp_path / "PST.precedent-2.xlsx",
    ]  # fmt: skip
    assert listing(tmp_path) == {
        "PST.precedent-1.xlsx": b"un",
        "PST.precedent-2.xlsx": b"deux",
        "PST.xlsx": b"trois",
    }
