"""What is no workbook has its own sentence; a workbook is known by its content."""

from __future__ import annotations

import struct

import pytest
from support import WRITTEN, read
from support.good import GOOD
from support.guarded import FORM, refusal
from support.hostile import ole, zipped

from pst_excel.reading.guard import inspection as guard

RECORD = struct.Struct("<HH")
BEGINNING = b"\x09\x08\x10\0\0\x06\x05\0" + b"\0" * 12
XLS = ole("Workbook", more=BEGINNING + RECORD.pack(0x42, 2) + b"\xb0\x04")
LED = '<R><Relationship Id="a" Type="x/officeDocument" Target="b.xml"/></R>'
LETTER = b'<T><Override PartName="/b.xml" ContentType="a.wordprocessingml.document.main+xml"/></T>'
LOCK = b"\x06Durant".ljust(55) + b"\x06\0" + "Durant".ljust(54).encode("utf-16-le")


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
        (ole("StrongEncryptionTransform", "EncryptionInfo", "EncryptedPackage"), "mot de passe"),
        (ole("DRMEncryptedTransform", "EncryptedPackage"), "étiquette de confidentialité"),
        (ole("EncryptedPackage", "LabelInfo"), "étiquette de confidentialité"),
        (ole("\tDRMContent", "Workbook"), "étiquette de confidentialité"),
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
        (
            zipped(
                {"b.xml": b"<w/>", "_rels/.rels": LED.encode(), "[Content_Types].xml": LETTER}
            ),
            "c’est un document Word",
        ),
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
        (ole("WORKBOOK"), "xls"),
        (ole("BOOK"), "xls"),
        (zipped({"a.bin": b"\0", "_rels/.rels": LED.replace("b.xml", "a.bin").encode()}), "xlsb"),
        (zipped({"B.xml": b"<b/>", "_rels\\.rels": LED.encode()}), "xlsx"),
        (zipped({"xl/workbook.bin": b"\0"}), "xlsb"),
        (zipped({"mimetype": f"{FORM}spreadsheet".encode(), "content.xml": b"<a/>"}), "ods"),
        (zipped({"mimetype": f"{FORM}spreadsheet-template".encode()}), "ods"),
        (zipped({"META-INF/manifest.xml": f'<m:type="{FORM}spreadsheet"/>'.encode()}), "ods"),
    ],
)
def test_a_workbook_is_known_by_its_content(data: bytes, kind: str) -> None:
    assert guard.inspect(data).kind == kind


def test_a_label_is_named_with_its_remedy_and_no_password_is_spoken_of() -> None:
    sentence = refusal(ole("DRMEncryptedDataSpace", "EncryptedPackage", "LabelInfo"))
    assert "passe" not in sentence
    assert "Accueil › Confidentialité" in sentence


@pytest.mark.parametrize("name", ["WORKBOOK", "workbook"])
def test_an_xls_whose_stream_has_other_letters_reads_to_the_same_values(name: str) -> None:
    known = (WRITTEN / "libreoffice.xls").read_bytes()
    usual, other = ("Workbook".encode("utf-16-le"), name.encode("utf-16-le"))
    one, source = read(known.replace(usual, other)), read(known)
    assert (one.tables, one.findings) == (source.tables, source.findings)
