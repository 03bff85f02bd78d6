"""How a workbook becomes a return: its sheets found, its form read, its tables typed by kind.

A return is plain lists of typed values: small to send from a worker process, and made into frames
once for a whole batch.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from pst_excel.cells.values import as_text
from pst_excel.model.catalogue import structural
from pst_excel.model.findings import Finding
from pst_excel.model.plan import Plan
from pst_excel.model.words.wording import listed
from pst_excel.reading.form import read_form, read_lists
from pst_excel.reading.guard.opening import bytes_of
from pst_excel.reading.ledgers import read_ledgers
from pst_excel.reading.limits import Options
from pst_excel.reading.locating.sheets import PlanSheets
from pst_excel.reading.tables import TablesReader
from pst_excel.reading.workbook import Book, opened
from pst_excel.returns.identity import identified
from pst_excel.returns.tables import Return
from pst_excel.text.errors import UnreadableFile
from pst_excel.text.spelling import fold


def read(path: Path, plan: Plan, options: Options = Options()) -> Return:
    """Read one workbook.

    Raises: UnreadableFile with one French sentence when it cannot be read as a PST.
    """
    try:
        return read_bytes(bytes_of(path, options.limits), path.name, plan, options)
    except UnreadableFile as error:
        error.file = error.file or path.name
        raise


def read_bytes(data: bytes, name: str, plan: Plan, options: Options = Options()) -> Return:
    """Read the bytes of a workbook; the same bytes and options give the same return.

    Raises: UnreadableFile.
    """
    digest = hashlib.sha256(data).hexdigest()
    with opened(data, options.limits) as book:
        return read_sheets(book, name, plan, digest, options.strict)


def read_sheets(
    book: Book, name: str, plan: Plan, digest: str = "", strict: bool = False
) -> Return:
    """Read the sheets of what is read as a workbook. Raises: UnreadableFile."""
    sheets = PlanSheets(plan, book)
    sheets.find(strict)
    return _return(sheets, name, digest, strict)


def _return(sheets: PlanSheets, name: str, digest: str, strict: bool) -> Return:
    if not any(sheet.key in sheets.grids for sheet in sheets.plan.tables):
        raise UnreadableFile(_not_a_plan(sheets))
    lists, missing = read_lists(sheets)
    spellings = {
        v.key: v.by_spelling | {fold(label): label for label in lists.get(v.key, ())}
        for v in sheets.plan.vocabularies
    }
    form = read_form(sheets, spellings, strict)
    plan = form.plan
    reader = TablesReader(plan, sheets, spellings, strict, form.version)
    tables = reader.read()
    known = form.table.columns if form.table is not None else {}
    owner = "|".join(as_text(known[key][0]) for key in plan.form.identity if key in known)
    tables = {key: identified(table, plan[key], owner) for key, table in tables.items()}
    if form.table is not None:
        tables = {form.table.sheet: form.table} | tables
    return Return(
        name, digest, plan, tables, lists,
        readings=[*form.readings, *reader.readings],
        layout=[*sheets.layout, *form.layout, *reader.layout],
        findings=[*sheets.findings, *_acting(sheets), *missing, *form.findings, *reader.findings],
        foreign=sheets.foreign,
        ledgers=read_ledgers(sheets.book),
        saved=sheets.book.saved,
        author=sheets.book.author,
        active=sheets.book.active,
    )  # fmt: skip


def _acting(sheets: PlanSheets) -> list[Finding]:
    """Return what says that a file holds what acts when it is opened; nothing where it does not."""
    active = sheets.book.active
    return [structural(sheets.plan.form.key, "S12", {"read": listed(active)})] if active else []


def _not_a_plan(sheets: PlanSheets) -> str:
    titles = sheets.book.titles
    if not titles:
        return "le classeur ne contient aucune feuille de calcul"
    wanted = listed((sheet.title for sheet in sheets.plan.tables if not sheet.program), "ou")
    seen = f"feuilles trouvées : {listed(f'« {title} »' for title in titles[:6])}"
    seen += "".join(f" ; « {title} » n’a pas été lue : {why}" for title, why in sheets.unread[:1])
    return (
        f"ce n’est pas un classeur {sheets.plan.short} : aucune feuille {wanted} ({seen})."
        " Partez du modèle, ou vérifiez que vous avez envoyé le bon fichier"
    )
