"""What is said of the workbooks prepared for the services."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pst_excel.distributing.allocation import ServiceWorkbook
from pst_excel.distributing.prepare import Preparation
from pst_excel.distributing.row_order import OWN
from pst_excel.model.schema import PARTNER
from pst_excel.model.words.roles import Role
from pst_excel.model.words.wording import date, listed, number, plural
from pst_excel.workers.writing import is_open

_MOST = 12


def prepared(
    result: Preparation, source: Path, folder: Path, kept: Sequence[Path]
) -> Iterator[str]:
    """Say what was prepared for whom, and what is in no workbook."""
    workbooks, plan = result.workbooks, result.workbooks[0].content.plan
    due = workbooks[0].content.identity(Role.DUE)
    by = f", à renvoyer pour le {date(due)}" if due else ""
    yield f"{plural(len(workbooks), 'classeur préparé', 'classeurs préparés')}{by} :"
    for workbook in workbooks:
        yield f"  {folder / workbook.file} : {_tasks(workbook)}"
    if result.gathered:
        names = f" ({listed(result.gathered)})" if len(result.gathered) <= _MOST else ""
        yield f"⚠ {source.name} n’a aucun service dans ses listes ;"
        yield f"  ceux que ses lignes nomment sont pris à la place{names}."
        yield f"  Relisez leurs noms, puis écrivez-les dans sa feuille « {plan.lists.title} »."
    if result.without:
        count = plural(len(result.without), "service n’a", "services n’ont")
        yield f"⚠ {count} aucune ligne, donc pas de classeur : {listed(result.without)}."
        yield f'  Pour en préparer un : --service "{result.without[0]}".'
    if result.strangers:
        names = listed(f"« {name} »" for name in result.strangers)
        several = len(result.strangers) > 1
        are, add = ("ne sont pas", "ajoutez-les") if several else ("n’est pas", "ajoutez-le")
        where = f"la feuille « {plan.lists.title} » du {plan.short}"
        yield f"⚠ Des lignes ont pour service {names}, qui {are} dans la liste :"
        yield f"  {add} dans {where}, ou corrigez ces lignes."
    for key, codes in result.ownerless.items():
        named = f" : {listed(codes)}" if len(codes) <= _MOST else ""
        singular, many = plan[key].records
        yield f"⚠ À tenir à jour par aucun service, {plural(len(codes), singular, many)}{named}."
        them = "leur" if len(codes) > 1 else "lui"
        yield f"  Donnez-{them} un service de la liste dans le PST, puis préparez à nouveau."
    if result.left:
        rows = listed(plural(n, *plan[key].records) for key, n in result.left.items())
        yield f"Dans aucun classeur, faute de lien avec un service : {rows}."
        yield f"  Le tout reste dans {source.name}, que la consolidation met à jour."
    if result.active:
        what = listed(result.active)
        yield f"Ce qui agit à l’ouverture de {source.name} n’est dans aucun classeur : {what}."
    yield from _archived(result, source)
    if kept:
        count = plural(len(kept), "fichier précédent gardé", "fichiers précédents gardés")
        yield f"{count} à côté : {kept[0].name}{' …' if len(kept) > 1 else ''}"


def _archived(result: Preparation, source: Path) -> Iterator[str]:
    """Say where copies are kept, and that a plan that is open may not be wholly saved."""
    if is_open(source):
        yield f"⚠ {source.name} est ouvert dans Excel ou LibreOffice : ce qui n’y est pas encore"
        yield "  enregistré n’est pas dans ces classeurs."
    if result.archive is not None:
        yield (
            f"Copie de chaque envoi gardée dans {result.archive} : gardez ce dossier, il dit au"
            " retour ce qui a changé."
        )
    if result.not_kept:
        yield f"⚠ Les envois ne sont pas tous archivés : {result.not_kept}."


def _tasks(workbook: ServiceWorkbook) -> str:
    """Say what a service finds in its workbook."""
    plan = workbook.content.plan
    if workbook.starting:
        many = plan.main.records[1]
        return f"aucune ligne encore ; tous les OS et OO y sont, pour ses premières {many}"
    main = workbook.rows[plan.main.key]
    parts = [f"{plural(main[OWN], *plan.main.records)} à tenir à jour"]
    if main[PARTNER]:
        parts.append(f"{number(main[PARTNER])} pour information")
    others = {key: counts[OWN] for key, counts in workbook.rows.items() if key != plan.main.key}
    parts += [plural(count, *plan[key].records) for key, count in others.items() if count]
    return ", ".join(parts)
