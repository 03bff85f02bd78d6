"""How a file that somebody named is opened: a regular one, at once, no more of it than is allowed.

A pipe waits for ever, a device never ends, a file of `/proc` lies about its size.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from pst_excel.reading.limits import Limits
from pst_excel.text.errors import UnreadableFile

_AT_ONCE = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_NONBLOCK", 0)
)
_KINDS = (
    (stat.S_ISDIR, "un dossier"),
    (stat.S_ISFIFO, "un tube"),
    (stat.S_ISSOCK, "une prise de communication"),
)
_DEVICE = "un périphérique"
_CANNOT = "le fichier ne peut pas être ouvert"


class NotRegular(OSError):
    """What has the name of a file and is none; its text says in French what it is."""


def kind_of(path: Path) -> str:
    """Say in French what is there in the place of a regular file; nothing where it is one.

    Raises: OSError when it cannot be looked at.
    """
    return _kind(path.stat())


def _kind(found: os.stat_result) -> str:
    if stat.S_ISREG(found.st_mode):
        return ""
    return next((kind for is_one, kind in _KINDS if is_one(found.st_mode)), _DEVICE)


def open_regular(path: Path) -> BinaryIO:
    """Open a regular file to read it; nothing else is waited for, nor touched where it is known.

    Raises: NotRegular, OSError.
    """
    if kind := kind_of(path):
        raise NotRegular(kind)
    file = os.fdopen(os.open(path, _AT_ONCE), "rb")
    # Another may have taken its place meanwhile: what counts is what was opened.
    if kind := _kind(os.fstat(file.fileno())):
        file.close()
        raise NotRegular(kind)
    return file


def bytes_of(path: Path, limits: Limits) -> bytes:
    """Return what a regular file holds.

    Raises: UnreadableFile with one French sentence, also for a file beyond the limit of size.
    """
    try:
        with open_regular(path) as file:
            return _whole(file, limits)
    except NotRegular as error:
        raise UnreadableFile(
            f"{_CANNOT} : c’est {error}, pas un classeur ; donnez le classeur lui-même"
        ) from error
    except PermissionError as error:
        raise UnreadableFile(
            "le fichier est verrouillé ou protégé en lecture ; fermez-le et vérifiez vos droits"
        ) from error
    except FileNotFoundError as error:
        gone = (
            "c’est un lien vers un fichier qui n’existe pas"
            if path.is_symlink()
            else "il n’est plus là"
        )
        raise UnreadableFile(f"{_CANNOT} : {gone} ; donnez le classeur lui-même") from error
    except OSError as error:
        raise UnreadableFile(
            f"{_CANNOT} ; vérifiez le disque ou le réseau où il est, et recommencez"
        ) from error


def _whole(file: BinaryIO, limits: Limits) -> bytes:
    before = os.fstat(file.fileno())
    check_weight(before.st_size, limits)
    data = file.read(before.st_size + 1)
    if len(data) > before.st_size:
        data += file.read(limits.file_size + 1 - len(data))
        check_weight(len(data), limits)
    after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise UnreadableFile(
            "le fichier change pendant qu’il est lu ; attendez qu’il soit enregistré et recommencez"
        )
    return data


def check_weight(size: int, limits: Limits) -> None:
    """Look at the size of a file. Raises: UnreadableFile beyond the limit."""
    if size > limits.file_size:
        remedy = "enlevez-en les images et les feuilles hors PST"
        raise limits.exceeded("file_size", size, remedy)


def holds(path: Path, data: bytes) -> bool:
    """Tell whether a regular file holds these very bytes; only one of their size is read."""
    try:
        with open_regular(path) as file:
            same_size = os.fstat(file.fileno()).st_size == len(data)
            return same_size and file.read(len(data) + 1) == data
    except OSError:
        return False
