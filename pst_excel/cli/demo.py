"""The demonstration: the samples laid out in a folder and the whole chain run on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from pst_excel import annotate, check, compare, consolidate, prepare, read_files, write
from pst_excel.api.writing import save, write_over
from pst_excel.checking.summary import counts
from pst_excel.cli.messages.comparison import compared
from pst_excel.cli.messages.consolidation import consolidated
from pst_excel.model.words.wording import date, plural
from pst_excel.reference.samples.content import OBSERVED
from pst_excel.reference.samples.workbooks import all_samples
from pst_excel.text.errors import OutputError

CONSOLIDATED, COMPARED = "PST_consolide.xlsx", "comparaison.xlsx"
ANNOTATED, ENVELOPES = "annotes", "envois"
DUE = dt.date(2027, 3, 31)


def run(folder: Path) -> Iterator[str]:
    """Lay the samples out, consolidate, annotate, compare, prepare; say what was found.

    Raises: OutputError when the folder cannot be made or written.
    """
    _make(folder)
    yield f"Exemples déployés dans {folder} …"
    for name, data in all_samples():
        save(folder / name, data)
    yield ""
    yield "1. Consolider les retours des services"
    target = folder / CONSOLIDATED
    received = read_files(folder / "retours")
    result = consolidate(received, OBSERVED, target)
    for line in consolidated(result, target, write_over(result, target)):
        yield f"   {line}"
    yield ""
    yield "2. Rendre à chaque service son classeur, annoté"
    report = check(received, OBSERVED)
    copies = annotate(received, report, folder / ANNOTATED)
    count = plural(len(copies), "classeur annoté", "classeurs annotés")
    yield f"   {count}, {counts(report)}."
    yield f"   Écrit : {folder / ANNOTATED}"
    yield ""
    yield "3. Comparer avec d’autres institutions"
    compared_target = folder / COMPARED
    plans = read_files([target, folder / "institutions"])
    comparison = compare(plans, OBSERVED)
    for line in compared(comparison, compared_target, write(comparison, compared_target)):
        yield f"   {line}"
    yield ""
    yield "4. Préparer la campagne suivante"
    envelopes = folder / ENVELOPES
    preparation, _ = prepare(target, envelopes, due=DUE, replace=True)
    count = plural(len(preparation.workbooks), "classeur prérempli", "classeurs préremplis")
    yield f"   {count}, un par service, à renvoyer pour le {date(DUE)}."
    yield f"   Écrit : {envelopes}"
    yield ""
    yield f"Ouvrez d’abord {target} : il s’ouvre sur le tableau de bord, puis lisez « Contrôles »."


def _make(folder: Path) -> None:
    try:
        for name in ("retours", "institutions", "auto-test"):
            (folder / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"le dossier « {folder} » ne peut pas être créé") from error
