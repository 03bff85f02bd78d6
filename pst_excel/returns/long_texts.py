"""The texts of a return that no cell of Excel can hold: said, and known again where one is cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from pst_excel.cells.long_texts import LONGEST, cut_in, fits, forms, whole_length
from pst_excel.model.catalogue import structural
from pst_excel.model.findings import Finding
from pst_excel.model.schema import Sheet
from pst_excel.model.words.kinds import Kind
from pst_excel.returns.shared_rows import LOCAL
from pst_excel.returns.subjects import record_of
from pst_excel.returns.tables import Refusal, Return, Table

_SUSPECT = LONGEST // 2
TOO_LONG = "V11"
HERE, ELSEWHERE = "ce fichier", "le retour d’où il vient"
Known = TypeVar("Known", Return, Return | None, Return | Refusal | None)
Where = Callable[[int, str], str]
"""Where the whole of a text is, by the place of its row and by its field; empty if not known."""


def too_long(sheet: Sheet, table: Table, where: Where = lambda *_: "") -> Iterator[Finding]:
    """Give what says that a text is longer than a cell, or was cut to fit in one.

    Where its whole is not known by its place, it is in the file itself unless it was cut there.
    """
    for key, label, cells in _texts(sheet, table):
        for at, text in enumerate(cells):
            if text.__class__ is str and len(text) > _SUSPECT and (count := whole_length(text)):
                place = where(at, key) or (ELSEWHERE if fits(text) else HERE)
                words = {"label": label, "read": cut_in(count), "where": place}
                row = table.rows[at]
                cell = table.cell(key.removeprefix(LOCAL), row)
                record = record_of(sheet, table, row)
                yield structural(sheet.key, TOO_LONG, words, cell, record)


def _texts(sheet: Sheet, table: Table) -> Iterator[tuple[str, str, Sequence[Any]]]:
    for column in sheet.inputs:
        if column.kind is Kind.TEXT and not column.hidden:
            yield column.key, column.label, table.columns.get(column.key, ())
    for name, cells in table.locals.items():
        yield f"{LOCAL}{name}", name, cells


def wholes(returns: Iterable[Return]) -> dict[str, str]:
    """Return the texts that no cell holds by what a cell shows of them."""
    return {
        form: text
        for returned in returns
        if any(finding.code == TOO_LONG for finding in returned.findings)
        for table in returned.tables.values()
        for _, _, cells in _texts(returned.plan[table.sheet], table)
        for text in cells
        if isinstance(text, str) and not fits(text)
        for form in forms(text)
    }


def whole_again(returned: Known, known: Mapping[str, str]) -> Known:
    """Return a return in which texts that were cut to fit in a cell are whole again."""
    if not known or not isinstance(returned, Return):
        return returned

    def whole(cells: Sequence[Any]) -> list[Any]:
        return [known.get(c, c) if c.__class__ is str and len(c) > _SUSPECT else c for c in cells]

    tables = {
        key: replace(
            table,
            columns={name: whole(cells) for name, cells in table.columns.items()},
            locals={name: whole(cells) for name, cells in table.locals.items()},
        )
        for key, table in returned.tables.items()
    }
    return replace(returned, tables=tables)
