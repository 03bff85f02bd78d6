"""A second opinion on the workbooks written: LibreOffice calculates every formula again."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import shutil
import signal
import subprocess
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pst_excel.api.outputs import as_bytes
from pst_excel.comparing.compare import compare
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.excel.books.comparison import write_comparison
from pst_excel.excel.books.template import write_template
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.reading.reader import read_bytes
from pst_excel.reference.samples import content
from pst_excel.returns.tables import Return
from pst_excel.tracing.versions import versions
from support import SAMPLES

SOFFICE = shutil.which("soffice")
libreoffice = pytest.mark.skipif(
    SOFFICE is None, reason="LibreOffice (soffice) is not installed: no formula is recalculated"
)
LIMIT = 180  # seconds for one conversion of all files
Cells = dict[tuple[str, str], Any]

_SETTINGS = (
    ("org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode", "0"),  # 0: always
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Setup/L10N", "ooSetupSystemLocale", "{locale}"),
)


def recalculated(files: Mapping[str, bytes], folder: Path, locale: str) -> dict[str, bytes]:
    """Return the same workbooks, by name, calculated again by LibreOffice in a locale.

    The profile is a new one: LibreOffice trusts the cached values of a file unless it is told not
    to, and nothing of the user's own settings may decide what is found.
    """
    given, made = folder / "given", folder / "made"
    given.mkdir(parents=True)
    for name, data in files.items():
        (given / name).write_bytes(data)
    profile = folder / "profile"
    write_profile(profile, locale)
    command = [
        str(SOFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
        "--nolockcheck", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(made),
        *(str(given / name) for name in files),
    ]  # fmt: skip
    _run(command)
    return {name: (made / name).read_bytes() for name in files}


def as_ods(files: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """Return workbooks as LibreOffice saves them in its own format."""
    profile = folder / "profile"
    write_profile(profile, "fr-FR")
    for name, data in files.items():
        (folder / name).write_bytes(data)
    _run([
        str(SOFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless",
        "--norestore", "--nolockcheck", "--convert-to", "ods", "--outdir", str(folder),
        *(str(folder / name) for name in files),
    ])  # fmt: skip
    return {path.name: path.read_bytes() for path in folder.glob("*.ods")}


def write_profile(profile: Path, locale: str, more: Sequence[tuple[str, str, str]] = ()) -> None:
    """Write a new profile in a locale, with more settings: path, name, value."""
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value.format(locale=locale)}</value></prop></item>"
        for path, name, value in (*_SETTINGS, *more)
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        encoding="utf-8",
    )


def _run(command: list[str]) -> None:
    # soffice starts a process of its own: both are in a new group, and end together.
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )
    try:
        said, _ = process.communicate(timeout=LIMIT)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise
    assert process.returncode == 0, said.decode(errors="replace")


@contextmanager
def opened(data: bytes, **options: bool) -> Iterator[Any]:
    """Open a workbook to look at it; openpyxl warns of the marks that it does not know."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        workbook = openpyxl.load_workbook(io.BytesIO(data), **options)
        yield workbook
        workbook.close()


def formulas(data: bytes) -> dict[tuple[str, str], str]:
    """Return every formula, by sheet and cell."""
    with opened(data) as workbook:
        return {
            (sheet.title, cell.coordinate): cell.value
            for sheet in workbook
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        }


def values(data: bytes) -> Cells:
    """Return the value of every cell that has one, by sheet and cell; an empty text is blank."""
    with opened(data, data_only=True) as workbook:
        return {
            (sheet.title, cell.coordinate): cell.value
            for sheet in workbook
            for row in sheet.iter_rows()
            for cell in row
            if cell.value not in (None, "")
        }


def edited(data: bytes, change: Callable[[Any], None]) -> bytes:
    """Return the workbook after somebody changed it, its cached values forgotten."""
    with opened(data) as workbook:
        change(workbook)
        buffer = io.BytesIO()
        workbook.save(buffer)
    return buffer.getvalue()


def differences(
    cells: Iterator[tuple[str, str]] | Mapping[tuple[str, str], Any], expected: Cells, found: Cells
) -> list[str]:
    """Say every cell whose two values differ: numbers by more than 1e-6, or texts at all."""
    said = []
    for sheet, cell in cells:
        mine, theirs = expected.get((sheet, cell)), found.get((sheet, cell))
        if not _same(mine, theirs):
            said.append(f"{sheet}!{cell}: expected {mine!r}, calculated {theirs!r}")
    return said


def _same(mine: Any, theirs: Any) -> bool:
    if isinstance(mine, bool) is not isinstance(theirs, bool):
        return False  # a truth is above every number for Excel, and for LibreOffice a number
    if isinstance(mine, int | float) and isinstance(theirs, int | float):
        return abs(mine - theirs) <= 1e-6 * max(1.0, abs(mine))
    return bool(mine == theirs)


ERRORS = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)|Err:\d+")


def errors(cells: Cells) -> list[str]:
    """Say every cell that shows an error."""
    return [
        f"{sheet}!{cell}: {value}"
        for (sheet, cell), value in cells.items()
        if isinstance(value, str) and ERRORS.fullmatch(value)
    ]


def parts(data: bytes) -> dict[str, str]:
    """Return every part of a package as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}


def _sample_files(folder: str) -> list[Return]:
    return [
        read_bytes(path.read_bytes(), path.name, PST)
        for path in sorted((SAMPLES / folder).iterdir())
    ]


@cache
def sample() -> Consolidation:
    """Return the consolidation of the returns of the main sample institution."""
    returns = _sample_files("retours")
    return consolidate(returns, PST, content.OBSERVED)


@cache
def sample_book() -> bytes:
    """Return the consolidated workbook of the main sample institution."""
    return as_bytes(sample(), ".xlsx")


@cache
def sample_plans() -> tuple[Return, ...]:
    """Return the whole plans of the four sample institutions, as read from their workbooks."""
    return (read_bytes(sample_book(), "PST_consolide.xlsx", PST), *_sample_files("institutions"))


@cache
def sample_comparison() -> bytes:
    """Return the comparison workbook of the four sample institutions."""
    return write_comparison(compare(sample_plans(), PST, content.OBSERVED))


def changes(before: str, after: str) -> bytes:
    """Return the workbook of what changed between two states given as small tables of text."""
    one, other = (
        read_bytes(write_template(return_of(text, PST)), name, PST)
        for text, name in ((before, "avant.xlsx"), (after, "après.xlsx"))
    )
    return as_bytes(versions(one, other), ".xlsx")


def consolidated(*texts: str, observed: dt.date = content.OBSERVED) -> bytes:
    """Return the consolidated workbook of returns given as small tables of text."""
    returns = [
        read_bytes(write_template(return_of(text, PST)), f"retour-{at}.xlsx", PST)
        for at, text in enumerate(texts, start=1)
    ]
    return as_bytes(consolidate(returns, PST, observed), ".xlsx")
