"""A disk that is full is one sentence, at whatever writing it is met; nothing is half-written."""

from __future__ import annotations

import multiprocessing
import resource
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from support.campaign_folders import remembered, seen
from support.killed import Files, files_in, put
from support.stopped import COMMANDS, done_again

from pst_excel import Campaign
from pst_excel.text.errors import PstError

ROOM = (0, 100, 4096, 30_000)
"""Bytes beyond which no file grows: a lock, a record, a page of the register, a workbook."""


def said(command: Callable[[], object], room: int) -> str:
    """Return what a command says where no file can grow beyond so many bytes."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_limited, args=(command, room, theirs))
    process.start()
    theirs.close()
    text: str = ours.recv()
    process.join()
    return text


def _limited(command: Callable[[], object], room: int, theirs: Connection) -> None:
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        command()
        theirs.send("")
    except PstError as error:
        theirs.send(str(error))
    except BaseException as error:
        theirs.send(repr(error))


@pytest.mark.parametrize("name", ["envoyer à nouveau", "recevoir", "consolider", "ecarter"])
def test_a_full_disk_is_one_sentence_and_the_next_run_makes_it_good(
    ground: Path, started: Files, name: str
) -> None:
    make_ready, command = COMMANDS[name]
    camp = ground / "camp"
    put(ground, started)
    make_ready(camp)
    before, memory = files_in(ground), remembered(Campaign(camp))
    command(camp)
    expected = remembered(Campaign(camp)), seen(Campaign(camp))
    for room in ROOM:
        put(ground, before)
        text = said(lambda: command(camp), room)
        assert "plein" in text, (room, text)
        assert "\n" not in text
        after = files_in(ground)
        assert {one for one in before.values() if one} <= {*after.values()} | registers(before)
        if "PST_consolide.xlsx" not in {*after} - {*before}:
            assert remembered(Campaign(camp))["rounds"] == memory["rounds"]
        done_again(camp, command)
        assert (remembered(Campaign(camp)), seen(Campaign(camp))) == expected, room


def registers(files: Files) -> set[bytes]:
    return {data for name, data in files.items() if data and name.endswith(".sqlite")}
