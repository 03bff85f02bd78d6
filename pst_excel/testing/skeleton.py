"""A plan as the examples of the declaration fill it: the ground on which sound plans are drawn.

Each row holds what its columns give as examples, where a column asks for something; codes follow
the hierarchy that the links of the sheets make, and titles tell the rows apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_letters

from hypothesis import strategies as st

from pst_excel.cells.parsing import parse
from pst_excel.cells.values import Value, as_text
from pst_excel.excel.books.template import blank
from pst_excel.model.plan import Plan
from pst_excel.model.plausible import limits_of
from pst_excel.model.schema import HEADING_ROW, SEPARATOR, Column, Sheet
from pst_excel.model.words.keys import CODE
from pst_excel.model.words.kinds import Kind, Need, Where
from pst_excel.model.words.plausible import Days
from pst_excel.model.words.roles import Role
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.terms import filled
from pst_excel.returns.identity import identified
from pst_excel.returns.tables import Return, Table, geometry
from pst_excel.testing.values import Lists

_NOT_SAID = (Role.SERVICE, Role.DUE, Role.SEND, Role.STAGE)
_PLAIN = 1000.0  # a number where the declaration gives no example
ROOT = -1


@dataclass(frozen=True)
class Link:
    """How the rows of a sheet hang on those of another: by which column, said by which choice."""

    column: Column
    target: str
    level: str = ""

    @property
    def nests(self) -> bool:
        """Whether the code of a row continues that of the row above it."""
        return not self.level


Usual = Mapping[tuple[str, str], Value]
"""What stands in a column, by sheet and key, where the examples say nothing."""
Shape = Mapping[str, Sequence[int]]
"""For each sheet, the place in the sheet above of what each of its rows hangs on, ROOT for none."""


def link_of(sheet: Sheet, plan: Plan) -> Link | None:
    """Return how a sheet hangs on another; None where no column obliges it to."""
    for column in sheet.inputs:
        above = [key for key in column.refers if key != sheet.key]
        if not above or column.need is not Need.REQUIRED:
            continue
        if not column.chosen_by:
            return Link(column, above[0])
        target = plan.main.key if plan.main.key in above else above[-1]
        known = sheet[column.chosen_by].vocabulary
        return (
            Link(column, target, dict(zip(column.refers, known.labels, strict=True))[target])
            if known
            else None
        )
    return None


def filled_sheets(plan: Plan) -> list[Sheet]:
    """Return the sheets of a plan that people fill with records, each after that it hangs on."""
    left = [
        sheet
        for sheet in plan.tables
        if not (sheet.program or sheet.spare or sheet.key == plan.waivers)
    ]
    ordered: list[Sheet] = []
    while left:
        placed = {sheet.key for sheet in ordered}
        ready = [s for s in left if (link := link_of(s, plan)) is None or link.target in placed]
        ordered += ready or left
        left = [sheet for sheet in left if sheet not in ordered]
    return ordered


@st.composite
def shapes(draw: st.DrawFn, plan: Plan, min_rows: int, max_rows: int) -> Shape:
    """Draw how many rows there are, and which hangs on which: each has one below it at least."""
    shape: dict[str, Sequence[int]] = {}
    for sheet in filled_sheets(plan):
        link = link_of(sheet, plan)
        above = len(shape.get(link.target, ())) if link else 0
        count = draw(st.integers(max(min_rows, above), max(max_rows, above)))
        if not above:
            shape[sheet.key] = [ROOT] * count
        else:
            more = st.lists(
                st.integers(0, above - 1), min_size=count - above, max_size=count - above
            )
            shape[sheet.key] = sorted([*range(above), *draw(more)])
    return shape


def known_labels(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Return the labels that the examples give to the institution's own lists."""
    known: dict[str, dict[str, None]] = {}
    for sheet in plan:
        for column in sheet.inputs:
            vocabulary = column.vocabulary
            if vocabulary is not None and vocabulary.local and not vocabulary.labels:
                labels = filter(None, column.example.split(SEPARATOR))
                known.setdefault(vocabulary.key, {}).update(dict.fromkeys(labels))
    return {key: tuple(labels) for key, labels in known.items()}


def skeleton(plan: Plan, shape: Shape, lists: Lists, stage: Stage, usual: Usual) -> Return:
    """Return the plan of a shape, as its workbook would be read; nothing of it is drawn."""
    writer = Writer(plan, lists, usual)
    form = blank(plan, writer.form(stage)).tables[plan.form.key]
    form.places.update({c.key: f"C{plan.form.field_rows[c.key]}" for c in plan.form.inputs})
    common = {v.key: v.labels for v in plan.vocabularies if v.local and v.labels}
    made = Return("plan.xlsx", "", plan, {form.sheet: form}, {**lists, **common})
    owner = "|".join(made.owner)
    codes: dict[str, list[str]] = {}
    rows: dict[str, list[dict[str, Value]]] = {}
    for sheet in filled_sheets(plan):
        rows[sheet.key] = list(writer.rows(sheet, shape.get(sheet.key, ()), codes))
    for sheet in plan.tables:
        if not sheet.program:
            writer.point(sheet, rows.get(sheet.key, []), codes)
            made.tables[sheet.key] = table_of(sheet, rows.get(sheet.key, []), owner)
    return made


