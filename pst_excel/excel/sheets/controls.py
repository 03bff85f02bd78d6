"""The sheets of the controls: what to correct, how many by rule and by service, what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from pst_excel.checking.grouping import SERVICES, gathered
from pst_excel.checking.summary import counts, encouraging
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.excel import palette
from pst_excel.excel.formats import when
from pst_excel.excel.sheets.table import colour_severities, signed, write_table
from pst_excel.excel.xlsx import BookWriter
from pst_excel.model.catalogue import CATALOGUE
from pst_excel.model.findings import FOUND, RECORD, Finding, Severity
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.titles import BILAN, COMPLETUDE, CONTROLES
from pst_excel.model.words.wording import plural, share

WAIVED = "○ levée"


def write_controls(book: BookWriter, consolidation: Consolidation, context: str) -> None:
    """Write the findings, the worst first, each leading to its cell, then those that are waived."""
    report = consolidation.report
    page = book.sheet(CONTROLES, palette.TABS["program"])
    together = gathered(report.findings)
    fewer = len(together) < len(report.findings)
    lines = f", en {plural(len(together), 'ligne')}" if fewer else ""
    good = f"{encouraging(report, consolidation.plan.main)} sans remarque."
    page.heading(CONTROLES, f"{good} {counts(report).capitalize()}{lines}.", 0)
    columns = (
        ("Gravité", 15), ("Code", 8), ("Feuille", 14), ("Cellule", 9), (RECORD, 34),
        ("Service", 20), (FOUND, 60), ("Lu", 22), ("Attendu", 44), ("À faire", 58),
        ("Provenance", 50),
    )  # fmt: skip
    found = [*together, *report.waived]
    if not found:
        page.put(2, 0, "Aucune remarque : merci !", book.format(bold=True))
    # On paper the cell that is named is enough; where it was read is a click away on the screen.
    write_table(page, columns, [_line(f, consolidation) for f in found], context, aside=1)
    link = book.format(palette.LINK, palette.RULED, palette.TEXTS)
    written = {sheet.title for sheet in consolidation.plan if not sheet.program}
    for at, f in enumerate(found):
        if f.cell and f.sheet in written and f.file == consolidation.merged.file:
            page.link(HEADING_ROW + at, 3, f.sheet, f.cell, f.cell, link)
    colour_severities(page, 0, len(found))
    area = (HEADING_ROW, 0, HEADING_ROW + max(len(found) - 1, 0), len(columns) - 1)
    grey = book.mark({"font_color": palette.GREY, "italic": True})
    page.mark(area, when(f'$A{HEADING_ROW + 1}="{WAIVED}"', grey))


def _line(f: Finding, consolidation: Consolidation) -> tuple[str, ...]:
    # The sheets of the program are laid out anew: a row there is found by its code.
    computed = {sheet.title for sheet in consolidation.plan if sheet.program}
    titles = {t.title: t.sheet for t in consolidation.merged.tables.values()}
    origin = consolidation.origin(titles.get(f.sheet, ""), f.row) if f.row else ""
    origin = origin or (f.file if f.file != consolidation.merged.file else "")
    return (
        WAIVED if f.waived else signed(f.severity), f.code, f.sheet,
        "" if f.sheet in computed else f.cell, f.record, f.service or f.words.get(SERVICES, ""),
        f.message, f.read, f.expected,
        f"Dérogation : {f.waived}" if f.waived else f.remedy, origin,
    )  # fmt: skip


def write_counts(book: BookWriter, consolidation: Consolidation, context: str) -> None:
    """Write how many findings there are by rule, then by service."""
    report = consolidation.report
    page = book.sheet(BILAN, palette.TABS["program"])
    rules = sum(1 for rule in consolidation.plan.rules if not rule.trial)
    trial = len(consolidation.plan.rules) - rules
    page.heading(
        BILAN,
        f"{plural(rules, 'règle')} et {plural(len(CATALOGUE), 'message')} de structure ont été"
        f" vérifiés ; {plural(trial, 'règle')} à l’essai. {counts(report).capitalize()}.", 0,
    )  # fmt: skip
    columns = (
        ("Vue", 14), ("Code ou service", 30), ("Ce qui est trouvé", 62), ("Erreurs", 9),
        ("Avertissements", 16), ("Conseils", 10), ("À l’essai", 10), ("Levées", 9), ("Total", 9),
    )  # fmt: skip
    rows = [
        *_counted("Par règle", report.findings, report.waived, lambda f: f.code, _titles),
        *_counted("Par service", report.findings, report.waived, _service, lambda _: {}),
    ]
    write_table(page, columns, rows, context)


def _service(finding: Finding) -> str:
    return finding.service or "(sans service)"


def _titles(findings: Iterable[Finding]) -> dict[str, str]:
    return {f.code: f.title for f in findings}


def _counted(
    view: str,
    findings: list[Finding],
    waived: Iterable[Finding],
    key: Callable[[Finding], str],
    titles: Callable[[Iterable[Finding]], dict[str, str]],
) -> Iterator[Sequence[object]]:
    """Give one row for each key, those with the most of the worst first."""
    accepted = list(waived)
    by_key: dict[str, Counter[Severity]] = {key(f): Counter() for f in accepted}
    for f in findings:
        by_key.setdefault(key(f), Counter())[f.severity] += 1
    let_go = Counter(key(f) for f in accepted)
    names = titles([*findings, *accepted])
    worst = sorted(
        by_key.items(), key=lambda kv: ([-kv[1][severity] for severity in Severity], kv[0])
    )
    for name, by in worst:
        numbers = [by[severity] or None for severity in Severity]
        yield (view, name, names.get(name, ""), *numbers, let_go[name] or None, by.total())


def write_completeness(book: BookWriter, consolidation: Consolidation, context: str) -> None:
    """Write how complete each sheet is, and which columns keep it from being whole."""
    page = book.sheet(COMPLETUDE, palette.TABS["program"])
    parts = consolidation.report.complete
    words = " · ".join(f"{part.sheet.title} {share(part.score)}" for part in parts)
    page.heading(
        COMPLETUDE,
        f"{words or 'Aucune ligne remplie'}. Chaque colonne obligatoire ou recommandée compte pour"
        " autant ; « Points perdus » dit ce que ses cellules vides coûtent à la feuille.", 0,
    )  # fmt: skip
    columns = (
        ("Feuille", 16), ("Lignes", 9), ("Complétude", 13), ("Colonne", 34), ("Cellules vides", 15),
        ("Points perdus", 15),
    )  # fmt: skip
    rows = [
        (part.sheet.title, part.rows, part.score, label, blank, blank / part.expected)
        for part in parts
        for label, blank in (part.lacking or (("(rien ne manque)", 0),))
    ]
    shares = {2: palette.SHARE, 5: palette.SMALL_SHARE}
    write_table(page, columns, rows, context, shares=shares)
