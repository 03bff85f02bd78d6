"""What people put on the sheets of the plan besides values: notes, formulas, colours, images."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from pst_excel.excel.wrapping import LINE, lines_of
from pst_excel.excel.xlsx import BookWriter
from pst_excel.model.plan import Plan
from pst_excel.model.schema import HEADING_ROW, Sheet
from pst_excel.model.words.kinds import Layout
from pst_excel.model.words.wording import column_letter, plural
from pst_excel.ooxml.cells.told import area_in
from pst_excel.ooxml.cells.values import CellError, Formula, Value
from pst_excel.ooxml.package.names import R_ID, main
from pst_excel.ooxml.references.addresses import LAST_ROW, CellPosition, cell_of, is_address
from pst_excel.ooxml.references.formulas import moved
from pst_excel.ooxml.sheet import Cell
from pst_excel.ooxml.sheet import Sheet as OldSheet
from pst_excel.ooxml.workbook import Workbook
from pst_excel.text.spelling import fold
from pst_excel.upgrading.changes import Change, ChangeKind
from pst_excel.upgrading.old_layout import CellPlace, Source, shown
from pst_excel.upgrading.original import over
from pst_excel.upgrading.styles import OURS, Looks
from pst_excel.upgrading.upgrade import LABEL

PARTLY, TEXT_KEPT = "mise en forme d’une partie du texte", "le texte est gardé"
VALUE_KEPT, NO_VALUE = "sa valeur est gardée", "sans valeur : la cellule est vide"
_FAR_DOWN = LAST_ROW // 2
_NOTE_WIDTH, _MOST_HEIGHT = 240, 600
_PIXELS = 7  # of the widest digit of Calibri 11, by which widths are counted


def likeness(formula: str, row: int) -> str:
    """Return what the formulas filled down a column share: how each reads in one and same row."""
    return moved(formula, _FAR_DOWN - row, 0)


def _note(worksheet: Any, row: int, column: int, text: str, author: str) -> None:
    """Put a note on a cell, counted from 0, in a box that shows it whole."""
    height = min(40 + LINE * lines_of(text, _NOTE_WIDTH // _PIXELS), _MOST_HEIGHT)
    options = {"author": author, "width": _NOTE_WIDTH, "height": height}
    worksheet.write_comment(row, column, text, options)


def notes_of(sheet: OldSheet) -> Iterator[tuple[str, str, str]]:
    """Give the notes of a sheet by row: address, text, author; a conversation is one note."""
    notes, talks = sheet.notes, sheet.conversations
    for ref in sorted({*notes, *talks}, key=_in_order):
        if ref in talks:
            lines = (f"{who} : {words}" if who else words for who, words in talks[ref])
            yield ref, "\n".join(lines), ""
        else:
            yield ref, notes[ref].text, notes[ref].author.strip()


def _in_order(ref: str) -> CellPosition:
    """Return what puts notes in order: those that no cell has come last."""
    return cell_of(ref) if is_address(ref) else (LAST_ROW + 1, 0)


class Additions:
    """The additions to the sheets of the plan: those that are kept, and the others named."""

    def __init__(
        self, book: BookWriter, old: Workbook, source: Source, plan: Plan,
        places: Mapping[CellPlace, CellPlace],
    ) -> None:  # fmt: skip
        self.book, self.old, self.source, self.plan, self.places = book, old, source, plan, places
        self.looks = Looks(old.styles)

    def carry(self, sheet: Sheet, title: str) -> Iterator[Change]:
        """Put the notes where their cells now stand; give what is kept and what is not."""
        old = self.old[title]
        yield from self._notes(sheet, old)
        yield from self._cells(sheet, old)
        hidden_rows = self.source.hidden_rows.get(title, frozenset()) - self._hidden_fields(sheet)
        hidden = [f"A{at + 1}" for at in sorted(hidden_rows)]
        if hidden:
            yield _lost(sheet, "lignes masquées ou filtrées", "", "toutes sont montrées", *hidden)
        own = [rule.get("sqref") or rule.findtext("{*}sqref") or ""
               for rule in old.root.iter("{*}dataValidation")
               if not self._is_known(rule.get("promptTitle", ""), sheet)]  # fmt: skip
        if own:
            yield _lost(sheet, "validations de saisie ajoutées", "", "", *own)
        marks = [block.get("sqref", "") for block in old.root.iter(main("conditionalFormatting"))
                 if not all(map(self.looks.is_ours, block.iter(main("cfRule"))))]  # fmt: skip
        if marks:
            yield _lost(sheet, "mises en forme conditionnelles ajoutées", "", "", *marks)
        protection = old.root.find(main("sheetProtection"))
        if protection is not None and protection.get("sheet") in ("1", "true"):
            yield _lost(sheet, "protection de la feuille")
        for words, count in sorted(over(self.old, title).items()):
            yield _lost(sheet, plural(count, *words))

    def _hidden_fields(self, sheet: Sheet) -> frozenset[int]:
        """Return the old rows, from 0, of fields that the template hides too."""
        if sheet.layout is not Layout.FORM:
            return frozenset()
        today = {sheet.field_rows[c.key] for c in sheet.inputs if c.hidden}
        return frozenset(
            old_row - 1
            for (_, old_row, _), (title, row, position) in self.places.items()
            if title == sheet.title and row in today and position == LABEL
        )

    def _notes(self, sheet: Sheet, old: OldSheet) -> Iterator[Change]:
        kept = []
        for ref, text, author in notes_of(old):
            place = self.places.get((old.title, *_in_order(ref)))
            if place is None:
                yield _lost(sheet, f"note de {author}" if author else "note", text, "", ref)
                continue
            name, at, position = place
            worksheet = self.book.workbook.get_worksheet_by_name(name)
            _note(worksheet, at - 1, position - 1, text, author)
            kept.append(f"{column_letter(position - 1)}{at}")
        if kept:
            count = plural(len(kept), "note")
            yield Change(ChangeKind.KEPT, sheet.title, count, "", "", tuple(kept))

    def _cells(self, sheet: Sheet, old: OldSheet) -> Iterator[Change]:
        """Name formulas, colours, links and words in bold, by what they have in common."""
        found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        first: dict[str, str] = {}
        links = _links(old)
        for cell in old.cells():
            place = self.places.get((old.title, cell.row, cell.column))
            if place is None:
                continue
            texts = list(self._besides(cell))
            if (cell.row, cell.column) in links:
                texts.append(("lien", links[cell.row, cell.column], TEXT_KEPT))
            for element, text, after in texts:
                same = likeness(text, cell.row)
                first.setdefault(same, text)
                found[element, same, after].append(cell.ref)
            heads = place[1] == HEADING_ROW or (sheet.layout is Layout.FORM and place[2] == LABEL)
            if not heads and self.looks.is_own(cell.style):
                found["couleur ou police", "", "celle du modèle"].append(cell.ref)
        for (element, same, after), cells in found.items():
            yield _lost(sheet, element, first.get(same, same), after, *cells)

    def _besides(self, cell: Cell) -> Iterator[tuple[str, str, str]]:
        """Give what a cell holds besides its value: what it is, its text, what becomes of it."""
        value = cell.value
        if isinstance(value, Formula):
            read = self.source.value(cell.sheet.title, cell.row, cell.column)
            yield "formule", f"={value.text}", VALUE_KEPT if read != "" else NO_VALUE
        elif isinstance(value, CellError):
            yield "erreur", value.text, "la cellule est vide"
        elif cell.is_rich:
            yield PARTLY, "", TEXT_KEPT

    def _is_known(self, prompt: str, sheet: Sheet) -> bool:
        """Tell whether a validation is the template's: it begins with the name of a column."""
        name = fold(prompt.split(" (")[0].rstrip("…"))
        known = {fold(v.label) for v in self.plan.vocabularies}
        known |= {heading for column in sheet.columns for heading in column.headings}
        return name != "" and any(label.startswith(name) for label in known)


