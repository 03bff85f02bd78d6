"""The workbooks that the paths given on the command line mean: in folders, under which names."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from pst_excel.text.errors import UsageError

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
ARCHIVE = "archives-pst"  # the folder of the copies that the program keeps: nobody's returns
CAMPAIGN_ARCHIVE = "archive"  # the same in a campaign, told from a folder of people by its mark
MARK = "Ne rien changer ici.txt"

_PREVIOUS = re.compile(r"\.precedent-[0-9]+\.\w+$")
_PASSING = ("~$", ".", "~WR", "~syncthing~")  # Excel’s locks, hidden files, files being saved


def passed_over(paths: Iterable[Path]) -> list[Path]:
    """Return the files that stand in the folders named and are no workbooks by their names."""
    return [
        file
        for path in paths
        if path.is_dir()
        for file in sorted(path.rglob("*"))
        if not file.is_dir() and _seen(file, path) and file.suffix.lower() not in SUFFIXES
    ]


def check_apart(folder: Path, paths: Iterable[Path]) -> None:
    """Look whether results would go among what is read. Raises: UsageError."""
    wanted = resolved(folder)
    for path in paths:
        given = resolved(path)
        if path.is_dir() and (given == wanted or given in wanted.parents):
            raise UsageError(
                f"« {folder} » est dans « {path} », qui est donné à lire ; choisissez un dossier à"
                " côté",
                file=folder,
            )


def _seen(file: Path, named: Path) -> bool:
    """Tell whether a file that stands in a folder that is named is one of people."""
    inside = file.relative_to(named).parts[:-1]
    return is_of_people(file.name) and not any(
        is_archive(folder) for folder in _folders(named, inside)
    )


def is_of_people(name: str) -> bool:
    """Tell whether a file is one of people by its name: none that programs put there and remove."""
    return not name.startswith(_PASSING) and not _PREVIOUS.search(name)


def is_archive(folder: Path) -> bool:
    """Tell whether a folder is one in which the program keeps its copies."""
    name = folder.name.casefold()
    return name == ARCHIVE or (name == CAMPAIGN_ARCHIVE and (folder / MARK).is_file())


def archive_in(folder: Path) -> Path:
    """Return where the archive of a folder is, or would be: a campaign has its own."""
    own = folder / CAMPAIGN_ARCHIVE
    return own if is_archive(own) else folder / ARCHIVE


def _folders(named: Path, inside: Sequence[str]) -> Iterable[Path]:
    return (named.joinpath(*inside[: at + 1]) for at in range(len(inside)))


def workbooks(paths: Iterable[Path], may_be_empty: bool = False) -> list[Path]:
    """Return the workbooks named, and those in the folders named, in the order of their names.

    Lock files (`~$…`), hidden and passing files, results kept aside and the archive are left out.
    What has the name of a workbook and is no file is among them: reading it says what it is.
    Raises: UsageError when a path does not exist or a folder that may not be empty holds no
    workbook.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if path.is_dir():
            inside = [
                file
                for file in sorted(path.rglob("*"))
                if file.suffix.lower() in SUFFIXES and not file.is_dir() and _seen(file, path)
            ]
            if not inside and not may_be_empty:
                raise UsageError(
                    f"« {path} » ne contient aucun classeur ; indiquez le dossier des retours",
                    file=path,
                )
            for file in inside:
                found.setdefault(resolved(file), file)
        elif os.path.lexists(path):
            found.setdefault(resolved(path), path)
        else:
            raise UsageError(f"« {path} » n’existe pas ; vérifiez le chemin", file=path)
    return list(found.values())


def resolved(path: Path) -> Path:
    """Return a path without links, whether it exists or not; a link to itself is a plain name."""
    return Path(os.path.realpath(path))


def display_names(files: Sequence[Path]) -> dict[Path, str]:
    """Return a name for each file that tells it from the others: with its folders if need be."""
    names: dict[Path, str] = {}
    depth = 1
    left = list(files)
    while left:
        shown = {file: "/".join(file.parts[-depth:]) for file in left}
        times = Counter(shown.values())
        deepest = depth >= max(len(file.parts) for file in left)
        names |= {f: name for f, name in shown.items() if times[name] == 1 or deepest}
        left = [file for file in left if file not in names]
        depth += 1
    return names
