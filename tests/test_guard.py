"""A file is looked at before any reader opens it: what is refused has its own sentence."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from dataclasses import replace

import pytest
from hostile import (
    CRC,
    FLAGS,
    SIZE,
    bomb,
    book,
    empty_rows,
    entry,
    ole,
    parts_of,
    relabelled,
    text_cell,
    with_rows,
    worksheet,
    zipped,
)  # fmt: skip
from python_calamine import CalamineWorkbook
from support import CLEAN, grid, workbook

from pst_excel.errors import UnreadableFile
from pst_excel.files import guard
from pst_excel.limits import Limits
from pst_excel.wording import NBSP, THIN

GOOD = workbook(CLEAN)
SHEET = "xl/worksheets/sheet1.xml"
LAST_ROW, LAST_COLUMN = Limits().lignes, "ZZ"


def refusal(data: bytes, **limits: int) -> str:
    with pytest.raises(UnreadableFile) as caught:
        guard.inspect(data, Limits(**limits))
    return str(caught.value)


def cells(data: bytes) -> dict[str, list[list[object]]]:
    """Return what calamine reads in a workbook."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as read:
        return {
            title: read.get_sheet_by_name(title).to_python(skip_empty_area=False)
            for title in read.sheet_names
        }


def one_cell(cell: bytes) -> bytes:
    return book({"Actions": b"<row>" + cell + b"</row>"})


def at(reference: str, start: str = '<c r="{}">') -> bytes:
    return one_cell((start.format(reference) + "<v>1</v></c>").encode())


@pytest.mark.parametrize("data", [GOOD, grid({"Feuil1": [["Bonjour"]]})])
def test_a_workbook_passes_and_its_reader_finds_in_it_what_it_held(data: bytes) -> None:
    inspected = guard.inspect(data)
    assert inspected.kind == "xlsx"
    assert cells(inspected.data) == cells(data)


def test_the_reader_is_given_nothing_but_the_parts_that_were_looked_at() -> None:
    data = zipped({**parts_of(GOOD), "xl/media/photo.png": b"\x89PNG", "xl/vbaProject.bin": b"\0"})
    assert parts_of(guard.inspect(data).data) == parts_of(GOOD)


RECORD = struct.Struct("<HH")
BEGINNING = b"\x09\x08\x10\0\0\x06\x05\0" + b"\0" * 12
XLS = ole("Workbook", more=BEGINNING + RECORD.pack(0x42, 2) + b"\xb0\x04")
LOCK = b"\x06Durant".ljust(55) + b"\x06\0" + "Durant".ljust(54).encode("utf-16-le")
FORM = "application/vnd.oasis.opendocument."


