"""The small tables of an example, as a page shows them."""

from __future__ import annotations

from pst_excel.model.plan import Plan
from pst_excel.reading import examples
from pst_excel.reference.markdown import table


def example_tables(text: str, plan: Plan) -> str:
    """Return the small tables of an example, keys said as the titles that cells show."""
    blocks = []
    for title, heads, cells in examples.shown(text, plan):
        blocks += [f"*{title}*", table(heads, cells) if cells else "(aucune ligne)"]
    return "\n\n".join(blocks)
