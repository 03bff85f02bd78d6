"""Which files are ready is known by looking at them, in looks and without a clock."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from support import saved

from pst_excel.rounds.watching.pace import GRACE, patience
from pst_excel.rounds.watching.settling import Settling

PATIENCE = 5


def looked(folder: Path, times: int = 1) -> Settling:
    settling = Settling(folder, PATIENCE)
    for _ in range(times):
        settling.look()
    return settling


def ready(settling: Settling) -> list[str]:
    return [path.name for path, _ in settling.ready()]


def test_a_file_is_ready_once_two_looks_find_it_the_same(tmp_path: Path) -> None:
    file = saved(tmp_path / "a.xlsx", b"1")
    settling = looked(tmp_path)
    assert settling.arriving
    for size in range(2, 8):
        file.write_bytes(b"1" * size)
        settling.look()
        assert ready(settling) == []
    settling.look()
    assert ready(settling) == ["a.xlsx"]
    assert not settling.arriving


def test_another_file_of_the_same_size_and_time_is_another(tmp_path: Path) -> None:
    file = saved(tmp_path / "a.xlsx", b"old")
    os.utime(file, ns=(1, 1))
    settling = looked(tmp_path, 2)
    settling.lying[file].done = True
    other = saved(tmp_path / "b.tmp", b"new")
    os.utime(other, ns=(1, 1))
    other.replace(file)
    settling.look()
    assert not settling.lying[file].done


@pytest.mark.parametrize("at", [0, 4_102_444_800])
def test_the_hour_of_a_file_does_not_matter(tmp_path: Path, at: int) -> None:
    file = saved(tmp_path / "a.xlsx", b"1")
    os.utime(file, (at, at))
    assert ready(looked(tmp_path, 2)) == ["a.xlsx"]


@pytest.mark.parametrize("lock", ["~${}", ".~lock.{}#"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_file_that_is_open_is_waited_for_then_taken(tmp_path: Path, lock: str, form: str) -> None:
    saved(tmp_path / unicodedata.normalize("NFC", "Réponse.xlsx"), b"1")
    beside = saved(tmp_path / unicodedata.normalize(form, lock.format("Réponse.xlsx")), b"")
    settling = looked(tmp_path, PATIENCE)
    assert ready(settling) == []
    assert len(settling.waiting_for()) == 1
    assert not settling.arriving
    settling.look()
    assert len(ready(settling)) == 1
    beside.unlink()
    settling.look()
    assert settling.waiting_for() == []


def test_one_that_is_saved_while_it_is_open_is_waited_for_anew(tmp_path: Path) -> None:
    file = saved(tmp_path / "a.xlsx", b"1")
    saved(tmp_path / "~$a.xlsx", b"")
    settling = looked(tmp_path, PATIENCE)
    file.write_bytes(b"12")
    settling.look()
    settling.look()
    assert ready(settling) == []


def test_open_files_are_waited_for_a_quarter_of_an_hour_whatever_the_pace() -> None:
    assert patience(2) == 450
    assert patience(60) == 15


def test_what_cannot_be_read_is_ready_again_when_it_has_been_given_time(tmp_path: Path) -> None:
    file = saved(tmp_path / "a.xlsx", b"PK")
    settling = looked(tmp_path, 2)
    settling.lying[file].held = True
    for _ in range(GRACE - 2):
        settling.look()
        assert ready(settling) == []
        assert settling.patient
    settling.look()
    assert ready(settling) == ["a.xlsx"]
    assert settling.lying[file].last_time


def test_an_empty_file_is_given_time_before_anybody_reads_it(tmp_path: Path) -> None:
    file = saved(tmp_path / "a.xlsx", b"")
    settling = looked(tmp_path, 2)
    assert ready(settling) == []
    assert settling.patient
    file.write_bytes(b"1")
    settling.look()
    settling.look()
    assert ready(settling) == ["a.xlsx"]


@pytest.mark.parametrize(
    "name",
    ["a.xlsx.part", "a.xlsx.crdownload", "a.tmp", "~WRD0001.xlsx", "~$a.xlsx", ".a.xlsx", "notes.txt",
     ".~lock.a.xlsx#", "~syncthing~a.xlsx.tmp", "a.precedent-1.xlsx", "12AB34CD"],
)  # fmt: skip
def test_what_programs_put_there_for_a_moment_is_not_looked_at(tmp_path: Path, name: str) -> None:
    saved(tmp_path / name, b"1")
    assert looked(tmp_path).lying == {}


def test_folders_are_looked_into_and_one_may_go(tmp_path: Path) -> None:
    file = saved(tmp_path / "Travaux" / "a.xlsx", b"1")
    (tmp_path / "dossier.xlsx").mkdir()
    settling = looked(tmp_path, 2)
    assert ready(settling) == ["a.xlsx"]
    file.unlink()
    file.parent.rmdir()
    settling.look()
    assert settling.lying == {}


def test_a_link_that_leads_nowhere_is_a_file_like_another(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").symlink_to(tmp_path / "nowhere.xlsx")
    assert ready(looked(tmp_path, 2)) == ["a.xlsx"]
