"""What the command says on the screen, in French: grouped, the worst first, the good news too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pst_excel.comparing import Comparison
from pst_excel.consolidating import Consolidation, doubtful
from pst_excel.journal import Entry, counted
from pst_excel.lending import PARTNER
from pst_excel.modernising import Modernised
from pst_excel.outdated import Change, Nature
from pst_excel.outputs.reports import (
    counts,
    encouraging,
)  # fmt: skip
from pst_excel.preparing import Preparation
from pst_excel.pst import PST
from pst_excel.rounds import said_points
from pst_excel.sharing import OWN, Envelope
from pst_excel.verdict import Report
from pst_excel.wording import date, listed, number, plural, ranges, say

if TYPE_CHECKING:
    from pst_excel.annotating import Annotation

_SAMPLE = 3
_MOST = 12


def said_passed_over(files: Sequence[Path]) -> Iterator[str]:
    """Say which files of the folders were not opened, since their names are not of workbooks."""
    if files:
        names = [file.name for file in files[:_SAMPLE]]
        more = len(files) - len(names)
        shown = listed([*names, *([plural(more, "autre")] if more else [])])
        yield f"⚠ Pas ouvert, faute d’un nom de classeur (.xlsx, .xls, .ods …) : {shown}."


def said_annotated(made: Sequence[Annotation], folder: Path) -> Iterator[str]:
    """Say which returns were annotated, where, and how many points each has, by state."""
    done = [one for one in made if not one.reason]
    if done:
        count = plural(len(done), "classeur annoté", "classeurs annotés")
        yield f"{count} dans {folder} :"
    for one in done:
        again = " ; rien n’a changé depuis la dernière annotation" if one.again else ""
        yield f"  {one.name} : {said_points(one.points)}{again}"
    for one in made:
        if one.reason:
            yield f"✖ {one.file} : pas annoté, {one.reason}."


def json_report(
    report: Report, made: Sequence[Annotation] | None = None
) -> dict[str, list[dict[str, Any]]]:
    """Return a report for programs: what is found, what was understood, what could not be read.

    With annotations, also what became of each return.
    """
    said: dict[str, list[dict[str, Any]]] = {
        "controles": [finding.as_json() for finding in report.findings],
        "leves": [finding.as_json() for finding in report.waived],
        "journal": [entry.as_json() for entry in report.journal],
        "illisibles": [{"fichier": r.file, "raison": r.reason} for r in report.refusals],
    }
    if made is not None:
        said["annotes"] = [
            {"fichier": one.file, "copie": "" if one.reason else one.name, "raison": one.reason}
            | {str(state): count for state, count in one.points.items()}
            for one in made
        ]
    return said


def said_journal(entries: Sequence[Entry]) -> Iterator[str]:
    """Say the journal of corrections: file by file, each reading on a line."""
    if not entries:
        yield "Journal des corrections : tout a été lu tel quel."
        return
    yield f"Journal des corrections : {counted(entries)}"
    for file, inside in groupby(entries, key=lambda entry: entry.file):
        yield f"  {file}"
        for entry in inside:
            where = "!".join(part for part in (entry.sheet, entry.cell) if part)
            about = f" « {entry.column} »" if entry.column else ""
            what = f"{say(entry.read)} → {say(entry.understood)}"
            yield f"    {where}{about} : {what} ({entry.confidence} ; {entry.rule})"


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
    comparing = {rule.code for rule in result.plan.rules if rule.compares}
    changed = sum(finding.code in comparing for finding in result.report.findings)
    if changed:
        count = plural(changed, "changement à vérifier", "changements à vérifier")
        yield f"⚠ {count} depuis le résultat précédent : règles R30 de la feuille « Contrôles »."
    clean = encouraging(result.report, result.plan["actions"])
    yield f"✔ {clean} sans remarque ; {counts(result.report)}."
    yield from _written(target, kept)


def compared(result: Comparison, target: Path, kept: Path | None) -> Iterator[str]:
    """Say what a comparison did."""
    names = listed(one.name for one in result.institutions)
    count = plural(len(result.institutions), "institution comparée", "institutions comparées")
    yield f"{count} : {names}."
    for refusal in result.refusals:
        yield f"✖ {refusal.file} : {refusal.reason}."
    for file, reason in result.set_aside:
        yield f"⚠ {file} écarté : {reason}."
    yield from _written(target, kept)


def prepared(
    result: Preparation, source: Path, folder: Path, kept: Sequence[Path]
) -> Iterator[str]:
    """Say what was prepared for whom, and what is in no workbook."""
    envelopes = result.envelopes
    due = envelopes[0].content.identity("date_retour")
    by = f", à renvoyer pour le {date(due)}" if due else ""
    yield f"{plural(len(envelopes), 'classeur préparé', 'classeurs préparés')}{by} :"
    for envelope in envelopes:
        yield f"  {folder / envelope.file} : {_tasks(envelope)}"
    if result.without:
        count = plural(len(result.without), "service n’a", "services n’ont")
        yield f"⚠ {count} aucune ligne, donc pas de classeur : {listed(result.without)}."
        yield f'  Pour en préparer un : --service "{result.without[0]}".'
    if result.strangers:
        names = listed(f"« {name} »" for name in result.strangers)
        yield f"⚠ Des lignes ont pour service {names}, qui n’est pas dans la liste :"
        yield "  ajoutez-le dans la feuille « Listes » du PST, ou corrigez ces lignes."
    for key, codes in result.ownerless.items():
        named = f" : {listed(codes)}" if len(codes) <= _MOST else ""
        one, many = PST[key].records
        yield f"⚠ À tenir à jour par aucun service, {plural(len(codes), one, many)}{named}."
        yield "  Donnez-leur un service de la liste dans le PST, puis préparez à nouveau."
    if result.left:
        rows = listed(plural(n, *PST[key].records) for key, n in result.left.items())
        yield f"⚠ Dans aucun classeur, faute de lien avec un service : {rows}."
        yield f"  Pour les garder, consolidez {source.name} en même temps que les retours."
    if kept:
        count = plural(len(kept), "fichier précédent gardé", "fichiers précédents gardés")
        yield f"{count} à côté : {kept[0].name}{' …' if len(kept) > 1 else ''}"


def _tasks(envelope: Envelope) -> str:
    """Say what a service finds in its workbook."""
    if envelope.starting:
        return "aucune ligne encore ; tous les OS et OO y sont, pour ses premières actions"
    actions = envelope.rows["actions"]
    said = [f"{plural(actions[OWN], *PST['actions'].records)} à tenir à jour"]
    if actions[PARTNER]:
        said.append(f"{number(actions[PARTNER])} pour information")
    others = {key: counts[OWN] for key, counts in envelope.rows.items() if key != "actions"}
    said += [plural(count, *PST[key].records) for key, count in others.items() if count]
    return ", ".join(said)


def modernised(result: Modernised, target: Path, kept: Path | None) -> Iterator[str]:
    """Say what became of a workbook in today's template: in short, then what must be looked at."""
    plan, version = result.content.plan, result.content.plan.version
    if not result.needed:
        yield f"✔ {result.file} est déjà à la version actuelle du modèle, {version}."
        yield "Rien à moderniser : aucun fichier n’est écrit."
        return
    before = result.before or "sans version"
    yield f"{result.file} : modèle {before} → {version}."
    tables = result.content.tables
    filled = [sheet for sheet in plan.tables if len(tables.get(sheet.key, ()))]
    rows = [plural(len(tables[sheet.key]), *sheet.records) for sheet in filled]
    yield f"✔ Repris : {listed(rows) if rows else 'aucune ligne remplie'}."
    changes = {nature: [c for c in result.changes if c.nature is nature] for nature in Nature}
    for nature in (Nature.LOST, Nature.UNREAD, Nature.REWRITTEN, Nature.KEPT, Nature.RENAMED):
        found = changes[nature]
        sign = "⚠ " if nature in (Nature.LOST, Nature.UNREAD) else ""
        if found:
            yield f"{sign}{nature} :"
        yield from (_said_change(change) for change in found[:_MOST])
        if len(found) > _MOST:
            yield f"  … et {plural(len(found) - _MOST, 'autre')}"
    for nature in (Nature.ADDED, Nature.MOVED, Nature.COMPUTED, Nature.IDENTIFIED):
        if changes[nature]:
            yield f"{nature} dans {listed(dict.fromkeys(c.sheet for c in changes[nature]))}."
    yield "Le relevé complet est la dernière feuille du nouveau classeur."
    yield from _written(target, kept)


def _said_change(change: Change) -> str:
    """Say one change on a line: where, what, which cells, before and after."""
    parts = [f"{change.sheet}, {change.element}"]
    if change.cells:
        parts.append(ranges(change.cells, _SAMPLE))
    values = [say(text) for text in (change.before, change.after) if text]
    said = f" ({' → '.join(values)})" if values else ""
    return f"  {' : '.join(parts)}{said}"


def said_of_template(target: Path, kept: Path | None) -> str:
    """Say that the template is written."""
    return "\n".join(_written(target, kept))


def _written(target: Path, kept: Path | None) -> Iterator[str]:
    yield f"Écrit : {target}"
    if kept is not None:
        yield f"Le fichier précédent est gardé : {kept}"
