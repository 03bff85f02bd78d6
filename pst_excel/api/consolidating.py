"""Returns of services united for the library."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from pst_excel.api.arguments import (
    Day,
    PathLike,
    Paths,
    date_of,
    options_of,
    path_of,
    paths_of,
    stage_of,
)
from pst_excel.api.progress import Showing
from pst_excel.api.reading import Returns, beside, loaded_of, with_waivers
from pst_excel.campaign.archive import (
    archives_near,
    consolidated_file,
    read_kept,
    return_file,
    send_file,
)
from pst_excel.consolidating import consolidate as consolidating
from pst_excel.consolidating.choosing import Archive
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.consolidating.ledgers import heard_in, run_in
from pst_excel.model.words.stages import Stage
from pst_excel.pst import PST
from pst_excel.reading.limits import Limits, Options
from pst_excel.returns.tables import Refusal, Return
from pst_excel.text.spelling import fold
from pst_excel.workers.loading import Loaded, load, read_apart

_NO_ARCHIVE = (
    "la copie de la dernière consolidation n’est pas dans les archives : vos corrections depuis"
    " sont gardées, mais ne peuvent être listées"
)


def consolidate(
    loaded: Returns,
    observed: Day | None = None,
    previous: PathLike | None = None,
    options: Options = Options(),
    stage: Stage | str | None = None,
    waivers: PathLike | None = None,
    *,
    reference: PathLike | None = None,
    sends: Paths = (),
    progress: Showing = None,
) -> Consolidation:
    """Bring a plan up to date with the returns of the services of one institution, or their paths.

    The plan is the `reference`, else the `previous` result, if it is there: all that people wrote
    in it stays. `sends` are workbooks, or folders of them, that were sent to the services; those
    that `prepare` archived near these files are found without being named. Where the previous
    result cannot be taken up, `forgotten` says why. `stage` and `waivers` are those of `check`,
    `progress` that of `read_files`. Raises: UsageError when there is nothing to unite or the
    returns belong to several institutions.
    """
    day, at, options = date_of(observed), stage_of(stage), options_of(options)
    sent = paths_of(sends, "sends")
    last = path_of(previous, "previous") if previous is not None else None
    given = loaded_of(loaded, options, progress)
    return consolidating_of(given, day, last, options, at, waivers, reference, sent)()


def consolidating_of(
    loaded: Loaded, observed: dt.date | None, previous: str | Path | None, options: Options,
    stage: Stage | None, waivers: PathLike | None, reference: PathLike | None,
    sends: Sequence[str | Path],
) -> Callable[[], Consolidation]:  # fmt: skip
    """Read what a consolidation needs besides the returns; what comes back makes it.

    Raises: UsageError.
    """
    there = Path(previous) if previous is not None and Path(previous).is_file() else None
    named = beside(reference, options)
    apart = there is not None and (named is None or not there.samefile(Path(str(reference))))
    last = read_apart(there, PST, options) if there is not None and apart else None
    near = [Path(path) for path in (previous, reference) if path is not None]
    folders = archives_near([*near, *map(Path, sends), *loaded.files.values()])
    start = named or last
    archive = _archive(loaded.returns, start, last if named else None, sends, folders, options)
    make = partial(
        consolidating.consolidate, loaded.returns, PST, observed, loaded.refusals, start, stage,
        with_waivers(waivers, options), archive,
        replaced=last if named is not None and isinstance(last, Return) else None,
        named=named is not None,
    )  # fmt: skip
    beside_it = [Path(path) for path in (reference, waivers, there) if path is not None]
    made_from = (*loaded.made_from, *beside_it, *archive.made_from)
    base_file = Path(str(reference)) if named else there
    return partial(_placed, make, loaded.files, base_file, made_from, options.limits)


def _placed(
    make: Callable[[], Consolidation], files: dict[str, Path], base_file: Path | None,
    made_from: tuple[Path, ...], limits: Limits,
) -> Consolidation:  # fmt: skip
    """Make a consolidation, and say in it where its returns and its base are."""
    result = make()
    result.files, result.made_from, result.limits = dict(files), made_from, limits
    if result.base is not None:
        result.base_file = files.get(result.base.file, base_file)
    return result


def _archive(
    returns: Sequence[Return], start: Return | Refusal | None, replaced: Return | Refusal | None,
    sends: Sequence[str | Path], folders: Sequence[Path], options: Options,
) -> Archive:  # fmt: skip
    """Read what the archives hold of these returns: their sends, last answers, the last result."""
    given = [Path(path) for path in sends]
    sent = load(given, PST, options=options) if given else Loaded([], [])
    known = list(sent.returns)
    there = {send.send for send in known}
    found = [send_file(folders, one.send, options) for one in returns if one.send not in there]
    kept_sends = read_kept([file for file in found if file], PST, None, options)
    known += [outcome for outcome in kept_sends.values() if isinstance(outcome, Return)]
    wanted: dict[str, list[Path | None]] = {}
    wanted["plans"] = [
        consolidated_file(folders, run_in(one), options) for one in returns if one.ledgers
    ]
    if isinstance(start, Return):
        digests = {one.digest for one in returns}
        services = {fold(one.service) for one in (*returns, *known)}
        last = {(fold(one.service), one.send): one.digest for one in heard_in(start)}
        answers = [digest for (service, _), digest in last.items()
                   if service in services and digest not in digests]  # fmt: skip
        wanted["answers"] = [return_file(folders, digest, options) for digest in answers]
        wanted["written"] = [consolidated_file(folders, run_in(start), options)]
    if isinstance(replaced, Return):
        wanted["replaced"] = [consolidated_file(folders, run_in(replaced), options)]
    files = {kind: [file for file in found if file] for kind, found in wanted.items()}
    read = read_kept([file for found in files.values() for file in found], PST, None, options)
    kept = {
        kind: [outcome for file in found if isinstance(outcome := read[file], Return)]
        for kind, found in files.items()
    }
    every = [*sent.refusals, *kept_sends.values(), *read.values()]
    refused = [f"{one.file} : {one.reason}" for one in every if isinstance(one, Refusal)]
    if isinstance(start, Return) and run_in(start) and not kept["written"]:
        refused.append(_NO_ARCHIVE)
    whole = [send for send in known if send.service]
    return Archive(
        whole, kept.get("answers", []), next(iter(kept.get("written", [])), None),
        {run_in(plan): plan for plan in kept["plans"]},
        next(iter(kept.get("replaced", [])), None), tuple(refused),
        (*sent.made_from, *kept_sends, *read),
    )  # fmt: skip
