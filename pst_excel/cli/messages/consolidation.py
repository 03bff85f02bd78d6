"""What is said of a consolidation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pst_excel.api.writing import Written
from pst_excel.checking.summary import counts, encouraging
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.consolidating.evolution import steps
from pst_excel.model.words.titles import CONFLITS, DEPUIS, HISTORIQUE
from pst_excel.model.words.wording import listed, number, plural
from pst_excel.returns.journal import counted
from pst_excel.tracing.since_words import in_brief, stepped

if TYPE_CHECKING:
    pass

from pst_excel.cli.messages.files import written


def consolidated(result: Consolidation, target: Path, done: Written) -> Iterator[str]:
    """Say what a consolidation did."""
    received = plural(len(result.returns), "retour consolidé", "retours consolidés")
    rows = result.report.rows
    filled = ", ".join(f"{title} {number(count)}" for title, count in rows.items() if count)
    yield f"{received} : {filled or 'aucune ligne remplie'}."
    for refusal in result.refusals:
        yield f"✖ {refusal.file} : {refusal.reason}."
    for file, original in result.copies:
        yield f"⚠ {file} est une copie identique de {original} : compté une fois."
    for words in result.account.remarks:
        yield f"⚠ {words}."
    if result.absent:
        missing = plural(len(result.absent), "service sans retour", "services sans retour")
        yield f"⚠ {missing} : {listed(result.absent)}."
    yield from _since(result)
    yield from _done(result)
    if result.journal:
        yield f"{counted(result.journal)} : feuille « Journal »."
    if result.forgotten:
        yield f"⚠ Rien n’est repris du fichier précédent : {result.forgotten}."
    comparing = {rule.code for rule in result.plan.rules if rule.needs_previous}
    changed = sum(finding.code in comparing for finding in result.report.findings)
    if changed:
        count = plural(changed, "changement à vérifier", "changements à vérifier")
        yield f"⚠ {count} depuis le résultat précédent : règles R30 de la feuille « Contrôles »."
    clean = encouraging(result.report, result.plan.main)
    yield f"✔ {clean} sans remarque ; {counts(result.report)}."
    yield from _told_apart(result)
    yield from _kept(done)
    yield from written(target, done.previous)


def _told_apart(result: Consolidation) -> Iterator[str]:
    """Say how the points of the plan relate to those of the returns, each checked alone."""
    found = result.echoes
    several = f" (en {plural(found.told, 'point')})" if found.told > found.both else ""
    partly = ", en tout ou en partie" if found.partly else ""
    parts = (
        (found.both, f"que « verifier » trouve aussi dans les retours{several}"),
        (found.whole, f"que seul le plan réuni montre{partly}"),
    )
    said = [f"{number(count)} {words}" for count, words in parts if count]
    if said:
        yield f"  Dont {', et '.join(said)}."
        yield "  Ce que « verifier » dit de plus ne vaut que d’un retour pris seul."


def _kept(done: Written) -> Iterator[str]:
    """Say what became of what people had put in the workbook, and of the archive."""
    update = done.update
    if update is not None and update.kept:
        yield f"✔ Gardé tel quel : {listed(update.kept)}."
    if update is not None and not update.in_place:
        yield f"⚠ Le classeur a été refait au lieu d’être mis à jour : {update.reason}."
    if update is not None and update.lost:
        yield f"⚠ Non repris : {listed(update.lost)}."
    if done.not_kept:
        yield f"⚠ Les archives n’ont pas pu être tenues : {done.not_kept}."


def _since(result: Consolidation) -> Iterator[str]:
    """Say what changed since the previous consolidation, the figures that are drawn, who is new."""
    since = result.since
    if since is None or not since.written:
        return
    yield f"✔ {DEPUIS} : {in_brief(since)}."
    drawn = [said for step in steps(result) if step.figure in result.plan.trends
             for said in filter(None, [stepped(step)])]  # fmt: skip
    if drawn:
        yield f"  {' ; '.join(drawn)}."
    if since.answers.first:
        yield f"  Pour la première fois : {listed(since.answers.first)}."


def _done(result: Consolidation) -> Iterator[str]:
    """Say what was taken up, what people had corrected and decided, what is left to decide."""
    account = result.account
    parts = [
        plural(count, *words)
        for count, words in (
            (account.taken, ("changement repris des retours", "changements repris des retours")),
            (account.added, ("ligne ajoutée", "lignes ajoutées")),
            (account.corrected, ("correction de la cellule reprise",
                                 "corrections de la cellule reprises")),
            (account.decided, ("décision appliquée", "décisions appliquées")),
        )
        if count and result.base is not None
    ]  # fmt: skip
    if parts:
        yield f"✔ {', '.join(parts)} : feuille « {HISTORIQUE} »."
    if result.conflicts:
        count = plural(len(result.conflicts), "point à décider", "points à décider")
        new, every = account.new_conflicts, len(result.conflicts)
        fresh = f", dont {plural(new, 'nouveau', 'nouveaux')}" if 0 < new < every else ""
        yield f"⚠ {count}{fresh} : feuille « {CONFLITS} »."
