"""The workbook that the services fill: blank, or with rows already in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from pst_excel.batch import Batch, Return, Table
from pst_excel.outputs.data import write_data
from pst_excel.outputs.names import names_for
from pst_excel.outputs.welcome import write_welcome
from pst_excel.outputs.xlsx import Book
from pst_excel.parsing import Value
from pst_excel.schema import Plan, Where

EPOCH = dt.date(2024, 12, 2)  # the day this legislature was installed: no clock in the file


def blank(plan: Plan, values: Mapping[str, Value]) -> Return:
    """Return a return without rows; `values` fill its identification, by key."""
    form = plan.form
    known = {**values, "version": plan.version}
    known |= {"annee_debut": float(plan.first_year), "annee_fin": float(plan.last_year)}
    columns = {column.key: [known.get(column.key)] for column in form.inputs}
    table = Table(form.key, form.title, columns, [1], {})
    return Return("", "", plan, {form.key: table}, {})


def write_template(content: Return, extra: Callable[[Book], None] | None = None) -> bytes:
    """Return the template with what a return holds: its identification, its lists, its rows.

    `extra` adds to the workbook before it is closed.
    """
    plan = content.plan
    institution = str(content.identity("nom") or "")
    legislature = f"législature {plan.first_year}-{plan.last_year}"
    parts = (institution, content.service, legislature, f"modèle {plan.version}")
    context = " · ".join(part for part in parts if part)
    book = Book(plan.name, context, EPOCH)
    names = names_for(content, Where.RETURN)
    batch = Batch([content], plan, content.identity("date_observation"), Where.RETURN)
    sheets = [(sheet.title, sheet.question) for sheet in plan if not sheet.program]
    write_welcome(book, plan, context, sheets, names, batch)
    write_data(book, names, batch, context)
    if extra is not None:
        extra(book)
    return book.bytes()
