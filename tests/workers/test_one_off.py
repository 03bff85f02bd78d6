"""A work done in a process that ends with it gives what the work gives, and no more."""

from __future__ import annotations

import os
import select
import signal
from functools import partial
from types import FrameType

import pytest

from pst_excel.text.errors import OutputError, ProgramFault
from pst_excel.workers.faults import CRASH
from pst_excel.workers.one_off import Interrupted, in_a_process
from pst_excel.workers.processes import outcomes


def test_the_outcome_of_another_process_comes_back() -> None:
    assert in_a_process(os.getpid) != os.getpid()


def test_it_may_have_processes_of_its_own() -> None:
    ours, its = in_a_process(_pids)
    assert ours != its


def test_what_stops_the_work_is_raised_here() -> None:
    with pytest.raises(OutputError, match="plein"):
        in_a_process(partial(_stop, OutputError("le disque est plein")))


def test_a_fault_is_one_sentence_and_its_text_stays_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(CRASH)
    with pytest.raises(ProgramFault, match="ValueError") as fault:
        in_a_process(partial(_stop, ValueError("secret")))
    assert "secret" not in str(fault.value)


def test_a_process_that_dies_is_told() -> None:
    with pytest.raises(ProgramFault, match="arrêté par le système"):
        in_a_process(_die)


@pytest.mark.skipif(os.name == "nt", reason="no signal is sent to one process alone there")
def test_who_interrupts_is_given_what_the_work_gave() -> None:
    asked, heard = os.pipe()
    before = signal.signal(signal.SIGINT, partial(_stop_who_waits, heard))
    try:
        with pytest.raises(Interrupted) as stop:
            in_a_process(partial(_interrupt, os.getpid(), asked))
    finally:
        signal.signal(signal.SIGINT, before)
        os.close(asked)
        os.close(heard)
    assert stop.value.outcome == "done"


def _stop_who_waits(heard: int, _signal: int, frame: FrameType | None) -> None:
    """Interrupt as Ctrl-C does, once, who waits for the work: not who is still starting it."""
    while frame is not None and frame.f_code.co_name != "_insisting":
        frame = frame.f_back
    if frame is not None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        os.write(heard, b"!")
        raise KeyboardInterrupt


def _interrupt(process: int, asked: int) -> str:
    while not select.select([asked], [], [], 0.01)[0]:
        os.kill(process, signal.SIGINT)
    return "done"


def _pids() -> tuple[int, int]:
    (other,) = outcomes(_pid, [None], 1)
    assert isinstance(other, int)
    return os.getpid(), other


def _pid(_item: None) -> int:
    return os.getpid()


def _stop(error: Exception) -> None:
    raise error


def _die() -> None:
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
