"""What is said of the copies handed back, and the report for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pst_excel.checking.report import Report
from pst_excel.checking.rounds import said_points
from pst_excel.model.words.wording import plural

if TYPE_CHECKING:
    from pst_excel.annotating.annotate import Annotation


def said_annotated(made: Sequence[Annotation], folder: Path) -> Iterator[str]:
    """Say which returns were annotated, where, and how many points each has, by state."""
    done = [one for one in made if not one.reason]
    if done:
        count = plural(len(done), "classeur annoté", "classeurs annotés")
        yield f"{count} dans {folder} :"
    for one in done:
        again = " ; rien n’a changé depuis la dernière annotation" if one.again else ""
        yield f"  {one.name} : {said_points(one.points)}{again}"
    for one in made:
        if one.reason:
            yield f"✖ {one.file} : pas annoté, {one.reason}."


def json_report(
    report: Report, made: Sequence[Annotation] | None = None
) -> dict[str, list[dict[str, Any]]]:
    """Return a report for programs: what is found, what was understood, what could not be read.

    With annotations, also what became of each return.
    """
    said: dict[str, list[dict[str, Any]]] = {
        "controles": [finding.as_json() for finding in report.findings],
        "leves": [finding.as_json() for finding in report.waived],
        "journal": [entry.as_json() for entry in report.journal],
        "illisibles": [{"fichier": r.file, "raison": r.reason} for r in report.refusals],
    }
    if made is not None:
        said["annotes"] = [
            {"fichier": one.file, "copie": "" if one.reason else one.name, "raison": one.reason}
            | {str(state): count for state, count in one.points.items()}
            for one in made
        ]
    return said
