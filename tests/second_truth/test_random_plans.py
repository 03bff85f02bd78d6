"""Over random plans: pandas and SQL say the same, and every table adds up to its tile."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from support.random_plans import plans

from pst_excel.returns.tables import Return
from second_truth.laws import broken
from second_truth.program import differences, said, second

TOGETHER, EXAMPLES = 10, 25
"""Plans are asked ten by ten: what SQL costs is the asking. So they are 250."""


@settings(max_examples=EXAMPLES)
@given(st.lists(plans(), min_size=TOGETHER, max_size=TOGETHER))
def test_figures_agree(drawn: list[Return]) -> None:
    """Every figure, every line of every board; and the lines make the totals, the totals the tiles."""
    found = said(drawn)

    assert [differences(*pair) for pair in zip(found, second(drawn), strict=True)] == [[]] * len(
        drawn
    )
    assert [broken(truth) for truth in found] == [[]] * len(drawn)
