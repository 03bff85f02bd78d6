"""A workbook is modernised in a process that may die: its added sheets are as untrusted as it is."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from support import damaged, listing, saved
from support.modernised import OLD

from pst_excel import Limits, Options, modernise
from pst_excel.text.errors import UnreadableFile

BOUNDLESS = 10**11
FAR = Options(limits=Limits(rows=1_048_576, columns=16_384, cells=BOUNDLESS))
"""Limits that let pass a sheet on which its reader aborts the whole process."""


def with_a_value_far_away() -> bytes:
    def write(book: Any) -> None:
        sheet = book.create_sheet("Loin")
        sheet["A1"] = 1
        sheet.cell(1_048_576, 16_384, 1)

    return damaged(OLD, write)


@cache
def with_many_values() -> bytes:
    def write(book: Any) -> None:
        sheet = book.create_sheet("Grande")
        for row in range(1, 40_001):
            sheet.append([f"{row} {column}" for column in range(8)])

    return damaged(OLD, write)


def refused(data: bytes, folder: Path, options: Options) -> str:
    """Return why a workbook is refused; nothing is written, and this process goes on."""
    source = saved(folder / "ancien.xlsx", data)
    before = listing(folder)
    with pytest.raises(UnreadableFile) as caught:
        modernise(source, folder / "nouveau.xlsx", options)
    assert listing(folder) == before
    return str(caught.value)


def test_an_added_sheet_that_kills_its_reader_is_one_sentence(tmp_path: Path) -> None:
    assert "fait échouer la lecture" in refused(with_a_value_far_away(), tmp_path, FAR)


def test_an_added_sheet_beyond_a_limit_is_one_sentence(run: Run, tmp_path: Path) -> None:
    source = saved(tmp_path / "ancien.xlsx", with_a_value_far_away())
    result = run("moderniser", source, "-o", tmp_path / "nouveau.xlsx")
    (sentence,) = result.stderr.splitlines()
    assert (result.exit_code, result.stdout) == (3, "")
    assert sentence.startswith("✖ ancien.xlsx : ")
    assert "(« Loin ») dépasse la limite « lignes »" in sentence
    assert not (tmp_path / "nouveau.xlsx").exists()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no limit of memory here")
def test_what_takes_too_much_memory_is_one_sentence(tmp_path: Path) -> None:
    options = Options(limits=Limits(memory=60_000_000))
    said = refused(with_many_values(), tmp_path, options)
    assert "dépasse la limite « memoire » (60\u00a0Mo)" in said


def test_what_takes_too_long_is_one_sentence(tmp_path: Path) -> None:
    said = refused(with_many_values(), tmp_path, Options(limits=Limits(seconds=1)))
    # the timer that ends the process crashes it now and then, which is told as a death
    assert re.search("dépasse la limite « secondes »|fait échouer la lecture", said)
