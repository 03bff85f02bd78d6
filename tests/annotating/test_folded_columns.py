"""What is found in a column that the file hides is said with the way to see it."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl.utils import column_index_from_string
from support import damaged, opened, read, verdict
from support.annotated import controls, handed_back
from support.good import GOOD

from pst_excel.annotating.control_sheet import round_in
from pst_excel.cli.check_report import text_report
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.kinds import Where
from pst_excel.ooxml.workbook import Workbook
from pst_excel.pst import PST
from pst_excel.returns.tables import geometry

ODD = geometry(PST["actions"], where=Where.RETURN)["odd"]
STATUS = geometry(PST["actions"], where=Where.RETURN)["statut"]
ROW = HEADING_ROW + 1
FOLDED = "(colonne repliée : ouvrez « Moyens et liens [+] »)"
HIDDEN = "(colonne masquée : à afficher)"


def wrong(book: Any) -> None:
    """Write in a folded column what its list does not have."""
    book["Actions"][f"{ODD}{ROW}"] = "99"


def shown(book: Any) -> None:
    """Open every group."""
    wrong(book)
    for column in book["Actions"].column_dimensions.values():
        column.hidden = False


def nameless(book: Any) -> None:
    """Take away the names of the bands, which older templates do not have."""
    wrong(book)
    for cell in book["Actions"][HEADING_ROW - 1]:
        cell.value = None


def hidden(book: Any) -> None:
    """Hide a column that does not fold."""
    sheet = book["Actions"]
    sheet[f"{STATUS}{ROW}"] = "Fini vite"
    column = sheet.column_dimensions[STATUS]
    column.hidden, column.min, column.max = True, *[column_index_from_string(STATUS)] * 2


@pytest.mark.parametrize(
    ("change", "cell", "way"),
    [(wrong, ODD, FOLDED), (shown, ODD, ""), (nameless, ODD, HIDDEN), (hidden, STATUS, HIDDEN)],
)
def test_the_way_to_a_folded_column_is_said_in_the_controls_the_note_and_on_the_screen(
    change: Any, cell: str, way: str
) -> None:
    data = damaged(GOOD, change)
    copy, address = handed_back(data), f"{cell}{ROW}"
    (line,) = (line for line in controls(copy) if line["Cellule"] == address)
    label = str(line["Colonne"]).replace("\u00a0", " ")
    assert label.partition("\n")[2] == way
    note = opened(copy)["Actions"][address].comment.text.replace("\u00a0", " ")
    assert way in note
    assert ("(colonne" in note) == bool(way)
    screen = "\n".join(text_report(verdict(data), 1)).replace("\u00a0", " ")
    assert f"{f'Actions!{address} {way}'.rstrip()}, action 1.1.1" in screen
    assert ("(colonne" in screen) == bool(way)


def test_what_was_said_of_the_way_is_no_part_of_the_heading_in_the_next_round() -> None:
    copy = handed_back(damaged(GOOD, wrong))
    before = round_in(Workbook(copy), "Contrôles")
    assert before is not None
    assert [f.finding.column for f in before.followed] == [PST["actions"]["odd"].label]
    again = handed_back(copy)
    assert [line["État"] for line in controls(again)] == ["nouveau"]
    assert controls(again) == controls(copy)
    mended = handed_back(
        damaged(copy, lambda book: book["Actions"].__setitem__(f"{ODD}{ROW}", "11"))
    )
    (line,) = controls(mended)
    assert (line["État"], line["Colonne"]) == ("résolu", PST["actions"]["odd"].label)


def test_a_finding_elsewhere_than_in_a_hidden_column_says_nothing_of_it() -> None:
    filled = read(damaged(GOOD, wrong))
    table = filled.tables["actions"]
    assert {"statut", "code", "intitule", "id", "role"}.isdisjoint(table.unfolding)
    assert ODD in {table.letters[key] for key in table.unfolding}
