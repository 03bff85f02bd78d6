"""What is written is open to whom the umask lets, and to nobody who could not open its sources."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support import saved

from pst_excel.workers.access import file_mode
from pst_excel.workers.writing import make_folder, save

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")

Umask = Callable[[int], int]


@pytest.fixture(autouse=True)
def umask() -> Iterator[Umask]:
    """Return what changes the umask; the one of before comes back."""
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def source(path: Path, mode: int) -> Path:
    saved(path, b"x").chmod(mode)
    return path


def mode_of(path: Path) -> str:
    return f"{path.stat().st_mode & 0o7777:o}"


@pytest.mark.parametrize(
    ("mask", "sources", "file", "folder"),
    [
        (0o022, [], "644", "755"),
        (0o002, [], "664", "775"),
        (0o077, [], "600", "700"),
        (0o022, [0o644], "644", "755"),
        (0o077, [0o644], "600", "700"),
        (0o022, [0o600], "600", "700"),
        (0o022, [0o640, 0o644], "640", "750"),
        (0o022, [0o640, 0o604], "600", "700"),
        (0o002, [0o664, 0o666], "664", "775"),
        (0o022, [0o444], "644", "755"),
        (0o022, [0o777], "644", "755"),
        (0o022, [0o400], "600", "700"),
        (0o000, [0o666], "666", "777"),
    ],
)
def test_the_narrowest_source_and_the_umask_decide(
    tmp_path: Path, umask: Umask, mask: int, sources: list[int], file: str, folder: str
) -> None:
    made_from = [source(tmp_path / f"{at}.xlsx", mode) for at, mode in enumerate(sources)]
    umask(mask)
    save(tmp_path / "PST.xlsx", b"tout", made_from)
    make_folder(tmp_path / "envois", made_from)
    assert mode_of(tmp_path / "PST.xlsx") == file
    assert mode_of(tmp_path / "envois") == folder


def test_a_file_is_no_wider_than_the_one_whose_place_it_takes(tmp_path: Path) -> None:
    target = source(tmp_path / "PST.xlsx", 0o600)
    kept = save(target, b"tout")
    assert kept is not None
    assert mode_of(target) == mode_of(kept) == "600"
    target.chmod(0o644)
    save(target, b"encore", [source(tmp_path / "a.xlsx", 0o640)])
    assert mode_of(target) == "640"


def test_the_same_content_written_again_is_narrowed_too(tmp_path: Path) -> None:
    target = source(tmp_path / "PST.xlsx", 0o644)
    assert save(target, b"x", [source(tmp_path / "a.xlsx", 0o600)]) is None
    assert mode_of(target) == "600"


def test_a_folder_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    make_folder(tmp_path / "envois")
    make_folder(tmp_path / "envois", [source(tmp_path / "a.xlsx", 0o600)])
    assert mode_of(tmp_path / "envois") == "755"


def test_a_source_that_is_gone_leaves_the_result_to_its_owner(tmp_path: Path) -> None:
    save(tmp_path / "PST.xlsx", b"tout", [tmp_path / "absent.xlsx"])
    assert mode_of(tmp_path / "PST.xlsx") == "600"


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives a file to any group"
)
def test_what_a_group_could_open_is_not_open_to_another_group(tmp_path: Path) -> None:
    other = os.getegid() + 1
    for mode, expected in ((0o640, 0o600), (0o644, 0o644 | 0o600), (0o604, 0o644)):
        path = source(tmp_path / f"{mode:o}.xlsx", mode)
        os.chown(path, -1, other)
        assert file_mode(tmp_path, [path]) == expected
    shared = tmp_path / "du groupe"
    shared.mkdir()
    os.chown(shared, -1, other)
    shared.chmod(0o2770)
    assert file_mode(shared, [tmp_path / "640.xlsx"]) == 0o640
