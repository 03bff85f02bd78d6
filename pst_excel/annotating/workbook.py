"""A return handed back: the sender's own file, its doubtful cells marked, its findings listed.

Nothing that the sender made is changed: a mark is a conditional format over the cell's own format,
what a note says is added to the notes that are there, and all that was added by a round is taken
away before the next one is written.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from pst_excel.annotating.control_sheet import control_sheet, control_title, place_of, round_in
from pst_excel.checking.report import Report, counted_rows
from pst_excel.checking.rounds import FindingState, Round, next_round
from pst_excel.checking.summary import clean_sheets
from pst_excel.excel import palette
from pst_excel.model.findings import Finding, Findings, Severity
from pst_excel.model.words.points import found_by, found_there, points
from pst_excel.model.words.titles import LISEZ_MOI
from pst_excel.model.words.wording import number, plural
from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.references.addresses import Area, cell_of
from pst_excel.ooxml.sheet import Sheet
from pst_excel.ooxml.workbook import Workbook
from pst_excel.returns.tables import Return
from pst_excel.text.spelling import fold

AUTHOR = "Contrôle {}"  # of the notes, by what people call the plan
DOUBT, BANNER = "pst-excel", "pst-excel-renvoi"
"""The tags of our marks: on what is to be looked at, on what leads to the control sheet."""
MOST_NOTES = 2_000
"""Notes that a workbook is given: beyond, the marks and the control sheet say enough."""
_ASIDE = 2  # columns between the title of a sheet and what leads to the controls
_ACROSS = {0: 6, _ASIDE: 2}  # columns more that the text takes, as the template is wide
_LEAST = 2  # columns more without which it would be cut


def annotated(
    returned: Return, findings: Sequence[Finding], data: bytes, observed: dt.date | None = None
) -> tuple[bytes, Round]:
    """Return a workbook with what is found in it, and the round that it says.

    It was found in the state of a day: the one that the workbook says, unless one is given. Raises:
    PatchError when the file cannot be changed without harm.
    """
    book = Workbook(data)
    day = observed or _observed(returned)
    title = control_title(book)
    before = round_in(book, title)
    # What is on trial is for those who try it.
    findings = Findings(f for f in findings if f.severity is not Severity.TRIAL)
    this_round = next_round(returned, findings, before)
    report = Report(findings, [], *counted_rows([returned], returned.plan, findings))
    author = AUTHOR.format(returned.plan.short)
    _take_away(book, title, author)
    if this_round.open:
        _mark(book, findings)
        _note(book, title, this_round, author)
        done, filled = sum(report.clean.values()), sum(report.rows.values())
        lines = f"{plural(done, 'ligne')} sur {number(filled)} sans remarque"
        left = f"{points(len(this_round.open))} dans « {title} »"
        sentence = f"{found_by(returned.plan.short, day)} : {left} ; {lines}."
        _lead(book, title, this_round, sentence, returned)
    clean = clean_sheets(report, returned.plan)
    written = control_sheet(returned, this_round, clean, title, day)
    book.graft(written, [title], before=None if title in book.titles else _second(book))
    return book.to_bytes(), this_round


def _observed(returned: Return) -> dt.date:
    return returned.observed or dt.date(returned.plan.first_year, 1, 1)


def _second(book: Workbook) -> str:
    """Return the title before which the controls are put: the first, but for Lisez-moi."""
    first, *rest = book.titles
    return rest[0] if rest and fold(first) == fold(LISEZ_MOI) else first


def _take_away(book: Workbook, title: str, author: str) -> None:
    for sheet in book.sheets:
        if sheet.title == title:
            continue
        for area in sheet.marked(BANNER):
            cell = sheet.at(area.top, area.left)
            cell.unlink(title)
            cell.clear()
        sheet.unmark(BANNER)
        sheet.unmark(DOUBT)
        sheet.remove_notes(author)


def _mark(book: Workbook, findings: Sequence[Finding]) -> None:
    """Mark each cell with the colours of the worst that is found there."""
    worst: dict[tuple[str, str], Severity] = {}
    for finding in sorted(findings, key=lambda f: f.severity.rank):
        worst.setdefault((finding.sheet, finding.cell), finding.severity)
    for sheet in book.sheets:
        for severity, (fill, text) in palette.SEVERITY.items():
            cells = [c for (t, c), found in worst.items() if (t, found) == (sheet.title, severity)]
            sheet.mark(filter(None, cells), fill.lstrip("#"), text.lstrip("#"), DOUBT)


def _note(book: Workbook, title: str, this_round: Round, author: str) -> None:
    """Say in a note on each cell what is found there, the worst cells first if they are many."""
    texts: dict[tuple[str, str], list[str]] = {}
    here = {sheet.title for sheet in book.sheets}
    for at, followed in enumerate(this_round.followed):
        finding = followed.finding
        unsolved = followed.state is not FindingState.SOLVED
        if finding.cell and unsolved and finding.sheet in here:
            words = texts.setdefault((finding.sheet, finding.cell), [])
            words.append(_words(finding, f"{title}, ligne {place_of(at)}"))
    by_sheet: dict[str, dict[str, str]] = {}
    for (sheet, cell), words in list(texts.items())[:MOST_NOTES]:
        by_sheet.setdefault(sheet, {})[cell] = "\n\n".join(words)
    for sheet, notes in by_sheet.items():
        book[sheet].add_notes(notes, author)


def _words(finding: Finding, where: str) -> str:
    sign = finding.severity.sign
    lines = [
        f"{sign} {finding.severity.capitalize()} {finding.code}",
        f"{finding.record[:1].upper()}{finding.record[1:]}", finding.message,
        f"Lu : {finding.read}" if finding.read else "",
        f"Attendu : {finding.expected}" if finding.expected else "",
        f"À faire : {finding.remedy}", finding.to_see, f"({where})",
    ]  # fmt: skip
    return "\n".join(line for line in lines if line)


def _tops(returned: Return) -> dict[str, int]:
    """Return by sheet the first row that is read: what is written above it changes no reading."""
    places = {
        t.title: [cell_of(ref)[0] for ref in t.places.values()] for t in returned.tables.values()
    }
    return {
        table.title: table.heading or min(places[table.title], default=1)
        for table in returned.tables.values()
    }


def _lead(
    book: Workbook, title: str, this_round: Round, sentence: str, returned: Return
) -> None:  # fmt: skip
    """Say on Lisez-moi what was found, on each sheet how many points; lead to the controls."""
    tops = _tops(returned)
    counts = Counter(followed.finding.sheet for followed in this_round.open)
    for sheet in book.sheets:
        if fold(sheet.title) == fold(LISEZ_MOI):
            _banner(sheet, 3, 0, sentence, title)
        elif sheet.title in counts and tops.get(sheet.title, 1) > 1:
            text = f"← {found_there(counts[sheet.title], returned.plan.short)}"
            rooms = ((1, _ASIDE, _LEAST), (3, 0, _LEAST), (1, _ASIDE, 0))
            for row, aside, least in rooms:
                if _banner(sheet, row, aside, text, title, least):
                    break


def _banner(
    sheet: Sheet, row: int, aside: int, text: str, title: str, least: int = _LEAST
) -> bool:  # fmt: skip
    """Write a text that leads to the controls at the title of a sheet, where that is blank.

    `aside` is how far from the title it stands, `least` the blank columns that must follow. Returns
    whether there was room.
    """
    titles = [cell.column for cell in sheet.row(1) if cell.value is not None]
    if not titles:
        return False
    cell = sheet.at(row, min(titles) + aside)
    filled = [other.column for other in sheet.row(row) if other.value is not None]
    last = min((at - 1 for at in filled if at >= cell.column), default=cell.column + _ACROSS[aside])
    if last < cell.column + least:
        return False
    try:
        cell.set(text)
        cell.link(title, "A1", f"Aller à {title}")
    except Refused:  # a merged title, a cell that leads elsewhere: the controls say it as well
        return False
    fill, ink = palette.SEVERITY[Severity.HINT]
    across = Area(row, cell.column, row, min(last, cell.column + _ACROSS[aside]))
    sheet.mark([str(across)], fill.lstrip("#"), ink.lstrip("#"), BANNER)
    return True
