"""Prefill a workbook for each of 40 services of a PST of 546 actions: one process, then several."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from pst_excel import PST, prepare
from pst_excel.distributing.prepare import prepare as share_out
from pst_excel.excel.books.template import write_template
from pst_excel.model.schema import HEADING_ROW
from pst_excel.reading.reader import read_bytes
from pst_excel.reference.samples import content
from pst_excel.reference.samples.content import MAIN
from pst_excel.returns.tables import Return, Table

SERVICES, ACTIONS = 40, 546


def plan(services: int) -> Return:
    """Return a plan whose actions, indicators and budgets are shared evenly among services."""
    made = content.whole(MAIN)
    names = [f"Service {number:02d}" for number in range(1, services + 1)]
    made.lists["services"] = tuple(names)
    first = [str(code).split(";")[0] for code in made.tables["actions"].columns["code_oo"]]
    codes = [f"{first[n % len(first)]}.{n + 100}" for n in range(ACTIONS)]
    old = made.tables["actions"].columns["code"]
    repeated(made.tables["actions"], [(n % len(old), code) for n, code in enumerate(codes)])
    actions = made.tables["actions"].columns
    actions["code"] = list(codes)
    actions["service_pilote"] = [names[n % services] for n in range(ACTIONS)]
    actions["services_partenaires"] = [names[(n + 1) % services] for n in range(ACTIONS)]
    managers = made.tables["oo"].columns["services"]
    made.tables["oo"].columns["services"] = [names[n % services] for n in range(len(managers))]
    for sheet in ("indicateurs", "budget"):
        linked: dict[object, list[int]] = {}
        for at, code in enumerate(made.tables[sheet].columns["code_lie"]):
            linked.setdefault(code, []).append(at)
        places = [(at, code) for n, code in enumerate(codes)
                  for at in linked.get(old[n % len(old)], ())]  # fmt: skip
        repeated(made.tables[sheet], places)
        made.tables[sheet].columns["code_lie"] = [code for _, code in places]
    return made


def repeated(table: Table, places: list[tuple[int, str]]) -> None:
    """Replace the rows of a table by some of them, again and again, each with an id of its own."""
    for key, values in table.columns.items():
        table.columns[key] = [values[at] for at, _ in places]
    table.columns["id"] = [f"{ident}-{code}" for ident, (_, code) in
                           zip(table.columns["id"], places, strict=True)]  # fmt: skip
    table.rows[:] = range(HEADING_ROW + 1, HEADING_ROW + 1 + len(places))


def timed(source: Path, folder: Path, workers: int | None) -> float:
    """Return the time in seconds of one whole run: read, share out, write."""
    start = time.perf_counter()
    prepare(source, folder, workers=workers)
    return time.perf_counter() - start


def main() -> None:
    """Print the times and their ratio."""
    services = int(sys.argv[1]) if len(sys.argv) > 1 else SERVICES
    data = write_template(plan(services))
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "PST.xlsx"
        source.write_bytes(data)
        one = timed(source, Path(name) / "un", 1)
        several = timed(source, Path(name) / "plusieurs", None)
        written = sum(file.stat().st_size for file in (Path(name) / "un").iterdir())
    whole = read_bytes(data, "PST.xlsx", PST)
    start = time.perf_counter()
    share_out(whole)
    shared = time.perf_counter() - start
    print(f"{services} services, {ACTIONS} actions: one process {one:.1f} s, pool {several:.1f} s")
    print(f"  the pool is {one / several:.2f} x as fast")
    print(f"  who receives what is {shared / one:.1%} of one process")
    print(f"  {written / services / 1e3:.0f} kB a workbook")


if __name__ == "__main__":
    main()
