"""Which value of a plan a cell is: its sheet, its row, its column, told from an address."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pst_excel.model.schema import Sheet
from pst_excel.model.words.kinds import Layout
from pst_excel.model.words.wording import guess
from pst_excel.returns.tables import Return, Table
from pst_excel.text.errors import UsageError
from pst_excel.text.spelling import fold

# As Excel and LibreOffice write it; a shell may want quotes around, and another leave them there.
_ADDRESS = re.compile(
    r"""(?P<quote>["']?)\$?(?P<sheet>'.+'|[^'"].*?)[!.]"""
    r"""\$?(?P<letters>[A-Za-z]{1,3})\$?(?P<row>[1-9][0-9]{0,6})(?P=quote)"""
)


@dataclass(frozen=True)
class Address:
    """A cell: the title of its sheet as the file has it, its letters and its row."""

    title: str
    letters: str
    row: int

    @property
    def cell(self) -> str:
        """The cell alone, as Excel names it."""
        return f"{self.letters}{self.row}"

    def __str__(self) -> str:
        return f"{self.title}!{self.cell}"


def address_of(text: str, returned: Return) -> Address:
    """Return the cell that a text names, quotes, case and $ aside. Raises: UsageError."""
    found = _ADDRESS.fullmatch(text.strip())
    if found is None:
        example = returned.plan.main.title
        raise UsageError(
            f"« {text} » n’est pas l’adresse d’une cellule ; écrivez la feuille et la cellule,"
            f" comme {example}!C12",
            file=returned.file,
            cell=text,
        )
    wanted = found["sheet"].strip()
    if wanted.startswith("'") and wanted.endswith("'"):
        wanted = wanted[1:-1].replace("''", "'")
    titles = [table.title for table in returned.tables.values()]
    titles += [title for title in returned.foreign if title not in titles]
    plan = returned.plan
    named = {fold(title): title for title in (plan.lists.title, *reversed(titles))}
    for key, table in returned.tables.items():
        named.setdefault(fold(plan[key].title), table.title)
    if fold(wanted) not in named:
        near = guess(wanted, titles)
        raise UsageError(
            f"« {wanted} » n’est pas une feuille de {returned.file}{near} ;"
            f" il y a {', '.join(titles)}",
            file=returned.file,
            sheet=wanted,
        )
    return Address(named[fold(wanted)], found["letters"].upper(), int(found["row"]))


def table_at(address: Address, returned: Return) -> Table | None:
    """Return the table that stands in the sheet of a cell; None where none of the plan does."""
    return next((t for t in returned.tables.values() if t.title == address.title), None)


def field_at(address: Address, sheet: Sheet, table: Table) -> str:
    """Return the column of a cell: its key, else the heading that people gave it; else ''."""
    if sheet.layout is Layout.FORM:
        return next((key for key, cell in table.places.items() if cell == address.cell), "")
    places = table.local_letters | table.letters
    return next((key for key, column in places.items() if column == address.letters), "")
