"""Every workbook that the program writes opens in Excel without a word."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from generated import ROOT, committed
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook
from support import CLEAN, OLD_TEMPLATE, RETURN, damaged, office, workbook
from support.remembered import told
from support.repairs import complaints
from support.updated import action, brought_up, edited, plan_of
from support.validator import microsoft, objections

from pst_excel import modernise
from pst_excel.api.outputs import as_bytes
from pst_excel.distributing.prepare import prepare
from pst_excel.excel.books import consolidated
from pst_excel.excel.books.template import blank, write_template
from pst_excel.ooxml.workbook import Workbook as Patched
from pst_excel.pst import PST, pst
from pst_excel.reference.samples import content

HARD = (
    RETURN
    + f"""
OS
code | intitule
1    | =1+1
2    | « {"x" * 300} »
3    | @SOMME("a";'b') <&> _x000D_ émoji 🚲
"""
)


def written() -> Iterator[tuple[str, bytes]]:
    """Give every kind of workbook that the program writes; a new output is added here."""
    for name in committed():  # templates, returns, institutions
        if name.endswith(".xlsx"):
            yield name, (ROOT / name).read_bytes()
    yield "template that says nothing", write_template(blank(PST, {}))
    yield "template of another legislature", write_template(blank(pst(2018, 2024), {}))
    yield "return of hard texts", workbook(HARD)
    yield "consolidated sample", office.sample_book()
    yield "comparison of the samples", office.sample_comparison()
    yield "consolidated tiny plan", office.consolidated(CLEAN)
    yield "consolidated hard texts", office.consolidated(HARD)
    yield "consolidated plan of no row", office.consolidated(RETURN)
    yield "changes of hard texts", office.changes(CLEAN, HARD.replace("service | Travaux\n", ""))
    yield "no change", office.changes(CLEAN, CLEAN)
    for count in (0, 1, 2, 12):
        yield f"history of {count} consolidations", as_bytes(told(count), ".xlsx")
    yield from updated()
    yield from prepared()
    yield from modernised()


def updated() -> Iterator[tuple[str, bytes]]:
    """Give a consolidated workbook brought up to date: in place, and where that cannot be."""
    old, new = (plan_of(map(action, numbers)) for numbers in ((2, 3), (1, 2, 4, 5)))
    book = Patched(consolidated.write(old))  # openpyxl would leave objections of its own
    book["Actions"].cell("D6").add_note("Voir le collège du 3", "Cellule")
    book["Actions"].cell("D5").fill("FFFF00")
    yield "consolidated, updated in place", brought_up(book.to_bytes(), new).data
    yield "consolidated, updated anew", brought_up(edited(old, without_sheet), new).data


def without_sheet(book: Workbook) -> None:
    """A sheet of the central cell is there, one of the plan is gone."""
    book.create_sheet("Suivi")["A1"].value = "=Actions!C5"
    del book["Indicateurs"]


def prepared() -> Iterator[tuple[str, bytes]]:
    """Give the prefilled workbooks of two services: one with rows, one without."""
    plan = content.whole(content.MAIN)
    plan.lists["services"] += ("Un service nouveau",)
    for envelope in prepare(plan, ["Travaux", "Un service nouveau"], content.OBSERVED).workbooks:
        yield envelope.file, write_template(envelope.content)


def modernised() -> Iterator[tuple[str, bytes]]:
    """Give an older workbook made one of the current template, and what people had added to it."""
    old = OLD_TEMPLATE.read_bytes()
    for name, data in (("modernised", old), ("modernised with additions", damaged(old, _added))):
        with TemporaryDirectory() as folder:
            source, target = Path(folder) / "ancien.xlsx", Path(folder) / "nouveau.xlsx"
            source.write_bytes(data)
            modernise(source, target)
            yield name, target.read_bytes()


def _added(book: Workbook) -> None:
    sheet = book.create_sheet("Suivi & « notes »")
    sheet["B2"], sheet["B3"] = 12.5, "=B2*2"
    sheet["B2"].comment = Comment("À revoir", "Agent")
    sheet["B2"].number_format, sheet["B2"].fill = "0.00", PatternFill("solid", fgColor="FFEE99")
    sheet.merge_cells("C2:D3")
    book["Actions"]["E6"].comment = Comment("Une remarque", "Agent")


@cache
def collection() -> dict[str, bytes]:
    """Return the workbooks by name, written once."""
    return dict(written())


def test_nothing_in_a_workbook_makes_excel_repair_it() -> None:
    found = {name: complaints(data) for name, data in collection().items()}

    assert {name: lines for name, lines in found.items() if lines} == {}


@microsoft
def test_microsofts_validator_objects_to_no_workbook(tmp_path: Path) -> None:
    found = objections(collection(), tmp_path)

    assert {name: lines for name, lines in found.items() if lines} == {}


def spoilt(data: bytes) -> bytes:
    """Return a workbook with an element that no sheet has."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, text in office.parts(data).items():
            package.writestr(name, text.replace("sheetData", "sheetDato"))
    return buffer.getvalue()


@microsoft
def test_microsofts_validator_objects_to_a_workbook_that_is_not_one(tmp_path: Path) -> None:
    good = write_template(blank(PST, {}))

    found = objections({"good": good, "spoilt": spoilt(good), "none": b"PK"}, tmp_path)

    assert found["good"] == []
    assert any("sheetDato" in line for line in found["spoilt"])
    assert found["none"]
