"""What is said of files: passed over, written, kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pst_excel.model.words.wording import listed, plural

if TYPE_CHECKING:
    pass


_SAMPLE = 3


def said_passed_over(files: Sequence[Path]) -> Iterator[str]:
    """Say which files of the folders were not opened, since their names are not of workbooks."""
    if files:
        names = [file.name for file in files[:_SAMPLE]]
        more = len(files) - len(names)
        shown = listed([*names, *([plural(more, "autre")] if more else [])])
        yield f"⚠ Pas ouvert, faute d’un nom de classeur (.xlsx, .xls, .ods …) : {shown}."


def written(target: Path, kept: Path | None) -> Iterator[str]:
    """Say where a file is written, and where the previous one of its name is kept."""
    yield f"Écrit : {target}"
    if kept is not None:
        yield f"Le fichier précédent est gardé : {kept}"
