"""A campaign begins: a folder that says what it is, from a plan, from returns, or from nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pst_excel.api.reading import read_files
from pst_excel.campaign.archive import Kept, archives_near
from pst_excel.campaign.entries import Created, HandedBack, Received, What
from pst_excel.campaign.layout import Layout
from pst_excel.campaign.records import kind_in, names_in, read_record
from pst_excel.model.words.wording import listed
from pst_excel.reading.limits import Options
from pst_excel.returns.tables import Return
from pst_excel.rounds.receiving import Reception, bring, receive
from pst_excel.rounds.uniting import United, unite
from pst_excel.rounds.workplace import Workplace, digest_of, make_mark, working
from pst_excel.text.brief import brief
from pst_excel.text.errors import OutputError, UnreadableFile, UsageError
from pst_excel.workers.files import resolved, workbooks
from pst_excel.workers.loading import Loaded
from pst_excel.workers.writing import make_folder, save

_AT_FIRST = (What.CREATED, What.RECEIVED, What.HANDED_BACK)  # before any consolidation


@dataclass(frozen=True)
class Creation:
    """A campaign that was made: whose, what came in as returns, the first consolidation if any."""

    layout: Layout
    institution: str
    reception: Reception
    united: United | None = None
    carried: int = 0

    def __repr__(self) -> str:
        return brief(self, self.institution, self.layout.folder)


def create(
    folder: str | Path,
    sources: str | Path | Iterable[str | Path] = (),
    due: dt.date | None = None,
    options: Options = Options(),
) -> Creation:
    """Make a campaign in a folder: new, empty, or one that holds nothing under its names.

    Among the `sources`, workbooks or folders of them, the one of no service is the plan; the others
    are returns. What archives near the plan keep is carried along. Nothing is made where they
    cannot be read. Raises: UsageError, UnreadableFile, OutputError.
    """
    layout = Layout(Path(folder))
    _check_place(layout)
    given = [sources] if isinstance(sources, str | Path) else list(sources)
    loaded = read_files(given, options=options) if given else Loaded([], [])
    if loaded.refusals:
        raise UnreadableFile(
            " ; ".join(f"{one.file} : {one.reason}" for one in loaded.refusals),
            file=loaded.refusals[0].file,
        )
    plan = _plan_among(loaded)
    file = loaded.files[plan.file] if plan is not None else None
    made_from = list(loaded.files.values())
    _make(layout, made_from)
    with working(layout) as work:
        begun = _begun(work, _entry(plan, due), {one.digest for one in loaded.returns})
        reference = _reference(work, file) if file is not None else None
        carried = _carried(work, file) if file is not None else set()
        bring(work, [one for one in loaded.files.values() if one != file])
        if not begun:
            entry = replace(_entry(plan, due), carried=tuple(sorted(carried)))
            work.register.record(entry, made_from)
        reception = receive(work, options)
        united = None
        if reference is not None:
            united = unite(work, options=options, reference=reference)
        return Creation(layout, work.register.memory.institution, reception, united, len(carried))


def _check_place(layout: Layout) -> None:
    folder = layout.folder
    if folder.exists() and not folder.is_dir():
        raise UsageError(
            f"« {folder} » n’est pas un dossier ; donnez un dossier nouveau ou vide", file=folder
        )
    if any(kind_in(name) not in _AT_FIRST for name in names_in(layout)):
        raise UsageError(_already(layout), file=folder)
    above = [one for one in folder.absolute().parents if Layout(one).is_campaign]
    if above:
        raise UsageError(
            f"« {folder} » est dans le dossier d’une autre campagne, « {above[0]} » ; donnez un"
            " dossier à côté",
            file=folder,
        )
    there = [one.name for one in (layout.plan, layout.readme, layout.register) if one.exists()]
    there += [layout.archive.name] if _is_filled(layout.archive) else []
    if there and not layout.mark.exists():  # else a run was stopped before the campaign began
        raise UsageError(
            f"« {folder} » a déjà {listed(f'« {name} »' for name in there)} ; donnez un dossier"
            " nouveau ou vide",
            file=folder,
        )


def _is_filled(folder: Path) -> bool:
    """Tell whether somebody put something in a folder; a file that takes its place is something."""
    if not folder.is_dir():
        return folder.exists()
    return any(not file.name.startswith(".") for file in folder.iterdir())


def _already(layout: Layout) -> str:
    return (
        f"« {layout.folder} » est déjà une campagne ; pour la suivre : pst-excel campagne etat"
        f" {layout.folder} ; pour en commencer une autre, donnez un autre dossier"
    )


def _begun(work: Workplace, entry: Created, given: set[str]) -> bool:
    """Tell whether a run that was stopped has begun this very campaign, and not ended it.

    Raises: UsageError where the campaign is another, or whole.
    """
    names = names_in(work.layout)
    entries = [one.entry for one in (read_record(work.layout, name) for name in names) if one]
    created = [replace(one, carried=()) for one in entries if isinstance(one, Created)]
    others = [one for one in entries if not isinstance(one, Created | Received | HandedBack)]
    missing = given - {entry.digest, *work.register.memory.by_digest()}
    if others or any(one != entry for one in created):
        raise UsageError(_already(work.layout), file=work.layout.folder)
    if created and not entry.digest and not missing:
        raise UsageError(_already(work.layout), file=work.layout.folder)
    return bool(created)


def _plan_among(loaded: Loaded) -> Return | None:
    """Return the whole plan among what is given. Raises: UsageError where there are several."""
    whole = [one for one in loaded.returns if not one.service]
    plans = [one for one in whole if one.ledgers] or whole
    if len(plans) > 1 and len(loaded.returns) > 1:
        raise UsageError(
            f"{listed(one.file for one in plans)} ne disent pas de quel service ils viennent : un"
            " seul peut être le plan de départ ; ne donnez que lui, ou remplissez leur service"
        )
    return plans[0] if plans else None


def _make(layout: Layout, made_from: Sequence[Path]) -> None:
    if not layout.folder.parent.is_dir():
        raise OutputError(
            f"le dossier « {layout.folder.parent} » n’existe pas ; créez-le ou choisissez un autre"
            " endroit",
            file=layout.folder,
        )
    make_folder(layout.folder, made_from)
    make_mark(layout, list(made_from))


def _reference(work: Workplace, file: Path) -> Path:
    """Copy the plan that was given, as it is, into the archive and the folder of the reference."""
    data = file.read_bytes()
    work.archive.keep(data, Kept.PLANS, suffix=file.suffix, made_from=[file])
    copy = work.layout.reference / file.name
    save(copy, data, [file])
    return copy


def _carried(work: Workplace, file: Path) -> set[str]:
    """Take along what the archives near a plan hold; return the hashes of these workbooks."""
    carried: set[str] = set()
    own = resolved(work.layout.archive)
    for folder in (one for one in archives_near([file]) if resolved(one) != own):
        for one in workbooks([folder], may_be_empty=True):
            target = work.layout.archive / one.relative_to(folder)
            make_folder(target.parent, [one])
            data = one.read_bytes()
            save(target, data, [one])
            carried.add(digest_of(data))
    return carried


def _entry(plan: Return | None, due: dt.date | None) -> Created:
    day = due.isoformat() if due else ""
    if plan is None:
        return Created(due=day)
    services = plan.plan.services
    names = tuple(plan.lists.get(services.key, ())) if services is not None else ()
    return Created(plan.institution, tuple(plan.whose), plan.file, plan.digest, day, names)
