"""The page of the figures: what holds for all, where each is detailed, its terms, its example."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pst_excel.model.figures.boards import Board, Evaluation, Panel
from pst_excel.model.figures.figures import Figure
from pst_excel.model.figures.lines import Number, PanelColumn
from pst_excel.model.figures.tables import evaluated, table_of
from pst_excel.model.figures.workings import Workings
from pst_excel.model.method import COMMON, said_of, unit_of
from pst_excel.model.plan import Plan
from pst_excel.model.words.units import WHOLES
from pst_excel.model.words.wording import NBSP, date, plain, share
from pst_excel.reading.examples import return_of
from pst_excel.reference.example_tables import example_tables
from pst_excel.reference.markdown import Page, anchor, bullets, dense, page, table
from pst_excel.returns.frames import Batch


def figures_page(plan: Plan) -> Page:
    """Return the figures with what settles each in words, on an example, and where it is shown."""
    intro = (
        "Chaque chiffre est défini une seule fois, pour le classeur d’une institution et pour la"
        " comparaison. Un taux qui ne repose sur aucune ligne est inconnu, jamais zéro."
    )
    figures = {f.key: f for f in (*plan.figures, *plan.comparison)}
    parts = [_index(figures, plan)]
    works = plan.workings
    if works is not None:
        rows = [(f"**{subject}**", words) for subject, words in works.common]
        parts += [f"## {COMMON}", table(("Sujet", "Ce qui vaut"), rows)]
    parts += _boards(plan)
    if works is not None:
        batch = Batch([return_of(works.plan, plan)], plan, works.observed)
        parts += [*_example(works, plan), *_example_boards(batch)]
    if any(figure.terms for figure in figures.values()):
        parts.append("## Chiffre par chiffre")
        parts += [_figure(figure, plan) for figure in figures.values()]
    return page("Les chiffres", intro, *parts)


def _index(figures: dict[str, Figure], plan: Plan) -> str:
    board = {figure.key for figure in plan.figures}
    compared = {figure.key for figure in plan.comparison}
    rows = (
        (f"[{f.label}](#{anchor(f.label)})" if f.terms else f"**{f.label}**", f"`{f.key}`", f.words,
         unit_of(f), "oui" if f.key in board else "",
         "oui" if f.key in compared else "")
        for f in figures.values()
    )  # fmt: skip
    heads = ("Chiffre", "Clé", "Définition", "Unité", f"{plan.short} d’une institution",
             "Comparaison")  # fmt: skip
    return table(heads, rows)


def _figure(figure: Figure, plan: Plan) -> str:
    """Return what settles one figure."""
    rows = [
        (f"**{one.head}**", f"**{one.strong}**. {one.words}" if one.strong else one.words)
        for one in said_of(figure, plan)
    ]
    return "\n\n".join((f"### {figure.label}", figure.words, table(("", ""), rows)))


def _boards(plan: Plan) -> Iterator[str]:
    """Give what each table of the boards shows, and what is in it."""
    if plan.boards:
        yield "## Les tableaux : ce qui y est"
    for board in plan.boards:
        if isinstance(board, Evaluation):
            yield f"### {plan[board.sheet].title}"
            levels = " ; ".join(
                f"une ligne par {one.name}, et « {one.rest} »" for one in board.levels
            )
            labels = ", ".join(label for label, _ in _titled(board.levels[0].columns))
            yield bullets((f"Lignes : {levels} ; Total.", f"Colonnes calculées : {labels}.",
                           f"Ce qui y est : {board.note}"))  # fmt: skip
        else:
            yield f"### {board.title}"
            heads = ("Table", "Une ligne par", "Dernière ligne", "Colonnes", "Ce qui y est")
            yield dense(heads, [_panel(panel) for panel in board.panels])


def _panel(panel: Panel) -> tuple[str, ...]:
    columns = ", ".join(column.label for column in panel.columns)
    return f"**{panel.title}**", panel.by.title, panel.by.rest, columns, panel.note


def _titled(columns: Sequence[PanelColumn]) -> Iterator[tuple[str, PanelColumn]]:
    """Give the columns with their label, that of a detail after the one that it details."""
    whole = ""
    for column in columns:
        whole = whole if column.minor else column.label
        yield f"{whole}, {column.label}" if column.minor else whole, column


def _example(works: Workings, plan: Plan) -> Iterator[str]:
    yield "## L’exemple"
    yield (
        f"Un petit {plan.short}, observé le {date(works.observed)}, où chaque chiffre de cette page"
        " se recompte à la main. Les colonnes qu’il ne montre pas sont vides."
    )
    yield example_tables(works.plan, plan)


def _example_boards(batch: Batch) -> Iterator[str]:
    """Give the tables of the boards on the example."""
    yield "## L’exemple, tableau par tableau"
    for board in batch.plan.boards:
        if isinstance(board, Board):
            for panel in board.panels:
                yield f"*{panel.title}*"
                yield _example_panel(panel, batch)
        else:
            yield f"*{batch.plan[board.sheet].title}*"
            yield _example_evaluation(board, batch)


def _example_panel(panel: Panel, batch: Batch) -> str:
    found = table_of(panel, batch.counted, batch.parameters)
    names = [line.label or str(_whole(line.value)) for line in found.lines[:-1]]
    rows = zip([*names, found.lines[-1].label], *found.values, strict=True)
    shown = [_shown(name, values, panel.columns) for name, *values in rows]
    heads = [panel.by.title, *(column.label for column in panel.columns)]
    return table(heads, [*shown, _shown("**Total**", found.totals, panel.columns)])


def _example_evaluation(board: Evaluation, batch: Batch) -> str:
    lines, totals = evaluated(board, batch.counted)
    columns = board.levels[0].columns
    rows = []
    for line in lines:
        name = f"{line.level.name} {line.heading.value}"
        named = name if line.heading.value else line.heading.label
        rows.append(_shown(named, line.values, columns))
    heads = ["", *(label for label, _ in _titled(columns))]
    return table(heads, [*rows, _shown("**Total**", totals, columns)])


def _shown(name: str, values: Sequence[Number], columns: Sequence[PanelColumn]) -> list[str]:
    return [name, *(_cell(v, column.unit) for v, column in zip(values, columns, strict=True))]


def _cell(value: Number, unit: str) -> str:
    """Say a value as a cell of a board shows it; nothing where it is unknown."""
    if value is None:
        return ""
    if unit in WHOLES:
        return share(value / WHOLES[unit])
    return plain(value) + (f"{NBSP}€" if unit == "€" else "")


def _whole(value: str | float) -> str | int | float:
    return int(value) if isinstance(value, float) and value.is_integer() else value
