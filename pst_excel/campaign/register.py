"""The register of a campaign: a database that is asked, kept in step with the records.

SQLite with a rollback journal, since its folder may be a network share or a synchronised one, where
a write-ahead log is not safe (sqlite.org/wal.html). It is looked through when it is opened; what is
not in it yet of the records comes in then, so that a run that was stopped between the two is
made good by the next.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from pst_excel.campaign.entries import Entry, Followed
from pst_excel.campaign.layout import Layout
from pst_excel.campaign.memory import Memory, remembered
from pst_excel.campaign.projection import apply, whole
from pst_excel.campaign.records import (
    Record,
    in_order,
    names_in,
    number_of,
    read_record,
    record_of,
    write_record,
)
from pst_excel.campaign.schema import check_known, migrate, transaction
from pst_excel.text.errors import OutputError, UsageError
from pst_excel.workers.access import file_mode

_WAIT = 10.0  # seconds for another who reads or writes


class Register:
    """The register of a campaign, opened; `lacking` names records that the archive has lost."""

    def __init__(self, layout: Layout, base: sqlite3.Connection) -> None:
        self.layout = layout
        self.lacking: list[str] = []
        self._base = base
        self._memory: Memory | None = None

    def record(self, entry: Entry, made_from: Iterable[Path] = ()) -> Record:
        """Write down what was done: as a record, then here. Raises: OutputError."""
        names = [*names_in(self.layout), *self._names()]
        made = write_record(self.layout, entry, names, now(), made_from)
        with _told(self.layout):
            self._take([made])
        return made

    def catch_up(self) -> None:
        """Take in the records that are not here yet, in their order. Raises: UsageError."""
        known, there = self._names(), names_in(self.layout)
        found = {name: read_record(self.layout, name) for name in there if name not in known}
        gone = {name for name, record in found.items() if record is None}
        fresh = [record for record in found.values() if record is not None]
        last = max(map(number_of, known), default=0)
        anew = bool(fresh) and fresh[0].number <= last
        if anew:  # another machine wrote in between: the order tells what comes when
            fresh = list(self._every(in_order({*known, *there} - gone)))
        self.lacking, self._memory = in_order(gone | known.difference(there)), None
        if fresh:
            self._take(fresh, anew)

    def _every(self, names: Iterable[str]) -> Iterator[Record]:
        """Give records from the archive; those that it has lost, as they were taken in."""
        kept = whole(self._base)
        for name in names:
            record = read_record(self.layout, name)
            if record is None and name in kept:
                record = record_of(self.layout, name, kept[name])
            if record is not None:
                yield record

    def _take(self, records: Iterable[Record], anew: bool = False) -> None:
        with transaction(self._base):
            if anew:
                self._empty()
            for record in records:
                apply(self._base, record)
        self._memory = None

    def _empty(self) -> None:
        tables = self._base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = [name for (name,) in tables]
        self._base.execute("PRAGMA defer_foreign_keys = ON")  # within the transaction
        for name in names:
            self._base.execute(f"DELETE FROM {name}")

    def _names(self) -> set[str]:
        return {name for (name,) in self._base.execute("SELECT name FROM records")}

    @property
    def last_at(self) -> dt.datetime | None:
        """When the last record was written, as the clock then said."""
        query = "SELECT at FROM records ORDER BY number DESC, name DESC LIMIT 1"
        found = self._base.execute(query).fetchone()
        return dt.datetime.fromisoformat(found[0]) if found else None

    @property
    def memory(self) -> Memory:
        """All that is remembered; it is asked of the database once for each thing that is done."""
        if self._memory is None:
            self._memory = remembered(self._base, self.lacking)
        return self._memory

    def followed(self, last: int = 0, code: str = "") -> list[tuple[int, Followed]]:
        """Return how each row stood at each consolidation, by its number, in their order.

        Only at so many `last` ones, or only the rows that ever had a code, where that is asked:
        there may be tens of thousands.
        """
        where, words = "", list[str | int]()
        if code:
            where, words = "WHERE id IN (SELECT id FROM followed WHERE code = ?)", [code]
        elif last:
            where, words = "WHERE consolidation > (SELECT COUNT(*) FROM consolidations) - ?", [last]
        query = f"""SELECT consolidation, id, code, name, value FROM followed {where}
            ORDER BY consolidation, id, place"""
        found = []
        for (number, ident), cells in groupby(self._base.execute(query, words), itemgetter(0, 1)):
            each = list(cells)
            _, _, own, name, _ = each[0]
            found.append((number, Followed(ident, own, name, tuple(cell[-1] for cell in each))))
        return found


def now() -> dt.datetime:
    """Return the moment, as it is written down: with the hours that it is ahead of UTC."""
    return dt.datetime.now().astimezone().replace(microsecond=0)


@contextlib.contextmanager
def opened(layout: Layout) -> Iterator[Register]:
    """Open the register to write in it, made where there is none; the campaign is locked.

    Raises: UsageError where it is damaged or of a newer program; OutputError.
    """
    fresh = not layout.register.exists()
    if fresh:
        # SQLite would make it as open as the umask lets.
        layout.register.touch(file_mode(layout.folder, [layout.mark]), exist_ok=True)
    with _told(layout), contextlib.closing(_connected(layout)) as base:
        if not fresh:
            check_sound(base, layout)
        migrate(base)
        register = Register(layout, base)
        register.catch_up()
        yield register


@contextlib.contextmanager
def asked(layout: Layout) -> Iterator[Register]:
    """Open the register to read in it, without keeping anybody out.

    What the file does not hold yet is added to a copy in memory. Raises: UsageError, OutputError.
    """
    with _told(layout), contextlib.closing(sqlite3.connect(":memory:")) as base:
        base.isolation_level = None
        if layout.register.exists():
            with contextlib.closing(_connected(layout)) as file:
                check_sound(file, layout)
                file.backup(base)
        migrate(base)
        register = Register(layout, base)
        register.catch_up()
        yield register


def _connected(layout: Layout) -> sqlite3.Connection:
    base = sqlite3.connect(layout.register, timeout=_WAIT, isolation_level=None)
    base.execute("PRAGMA foreign_keys = ON")
    base.execute("PRAGMA journal_mode = DELETE")
    base.execute("PRAGMA synchronous = FULL")
    return base


def check_sound(base: sqlite3.Connection, layout: Layout) -> None:
    """Look through a register.

    Raises: sqlite3.DatabaseError for one that is damaged, UsageError for one of a newer program.
    """
    (empty,) = base.execute("SELECT COUNT(*) = 0 FROM sqlite_master").fetchone()
    if empty:
        return  # a run was stopped before it made the tables
    check_known(base, layout)
    (verdict,) = base.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok" or base.execute("PRAGMA foreign_key_check").fetchone():
        raise sqlite3.DatabaseError(verdict)


@contextlib.contextmanager
def _told(layout: Layout) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OutputError(_said(layout, error), file=layout.register) from error
    except sqlite3.DatabaseError as error:
        raise UsageError(_damaged(layout), file=layout.register) from error


def _damaged(layout: Layout) -> str:
    return (
        f"le registre de la campagne, « {layout.register.name} », est abîmé ; refaites-le à partir"
        " de l’archive : pst-excel campagne reparer"
    )


def _said(layout: Layout, error: sqlite3.OperationalError) -> str:
    name = layout.register.name
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return f"« {name} » ne peut pas être écrit : le disque est plein ; faites de la place"
    if code == sqlite3.SQLITE_IOERR:
        return (
            f"« {name} » ne peut pas être lu ou écrit : le disque est plein, ou le réseau ne répond"
            " plus ; vérifiez-les et recommencez"
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return f"« {name} » est tenu par un autre programme ; fermez-le et recommencez"
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return f"« {name} » ne peut pas être ouvert ou écrit ; vérifiez vos droits sur ce dossier"
    return _damaged(layout)
