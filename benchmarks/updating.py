"""Bring a consolidated workbook up to date in place, and write it anew: the sample, 546 actions."""

from __future__ import annotations

from dataclasses import replace

from preparing import SERVICES, plan
from timing import best

from pst_excel import PST
from pst_excel.consolidating.consolidate import Consolidation, consolidate
from pst_excel.excel.books.consolidated import write
from pst_excel.excel.books.template import write_template
from pst_excel.reading.reader import read_bytes
from pst_excel.reference.samples import content
from pst_excel.reference.samples.content import MAIN
from pst_excel.returns.tables import Return, Table
from pst_excel.updating.update import updated

RUNS = 3
NAME = "PST_consolide.xlsx"


def united(whole: Return) -> Consolidation:
    """Return the plan of a whole workbook, as `consolider` makes it."""
    return consolidate([read_bytes(write_template(whole), "PST.xlsx", PST)], PST, content.OBSERVED)


def part(table: Table, every: int) -> Table:
    """Return a table without one row of so many."""
    kept = [at for at in range(len(table)) if every < 2 or at % every]
    columns = {key: [values[at] for at in kept] for key, values in table.columns.items()}
    added = {name: [values[at] for at in kept] for name, values in table.locals.items()}
    return replace(table, columns=columns, rows=table.rows[: len(kept)], locals=added)


def smaller(whole: Return, every: int) -> Return:
    """Return a plan without one action and one line of the budget of so many."""
    tables = {key: part(whole.tables[key], every) for key in ("actions", "budget")}
    return replace(whole, tables=whole.tables | tables)


def compared(title: str, whole: Return) -> None:
    """Print the times of one plan."""
    wanted = united(whole)
    anew = write(wanted)
    known = read_bytes(anew, NAME, PST)
    old = write(united(smaller(whole, 12)))
    before = read_bytes(old, NAME, PST)
    one = updated(old, before, replace(wanted))
    assert one.in_place, one.reason
    fresh, same, more = best(
        RUNS,
        lambda: write(replace(wanted)),
        lambda: updated(anew, known, replace(wanted)),
        lambda: updated(old, before, replace(wanted)),
    )
    tables = wanted.merged.tables
    places = len(tables["actions"]) - len(before.tables["actions"])
    print(f"{title}: {len(tables['actions'])} actions, {len(tables['budget'])} lines of budget")
    print(f"  written anew {fresh:.2f} s, checks included")
    print(f"  in place, nothing new {same:.2f} s, {same / fresh:.1f} x")
    print(f"  in place, rows at {places} places of Actions {more:.2f} s, {more / fresh:.1f} x")


def main() -> None:
    """Print the times and their ratios."""
    compared("sample", content.whole(MAIN))
    compared("large", plan(SERVICES))


if __name__ == "__main__":
    main()
