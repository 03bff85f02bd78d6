"""The computed sheets of the PST, in the order of the workbook."""

from pst_excel.pst.boards.dashboard import DASHBOARD
from pst_excel.pst.boards.evaluation import EVALUATION

BOARDS = (DASHBOARD, EVALUATION)
