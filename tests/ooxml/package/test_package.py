"""The parts of a workbook: what is not touched is the same bytes, what is not whole is refused."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter
from lxml import etree

from pst_excel.ooxml.errors import Malformed, NotAWorkbook, Protected
from pst_excel.ooxml.package import container, names
from pst_excel.ooxml.package.container import entries_of
from pst_excel.ooxml.package.package import Package
from pst_excel.ooxml.package.parts import CONTENT_TYPES

SHEET = "xl/worksheets/sheet1.xml"


def workbook():
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("Actions")
    sheet.write("B2", "Rue de l’Église")
    sheet.write_url("B3", "https://www.wallonie.be")
    book.close()
    return file.getvalue()


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {one.filename: archive.read(one) for one in archive.infolist()}


def streamed(data):
    """The same package as a program writes it that does not know the sizes beforehand."""

    class Pipe(io.RawIOBase):
        def __init__(self):
            self.held = bytearray()

        def writable(self):
            return True

        def write(self, data):
            self.held += bytes(data)
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts_of(data).items():
            archive.writestr(name, content)
    return bytes(pipe.held)


@pytest.mark.parametrize("made", [workbook(), streamed(workbook())], ids=["plain", "streamed"])
def test_a_package_written_again_has_the_same_compressed_bytes_in_the_same_order(made):
    again = Package(made).to_bytes()
    assert [(e.name, e.compressed, e.checksum) for e in entries_of(again)] == [
        (e.name, e.compressed, e.checksum) for e in entries_of(made)
    ]
    assert zipfile.ZipFile(io.BytesIO(again)).testzip() is None


def test_one_part_changed_leaves_the_others_as_they_were():
    made = workbook()
    package = Package(made)
    package.edit(SHEET).set("changed", "1")
    before, after = (
        {e.name: e.compressed for e in entries_of(d)} for d in (made, package.to_bytes())
    )
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == {SHEET}


def test_a_part_opened_to_be_changed_and_not_changed_is_the_same_bytes():
    made = workbook()
    package = Package(made)
    package.edit(SHEET)
    assert package.to_bytes() == Package(made).to_bytes()


def test_what_stands_before_the_root_stays():
    made = parts_of(workbook())
    made[SHEET] = made[SHEET].replace(b"?>", b"?>\r\n", 1)
    package = Package(zipped(made))
    package.edit(SHEET).set("changed", "1")
    assert package.content(SHEET).startswith(
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    )


def test_a_part_in_another_encoding_is_written_in_utf_8():
    made = parts_of(workbook())
    made["xl/sharedStrings.xml"] = made["xl/sharedStrings.xml"].decode().replace(
        'encoding="UTF-8"', 'encoding="UTF-16"'
    ).encode("utf-16")  # fmt: skip
    package = Package(zipped(made))
    package.edit("xl/sharedStrings.xml").set("changed", "1")
    assert "Rue de l’Église" in package.content("xl/sharedStrings.xml").decode()


def test_targets_are_found_absolute_relative_encoded_and_in_any_case():
    made = parts_of(workbook())
    rels = "xl/_rels/workbook.xml.rels"
    made["xl/worksheets/ma feuille.xml"] = made.pop(SHEET)
    made["xl/worksheets/_rels/ma feuille.xml.rels"] = made.pop(
        "xl/worksheets/_rels/sheet1.xml.rels"
    )
    made[rels] = made[rels].replace(b"worksheets/sheet1.xml", b"/xl/Worksheets/ma%20feuille.xml")
    package = Package(zipped(made))
    assert package.related("xl/workbook.xml", "worksheet") == ["xl/worksheets/ma feuille.xml"]
    (link,) = package.relations("xl/worksheets/ma feuille.xml")
    assert (link.kind, link.external) == ("hyperlink", True)


def test_a_part_added_then_removed_leaves_the_package_as_it_was():
    made = workbook()
    package = Package(made)
    name = package.add("xl/notes.xml", b"<a/>", "application/x+xml")
    id = package.relate(SHEET, "notes", name)
    package.unrelate(SHEET, id)
    package.remove(name)
    assert package.to_bytes() == Package(made).to_bytes()


def test_the_first_free_name_is_given_again_once_it_is_free():
    package = Package(workbook())
    assert package.free_name("xl/worksheets/sheet{}.xml") == "xl/worksheets/sheet2.xml"
    package.remove(SHEET)
    assert package.free_name("xl/worksheets/sheet{}.xml") == SHEET


def test_a_part_of_a_kind_with_a_default_needs_no_declaration_of_its_own():
    package = Package(workbook())
    package.add("xl/a.vml", b"<xml/>", "application/vml")
    package.add("xl/b.vml", b"<xml/>", "application/vml")
    package.add("xl/c.vml", b"<xml/>", "application/other")
    said = [dict(one.attrib) for one in package.tree(CONTENT_TYPES)][-1]
    assert package.content_type("xl/b.vml") == "application/vml"
    assert said == {"PartName": "/xl/c.vml", "ContentType": "application/other"}


def test_a_strict_part_is_read_with_plain_names_and_written_strict():
    made = {
        n: names.to_strict(p) if n.endswith(("xml", "rels")) else p
        for n, p in parts_of(workbook()).items()
    }
    package = Package(zipped(made))
    assert package.strict
    root = package.edit(SHEET)
    assert root.tag == names.main("worksheet")
    etree.SubElement(root, names.main("extLst"))
    written = package.content(SHEET)
    assert b"purl.oclc.org/ooxml/spreadsheetml/main" in written
    assert b"schemas.openxmlformats.org/spreadsheetml/2006/main" not in written


def test_a_plain_name_inside_a_strict_part_stays_plain():
    mixed = (
        b'<a xmlns="http://purl.oclc.org/ooxml/drawingml/main"'
        b' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/>'
    )
    assert names.to_strict(names.to_plain(mixed)) == mixed


def _encrypted(data):
    broken = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := broken.find(mark, place + 1)) >= 0:
            broken[place + at] |= 1
    return bytes(broken)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", NotAWorkbook, "tronqué"),
        (workbook()[:-40], NotAWorkbook, "tronqué"),
        (b"Code;Intitul\xe9", NotAWorkbook, "tronqué"),
        (zipped({"mimetype": b"x"}), NotAWorkbook, "pas un classeur"),
        (OLE, NotAWorkbook, "xls"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), Protected, "mot de passe"),
        (_encrypted(workbook()), Protected, "mot de passe"),
    ],
    ids=["empty", "cut", "text", "another zip", "xls", "password", "encrypted zip"],
)
def test_what_is_no_workbook_to_patch_is_refused(data, error, words):
    with pytest.raises(error, match=words):
        Package(data)


def test_a_part_with_a_document_type_is_refused():
    made = parts_of(workbook())
    made[SHEET] = b'<!DOCTYPE a [<!ENTITY b "c">]>' + made[SHEET].split(b"?>", 1)[1]
    with pytest.raises(Malformed, match="DOCTYPE"):
        Package(zipped(made)).tree(SHEET)


def test_a_part_whose_checksum_is_wrong_is_refused_when_it_is_read():
    made = zipped(parts_of(workbook()), zipfile.ZIP_STORED)
    at = made.index(b"<worksheet")
    package = Package(made[:at] + b"<Worksheet" + made[at + 10 :])
    with pytest.raises(NotAWorkbook, match="endommagé"):
        package.tree(SHEET)


def test_a_part_that_inflates_beyond_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(container, "MOST", 100)
    with pytest.raises(NotAWorkbook, match="trop grande"):
        Package(workbook())


def test_two_parts_of_one_name_are_refused():
    data = zipped(parts_of(workbook()) | {"XL/WORKBOOK.XML": b"<a/>"})
    with pytest.raises(NotAWorkbook, match="deux parties"):
        Package(data)
