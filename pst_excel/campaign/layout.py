"""What stands in the folder of a campaign: every name relative, so that it works wherever it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pst_excel.text.errors import UsageError
from pst_excel.workers.files import CAMPAIGN_ARCHIVE, MARK

PLAN = "PST_consolide.xlsx"
README = "Lisez-moi.txt"
REGISTER = "registre.sqlite"
LOCK = "registre.verrou"
REFERENCE, SENDS, RETURNS, HANDED_BACK = "reference", "envois", "retours", "rendus"
REMINDERS = "rappels"
FOLDERS = (REFERENCE, SENDS, RETURNS, HANDED_BACK)
RECORDS = "journal"
"""The folder of the archive that holds one file for each thing that was done."""


@dataclass(frozen=True)
class Layout:
    """Where each thing is in the folder of a campaign."""

    folder: Path

    @property
    def plan(self) -> Path:
        """The consolidated workbook, which people correct and decide in."""
        return self.folder / PLAN

    @property
    def readme(self) -> Path:
        """What the folder says of itself."""
        return self.folder / README

    @property
    def register(self) -> Path:
        """The register: what the records of the archive say, ready to be asked."""
        return self.folder / REGISTER

    @property
    def lock(self) -> Path:
        """The file that names who is at work."""
        return self.folder / LOCK

    @property
    def archive(self) -> Path:
        """The copies of all that was sent, came back and was written, and the records."""
        return self.folder / CAMPAIGN_ARCHIVE

    @property
    def mark(self) -> Path:
        """What tells the archive from a folder of people."""
        return self.archive / MARK

    @property
    def records(self) -> Path:
        """One file for each thing that was done."""
        return self.archive / RECORDS

    @property
    def pending(self) -> Path:
        """From what a consolidation that is not recorded yet has begun."""
        return self.archive / "consolidation-en-cours.json"

    @property
    def reference(self) -> Path:
        """The plan with which the campaign began, as it was given."""
        return self.folder / REFERENCE

    @property
    def sends(self) -> Path:
        """What is to be sent to the services now."""
        return self.folder / SENDS

    @property
    def returns(self) -> Path:
        """Where what comes back is put."""
        return self.folder / RETURNS

    @property
    def handed_back(self) -> Path:
        """The returns, annotated."""
        return self.folder / HANDED_BACK

    @property
    def reminders(self) -> Path:
        """The messages that are ready to be sent."""
        return self.folder / REMINDERS

    @property
    def is_campaign(self) -> bool:
        """Whether a campaign stands in the folder, its register aside."""
        records = any(self.records.glob("[0-9]*-*-*.json"))
        return self.mark.is_file() or self.register.is_file() or records


def campaign_at(folder: Path) -> Layout:
    """Return the campaign in a folder, or in one of those above it.

    Raises: UsageError, which says how to make one.
    """
    for one in _upwards(folder):
        layout = Layout(one)
        if layout.is_campaign:
            return layout
    what = "n’est pas le dossier d’une campagne" if folder.is_dir() else "n’est pas un dossier"
    raise UsageError(
        f"« {folder} » {what} ; donnez celui d’une campagne, ou faites-en une :"
        " pst-excel campagne creer DOSSIER --depuis PST.xlsx",
        file=folder,
    )


def _upwards(folder: Path) -> Iterator[Path]:
    yield folder
    yield from folder.absolute().parents
