"""What the command says: sentences, never a word of English, and workbooks to be given to it."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner, Result

from pst_excel.cli.commands import cli
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


def done(*arguments: str | Path) -> Result:
    """Run a command that writes what it is asked, errors found or not, for tests that share it."""
    result = CliRunner().invoke(cli, [str(one) for one in arguments])
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert result.exit_code in (0, 1), result.output
    return result
