"""A real window of LibreOffice is opened, typed in, looked at and saved by the tests."""

from __future__ import annotations

import struct
import zlib

import pytest
from support import CLEAN, cells, read, workbook
from support.window import Asked, Window
from support.window.screen import SIZE

from pst_excel.excel import palette
from pst_excel.pst import PST

pytestmark = [pytest.mark.libreoffice, pytest.mark.xdist_group("window")]

ACTIONS = read(workbook(CLEAN)).tables["actions"]


def cell(key: str, row: int = ACTIONS.rows[0]) -> str:
    return f"{ACTIONS.letters[key]}{row}"


def test_what_is_typed_is_saved_and_read(window: Window) -> None:
    window.open(workbook(CLEAN))
    window.do([
        ("go", "Actions", cell("intitule")),
        ("type", "Élargir l’allée n° 3 à 12,50 €"),
        ("go", "Actions", cell("avancement")),
        ("type", "60"),
    ])  # fmt: skip
    table = read(window.saved()).tables["actions"]
    assert table.columns["intitule"] == ["Élargir l’allée n° 3 à 12,50 €"]
    assert table.columns["avancement"] == [60.0]


def test_what_is_asked_at_once_is_told_and_answered(window: Window) -> None:
    window.open(workbook(CLEAN))
    window.go("Actions", cell("avancement"))
    asked = window.type("200")
    assert asked == [Asked("Nombre attendu", "Écrivez un nombre de 0 à 100, comme 40.", ("OK",))]
    assert window.shown(cell("avancement")) == "40 %"
    window.go("Actions", cell("mandataire"))
    (asked_too,) = window.type("MARTIN Luc", accept=False)
    assert asked_too.title == "Valeur hors liste"
    assert window.shown(cell("mandataire")) == ""
    window.go("Actions", cell("mandataire"))
    window.type("MARTIN Luc")
    assert window.shown(cell("mandataire")) == "MARTIN Luc"


def test_a_row_is_inserted_by_the_menu(window: Window) -> None:
    window.open(workbook(CLEAN))
    window.go("Actions", cell("code"))
    window.command("InsertRowsBefore")
    assert window.shown(cell("code")) == ""
    assert cells(window.saved(), "Actions")[cell("code", ACTIONS.rows[0] + 1)] == "1.1.1"


def test_a_picture_shows_the_sheet_on_the_screen_of_a_laptop(window: Window) -> None:
    window.open(workbook(CLEAN))
    window.go("Actions", cell("statut"))
    one = window.picture()
    assert one.startswith(b"\x89PNG")
    assert struct.unpack(">II", one[16:24]) == SIZE
    shade = PST["actions"].shade
    assert shade is not None
    fill, _ = palette.BANDS[shade]
    assert bytes.fromhex(fill[1:]) * 500 in _pixels(one)
    window.go("Budget")
    assert bytes.fromhex(fill[1:]) * 500 not in _pixels(window.picture())


def _pixels(picture: bytes) -> bytes:
    at, found = 8, b""
    while at < len(picture):
        (size,) = struct.unpack_from(">I", picture, at)
        if picture[at + 4 : at + 8] == b"IDAT":
            found += picture[at + 8 : at + 8 + size]
        at += 12 + size
    return zlib.decompress(found)
