"""The same columns as other tools read them: JSON Schema, Frictionless, pandera's own file."""

from __future__ import annotations

from typing import Any

from pst_excel.model.plan import Plan
from pst_excel.model.plausible import limits_of
from pst_excel.model.schema import Column, Sheet
from pst_excel.model.words.keys import CODE, ID
from pst_excel.model.words.kinds import Kind, Layout, Need
from pst_excel.model.words.plausible import Bounds, Days, Shape
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.terms import filled
from pst_excel.returns.tidy import ENTRY, LIST, columns_of
from pst_excel.schemas.columns import said_of

Json = dict[str, Any]
DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TYPES = {Kind.INTEGER: "integer", Kind.YEAR: "integer", Kind.DATE: "date"}


def json_schema(plan: Plan, stage: Stage) -> Json:
    """Return the JSON Schema of the rows of each table, as the JSON output holds them.

    The rows of a table are one definition each; a blank is null; a date is AAAA-MM-JJ. What people
    added may be there.
    """
    tables = {sheet.key: _rows(sheet, plan, stage) for sheet in plan.tables}
    return {
        "$schema": DRAFT,
        "title": f"{plan.name} {plan.first_year}-{plan.last_year}",
        "description": f"Les tables d’un {plan.short}, à l’étape « {stage.label} » ;"
        f" modèle {plan.version}.",
        "type": "object",
        "properties": {key: {"$ref": f"#/$defs/{key}"} for key in tables},
        "$defs": tables,
    }


def _rows(sheet: Sheet, plan: Plan, stage: Stage) -> Json:
    columns = [sheet[ID], *columns_of(sheet)] if ID in sheet else columns_of(sheet)
    people = [column for column in columns if column.need is not Need.COMPUTED]
    return {
        "type": "array",
        "title": sheet.title,
        "description": sheet.question,
        "items": {
            "type": "object",
            "properties": {column.key: _property(column, plan, stage) for column in people},
            "required": [column.key for column in people if column.need is Need.REQUIRED],
        },
    }


def _property(column: Column, plan: Plan, stage: Stage) -> Json:
    asked = column.need is Need.REQUIRED and column.stage.reached(stage)
    kind = "string" if column.many or column.kind.is_text or column.kind is Kind.DATE else "number"
    told: Json = {
        "title": column.label,
        "description": filled(column.help, plan.terms_of()),
        "type": kind if asked else [kind, "null"],
        **{f"x-{name}": value for name, value in said_of(column).items() if name in _SAID},
    }
    if column.kind is Kind.DATE:
        told["format"] = "date"
    if (labels := _closed(column)) is not None:
        told["enum"] = labels if asked else [*labels, None]
    if column.max_length is not None:
        told["maxLength"] = column.max_length
    if isinstance(column.plausible, Shape):
        told["pattern"] = f"^(?:{column.plausible.pattern.pattern})$"
    if kind == "number" and isinstance(limits := limits_of(column), Bounds):
        told |= {"minimum": limits.low, "maximum": limits.high}
    return told


_SAID = ("unite", "personnelle", "depuis", "renvoie_a", "plusieurs_valeurs", "etape")


def _closed(column: Column) -> list[str] | None:
    """Return the labels that a cell holds one of; None where it may hold others, or several."""
    vocabulary = column.vocabulary
    if vocabulary is None or vocabulary.local or column.many:
        return None
    return [*vocabulary.labels]


def data_package(plan: Plan, stage: Stage) -> Json:
    """Return the descriptor of the tables as a Frictionless data package, one resource each."""
    return {
        "profile": "tabular-data-package",
        "name": plan.short.lower(),
        "title": f"{plan.name} {plan.first_year}-{plan.last_year}",
        "version": plan.version,
        "resources": [
            {
                "profile": "tabular-data-resource", "name": sheet.key, "title": sheet.title,
                "description": sheet.question, "path": f"{sheet.key}.csv",
                "schema": table_schema(sheet, plan, stage),
            }
            for sheet in plan
        ],
    }  # fmt: skip


def table_schema(sheet: Sheet, plan: Plan, stage: Stage) -> Json:
    """Return the Table Schema of the table of a sheet."""
    if sheet.layout is Layout.LISTS:
        own = [v.key for v in plan.vocabularies if v.local]
        return {
            "fields": [
                {"name": LIST, "type": "string", "constraints": {"required": True, "enum": own}},
                {"name": ENTRY, "type": "string", "constraints": {"required": True}},
            ],
            "missingValues": [""],
            "primaryKey": [LIST, ENTRY],
        }
    columns = [sheet[ID], *columns_of(sheet)] if ID in sheet else columns_of(sheet)
    told: Json = {
        "fields": [_field(column, plan, stage) for column in columns],
        "missingValues": [""],
    }
    if ID in sheet:
        told["primaryKey"] = ID
    links = [c for c in columns if len(c.refers) == 1 and not c.many and c.refers[0] in plan]
    if links:
        told["foreignKeys"] = [
            {"fields": column.key, "reference": {"resource": column.refers[0], "fields": CODE}}
            for column in links
        ]
    return told


def _field(column: Column, plan: Plan, stage: Stage) -> Json:
    number = column.kind.is_number and not column.many
    kind = _TYPES.get(column.kind, "number" if number else "string")
    told: Json = {
        "name": column.key, "title": column.label,
        "description": filled(column.help, plan.terms_of()),
        "type": "string" if column.many else kind,
        **{name: value for name, value in said_of(column).items() if name in _SAID},
    }  # fmt: skip
    if constraints := _constraints(column, stage):
        told["constraints"] = constraints
    return told


def _constraints(column: Column, stage: Stage) -> Json:
    told: Json = {}
    if column.key == ID:
        return {"required": True, "unique": True}
    if column.need is Need.COMPUTED:
        return told
    if column.need is Need.REQUIRED and column.stage.reached(stage):
        told["required"] = True
    if (labels := _closed(column)) is not None:
        told["enum"] = labels
    if column.max_length is not None:
        told["maxLength"] = column.max_length
    if isinstance(column.plausible, Shape):
        told["pattern"] = column.plausible.pattern.pattern
    limits = None if column.many else limits_of(column)
    if isinstance(limits, Bounds):
        told |= {"minimum": limits.low, "maximum": limits.high}
    elif isinstance(limits, Days):
        told |= {"minimum": limits.first.isoformat(), "maximum": limits.last.isoformat()}
    return told
