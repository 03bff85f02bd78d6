"""The consolidated workbook: the template filled, then the sheets that the program computes."""

from __future__ import annotations

from pst_excel.board import Board, Evaluation
from pst_excel.consolidating import Consolidation
from pst_excel.outputs import controls, reports
from pst_excel.outputs.boards import write_board
from pst_excel.outputs.data import write_data
from pst_excel.outputs.evaluation import write_evaluation
from pst_excel.outputs.names import names_for
from pst_excel.outputs.output import Output
from pst_excel.outputs.welcome import write_welcome
from pst_excel.outputs.xlsx import Book
from pst_excel.schema import Where
from pst_excel.wording import date, plural


def missing_of(consolidation: Consolidation) -> list[str]:
    """Say how many services are missing, if any are."""
    count = len(consolidation.absent)
    return [plural(count, "service manquant", "services manquants")] if count else []


def context_of(consolidation: Consolidation) -> str:
    """Say in one line whose plan it is, observed when, made of how many returns."""
    plan = consolidation.plan
    return " · ".join(
        (
            consolidation.merged.institution,
            f"législature {plan.first_year}-{plan.last_year}",
            f"situation au {date(consolidation.observed)}",
            plural(len(consolidation.returns), "retour consolidé", "retours consolidés"),
            *missing_of(consolidation),
        )
    )


def write(consolidation: Consolidation) -> bytes:
    """Return the consolidated workbook; the same consolidation gives the same bytes."""
    plan, merged, batch = consolidation.plan, consolidation.merged, consolidation.batch
    context = context_of(consolidation)
    book = Book(f"{plan.name} — {merged.institution}", context, consolidation.observed)
    names = names_for(merged, Where.WHOLE)
    sheets = [(sheet.title, sheet.question) for sheet in plan if not sheet.program]
    sheets += [(b.title, b.question) for b in plan.boards if isinstance(b, Board)]
    sheets += [
        (reports.CONTROLES, "Que faut-il corriger ou compléter ?"),
        (reports.BILAN, "Combien de remarques par règle et par service ?"),
        (reports.COMPLETUDE, "Que manque-t-il pour que tout soit rempli ?"),
        *((plan[b.sheet].title, plan[b.sheet].question) for b in plan.boards
          if isinstance(b, Evaluation)),
        (reports.RETOURS, "Qui a répondu, et avec quoi ?"),
        (reports.CONFLITS, "Que disent différemment deux retours ?"),
        (reports.JOURNAL, "Qu’a-t-on compris de ce qui n’était pas écrit comme prévu ?"),
    ]  # fmt: skip
    write_welcome(book, plan, context, sheets)
    write_data(book, names, batch, context)
    for board in plan.boards:
        if isinstance(board, Board):
            write_board(book, board, batch, names, context).worksheet.activate()
    controls.write_controls(book, consolidation, context)
    controls.write_counts(book, consolidation, context)
    controls.write_completeness(book, consolidation, context)
    for board in plan.boards:
        if isinstance(board, Evaluation):
            write_evaluation(book, board, batch, names, context)
    reports.write_returns(book, consolidation, context)
    reports.write_conflicts(book, consolidation, context)
    reports.write_journal(book, consolidation, context)
    return book.bytes()


OUTPUT = Output(
    "classeur",
    ".xlsx",
    "Le PST consolidé en classeur : données, tableau de bord, contrôles, évaluation.",
    write,
)