def written_again(sheet: OldSheet) -> Iterator[Change]:
    """Give what people added to a sheet of the program: what does not wear its colours."""
    looks = Looks(sheet.book.styles)
    for ref, text, _ in notes_of(sheet):
        yield Change(ChangeKind.LOST, sheet.title, "note", text, "", (ref,))
    for cell in sheet.cells():
        if cell.value is not None and looks.text_colour(cell.style) not in OURS:
            text = _text_of(cell.value)
            yield Change(ChangeKind.LOST, sheet.title, "cellule ajoutée", text, "", (cell.ref,))


def _text_of(value: Value) -> str:
    if isinstance(value, Formula):
        return f"={value.text}"
    return value.text if isinstance(value, CellError) else shown("" if value is None else value)


def _links(sheet: OldSheet) -> dict[CellPosition, str]:
    """Return where cells lead out of the workbook; of an area, the first cell."""
    relations = sheet.book.package.relations(sheet.part)
    targets = {relation.id: relation.target for relation in relations if relation.external}
    links = ((area_in(link), targets.get(link.get(R_ID, "")))
             for link in sheet.root.iter(main("hyperlink")))  # fmt: skip
    return {(area.top, area.left): target for area, target in links if target}


def _lost(sheet: Sheet, element: str, before: str = "", after: str = "", *cells: str) -> Change:
    return Change(ChangeKind.LOST, sheet.title, element, before, after, cells)
