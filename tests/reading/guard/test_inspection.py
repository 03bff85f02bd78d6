"""What passes the guard is read as it was; what goes beyond a limit is told which one."""

from __future__ import annotations

import pytest
from support import grid
from support.good import GOOD
from support.guarded import cells_read, refusal, sheets_of
from support.hostile import bomb, book, parts_of, text_cell, zipped

from pst_excel.model.words.wording import NBSP, THIN
from pst_excel.reading.guard import inspection as guard
from pst_excel.reading.limits import Limits, limits_of


@pytest.mark.parametrize("data", [GOOD, grid({"Feuil1": [["Bonjour"]]})])
def test_a_workbook_passes_and_its_reader_finds_in_it_what_it_held(data: bytes) -> None:
    inspected = guard.inspect(data)
    assert inspected.kind == "xlsx"
    assert cells_read(inspected.data) == cells_read(data)


def test_the_reader_is_given_nothing_but_the_parts_that_it_looks_for() -> None:
    data = zipped({**parts_of(GOOD), "xl/media/photo.png": b"\x89PNG", "xl/vbaProject.bin": b"\0"})
    names = {"workbook.xml", "_rels/workbook.xml.rels", "styles.xml", "sharedStrings.xml"}
    usual = {"_rels/.rels"} | {f"xl/{name}" for name in names if f"xl/{name}" in parts_of(GOOD)}
    assert parts_of(guard.inspect(data).data).keys() == usual | sheets_of(GOOD).keys()
    assert sheets_of(guard.inspect(data).data) == sheets_of(GOOD)


def test_a_file_too_heavy_is_refused_with_its_weight() -> None:
    heavy = refusal(b"PK" + b"\0" * Limits().file_size)
    assert f"(50{NBSP}Mo) : 50{NBSP}Mo" in heavy


TWO_ROWS = b'<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
SMALL = book({"Actions": TWO_ROWS})
TEXTS = book(
    {"Actions": b""}, {"xl/sharedStrings.xml": b"<sst>" + b"<si><t/></si>" * 9 + b"</sst>"}
)


@pytest.mark.parametrize(
    ("data", "limit", "found"),
    [
        (SMALL, {"fichier": 500}, str(len(SMALL))),
        (SMALL, {"parties": 4}, "5"),
        (SMALL, {"partie": 100}, None),
        (SMALL, {"total": 400}, None),
        (bomb(30, b"PNG"), {"rapport": 100}, None),
        (SMALL, {"lignes": 1}, "2"),
        (SMALL, {"colonnes": 1}, "2"),
        (SMALL, {"cellules": 3}, "4"),
        (TEXTS, {"textes": 8}, "9"),
        (
            book({"Actions": b"<row>" + text_cell("x" * 300, "A1") + b"</row>"}),
            {"cellule": 290},
            "303",
        ),
    ],
)
def test_each_limit_can_be_set_and_says_what_goes_beyond_it(
    data: bytes, limit: dict[str, int], found: str | None
) -> None:
    ((name, most),) = limit.items()
    sentence = refusal(data, **limit)
    assert f" dépasse la limite « {name} » ({most}" in sentence.replace(THIN, "")
    if found is not None:
        assert f") : {found}" in sentence.replace(THIN, "")
    raised = limits_of((f"{name}={10**9}",))
    assert guard.inspect(data if name != "rapport" else SMALL, raised).kind == "xlsx"


def test_a_long_text_is_seen_across_the_pieces_in_which_it_is_inflated() -> None:
    data = book({"Actions": b"<row>" + text_cell("x" * 3_000_000, "A1") + b"</row>"})
    assert "dépasse la limite « cellule »" in refusal(data)


def test_many_texts_that_are_long_enough_pass() -> None:
    row = b"<row>" + b"".join(
        text_cell("x" * 30_000, f"{letter}1") for letter in "ABCDEFGHIJKL" * 5
    )
    assert guard.inspect(book({"Actions": row + b"</row>"})).kind == "xlsx"
