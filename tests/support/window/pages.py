"""The pages of the boards as they are printed: LibreOffice makes them a PDF, poppler pictures."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from pst_excel.model.figures.boards import Board
from pst_excel.pst import PST
from support.office import LIMIT, SOFFICE, write_profile

RESOLUTION = 132  # pixels an inch: the pages are 1100 to 1450 of them wide
INK = 20  # pixels left around what is printed
FOOTER = 0.945  # of the height of a page: what stands below is not of the board
BOARDS = tuple(board for board in PST.boards if isinstance(board, Board))

Rows = list[bytes]


def lacking() -> str:
    """Say which program is missing, if any."""
    missing = "" if shutil.which("pdftoppm") else "not installed: pdftoppm"
    return missing if SOFFICE else "not installed: soffice"


def board_pages(workbook: bytes, folder: Path) -> dict[str, Rows]:
    """Return the page of each board of a workbook by its name, as rows of pixels."""
    write_profile(folder / "profile", "fr-BE")
    plan = folder / "plan.xlsx"
    plan.write_bytes(workbook)
    _said(
        str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
        "--norestore", "--convert-to", "pdf", "--outdir", str(folder), str(plan),
    )  # fmt: skip
    pdf = str(plan.with_suffix(".pdf"))
    texts = _said("pdftotext", pdf, "-").decode().split("\f")
    begins = {text.partition(" — ")[0]: at for at, text in reversed([*enumerate(texts, start=1)])}
    found = {}
    for board in BOARDS:
        page = str(begins[board.title])
        data = _said("pdftoppm", "-r", str(RESOLUTION), "-f", page, "-l", page, pdf)
        found[board.key.replace("_", "-")] = _inked(_rows(data))
    return found


def _said(*command: str) -> bytes:
    return subprocess.run(command, check=True, capture_output=True, timeout=LIMIT).stdout


def _rows(pixmap: bytes) -> Rows:
    """Return the rows of a picture of poppler: three words, a line each, then red, green, blue."""
    _, size, _, data = pixmap.split(b"\n", 3)
    wide, high = (int(word) for word in size.split())
    return [data[at * wide * 3 : (at + 1) * wide * 3] for at in range(high)]


def _inked(rows: Rows) -> Rows:
    """Return what is printed above the footer, without the white around it."""
    shown = rows[: int(len(rows) * FOOTER)]
    inked = [at for at, row in enumerate(shown) if row.strip(b"\xff")]
    left = min(len(row) - len(row.lstrip(b"\xff")) for row in shown) // 3
    right = max(len(row.rstrip(b"\xff")) for row in shown) // 3
    edges = 3 * max(0, left - INK), 3 * (right + INK)
    return [row[slice(*edges)] for row in shown[inked[0] - INK : inked[-1] + INK]]
