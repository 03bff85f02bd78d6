"""Write the committed files again: `python -m support.written.make FOLDER_WITH_NODE_MODULES` from `tests`.

It needs PyExcelerate, LibreOffice, Gnumeric, and node with `xlsx` and `exceljs`: see README.md.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from openpyxl.utils.datetime import to_excel

from support import WRITTEN
from support.written.content import Cell, Page, pages
from support.written.converting import by_gnumeric, by_libreoffice
from support.written.writers import by_openpyxl, by_pyexcelerate, by_xlsxwriter

HERE = Path(__file__).parent
FILES = WRITTEN
FROM_1900_TO_1904 = 1462  # days between the two systems of dates


def main(modules: Path) -> None:
    """Write every file of the folder again."""
    FILES.mkdir(exist_ok=True)
    book = pages()
    made = {
        "openpyxl.xlsx": by_openpyxl(book),
        "openpyxl_1904.xlsx": by_openpyxl(book, mac=True),
        "xlsxwriter.xlsx": by_xlsxwriter(book),
        "xlsxwriter_1904.xlsx": by_xlsxwriter(book, mac=True),
        "pyexcelerate.xlsx": by_pyexcelerate(book),
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, convert, source in (
            ("libreoffice", by_libreoffice, made["openpyxl.xlsx"]),
            ("libreoffice_1904", by_libreoffice, made["openpyxl_1904.xlsx"]),
            ("gnumeric", by_gnumeric, made["openpyxl.xlsx"]),
        ):
            files = convert(source, Path(folder) / name)
            made |= {f"{name}.{form}": data for form, data in files.items()}
    for name, data in made.items():
        (FILES / name).write_bytes(data)
    subprocess.run(
        ["node", str(HERE / "make.mjs"), str(FILES)], cwd=modules, check=True,
        input=json.dumps(
            {"pages": [_page(page) for page in book], "from1900To1904": FROM_1900_TO_1904}
        ).encode(), env={**os.environ, "TZ": "UTC"},
    )  # fmt: skip


def _page(page: Page) -> dict[str, object]:
    return {
        "title": page.title,
        "rows": [[_cell(cell) for cell in row] for row in page.rows],
        "merged": page.merged,
        "hidden": page.hidden,
    }


def _cell(cell: Cell) -> dict[str, object] | None:
    value, form = cell
    if value is None:
        return None
    if isinstance(value, dt.date):
        return {"t": "d", "v": value.isoformat(), "serial": to_excel(value), "form": form}
    kind = "b" if isinstance(value, bool) else "s" if isinstance(value, str) else "n"
    return {"t": kind, "v": value, "form": form}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
