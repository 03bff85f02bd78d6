"""What is said of the copies handed back, and the report for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pst_excel.checking.report import Report
from pst_excel.checking.rounds import MANY, FindingState, said_points
from pst_excel.model.words.points import points
from pst_excel.model.words.wording import plural

if TYPE_CHECKING:
    from pst_excel.annotating.annotate import Annotation


def said_annotated(annotated: Sequence[Annotation], folder: Path) -> Iterator[str]:
    """Say which returns were annotated, where, and how many points each has, by state."""
    done = [annotation for annotation in annotated if not annotation.reason]
    if done:
        count = plural(len(done), "classeur annoté", "classeurs annotés")
        yield f"{count} dans {folder} :"
    for annotation in done:
        again = " ; rien n’a changé depuis la dernière annotation" if annotation.again else ""
        yield f"  {annotation.name} : {said_points(annotation.points)}{_more(annotation)}{again}"
    for annotation in annotated:
        if annotation.reason:
            yield f"✖ {annotation.file} : pas annoté, {annotation.reason}."


def _more(annotation: Annotation) -> str:
    """Say why the screen counts more than a copy lists, where it does."""
    listed = annotation.points.total() - annotation.points[FindingState.SOLVED]
    if annotation.found <= listed:
        return ""
    every = points(annotation.found)
    return f" ; {every} à l’écran, dits ensemble dès que plus de {MANY} se ressemblent"


def json_report(
    report: Report, annotated: Sequence[Annotation] | None = None
) -> dict[str, list[dict[str, Any]]]:
    """Return a report for programs: what is found, what was understood, what could not be read.

    With annotations, also what became of each return.
    """
    document: dict[str, list[dict[str, Any]]] = {
        "controles": [finding.as_json() for finding in report.findings],
        "leves": [finding.as_json() for finding in report.waived],
        "journal": [entry.as_json() for entry in report.journal],
        "illisibles": [{"fichier": r.file, "raison": r.reason} for r in report.refusals],
    }
    if annotated is not None:
        document["annotes"] = [
            {
                "fichier": annotation.file,
                "copie": "" if annotation.reason else annotation.name,
                "raison": annotation.reason,
            }
            | {str(state): count for state, count in annotation.points.items()}
            for annotation in annotated
        ]
    return document
