"""What tables for analysts cost, beside what they are made from: every figure a ratio of one run.

Tables of a plan over its consolidation, `validate` of the tables of the samples over `check` of
their workbooks, and how much a shell or a notebook shows of each result.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pst_excel import PST, annotate, check, compare, consolidate, read_files, validate
from pst_excel.reading.reader import read_bytes

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
RUNS = 5


def least(work: Callable[[], Any]) -> float:
    """Return the least processor time of several runs, the first one left out."""
    work()
    taken = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def main() -> None:
    """Print the ratios and the sizes."""
    found = read_files(SAMPLES / "retours")
    files = [path.read_bytes() for path in found.files.values()]
    plan = consolidate(found)
    report = check(found)
    checked = least(lambda: check(found))
    read = least(lambda: [read_bytes(data, "retour.xlsx", PST) for data in files])
    frames = found.frames()
    tables = least(plan.frames)
    schemas = PST.schemas()
    print(f"plan.frames() / check(found)           {tables / checked:.2f}")
    print(f"found.frames() / check(found)          {least(found.frames) / checked:.2f}")
    validated = least(lambda: validate(frames))
    print(f"validate(frames) / reading and check   {validated / (read + checked):.2f}")
    failing = least(lambda: schemas.failures(plan.frames())) - tables
    print(f"schemas.failures(frames) / check(found) {failing / checked:.2f}")
    results = {
        "found": found, "report": report, "plan": plan, "PST": PST,
        "comparison": compare(SAMPLES / "institutions"),
    }  # fmt: skip
    for name, result in results.items():
        html = result._repr_html_() if hasattr(result, "_repr_html_") else ""
        print(f"{name:12} repr {len(repr(result)):5} characters, in a notebook {len(html):6}")
    with tempfile.TemporaryDirectory() as folder:
        print(f"annotate()   repr {len(repr(annotate(found, report, folder)))} characters")


if __name__ == "__main__":
    main()
