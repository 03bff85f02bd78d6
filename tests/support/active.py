"""Parts that a workbook of Excel may have besides its sheets, and that act when it is opened."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

from support.hostile import parts_of, zipped
from support.ooxml.torture_parts import MAIN, MICROSOFT, OFFICE

_TYPES = b'<Override PartName="/%b" ContentType="%b"/></Types>'
_RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b"</Relationships>"
)
_RELATION = '<Relationship Id="rIdQ{}" Type="{}" Target="{}"{}/></Relationships>'
_SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PACKAGE, BOOK, SHEET = "", "xl/workbook.xml", "xl/worksheets/sheet3.xml"
LINK = "xl/externalLinks/externalLink1.xml"
EXTERNAL = (
    f'<externalLink xmlns="{MAIN}" xmlns:r="{OFFICE}"><externalBook r:id="rIdQ0"><sheetNames>'
    '<sheetName val="Feuil1"/></sheetNames></externalBook></externalLink>'
)
DDE = (
    f'<externalLink xmlns="{MAIN}"><ddeLink ddeService="cmd" ddeTopic="/C calc"><ddeItems>'
    '<ddeItem name="A0" advise="1"/></ddeItems></ddeLink></externalLink>'
)


@dataclass(frozen=True)
class ActivePart:
    """A part that acts, what refers to it, and by which kind of relation."""

    source: str
    relation: str
    name: str
    content: str
    content_type: str

    def put(self, data: bytes) -> bytes:
        """Return a workbook that has this part."""
        return related(
            data, self.source, self.relation, self.name, self.content.encode(), self.content_type
        )


PARTS: Mapping[str, ActivePart] = {
    "macros": ActivePart(
        BOOK, f"{MICROSOFT}/2006/relationships/vbaProject", "xl/vbaProject.bin",
        "VBA", "application/vnd.ms-office.vbaProject"),
    "contrôles ActiveX": ActivePart(
        SHEET, "control", "xl/activeX/activeX1.xml", '<ocx xmlns="x"/>',
        "application/vnd.ms-office.activeX+xml"),
    "objets incorporés": ActivePart(
        SHEET, "oleObject", "xl/embeddings/oleObject1.bin", "OLE",
        "application/vnd.openxmlformats-officedocument.oleObject"),
    "liens vers d’autres classeurs ou programmes": ActivePart(
        BOOK, "externalLink", LINK, DDE, f"{_SHEETS}.externalLink+xml"),
    "connexions à des données externes": ActivePart(
        BOOK, "connections", "xl/connections.xml", f'<connections xmlns="{MAIN}"/>',
        f"{_SHEETS}.connections+xml"),
    "requêtes vers des données externes": ActivePart(
        SHEET, "queryTable", "xl/queryTables/queryTable1.xml",
        f'<queryTable xmlns="{MAIN}" name="q" connectionId="1"/>', f"{_SHEETS}.queryTable+xml"),
    "boutons ajoutés au ruban": ActivePart(
        PACKAGE, f"{MICROSOFT}/2007/relationships/ui/extensibility", "customUI/customUI14.xml",
        '<customUI xmlns="x"/>', "application/xml"),
    "compléments Office": ActivePart(
        PACKAGE, f"{MICROSOFT}/2011/relationships/webextensiontaskpanes",
        "xl/webextensions/taskpanes.xml", '<taskpanes xmlns="x"/>',
        "application/vnd.ms-office.webextensiontaskpanes+xml"),
}  # fmt: skip
"""One part of each kind, by the words of the kind."""


def related(
    data: bytes, source: str, kind: str, target: str, content: bytes = b"", content_type: str = "x"
) -> bytes:
    """Return a workbook in which a part refers to another, which is added, or to what is outside.

    Without a content, the target is outside of the package.
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
    one = _RELATION.format(known.count(b'Id="rIdQ'), kind, told, mode)
    parts[rels] = known.replace(b"</Relationships>", one.encode())
    return zipped(parts)


def macro_enabled(data: bytes) -> bytes:
    """Return a workbook whose type is that of an .xlsm, with macros."""
    parts = parts_of(PARTS["macros"].put(data))
    types = parts["[Content_Types].xml"]
    plain, enabled = (
        f"{_SHEETS}.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    parts["[Content_Types].xml"] = types.replace(plain.encode(), enabled.encode())
    return zipped(parts)


def with_all(data: bytes) -> bytes:
    """Return a workbook with a part of each kind, in an .xlsm."""
    made = macro_enabled(data)
    for words, part in PARTS.items():
        made = made if words == "macros" else part.put(made)
    return made
