"""What a notebook shows of a check: what was found by severity, most often, and in which sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from pst_excel.model.findings import Finding, Severity
from pst_excel.model.words.wording import number, plural
from pst_excel.returns.tables import Refusal
from pst_excel.text.html import Grid, card

_OFTEN = 6  # messages that are named


def page(
    findings: Sequence[Finding], refusals: Sequence[Refusal], rows: Mapping[str, int],
    clean: Mapping[str, int], accepted: int, files: int,
) -> str:  # fmt: skip
    """Return a report of so many files as HTML; `accepted` findings are not counted."""
    by_severity = Counter(finding.severity for finding in findings)
    counts = [plural(by_severity[one], *one.names) for one in Severity if by_severity[one]]
    often = Counter((one.code, one.severity, one.title) for one in findings).most_common()
    said = [(title, _with_sign(one), code, number(n)) for (code, one, title), n in often[:_OFTEN]]
    sheets = [
        (sheet, number(count), number(clean.get(sheet, 0)))
        for sheet, count in rows.items()
        if count
    ]
    total, sound = sum(rows.values()), sum(clean.values())
    facts = [
        ", ".join(counts) or "rien à signaler",
        f"{plural(total, 'ligne')}, dont {number(sound)} sans remarque",
        plural(len(refusals), "fichier refusé", "fichiers refusés") if refusals else "",
        plural(accepted, "remarque acceptée", "remarques acceptées") if accepted else "",
    ]
    headings = ("Message", "Gravité", "Code", "Fois")
    return card(
        f"Contrôle de {plural(files, 'retour')}", facts,
        Grid("Les messages les plus fréquents", headings, said, frozenset({3}), len(often)),
        Grid("Lignes par feuille", ("Feuille", "Lignes", "Sans remarque"), sheets,
             frozenset({1, 2})),
    )  # fmt: skip


def _with_sign(severity: Severity) -> str:
    return f"{severity.sign} {severity}"
