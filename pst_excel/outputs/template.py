"""The workbook that the services fill: blank, or with rows already in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from pst_excel.batch import Return, Table, geometry
from pst_excel.outputs.data import write_data
from pst_excel.outputs.names import names_for
from pst_excel.outputs.reports import write_welcome
from pst_excel.outputs.xlsx import Book
from pst_excel.parsing import Value
from pst_excel.schema import Plan

EPOCH = dt.date(2024, 12, 2)  # the day this legislature was installed: no clock in the file


def blank(plan: Plan, values: Mapping[str, Value]) -> Return:
    """Return a return without rows; `values` fill its identification, by key."""
    form = plan.form
    known = {**values, "version": plan.version}
    known |= {"annee_debut": float(plan.first_year), "annee_fin": float(plan.last_year)}
    columns = {column.key: [known.get(column.key)] for column in form.inputs}
    table = Table(form.key, form.title, columns, [1], {})
    return Return("", "", plan, {form.key: table}, {})


def write_template(content: Return) -> bytes:
    """Return the template with what a return holds: its identification, its lists, its rows."""
    plan = content.plan
    institution = str(content.identity("nom") or "")
    legislature = f"législature {plan.first_year}-{plan.last_year}"
    parts = (institution, content.service, legislature, f"modèle {plan.version}")
    context = " · ".join(part for part in parts if part)
    for sheet in plan.tables:
        table = content.tables.get(sheet.key)
        if table is not None:
            table.letters = geometry(sheet, table.locals, program=False)
    book = Book(plan.name, context, EPOCH)
    sheets = [(sheet.title, sheet.question) for sheet in plan if not sheet.program]
    write_welcome(book, plan, context, sheets)
    write_data(book, content, names_for(content, computed=False), context)
    return book.bytes()
