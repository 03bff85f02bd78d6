"""The coherence rules of the PST: what cells that are well formed may still get wrong together.

A rule is declared with its sentence, its remedy, its source and an example of each side; importing
a module registers its rules, in this order.
"""

from pst_excel.pst.rules.book import RULES

# isort: off
from pst_excel.pst.rules import hierarchy, dates, progress, responsibility  # noqa: F401
from pst_excel.pst.rules import indicators, budget, lists, wording  # noqa: F401
from pst_excel.pst.rules import smart, likeness, measuring, follow_up, pace  # noqa: F401
from pst_excel.pst.rules import together, articles, amounts, financing  # noqa: F401
from pst_excel.pst.rules import identity, privacy, history  # noqa: F401
from pst_excel.pst.rules import decisions  # noqa: F401

__all__ = ["RULES"]
