"""Returns handed back by the library, marked and explained."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from pst_excel.annotating.annotate import OUTPUT, Annotation, Task, annotation, refused, tasks
from pst_excel.checking.report import Report
from pst_excel.reading.limits import Options
from pst_excel.workers.loading import FEW_TO_WRITE, Loaded, shared
from pst_excel.workers.processes import Died
from pst_excel.workers.writing import check_folder, make_folder, save_all


def annotate(
    loaded: Loaded,
    report: Report,
    folder: str | Path,
    workers: int | None = None,
    options: Options = Options(),
) -> list[Annotation]:
    """Write in a folder a copy of each return with what the report finds in it, marked and told.

    A return that cannot be annotated is told with its reason. A different file of the same name is
    kept beside the new one. Raises: OutputError, before anything is written where it can be known.
    """
    target = Path(folder)
    asked = tasks(loaded.returns, loaded.files, report.findings, report.observed)
    check_folder(target, [task.name for task in asked], loaded.files.values(), replace=True)
    annotations = copies_of(asked, workers, options)
    # A finding may quote what another file of the batch holds.
    made_from = [*loaded.made_from, *report.made_from]
    make_folder(target, made_from)
    copies = [copy for copy in annotations if not copy.reason]
    save_all([(target / copy.name, OUTPUT.write(copy)) for copy in copies], made_from)
    return annotations


def copies_of(
    asked: Sequence[Task], workers: int | None = None, options: Options = Options()
) -> list[Annotation]:
    """Return the copies that are asked, or why there is none; nothing is written."""

    def died(task: Task, _death: Died) -> Annotation:
        return refused(task, "ce classeur fait échouer l’annotation")

    work = partial(annotation, limits=options.limits)
    return list(shared(work, asked, FEW_TO_WRITE, workers, died))
