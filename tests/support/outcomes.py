"""Hostile bytes read as users read files: a return or one clean sentence, in little time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pst_excel.pst import PST
from pst_excel.reading.limits import Options
from pst_excel.returns.tables import Return
from pst_excel.text.errors import UnreadableFile
from pst_excel.workers.loading import read_alone
from support import cpu_of_children, damaged, read, saved
from support.good import GOOD
from support.hostile import book, text_cell

Outcome = Callable[..., Return | str]
TABLES = read(GOOD).tables
SECONDS = 10  # far above what any of these files takes, far below what they would take unguarded


def read_as_users_do(data: bytes, path: Path, options: Options = Options()) -> Return | str:
    """Return what reads bytes as users do: a return, or the sentence of a refusal."""
    before = cpu_of_children()
    try:
        found: Return | str = read_alone(saved(path, data), PST, options)
    except UnreadableFile as error:
        found = sentence(str(error))
    assert cpu_of_children() - before < SECONDS
    return found


def sentence(text: str) -> str:
    """Return a sentence once it is known to be one, in French and for people."""
    assert text[0].islower()
    assert not text.endswith(".")
    assert "\n" not in text
    assert not any(word in text for word in ("Error", "error", "Traceback", "None", "b'"))
    return text


def read_like_the_good_one(found: Return | str) -> bool:
    """Tell whether what was read holds all that the faultless workbook holds."""
    return isinstance(found, Return) and found.tables == TABLES


def far(style_only: bool = False) -> bytes:
    """Return the faultless workbook with a value, or only a style, in its very last cell."""

    def write(book: object) -> None:
        cell = book["Actions"]["XFD1048576"]  # type: ignore[index]
        cell.number_format = "0.00"
        cell.value = None if style_only else 1

    return damaged(GOOD, write)


def smallest(*rows: bytes) -> bytes:
    """Return the smallest workbook that is read: the sheet of actions, its headings, these rows."""
    heading = b"<row>" + text_cell("Code") + text_cell("Intitulé") + text_cell("Statut") + b"</row>"
    return book({"Actions": heading + b"".join(rows)})


def row_of(*texts: str) -> bytes:
    """Return a row of texts, in XML."""
    return b"<row>" + b"".join(text_cell(text) for text in texts) + b"</row>"
