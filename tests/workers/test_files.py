"""The workbooks that paths mean are found once each, in order, and told apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import CLEAN, saved

from pst_excel.pst import PST
from pst_excel.text.errors import UsageError
from pst_excel.workers.files import passed_over, workbooks
from pst_excel.workers.loading import load


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


def test_the_archive_is_left_out_unless_it_is_named(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", b"x")
    copy = saved(tmp_path / "sous" / "archives-pst" / "envois" / "b.xlsx", b"x")
    saved(copy.with_name("notes.txt"), b"x")

    assert workbooks([tmp_path]) == [path]
    assert passed_over([tmp_path]) == []
    assert workbooks([copy.parent]) == workbooks([copy]) == [copy]


def test_a_folder_that_holds_nothing_but_the_archive_is_a_wrong_usage(tmp_path: Path) -> None:
    saved(tmp_path / "archives-pst" / "envois" / "b.xlsx", b"x")
    with pytest.raises(UsageError, match="ne contient aucun classeur"):
        workbooks([tmp_path])


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", b"x")
    assert workbooks([path, tmp_path, path]) == [path]


def test_a_file_named_by_two_spellings_of_its_path_is_read_once(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", b"x")
    (tmp_path / "sous").mkdir()
    assert len(workbooks([path, tmp_path / "sous" / ".." / "a.xlsx"])) == 1


def test_a_file_that_is_named_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    path = saved(tmp_path / "retour.txt", b"x")
    assert workbooks([path]) == [path]


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
    assert [filled.file for filled in loaded.returns] == ["Œuvres & « fêtes » n° 1.xlsx"]
    assert loaded.refusals == []


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder in ("travaux", "finances"):
        saved(tmp_path / folder / "retour.xlsx", CLEAN)
    saved(tmp_path / "autre.xlsx", CLEAN)
    names = [filled.file for filled in load([tmp_path], PST).returns]
    assert names == ["autre.xlsx", "finances/retour.xlsx", "travaux/retour.xlsx"]


def test_files_of_one_name_in_folders_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder in ("2025/travaux", "2026/travaux"):
        saved(tmp_path / folder / "retour.xlsx", CLEAN)
    names = [filled.file for filled in load([tmp_path], PST).returns]
    assert len(set(names)) == 2
