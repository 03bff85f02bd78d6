"""A register that is made anew: the former one put aside, what it holds of the records taken out.

Nothing of it is changed: it is looked at in a copy, since SQLite mends what it opens.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pst_excel.campaign.layout import Layout
from pst_excel.campaign.projection import taken_in, whole
from pst_excel.campaign.records import in_order, is_name, names_in, read_record, record_of
from pst_excel.campaign.register import check_sound
from pst_excel.text.errors import OutputError
from pst_excel.workers.writing import make_folder, save

_JOURNAL = "-journal"  # what SQLite adds to the name of a database for its rollback journal


class Health(StrEnum):
    """How a register was found."""

    SOUND = "sain"
    DAMAGED = "abîmé"
    ABSENT = "absent"


@dataclass(frozen=True)
class Former:
    """The register as it was found, the `records` that it holds, by the names of their files.

    `names` are those of all records that it had taken in, as far as it can still be read.
    """

    health: Health
    records: dict[str, bytes]
    names: frozenset[str] = frozenset()


def former(layout: Layout) -> Former:
    """Look at the register there is. Raises: UsageError for one of a newer program; OutputError."""
    if not layout.register.exists():
        return Former(Health.ABSENT, {})
    with _copied(layout) as copy, contextlib.closing(sqlite3.connect(copy)) as base:
        health = Health.SOUND
        try:
            check_sound(base, layout)
        except sqlite3.DatabaseError:
            health = Health.DAMAGED
        held, names = whole(base), filter(is_name, taken_in(base))
    sound = {name: data for name, data in held.items() if record_of(layout, name, data)}
    return Former(health, sound, frozenset(names))


@contextlib.contextmanager
def _copied(layout: Layout) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / layout.register.name
        try:
            for one in (layout.register, _journal_of(layout.register)):
                if one.exists():
                    shutil.copyfile(one, copy.with_name(one.name))
        except OSError as error:
            raise OutputError(
                f"« {layout.register.name} » ne peut pas être lu ; vérifiez vos droits sur ce"
                " dossier et la place qui reste",
                file=layout.register,
            ) from error
        yield copy


def put_aside(layout: Layout, health: Health) -> Path | None:
    """Let there be no register: a damaged one has another name then, which is returned.

    A sound one says nothing that the records of the archive do not say. Raises: OutputError.
    """
    register = layout.register
    if health is not Health.DAMAGED:
        _journal_of(register).unlink(missing_ok=True)
        register.unlink(missing_ok=True)
        return None
    number, aside = 1, register
    while aside.exists():
        aside = register.with_name(f"{register.stem}.abime-{number}{register.suffix}")
        number += 1
    try:
        # The journal first: beside a register made anew it would be taken for its own.
        if _journal_of(register).exists():
            _journal_of(register).replace(_journal_of(aside))
        register.replace(aside)
    except OSError as error:
        raise OutputError(
            f"« {register.name} » ne peut pas être mis de côté ; vérifiez qu’aucun programme ne le"
            " tient et que vous avez le droit d’écrire dans ce dossier",
            file=register,
        ) from error
    return aside


def _journal_of(register: Path) -> Path:
    return register.with_name(register.name + _JOURNAL)


def put_back(layout: Layout, found: Former) -> tuple[list[str], list[str]]:
    """Write again the records that the archive has lost and a register held.

    Return their names, and those of the records that are lost for good. Raises: UsageError for a
    record of a newer program; OutputError.
    """
    back, damaged, held = [], [], found.records
    for name in in_order({*names_in(layout), *found.names, *held}):
        if read_record(layout, name) is not None:
            continue
        if name not in held:
            damaged.append(name)
            continue
        make_folder(layout.records, [layout.mark])
        save(layout.records / name, held[name], [layout.mark])
        back.append(name)
    return back, damaged