@pytest.mark.parametrize(
    ("data", "fragment"),
    [
        (b"", "vide (0 octet)"),
        (b"%PDF-1.7\n", "c’est un document PDF"),
        (b"{\\rtf1\\ansi", "c’est un document RTF"),
        (b"\x89PNG\r\n\x1a\n", "c’est une image"),
        (b"\xff\xd8\xff\xe0JFIF", "c’est une image"),
        (b"GIF89a", "c’est une image"),
        (b"RIFF\0\0\0\0WEBP", "c’est une image"),
        (b"\0\0\0\x18ftypheic", "c’est une image"),
        (b"<html><table></table></html>", "c’est une page web"),
        (b"\xef\xbb\xbf\n <!DOCTYPE html>", "c’est une page web"),
        (b"<HTML>", "c’est une page web"),
        (b"MIME-Version: 1.0\nX-Document-Type: Workbook", "c’est une page web"),
        (b'{"url": "https://docs.google.com/spreadsheets/d/1"}', "Fichier › Télécharger ›"),
        (b"code;intitule\n1.1.1;Planter\n", "c’est un fichier texte"),
        ("Bonjour, voici l’été".encode("cp1252"), "c’est un fichier texte"),
        ("code\tintitulé".encode("utf-16"), "c’est un fichier texte"),
        (b"[InternetShortcut]\nURL=https://x.be", "c’est un raccourci"),
        (b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0", "c’est un raccourci"),
        (b'<?xml version="1.0"?><a/>', "c’est un fichier XML"),
        (
            b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
            b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "XML d’Excel 2003",
        ),
        (
            b'<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">',
            ".fods",
        ),
        (b"\x1f\x8b\x08\0", "c’est une archive compressée ; extrayez-en le classeur"),
        (b"7z\xbc\xaf\x27\x1c\0", "c’est une archive compressée"),
        (b"Rar!\x1a\x07", "c’est une archive compressée"),
        (LOCK, "« ~$ »"),
        (b"\0\x05\x16\x07\0\x02\0\0Mac OS X", "« ._ »"),
        (b"\x01\x02\x03\x04" * 50, "ce n’est pas un classeur Excel ; ouvrez-le"),
        (ole("EncryptedPackage"), "mot de passe"),
        (ole("Workbook", more=BEGINNING + RECORD.pack(0x2F, 6) + b"\0" * 6), "mot de passe"),
        (ole("WordDocument"), "c’est un document Word"),
        (ole("PowerPoint Document"), "c’est une présentation PowerPoint"),
        (ole("__substg1.0_001A001E"), "c’est un message Outlook"),
        (ole("Autre chose"), "endommagé"),
        (ole("Workbook")[:600], "endommagé"),
        (b"PK\x03\x04" + b"\0" * 40, "endommagé"),
        (GOOD[: len(GOOD) // 2], "endommagé"),
        (GOOD[:-30], "endommagé"),
        (zipped({}), "un autre fichier zip"),
        (zipped({"lettre.txt": b"Bonjour"}), "un autre fichier zip ; demandez"),
        (zipped({"retours/Travaux.xlsx": GOOD}), "un autre fichier zip ; extrayez-en"),
        (zipped({"word/document.xml": b"<w/>"}), "c’est un document Word"),
        (zipped({"ppt/presentation.xml": b"<w/>"}), "c’est une présentation PowerPoint"),
        (zipped({"Index/Document.iwa": b"\0"}), "dans Numbers"),
        (zipped({"mimetype": f"{FORM}text".encode()}), "OpenDocument d’une autre sorte"),
        (
            zipped(
                {
                    "mimetype": f"{FORM}spreadsheet".encode(),
                    "META-INF/manifest.xml": b"<m:encryption-data/>",
                }
            ),
            "mot de passe",
        ),
    ],
)  # fmt: skip
def test_each_other_kind_of_file_has_its_sentence(data: bytes, fragment: str) -> None:
    sentence = refusal(data)
    assert fragment in sentence
    assert sentence[0].islower()
    assert not sentence.endswith(".")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (XLS, "xls"),
        (ole("Book"), "xls"),
        (zipped({"xl/workbook.bin": b"\0"}), "xlsb"),
        (zipped({"mimetype": f"{FORM}spreadsheet".encode(), "content.xml": b"<a/>"}), "ods"),
        (zipped({"mimetype": f"{FORM}spreadsheet-template".encode()}), "ods"),
    ],
)
def test_a_workbook_is_known_by_its_content(data: bytes, kind: str) -> None:
    assert guard.inspect(data).kind == kind


@pytest.mark.parametrize("following", [(0,), (1, 2, 0), (5, 5, 5, 5, 5, 3)])
def test_an_xls_whose_sectors_never_end_is_damaged(following: tuple[int, ...]) -> None:
    assert "endommagé" in refusal(ole("Workbook", following=following))
    assert guard.inspect(ole("Workbook", following=(1, 2, 7))).kind == "xls"


AWAY = "tout au bout d’une feuille"


@pytest.mark.parametrize(
    "reference",
    ["XFD1048576", "A1048576", "XFD1", "AAA5", "ZZ300000", f"B{LAST_ROW + 1}", "xfd1", "ZZZZZZZ1",
     "A99999999999", "A0000100001"],
)  # fmt: skip
def test_a_value_far_beyond_the_table_is_refused(reference: str) -> None:
    assert AWAY in refusal(at(reference))


@pytest.mark.parametrize("reference", ["A1", f"{LAST_COLUMN}5", f"B{LAST_ROW}", "AX99999"])
def test_a_value_within_the_limits_passes(reference: str) -> None:
    assert guard.inspect(at(reference)).kind == "xlsx"


def test_cells_are_counted_with_the_blanks_before_them() -> None:
    assert f"5{NBSP}Mo" not in refusal(at("AZ100000"))
    assert f"(5{THIN}000{THIN}000) : 5{THIN}200{THIN}000" in refusal(at("AZ100000"))


@pytest.mark.parametrize(
    "cell", [b'<c r="XFD1048576" s="3"/>', b'<c r="XFD1048576" s="3"></c>', b'<x:c r="XFD9"/>']
)
def test_a_style_far_beyond_the_table_passes(cell: bytes) -> None:
    assert guard.inspect(one_cell(b'<c r="A1"><v>1</v></c>' + cell)).kind == "xlsx"


@pytest.mark.parametrize(
    "start", ['<c s="1" r="{}">', "<c r='{}'>", '<x:c r="{}">', '<c  r="{}">', '<c\nr="{}">',
              '<é:c r="{}">', '<c r = "{}" >']
)  # fmt: skip
def test_a_far_value_is_seen_however_its_cell_is_spelt(start: str) -> None:
    cell = start.format("XFD1048576") + "<v>1</v>" + start.split()[0].replace("<", "</") + ">"
    assert AWAY in refusal(one_cell(cell.encode()))


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="1048576"><c><v>1</v></c></row>',
        b'<row r="1048576"><c r="A1048576"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>',
        b'<row r="100000"/><row><c><v>1</v></c></row>',
        b"<row/>" * 100_000 + b"<row><c><v>1</v></c></row>",
        b"<row>" + b"<c/>" * 702 + b"<c><v>1</v></c></row>",
        b'<row><c r="ZZ1"/><c><v>1</v></c></row>',
        b'<row><c r="XFD1"><v >1</v ></c></row>',
        b'<row><c r="XFD1" t="inlineStr"><is ><t>a</t></is ></c></row>',
        b'<row><c r="A1"><v>1</v></c></row><!-- <v>1</v> --><row><c r="XFD1"><v>1</v></c></row>',
    ],
)
def test_a_far_value_is_seen_wherever_its_row_says_it_is(rows: bytes) -> None:
    assert AWAY in refusal(book({"Actions": rows}))


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="A1" s="1" r="XFD1048576"><v>1</v></c>',
        b'<c r="A1" s="1"r="XFD1048576"><v>1</v></c>',
        b'<c r="A1" s=">" r="XFD1048576"><v>1</v></c>',
        b"<c r=XFD1048576><v>1</v></c>",
    ],
)
def test_a_cell_that_says_where_it_is_in_no_proper_way_is_damage(cell: bytes) -> None:
    assert "endommagé" in refusal(one_cell(cell))


