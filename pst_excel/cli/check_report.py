"""A report of checks as the screen says it: grouped, the worst first, the good news too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from pst_excel.checking.grouping import MANY
from pst_excel.checking.report import Report
from pst_excel.checking.summary import NOTHING_FILLED, by_severity, clean_sheets, counts
from pst_excel.model.findings import Finding, Severity
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.wording import date, listed, number, plural, ranges, share
from pst_excel.pst import PST
from pst_excel.returns.journal import counted

_SAMPLE = 3
_PLACES = MANY
_SERVICES = 40


def text_report(report: Report, read: int) -> Iterator[str]:
    """Say a report: findings by sheet and sentence, the worst first, then the positive count."""
    yield from said_stages(report)
    for severity in Severity:
        found = [f for f in report.findings if f.severity is severity]
        if found:
            yield f"{severity.sign} {plural(len(found), *severity.names).upper()}"
            yield from _grouped(found, many=read > 1)
            yield ""
    yield from _waived(report.waived, many=read > 1)
    for refusal in report.refusals:
        yield f"✖ {refusal.file} : {refusal.reason}."
    if report.refusals:
        yield ""
    if not read:
        return
    yield from _by_service(report.findings)
    yield from _complete(report)
    clean = clean_sheets(report, PST)
    if clean:
        where = f", dans {read} classeurs" if read > 1 else ""
        yield f"✔ Sans remarque{where} : {listed(clean)}."
    else:
        yield NOTHING_FILLED
    if report.journal:
        them = "les" if len(report.journal) > 1 else "la"
        yield f"{counted(report.journal)} (nombre en texte, synonyme …) : --journal {them} montre."
    aside = len(report.refusals)
    more = f", {plural(aside, 'écarté')}" if aside else ""
    day = f", au {date(report.observed)}" if report.observed else ""
    yield f"{plural(read, 'classeur lu', 'classeurs lus')}{more}{day} : {counts(report)}."


def said_stages(report: Report) -> Iterator[str]:
    """Say at which stage drafts and plans to be adopted were checked, and what waits."""
    stages = Counter(report.stages.values())
    for stage, count in stages.items():
        waiting = sum(not rule.stage.reached(stage) for rule in PST.rules)
        if waiting:
            files = f", {plural(count, 'classeur')}" if len(stages) > 1 else ""
            rules = plural(waiting, "règle ne parle", "règles ne parlent")
            yield f"Étape « {stage.label} »{files} : {rules} que plus tard."
    if any(stage is Stage.DRAFT for stage in stages):
        yield "Un brouillon n’est blâmé que de ce qui est faux, et des codes qui manquent."
        yield ""


def _waived(findings: Sequence[Finding], many: bool) -> Iterator[str]:
    """Say what somebody accepted, why, by whom and until when."""
    if not findings:
        return
    yield f"○ {plural(len(findings), 'REMARQUE LEVÉE', 'REMARQUES LEVÉES')} PAR DÉROGATION"
    for (code, title, why), same in groupby(
        sorted(findings, key=lambda f: (f.code, f.title, f.waived)),
        key=lambda f: (f.code, f.title, f.waived),
    ):
        yield f"  {title} [{code}] : {why}"
        yield from _places(same, many)
    yield ""


def _by_service(findings: Sequence[Finding]) -> Iterator[str]:
    """Say how many findings each service has, those with the most of the worst first."""
    by: dict[str, list[Severity]] = {}
    for f in findings:
        if f.service:
            by.setdefault(f.service, []).append(f.severity)
    if len(by) < 2:
        return
    counted = {name: [found.count(severity) for severity in Severity] for name, found in by.items()}
    worst = sorted(by, key=lambda name: ([-n for n in counted[name]], name))
    width = max(map(len, worst[:_SERVICES]))
    yield "Par service :"
    for name in worst[:_SERVICES]:
        yield f"  {name:<{width}}  {by_severity(by[name])}"
    if len(worst) > _SERVICES:
        yield f"  … et {plural(len(worst) - _SERVICES, 'autre')}"


def _complete(report: Report) -> Iterator[str]:
    """Say how full each sheet is, and what is missing most."""
    if report.complete:
        scores = (f"{part.sheet.title} {share(part.score)}" for part in report.complete)
        yield f"Complétude : {' · '.join(scores)}"
    for part in report.complete:
        lacking = [f"{label} ({number(count)})" for label, count in part.lacking[:_SAMPLE]]
        more = len(part.lacking) - len(lacking)
        lacking += [plural(more, "autre colonne", "autres colonnes")] if more > 0 else []
        if lacking:
            yield f"  cellules vides dans {part.sheet.title} : {listed(lacking)}"


def _grouped(findings: list[Finding], many: bool) -> Iterator[str]:
    """Say findings of one severity, those of one sheet and one sentence together."""
    key = _sentence
    for (_, sheet, code, title, column), group in groupby(sorted(findings, key=key), key=key):
        same = list(group)
        about = f"{sheet}, « {column} »" if column else sheet or same[0].file
        yield f"  {about} — {title} [{code}]"
        yield from _places(same, many)
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


def _places(findings: Iterable[Finding], many: bool) -> Iterator[str]:
    """Say where findings are, each with its row in words; of `many` files, in which.

    Of very many in one sheet, the last ones are cells alone.
    """
    for (file, sheet), inside in groupby(findings, key=lambda f: (f.file, f.sheet)):
        same = list(inside)
        places = dict.fromkeys(
            ", ".join(
                filter(None, (f"{sheet}!{f.cell} {f.to_see}".rstrip() if f.cell else "", f.record))
            )
            for f in same[:_PLACES]
        )
        for place in places:
            told = (file, place) if many or not place else (place,)
            yield f"      {' : '.join(filter(None, told))}"
        rest = same[_PLACES:]
        if rest:
            where = f"{sheet}!{ranges(f.cell for f in rest)}"
            others = f"et {plural(len(rest), 'autre')} : {where}"
            yield f"      {file} : {others}" if many else f"      {others}"


def _sentence(finding: Finding) -> tuple[int, str, str, str, str]:
    return finding.subject.rank, finding.sheet, finding.code, finding.title, finding.column
