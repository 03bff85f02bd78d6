"""The pages of a workbook as XML written by hand, in the ways that no writer at hand has.

Each way is one field of `Way`: the standard allows it, or it is a lie that no reader may believe.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils.datetime import to_excel

from pst_excel.model.words.wording import column_letter
from support.written.content import Cell, Page

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_LOOSE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LOOSE_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_STRICT_R = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"


@dataclass(frozen=True)
class Way:
    """How the same cells are put in XML.

    `shared` texts stand in a part of their own, `runs` cuts them in pieces of their own look;
    `addressed` cells and rows say where they are, the others follow one another; `absolute` parts
    are named from the root of the package; `iso` dates are texts of a type of their own; `spans`
    and `dimension` are written as they are given, true or not.
    """

    shared: bool = False
    runs: bool = False
    addressed: bool = True
    prefix: str = ""
    strict: bool = False
    absolute: bool = False
    iso: bool = False
    spans: str = ""
    dimension: str = ""


def by_hand(pages: Sequence[Page], way: Way) -> bytes:
    """Return the pages as a workbook written in a way."""
    writer = _Writer(
        way, sorted({cell.form for page in pages for row in page.rows for cell in row})
    )
    inside = {
        f"worksheets/sheet{at}.xml": ("worksheet", writer.sheet(page))
        for at, page in enumerate(pages, start=1)
    }
    inside["styles.xml"] = ("styles", writer.styles())
    if way.shared:
        inside["sharedStrings.xml"] = ("sharedStrings", writer.strings())
    parts = writer.package({name: kind for name, (kind, _) in inside.items()})
    parts |= {f"xl/{name}": part for name, (_, part) in inside.items()}
    parts["xl/workbook.xml"] = writer.workbook(pages)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>\n{part}')
    return buffer.getvalue()


@dataclass
class _Writer:
    way: Way
    forms: list[str]
    texts: dict[str, int] = field(default_factory=dict)

    def tag(self, name: str, content: str = "", /, **attributes: object) -> str:
        """Return an element of a spreadsheet; an attribute without value is left out."""
        name = f"{self.way.prefix}:{name}" if self.way.prefix else name
        said = "".join(
            f" {key.replace('__', ':')}={quoteattr(str(value))}"
            for key, value in attributes.items()
            if value != ""
        )
        return f"<{name}{said}>{content}</{name}>"

    def root(self, name: str, content: str, /, **attributes: object) -> str:
        """Return the outermost element of a part, with its namespaces."""
        main, relations = (_STRICT, _STRICT_R) if self.way.strict else (_LOOSE, _LOOSE_R)
        space = f"xmlns__{self.way.prefix}" if self.way.prefix else "xmlns"
        return self.tag(name, content, **{space: main}, xmlns__r=relations, **attributes)

    def sheet(self, page: Page) -> str:
        """Return the part of a sheet."""
        rows = [
            self.tag(
                "row", self._cells(number, row), r=number if self.way.addressed else "",
                spans=self.way.spans, hidden=1 if number in page.hidden else "",
            )
            for number, row in enumerate(page.rows, start=1)
            if row or not self.way.addressed
        ]  # fmt: skip
        parts = [self.tag("sheetData", "".join(rows))]
        if self.way.dimension:
            parts.insert(0, self.tag("dimension", ref=self.way.dimension))
        if page.merged:
            areas = (self.tag("mergeCell", ref=area) for area in page.merged)
            parts.append(self.tag("mergeCells", "".join(areas)))
        return self.root("worksheet", "".join(parts))

    def _cells(self, number: int, row: Sequence[Cell]) -> str:
        return "".join(
            self._cell(f"{column_letter(at)}{number}" if self.way.addressed else "", cell)
            for at, cell in enumerate(row)
            if cell.value is not None or not self.way.addressed
        )

    def _cell(self, address: str, cell: Cell) -> str:
        value, kind = cell.value, ""
        if value is None:
            content = ""
        elif isinstance(value, str) and not self.way.shared:
            content, kind = self.tag("is", self._text(value)), "inlineStr"
        elif isinstance(value, str):
            place = self.texts.setdefault(value, len(self.texts))
            content, kind = self.tag("v", str(place)), "s"
        elif isinstance(value, dt.date) and self.way.iso:
            content, kind = self.tag("v", value.isoformat()), "d"
        elif isinstance(value, dt.date):
            content = self.tag("v", str(to_excel(value)))
        else:
            content = self.tag("v", str(value + 0))
            kind = "b" if isinstance(value, bool) else ""
        return self.tag("c", content, r=address, s=self.forms.index(cell.form), t=kind)

    def _text(self, text: str) -> str:
        pieces = [text[:3], text[3:]] if self.way.runs else [text]
        made = [self.tag("t", escape(piece), xml__space="preserve") for piece in pieces]
        if not self.way.runs:
            return made[0]
        bold = self.tag("rPr", self.tag("b"))
        return "".join(self.tag("r", bold + piece) for piece in made)

    def strings(self) -> str:
        """Return the part of the shared texts; their count is a lie."""
        items = (self.tag("si", self._text(text)) for text in self.texts)
        return self.root("sst", "".join(items), count=1, uniqueCount=1)

    def styles(self) -> str:
        """Return the part of the number formats."""
        known = list(enumerate(self.forms, start=164))
        zero = {"fontId": 0, "fillId": 0, "borderId": 0}
        parts = {
            "numFmts": [self.tag("numFmt", numFmtId=at, formatCode=form) for at, form in known],
            "fonts": [self.tag("font")],
            "fills": [self.tag("fill")],
            "borders": [self.tag("border")],
            "cellXfs": [
                self.tag("xf", numFmtId=at, **zero, applyNumberFormat=1) for at, _ in known
            ],
        }
        made = (self.tag(name, "".join(items)) for name, items in parts.items())
        return self.root("styleSheet", "".join(made))

    def workbook(self, pages: Sequence[Page]) -> str:
        """Return the part that names the sheets."""
        sheets = (
            self.tag("sheet", name=page.title, sheetId=at, r__id=f"rId{at}")
            for at, page in enumerate(pages, start=1)
        )
        conformance = "strict" if self.way.strict else ""
        content = self.tag("sheets", "".join(sheets))
        return self.root("workbook", content, conformance=conformance)

    def package(self, kinds: Mapping[str, str]) -> dict[str, str]:
        """Return the parts that say what the others are, given the kind of each."""
        base = _STRICT_R if self.way.strict else _LOOSE_R
        above, root = ("/xl/", "/") if self.way.absolute else ("", "")
        inside = "".join(
            f'<Relationship Id="rId{at}" Type="{base}/{kind}" Target="{above}{name}"/>'
            for at, (name, kind) in enumerate(kinds.items(), start=1)
        )
        top = (
            f'<Relationship Id="rId1" Type="{base}/officeDocument" Target="{root}xl/workbook.xml"/>'
        )
        types = f'<Default Extension="rels" ContentType="{_RELATIONS}"/>' + "".join(
            f'<Override PartName="/xl/{name}" ContentType="{_TYPE}.{kind}+xml"/>'
            for name, kind in {**kinds, "workbook.xml": "sheet.main"}.items()
        )
        return {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>',
            "_rels/.rels": _relationships(top),
            "xl/_rels/workbook.xml.rels": _relationships(inside),
        }


def _relationships(content: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{content}</Relationships>'
