"""How results become files: looked at before the work begins, written whole or not at all."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from pst_excel.model.words.wording import listed, plural
from pst_excel.text.errors import OutputError

_NAMED = 3  # files that a sentence can name


def check_target(target: Path, inputs: Iterable[Path] = ()) -> None:
    """Look at a target before the work begins.

    Raises: OutputError when its folder does not exist, when it is one of the inputs, or when it is
    open in Excel (a `~$` lock file stands beside it).
    """
    try:
        _check_target(target, inputs)
    except OSError as error:
        raise OutputError(
            f"« {target.name} » n’est pas un nom de fichier possible ; donnez-en un plus court"
        ) from error


def _check_target(target: Path, inputs: Iterable[Path]) -> None:
    if not target.parent.is_dir():
        raise OutputError(
            f"le dossier « {target.parent} » n’existe pas ; créez-le ou choisissez un autre endroit"
        )
    if target.is_dir():
        raise OutputError(f"« {target} » est un dossier ; donnez un nom de fichier")
    if any(target.exists() and target.samefile(source) for source in inputs):
        raise OutputError(
            f"« {target.name} » est aussi un fichier donné à lire ; choisissez un autre nom"
        )
    if is_open(target):
        raise OutputError(
            f"« {target.name} » est ouvert dans Excel ou LibreOffice ; fermez-le et recommencez"
        )


def is_open(file: Path) -> bool:
    """Tell whether a workbook is open in Excel or LibreOffice: a lock file stands beside it."""
    locks = (f"~${file.name}", f".~lock.{file.name}#")
    return any(file.with_name(lock).exists() for lock in locks)


def check_folder(
    folder: Path, names: Sequence[str], inputs: Iterable[Path] = (), replace: bool = False
) -> None:
    """Look at the files to be written in a folder before the work begins; it may not exist yet.

    Raises: OutputError as `check_target`, when the folder cannot be made, and when files are there
    already that nobody said to replace.
    """
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"« {folder} » est un fichier ; donnez un dossier")
    if not folder.is_dir():
        check_target(folder)
        return
    given = list(inputs)
    for name in names:
        target = folder / name
        check_target(target)
        if any(target.exists() and target.samefile(source) for source in given):
            raise OutputError(
                f"« {name} » est dans « {folder} », et donné à lire ; choisissez un autre dossier"
            )
    there = [name for name in names if (folder / name).exists()]
    if there and not replace:
        more = len(there) - _NAMED
        shown = [*there[:_NAMED], *([plural(more, "autre")] if more > 0 else [])]
        raise OutputError(
            f"« {folder} » a déjà {listed(shown)} ; choisissez un autre dossier, ou ajoutez"
            " --remplacer : les anciens fichiers seront gardés à côté"
        )


def make_folder(folder: Path) -> None:
    """Make a folder where there is none yet. Raises: OutputError when it cannot be made."""
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"le dossier « {folder} » ne peut pas être créé ; vérifiez son nom et vos droits"
        ) from error


def write_whole(target: Path, data: bytes) -> None:
    """Write a file through a temporary one beside it: the whole result, or nothing.

    Raises: OutputError when the target cannot be written.
    """
    check_target(target)
    temporary: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(
            dir=target.parent, prefix=".pst-excel-", delete=False
        ) as file:
            temporary = Path(file.name)
            file.write(data)
        temporary.chmod(0o644)
        temporary.replace(target)
    except OSError as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()
        raise OutputError(
            f"« {target} » ne peut pas être écrit ; vérifiez qu’il n’est pas ouvert et que vous"
            " avez le droit d’écrire dans ce dossier"
        ) from error


def set_aside(target: Path) -> Path | None:
    """Keep the previous result beside the new one: `nom.precedent-1.xlsx`, then 2, and so on.

    Returns where it was put, None when there was nothing to keep.
    """
    if not target.exists():
        return None
    number = 1
    while (kept := target.with_name(f"{target.stem}.precedent-{number}{target.suffix}")).exists():
        number += 1
    target.rename(kept)
    return kept
