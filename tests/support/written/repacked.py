"""The package of a workbook put together otherwise: other names, folders and orders of its parts."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from pst_excel.ooxml.package.parts import CONTENT_TYPES, rels_of
from support.hostile import parts_of, zipped

WIDE = "Arrière-boutique"
"""The title of a foreign sheet that is wider than the limits."""
FAR = "Une remarque hors du tableau"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TARGET = re.compile(r'\bTarget="([^"]*)"')
_PART_NAME = re.compile(r'\bPartName="([^"]*)"')
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.(?:xml|bin)")
_CELL_END = b"</text:p></table:table-cell>"


@dataclass(frozen=True)
class Packing:
    """How parts are named and lie in the zip.

    The `book`, the `styles` and the `texts` have these names in a `folder`, the `sheets` one with
    their number, from the root; `absolute` targets begin with a slash, `backslash` entries have
    backslashes; `stray` parts have the usual names and are not of the workbook; `wide` adds a
    hidden sheet beyond the limits; `untyped` parts have no content type; `prefix` is that of
    relations; `drawn` is put over every cell of an ods.
    """

    folder: str = "xl"
    book: str = "workbook"
    sheets: str = "xl/worksheets/sheet{}"
    styles: str = "styles"
    texts: str = "sharedStrings"
    absolute: bool = False
    backslash: bool = False
    backward: bool = False
    stray: bool = False
    wide: bool = False
    untyped: bool = False
    prefix: str = ""
    drawn: str = ""

    def name(self, part: str) -> str:
        """Return the new name of a part."""
        stem, _, suffix = part.rpartition(".")
        named = {"workbook": self.book, "styles": self.styles, "sharedStrings": self.texts}
        if found := _SHEET.fullmatch(part):
            return f"{self.sheets.format(found[1])}.{suffix}"
        if stem.startswith("xl/") and (new := named.get(stem[3:])):
            return posixpath.join(self.folder, f"{new}.{suffix}")
        return part


def repacked(data: bytes, packing: Packing) -> bytes:
    """Return a workbook whose parts are named and lie otherwise; an ods, drawn over."""
    parts = parts_of(data)
    if "content.xml" in parts:
        drawn = b"</text:p>" + packing.drawn.encode() + b"</table:table-cell>"
        return zipped(parts | {"content.xml": parts["content.xml"].replace(_CELL_END, drawn)})
    if packing.wide and "xl/workbook.xml" in parts:
        parts = _with_wide_sheet(parts)
    sources = {rels_of(name): name for name in ["", *parts]}
    moved = {}
    for name, part in parts.items():
        if name in sources:
            source = sources[name]
            moved[rels_of(packing.name(source))] = _relations(part, source, packing)
        elif name == CONTENT_TYPES:
            moved[name] = _types(part, packing)
        else:
            moved[packing.name(name)] = part
    if packing.stray:
        usual = ("xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/workbook.bin")
        taken = {name.lower() for name in moved}
        free = [name for name in usual if name.lower() not in taken]
        moved = dict.fromkeys(free, b"<stray/>") | moved
    names = [*reversed(moved)] if packing.backward else [*moved]
    shown = str.maketrans("/", "\\") if packing.backslash else {}
    return zipped({name.translate(shown): moved[name] for name in names})


def _relations(part: bytes, source: str, packing: Packing) -> bytes:
    here = posixpath.dirname(packing.name(source))

    def target(found: re.Match[str]) -> str:
        if ":" in found[1] or found[1].startswith("#"):
            return found[0]
        whole = posixpath.join("/", posixpath.dirname(source), found[1])
        name = packing.name(posixpath.normpath(whole).lstrip("/"))
        led = f"/{name}" if packing.absolute else posixpath.relpath(name, here or ".")
        return f"Target={quoteattr(led)}"

    text = _TARGET.sub(target, part.decode())
    if packing.prefix and "<Relationships" in text:
        text = re.sub(r"(</?)(Relationship)", rf"\1{packing.prefix}:\2", text)
        text = text.replace("xmlns=", f"xmlns:{packing.prefix}=", 1)
    return text.encode()


def _types(part: bytes, packing: Packing) -> bytes:
    text = part.decode()
    if packing.untyped:
        text = re.sub(r"<Override [^>]*(?:styles|sharedStrings|worksheet)[^>]*>", "", text)
        text = text.replace("</Override>", "") if "<Override " not in text else text
    return _PART_NAME.sub(
        lambda found: f"PartName={quoteattr('/' + packing.name(found[1].lstrip('/')))}", text
    ).encode()


def _with_wide_sheet(parts: dict[str, bytes]) -> dict[str, bytes]:
    book = re.sub(
        rb"</((?:\w+:)?)sheets>",
        rb'<\g<1>sheet name="%b" sheetId="99" state="hidden" xmlns:r="%b" r:id="wide"/>\g<0>'
        % (WIDE.encode(), _RELATIONS.encode()),
        parts["xl/workbook.xml"],
    )
    rels = "xl/_rels/workbook.xml.rels"
    relation = f'<Relationship Id="wide" Type="{_RELATIONS}/worksheet" Target="wide.xml"/>'
    far = f'<row r="1"><c r="DBF1" t="inlineStr"><is><t>{FAR}</t></is></c></row>'
    return parts | {
        "xl/workbook.xml": book,
        rels: parts[rels].replace(b"</Relationships>", f"{relation}</Relationships>".encode()),
        "xl/wide.xml": f"<worksheet><sheetData>{far}</sheetData></worksheet>".encode(),
    }
