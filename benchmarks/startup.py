"""Compare the time `pst-excel --help` takes with that of importing click."""

from __future__ import annotations

import subprocess
import sys

from timing import best


def run(*arguments: str) -> None:
    """Run Python with these arguments."""
    subprocess.run([sys.executable, *arguments], capture_output=True, check=True)


def main() -> None:
    """Print the ratio."""
    floor, ours = best(
        15, lambda: run("-c", "import click"), lambda: run("-m", "pst_excel", "--help")
    )
    print(f"import click {floor * 1e3:.0f} ms, pst-excel --help {ours * 1e3:.0f} ms")
    print(f"  ratio {ours / floor:.2f} (to reach: at most 3)")


if __name__ == "__main__":
    main()
