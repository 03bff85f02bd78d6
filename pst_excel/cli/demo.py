"""The demonstration: the samples laid out in a folder and the whole chain run on them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pst_excel import annotate, check, compare, consolidate, prepare, read_files, write
from pst_excel.api.writing import write_over
from pst_excel.checking.summary import counts
from pst_excel.cli import demo_campaign
from pst_excel.cli.messages.comparison import compared
from pst_excel.cli.messages.consolidation import consolidated
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.model.words.wording import date, plural
from pst_excel.reference.samples import campaign
from pst_excel.reference.samples.content import OBSERVED
from pst_excel.reference.samples.workbooks import all_samples
from pst_excel.text.errors import OutputError
from pst_excel.workers.writing import save

CONSOLIDATED, COMPARED = "PST_consolide.xlsx", "comparaison.xlsx"
RETURNS, ANNOTATED, ENVELOPES, ANSWERS = "retours", "annotes", "envois", "retours-2027-03"


def run(folder: Path) -> Iterator[str]:
    """Lay the samples out, play two rounds, annotate, compare, keep a campaign; say what was found.

    Raises: OutputError when the folder cannot be made or written.
    """
    _make(folder)
    yield f"Exemples déployés dans {folder} …"
    for name, data in all_samples():
        save(folder / name, data)
    target = folder / CONSOLIDATED
    yield from _step("1. Consolider les premiers retours des services")
    _, lines = _consolidated(folder / RETURNS, target, anew=True)
    yield from lines
    yield from _step("2. Rendre à chaque service son classeur, annoté")
    received = read_files(folder / RETURNS)
    report = check(received, OBSERVED)
    copies = annotate(received, report, folder / ANNOTATED)
    count = plural(len(copies), "classeur annoté", "classeurs annotés")
    yield f"   {count}, {counts(report)}."
    yield f"   Écrit : {folder / ANNOTATED}"
    yield from _second_round(folder, target)
    yield from _step("6. Comparer avec d’autres institutions")
    compared_target = folder / COMPARED
    comparison = compare(read_files([target, folder / "institutions"]), OBSERVED)
    for line in compared(comparison, compared_target, write(comparison, compared_target)):
        yield f"   {line}"
    yield from _step("7. Tenir une campagne dans un dossier qui se souvient de tout")
    for line in demo_campaign.run(folder):
        yield f"   {line}"
    yield ""
    yield f"Ouvrez d’abord {target} : il s’ouvre sur le tableau de bord, puis lisez « Contrôles »."


def _second_round(folder: Path, target: Path) -> Iterator[str]:
    """Send the services their rows, take what comes back, decide what contradicts."""
    yield from _step("3. Préparer les envois de la campagne suivante")
    envelopes = folder / ENVELOPES
    preparation, _ = prepare(target, envelopes, due=campaign.DUE, replace=True)
    count = plural(len(preparation.workbooks), "classeur prérempli", "classeurs préremplis")
    yield f"   {count}, un par service, à renvoyer pour le {date(campaign.DUE)}."
    yield f"   Écrit : {envelopes}"
    sent = {one.file: (envelopes / one.file).read_bytes() for one in preparation.workbooks}
    for name, data in campaign.answers(sent).items():
        save(folder / ANSWERS / name, data)
    save(target, campaign.corrected(target.read_bytes()))
    yield from _step("4. Entre-temps, la cellule corrige une échéance ; les services répondent")
    result, lines = _consolidated(folder / ANSWERS, target)
    yield from lines
    yield from _step("5. Décider dans « Conflits », puis consolider à nouveau")
    save(target, campaign.decided(target.read_bytes(), result.conflicts))
    _, lines = _consolidated(folder / ANSWERS, target)
    yield from lines


def _consolidated(
    returns: Path, target: Path, anew: bool = False
) -> tuple[Consolidation, list[str]]:
    result = consolidate(read_files(returns), previous=None if anew else target)
    lines = consolidated(result, target, write_over(result, target))
    return result, [f"   {line}" for line in lines]


def _step(title: str) -> Iterator[str]:
    yield ""
    yield title


def _make(folder: Path) -> None:
    try:
        for name in (RETURNS, ANSWERS, "institutions", "auto-test"):
            (folder / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"le dossier « {folder} » ne peut pas être créé", file=folder) from error
