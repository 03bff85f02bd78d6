"""The tables of the register, by numbered steps: a register of an earlier version takes the rest.

Nothing but what the records of the archive say is in them, so that they can be made anew.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

from pst_excel.campaign.layout import Layout
from pst_excel.campaign.records import newer
from pst_excel.text.errors import UsageError

APPLICATION = 0x50535443
"""What tells a register from the databases of others (« PSTC »)."""

_TABLES = (
    """CREATE TABLE records(
        name TEXT PRIMARY KEY, number INTEGER NOT NULL, what TEXT NOT NULL, at TEXT NOT NULL,
        program TEXT NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE campaign(
        record TEXT PRIMARY KEY REFERENCES records(name), institution TEXT NOT NULL,
        owner TEXT NOT NULL, file TEXT NOT NULL, digest TEXT NOT NULL, due TEXT NOT NULL)""",
    """CREATE TABLE services(
        record TEXT NOT NULL REFERENCES records(name), place INTEGER NOT NULL,
        service TEXT NOT NULL, PRIMARY KEY(record, place))""",
    """CREATE TABLE sends(
        record TEXT NOT NULL REFERENCES records(name), id TEXT NOT NULL, digest TEXT NOT NULL,
        service TEXT NOT NULL, file TEXT NOT NULL, due TEXT NOT NULL, contact TEXT NOT NULL,
        PRIMARY KEY(record, id))""",
    """CREATE TABLE returns(
        digest TEXT PRIMARY KEY, record TEXT NOT NULL REFERENCES records(name),
        file TEXT NOT NULL, state TEXT NOT NULL, service TEXT NOT NULL, entry TEXT NOT NULL)""",
    """CREATE TABLE consolidations(
        number INTEGER PRIMARY KEY, record TEXT NOT NULL REFERENCES records(name),
        run TEXT NOT NULL, digest TEXT NOT NULL, base TEXT NOT NULL, observed TEXT NOT NULL,
        entry TEXT NOT NULL)""",
    """CREATE TABLE counted(
        consolidation INTEGER NOT NULL REFERENCES consolidations(number),
        digest TEXT NOT NULL REFERENCES returns(digest), PRIMARY KEY(consolidation, digest))""",
    """CREATE TABLE figures(
        consolidation INTEGER NOT NULL REFERENCES consolidations(number), key TEXT NOT NULL,
        label TEXT NOT NULL, unit TEXT NOT NULL, value REAL, PRIMARY KEY(consolidation, key))""",
    """CREATE TABLE followed(
        consolidation INTEGER NOT NULL REFERENCES consolidations(number), id TEXT NOT NULL,
        code TEXT NOT NULL, name TEXT NOT NULL, place INTEGER NOT NULL, value TEXT NOT NULL,
        PRIMARY KEY(consolidation, id, place))""",
    """CREATE TABLE decisions(
        record TEXT PRIMARY KEY REFERENCES records(name),
        digest TEXT NOT NULL REFERENCES returns(digest), verdict TEXT NOT NULL,
        reason TEXT NOT NULL)""",
    """CREATE TABLE reminders(
        record TEXT NOT NULL REFERENCES records(name), service TEXT NOT NULL, why TEXT NOT NULL,
        file TEXT NOT NULL, digest TEXT NOT NULL, day TEXT NOT NULL)""",
    """CREATE TABLE whole(
        record TEXT PRIMARY KEY REFERENCES records(name), data BLOB NOT NULL)""",
)
_LOOKED_FOR = (
    "CREATE INDEX returns_of ON returns(service)",
    "CREATE INDEX followed_of ON followed(code)",
)
MIGRATIONS: tuple[tuple[str, ...], ...] = (_TABLES, _LOOKED_FOR)
"""The steps, each the statements that lead to it from the one before; the last is today's."""


def version_of(base: sqlite3.Connection) -> int:
    """Return at which step a register is, 0 for one that holds nothing."""
    (version,) = base.execute("PRAGMA user_version").fetchone()
    return int(version)


def check_known(base: sqlite3.Connection, layout: Layout) -> None:
    """Look whether it is a register, and one that this program knows.

    Raises: UsageError for one of a newer program; sqlite3.DatabaseError where it is none.
    """
    (application,) = base.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION:
        raise sqlite3.DatabaseError("another database")
    if version_of(base) > len(MIGRATIONS):
        raise UsageError(newer(layout, ""), file=layout.folder)


def migrate(base: sqlite3.Connection) -> None:
    """Bring the tables up to date, step by step, each step whole or not at all."""
    for number in range(version_of(base), len(MIGRATIONS)):
        with transaction(base):
            for statement in MIGRATIONS[number]:
                base.execute(statement)
            base.execute(f"PRAGMA application_id = {APPLICATION}")
            base.execute(f"PRAGMA user_version = {number + 1}")


@contextlib.contextmanager
def transaction(base: sqlite3.Connection) -> Iterator[None]:
    """Do all that is done meanwhile, or nothing of it."""
    base.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if base.in_transaction:  # a disk that is full has ended it
            base.execute("ROLLBACK")
        raise
    base.execute("COMMIT")
