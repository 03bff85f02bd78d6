"""A small workbook in which many things refer to the rows of one sheet, and what they say.

Sheet Plan: a table on rows 3 to 9, its data on 4 to 8, and beside it, on the same rows, cells to
which all else refers. Sheet « L’été 26 » refers to it.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

import xlsxwriter
from lxml import etree

from pst_excel.ooxml.package.names import R_ID, Element, local, main
from support.ooxml import torture_parts as texts
from support.ooxml.torture import Parts

PLAN, OTHER = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
DRAWING, CHART, NOTE_SHAPES = "xl/drawings/drawing1.xml", "xl/charts/chart1.xml", "vmlDrawing1.vml"
NOTES, TABLE, BOOK = "xl/comments1.xml", "xl/tables/table1.xml", "xl/workbook.xml"
CONTROL = "xl/ctrlProps/ctrlProp1.xml"
_TITLE = "L'été 26"

_BEFORE_FILTER = f"""<protectedRanges {texts.NAMES}><protectedRange sqref="F4:F8 F6" name="Saisie"/>\
</protectedRanges>"""
_SCENARIOS = f"""<scenarios {texts.NAMES} current="0" sqref="F8"><scenario name="Haut" count="1">\
<inputCells r="F7" val="9"/></scenario></scenarios>"""
_WATCHES = f'<cellWatches {texts.NAMES}><cellWatch r="F6"/><cellWatch r="F8"/></cellWatches>'
_VALIDATION = f"""<ext {texts.NAMES} uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}">\
<x14:dataValidations count="1"><x14:dataValidation type="list"><x14:formula1>\
<xm:f>Plan!$N$4:$N$8</xm:f></x14:formula1><xm:sqref>K4:K8</xm:sqref></x14:dataValidation>\
</x14:dataValidations></ext>"""
_RULE = f"""<ext {texts.NAMES} uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}">\
<x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type="expression" priority="9" \
id="{{00000000-0000-4000-8000-000000000001}}"><xm:f>Plan!$F$8&gt;A4</xm:f></x14:cfRule>\
<xm:sqref>A4:A5</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext>"""
_CONTROL = (
    f'<formControlPr xmlns="{texts.X14}" objectType="Drop" dropStyle="combo" dx="16" '
    'fmlaLink="$F$8" fmlaRange="$N$4:$N$8" sel="0" val="0"/>'
)
_CHECK = """<v:shape id="_x0000_s1099" type="#_x0000_t201" style="position:absolute"><x:ClientData \
ObjectType="Drop"><x:SizeWithCells/><x:Anchor>16, 1, 5, 1, 17, 1, 6, 1</x:Anchor><x:FmlaRange>\
$N$4:$N$8</x:FmlaRange><x:FmlaLink>$F$8</x:FmlaLink></x:ClientData></v:shape>"""


