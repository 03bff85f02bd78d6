"""What is said of a comparison."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pst_excel.comparing.compare import Comparison
from pst_excel.model.words.wording import listed, plural

if TYPE_CHECKING:
    pass

from pst_excel.cli.messages.files import written


def compared(result: Comparison, target: Path, kept: Path | None) -> Iterator[str]:
    """Say what a comparison did."""
    names = listed(institution.name for institution in result.institutions)
    count = plural(len(result.institutions), "institution comparée", "institutions comparées")
    yield f"{count} : {names}."
    for refusal in result.refusals:
        yield f"✖ {refusal.file} : {refusal.reason}."
    for file, reason in result.set_aside:
        yield f"⚠ {file} écarté : {reason}."
    yield from written(target, kept)
