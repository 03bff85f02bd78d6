"""The computed sheets of the PST, in the order of the workbook."""

from pst_excel.model.figures.boards import Board, Evaluation
from pst_excel.pst.boards.coherence import COHERENCE
from pst_excel.pst.boards.coming import COMING
from pst_excel.pst.boards.effects import EFFECTS
from pst_excel.pst.boards.evaluation import EVALUATION
from pst_excel.pst.boards.means import MEANS
from pst_excel.pst.boards.people import people
from pst_excel.pst.boards.quarters import QUARTERS
from pst_excel.pst.boards.standing import STANDING
from pst_excel.pst.boards.stuck import STUCK


def boards(years: range) -> tuple[Board | Evaluation, ...]:
    """Return the pages for the exercices of a legislature, the first one first."""
    return (
        STANDING, STUCK, COMING, people(years), QUARTERS, MEANS, EFFECTS, COHERENCE, EVALUATION,
    )  # fmt: skip
