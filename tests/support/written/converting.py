"""A workbook saved in other formats by LibreOffice and by Gnumeric."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from support import office, saved

SSCONVERT = shutil.which("ssconvert")
BY_LIBREOFFICE = {
    "xlsx": "xlsx:Calc MS Excel 2007 XML", "xls": "xls:MS Excel 97", "ods": "ods:calc8",
}  # fmt: skip
BY_GNUMERIC = {
    "xlsx": "Gnumeric_Excel:xlsx2", "xls": "Gnumeric_Excel:excel_biff8",
    "ods": "Gnumeric_OpenCalc:odf",
}  # fmt: skip


def by_libreoffice(data: bytes, folder: Path) -> dict[str, bytes]:
    """Return a workbook as LibreOffice saves it, by format."""
    given, profile = saved(folder / "retour.xlsx", data), folder / "profile"
    office.write_profile(profile, "fr-FR")
    made = {}
    for form, writer in BY_LIBREOFFICE.items():  # it takes one format a run
        target = folder / form
        office._run([
            str(office.SOFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless",
            "--norestore", "--nolockcheck", "--convert-to", writer, "--outdir", str(target),
            str(given),
        ])  # fmt: skip
        made[form] = (target / f"retour.{form}").read_bytes()
    return made


def by_gnumeric(data: bytes, folder: Path) -> dict[str, bytes]:
    """Return a workbook as Gnumeric saves it, by format."""
    given = saved(folder / "retour.xlsx", data)
    made = {}
    for form, writer in BY_GNUMERIC.items():
        target = folder / f"gnumeric.{form}"
        subprocess.run(
            [str(SSCONVERT), f"--export-type={writer}", str(given), str(target)],
            check=True, capture_output=True, timeout=office.LIMIT,
        )  # fmt: skip
        made[form] = target.read_bytes()
    return made
