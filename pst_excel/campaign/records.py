"""The records of a campaign: one file of its archive for each thing that was done.

They are the truth; the register is what they say, ready to be asked. A record is written once,
whole, and never changed: `000012-retours-0123456789abcdef.json` names its place, its kind and the
hash of what it holds. Two machines that write in one synchronised folder make two records, not one
file in conflict.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pst_excel.campaign.entries import KINDS, Entry, What, data_of, entry_of, kind_of
from pst_excel.campaign.layout import Layout
from pst_excel.text.errors import UsageError
from pst_excel.text.version import VERSION
from pst_excel.workers.writing import make_folder, save

FORMAT = 1
_HASH = 16
_NAME = re.compile(rf"([0-9]{{6,9}})-([a-z]+)-([0-9a-f]{{{_HASH}}})\.json")


@dataclass(frozen=True)
class Record:
    """One thing that was done: its place, when, by which version of the program, and the entry.

    `data` is what its file holds.
    """

    name: str
    number: int
    at: dt.datetime
    program: str
    entry: Entry
    data: bytes = field(repr=False)

    @property
    def what(self) -> What:
        """Which kind it is of."""
        return kind_of(self.entry)


def names_in(layout: Layout) -> list[str]:
    """Return the names of the records there are, in their order."""
    try:
        with os.scandir(layout.records) as entries:
            found = [entry.name for entry in entries if _NAME.fullmatch(entry.name)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return in_order(found)


def in_order(names: Iterable[str]) -> list[str]:
    """Return the names of records in the order of what they tell."""
    return sorted(names, key=lambda name: (number_of(name), name))


def number_of(name: str) -> int:
    """Return the place of a record, given its name."""
    return int(name.partition("-")[0])


def is_name(name: str) -> bool:
    """Tell whether a name is that of a record."""
    return _NAME.fullmatch(name) is not None


def kind_in(name: str) -> str:
    """Return of which kind a record is, given its name."""
    return name.split("-")[1]


def write_record(
    layout: Layout, entry: Entry, after: Iterable[str], at: dt.datetime, made_from: Iterable[Path]
) -> Record:
    """Write what was done as the last record; from then on it is done. Raises: OutputError."""
    number = 1 + max(map(number_of, after), default=0)
    what = kind_of(entry)
    form = {
        "format": FORMAT, "program": VERSION, "number": number, "what": what,
        "at": at.isoformat(timespec="seconds"), "entry": data_of(entry),
    }  # fmt: skip
    data = json.dumps(form, ensure_ascii=False, indent=0).encode()
    name = f"{number:06}-{what}-{hashlib.sha256(data).hexdigest()[:_HASH]}.json"
    sources = list(made_from)
    make_folder(layout.records, sources)
    save(layout.records / name, data, sources)
    return Record(name, number, at, VERSION, entry, data)


def read_record(layout: Layout, name: str) -> Record | None:
    """Return a record; None where it is no longer what was written.

    Raises: UsageError for one that a newer program wrote.
    """
    try:
        return record_of(layout, name, (layout.records / name).read_bytes())
    except OSError:
        return None


def record_of(layout: Layout, name: str, data: bytes) -> Record | None:
    """Return the record that a file of this name holds, as `read_record`. Raises: UsageError."""
    named = _NAME.fullmatch(name)
    try:
        form = json.loads(data)
        sound = named is not None and hashlib.sha256(data).hexdigest()[:_HASH] == named[3]
        if sound and (form["format"] > FORMAT or form["what"] not in list(KINDS)):
            raise UsageError(newer(layout, str(form["program"])), file=layout.folder)
        at = dt.datetime.fromisoformat(form["at"])
        entry = entry_of(What(form["what"]), form["entry"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return Record(name, number_of(name), at, str(form["program"]), entry, data) if sound else None


def newer(layout: Layout, program: str) -> str:
    """Say that a campaign was kept by a newer program."""
    by = f" ({program})" if program else ""
    return (
        f"la campagne de « {layout.folder} » a été tenue par une version plus récente de"
        f" pst-excel{by} que celle-ci ({VERSION}) ; mettez le programme à jour"
    )
