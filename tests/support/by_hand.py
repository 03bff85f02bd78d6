"""A workbook that somebody edits in LibreOffice: a few lines of Basic, run on the file itself."""

from __future__ import annotations

import html
from pathlib import Path

from support import office

_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">{}</library:library>"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Hand"
 script:language="StarBasic">{}</script:module>"""
_PROGRAM = """
Function Option_(name, value)
  Dim found As New com.sun.star.beans.PropertyValue
  found.Name = name
  found.Value = value
  Option_ = found
End Function

Function Sheet_(title)
  Sheet_ = ThisBook.Sheets.getByName(title)
End Function

Sub Note_(title, ref, text)
  target = Sheet_(title)
  target.Annotations.insertNew(target.getCellRangeByName(ref).CellAddress, text)
End Sub

Dim ThisBook As Object

Sub Edit
  ThisBook = StarDesktop.loadComponentFromURL("{given}", "_blank", 0, _
    Array(Option_("Hidden", True)))
{lines}
  ThisBook.calculateAll()
  ThisBook.storeToURL("{made}", Array(Option_("FilterName", "Calc MS Excel 2007 XML")))
  ThisBook.close(True)
End Sub
"""


def by_hand(data: bytes, folder: Path, lines: str = "") -> bytes:
    """Return a workbook as LibreOffice saves it after these lines of Basic.

    `Sheet_(title)` is a sheet, `ThisBook` the workbook; `Note_ title, ref, text` adds a note.
    """
    folder.mkdir(parents=True, exist_ok=True)
    given, made, profile = folder / "given.xlsx", folder / "made.xlsx", folder / "profile"
    given.write_bytes(data)
    made.unlink(missing_ok=True)
    start = [
        str(office.SOFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless",
        "--norestore", "--nolockcheck",
    ]  # fmt: skip
    if not profile.exists():  # LibreOffice puts its own library in a new profile
        office.write_profile(profile, "fr-FR")
        office._run([*start, "--terminate_after_init"])
    program = _PROGRAM.replace("{given}", given.as_uri()).replace("{made}", made.as_uri())
    program = program.replace("{lines}", lines)
    library = profile / "user" / "basic" / "Standard"
    library.mkdir(parents=True, exist_ok=True)
    (library / "Hand.xba").write_text(_MODULE.format(html.escape(program)), encoding="utf-8")
    named = '<library:element library:name="Hand"/>'
    (library / "script.xlb").write_text(_LIBRARY.format(named), encoding="utf-8")
    (library / "dialog.xlb").write_text(_LIBRARY.format(""), encoding="utf-8")
    office._run([*start, "macro:///Standard.Hand.Edit"])
    return made.read_bytes()