def table_of(sheet: Sheet, rows: Sequence[Mapping[str, Value]], owner: str) -> Table:
    """Return rows as the table that is read of a workbook which already knows their ids."""
    columns = {column.key: [row.get(column.key) for row in rows] for column in sheet.inputs}
    numbers = list(range(HEADING_ROW + 1, HEADING_ROW + 1 + len(rows)))
    away = frozenset(c.key for c in sheet.inputs if not c.stands(Where.RETURN))
    table = Table(
        sheet.key, sheet.title, columns, numbers, geometry(sheet, where=Where.RETURN),
        missing=away, heading=HEADING_ROW,
    )  # fmt: skip
    return replace(identified(table, sheet, owner), new_rows=frozenset())


@dataclass
class Writer:
    """What the cells of a plan hold where nothing is drawn."""

    plan: Plan
    lists: Lists
    usual: Usual

    def form(self, stage: Stage) -> dict[str, Value]:
        """Return what the identification says, at a stage."""
        form = self.plan.form
        said = {c.key: self.example(c) for c in form.inputs if c.role not in _NOT_SAID}
        asked = form.by_role.get(Role.STAGE)
        if asked is not None and asked.vocabulary is not None:
            labels = {one.code: one.label for one in asked.vocabulary.choices}
            said[asked.key] = labels[stage]
        for column in form.inputs:
            if said.get(column.key) is None and column.need is Need.REQUIRED:
                said[column.key] = self.plain(column)
        observed = form.by_role.get(Role.OBSERVED)
        if observed is not None and said.get(observed.key) is None:
            said[observed.key] = self.plain(observed)
        return said

    def rows(
        self, sheet: Sheet, above: Sequence[int], codes: dict[str, list[str]]
    ) -> Iterator[dict[str, Value]]:
        """Give the rows of a sheet, and add their codes to those that are known."""
        link = link_of(sheet, self.plan)
        known = codes.setdefault(sheet.key, [])
        for number, place in enumerate(above, start=1):
            row = {c.key: self.value(sheet, c) for c in sheet.inputs if c.stands(Where.RETURN)}
            parent = codes[link.target][place] if link is not None and place != ROOT else ""
            if CODE in sheet:
                rank = above[:number].count(place)
                nested = link is not None and link.nests and parent
                row[CODE] = f"{parent}.{rank}" if nested else self._numbered(sheet[CODE], number)
                known.append(str(row[CODE]))
            if link is not None:
                row[link.column.key] = parent or None
                row |= {link.column.chosen_by: link.level} if link.level else {}
            if sheet.named_by != CODE:
                row[sheet.named_by] = self._title(sheet, str(row.get(CODE) or number))
            yield row

    def point(
        self, sheet: Sheet, rows: Sequence[dict[str, Value]], codes: Mapping[str, list[str]]
    ) -> None:
        """Make the other links of rows name one of a row that is there, where they are advised."""
        link = link_of(sheet, self.plan)
        for column in sheet.inputs:
            if column.refers and (link is None or column.key != link.column.key):
                named = next((codes[key][0] for key in column.refers if codes.get(key)), None)
                named = named if column.need is not Need.OPTIONAL else None
                for row in rows:
                    row[column.key] = self.usual.get((sheet.key, column.key), named)

    def value(self, sheet: Sheet, column: Column) -> Value:
        """Return what a cell holds: the example where the column asks for something."""
        if (sheet.key, column.key) in self.usual:
            return self.usual[sheet.key, column.key]
        if column.need is Need.OPTIONAL or column.refers:
            return column.default
        example = self.example(column)
        return self.plain(column) if example is None and column.need is Need.REQUIRED else example

    def example(self, column: Column) -> Value:
        """Return the example of a column as a value, a day within the legislature."""
        terms = self.plan.terms_of(self._type)
        spellings = {v.key: v.by_spelling for v in self.plan.vocabularies}
        (value,) = parse([filled(column.example, terms)], column, spellings).values
        return self._within(column, value)

    @property
    def _type(self) -> str:
        column = self.plan.form.by_role.get(Role.TYPE)
        return column.example if column is not None else ""

    def _within(self, column: Column, value: Value) -> Value:
        """Return a day or a year of the examples as long from the elections as it is in them."""
        first, last = self.plan.first_year, self.plan.last_year
        if isinstance(value, dt.date):
            return value.replace(year=first + (value.year - first) % (last - first))
        if column.kind is Kind.YEAR and isinstance(value, float):
            return float(first + (int(value) - first) % (last - first))
        return value

    def plain(self, column: Column) -> Value:
        """Return a valid value of a column that gives no example."""
        if column.vocabulary is not None:
            labels = self.lists.get(column.vocabulary.key) or column.vocabulary.labels
            return labels[0] if labels else None
        if column.kind is Kind.DATE:
            day = dt.date(self.plan.last_year - 2, 12, 31)
            limits = limits_of(column)
            return day if not isinstance(limits, Days) else min(max(day, limits.first), limits.last)
        if column.kind is Kind.YEAR:
            return float(self.plan.years[0])
        if column.kind.is_number:
            low = column.low if column.low is not None else 0.0
            high = column.high if column.high is not None else low + _PLAIN
            return float(high if high < _PLAIN else max(low, _PLAIN))
        return "1" * column.digits or column.label

    def _numbered(self, column: Column, number: int) -> str:
        head = column.example[: len(column.example) - len(column.example.lstrip(ascii_letters))]
        return f"{head}{number}"

    def _title(self, sheet: Sheet, code: str) -> str:
        column = sheet[sheet.named_by]
        ending = f" n° {code}"
        title = as_text(self.example(column) or column.label)
        room = (column.max_length or len(title) + len(ending)) - len(ending)
        return title[:room] + ending
