"""One at a time in the folder of a campaign: a file that names who is at work there.

It is a plain file, not a lock of the system, because such folders live on network shares. One whose
owner has ended on this machine is taken over; that of another machine is waited for, then told.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator

from pst_excel.campaign.layout import Layout
from pst_excel.text.errors import OutputError
from pst_excel.workers.writing import FULL

PATIENCE = 30.0
"""Seconds that a run waits for another to end."""
_SIGNING = 2.0  # seconds that nobody needs to write a name in the file that he has made


class Busy(OutputError):
    """Another run is at work in the campaign."""


@contextlib.contextmanager
def at_work(layout: Layout, patience: float = PATIENCE) -> Iterator[None]:
    """Keep others out of a campaign meanwhile. Raises: Busy, which names who is in; OutputError."""
    from filelock import MarkerSoftFileLock, Timeout

    _forget_unsigned(layout)
    lock = MarkerSoftFileLock(layout.lock, timeout=patience, poll_interval=0.1)
    try:
        lock.acquire()
    except Timeout as error:
        raise Busy(_busy(layout, lock), file=layout.folder) from error
    except OSError as error:
        remedy = (
            "le disque est plein ; faites de la place et recommencez"
            if error.errno in FULL
            else "vérifiez que le dossier est encore là et que vous avez le droit d’y écrire"
        )
        raise OutputError(
            f"rien ne peut être écrit dans « {layout.folder} » ; {remedy}", file=layout.folder
        ) from error
    try:
        yield
    finally:
        lock.release()


def _forget_unsigned(layout: Layout) -> None:
    """Take away a lock that names nobody: its run ended between making it and signing it."""
    with contextlib.suppress(OSError):
        if layout.lock.read_bytes():
            return
        made = layout.lock.stat()
        time.sleep(_SIGNING)
        now = layout.lock.stat()
        if not layout.lock.read_bytes() and os.path.samestat(made, now):
            layout.lock.unlink()


def _busy(layout: Layout, lock: object) -> str:
    owner = getattr(lock, "owner", None)
    who = f" sur « {owner.hostname} » (processus {owner.pid})" if owner else ""
    return (
        f"une autre commande travaille déjà dans cette campagne{who} ; attendez qu’elle ait fini et"
        " recommencez. Si cet ordinateur s’est arrêté en plein travail, supprimez"
        f" « {layout.lock.name} » du dossier de la campagne"
    )
