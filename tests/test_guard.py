"""A file is looked at before any reader opens it: what is refused has its own sentence."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pytest
from support import CLEAN, grid, workbook

from pst_excel import guard
from pst_excel.errors import UnreadableFile

GOOD = workbook(CLEAN)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        guard.inspect(data)
    return str(caught.value)


def package(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def one_cell(cell: bytes) -> bytes:
    return package({"xl/worksheets/sheet1.xml": b"<sheetData><row>" + cell + b"</row></sheetData>"})


def at(reference: str, start: str = '<c r="{}">') -> bytes:
    return one_cell((start.format(reference) + "<v>1</v></c>").encode())


def test_the_template_passes() -> None:
    guard.inspect(GOOD)


def test_a_workbook_of_another_program_passes() -> None:
    guard.inspect(grid({"Feuil1": [["Bonjour"]]}))


@pytest.mark.parametrize(
    ("data", "fragment"),
    [
        (b"", "vide (0 octet)"),
        (b"%PDF-1.7\n", "document PDF"),
        (b"{\\rtf1\\ansi", "document RTF"),
        (b"\x89PNG\r\n\x1a\n", "une image"),
        (b"\xff\xd8\xff\xe0JFIF", "une image"),
        (b"<html><table></table></html>", "page web"),
        (b"<!DOCTYPE html>", "page web"),
        (b"<HTML>", "page web"),
        (b"code;intitule\n1.1.1;Planter\n", "pas un classeur Excel"),
        (b"Bonjour, voici le PST", "pas un classeur Excel"),
        (OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        (b"PK\x03\x04" + b"\0" * 40, "endommagé"),
        (GOOD[: len(GOOD) // 2], "endommagé"),
        (GOOD[:-30], "endommagé"),
        (package({"lettre.txt": b"Bonjour"}), "un autre fichier zip"),
        (package({"word/document.xml": b"<w/>"}), "un autre fichier zip"),
    ],
)  # fmt: skip
def test_each_other_kind_of_file_has_its_sentence(data: bytes, fragment: str) -> None:
    assert fragment in refusal(data)


@pytest.mark.parametrize(
    "reference", ["XFD1048576", "A1048576", "XFD1", "AAA5", "ZZ300000", f"B{guard.MAX_ROW + 1}"]
)
def test_a_value_far_beyond_the_table_is_refused(reference: str) -> None:
    assert "tout au bout d’une feuille" in refusal(at(reference))


@pytest.mark.parametrize("reference", ["A1", "ZZ5", f"B{guard.MAX_ROW}"])
def test_a_value_within_the_limits_passes(reference: str) -> None:
    guard.inspect(at(reference))


def test_a_style_far_beyond_the_table_passes() -> None:
    guard.inspect(one_cell(b'<c r="A1"><v>1</v></c><c r="XFD1048576" s="3"/>'))


@pytest.mark.parametrize(
    "start", ['<c s="1" r="{}">', "<c r='{}'>", '<x:c r="{}">', '<c  r="{}">', '<c\nr="{}">']
)
def test_a_far_value_is_seen_however_its_cell_is_spelt(start: str) -> None:
    assert "tout au bout d’une feuille" in refusal(at("XFD1048576", start))


def test_a_bomb_is_not_inflated() -> None:
    bomb = package({"xl/worksheets/sheet1.xml": b" " * 30_000_000})
    assert len(bomb) < 100_000
    assert "anormalement volumineux" in refusal(bomb)


def test_too_many_parts_are_refused() -> None:
    parts = {f"xl/part{number}.xml": b"" for number in range(guard.MAX_PARTS + 1)}
    assert "anormalement volumineux" in refusal(package(parts))


def test_a_file_too_heavy_is_refused_with_its_weight() -> None:
    assert "50 Mo".replace(" ", "\u00a0") in refusal(b"PK" + b"\0" * guard.MAX_BYTES).replace(
        " Mo", "\u00a0Mo"
    )


def _wrong_sum(data: bytearray, start: int) -> None:
    data[start] ^= 0xFF


def _broken_stream(data: bytearray, start: int) -> None:
    data[start : start + 40] = b"\xff" * 40


def _encrypted(data: bytearray, start: int) -> None:
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        struct.pack_into("<H", data, place + offset, 1)


@pytest.mark.parametrize("damage", [_wrong_sum, _broken_stream, _encrypted])
def test_a_damaged_part_is_said_to_be_damaged(damage: Callable[[bytearray, int], None]) -> None:
    data = bytearray(one_cell(b'<c r="A1"><v>1</v></c>' * 500))
    damage(data, 30 + len("xl/worksheets/sheet1.xml"))
    assert "endommagé" in refusal(bytes(data))
