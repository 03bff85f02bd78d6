"""Show how time and peak memory of `consolider` grow with the rows: 30 returns, then 300."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from workload import write_returns

SIZES = (30, 300)


def run(folder: Path, target: Path) -> tuple[float, float]:
    """Return the time in seconds and the peak memory in MB of one consolidation."""
    code = (
        "import resource, runpy, sys\n"
        "try:\n    runpy.run_module('pst_excel', run_name='__main__')\n"
        "except SystemExit:\n    pass\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)\n"
    )
    start = time.perf_counter()
    command = [sys.executable, "-c", code, "consolider", str(folder), "-o", str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    peak = float(done.stderr.split()[-1]) / (1 if sys.platform == "darwin" else 1e3)
    return time.perf_counter() - start, peak


def main() -> None:
    """Print both sizes and the ratios, the fixed cost of starting taken out and left in."""
    figures = []
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", "import pst_excel.api.consolidating, pandera.pandas"], check=True
    )
    fixed = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as name:
        for size in SIZES:
            folder = Path(name) / str(size)
            folder.mkdir()
            write_returns(folder, size)
            figures.append(run(folder, Path(name) / f"{size}.xlsx"))
            print(f"{size} returns: {figures[-1][0]:.1f} s, peak {figures[-1][1]:.0f} MB")
    (small, low), (large, high) = figures
    print(f"imports alone {fixed:.1f} s")
    print(f"10 x the rows: time x {large / small:.1f} ({(large - fixed) / (small - fixed):.1f}"
          f" without the imports), memory x {high / low:.1f}")  # fmt: skip


if __name__ == "__main__":
    main()
