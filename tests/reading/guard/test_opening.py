"""Only a regular file is opened, at once, and no more of it is read than is allowed."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from support import saved

from pst_excel.reading.guard.opening import NotRegular, bytes_of, holds, open_regular
from pst_excel.reading.limits import Limits
from pst_excel.text.errors import UnreadableFile

LIMITS = Limits(file_size=1000)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def plug(path: Path) -> None:
    short = os.path.relpath(path)  # the name of a socket has a hundred characters at most
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(short)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def broken_link(path: Path) -> None:
    path.symlink_to("absent.xlsx")


def circle(path: Path) -> None:
    path.symlink_to(path.name)


ODD = {
    "un tube": pipe,
    "une prise de communication": plug,
    "un périphérique": device,
    "un dossier": Path.mkdir,
    "un lien vers un fichier qui n’existe pas": broken_link,
    "vérifiez le disque": circle,
}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
@pytest.mark.parametrize("what", ODD)
def test_what_is_no_file_is_said_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ODD[what](tmp_path / "retour.xlsx")
    with pytest.raises(UnreadableFile, match=f"ne peut pas être ouvert.*{what}"):
        bytes_of(tmp_path / "retour.xlsx", LIMITS)
    assert not holds(tmp_path / "retour.xlsx", b"")


def test_a_file_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="il n’est plus là"):
        bytes_of(tmp_path / "retour.xlsx", LIMITS)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipe has a name here")
def test_what_takes_the_place_of_a_file_once_it_was_looked_at_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path / "retour.xlsx", b"x")
    os.mkfifo(tmp_path / "tube")
    opening = os.open

    def exchanged(name: Path, flags: int) -> int:
        (tmp_path / "tube").replace(path)
        return opening(name, flags)

    monkeypatch.setattr(os, "open", exchanged)
    with pytest.raises(NotRegular, match="un tube"):
        open_regular(path)


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = saved(tmp_path / "retour.xlsx", b"x")
    os.truncate(path, 10**13)
    with pytest.raises(UnreadableFile, match="dépasse la limite « fichier »"):
        bytes_of(path, LIMITS)
    assert not holds(path, b"x")


@pytest.mark.parametrize("size", [0, 1, 999, 1000])
def test_a_file_within_the_limit_is_read_whole(tmp_path: Path, size: int) -> None:
    path = saved(tmp_path / "retour.xlsx", b"x" * size)
    assert bytes_of(path, LIMITS) == b"x" * size
    assert holds(path, b"x" * size)
    assert not holds(path, b"y" * size) or not size


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="no file lies about its size here")
def test_a_file_that_lies_about_its_size_is_not_read_beyond_the_limit() -> None:
    with pytest.raises(UnreadableFile, match="dépasse la limite « fichier »"):
        bytes_of(Path("/proc/self/maps"), LIMITS)
    assert b"python" in bytes_of(Path("/proc/self/cmdline"), Limits(file_size=10**6)).lower()


def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path / "retour.xlsx", b"x" * 10)
    looked = os.fstat
    times = iter(range(10))

    def growing(file: int) -> os.stat_result:
        found = looked(file)
        if next(times) == 1:  # once its kind and its size are known
            with path.open("ab") as more:
                more.write(b"y" * 5)
        return found

    monkeypatch.setattr(os, "fstat", growing)
    with pytest.raises(UnreadableFile, match="change pendant qu’il est lu"):
        bytes_of(path, LIMITS)
