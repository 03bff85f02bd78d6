"""The consolidated data as JSON: every table, every row with its provenance, for other programs."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, astuple

from pst_excel.cells.values import RawCell, as_text
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.consolidating.evolution import rounds_of, steps
from pst_excel.consolidating.rounds import columns
from pst_excel.model.outputs import Output
from pst_excel.model.words.kinds import Where
from pst_excel.model.words.roles import Role
from pst_excel.returns.shared_rows import LOCAL


def write(consolidation: Consolidation) -> bytes:
    """Return the tables as records by key; a blank is null, a date is AAAA-MM-JJ."""
    merged = consolidation.merged
    tables = {}
    for key, table in merged.tables.items():
        written = {c.key for c in consolidation.plan[key].inputs if c.stands(Where.WHOLE)}
        columns: dict[str, Sequence[RawCell]] = {
            name: values for name, values in table.columns.items() if name in written
        }
        columns |= {f"{LOCAL}{name}": values for name, values in table.locals.items()}
        rows = zip(*columns.values(), strict=True)
        tables[key] = [dict(zip(columns, row, strict=True)) for row in rows]
    plan = consolidation.plan
    fields = {Role.VERSION: plan.version, Role.OBSERVED: consolidation.observed}
    document = plan.form.keyed(fields) | {
        "tables": tables,
        "conflits": [asdict(conflict) for conflict in consolidation.conflicts],
        "journal": [entry.as_json() for entry in consolidation.journal],
        "controles": [finding.as_json() for finding in consolidation.report.findings],
        "leves": [finding.as_json() for finding in consolidation.report.waived],
        "depuis": _since(consolidation),
        "evolution": _rounds(consolidation),
    }
    return json.dumps(document, ensure_ascii=False, indent=1, default=_moment).encode()


def _since(consolidation: Consolidation) -> dict[str, object] | None:
    """Return what changed since the previous consolidation; None where there was none."""
    since = consolidation.since
    if since is None:
        return None
    return {
        "fichier": since.file, "situation": since.observed, "consolide": since.written,
        "chiffres": [
            {"cle": step.figure.key, "chiffre": step.figure.label, "avant": step.before,
             "maintenant": step.after}
            for step in steps(consolidation)
        ],
        "blocs": [
            {"titre": block.title, "comptes": [*block.counts, *filter(None, [block.undone])],
             "lignes": [dict(zip(_MOVED, astuple(line), strict=True)) for line in block.lines]}
            for block in since.blocks
        ],
        "comptes": {
            key: {str(kind): count for kind, count in sorted(by.items())}
            for key, by in since.counts.items()
        },
        "repondants": {
            "nouveaux": since.answers.first, "encore": since.answers.again,
            "silencieux": since.answers.silent,
        },
    }  # fmt: skip


_MOVED = ("id", "code", "element", "responsable", "avant", "apres", "dit_par")


def _rounds(consolidation: Consolidation) -> list[dict[str, RawCell]]:
    """Return each round under the headings of the ledger."""
    names = [name for name, _ in columns(consolidation.plan)]
    return [dict(zip(names, line, strict=True)) for line in rounds_of(consolidation)]


def _moment(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    if isinstance(value, dt.time | dt.timedelta):
        return as_text(value)
    raise TypeError(f"no JSON form for a {type(value).__name__}")


OUTPUT = Output(
    "donnees",
    ".json",
    "Les données consolidées en JSON, pour un autre programme.",
    Consolidation,
    write,
)
