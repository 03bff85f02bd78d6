"""Compare `pst-excel consolider` with a naive pandas script that checks nothing."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from workload import write_returns

NAIVE = """
import sys, warnings
from pathlib import Path
import pandas as pd
warnings.simplefilter("ignore")
frames = {}
for path in sorted(Path(sys.argv[1]).glob("*.xlsx")):
    for title, frame in pd.read_excel(path, sheet_name=None, engine="openpyxl", header=3).items():
        frames.setdefault(title, []).append(frame)
with pd.ExcelWriter(sys.argv[2], engine="openpyxl") as writer:
    for title, parts in frames.items():
        pd.concat(parts).to_excel(writer, sheet_name=title, index=False)
"""


def timed(*command: str) -> float:
    """Run a command and return its time in seconds; 0 and 1 are the exit codes of a result."""
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr)
    return time.perf_counter() - start


def main() -> None:
    """Print the times and their ratio."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "retours"
        folder.mkdir()
        write_returns(folder, count)
        target = Path(name) / "resultat.xlsx"
        ours = timed(
            sys.executable, "-m", "pst_excel", "consolider", str(folder), "-o", str(target)
        )
        naive = timed(sys.executable, "-c", NAIVE, str(folder), str(Path(name) / "naif.xlsx"))
        print(f"{count} returns of 12 actions: consolider {ours:.1f} s, naive {naive:.1f} s")
        print(f"  {naive / ours:.1f} x faster, checks and boards included (to reach: 6)")
        print(f"  result {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
