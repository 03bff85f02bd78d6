"""How the benchmarks time: the best of several runs, the candidates in turn."""

from __future__ import annotations

import time
from collections.abc import Callable


def best(runs: int, *candidates: Callable[[], object]) -> list[float]:
    """Return the best time of each candidate in seconds, run in turn so that noise is shared."""
    times = [float("inf")] * len(candidates)
    for _ in range(runs):
        for number, candidate in enumerate(candidates):
            start = time.perf_counter()
            candidate()
            times[number] = min(times[number], time.perf_counter() - start)
    return times
