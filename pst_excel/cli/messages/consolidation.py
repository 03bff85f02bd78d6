"""What is said of a consolidation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pst_excel.checking.summary import counts, encouraging
from pst_excel.consolidating.consolidate import Consolidation, doubtful
from pst_excel.model.words.wording import listed, number, plural
from pst_excel.returns.journal import counted

if TYPE_CHECKING:
    pass

from pst_excel.cli.messages.files import written


def consolidated(result: Consolidation, target: Path, kept: Path | None) -> Iterator[str]:
    """Say what a consolidation did."""
    received = plural(len(result.returns), "retour consolidé", "retours consolidés")
    rows = result.report.rows
    filled = ", ".join(f"{title} {number(count)}" for title, count in rows.items() if count)
    yield f"{received} : {filled or 'aucune ligne remplie'}."
    for refusal in result.refusals:
        yield f"✖ {refusal.file} : {refusal.reason}."
    for file, original in result.copies:
        yield f"⚠ {file} est une copie identique de {original} : compté une fois."
    for _, words in doubtful(result.returns):
        yield f"⚠ {words}."
    if result.absent:
        missing = plural(len(result.absent), "service sans retour", "services sans retour")
        yield f"⚠ {missing} : {listed(result.absent)}."
    if result.conflicts:
        count = plural(len(result.conflicts), "désaccord")
        yield f"⚠ {count} entre retours : feuille « Conflits »."
    if result.journal:
        yield f"{counted(result.journal)} : feuille « Journal »."
    if result.previous is not None:
        yield "✔ L’évaluation déjà écrite dans le fichier précédent est reprise."
    if result.forgotten:
        yield f"⚠ Rien n’est repris du fichier précédent : {result.forgotten}."
    comparing = {rule.code for rule in result.plan.rules if rule.needs_previous}
    changed = sum(finding.code in comparing for finding in result.report.findings)
    if changed:
        count = plural(changed, "changement à vérifier", "changements à vérifier")
        yield f"⚠ {count} depuis le résultat précédent : règles R30 de la feuille « Contrôles »."
    clean = encouraging(result.report, result.plan.main)
    yield f"✔ {clean} sans remarque ; {counts(result.report)}."
    yield from written(target, kept)
