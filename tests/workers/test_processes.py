"""Work is done in order by processes that may die, and none of them is left behind."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pst_excel.workers.loading import shared

SUMS = [f"{number} * {number}" for number in range(10)]
DEADLY = "__import__('os')._exit(9)"


def test_work_is_done_in_order_by_several_processes_or_none() -> None:
    for few in (1, 100):
        assert list(shared(eval, SUMS, few, workers=3)) == [n * n for n in range(10)]
    assert list(shared(eval, [], 1, workers=3)) == []


def test_an_item_whose_process_dies_is_done_otherwise() -> None:
    items = [*SUMS[:3], DEADLY, *SUMS[3:]]
    found = shared(eval, items, 1, 2, lambda item, death: (item, death.late))
    assert list(found) == [0, 1, 4, (DEADLY, False), 9, 16, 25, 36, 49, 64, 81]


def test_an_error_in_a_process_is_an_error_with_its_story() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        list(shared(eval, [*SUMS, "1 / 0"], 1, 2))
    assert "in <module>" in caught.value.__notes__[0]


ENDLESS = """
import os, signal, sys, time
from pst_excel.workers.loading import shared

signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored by what runs in the background

def work(name):
    os.write(1, b"%d\\n" % os.getpid())  # whole: two processes write at once
    time.sleep(3600)

list(shared(work, ["one", "two"], 1, 2, lambda item, death: None))
"""


@pytest.mark.skipif(not Path("/proc").exists(), reason="processes are found in /proc")
def test_an_interrupted_run_leaves_no_process_behind() -> None:
    with subprocess.Popen([sys.executable, "-c", ENDLESS], stdout=-1, stderr=-1, text=True) as run:
        assert run.stdout is not None
        try:
            children = [run.stdout.readline().strip() for _ in range(2)]
            assert all(Path(f"/proc/{child}").exists() for child in children)
        finally:  # else it would be waited for
            run.send_signal(signal.SIGINT)
        _, errors = run.communicate()
    assert "KeyboardInterrupt" in errors
    assert not [child for child in children if Path(f"/proc/{child}").exists()]
