"""The consolidated workbook: the template filled, then the sheets that the program computes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.excel.boards.board import write_boards
from pst_excel.excel.boards.page import Around
from pst_excel.excel.names import Names, names_for
from pst_excel.excel.sheets import controls
from pst_excel.excel.sheets.conflicts import lead_to_conflicts, write_conflicts
from pst_excel.excel.sheets.data import write_data
from pst_excel.excel.sheets.evaluation import write_evaluation
from pst_excel.excel.sheets.evolution import earlier_of, write_evolution
from pst_excel.excel.sheets.journal import write_journal
from pst_excel.excel.sheets.ledgers import write_history, write_provenance
from pst_excel.excel.sheets.method import write_method
from pst_excel.excel.sheets.returns import write_returns
from pst_excel.excel.sheets.since import write_since
from pst_excel.excel.sheets.welcome import write_welcome
from pst_excel.excel.xlsx import BookWriter
from pst_excel.model.figures.boards import Board, Evaluation
from pst_excel.model.outputs import Output
from pst_excel.model.plan import Plan
from pst_excel.model.words import titles
from pst_excel.model.words.kinds import Where
from pst_excel.model.words.line_keys import line_key
from pst_excel.model.words.wording import date, plural
from pst_excel.returns.frames import Batch
from pst_excel.text.spelling import as_code
from pst_excel.tracing.since_words import compared_with, in_brief

WriteData: TypeAlias = Callable[[BookWriter, Names, Batch, str], None]
"""What writes the sheets that people fill: in a book, under names, from a batch, with a footer."""


def missing_of(consolidation: Consolidation) -> list[str]:
    """Say how many services are missing, if any are."""
    count = len(consolidation.absent)
    return [plural(count, "service manquant", "services manquants")] if count else []


def warned_of(consolidation: Consolidation) -> str:
    """Say how many records are of services that have not answered; empty when all have."""
    main, absent = consolidation.plan.main, consolidation.absent
    if not absent:
        return ""
    owners = consolidation.batch.frames[main.key][main.owner]
    keys = {as_code(line_key(service)) for service in absent}
    count = sum(as_code(line_key(owner)) in keys for owner in owners.dropna())
    known = f"{plural(count, *main.records)} au dernier envoi" if count else (
        f"aucune {main.records[0]} n’est connue")  # fmt: skip
    return f"⚠ {' · '.join(missing_of(consolidation))} ({', '.join(absent)}) : {known}"


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


def changes_of(consolidation: Consolidation) -> str:
    """Say in one line what changed since the previous consolidation, or that it is the first."""
    since = consolidation.since
    words = compared_with(consolidation) if since is None else in_brief(since)
    return words[:1].upper() + words[1:]


def write(consolidation: Consolidation) -> bytes:
    """Return the consolidated workbook; the same consolidation gives the same bytes."""
    names = names_for(consolidation.merged, Where.WHOLE)
    lead = partial(lead_to_conflicts, consolidation=consolidation, names=names)
    return written(consolidation, names, write_data, lead)


def _told(plan: Plan) -> list[tuple[str, str]]:
    """Return the sheets that the first one leads to, each with its question."""
    sheets = [(sheet.title, sheet.question) for sheet in plan if not sheet.program]
    sheets += [(b.title, b.question) for b in plan.boards if isinstance(b, Board)]
    sheets += [
        (titles.DEPUIS, "Qu’est-ce qui a changé depuis la consolidation précédente ?"),
        (titles.EVOLUTION, "Comment les chiffres évoluent-ils d’un tour à l’autre ?"),
        (titles.METHODE, "Comment chaque chiffre est-il calculé ?"),
        (titles.CONTROLES, "Que faut-il corriger ou compléter ?"),
        (titles.BILAN, "Combien de remarques par règle et par service ?"),
        (titles.COMPLETUDE, "Que manque-t-il pour que tout soit rempli ?"),
        *((plan[b.sheet].title, plan[b.sheet].question) for b in plan.boards
          if isinstance(b, Evaluation)),
        (titles.RETOURS, "Qui a répondu, et avec quoi ?"),
        (titles.CONFLITS, "Que faut-il décider ?"),
        (titles.HISTORIQUE, "Qu’a-t-on changé, décidé, retiré à chaque tour ?"),
        (titles.JOURNAL, "Qu’a-t-on compris de ce qui n’était pas écrit comme prévu ?"),
    ]  # fmt: skip
    return sheets


def written(
    consolidation: Consolidation, names: Names, data: WriteData,
    into: Callable[[BookWriter], None] | None = None,
) -> bytes:  # fmt: skip
    """Return the consolidated workbook under these names, its data sheets written by `data`.

    `into` writes what more there is to be in the book.
    """
    plan, merged, batch = consolidation.plan, consolidation.merged, consolidation.batch
    context = context_of(consolidation)
    book = BookWriter(f"{plan.name} — {merged.institution}", context, consolidation.observed)
    write_welcome(book, plan, context, _told(plan))
    data(book, names, batch, context)
    boards = [board for board in plan.boards if isinstance(board, Board)]
    changed = {titles.DEPUIS: changes_of(consolidation)}
    around = Around(context, warned_of(consolidation), earlier_of(consolidation), changed)
    write_boards(book, boards, batch, names, around)
    write_since(book, consolidation, context)
    write_evolution(book, consolidation, context)
    write_method(book, consolidation.merged, names, context)
    controls.write_controls(book, consolidation, context)
    controls.write_counts(book, consolidation, context)
    controls.write_completeness(book, consolidation, context)
    for board in plan.boards:
        if isinstance(board, Evaluation):
            write_evaluation(book, board, batch, names, context)
    write_returns(book, consolidation, names, context)
    write_conflicts(book, consolidation, context)
    write_history(book, consolidation, context)
    write_journal(book, consolidation, context)
    write_provenance(book, consolidation, context)
    if into is not None:
        into(book)
    return book.bytes()


OUTPUT = Output(
    "classeur",
    ".xlsx",
    "Le PST consolidé en classeur : données, tableau de bord, contrôles, évaluation.",
    Consolidation,
    write,
)
