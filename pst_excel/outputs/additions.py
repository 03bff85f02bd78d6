"""What people put on the sheets of the plan besides values: notes, formulas, colours, images."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from openpyxl.cell.rich_text import CellRichText

from pst_excel.modernising import LABEL, Modernised
from pst_excel.outdated import Change, Nature
from pst_excel.outputs.carried import PARTLY, TEXT_KEPT, became, likeness, note, notes_of
from pst_excel.outputs.looks import OURS, Looks
from pst_excel.outputs.original import Original
from pst_excel.outputs.xlsx import Book
from pst_excel.schema import HEADING_ROW, Layout, Sheet
from pst_excel.spelling import fold
from pst_excel.wording import column_letter, plural


class Additions:
    """The additions to one sheet of the plan: those that are kept, and the others named."""

    def __init__(self, book: Book, looks: Looks, original: Original, result: Modernised) -> None:
        self.book, self.looks, self.original, self.result = book, looks, original, result

    def carry(self, sheet: Sheet, title: str) -> Iterator[Change]:
        """Put notes and formats where their cells now stand; give what is kept and what is not."""
        old = self.original.book[title]
        yield from self._notes(sheet, title, old)
        yield from self._cells(sheet, title, old)
        hidden = [f"A{at}" for at, one in sorted(old.row_dimensions.items()) if one.hidden]
        if hidden:
            yield _lost(sheet, "lignes masquées ou filtrées", "", "toutes sont montrées", *hidden)
        own = [str(rule.sqref) for rule in old.data_validations.dataValidation
               if not self._is_known(rule.promptTitle, sheet)]  # fmt: skip
        if own:
            yield _lost(sheet, "validations de saisie ajoutées", "", "", *own)
        marks = [str(marked.sqref) for marked in old.conditional_formatting
                 if not all(self._is_ours(rule) for rule in marked.rules)]  # fmt: skip
        if marks:
            yield _lost(sheet, "mises en forme conditionnelles ajoutées", "", "", *marks)
        if old.protection.sheet:
            yield _lost(sheet, "protection de la feuille")

    def _notes(self, sheet: Sheet, title: str, old: Any) -> Iterator[Change]:
        kept = []
        notes = notes_of(old, title, self.original.threads)
        for (row, column), (text, author) in notes.items():
            place = self.result.places.get((title, row, column))
            where = old.cell(row, column).coordinate
            if place is None:
                yield _lost(sheet, f"note de {author}" if author else "note", text, "", where)
                continue
            name, at, position = place
            note(self.book.workbook.get_worksheet_by_name(name), at - 1, position - 1, text, author)
            kept.append(f"{column_letter(position - 1)}{at}")
        if kept:
            yield Change(Nature.KEPT, sheet.title, plural(len(kept), "note"), "", "", tuple(kept))

    def _cells(self, sheet: Sheet, title: str, old: Any) -> Iterator[Change]:
        """Name formulas, colours, links and words in bold, by what they have in common."""
        found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        first: dict[str, str] = {}
        for (row, column), cell in sorted(old._cells.items()):
            place_of = title, row, column
            place = self.result.places.get(place_of)
            if place is None:
                continue
            for element, text, after in self._besides(cell, self.original.read(*place_of)):
                same = likeness(text, row)
                first.setdefault(same, text)
                found[element, same, after].append(cell.coordinate)
            heads = place[1] == HEADING_ROW or (sheet.layout is Layout.FORM and place[2] == LABEL)
            if cell.has_style and not heads and self.looks.is_own(cell):
                found["couleur ou police", "", "celle du modèle"].append(cell.coordinate)
        for (element, same, after), cells in found.items():
            yield _lost(sheet, element, first.get(same, same), after, *cells)

    def _besides(self, cell: Any, read: Any) -> Iterator[tuple[str, str, str]]:
        """Give what a cell holds besides its value: what it is, its text, what becomes of it."""
        if cell.data_type == "f":
            text = cell.value if isinstance(cell.value, str) else getattr(cell.value, "text", "")
            yield "formule", str(text), became(read)
        elif cell.data_type == "e":
            yield "erreur", str(cell.value), "la cellule est vide"
        elif isinstance(cell.value, CellRichText):
            yield PARTLY, "", TEXT_KEPT
        if link := getattr(cell.hyperlink, "target", None):
            yield "lien", link, TEXT_KEPT

    def _is_known(self, prompt: str | None, sheet: Sheet) -> bool:
        """Tell whether a validation is the template's: it begins with the name of a column."""
        name = fold((prompt or "").split(" (")[0].rstrip("…"))
        known = {fold(v.label) for v in self.result.content.plan.vocabularies}
        known |= {heading for column in sheet.columns for heading in column.headings}
        return name != "" and any(one.startswith(name) for one in known)

    def _is_ours(self, rule: Any) -> bool:
        """Tell whether a conditional format is the template's: it wears the program's colours."""
        bar, look = rule.dataBar, rule.dxf
        if bar is not None:
            return self.looks.colour(bar.color) in OURS
        if look is None:
            return False
        sides = [getattr(look.border, name, None) for name in ("left", "right", "top", "bottom")]
        worn = [look.font and look.font.color, look.fill and look.fill.bgColor]
        worn += [side and side.color for side in sides]
        colours = {self.looks.colour(color or None) for color in worn} - {None}
        # LibreOffice saves the line under each row without its colour.
        line = look.border is not None and look.border.bottom is not None
        return OURS.issuperset(colours) and (bool(colours) or line)


def _lost(sheet: Sheet, element: str, before: str = "", after: str = "", *cells: str) -> Change:
    return Change(Nature.LOST, sheet.title, element, before, after, cells)