@pytest.mark.parametrize("row", ["0", "00", "1"])
def test_a_row_before_the_first_is_left_to_the_reader(row: str) -> None:
    assert guard.inspect(at(f"A{row}")).kind == "xlsx"


def test_a_part_without_a_name_is_a_part_like_another() -> None:
    assert "un autre fichier zip" in refusal(entry("", b"", 0, 0, 0))


@pytest.mark.parametrize(
    "part",
    [
        b'<x:worksheet><x:sheetData><x:row><x:c r="XFD1"><x:v>1</x:v></x:c></x:row></x:sheetData>'
        b"</x:worksheet>",
        worksheet(b'<row><c r="XFD1"><v>1</v></c></row>', after=b"<sheetData></sheetData>"),
        worksheet(b"", before=b'<x:sheetData><row><c r="XFD1"><v>1</v></c></row></x:sheetData>'),
        worksheet(b'<row><c r="XFD1"><v>1</v></c></row>', before=b"<!-- <sheetData> -->"),
        worksheet(b'<row><c r="XFD1"><v>1</v></c></row>', after=b"<!-- </sheetData> -->"),
        worksheet(b'<row><c r="XFD1"><v>1</v></c></row>').decode().encode("utf-16"),
        worksheet(b'<row><c r="XFD1"><v>1</v></c></row>').decode().encode("utf-16-be"),
    ],
)
def test_a_far_value_is_seen_in_any_shape_of_sheet(part: bytes) -> None:
    assert AWAY in refusal(zipped({"xl/ailleurs.dat": part}))


@pytest.mark.parametrize("title", ["Été", "Actions & OO"])
def test_what_follows_the_rows_is_no_value(title: str) -> None:
    far = b'<conditionalFormatting sqref="A1:XFD1048576"><cfRule><formula>XFD1</formula></cfRule>'
    part = worksheet(text_cell(title, "A1").join([b"<row>", b"</row>"]), after=far + b"<f>A1</f>")
    part = part.replace(b"</worksheet>", b"</conditionalFormatting></worksheet>")
    assert guard.inspect(zipped({"xl/worksheets/sheet1.xml": part})).kind == "xlsx"


def record(kind: int, payload: bytes) -> bytes:
    return bytes([kind, len(payload)]) + payload


def binary(row: int, column: int, kind: int) -> bytes:
    """Return a sheet of an xlsb with one number of a kind of record after a blank cell."""
    where = record(0, row.to_bytes(4, "little") + b"\0" * 13)
    blank = record(1, column.to_bytes(4, "little") + b"\0" * 4)
    value = record(kind, (column + 1).to_bytes(4, "little") + b"\0" * 4 + struct.pack("<d", 7))
    short = record(kind, b"\0" * 4 + struct.pack("<d", 7))
    return where + blank + (short if kind > 11 else value)


def test_a_value_far_beyond_the_table_of_an_xlsb_is_refused() -> None:
    parts = {"xl/workbook.bin": b"\0", "xl/worksheets/sheet1.bin": binary(1_048_575, 5, 5)}
    assert AWAY in refusal(zipped(parts))


