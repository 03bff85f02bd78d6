"""A campaign at work: its folder locked, its register open, what stands in its archive."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from pst_excel.campaign.archive import Archive
from pst_excel.campaign.layout import FOLDERS, Layout
from pst_excel.campaign.lock import PATIENCE, at_work
from pst_excel.campaign.register import Register, now, opened
from pst_excel.campaign.welcome import welcome
from pst_excel.model.words.wording import date
from pst_excel.workers.writing import make_folder, save

_BEHIND = dt.timedelta(hours=1)
_MARKED = """Ce dossier est la mémoire de la campagne : ce qui a été envoyé, reçu et consolidé,
avec ce qui a été décidé. Le programme le tient : n’y changez rien, n’en retirez rien,
et copiez-le avec le reste de la campagne.
"""


@dataclass(frozen=True)
class Workplace:
    """A campaign that is locked, its register open; `clock` says that the clock went back."""

    layout: Layout
    register: Register
    clock: str = ""

    @property
    def archive(self) -> Archive:
        """The archive of the campaign."""
        return Archive(self.layout.archive)

    @property
    def archives(self) -> list[Path]:
        """Where copies are looked for."""
        return [self.layout.archive]


@contextlib.contextmanager
def working(layout: Layout, patience: float = PATIENCE) -> Iterator[Workplace]:
    """Work in a campaign, alone. Raises: Busy, UsageError, OutputError."""
    with at_work(layout, patience), opened(layout) as register:
        furnish(layout)
        yield Workplace(layout, register, clock_remark(register))
        say_what_it_is(layout, register)


def furnish(layout: Layout) -> None:
    """Make the folders of a campaign where they are not there. Raises: OutputError."""
    if not layout.mark.exists():
        make_mark(layout, [layout.register])
    for name in FOLDERS:
        make_folder(layout.folder / name, [layout.mark])


def say_what_it_is(layout: Layout, register: Register) -> None:
    """Write the first file that people open, where they have not got it."""
    if not layout.readme.exists():
        save(layout.readme, welcome(register.memory).encode(), [layout.mark])


def make_mark(layout: Layout, made_from: list[Path]) -> None:
    """Mark the archive as that of a campaign. Raises: OutputError."""
    make_folder(layout.archive, made_from)
    save(layout.mark, _MARKED.encode(), made_from)


def digest_of(data: bytes) -> str:
    """Return what tells a content from all others."""
    return hashlib.sha256(data).hexdigest()


def clock_remark(register: Register) -> str:
    """Say that the clock is behind what was written down last; empty where it is not."""
    last = register.last_at
    if last is None or now() >= last - _BEHIND:
        return ""
    return (
        f"l’horloge de cet ordinateur dit le {date(now())}, et la dernière opération de la campagne"
        f" est du {date(last)} : vérifiez la date ; les opérations gardent leur ordre"
    )


def without_known(folder: Path, digests: Collection[str]) -> list[Path]:
    """Remove the results kept aside in a folder whose content stands elsewhere; return the others.

    They are the previous states of files that the program wrote anew.
    """
    left = []
    for file in sorted(folder.glob("*.precedent-*")):
        if digest_of(file.read_bytes()) in digests:
            file.unlink()
        else:
            left.append(file)
    return left
