"""A message as a file that mail programs open as a draft: nothing is sent, nobody is the sender.

It has neither sender nor date: the same words and files give the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import PurePath

from pst_excel.campaign.contacts import flat
from pst_excel.campaign.reminders import Letter

SUFFIX = ".eml"
_END = "\r\n"
_REFUSED = str.maketrans(dict.fromkeys('<>:"/\\|?*', "_"))  # by Windows, in the name of a file
_SHEET = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KINDS = {".xlsx": _SHEET, ".xlsm": "vnd.ms-excel.sheet.macroEnabled.12"}


@dataclass(frozen=True)
class Attached:
    """A file that goes with a message, under a name."""

    name: str
    data: bytes


def draft(letter: Letter, files: Sequence[Attached]) -> bytes:
    """Return a message to be opened, looked through and sent by a person."""
    message = EmailMessage(policy=SMTP)
    message.set_content(letter.body, cte="quoted-printable")
    for one in files:
        kind = _KINDS.get(PurePath(one.name).suffix.lower(), "octet-stream")
        message.add_attachment(
            one.data, "application", kind, filename=flat(one.name).translate(_REFUSED)
        )
    if files:
        # Python would draw one by lot.
        message.set_boundary(f"=_{_mark(letter, files)}")
    return _headers(letter).encode("ascii") + message.as_bytes()


def _headers(letter: Letter) -> str:
    # EmailMessage loses spaces of long subjects where it folds them, and reads what it is given.
    subject = Header(flat(letter.subject), "utf-8", header_name="Subject").encode(linesep=_END)
    lines = ["X-Unsent: 1"]  # for Outlook: a draft, not a message that came
    if letter.to:
        lines.append(f"To: {flat(letter.to)}")
    return _END.join([*lines, f"Subject: {subject}", ""])


def _mark(letter: Letter, files: Sequence[Attached]) -> str:
    parts = [letter.to, letter.subject, letter.body, *(one.name for one in files)]
    found = hashlib.sha256("\0".join(parts).encode("utf-8", "replace"))
    for one in files:
        found.update(one.data)
    return found.hexdigest()[:40]
