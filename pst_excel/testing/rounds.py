"""Rounds of returns: what was sent to each service, what came back of it, the plan meanwhile.

People change cells, empty them, add, copy, remove and sort rows, each service in what it was sent
and the central cell in the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from pst_excel.cells.values import Value
from pst_excel.model.plan import Plan
from pst_excel.model.schema import Column, Sheet
from pst_excel.model.words.keys import CODE
from pst_excel.model.words.stages import Stage
from pst_excel.pst import PST
from pst_excel.returns.tables import Return
from pst_excel.testing.gestures import added, copied, emptied, opened, ordered, put, removed
from pst_excel.testing.gestures import sent_back as read_again
from pst_excel.testing.ground import grounds
from pst_excel.testing.plans import Change, changed, free_columns, sent
from pst_excel.testing.skeleton import filled_sheets, link_of
from pst_excel.testing.values import cells

CHANGE, EMPTY, ADD, COPY, REMOVE, SORT = "change", "empty", "add", "copy", "remove", "sort"
GESTURES = (CHANGE, EMPTY, ADD, COPY, REMOVE, SORT)
"""What people do in a workbook, the most harmless first."""


@dataclass(frozen=True)
class Answer:
    """A workbook as it was `sent`, as it came `back`, and what was done in it, in a few words."""

    sent: Return
    back: Return
    told: tuple[str, ...]


@dataclass(frozen=True)
class Round:
    """A round: the plan `then`, the answers of services to what it sent, the plan `now`.

    `told` is what was done in the plan meanwhile. What a merge is given is `answer.sent`,
    `answer.back` and `now`.
    """

    then: Return
    answers: tuple[Answer, ...]
    now: Return
    told: tuple[str, ...]

    def __repr__(self) -> str:
        done = [(one.back.file, one.told) for one in self.answers] + [(self.now.file, self.told)]
        said = (f"{file}: {', '.join(told) or 'nothing'}" for file, told in done)
        return f"<{'; '.join(said)}>"


def rounds(
    plan: Plan = PST,
    *,
    gestures: Sequence[str] = GESTURES,
    most: int = 4,
    min_rows: int = 2,
    max_rows: int = 4,
) -> st.SearchStrategy[Round]:
    """Return rounds of a plan that is shared out among its services, at the stage of the follow-up.

    In each workbook, and in the plan meanwhile, at `most` so many of the `gestures` are made.
    Every workbook can be written and read; what is found in it is another matter.
    """
    return _rounds(grounds(plan, Stage.FOLLOW_UP, min_rows, max_rows), tuple(gestures), most)


@st.composite
def _rounds(
    draw: st.DrawFn, grounds_of: st.SearchStrategy[Return], gestures: tuple[str, ...], most: int
) -> Round:
    ground = draw(grounds_of)
    then = read_again(changed(ground, draw(_owners(ground))), "PST.xlsx")
    answers = []
    for number, workbook in enumerate(sent(then), start=1):
        saved = f"2027-01-{number:02}T12:00:00"
        back, told = _worked_on(draw, workbook, gestures, most)
        file = f"{number}_{workbook.service}.xlsx"
        answers.append(Answer(workbook, read_again(back, file, saved), tuple(told)))
    now, told = _worked_on(draw, then, gestures, most)
    return Round(then, tuple(answers), read_again(now, "PST.xlsx"), tuple(told))


@st.composite
def _owners(draw: st.DrawFn, ground: Return) -> list[Change]:
    """Draw which service answers for each row, among those of the list."""
    given = []
    for sheet in filled_sheets(ground.plan):
        column = sheet[sheet.owner] if sheet.owner else None
        if column is None or column.vocabulary is None:
            continue
        labels = st.sampled_from(ground.lists[column.vocabulary.key])
        for at in range(len(ground.tables[sheet.key])):
            given.append(Change(sheet.key, at, column.key, draw(labels)))
    return given


def _worked_on(
    draw: st.DrawFn, filled: Return, gestures: tuple[str, ...], most: int
) -> tuple[Return, list[str]]:
    """Return a workbook after some gestures, and what was done in it."""
    made, told = opened(filled), []
    for gesture in draw(st.lists(st.sampled_from(gestures), max_size=most)):
        there = [sheet for sheet in filled_sheets(made.plan) if len(made.tables.get(sheet.key, ()))]
        if there:
            sheet = draw(st.sampled_from(there))
            at = draw(st.integers(0, len(made.tables[sheet.key]) - 1))
            row = made.tables[sheet.key].rows[at]
            said = _HANDS[gesture](draw, made, sheet, at)
            told.append(" ".join(filter(None, (gesture, sheet.key, str(row), said))))
    return made, told


def _change(draw: st.DrawFn, made: Return, sheet: Sheet, at: int) -> str:
    column = draw(st.sampled_from(_typed_in(made, sheet)))
    value = draw(cells(column, made.lists).filter(lambda value: value is not None))
    put(made, sheet.key, at, **{column.key: value})
    return column.key


def _empty(draw: st.DrawFn, made: Return, sheet: Sheet, at: int) -> str:
    column = draw(st.sampled_from(_typed_in(made, sheet)))
    emptied(made, sheet.key, at, column.key)
    return column.key


def _typed_in(made: Return, sheet: Sheet) -> list[Column]:
    """Return the columns in which people type without making another row of it."""
    named = [sheet[sheet.named_by]] if sheet.named_by != CODE else []
    return named + free_columns(sheet, made.plan)


def _add(draw: st.DrawFn, made: Return, sheet: Sheet, at: int) -> str:
    """Add a row beside another: it hangs on the same, and has a code and a name of its own."""
    table, link = made.tables[sheet.key], link_of(sheet, made.plan)
    new: dict[str, Value] = {}
    for key in (link.column.key, link.column.chosen_by) if link else ():
        new |= {key: table.columns[key][at]} if key else {}
    if sheet.owner:
        new[sheet.owner] = made.service or table.columns[sheet.owner][at]
    if CODE in sheet:
        code = str(table.columns[CODE][at] or "")
        taken = {str(known) for known in table.columns[CODE]}
        new[CODE] = next(free for n in range(1, 1000) if (free := _next(code, n)) not in taken)
    if sheet.named_by != CODE:
        new[sheet.named_by] = draw(cells(sheet[sheet.named_by], made.lists).filter(bool))
    added(made, sheet.key, **new)
    return str(new.get(CODE, ""))


def _next(code: str, number: int) -> str:
    head = code.rstrip("0123456789")
    return f"{head}{number}"


def _copy(draw: st.DrawFn, made: Return, sheet: Sheet, at: int) -> str:
    copied(made, sheet.key, at)
    return ""


def _remove(draw: st.DrawFn, made: Return, sheet: Sheet, at: int) -> str:
    removed(made, sheet.key, at)
    return ""


def _sort(draw: st.DrawFn, made: Return, sheet: Sheet, at: int) -> str:
    ordered(made, sheet.key, draw(st.permutations(range(len(made.tables[sheet.key])))))
    return ""


Gesture = Callable[[st.DrawFn, Return, Sheet, int], str]
_HANDS: dict[str, Gesture] = {
    CHANGE: _change, EMPTY: _empty, ADD: _add, COPY: _copy, REMOVE: _remove, SORT: _sort,
}  # fmt: skip
