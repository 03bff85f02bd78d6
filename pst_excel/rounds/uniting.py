"""The returns of a campaign united in its plan: which of them count, and what is remembered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pst_excel.api.reading import read_files
from pst_excel.api.runs import run_consolidation
from pst_excel.api.writing import Written
from pst_excel.campaign.archive import Kept, is_sound, plan_file, return_file
from pst_excel.campaign.entries import Consolidated, Followed
from pst_excel.campaign.memory import Arrival, Memory, Round
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.consolidating.evolution import followed_states
from pst_excel.model.findings import POINTS
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.wording import date
from pst_excel.reading.guard.opening import bytes_of
from pst_excel.reading.limits import Options
from pst_excel.rounds.pending import announce, settled, undo_unfinished
from pst_excel.rounds.workplace import Workplace, digest_of, without_known
from pst_excel.text.brief import brief
from pst_excel.text.errors import UsageError
from pst_excel.text.spelling import fold
from pst_excel.workers.files import workbooks
from pst_excel.workers.loading import Loaded, Progress
from pst_excel.workers.writing import check_target

_MENDED = "ou supprimez-le : la consolidation repartira de la dernière, gardée dans l’archive"


@dataclass(frozen=True)
class United:
    """What a consolidation of a campaign gave.

    `round` is the consolidation as it is remembered, `again` when nothing was new: it is the last
    one then. `remarks` say what is odd: an archive that lacks a return, a plan that was away.
    """

    result: Consolidation
    written: Written
    round: Round
    again: bool
    remarks: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return brief(self, f"consolidation n° {self.round.number}", self.result)


@dataclass(frozen=True)
class _Start:
    """The plan to start from, None for the one that lies there; what is to be said of it.

    `settled` are the returns set aside of which it takes account, `undoes` is the number of the
    consolidation before which it goes back, 0 for none.
    """

    plan: Path | None = None
    remarks: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    undoes: int = 0


def unite(
    work: Workplace,
    observed: dt.date | None = None,
    options: Options = Options(),
    stage: Stage | None = None,
    waivers: str | Path | None = None,
    reference: Path | None = None,
    progress: Progress | None = None,
) -> United:
    """Bring the plan of the campaign up to date with what came back.

    The latest return of each service counts, and those before it that no consolidation has taken
    up; one that was set aside does not. `reference` is the plan to start from, by default the
    campaign’s own as people left it. Raises: UsageError when there is nothing to unite; OutputError
    and UnreadableFile as `run_consolidation`.
    """
    layout, memory = work.layout, work.register.memory
    check_target(layout.plan)
    undo_unfinished(work, options)
    start = _Start(reference) if reference is not None else _start(work, memory, options)
    loaded, remarks = _loaded(work, counting(memory, start.undoes), options, progress)
    remarks += (*start.remarks, *filter(None, [work.clock]))
    if not loaded.returns and start.plan is None and not layout.plan.is_file():
        raise UsageError(
            f"rien à consolider encore : déposez les retours dans « {layout.returns.name} »"
        )
    base = bytes_of(layout.plan, options.limits) if layout.plan.is_file() else b""
    if base:
        _kept(work, base, options)
    announce(work, base)
    result, written = run_consolidation(
        layout.plan, loaded, observed, options, stage, waivers,
        reference=start.plan, otherwise=_MENDED if memory.rounds else "",
    )  # fmt: skip
    entry = _entry(result, bytes_of(layout.plan, options.limits), base, start, loaded)
    again = bool(memory.rounds) and memory.rounds[-1].gave.digest == entry.digest
    if not again:
        work.register.record(entry, result.made_from)
        written = _tidied(work, written, entry)
    settled(work)
    return United(result, written, work.register.memory.rounds[-1], again, tuple(remarks))


def _kept(work: Workplace, base: bytes, options: Options) -> None:
    """Keep the plan as people left it, unless it is one that a consolidation wrote."""
    known = plan_file(work.archives, digest_of(base), options)
    if known is None or not is_sound(known, options):
        plan = work.layout.plan
        work.archive.keep(base, Kept.PLANS, suffix=plan.suffix, made_from=[plan])


def counting(memory: Memory, undone: int = 0) -> list[Arrival]:
    """Return what is to be consolidated: by service its latest return, and what is new before it.

    What names no service is one by itself. What a consolidation that is `undone` took up is new.
    """
    taken = memory.taken(undone)
    groups: dict[str, list[Arrival]] = {}
    for one in memory.arrivals:
        if one.counts:
            key = fold(one.came.service) or f"|{one.came.digest}"
            groups.setdefault(key, []).append(one)
    found = []
    for group in groups.values():
        *older, last = sorted(group, key=lambda one: one.rank)
        found += [one for one in older if one.came.digest not in taken]
        found.append(last)
    return sorted(found, key=lambda one: one.number)


def _loaded(
    work: Workplace, arrivals: Sequence[Arrival], options: Options, progress: Progress | None
) -> tuple[Loaded, list[str]]:
    """Read what counts from the archive, under the names that the files had."""
    names = _names(arrivals)
    there: dict[Path, str] = {}
    remarks = []
    for one in arrivals:
        file = return_file(work.archives, one.came.digest, options) or _lying(work, one, options)
        if file is None:
            remarks.append(
                f"{names[one.came.digest]}, reçu le {date(one.at)}, n’est plus dans l’archive ni"
                f" dans « {work.layout.returns.name} » : remettez-le dans ce dossier"
            )
            continue
        there[file] = names[one.came.digest]
    return read_files(there, progress, options=options).named(there), remarks


def _lying(work: Workplace, one: Arrival, options: Options) -> Path | None:
    """Return the original of a return whose copy is gone, where it still lies among the returns."""
    file = work.layout.returns / Path(one.came.file).name
    if not file.is_file() or digest_of(bytes_of(file, options.limits)) != one.came.digest:
        return None
    return file


def _names(arrivals: Iterable[Arrival]) -> dict[str, str]:
    """Return a name for each return: its own, with the day it came where two have the same."""
    found: dict[str, str] = {}
    given: set[str] = set()
    for one in arrivals:
        name, number = one.came.file, 1
        if name in given:
            name = f"{one.came.file} (reçu le {date(one.at)})"
        while name in given:
            number += 1
            name = f"{one.came.file} (reçu le {date(one.at)}, {number})"
        given.add(name)
        found[one.came.digest] = name
    return found


def _start(work: Workplace, memory: Memory, options: Options) -> _Start:
    """Return the plan to start from where it is not the one that lies there; say why."""
    if not memory.rounds:
        return _Start(_reference(work, memory, options))
    last = memory.rounds[-1]
    if not work.layout.plan.is_file():
        file = plan_file(work.archives, last.gave.digest, options)
        return _Start(file, (
            f"« {work.layout.plan.name} » n’était plus là : la consolidation repart de la"
            f" n° {last.number}, du {date(last.at)}, gardée dans l’archive",
        )) if file is not None else _Start()  # fmt: skip
    return _undone(work, memory, last, options)


def _reference(work: Workplace, memory: Memory, options: Options) -> Path | None:
    """Return the plan with which the campaign began, where nothing was made of it yet."""
    files = workbooks([work.layout.reference], may_be_empty=True)
    began = (one for one in files if digest_of(bytes_of(one, options.limits)) == memory.began)
    if work.layout.plan.is_file() or not memory.began:
        return None
    return next(began, None) or plan_file(work.archives, memory.began, options)


def _undone(work: Workplace, memory: Memory, last: Round, options: Options) -> _Start:
    """Go back before the last consolidation where it took up a return that was set aside since.

    What people corrected and decided since is taken up from the plan that lies there. What an
    earlier one took up stays, and is told.
    """
    settled = {digest for one in memory.rounds for digest in one.gave.settled}
    aside = [one for one in memory.arrivals if one.aside and one.came.digest not in settled]
    # What an undoing one began from lacks what people had corrected before it: it is not undone.
    before = memory.taken(*([] if last.gave.undoes else [last.number]))
    fresh = [one for one in aside if one.came.digest in {*last.gave.counted} - {*before}]
    remarks = [
        f"{one.came.file} est écarté, mais une consolidation plus ancienne l’avait repris : ce"
        " qu’il a changé reste dans le plan, avec la valeur d’avant dans « Historique »"
        for one in aside
        if one.came.digest in before
    ]
    base = plan_file(work.archives, last.gave.base, options) if fresh and last.gave.base else None
    names = ", ".join(one.came.file for one in fresh)
    if fresh and base is None:
        remarks.append(
            f"{names} est écarté, mais la première consolidation en est faite : retirez ses lignes"
            f" de « {work.layout.plan.name} », ou recommencez une campagne sans lui"
        )
    elif fresh:
        remarks.append(
            f"{names} est écarté : le plan repart d’avant la consolidation n° {last.number}, avec"
            " vos corrections depuis"
        )
    undoes = last.number if base is not None else 0
    return _Start(base, tuple(remarks), tuple(one.came.digest for one in aside), undoes)


def _tidied(work: Workplace, written: Written, entry: Consolidated) -> Written:
    """Leave no previous plan beside the new one that stands in the archive."""
    if written.previous is None:
        return written
    left = without_known(work.layout.folder, {entry.base, entry.digest})
    return written if written.previous in left else replace(written, previous=None)


def _entry(
    result: Consolidation, data: bytes, base: bytes, start: _Start, loaded: Loaded
) -> Consolidated:
    report, merged = result.report, result.merged
    plan, figures = result.plan, result.plan.headline
    found = [finding.severity for finding in report.findings]
    main, services = result.plan.main, result.plan.services
    # A copy of the plan itself is heard too: it says nothing.
    refused = {one.file for one in result.refusals}
    counted = tuple(one.digest for one in loaded.returns if one.file not in refused)
    return Consolidated(
        result.run, digest_of(data), digest_of(base) if base else "", merged.institution,
        tuple(merged.whose), result.observed.isoformat(),
        counted, tuple(result.absent),
        tuple(merged.lists.get(services.key, ())) if services is not None else (),
        report.rows.get(main.title, 0),
        tuple(found.count(severity) for severity in POINTS), len(result.conflicts),
        result.headline, {one.key: (one.label, one.unit) for one in figures},
        tuple(main[key].label for key in plan.followed),
        tuple(Followed(one.id, one.code, one.name, tuple(one.values.values()))
              for one in followed_states(result)),
        start.settled, tuple(one.key for one in plan.biggest),
        tuple(one.key for one in plan.trends),
        tuple(main[key].kind for key in plan.followed), plan.short, main.records,
        start.undoes,
    )  # fmt: skip
