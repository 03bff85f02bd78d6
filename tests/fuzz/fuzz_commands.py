"""Fuzz whole commands: good workbooks mutated, beside good ones, give what is due or a sentence.

    pip install -c constraints.txt -e ".[test]"
    python tests/fuzz/fuzz_commands.py FOLDER [--seconds 3600] [--seed 1] [--only COMMAND]
    python tests/fuzz/fuzz_commands.py FOLDER --again SEED

Each run is the workbooks, their mutations and the command of a seed, in a process of its own. Now
and then the command is the one that people type. A find is reduced (workbooks and mutations are
dropped while it is still found), and kept in the folder with what it said. A find becomes a test
under `tests`.
"""

from __future__ import annotations

import argparse
import collections
import gc
import re
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.fuzzed_runs import Case, Outcome, case_of, made, reduced, run
from support.mutations.bases import BASES, base
from support.whole_commands import COMMANDS, Ground, ground

TIMES_SLOWER = 20  # than the same command over the same workbooks without a mutation
MEMORY = 3_000_000_000


class Watch:
    """What ordinary runs cost, to tell the others by."""

    def __init__(self, place: Ground) -> None:
        self._place = place
        self._known: dict[Case, float] = {}

    def kind(self, case: Case, outcome: Outcome) -> str:
        """Return the kind of a find, none when all is well."""
        if outcome.kind:
            return outcome.kind
        if outcome.memory > MEMORY:
            return f"memory: {case.command}"
        usual = case.without_mutations()
        if outcome.seconds < TIMES_SLOWER / 4:  # what no ordinary run takes less than
            return ""
        if usual not in self._known:
            self._known[usual] = run(usual, self._place).seconds
        slow = outcome.seconds > TIMES_SLOWER * self._known[usual]
        return f"slow: {case.command}" if slow else ""


def main() -> None:
    """Run seeds one after the other; print and keep what is found."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--seconds", type=int, default=3_600)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", default="", choices=("", *COMMANDS))
    asked.add_argument("--again", type=int)
    given = asked.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        place = ground(Path(folder))
        for name in BASES:
            base(name)
        gc.freeze()
        if given.again is None:
            _hunt(given, place)
            return
        case = case_of(given.again, given.only)
        outcome = run(case, place)
        print(case, outcome.told or outcome, sep="\n")


def _hunt(given: argparse.Namespace, place: Ground) -> None:
    watch, finds = Watch(place), collections.Counter[str]()
    seed, start, mutated = given.seed, time.monotonic(), 0
    while time.monotonic() - start < given.seconds:
        case = case_of(seed, given.only)
        outcome = run(case, place)
        kind = watch.kind(case, outcome)
        mutated += len(case.files)
        if kind:
            finds[kind] += 1
            if finds[kind] == 1:
                _keep(given.folder, reduced(case, place, kind, watch.kind), kind, seed, outcome)
        seed += 1
        if seed % 50 == 0:
            print(f"{seed - given.seed} runs, {mutated} workbooks, {len(finds)} kinds", flush=True)
    print(f"{seed - given.seed} runs, {mutated} workbooks")
    for kind, times in finds.most_common():
        print(f"{times:5} {kind}")


def _keep(folder: Path, case: Case, kind: str, seed: int, outcome: Outcome) -> None:
    """Print a find, and keep its workbooks and what it said."""
    print(f"seed {seed}: {kind}\n  {case}\n  {outcome.seconds:.1f} s", flush=True)
    name = f"{seed}-{re.sub(r'[^a-zA-Z0-9_]+', '-', kind)[:60]}"
    for at, file in enumerate(case.files):
        (folder / f"{name}-{at}{Path(file.base).suffix}").write_bytes(made(file))
    (folder / f"{name}.txt").write_text(f"{kind}\n{case}\n{outcome}\n{outcome.told}")


if __name__ == "__main__":
    main()
