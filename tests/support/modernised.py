"""An older workbook made one of today's: what is asked of it, and what is said of it."""

from __future__ import annotations

import io
import subprocess
import warnings
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.kinds import Where
from pst_excel.ooxml.workbook import Workbook
from pst_excel.pst import PST
from pst_excel.returns.tables import Return
from pst_excel.upgrading.changes import Change, ChangeKind
from pst_excel.upgrading.old_layout import look
from pst_excel.upgrading.upgrade import Upgrade, upgrade
from pst_excel.upgrading.workbook import write_modernised
from support import OLD_TEMPLATE, office, opened, read, saved, workbook
from support.ooxml.grafts import made

OLD = OLD_TEMPLATE.read_bytes()
NEW_FIELDS = {
    "etape": "« Étape du PST »",
    "date_retour": "« À renvoyer pour le »",
    "os_annonces": "« OS annoncés »",
    "oo_annonces": "« OO annoncés »",
    "actions_annonces": "« Actions annoncées »",
}
NEW_THRESHOLDS = [threshold.key for threshold in PST.form.thresholds]
HIDDEN_FIELDS = ["envoi"]
NEW_SHEET = PST["derogations"]
"""What the template has since 2026.1: fields, thresholds, what people do not see, a sheet."""


def today(text: str) -> bytes:
    """Return a workbook of today's template that holds these small tables of text."""
    version = f"version | {PST.version}\nannee_debut"
    return workbook(text.replace("annee_debut", version, 1))


def modernised(data: bytes) -> tuple[Upgrade, bytes]:
    """Return what a workbook becomes, and the new workbook."""
    returned = read(data)
    source = look(data).without_lent(returned)
    result = upgrade(returned, source)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        new, changes = write_modernised(result, data, source)
    return replace(result, changes=changes), new


def outcome(data: bytes) -> Upgrade:
    """Return what a workbook becomes, nothing being written."""
    return upgrade(read(data), look(data))


def data_of(one: Return) -> dict[str, Any]:
    """Return every value of a return: fields, rows, ids, lists, what was not understood."""
    form = one.tables[PST.form.key].columns
    unread = {(sheet, row - one.tables[sheet].rows[0] if row > 1 else 0, key): text
              for (sheet, row, key), text in one.not_understood().items()}  # fmt: skip
    return {
        "form": {key: form.get(key) for key in form if key != "version"},
        "tables": {
            (table.sheet, c.key): table.columns[c.key]
            for table in one.tables.values() if table.sheet != PST.form.key
            for c in PST[table.sheet].inputs if c.where is Where.BOTH
        },
        "local": {table.sheet: table.locals for table in one.tables.values()},
        "lists": one.lists,
        "unread": unread,
    }  # fmt: skip


def due(before: Return) -> dict[str, Any]:
    """Return the values that a workbook of 2026.1 must have in today's template: all it had.

    The fields that came since are blank, the sheet that came since has no row.
    """
    data = data_of(before)
    assert not {*NEW_FIELDS, *NEW_THRESHOLDS} & data["form"].keys()
    assert NEW_SHEET.key not in before.tables
    blank = {(NEW_SHEET.key, c.key): [] for c in NEW_SHEET.inputs if c.where is Where.BOTH}
    return data | {
        "form": data["form"]
        | {key: [None] for key in (*NEW_FIELDS, *HIDDEN_FIELDS, *NEW_THRESHOLDS)},
        "tables": data["tables"] | blank,
        "local": data["local"] | {NEW_SHEET.key: {}},
    }


def told(result: Upgrade, kind: ChangeKind, sheet: str = "") -> list[Change]:
    """Return the changes of a kind, of one sheet or of all."""
    return [c for c in result.changes if c.kind is kind and sheet in ("", c.sheet)]


def lost(result: Upgrade, sheet: str = "") -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Return what is not taken along: what it is, its text, what it becomes, its cells."""
    found = told(result, ChangeKind.LOST, sheet)
    return [(c.element.replace("\u00a0", " "), c.before, c.after, c.cells) for c in found]


def column_of(data: bytes, label: str, sheet: str = "Actions") -> int:
    """Return the number (from 1) of the column under a heading, its signs aside."""
    headings = [str(cell.value or "").strip(" ✱ƒ") for cell in opened(data)[sheet][HEADING_ROW]]
    return headings.index(label) + 1


def with_sheets(write: Callable[[Any], None], data: bytes = OLD) -> bytes:
    """Return a workbook to which sheets were added as Excel adds them; xlsxwriter makes them."""
    book = Workbook(data)
    plan = book.titles

    def beside_the_plan(other: Any) -> None:
        for title in plan:
            other.add_worksheet(title)
        write(other)

    source = made(beside_the_plan)
    book.graft(source, [title for title in Workbook(source).titles if title not in plan])
    return book.to_bytes()


def parts(data: bytes) -> dict[str, str]:
    """Return the parts of a package as texts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def package(data: bytes, added: Mapping[str, str]) -> bytes:
    """Return a package with parts added or put in the place of others."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            if name not in added:
                new.writestr(name, old.read(name))
        for name, text in added.items():
            new.writestr(name, text)
    return buffer.getvalue()


def rewritten(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """Return a package of which one part is changed."""
    return package(data, {part: change(parts(data)[part])})


RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}'
    "</Relationships>"
)
RELATION = '<Relationship Id="rId{}" Type="http://x/relationships/{}" Target="{}"/>'


def related(data: bytes, source: str, *relations: str) -> str:
    """Return the relations of a part with more of them, as text."""
    folder, _, name = source.rpartition("/")
    known = parts(data).get(f"{folder}/_rels/{name}.rels", RELATIONS.format(""))
    return known.replace("</Relationships>", f"{''.join(relations)}</Relationships>")


def saved_as(form: str, data: bytes, folder: Path) -> bytes:
    """Return a workbook as LibreOffice saves it in a form."""
    given = saved(folder / "given" / "a.xlsx", data)
    profile, made = (folder / "profile").as_uri(), folder / "made"
    command = [str(office.SOFFICE), f"-env:UserInstallation={profile}", "--headless", "--norestore",
               "--convert-to", form, "--outdir", str(made), str(given)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=office.LIMIT)
    return (made / f"a.{form}").read_bytes()
