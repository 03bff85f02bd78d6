"""What the command says: sentences, never a word of English, and workbooks to be given to it."""

from __future__ import annotations

import re

from support import CLEAN

FAULTY = CLEAN.replace("| 250000", "| -1")
"""A plan of which one amount is out of bounds."""

ENGLISH = re.compile(
    r"Usage: |Options:|Commands:|Arguments:|Show this|Error|Traceback|Missing|Invalid|Try |No such"
    r"|required|default:|\bis not\b|Got unexpected|does not"
)


def sentences(text: str) -> list[str]:
    """Return the lines of what was said, without the blank ones."""
    return [line for line in text.splitlines() if line.strip()]
