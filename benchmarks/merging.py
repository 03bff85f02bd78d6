"""Time what merging N returns costs beside reading them: sends, answers and the plan all known.

Each service was sent its rows, changed two cells, added a row and removed none; the plan itself
moved on meanwhile. `merging` is all that `consolidate` does before its checks and its workbook.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from workload import write_returns

from pst_excel import PST, read_files
from pst_excel.consolidating.choosing import Archive
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.distributing.prepare import prepare
from pst_excel.excel.books.template import OUTPUT
from pst_excel.returns.tables import Return, Table
from pst_excel.workers.loading import shared

DAY = dt.date(2026, 10, 31)


def edited(sent: Return) -> Return:
    """Return a workbook as its service sends it back: two cells changed, a row added."""
    table = sent.tables["actions"]
    columns = {key: list(values) for key, values in table.columns.items()}
    own = [at for at, role in enumerate(columns["role"]) if not role]
    columns["avancement"][own[0]] = 77.0
    columns["commentaire"][own[1]] = "Vu par le service"
    for key, values in columns.items():
        values.append({"code": f"{columns['code'][own[0]]}9", "intitule": "Action nouvelle",
                       "service_pilote": sent.service}.get(key))  # fmt: skip
    added = Table(table.sheet, table.title, columns, [*table.rows, max(table.rows) + 1], {})
    return replace(sent, tables=sent.tables | {"actions": added})


def main() -> None:
    """Print the times of reading and merging, and their ratio."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_returns(folder, count)
        first = consolidate(read_files(folder).returns, PST, DAY)
        plan = replace(first.merged, file="PST.xlsx", digest="plan")
        sends = [workbook.content for workbook in prepare(plan, due=dt.date(2027, 3, 31)).workbooks]
        answers = list(shared(OUTPUT.write, [edited(sent) for sent in sends], 8))
        for sent, data in zip(sends, answers, strict=True):
            (folder / sent.file).write_bytes(data)
        files = [folder / sent.file for sent in sends]
        start = time.perf_counter()
        returns = read_files(files).returns
        reading = time.perf_counter() - start
        one = time.perf_counter()
        read_files(files, workers=1)
        alone = time.perf_counter() - one
    start = time.perf_counter()
    result = consolidate(returns, PST, DAY, previous=plan, archive=Archive(sends))
    merging = time.perf_counter() - start
    rows = sum(map(len, result.merged.tables.values()))
    done = result.account
    print(f"{count} returns, {rows} rows, {done.taken} changes, {done.added} new rows")
    print(f"reading {reading:.2f} s on every core, {alone:.2f} s on one; merging {merging:.2f} s")
    print(f"merging / reading: {merging / reading:.2f} and {merging / alone:.2f}")


if __name__ == "__main__":
    main()
