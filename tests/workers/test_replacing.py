"""Wherever a write stops, a fault or an interrupt, the folder is as it was or as it should be."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from support import listing, saved

from pst_excel.text.errors import OutputError
from pst_excel.workers.replacing import remove_stale
from pst_excel.workers.writing import save, save_all

OLD, NEW = b"ancien", b"nouveau"
STEPS = ("open", "fsync", "link", "replace")
BEFORE = {"a.precedent-1.xlsx": b"plus ancien", "a.xlsx": OLD}
FAULTS_WITHOUT_LINKS = ["open", "fsync", "open", "replace", "replace"]
AFTER = BEFORE | {"a.precedent-2.xlsx": OLD, "a.xlsx": NEW}


@pytest.fixture(params=["links", "no links"])
def links(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Let the file system have links, or none, as many memory sticks."""
    if request.param == "links":
        return True

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    return False


class Broken:
    """The steps of the system, of which one fails: there is no real disk that fails at the nth."""

    def __init__(self, at: int, patching: pytest.MonkeyPatch) -> None:
        self.name, self._left = "", at
        for step in STEPS:
            patching.setattr(os, step, partial(self._call, step, getattr(os, step)))

    def _call(self, step: str, function: Callable[..., Any], *args: Any, **options: Any) -> Any:
        self._left -= 1
        if self._left == -1:
            self.name = step
            raise OSError(errno.EIO, "a fault")
        return function(*args, **options)


def interrupted(action: Callable[[], object], at: int) -> KeyboardInterrupt | None:
    """Do something, interrupted at one of its lines, or of what it calls; None when it ended."""
    left = at

    def trace(_frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal left
        left -= event == "line"
        if left < 0:
            raise KeyboardInterrupt
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        action()
    except KeyboardInterrupt as error:
        return error
    finally:
        sys.settrace(before)
    return None


def folder(path: Path, before: dict[str, bytes]) -> Path:
    """Make a folder with these files; return the target in it."""
    path.mkdir()
    for name, data in before.items():
        saved(path / name, data)
    return path / "a.xlsx"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # what is only read
@pytest.mark.parametrize(("before", "after"), [({}, {"a.xlsx": NEW}), (BEFORE, AFTER)])
def test_an_interrupt_at_any_line_leaves_the_old_file_or_the_new_one(
    tmp_path: Path, links: bool, before: dict[str, bytes], after: dict[str, bytes]
) -> None:
    seen = []
    for at in range(10_000):
        target = folder(tmp_path / str(at), before)
        error = interrupted(lambda target=target: save(target, NEW), at)
        there = listing(target.parent)
        if error is None:
            break
        assert there in (before, after), f"after {at} lines"
        seen.append(there == after)
        for note in getattr(error, "__notes__", ()):
            assert ("aucun résultat" in note) == (there == before), f"after {at} lines"
    assert there == after
    assert len(seen) > 50
    assert seen == sorted(seen)
    assert set(seen) == {True, False}


def test_an_interrupt_among_several_files_tells_how_many_are_written(tmp_path: Path) -> None:
    told = set()
    for at in range(0, 10_000, 5):
        files = [(tmp_path / str(at) / name, NEW) for name in ("a.xlsx", "b.xlsx")]
        (tmp_path / str(at)).mkdir()
        error = interrupted(lambda files=files: save_all(files), at)
        if error is None:
            break
        notes = getattr(error, "__notes__", ["un autre endroit"])
        told.add((notes[0].replace("\u00a0", " "), len(listing(tmp_path / str(at)))))
    assert {told for told in told if "autre" not in told[0]} == {
        ("aucun des 2 fichiers n’a été écrit", 0),
        ("1 des 2 fichiers est écrit", 1),
        ("2 des 2 fichiers sont écrits", 2),
    }


def test_a_fault_at_any_step_leaves_the_old_file_or_the_new_one(
    tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = []
    for at in range(12):
        target = folder(tmp_path / str(at), BEFORE)
        with monkeypatch.context() as patching:
            broken = Broken(at, patching)
            with contextlib.suppress(OutputError):
                save(target, NEW)
                assert listing(target.parent) == AFTER, broken.name
                continue
        assert listing(target.parent) == BEFORE, broken.name
        outcomes.append(broken.name)
    assert outcomes == (["open", "fsync", "replace"] if links else FAULTS_WITHOUT_LINKS)


def test_a_number_that_somebody_takes_meanwhile_is_left_to_him(
    tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = saved(tmp_path / "a.xlsx", OLD)
    lexists = os.path.lexists

    def taken_since(path: Path) -> bool:
        found = lexists(path)
        if not found and Path(path).name == "a.precedent-1.xlsx":
            saved(Path(path), b"autre")
        return found

    monkeypatch.setattr(os.path, "lexists", taken_since)
    assert save(target, NEW) == tmp_path / "a.precedent-2.xlsx"
    assert listing(tmp_path) == {
        "a.precedent-1.xlsx": b"autre", "a.precedent-2.xlsx": OLD, "a.xlsx": NEW,
    }  # fmt: skip


def test_what_a_killed_run_left_is_removed_once_it_is_old(tmp_path: Path) -> None:
    names = [".pst-excel-0123456789abcdef", ".pst-excel-ab_cd123"]
    others = [".pst-excel-notes.xlsx", ".pst-excel-0123456789abcdef0", "pst-excel-01234567"]
    for name in (*names, *others):
        os.utime(saved(tmp_path / name, b"x"), (0, 0))
    saved(tmp_path / ".pst-excel-fedcba9876543210", b"x")
    (tmp_path / ".pst-excel-0000000000000000").mkdir()
    os.utime(tmp_path / ".pst-excel-0000000000000000", (0, 0))
    save(tmp_path / "a.xlsx", NEW)
    assert listing(tmp_path).keys() == {
        *others, "a.xlsx", ".pst-excel-fedcba9876543210", ".pst-excel-0000000000000000",
    }  # fmt: skip
    remove_stale(tmp_path / "absent")
