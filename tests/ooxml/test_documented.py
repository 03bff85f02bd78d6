"""The page on how to patch a workbook says what is true: its example runs."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
import xlsxwriter

from pst_excel.ooxml.cells.values import Formula
from pst_excel.ooxml.workbook import Workbook

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "patch-a-workbook.md"


def made(*titles: str) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for title in titles:
            sheet = book.add_worksheet(title)
            columns = [{"header": "Code"}, {"header": "Intitulé"}]
            sheet.add_table("A30:B33", {"name": title, "columns": columns})
    return file.getvalue()


def test_the_example_of_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("retour.xlsx").write_bytes(made("Actions"))
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    exec(code, {"made_by_xlsxwriter": made("Bilan")})
    book = Workbook(Path("annote.xlsx").read_bytes())
    actions = book["Actions"]
    assert book.titles == ["Bilan", "Actions"]
    assert actions.cell("H12").value == "Aménager la place"
    assert actions.cell("K12").value == Formula("SUM(J2:J12)", 4.2)
    assert actions.cell("A36").value == "1.1.4"
    assert actions.marked() == []
    assert book.properties["title"] == "PST annoté"


def test_every_module_stands_in_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    folder = Path(__file__).parents[2] / "pst_excel" / "ooxml"
    rows = re.findall(r"^\| (?:`(\w+/)` )?\| (`.*?`) \|", page, re.MULTILINE)
    named = {floor + name for floor, names in rows for name in re.findall(r"`(\w+\.py)`", names)}
    modules = {one.relative_to(folder).as_posix() for one in folder.rglob("[!_]*.py")}
    assert {one for one in modules if one not in named} == set()
