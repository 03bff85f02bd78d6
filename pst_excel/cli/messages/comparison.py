"""What is said of a comparison."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pst_excel.cli.messages.files import written
from pst_excel.comparing.compare import COMPARED, TO_CONFIRM, Comparison
from pst_excel.model.words.wording import listed, plural


def compared(result: Comparison, target: Path, kept: Path | None) -> Iterator[str]:
    """Say what a comparison did."""
    names = listed(institution.name for institution in result.institutions)
    count = plural(len(result.institutions), "institution comparée", "institutions comparées")
    yield f"{count} : {names}."
    unsure = [institution.name for institution in result.institutions if institution.doubts]
    if unsure:
        count = plural(len(unsure), "institution")
        yield f"⚠ {count} {TO_CONFIRM} (feuille « Fichiers ») : {listed(unsure)}."
    for one in result.received:
        remarks = [said for said in one.remarks if not said.startswith(TO_CONFIRM)]
        if one.state == COMPARED and remarks:
            yield f"⚠ {one.name} : {' ; '.join(remarks)}."
    for refusal in result.refusals:
        yield f"✖ {refusal.file} : {refusal.reason}."
    for file, reason in result.set_aside:
        yield f"⚠ {file} écarté : {reason}."
    yield from written(target, kept)
