"""Parts that a workbook of Excel may have besides its sheets, added to one that has none of them."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from support.hostile import parts_of, zipped
from support.ooxml.torture_parts import MAIN, OFFICE

_MICROSOFT = "http://schemas.microsoft.com/office"
_TYPES = b'<Override PartName="/%b" ContentType="%b"/></Types>'
_RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b"</Relationships>"
)
_RELATION = '<Relationship Id="rIdQ{}" Type="{}" Target="{}"{}/></Relationships>'
BOOK, SHEET = "xl/workbook.xml", "xl/worksheets/sheet3.xml"
_SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml."
EXTERNAL = (
    '<externalLink xmlns="{0}" xmlns:r="{1}"><externalBook r:id="rIdQ0"><sheetNames>'
    '<sheetName val="{2}"/></sheetNames></externalBook></externalLink>'
)
DDE = (
    '<externalLink xmlns="{0}"><ddeLink ddeService="cmd" ddeTopic="/C {2}"><ddeItems>'
    '<ddeItem name="A0" advise="1"/></ddeItems></ddeLink></externalLink>'
)


def related(
    data: bytes, source: str, kind: str, target: str, content: bytes = b"", content_type: str = "x"
) -> bytes:
    """Return a workbook in which a part refers to another, which is added, or to what is outside.

    A `target` with a scheme, or without a content, is outside of the package.
    """
    parts = parts_of(data)
    folder, name = posixpath.split(source)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    told, mode = target, ' TargetMode="External"'
    if content:
        parts[target] = content
        mode, told = "", f"/{target}"
        types = parts["[Content_Types].xml"]
        over = _TYPES % (target.encode(), content_type.encode())
        parts["[Content_Types].xml"] = types.replace(b"</Types>", over)
    kind = kind if "/" in kind else f"{OFFICE}/{kind}"
    known = parts.get(rels, _RELATIONS)
    one = _RELATION.format(known.count(b"<Relationship "), kind, told, mode)
    parts[rels] = known.replace(b"</Relationships>", one.encode())
    return zipped(parts)


def linked(data: bytes, words: str = EXTERNAL, mark: str = "Feuil1") -> bytes:
    """Return a workbook that refers to another one, or to a program."""
    part = "xl/externalLinks/externalLink1.xml"
    made = words.format(MAIN, OFFICE, mark).encode()
    return related(data, BOOK, "externalLink", part, made, f"{_SHEETS}externalLink+xml")


KINDS: Mapping[str, tuple[str, str, str, bytes, str]] = {
    "macros": (BOOK, f"{_MICROSOFT}/2006/relationships/vbaProject", "xl/vbaProject.bin",
               b"\xd0\xcf\x11\xe0VBA", "application/vnd.ms-office.vbaProject"),
    "macros Excel 4": (BOOK, f"{_MICROSOFT}/2006/relationships/xlMacrosheet",
                       "xl/macrosheets/sheet1.xml", b"<xm:macrosheet/>",
                       "application/vnd.ms-excel.macrosheet+xml"),
    "connexions": (BOOK, "connections", "xl/connections.xml",
                   b'<connections xmlns="%b"/>' % MAIN.encode(), f"{_SHEETS}connections+xml"),
}  # fmt: skip
