"""The archive of a campaign: the very bytes that were sent, came back and were consolidated.

A folder `archives-pst` (`archive` in a campaign), and in it one folder for each kind of workbook. A
file is named by the hash of what it holds, after the id of its send or of its run if it has one:
`3f9a2c1b7d4e-0123456789abcdef.xlsx`. So it is found without being opened, and a copy that is no
longer what was kept is told from one that is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from pst_excel.reading.guard.opening import bytes_of, holds
from pst_excel.reading.limits import Options
from pst_excel.returns.ids import is_id
from pst_excel.text.errors import OutputError, UnreadableFile
from pst_excel.workers.files import SUFFIXES, archive_in, is_archive, resolved
from pst_excel.workers.writing import make_folder, save

if TYPE_CHECKING:
    from pst_excel.model.plan import Plan
    from pst_excel.returns.tables import Refusal, Return

_HASH = 16  # hexadecimal digits of a hash that a name has
_NAME = re.compile(rf"(?:[0-9a-f]+-)?([0-9a-f]{{{_HASH}}})\.[a-z]+")
_DIGEST = re.compile(rf"[0-9a-f]{{{_HASH},}}")


class Kept(StrEnum):
    """The kinds of workbooks that are kept, by the names of their folders."""

    SENDS = "envois"
    RETURNS = "retours"
    CONSOLIDATED = "consolides"
    PLANS = "trouves"


@dataclass(frozen=True)
class Archive:
    """The archive in a folder, which is made when something is kept there."""

    folder: Path

    def keep(
        self, data: bytes, kind: Kept, ident: str = "", suffix: str = SUFFIXES[0],
        made_from: Iterable[Path] = (),
    ) -> Path:  # fmt: skip
        """Keep a workbook, found later by its hash or by an id; return where it is.

        What is there already is left alone; another content under its name is put beside it. The
        copy is no more open than the files that the workbook was `made_from`.
        Raises: OutputError when it cannot be written, ValueError for an id that is none.
        """
        target = self._place(data, kind, ident, suffix)
        if not holds(target, data):
            sources = list(made_from)
            make_folder(self.folder, sources)
            make_folder(target.parent, sources)
            save(target, data, sources)
        return target

    def holds(self, data: bytes, kind: Kept, ident: str = "", suffix: str = SUFFIXES[0]) -> bool:
        """Tell whether a workbook was kept, under that id. Raises: ValueError as `keep`."""
        return holds(self._place(data, kind, ident, suffix), data)

    def _place(self, data: bytes, kind: Kept, ident: str, suffix: str) -> Path:
        if ident and not is_id(ident):
            raise ValueError(f"« {ident} » is no id")
        ending = suffix.lower() if suffix.lower() in SUFFIXES else SUFFIXES[0]
        name = "-".join(part for part in (ident, _hash(data)) if part)
        return self.folder / kind / f"{name}{ending}"


def archive_beside(folder: Path) -> Archive:
    """Return the archive that stands beside a folder, whether it exists or not.

    Raises: OutputError for a folder of an archive itself.
    """
    for part in (folder, *folder.parents):
        if is_archive(part):
            raise OutputError(
                f"« {folder} » est dans « {part.name} », où le programme range ses copies ;"
                " choisissez un autre dossier",
                file=folder,
            )
    named = folder if folder.name not in ("", "..") else resolved(folder)
    return Archive(archive_in(named.parent))


def archives_near(paths: Iterable[Path]) -> list[Path]:
    """Return the archives there are near files and folders: in the same folder, or the one above.

    An archive that is named itself is one of them.
    """
    near: list[Path] = []
    for path in paths:
        here = resolved(path)
        folder = here if here.is_dir() else here.parent
        if is_archive(folder):
            near.append(folder)
        near += [archive_in(folder), archive_in(folder.parent)]
    return [folder for folder in dict.fromkeys(near) if folder.is_dir()]


def send_file(folders: Iterable[Path], send: str, options: Options = Options()) -> Path | None:
    """Return what was sent under an id, from the archives in which it may be."""
    return _of_id(folders, Kept.SENDS, send, options)


def consolidated_file(
    folders: Iterable[Path], run: str, options: Options = Options()
) -> Path | None:
    """Return what a run wrote, by the id of the run, from the archives in which it may be."""
    return _of_id(folders, Kept.CONSOLIDATED, run, options)


def return_file(folders: Iterable[Path], digest: str, options: Options = Options()) -> Path | None:
    """Return what came back, by the hash of its bytes, from the archives in which it may be."""
    if not _DIGEST.fullmatch(digest):
        return None
    return _found(folders, Kept.RETURNS, f"{digest[:_HASH]}.*", options)


def plan_file(folders: Iterable[Path], digest: str, options: Options = Options()) -> Path | None:
    """Return a plan as it was found, by the hash of its bytes, from the archives."""
    return _of_digest(folders, (Kept.PLANS, Kept.CONSOLIDATED), digest, options)


def sent_file(folders: Iterable[Path], digest: str, options: Options = Options()) -> Path | None:
    """Return what was sent, by the hash of its bytes, from the archives."""
    return _of_digest(folders, (Kept.SENDS,), digest, options)


def _of_digest(
    folders: Iterable[Path], kinds: Iterable[Kept], digest: str, options: Options
) -> Path | None:
    if not _DIGEST.fullmatch(digest):
        return None
    where, pattern = list(folders), f"*{digest[:_HASH]}.*"
    found = (_found(where, kind, pattern, options) for kind in kinds)
    return next((file for file in found if file is not None), None)


def kept_in(folder: Path, kind: Kept, options: Options = Options()) -> dict[str, Path]:
    """Return the sound copies of a kind in an archive, by the hash in their names."""
    found: dict[str, Path] = {}
    for file in sorted((folder / kind).glob("*")):
        if (named := _NAME.fullmatch(file.name)) and is_sound(file, options):
            found.setdefault(named[1], file)
    return found


def short(digest: str) -> str:
    """Return what of a hash stands in the names of the copies."""
    return digest[:_HASH]


def is_sound(file: Path, options: Options = Options()) -> bool:
    """Tell whether a file of an archive holds what was kept under its name."""
    named = _NAME.fullmatch(file.name)
    try:
        return named is not None and _hash(bytes_of(file, options.limits)) == named[1]
    except UnreadableFile:
        return False


def read_kept(
    files: Sequence[Path], plan: Plan, workers: int | None = None, options: Options = Options()
) -> dict[Path, Return | Refusal]:
    """Read files of an archive as any workbook is read; one that has changed since is refused."""
    from pst_excel.workers.loading import load  # which is slow to import, and rarely needed

    sound = [file for file in dict.fromkeys(files) if is_sound(file, options)]
    loaded = load(sound, plan, None, workers, options)
    outcomes: list[Return | Refusal] = [*loaded.returns, *loaded.refusals]
    read = {loaded.files[outcome.file]: outcome for outcome in outcomes}
    return {file: read.get(file) or _changed(file) for file in files}


def _changed(file: Path) -> Refusal:
    from pst_excel.returns.tables import Refusal

    return Refusal(
        file.name,
        "cette copie des archives n’est plus celle qui y a été gardée ; remettez-y l’original",
    )


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:_HASH]


def _of_id(folders: Iterable[Path], kind: Kept, ident: str, options: Options) -> Path | None:
    # It comes from a cell: nothing but an id may become part of a path.
    return _found(folders, kind, f"{ident}-*", options) if is_id(ident) else None


def _found(folders: Iterable[Path], kind: Kept, pattern: str, options: Options) -> Path | None:
    """Return the first file of that name that is sound, else one to be told of; None if none is."""
    files = [
        file
        for folder in folders
        for file in sorted((folder / kind).glob(pattern))
        if _NAME.fullmatch(file.name) and file.is_file()
    ]
    sound = (file for file in files if is_sound(file, options))
    return next(sound, files[0] if files else None)
