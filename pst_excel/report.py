"""What the command says on the screen, in French: grouped, the worst first, the good news too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from pst_excel.checking import Report
from pst_excel.comparing import Comparison
from pst_excel.consolidating import Consolidation, doubtful
from pst_excel.errors import UsageError
from pst_excel.findings import Finding, Severity
from pst_excel.outputs.palette import SEVERITY
from pst_excel.outputs.reports import counts, encouraging
from pst_excel.parsing import Value
from pst_excel.pst import PST
from pst_excel.wording import listed, plural, ranges

_SAMPLE = 3
_LEGISLATURE = re.compile(r"(\d{4})\s*[-–/]\s*(\d{4})")


def text_report(report: Report, read: int) -> Iterator[str]:
    """Say a report: findings by sheet and sentence, the worst first, then the positive count."""
    for severity in Severity:
        found = [f for f in report.findings if f.severity is severity]
        if found:
            yield f"{SEVERITY[severity][2]} {plural(len(found), str(severity)).upper()}"
            yield from _grouped(found, many=read > 1)
            yield ""
    for refusal in report.refusals:
        yield f"✖ {refusal.file} : {refusal.reason}."
    if report.refusals:
        yield ""
    if not read:
        return
    said = [encouraging(report, sheet) for sheet in PST.tables if report.rows.get(sheet.title)]
    if said:
        where = f", dans {read} classeurs" if read > 1 else ""
        yield f"✔ Sans remarque{where} : {listed(said)}."
    else:
        yield "Aucune ligne remplie pour le moment."
    if report.understood:
        cells = plural(report.understood, "cellule comprise", "cellules comprises")
        yield f"{cells} malgré leur forme (date ou nombre en texte, synonyme, préfixe de code …)."
    yield f"{plural(read, 'classeur lu', 'classeurs lus')} : {counts(report)}."


def _grouped(findings: list[Finding], many: bool) -> Iterator[str]:
    """Say findings of one severity, those of one sheet and one sentence together."""
    key = _sentence
    for (_, sheet, code, title, column), group in groupby(sorted(findings, key=key), key=key):
        same = list(group)
        about = f"{sheet}, « {column} »" if column else sheet or same[0].file
        yield f"  {about} — {title} [{code}]"
        for file, inside in groupby(same, key=lambda f: f.file):
            cells = [f.cell for f in inside if f.cell]
            where = f"{sheet}!{ranges(cells)}" if cells else ""
            if many or not where:
                where = f"{file} : {where}" if where else file
            yield f"      {where}"
        for message in list(dict.fromkeys(f.message for f in same))[:_SAMPLE]:
            yield f"      · {message}"
        if len({f.message for f in same}) > _SAMPLE:
            yield f"      · … et {plural(len({f.message for f in same}) - _SAMPLE, 'autre')}"
        read = list(dict.fromkeys(f.read for f in same if f.read))
        if read:
            more = " …" if len(read) > _SAMPLE else ""
            yield f"      lu : {', '.join(read[:_SAMPLE])}{more}"
        if same[0].expected:
            yield f"      attendu : {same[0].expected}"
        yield f"      à faire : {same[0].remedy}"


def _sentence(finding: Finding) -> tuple[int, str, str, str, str]:
    return finding.order, finding.sheet, finding.code, finding.title, finding.column


def consolidated(result: Consolidation, target: Path, kept: Path | None) -> Iterator[str]:
    """Say what a consolidation did."""
    received = plural(len(result.returns), "retour consolidé", "retours consolidés")
    rows = result.report.rows
    filled = ", ".join(f"{title} {count}" for title, count in rows.items() if count)
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
    if result.previous is not None:
        yield "✔ L’évaluation déjà écrite dans le fichier précédent est reprise."
    if result.forgotten:
        yield f"⚠ Rien n’est repris du fichier précédent : {result.forgotten}."
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


def said_of_template(target: Path, kept: Path | None) -> str:
    """Say that the template is written."""
    return "\n".join(_written(target, kept))


def _written(target: Path, kept: Path | None) -> Iterator[str]:
    yield f"Écrit : {target}"
    if kept is not None:
        yield f"Le fichier précédent est gardé : {kept}"


def template_values(
    legislature: str, name: str | None, ins: str | None, kind: str | None
) -> tuple[tuple[int, int], dict[str, Value]]:
    """Return the legislature and the identification that the options of `modele` mean.

    Raises: UsageError with what is expected.
    """
    years = _LEGISLATURE.fullmatch(legislature.strip())
    if years is None:
        raise UsageError(
            f"« {legislature} » n’est pas une législature ; écrivez par exemple 2024-2030"
        )
    if ins is not None and not re.fullmatch(r"\d{5}", ins):
        raise UsageError(f"« {ins} » n’est pas un code INS ; il compte cinq chiffres")
    labels = {"commune": "Commune", "cpas": "CPAS", "province": "Province"}
    values: dict[str, Value] = {"nom": name, "ins": ins, "type": labels.get(kind or "")}
    return (int(years[1]), int(years[2])), {k: value for k, value in values.items() if value}
