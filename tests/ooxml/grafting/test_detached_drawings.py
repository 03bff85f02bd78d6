"""What is drawn over the cells of a sheet that is taken, when it looks at one that is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lxml import etree
from support.ooxml.corpus import parts
from support.ooxml.detaching import giving, said, taken, with_last_values
from support.ooxml.grafts import replaced, zipped
from support.repairs import complaints
from support.validator import microsoft, objections


def chart(book: Any, sheet: Any) -> None:
    drawn = book.add_chart({"type": "column"})
    drawn.add_series({"name": "=Actions!$A$1", "categories": "=Actions!$A$1:$A$2",
                      "values": "=Actions!$A$2:$A$3"})  # fmt: skip
    drawn.add_series({"values": "=Mienne!$A$1:$A$2"})
    drawn.set_title({"name": "=Actions!$A$1"})
    sheet.insert_chart("B2", drawn)


def test_a_chart_that_looks_elsewhere_keeps_its_last_values() -> None:
    data, left = taken(with_last_values(giving(chart)))
    assert said(left) == [("chart", "Actions!$A$1", "", True)]
    drawn = etree.fromstring(parts(data)["xl/charts/chart1.xml"])
    assert [one.text for one in drawn.iter("{*}f")] == ["Mienne!$A$1:$A$2"]
    assert ["".join(one.itertext()) for one in drawn.iter("{*}numLit", "{*}strLit")] == ["35", "35"]
    assert "".join(drawn.find("{*}chart/{*}title").itertext()) == "3 5"
    assert complaints(data) == []


def test_without_last_values_what_it_showed_is_left() -> None:
    data, left = taken(with_last_values(giving(chart), b""))
    assert said(left) == [("chart", "Actions!$A$1", "", False)]
    drawn = etree.fromstring(parts(data)["xl/charts/chart1.xml"])
    assert [one.text for one in drawn.iter("{*}f")] == ["Mienne!$A$1:$A$2"]
    assert len(list(drawn.iter("{*}ser"))) == 2


@microsoft
def test_microsofts_validator_objects_to_no_chart_that_stands_still(tmp_path: Path) -> None:
    files = {
        "values": with_last_values(giving(chart)),
        "none": with_last_values(giving(chart), b""),
    }
    found = objections({name: taken(one)[0] for name, one in files.items()}, tmp_path)
    assert not any(found.values())


def test_a_chart_of_a_pivot_table_becomes_one_of_its_cells() -> None:
    def write(book: Any, sheet: Any) -> None:
        drawn = book.add_chart({"type": "column"})
        drawn.add_series({"values": "=Mienne!$A$1:$A$2"})
        sheet.insert_chart("B2", drawn)

    source = b"<c:pivotSource><c:name>[a.xlsx]Mienne!TCD1</c:name></c:pivotSource><c:chart>"
    data, left = taken(replaced(giving(write), "xl/charts/chart1.xml", b"<c:chart>", source))
    assert left == []
    assert b"pivotSource" not in parts(data)["xl/charts/chart1.xml"]


NEWER = (
    b'<cx:chartSpace xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/chartex">'
    b'<cx:chartData><cx:data id="0"><cx:numDim type="val"><cx:f>%s</cx:f></cx:numDim></cx:data>'
    b"</cx:chartData></cx:chartSpace>"
)


def with_a_newer_chart(area: bytes) -> bytes:
    """Return a workbook whose chart is of the kind that Excel 2016 brought: funnels, trees."""
    contents = parts(giving(chart))
    contents["xl/charts/chart1.xml"] = NEWER % area
    rels = "xl/drawings/_rels/drawing1.xml.rels"
    contents[rels] = contents[rels].replace(b"relationships/chart", b"relationships/chartEx")
    return zipped(contents)


def test_a_chart_of_the_newer_kind_is_taken_or_left_as_a_whole() -> None:
    data, left = taken(with_a_newer_chart(b"Mienne!$A$1:$A$2"))
    assert left == []
    assert b"twoCellAnchor" in parts(data)["xl/drawings/drawing1.xml"]
    data, left = taken(with_a_newer_chart(b"Actions!$A$1:$A$2"))
    assert said(left) == [("chart", "Actions!$A$1:$A$2", "", False)]
    assert b"twoCellAnchor" not in parts(data)["xl/drawings/drawing1.xml"]
    assert "xl/charts/chart1.xml" not in parts(data)


def test_a_shape_keeps_the_text_that_it_took_elsewhere_and_loses_its_macro() -> None:
    def write(_book: Any, sheet: Any) -> None:
        sheet.insert_textbox("B2", "12 actions", {"textlink": "=Actions!$A$1"})
        sheet.insert_textbox("F2", "ici", {"textlink": "=Mienne!$A$1"})

    source = replaced(
        giving(write), "xl/drawings/drawing1.xml", b'macro=""', b'macro="[0]!compter"'
    )
    data, left = taken(source)
    assert {(one.kind, one.text) for one in left} == {
        ("textlink", "Actions!$A$1"), ("macro", "[0]!compter"),
    }  # fmt: skip
    (drawing,) = (one for name, one in parts(data).items() if "/drawings/drawing" in name)
    assert b"12 actions" in drawing
    assert (drawing.count(b"textlink="), drawing.count(b"macro=")) == (1, 0)
    assert complaints(data) == []


def test_a_picture_of_cells_keeps_what_it_last_showed() -> None:
    camera = (
        b'<a:extLst><a:ext uri="{84589F7E-364E-4C9E-8A38-B11213B215E9}"><a14:cameraTool'
        b' xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main"'
        b' cellRange="Actions!$A$1:$B$2" spid="_x0000_s1026"/></a:ext></a:extLst></xdr:cNvSpPr>'
    )

    def write(_book: Any, sheet: Any) -> None:
        sheet.insert_textbox("B2", "image")

    source = giving(write)
    part = "xl/drawings/drawing1.xml"
    source = replaced(source, part, b'<xdr:cNvSpPr txBox="1"/>',
                      b'<xdr:cNvSpPr txBox="1">' + camera)  # fmt: skip
    data, left = taken(source)
    assert said(left) == [("cameraTool", "Actions!$A$1:$B$2", "", False)]
    assert b"a:extLst" not in parts(data)[part]


def test_an_object_that_another_workbook_holds_is_left() -> None:
    source = giving(lambda _, sheet: sheet.write("A1", 1))
    objects = b'<oleObjects><oleObject progId="Excel.Sheet" link="[1]!x" shapeId="1"/></oleObjects>'
    part = "xl/worksheets/sheet2.xml"
    data, left = taken(replaced(source, part, b"</worksheet>", objects + b"</worksheet>"))
    assert said(left) == [("oleObject", "", "", False)]
    assert b"oleObject" not in parts(data)[part]
