"""The pandera schema of a sheet: its columns, its ids, and the rules that look at one row alone."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pandera.pandas as pa
from pandera.api.extensions import register_check_method

from pst_excel.model.dtypes import plain, plain_dtype
from pst_excel.model.formulas import Expression, Scope
from pst_excel.model.plan import Plan
from pst_excel.model.rules import Rule
from pst_excel.model.schema import Column, Sheet
from pst_excel.model.series import Frame, Parameters, Series
from pst_excel.model.words.keys import ID
from pst_excel.model.words.kinds import Layout
from pst_excel.model.words.roles import Role
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.tables import ENTRY, LIST, RULES
from pst_excel.returns.tidy import columns_of
from pst_excel.schemas.columns import IMPLAUSIBLE, UNLISTED, each_in, schema_of


def sheet_schema(
    plan: Plan, key: str, stage: Stage = Stage.EVALUATION, labels: bool = False
) -> pa.DataFrameSchema:
    """Return the schema of the table of a sheet, as the library gives it.

    Columns are typed, and coerced: a cell that cannot be is told by its row. A blank is blamed
    where the column is obligatory at the `stage`; checks are named by the code of the message or
    of the rule. With `labels` the columns have their French headings, and no rule is looked at.
    Other columns may be there.
    """
    sheet = plan[key]
    if sheet.layout is Layout.LISTS:
        return _lists(plan)
    terms = plan.terms_of()
    columns = columns_of(sheet)
    rules = [*own_rules(plan, sheet, stage)]
    schema = pa.DataFrameSchema(
        {column.key: schema_of(column, stage, terms, _several, _between) for column in columns},
        checks=[] if labels else [_check(plan, sheet, *one) for one in rules],
        index=_index(sheet[ID], labels) if ID in sheet else None,
        strict=False,
        name=key,
        title=sheet.title,
        description=sheet.question,
        metadata={RULES: [rule.code for rule, _, _ in rules]},
    )
    return schema.rename_columns({c.key: c.label for c in columns}) if labels else schema


@register_check_method(statistics=["labels"], supported_types=pd.Series)  # type: ignore[untyped-decorator]
def each_of_list(series: Series, *, labels: list[str]) -> Series:
    """Tell the cells all of whose values are in a list, by a name that pandera can write."""
    return each_in(series, labels=labels)


def _several(labels: list[str]) -> pa.Check:
    check: pa.Check = pa.Check.each_of_list(labels=labels, error=UNLISTED)
    return check


@register_check_method(statistics=["low", "high"], supported_types=pd.Series)  # type: ignore[untyped-decorator]
def plausible(series: Series, *, low: float | str, high: float | str) -> Series:
    """Tell the cells between two numbers, or two days as texts."""
    if series.dtype.kind == "M":
        return series.between(pd.Timestamp(low), pd.Timestamp(high))
    return series.between(low, high)


def _between(low: float | str, high: float | str) -> pa.Check:
    check: pa.Check = pa.Check.plausible(low=low, high=high, error=IMPLAUSIBLE)
    return check


def _index(column: Column, labels: bool) -> pa.Index:
    name = column.label if labels else column.key
    return pa.Index("str", unique=True, name=name, title=column.label, description=column.help)


def _lists(plan: Plan) -> pa.DataFrameSchema:
    own = [vocabulary.key for vocabulary in plan.vocabularies if vocabulary.local]
    return pa.DataFrameSchema(
        {
            LIST: pa.Column("str", pa.Check.isin(own, error=UNLISTED), coerce=True),
            ENTRY: pa.Column("str", coerce=True),
        },
        unique=[LIST, ENTRY],
        name=plan.lists.key,
        title=plan.lists.title,
        description=plan.lists.question,
    )


def own_rules(plan: Plan, sheet: Sheet, stage: Stage) -> Iterator[tuple[Rule, str, Expression]]:
    """Give the rules that look at nothing but a row: the rule, its column, its condition.

    Which they are is seen by trying them on a table of no row, where what else they would look at
    is not there.
    """
    empty = _empty(sheet)
    scope = Scope({sheet.key: empty}, sheet.key, _parameters(plan))
    for rule in plan.rules:
        if rule.condition is None or not rule.stage.reached(stage) or rule.needs:
            continue
        for where, key in rule.places(plan):
            if where != sheet.key or key not in empty:
                continue
            condition = rule.condition(key)
            try:
                condition.evaluate(scope)
            except KeyError:
                continue
            yield rule, key, condition


def _empty(sheet: Sheet) -> Frame:
    columns = columns_of(sheet)
    return pd.DataFrame({c.key: pd.Series([], dtype=plain_dtype(c)) for c in columns})


def _parameters(plan: Plan) -> Parameters:
    return plan.form.keyed({Role.FIRST_YEAR: plan.first_year, Role.LAST_YEAR: plan.last_year})


def _check(plan: Plan, sheet: Sheet, rule: Rule, key: str, condition: Expression) -> pa.Check:
    said = f"{plan.short} {plan.first_year}-{plan.last_year}", sheet.key, rule.code, key
    _CONDITIONS[said] = sheet, condition, _parameters(plan)
    names = dict(zip(("plan", "table", "rule", "column"), said, strict=True))
    check: pa.Check = pa.Check.keeps_rule(
        **names, error=rule.code, title=rule.title, description=rule.expected
    )
    return check


_CONDITIONS: dict[tuple[str, str, str, str], tuple[Sheet, Expression, Parameters]] = {}
"""The conditions of the checks, by what names them: pandera writes and reads names alone."""


@register_check_method(statistics=["plan", "table", "rule", "column"])  # type: ignore[untyped-decorator]
def keeps_rule(frame: Frame, *, plan: str, table: str, rule: str, column: str) -> Frame:
    """Tell the cells that keep a rule: those of one column; the others all do."""
    sheet, condition, parameters = _CONDITIONS[plan, table, rule, column]
    held = pd.DataFrame(True, index=frame.index, columns=frame.columns)
    if column in frame:
        frames = {sheet.key: plain(frame, columns_of(sheet))}
        broken = condition.evaluate(Scope(frames, sheet.key, parameters))
        held[column] = ~broken.to_numpy(dtype=bool)
    return held
