"""What changes in the layout of a data sheet: columns added, moved, calculated; rows closed up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from pst_excel.cells.grid import COMPUTED_SIGN
from pst_excel.model.schema import HEADING_ROW, Column, Sheet
from pst_excel.model.words.kinds import Where
from pst_excel.model.words.wording import column_letter, listed, plural
from pst_excel.returns.long_texts import HERE, too_long
from pst_excel.returns.tables import Table
from pst_excel.upgrading.changes import Change, ChangeKind
from pst_excel.upgrading.old_layout import OldColumns, position_of

_SCATTERED = 3  # moves of neighbouring columns that are worth a line each


def since(column: Column) -> str:
    """Say why a column or a field was not there."""
    return f"nouveau dans le modèle {column.since}" if column.since else "il manquait"


def laid_out(
    sheet: Sheet, old: Table, found: OldColumns, across: Mapping[str, int]
) -> Iterator[Change]:
    """Give what changes in the layout of a sheet; `across` numbers today's columns from 1."""
    title = sheet.title
    yield from _cut(sheet, old)
    columns = {key: position_of(f"{letters}1")[1] - 1 for key, letters in old.letters.items()}
    there = {*found.declared, *(key for key, p in columns.items() if p in found.computed)}
    lacking = [c for c in sheet.columns if c.stands(Where.RETURN) and c.key not in there]
    for why in dict.fromkeys(since(column) for column in lacking):
        labels = [f"« {c.label} »" for c in lacking if since(c) == why and not c.hidden]
        if hidden := sum(since(c) == why and c.hidden for c in lacking):
            labels.append(plural(hidden, "colonne masquée", "colonnes masquées"))
        yield Change(ChangeKind.ADDED, title, listed(labels), "", why)
    yield from _moved(sheet, found, across)
    today = range(HEADING_ROW + 1, HEADING_ROW + 1 + len(old))
    if list(old.rows) != list(today):
        element = plural(len(old), *sheet.records)
        rows = [_span(str(some[0]), str(some[-1])) for some in (old.rows, today)]
        yield Change(ChangeKind.MOVED, title, element, f"lignes {rows[0]}", f"lignes {rows[1]}")
    hidden_ones = {p for key, p in columns.items() if sheet[key].hidden}
    seen = [label for p, label in found.computed.items() if p not in hidden_ones]
    if seen:
        labels = [f"« {label.strip(f' {COMPUTED_SIGN}')} »" for label in seen]
        yield Change(ChangeKind.COMPUTED, title, listed(labels), "", "calculé par le programme")
    if old.new_rows:
        count = plural(len(old.new_rows), *sheet.records)
        yield Change(ChangeKind.IDENTIFIED, title, count, "", "identifiant donné")
    for name, position in found.local.items():
        label, letters = found.labels[position], column_letter(position)
        before = letters if label in (name, "") else f"{letters}, « {label} »"
        after = f"{column_letter(across[name] - 1)}, colonne de l’institution"
        yield Change(ChangeKind.KEPT, title, f"« {name} »", before, after)


def _moved(sheet: Sheet, found: OldColumns, across: Mapping[str, int]) -> Iterator[Change]:
    """Give the columns that stand elsewhere, neighbours together; in one word where all do."""
    runs = list(_runs(found.declared, across))
    if len(runs) > _SCATTERED:
        count = plural(sum(map(len, runs)), "colonne")
        yield Change(ChangeKind.MOVED, sheet.title, count, "", "dans l’ordre du modèle actuel")
        return
    for run in runs:
        first, last = run[0], run[-1]
        element = f"« {sheet[first].label} »"
        if len(run) > 1:
            count = plural(len(run), "colonne")
            element = f"{element} à « {sheet[last].label} » ({count})"
        before = _span(*(column_letter(found.declared[key]) for key in (first, last)))
        after = _span(*(column_letter(across[key] - 1) for key in (first, last)))
        yield Change(ChangeKind.MOVED, sheet.title, element, before, after)


def _cut(sheet: Sheet, old: Table) -> Iterator[Change]:
    """Give the texts that the new workbook cannot hold whole; the old one keeps them."""
    for finding in too_long(sheet, old):
        if finding.words["where"] == HERE:
            label, after = f"« {finding.words['label']} »", "coupé : entier dans l’ancien classeur"
            cells = (finding.cell,)
            yield Change(ChangeKind.LOST, sheet.title, label, finding.read, after, cells)


def _runs(declared: Mapping[str, int], across: Mapping[str, int]) -> Iterator[list[str]]:
    """Give the keys of neighbouring columns that all moved by the same number of places."""
    keys = sorted(declared, key=declared.__getitem__)
    for shift, run in groupby(keys, key=lambda key: across[key] - 1 - declared[key]):
        if shift:
            yield list(run)


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first} à {last}"
