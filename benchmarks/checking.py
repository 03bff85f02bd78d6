"""What all the rules cost at scale: many copies of a whole plan, against pandas merely grouping it.

The base reads the five large frames from Parquet and, once for each rule, counts the rows by source
and by the column that the rule points at, the first where it points at several.
"""

from __future__ import annotations

import importlib.util
import platform
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
from timing import best

from pst_excel import PST
from pst_excel.checking.checker import check_batch
from pst_excel.model.joins import source_of
from pst_excel.model.rules import RuleView
from pst_excel.model.words.stages import Stage
from pst_excel.reference.samples import content
from pst_excel.returns.frames import Batch

COPIES, RUNS, SLOWEST, TARGET = 1000, 3, 10, 2.0
READ = ("actions", "oo", "os", "indicateurs", "budget")
PLACES = [(rule, sheet, key) for rule in PST.rules for sheet, key in rule.places(PST)]


def batch_of(copies: int) -> Batch:
    """Return a batch of copies of a whole plan, each with itself as the state before."""
    one = content.whole(content.MAIN)
    return Batch([replace(one, before=one)] * copies, PST, content.OBSERVED, stage=Stage.EVALUATION)


def base(batch: Batch, folder: Path, parts: list[tuple[float, float]]) -> None:
    """Read the large frames and group once for each rule, keeping the time of both parts."""
    start = time.perf_counter()
    read = {sheet: pd.read_parquet(folder / f"{sheet}.parquet") for sheet in READ}
    frames = batch.frames | read
    between = time.perf_counter()
    for rule in PST.rules:
        sheet, key = rule.places(PST)[0]
        frame = frames[sheet]
        frame.groupby([source_of(frame), frame[key]]).size()
    parts.append((between - start, time.perf_counter() - between))


def rules(batch: Batch, times: dict[str, float]) -> None:
    """Run each rule at each of its places, keeping the best time of each rule."""
    earlier = batch.before.frames if batch.before else {}
    spent = dict.fromkeys((rule.code for rule in PST.rules), 0.0)
    memory: dict[Any, Any] = {}
    for rule, sheet, key in PLACES:
        start = time.perf_counter()
        view = RuleView(
            batch.frames, batch.parameters, sheet, key, earlier, memory, batch.plan.waivable
        )
        rule.marked(view)
        spent[rule.code] += time.perf_counter() - start
    for code, seconds in spent.items():
        times[code] = min(times.get(code, seconds), seconds)


def report(batch: Batch, folder: Path) -> None:
    """Print the base, the rules, their ratio and the slowest of them."""
    for sheet in READ:
        batch.frames[sheet].to_parquet(folder / f"{sheet}.parquet")
    times: dict[str, float] = {}
    parts: list[tuple[float, float]] = []
    # Not in turn: after the rules the base would pay for fresh memory, and look slower than it is.
    (whole,) = best(RUNS, lambda: base(batch, folder, parts))
    (all_rules,) = best(RUNS, lambda: rules(batch, times))
    reading, grouping = min(parts, key=sum)
    print(
        f"base: {whole:.2f} s (reading {reading:.2f} s,"
        f" {len(PST.rules)} groupings {grouping:.2f} s)"
    )
    print(f"the {len(PST.rules)} rules at their {len(PLACES)} places: {all_rules:.2f} s")
    print(f"  ratio {all_rules / whole:.2f} (to reach: at most {TARGET:.0f})")
    slowest = sorted(times.items(), key=lambda item: item[1], reverse=True)[:SLOWEST]
    print("  slowest: " + ", ".join(f"{code} {seconds * 1e3:.0f} ms" for code, seconds in slowest))


def main() -> None:
    """Print the figures for the copies and the storage of texts asked: [N] [python|pyarrow]."""
    if importlib.util.find_spec("pyarrow") is None:
        sys.exit("pyarrow is missing: this benchmark reads Parquet, which pandas leaves to it.")
    copies = int(sys.argv[1]) if len(sys.argv) > 1 else COPIES
    if len(sys.argv) > 2:
        pd.set_option("mode.string_storage", sys.argv[2])
    start = time.perf_counter()
    batch = batch_of(copies)
    filled = time.perf_counter() - start
    assert batch.before is not None  # built here, so that no rule pays for it
    backend = pd.Series([""], dtype="str").dtype.storage
    rows = len(batch.frames["actions"])
    print(f"{copies} copies, {rows} actions; pandas {pd.__version__}, texts in {backend},"
          f" Python {platform.python_version()}")  # fmt: skip
    print(f"frames and computed columns: {filled:.2f} s")
    with tempfile.TemporaryDirectory() as name:
        report(batch, Path(name))
    start = time.perf_counter()
    findings = check_batch(batch)
    print(f"check_batch, {len(findings)} findings told: {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main()