def plan() -> bytes:
    """Return the workbook."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet, other = book.add_worksheet("Plan"), book.add_worksheet(_TITLE)
        _cells(book, sheet)
        _beside(book, sheet)
        _elsewhere(book, other)
        book.define_name("choix", "=Plan!$N$4:$N$8")
        book.define_name("Plan!local", "=Plan!$F$6")
    parts = Parts(buffer.getvalue())
    _shared(parts)
    for text in (_BEFORE_FILTER, _SCENARIOS, _WATCHES):
        parts.place(PLAN, text)
    parts.extend(PLAN, _VALIDATION)
    parts.extend(OTHER, _RULE)
    _control(parts)
    return parts.zipped(strict=False, prefixed=False)


def _cells(book: Any, sheet: Any) -> None:
    sheet.write("A1", "Plan")
    money = book.add_format({"num_format": "0.00", "bold": True})
    sheet.add_table("A3:C9", {
        "name": "tPlan", "total_row": True,
        "data": [[f"A{at}", at * 10] for at in range(4, 9)],
        "columns": [
            {"header": "Code", "total_string": "Total"},
            {"header": "Montant", "format": money, "total_function": "sum", "total_value": 300},
            {"header": "Double", "formula": "=tPlan[[#This Row],[Montant]]*2"},
        ],
    })  # fmt: skip
    for row in range(4, 9):
        sheet.write(row - 1, 2, row * 20)
        sheet.write_formula(row - 1, 2, "=tPlan[[#This Row],[Montant]]*2", None, row * 20)
        sheet.write(row - 1, 5, row, money)
        sheet.write_formula(row - 1, 6, f"=F{row}*$F$8", None, row * 8)
        sheet.write_formula(row - 1, 7, f"=N(H{row - 1})+F{row}", None, sum(range(4, row + 1)))
        sheet.write(row - 1, 13, row)
    sheet.write_array_formula("J12:J14", "{=F4:F6*2}", None, 8)
    sheet.write("J13", 10)
    sheet.write("J14", 12)
    sheet.write_formula("A12", "=SUM(F4:F8)", None, 30)
    sheet.write_formula("A13", "=F6+F7", None, 13)
    sheet.set_row(4, 25)


def _beside(book: Any, sheet: Any) -> None:
    bold = book.add_format({"bold": True})
    sheet.merge_range("L5:M6", "haut")
    sheet.merge_range("L10:M10", "large")
    rule = {"type": "formula", "criteria": "=$F4>$F$8", "format": bold}
    sheet.conditional_format("F4:F8", rule)
    sheet.conditional_format("G4:G8", {
        "type": "2_color_scale", "min_type": "formula", "min_value": "=$F$6",
        "max_type": "formula", "max_value": "=$F$8",
    })  # fmt: skip
    sheet.data_validation("A4:A8", {"validate": "custom", "value": "=LEN(A4)<80"})
    sheet.data_validation("B6", {"validate": "list", "source": "=$N$4:$N$8"})
    sheet.write_url("O4", "https://example.org/quatre")
    sheet.write_url("O6", "https://example.org/six")
    sheet.write_url("O8", "internal:Plan!A8", string="ici")
    for ref in ("A5", "A6", "A8"):
        sheet.write_comment(ref, f"note {ref}", {"author": "Zoé"})
    for row in (5, 6):
        sheet.add_sparkline(f"P{row}", {"range": "Plan!F4:F8"})
    sheet.ignore_errors({"number_stored_as_text": "A4:A8"})
    sheet.freeze_panes(3, 0)
    sheet.set_selection("A6:B7")
    sheet.print_area("A1:C9")
    sheet.repeat_rows(0, 2)
    sheet.set_h_pagebreaks([3, 5, 7])
    for position in (1, 2, 3):
        sheet.insert_textbox("R5", "texte", {
            "object_position": position, "height": 60, "textlink": "=Plan!$F$8",
        })  # fmt: skip


def _elsewhere(book: Any, sheet: Any) -> None:
    sheet.write_formula("A1", "=SUM(Plan!F4:F8)", None, 30)
    sheet.write_formula("A2", "=Plan!F8*A1", None, 240)
    sheet.write_row("A4", ["x", "y"])
    sheet.write_row("A5", [1, 2])
    sheet.autofilter("A4:B5")
    sheet.data_validation("B5", {"validate": "list", "source": "=Plan!$N$4:$N$8"})
    sheet.write_url("C1", "internal:Plan!A8", string="là")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Plan!$F$4:$F$8", "name": "=Plan!$F$3"})
    sheet.insert_chart("D1", chart)


def _shared(parts: Parts) -> None:
    for number, column in enumerate("GH"):
        for row in range(4, 9):
            formula = parts.cell(PLAN, f"{column}{row}").find(main("f"))
            formula.set("t", "shared")
            formula.set("si", str(number))
            if row == 4:
                formula.set("ref", f"{column}4:{column}8")
            else:
                formula.text = None


def _control(parts: Parts) -> None:
    made = parts.add(PLAN, "ctrlProp", CONTROL, _CONTROL,
                     "application/vnd.ms-excel.controlproperties+xml")  # fmt: skip
    parts.place(PLAN, texts.CONTROLS.replace("{id}", made).replace("2052", "1099").replace(
        "<controlPr ", '<controlPr linkedCell="$F$8" listFillRange="$N$4:$N$8" '
    ))  # fmt: skip
    name = f"xl/drawings/{NOTE_SHAPES}"
    parts.contents[name] = parts.contents[name].replace(b"</xml>", _CHECK.encode() + b"</xml>")


class Told:
    """What a workbook says, part by part."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.contents = {name: archive.read(name) for name in archive.namelist()}

    def root(self, part: str) -> Element:
        """Return the root of a part."""
        return etree.fromstring(self.contents[part])

    def all(self, part: str, tag: str, key: str = "") -> list[str]:
        """Return an attribute, or the text, of all the elements of a name in a part, as they come."""
        return [
            one.get(key, "") if key else one.text or ""
            for one in self.root(part).iter(f"{{*}}{tag}")
            if not key or one.get(key) is not None
        ]

    def rows(self, part: str, tag: str) -> list[list[str]]:
        """Return the texts of the children `row` of the elements of a name."""
        return [
            [one.text or "" for one in anchor.iter("{*}row")]
            for anchor in self.root(part).iter(f"{{*}}{tag}")
        ]

    def cells(self, part: str) -> dict[str, Element]:
        """Return the cells of a sheet by their address."""
        return {one.get("r", ""): one for one in self.root(part).iter(main("c"))}

    def formula(self, part: str, ref: str) -> str | None:
        """Return the formula that a cell tells by itself."""
        return self.cells(part)[ref].findtext(main("f"))

    def targets(self) -> list[str]:
        """Return the places that the hyperlinks of the plan lead to, in the file's order."""
        rels = etree.fromstring(self.contents["xl/worksheets/_rels/sheet1.xml.rels"])
        places = {one.get("Id"): one.get("Target", "") for one in rels}
        return [
            places[one.get(R_ID)] if one.get(R_ID) else one.get("location", "")
            for one in self.root(PLAN).iter("{*}hyperlink")
        ]


def canonical(data: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook in canonical form, what asks to calculate again left out."""
    found = {}
    for name, content in Told(data).contents.items():
        if "calcChain" in name:
            continue
        made = content
        if name.endswith((".xml", ".rels")):
            root = etree.fromstring(content)
            for one in list(root):
                chain = "calcChain" in (one.get("PartName") or one.get("Target") or "")
                if chain or local(one) == "calcPr":
                    root.remove(one)
            made = etree.tostring(root, method="c14n")
        found[name] = made
    return found
