"""The workbook that the services fill: blank, or with rows already in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from pst_excel.cells.values import Value
from pst_excel.excel.names import names_for
from pst_excel.excel.sheets.data import write_data
from pst_excel.excel.sheets.welcome import write_welcome
from pst_excel.excel.xlsx import BookWriter
from pst_excel.model.outputs import Output
from pst_excel.model.plan import Plan
from pst_excel.model.words.kinds import Where
from pst_excel.model.words.roles import Role
from pst_excel.returns.frames import Batch
from pst_excel.returns.tables import Return, Table

EPOCH = dt.date(2024, 12, 2)  # the day this legislature was installed: no clock in the file


def blank(plan: Plan, values: Mapping[str, Value]) -> Return:
    """Return a return without rows; `values` fill its identification, by key."""
    form = plan.form
    own: dict[Role, Value] = {
        Role.VERSION: plan.version,
        Role.FIRST_YEAR: float(plan.first_year),
        Role.LAST_YEAR: float(plan.last_year),
    }
    known = {**values, **form.keyed(own)}
    columns = {column.key: [known.get(column.key)] for column in form.inputs}
    table = Table(form.key, form.title, columns, [1], {})
    return Return("", "", plan, {form.key: table}, {})


def write_template(content: Return, extra: Callable[[BookWriter], None] | None = None) -> bytes:
    """Return the template with what a return holds: its identification, its lists, its rows.

    `extra` adds to the workbook before it is closed.
    """
    plan = content.plan
    institution = str(content.identity(Role.NAME) or "")
    legislature = f"législature {plan.first_year}-{plan.last_year}"
    parts = (institution, content.service, legislature, f"modèle {plan.version}")
    context = " · ".join(part for part in parts if part)
    book = BookWriter(plan.name, context, EPOCH)
    names = names_for(content, Where.RETURN)
    batch = Batch([content], plan, content.identity(Role.OBSERVED), Where.RETURN)
    sheets = [(sheet.title, sheet.question) for sheet in plan if not sheet.program]
    write_welcome(book, plan, context, sheets, names, batch)
    write_data(book, names, batch, context)
    if extra is not None:
        extra(book)
    return book.bytes()


OUTPUT = Output(
    "modele",
    ".xlsx",
    "Le classeur que les services remplissent : vierge, ou prérempli.",
    Return,
    write_template,
)
