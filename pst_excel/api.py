"""The library in nine functions: what the command does, for Python."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pst_excel import comparing, consolidating, modernising, preparing, verdict
from pst_excel.batch import Return
from pst_excel.comparing import Comparison, observed_in
from pst_excel.consolidating import Consolidation
from pst_excel.errors import OutputError, UnreadableFile, UsageError
from pst_excel.limits import Options
from pst_excel.modernising import Modernised
from pst_excel.outdated import look
from pst_excel.outputs import OUTPUTS
from pst_excel.outputs.comparison import write_comparison
from pst_excel.outputs.template import blank, write_template
from pst_excel.parsing import Value
from pst_excel.preparing import Preparation
from pst_excel.processes import Died
from pst_excel.pst import PST, pst
from pst_excel.reading import bytes_of
from pst_excel.running import (
    FEW_TO_WRITE,
    Loaded,
    Progress,
    load,
    read_alone,
    read_apart,
    shared,
)  # fmt: skip
from pst_excel.schema import Plan
from pst_excel.stages import Stage
from pst_excel.verdict import Report
from pst_excel.wording import listed
from pst_excel.writing import check_folder, check_target, make_folder, set_aside, write_whole

if TYPE_CHECKING:
    from pst_excel.annotating import Annotation, Task

Paths = str | Path | Iterable[str | Path]


def read_files(
    paths: Paths,
    progress: Progress | None = None,
    workers: int | None = None,
    options: Options = Options(),
) -> Loaded:
    """Read workbooks and folders of workbooks.

    A file that cannot be read is a refusal, never an exception. `progress` is called with the name
    of each file read. Raises: UsageError when a path does not exist or a folder holds no workbook.
    """
    return load(_paths(paths), PST, progress, workers, options)


def _paths(paths: Paths) -> list[Path]:
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    return [Path(path) for path in given]


def check(
    loaded: Loaded,
    observed: dt.date | None = None,
    *,
    stage: Stage | None = None,
    waivers: str | Path | None = None,
    before: str | Path | None = None,
    options: Options = Options(),
) -> Report:
    """Check returns; each finding points at a cell of its own file.

    The date of observation is the latest that the returns give, and the stage of each its own,
    unless they are given. `waivers` is a workbook whose waivers hold for all of them, `before` one
    that holds an earlier state of their rows, to be compared with. Raises: UsageError.
    """
    date = observed or observed_in(loaded.returns)
    campaign = _campaign(waivers, options)
    earlier = _beside(before, options)
    reports = [
        verdict.check(
            [replace(one, before=earlier) if earlier else one for one in group],
            group[0].plan, date, stage=stage, campaign=campaign,
        )
        for group in _legislatures(loaded)
    ]  # fmt: skip
    return verdict.together(reports, loaded.refusals)


def _beside(path: str | Path | None, options: Options) -> Return | None:
    """Read a workbook that serves the check of others. Raises: UsageError."""
    if path is None:
        return None
    if not Path(path).is_file():
        what = "est un dossier" if Path(path).is_dir() else "n’existe pas"
        raise UsageError(f"« {path} » {what} ; donnez un classeur")
    try:
        return read_alone(Path(path), PST, options)
    except UnreadableFile as error:
        raise UsageError(f"« {path} » : {error}") from error


def _campaign(path: str | Path | None, options: Options) -> Return | None:
    """Read the workbook whose waivers hold for all. Raises: UsageError where it has none."""
    one = _beside(path, options)
    if one is not None and not len(one.tables.get(PST.waivers, ())):
        raise UsageError(f"« {path} » ne contient aucune dérogation")
    return one


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
    # lxml, which only this needs, is not for every start.
    from pst_excel.annotating import annotation, refused, tasks

    target = Path(folder)
    found = tasks(loaded.returns, loaded.files, report.findings)
    check_folder(target, [one.name for one in found], loaded.files.values(), replace=True)

    def died(one: Task, _death: Died) -> Annotation:
        return refused(one, "ce classeur fait échouer l’annotation")

    work = partial(annotation, limits=options.limits)
    made = list(shared(work, found, FEW_TO_WRITE, workers, died))
    make_folder(target)
    for one in made:
        if not one.reason:
            save(target / one.name, one.data)
    return made


def _legislatures(loaded: Loaded) -> list[list[Return]]:
    groups: dict[tuple[int, int], list[Return]] = {}
    for one in loaded.returns:
        groups.setdefault((one.plan.first_year, one.plan.last_year), []).append(one)
    return list(groups.values())


def consolidate(
    loaded: Loaded,
    observed: dt.date | None = None,
    previous: str | Path | None = None,
    options: Options = Options(),
    stage: Stage | None = None,
    waivers: str | Path | None = None,
) -> Consolidation:
    """Unite the returns of the services of one institution into one plan.

    `previous` is an earlier consolidation whose evaluation is taken up again, if it is there; where
    that cannot be done, `forgotten` says why. `stage` and `waivers` are those of `check`. Raises:
    UsageError when there is nothing to unite or the returns belong to several institutions.
    """
    date = observed or observed_in(loaded.returns)
    before = None
    if previous is not None and Path(previous).is_file():
        before = read_apart(Path(previous), PST, options)
    return consolidating.consolidate(
        loaded.returns, PST, date, loaded.refusals, before, stage, _campaign(waivers, options)
    )


def compare(loaded: Loaded, observed: dt.date | None = None) -> Comparison:
    """Put the figures of several institutions side by side, each observed at its own date.

    Raises: UsageError when no whole plan is among the files.
    """
    return comparing.compare(loaded.returns, PST, observed, loaded.refusals)


def write(result: Consolidation | Comparison, target: str | Path) -> Path | None:
    """Write a result where it is asked, in the form that the file's suffix names.

    A previous file is kept beside it; its new name is returned. Raises: OutputError.
    """
    path = Path(target)
    suffix = path.suffix.lower()
    forms = OUTPUTS if isinstance(result, Consolidation) else {".xlsx": None}
    if suffix not in forms:
        raise OutputError(
            f"« {path.name or path} » : le nom du résultat doit se terminer par"
            f" {listed(forms, 'ou')}"
        )
    if isinstance(result, Consolidation):
        data = OUTPUTS[suffix].write(result)
    else:
        data = write_comparison(result)
    return save(path, data)


def save(path: Path, data: bytes) -> Path | None:
    """Write a file whole; a different previous one is kept beside it and its new name returned."""
    check_target(path)
    kept = None
    if path.is_file() and path.read_bytes() != data:
        kept = set_aside(path)
    write_whole(path, data)
    return kept


def prepare(
    source: str | Path,
    folder: str | Path,
    services: str | Iterable[str] = (),
    due: dt.date | None = None,
    replace: bool = False,
    workers: int | None = None,
    options: Options = Options(),
) -> tuple[Preparation, list[Path]]:
    """Write in a folder one prefilled workbook for each service of a whole plan, or for some.

    They are to come back by `due`. With `replace`, previous files are kept beside the new ones and
    their new names returned; without, one that is there stops the run before anything is written.
    Raises: UsageError, UnreadableFile, OutputError.
    """
    path, target = Path(source), Path(folder)
    if not path.is_file():
        what = "est un dossier" if path.is_dir() else "n’existe pas"
        raise UsageError(f"« {path} » {what} ; donnez le PST consolidé à répartir")
    chosen = [services] if isinstance(services, str) else list(services)
    result = preparing.prepare(read_alone(path, PST, options), chosen, due)
    names = [envelope.file for envelope in result.envelopes]
    check_folder(target, names, [path], replace)
    contents = [envelope.content for envelope in result.envelopes]
    written = list(shared(write_template, contents, FEW_TO_WRITE, workers))
    make_folder(target)
    kept = [save(target / name, data) for name, data in zip(names, written, strict=True)]
    return result, [one for one in kept if one is not None]


def modernise(
    source: str | Path, target: str | Path, options: Options = Options()
) -> tuple[Modernised, Path | None]:
    """Make a filled workbook of an older template one of the current template.

    The result says all that changed; where it is not `needed`, no file is written. A previous file
    is kept beside the new one and its new name returned. Raises: UsageError, UnreadableFile,
    OutputError.
    """
    # openpyxl, which only this needs, takes longer to import than a plan to check.
    from pst_excel.outputs.modernised import write_modernised

    path, wanted = Path(source), Path(target)
    if not path.is_file():
        what = "est un dossier" if path.is_dir() else "n’existe pas"
        raise UsageError(f"« {path} » {what} ; donnez le classeur à moderniser")
    if wanted.suffix.lower() != ".xlsx":
        raise OutputError(
            f"« {wanted.name or wanted} » : le nom du résultat doit se terminer par .xlsx"
        )
    check_target(wanted, [path])
    data = bytes_of(path)
    one, seen = read_alone(path, PST, options), look(data, options.limits)
    result = modernising.modernise(one, seen)
    if not result.needed:
        return result, None
    return result, save(wanted, write_modernised(result, data, seen))


def template(
    target: str | Path, legislature: tuple[int, int] = (2024, 2030), **values: Value
) -> Path | None:
    """Write the blank workbook; `values` fill its identification by key (nom, ins, type ...).

    Raises: UsageError for a legislature that cannot be, or an unknown key; OutputError.
    """
    first, last = legislature
    if not 0 < last - first <= 12:
        raise UsageError(
            f"« {first}-{last} » n’est pas une législature ; écrivez par exemple 2024-2030"
        )
    path = Path(target)
    if path.suffix.lower() != ".xlsx":
        raise OutputError(f"« {path.name or path} » : le nom du modèle doit se terminer par .xlsx")
    return save(path, template_bytes(pst(first, last), values))


def template_bytes(plan: Plan, values: dict[str, Value]) -> bytes:
    """Return the blank workbook. Raises: UsageError for an unknown key of the identification."""
    unknown = [key for key in values if key not in plan.form]
    if unknown:
        raise UsageError(f"l’identification n’a pas de champ {listed(unknown)}")
    return write_template(blank(plan, values))
