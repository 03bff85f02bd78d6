"""How results become files: looked at before the work begins, written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from pst_excel.model.words.wording import listed, number, plural
from pst_excel.reading.guard.opening import kind_of
from pst_excel.text.errors import OutputError
from pst_excel.text.filenames import is_reserved
from pst_excel.workers.access import file_mode, folder_mode
from pst_excel.workers.replacing import Replacement, remove_stale

_NAMED = 3  # files that a sentence can name
FULL = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
"""What the system says where there is no place left."""


def check_target(target: Path, inputs: Iterable[Path] = ()) -> None:
    """Look at a target before the work begins.

    Raises: OutputError when its folder does not exist, when it is no regular file, when it is one
    of the inputs, or when it is open in Excel (a `~$` lock file stands beside it).
    """
    try:
        _check_target(target, inputs)
    except OSError as error:
        raise OutputError(
            f"« {target.name} » n’est pas un nom de fichier possible ; donnez-en un plus court",
            file=target,
        ) from error


def _check_target(target: Path, inputs: Iterable[Path]) -> None:
    if is_reserved(target.name) and not target.exists():
        raise OutputError(
            f"« {target.name} » est un nom que Windows réserve ou abrège ; choisissez un autre nom",
            file=target,
        )
    if not target.parent.is_dir():
        raise OutputError(
            f"le dossier « {target.parent} » n’existe pas ; créez-le ou choisissez un autre"
            " endroit",
            file=target,
        )
    if target.exists() and (kind := kind_of(target)):
        raise OutputError(f"« {target} » est {kind} ; donnez un nom de fichier", file=target)
    if any(target.exists() and target.samefile(source) for source in inputs):
        raise OutputError(
            f"« {target.name} » est aussi un fichier donné à lire ; choisissez un autre nom",
            file=target,
        )
    if is_open(target):
        raise OutputError(
            f"« {target.name} » est ouvert dans Excel ou LibreOffice ; fermez-le et recommencez",
            file=target,
        )


def is_open(file: Path) -> bool:
    """Tell whether a workbook is open in Excel or LibreOffice: a lock file stands beside it."""
    with contextlib.suppress(OSError):  # a name so long that none of a lock file can be
        return any(file.with_name(lock).exists() for lock in locks_of(file.name))
    return False


def locks_of(name: str) -> tuple[str, ...]:
    """Return the names of the files that stand beside a workbook while it is open."""
    return f"~${name}", f".~lock.{name}#"


def check_folder(
    folder: Path, names: Sequence[str], inputs: Iterable[Path] = (), replace: bool = False
) -> None:
    """Look at the files to be written in a folder before the work begins; it may not exist yet.

    Raises: OutputError as `check_target`, when the folder cannot be made, and when files are there
    already that nobody said to replace.
    """
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"« {folder} » est un fichier ; donnez un dossier", file=folder)
    if not folder.is_dir():
        check_target(folder)
        return
    given = list(inputs)
    for name in names:
        target = folder / name
        check_target(target)
        if any(target.exists() and target.samefile(source) for source in given):
            raise OutputError(
                f"« {name} » est dans « {folder} », et donné à lire ; choisissez un autre dossier",
                file=target,
            )
    there = [name for name in names if (folder / name).exists()]
    if there and not replace:
        more = len(there) - _NAMED
        shown = [*there[:_NAMED], *([plural(more, "autre")] if more > 0 else [])]
        raise OutputError(
            f"« {folder} » a déjà {listed(shown)} ; choisissez un autre dossier, ou ajoutez"
            " --remplacer : les anciens fichiers seront gardés à côté",
            file=folder,
        )


def make_folder(folder: Path, made_from: Iterable[Path] = ()) -> None:
    """Make a folder where there is none yet, as private as the sources of what goes into it.

    Raises: OutputError when it cannot be made.
    """
    try:
        folder.mkdir(folder_mode(folder, made_from), exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"le dossier « {folder} » ne peut pas être créé ; vérifiez son nom et vos droits",
            file=folder,
        ) from error


def save(target: Path, data: bytes, made_from: Iterable[Path] = ()) -> Path | None:
    """Write a file whole; a different previous one is kept beside it and its new name returned.

    Nobody may open it who could not open what it was made from. Raises: OutputError when it cannot
    be written; what was there has not changed then.
    """
    (kept,) = save_all([(target, data)], made_from)
    return kept


def save_all(
    files: Collection[tuple[Path, bytes]], made_from: Iterable[Path] = ()
) -> list[Path | None]:
    """Write files as `save` does, one after the other; return where the previous ones are kept.

    What stops it says how many were written: an OutputError in its sentence, an interrupt in a
    note.
    """
    sources = list(made_from)
    begun: list[Replacement] = []
    kept: list[Path | None] = []
    try:
        modes = {folder: file_mode(folder, sources) for folder in {one.parent for one, _ in files}}
        for folder in modes:
            remove_stale(folder)
        for target, data in files:
            check_target(target)
            begun.append(Replacement(target))
            kept.append(begun[-1].run(data, modes[target.parent]))
    except (OSError, OutputError) as error:
        written = f" ; {_count(begun, files)}" if len(files) > 1 else ""
        raise OutputError(f"{_failed(target, error)}{written}", file=target) from error
    except BaseException as error:
        error.add_note(_count(begun, files))
        raise
    return kept


def _failed(target: Path, error: OSError | OutputError) -> str:
    if isinstance(error, OutputError):
        return str(error)
    stays = " ; celui qui y était n’a pas changé" if target.exists() else ""
    if error.errno in FULL:
        return (
            f"« {target} » ne peut pas être écrit : le disque est plein ; faites de la place et"
            f" recommencez{stays}"
        )
    return (
        f"« {target} » ne peut pas être écrit ; vérifiez qu’il n’est pas ouvert et que vous avez le"
        f" droit d’écrire dans ce dossier{stays}"
    )


def _count(begun: Sequence[Replacement], files: Collection[tuple[Path, bytes]]) -> str:
    """Say how many files are written."""
    written = sum(replacement.done for replacement in begun)
    if len(files) == 1:
        return "le résultat est écrit" if written else "aucun résultat n’a été écrit"
    if not written:
        return f"aucun des {plural(len(files), 'fichier')} n’a été écrit"
    done = "est écrit" if written == 1 else "sont écrits"
    return f"{number(written)} des {plural(len(files), 'fichier')} {done}"
