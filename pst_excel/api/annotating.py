"""Returns handed back by the library, marked and explained."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from pst_excel.annotating.annotate import OUTPUT, Annotation, Task, annotation, refused, tasks
from pst_excel.api.arguments import PathLike, options_of, path_of, workers_of, wrong
from pst_excel.api.progress import Showing, Step, shown
from pst_excel.api.reading import Returns, loaded_of
from pst_excel.checking.report import Report
from pst_excel.reading.limits import Options
from pst_excel.text.errors import UsageError
from pst_excel.workers.loading import FEW_TO_WRITE, Loaded, shared
from pst_excel.workers.processes import Died
from pst_excel.workers.writing import check_folder, make_folder, save_all


def annotate(
    loaded: Returns,
    report: Report,
    folder: PathLike,
    workers: int | None = None,
    options: Options = Options(),
    progress: Showing = None,
) -> list[Annotation]:
    """Write in a folder a copy of each return with what the report finds in it, marked and told.

    A return that cannot be annotated is told with its reason. A different file of the same name is
    kept beside the new one. `progress` is that of `read_files`, told of each copy made. Raises:
    UsageError; OutputError, before anything is written where it can be known.
    """
    target, options = path_of(folder, "folder"), options_of(options)
    if not isinstance(report, Report):
        raise wrong("report", report, "ce que check rend", "écrivez check(loaded)")
    found = loaded_of(loaded, options)
    _check_known(found, report)
    asked = tasks(found.returns, found.files, report.findings, report.observed)
    check_folder(target, [task.name for task in asked], found.files.values(), replace=True)
    with shown(progress, "Annotation", lambda: len(asked)) as step:
        annotations = copies_of(asked, workers_of(workers), options, step)
    # A finding may quote what another file of the batch holds.
    made_from = [*found.made_from, *report.made_from]
    make_folder(target, made_from)
    copies = [copy for copy in annotations if not copy.reason]
    save_all([(target / copy.name, OUTPUT.write(copy)) for copy in copies], made_from)
    return annotations


def _check_known(loaded: Loaded, report: Report) -> None:
    """Look whether the returns are files, and those that were checked. Raises: UsageError."""
    for returned in loaded.returns:
        if returned.file not in loaded.files:
            raise UsageError(
                f"« {returned.file} » : rien ne dit où est ce fichier ; donnez son chemin, ou ce"
                " que read_files rend",
                file=returned.file,
            )
    strange = {one.file for one in report.findings} - {one.file for one in loaded.returns}
    if strange:
        name = min(strange)
        raise UsageError(
            f"report parle de « {name} », qui n’est pas parmi les retours donnés ; donnez les mêmes"
            " à check et à annotate",
            file=name,
        )


def copies_of(
    asked: Sequence[Task], workers: int | None = None, options: Options = Options(),
    step: Step | None = None,
) -> list[Annotation]:  # fmt: skip
    """Return the copies that are asked, or why there is none; nothing is written."""

    def died(task: Task, _death: Died) -> Annotation:
        return refused(task, "ce classeur fait échouer l’annotation")

    work = partial(annotation, limits=options.limits)
    made = []
    for task, copy in zip(asked, shared(work, asked, FEW_TO_WRITE, workers, died), strict=True):
        made.append(copy)
        if step is not None:
            step(task.name)
    return made
