"""Over random plans: pandas and SQL say the same, and every table adds up to its tile."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from support.random_plans import plans

from pst_excel.api.outputs import as_bytes
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.excel.books.template import write_template
from pst_excel.pst import PST
from pst_excel.pst import figures as f
from pst_excel.reading.reader import read_bytes
from pst_excel.returns.tables import Return
from second_truth.boards import PANELS
from second_truth.figures import FIGURES
from second_truth.laws import broken
from second_truth.program import PANELS as DECLARED
from second_truth.program import day_of, differences, said, second
from second_truth.raw import of_workbook
from second_truth.truth import truths
from second_truth.written import boards

TOGETHER, EXAMPLES = 10, 20
"""Plans are asked ten by ten: what SQL costs is the asking. So they are 200."""

ABSENT = ("Travaux", "Tra*", "01")
"""Services that have not answered."""


def test_every_figure_and_every_column_of_a_panel_has_its_sql() -> None:
    assert {figure.key for figure in (*f.FIGURES, *f.COMPARED)} == set(FIGURES)
    assert {key: {column.label for column in one.columns} for key, one in DECLARED.items()} == {
        key: set(table.columns) for key, table in PANELS.items()
    }


@settings(max_examples=EXAMPLES)
@given(st.lists(plans(), min_size=TOGETHER, max_size=TOGETHER))
def test_figures_agree(drawn: list[Return]) -> None:
    """Every figure, every line of every board; and lines make totals, totals are the tiles."""
    found = said(drawn, ABSENT)
    pairs = zip(found, second(drawn, ABSENT), strict=True)

    assert [word for pair in pairs for word in differences(*pair)] == []
    assert [word for truth in found for word in broken(truth)] == []


@settings(max_examples=3)
@given(plans())
def test_what_is_read_written_and_shown_agrees(drawn: Return) -> None:
    """From a return to the boards of its plan, that cells hold what SQL finds in other cells."""
    sent = read_bytes(write_template(drawn), "retour.xlsx", PST)
    book = as_bytes(consolidate([sent], PST, day_of(drawn)), ".xlsx")
    (cells,) = truths([of_workbook(book, PST, day_of(drawn))])

    assert differences(boards(book), cells) == []
    assert broken(boards(book)) == []
