"""What a workbook says of a row while it is filled: what is missing, what disagrees, how it stands.

The marks are those of the rules that have a condition, the missing cells those of the obligatory
columns: what the workbook shows and what the checker says come from the same declarations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pst_excel.model.expressions.conditions import blank
from pst_excel.model.expressions.core import (
    All,
    Col,
    Const,
    Filled,
    Is,
    Longer,
    Not,
    Worded,
    quoted,
)
from pst_excel.model.expressions.lookups import Listed
from pst_excel.model.formulas import Expression, FormulaRow, Scope
from pst_excel.model.rules import Rule
from pst_excel.model.schema import Column, Sheet
from pst_excel.model.series import Series
from pst_excel.model.words.keys import ROW_ROLE, STAMP
from pst_excel.model.words.kinds import Kind, Need, Where
from pst_excel.model.words.points import LIVE

MISSING, REFUSED, DOUBTS, AWAITED, STATE = "manque", "refus", "doutes", "attente", "saisie"
COMPLETE, TO_FILL, TO_VERIFY, LENT = "✔ complète", "✎ {} à remplir", "⚠ {} à vérifier", "ℹ {}"
TO_UPDATE = "↻ à mettre à jour"


def demanded(sheet: Sheet) -> tuple[Column, ...]:
    """Return the columns that a started row must fill: obligatory, and without a default."""
    return tuple(
        c for c in sheet.inputs if c.need is Need.REQUIRED and c.default is None and not c.hidden
    )


def is_blank(column: Column) -> Expression:
    """Return the condition of a cell that is empty, or a text where a number is meant."""
    return blank(column.key, _measured(column))


def _measured(column: Column) -> bool:
    """Tell whether a cell is meant for a number or a date."""
    return (column.kind.is_number or column.kind is Kind.DATE) and not column.many


OWN = blank(ROW_ROLE)
"""The condition of a row that its service must look after: one that is not lent."""


def refusals(sheet: Sheet) -> Iterator[tuple[str, Expression]]:
    """Give what a cell may not hold: an entry of no list, words or a number out of bounds."""
    for column in sheet.inputs:
        if column.hidden or column.many or not column.stands(Where.RETURN):
            continue
        key = column.key
        if column.vocabulary is not None:
            yield key, All((Filled(key), Not(Listed(key, column.vocabulary))))
        if _measured(column) and column.need is not Need.REQUIRED:
            yield key, Worded(key)  # an obligatory one is missing
        if column.low is not None:
            yield key, Is(Col(key), "<", Const(column.low))
        if column.high is not None:
            yield key, Is(Col(key), ">", Const(column.high))
        if column.max_length is not None:
            yield key, Longer(key, column.max_length)


def conditions(sheet: Sheet, rules: Iterable[Rule]) -> Iterator[tuple[Rule, str, Expression]]:
    """Give the rules that the workbook of a service shows: rule, column pointed at, condition.

    Those that need the whole of another sheet are left out: a service may hold a part of it.
    """
    for rule in rules:
        if (
            rule.condition is None
            or rule.whole_plan_only
            or rule.needs
            or not rule.effective_severity.blames
        ):
            continue
        for place, key in rule.at:
            if place == sheet.key:
                yield rule, key, rule.condition(key)


@dataclass(frozen=True)
class Started(Expression):
    """True on a row of which somebody has filled a cell."""

    keys: tuple[str, ...]

    def evaluate(self, scope: Scope) -> Series:
        """Return the presence of anything."""
        return scope.frame[list(self.keys)].notna().any(axis=1)

    def render(self, place: FormulaRow) -> str:
        """Return the count of cells."""
        return f"COUNTA({place.cells(self.keys)})>0"


@dataclass(frozen=True)
class Count(Expression):
    """How many of the conditions hold, on the rows where another does; blank on the others.

    What a column has already counted is added.
    """

    conditions: tuple[Expression, ...]
    where: Expression
    more: str = ""

    def evaluate(self, scope: Scope) -> Series:
        """Return the number."""
        total = np.zeros(len(scope.frame))
        for condition in self.conditions:
            total += condition.evaluate(scope).to_numpy("float64")
        if self.more:
            total += scope.frame[self.more].fillna(0.0).to_numpy()
        return pd.Series(total, index=scope.frame.index).where(self.where.evaluate(scope))

    def render(self, place: FormulaRow) -> str:
        """Return the sum of the tests; the empty text on the other rows."""
        terms = [f"({c.render(place)})" for c in self.conditions]
        if self.more:
            terms.append(place.cell(self.more))
        elif len(terms) < 2:
            terms.append("0")  # in Excel a test alone is above every number, and shows as a word
        total = "+".join(terms)
        return f'IF({self.where.render(place)},{total},"")'


@dataclass(frozen=True)
class RowStatus(Expression):
    """How a row stands, in two words: what is to be done first; some sheets await updates."""

    awaits: bool = False

    def evaluate(self, scope: Scope) -> Series:
        """Return the words; blank on a row that has not been started."""
        frame = scope.frame
        missing, doubts = frame[MISSING], frame[DOUBTS]
        status = pd.Series(COMPLETE, index=frame.index, dtype="str")
        for counts, words in ((doubts, TO_VERIFY), (missing, TO_FILL)):
            texts = counts.fillna(0).map(lambda n, words=words: words.format(int(n)))
            status = status.mask(counts.gt(0), texts.astype("str"))
        if self.awaits:
            status = status.mask(frame[AWAITED].gt(0), TO_UPDATE)
        lent = LENT.format("") + frame[ROW_ROLE]
        return status.where(missing.notna()).mask(lent.notna(), lent)

    def render(self, place: FormulaRow) -> str:
        """Return the same."""
        missing, doubts = place.cell(MISSING), place.cell(DOUBTS)
        formula = quoted(COMPLETE)
        for cell, words in ((doubts, TO_VERIFY), (missing, TO_FILL)):
            before, after = words.split("{}")
            formula = f"IF({cell}>0,{quoted(before)}&{cell}&{quoted(after)},{formula})"
        if self.awaits:
            formula = f"IF({place.cell(AWAITED)}=1,{quoted(TO_UPDATE)},{formula})"
        role, lent = place.cell(ROW_ROLE), quoted(LENT.format(""))
        return f'IF({role}<>"",{lent}&{role},IF({missing}="","",{formula}))'


def watched(sheet: Sheet, rules: Iterable[Rule], since: str = "") -> Sheet:
    """Return the sheet with the columns by which the workbook of a service watches its rows.

    They stand after the hidden columns that begin it, `since` a version of the template.
    """
    visible = tuple(c.key for c in sheet.inputs if not c.hidden and c.stands(Where.RETURN))
    mine = All((Started(visible), OWN))
    missing = tuple(is_blank(column) for column in demanded(sheet))
    refused = tuple(condition for _, condition in refusals(sheet))
    doubts = tuple(condition for _, _, condition in conditions(sheet, rules))
    hidden = [
        _column(MISSING, "Manque", Kind.INTEGER, "Le nombre de cellules obligatoires à remplir.",
                Count(missing, mine)),
        _column(REFUSED, "Refus", Kind.INTEGER, "Le nombre de cellules hors liste ou hors limites.",
                Count(refused, mine)),
        _column(DOUBTS, "Doutes", Kind.INTEGER, "Le nombre de doutes de la ligne, refus compris.",
                Count(doubts, mine, REFUSED)),
    ]  # fmt: skip
    if sheet.due is not None:
        awaited = All((sheet.due, Filled(STAMP)))
        hidden.append(_column(AWAITED, "Attente", Kind.INTEGER,
                              "1 si la ligne reçue n’a pas encore été mise à jour.",
                              Count((awaited,), mine)))  # fmt: skip
    state = _column(
        STATE, "Saisie", Kind.TEXT,
        f"{LIVE}, ce que le classeur voit lui-même : ligne à mettre à jour, à remplir, ou qui se"
        " contredit.",
        RowStatus(sheet.due is not None), hidden=False, width=14,
    )  # fmt: skip
    at = next(n for n, column in enumerate(sheet.columns) if not column.hidden)
    before, after = sheet.columns[:at], sheet.columns[at:]
    watching = (replace(column, since=since) for column in (*hidden, state))
    return replace(sheet, columns=(*before, *watching, *after))


def _column(
    key: str,
    label: str,
    kind: Kind,
    words: str,
    formula: Expression,
    hidden: bool = True,
    width: int = 14,
) -> Column:
    return Column(
        key, label, kind, words, Need.COMPUTED, formula=formula, hidden=hidden,
        where=Where.RETURN, width=width,
    )  # fmt: skip