def test_an_abbreviated_cell_of_an_xlsb_is_given_its_column() -> None:
    parts = {"xl/workbook.bin": b"\0", "xl/worksheets/sheet1.bin": binary(3, 5, 16)}
    inspected = guard.inspect(zipped(parts))
    assert parts_of(inspected.data)["xl/worksheets/sheet1.bin"] == binary(3, 5, 5)


def ods(rows: str) -> bytes:
    content = f'<office:body><table:table table:name="Actions">{rows}</table:table></office:body>'
    return zipped({"mimetype": f"{FORM}spreadsheet".encode(), "content.xml": content.encode()})


ODS_VALUE = '<table:table-cell {} office:value-type="float" office:value="1"/>'


@pytest.mark.parametrize(
    "rows",
    [
        '<table:table-row table:number-rows-repeated="1048576">' + ODS_VALUE.format(""),
        "<table:table-row>" + ODS_VALUE.format('table:number-columns-repeated="16384"'),
        '<table:table-row table:number-rows-repeated="1048575"/><table:table-row>'
        + ODS_VALUE.format(""),
    ],
)
def test_a_value_repeated_to_the_end_of_an_ods_is_refused(rows: str) -> None:
    assert AWAY in refusal(ods(f"{rows}</table:table-row>"))


def test_blanks_repeated_to_the_end_of_an_ods_pass() -> None:
    end = '<table:table-row table:number-rows-repeated="1048575">'
    end += '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    row = f"<table:table-row>{ODS_VALUE.format('')}</table:table-row>"
    assert guard.inspect(ods(row + end)).kind == "ods"


def test_the_blanks_between_the_cells_of_an_ods_are_not_given_to_its_reader() -> None:
    row = f"<table:table-row>{ODS_VALUE.format('')}</table:table-row>"
    loose = row.replace("><", ">\n   <")
    tidy, given = (guard.inspect(ods(rows)).data for rows in (row, f"\n {loose} \n"))
    assert parts_of(given) == parts_of(tidy)


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
    assert parts_of(guard.inspect(grown).data) == parts_of(guard.inspect(GOOD).data)


def test_the_empty_rows_of_a_sheet_that_holds_nothing_are_not_given_either() -> None:
    rows = {"Actions": empty_rows(1, 20_000)}
    assert parts_of(guard.inspect(book(rows)).data) == parts_of(book({"Actions": b""}))


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
    assert parts_of(guard.inspect(grown).data) == parts_of(shaped(b""))


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
    assert parts_of(guard.inspect(data).data) == parts_of(data)


def test_a_comment_among_the_empty_rows_changes_nothing_to_what_is_read() -> None:
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row>' + empty_rows(2, LONG)
    data = book({"Actions": rows + b"<!-- <v>9</v> -->" + empty_rows(LONG + 1, 2 * LONG)})
    assert cells(guard.inspect(data).data) == {"Actions": [[1]]}


def test_a_file_too_heavy_is_refused_with_its_weight() -> None:
    heavy = refusal(b"PK" + b"\0" * Limits().fichier)
    assert f"(50{NBSP}Mo) : 50{NBSP}Mo" in heavy


def test_a_part_twice_in_a_zip_is_damage() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = _twice("xl/a.xml", "xl/a.xml")
    assert "endommagé" in refusal(data)
    assert "endommagé" in refusal(_twice("xl/a.xml", "xl/A.XML"))


def _twice(*names: str) -> bytes:
    import zipfile

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
    assert cells(given) == {"Actions": [["Été à Liège"]]}


def test_an_encoding_that_no_program_uses_is_refused() -> None:
    part = b'<?xml version="1.0" encoding="punycode"?>' + worksheet(b"")
    assert "encodage inattendu (punycode)" in refusal(zipped({SHEET: part}))


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
    raised = replace(Limits(), **{name: 10**9})
    assert guard.inspect(data if name != "rapport" else SMALL, raised).kind == "xlsx"


def test_a_long_text_is_seen_across_the_pieces_in_which_it_is_inflated() -> None:
    data = book({"Actions": b"<row>" + text_cell("x" * 3_000_000, "A1") + b"</row>"})
    assert "dépasse la limite « cellule »" in refusal(data)


def test_many_texts_that_are_long_enough_pass() -> None:
    row = b"<row>" + b"".join(
        text_cell("x" * 30_000, f"{letter}1") for letter in "ABCDEFGHIJKL" * 5
    )
    assert guard.inspect(book({"Actions": row + b"</row>"})).kind == "xlsx"
