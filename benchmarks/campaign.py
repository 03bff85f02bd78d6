"""Consolidate N returns, then again with one of them changed, over what the first run wrote.

Typed returns are kept in a cache between both; the second run is also done without, in a copy of
the folder, to see that the same bytes are written. Times are those of the clock and of all the
processors together, which other programs disturb less.
"""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

from workload import write_returns

from pst_excel import PST, Options, read_files
from pst_excel.api.runs import run_consolidation
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.kinds import Where
from pst_excel.ooxml.workbook import Workbook
from pst_excel.returns.cache import ReturnCache
from pst_excel.returns.tables import geometry

RETURNS, TARGET = "retours", "PST_consolide.xlsx"


def change(path: Path) -> None:
    """Say in a return that its first action has moved, as its service would."""
    letters = geometry(PST["actions"], where=Where.RETURN)
    with Workbook.open(path) as book:
        actions = book[PST["actions"].title]
        actions.cell(f"{letters['avancement']}{HEADING_ROW + 1}").set(77)
        actions.cell(f"{letters['commentaire']}{HEADING_ROW + 1}").set("Vu par le service")


def spent() -> float:
    """Return the seconds of processor that this program and its processes have taken."""
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def run(folder: Path, cache: ReturnCache | None, title: str) -> tuple[float, float]:
    """Consolidate the returns of a folder in it; return the times, of the clock and processors."""
    options = Options(cache=cache)
    clock, processors = time.perf_counter(), spent()
    loaded = read_files(folder / RETURNS, options=options)
    reading = time.perf_counter() - clock
    result, written = run_consolidation(folder / TARGET, loaded, options=options)
    clock, processors = time.perf_counter() - clock, spent() - processors
    how = "in place" if written.update and written.update.in_place else "anew"
    print(
        f"  {title}: {clock:.1f} s, {reading:.1f} of them to read the returns;"
        f" {processors:.1f} s of processor; {result.account.taken} changes, written {how}"
    )
    return clock, processors


def main() -> None:
    """Print the times, their ratio, and whether the same was written without the cache."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as name:
        first, other = Path(name) / "avec", Path(name) / "sans"
        (first / RETURNS).mkdir(parents=True)
        paths = write_returns(first / RETURNS, count)
        cache = ReturnCache(Path(name) / "cache")
        print(f"{count} returns of 12 actions, then one of them changed")
        before = run(first, cache, "first run")
        change(paths[count // 2])
        shutil.copytree(first, other)
        after = run(first, cache, "second run, with the cache")
        bare = run(other, None, "second run, without")
        clock, processors = (late / early for late, early in zip(after, before, strict=True))
        print(f"second / first: {clock:.2f} x, {processors:.2f} x of processor (to reach: 0.10)")
        print(f"without the cache: {bare[0] / before[0]:.2f} x, {bare[1] / before[1]:.2f} x")
        same = (first / TARGET).read_bytes() == (other / TARGET).read_bytes()
        print(f"the same bytes with and without the cache: {'yes' if same else 'NO'}")


if __name__ == "__main__":
    main()
