"""The sheet Conflits: what is to be decided, what stands meanwhile, where people decide."""

from __future__ import annotations

from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.consolidating.ledgers import DATA, DECISION, ELEMENT, NUMBER, REASON, VALUE, data_of
from pst_excel.excel import palette
from pst_excel.excel.names import Names
from pst_excel.excel.sheets.table import write_table
from pst_excel.excel.xlsx import MESSAGE_LIMIT, BookWriter, SheetWriter, list_of, options
from pst_excel.merging.conflicts import Conflict
from pst_excel.merging.contents import LOCAL
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.keys import ID, ORIGIN
from pst_excel.model.words.titles import CONFLITS
from pst_excel.model.words.wording import plural

_COLUMNS = (
    ("Quoi", 16), ("Feuille", 12), ("Cellule", 9), (ELEMENT, 38), ("Colonne", 18), ("Envoyé", 22),
    ("Ce qui tient", 26), ("Vient de", 28),
    ("Pourquoi", 30), ("Retour de", 18), ("Ce que dit le retour", 34),
    ("Lu dans", 30),
    (DECISION, 17), (VALUE, 22), (REASON, 24), ("Remarque", 24),
)  # fmt: skip
_CELL, _ELEMENT, _DECISION = (
    [name for name, _ in _COLUMNS].index(name) for name in ("Cellule", ELEMENT, DECISION)
)
_HUMAN = 3  # columns that people fill, from the decision on


def write_conflicts(book: BookWriter, consolidation: Consolidation, context: str) -> None:
    """Write what is to be decided, one line each: people choose in a list, the next run applies."""
    page = book.sheet(CONFLITS, palette.TABS["program"])
    found = consolidation.conflicts
    words = (
        f"{plural(len(found), 'point')} à décider. Choisissez dans « {DECISION} » (pour « autre »,"
        f" écrivez dans « {VALUE} »), puis consolidez à nouveau : c’est appliqué et gardé dans"
        " « Historique ». Rien n’est perdu entre-temps."
        if found
        else "Rien à décider."
    )
    page.heading(CONFLITS, words, 0)
    data = [data_of(conflict) for conflict in found]
    width = max(map(len, data), default=1)
    hidden = [(NUMBER, 14), *((f"{DATA} {number + 1}", 14) for number in range(width))]
    rows = [
        (*_line(conflict), conflict.number, *pieces, *([""] * (width - len(pieces))))
        for conflict, pieces in zip(found, data, strict=True)
    ]
    columns, shown = (*_COLUMNS, *hidden), len(_COLUMNS)
    write_table(page, columns, rows, context, tall=shown, hidden=range(shown, len(columns)))
    page.worksheet.freeze_panes(HEADING_ROW, _ELEMENT + 1)
    for at, conflict in enumerate(found):
        _decide(page, HEADING_ROW + at, conflict)
        _lead(page, HEADING_ROW + at, conflict, consolidation)


def lines_of_rows(consolidation: Consolidation) -> dict[tuple[str, int], str]:
    """Return the cell of the sheet that speaks of each row first, by the row's sheet and number."""
    found: dict[tuple[str, int], str] = {}
    for at, conflict in enumerate(consolidation.conflicts):
        table = consolidation.merged.tables.get(conflict.key)
        ids = table.columns.get(ID, []) if table is not None else []
        if table is not None and conflict.id in ids:
            row = table.rows[ids.index(conflict.id)]
            found.setdefault((conflict.key, row), f"A{HEADING_ROW + 1 + at}")
    return found


def lead_to_conflicts(book: BookWriter, consolidation: Consolidation, names: Names) -> None:
    """Make the provenance of a row lead to what is to be decided about it."""
    form = book.format(palette.TEXTS, text_wrap=True)
    for (key, row), cell in lines_of_rows(consolidation).items():
        table, letters = consolidation.merged.tables[key], list(names.letters[key])
        worksheet = book.workbook.get_worksheet_by_name(consolidation.plan[key].title)
        if ORIGIN in letters and worksheet is not None:
            text = str(table.columns[ORIGIN][table.at[row]] or "")
            page = SheetWriter(book, worksheet, consolidation.plan[key].title)
            page.link(row - 1, letters.index(ORIGIN), CONFLITS, cell, text, form)


def _line(conflict: Conflict) -> tuple[str, ...]:
    authors = "\n".join(side.author for side in conflict.others)
    return (
        str(conflict.kind), conflict.sheet, "", conflict.name, conflict.column, conflict.base,
        conflict.kept, conflict.kept_from, conflict.why, authors, conflict.other,
        conflict.other_from, conflict.decision, conflict.value, conflict.reason, conflict.remark,
    )  # fmt: skip


def _decide(page: SheetWriter, row: int, conflict: Conflict) -> None:
    """Make the cells of the decision stand out, with the list of what may be decided."""
    fill: palette.Look = {**palette.TEXTS, "bg_color": palette.HUMAN, "text_wrap": True,
                          "border": 1, "border_color": palette.GRID}  # fmt: skip
    written = (conflict.decision, conflict.value, conflict.reason)
    for number, text in enumerate(written):
        page.put(row, _DECISION + number, text, page.book.format(fill))
    choices = f"Choisissez : {' · '.join(conflict.choices)}."
    if source := list_of(conflict.choices):
        asked = options(
            validate="list", source=source, error_type="warning",
            error_title="Ce n’est pas dans la liste", error_message=choices,
        )  # fmt: skip
        page.rule(row, _DECISION, row, asked)
    elif len(choices) <= MESSAGE_LIMIT:
        page.rule(row, _DECISION, row, options(validate="any", input_message=choices))


def _lead(page: SheetWriter, row: int, conflict: Conflict, consolidation: Consolidation) -> None:
    """Show the cell of which it is, and make it lead there."""
    table = consolidation.merged.tables.get(conflict.key)
    row_of = {} if table is None else dict(zip(table.columns.get(ID, ()), table.rows, strict=False))
    in_form = conflict.key == consolidation.plan.form.key
    if table is None or (conflict.id not in row_of and not in_form):
        return
    sheet_row = row_of.get(conflict.id, table.rows[0])
    field = conflict.field.removeprefix(LOCAL)
    leading = consolidation.plan[conflict.key].leading
    cell = table.cell(field, sheet_row) or table.cell(leading, sheet_row)
    if cell:
        style = page.book.format(palette.LINK, palette.RULED, palette.TEXTS)
        page.link(row, _CELL, table.title, cell, cell, style)
