"""Parts are inflated within the limits, whole, in UTF-8, without rows of nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from support.good import GOOD
from support.guarded import cells_read, refusal, sheets_of
from support.hostile import (
    CRC,
    FLAGS,
    SIZE,
    bomb,
    book,
    empty_rows,
    entry,
    relabelled,
    text_cell,
    with_rows,
    worksheet,
    zipped,
)

from pst_excel.reading.guard import inspection as guard

SHEET = "xl/worksheets/sheet1.xml"


def test_a_part_without_a_name_is_a_part_like_another() -> None:
    assert "un autre fichier zip" in refusal(entry("", b"", 0, 0, 0))


@pytest.mark.parametrize("start", [b"<", b"<row/>", b"PNG"])
def test_a_bomb_is_not_inflated(start: bytes) -> None:
    data = bomb(2_000, start)
    assert len(data) < 2_500_000
    assert " dépasse la limite « " in refusal(data)


@pytest.mark.parametrize("said", [0, 1_000])
def test_a_bomb_that_says_that_it_is_small_is_not_inflated_either(said: int) -> None:
    data = bomb(2_000, b"<row/>", said)
    if said:
        assert "endommagé" in refusal(data)
    else:
        assert len(guard.inspect(data).data) < 1_000


def test_the_empty_rows_at_the_end_of_a_sheet_are_not_given_to_its_reader() -> None:
    grown = with_rows(GOOD, "Actions", empty_rows(2_000, 20_000))
    assert sheets_of(guard.inspect(grown).data) == sheets_of(guard.inspect(GOOD).data)


def test_the_empty_rows_of_a_sheet_that_holds_nothing_are_not_given_either() -> None:
    rows = {"Actions": empty_rows(1, 20_000)}
    assert sheets_of(guard.inspect(book(rows)).data) == sheets_of(book({"Actions": b""}))


LONG = 90_000  # rows enough to be inflated in several pieces


@pytest.mark.parametrize("cells_of_a_row", ["", "ABC"])
@pytest.mark.parametrize("prefix", [b"", b"x:"])
def test_empty_rows_in_pieces_are_left_out_too(cells_of_a_row: str, prefix: bytes) -> None:
    def shaped(rows: bytes) -> bytes:
        part = worksheet(b'<row r="1"><c r="A1"><v>1</v></c></row>' + rows, after=b"<after/>")
        return book({"Actions": b"<?xml version='1.0'?>" + (
            part.replace(b"</", b"</x:").replace(b"<", b"<x:").replace(b"<x:/x:", b"</x:")
            if prefix else part
        )})  # fmt: skip

    grown = shaped(empty_rows(2, LONG, cells_of_a_row))
    assert sheets_of(guard.inspect(grown).data) == sheets_of(shaped(b""))


@pytest.mark.parametrize(
    "last",
    [
        b'<c r="B95000"><v>2</v></c>',
        b'<c r="B95000"><f>A1</f></c>',
        b'<c r="B95000"><v >2</v ></c>',
    ],
)
def test_empty_rows_before_a_value_are_kept(last: bytes) -> None:
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row>' + empty_rows(2, LONG)
    data = book(
        {"Actions": rows + b'<row r="95000">' + last + b"</row>" + empty_rows(95_001, 95_009)}
    )
    assert sheets_of(guard.inspect(data).data) == sheets_of(data)


def test_a_comment_among_the_empty_rows_changes_nothing_to_what_is_read() -> None:
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row>' + empty_rows(2, LONG)
    data = book({"Actions": rows + b"<!-- <v>9</v> -->" + empty_rows(LONG + 1, 2 * LONG)})
    assert cells_read(guard.inspect(data).data) == {"Actions": [[1]]}


def test_a_part_twice_in_a_zip_is_damage() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = _twice("xl/a.xml", "xl/a.xml")
    assert "endommagé" in refusal(data)
    assert "endommagé" in refusal(_twice("xl/a.xml", "xl/A.XML"))


def _twice(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, b"<a/>")
    return buffer.getvalue()


def _wrong_sum(data: bytes) -> bytes:
    return relabelled(data, CRC, 7, "<I")


def _longer(data: bytes) -> bytes:
    return relabelled(data, SIZE, 999_999, "<I")


def _shorter(data: bytes) -> bytes:
    return relabelled(data, SIZE, 20, "<I")


def _other_method(data: bytes) -> bytes:
    return relabelled(data, (8, 10), 9, "<H")


def _broken_stream(data: bytes) -> bytes:
    start = 30 + len(SHEET)
    return data[:start] + b"\xff" * 40 + data[start + 40 :]


@pytest.mark.parametrize("damage", [_wrong_sum, _longer, _shorter, _other_method, _broken_stream])
def test_a_damaged_part_is_said_to_be_damaged(damage: Callable[[bytes], bytes]) -> None:
    part = worksheet(b'<row r="1">' + b'<c r="A1"><v>1</v></c>' * 500 + b"</row>")
    data = zipped({SHEET: part})
    assert guard.inspect(data).kind == "xlsx"
    assert "endommagé" in refusal(damage(data))


def test_an_encrypted_part_is_said_to_be_protected() -> None:
    data = relabelled(zipped({SHEET: worksheet(b"")}), FLAGS, 1, "<H")
    assert "protégée par un mot de passe" in refusal(data)


def test_a_wrong_sum_in_a_part_that_no_reader_opens_is_damage_too() -> None:
    data = relabelled(zipped({"xl/media/a.png": b"\x89PNG", SHEET: worksheet(b"")}), CRC, 7, "<I")
    assert "endommagé" in refusal(data)


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE a [<!ENTITY b "x">]>',
        '<?xml version="1.0"?>\n<!-- a > b --><?c d?> <!DOCTYPE a SYSTEM "file:///etc/passwd">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_document_type_is_refused(prolog: str, encoding: str) -> None:
    part = (prolog + worksheet(b"").decode()).encode(encoding)
    assert "DOCTYPE" in refusal(zipped({SHEET: part}))
    assert "DOCTYPE" in refusal(zipped({"xl/workbook.xml": part}))


def test_a_text_or_a_picture_that_speaks_of_a_document_type_passes() -> None:
    row = b"<row>" + text_cell("&lt;!DOCTYPE html>", "A1") + b"</row><!-- <!DOCTYPE a> -->"
    drawing = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd"><svg/>'
    assert guard.inspect(book({"A": row}, {"xl/media/image1.svg": drawing})).kind == "xlsx"


def test_many_processing_instructions_before_a_root_are_read_in_little_time() -> None:
    assert guard.inspect(zipped({SHEET: b"<?a b?>" * 200_000 + worksheet(b"")})).kind == "xlsx"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "windows-1252"),
        ("iso-8859-1", "ISO-8859-1"),
        ("utf-8", "utf-8"),
        ("utf-8-sig", "UTF-8"),
    ],
)
def test_a_sheet_in_another_encoding_reads_to_the_same_texts(encoding: str, declared: str) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>\n'
    part = worksheet(b"<row>" + text_cell("Été à Liège", "A1") + b"</row>").decode()
    given = guard.inspect(book({"Actions": (head + part).encode(encoding)})).data
    assert cells_read(given) == {"Actions": [["Été à Liège"]]}


def test_an_encoding_that_no_program_uses_is_refused() -> None:
    part = b'<?xml version="1.0" encoding="punycode"?>' + worksheet(b"")
    assert "encodage inattendu (punycode)" in refusal(zipped({SHEET: part}))
