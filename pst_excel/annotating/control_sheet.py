"""The control sheet of a return that goes back: one line a finding, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from pst_excel.checking.rounds import FindingState, Followed, Round, said_points
from pst_excel.checking.summary import NOTHING_FILLED, counted
from pst_excel.excel import palette
from pst_excel.excel.formats import when
from pst_excel.excel.sheets.table import colour_severities, signed, write_table
from pst_excel.excel.xlsx import A3, BookWriter
from pst_excel.model.findings import RECORD, Finding, Message, Severity, Subject
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.points import STILL, found_by
from pst_excel.model.words.titles import CONTROLS
from pst_excel.model.words.wording import listed
from pst_excel.ooxml.sheet import Sheet
from pst_excel.ooxml.workbook import Workbook
from pst_excel.returns.tables import Return

_COLUMNS = (
    ("État", 13), ("Gravité", 16), ("Feuille", 14), ("Cellule", 9), (RECORD, 32), ("Colonne", 20),
    ("Remarque", 52), ("Lu", 20), ("Attendu", 32), ("À faire", 44), ("Code", 8), ("Clé", 14),
)  # fmt: skip
_LABELS = tuple(label for label, _ in _COLUMNS)
_LAYOUTS = (_LABELS, tuple(label for label in _LABELS if label != RECORD))
"""The headings of our sheet, and those that it had before it said records in words."""
_CELL, _KEY = 3, len(_COLUMNS) - 1
_BELOW = "\n"  # no heading holds it
_SAID = ("message", "expected", "remedy")
_THANKS = "Merci : tout est corrigé, plus rien n’est à voir dans ce classeur."
_NOTHING = "Rien à corriger dans ce classeur."


def place_of(position: int) -> int:
    """Return the row, counted from 1, of the line at a position."""
    return HEADING_ROW + 1 + position


def control_title(book: Workbook) -> str:
    """Return the title of our sheet: the one that is ours already, else the first that is free."""
    ours = [title for title in CONTROLS if title in book and _labels_of(book[title])]
    taken = {title.casefold() for title in book.titles}
    free = [title for title in CONTROLS if title.casefold() not in taken]
    return (ours or free or [f"{CONTROLS[0]} pst-excel"])[0]


def _labels_of(sheet: Sheet) -> tuple[str, ...]:
    """Return the headings under which a sheet of ours is laid out; none for another's."""
    headings = tuple(cell.value for cell in sheet.row(HEADING_ROW))
    return next((labels for labels in _LAYOUTS if headings[: len(labels)] == labels), ())


def round_in(book: Workbook, title: str) -> Round | None:
    """Return the round that a workbook says it was in; None when it was never annotated."""
    labels = _labels_of(book[title]) if title in book else ()
    if not labels:
        return None
    sheet = book[title]
    stamp = sheet.at(1, len(labels)).value
    return Round(str(stamp or ""), list(_read(sheet, labels)))


def _read(sheet: Sheet, labels: Sequence[str]) -> Iterator[Followed]:
    severities = {signed(severity): severity for severity in Severity}
    states = {str(state): state for state in FindingState}
    for row in sheet.grid.rows:
        contents = {cell.column - 1: cell.value for cell in sheet.row(row)}
        held = {label: str(contents.get(at) or "") for at, label in enumerate(labels)}
        words = [held.get(label, "") for label in _LABELS]
        if row <= HEADING_ROW or words[0] not in states or words[1] not in severities:
            continue
        state, severity, where, cell, record, column, message, read, *rest = words
        expected, remedy, code, key = rest
        sentence, expects, remedies = (f"{{{hole}}}" for hole in _SAID)
        template = Message(code, severities[severity], "", sentence, expects, remedies)
        said_then = dict(zip(_SAID, (message, expected, remedy), strict=True))
        label = column.partition(_BELOW)[0]
        subject = Subject(title=where, cell=cell, label=label, record=record)
        yield Followed(key, states[state], Finding(template, subject, said_then, read))


def _column(followed: Followed) -> str:
    """Return a column as the sheet says it, and how it is seen where it is folded."""
    finding = followed.finding
    return f"{finding.column}{_BELOW}{finding.to_see}" if finding.to_see else finding.column


def control_sheet(
    returned: Return, this_round: Round, clean: Sequence[str], title: str, observed: dt.date
) -> bytes:
    """Return a workbook of one sheet: what needs nothing, what is to be corrected, or thanks."""
    book = BookWriter(title, returned.institution, observed)
    page = book.sheet(title, palette.TABS["program"])
    good = f"{listed(clean)} sans remarque." if clean else NOTHING_FILLED
    found = counted(point.finding.severity for point in this_round.open)
    sentence = f"{found_by(returned.plan.short, observed)} : {found}. {good}"
    if not this_round.open:
        sentence = _THANKS if this_round.followed else _NOTHING
    page.heading(title, sentence, 0)
    states = f"{said_points(this_round.counts()).capitalize()}." if this_round.followed else ""
    still = f" {STILL}" if this_round.open else ""
    page.put(2, 0, f"{states}{still}", book.format(palette.TEXTS, font_color=palette.GREY))
    rows = [
        (str(followed.state), signed(f.severity), f.sheet, f.cell, f.record, _column(followed),
         f.message, f.read, f.expected, f.remedy, f.code, followed.key)
        for followed in this_round.followed
        for f in (followed.finding,)
    ]  # fmt: skip
    write_table(page, _COLUMNS, rows, f"{returned.institution} · {title}", paper=A3)
    page.put(0, _KEY, this_round.stamp, book.format())
    page.worksheet.set_column(_KEY, _KEY, _COLUMNS[_KEY][1], None, {"hidden": True})
    link = book.format(palette.LINK, palette.RULED, palette.TEXTS)
    for at, followed in enumerate(this_round.followed):
        finding = followed.finding
        if finding.cell and followed.state is not FindingState.SOLVED:
            page.link(HEADING_ROW + at, _CELL, finding.sheet, finding.cell, finding.cell, link)
    solved = book.mark({"font_color": palette.GREY, "bg_color": palette.WHITE})
    area = (HEADING_ROW, 0, max(HEADING_ROW + len(rows) - 1, HEADING_ROW), _KEY)
    page.mark(
        area, when(f'$A{HEADING_ROW + 1}="{FindingState.SOLVED}"', solved) | {"stop_if_true": True}
    )
    colour_severities(page, 1, len(rows))
    return book.bytes()
