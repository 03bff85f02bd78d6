"""How what a record says stands in the tables of the register."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable
from typing import Any

from pst_excel.campaign.entries import (
    Consolidated,
    Created,
    Decided,
    HandedBack,
    Received,
    Reminded,
    Sent,
    data_of,
)
from pst_excel.campaign.records import Record


def apply(base: sqlite3.Connection, record: Record) -> None:
    """Put a record in the tables; the caller holds the transaction."""
    base.execute(
        "INSERT INTO records VALUES (?, ?, ?, ?, ?)",
        (record.name, record.number, record.what, record.at.isoformat(), record.program),
    )
    base.execute("INSERT INTO whole VALUES (?, ?)", (record.name, zlib.compress(record.data)))
    _TABLES[type(record.entry)](base, record.name, record.entry)


def whole(base: sqlite3.Connection) -> dict[str, bytes]:
    """Return what the file of each record holds, by its name, as far as it can still be read."""
    found: dict[str, bytes] = {}
    with contextlib.suppress(sqlite3.DatabaseError):
        for name, data in base.execute("SELECT record, data FROM whole"):
            with contextlib.suppress(zlib.error, TypeError):
                found[name] = zlib.decompress(data)
    return found


def taken_in(base: sqlite3.Connection) -> set[str]:
    """Return the names of the records that were taken in, as far as they can still be read."""
    found: set[str] = set()
    with contextlib.suppress(sqlite3.DatabaseError):
        for (name,) in base.execute("SELECT name FROM records"):
            found.add(str(name))
    return found


def _created(base: sqlite3.Connection, name: str, entry: Created) -> None:
    base.execute(
        "INSERT INTO campaign VALUES (?, ?, ?, ?, ?, ?)",
        (name, entry.institution, json.dumps(entry.owner), entry.file, entry.digest, entry.due),
    )
    _services(base, name, entry.services)


def _sent(base: sqlite3.Connection, name: str, entry: Sent) -> None:
    base.executemany(
        "INSERT OR REPLACE INTO sends VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(name, w.id, w.digest, w.service, w.file, w.due, w.contact) for w in entry.workbooks],
    )
    _services(base, name, entry.services)


def _received(base: sqlite3.Connection, name: str, entry: Received) -> None:
    # Two machines may have received one file each by itself: the first record stands.
    base.executemany(
        "INSERT OR IGNORE INTO returns VALUES (?, ?, ?, ?, ?, ?)",
        [
            (one.digest, name, one.file, one.state, one.service, json.dumps(data_of_one(one)))
            for one in entry.files
        ],
    )


def data_of_one(one: Any) -> dict[str, Any]:
    """Return one file that came back as data that JSON holds."""
    (data,) = data_of(Received((one,)))["files"]
    made: dict[str, Any] = data
    return made


def _handed_back(base: sqlite3.Connection, name: str, entry: HandedBack) -> None:
    for one in entry.copies:
        changes = {"copy": one.copy, "copy_digest": one.copy_digest, "no_copy": one.no_copy}
        found = base.execute("SELECT entry FROM returns WHERE digest = ?", (one.digest,))
        for (data,) in found.fetchall():
            base.execute(
                "UPDATE returns SET entry = ? WHERE digest = ?",
                (json.dumps(json.loads(data) | changes), one.digest),
            )


def _consolidated(base: sqlite3.Connection, name: str, entry: Consolidated) -> None:
    (number,) = base.execute("SELECT 1 + COUNT(*) FROM consolidations").fetchone()
    kept = data_of(entry)
    del kept["followed"]
    base.execute(
        "INSERT INTO consolidations VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, name, entry.run, entry.digest, entry.base, entry.observed, json.dumps(kept)),
    )
    base.executemany(
        "INSERT OR IGNORE INTO counted SELECT ?, digest FROM returns WHERE digest = ?",
        [(number, digest) for digest in entry.counted],
    )
    base.executemany(
        "INSERT INTO figures VALUES (?, ?, ?, ?, ?)",
        [(number, key, *entry.labels.get(key, (key, "")), value)
         for key, value in entry.figures.items()],
    )  # fmt: skip
    base.executemany(
        "INSERT OR REPLACE INTO followed VALUES (?, ?, ?, ?, ?, ?)",
        [(number, row.id, row.code, row.name, at, value)
         for row in entry.followed for at, value in enumerate(row.values)],
    )  # fmt: skip
    _services(base, name, entry.services)


def _decided(base: sqlite3.Connection, name: str, entry: Decided) -> None:
    base.execute(
        "INSERT INTO decisions SELECT ?, digest, ?, ? FROM returns WHERE digest = ?",
        (name, entry.verdict, entry.reason, entry.digest),
    )


def _reminded(base: sqlite3.Connection, name: str, entry: Reminded) -> None:
    base.executemany(
        "INSERT INTO reminders VALUES (?, ?, ?, ?, ?, ?)",
        [(name, one.service, json.dumps(one.why, ensure_ascii=False), one.file, one.digest,
          entry.day) for one in entry.notices],
    )  # fmt: skip


def _services(base: sqlite3.Connection, name: str, services: Iterable[str]) -> None:
    base.executemany(
        "INSERT INTO services VALUES (?, ?, ?)",
        [(name, at, service) for at, service in enumerate(services)],
    )


_TABLES: dict[type, Callable[[sqlite3.Connection, str, Any], None]] = {
    Created: _created,
    Sent: _sent,
    Received: _received,
    HandedBack: _handed_back,
    Consolidated: _consolidated,
    Decided: _decided,
    Reminded: _reminded,
}
